"""Carries what a commit promised to endpoints' lines, queue and live stream, then forgets it."""

from __future__ import annotations

import json
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.alarms import Alarms
from bot.live import LiveHub
from bot.outgoing.feed import Feed
from escalation.errors import StoreUnavailable
from escalation.queue import TicketQueue
from escalation.ticket import GENERAL

BATCH = 100


class Relay:
    """Reads outboxes; effects may run twice without harm, so any process may carry any."""

    def __init__(
        self,
        client: redis.Redis,
        queue: TicketQueue,
        live: LiveHub,
        feed: Feed,
        alarms: Alarms,
    ) -> None:
        """Hold the ends."""
        self._redis = client
        self._queue = queue
        self._live = live
        self._feed = feed
        self._alarms = alarms

    def carry_for(self, conversation: str) -> int:
        """Carry the effects of a conversation's bucket now; raises StoreUnavailable."""
        return self.carry(keys.bucket(conversation))

    def carry(self, number: int) -> int:
        """Carry all effects of one bucket and give how many; raises StoreUnavailable."""
        try:
            carried, waiting = 0, self._waiting(number)
            while waiting:
                for entry_id, fields in waiting:
                    effect = json.loads(fields["d"])
                    self._feed.told(number, entry_id, effect)
                    self._effect(effect)
                    self._redis.xdel(keys.outbox(number), entry_id)
                carried += len(waiting)
                waiting = self._waiting(number) if len(waiting) == BATCH else ()
        except RedisError as error:
            raise StoreUnavailable(
                f"Redis is away ({error}); effects wait in the outbox."
            ) from error
        return carried

    def carry_all(self) -> int:
        """Carry what is left anywhere; for the sweeper."""
        pipe = self._redis.pipeline(transaction=False)
        for number in range(keys.BUCKETS):
            pipe.xlen(keys.outbox(number))
        try:
            lengths = pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(
                f"Redis is away ({error}); effects wait in the outbox."
            ) from error
        return sum(self.carry(number) for number, length in enumerate(lengths) if length)

    def _waiting(self, number: int) -> Any:
        return self._redis.xrange(keys.outbox(number), count=BATCH)

    def _effect(self, effect: dict[str, Any]) -> None:
        opened, cancelled, weighed = (effect.get(one) for one in ("open", "cancel", "weigh"))
        if opened:
            self._queue.open(
                opened["ticket"],
                conversation=effect["conversation"],
                priority=opened["priority"],
                due_ms=opened["due_ms"],
                created_ms=opened["created_ms"],
                reasons=opened["reasons"],
                skill=opened.get("skill", GENERAL),
                weight=opened.get("weight", 0.0),
                weight_ms=opened.get("weight_ms", 0),
                abusive=opened.get("abusive", False),
            )
        if weighed:
            self._queue.weigh(
                weighed["ticket"],
                weighed["weight"],
                weighed["weight_ms"],
                abusive=weighed["abusive"],
            )
        if cancelled:
            self._queue.cancel(cancelled["ticket"], cancelled["why"])
        if opened or cancelled or effect.get("clock"):
            self._alarms.mark(effect["conversation"])
        if opened or cancelled:
            self._feed.news.set()
        self._live.wake(effect["conversation"], effect["id"], queue=bool(opened or cancelled))
