"""Who looked at which conversation, for the audit trail."""

from __future__ import annotations

import structlog
from flask import g

from bot.services import Services
from escalation.errors import StoreUnavailable

log = structlog.get_logger(__name__)


def note_look(services: Services, conversation: str) -> None:
    """Note once a session who read what; where the store is full, the log has it."""
    try:
        if services.people.sessions.first_time(g.session, f"read:{conversation}", services.clock()):
            services.people.audit(g.person.id, "read", conversation, services.clock())
    except StoreUnavailable:
        log.warning("look_not_noted", person=g.person.id, conversation=conversation)
