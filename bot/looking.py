"""Who of the team has a conversation open right now; forgotten within a minute, never a log."""

from __future__ import annotations

import redis
import structlog
from redis.exceptions import RedisError

from bot import keys

FRESH_MS = 45_000
KEPT_S = 60
log = structlog.get_logger(__name__)


class Looking:
    """Notes and gives who looks at a conversation; an outage is never an error here."""

    def __init__(self, client: redis.Redis) -> None:
        """Hold the client; nothing is sent yet."""
        self._redis = client

    def note(self, conversation: str, person: str, now_ms: int, *, there: bool) -> bool:
        """Note that somebody looks, or no longer does; True if that is news."""
        key = keys.looking(conversation)
        try:
            if not there:
                return bool(self._redis.zrem(key, person))
            before = self._redis.zscore(key, person)
            pipe = self._redis.pipeline(transaction=False)
            pipe.zadd(key, {person: now_ms})
            pipe.expire(key, KEPT_S)
            pipe.execute()
        except RedisError as error:
            log.info("look_not_told", error=type(error).__name__)
            return False
        return before is None or float(str(before)) < now_ms - FRESH_MS

    def at(self, conversation: str, now_ms: int) -> list[str]:
        """Give the ids of the people who look now, who came first first."""
        try:
            found = self._redis.zrange(
                keys.looking(conversation), now_ms - FRESH_MS, "+inf", byscore=True
            )
        except RedisError:
            return []
        return [str(one) for one in found]
