"""A master is killed, or cut off: with WAIT no accepted write is lost, and Attune goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.cuts import Link
from tests.chaos.failover import through_a_cut, through_a_kill
from tests.chaos.topologies import cluster, loopback_port, watched

CUT_S = 3.0


@pytest.mark.chaos
def test_sentinels_choose_a_new_master_and_nothing_is_lost(tmp_path: Path) -> None:
    """The master behind Sentinels is killed under load: every accepted write is on the next one."""
    with watched(tmp_path) as redis:
        found = through_a_kill(redis, 1, 1.0)
    assert found.accepted > 100
    assert found.refused
    assert (found.lost, found.twice, found.problems) == (0, 0, ())
    assert 0.5 < found.gap_s < 20


@pytest.mark.chaos
def test_a_cluster_promotes_and_nothing_is_lost(tmp_path: Path) -> None:
    """The master of the queue is killed under load and started again, as a service manager does."""
    with cluster(tmp_path) as redis:
        found = through_a_kill(redis, 1, 1.0)
    assert found.accepted > 100
    assert found.refused
    assert (found.lost, found.twice, found.problems) == (0, 0, ())


@pytest.mark.chaos
def test_behind_a_cut_nothing_is_accepted_that_will_be_lost(tmp_path: Path) -> None:
    """Who is left alone with the old master is refused, so that nothing accepted is lost."""
    with watched(tmp_path, Link(loopback_port())) as redis:
        found = through_a_cut(redis, 1, CUT_S)
    assert found.accepted > 50
    assert found.refused > 5
    assert (found.lost, found.twice, found.problems) == (0, 0, ())


@pytest.mark.chaos
def test_without_wait_a_cut_loses_and_the_recount_sees_it(tmp_path: Path) -> None:
    """The control: the old master goes on accepting alone, and what it took is gone."""
    with watched(tmp_path, Link(loopback_port())) as redis:
        found = through_a_cut(redis, 0, CUT_S)
    assert found.lost > 50
