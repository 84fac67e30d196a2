"""Any order of events, tries, failures and deaths: in order, nothing lost, nobody twice at once."""

from __future__ import annotations

import redis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.outgoing.events import CHOICES, Event
from bot.outgoing.lanes import LEASE_MS, MOST_AT_ONCE, Attempt, Job, Lanes, Letter, Move
from bot.outgoing.retry import judge
from tests.builders import NOON_MS
from tests.conftest import Clock
from tests.outgoing.conftest import make_shop

TALKS = ("c1", "c2", "c3")


class Office(RuleBasedStateMachine):
    """Two processes on one line, beside a model of what must come out."""

    store: redis.Redis

    def __init__(self) -> None:
        """Begin with one endpoint and nothing in line."""
        super().__init__()
        self.store.flushall()
        self.clock = Clock(NOON_MS)
        make_shop(self.store, self.clock).outgoing.endpoints.add(
            "crm", "http://127.0.0.1/", CHOICES, NOON_MS
        )
        self.lanes = [Lanes(self.store, self.clock) for _ in range(2)]
        self.told = 0
        self.waiting: dict[str, list[str]] = {one: [] for one in TALKS}
        self.held: list[tuple[Job, int]] = []
        self.sent = self.dead = 0

    @rule(talk=st.sampled_from(TALKS), by=st.integers(0, 1))
    def happens(self, talk: str, by: int) -> None:
        """Something is told, by either process; the other's try at the same comes to nothing."""
        before, self.told = str(self.told or ""), self.told + 1
        event = Event(f"evt_{self.told}", "message.bot", self.clock(), talk)
        letter = Letter("crm", event, f"{self.told:013d}-1-00000000-000")
        move = Move("b00", before, str(self.told))
        assert self.lanes[by].append([move], [letter])
        assert not self.lanes[1 - by].append([move], [letter])
        self.waiting[talk].append(event.id)

    @rule(by=st.integers(0, 1))
    def take(self, by: int) -> None:
        """A process takes what is due: the oldest of a conversation nobody has."""
        job = self.lanes[by].take("crm")
        if job:
            assert job.event.id == self.waiting[job.conversation][0]
            held = {one.conversation for one, until in self.held if until > self.clock()}
            assert job.conversation not in held
            assert len(held) < MOST_AT_ONCE
            self.held.append((job, self.clock() + LEASE_MS))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), status=st.sampled_from((200, 200, 500, 0, 429)))
    def settle(self, data: st.DataObject, status: int) -> None:
        """Somebody comes back, perhaps too late; only who still has the lease is believed."""
        job, until = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        taken_again = any(one.conversation == job.conversation for one, _ in self.held)
        verdict = judge(status, job.tries, job.fails)
        event = job.event
        line = Attempt(event.id, event.kind, "", 0, 1, "", status, "", 1, "", 0, "{}")
        done = self.lanes[0].settle(job, verdict, line) is not None
        assert done or taken_again or until <= self.clock()
        if done and verdict.outcome != "again":
            assert self.waiting[job.conversation].pop(0) == job.event.id
            self.sent += verdict.outcome == "sent"
            self.dead += verdict.outcome == "dead"

    @precondition(lambda self: self.held)
    @rule()
    def dies(self) -> None:
        """A process dies in a try; its lease ends by itself."""
        self.held.pop()
        self.clock.advance(LEASE_MS / 1000 + 1)

    @rule(seconds=st.sampled_from((1, 10, 400, 90_000)))
    def time_passes(self, seconds: int) -> None:
        """So that retries come due."""
        self.clock.advance(seconds)

    @rule()
    def pause_and_resume(self) -> None:
        """Nothing is taken while it is paused."""
        self.lanes[0].halt("crm", "paused")
        assert self.lanes[1].take("crm") is None
        self.lanes[0].resume("crm")

    @invariant()
    def nothing_is_lost(self) -> None:
        """What was told waits, or was sent, or was given up."""
        standing = self.lanes[0].standing("crm")
        assert standing.waiting == sum(map(len, self.waiting.values()))
        assert (standing.sent, standing.dead) == (self.sent, self.dead)
        assert standing.waiting + standing.sent + standing.dead == self.told
        busy = sum(bool(one) for one in self.waiting.values())
        assert busy <= standing.conversations <= len(TALKS)

    def teardown(self) -> None:
        """In the end all that waits goes out, in order."""
        self.clock.advance(200_000)
        for _ in range(self.told + 3):
            job = self.lanes[0].take("crm")
            if not job:
                break
            event = job.event
            assert event.id == self.waiting[job.conversation].pop(0)
            line = Attempt(event.id, event.kind, "", 0, 1, "", 200, "", 1, "", 0, "{}")
            self.lanes[0].settle(job, judge(200, job.tries, 0), line)
        assert not any(self.waiting.values())


def test_lanes_by_model(store: redis.Redis) -> None:
    """Random histories of two processes; no lease, order or event is ever wrong."""
    Office.store = store
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Office,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=checks
        ),
    )
