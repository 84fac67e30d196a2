"""Measures the figures of README's tables on this machine: `python -m bench [part …]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import (
    chaos,
    cost,
    day,
    desk,
    editing,
    failover,
    kills,
    queue,
    rehearsal,
    turns,
    understanding,
    week,
    wordings,
)
from bench import property as steps

PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "understanding": understanding.measure,
    "cost": cost.measure,
    "turns": turns.measure,
    "editing": editing.measure,
    "rehearsal": rehearsal.measure,
    "kills": kills.measure,
    "queue": queue.measure,
    "week": week.measure,
}
LONG: dict[str, Callable[[Path, argparse.Namespace], dict[str, Any]]] = {
    "chaos": chaos.measure,
    "failover": failover.measure,
    "wordings": wordings.measure,
    "property": steps.steps,
    "faults": steps.faults,
    "desk": desk.measure,
    "day": day.measure,
}


def machine() -> dict[str, Any]:
    """Say what the figures were measured on."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }


def main() -> None:
    """Run the named parts, all but the long ones by default, and print one JSON object."""
    given = _parser().parse_args()
    found: dict[str, Any] = {"machine": machine()}
    for part in given.parts or list(PARTS):
        print(f"Measuring {part} …", file=sys.stderr, flush=True)
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
            if part in LONG:
                found[part] = LONG[part](Path(folder), given)
            else:
                found[part] = PARTS[part](Path(folder))
        found[part]["took_s"] = round(time.monotonic() - begun, 1)
    print(json.dumps(found, indent=2, ensure_ascii=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parts = [*PARTS, *LONG, []]
    parser.add_argument("parts", nargs="*", choices=parts, help="which figures")
    long = parser.add_argument_group("long parts", f"run only when named: {', '.join(LONG)}")
    long.add_argument("--minutes", type=float, default=10, help="of killing (chaos)")
    long.add_argument("--calm", type=float, default=4, help="mean seconds between kills (chaos)")
    long.add_argument("--least", type=int, default=0, help="messages before it ends (chaos)")
    long.add_argument("--seed", type=int, default=1, help="of what is random (all but failover)")
    long.add_argument("--forget", action="store_true", help="persistence off, the control (chaos)")
    long.add_argument("--steps", type=int, default=20_000, help="of the machine (property)")
    long.add_argument("--jobs", type=int, default=0, help="processes; 0: one a core (faults)")
    long.add_argument("--customers", type=int, default=60, help="who come in a day (day)")
    long.add_argument("--trials", type=int, default=3, help="of each set-up (failover)")
    return parser


if __name__ == "__main__":
    main()
