"""Makes events of what the product writes down anyway: the outboxes and the queue's transitions.

A cursor for each source moves in the script that puts its events in line, so that each is told
once however many processes carry it, and none is skipped when one of them dies. Events of one
conversation line up by when they happened, whichever source told them.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import redis
import structlog

from bot import keys
from bot.channels import Channels
from bot.outgoing.endpoints import Endpoint, Endpoints
from bot.outgoing.events import OF_TICKETS, Event, Told, of_entries, of_queue, words_of
from bot.outgoing.lanes import Lanes, Letter, Move
from bot.sessions import asked
from bot.values import Entry
from escalation.errors import StoreUnavailable
from escalation.queue import TicketQueue

QUEUE = "queue"
BATCH = 50
TRIES = 20
# Of the same millisecond: what an agent did to a ticket, what was written, what the relay did next.
BEFORE_OUTBOX, AFTER_QUEUE, AFTER_OUTBOX = 0, 1, 2
RANK = dict.fromkeys(("opened", "raised", "cancelled"), AFTER_OUTBOX)
WIDGET = "widget"
PHONE_NUMBERS = frozenset({"twilio"})
"""Kinds of channels whose own ids of conversations are personal."""
log = structlog.get_logger(__name__)


class Feed:
    """Tells the lanes what happened; whoever carries an outbox calls it first."""

    def __init__(
        self,
        client: redis.Redis,
        queue: TicketQueue,
        channels: Channels,
        endpoints: Endpoints,
        lanes: Lanes,
    ) -> None:
        """Hold the parts; `news` is set whenever something was put in line."""
        self._redis = client
        self._queue = queue
        self._channels = channels
        self._endpoints = endpoints
        self._lanes = lanes
        self.news = threading.Event()

    def begin(self) -> None:
        """Leave untold what happened before the first endpoint was there."""
        if not self._endpoints.all():
            self._lanes.begin(QUEUE, self._queue.last_event() or "0-0")

    def told(self, number: int, entry_id: str, effect: Mapping[str, Any]) -> None:
        """Put an outbox entry's events in line, once, with all the queue's that came before it.

        Raises StoreUnavailable. A defect here is logged and keeps no ticket from being opened.
        """
        try:
            endpoints = self._endpoints.all()
            if endpoints:
                self._tell(f"b{number:02d}", entry_id, effect, endpoints)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("events_not_told", conversation=effect.get("conversation"))

    def pump(self) -> None:
        """Put the queue's transitions since the last time in line; raises StoreUnavailable."""
        endpoints = self._endpoints.all()
        while endpoints:
            move, letters = self._of_queue(endpoints)
            if move and self._lanes.append([move], letters) and letters:
                self.news.set()
            if not move:
                return

    def words(self, event: Event) -> dict[str, Any]:
        """Give what an endpoint with words gets beside ids; empty once it was erased."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.hgetall(keys.meta(event.conversation))
        pipe.xrange(keys.log(event.conversation), event.entry or "0-1", event.entry or "0-1")
        meta, found = asked(pipe.execute)
        entry = Entry.loads(found[0][0], found[0][1]["d"]) if found else None
        return words_of(event.kind, entry, meta)

    def _tell(
        self, source: str, entry_id: str, effect: Mapping[str, Any], endpoints: Sequence[Endpoint]
    ) -> None:
        for _ in range(TRIES):
            cursor = self._lanes.cursor(source)
            if cursor and _order(cursor) >= _order(entry_id):
                return
            events = self._events(effect)
            mine = [
                Letter(endpoint, event, _place(entry_id, AFTER_QUEUE, number))
                for number, event in enumerate(events)
                for endpoint in _takers(endpoints, event)
            ]
            move, letters = self._of_queue(endpoints)
            moves = [Move(source, cursor, entry_id), *([move] if move else [])]
            if not mine and not letters:
                return
            if self._lanes.append(moves, [*letters, *mine]):
                self.news.set()
                return
        raise StoreUnavailable(f"The events of {source} could not be put in line; try again.")

    def _of_queue(self, endpoints: Sequence[Endpoint]) -> tuple[Move | None, list[Letter]]:
        """Give the queue's transitions since the last time, and how its cursor moves."""
        cursor = self._lanes.cursor(QUEUE)
        if not cursor:
            self._lanes.begin(QUEUE, self._queue.last_event() or "0-0")
            return None, []
        found = self._queue.events(cursor, BATCH)
        letters = []
        for one in found:
            told = self._whose(one.conversation)
            if event := of_queue(one, self._queue.get(one.ticket), told):
                place = _place(one.id, RANK.get(one.kind, BEFORE_OUTBOX))
                letters += [Letter(name, event, place) for name in _takers(endpoints, event)]
        return (Move(QUEUE, cursor, found[-1].id) if found else None), letters

    def _events(self, effect: Mapping[str, Any]) -> list[Event]:
        """Give the events of one change: its entries as the log has them, the message first."""
        ids = [one for one in (effect.get("message"), *(effect.get("ids") or ())) if one]
        if not ids:
            return []
        conversation = str(effect["conversation"])
        log_key = keys.log(conversation)
        pipe = self._redis.pipeline(transaction=False)
        pipe.xrange(log_key, count=1)
        for one in ids:
            pipe.xrange(log_key, one, one)
        first, *found = asked(pipe.execute)
        entries = [Entry.loads(rows[0][0], rows[0][1]["d"]) for rows in found if rows]
        about = [one.data["ticket"] for one in entries if one.data.get("what") in OF_TICKETS]
        ticket = self._queue.get(str(about[0])) if about else None
        first_id = str(first[0][0]) if first else ""
        return of_entries(entries, first_id, self._whose(conversation), ticket)

    def _whose(self, conversation: str) -> Told:
        """Say where a conversation comes from; an id that names a person stays here."""
        found: Any = asked(
            lambda: self._redis.hmget(keys.meta(conversation), ["channel", "external"])
        )
        channel, external = (one or "" for one in found)
        personal = channel != WIDGET and self._channels.given(channel)[0] in PHONE_NUMBERS
        return Told(conversation, channel, "" if personal else external)


def _takers(endpoints: Sequence[Endpoint], event: Event) -> list[str]:
    return [one.name for one in endpoints if one.wants(event.kind)]


def _place(entry_id: str, rank: int, number: int = 0) -> str:
    """Give what orders an event among its conversation's, whichever source it came from."""
    at_ms, sequence = _order(entry_id)
    return f"{at_ms:013d}-{rank}-{sequence:08d}-{number:03d}"


def _order(entry_id: str) -> tuple[int, int]:
    first, _, second = entry_id.partition("-")
    return int(first), int(second)
