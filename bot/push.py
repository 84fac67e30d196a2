"""Push: whoever waits longest past what was promised is offered to the best-suited free agent.

Any process may do any part at any time: an offer is one script of the queue, and so is its end.
"""

from __future__ import annotations

import structlog

from bot.duty import routing_of, workers
from bot.services import Services
from escalation.errors import EscalationError, TicketGone, TicketTaken
from escalation.offers import Passed
from escalation.queue_store import Reach
from escalation.routing import share_out

FRONT = 20
log = structlog.get_logger(__name__)


def offer_round(services: Services, now_ms: int) -> None:
    """End the offers that ran out, then offer what waits to who is free."""
    for passed in services.offers.lapse():
        after_pass(services, passed)
    routing = routing_of(services)
    if routing.mode != "push":
        return
    here = workers(services, now_ms)
    if not any(one.free and one.load < one.most for one in here):
        return
    for ticket, worker in share_out(services.offers.front(Reach(), FRONT), here, routing, now_ms):
        try:
            offered = services.offers.offer(
                ticket.id, worker.id, for_ms=routing.accept_ms, most=worker.most
            )
        except (TicketGone, TicketTaken):  # another process was faster
            continue
        if offered:
            services.live.wake(ticket.conversation, queue=True)


def offer_soon(services: Services) -> None:
    """Offer now, because somebody became free; what fails is done by the next sweep."""
    try:
        offer_round(services, services.clock())
    except EscalationError as error:
        log.info("offers_wait_for_the_sweeper", error=str(error))


def after_pass(services: Services, passed: Passed) -> None:
    """Set who let too many pass in a row to "on a break", and tell the desks."""
    if passed.in_a_row >= routing_of(services).passes:
        services.presence.leave(passed.agent)
        log.info("agent_set_away_after_passes", agent=passed.agent, passes=passed.in_a_row)
    services.live.wake(passed.ticket.conversation, queue=True)


def come_back(services: Services, agent: str) -> None:
    """Take an agent's own word that they are back: offers they let pass no longer count."""
    services.offers.forgive(agent)


def sent_away(services: Services, agent: str) -> bool:
    """Tell whether an agent let so many offers pass that they are on a break until they return."""
    routing = routing_of(services)
    row = services.offers.agents([agent])[agent]
    return routing.mode == "push" and row.passes >= routing.passes
