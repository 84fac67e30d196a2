"""Wakes whoever waits for news: one blocking reader and one typing listener serve a whole process.

The live stream only says that a conversation has a new entry; each reader fetches what it may see.
Nothing is lost when a wake is missed: entry ids resume every stream.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import redis
import structlog
from redis.exceptions import RedisError

from bot import keys

BLOCK_MS = 5_000
CAP = 10_000
RETRY_S = 1.0
CLOSE_CHECK_S = 1.0
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wake:
    """What happened since the last wait."""

    conversations: frozenset[str] = frozenset()
    queue: bool = False
    typing: tuple[dict[str, Any], ...] = ()
    closed: bool = False


@dataclass(slots=True, eq=False)
class Subscription:
    """One stream's ear: wakes coalesce, so a slow reader costs a set, never a backlog."""

    hub: LiveHub
    conversation: str | None
    _ready: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _conversations: set[str] = field(default_factory=set)
    _queue: bool = False
    _typing: list[dict[str, Any]] = field(default_factory=list)

    def wait(self, timeout_s: float) -> Wake:
        """Give what happened, at once if something has, else after at most `timeout_s`."""
        waited = 0.0
        while not (self.hub.closed or self._ready.wait(CLOSE_CHECK_S) or waited >= timeout_s):
            waited += CLOSE_CHECK_S
        with self._lock:
            wake = Wake(
                frozenset(self._conversations),
                self._queue,
                tuple(self._typing),
                self.hub.closed,
            )
            self._conversations, self._queue, self._typing = set(), False, []
            self._ready.clear()
        return wake

    def close(self) -> None:
        """Stop listening."""
        self.hub.drop(self)

    def tell(
        self, conversation: str = "", *, queue: bool = False, typing: dict[str, Any] | None = None
    ) -> None:
        """Note news; called by the hub."""
        with self._lock:
            if conversation:
                self._conversations.add(conversation)
            self._queue = self._queue or queue
            if typing and len(self._typing) < 20:
                self._typing.append(typing)
            self._ready.set()


class LiveHub:
    """All open streams of this process; threads start with the first subscription (after fork)."""

    def __init__(
        self, client: redis.Redis, blocking: Callable[[], redis.Redis], most_streams: int
    ) -> None:
        """`client` sends; `blocking` makes a client whose socket may wait for seconds."""
        self._redis = client
        self._blocking = blocking
        self._most = most_streams
        self._lock = threading.Lock()
        self._of: dict[str, set[Subscription]] = defaultdict(set)
        self._desks: set[Subscription] = set()
        self._count = 0
        self._started = False
        self.closed = False

    def subscribe(self, conversation: str) -> Subscription:
        """Hear of one conversation."""
        subscription = Subscription(self, conversation)
        with self._lock:
            self._of[conversation].add(subscription)
            self._count += 1
        self._start()
        return subscription

    def subscribe_desk(self) -> Subscription:
        """Hear of every conversation and of the queue."""
        subscription = Subscription(self, None)
        with self._lock:
            self._desks.add(subscription)
            self._count += 1
        self._start()
        return subscription

    def drop(self, subscription: Subscription) -> None:
        """Forget a subscription; twice is harmless."""
        with self._lock:
            conversation = subscription.conversation
            group = self._desks if conversation is None else self._of[conversation]
            self._count -= int(subscription in group)
            group.discard(subscription)
            if conversation is not None and not group:
                del self._of[conversation]

    def streams_free(self) -> int:
        """Give how many more streams this process takes."""
        return max(0, self._most - self._count)

    @property
    def open_streams(self) -> int:
        """Give how many streams are open."""
        return self._count

    def wake(self, conversation: str = "", entry_id: str = "", *, queue: bool = False) -> None:
        """Tell every process that a conversation or the queue has news; never an error.

        What it is about is written already, and streams look again at every ping.
        """
        fields: Any = {"c": conversation, "i": entry_id, "q": "1" if queue else ""}
        try:
            self._redis.xadd(keys.live(), fields, maxlen=CAP, approximate=True)
        except RedisError as error:
            log.info("wake_not_sent", error=type(error).__name__)

    def typing(self, conversation: str, author: str, name: str = "", agent: str = "") -> None:
        """Tell every process that somebody types; never stored, never an error."""
        said = {"conversation": conversation, "author": author, "name": name, "agent": agent}
        body = json.dumps(said)
        try:
            self._redis.publish(keys.typing(), body)
        except RedisError as error:
            log.info("typing_not_sent", error=type(error).__name__)

    def close(self) -> None:
        """End all streams of this process within a second; safe inside a signal handler."""
        self.closed = True

    def _start(self) -> None:
        with self._lock:
            if self._started:
                return
            self._started = True
        for target in (self._read_wakes, self._read_typing):
            threading.Thread(target=target, name=target.__name__, daemon=True).start()

    def _read_wakes(self) -> None:
        last = ""
        while not self.closed:
            try:
                if not last:
                    client, last = self._from_now()
                found = client.xread({keys.live(): last}, block=BLOCK_MS, count=500)
            except RedisError as error:
                self._pause(error)
                continue
            streams: Any = found or ()
            for _, entries in streams:
                for entry_id, fields in entries:
                    last = entry_id
                    self._deliver(fields)

    def _from_now(self) -> tuple[redis.Redis, str]:
        """Give the reader and where it begins; what came while it started may have been missed."""
        client = self._blocking()
        newest: Any = client.xrevrange(keys.live(), count=1)
        self._wake_everybody()
        return client, newest[0][0] if newest else "0-0"

    def _pause(self, error: Exception) -> None:
        """After an outage anything may have been missed: wake everybody, then wait a little."""
        log.warning("live_reader_waits", error=type(error).__name__, retry_s=RETRY_S)
        self._wake_everybody()
        threading.Event().wait(RETRY_S)

    def _wake_everybody(self) -> None:
        for subscription in self._everyone():
            subscription.tell(subscription.conversation or "", queue=True)

    def _deliver(self, fields: dict[str, str]) -> None:
        conversation = fields.get("c", "")
        with self._lock:
            ears = [*self._of.get(conversation, ())]
            desks = [*self._desks]
        for one in ears:
            one.tell(conversation)
        for one in desks:
            one.tell(conversation, queue=bool(fields.get("q")))

    def _read_typing(self) -> None:
        while not self.closed:
            try:
                pubsub = self._blocking().pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
                pubsub.subscribe(keys.typing())
                while not self.closed:
                    message = pubsub.get_message(timeout=BLOCK_MS / 1000)
                    if message and message["type"] == "message":
                        self._deliver_typing(json.loads(message["data"]))
            except RedisError:
                threading.Event().wait(RETRY_S)

    def _deliver_typing(self, typing: dict[str, Any]) -> None:
        with self._lock:
            ears = [*self._of.get(typing["conversation"], ()), *self._desks]
        for one in ears:
            one.tell(typing=typing)

    def _everyone(self) -> list[Subscription]:
        with self._lock:
            return [*self._desks, *(one for group in self._of.values() for one in group)]
