"""What agents keep in mind with a conversation: promises until they are kept, and a time to rest.

Both stand in the conversation's hash as `due:…` fields and in its bucket's index, changed by the
same script as everything else, so that nothing is lost or shown twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import structlog

from bot.errors import BotError, ConversationGone
from bot.services import Services
from bot.stored import Change
from bot.values import Due, Entry, State
from escalation.errors import StaleToken, TicketGone

LEASE_MORE_MS = 3 * 60_000
SNOOZE_AT_LEAST_MS = 60_000
SNOOZE_AT_MOST_MS = 60 * 86_400_000
log = structlog.get_logger(__name__)


class WrongTime(BotError):
    """Raised when a time is past, or too far ahead."""


class Keeper(Protocol):
    """Whoever works at the desk."""

    @property
    def id(self) -> str:
        """Their id, as the queue knows it."""
        ...

    @property
    def first_name(self) -> str:
        """The name customers see."""
        ...


def promised(
    who: Mapping[str, str], text: str, due_ms: int, op: str, now_ms: int
) -> tuple[Due, Entry]:
    """Give what a promise writes: what is due, and the line in the log. `who`: agent, name."""
    due = Due("promise", op, due_ms, {**who, "text": text, "at_ms": now_ms})
    said = {"what": "promise_made", "promise": op, "text": text, "due_ms": due_ms}
    return due, Entry("event", "desk", now_ms, {**said, **who})


def end_promise(
    services: Services, agent: Keeper, conversation: str, promise: str, why: str | None
) -> bool:
    """Note that a promise was kept, or with a word why it is withdrawn; False if it is over.

    Any colleague may: promises outlive the ticket and the shift.
    """
    now = services.clock()
    state = services.conversations.load(conversation, recent=1)
    due = next((one for one in state.due("promise") if one.id == promise), None)
    if due is None:
        return False
    what = "promise_kept" if why is None else "promise_withdrawn"
    data = {"what": what, "promise": promise, "text": due.data["text"], "why": why or ""}
    who = {"agent": agent.id, "name": agent.first_name}
    entry = Entry("event", "desk", now, {**data, **who})
    change = Change((entry,), {due.field: ""})
    services.conversations.change(conversation, change, now, op=f"promise-{promise}")
    services.relay_soon(conversation)
    services.live.wake(conversation, queue=True)
    return True


def snooze(services: Services, agent: Keeper, state: State, token: int, until_ms: int) -> None:
    """Let a held ticket rest until a time or the customer's next word; it stays the agent's.

    Its lease is made to last as long, so that an agent who goes home keeps it. Raises WrongTime,
    StaleToken, ConversationChanged.
    """
    now = services.clock()
    if not now + SNOOZE_AT_LEAST_MS <= until_ms <= now + SNOOZE_AT_MOST_MS:
        raise WrongTime("Choose a time at least a minute and at most 60 days ahead.")
    lease = until_ms - now + LEASE_MORE_MS
    services.queue.heartbeat(state.ticket or "", token, lease_ms=lease)
    due = Due("snooze", "until", until_ms, {"agent": agent.id, "token": token, "at_ms": now})
    data = {"what": "snoozed", "until_ms": until_ms, "agent": agent.id, "name": agent.first_name}
    change = Change((Entry("event", "desk", now, data),), {due.field: due.dumps()})
    services.conversations.change(state.id, change, now, ticket=state.ticket, token=token)
    services.relay_soon(state.id)
    services.live.wake(state.id, queue=True)


def is_snoozed(state: State, now_ms: int) -> bool:
    """Say whether a held conversation rests: whoever put it to rest still holds it, its time is
    ahead, and the customer wrote nothing since.
    """
    return any(
        one.due_ms > now_ms and one.data["token"] == state.token and not _wrote(state, one)
        for one in state.due("snooze")
    )


def wake_up(services: Services, now: int) -> None:
    """End the rest of every conversation whose time came, or whose customer wrote."""
    for conversation, _ in services.conversations.due("snooze"):
        try:
            state = services.conversations.load(conversation, recent=12)
        except ConversationGone:
            continue
        if not is_snoozed(state, now):
            end_snooze(services, state)


def end_snooze(services: Services, state: State) -> None:
    """Bring a resting conversation back to whoever holds it, for as long as a claim lasts.

    The lease starts anew under a new token, so that it goes back in line if nobody is there.
    """
    now = services.clock()
    for due in state.due("snooze"):
        change = Change(meta={due.field: ""})
        token = _fresh_token(services, state, due)
        if token is not None:
            wrote = _wrote(state, due)
            entry = Entry("event", "desk", now, {"what": "snooze_over", "wrote": wrote})
            change = Change((entry,), change.meta)
        try:
            services.conversations.change(state.id, change, now, token=token)
        except StaleToken:
            log.info("snooze_ended_by_another", conversation=state.id)
        services.relay_soon(state.id)
        services.live.wake(state.id, queue=True)


def promise_rows(dues: Sequence[Due]) -> list[dict[str, Any]]:
    """Give open promises as the desk shows them, the earliest due first."""
    names = ("text", "agent", "name", "at_ms")
    return [
        {"id": one.id, "due_ms": one.due_ms, **{name: one.data[name] for name in names}}
        for one in dues
    ]


def _fresh_token(services: Services, state: State, due: Due) -> int | None:
    agent, op = str(due.data["agent"]), f"awake-{state.id}-{due.data['at_ms']}"
    try:
        held = services.queue.transfer(state.ticket or "", int(due.data["token"]), agent, op)
    except (StaleToken, TicketGone, ValueError):
        return None  # resolved, handed on or let go meanwhile: there is nothing to bring back
    return held.token


def _wrote(state: State, due: Due) -> bool:
    since = due.data["at_ms"]
    return any(
        one.kind == "message" and one.data["author"] == "customer" and one.at_ms > since
        for one in state.recent
    )
