"""What the insights page says, counted anew from the raw entries of conversations. Pure.

Every figure keeps the conversations behind it, so that each number can be opened and counted again.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from bot.story import ENDINGS, MOODS, Span, Story, Told, Wait, story
from bot.tone import Tone

MINUTE_MS = 60_000
WAITS: tuple[tuple[str, float], ...] = (
    ("under 1 minute", MINUTE_MS),
    ("1 to 2 minutes", 2 * MINUTE_MS),
    ("2 to 5 minutes", 5 * MINUTE_MS),
    ("5 to 15 minutes", 15 * MINUTE_MS),
    ("15 to 60 minutes", 60 * MINUTE_MS),
    ("over an hour", float("inf")),
)
NOBODY = "nobody wrote yet"
LET_GO = "closed before anybody wrote"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole with the conversations it is made of."""

    name: str
    count: int
    conversations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What one day brought."""

    day: date
    conversations: tuple[str, ...]
    messages: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the page shows of one span.

    `stories` are the conversations in which the customer wrote in it; `beside` are those that were
    only helped or rated in it, which count for waits and ratings.
    """

    stories: tuple[Story, ...]
    beside: tuple[Story, ...]
    days: tuple[Day, ...]
    messages: int
    needs: tuple[Share, ...]
    moods: Mapping[str, tuple[Share, ...]]
    escalations: tuple[Share, ...]
    waits: tuple[Wait, ...]
    by_bot: Share
    endings: tuple[Share, ...]
    ratings: tuple[Share, ...]
    median_wait_ms: float | None = None
    p90_wait_ms: float | None = None
    mean_rating: float | None = None
    wait_times: tuple[Share, ...] = ()

    @property
    def conversations(self) -> int:
        """How many conversations there were."""
        return len(self.stories)

    @property
    def all_needs(self) -> int:
        """How many messages were read for what they want."""
        return sum(one.count for one in self.needs)


def figures(told: Iterable[Told], span: Span) -> Figures:
    """Give the figures of a span; a conversation is counted if its customer wrote in it."""
    found = (story(one, span) for one in told)
    every = sorted((one for one in found if one), key=lambda one: one.first_ms)
    stories = tuple(one for one in every if one.messages)
    waits = tuple(wait for one in every for wait in one.waits)
    times = [one.answered_ms - one.opened_ms for one in waits if one.answered_ms is not None]
    scores = [(one.conversation, score) for one in every for score in one.scores]
    return Figures(
        stories=stories,
        beside=tuple(one for one in every if not one.messages),
        days=tuple(_day(stories, day) for day in span.days()),
        messages=sum(one.messages for one in stories),
        needs=_needs(stories),
        moods=_moods(stories),
        escalations=_escalations(waits),
        waits=waits,
        by_bot=share_of("by_bot", [one.conversation for one in stories if one.by_bot]),
        endings=tuple(
            share_of(name, [one.conversation for one in stories if one.ending == name])
            for name in ENDINGS
        ),
        ratings=tuple(
            share_of(str(score), [one for one, given in scores if given == score])
            for score in range(1, 6)
        ),
        median_wait_ms=statistics.median(times) if times else None,
        p90_wait_ms=percentile(times, 0.9),
        mean_rating=statistics.fmean(given for _, given in scores) if scores else None,
        wait_times=_wait_times(waits),
    )


def behind(found: Figures, figure: str, value: str) -> tuple[str, ...] | None:
    """Give the conversations behind one figure, None if there is no such figure."""
    shares: Mapping[str, Sequence[Share]] = {
        "need": found.needs,
        "reason": found.escalations,
        "wait": found.wait_times,
        "rating": found.ratings,
        "ending": found.endings,
        **found.moods,
    }
    if figure == "all":
        return tuple(one.conversation for one in reversed(found.stories))
    if figure == "by_bot":
        return found.by_bot.conversations
    if figure == "day":
        days = (one.conversations for one in found.days if one.day.isoformat() == value)
        return next(days, None)
    same = (one.conversations for one in shares.get(figure, ()) if one.name == value)
    return next(same, None)


