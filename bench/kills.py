"""200 conversations through kill -9 of every part, and the control that shows losses are seen."""

from __future__ import annotations

import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.chaos.harness import add_channel, count, killer, serving, talk

CONVERSATIONS, MESSAGES = 200, 6


def measure(folder: Path) -> dict[str, Any]:
    """Give what was accepted, lost, doubled or out of order, and how often what was killed."""
    kills: dict[str, int] = {}
    stop = threading.Event()
    with serving(folder) as server:
        secret = add_channel(folder, "chaos")
        channels, senders = talk(server, secret, CONVERSATIONS, MESSAGES)
        hunter = threading.Thread(target=killer(server, stop, kills))
        hunter.start()
        for sender in senders:
            sender.join()
        stop.set()
        hunter.join()
        starts = server.starts
    outcome = count(folder, channels, CONVERSATIONS, MESSAGES)
    return {"kills": kills, "starts": starts, **asdict(outcome)}
