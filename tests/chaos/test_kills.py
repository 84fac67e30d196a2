"""Workers, gunicorn's master, Redis and the supervisor are killed -9; nothing is lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.chaos.harness import add_channel, count, killer, serving, talk

CONVERSATIONS, MESSAGES = 200, 4


@pytest.mark.chaos
def test_kills_lose_nothing(tmp_path: Path) -> None:
    """200 conversations at once through kill -9 of every part: all answered once, in order."""
    kills: dict[str, int] = {}
    stop = threading.Event()
    with serving(tmp_path) as server:
        secret = add_channel(tmp_path, "chaos")
        channels, senders = talk(server, secret, CONVERSATIONS, MESSAGES)
        hunter = threading.Thread(target=killer(server, stop, kills))
        hunter.start()
        for sender in senders:
            sender.join()
        stop.set()
        hunter.join()
    outcome = count(tmp_path, channels, CONVERSATIONS, MESSAGES)
    assert set(kills) == {"worker", "master", "redis", "supervisor"}
    assert outcome.accepted == CONVERSATIONS * MESSAGES
    assert (outcome.lost, outcome.answered_twice, outcome.not_answered) == (0, 0, 0)
    assert outcome.out_of_order == 0
