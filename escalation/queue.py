"""The queue of people's work: opened by the bot, claimed under a fencing token, closed by an agent.

Each change is one Lua script, so it happens whole or not at all, together with its event. Every
call may be repeated: opening by ticket id, claiming and transferring by op id, the rest by token.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import redis

from escalation import keys
from escalation.audit import Snapshot, problems
from escalation.errors import AgentFull, TicketTaken
from escalation.queue_store import QueueStore, Reach, check_skill, check_words, text_of, ticket_of
from escalation.ticket import GENERAL, PRIORITIES, Priority, QueueEvent, Ticket

__all__ = ["QueueEvent", "Reach", "Ticket", "TicketQueue"]

LEASE_MS = 180_000
STUCK_AFTER = 3
PAGE = 1000
SCRIPTS = (
    "open",
    "claim",
    "heartbeat",
    "release",
    "transfer",
    "resolve",
    "cancel",
    "weigh",
    "reap",
    "erase",
    "snapshot",
)


class TicketQueue:
    """Tickets in one Redis: earliest due first, one holder at a time, nobody lost."""

    def __init__(self, client: redis.Redis, lease_ms: int = LEASE_MS, *, replicas: int = 0) -> None:
        """Keep the client; nothing is sent before the first call.

        With `replicas`, every change must be on so many before it counts, else StoreUnavailable.
        """
        self._store = QueueStore(client, SCRIPTS, replicas)
        self._redis = client
        self._lease_ms = lease_ms

    def open(  # noqa: PLR0913 - one argument per field
        self,
        ticket_id: str,
        *,
        conversation: str,
        priority: Priority,
        due_ms: int,
        created_ms: int,
        reasons: Sequence[str],
        skill: str = GENERAL,
        weight: float = 0.0,
        weight_ms: int = 0,
        abusive: bool = False,
        now_ms: int | None = None,
    ) -> Ticket:
        """Give the ticket of this id, new if there was none.

        An open one may only become due earlier, more pressing, or gain reasons; a later weight
        replaces an earlier one; a closed one stays as it is. `skill` may be several joined by `+`.
        Raises StoreUnavailable, also when Redis is full: then nothing was written.
        """
        check_words(ticket_id, conversation, skill)
        check_skill(skill)
        if priority not in PRIORITIES:
            raise ValueError(f"priority {priority!r} is not one of {', '.join(PRIORITIES)}")
        args = [ticket_id, conversation, priority, due_ms, created_ms, ",".join(reasons), skill]
        return self._change("open", now_ms, [*args, weight, weight_ms, int(abusive)], ticket_id)

    def claim(  # noqa: PLR0913 - one argument per condition
        self,
        agent: str,
        *,
        op: str,
        ticket_id: str | None = None,
        skills: Sequence[str] = (),
        reach: Reach | None = None,
        most: int = 0,
        offer: int = 0,
        now_ms: int | None = None,
    ) -> Ticket | None:
        """Give the agent that ticket, or the one due first within reach; None if nobody waits.

        `skills` is short for a `reach` of these alone. The same `op` again gives the same ticket
        and token. With `offer` a named ticket is given only while that offer stands (OfferGone);
        with `most` one is given only to who holds fewer (AgentFull). Raises TicketTaken,
        TicketGone, and StaleToken when the claim of this op has ended since.
        """
        check_words(agent, op)
        have, after, duty = (reach or Reach(tuple(skills))).arguments()
        args = [agent, op, ticket_id or "", self._lease_ms, have, most, int(offer), after, duty]
        answer = self._store.run("claim", now_ms, args)
        if answer[0] == "none":
            return None
        if answer[0] == "full":
            raise AgentFull(int(answer[1]))
        if answer[0] == "taken":
            raise TicketTaken(ticket_id or "", answer[1])
        return ticket_of(answer, ticket_id or "of this claim")

    def heartbeat(
        self, ticket_id: str, token: int, *, now_ms: int | None = None, lease_ms: int | None = None
    ) -> Ticket:
        """Extend the lease to `lease_ms` from now, never shorten it.

        Raises StaleToken, TicketGone.
        """
        args = [ticket_id, int(token), self._lease_ms if lease_ms is None else int(lease_ms)]
        return self._change("heartbeat", now_ms, args, ticket_id)

    def release(self, ticket_id: str, token: int, *, now_ms: int | None = None) -> Ticket:
        """Put a held ticket back at its old place; raises StaleToken, TicketGone."""
        return self._change("release", now_ms, [ticket_id, int(token)], ticket_id)

    def transfer(
        self, ticket_id: str, token: int, to_agent: str, op: str, *, now_ms: int | None = None
    ) -> Ticket:
        """Hand a held ticket to another agent, under a new token; raises StaleToken, TicketGone."""
        check_words(to_agent, op)
        args = [ticket_id, int(token), to_agent, op, self._lease_ms]
        return self._change("transfer", now_ms, args, ticket_id)

    def resolve(
        self, ticket_id: str, token: int, outcome: str, *, now_ms: int | None = None
    ) -> Ticket:
        """Close a held ticket; raises StaleToken, TicketGone."""
        return self._change("resolve", now_ms, [ticket_id, int(token), outcome], ticket_id)

    def cancel(self, ticket_id: str, why: str, *, now_ms: int | None = None) -> bool:
        """Close a waiting ticket and tell whether it is cancelled now; False once it is claimed."""
        return bool(self._store.run("cancel", now_ms, [ticket_id, why]))

    def weigh(self, ticket_id: str, weight: float, weight_ms: int, *, abusive: bool) -> bool:
        """Give an open ticket a later weight (0-1); False when it is closed or has a later one."""
        args = [ticket_id, weight, int(weight_ms), int(abusive)]
        return bool(self._store.run("weigh", None, args))

    def reap(self, now_ms: int | None = None) -> list[Ticket]:
        """Put tickets whose lease ended back in the queue, at most 100 a call, and give them."""
        rows = self._store.run("reap", now_ms, [STUCK_AFTER])
        return [Ticket.from_json(row) for row in rows]

    def erase(self, *ticket_ids: str) -> int:
        """Remove tickets and their events for good; give how many there were.

        All events are read through once, if there was any ticket: erase many in one call.
        """
        found = {one for one in ticket_ids if self._store.run("erase", None, [one])}
        after = "0"
        while found and (events := self.events(after, PAGE)):
            after = events[-1].id
            self._forget([event.id for event in events if event.ticket in found])
        return len(found)

    def purge(self, before_ms: int, limit: int = PAGE) -> int:
        """Remove tickets that were closed before a moment, with their events; give how many."""
        ids = self._store.ask(
            lambda: self._redis.zrange(
                keys.closed(), "-inf", f"({before_ms}", byscore=True, offset=0, num=limit
            )
        )
        return sum(bool(self._store.run("erase", None, [text_of(one)])) for one in ids)

    def get(self, ticket_id: str) -> Ticket | None:
        """Give a ticket, or None."""
        row = self._store.ask(lambda: self._redis.hget(keys.tickets(), ticket_id))
        return Ticket.from_json(row) if row else None

    def named(self, ticket_ids: Iterable[str]) -> dict[str, Ticket]:
        """Give those of the tickets that there are, by id, in one round trip."""
        return {one.id: one for one in self._store.tickets([*ticket_ids])}

    def position(self, ticket_id: str) -> int | None:
        """Give how many wait before this ticket, or None if it does not wait."""
        rank: int | None = self._store.ask(lambda: self._redis.zrank(keys.waiting(), ticket_id))
        return rank

    def waiting(self, limit: int = 100) -> list[Ticket]:
        """Give waiting tickets, due first first."""
        ids = self._store.ask(lambda: self._redis.zrange(keys.waiting(), 0, limit - 1))
        return [ticket for ticket in self._store.tickets(ids) if ticket.state == "waiting"]

    def claimed(self) -> list[Ticket]:
        """Give all held tickets, the lease that ends first first."""
        ids = self._store.ask(lambda: self._redis.zrange(keys.leases(), 0, -1))
        return [ticket for ticket in self._store.tickets(ids) if ticket.state == "claimed"]

    def closed(self, limit: int = 100) -> list[Ticket]:
        """Give closed tickets, the last closed first."""
        ids = self._store.ask(lambda: self._redis.zrevrange(keys.closed(), 0, limit - 1))
        return [ticket for ticket in self._store.tickets(ids) if not ticket.is_open]

    def counts(self) -> dict[str, int]:
        """Give how many tickets are waiting, claimed and closed."""
        return {
            "waiting": self._store.ask(lambda: self._redis.zcard(keys.waiting())),
            "claimed": self._store.ask(lambda: self._redis.zcard(keys.leases())),
            "closed": self._store.ask(lambda: self._redis.zcard(keys.closed())),
        }

    def overdue(self, now_ms: int) -> int:
        """Give how many waiting tickets are past their due time."""
        count: int = self._store.ask(
            lambda: self._redis.zcount(keys.waiting(), "-inf", f"({now_ms}")
        )
        return count

    def events(self, after: str = "0", limit: int = 100) -> list[QueueEvent]:
        """Give transitions after an event id, oldest first; "0" means from the start."""
        entries = self._store.ask(
            lambda: self._redis.xrange(keys.events(), min=f"({after}", max="+", count=limit)
        )
        return [_event(text_of(one), fields) for one, fields in entries]

    def last_event(self) -> str:
        """Give the id of the newest transition, empty when there is none."""
        found = self._store.ask(lambda: self._redis.xrevrange(keys.events(), count=1))
        return text_of(found[0][0]) if found else ""

    def audit(self) -> list[str]:
        """Give every broken invariant of the queue as a sentence; for tests and doctors."""
        return problems(Snapshot.from_answer(self._store.run("snapshot", None)))

    def _forget(self, event_ids: Sequence[str]) -> None:
        if event_ids:
            self._store.ask(lambda: self._redis.xdel(keys.events(), *event_ids))

    def _change(
        self, script: str, now_ms: int | None, args: Sequence[Any], ticket_id: str
    ) -> Ticket:
        return ticket_of(self._store.run(script, now_ms, args), ticket_id)


def _event(entry_id: str, raw: dict[Any, Any]) -> QueueEvent:
    fields = {text_of(name): text_of(value) for name, value in raw.items()}
    return QueueEvent(
        id=entry_id,
        kind=fields["kind"],
        ticket=fields["ticket"],
        conversation=fields["conversation"],
        agent=fields["agent"] or None,
        token=int(fields["token"]),
        at_ms=int(float(fields["at"])),
        detail=fields["detail"],
    )
