"""What was under each published version, beside the version before it. Pure.

A conversation counts for the version that read the first of it. Shares have their 95 % Wilson
interval; differences Newcombe's square-and-add interval for independent shares (R. Newcombe, Stat.
Med. 17 (1998), method 10). It says what was, never why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from bot.audit_figures import wilson
from bot.csat import Rated, rated
from bot.figures import Figures
from bot.rhythm import rhythm
from bot.story import Span, Story

Measure = Literal["by_bot", "person", "left", "upset"]
MEASURES: dict[Measure, Callable[[Story], bool]] = {
    "by_bot": lambda one: one.by_bot,
    "person": lambda one: one.ending == "person",
    "left": lambda one: one.ending == "left",
    "upset": lambda one: bool(one.moods) and one.moods[-1] == "upset",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Of the conversations under a version those that something holds for.

    The share lies between `low` and `high`; `change` is it less the share under the version before,
    between `least` and `most`, None where there was none before.
    """

    measure: Measure
    conversations: tuple[str, ...]
    share: float
    low: float
    high: float
    change: float | None = None
    least: float = -1.0
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class Effect:
    """What was under one version, by the order in which versions were first met."""

    version: int
    conversations: tuple[str, ...]
    parts: tuple[Part, ...]
    ratings: Rated | None


def effects(stories: Sequence[Story]) -> tuple[Effect, ...]:
    """Give the versions that read conversations, the newest last; the earliest has no before."""
    found: dict[int, list[Story]] = {}
    for one in sorted(stories, key=lambda one: one.first_ms):
        if one.version is not None:
            found.setdefault(one.version, []).append(one)
    made: list[Effect] = []
    before: list[Story] = []
    for version, under in found.items():
        made.append(_effect(version, under, before))
        before = under
    return tuple(made)


def behind_part(found: Figures, span: Span, figure: str, value: str) -> tuple[str, ...] | None:
    """Give the conversations of an hour or under a version, None if there is no such figure."""
    if figure == "hour":
        hours = (one for row in rhythm(found.stories, span.zone) for one in row)
        return next((one.conversations for one in hours if one.name == value), None)
    under = next((one for one in effects(found.stories) if str(one.version) == value), None)
    if under is None:
        return None
    if figure == "version":
        return under.conversations
    if figure == "version_rated":
        return under.ratings.conversations if under.ratings else None
    parts = {f"version_{one.measure}": one.conversations for one in under.parts}
    return parts.get(figure)


def gap_interval(hits: int, total: int, hits_before: int, before: int) -> tuple[float, float]:
    """Give the 95 % interval of a share less the share before; -1 to 1 without any before."""
    if not total or not before:
        return -1.0, 1.0
    now, then = hits / total, hits_before / before
    (low, high), (low_then, high_then) = wilson(hits, total), wilson(hits_before, before)
    down = sqrt((now - low) ** 2 + (high_then - then) ** 2)
    up = sqrt((high - now) ** 2 + (then - low_then) ** 2)
    return max(-1.0, now - then - down), min(1.0, now - then + up)


def _effect(version: int, under: Sequence[Story], before: Sequence[Story]) -> Effect:
    scores = [(one.conversation, score) for one in under for score in one.scores]
    return Effect(
        version,
        tuple(one.conversation for one in under),
        tuple(_part(measure, under, before) for measure in MEASURES),
        rated(str(version), [score for _, score in scores], [one for one, _ in scores])
        if scores
        else None,
    )


def _part(measure: Measure, under: Sequence[Story], before: Sequence[Story]) -> Part:
    holds = MEASURES[measure]
    hits = tuple(one.conversation for one in under if holds(one))
    then = sum(1 for one in before if holds(one))
    low, high = wilson(len(hits), len(under))
    least, most = gap_interval(len(hits), len(under), then, len(before))
    share = len(hits) / len(under)
    change = share - then / len(before) if before else None
    return Part(measure, hits, share, low, high, change, least, most)
