"""A master killed behind Sentinels and in a Cluster, and one cut off: what accepted writes lost."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos.cuts import Cut, Link, Veth, can_unplug
from tests.chaos.failover import Recount, through_a_cut, through_a_kill
from tests.chaos.topologies import cluster, loopback_port, watched

BEFORE_S = 8.0
CUT_S = 8.0


def measure(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Give for each set-up what was accepted, lost, doubled, and the longest silence in seconds."""
    unplug = can_unplug()

    def trials(trial: Callable[[Path], Recount], times: int) -> list[dict[str, Any]]:
        return [asdict(_alone(folder, trial)) for _ in range(times)]

    return {
        "cut_by": "network namespace, cable unplugged" if unplug else "TCP relay that swallows",
        "sentinel_killed": trials(partial(_sentinel, replicas=1), given.trials),
        "sentinel_killed_without_wait": trials(partial(_sentinel, replicas=0), 1),
        "cluster_killed": trials(partial(_cluster, replicas=1), given.trials),
        "cluster_killed_without_wait": trials(partial(_cluster, replicas=0), 1),
        "cut_off": trials(partial(_cut, replicas=1, unplug=unplug), given.trials),
        "cut_off_without_wait": trials(partial(_cut, replicas=0, unplug=unplug), 1),
    }


def _alone(folder: Path, trial: Callable[[Path], Recount]) -> Recount:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return trial(Path(place))


def _sentinel(folder: Path, replicas: int) -> Recount:
    with watched(folder) as redis:
        return through_a_kill(redis, replicas, BEFORE_S)


def _cluster(folder: Path, replicas: int) -> Recount:
    with cluster(folder) as redis:
        return through_a_kill(redis, replicas, BEFORE_S)


def _cut(folder: Path, replicas: int, *, unplug: bool) -> Recount:
    port = loopback_port()
    way: Cut = Veth(port) if unplug else Link(port)
    with watched(folder, way) as redis:
        return through_a_cut(redis, replicas, CUT_S)
