"""Server-sent events, the same for widget and desk: heartbeat, an end, and a limit.

A stream's producer is asked what to send whenever there is news; entry ids make every stream
resumable, so that ending one early loses nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from random import SystemRandom
from typing import Any, NamedTuple

import structlog
from flask import Response
from redis.exceptions import RedisError

from bot.errors import BotError
from bot.live import LiveHub, Subscription, Wake
from escalation.errors import EscalationError

CHANCE = SystemRandom()  # shared with nobody who seeds or watches the global one
HEARTBEAT_S = 15.0
LONGEST_S = 15 * 60.0
JITTER = 0.2
RETRY_AFTER_S = 10
PING = ": ping\n\n"
log = structlog.get_logger(__name__)


class Event(NamedTuple):
    """One event of a stream; `id` resumes it, empty ids leave the last one as it is."""

    name: str
    data: Any
    id: str = ""

    def text(self) -> str:
        """Give the event as it goes over the wire."""
        id_line = f"id: {self.id}\n" if self.id else ""
        data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        return f"{id_line}event: {self.name}\ndata: {data}\n\n"


Producer = Callable[[Wake], Iterable[Event]]
"""Gives the events after a wake. Asked first, and at every ping, with an empty wake."""


def event_stream(
    live: LiveHub,
    subscribe: Callable[[], Subscription],
    produce: Producer,
    allowed: Callable[[], bool],
) -> Response:
    """Give a stream that ends when the hub closes, when `allowed` says no, or after 15 minutes.

    Gives 503 with Retry-After when this process has no stream free.
    """
    if not live.streams_free():
        return _full()
    subscription = subscribe()
    body = events(subscription, produce, allowed)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    answer = Response(body, mimetype="text/event-stream", headers=headers)
    answer.call_on_close(subscription.close)  # a body that nobody began to read ends nothing
    return answer


def events(
    subscription: Subscription,
    produce: Producer,
    allowed: Callable[[], bool],
    longest_s: float = LONGEST_S,
) -> Iterator[str]:
    """Give the text of one stream; an outage ends it, and the reader comes back by itself."""
    ends = time.monotonic() + longest_s * CHANCE.uniform(1 - JITTER, 1 + JITTER)
    try:
        yield ": hello\n\n"
        yield from _texts(produce(Wake()))
        yield from _until_end(subscription, produce, allowed, ends)
        yield Event("end", {}).text()
    except (BotError, EscalationError, RedisError) as error:
        log.info("stream_ended", error=type(error).__name__)
    finally:
        subscription.close()


def _until_end(
    subscription: Subscription, produce: Producer, allowed: Callable[[], bool], ends: float
) -> Iterator[str]:
    ping_at = time.monotonic() + HEARTBEAT_S
    while (now := time.monotonic()) < ends:
        wake = subscription.wait(max(0.0, min(ping_at, ends) - now))
        if wake.closed:
            return
        yield from _texts(produce(wake))
        if time.monotonic() >= ping_at:
            if not allowed():
                return
            yield PING
            ping_at = time.monotonic() + HEARTBEAT_S


def _texts(found: Iterable[Event]) -> Iterator[str]:
    return (event.text() for event in found)


def _full() -> Response:
    body = {
        "code": "streams_full",
        "message": "Too many live streams are open here; ask /widget/messages meanwhile.",
        "field": None,
    }
    answer = Response(json.dumps({"error": body}), 503, mimetype="application/json")
    answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer
