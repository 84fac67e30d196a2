"""The first words of an agent to a customer: what they stop, and what is learned from the wait."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.services import Services
from bot.values import State
from bot.waits import wait_of
from escalation.errors import StoreUnavailable

log = structlog.get_logger(__name__)


def first_words(state: State, now_ms: int) -> Mapping[str, str]:
    """Give the meta fields that an agent's message sets: when the first one was, if this is it."""
    return {} if state.first_reply_ms else {"first_reply_ms": str(now_ms)}


def note_wait(services: Services, state: State, answered_ms: int) -> None:
    """Keep how long the customer waited for the first words; never an error.

    `state` is the conversation as it was before them.
    """
    if state.first_reply_ms or not state.ticket:
        return
    try:
        hours = services.packs.live().policy.hours
        entries = services.conversations.load(state.id).recent
        if found := wait_of(entries, state.ticket, answered_ms, hours):
            services.waits.note(state.ticket, *found, answered_ms)
    except StoreUnavailable as error:
        log.warning("wait_not_noted", ticket=state.ticket, error=str(error))
