"""Simulated comparisons of two wordings: how often is a verdict wrong, and how soon is it right?

Every comparison is looked at after every single outcome and ends at the first verdict, as an
impatient admin would. Ratings are drawn from a made-up distribution of stars whose mean a
difference moves by exchanging the best answers for the worst.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.anytime import ERROR, fair_steps, log_capital, needed
from bot.audit_figures import wilson
from bot.compared import WORTH
from bot.comparison import Measure

ALIKE = 4_000
REAL = 400
STARS = (0.0, 0.25, 0.5, 0.75, 1.0)
USUAL = (0.08, 0.07, 0.15, 0.30, 0.40)
SETTLED = 0.6


@dataclass(frozen=True, slots=True)
class Case:
    """Two wordings with known distributions, compared until `most` outcomes."""

    name: str
    measure: Measure
    values: Sequence[float]
    first: Sequence[float]
    second: Sequence[float]
    most: int

    @property
    def gap(self) -> float:
        """First mean minus second, 0 to 1."""
        return float(np.dot(self.values, self.first) - np.dot(self.values, self.second))


def measure(_: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Give the share of wrong verdicts where nothing differs, and how real ones are found."""
    rng = np.random.default_rng(given.seed)
    alike = [
        Case("ratings, alike", "rating", STARS, USUAL, USUAL, 1_000),
        Case("settled, alike", "settled", (0.0, 1.0), _share(SETTLED), _share(SETTLED), 1_000),
        Case("ratings, all five stars but few", "rating", STARS, _rare(), _rare(), 1_000),
    ]
    real = [
        *(Case(f"ratings, {gap} stars", "rating", STARS, USUAL, _worse(gap), 2_000) for gap in
          (0.5, 0.75, 1.0)),
        *(Case(f"settled, {gap} points", "settled", (0.0, 1.0), _share(SETTLED),
               _share(SETTLED - gap / 100), 3_000) for gap in (10, 15, 20)),
    ]  # fmt: skip
    return {
        "claimed_error": ERROR,
        "alike": [_alike(case, rng) for case in alike],
        "different": [_different(case, rng) for case in real],
    }


def _alike(case: Case, rng: np.random.Generator) -> dict[str, Any]:
    ends = _ends(case, rng, ALIKE)
    wrong = int((ends > 0).sum())
    low, high = wilson(wrong, ALIKE)
    return {
        "case": case.name,
        "comparisons": ALIKE,
        "outcomes_each": case.most,
        "false_verdicts": wrong,
        "share": round(wrong / ALIKE, 4),
        "interval": [round(low, 4), round(high, 4)],
    }


def _different(case: Case, rng: np.random.Generator) -> dict[str, Any]:
    ends, ways = _ends_and_ways(case, rng, REAL)
    right = int(((ends > 0) & ways).sum())
    planned = needed(_variance(case), WORTH[case.measure])
    soon = int(((ends > 0) & (ends <= planned)).sum())
    at = np.where(ends > 0, ends, case.most)
    low, high = wilson(right, REAL)
    return {
        "case": case.name,
        "comparisons": REAL,
        "found_right": round(right / REAL, 3),
        "interval": [round(low, 3), round(high, 3)],
        "found_wrong": int(((ends > 0) & ~ways).sum()),
        "median_outcomes": int(np.median(at)),
        "nine_of_ten": int(np.quantile(at, 0.9)),
        "page_says_about": planned,
        "found_by_then": round(soon / REAL, 3),
    }


def _ends(case: Case, rng: np.random.Generator, times: int) -> np.ndarray[Any, Any]:
    return _ends_and_ways(case, rng, times)[0]


def _ends_and_ways(
    case: Case, rng: np.random.Generator, times: int
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give after how many outcomes each comparison ended (0: never), and whether A was called."""
    limit = np.log(1 / ERROR)
    ends, ways = np.zeros(times, dtype=int), np.zeros(times, dtype=bool)
    values = np.array(case.values)
    for number in range(times):
        coin = rng.random(case.most) < 0.5
        first = rng.choice(values, case.most, p=case.first)
        second = rng.choice(values, case.most, p=case.second)
        steps = fair_steps(np.where(coin, second, first), coin)
        over = np.flatnonzero(log_capital(steps) >= limit)
        if over.size:
            ends[number] = over[0] + 1
            ways[number] = steps[: ends[number]].sum() > 0
    return ends, ways


def _variance(case: Case) -> float:
    values, first, second = (np.array(one) for one in (case.values, case.first, case.second))
    chance = (first + second) / 2
    return float(np.dot(values**2, chance) - np.dot(values, chance) ** 2)


def _share(settled: float) -> tuple[float, float]:
    return (1 - settled, settled)


def _worse(stars: float) -> tuple[float, ...]:
    """Give ratings whose mean is so many stars lower: fives become ones."""
    moved = stars / 4
    return (USUAL[0] + moved, *USUAL[1:4], USUAL[4] - moved)


def _rare() -> tuple[float, ...]:
    return (0.03, 0.0, 0.0, 0.0, 0.97)
