"""What must always hold of the queue, checked on one atomic snapshot of it; pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from escalation.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole queue at one moment: rows, the three places a ticket can be in, loads, tokens."""

    tickets: Mapping[str, Ticket]
    waiting: Mapping[str, float]
    leases: Mapping[str, float]
    closed: Mapping[str, float]
    loads: Mapping[str, int]
    sequence: int
    claims: Sequence[int]
    lines: Sequence[str] = ()
    offers: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_answer(cls, answer: Sequence[Any]) -> Snapshot:
        """Read what `snapshot.lua` gave."""
        tickets, waiting, leases, closed, agents, sequence, claims, lines, offers = answer
        return cls(
            tickets={one: Ticket.from_json(row) for one, row in _pairs(tickets)},
            waiting={one: float(score) for one, score in _pairs(waiting)},
            leases={one: float(score) for one, score in _pairs(leases)},
            closed={one: float(score) for one, score in _pairs(closed)},
            loads={one: int(json.loads(row)["load"]) for one, row in _pairs(agents)},
            sequence=int(sequence),
            claims=[int(one) for one in claims],
            lines=[one.decode() if isinstance(one, bytes) else str(one) for one in lines],
            offers={one: float(score) for one, score in _pairs(offers)},
        )


def problems(snapshot: Snapshot) -> list[str]:
    """Give every broken invariant (I1 to I4, I7 of the design) as a sentence; empty is well."""
    return [
        *_misplaced(snapshot),
        *_ghosts(snapshot),
        *_wrong_scores(snapshot),
        *_wrong_loads(snapshot),
        *_wrong_tokens(snapshot),
        *_wrong_lines(snapshot),
        *_wrong_offers(snapshot),
    ]


def _misplaced(snapshot: Snapshot) -> Iterator[str]:
    for one, ticket in snapshot.tickets.items():
        places = {
            "waiting": one in snapshot.waiting,
            "claimed": one in snapshot.leases,
            "closed": one in snapshot.closed,
        }
        wanted = ticket.state if ticket.is_open else "closed"
        if [name for name, here in places.items() if here] != [wanted]:
            yield f"ticket {one} is {ticket.state} but stands in {places}"
        if (ticket.state == "claimed") != (ticket.lease_until_ms is not None):
            yield f"ticket {one} is {ticket.state} with lease {ticket.lease_until_ms}"
        if ticket.state == "waiting" and ticket.agent:
            yield f"ticket {one} waits but names agent {ticket.agent}"


def _ghosts(snapshot: Snapshot) -> Iterator[str]:
    for name in ("waiting", "leases", "closed", "offers"):
        for one in getattr(snapshot, name):
            if one not in snapshot.tickets:
                yield f"{name} holds {one}, which is no ticket"


def _wrong_scores(snapshot: Snapshot) -> Iterator[str]:
    for one, ticket in snapshot.tickets.items():
        if int(snapshot.waiting.get(one, ticket.due_ms)) != ticket.due_ms:
            yield f"ticket {one} waits with another due time than its own"
        if snapshot.leases.get(one, ticket.lease_until_ms) != ticket.lease_until_ms:
            yield f"ticket {one} is leased until another time than its own"


def _wrong_loads(snapshot: Snapshot) -> Iterator[str]:
    held = Counter(t.agent for t in snapshot.tickets.values() if t.state == "claimed")
    for agent in {*snapshot.loads, *(one for one in held if one)}:
        if snapshot.loads.get(agent, 0) != held[agent]:
            count = snapshot.loads.get(agent)
            yield f"agent {agent} holds {held[agent]} tickets but counts {count}"


def _wrong_tokens(snapshot: Snapshot) -> Iterator[str]:
    if any(a >= b for a, b in zip(snapshot.claims, snapshot.claims[1:], strict=False)):
        yield "fencing tokens did not strictly increase"
    given = [ticket.token for ticket in snapshot.tickets.values() if ticket.token]
    if len(set(given)) != len(given):
        yield "two tickets carry the same fencing token"
    if max([0, *given]) > snapshot.sequence:
        yield "a ticket carries a token that was never given out"


def _wrong_lines(snapshot: Snapshot) -> Iterator[str]:
    """Each waiting ticket stands in its own line once, unless it is offered to somebody."""
    wanted = Counter(
        (ticket.skill, ticket.due_ms, one)
        for one, ticket in snapshot.tickets.items()
        if ticket.state == "waiting" and not ticket.offered_to
    )
    standing = Counter(_line(one) for one in snapshot.lines)
    for skill, due, one in (wanted - standing) + (standing - wanted):
        yield f"ticket {one} does not stand once in line for {skill} at {due}"


def _line(member: str) -> tuple[str, int, str]:
    skill, due, _, one = member.split("|", 3)
    return skill, int(due), one


def _wrong_offers(snapshot: Snapshot) -> Iterator[str]:
    for one, ticket in snapshot.tickets.items():
        until = snapshot.offers.get(one)
        if until != ticket.offer_until_ms:
            yield f"ticket {one} is offered until another time than its own"
        if ticket.offered_to and ticket.state != "waiting":
            yield f"ticket {one} is {ticket.state} but offered to {ticket.offered_to}"
        if (ticket.offered_to is None) != (until is None):
            yield f"ticket {one} is offered to {ticket.offered_to} until {until}"
    offered = Counter(one.offered_to for one in snapshot.tickets.values() if one.offered_to)
    for agent, count in offered.items():
        if count > 1:
            yield f"agent {agent} is offered {count} tickets at once"


def _pairs(flat: Mapping[Any, Any] | Sequence[Any]) -> Iterator[tuple[str, str]]:
    if isinstance(flat, Mapping):
        flat = [part for pair in flat.items() for part in pair]
    words = [one.decode() if isinstance(one, bytes) else str(one) for one in flat]
    return zip(words[::2], words[1::2], strict=True)
