"""A verdict between two random halves that may be looked at after every single outcome. Pure.

Outcomes lie between 0 and 1. Each was given to one half or the other by a fair coin. Then, if both
halves are alike, `±(outcome - what was usual before it)` is a fair game, whatever the outcomes look
like: nobody gains by betting on it. Here twelve small and large stakes are bet on either half, and
the capital of all of them together is the evidence. By Ville's inequality the capital of a fair
game ever reaches 20 in at most one of twenty games, so it may be watched without end, and stopped
at the first look that satisfies.

Sources: H. Robbins, "Statistical methods related to the law of the iterated logarithm", Ann. Math.
Statist. 41 (1970), for mixtures of tests of power one; R. Johari, P. Koomen, L. Pekelis, D. Walsh,
"Peeking at A/B tests", KDD 2017, for always-valid inference in A/B tests; S. Howard, A. Ramdas,
J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", Ann.
Statist. 49 (2021), and I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by
betting", J. R. Stat. Soc. B 86 (2024), for intervals by betting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kind = Literal["first", "second", "alike", "open"]

ERROR = 0.05
"""How often two halves that are alike may ever be told apart, however often one looks."""
STAKES: Floats = np.geomspace(0.03, 0.9, 12)
STEP = 0.01
LEAST_SPREAD = 0.01
TYPICAL_EVIDENCE = 4.5
"""Logarithm of the capital that half of the comparisons with a real difference need to gain."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one conversation, 0 to 1, and to which half the coin gave it."""

    value: float
    second: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two halves compare so far.

    `difference` is first minus second, between `low` and `high` in at least 95 of 100 comparisons,
    at all looks together; they are None where too little is known. `at` is after how many outcomes
    the verdict stood, `needed` about how many there will be if a difference worth having is real.
    """

    kind: Kind
    counts: tuple[int, int]
    means: tuple[float | None, float | None]
    difference: float | None
    low: float
    high: float
    at: int | None
    needed: int


def verdict(outcomes: Sequence[Outcome], worth: float, spread: float) -> Verdict:
    """Judge outcomes in the order in which they became known.

    `worth` is the smallest difference of the means that matters; halves are *alike* once any larger
    one is ruled out. `spread` is the variance to expect before there are enough outcomes to tell.
    """
    values = np.array([one.value for one in outcomes], dtype=np.float64)
    second = np.array([one.second for one in outcomes], dtype=bool)
    steps = fair_steps(values, second)
    evidence = log_capital(steps)
    crossed = np.flatnonzero(evidence >= np.log(1 / ERROR))
    low, high = interval(steps)
    means = (_mean(values[~second]), _mean(values[second]))
    at = int(crossed[0]) + 1 if crossed.size else None
    seen = float(values.var()) if len(values) > 1 / LEAST_SPREAD**0.5 else spread
    return Verdict(
        kind=_kind(steps, at, low, high, worth),
        counts=(int((~second).sum()), int(second.sum())),
        means=means,
        difference=None if None in means else means[0] - means[1],  # type: ignore[operator]
        low=low,
        high=high,
        at=at,
        needed=needed(max(seen, LEAST_SPREAD), worth),
    )


def fair_steps(values: Floats, second: NDArray[np.bool_]) -> Floats:
    """Give the gain (-1 to 1) of betting one on the first half at each outcome.

    On average nothing if both halves are alike: the coin decides its sign, and what is taken off is
    known before the outcome.
    """
    before = np.concatenate([[0.0], np.cumsum(values)[:-1]]) if len(values) else values
    usual = (0.5 + before) / (1 + np.arange(len(values)))
    return np.where(second, usual - values, values - usual)


def log_capital(steps: Floats, difference: float = 0.0) -> Floats:
    """Give the logarithm of the capital after each step, the stakes on both halves mixed evenly.

    With a `difference` of the means that is taken for true, its half is paid at each step.
    """
    most = 1 + abs(difference) / 2
    stakes = np.concatenate([STAKES, -STAKES]) / most
    gains = np.log1p(np.multiply.outer(stakes, steps - difference / 2)).cumsum(axis=1)
    peak = gains.max(axis=0)
    found: Floats = peak + np.log(np.exp(gains - peak).mean(axis=0))
    return found


def interval(steps: Floats) -> tuple[float, float]:
    """Give the smallest and the largest difference of the means that was never ruled out."""
    if not len(steps):
        return -1.0, 1.0
    asked = np.arange(-1.0, 1.0 + STEP / 2, STEP)
    limit = np.log(1 / ERROR)
    left = [float(one) for one in asked if log_capital(steps, float(one)).max() < limit]
    centre = 2 * float(steps.mean())
    return (min(left) - STEP, max(left) + STEP) if left else (centre, centre)


def mean_interval(values: Sequence[float]) -> tuple[float, float]:
    """Give where the mean of outcomes (0 to 1) lies in 95 of 100 cases, however often one looks.

    Each mean that is asked about is bet against from both sides, as in `log_capital`.
    """
    given = np.array(values, dtype=np.float64)
    if not len(given):
        return 0.0, 1.0
    asked = np.arange(0.0, 1.0 + STEP / 2, STEP)
    limit = np.log(1 / ERROR)
    left = [float(one) for one in asked if log_capital(given - one).max() < limit]
    centre = float(given.mean())
    low, high = (min(left) - STEP, max(left) + STEP) if left else (centre, centre)
    return max(0.0, min(low, centre)), min(1.0, max(high, centre))


def needed(variance: float, worth: float) -> int:
    """Give about how many outcomes half of the comparisons need if `worth` is the difference.

    The best stake on a step of mean `worth`/2 gains (worth/2)²/(2·variance) at each.
    """
    return round(TYPICAL_EVIDENCE * 8 * variance / worth**2)


def _kind(steps: Floats, at: int | None, low: float, high: float, worth: float) -> Kind:
    if at is not None:
        return "first" if float(steps[:at].sum()) > 0 else "second"
    return "alike" if len(steps) and -worth < low and high < worth else "open"


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None
