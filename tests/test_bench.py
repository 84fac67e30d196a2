"""What the benchmark makes of its times: fair turns, and figures that show how far they spread."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from bench import queue, week
from bench.cost import ROUNDS, Pair, figures, in_turn
from escalation.ticket import Ticket


def test_either_comes_first_equally_often_with_every_text() -> None:
    """Both run once for each text and round, and neither always finds the caches warmed."""
    calls: list[tuple[str, str]] = []
    texts = ["one", "two", "three"]
    for number in range(ROUNDS):
        pairs = in_turn(
            lambda text: calls.append(("bare", text)),
            lambda text: calls.append(("whole", text)),
            texts,
            number,
        )
        assert [pair.whole_first for pair in pairs] == [
            name == "whole" for name, _ in calls[-2 * len(texts) :: 2]
        ]
    assert len(calls) == 2 * len(texts) * ROUNDS
    assert all(one[1] == other[1] for one, other in zip(calls[::2], calls[1::2], strict=True))
    assert Counter(calls[::2]) == {
        (name, text): ROUNDS // 2 for name in ("bare", "whole") for text in texts
    }


def test_figures_show_the_spread_between_rounds() -> None:
    """The ratio is the median text by text; a round that went otherwise is seen."""
    calm = [Pair(0.004, 0.005, place % 2 == 1) for place in range(4)]
    busy = [Pair(0.010, 0.020, place % 2 == 1) for place in range(4)]
    found = figures([calm, calm, busy])
    assert found["n"] == 12
    assert (found["bare_encoder_ms"], found["whole_reading_ms"]) == (4.0, 5.0)
    assert found["times_the_bare_encoder"] == pytest.approx(1.25)
    assert found["lowest_and_highest_round"] == [1.25, 2.0]
    one_sided = [Pair(1.0, 3.0 if first else 2.0, first) for first in (True, False)]
    assert figures([one_sided])["whole_first"] == 3.0
    assert figures([one_sided])["bare_first"] == 2.0


def test_a_week_is_the_same_for_everybody_and_served_in_turn() -> None:
    """The same seed brings the same customers; every policy serves whoever is due first."""
    first = week.customers(random.Random(week.SEED))
    assert first == week.customers(random.Random(week.SEED))
    assert first != week.customers(random.Random(week.SEED + 1))
    found = {name: week.simulate(policy, week.SEED) for name, policy in week.POLICIES.items()}
    assert [one.out_of_turn for one in found.values()] == [0] * len(found)
    assert all(len(one.waits) > len(first) - 10 for one in found.values())


def test_routing_shares_what_is_heavy() -> None:
    """Over weeks, offers keep the heaviest load within 1.3 of the lightest; turns alone do not."""
    seeds = range(week.SEED, week.SEED + 4)
    pushed = [week.simulate(week.POLICIES["push"], seed) for seed in seeds]
    turned = [week.simulate(week.POLICIES["round_robin"], seed) for seed in seeds]
    assert max(max(one.loads) / min(one.loads) for one in pushed) <= 1.3
    assert sum(one.thirds for one in pushed) < sum(one.thirds for one in turned) / 5


def test_a_race_that_gives_a_ticket_twice_or_out_of_turn_is_seen() -> None:
    """The count of the queue's race is right about each way to be wrong."""
    tickets = [replace(one, token=number) for number, one in enumerate(_tickets(3))]
    due = [one.id for one in tickets]
    agents = [replace(one, agent=f"agent-{one.id}") for one in tickets]
    assert queue._outcome(agents, due)["in_due_order"]
    twice = queue._outcome([*agents, replace(agents[0], token=9)], due)
    assert (twice["claimed_twice"], twice["agents_with_more_than_one"]) == (1, 1)
    swapped = [replace(agents[0], token=5), *agents[1:]]
    assert not queue._outcome(swapped, due)["in_due_order"]


def _tickets(count: int) -> list[Ticket]:
    return [ticket for _, ticket, _ in week.customers(random.Random(1))[:count]]