def percentile(values: Sequence[float], share: float) -> float | None:
    """Give the value that a share (0-1) of the values do not exceed, by nearest rank."""
    if not values:
        return None
    rank = -(-len(values) * share // 1)
    return sorted(values)[max(0, int(rank) - 1)]


def rows(found: Figures, zone: tzinfo) -> list[dict[str, Any]]:
    """Give one row per conversation, for a spreadsheet; no words of customers are in it."""
    every = sorted((*found.stories, *found.beside), key=lambda one: one.first_ms)
    return [_row(one, zone) for one in every]


def _row(one: Story, zone: tzinfo) -> dict[str, Any]:
    first = one.waits[0] if one.waits else None
    waited = [w.answered_ms - w.opened_ms for w in one.waits if w.answered_ms is not None]
    begun = datetime.fromtimestamp(one.first_ms / 1000, zone)
    return {
        "conversation": one.conversation,
        "channel": one.channel,
        "first_message": begun.isoformat("T", "seconds") if one.messages else "",
        "customer_messages": one.messages,
        "wants": " ".join(dict.fromkeys(one.needs)),
        "mood_first": one.moods[0] if one.moods else "",
        "mood_worst": one.worst or "",
        "mood_last": one.moods[-1] if one.moods else "",
        "handed_over": first.reason if first else "",
        "seconds_to_person": round(waited[0] / 1000) if waited else "",
        "answered_by_bot": "yes" if one.by_bot else "no",
        "ending": one.ending if one.messages else "",
        "rating": one.scores[-1] if one.scores else "",
    }


def _day(stories: Sequence[Story], day: date) -> Day:
    active = [one for one in stories if day in one.days]
    messages = sum(one.days[day] for one in active)
    return Day(day, tuple(one.conversation for one in active), messages)


def _needs(stories: Sequence[Story]) -> tuple[Share, ...]:
    found: dict[str, list[str]] = {}
    for one in stories:
        for need in one.needs:
            found.setdefault(need, []).append(one.conversation)
    return _shares(found)


def _moods(stories: Sequence[Story]) -> dict[str, tuple[Share, ...]]:
    read = [one for one in stories if one.moods]
    when: dict[str, list[tuple[Tone | None, Story]]] = {
        "first": [(one.moods[0], one) for one in read],
        "worst": [(one.worst, one) for one in read],
        "last": [(one.moods[-1], one) for one in read],
    }
    return {
        moment: tuple(
            share_of(mood, [one.conversation for felt, one in pairs if felt == mood])
            for mood in MOODS
        )
        for moment, pairs in when.items()
    }


def _wait_times(waits: Sequence[Wait]) -> tuple[Share, ...]:
    found: dict[str, list[str]] = {name: [] for name, _ in WAITS}
    found[LET_GO] = []
    found[NOBODY] = []
    for one in waits:
        found[_wait_name(one)].append(one.conversation)
    return tuple(share_of(name, conversations) for name, conversations in found.items())


def _wait_name(one: Wait) -> str:
    if one.answered_ms is None:
        return LET_GO if one.let_go else NOBODY
    waited = one.answered_ms - one.opened_ms
    return next(name for name, limit in WAITS if waited < limit)


def _escalations(waits: Sequence[Wait]) -> tuple[Share, ...]:
    found: dict[str, list[str]] = {}
    for one in waits:
        found.setdefault(one.reason, []).append(one.conversation)
    return _shares(found)


def _shares(found: Mapping[str, Sequence[str]]) -> tuple[Share, ...]:
    shares = (share_of(name, conversations) for name, conversations in found.items())
    return tuple(sorted(shares, key=lambda one: (-one.count, one.name)))


def share_of(name: str, conversations: Sequence[str]) -> Share:
    """Give how many there are of something, one conversation for each of them."""
    return Share(name, len(conversations), tuple(dict.fromkeys(conversations)))
