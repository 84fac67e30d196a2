"""What the desk is offered: a ticket for some seconds, a pause after a hard conversation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from bot.desk import Desk
from bot.duty import open_to_anyone, pause_after, routing_of, workers
from bot.push import after_pass, offer_soon, sent_away
from bot.services import Services
from bot.web.auth import signed_in
from bot.web.bodies import Answering, Pausing
from bot.web.schemas import parse_body
from escalation.presence import Pause
from escalation.ticket import Ticket

blueprint = Blueprint("offering", __name__)


@blueprint.get("/desk/offer")
@signed_in("agent")
def offer() -> ResponseReturnValue:
    """Give what this person is offered right now: a ticket, a pause, or nothing."""
    services = _services()
    now, me = services.clock(), g.person.id
    ticket = services.offers.of(me, now)
    after = pause_after(services, me, now)
    pause = services.presence.pauses().get(me, Pause())
    return jsonify(
        now_ms=now,
        mode=routing_of(services).mode,
        offer=_shown(services, ticket, now) if ticket else None,
        pause={"after": after, "minutes": routing_of(services).pause_ms // 60_000}
        if after
        else None,
        paused_until_ms=pause.until_ms if pause.until_ms > now else None,
        sent_away=sent_away(services, me),
    )


@blueprint.post("/desk/offer/accept")
@signed_in("agent")
def accept() -> ResponseReturnValue:
    """Take the ticket one is offered."""
    body = parse_body(Answering, request)
    ticket = Desk(_services()).accept(g.person, body.ticket, body.offer, body.op)
    return jsonify(ticket=ticket.to_row())


@blueprint.post("/desk/offer/decline")
@signed_in("agent")
def decline() -> ResponseReturnValue:
    """Leave it to the next agent; the customer keeps their place."""
    body, services = parse_body(Answering, request), _services()
    passed = services.offers.decline(body.ticket, g.person.id, body.offer)
    if passed:
        after_pass(services, passed)
    offer_soon(services)
    return jsonify(ok=True)


@blueprint.post("/desk/pause")
@signed_in("agent")
def pause() -> ResponseReturnValue:
    """Take the pause one is offered, decline it, or come back from it early."""
    body, services = parse_body(Pausing, request), _services()
    now = services.clock()
    if not body.after:
        services.presence.end_pause(g.person.id)
    elif body.after == pause_after(services, g.person.id, now):
        until = now + routing_of(services).pause_ms if body.take else 0
        services.presence.pause(g.person.id, until, body.after)
    services.live.wake(queue=True)
    offer_soon(services)
    return jsonify(ok=True)


def _shown(services: Services, ticket: Ticket, now_ms: int) -> dict[str, Any]:
    """Give who it is, why, and until when; the words themselves are read once it is taken."""
    state = services.conversations.load(ticket.conversation, recent=1)
    here = workers(services, now_ms)
    return {
        "ticket": ticket.id,
        "offer": ticket.offer,
        "conversation": ticket.conversation,
        "name": state.customer.name,
        "priority": ticket.priority,
        "due_ms": ticket.due_ms,
        "until_ms": ticket.offer_until_ms,
        "why": state.reasons[0]["sentence"] if state.reasons else "",
        "anyone": open_to_anyone(ticket, here, routing_of(services), now_ms),
        "skills": list(ticket.skills),
    }


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
