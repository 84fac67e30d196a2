from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from intents.encoder import Floats
from intents.grouping import ALIKE, grouped

WIDTH = 384
MANY = 5_000


def rows_around(topics: int, count: int, seed: int = 3, noise: float = 1.2) -> Floats:
    """Give unit vectors, each near one of some topics."""
    draw = np.random.default_rng(seed)
    middles = draw.normal(size=(topics, WIDTH))
    rows = middles[draw.integers(topics, size=count)] + noise * draw.normal(size=(count, WIDTH))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def members(rows: Floats, alike: float = ALIKE) -> set[frozenset[int]]:
    return {frozenset(one.members) for one in grouped(rows, alike)}


@pytest.mark.parametrize("alike", [0.1, 0.3, 0.42, 0.44])
def test_groups_are_those_of_average_linkage(alike: float) -> None:
    """The groups are exactly what SciPy's average linkage gives, cut at the same likeness."""
    rows = rows_around(9, 300)
    above = np.triu_indices(len(rows), 1)
    far = (1 - (rows @ rows.T)[above]).astype(np.float64)
    marks = fcluster(linkage(far, "average"), 1 - alike, "distance")
    expected = {frozenset(np.flatnonzero(marks == one).tolist()) for one in set(marks)}
    assert members(rows, alike) == expected
    assert 1 < len(expected) < 300


def test_groups_come_largest_first_with_the_most_central_message_first() -> None:
    """Three hundred messages of twelve topics are twelve groups, each led by its middle."""
    rows = rows_around(12, 300)
    found = grouped(rows)
    assert len(found) == 12
    sizes = [len(one.members) for one in found]
    assert sizes == sorted(sizes, reverse=True)
    for one in found:
        inside = rows[list(one.members)]
        assert (inside @ inside[0]).sum() == pytest.approx((inside @ inside.T).sum(axis=1).max())


def test_order_does_not_matter_and_equal_rows_end() -> None:
    """Shuffled rows give the same groups; equal and single rows and none at all are no trouble."""
    rows = rows_around(7, 120)
    order = np.random.default_rng(1).permutation(120)
    back = {frozenset(int(order[one]) for one in group) for group in members(rows[order])}
    assert back == members(rows)
    assert [len(one.members) for one in grouped(np.repeat(rows[:1], 50, axis=0))] == [50]
    assert [one.members for one in grouped(rows[:1])] == [(0,)]
    assert grouped(rows[:0]) == []


@pytest.mark.parametrize("topics", [12, MANY])
def test_five_thousand_messages_are_grouped_in_seconds(topics: int) -> None:
    """At most ten seconds, whether all are alike or none is."""
    rows = rows_around(topics, MANY)
    began = time.perf_counter()
    found = grouped(rows)
    assert time.perf_counter() - began < 10
    assert sum(len(one.members) for one in found) == MANY
