"""A conversation as customer and desk see it: derived each time, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from bot.asked import request_row
from bot.clocks import clock_rows
from bot.keeping import promise_rows
from bot.mentions import mentions_of
from bot.rows import Rows, holder, rows_of, ticket_rows_of
from bot.search import Findings
from bot.services import Services
from bot.translations import Words, english
from bot.values import Due, Entry, State
from escalation.ticket import Ticket

View = Literal["waiting", "mine", "snoozed", "promised", "mentions", "open", "closed"]
LISTED = 500
STORY = 2_000  # the newest entries; who writes more than that hides nothing new


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
    if view == "open":
        return rows_of(services, (one for one, _ in services.conversations.recent(LISTED)))
    if view == "promised":
        names = [one for one, _ in services.conversations.due("promise")]
        return rows_of(services, names[:LISTED])
    if view in {"mine", "snoozed"}:
        return _held_rows(services, person_id)[view == "snoozed"]
    if view == "mentions":
        return _mention_rows(services, person_id)
    tickets = services.queue.waiting(LISTED) if view == "waiting" else services.queue.closed(LISTED)
    return ticket_rows_of(services, tickets)


def breached_rows(services: Services) -> list[dict[str, Any]]:
    """Give the open tickets with a breached clock for whoever leads, the longest breached first."""
    rows = rows_of(services, (one for one, _ in services.alarms.breached(LISTED)))
    return [one for one in rows if one["clock"] and one["clock"]["state"] == "breached"]


def desk_lists(services: Services, view: View, person_id: str) -> dict[str, Any]:
    """Give one list, what this person holds, and the counts of all lists.

    Each count is from what its list would show.
    """
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
    return {"view": view, "tickets": rows, "mine": mine, "counts": counts}


def _mention_rows(services: Services, person_id: str) -> list[dict[str, Any]]:
    """Give the conversations in which somebody was mentioned and has not looked since."""
    names = [one for one, _ in services.conversations.due("mention")]
    found = services.conversations.load_all(dict.fromkeys(names, 1))
    return rows_of(services, (one for one, state in found.items() if mentions_of(state, person_id)))


def found_rows(services: Services, findings: Findings, holder_is: str) -> list[dict[str, Any]]:
    """Give what a search found as rows, with the words that matched; of one holder if named."""
    lines = {one.conversation: one.line for one in findings.found}
    rows = rows_of(services, lines)
    return [
        {**row, "found": lines[row["conversation"]]}
        for row in rows
        if not holder_is or row["holder"] == holder_is
    ]


def _held_rows(
    services: Services, person_id: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give what somebody holds and what of it rests: late promises first, then as claimed."""
    now = services.clock()
    held = [one for one in services.queue.claimed() if one.agent == person_id]
    rows = ticket_rows_of(services, held)
    mine = [one for one in rows if one["snoozed_ms"] is None]
    mine.sort(key=lambda one: one["promise"] is None or one["promise"]["due_ms"] > now)
    resting = [one for one in rows if one["snoozed_ms"] is not None]
    return mine, sorted(resting, key=lambda one: one["snoozed_ms"])


def conversation_for_desk(
    services: Services, conversation: str, newest: int = STORY
) -> dict[str, Any]:
    """Give the whole story: entries, ticket, reasons, mood over the turns, facts found.

    With `newest` only what the last so many entries tell; `whole` says whether these are all.
    """
    state = services.conversations.load(conversation, recent=newest)
    entries = state.recent
    ticket = services.queue.get(state.ticket) if state.ticket else None
    return {
        **Rows(services).row(state, ticket),
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
        "whole": newest == STORY or len(entries) < newest,
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
