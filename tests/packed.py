"""The shop's pack as published with the real model, copied into each test's store in a blink."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import redis

from bot.packs import PackStore
from bot.reader import Reader
from bot.redis_server import RedisServer
from bot.store import connect
from intents.cache import cache_folder
from intents.pack import shop_pack_folder

DEADLINE_S = 10.0


@cache
def real_reader() -> Reader:
    """Give the real model, built once into the user's cache."""
    return Reader(cache_folder(), None, DEADLINE_S)


@cache
def _published() -> dict[str, Any]:
    """Give the keys of a first publish: texts, hashes and sorted sets."""
    with (
        tempfile.TemporaryDirectory(prefix="attune-test-") as folder,
        RedisServer(Path(folder)) as server,
        connect(server.url, timeout_s=60) as client,
    ):
        PackStore(client, real_reader().encoder).seed(shop_pack_folder(), 1)
        return {str(key): _value(client, str(key)) for key in client.keys("attune:*")}


def publish_shop(store: redis.Redis) -> PackStore:
    """Put the published shop pack into an emptied store."""
    pipe = store.pipeline(transaction=False)
    for key, value in _published().items():
        if isinstance(value, str):
            pipe.set(key, value)
        elif isinstance(value, list):
            pipe.zadd(key, dict(value))
        else:
            pipe.hset(key, mapping=value)
    pipe.execute()
    return PackStore(store, real_reader().encoder)


def _value(client: redis.Redis, key: str) -> Any:
    kind = client.type(key)
    if kind == "hash":
        return client.hgetall(key)
    return client.zrange(key, 0, -1, withscores=True) if kind == "zset" else client.get(key)
