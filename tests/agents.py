"""Two agents who hold conversations without a page, and what was said to the customer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pipeline import handle_message
from bot.services import Services
from tests.builders import make_incoming


@dataclass(frozen=True)
class DeskAgent:
    """Somebody at the desk, as its use-cases know them."""

    id: str
    first_name: str


ANA, BEN = DeskAgent("ana", "Ana"), DeskAgent("ben", "Ben")


def escalate(services: Services, text: str = "let me talk to a human", **over: str) -> str:
    """Have a customer ask for a person and give the ticket's id."""
    turn = handle_message(services, make_incoming(text, **over))
    assert turn.ticket is not None
    return turn.ticket


def said(services: Services, conversation: str = "c1") -> list[tuple[str, str]]:
    """Give who said what, oldest first."""
    entries = services.conversations.entries(conversation)
    return [(one.data["author"], one.data["text"]) for one in entries if one.kind == "message"]
