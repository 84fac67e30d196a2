"""200 conversations through kill -9 of every part; the tests hold the control for the count."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.chaos.harness import survive

CONVERSATIONS, MESSAGES = 200, 6


def measure(folder: Path) -> dict[str, Any]:
    """Give what was accepted, lost, doubled or out of order, and how often what was killed."""
    survived = survive(folder, CONVERSATIONS, MESSAGES)
    return {"kills": survived.kills, "starts": survived.starts, **asdict(survived.outcome)}
