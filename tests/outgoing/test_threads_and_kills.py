"""Many at once: a slow endpoint slows nobody else, and kill -9 of who delivers loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis

from bot import keys
from bot.alarms import Alarms
from bot.channels import Channels
from bot.live import LiveHub
from bot.outgoing.endpoints import Endpoints
from bot.outgoing.events import Event
from bot.outgoing.feed import Feed
from bot.outgoing.lanes import MOST_AT_ONCE, Lanes
from bot.redis_server import RedisServer
from bot.relay import Relay
from escalation.queue import TicketQueue
from tests.conftest import Clock
from tests.outgoing.conftest import Shop, make_shop, waiting
from tests.receiver import Got, Receiver, Say, receiving

ROOT = Path(__file__).parent.parent.parent
LEASE_MS = 700


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture
def live_shop(store: redis.Redis) -> Iterator[Shop]:
    """Give a shop on the real clock whose courier's threads may run."""
    shop = make_shop(store, now_ms)  # type: ignore[arg-type]
    yield shop
    shop.outgoing.courier.stop()


def test_a_slow_endpoint_slows_nobody(live_shop: Shop, receiver: Receiver) -> None:
    """Customers and the other endpoint are served while it takes its time, two tries at once."""
    with receiving() as slow:
        slow.judge = lambda _: Say(wait_s=1)
        live_shop.add("slow", slow.url, "message.bot")
        live_shop.add("quick", receiver.url, "message.bot")
        live_shop.outgoing.courier.start()
        live_shop.outgoing.courier.start()
        begun, longest = time.monotonic(), 0.0
        for number in range(12):
            live_shop.begin(f"c{number}")
            before = time.monotonic()
            live_shop.says(f"c{number}", "x")
            live_shop.relay.carry_all()
            longest = max(longest, time.monotonic() - before)
        receiver.wait_for(12, 10)
        took = time.monotonic() - begun
        assert len(slow.got) <= 2 * (took + 1)
        assert longest < 0.9, "nobody waited for an answer"
        slow.wait_for(12, 20)
        assert slow.most_open == MOST_AT_ONCE


def test_news_is_brought_at_once(live_shop: Shop, receiver: Receiver) -> None:
    """Nobody waits for the next look around."""
    live_shop.add("crm", receiver.url, "message.bot")
    live_shop.outgoing.courier.start()
    live_shop.begin("c1")
    waits = []
    for number in range(5):
        live_shop.says("c1", "x")
        begun = time.monotonic()
        live_shop.relay.carry_all()
        receiver.wait_for(number + 1)
        waits.append(time.monotonic() - begun)
    assert sorted(waits)[2] < 0.5


@dataclass(slots=True)
class Couriers:
    """Processes that deliver; each is killed as soon as it is told to be, mid-try."""

    url: str
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Start one more."""
        command = [sys.executable, "-m", "tests.outgoing.worker", self.url, str(LEASE_MS)]
        self.running.append(subprocess.Popen(command, cwd=ROOT))

    def kill_all(self) -> None:
        """Kill -9 all, and start as many."""
        with self.lock:
            gone, self.running = self.running, []
            for one in gone:
                os.kill(one.pid, signal.SIGKILL)
                one.wait()
                self.kills += 1
                self.start()

    def end(self) -> None:
        """End them for good."""
        for one in self.running:
            one.kill()
            one.wait()


@pytest.fixture
def couriers(redis_server: RedisServer) -> Iterator[Couriers]:
    """Give two processes that deliver."""
    found = Couriers(redis_server.url)
    yield found
    found.end()


@pytest.mark.chaos
def test_kills_lose_no_event(live_shop: Shop, receiver: Receiver, couriers: Couriers) -> None:
    """Both processes that deliver die in the middle of tries, often; all arrive, in order."""
    taken: set[str] = set()

    def judge(got: Got) -> Say | None:
        if len(receiver.got) % 9 == 5 and couriers.kills < 8:
            threading.Thread(target=couriers.kill_all).start()
            return Say(wait_s=1.5)  # whoever sent it is dead by then
        taken.add(got.id)
        return None

    receiver.judge = judge
    live_shop.add("crm", receiver.url, "message.bot", words=True)
    for number in range(12):
        live_shop.begin(f"c{number}")
        for message in range(4):
            live_shop.says(f"c{number}", f"m{message}")
    live_shop.relay.carry_all()
    couriers.start()
    couriers.start()
    until = time.monotonic() + 120
    while live_shop.store.zcard(keys.endpoint_line("crm")):
        assert time.monotonic() < until, (couriers.kills, len(receiver.got), len(taken))
        time.sleep(0.05)
    assert couriers.kills >= 4
    assert len(taken) == 48, "every event was taken"
    for number in range(12):
        mine = [one for one in receiver.got if one.row["data"]["conversation"] == f"c{number}"]
        first = list(dict.fromkeys(one.row["data"]["text"] for one in mine))
        assert first == ["m0", "m1", "m2", "m3"]
    assert len(receiver.got) - 48 <= couriers.kills * MOST_AT_ONCE
    assert live_shop.outgoing.lanes.standing("crm").sent == 48


def carry_until(stop: threading.Event, store: redis.Redis, clock: Clock) -> None:
    """Carry and pump as a process of its own would, with parts of its own."""
    queue, endpoints, lanes = TicketQueue(store), Endpoints(store), Lanes(store, clock)
    feed = Feed(store, queue, Channels(store), endpoints, lanes)
    relay = Relay(store, queue, LiveHub(store, lambda: store, 1), feed, Alarms(store))
    while not stop.is_set():
        relay.carry_all()
        feed.pump()


def test_many_processes_tell_each_thing_once(store: redis.Redis, clock: Clock) -> None:
    """Eight relays and pumps at the same time: nothing twice, nothing lost, each in order."""
    shop = make_shop(store, clock)
    shop.add("crm", "http://127.0.0.1:9/")
    names = [f"c{number}" for number in range(6)]
    for name in names:
        shop.begin(name)
        shop.open(name)
    stop = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        carriers = [pool.submit(carry_until, stop, store, clock) for _ in range(8)]
        for step in range(15):
            for name in names:
                shop.says(name, f"m{step}")
                if step == 7:
                    shop.queue.claim("ana", op=f"op-{name}", ticket_id=f"{name}#1")
        while any(store.xlen(keys.outbox(number)) for number in range(keys.BUCKETS)):
            assert not any(one.done() for one in carriers)
        stop.set()
    assert [one.result() for one in carriers] == [None] * 8
    shop.outgoing.feed.pump()
    found = waiting(shop)
    assert len({one.id for one in found}) == len(found) == 6 * (2 + 15 + 1)
    for name in names:
        assert_in_order([one for one in found if one.conversation == name])


def assert_in_order(events: list[Event]) -> None:
    """The ticket was opened first; messages stand as they were written."""
    assert [one.kind for one in events][:2] == ["conversation.begun", "ticket.opened"]
    entries = [one.data["message"] for one in events if one.kind == "message.bot"]
    assert entries == sorted(entries, key=lambda one: tuple(map(int, one.split("-"))))
