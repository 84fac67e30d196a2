"""A conversation as customer and desk see it: derived each time, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

from bot.asked import request_row
from bot.clocks import clock_rows, pressing_row
from bot.duty import open_to_anyone, routing_of, workers
from bot.errors import ConversationGone
from bot.keeping import is_snoozed, promise_rows
from bot.mentions import mentions_of
from bot.search import Findings
from bot.services import Services
from bot.translations import Words, english
from bot.values import Due, Entry, Holder, State
from escalation.policy import Policy
from escalation.ticket import GENERAL, Ticket

View = Literal["waiting", "mine", "snoozed", "promised", "mentions", "open", "closed"]
LISTED = 500
SNIPPET = 140
WAITING, HELD = 12, 40
"""Entries read for a row: of those nobody took yet, and of those that may be owed an answer."""
STORY = 2_000  # the newest entries; who writes more than that hides nothing new


def holder(ticket: Ticket | None, held: bool) -> Holder:
    """Say who a conversation is with."""
    if not held:
        return "bot"
    return "agent" if ticket and ticket.state == "claimed" else "waiting"


def state_for_customer(
    services: Services, conversation: str, words: Words | None = None
) -> dict[str, Any]:
    """Give the state line of the widget; nobody's e-mail address but the customer's own.

    How long people usually wait is told in `words`, without them in English.
    """
    state = services.conversations.load(conversation)
    ticket = services.queue.get(state.ticket) if state.ticket else None
    who = holder(ticket, state.ticket is not None)
    person = services.people.get(ticket.agent) if ticket and ticket.agent else None
    return {
        "holder": who,
        "agent": {"name": person.first_name} if person and who == "agent" else None,
        "ticket": state.ticket,
        "team_online": bool(services.presence.available(services.clock())),
        "position": _position(services, ticket) if who == "waiting" else None,
        "wait": _wait(services, ticket, words or english()) if who == "waiting" else "",
        "can_rate": _can_rate(state),
        "over": _is_over(state),
        "email": state.customer.email or None,
    }


def ticket_rows(services: Services, view: View, person_id: str) -> list[dict[str, Any]]:
    """Give the conversations of one list of the desk, in the order they are worked."""
    policy = services.packs.live().policy
    if view == "open":
        names = [one for one, _ in services.conversations.recent(LISTED)]
        return _rows(services, policy, ((name, None) for name in names))
    if view == "promised":
        names = [one for one, _ in services.conversations.due("promise")]
        return _rows(services, policy, ((name, None) for name in names[:LISTED]))
    if view in {"mine", "snoozed"}:
        return _held_rows(services, person_id)[view == "snoozed"]
    if view == "mentions":
        return _mention_rows(services, person_id)
    tickets = services.queue.waiting(LISTED) if view == "waiting" else services.queue.closed(LISTED)
    return _rows(services, policy, ((one.conversation, one) for one in tickets))


def breached_rows(services: Services) -> list[dict[str, Any]]:
    """Give the open tickets with a breached clock for whoever leads, the longest breached first."""
    policy, found = services.packs.live().policy, []
    for conversation, _ in services.alarms.breached(LISTED):
        with suppress(ConversationGone):
            row = _row(services, policy, conversation, None)
            if row["clock"] and row["clock"]["state"] == "breached":
                found.append(row)
    return found


def desk_lists(
    services: Services, view: View, person_id: str
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Give one list with the counts of all, each count from what its list would show."""
    mine, snoozed = _held_rows(services, person_id)
    named = _mention_rows(services, person_id)
    rows = {"mine": mine, "snoozed": snoozed, "mentions": named}.get(view)
    if rows is None:
        rows = ticket_rows(services, view, person_id)
    counts = {
        "waiting": services.queue.counts()["waiting"],
        "mine": len(mine),
        "snoozed": len(snoozed),
        "mentions": len(named),
        "promised": len(services.conversations.due("promise")),
    }
    if view in counts and len(rows) < LISTED:
        counts[view] = len(rows)
    return rows, counts


def _mention_rows(services: Services, person_id: str) -> list[dict[str, Any]]:
    """Give the conversations in which somebody was mentioned and has not looked since."""
    policy, rows = services.packs.live().policy, []
    for name, _ in services.conversations.due("mention"):
        try:
            state = services.conversations.load(name, recent=12)
        except ConversationGone:
            continue
        if mentions_of(state, person_id):
            rows.append(_row(services, policy, name, None, state))
    return rows


def found_rows(services: Services, findings: Findings, holder_is: str) -> list[dict[str, Any]]:
    """Give what a search found as rows, with the words that matched; of one holder if named."""
    policy, rows = services.packs.live().policy, []
    for one in findings.found:
        try:
            row = _row(services, policy, one.conversation, None)
        except ConversationGone:
            continue
        if not holder_is or row["holder"] == holder_is:
            rows.append({**row, "found": one.line})
    return rows


