"""How a conversation lies in Redis: what the scripts take, and what they give back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.values import BotReply, Customer, Due, Entry, QuickReply, State, Turn

CARD = "card:"
"""How the fields begin that hold what the customer says of a line of the card."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an accepted message: its id, and the lock token if its turn is yours.

    `again` tells that the same event was accepted before.
    """

    message_id: str
    lock: str | None
    turn: Turn | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """The oldest accepted message of a conversation that has no Turn yet."""

    event_id: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a turn or an agent's action writes, all at once.

    `effects` are what the relay carries: `open` and `cancel` a ticket, look at its `clock`.
    """

    entries: tuple[Entry, ...] = ()
    meta: Mapping[str, str] | None = None
    effects: Mapping[str, Any] | None = None

    def outbox(self, conversation: str, message_id: str = "") -> str:
        """Give the outbox JSON without its closing brace; the script adds the entries' ids."""
        body = {"conversation": conversation, "message": message_id, **(self.effects or {})}
        return json.dumps(body, ensure_ascii=False)[:-1]

    def arguments(self) -> list[str]:
        """Give the entries and meta fields as the scripts take them."""
        flat = [part for pair in (self.meta or {}).items() for part in pair]
        return [str(len(self.entries)), *(one.dumps() for one in self.entries), *flat]


def handback_meta(state: State) -> dict[str, str]:
    """The meta fields that give a conversation back to the bot."""
    episode = str(state.episode + 1)
    return {"ticket": "", "reasons": "", "first_reply_ms": "", "episode": episode}


def first_meta(channel: str, external: str, customer: Customer) -> list[str]:
    """Give what a conversation starts with: field, value, field, value, as scripts take it."""
    return [
        *("channel", channel, "external", external, "customer_id", customer.id),
        *("name", customer.name, "email", customer.email, "locale", customer.locale),
    ]


def state_of(conversation: str, meta: Mapping[str, str], recent: tuple[Entry, ...]) -> State:
    """Give a conversation from its hash."""
    return State(
        id=conversation,
        channel=meta.get("channel", ""),
        external=meta.get("external", ""),
        customer=Customer(
            *(meta.get(name, "") for name in ("customer_id", "name", "email", "locale"))
        ),
        created_ms=int(meta["created_ms"]),
        last_ms=int(meta["last_ms"]),
        episode=int(meta["episode"]),
        ticket=meta.get("ticket") or None,
        token=int(meta.get("token", "0")),
        reasons=tuple(json.loads(meta.get("reasons", "[]"))),
        handbacks=int(meta["episode"]) - 1,
        recent=recent,
        language=meta.get("language", ""),
        dues=tuple(Due.loads(name, text) for name, text in meta.items() if name[:4] == "due:"),
        first_reply_ms=int(meta.get("first_reply_ms", "0")),
        checks={
            name.removeprefix(CARD): json.loads(text)
            for name, text in meta.items()
            if name.startswith(CARD)
        },
    )


def turn_of(record: Mapping[str, Any], *, replayed: bool) -> Turn | None:
    """Give the Turn of an event's record, None while it waits."""
    if "turn" not in record:
        return None
    row = record["turn"]
    replies = tuple(
        BotReply(one["text"], tuple(QuickReply(**quick) for quick in one["quick_replies"]))
        for one in row["replies"]
    )
    turn = Turn(
        conversation=row["conversation"],
        message_id=row["message_id"],
        replies=replies,
        escalated=row["escalated"],
        ticket=row["ticket"],
        reading=row["reading"],
        reasons=tuple(row["reasons"]),
        replayed=replayed,
    )
    return with_ids(turn, record["ids"])


def with_ids(turn: Turn, ids: Sequence[str]) -> Turn:
    """Name each reply by its entry; replies are always the first entries of a commit."""
    named = tuple(
        replace(reply, id=entry_id) for reply, entry_id in zip(turn.replies, ids, strict=False)
    )
    return replace(turn, replies=named)
