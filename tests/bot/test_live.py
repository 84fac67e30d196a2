"""Wakes: what was told while a process began to listen is heard, too."""

from __future__ import annotations

import threading

import redis

from bot.live import LiveHub
from bot.redis_server import RedisServer
from bot.store import connect_blocking


def test_news_while_the_reader_starts(store: redis.Redis, redis_server: RedisServer) -> None:
    """The reader of a process starts with its first stream; nothing is lost meanwhile."""
    may_listen = threading.Event()

    def slowly() -> redis.Redis:
        may_listen.wait(5)
        return connect_blocking(redis_server.url)

    hub = LiveHub(store, slowly, 10)
    ear, desk = hub.subscribe("c1"), hub.subscribe_desk()
    hub.wake("c1", "1-0", queue=True)
    may_listen.set()
    assert ear.wait(3).conversations == {"c1"}
    assert desk.wait(3).queue
    hub.wake("c1", "2-0")
    assert ear.wait(3).conversations == {"c1"}
    hub.close()
