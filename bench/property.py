"""The queue against its model for many steps, and the seeded faults of its scripts it finds."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from bot.redis_server import RedisServer, find_binary
from bot.store import connect
from tests.escalation.faults import EXAMPLES, SOUND, STEPS, Fault, Verdict, hunt, known_faults
from tests.escalation.queue_machine import QueueMachine
from tests.escalation.queue_pair import run_settings

ROUND = 50
TIMEOUT_S = 30


def steps(_: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Run stories of random calls until so many steps were made; raises what was found wrong."""
    rounds = 0
    with (
        tempfile.TemporaryDirectory() as place,
        RedisServer(Path(place), durable=False) as server,
        connect(server.url, timeout_s=TIMEOUT_S) as client,
    ):
        machine = type("Machine", (QueueMachine,), {"client": client, "steps": 0})
        while machine.steps < given.steps:
            story = seed(given.seed * 1000 + rounds)(machine)
            run_state_machine_as_test(story, settings=run_settings(ROUND, ROUND))
            rounds += 1
    return {"steps": machine.steps, "failures": 0, "seed": given.seed, "redis": _redis()}


def faults(_: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Hunt each seeded fault in a queue of its own, on all processors."""
    known = known_faults()
    for fault in known:
        fault.check()
    with ProcessPoolExecutor(given.jobs or os.cpu_count()) as pool:
        hunted = pool.map(partial(_hunted, number=given.seed), [SOUND, *known])
        control, *verdicts = map(_said, hunted)
    if control.caught:
        raise AssertionError(
            f"The sound scripts failed after {control.steps} steps ({control.told}), so that what "
            "was caught proves nothing; run the part `property` to see why."
        )
    caught = [one for one in verdicts if one.caught]
    return {
        "faults": len(verdicts),
        "caught": len(caught),
        "share": round(len(caught) / len(verdicts), 4),
        "by_script": dict(Counter(one.fault.script for one in verdicts)),
        "steps_to_catch": _spread([one.steps for one in caught]),
        "budget_steps": EXAMPLES * STEPS,
        "control_steps": control.steps,
        "seed": given.seed,
        "redis": _redis(),
        "survivors": [f"{one.fault.script}: {one.fault.breaks}" for one in verdicts
                      if not one.caught],
    }  # fmt: skip


def _said(one: Verdict) -> Verdict:
    """Tell how far it is: this takes minutes."""
    how = f"caught after {one.steps} steps" if one.caught else f"NOT caught in {one.steps} steps"
    print(f"{one.fault.script}: {one.fault.breaks}: {how}", file=sys.stderr, flush=True)
    return one


def _hunted(fault: Fault, number: int) -> Verdict:
    with (
        tempfile.TemporaryDirectory() as home,
        RedisServer(Path(home), durable=False) as server,
        connect(server.url, timeout_s=TIMEOUT_S) as client,
    ):
        return hunt(client, fault, number)


def _spread(counts: Sequence[int]) -> dict[str, int]:
    ranked = sorted(counts)
    return {"median": ranked[len(ranked) // 2], "most": ranked[-1]}


def _redis() -> str:
    return ".".join(str(part) for part in find_binary().version)
