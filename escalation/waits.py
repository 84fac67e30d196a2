"""What a customer is told of the wait, and how often it held; pure: waits are ms of business time.

The longest wait told is the one that, of the last waits and the one to come, the wanted share does
not exceed: the k-th smallest of n with k = ⌈share · (n + 1)⌉ (split conformal prediction, Vovk et
al. 2005). It needs no shape of the waits, only that the next is like the last ones. Where it has
held less often than wanted lately, the share is raised by twice as much as it fell short.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from escalation.hours import BusinessHours
from escalation.sla import open_between

MINUTE_MS = 60_000
FEWEST = 5
"""So many waits must be known before anything is said."""
WINDOW = 50
RAISE = 2.0
"""How much the share is raised for each point that coverage fell short."""
JUDGED = 20
"""So many told waits must have ended before their coverage says anything."""


@dataclass(frozen=True, slots=True)
class PastWait:
    """One wait that ended: how long, and the longest that the customer was told (None: nothing)."""

    waited_ms: int
    told_ms: int | None = None

    @property
    def held(self) -> bool:
        """Tell whether it was no longer than told."""
        return self.told_ms is not None and self.waited_ms <= self.told_ms


@dataclass(frozen=True, slots=True)
class Range:
    """What is told, in whole minutes."""

    shortest: int
    longest: int


def told_range(past: Sequence[PastWait], coverage: float) -> Range | None:
    """Give what to tell the next customer, None while too little is known.

    `past` are waits of one priority, oldest first; `coverage` (0-1) is the share of customers whose
    wait should be no longer than told.
    """
    recent = past[-WINDOW:]
    waits = sorted(one.waited_ms for one in recent)
    if len(waits) < FEWEST:
        return None
    place = math.ceil(_raised(recent, coverage) * (len(waits) + 1))
    longest_ms = waits[min(place, len(waits)) - 1]
    shortest_ms = statistics.quantiles(waits, n=10, method="inclusive")[1]
    shortest = max(1, round(shortest_ms / MINUTE_MS))
    return Range(shortest, max(shortest + 1, math.ceil(longest_ms / MINUTE_MS)))


def coverage_of(past: Sequence[PastWait]) -> float | None:
    """Give the share of told waits that were no longer than told, None if none was told."""
    told = [one for one in past if one.told_ms is not None]
    return sum(one.held for one in told) / len(told) if told else None


def waited(opened_ms: int, answered_ms: int, hours: BusinessHours) -> int:
    """Give how long somebody waited in open time; where all of it was closed, by the clock."""
    return open_between(opened_ms, answered_ms, hours) or max(0, answered_ms - opened_ms)


def _raised(recent: Sequence[PastWait], coverage: float) -> float:
    told = [one for one in recent if one.told_ms is not None]
    found = coverage_of(told)
    if found is None or len(told) < JUDGED or found >= coverage:
        return coverage
    return min(1.0, coverage + RAISE * (coverage - found))
