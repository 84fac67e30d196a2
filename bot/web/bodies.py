"""What the desk may send: every action names its click (`op`), so that it is done once."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic import StringConstraints as Constraints

from bot.web.schemas import Body, Text, _writable

Op = Annotated[str, Constraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
TicketId = Annotated[str, Constraints(min_length=1, max_length=300)]
Token = Annotated[int, Field(ge=0, lt=2**53)]


class Acting(Body):
    """Something done once however often it is sent."""

    op: Op


class Claiming(Acting):
    """Take one ticket."""

    ticket: TicketId


class Holding(Acting):
    """Act on a conversation one holds; `token` proves it."""

    token: Token


class Closing(Holding):
    """Give a conversation back; `spared` says that it did not need a person, and what would do."""

    spared: Annotated[str, Constraints(max_length=500), AfterValidator(_writable)] | None = None


class Promising(Body):
    """What a reply promises, and by when, in ms since 1970."""

    text: Annotated[str, Constraints(min_length=1, max_length=500), AfterValidator(_writable)]
    due_ms: Annotated[int, Field(ge=0, lt=2**53)]


class Replying(Holding):
    """Say something to the customer."""

    text: Text
    promise: Promising | None = None
    later: bool = False
    """Kept for five seconds, in which it can be taken back."""


class Noting(Acting):
    """Leave a note for colleagues."""

    text: Text


class Drafting(Body):
    """What is being written, to be looked at and not kept."""

    text: Annotated[str, Constraints(max_length=4_000), AfterValidator(_writable)]


class Ending(Body):
    """A promise is over: kept, or withdrawn with a word why."""

    why: Annotated[str, Constraints(min_length=1, max_length=200), AfterValidator(_writable)] | None
    """None: it was kept."""


class LookingAt(Body):
    """I have this conversation open, or no longer."""

    there: bool


class Snoozing(Holding):
    """Let a ticket rest until a time, in ms since 1970."""

    until_ms: Annotated[int, Field(ge=0, lt=2**53)]


class Transferring(Holding):
    """Hand a conversation to a colleague."""

    to: Annotated[str, Constraints(min_length=1, max_length=64)]
    note: Annotated[str, Constraints(max_length=4_000), AfterValidator(_writable)] = ""


class Answering(Acting):
    """Accept or decline an offered ticket; `offer` is the number of the offer."""

    ticket: TicketId
    offer: Token


class Pausing(Body):
    """Take the pause that is offered after a ticket, or decline it; nothing named: end it."""

    after: Annotated[str, Constraints(max_length=300)] = ""
    take: bool = False


class Heartbeat(Body):
    """I am here, and I still hold these tickets; `chosen` says that the switch was just pressed."""

    available: bool
    finishing: bool = False
    chosen: bool = False
    tokens: Annotated[dict[TicketId, Token], Field(max_length=200)]
