"""Writers that keep asking through a failover, and a recount of what they were told is safe."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Self

import redis

from bot.conversations import Conversations
from bot.errors import TooManyWaiting
from bot.store import connect
from bot.values import Customer, Incoming
from escalation.errors import EscalationError, StaleToken, StoreUnavailable, TicketGone
from escalation.queue import TicketQueue
from escalation.ticket import Ticket
from tests.chaos.topologies import Cluster, Watched, until

MESSAGES = 8  # of each conversation; its ticket is opened, claimed and resolved between them
PAUSE_S = 0.02


@dataclass(slots=True)
class Writer:
    """Sends messages and works tickets off; each call is repeated, the same one, until accepted."""

    number: int
    url: str
    replicas: int
    stop: threading.Event
    enter: Callable[[], None] | None = None
    messages: list[tuple[str, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    at_s: list[float] = field(default_factory=list)
    refused: int = 0
    broken: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Write until told to stop; anything but an answer or a refusal is noted as broken."""
        if self.enter:
            self.enter()
        client = connect(self.url)
        store = Conversations(client, replicas=self.replicas)
        queue = TicketQueue(client, replicas=self.replicas)
        try:
            for conversation in self._names():
                self._talk(store, queue, conversation)
                if self.stop.is_set():
                    return
        except Exception as error:  # noqa: BLE001 - the test shows it
            self.broken.append(repr(error))

    def _names(self) -> Iterator[str]:
        return (f"w{self.number}-{place}" for place in itertools.count())

    def _talk(self, store: Conversations, queue: TicketQueue, conversation: str) -> None:
        ticket_id, token = f"{conversation}#1", 0
        for place in range(MESSAGES):
            event = f"{conversation}-{place}"
            if self._asked(partial(store.ingest, _message(conversation, event))):
                self.messages.append((conversation, event))
            if place == 1 and self._asked(partial(_open, queue, conversation, ticket_id)):
                self.opened.append(ticket_id)
            if place == 3:
                me = f"a{self.number}"
                taken = self._asked(partial(queue.claim, me, op=ticket_id, ticket_id=ticket_id))
                token = taken.token if isinstance(taken, Ticket) else 0
            if place == 5 and self._asked(partial(queue.resolve, ticket_id, token, "solved")):
                self.resolved.append(ticket_id)

    def _asked(self, call: Callable[[], object]) -> object:
        """Give what a call gave at last; None when it was not accepted before the end."""
        while not self.stop.is_set():
            try:
                answer = call()
            except StoreUnavailable:
                self.refused += 1
                time.sleep(PAUSE_S)
            except (StaleToken, TicketGone, TooManyWaiting):
                return None  # what this builds on was lost: the recount tells
            else:
                self.at_s.append(time.monotonic())
                return answer
        return None


@dataclass(frozen=True, slots=True)
class Recount:
    """What the store lacks of all that was accepted, and for how long nothing was."""

    accepted: int
    lost: int
    twice: int
    refused: int
    gap_s: float
    problems: tuple[str, ...]


class Writing:
    """Several writers at once, as a context; `waited` waits until they are accepted again."""

    def __init__(
        self,
        url: str,
        replicas: int,
        *,
        writers: int = 4,
        enter: Callable[[], None] | None = None,
    ) -> None:
        """Prepare them; `enter` is called in each thread first, to put it behind a cut."""
        self.stop = threading.Event()
        self.writers = [
            Writer(number, url, replicas, self.stop, enter) for number in range(writers)
        ]
        self._threads = [threading.Thread(target=one.run) for one in self.writers]

    def __enter__(self) -> Self:
        """Begin writing."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let each finish its call."""
        self.end()

    def end(self) -> None:
        """Let each finish its call; twice is harmless."""
        self.stop.set()
        for thread in self._threads:
            thread.join()

    def waited(self, seconds: float, longest_s: float = 40) -> bool:
        """Wait until every writer had something accepted so long after now; False if none does."""
        now = time.monotonic()
        while time.monotonic() - now < longest_s:
            if all(one.at_s and one.at_s[-1] > now + seconds for one in self.writers):
                return True
            time.sleep(0.05)
        return False


def through_a_kill(redis: Watched | Cluster, replicas: int, before_s: float) -> Recount:
    """Kill the queue's master under load, start it again once it is replaced, and recount."""
    with Writing(redis.url, replicas) as writing:
        assert writing.waited(before_s)
        master = redis.master()
        master.kill()
        until(lambda: redis.master() is not master, "Another should become master")
        if isinstance(redis, Cluster):  # a new master has no replica before the old one is back
            master.start()
        assert writing.waited(1.0)
    return recount(redis.url, writing)


def through_a_cut(redis: Watched, replicas: int, cut_s: float) -> Recount:
    """Write to the old master before, behind and after a cut, until it is a replica itself."""
    old, way = redis.nodes[0], redis.cut
    assert way
    with Writing(old.url, replicas, enter=way.enter) as writing:
        assert writing.waited(0.5)
        way.cut()
        until(lambda: redis.named() != (way.host, way.port), "The Sentinels should choose another")
        writing.stop.wait(cut_s)
        way.heal()
        until(lambda: old.client().role()[0] == "slave", "The old master should follow")
    until(lambda: old.client().info("replication")["master_link_status"] == "up", "It should sync")
    return recount(redis.url, writing)


def recount(url: str, writing: Writing) -> Recount:
    """Recount from the store what was accepted; the longest silence of any writer is the gap."""
    client = connect(url, timeout_s=10)
    store, queue = Conversations(client), TicketQueue(client)
    lost = twice = 0
    for one in writing.writers:
        lost += sum(queue.get(ticket) is None for ticket in one.opened)
        lost += sum(_is_open(queue, ticket) for ticket in one.resolved)
        for conversation, wanted in itertools.groupby(one.messages, key=lambda pair: pair[0]):
            found = [entry.data["event_id"] for entry in store.entries(conversation)]
            lost += len({event for _, event in wanted} - set(found))
            twice += len(found) - len(set(found))
    broken = [problem for one in writing.writers for problem in one.broken]
    accepted = sum(
        len(one.messages) + len(one.opened) + len(one.resolved) for one in writing.writers
    )
    gaps = [b - a for one in writing.writers for a, b in itertools.pairwise(one.at_s)]
    return Recount(
        accepted, lost, twice, sum(one.refused for one in writing.writers),
        round(max(gaps, default=0.0), 2), (*broken, *_audited(queue)),
    )  # fmt: skip


def _audited(queue: TicketQueue) -> list[str]:
    try:
        return queue.audit()
    except (EscalationError, redis.RedisError) as error:
        return [repr(error)]


def _is_open(queue: TicketQueue, ticket_id: str) -> bool:
    ticket = queue.get(ticket_id)
    return ticket is None or ticket.is_open


def _open(queue: TicketQueue, conversation: str, ticket_id: str) -> Ticket:
    return queue.open(
        ticket_id,
        conversation=conversation,
        priority="normal",
        due_ms=1,
        created_ms=1,
        reasons=["complex"],
    )


def _message(conversation: str, event: str) -> Incoming:
    return Incoming(
        conversation=conversation,
        event_id=event,
        text=f"where is my parcel ({event})",
        fingerprint=event,
        channel="failover",
        received_ms=time.time_ns() // 1_000_000,
        customer=Customer(),
    )
