"""How an agent's action is written into a conversation, under the token of their claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.errors import ConversationGone
from bot.services import Services
from bot.stored import Change
from bot.values import Entry, State
from escalation.errors import StaleToken

TAKEN = (
    "Somebody else has taken this conversation; nothing was sent. Reload it to read along, "
    "or ask them to hand it over."
)


class Agent(Protocol):
    """Whoever works at the desk."""

    @property
    def id(self) -> str:
        """Their id, as the queue knows it."""
        ...

    @property
    def first_name(self) -> str:
        """The name customers see."""
        ...


def mine(services: Services, agent: Agent, conversation: str, token: int) -> State:
    """Load a conversation whose ticket this token holds; extends the lease."""
    state = services.conversations.load(conversation, recent=1)
    if not state.ticket:
        raise StaleToken("This conversation is with the assistant again; step in to write.")
    ticket = services.queue.heartbeat(state.ticket, token)
    if ticket.agent != agent.id:
        raise StaleToken(TAKEN)
    return state


def event(services: Services, what: str, agent: Agent, audience: str, **more: str) -> Entry:
    """Give an event of an agent's doing, for `all` or for the `desk`."""
    data = {"what": what, "agent": agent.id, "name": agent.first_name, **more}
    return Entry("event", audience, services.clock(), data)  # type: ignore[arg-type]


def write(
    services: Services,
    state: State,
    entries: list[Entry],
    *,
    op: str,
    token: int | None = None,
    meta: Mapping[str, str] | None = None,
) -> Entry:
    """Write entries once, wake whoever looks, and give the last; with `token`, only under it."""
    expected = "*" if token is None else state.ticket
    change = Change(tuple(entries), meta, {"clock": True})
    ids = services.conversations.change(
        state.id, change, services.clock(), op=op, ticket=expected, token=token
    )
    services.relay_soon(state.id)
    services.live.wake(state.id, queue=True)
    if not ids:
        raise ConversationGone(f"Nothing was written to conversation {state.id}.")
    return services.conversations.entry(state.id, ids[-1])
