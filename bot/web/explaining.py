"""How often staff may ask why: one answer costs a customer's reading for every word."""

from __future__ import annotations

from flask import current_app, g
from werkzeug.exceptions import TooManyRequests

from bot.web.limits import Buckets

PER_PERSON = (1.0, 12)  # answers a second, and at once
PER_WORKER = (2.0, 20)


def may_ask_why() -> None:
    """Count one question of the person signed in; raises TooManyRequests."""
    buckets: Buckets = current_app.extensions["attune_limits"]
    wait = buckets.take(f"why:{g.person.id}", *PER_PERSON) or buckets.take("why", *PER_WORKER)
    if wait:
        raise TooManyRequests(retry_after=max(1, round(wait)))
