"""Any order of calls on the queue, each made on Redis and on the model of it, and compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import redis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from escalation import keys
from escalation.errors import AgentFull, EscalationError, StoreUnavailable, TicketTaken
from escalation.offers import AgentRow, Offers, _agent
from escalation.queue import TicketQueue, _event
from escalation.queue_store import Reach
from escalation.ticket import QueueEvent, Ticket
from tests.escalation.queue_model import Event, QueueModel

START = 1_800_000_000_000
LEASE = 1000
OFFER = 300
WHO = ["ana", "ben", "cleo"]
ALL = [f"c{number}#1" for number in range(5)]
NAMES = st.sampled_from(ALL)
AGENTS = st.sampled_from(WHO)
NEEDED = st.sampled_from(["general", "wholesale", "es", "es+wholesale"])
HAVE = st.sets(st.sampled_from(["general", "wholesale", "es"]), max_size=3).map(sorted).map(tuple)
REACH = st.builds(
    Reach, HAVE, st.none() | st.integers(0, 200), st.none() | st.lists(HAVE, max_size=2).map(tuple)
)
PRIORITIES = st.sampled_from(["urgent", "high", "normal"])
REASONS = st.lists(st.sampled_from(["complex", "asked", "angry"]), unique=True, max_size=2)
ACTS = st.sampled_from(["heartbeat", "release", "transfer", "resolve"])


class Both:
    """Queue and offers of one Redis, under the names of the model's methods."""

    def __init__(self, client: redis.Redis) -> None:
        self.queue, self.offers = TicketQueue(client, lease_ms=LEASE), Offers(client)

    def __getattr__(self, name: str) -> Any:
        """Give a method of whichever has it."""
        return getattr(self.queue if hasattr(self.queue, name) else self.offers, name)

    def scripts(self) -> dict[str, Any]:
        """Give every script by its name."""
        return {**self.queue._store._scripts, **self.offers._store._scripts}


