"""One way in for every customer message: `handle_message`, read from top to bottom."""

from __future__ import annotations

import time
from dataclasses import replace

import structlog

from bot.answer import Plan, plan_turn
from bot.errors import BotError, ConversationChanged, TurnPending
from bot.moment import Around
from bot.packs import LivePack
from bot.services import Services
from bot.stored import Change, Waiting
from bot.values import Entry, Incoming, State, Turn
from escalation.errors import EscalationError
from intents.errors import IntentsError
from intents.reading import Reading

POLL_S = 0.01
SLOWEST_POLL_S = 0.1
log = structlog.get_logger(__name__)


def handle_message(services: Services, incoming: Incoming) -> Turn:
    """Accept a message durably and give its Turn; the same event again gives the same Turn.

    Raises EventReused, TooManyWaiting, StoreUnavailable (nothing was accepted), and TurnPending
    when the message is safe but its Turn is not ready in time: ask again with the same id.
    """
    receipt = services.conversations.ingest(incoming)
    if receipt.turn:
        return receipt.turn
    deadline = time.monotonic() + services.settings.turn_deadline_s
    lock, pause = receipt.lock, POLL_S
    while True:
        if lock:
            mine = take_turns(services, incoming.conversation, lock, incoming.event_id)
            if mine:
                return replace(mine, replayed=receipt.again)
        turn = services.conversations.turn(incoming.conversation, incoming.event_id)
        if turn:
            return replace(turn, replayed=receipt.again)
        if time.monotonic() > deadline:
            raise TurnPending("Your message is safe; its answer is not ready. Ask again soon.")
        time.sleep(pause)
        pause = min(pause * 1.5, SLOWEST_POLL_S)
        lock = services.conversations.lock(incoming.conversation)


def take_turns(services: Services, conversation: str, lock: str, wanted: str = "") -> Turn | None:
    """Take the turns of a conversation, oldest first, until none waits; give the wanted one."""
    found: Turn | None = None
    try:
        while waiting := services.conversations.oldest(conversation):
            turn = _take_turn(services, conversation, lock, waiting)
            if turn is None:
                return found
            if waiting.event_id == wanted:
                found = turn
    finally:
        services.conversations.unlock(conversation, lock)
    services.relay_soon(conversation)
    return found


def _take_turn(services: Services, conversation: str, lock: str, waiting: Waiting) -> Turn | None:
    """Take one turn: read, judge, choose, write.

    None when it is not done: somebody else took it meanwhile, or the conversation keeps changing
    hands. It waits in the inbox then, and whoever wants it asks again.
    """
    live = services.packs.live()
    reading: Reading | None = None
    for attempt in range(3):
        state = services.conversations.load(conversation)
        message = _message(services, state, waiting.message_id)
        if attempt == 0:
            reading = _read(services, live, message)
        try:
            seen = before(state, waiting.message_id)
            planned = plan(services, live, seen, message, reading)
            turn = _turn(state, waiting, planned)
            change = Change(planned.entries, planned.meta, planned.effects)
            return services.conversations.commit(
                state, lock, waiting.event_id, turn, change, message.at_ms
            )
        except ConversationChanged:
            continue
    log.info("turn_waits_for_a_change_of_hands", conversation=conversation)
    return None


def plan(
    around: Around, live: LivePack, state: State, message: Entry, reading: Reading | None
) -> Plan:
    """Plan the turn; should a defect keep the bot from it, a person is brought in instead."""
    try:
        return plan_turn(around, live, state, message, reading)
    except (BotError, EscalationError):
        raise
    except Exception:
        log.exception("turn_not_planned", message=message.id)
        return plan_turn(around, live, state, message, None)


def _read(services: Services, live: LivePack, message: Entry) -> Reading | None:
    """Read the text, or give None if the model could not: then a person is brought in."""
    try:
        return services.reader.read(message.data["text"], live.head)
    except IntentsError as error:
        log.warning("message_not_read", message=message.id, error=str(error))
        return None


def _message(services: Services, state: State, message_id: str) -> Entry:
    for entry in reversed(state.recent):
        if entry.id == message_id:
            return entry
    return services.conversations.entry(state.id, message_id)


def before(state: State, message_id: str) -> State:
    """Give the conversation as it stood, without messages whose turn has not come."""
    return replace(
        state,
        recent=tuple(
            entry
            for entry in state.recent
            if order(entry.id) < order(message_id) or entry.data.get("author") != "customer"
        ),
    )


def order(entry_id: str) -> tuple[int, int]:
    """Give what an entry's id sorts by."""
    first, second = entry_id.split("-")
    return int(first), int(second)


def _turn(state: State, waiting: Waiting, plan: Plan) -> Turn:
    note = next(one.data for one in plan.entries if one.kind == "reading")
    return Turn(
        conversation=state.external or state.id,
        message_id=waiting.message_id,
        replies=plan.replies,
        escalated=plan.ticket is not None,
        ticket=plan.ticket,
        reading=note["reading"],
        reasons=plan.reasons,
    )
