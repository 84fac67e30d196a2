"""What outgoing webhooks can tell: each event by name, with the fields of its body. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.values import Entry
from escalation.ticket import QueueEvent, Ticket

Data = dict[str, Any]
TEST = "endpoint.test"
TALK = ("conversation", "channel", "external")
HELD = ("ticket", "priority", "reasons", "due_at", "agent")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: when it is told, its fields, and those only an endpoint with words gets.

    Every field is in every body; what an endpoint does not get, or nobody knows, is null.
    """

    when: str
    fields: tuple[str, ...]
    words: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "conversation.begun": Kind("A conversation got its first entry.", TALK, ("customer",)),
    "message.customer": Kind(
        "A customer's message has had its turn: it was read, and answered or handed on.",
        (*TALK, "message", "event_id", "intent", "escalate", "reasons"),
        ("text",),
    ),
    "message.bot": Kind(
        "The bot said something.",
        (*TALK, "message", "turn", "template"),
        ("text", "quick_replies"),
    ),
    "message.agent": Kind("An agent answered.", (*TALK, "message", "agent"), ("text", "name")),
    "note.written": Kind(
        "An agent left a private note.", (*TALK, "message", "agent"), ("text", "name")
    ),
    "email.left": Kind("The customer left an address to answer to.", TALK, ("email",)),
    "rating.given": Kind("The customer rated the help.", (*TALK, "ticket", "score"), ("comment",)),
    "ticket.opened": Kind("A person is needed.", (*TALK, *HELD)),
    "ticket.raised": Kind("It became more pressing, or gained reasons.", (*TALK, *HELD)),
    "ticket.overdue": Kind("It is past its due time, and nobody came.", (*TALK, *HELD)),
    "ticket.sla_warning": Kind(
        "A clock of it has nearly run out.", (*TALK, *HELD, "clock", "clock_due_at")
    ),
    "ticket.sla_breached": Kind(
        "A clock of it has run out.", (*TALK, *HELD, "clock", "clock_due_at")
    ),
    "ticket.claimed": Kind("An agent took it.", (*TALK, *HELD)),
    "ticket.released": Kind("The agent put it back in line.", (*TALK, *HELD)),
    "ticket.expired": Kind(
        "The agent gave no sign of life, and it went back in line.", (*TALK, *HELD, "stuck")
    ),
    "ticket.transferred": Kind("It was handed to another agent.", (*TALK, *HELD, "from_agent")),
    "ticket.resolved": Kind("An agent closed it.", (*TALK, *HELD, "outcome")),
    "ticket.cancelled": Kind("It was closed before anybody took it.", (*TALK, *HELD, "outcome")),
    TEST: Kind("Somebody asked for a test; told whatever an endpoint takes.", ()),
}
OF_TICKETS: Mapping[str, str] = {
    "overdue": "ticket.overdue",
    "sla_warning": "ticket.sla_warning",
    "sla_breached": "ticket.sla_breached",
}
"""Entries of a conversation's log that are about its ticket, by what they say happened."""
CHOICES = tuple(name for name in KINDS if name != TEST)
OF_QUEUE = frozenset(
    {
        *("opened", "raised", "claimed", "released", "expired"),
        *("transferred", "resolved", "cancelled"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who a conversation came from; `external` is empty where it would name a person."""

    conversation: str
    channel: str = ""
    external: str = ""

    def row(self) -> Data:
        """Give the fields all events of a conversation begin with."""
        return {
            "conversation": self.conversation,
            "channel": self.channel or None,
            "external": self.external or None,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. It holds ids and codes; words are looked up when it is sent.

    `entry` is the entry of the conversation's log that has them; `again_ms` is when somebody asked
    for it to be sent once more.
    """

    id: str
    kind: str
    at_ms: int
    conversation: str
    data: Data = field(default_factory=dict)
    entry: str = ""
    again_ms: int = 0

    def dumps(self) -> str:
        """Give the JSON that waits in line."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, stored: str) -> Event:
        """Rebuild an event from `dumps`."""
        return cls(**json.loads(stored))

    def body(self, words: Mapping[str, Any]) -> bytes:
        """Give what is sent: the same bytes at every try, as long as the words are the same."""
        kind = KINDS[self.kind]
        data = {name: self.data.get(name) for name in kind.fields}
        data |= {name: words.get(name) for name in kind.words}
        if words.get("external") and "external" in data:
            data["external"] = words["external"]
        row = {"type": self.kind, "timestamp": iso(self.at_ms), "data": data}
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def of_queue(event: QueueEvent, ticket: Ticket | None, told: Told) -> Event | None:
    """Give what a transition of the queue tells, or nothing for one this Attune does not know."""
    if event.kind not in OF_QUEUE:
        return None
    data = told.row() | _held(event.ticket, ticket) | {"agent": event.agent}
    if event.kind in {"opened", "raised"} and event.detail:
        data["priority"] = event.detail
    if event.kind in {"resolved", "cancelled"}:
        data["outcome"] = event.detail or None
    if event.kind == "transferred":
        data["from_agent"] = event.detail or None
    if event.kind == "expired":
        data["stuck"] = event.detail == "stuck"
    kind = f"ticket.{event.kind}"
    return Event(_id(f"queue {event.id}", kind), kind, event.at_ms, event.conversation, data)


def of_entries(
    entries: Sequence[Entry], first: str, told: Told, ticket: Ticket | None
) -> list[Event]:
    """Give what the entries of one change tell, in order.

    `first` is the id of the first entry the conversation ever had; `ticket` the one that an entry
    about a ticket is about, if there is one.
    """
    readings = {one.data.get("message_id"): one.data for one in entries if one.kind == "reading"}
    asked = next((one.id for one in entries if one.data.get("author") == "customer"), None)
    found = []
    for entry in entries:
        if entry.id == first:
            found.append(_event(entry, "conversation.begun", told.row()))
        if kind := _kind(entry):
            more = _more(entry, kind, readings.get(entry.id), told.conversation, ticket)
            turn = {"turn": asked} if kind == "message.bot" else {}
            found.append(_event(entry, kind, told.row() | more | turn))
    return found


def words_of(kind: str, entry: Entry | None, meta: Mapping[str, str]) -> Data:
    """Give what only an endpoint with words gets: from the log's entry, and from the customer."""
    found: Data = {"external": meta.get("external") or None}
    if kind == "conversation.begun":
        names = {"id": "customer_id", "name": "name", "email": "email", "locale": "locale"}
        found["customer"] = {name: meta.get(key) or None for name, key in names.items()}
    if kind == "email.left":
        found["email"] = meta.get("email") or None
    if entry:
        found |= {name: entry.data[name] for name in KINDS[kind].words if name in entry.data}
    return found


def iso(at_ms: int) -> str:
    """Give a time as ISO 8601 in UTC, with milliseconds."""
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def probe(endpoint: str, at_ms: int, nonce: str) -> Event:
    """Give the event that somebody has sent to see whether an endpoint answers."""
    return Event(_id(f"test {endpoint} {nonce}", TEST), TEST, at_ms, "test")


def _event(entry: Entry, kind: str, data: Data) -> Event:
    conversation = data["conversation"]
    name = _id(f"{conversation} {entry.id}", kind)
    return Event(name, kind, entry.at_ms, conversation, data, entry.id)


def _kind(entry: Entry) -> str:
    if entry.kind == "message":
        return f"message.{entry.data['author']}"
    if entry.kind == "note":
        return "note.written"
    if entry.kind != "event":
        return ""
    names = {"rated": "rating.given", "email_left": "email.left", **OF_TICKETS}
    return names.get(str(entry.data.get("what")), "")


def _more(
    entry: Entry,
    kind: str,
    reading: Mapping[str, Any] | None,
    conversation: str,
    ticket: Ticket | None,
) -> Data:
    """Give the fields of one kind beside those that all events of a conversation have."""
    data = entry.data
    if kind == "message.customer":
        return {"message": entry.id, "event_id": data.get("event_id"), **_read(reading or {})}
    if kind == "message.bot":
        return {"message": entry.id, "template": data.get("template")}
    if kind in {"message.agent", "note.written"}:
        return {"message": entry.id, "agent": data.get("agent")}
    if kind == "rating.given":
        return {"score": data["score"], "ticket": f"{conversation}#{data['episode']}"}
    if kind not in OF_TICKETS.values():
        return {}
    due = {"clock": data["clock"], "clock_due_at": iso(data["due_ms"])} if "clock" in data else {}
    return _held(str(data["ticket"]), ticket) | due


def _read(reading: Mapping[str, Any]) -> Data:
    """Give codes of a reading; what it felt like stays here."""
    return {
        "intent": (reading.get("reading") or {}).get("intent"),
        "escalate": bool(reading.get("escalate")),
        "reasons": [one["code"] for one in reading.get("reasons") or ()],
    }


def _held(ticket_id: str, ticket: Ticket | None) -> Data:
    return {
        "ticket": ticket_id,
        "priority": ticket.priority if ticket else None,
        "reasons": list(ticket.reasons) if ticket else [],
        "due_at": iso(ticket.due_ms) if ticket else None,
        "agent": ticket.agent if ticket else None,
    }


def _id(source: str, kind: str) -> str:
    """Give the id of an event: always the same for the same thing."""
    return "evt_" + hashlib.sha256(f"{source} {kind}".encode()).hexdigest()[:32]
