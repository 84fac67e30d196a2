"""When the clocks of which conversation are to be looked at, and which are breached now.

An index of what the log and the queue say, never the truth itself: whoever loses it gets it back,
because every sweeper marks each held conversation that is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from escalation.errors import StoreUnavailable
from escalation.scripts import Script

TAKEN_MS = 10_000
AT_ONCE = 50
NOW = 0


class Alarms:
    """The only place that reads and writes the index of clocks."""

    def __init__(self, client: redis.Redis) -> None:
        """Prepare the scripts; nothing is sent yet."""
        self._redis = client
        self._take = Script(client, "bot", "alarms_take", drains=True)
        self._set = Script(client, "bot", "alarms_set", drains=True)

    def mark(self, conversation: str) -> None:
        """Have a conversation looked at soon, since something happened in it."""
        self._ask(lambda: self._redis.zadd(keys.alarms(), {conversation: NOW}))

    def ensure(self, conversations: Iterable[str]) -> None:
        """Have those looked at that nobody has in mind."""
        new = dict.fromkeys(conversations, NOW)
        if new:
            self._ask(lambda: self._redis.zadd(keys.alarms(), new, nx=True))

    def take(self, now_ms: int) -> list[str]:
        """Give conversations to look at, at most 50; no other sweeper gets them for a while."""
        args = [now_ms, now_ms + TAKEN_MS, AT_ONCE]
        return [str(one) for one in self._take([keys.alarms()], args)]

    def set(
        self, conversation: str, taken_ms: int, next_ms: int | None, breached_ms: int | None
    ) -> bool:
        """Say when to look again (None: never) and since when it is breached (None: it is not).

        `taken_ms` is the `now_ms` it was taken at. False when something happened since: then it
        stays due.
        """
        times = ["" if one is None else one for one in (next_ms, breached_ms)]
        args = [conversation, taken_ms + TAKEN_MS, *times]
        return bool(self._set([keys.alarms(), keys.breached()], args))

    def breached(self, limit: int) -> list[tuple[str, int]]:
        """Give the conversations with a breached clock, longest first, with since when in ms."""
        found: Any = self._ask(
            lambda: self._redis.zrange(keys.breached(), 0, limit - 1, withscores=True)
        )
        return [(one, int(score)) for one, score in found]

    def drop(self, conversation: str) -> None:
        """Forget a conversation."""
        self._ask(lambda: self._redis.zrem(keys.alarms(), conversation))
        self._ask(lambda: self._redis.zrem(keys.breached(), conversation))

    def _ask(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error
