"""One queue twice, on Redis and as the model of it: each call made on both, all compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import redis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from escalation import keys
from escalation.errors import AgentFull, EscalationError, StoreUnavailable, TicketTaken
from escalation.offers import AgentRow, Offers, _agent
from escalation.queue import TicketQueue, _event
from escalation.ticket import QueueEvent, Ticket
from tests.escalation.queue_model import Event, QueueModel

START = 1_800_000_000_000
LEASE = 1000
OFFER = 300
WHO = ["ana", "ben", "cleo"]
ALL = [f"c{number}#1" for number in range(5)]
NAMES = st.sampled_from(ALL)
NEEDED = st.sampled_from(["general", "wholesale", "es", "es+wholesale"])


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


class PairMachine(RuleBasedStateMachine):
    """The two side by side; rules are for who inherits."""

    client: redis.Redis
    steps = 0
    spoil: Callable[[Both], None] | None = None

    @initialize(opened=st.lists(st.tuples(NAMES, NEEDED), min_size=2, max_size=6))
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

    @invariant()
    def everything_is_as_the_model_has_it(self) -> None:
        """Rows, places, agents and events agree, and the audit finds nothing."""
        if hasattr(self, "model"):
            type(self).steps += 1
            self._compare()

    def _compare(self) -> None:
        assert self.real.queue.audit() == []
        pipe = self.client.pipeline(transaction=False)
        pipe.hgetall(keys.tickets())
        pipe.zrange(keys.waiting(), 0, -1)
        pipe.zrange(keys.leases(), 0, -1)
        pipe.zrange(keys.closed(), 0, -1, withscores=True)
        pipe.hmget(keys.agents(), WHO)
        pipe.xrange(keys.events(), min=f"({self.seen}", max="+")
        rows, waiting, claimed, closed, agents, events = pipe.execute()
        assert {name: Ticket.from_json(row) for name, row in rows.items()} == self.model.rows
        assert waiting == [one.id for one in self.model.waiting()]
        assert claimed == [one.id for one in self.model.claimed()]
        ended = {name: row.closed_ms for name, row in self.model.rows.items() if not row.is_open}
        assert dict(closed) == ended
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

    def _most(self, agent: str, room: int | None) -> int:
        return 0 if room is None else max(0, self.model.agents([agent])[agent].load + room)

    def _older(self, data: st.DataObject, row: Ticket) -> int:
        given = [token for name, token in self.model.given if name == row.id]
        return data.draw(st.sampled_from([0, row.token - 1, row.token + 1, *given[:-1][-3:]]))

    def _is_held(self, name: str) -> bool:
        return name in self.model.rows and self.model.rows[name].state == "claimed"

    def _not_held(self) -> list[Ticket]:
        return [one for one in self.model.rows.values() if one.state != "claimed"]

    def _free(self, data: st.DataObject) -> str:
        """Give a ticket that waits and nobody is offered; one is opened where there is none."""
        free = [one.id for one in self.model.waiting() if not one.offered_to]
        if free:
            return data.draw(st.sampled_from(free))
        busy = {one.id for one in self.model.rows.values() if one.is_open}
        name = next((one for one in ALL if one not in busy), ALL[0])
        self._same(lambda one: one.erase(name))
        self._open(name, due_ms=START, skill="general", priority="normal", reasons=[])
        return name

    def _offered(self, data: st.DataObject, agent: str) -> Ticket:
        """Give a ticket whose offer stands; one is held out where there is none."""
        standing = [one for one in self.model.waiting() if one.offered_to]
        if standing:
            return data.draw(st.sampled_from(standing))
        name = self._free(data)
        self._same(lambda one: one.offer(name, agent, for_ms=OFFER, most=0, now_ms=self.now))
        return self.model.rows[name]

    def _wrongly(self, row: Ticket, other: str) -> None:
        """Try on an offer what it is not for."""
        mine, now = row.offered_to or "", {"now_ms": self.now}
        late = {"now_ms": (row.offer_until_ms or 0) + 1}
        for agent, number, when in (
            (mine, row.offer - 1, now), (other, row.offer, now), (mine, row.offer, late)
        ):  # fmt: skip
            told = {"op": self._op(), "ticket_id": row.id, "offer": number, **when}
            self._same(lambda one: one.claim(agent, **told))  # noqa: B023
        for agent, number in ((mine, row.offer - 1), (other, row.offer)):
            self._same(lambda one: one.decline(row.id, agent, number, **now))  # noqa: B023
        self._same(lambda one: one.offer(row.id, other, for_ms=OFFER, most=0, **now))
        for free in [one.id for one in self.model.waiting() if not one.offered_to][:1]:
            self._same(lambda one: one.offer(free, mine, for_ms=OFFER, most=0, **now))  # noqa: B023

    def _stays_shut(self, name: str) -> None:
        """Try on a closed ticket what only open ones are for."""
        row, who, now = self.model.rows.get(name), WHO[0], {"now_ms": self.now}
        if row and not row.is_open:
            self._claim(agent=who, ticket_id=name)
            self._same(lambda one: one.offer(name, who, for_ms=OFFER, most=0, **now))
            self._same(lambda one: one.weigh(name, 0.5, row.weight_ms + 1, abusive=True))
            self._open(name, due_ms=row.due_ms - 1, skill=row.skill, priority="urgent", reasons=[])

    def _line(self, row: Ticket) -> str:
        return f"{row.skill}|{row.due_ms:016d}|{self.model.order[row.id]:04d}|{row.id}"

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
