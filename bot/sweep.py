"""One round of finishing what a dead process left, and of keeping promises about time."""

from __future__ import annotations

import structlog

from bot.erasing import erase, rewrite_soon
from bot.errors import ConversationChanged, ConversationGone
from bot.keeping import wake_up
from bot.languages import usual_language
from bot.pipeline import take_turns
from bot.planned import publish_due
from bot.push import offer_round
from bot.sending import send_due
from bot.services import Services
from bot.sla_watch import watch
from bot.stored import Change, handback_meta
from bot.values import Entry, State
from escalation.errors import StoreUnavailable
from escalation.ticket import Ticket

ORPHAN_MS = 3_000
LOST_MS = 30_000
DAY_MS = 86_400_000
log = structlog.get_logger(__name__)


def sweep(services: Services) -> None:
    """Do every part of a round; one that fails keeps no other from being done."""
    now = services.clock()
    parts = (
        *(send_due, wake_up, _finish_turns, _carry, _take_back, offer_round),
        *(_tell_who_waits, _reconcile, watch, _forget, rewrite_soon, publish_due),
    )
    for part in parts:
        try:
            part(services, now)
        except StoreUnavailable as error:
            log.warning("part_of_a_sweep_waits", part=part.__name__, error=str(error))
        except Exception:
            log.exception("part_of_a_sweep_failed", part=part.__name__)


def _finish_turns(services: Services, now: int) -> None:
    """Take the turns of processes that died; a message that cannot be handled stops no other."""
    for conversation in services.conversations.unfinished(now - ORPHAN_MS):
        lock = services.conversations.lock(conversation)
        if lock:
            log.info("turn_of_a_dead_process_taken", conversation=conversation)
            try:
                take_turns(services, conversation, lock)
            except Exception:
                log.exception("turn_not_taken", conversation=conversation)


def _carry(services: Services, _now: int) -> None:
    services.relay.carry_all()


def _take_back(services: Services, _now: int) -> None:
    for ticket in services.queue.reap():
        services.live.wake(ticket.conversation, queue=True)


def _tell_who_waits(services: Services, now: int) -> None:
    for ticket in services.queue.waiting():
        if ticket.due_ms < now and not ticket.first_claim_ms:
            _tell_overdue(services, ticket, now)


def _forget(services: Services, now: int) -> None:
    """Delete conversations that nobody touched for as long as the shop keeps them."""
    before = now - services.settings.retention_days * DAY_MS
    names = services.conversations.untouched(before)
    if names:
        erase(services, *names)
    for conversation in names:
        log.info("conversation_deleted_after_retention", conversation=conversation)


def _tell_overdue(services: Services, ticket: Ticket, now: int) -> None:
    """Tell a customer once that nobody was free in the promised time."""
    op = f"overdue-{ticket.id}"
    try:
        state = services.conversations.load(ticket.conversation)
        if state.ticket != ticket.id or services.conversations.done(ticket.conversation, op):
            return
        live = services.packs.live()
        language = usual_language(state, live.pack.languages)
        said = live.replies.render("still_waiting", "calm", {}, language=language, seed=state.id)
        message = {"author": "bot", "text": said.text, "template": said.ref, "quick_replies": []}
        entries = (
            Entry("message", "all", now, message),
            Entry("event", "all", now, {"what": "overdue", "ticket": ticket.id}),
        )
        services.conversations.change(
            ticket.conversation, Change(entries), now, op=op, ticket=ticket.id
        )
    except (ConversationChanged, ConversationGone):
        return
    services.relay_soon(ticket.conversation)


def _reconcile(services: Services, now: int) -> None:
    """Mend what a crash between two slots left: a held conversation always has an open ticket."""
    held = services.conversations.held()
    services.alarms.ensure(one for one, _ in held)
    for conversation, since in held:
        if since > now - LOST_MS:
            continue
        try:
            state = services.conversations.load(conversation, recent=1)
        except ConversationGone:
            continue
        ticket = services.queue.get(state.ticket) if state.ticket else None
        if state.ticket and ticket is None:
            _open_again(services, state, now)
        elif ticket and not ticket.is_open:
            _hand_back(services, state, ticket, now)


def _open_again(services: Services, state: State, now: int) -> None:
    log.warning("lost_ticket_opened_again", ticket=state.ticket)
    services.queue.open(
        state.ticket or "",
        conversation=state.id,
        priority="normal",
        created_ms=now,
        due_ms=now,
        reasons=[str(reason["code"]) for reason in state.reasons],
    )
    services.live.wake(state.id, queue=True)


def _hand_back(services: Services, state: State, ticket: Ticket, now: int) -> None:
    log.warning("closed_ticket_handed_back", ticket=ticket.id)
    entry = Entry("event", "all", now, {"what": "handed_back"})
    change = Change((entry,), handback_meta(state), {"clock": True})
    try:
        services.conversations.change(state.id, change, now, ticket=ticket.id)
    except ConversationChanged:
        return
    services.relay_soon(state.id)
