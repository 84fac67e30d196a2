"""Workers, gunicorn's master, Redis and the supervisor are killed -9; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversations import Conversations
from bot.redis_server import RedisServer
from bot.store import connect
from bot.web.webhook import conversation_id
from tests.builders import make_incoming
from tests.chaos.harness import count, survive

CONVERSATIONS, MESSAGES = 200, 4


@pytest.mark.chaos
def test_kills_lose_nothing(tmp_path: Path) -> None:
    """200 conversations at once through kill -9 of every part: all answered once, in order."""
    survived = survive(tmp_path, CONVERSATIONS, MESSAGES)
    outcome = survived.outcome
    assert set(survived.kills) == {"worker", "master", "redis", "supervisor"}
    assert outcome.accepted == CONVERSATIONS * MESSAGES
    assert (outcome.lost, outcome.answered_twice, outcome.not_answered) == (0, 0, 0)
    assert outcome.out_of_order == 0


def test_the_count_sees_losses(tmp_path: Path) -> None:
    """The control: lost, unanswered and swapped messages are all counted."""
    with RedisServer(tmp_path) as server, connect(server.url) as client:
        store = Conversations(client)
        for conversation, messages in {"c0": [0, 1], "c1": [0], "c2": [1, 0]}.items():
            for message in messages:
                name = f"{conversation}m{message}"
                store.ingest(
                    make_incoming(
                        conversation=conversation_id("chaos", conversation), event_id=name
                    )
                )
    outcome = count(tmp_path, [], 3, 2)
    assert outcome.lost == 1
    assert outcome.not_answered == 5
    assert outcome.out_of_order == 2
