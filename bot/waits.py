"""The last waits for a person by priority, beside what was told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.values import Entry
from escalation.errors import StoreUnavailable
from escalation.hours import BusinessHours
from escalation.waits import WINDOW, PastWait, waited

OPENED = "ticket_opened"


class Waits:
    """The only place that reads and writes past waits."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent yet."""
        self._redis = client

    def past(self, priority: str) -> list[PastWait]:
        """Give the last waits of a priority, oldest first."""
        try:
            found: Any = self._redis.zrange(keys.waits(priority), -WINDOW, -1)
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error
        return [_loaded(one) for one in found]

    def note(self, ticket: str, priority: str, past: PastWait, at_ms: int) -> None:
        """Keep how long a ticket waited; the same ticket again changes nothing."""
        mark = hashlib.sha256(ticket.encode()).hexdigest()[:16]
        told = "" if past.told_ms is None else past.told_ms
        try:
            pipe = self._redis.pipeline(transaction=True)
            pipe.zadd(keys.waits(priority), {f"{mark} {past.waited_ms} {told}": at_ms}, nx=True)
            pipe.zremrangebyrank(keys.waits(priority), 0, -WINDOW - 1)
            pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(f"The wait was not noted ({error}).") from error


def wait_of(
    entries: Sequence[Entry], ticket: str, answered_ms: int, hours: BusinessHours
) -> tuple[str, PastWait] | None:
    """Give the priority of a ticket and how long it waited, None where nobody waited for it."""
    for entry in reversed(entries):
        if entry.kind == "event" and entry.data["what"] == OPENED:
            if entry.data["ticket"] != ticket or "priority" not in entry.data:
                return None
            told = told_ms(entry)
            past = PastWait(waited(entry.at_ms, answered_ms, hours), told)
            return str(entry.data["priority"]), past
    return None


def told_ms(opened: Entry) -> int | None:
    """Give the longest wait that was told when a ticket was opened, None if none was."""
    told = opened.data.get("wait")
    return told[1] * 60_000 if told else None


def _loaded(member: str) -> PastWait:
    _, waited_ms, told = member.split(" ")
    return PastWait(int(waited_ms), int(told) if told else None)
