"""The queue under any order of calls, checked against a model of it and its own audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import redis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from escalation.errors import OfferGone, StaleToken, TicketGone, TicketTaken
from escalation.offers import Offers, Passed
from escalation.queue import Reach, TicketQueue
from escalation.ticket import Priority, Ticket

START = 1_800_000_000_000
LEASE = 1000
NAMES = st.sampled_from([f"c{number}#1" for number in range(6)])
AGENTS = st.sampled_from(["ana", "ben", "cleo"])
SKILLS = st.sampled_from(["general", "wholesale"])
NEEDED = st.sampled_from(["general", "wholesale", "es", "es+wholesale"])
HAVE = st.sets(st.sampled_from(["general", "wholesale", "es"]), max_size=3).map(sorted).map(tuple)
OFFER = 300
PRIORITIES = st.sampled_from(["urgent", "high", "normal"])


@dataclass
class Expected:
    """What the model knows of one ticket."""

    due: int
    skill: str
    state: str = "waiting"
    token: int = 0
    agent: str | None = None
    lease: int = 0
    expiries: int = 0
    offer: int = 0
    offered: str | None = None
    until: int | None = None


class QueueMachine(RuleBasedStateMachine):
    """Opens, claims, loses and closes tickets at random; old tokens are tried all the time."""

    client: redis.Redis

    @initialize()
    def begin(self) -> None:
        """Start from an empty store."""
        self.client.flushall()
        self.queue = TicketQueue(self.client, lease_ms=LEASE)
        self.offers = Offers(self.client)
        self.tickets: dict[str, Expected] = {}
        self.tokens: list[tuple[str, int]] = [("c0#1", 0), ("nobody#1", 1)]
        self.now, self.ops, self.highest = START, 0, 0

    @rule(name=NAMES, due=st.integers(1, 400), skill=NEEDED, priority=PRIORITIES)
    def open(self, name: str, due: int, skill: str, priority: Priority) -> None:
        """Opening makes a ticket, or only presses more."""
        ticket = self.queue.open(
            name,
            conversation=name[:2],
            priority=priority,
            due_ms=START + due,
            created_ms=self.now,
            reasons=["complex"],
            skill=skill,
            now_ms=self.now,
        )
        mine = self.tickets.setdefault(name, Expected(START + due, skill))
        if mine.state in ("waiting", "claimed"):
            mine.due = min(mine.due, START + due)
        self._same(name, ticket)

    @rule(agent=AGENTS, skills=st.sets(SKILLS, max_size=2), again=st.booleans())
    def claim_next(self, agent: str, skills: set[str], again: bool) -> None:
        """The next ticket is the earliest due of the skills, of those the first opened.

        A retry is the same claim.
        """
        self.ops += 1
        ticket = self.queue.claim(agent, op=f"op{self.ops}", skills=sorted(skills), now_ms=self.now)
        waiting = [
            (one.due, opened, name)
            for opened, (name, one) in enumerate(self.tickets.items())
            if one.state == "waiting"
            and one.offered is None
            and (not skills or skills.issuperset(one.skill.split("+")))
        ]
        assert (ticket.id if ticket else None) == (min(waiting)[2] if waiting else None)
        if ticket:
            self._claimed(ticket, agent)
            if again:
                assert self.queue.claim(agent, op=f"op{self.ops}", now_ms=self.now) == ticket

    @rule(
        agent=AGENTS,
        have=HAVE,
        duty=st.none() | st.lists(HAVE, max_size=2).map(tuple),
        after=st.none() | st.integers(0, 200),
    )
    def claim_within_reach(
        self, agent: str, have: tuple[str, ...], duty: tuple[tuple[str, ...], ...] | None,
        after: int | None,
    ) -> None:  # fmt: skip
        """Whom nobody here can serve, and who waits too long, anyone may take; due first first."""
        self.ops += 1
        reach = Reach(have, after, duty)
        within = [
            (one.due, opened, name)
            for opened, (name, one) in enumerate(self.tickets.items())
            if one.state == "waiting" and one.offered is None and self._within(one, reach)
        ]
        front = self.offers.front(reach, 3, now_ms=self.now)
        assert [ticket.id for ticket in front][:3] == [name for _, _, name in sorted(within)[:3]]
        ticket = self.queue.claim(agent, op=f"op{self.ops}", reach=reach, now_ms=self.now)
        assert (ticket.id if ticket else None) == (min(within)[2] if within else None)
        if ticket:
            self._claimed(ticket, agent)

    def _within(self, one: Expected, reach: Reach) -> bool:
        def covers(have: tuple[str, ...]) -> bool:
            return not have or set(have).issuperset(one.skill.split("+"))

        late = reach.anyone_after_ms is not None and one.due + reach.anyone_after_ms < self.now
        alone = bool(reach.on_duty) and not any(covers(other) for other in reach.on_duty or ())
        return covers(reach.skills) or late or alone

    @rule(agent=AGENTS, name=NAMES)
    def hold_out(self, agent: str, name: str) -> None:
        """A waiting ticket is offered to one agent, who is offered nothing else."""
        mine = self.tickets.get(name)
        has = [one for one, other in self.tickets.items() if other.offered == agent]
        call = lambda: self.offers.offer(  # noqa: E731 - tried in two ways below
            name, agent, for_ms=OFFER, now_ms=self.now
        )
        if mine is None or mine.state in ("resolved", "cancelled"):
            with pytest.raises(TicketGone):
                call()
        elif mine.state == "claimed" or mine.offered not in (None, agent):
            with pytest.raises(TicketTaken):
                call()
        elif mine.offered is None and has:
            assert call() is None
        else:
            ticket = call()
            assert ticket is not None
            if mine.offered is None:
                assert ticket.offer > self.highest
                self.highest, mine.offer = ticket.offer, ticket.offer
                mine.offered, mine.until = agent, self.now + OFFER
            self._same(name, ticket)

    @precondition(lambda self: any(one.offer for one in self.tickets.values()))
    @rule(data=st.data(), other=AGENTS, old=st.booleans(), take=st.booleans())
    def answer_offer(self, data: st.DataObject, other: str, old: bool, take: bool) -> None:
        """Only whose offer it is can take it, in time; or decline it, once or twice."""
        offered = [one for one, ticket in self.tickets.items() if ticket.offer]
        name = data.draw(st.sampled_from(offered))
        mine = self.tickets[name]
        agent = data.draw(st.sampled_from([mine.offered or other, mine.offered or other, other]))
        number = mine.offer - int(old)
        theirs = mine.offered == agent and mine.offer == number
        self.ops += 1
        if take:
            call = lambda: self.queue.claim(  # noqa: E731 - tried in two ways below
                agent, op=f"op{self.ops}", ticket_id=name, offer=number, now_ms=self.now
            )
            if theirs and (mine.until or 0) >= self.now:
                ticket = call()
                assert ticket is not None
                assert call() == ticket
                self._claimed(ticket, agent)
            else:
                with pytest.raises((OfferGone, TicketGone, TicketTaken)):
                    call()
        elif theirs:
            self._passed(self.offers.decline(name, agent, number, now_ms=self.now), agent)
            assert self.offers.decline(name, agent, number, now_ms=self.now) is None
        else:
            ended = mine.state == "waiting" and mine.offered is None
            if ended and mine.offer == number:
                assert self.offers.decline(name, agent, number, now_ms=self.now) is None
            else:
                with pytest.raises(OfferGone):
                    self.offers.decline(name, agent, number, now_ms=self.now)

    @rule(late=st.booleans())
    def lapse(self, late: bool) -> None:
        """Exactly the offers whose time is over end; the tickets stand where they stood."""
        self.now += (OFFER + 1) * late
        ended = {one: mine.offered for one, mine in self.tickets.items() if mine.offered
                 and (mine.until or 0) < self.now}  # fmt: skip
        found = self.offers.lapse(self.now)
        assert {passed.ticket.id: passed.agent for passed in found} == ended
        for passed in found:
            self._passed(passed, passed.agent)

    def _passed(self, passed: Passed | None, agent: str) -> None:
        assert passed is not None
        mine = self.tickets[passed.ticket.id]
        mine.offered, mine.until = None, None
        assert (passed.agent, passed.ticket.passed[-1]) == (agent, (agent, self.now))
        self._same(passed.ticket.id, passed.ticket)

    @rule(agent=AGENTS, name=NAMES)
    def claim_named(self, agent: str, name: str) -> None:
        """A named ticket is given only while it waits."""
        self.ops += 1
        state = self.tickets[name].state if name in self.tickets else "none"
        call = lambda: self.queue.claim(  # noqa: E731 - tried in two ways below
            agent, op=f"op{self.ops}", ticket_id=name, now_ms=self.now
        )
        if state == "waiting":
            ticket = call()
            assert ticket is not None
            self._claimed(ticket, agent)
        else:
            with pytest.raises(TicketTaken if state == "claimed" else TicketGone):
                call()

    @precondition(lambda self: self.tokens)
    @rule(data=st.data(), act=st.sampled_from(["heartbeat", "release", "transfer", "resolve"]))
    def act(self, data: st.DataObject, act: str) -> None:
        """Any token ever given works only for its holder, and else changes nothing."""
        name, token = data.draw(st.sampled_from(self.tokens))
        mine = self.tickets.get(name)
        self.ops += 1
        op = f"op{self.ops}"
        calls: dict[str, Callable[[], Ticket]] = {
            "heartbeat": lambda: self.queue.heartbeat(name, token, now_ms=self.now),
            "release": lambda: self.queue.release(name, token, now_ms=self.now),
            "transfer": lambda: self.queue.transfer(name, token, "dan", op, now_ms=self.now),
            "resolve": lambda: self.queue.resolve(name, token, "solved", now_ms=self.now),
        }
        if mine and mine.state == "claimed" and mine.token == token:
            self._done(name, act, calls[act]())
            return
        before = self.queue.get(name)
        try:
            calls[act]()
        except (StaleToken, TicketGone):
            pass
        else:
            closed = act == "resolve" and mine is not None and mine.state == "resolved"
            idle = act == "release" and mine is not None and mine.state == "waiting"
            assert mine is not None
            assert mine.token == token
            assert closed or idle
        assert self.queue.get(name) == before

    @rule(name=NAMES)
    def cancel(self, name: str) -> None:
        """Only a waiting ticket can be cancelled."""
        mine = self.tickets.get(name)
        cancelled = self.queue.cancel(name, "withdrawn", now_ms=self.now)
        assert cancelled == (mine is not None and mine.state in ("waiting", "cancelled"))
        if mine and cancelled:
            mine.state, mine.offered, mine.until = "cancelled", None, None

    @rule(step=st.integers(0, 2 * LEASE))
    def time_passes(self, step: int) -> None:
        """Time goes on; leases may end."""
        self.now += step

    @rule()
    def reap(self) -> None:
        """Exactly the tickets whose lease ended go back, with their due time."""
        ended = {
            name
            for name, one in self.tickets.items()
            if one.state == "claimed" and one.lease < self.now
        }
        back = self.queue.reap(self.now)
        assert {ticket.id for ticket in back} == ended
        for ticket in back:
            mine = self.tickets[ticket.id]
            mine.state, mine.agent, mine.expiries = "waiting", None, mine.expiries + 1
            self._same(ticket.id, ticket)

    @invariant()
    def nothing_is_broken(self) -> None:
        """The audit is clean and every ticket is as the model has it."""
        if not hasattr(self, "queue"):
            return
        assert self.queue.audit() == []
        for name in self.tickets:
            found = self.queue.get(name)
            assert found is not None
            self._same(name, found)

    def _claimed(self, ticket: Ticket, agent: str) -> None:
        assert ticket.token > self.highest
        self.highest = ticket.token
        self.tokens.append((ticket.id, ticket.token))
        mine = self.tickets[ticket.id]
        mine.state, mine.agent, mine.token = "claimed", agent, ticket.token
        mine.offered, mine.until = None, None
        mine.lease = self.now + LEASE
        self._same(ticket.id, ticket)

    def _done(self, name: str, act: str, ticket: Ticket) -> None:
        mine = self.tickets[name]
        if act == "transfer":
            self._claimed(ticket, "dan")
        elif act == "release":
            mine.state, mine.agent = "waiting", None
        elif act == "resolve":
            mine.state = "resolved"
        else:
            mine.lease = max(mine.lease, self.now + LEASE)
        self._same(name, ticket)

    def _same(self, name: str, ticket: Ticket) -> None:
        mine = self.tickets[name]
        assert (ticket.state, ticket.due_ms, ticket.agent, ticket.token) == (
            mine.state,
            mine.due,
            mine.agent,
            mine.token,
        )
        assert (ticket.skill, ticket.expiries) == (mine.skill, mine.expiries)
        assert (ticket.offered_to, ticket.offer, ticket.offer_until_ms) == (
            mine.offered,
            mine.offer,
            mine.until,
        )
        if mine.state == "claimed":
            assert ticket.lease_until_ms == mine.lease


@pytest.fixture
def machine(each_store: redis.Redis) -> type[QueueMachine]:
    """Give the machine on this Redis."""
    return type("Machine", (QueueMachine,), {"client": each_store})


def test_no_order_of_calls_breaks_the_queue(machine: type[QueueMachine]) -> None:
    """I1 to I7 hold after every step of any story, on Redis 6.2 and on the newest."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
