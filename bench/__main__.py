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

from bench import cost, editing, kills, turns, understanding

PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "understanding": understanding.measure,
    "cost": cost.measure,
    "turns": turns.measure,
    "editing": editing.measure,
    "kills": kills.measure,
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
    """Run the named parts, all by default, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which figures")
    chosen = parser.parse_args().parts or list(PARTS)
    found: dict[str, Any] = {"machine": machine()}
    for part in chosen:
        print(f"Measuring {part} …", file=sys.stderr, flush=True)
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
            found[part] = PARTS[part](Path(folder))
        found[part]["took_s"] = round(time.monotonic() - begun, 1)
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
