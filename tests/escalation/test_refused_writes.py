"""A Redis that may not write says so as the store being away, on 6.2 as on the newest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

from escalation.errors import StoreUnavailable
from escalation.queue import TicketQueue
from tests.chaos.topologies import loopback_port
from tests.escalation.test_queue import put


@pytest.fixture
def store(each_store: redis.Redis) -> Iterator[redis.Redis]:
    """Give a store that writes again afterwards."""
    yield each_store
    each_store.config_set("min-replicas-to-write", 0)
    each_store.replicaof("NO", "ONE")  # type: ignore[no-untyped-call]


def test_a_replica_is_no_place_to_write(store: redis.Redis) -> None:
    """A master that became a replica refuses the ticket, and takes it once it is one again."""
    queue = TicketQueue(store)
    store.replicaof("127.0.0.1", loopback_port())  # type: ignore[no-untyped-call]
    with pytest.raises(StoreUnavailable, match="read only replica"):
        put(queue, "a#1")
    store.replicaof("NO", "ONE")  # type: ignore[no-untyped-call]
    put(queue, "a#1")
    assert queue.get("a#1") is not None


def test_a_master_without_its_replicas_refuses(store: redis.Redis) -> None:
    """`min-replicas-to-write` is kept: nothing is opened on a master that stands alone."""
    queue = TicketQueue(store)
    store.config_set("min-replicas-to-write", 1)
    with pytest.raises(StoreUnavailable, match="good replicas"):
        put(queue, "a#1")
    assert queue.get("a#1") is None