class QueueMachine(RuleBasedStateMachine):
    """Every operation at any moment, with old tokens, repeated calls and a clock that jumps."""

    client: redis.Redis
    steps = 0
    spoil: Callable[[Both], None] | None = None

    @initialize(opened=st.lists(st.tuples(NAMES, NEEDED), max_size=6))
    def begin(self, opened: list[tuple[str, str]]) -> None:
        """Start from an empty store, in which some tickets are opened at once."""
        self.client.flushall()
        self.real, self.model = Both(self.client), QueueModel(LEASE)
        if self.spoil is not None:
            type(self).spoil(self.real)  # type: ignore[misc]
        self.now, self.ops, self.seen = START, 0, "0"
        self.claims: list[tuple[dict[str, Any], Ticket]] = []
        self.moves: list[tuple[str, int, str, str]] = []
        for place, (name, skill) in enumerate(opened):
            self._open(name, due_ms=START + place % 3, skill=skill, priority="normal", reasons=[])

    @rule(
        name=NAMES, due=st.integers(1, 400), skill=NEEDED, priority=PRIORITIES, reasons=REASONS,
        weight=st.sampled_from([0.0, 0.25, 0.5]), weighed=st.integers(0, 3), abusive=st.booleans(),
    )  # fmt: skip
    def open(  # noqa: PLR0917 - what hypothesis draws
        self, name: str, due: int, skill: str, priority: Any, reasons: list[str], weight: float,
        weighed: int, abusive: bool,
    ) -> None:  # fmt: skip
        """A ticket opens, or presses more."""
        self._open(
            name, due_ms=START + due, skill=skill, priority=priority, reasons=reasons,
            weight=weight, weight_ms=weighed, abusive=abusive,
        )  # fmt: skip

    @rule(
        data=st.data(), weight=st.sampled_from([0.0, 0.25, 0.5]), at=st.integers(-1, 2),
        abusive=st.booleans(),
    )  # fmt: skip
    def weigh(self, data: st.DataObject, weight: float, at: int, abusive: bool) -> None:
        """A later weight counts, an older or equal one changes nothing."""
        row = self._aimed(data, list(self.model.rows.values()))
        known = self.model.rows.get(row)
        weighed = at + (known.weight_ms if known else 0)
        self._same(lambda one: one.weigh(row, weight, weighed, abusive=abusive))

    @rule(agent=AGENTS, reach=REACH, most=st.integers(0, 2))
    def claim_next(self, agent: str, reach: Reach, most: int) -> None:
        """The next ticket is the due first within reach, and the front tells so before."""
        self._same(lambda one: one.front(reach, 3, now_ms=self.now))
        self._claim(agent=agent, reach=reach, most=most)

    @rule(agent=AGENTS)
    def claim_any(self, agent: str) -> None:
        """Who has every skill gets the one due first of all."""
        self._claim(agent=agent, reach=Reach())

    @rule(data=st.data(), agent=AGENTS, most=st.integers(0, 2))
    def claim_named(self, data: st.DataObject, agent: str, most: int) -> None:
        """A named ticket is given only while it waits, and to who has room for it."""
        self._claim(agent=agent, ticket_id=self._aimed(data, self.model.waiting()), most=most)

    @rule(data=st.data(), back=st.integers(0, 2))
    def accept(self, data: st.DataObject, back: int) -> None:
        """An offer is taken by whose it is, in time, or not at all."""
        name, agent, number = self._offered(data, back)
        self._claim(agent=agent, ticket_id=name, offer=number)

    @rule(data=st.data())
    def claim_again(self, data: st.DataObject) -> None:
        """The same claim again gives the same ticket and token, or says that it has ended."""
        if self.claims:
            taken = [self.model.rows.get(ticket.id) for _, ticket in self.claims]
            passed_on = [
                one for one, row in zip(self.claims, taken, strict=True)
                if row and row.state == "claimed" and row.token != one[1].token
            ]  # fmt: skip
            call, _ = data.draw(st.sampled_from(passed_on[-2:] + self.claims[-5:]))
            self._same(lambda one: one.claim(**call, now_ms=self.now))

    @rule(data=st.data(), act=ACTS, to=AGENTS, lease=st.none() | st.integers(1, 3 * LEASE))
    def holder_acts(self, data: st.DataObject, act: str, to: str, lease: int | None) -> None:
        """Who holds a ticket keeps it, gives it back or on, or closes it."""
        held = [(one.id, one.token) for one in self.model.claimed()]
        if held:
            self._act(act, data.draw(st.sampled_from(held)), to, lease)

    @rule(data=st.data(), act=ACTS, to=AGENTS, lease=st.none() | st.integers(1, 3 * LEASE))
    def anybody_acts(self, data: st.DataObject, act: str, to: str, lease: int | None) -> None:
        """Any token ever given works only for its holder, and else changes nothing."""
        known = [("c0#1", 0), ("nobody#1", 1), *self.model.given]
        self._act(act, data.draw(st.sampled_from(known)), to, lease)

    def _act(self, act: str, held: tuple[str, int], to: str, lease: int | None) -> None:
        now = {"now_ms": self.now}
        if act == "transfer":
            self.moves.append((*held, to, self._op()))
        calls: dict[str, Callable[[Any], object]] = {
            "heartbeat": lambda one: one.heartbeat(*held, lease_ms=lease, **now),
            "release": lambda one: one.release(*held, **now),
            "transfer": lambda one: one.transfer(*self.moves[-1], **now),
            "resolve": lambda one: one.resolve(*held, f"solved by {to}", **now),
        }
        self._same(calls[act])

    @rule(data=st.data())
    def transfer_again(self, data: st.DataObject) -> None:
        """The same transfer again gives the same answer, or says that it has ended."""
        if self.moves:
            call = data.draw(st.sampled_from(self.moves[-4:]))
            self._same(lambda one: one.transfer(*call, now_ms=self.now))

    @rule(data=st.data(), why=st.sampled_from(["withdrawn", "erased"]))
    def cancel(self, data: st.DataObject, why: str) -> None:
        """Only a waiting ticket can be cancelled."""
        name = self._aimed(data, self.model.waiting())
        self._same(lambda one: one.cancel(name, why, now_ms=self.now))

    @rule(data=st.data(), agent=AGENTS, most=st.integers(0, 2))
    def hold_out(self, data: st.DataObject, agent: str, most: int) -> None:
        """A waiting ticket is offered to one agent, who is offered nothing else."""
        name = self._aimed(data, self.model.waiting())
        self._same(lambda one: one.offer(name, agent, for_ms=OFFER, most=most, now_ms=self.now))

    @rule(data=st.data(), back=st.integers(0, 2))
    def decline(self, data: st.DataObject, back: int) -> None:
        """An offer is declined by whose it is, once or twice."""
        name, agent, number = self._offered(data, back)
        self._same(lambda one: one.decline(name, agent, number, now_ms=self.now))

    @rule(
        data=st.data(), agent=AGENTS, wait=st.integers(0, 2 * OFFER), back=st.integers(0, 2),
        take=st.booleans(),
    )  # fmt: skip
    def hold_out_and_answer(
        self, data: st.DataObject, agent: str, wait: int, back: int, take: bool
    ) -> None:
        """An offer and its answer, in time or late, by its number or an older one."""
        name = self._aimed(data, [one for one in self.model.waiting() if not one.offered_to])
        self._same(lambda one: one.offer(name, agent, for_ms=OFFER, most=0, now_ms=self.now))
        self.now += wait
        row = self.model.rows.get(name)
        number = max(1, row.offer - back // 2) if row else 1
        if take:
            self._claim(agent=agent, ticket_id=name, offer=number)
        else:
            self._same(lambda one: one.decline(name, agent, number, now_ms=self.now))

    @rule()
    def lapse(self) -> None:
        """Exactly the offers whose time is over end."""
        self._same(lambda one: one.lapse(self.now))

    @rule(agent=AGENTS)
    def forgive(self, agent: str) -> None:
        """Passes are counted from nothing again."""
        self._same(lambda one: one.forgive(agent))

    @rule(step=st.integers(-LEASE, 2 * LEASE) | st.integers(0, OFFER))
    def time_passes(self, step: int) -> None:
        """The clock goes on, or jumps, forward or back."""
        self.now += step

    @rule()
    def reap(self) -> None:
        """Exactly the tickets whose lease has ended go back, with their due time."""
        self._same(lambda one: one.reap(self.now))

    @rule(data=st.data(), agent=AGENTS, times=st.integers(1, 3), early=st.integers(0, 60))
    def lose(self, data: st.DataObject, agent: str, times: int, early: int) -> None:
        """One ticket is taken and lost again, some times; just before the end nothing is lost."""
        name = self._aimed(data, self.model.waiting())
        for _ in range(times):
            self._claim(agent=agent, ticket_id=name)
            self.now += LEASE - early
            self._same(lambda one: one.reap(self.now))
            self.now += early + 1
            self._same(lambda one: one.reap(self.now))

    @rule()
    def offers_end(self) -> None:
        """Just before an offer's time is over nothing lapses, just after it does."""
        standing = [one.offer_until_ms or 0 for one in self.model.waiting() if one.offered_to]
        for until in standing[:1]:
            for self.now in (until - 50, until + 1):
                self._same(lambda one: one.lapse(self.now))

    @rule(name=NAMES, seldom=st.integers(0, 5))
    def erase(self, name: str, seldom: int) -> None:
        """A ticket is erased with its events, whatever its state."""
        if not seldom:
            self._same(lambda one: one.erase(name))

    @rule(back=st.integers(0, LEASE), seldom=st.integers(0, 3))
    def purge(self, back: int, seldom: int) -> None:
        """Closed tickets go after their time."""
        if not seldom:
            self._same(lambda one: one.purge(self.now - back))

    @invariant()
    def everything_is_as_the_model_has_it(self) -> None:
        """Rows, places, agents and events agree, and the audit finds nothing."""
        if not hasattr(self, "model"):
            return
        type(self).steps += 1
        assert self.real.queue.audit() == []
        pipe = self.client.pipeline(transaction=False)
        pipe.hgetall(keys.tickets())
        pipe.zrange(keys.waiting(), 0, -1)
        pipe.zrange(keys.leases(), 0, -1)
        pipe.hmget(keys.agents(), WHO)
        pipe.xrange(keys.events(), min=f"({self.seen}", max="+")
        rows, waiting, claimed, agents, events = pipe.execute()
        assert {name: Ticket.from_json(row) for name, row in rows.items()} == self.model.rows
        assert waiting == [one.id for one in self.model.waiting()]
        assert claimed == [one.id for one in self.model.claimed()]
        known = [_agent(json.loads(row)) if row else AgentRow() for row in agents]
        assert dict(zip(WHO, known, strict=True)) == self.model.agents(WHO)
        assert [_told(_event(*one)) for one in events] == self.model.events
        self.seen = events[-1][0] if events else self.seen
        self.model.events = []

    def _open(self, name: str, **call: Any) -> None:
        told = {"conversation": name[:2], "created_ms": START - 7, "now_ms": self.now}
        self._same(lambda one: one.open(name, **told, **call))

    def _claim(self, **call: Any) -> None:
        call["op"] = self._op()
        ticket = self._same(lambda one: one.claim(**call, now_ms=self.now))
        if isinstance(ticket, Ticket):
            self.claims.append((call, ticket))

    def _aimed(self, data: st.DataObject, good: Sequence[Ticket]) -> str:
        """Give the name of one of these, or now and then of any ticket, even one never opened."""
        names = [one.id for one in good]
        return data.draw(st.sampled_from(names * 2 + ALL) if names else NAMES)

    def _offered(self, data: st.DataObject, back: int) -> tuple[str, str, int]:
        """Give an offer of now, sometimes with an older number, or by somebody else's name."""
        rows = [one for one in self.model.rows.values() if one.offer]
        standing = [(one.id, one.offered_to, one.offer) for one in rows if one.offered_to]
        ended = [(one.id, who, one.offer) for one in rows for who in WHO]
        name, agent, number = data.draw(
            st.sampled_from(standing * 4 + ended) if ended else st.just((ALL[0], WHO[0], 1))
        )
        return name, agent or "", max(1, number - back // 2)

    def _op(self) -> str:
        self.ops += 1
        return f"op{self.ops}"

    def _same(self, call: Callable[[Any], object]) -> object:
        """Make one call on both, compare what came of it, and give that."""
        wanted = _outcome(call, self.model)
        assert _outcome(call, self.real) == wanted
        return wanted


def _told(one: QueueEvent) -> Event:
    return (one.kind, one.ticket, one.conversation, one.agent, one.token, one.at_ms, one.detail)


def _outcome(call: Callable[[Any], object], one: object) -> object:
    try:
        return call(one)
    except StoreUnavailable:
        raise
    except EscalationError as error:
        more = {TicketTaken: "agent", AgentFull: "load"}.get(type(error))
        return type(error), more and getattr(error, more)


def run_settings(examples: int, steps: int, *, shrink: bool = True) -> settings:
    """Give settings for so many stories of at most so many steps; nothing is kept between runs."""
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