def _held_rows(
    services: Services, person_id: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give what somebody holds and what of it rests: late promises first, then as claimed."""
    now, policy = services.clock(), services.packs.live().policy
    held = [one for one in services.queue.claimed() if one.agent == person_id]
    rows = _rows(services, policy, ((one.conversation, one) for one in held))
    mine = [one for one in rows if one["snoozed_ms"] is None]
    mine.sort(key=lambda one: one["promise"] is None or one["promise"]["due_ms"] > now)
    resting = [one for one in rows if one["snoozed_ms"] is not None]
    return mine, sorted(resting, key=lambda one: one["snoozed_ms"])


def conversation_for_desk(services: Services, conversation: str) -> dict[str, Any]:
    """Give the whole story: entries, ticket, reasons, mood over the turns, facts found."""
    state = services.conversations.load(conversation, recent=STORY)
    entries = state.recent
    ticket = services.queue.get(state.ticket) if state.ticket else None
    return {
        **_row(services, services.packs.live().policy, conversation, ticket, state),
        "clocks": clock_rows(services, ticket, state),
        "asked": request_row(entries, is_open=state.ticket is not None),
        "customer": {
            "name": state.customer.name,
            "email": state.customer.email,
            "locale": state.customer.locale,
        },
        "channel": state.channel,
        "created_ms": state.created_ms,
        "team_online": bool(services.presence.available(services.clock())),
        "entries": [entry.to_row() for entry in entries],
        "looking": _lookers(services, conversation),
        "mentioned": sorted({one.data["agent"] for one in state.due("mention")}),
        "promises": promise_rows(state.due("promise")),
        "sending": sending_rows(state.due("sending"), services.clock()),
        "mood": mood(entries),
        "episode": state.episode,
    }


def _lookers(services: Services, conversation: str) -> list[dict[str, str]]:
    """Give who of the team has it open now."""
    people = map(services.people.get, services.looking.at(conversation, services.clock()))
    return [{"id": one.id, "name": one.first_name} for one in people if one]


def sending_rows(dues: Iterable[Due], now_ms: int) -> list[dict[str, Any]]:
    """Give the replies that can still be taken back, with how many ms are left."""
    return [
        {
            **{name: one.data[name] for name in ("text", "agent", "name")},
            **{"op": one.id, "left_ms": max(0, one.due_ms - now_ms)},
        }
        for one in dues
    ]


def mood(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Give how the customer felt, one point per turn that could be read."""
    points = []
    for number, entry in enumerate(one for one in entries if one.kind == "reading"):
        row = entry.data["reading"]
        if row:
            felt = {name: row[name] for name in ("frustration", "sentiment", "emotion")}
            points.append({"turn": number, "text": entry.data["text"], **felt})
    return points


def _rows(
    services: Services, policy: Policy, pairs: Iterable[tuple[str, Ticket | None]]
) -> list[dict[str, Any]]:
    """Give the rows of those conversations that were not erased meanwhile."""
    rows = []
    for name, ticket in pairs:
        with suppress(ConversationGone):
            rows.append(_row(services, policy, name, ticket))
    return rows


def _row(
    services: Services,
    policy: Policy,
    conversation: str,
    ticket: Ticket | None,
    state: State | None = None,
) -> dict[str, Any]:
    waits = ticket is not None and not ticket.first_claim_ms
    state = state or services.conversations.load(conversation, recent=WAITING if waits else HELD)
    ticket = ticket or (services.queue.get(state.ticket) if state.ticket else None)
    held = state.ticket is not None
    agent = services.people.get(ticket.agent) if ticket and ticket.agent else None
    messages = [one for one in reversed(state.recent) if one.kind == "message"]
    theirs = (one for one in messages if one.data["author"] == "customer")
    last = next(theirs, messages[0] if messages else None)
    return {
        "conversation": conversation,
        "name": state.customer.name,
        "holder": holder(ticket, held),
        "ticket": _ticket(services, ticket) if ticket else None,
        "clock": pressing_row(ticket, state, policy, services.clock()) if held else None,
        "agent": {"id": agent.id, "name": agent.first_name} if agent else None,
        "reasons": [dict(reason) for reason in state.reasons],
        "last_ms": state.last_ms,
        "last": _snippet(last.data) if last else None,
        "promise": next(iter(promise_rows(state.due("promise"))), None),
        "snoozed_ms": _snoozed(services, state),
    }


def _ticket(services: Services, ticket: Ticket) -> dict[str, Any]:
    """Give a ticket, and why anyone may take one that asks for a skill."""
    if ticket.state != "waiting" or ticket.skill == GENERAL:
        return {**ticket.to_row(), "anyone": ""}
    now = services.clock()
    return {
        **ticket.to_row(),
        "anyone": open_to_anyone(ticket, workers(services, now), routing_of(services), now),
    }


def _snoozed(services: Services, state: State) -> int | None:
    """Until when a held conversation rests; None if it does not."""
    resting = state.ticket is not None and is_snoozed(state, services.clock())
    return state.due("snooze")[0].due_ms if resting else None


def _snippet(data: Mapping[str, Any]) -> dict[str, str]:
    text = " ".join(str(data["text"]).split())
    short = text if len(text) <= SNIPPET else text[: SNIPPET - 1] + "…"
    return {"author": str(data["author"]), "text": short}


def _wait(services: Services, ticket: Ticket | None, words: Words) -> str:
    found = services.wait_range(ticket.priority) if ticket else None
    if found is None:
        return ""
    return words.say("customer.wait", shortest=found.shortest, count=found.longest)


def _position(services: Services, ticket: Ticket | None) -> int | None:
    before = services.queue.position(ticket.id) if ticket else None
    return None if before is None else before + 1


def _is_over(state: State) -> bool:
    """Whether a person has closed it and the customer has not written since."""
    for entry in reversed(state.recent):
        if entry.kind == "message" and entry.data["author"] == "customer":
            return False
        if entry.kind == "event" and entry.data["what"] in {"resolved", "handed_back"}:
            return entry.data["what"] == "resolved" and state.ticket is None
    return False


def _can_rate(state: State) -> bool:
    """A rating is asked for once, after a person resolved, until the customer writes again."""
    for entry in reversed(state.recent):
        if entry.kind == "event" and entry.data["what"] in {"rated", "handed_back"}:
            return False
        if entry.kind == "event" and entry.data["what"] == "resolved":
            return True
        if entry.kind == "message" and entry.data["author"] == "customer":
            return False
    return False
