"""Replies that can be taken back for five seconds: kept in the store at once, sent from there.

A desk that is closed meanwhile changes nothing: the sweeper sends what is due. Sending and taking
back name the same operation, so that exactly one of them happens, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from bot.errors import ConversationChanged, ConversationGone
from bot.first_reply import first_words, note_wait
from bot.keeping import promised
from bot.services import Services
from bot.stored import Change
from bot.values import Due, Entry, State
from escalation.errors import StaleToken

UNDO_MS = 5_000
NOT_SENT = "Not sent, because this conversation changed hands meanwhile: {text}"
log = structlog.get_logger(__name__)


def hold(
    services: Services, state: State, token: int, said: Mapping[str, Any], op: str
) -> list[Due]:
    """Keep a reply to be sent in five seconds; give all that the conversation now keeps.

    `said` is the message's data (text, agent, name), and `promise` if it makes one. Raises
    StaleToken, ConversationChanged.
    """
    now = services.clock()
    due = Due("sending", op, now + UNDO_MS, {**said, "ticket": state.ticket, "token": token})
    services.conversations.change(
        *(state.id, Change(meta={due.field: due.dumps()}), now),
        op=f"hold-{op}",
        ticket=state.ticket,
        token=token,
    )
    services.relay_soon(state.id)
    services.live.wake(state.id, queue=True)
    return list(services.conversations.load(state.id, recent=1).due("sending"))


def take_back(services: Services, conversation: str, agent: str, op: str) -> bool:
    """Take one's own kept reply back; False when it was sent already. Raises StaleToken."""
    now = services.clock()
    kept = services.conversations.load(conversation, recent=1).due("sending")
    if any(one.id == op and one.data["agent"] != agent for one in kept):
        raise StaleToken("A colleague wrote this reply; only they can take it back.")
    change = Change(meta={f"due:sending:{op}": ""})
    written = services.conversations.change(conversation, change, now, op=f"reply-{op}")
    services.live.wake(conversation, queue=True)
    return not any(written)


def send_now(services: Services, conversation: str, op: str = "") -> None:
    """Send what a conversation keeps, the earliest first; with an op, only that."""
    state = services.conversations.load(conversation, recent=1)
    for due in state.due("sending"):
        if op in {"", due.id}:
            _send(services, state, due)


def send_due(services: Services, now: int) -> None:
    """Send every reply whose five seconds are over; what closed desks left is sent here."""
    for conversation, due_ms in services.conversations.due("sending"):
        if due_ms > now:
            return
        try:
            state = services.conversations.load(conversation, recent=1)
        except ConversationGone:
            continue
        for due in state.due("sending"):
            if due.due_ms <= now:
                _send(services, state, due)


def _send(services: Services, state: State, due: Due) -> None:
    now, data = services.clock(), due.data
    said = {**{name: data[name] for name in ("text", "agent", "name")}, "op": due.id}
    entry = Entry("message", "all", now, {"author": "agent", **said})
    meta = {due.field: "", **first_words(state, now)}
    change = _with_promise(Change((entry,), meta, {"clock": True}), due, now)
    try:
        written = services.conversations.change(
            *(state.id, change, now),
            op=f"reply-{due.id}",
            ticket=data["ticket"],
            token=data["token"],
        )
        if written == ("",):  # taken back before it arrived here: nothing is sent, nothing kept
            services.conversations.change(state.id, Change(meta={due.field: ""}), now)
        else:
            note_wait(services, state, now)
    except (ConversationChanged, StaleToken):
        _keep_as_note(services, state, due, now)
    except ConversationGone:
        return
    services.relay_soon(state.id)
    services.live.wake(state.id, queue=True)


def _with_promise(change: Change, due: Due, now: int) -> Change:
    """Have a reply that promises something write the promise, too, all at once."""
    promise = due.data.get("promise")
    if not promise:
        return change
    who = {"agent": str(due.data["agent"]), "name": str(due.data["name"])}
    kept, line = promised(who, promise["text"], promise["due_ms"], due.id, now)
    return Change((*change.entries, line), {**(change.meta or {}), kept.field: kept.dumps()})


def _keep_as_note(services: Services, state: State, due: Due, now: int) -> None:
    """A colleague has it by now: the words stay on the desk, and the customer gets none of them."""
    log.info("reply_not_sent", conversation=state.id)
    text = NOT_SENT.format(text=due.data["text"])
    note = {"agent": due.data["agent"], "name": due.data["name"], "text": text, "op": due.id}
    change = Change((Entry("note", "desk", now, note),), {due.field: ""})
    services.conversations.change(state.id, change, now, op=f"reply-{due.id}")
