"""Runs past conversations through the server's own pipeline against a throw-away store.

What would the bot have said, and when would it have brought in a person? Same code, no HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.errors import BotError
from bot.pipeline import handle_message
from bot.services import Services
from bot.values import Entry, Incoming, Turn

FIRST_MS = 1_767_605_400_000  # Monday 2026-01-05 09:30 UTC, inside most teams' hours
STEP_MS = 45_000
CHANNEL = "replay"


class BadConversation(BotError):
    """Raised when a row is not a conversation that can be replayed; says what is missing."""


@dataclass(frozen=True, slots=True)
class CustomerTurn:
    """One customer message of a replayed conversation and when it came, in ms."""

    text: str
    at_ms: int


def replay(services: Services, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give one result per conversation, in order, as `attune replay` prints it."""
    for number, row in enumerate(rows):
        yield replay_one(services, row, f"r{number}")


def replay_one(services: Services, row: Mapping[str, Any], conversation: str) -> dict[str, Any]:
    """Replay one conversation under a fresh id; raises BadConversation."""
    results: list[dict[str, Any]] = []
    escalated_at: int | None = None
    for index, turn in enumerate(read_turns(row)):
        done = handle_message(
            services,
            Incoming(
                conversation=conversation,
                event_id=f"t{index}",
                text=turn.text,
                fingerprint=f"t{index}",
                channel=CHANNEL,
                received_ms=turn.at_ms,
            ),
        )
        entry = _reading_of(services, conversation, done.message_id)
        results.append(_result(done, entry, silent=escalated_at is not None))
        if escalated_at is None and entry.data["escalate"]:
            escalated_at = index
    main = results[escalated_at]["reasons"][0]["code"] if escalated_at is not None else None
    return {
        "id": row.get("id"),
        "turns": results,
        "escalated_at": escalated_at,
        "reason": main,
        "priority": _priority(services, conversation) if main else None,
    }


def read_turns(row: Mapping[str, Any]) -> list[CustomerTurn]:
    """Give the customer's messages of a row with their times; raises BadConversation."""
    turns = row.get("turns")
    if not isinstance(turns, list):
        raise BadConversation("The conversation has no list `turns`; add one.")
    found: list[CustomerTurn] = []
    before = FIRST_MS - STEP_MS
    for index, turn in enumerate(turns):
        text = turn.get("customer") if isinstance(turn, Mapping) else None
        if not isinstance(text, str):
            raise BadConversation(f"Turn {index} has no text `customer`; add one.")
        before = max(before, _time(turn.get("at"), index, before + STEP_MS))
        found.append(CustomerTurn(text, before))
    return found


def _time(at: object, index: int, default: int) -> int:
    if at is None:
        return default
    if isinstance(at, int | float) and not isinstance(at, bool):
        return int(at if at > 1e11 else at * 1000)
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError as error:
        raise BadConversation(
            f"Turn {index} has the time {at!r}; use ISO 8601 or seconds since 1970."
        ) from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)


def _reading_of(services: Services, conversation: str, message_id: str) -> Entry:
    for entry in reversed(services.conversations.load(conversation, recent=20).recent):
        if entry.kind == "reading" and entry.data["message_id"] == message_id:
            return entry
    raise BotError(f"The turn of message {message_id} left no reading; this is a defect.")


def _result(turn: Turn, entry: Entry, *, silent: bool) -> dict[str, Any]:
    row = entry.data["reading"] or {}
    spoken = () if silent else turn.replies
    return {
        **{name: row.get(name) for name in ("intent", "confidence", "sentiment", "emotion")},
        "frustration": row.get("frustration"),
        "reply": "\n\n".join(one.text for one in spoken) or None,
        "reply_template": entry.data["template"] if spoken else None,
        "escalate": entry.data["escalate"],
        "reasons": entry.data["reasons"],
    }


def _priority(services: Services, conversation: str) -> str | None:
    """The priority the ticket got when it was opened, from the log."""
    for entry in services.conversations.entries(conversation, limit=2_000):
        if entry.kind == "event" and entry.data["what"] == "ticket_opened":
            return str(entry.data["priority"])
    return None
