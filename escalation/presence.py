"""Which agents are here and take conversations; a sign of life is worth a minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import redis
from redis.exceptions import RedisError

from escalation import keys
from escalation.errors import StoreUnavailable

SEEN_MS = 60_000

AgentState = Literal["available", "away", "gone"]


class Presence:
    """Signs of life of agents in one Redis."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent before the first call."""
        self._redis = client

    def seen(self, agent: str, available: bool, now_ms: int) -> None:
        """Note that an agent is here, and whether they take conversations."""

        def write() -> None:
            self._redis.zadd(keys.presence(), {agent: now_ms}, gt=True)
            (self._redis.srem if available else self._redis.sadd)(keys.away(), agent)

        self._ask(write)

    def gone(self, agent: str) -> None:
        """Note that an agent left."""
        self._ask(lambda: self._redis.zrem(keys.presence(), agent))
        self._ask(lambda: self._redis.srem(keys.away(), agent))

    def available(self, now_ms: int) -> list[str]:
        """Give the agents seen in the last minute who take conversations, by name."""
        here = self._ask(
            lambda: self._redis.zrangebyscore(keys.presence(), now_ms - SEEN_MS, "+inf")
        )
        away = self._ask(lambda: self._redis.smembers(keys.away()))
        return sorted(_text(agent) for agent in set(here) - set(away))

    def state(self, agent: str, now_ms: int) -> AgentState:
        """Tell whether an agent is available, away, or gone for more than a minute."""
        score = self._ask(lambda: self._redis.zscore(keys.presence(), agent))
        if score is None or score < now_ms - SEEN_MS:
            return "gone"
        return (
            "away" if self._ask(lambda: self._redis.sismember(keys.away(), agent)) else "available"
        )

    def _ask(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except RedisError as error:
            raise StoreUnavailable(f"Redis did not answer ({error}); try again.") from error


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
