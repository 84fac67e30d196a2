from __future__ import annotations

import numpy as np
import pytest

from bot.anytime import (
    ERROR,
    Outcome,
    fair_steps,
    interval,
    log_capital,
    mean_interval,
    needed,
    verdict,
)
from bot.audit_figures import wilson

STARS = (0.0, 0.25, 0.5, 0.75, 1.0)
USUAL = (0.08, 0.07, 0.15, 0.3, 0.4)
WORSE = (0.2, 0.15, 0.2, 0.2, 0.25)
LIMIT = np.log(1 / ERROR)


def made(
    rng: np.random.Generator, first: tuple[float, ...], second: tuple[float, ...], most: int
) -> tuple[np.ndarray, np.ndarray]:
    coin = rng.random(most) < 0.5
    stars = np.array(STARS)
    drawn = np.where(coin, rng.choice(stars, most, p=second), rng.choice(stars, most, p=first))
    return drawn, coin


def outcomes(values: np.ndarray, coin: np.ndarray) -> list[Outcome]:
    return [Outcome(float(value), bool(side)) for value, side in zip(values, coin, strict=True)]


def test_alike_halves_are_rarely_told_apart_though_looked_at_after_every_rating() -> None:
    """Of 600 comparisons of the same wording, no more than 5 in 100 are ever called different."""
    rng = np.random.default_rng(3)
    wrong = sum(
        bool((log_capital(fair_steps(*made(rng, USUAL, USUAL, 300))) >= LIMIT).any())
        for _ in range(600)
    )
    assert wrong / 600 <= ERROR
    assert wilson(wrong, 600)[0] <= ERROR


def test_a_real_difference_is_found_and_lies_in_the_interval() -> None:
    """Seven tenths of a star are found in nearly all comparisons, the right way round."""
    rng = np.random.default_rng(5)
    real = sum(s * (a - b) for s, a, b in zip(STARS, USUAL, WORSE, strict=True))
    found, inside = 0, 0
    for _ in range(40):
        judged = verdict(outcomes(*made(rng, USUAL, WORSE, 500)), worth=0.125, spread=0.08)
        found += judged.kind == "first"
        assert judged.kind != "second"
        inside += judged.low <= real <= judged.high
    assert found >= 38
    assert inside >= 38


def test_the_verdict_stands_from_when_it_was_reached() -> None:
    """What is counted later does not take back where the evidence first was enough."""
    rng = np.random.default_rng(5)
    values, coin = made(rng, USUAL, WORSE, 500)
    whole = verdict(outcomes(values, coin), worth=0.125, spread=0.08)
    assert whole.at
    before = verdict(outcomes(values, coin)[: whole.at - 1], worth=0.125, spread=0.08)
    there = verdict(outcomes(values, coin)[: whole.at], worth=0.125, spread=0.08)
    assert (before.kind, there.kind, there.at) == ("open", "first", whole.at)


def test_many_like_outcomes_are_called_alike() -> None:
    """When every difference that matters is ruled out, that is said."""
    rng = np.random.default_rng(8)
    judged = verdict(outcomes(*made(rng, USUAL, USUAL, 2_500)), worth=0.125, spread=0.08)
    assert judged.kind == "alike"
    assert -0.125 < judged.low <= 0 <= judged.high < 0.125


def test_nothing_known_says_nothing() -> None:
    """Without outcomes every difference is possible, and what will be needed is told."""
    judged = verdict([], worth=0.125, spread=0.08)
    assert (judged.kind, judged.means, judged.difference) == ("open", (None, None), None)
    assert (judged.low, judged.high) == (-1.0, 1.0)
    assert judged.needed == needed(0.08, 0.125)
    assert interval(np.array([])) == (-1.0, 1.0)


def test_sides_mirror_each_other() -> None:
    """Exchanging the two turns the verdict and the interval round, and changes nothing else."""
    rng = np.random.default_rng(5)
    values, coin = made(rng, USUAL, WORSE, 300)
    one = verdict(outcomes(values, coin), worth=0.125, spread=0.08)
    other = verdict(outcomes(values, ~coin), worth=0.125, spread=0.08)
    assert (one.kind, other.kind, one.at) == ("first", "second", other.at)
    assert other.low == pytest.approx(-one.high)
    assert other.counts == one.counts[::-1]


def test_a_mean_lies_where_it_is_said_to_lie() -> None:
    """In 200 samples the real mean is outside at most 5 in 100 times; few ratings say little."""
    rng = np.random.default_rng(2)
    real = float(np.dot(STARS, USUAL))
    missed = 0
    for _ in range(200):
        low, high = mean_interval(rng.choice(np.array(STARS), 60, p=USUAL).tolist())
        missed += not low <= real <= high
    assert missed <= 10
    assert mean_interval([]) == (0.0, 1.0)
    low, high = mean_interval([1.0, 1.0])
    assert (low < 0.3, high) == (True, 1.0)
