"""One conversation in a span of time, reduced to what the insights count. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal

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
Ending = Literal["confirmed", "answered", "person", "left"]
ENDINGS: tuple[Ending, ...] = ("confirmed", "answered", "person", "left")
"""How a conversation ended: the customer said that it helped; the last message was answered; a
person was brought in; neither, so that the customer left without."""
CONTENT = frozenset({"thanks", "goodbye", "praise"})


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
    """One conversation in a span, reduced to what the figures need.

    `messages` is 0 where the customer wrote before the span and was helped or rated in it.
    `times` are when the customer wrote, in ms since 1970; `version` is the pack version that read
    the first of it.
    """

    conversation: str
    channel: str
    first_ms: int
    messages: int
    days: Mapping[date, int]
    needs: tuple[str, ...]
    moods: tuple[Tone, ...]
    waits: tuple[Wait, ...]
    scores: tuple[int, ...]
    ending: Ending
    times: tuple[int, ...] = ()
    version: int | None = None

    @property
    def by_bot(self) -> bool:
        """Whether the bot answered and was not abandoned."""
        return self.ending in {"confirmed", "answered"}

    @property
    def worst(self) -> Tone | None:
        """The worst mood it had, None if nothing could be read."""
        return max(self.moods, key=MOODS.index, default=None)


def story(told: Told, span: Span) -> Story | None:
    """Give what happened in a span, None if nothing that counts did."""
    entries = [one for one in told.entries if span.since_ms <= one.at_ms < span.until_ms]
    said = [one for one in entries if one.kind == "message" and one.data["author"] == "customer"]
    counted = said or [one for one in entries if _counts(one)]
    if not counted:
        return None
    readings = [one for one in entries if one.kind == "reading"]
    return Story(
        conversation=told.conversation,
        channel=told.channel,
        first_ms=counted[0].at_ms,
        messages=len(said),
        days=Counter(span.day_of(one.at_ms) for one in said),
        needs=tuple(need for one in readings if (need := need_of(one))),
        moods=tuple(mood for one in readings if (mood := mood_of(one))),
        waits=tuple(_waits(told.conversation, entries)),
        scores=tuple(_scores(entries)),
        ending=ending_of(entries),
        times=tuple(one.at_ms for one in said),
        version=next((one.data.get("pack_version") for one in readings), None),
    )


def _counts(entry: Entry) -> bool:
    return entry.kind == "event" and entry.data["what"] in {"ticket_opened", "rated"}


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
    """Give how the customer felt by one reading entry, as one of the tones replies take.

    None where nothing was read, or a button was pressed: its label tells no feelings.
    """
    row = None if reading.data.get("payload") else reading.data.get("reading")
    return choose_tone(Reading.from_row(row)) if row else None


def ending_of(entries: Sequence[Entry]) -> Ending:
    """Say how a conversation ended.

    `left`: the last message got no answer but "I did not understand", or was negative or "not
    quite". `confirmed`: it was "that solved it", thanks or goodbye.
    """
    if any(one.kind == "event" and one.data["what"] == "ticket_opened" for one in entries):
        return "person"
    last = next((one for one in reversed(entries) if one.kind == "reading"), None)
    if last is None or last.data.get("answered") in {None, "not_quite", "chat_empty"}:
        return "left"
    row: Mapping[str, Any] | None = last.data.get("reading")
    if row is not None and last.data.get("payload") == "solved":
        return "confirmed"
    if row is None or row["sentiment"] == "negative":
        return "left"
    return "confirmed" if need_of(last) in CONTENT else "answered"


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
