"""Offers: a waiting ticket held out to one agent for some seconds, whole and fenced as a claim is.

An offered ticket still waits, at its place; it is only held back from "take the next". Accepting is
claiming with the offer's number (`TicketQueue.claim`), and wins once; anyone may still take the
ticket by name, which ends the offer. No process owns an offer: whoever sweeps ends what ran out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import redis

from escalation import keys
from escalation.errors import OfferGone, TicketTaken
from escalation.queue_store import QueueStore, Reach, check_words, text_of, ticket_of
from escalation.ticket import Taken, Ticket

SCRIPTS = ("front", "offer", "pass", "forgive")


@dataclass(frozen=True, slots=True)
class AgentRow:
    """What the queue knows of an agent: tickets held, offers passed in a row, the last taken.

    `ops` are the last claims: op id -> ticket id.
    """

    load: int = 0
    passes: int = 0
    took: tuple[Taken, ...] = ()
    ops: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passed:
    """An offer that was not taken, whose it was, and how many they have let pass in a row."""

    ticket: Ticket
    agent: str
    in_a_row: int


class Offers:
    """Who is offered what, in one Redis; the tickets are the queue's."""

    def __init__(self, client: redis.Redis, replicas: int = 0) -> None:
        """Keep the client; what is written must be on so many replicas to count."""
        self._store = QueueStore(client, SCRIPTS, replicas)

    def front(self, reach: Reach, few: int = 10, *, now_ms: int | None = None) -> list[Ticket]:
        """Give tickets within reach that nobody is offered, due first first.

        These are the first `few` of each set of skills, so that a long line hides no other.
        """
        rows = self._store.run("front", now_ms, [*reach.arguments(), few])
        return [Ticket.from_json(row) for row in rows]

    def offer(
        self, ticket_id: str, agent: str, *, for_ms: int, most: int = 0, now_ms: int | None = None
    ) -> Ticket | None:
        """Hold a waiting ticket out to an agent; None when they have an offer or `most` tickets.

        The same agent again gives the same offer. Raises TicketGone, and TicketTaken when
        somebody holds it or is offered it.
        """
        check_words(ticket_id, agent)
        answer = self._store.run("offer", now_ms, [ticket_id, agent, int(for_ms), int(most)])
        if answer[0] == "busy":
            return None
        if answer[0] == "taken":
            raise TicketTaken(ticket_id, answer[1])
        return ticket_of(answer, ticket_id)

    def decline(
        self, ticket_id: str, agent: str, offer: int, *, now_ms: int | None = None
    ) -> Passed | None:
        """End an offer; the ticket keeps its place. None when it was declined before; OfferGone."""
        answer = self._store.run("pass", now_ms, [ticket_id, agent, int(offer)])
        if answer[0] == "stale":
            raise OfferGone(f"Ticket {ticket_id} is not offered to you any more.")
        return next(iter(_passed(answer)), None)

    def lapse(self, now_ms: int | None = None) -> list[Passed]:
        """End the offers whose time ran out, at most 100 a call, and give them."""
        return _passed(self._store.run("pass", now_ms, ["", "", 0]))

    def of(self, agent: str, now_ms: int) -> Ticket | None:
        """Give the ticket offered to an agent right now, or None."""
        row = self._store.ask(lambda: self._store.redis.hget(keys.agents(), agent))
        offered = json.loads(row).get("offer") if row else None
        for ticket in self._store.tickets([offered] if offered else []):
            mine = ticket.state == "waiting" and ticket.offered_to == agent
            if mine and (ticket.offer_until_ms or 0) >= now_ms:
                return ticket
        return None

    def all(self) -> list[Ticket]:
        """Give every ticket that is offered to somebody, the first to run out first."""
        ids = self._store.ask(lambda: self._store.redis.zrange(keys.offers(), 0, -1))
        return [ticket for ticket in self._store.tickets(ids) if ticket.offered_to]

    def agents(self, names: Sequence[str]) -> dict[str, AgentRow]:
        """Give what the queue knows of these agents, by name."""
        if not names:
            return {}
        rows = self._store.ask(lambda: self._store.redis.hmget(keys.agents(), list(names)))
        found = zip(names, rows, strict=True)
        return {name: _agent(json.loads(row)) if row else AgentRow() for name, row in found}

    def forgive(self, agent: str) -> None:
        """Count an agent's passes from nothing again, since they came back of their own accord."""
        self._store.run("forgive", None, [agent])


def _agent(row: dict[str, Any]) -> AgentRow:
    took = tuple(
        Taken(
            ticket=one["id"],
            at_ms=int(one["at"]),
            weight=float(one["weight"]),
            weight_ms=int(one["weight_at"]),
            abusive=bool(one["abusive"]),
        )
        for one in row.get("took") or ()
    )
    ops = {str(op): str(ticket) for op, ticket, _ in row.get("ops") or ()}
    return AgentRow(int(row["load"]), int(row.get("passes", 0)), took, ops)


def _passed(answer: Sequence[Any]) -> list[Passed]:
    parts = [text_of(one) for one in answer[1:]]
    return [
        Passed(Ticket.from_json(row), agent, int(count))
        for row, agent, count in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]
