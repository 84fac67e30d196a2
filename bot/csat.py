"""How the help was rated, by what people wanted and by which wordings they had heard. Pure.

A rating belongs to the ticket before it: to what the message wanted that opened the ticket, and to
each wording that the bot had said since the conversation last came back to it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.anytime import mean_interval
from bot.signals import ENDS
from bot.story import Span, Told, need_of
from bot.values import Entry
from bot.waits import OPENED

WORST, BEST = 1, 5


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings (1 to 5) of one thing; their mean lies between `low` and `high`."""

    name: str
    scores: tuple[int, ...]
    conversations: tuple[str, ...]
    mean: float
    low: float
    high: float


def by_need(told: Iterable[Told], span: Span) -> tuple[Rated, ...]:
    """Give the ratings of a span by intent, the most often rated first."""
    return _grouped(
        (need, one.conversation, score)
        for one in told
        for at, score in _ratings(one.entries, span)
        if (need := _need_behind(one.entries[:at]))
    )


def by_wording(told: Iterable[Told], span: Span) -> tuple[Rated, ...]:
    """Give the ratings of a span by the ref of each wording heard before, the most rated first."""
    return _grouped(
        (ref, one.conversation, score)
        for one in told
        for at, score in _ratings(one.entries, span)
        for ref in _heard(one.entries[:at])
    )


def rated(name: str, scores: Sequence[int], conversations: Iterable[str]) -> Rated:
    """Give the mean of ratings and where it lies."""
    low, high = mean_interval([(one - WORST) / (BEST - WORST) for one in scores])
    return Rated(
        name,
        tuple(scores),
        tuple(dict.fromkeys(conversations)),
        statistics.fmean(scores),
        _stars(low),
        _stars(high),
    )


def _grouped(rows: Iterable[tuple[str, str, int]]) -> tuple[Rated, ...]:
    found: dict[str, list[tuple[str, int]]] = {}
    for name, conversation, score in rows:
        found.setdefault(name, []).append((conversation, score))
    made = (
        rated(name, [score for _, score in pairs], [one for one, _ in pairs])
        for name, pairs in found.items()
    )
    return tuple(sorted(made, key=lambda one: (-len(one.scores), one.name)))


def _ratings(entries: Sequence[Entry], span: Span) -> list[tuple[int, int]]:
    return [
        (at, int(one.data["score"]))
        for at, one in enumerate(entries)
        if one.kind == "event"
        and one.data["what"] == "rated"
        and span.since_ms <= one.at_ms < span.until_ms
    ]


def _need_behind(before: Sequence[Entry]) -> str | None:
    """What was wanted last, before the ticket opened that a rating belongs to."""
    ended = _places(before, ENDS)
    opened = _places(before[: ended[-1]] if ended else before, {OPENED})
    read = (one for one in reversed(before[: opened[-1]] if opened else ()))
    needs = (need_of(one) for one in read if one.kind == "reading")
    return next((need for need in needs if need), None)


def _heard(before: Sequence[Entry]) -> list[str]:
    """The wordings of the episode that was rated: from the end before it to its own."""
    ends = _places(before, ENDS) or [len(before)]
    first, last = [-1, *ends][-2:]
    said = (one for one in before[first + 1 : last] if one.kind == "message")
    return list(dict.fromkeys(str(ref) for one in said if (ref := one.data.get("template"))))


def _places(entries: Sequence[Entry], what: Iterable[str]) -> list[int]:
    names = frozenset(what)
    return [
        at for at, one in enumerate(entries) if one.kind == "event" and one.data["what"] in names
    ]


def _stars(share: float) -> float:
    return WORST + share * (BEST - WORST)
