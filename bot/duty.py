"""Who is on duty with which skills, load and lately taken tickets; what each may be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.people import Person
from bot.person_fields import CAPACITY
from bot.services import Services
from escalation.errors import AgentFull
from escalation.offers import AgentRow
from escalation.presence import Pause
from escalation.queue_store import Reach
from escalation.routing import Worker, needs_light, next_for
from escalation.routing_settings import Routing
from escalation.ticket import GENERAL, Ticket

FRONT = 10
PAUSE_OFFERED_MS = 10 * 60_000
"""So long after an abusive conversation ended a pause is offered."""


def routing_of(services: Services) -> Routing:
    """Give the routing of the policy that is live."""
    return services.packs.live().policy.routing


def workers(services: Services, now_ms: int) -> list[Worker]:
    """Give everybody who takes conversations now; who pauses or is offered one is not free."""
    names = services.presence.available(now_ms)
    rows, pauses = services.offers.agents(names), services.presence.pauses()
    busy = {one.offered_to for one in services.offers.all()}
    found = (_worker(services, name, rows[name], pauses, now_ms) for name in names)
    return [replace(one, free=one.free and one.id not in busy) for one in found]


def worker(services: Services, agent: str, now_ms: int) -> Worker:
    """Give one agent, on duty or not."""
    row = services.offers.agents([agent])[agent]
    return _worker(services, agent, row, services.presence.pauses(), now_ms)


def take_next(services: Services, agent: str, op: str) -> Ticket | None:
    """Claim what routing gives an agent who asks for the next one; None when there is nothing.

    The same op again gives the same ticket. Raises AgentFull, StaleToken.
    """
    now, routing = services.clock(), routing_of(services)
    here, me = workers(services, now), worker(services, agent, now)
    reach = reach_of(me, here, routing)
    earlier = services.offers.agents([agent])[agent].ops.get(op)
    if earlier or not needs_light(me, routing, now):
        most = 0 if earlier else me.most
        return services.queue.claim(agent, op=op, ticket_id=earlier, reach=reach, most=most)
    if me.load >= me.most:
        raise AgentFull(me.load)
    front = services.offers.front(reach, FRONT)
    chosen = next_for(me, front, here, routing, now)
    if chosen is None:
        return None
    if chosen is front[0]:  # nothing is skipped: whoever is first by now
        return services.queue.claim(agent, op=op, reach=reach, most=me.most)
    return services.queue.claim(agent, op=op, ticket_id=chosen.id, most=me.most)


def reach_of(me: Worker, here: list[Worker], routing: Routing) -> Reach:
    """Give which waiting tickets an agent may be given."""
    duty = tuple(_known(one) for one in (me, *here))
    return Reach(_known(me), routing.anyone_after_ms, duty if routing.anyone_at_once else None)


def open_to_anyone(ticket: Ticket, here: list[Worker], routing: Routing, now_ms: int) -> str:
    """Say why anyone may take a ticket that asks for a skill: `overdue`, `nobody`, or empty."""
    if ticket.state != "waiting" or ticket.skill == GENERAL:
        return ""
    if routing.anyone_at_once and not any(one.serves(ticket) for one in here):
        return "nobody"
    return "overdue" if now_ms > ticket.due_ms + routing.anyone_after_ms else ""


def too_many(services: Services, person: Person) -> str:
    """Say that somebody holds more than they usually take, or nothing."""
    load = services.offers.agents([person.id])[person.id].load
    if load <= person.capacity:
        return ""
    return f"You hold {load} conversations now; you usually take up to {person.capacity} at once."


def pause_after(services: Services, agent: str, now_ms: int) -> str:
    """Give the abusive ticket after which an agent is offered a pause, or nothing.

    It is offered once the conversation has ended, until they answer or ten minutes are over.
    """
    took = services.offers.agents([agent])[agent].took
    if not took or not took[-1].abusive:
        return ""
    if services.presence.pauses().get(agent, Pause()).after == took[-1].ticket:
        return ""
    ticket = services.queue.get(took[-1].ticket)
    ended = ticket.closed_ms if ticket and ticket.agent == agent else None
    return took[-1].ticket if ended and now_ms - ended < PAUSE_OFFERED_MS else ""


def _worker(
    services: Services, agent: str, row: AgentRow, pauses: Mapping[str, Pause], now_ms: int
) -> Worker:
    person, pause = services.people.get(agent), pauses.get(agent, Pause())
    took = row.took
    if took and pause.until_ms and pause.after == took[-1].ticket:  # they rested instead
        took = (*took[:-1], replace(took[-1], abusive=False))
    return Worker(
        id=agent,
        skills=person.skills if person else (),
        load=row.load,
        most=person.capacity if person else CAPACITY,
        took=took,
        free=pause.until_ms <= now_ms,
    )


def _known(one: Worker) -> tuple[str, ...]:
    return (*one.skills, GENERAL) if one.skills else ()
