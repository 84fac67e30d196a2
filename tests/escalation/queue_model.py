"""The queue as it should be, in plain Python: no Redis, no Lua, no clock; the same calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from escalation.errors import AgentFull, OfferGone, StaleToken, TicketGone, TicketTaken
from escalation.offers import AgentRow, Passed, Taken
from escalation.queue_store import Reach
from escalation.ticket import GENERAL, PRIORITIES, Priority, Ticket

OPS_KEPT = 16
TOOK_KEPT = 8
PASSES_KEPT = 20
STUCK_AFTER = 3

Event = tuple[str, str, str, str | None, int, int, str]
"""Kind, ticket, conversation, agent, token, time in ms, detail."""


@dataclass
class Agent:
    """What is known of an agent: tickets held, their last claims and takes, and passes."""

    load: int = 0
    passes: int = 0
    offer: str = ""
    took: list[Taken] = field(default_factory=list)
    ops: list[tuple[str, str, int]] = field(default_factory=list)


class QueueModel:
    """Tickets and agents in dictionaries; each method is one transition, or raises."""

    def __init__(self, lease_ms: int) -> None:
        self.lease_ms = lease_ms
        self.rows: dict[str, Ticket] = {}
        self.order: dict[str, int] = {}
        self.op: dict[str, str] = {}
        self.people: dict[str, Agent] = {}
        self.events: list[Event] = []
        self.given: list[tuple[str, int]] = []
        self.sequence = 0

    def open(
        self, ticket_id: str, *, conversation: str, priority: Priority, due_ms: int,
        created_ms: int, reasons: Sequence[str], skill: str = GENERAL, weight: float = 0.0,
        weight_ms: int = 0, abusive: bool = False, now_ms: int,
    ) -> Ticket:  # fmt: skip
        """A new ticket, or an open one that presses more."""
        row = self.rows.get(ticket_id)
        if row is None:
            self.order[ticket_id], self.op[ticket_id] = self._next(), ""
            row = Ticket(
                ticket_id, conversation, priority, skill, created_ms, due_ms, "waiting", None, 0,
                None, 0, False, tuple(reasons), None, None, None, weight, weight_ms, abusive,
            )  # fmt: skip
            self._note("opened", row, None, now_ms, priority)
            return self._keep(row)
        if not row.is_open:
            return row
        known = row.reasons + tuple(one for one in reasons if one not in row.reasons)
        pressing = min(priority, row.priority, key=PRIORITIES.index)
        raised = replace(row, due_ms=min(due_ms, row.due_ms), reasons=known, priority=pressing)
        made = self._weighed(raised, weight, weight_ms, abusive=abusive)
        if raised != row:
            self._note("raised", made, made.agent, now_ms, made.priority)
        return self._keep(made)

    def claim(
        self, agent: str, *, op: str, ticket_id: str | None = None, reach: Reach | None = None,
        most: int = 0, offer: int = 0, now_ms: int,
    ) -> Ticket | None:  # fmt: skip
        """The named ticket, or the first within reach; the same op again is the same claim."""
        me = self._agent(agent)
        for past, name, token in me.ops:
            if past == op:
                row = self.rows.get(name)
                if row and row.state == "claimed" and row.token == token:
                    return row
                raise StaleToken
        if most and me.load >= most:
            raise AgentFull(me.load)
        if ticket_id is None:
            first = self.front(reach or Reach(), 1, now_ms=now_ms)
            if not first:
                return None
            ticket_id = first[0].id
        row = self._known(ticket_id)
        if row.state == "claimed":
            raise TicketTaken(ticket_id, row.agent or "")
        if row.state != "waiting":
            raise TicketGone
        if offer and not (row.offer == offer and row.offered_to == agent
                          and (row.offer_until_ms or 0) >= now_ms):  # fmt: skip
            raise OfferGone
        row = self._held(row, agent, now_ms)
        self.op[ticket_id] = op
        me.load, me.passes = me.load + 1, 0
        self._took(me, row, now_ms)
        me.ops = [*me.ops, (op, ticket_id, row.token)][-OPS_KEPT:]
        self._note("claimed", row, agent, now_ms)
        return row

    def heartbeat(
        self, ticket_id: str, token: int, *, now_ms: int, lease_ms: int | None = None
    ) -> Ticket:
        """The lease of a held ticket, never shorter than before."""
        row = self._mine(ticket_id, token)
        lease = now_ms + (self.lease_ms if lease_ms is None else lease_ms)
        return self._keep(replace(row, lease_until_ms=max(lease, row.lease_until_ms or 0)))

    def release(self, ticket_id: str, token: int, *, now_ms: int) -> Ticket:
        """Back to its place; twice is once."""
        row = self._known(ticket_id)
        if row.token == token and row.state == "waiting":
            return row
        row = self._mine(ticket_id, token)
        agent = self._let_go(row)
        row = self._keep(replace(row, state="waiting", agent=None, lease_until_ms=None))
        self._note("released", row, agent, now_ms)
        return row

    def transfer(
        self, ticket_id: str, token: int, to_agent: str, op: str, *, now_ms: int
    ) -> Ticket:
        """To another agent under a new token; the same op again is the same transfer."""
        row = self._known(ticket_id)
        if row.state == "claimed" and self.op[ticket_id] == op and row.agent == to_agent:
            return row
        row = self._mine(ticket_id, token)
        before = self._let_go(row)
        me = self._agent(to_agent)
        me.load += 1
        self._took(me, row, now_ms)
        row = self._held(replace(row, first_claim_ms=row.first_claim_ms or 0), to_agent, now_ms)
        self.op[ticket_id] = op
        self._note("transferred", row, to_agent, now_ms, before)
        return row

    def resolve(self, ticket_id: str, token: int, outcome: str, *, now_ms: int) -> Ticket:
        """Closed; twice with the same token is once."""
        row = self._known(ticket_id)
        if row.token == token and row.state == "resolved":
            return row
        row = self._mine(ticket_id, token)
        agent = self._let_go(row)
        row = self._keep(
            replace(row, state="resolved", outcome=outcome, closed_ms=now_ms, lease_until_ms=None)
        )
        self._note("resolved", row, agent, now_ms, outcome)
        return row

    def cancel(self, ticket_id: str, why: str, *, now_ms: int) -> bool:
        """Whether it is cancelled now; a held one is not."""
        row = self.rows.get(ticket_id)
        if row and row.state == "waiting":
            row = replace(row, state="cancelled", outcome=why, closed_ms=now_ms, offered_to=None,
                          offer_until_ms=None)  # fmt: skip
            self._note("cancelled", self._keep(row), None, now_ms, why)
        return bool(row and row.state == "cancelled")

    def weigh(self, ticket_id: str, weight: float, weight_ms: int, *, abusive: bool) -> bool:
        """A later weight for an open ticket; whether it has that one now."""
        row = self.rows.get(ticket_id)
        if not row or not row.is_open:
            return False
        return self._keep(self._weighed(row, weight, weight_ms, abusive=abusive)) != row

    def reap(self, now_ms: int) -> list[Ticket]:
        """All whose lease has ended, back in the queue; three times makes one stuck."""
        ended = [one for one in self.claimed() if (one.lease_until_ms or 0) < now_ms]
        return [self._expire(row, now_ms) for row in ended]

    def erase(self, ticket_id: str) -> int:
        """No trace of it, whatever its state."""
        row = self.rows.pop(ticket_id, None)
        if row and row.state == "claimed":
            self._let_go(row)
        self.events = [one for one in self.events if one[1] != ticket_id]
        return int(row is not None)

    def purge(self, before_ms: int) -> int:
        """The closed ones from before, gone; their events stay."""
        old = [one for one in self.rows.values() if one.closed_ms and one.closed_ms < before_ms]
        for row in old:
            del self.rows[row.id]
        return len(old)

    def front(self, reach: Reach, few: int, *, now_ms: int) -> list[Ticket]:
        """The first few of each set of skills, within reach, that nobody is offered."""
        free = [one for one in self.waiting() if not one.offered_to]
        lines: dict[str, list[Ticket]] = {}
        for one in free:
            if _within(one, reach, now_ms):
                lines.setdefault(one.skill, []).append(one)
        firsts = [name.id for line in lines.values() for name in line[:few]]
        return [one for one in free if one.id in firsts]

    def offer(
        self, ticket_id: str, agent: str, *, for_ms: int, most: int, now_ms: int
    ) -> Ticket | None:
        """Held out to one agent, who has no other offer and room for it."""
        row = self._known(ticket_id)
        if not row.is_open:
            raise TicketGone
        if row.state == "claimed" or row.offered_to not in {None, agent}:
            raise TicketTaken(ticket_id, row.agent or row.offered_to or "")
        if row.offered_to == agent:
            return row
        me = self._agent(agent)
        has = any(one.offered_to == agent for one in self.waiting())
        if has or (most and me.load >= most):
            return None
        row = replace(row, offered_to=agent, offer=self._next(), offer_until_ms=now_ms + for_ms)
        self._note("offered", self._keep(row), agent, now_ms)
        return row

    def decline(self, ticket_id: str, agent: str, offer: int, *, now_ms: int) -> Passed | None:
        """The offer ended by whose it is; None when it had ended before."""
        row = self.rows.get(ticket_id)
        if not row or row.offer != offer or row.state != "waiting":
            raise OfferGone
        if row.offered_to == agent:
            return self._pass(row, "declined", now_ms)
        if row.offered_to:
            raise OfferGone
        return None

    def lapse(self, now_ms: int) -> list[Passed]:
        """All offers whose time is over, the first that ran out first."""
        ended = [(one.offer_until_ms or 0, one.id) for one in self.waiting() if one.offered_to]
        return [
            self._pass(self.rows[name], "lapsed", now_ms)
            for until, name in sorted(ended)
            if until < now_ms
        ]

    def of(self, agent: str, now_ms: int) -> Ticket | None:
        """What an agent is offered right now."""
        mine = (one for one in self.waiting() if one.offered_to == agent)
        return next((one for one in mine if (one.offer_until_ms or 0) >= now_ms), None)

    def forgive(self, agent: str) -> None:
        """Passes counted from nothing again."""
        self._agent(agent).passes = 0

    def waiting(self) -> list[Ticket]:
        """Those who wait, due first first, of those the first opened."""
        found = [one for one in self.rows.values() if one.state == "waiting"]
        return sorted(found, key=lambda one: (one.due_ms, self.order[one.id]))

    def claimed(self) -> list[Ticket]:
        """Those held, the lease that ends first first."""
        found = [one for one in self.rows.values() if one.state == "claimed"]
        return sorted(found, key=lambda one: (one.lease_until_ms, one.id))

    def agents(self, names: Sequence[str]) -> dict[str, AgentRow]:
        """What the queue should know of these agents."""
        found = {name: self.people.get(name, Agent()) for name in names}
        return {
            name: AgentRow(
                one.load, one.passes, tuple(one.took), {op: held for op, held, _ in one.ops}
            )
            for name, one in found.items()
        }

    def _next(self) -> int:
        self.sequence += 1
        return self.sequence

    def _keep(self, row: Ticket) -> Ticket:
        self.rows[row.id] = row
        return row

    def _agent(self, name: str) -> Agent:
        return self.people.setdefault(name, Agent())

    def _known(self, ticket_id: str) -> Ticket:
        if ticket_id not in self.rows:
            raise TicketGone
        return self.rows[ticket_id]

    def _mine(self, ticket_id: str, token: int) -> Ticket:
        row = self._known(ticket_id)
        if row.token != token or row.state == "waiting":
            raise StaleToken
        if row.state != "claimed":
            raise TicketGone
        return row

    def _held(self, row: Ticket, agent: str, now_ms: int) -> Ticket:
        token = self._next()
        self.given.append((row.id, token))
        return self._keep(
            replace(
                row,
                state="claimed",
                agent=agent,
                token=token,
                offered_to=None,
                offer_until_ms=None,
                lease_until_ms=now_ms + self.lease_ms,
                first_claim_ms=row.first_claim_ms or now_ms,
            )
        )

    def _let_go(self, row: Ticket) -> str:
        self._agent(row.agent or "").load -= 1
        return row.agent or ""

    def _weighed(self, row: Ticket, weight: float, at_ms: int, *, abusive: bool) -> Ticket:
        if at_ms <= row.weight_ms:
            return row
        new = {"weight": weight, "weight_ms": at_ms, "abusive": abusive or row.abusive}
        if row.agent:
            me = self._agent(row.agent)
            me.took = [replace(one, **new) if one.ticket == row.id else one for one in me.took]
        return replace(row, **new)

    def _took(self, me: Agent, row: Ticket, now_ms: int) -> None:
        taken = Taken(row.id, now_ms, row.weight, row.weight_ms, row.abusive)
        me.took = [*me.took, taken][-TOOK_KEPT:]

    def _expire(self, row: Ticket, now_ms: int) -> Ticket:
        agent, times = self._let_go(row), row.expiries + 1
        row = replace(row, state="waiting", agent=None, lease_until_ms=None, expiries=times,
                      stuck=times >= STUCK_AFTER)  # fmt: skip
        self._note("expired", self._keep(row), agent, now_ms, "stuck" if row.stuck else "")
        return row

    def _pass(self, row: Ticket, kind: str, now_ms: int) -> Passed:
        agent = row.offered_to or ""
        passed = (*row.passed, (agent, now_ms))[-PASSES_KEPT:]
        row = self._keep(replace(row, offered_to=None, offer_until_ms=None, passed=passed))
        self._agent(agent).passes += 1
        self._note(kind, row, agent, now_ms)
        return Passed(row, agent, self._agent(agent).passes)

    def _note(
        self, kind: str, row: Ticket, agent: str | None, now_ms: int, detail: str = ""
    ) -> None:
        self.events.append((kind, row.id, row.conversation, agent, row.token, now_ms, detail))


def _within(one: Ticket, reach: Reach, now_ms: int) -> bool:
    def covers(have: tuple[str, ...]) -> bool:
        return not have or set(have).issuperset(one.skills)

    late = reach.anyone_after_ms is not None and one.due_ms + reach.anyone_after_ms < now_ms
    alone = bool(reach.on_duty) and not any(covers(other) for other in reach.on_duty or ())
    return covers(reach.skills) or late or alone
