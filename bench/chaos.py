"""A storm of kill -9 against web workers, agents and Redis under load, and the recount after it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.redis_server import find_binary
from tests.chaos.storm import Storm


def measure(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Give what was accepted and killed, and everything that is not as it must be."""
    storm = Storm(folder, given.seed, durable=not given.forget)
    found = storm.blow(given.minutes * 60, given.calm, given.least)
    return {
        "seed": given.seed,
        "persistence": not given.forget,
        "redis": ".".join(str(part) for part in find_binary().version),
        "minutes": round(storm.took_s / 60, 2),
        "kills": dict(storm.kills),
        "settled_s": storm.settled_s,
        "accepted": found.accepted,
        "wrong": found.wrong,
        **{**asdict(found), "broken": found.broken[:20]},
    }
