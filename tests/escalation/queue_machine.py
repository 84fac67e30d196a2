"""Any order of calls on the queue, aimed at where it may break: ends, old tokens, repeats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from escalation import keys
from escalation.queue_store import Reach
from escalation.ticket import Ticket
from tests.escalation.queue_pair import LEASE, NAMES, NEEDED, OFFER, START, WHO, PairMachine

AGENTS = st.sampled_from(WHO)
HAVE = st.sets(st.sampled_from(["general", "wholesale", "es"]), max_size=3).map(sorted).map(tuple)
SOME = HAVE.filter(bool)
"""Skills of who has not all: with one such agent on duty, some tickets nobody there can do."""
REACH = st.builds(
    Reach, HAVE, st.none() | st.integers(0, 200), st.none() | st.lists(HAVE, max_size=2).map(tuple)
) | st.builds(Reach, SOME, st.none(), SOME.map(lambda one: (one,)))
PRIORITIES = st.sampled_from(["urgent", "high", "normal"])
REASONS = st.lists(st.sampled_from(["complex", "asked", "angry"]), unique=True, max_size=2)
WEIGHTS = st.sampled_from([0.0, 0.25, 0.5])
ROOM = st.sampled_from([None, -1, 0, 1])
"""How many an agent takes at most, counted from what they hold; None: any number."""
MOMENT = st.sampled_from([None, None, -60, -1, 0, 1])
"""When something happens, in ms after the end of a lease or an offer; None: now."""
ANSWERS = st.sampled_from(
    ["accept", "accept", "decline", "decline", "take", "again", "next", "press", "weigh",
     "cancel", "erase", "lapse"]
)  # fmt: skip
ACTS = st.sampled_from(
    ["heartbeat", "heartbeat", "release", "transfer", "resolve", "resolve", "press", "weigh",
     "cancel", "erase", "offer", "take", "reap"]
)  # fmt: skip
FENCED = {"heartbeat", "release", "transfer", "resolve"}


class QueueMachine(PairMachine):
    """Every operation at any moment, with old tokens, repeated calls and a clock that jumps."""

    @rule(
        name=NAMES, due=st.integers(1, 400), skill=NEEDED, priority=PRIORITIES, reasons=REASONS,
        weight=WEIGHTS, weighed=st.integers(0, 3), abusive=st.booleans(),
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

    @rule(agent=AGENTS, reach=REACH, few=st.integers(1, 3), room=ROOM)
    def claim_next(self, agent: str, reach: Reach, few: int, room: int | None) -> None:
        """The next ticket is the due first within reach, and the front tells so before."""
        self._same(lambda one: one.front(reach, few, now_ms=self.now))
        self._claim(agent=agent, reach=reach, most=self._most(agent, room))

    @rule(data=st.data(), agent=AGENTS, have=HAVE, early=st.integers(-1, 1))
    def claim_late(self, data: st.DataObject, agent: str, have: Any, early: int) -> None:
        """Past its time a ticket is anyone's, and not before."""
        row = self.model.rows[self._free(data)]
        after = max(0, self.now - row.due_ms + early)
        self._claim(agent=agent, reach=Reach(have or ("none",), after))

    @rule(data=st.data(), agent=AGENTS, room=ROOM)
    def claim_named(self, data: st.DataObject, agent: str, room: int | None) -> None:
        """A named ticket is given only while it waits, and to who has room for it."""
        name = self._aimed(data, self._not_held())
        self._claim(agent=agent, ticket_id=name, most=self._most(agent, room))

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def claim_again(self, data: st.DataObject) -> None:
        """The same claim again gives the same ticket and token, or says that it has ended."""
        passed_on = [
            (call, ticket) for call, ticket in self.claims
            if self._is_held(ticket.id) and self.model.rows[ticket.id].token != ticket.token
        ]  # fmt: skip
        call, _ = data.draw(st.sampled_from(passed_on[-2:] * 4 + self.claims[-16:]))
        self._same(lambda one: one.claim(**call, now_ms=self.now))

    @rule(data=st.data(), agent=AGENTS, times=st.sampled_from([1, 1, 2, 2, 9, 17]))
    def take_and_give_back(self, data: st.DataObject, agent: str, times: int) -> None:
        """Of what an agent took, and by which call, the last are known and no more."""
        name = self._free(data)
        for _ in range(times):
            self._claim(agent=agent, ticket_id=name)
            token = self.model.rows[name].token
            self._same(lambda one: one.release(name, token, now_ms=self.now))  # noqa: B023

    @precondition(lambda self: self.model.claimed())
    @rule(
        data=st.data(), act=ACTS, moment=MOMENT, to=AGENTS,
        lease=st.sampled_from([None, 1, LEASE, 3 * LEASE]), more=st.integers(0, 3),
    )  # fmt: skip
    def holder_acts(
        self, data: st.DataObject, act: str, moment: int | None, to: str,
        lease: int | None, more: int,
    ) -> None:  # fmt: skip
        """Near its end or long before, a lease is kept, given back or on, or tried by others."""
        row = data.draw(st.sampled_from(self.model.claimed()))
        if moment is not None:
            self.now = (row.lease_until_ms or 0) + moment
        if act not in FENCED:
            self._on(row, act, to, more)
            return
        self._hold_wrongly(row, self._older(data, row), to)
        left = max(2, (row.lease_until_ms or 0) - self.now)
        for longer in (left - 1, left + more):
            self._act("heartbeat", (row.id, row.token), (to, ""), longer)
        self._compare()
        token = row.token
        op = self.model.op[row.id] if more == 1 else self._op()
        self._act(act, (row.id, token), (to, op), lease)
        if more > 1:
            self._act(act, (row.id, token), (to, op), lease)
        if act == "resolve":
            self._stays_shut(row.id)
        self._same(lambda one: one.reap(self.now))
        if more == 3:
            for call in [call for call, held in self.claims if held.id == row.id][-1:]:
                self._same(lambda one: one.claim(**call, now_ms=self.now))  # noqa: B023
            self._claim(agent=to, ticket_id=row.id)

    @rule(data=st.data(), act=st.sampled_from(sorted(FENCED)), to=AGENTS)
    def anybody_acts(self, data: st.DataObject, act: str, to: str) -> None:
        """Any token ever given works only for its holder, and else changes nothing."""
        known = [("c0#1", 0), ("nobody#1", 1), *self.model.given]
        self._act(act, data.draw(st.sampled_from(known)), (to, self._op()), None)

    @precondition(lambda self: self.moves)
    @rule(data=st.data())
    def transfer_again(self, data: st.DataObject) -> None:
        """The same transfer again gives the same answer, or says that it has ended."""
        call = data.draw(st.sampled_from(self.moves[-4:]))
        self._same(lambda one: one.transfer(*call, now_ms=self.now))

    @rule(data=st.data(), why=st.sampled_from(["withdrawn", "erased"]))
    def cancel(self, data: st.DataObject, why: str) -> None:
        """Only a waiting ticket can be cancelled, and again and again."""
        name = self._aimed(data, self._not_held())
        for _ in range(2):
            self._same(lambda one: one.cancel(name, why, now_ms=self.now))
        self._stays_shut(name)

    @rule(data=st.data(), weight=WEIGHTS, at=st.integers(-1, 2), abusive=st.booleans())
    def weigh(self, data: st.DataObject, weight: float, at: int, abusive: bool) -> None:
        """A later weight counts, an older or equal one changes nothing."""
        name = self._aimed(data, list(self.model.rows.values()))
        known = self.model.rows.get(name)
        weighed = at + (known.weight_ms if known else 0)
        self._same(lambda one: one.weigh(name, weight, weighed, abusive=abusive))

    @rule(data=st.data(), agent=AGENTS, room=ROOM)
    def hold_out(self, data: st.DataObject, agent: str, room: int | None) -> None:
        """A ticket is offered to one agent who has room, and is offered nothing else."""
        name, most = self._aimed(data, self._not_held()), self._most(agent, room)
        self._same(lambda one: one.offer(name, agent, for_ms=OFFER, most=most, now_ms=self.now))

    @rule(
        data=st.data(), answer=ANSWERS, moment=MOMENT, more=st.integers(0, 3), who=AGENTS
    )  # fmt: skip
    def answer(
        self, data: st.DataObject, answer: str, moment: int | None, more: int, who: str
    ) -> None:
        """What an offer is not for changes nothing, and then it is answered, early or late."""
        row = self._offered(data, who)
        if moment is not None:
            self.now = (row.offer_until_ms or 0) + moment
        agent = row.offered_to or ""
        self._wrongly(row, who if who != agent else WHO[WHO.index(who) - 1])
        if answer == "accept":
            self._claim(agent=agent, ticket_id=row.id, offer=row.offer)
        elif answer == "decline":
            for _ in range(2):
                self._same(lambda one: one.decline(row.id, agent, row.offer, now_ms=self.now))
        elif answer == "again":
            self._on(row, "offer", agent, more)
        else:
            self._on(row, answer, who, more)
        self._same(lambda one: one.of(agent, self.now))

    @rule(
        data=st.data(), agent=AGENTS, times=st.sampled_from([1, 1, 2, 2, 21]), ended=st.booleans()
    )
    def let_pass(self, data: st.DataObject, agent: str, times: int, ended: bool) -> None:
        """Offers that are not taken are counted, each when its time is over and not before."""
        for _ in range(times):
            row = self._offered(data, agent)
            if ended:
                end = row.offer_until_ms or 0
                for self.now in (end - 60, end, end + 1):
                    self._same(lambda one: one.lapse(self.now))
            else:
                told = (row.id, row.offered_to, row.offer)
                self._same(lambda one: one.decline(*told, now_ms=self.now))  # noqa: B023

    @rule(agent=AGENTS)
    def forgive(self, agent: str) -> None:
        """Passes are counted from nothing again."""
        self._same(lambda one: one.forgive(agent))

    @rule(step=st.integers(-LEASE, 2 * LEASE) | st.integers(0, OFFER))
    def time_passes(self, step: int) -> None:
        """The clock goes on, or jumps, forward or back; what has ended by then goes back."""
        self.now += step
        self._same(lambda one: one.reap(self.now))
        self._same(lambda one: one.lapse(self.now))

    @rule(data=st.data(), agent=AGENTS, times=st.sampled_from([1, 2, 3]))
    def lose(self, data: st.DataObject, agent: str, times: int) -> None:
        """One ticket is taken and lost again, some times; up to the end nothing is lost."""
        name = self._free(data)
        for _ in range(times):
            self._claim(agent=agent, ticket_id=name)
            end = self.now + LEASE
            for self.now in (end - 60, end, end + 1):
                self._same(lambda one: one.reap(self.now))

    @rule(name=NAMES, seldom=st.integers(0, 2))
    def erase(self, name: str, seldom: int) -> None:
        """A ticket is erased with its events, whatever its state."""
        if not seldom:
            self._same(lambda one: one.erase(name))

    @rule(data=st.data(), after=st.sampled_from([-50, 0, 1]))
    def purge(self, data: st.DataObject, after: int) -> None:
        """Closed tickets go after their time, and not before."""
        rows = [one for one in self.model.rows.values() if one.closed_ms]
        rows += [one for one in rows if one.state == "resolved"] * 2  # fewer, and gone sooner
        if rows:
            before = data.draw(st.sampled_from([one.closed_ms or 0 for one in rows])) + after
            self._same(lambda one: one.purge(before))

    @rule(data=st.data(), harm=st.sampled_from(["all", "one", "ghost", "place"]), agent=AGENTS)
    def older_version(self, data: st.DataObject, harm: str, agent: str) -> None:
        """What an older version left of lines and offers is put right before it is used."""
        row = (
            data.draw(st.sampled_from(list(self.model.rows.values()))) if self.model.rows else None
        )
        if harm == "all":
            self.client.delete(keys.lines(), keys.offers())
        elif row and harm == "one":
            self.client.zrem(keys.lines(), self._line(row))
            self.client.zrem(keys.offers(), row.id)
        elif row and row.state != "waiting":
            place = {keys.lines(): self._line(row), keys.waiting(): row.id}
            key = keys.lines() if harm == "ghost" else keys.waiting()
            self.client.zadd(key, {place[key]: 0})
        if data.draw(st.booleans()):
            self._same(lambda one: one.front(Reach(), 2, now_ms=self.now))
        else:
            self._same(lambda one: one.lapse(self.now))

    def _hold_wrongly(self, row: Ticket, old: int, to: str) -> None:
        """Try an old token, and hold out to who holds it more than they take."""
        for act in sorted(FENCED):
            self._act(act, (row.id, old), (to, self.model.op[row.id]), None)
        who, most, now = row.agent or "", self._most(row.agent or "", 0), {"now_ms": self.now}
        for free in [one.id for one in self.model.waiting() if not one.offered_to][:1]:
            self._same(lambda one: one.offer(free, who, for_ms=OFFER, most=most, **now))  # noqa: B023

    def _act(self, act: str, held: tuple[str, int], to: tuple[str, str], lease: int | None) -> None:
        now = {"now_ms": self.now}
        calls: dict[str, Callable[[Any], object]] = {
            "heartbeat": lambda one: one.heartbeat(*held, lease_ms=lease, **now),
            "release": lambda one: one.release(*held, **now),
            "transfer": lambda one: one.transfer(*held, *to, **now),
            "resolve": lambda one: one.resolve(*held, f"solved by {to[0]}", **now),
        }
        if isinstance(self._same(calls[act]), Ticket) and act == "transfer":
            self.moves.append((*held, *to))

    def _on(self, row: Ticket, act: str, agent: str, more: int) -> None:
        """Do to a ticket what needs no token."""
        now = {"now_ms": self.now}
        calls: dict[str, Callable[[Any], object]] = {
            "cancel": lambda one: one.cancel(row.id, "withdrawn", **now),
            "erase": lambda one: one.erase(row.id),
            "lapse": lambda one: one.lapse(self.now),
            "reap": lambda one: one.reap(self.now),
            "weigh": lambda one: one.weigh(row.id, 0.75, row.weight_ms + more, abusive=more == 1),
            "offer": lambda one: one.offer(row.id, agent, for_ms=OFFER, most=0, **now),
        }
        if act == "press":
            self._open(
                row.id, due_ms=row.due_ms - more // 2, skill=row.skill, priority=row.priority,
                reasons=["asked"] * (more == 1), weight=0.75, weight_ms=row.weight_ms + more,
            )  # fmt: skip
        elif act == "take":
            self._claim(agent=agent, ticket_id=row.id)
        elif act == "next":
            self._claim(agent=agent, reach=Reach())
        else:
            self._same(calls[act])
