"""Told waits hold as often as they should: on waits of several shapes, steady and drifting."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from escalation.hours import read_hours
from escalation.waits import MINUTE_MS, WINDOW, PastWait, coverage_of, told_range, waited

Draw = Callable[[random.Random, int], float]
SHAPES: dict[str, Draw] = {
    "exponential": lambda dice, _: dice.expovariate(1 / 12),
    "long-tailed": lambda dice, _: dice.lognormvariate(2.3, 1.0),
    "two crowds": lambda dice, _: (
        dice.uniform(1, 4) if dice.random() < 0.7 else dice.uniform(20, 60)
    ),
    "even": lambda dice, _: dice.uniform(5, 30),
}
DAYS = 4_000


def lived(draw: Draw, coverage: float, seed: int, length: int = DAYS) -> list[PastWait]:
    """Give a series of waits, each told by what was known before it."""
    dice, past = random.Random(seed), []
    for number in range(length):
        told = told_range(past, coverage)
        wait = PastWait(
            round(draw(dice, number) * MINUTE_MS), told.longest * MINUTE_MS if told else None
        )
        past.append(wait)
    return past


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("coverage", [0.7, 0.8, 0.9])
def test_told_waits_hold_as_often_as_wanted(shape: str, coverage: float) -> None:
    """Over 4,000 tickets the share is never under the wanted one beyond noise, nor far above it."""
    found = coverage_of(lived(SHAPES[shape], coverage, seed=7))
    assert found is not None
    noise = 2 * (coverage * (1 - coverage) / DAYS) ** 0.5
    assert coverage - noise <= found <= coverage + 0.08


def test_the_range_widens_when_waits_grow() -> None:
    """Waits that grow by half every hundred tickets: told ones hold more often than unwidened."""

    def growing(dice: random.Random, number: int) -> float:
        return dice.uniform(4, 10) * 1.5 ** (number / 100)

    def held(widens: bool) -> float:
        dice, past, good = random.Random(3), list[PastWait](), 0
        for number in range(800):
            seen = past if widens else [PastWait(one.waited_ms) for one in past]
            told = told_range(seen, 0.8)
            wait = round(growing(dice, number) * MINUTE_MS)
            past.append(PastWait(wait, told.longest * MINUTE_MS if told else None))
            good += past[-1].held
        return good / len(past)

    assert held(widens=True) > held(widens=False) + 0.03
    assert held(widens=True) >= 0.75


def test_a_bad_spell_widens_what_is_told() -> None:
    """The same waits, told too short, give a longer range than told well; never a shorter one."""
    waits = [round(one * MINUTE_MS) for one in range(1, WINDOW + 1)]
    well = told_range([PastWait(one, 50 * MINUTE_MS) for one in waits], 0.8)
    badly = told_range([PastWait(one, 30 * MINUTE_MS) for one in waits], 0.8)
    unknown = told_range([PastWait(one) for one in waits], 0.8)
    assert well
    assert badly
    assert well == unknown
    assert (well.longest, badly.longest) == (41, 50)
    assert badly.shortest == well.shortest


def test_too_little_known_says_nothing() -> None:
    """Four waits are no promise; five are."""
    four = [PastWait(MINUTE_MS)] * 4
    assert told_range(four, 0.8) is None
    told = told_range([*four, PastWait(9 * MINUTE_MS)], 0.8)
    assert told
    assert (told.shortest, told.longest) == (1, 9)
    assert coverage_of(four) is None


def test_a_wait_counts_open_hours() -> None:
    """A night between is no wait; help in the night itself counts by the clock."""
    hours = read_hours({"monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"]})
    monday = 1_767_571_200_000  # 2026-01-05 00:00 UTC
    at = {hour: monday + hour * 60 * MINUTE_MS for hour in (16, 20, 21, 33, 34)}
    assert waited(at[16], at[33] + 5 * MINUTE_MS, hours) == 65 * MINUTE_MS
    assert waited(at[20], at[34], hours) == 60 * MINUTE_MS
    assert waited(at[20], at[21], hours) == 60 * MINUTE_MS
