"""What the queue does when Redis is full: it takes nothing new in, and lets agents drain it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

from escalation import keys
from escalation.errors import StoreUnavailable
from escalation.offers import Offers
from escalation.queue import TicketQueue
from tests.escalation.test_queue import LEASE, NOW, put, take


@pytest.fixture
def full(each_store: redis.Redis) -> Iterator[redis.Redis]:
    """Give a Redis that is full as soon as a test says `maxmemory`; it is set back afterwards."""
    each_store.config_set("maxmemory-policy", "noeviction")
    yield each_store
    each_store.config_set("maxmemory", 0)


def test_full_redis_refuses_new_work_and_lets_agents_drain(full: redis.Redis) -> None:
    """Opening fails as a whole; claim, heartbeat, transfer, release, reap, resolve, cancel work."""
    queue = TicketQueue(full, lease_ms=LEASE)
    for name in ("a#1", "b#1", "c#1", "d#1"):
        put(queue, name)
    full.config_set("maxmemory", 1)
    with pytest.raises(StoreUnavailable):
        put(queue, "new#1")
    with pytest.raises(StoreUnavailable):
        put(queue, "a#1", due=1)
    assert queue.get("new#1") is None
    assert {event.ticket for event in queue.events()} == {"a#1", "b#1", "c#1", "d#1"}

    first = take(queue)
    queue.heartbeat(first.id, first.token, now_ms=NOW + 1)
    moved = queue.transfer(first.id, first.token, "ben", "op-t", now_ms=NOW)
    queue.release(moved.id, moved.token, now_ms=NOW)
    second = take(queue, op="op-2")
    assert [ticket.id for ticket in queue.reap(NOW + LEASE + 1)] == [second.id]
    third = take(queue, op="op-3", now_ms=NOW + LEASE + 2)
    assert queue.resolve(third.id, third.token, "solved").state == "resolved"
    assert queue.cancel("b#1", "withdrawn")
    offers = Offers(full)
    offered = offers.offer("c#1", "ana", for_ms=10, now_ms=NOW)
    assert offered is not None
    assert offers.decline("c#1", "ana", offered.offer, now_ms=NOW)
    assert offers.offer("c#1", "ben", for_ms=10, now_ms=NOW)
    assert [one.agent for one in offers.lapse(NOW + 11)] == ["ben"]
    offers.forgive("ben")
    again = offers.offer("c#1", "cleo", for_ms=10, now_ms=NOW)
    assert again is not None
    assert queue.claim("cleo", op="op-4", ticket_id="c#1", offer=again.offer, now_ms=NOW)
    assert queue.erase("d#1")
    assert queue.audit() == []


def test_refused_opening_leaves_no_key(full: redis.Redis) -> None:
    """On an empty store a refused opening writes nothing at all."""
    queue = TicketQueue(full)
    put(queue, "warm#1")
    full.flushall()
    full.config_set("maxmemory", 1)
    with pytest.raises(StoreUnavailable):
        put(queue, "a#1")
    assert [key for key in keys.queue_keys() if full.exists(key)] == []
