"""The nouns of a conversation: frozen values that carry no behaviour but their own shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast

Author = Literal["customer", "bot", "agent"]
Audience = Literal["all", "desk"]
Kind = Literal["message", "reading", "note", "event"]
Holder = Literal["bot", "waiting", "agent"]
DueKind = Literal["sending", "promise", "snooze", "mention"]
SEEN_BY_CUSTOMERS = ("author", "text", "name", "quick_replies", "event_id", "what")


@dataclass(frozen=True, slots=True)
class Customer:
    """What is known of the person asking; every field may be empty."""

    id: str = ""
    name: str = ""
    email: str = ""
    locale: str = ""

    @property
    def first_name(self) -> str:
        """The first word of the name, or nothing."""
        return self.name.split()[0] if self.name.split() else ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A customer message as it arrived, checked, not yet handled."""

    conversation: str
    event_id: str
    text: str
    fingerprint: str
    channel: str
    received_ms: int
    external: str = ""
    customer: Customer = field(default_factory=Customer)


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button under a bot message: what it says, and what it stands for."""

    text: str
    payload: str


@dataclass(frozen=True, slots=True)
class BotReply:
    """One thing the bot says."""

    text: str
    quick_replies: tuple[QuickReply, ...] = ()
    template: str = ""
    id: str = ""

    def to_row(self) -> dict[str, Any]:
        """Give the shape of the webhook's `replies`, with the message id beside it."""
        return {
            "id": self.id,
            "text": self.text,
            "quick_replies": [asdict(one) for one in self.quick_replies],
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a conversation's log; `id` orders entries and resumes streams."""

    kind: Kind
    audience: Audience
    at_ms: int
    data: Mapping[str, Any]
    id: str = ""

    def dumps(self) -> str:
        """Give the JSON that is stored (without the id)."""
        body = {"kind": self.kind, "audience": self.audience, "at": self.at_ms, "data": self.data}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, entry_id: str, stored: str) -> Entry:
        """Rebuild an Entry from its id and `dumps`."""
        body = json.loads(stored)
        return cls(body["kind"], body["audience"], body["at"], body["data"], entry_id)

    def to_row(self) -> dict[str, Any]:
        """Give the JSON that the desk gets."""
        shown = {name: value for name, value in self.data.items() if name != "circumstances"}
        return {"id": self.id, "kind": self.kind, "at": self.at_ms, **shown}

    def for_customer(self) -> dict[str, Any]:
        """Give it without what is the desk's own: agents' ids, priorities, template names."""
        row: dict[str, Any] = {"id": self.id, "kind": self.kind, "at": self.at_ms}
        return row | {name: self.data[name] for name in SEEN_BY_CUSTOMERS if name in self.data}


@dataclass(frozen=True, slots=True)
class Turn:
    """One customer message and all it led to."""

    conversation: str
    message_id: str
    replies: tuple[BotReply, ...]
    escalated: bool
    ticket: str | None
    reading: Mapping[str, Any] | None
    reasons: tuple[Mapping[str, Any], ...]
    replayed: bool = False

    def to_row(self) -> dict[str, Any]:
        """Give the body of the webhook's 200."""
        return {
            "conversation": self.conversation,
            "message_id": self.message_id,
            "replies": [one.to_row() for one in self.replies],
            "escalated": self.escalated,
            "ticket": self.ticket,
            "reading": self.reading,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Due:
    """Something an agent left to happen at a time; `kind` says what."""

    kind: DueKind
    id: str
    due_ms: int
    data: Mapping[str, Any]

    @property
    def field(self) -> str:
        """The field of the conversation's hash that holds it."""
        return f"due:{self.kind}:{self.id}"

    def dumps(self) -> str:
        """Give the JSON that is stored; the script reads `due_ms` of it."""
        return json.dumps({**self.data, "due_ms": self.due_ms}, ensure_ascii=False)

    @classmethod
    def loads(cls, field_name: str, stored: str) -> Due:
        """Rebuild one from its field and `dumps`."""
        _, kind, name = field_name.split(":", 2)
        data = json.loads(stored)
        return cls(cast("DueKind", kind), name, int(data["due_ms"]), data)


@dataclass(frozen=True, slots=True)
class State:
    """A conversation as it stands: who it is with, and its recent entries, oldest first.

    `language` is the one the bot last answered in, where the pack has several. `first_reply_ms` is
    when an agent first wrote since it was handed over, 0 if none did. `checks` is what the customer
    said of lines of the card: `word` and, where they corrected it, `text`.
    """

    id: str
    channel: str
    external: str
    customer: Customer
    created_ms: int
    last_ms: int
    episode: int
    ticket: str | None
    token: int
    reasons: tuple[Mapping[str, Any], ...]
    handbacks: int
    recent: tuple[Entry, ...] = ()
    language: str = ""
    dues: tuple[Due, ...] = ()
    first_reply_ms: int = 0
    checks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def due(self, kind: DueKind) -> tuple[Due, ...]:
        """Give what is due of a kind, the earliest first."""
        found = (one for one in self.dues if one.kind == kind)
        return tuple(sorted(found, key=lambda one: one.due_ms))

    @property
    def hold(self) -> str:
        """Who holds it, as the scripts compare it: ticket, episode and token of the last claim."""
        return f"{self.ticket or ''} {self.episode} {self.token}"

    @property
    def next_ticket(self) -> str:
        """The deterministic id the next (or the open) ticket of this conversation has."""
        return f"{self.id}#{self.episode}"
