"""A clock that jumps, forward or back: nothing is claimed twice, and leases stay sane."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import redis
import time_machine

from escalation.errors import StaleToken, TicketGone, TicketTaken
from escalation.queue import TicketQueue
from escalation.ticket import Ticket
from tests.chaos.recount import overlaps

NOW = 1_800_000_000_000
HOUR = 3_600_000
LEASE = 180_000


@pytest.fixture
def queue(each_store: redis.Redis) -> Iterator[TicketQueue]:
    """Give an empty queue; whatever a test did, no invariant may be broken after it."""
    made = TicketQueue(each_store, lease_ms=LEASE)
    yield made
    assert made.audit() == []


def put(queue: TicketQueue, name: str, now_ms: int | None = NOW) -> Ticket:
    return queue.open(
        name,
        conversation=name.partition("#")[0],
        priority="normal",
        due_ms=NOW,
        created_ms=NOW,
        reasons=["complex"],
        now_ms=now_ms,
    )


def test_forward_and_back_again_leaves_one_owner(queue: TicketQueue) -> None:
    """An hour forward ends ana's lease; an hour back does not make her the owner again."""
    put(queue, "a#1")
    ana = queue.claim("ana", op="1", now_ms=NOW)
    assert ana
    assert [one.id for one in queue.reap(NOW + HOUR)] == ["a#1"]
    ben = queue.claim("ben", op="2", now_ms=NOW + HOUR)
    assert ben
    assert ben.token > ana.token
    for call in (
        lambda: queue.heartbeat("a#1", ana.token, now_ms=NOW),
        lambda: queue.release("a#1", ana.token, now_ms=NOW),
        lambda: queue.resolve("a#1", ana.token, "solved", now_ms=NOW),
        lambda: queue.transfer("a#1", ana.token, "cleo", "3", now_ms=NOW),
    ):
        with pytest.raises(StaleToken, match="claim it again"):
            call()
    with pytest.raises(TicketTaken):
        queue.claim("cleo", op="4", ticket_id="a#1", now_ms=NOW)
    assert queue.reap(NOW) == []
    held = queue.heartbeat("a#1", ben.token, now_ms=NOW)
    assert held.lease_until_ms == NOW + HOUR + LEASE
    assert [one.agent for one in queue.reap(NOW + HOUR + LEASE + 1)] == [None]


def test_a_jump_back_takes_nothing_from_its_holder(queue: TicketQueue) -> None:
    """Set back by an hour, the holder goes on; only their lease ends by as much later."""
    put(queue, "a#1")
    ana = queue.claim("ana", op="1", now_ms=NOW)
    assert ana
    assert queue.reap(NOW - HOUR) == []
    assert queue.claim("ben", op="2", now_ms=NOW - HOUR) is None
    assert queue.heartbeat("a#1", ana.token, now_ms=NOW - HOUR).lease_until_ms == NOW + LEASE
    done = queue.resolve("a#1", ana.token, "solved", now_ms=NOW - HOUR)
    assert (done.state, done.closed_ms) == ("resolved", NOW - HOUR)


@pytest.mark.parametrize("number", range(5))
def test_wild_clocks_never_give_two_owners(queue: TicketQueue, number: int) -> None:
    """Three agents act while the clock leaps about: by the events, one owner at a time."""
    dice, names = random.Random(number), [f"c{place}#1" for place in range(4)]
    held: dict[str, list[tuple[str, int]]] = {"ana": [], "ben": [], "cleo": []}
    for name in names:
        put(queue, name)
    for step in range(150):
        now, agent = NOW + dice.randint(-HOUR, HOUR), dice.choice(list(held))
        if dice.random() < 0.3:
            queue.reap(now)
        ticket = queue.claim(agent, op=f"{step}", now_ms=now)
        if ticket:
            held[agent].append((ticket.id, ticket.token))
        acts: list[Callable[..., object]] = [queue.heartbeat, queue.release]
        for one in held[agent][-2:]:
            with suppress(StaleToken, TicketGone):
                dice.choice(acts)(*one, now_ms=now)
    assert overlaps(queue.events(limit=5_000)) == 0
    tokens = [token for pairs in held.values() for _, token in pairs]
    assert len(tokens) > 10
    assert len(set(tokens)) == len(tokens)


def test_the_clocks_of_web_processes_do_not_count(
    queue: TicketQueue, each_store: redis.Redis
) -> None:
    """A web process a day ahead claims by the time of Redis, as every other does."""
    put(queue, "a#1", now_ms=None)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        ticket = queue.claim("ana", op="1")
        assert ticket
        assert queue.reap() == []
        with pytest.raises(TicketTaken):
            queue.claim("ben", op="2", ticket_id="a#1")
    seconds, _ = each_store.time()
    assert ticket.lease_until_ms
    assert 0 < ticket.lease_until_ms - seconds * 1000 <= LEASE + 1000
