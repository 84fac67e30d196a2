"""One conversation in a span of time, reduced to what the insights count. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from bot.tone import Tone, choose_tone
from bot.values import Entry
from intents.reading import Reading

DAY_MS = 86_400_000
REFUSED = "refused"
NOT_NEEDS = frozenset({"solved", "not_quite", "person", "declined"})
"""Buttons that say how an answer went, not what is wanted."""
MOODS: tuple[Tone, ...] = ("happy", "calm", "worried", "upset")
"""From best to worst: the tones that replies take."""
ENDS = frozenset({"ticket_cancelled", "resolved", "handed_back"})


@dataclass(frozen=True, slots=True)
class Told:
    """One conversation and its entries, oldest first."""

    conversation: str
    channel: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Time from one moment to another, in ms since 1970, and the zone its days are counted in."""

    since_ms: int
    until_ms: int
    zone: tzinfo = UTC

    @classmethod
    def last_days(cls, days: int, now_ms: int, zone: tzinfo) -> Span:
        """Give the last days up to now, today included, the first from its midnight on."""
        first = datetime.fromtimestamp(now_ms / 1000, zone).date() - timedelta(days=days - 1)
        midnight = datetime(first.year, first.month, first.day, tzinfo=zone)
        return cls(round(midnight.timestamp() * 1000), now_ms + 1, zone)

    def days(self) -> list[date]:
        """Give every day the span touches, in order."""
        first, last = self.day_of(self.since_ms), self.day_of(self.until_ms - 1)
        return [first + timedelta(days=at) for at in range((last - first).days + 1)]

    def day_of(self, at_ms: int) -> date:
        """Give the day of a moment."""
        return datetime.fromtimestamp(at_ms / 1000, self.zone).date()


@dataclass(frozen=True, slots=True)
class Wait:
    """One ticket: why it was opened, and when a person first wrote (None: nobody did).

    `let_go`: the customer or a person closed it before anybody wrote.
    """

    conversation: str
    reason: str
    opened_ms: int
    answered_ms: int | None
    let_go: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation in a span, reduced to what the figures need."""

    conversation: str
    channel: str
    first_ms: int
    messages: int
    days: Mapping[date, int]
    needs: tuple[str, ...]
    moods: tuple[Tone, ...]
    waits: tuple[Wait, ...]
    scores: tuple[int, ...]
    by_bot: bool

    @property
    def worst(self) -> Tone | None:
        """The worst mood it had, None if nothing could be read."""
        return max(self.moods, key=MOODS.index, default=None)


def story(told: Told, span: Span) -> Story | None:
    """Give what happened in a span, None if the customer wrote nothing in it."""
    entries = [one for one in told.entries if span.since_ms <= one.at_ms < span.until_ms]
    said = [one for one in entries if one.kind == "message" and one.data["author"] == "customer"]
    if not said:
        return None
    readings = [one for one in entries if one.kind == "reading"]
    days: dict[date, int] = {}
    for one in said:
        days[span.day_of(one.at_ms)] = days.get(span.day_of(one.at_ms), 0) + 1
    return Story(
        conversation=told.conversation,
        channel=told.channel,
        first_ms=said[0].at_ms,
        messages=len(said),
        days=days,
        needs=tuple(need for one in readings if (need := need_of(one))),
        moods=tuple(mood for one in readings if (mood := mood_of(one))),
        waits=tuple(_waits(told.conversation, entries)),
        scores=tuple(_scores(entries)),
        by_bot=answered_by_bot(entries),
    )


def need_of(reading: Entry) -> str | None:
    """Give the intent of a reading entry, `refused`, or None where nothing was asked or read."""
    payload: str | None = reading.data.get("payload")
    row: Mapping[str, Any] | None = reading.data.get("reading")
    if payload in NOT_NEEDS:
        return None
    if payload and payload.startswith("intent:"):
        return str(payload.removeprefix("intent:"))
    return str(row["intent"] or REFUSED) if row else None


def mood_of(reading: Entry) -> Tone | None:
    """Give how the customer felt by one reading entry, as one of the tones replies take."""
    row = reading.data.get("reading")
    return choose_tone(Reading.from_row(row)) if row else None


def answered_by_bot(entries: Sequence[Entry]) -> bool:
    """Say whether the bot answered and was not abandoned.

    True when no person was brought in, the customer's last message got an answer that was not
    "I did not understand", and that message was neither negative nor "not quite".
    """
    if any(one.kind == "event" and one.data["what"] == "ticket_opened" for one in entries):
        return False
    last = next((one for one in reversed(entries) if one.kind == "reading"), None)
    if last is None or last.data.get("answered") in {None, "not_quite", "chat_empty"}:
        return False
    row: Mapping[str, Any] | None = last.data.get("reading")
    return row is not None and (
        row["sentiment"] != "negative" or last.data.get("payload") == "solved"
    )


def _waits(conversation: str, entries: Sequence[Entry]) -> Iterable[Wait]:
    for at, entry in enumerate(entries):
        if entry.kind != "event" or entry.data["what"] != "ticket_opened":
            continue
        ended = next((one for one in entries[at + 1 :] if _ends_wait(one)), None)
        written = ended is not None and ended.kind == "message"
        yield Wait(
            conversation,
            _reason(entries[:at]),
            entry.at_ms,
            ended.at_ms if ended and written else None,
            let_go=ended is not None and not written,
        )


def _ends_wait(entry: Entry) -> bool:
    if entry.kind == "message":
        return bool(entry.data["author"] == "agent")
    return entry.kind == "event" and entry.data["what"] in ENDS


def _reason(before: Sequence[Entry]) -> str:
    """The main reason of the turn that opened a ticket; an agent who steps in has no such turn."""
    turn = next((one for one in reversed(before) if one.kind in {"reading", "event"}), None)
    if turn is None or turn.kind == "event" or not turn.data.get("escalate"):
        return "agent_joined"
    reasons = turn.data.get("reasons") or ()
    return str(reasons[0]["code"]) if reasons else "agent_joined"


def _scores(entries: Sequence[Entry]) -> Iterable[int]:
    for one in entries:
        if one.kind == "event" and one.data["what"] == "rated":
            yield int(one.data["score"])
