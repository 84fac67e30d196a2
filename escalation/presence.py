"""Which agents are here and take conversations; a sign of life is worth a minute."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import redis
from redis.exceptions import RedisError

from escalation import keys
from escalation.errors import StoreUnavailable

SEEN_MS = 60_000

AgentState = Literal["available", "finishing", "paused", "away", "gone"]


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause and the ticket after which it was offered; over at once if it was declined."""

    until_ms: int = 0
    after: str = ""


class Presence:
    """Signs of life of agents in one Redis."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent before the first call."""
        self._redis = client

    def seen(self, agent: str, available: bool, now_ms: int, *, finishing: bool = False) -> None:
        """Note that an agent is here, and whether they take conversations.

        `finishing` says that they only finish what they hold.
        """

        def write() -> None:
            pipe = self._redis.pipeline(transaction=False)
            pipe.zadd(keys.presence(), {agent: now_ms}, gt=True)
            (pipe.srem if available else pipe.sadd)(keys.away(), agent)
            (pipe.sadd if finishing else pipe.srem)(keys.finishing(), agent)
            pipe.execute()

        self._ask(write)

    def pause(self, agent: str, until_ms: int, after: str) -> None:
        """Note the pause an agent takes after a ticket; an `until_ms` of 0 declines it."""
        body = json.dumps({"until": until_ms, "after": after})
        self._ask(lambda: self._redis.hset(keys.pauses(), agent, body))

    def end_pause(self, agent: str) -> None:
        """End an agent's pause now, which stays answered."""
        self.pause(agent, 0, self.pauses().get(agent, Pause()).after)

    def pauses(self) -> dict[str, Pause]:
        """Give the last pause of each agent, over or not."""
        rows = self._ask(lambda: self._redis.hgetall(keys.pauses()))
        found = {_text(agent): json.loads(row) for agent, row in rows.items()}
        return {agent: Pause(int(one["until"]), one["after"]) for agent, one in found.items()}

    def leave(self, agent: str) -> None:
        """Note that an agent who is here takes no conversations for now."""
        self._ask(lambda: self._redis.sadd(keys.away(), agent))

    def gone(self, agent: str) -> None:
        """Note that an agent left."""
        self._ask(lambda: self._redis.zrem(keys.presence(), agent))
        self._ask(lambda: self._redis.srem(keys.away(), agent))
        self._ask(lambda: self._redis.srem(keys.finishing(), agent))

    def available(self, now_ms: int) -> list[str]:
        """Give the agents seen in the last minute who take conversations, by name.

        Who takes a short pause is among them; who only finishes what they hold is not.
        """
        here = self._ask(
            lambda: self._redis.zrangebyscore(keys.presence(), now_ms - SEEN_MS, "+inf")
        )
        away = self._ask(lambda: self._redis.smembers(keys.away()))
        finishing = self._ask(lambda: self._redis.smembers(keys.finishing()))
        return sorted(_text(agent) for agent in set(here) - set(away) - set(finishing))

    def state(self, agent: str, now_ms: int) -> AgentState:
        """Tell whether an agent is available, pausing, finishing, away, or gone for a minute."""
        score = self._ask(lambda: self._redis.zscore(keys.presence(), agent))
        if score is None or score < now_ms - SEEN_MS:
            return "gone"
        if self._ask(lambda: self._redis.sismember(keys.away(), agent)):
            return "away"
        if self._ask(lambda: self._redis.sismember(keys.finishing(), agent)):
            return "finishing"
        return "paused" if self.pauses().get(agent, Pause()).until_ms > now_ms else "available"

    def _ask(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except RedisError as error:
            raise StoreUnavailable(f"Redis did not answer ({error}); try again.") from error


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
