"""Watches the clocks of held conversations: warns before a breach, tells the lead on one.

Every sweeper does this; what it writes has an id made of ticket, clock and what happened, so that
each is told once however many look.
"""

from __future__ import annotations

import structlog

from bot.clocks import clocks
from bot.errors import ConversationChanged, ConversationGone
from bot.services import Services
from bot.stored import Change
from bot.values import Entry, State
from escalation.clocks import Clock, next_change
from escalation.ticket import Ticket

SOON_MS = 5_000
SELDOM_MS = 86_400_000
WARNED, BREACHED = "sla_warning", "sla_breached"
log = structlog.get_logger(__name__)


def watch(services: Services, now: int) -> None:
    """Look at the conversations whose clocks may have changed."""
    for conversation in services.alarms.take(now):
        try:
            _look(services, conversation, now)
        except ConversationGone:
            services.alarms.drop(conversation)


def _look(services: Services, conversation: str, now: int) -> None:
    state = services.conversations.load(conversation)
    ticket = services.queue.get(state.ticket) if state.ticket else None
    if state.ticket is None:
        services.alarms.set(conversation, now, None, None)
        return
    if ticket is None or not ticket.is_open:  # on its way to the queue, or back to the bot
        services.alarms.set(conversation, now, now + SOON_MS, None)
        return
    found = clocks(ticket, state, services.packs.live().policy, now)
    running = [one for one in found if one.runs]
    told = [_tell(services, state, ticket, one, now) for one in running]
    late = [one.due_ms for one in running if one.state == "breached"]
    coming = min(next_change(found) or now + SELDOM_MS, now + SELDOM_MS)
    services.alarms.set(conversation, now, coming, min(late, default=None))
    if any(told):
        services.live.wake(conversation, queue=True)


def _tell(services: Services, state: State, ticket: Ticket, clock: Clock, now: int) -> bool:
    """Write once that a clock has come to its warning or its end; tell whether it was news."""
    what = {"warned": WARNED, "breached": BREACHED}.get(clock.state)
    op = f"{what}-{ticket.id}-{clock.name}-{clock.since_ms}"
    if what is None or services.conversations.done(state.id, op):
        return False
    data = {
        **{"what": what, "ticket": ticket.id, "clock": clock.name, "due_ms": clock.due_ms},
        "agent": ticket.agent or "",
    }
    entry = Entry("event", "desk", now, data)
    try:
        services.conversations.change(state.id, Change((entry,)), now, op=op, ticket=ticket.id)
    except ConversationChanged:
        return False
    log.info(what, ticket=ticket.id, clock=clock.name)
    services.relay_soon(state.id)
    return True
