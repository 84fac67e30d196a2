"""Conversations in Redis: accept a message once, take its turn alone, finish it at once.

A message is accepted by one script (`ingest`) and finished by one (`commit`); between the two it
waits in the conversation's inbox, where a sweeper finds it if the process that took it dies.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any, get_args

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.errors import ConversationChanged, ConversationGone, EventReused, TooManyWaiting
from bot.stored import Change, Receipt, Waiting, first_meta, state_of, turn_of, with_ids
from bot.values import Customer, DueKind, Entry, Incoming, State, Turn
from escalation.errors import StaleToken, StoreUnavailable
from escalation.scripts import Script

LOCK_MS = 2_500
MOST_WAITING = 50
RECENT = 160
MOST_DUE = 10_000
NO_TICKET = ""
ANY_TICKET = "*"
UNUSED_S = 30 * 86_400


class Conversations:
    """The only place that reads and writes a conversation."""

    def __init__(self, client: redis.Redis, *, replicas: int = 0) -> None:
        """Prepare the scripts; nothing is sent yet.

        With `replicas`, what is accepted must be on so many before it counts.
        """
        self._redis = client
        self._ingest = Script(client, "bot", "ingest", drains=False, replicas=replicas)
        self._commit = Script(client, "bot", "commit", drains=True, replicas=replicas)
        self._change = Script(client, "bot", "change", drains=True, replicas=replicas)
        self._lock = Script(client, "bot", "lock", drains=True)
        self._unlock = Script(client, "bot", "unlock", drains=True)

    def ingest(self, incoming: Incoming) -> Receipt:
        """Store a message durably, once; the same event again gives its Turn if there is one.

        Raises EventReused (same id, other body), TooManyWaiting, StoreUnavailable (nothing stored).
        """
        conversation, lock = incoming.conversation, secrets.token_hex(8)
        data = {"author": "customer", "text": incoming.text, "event_id": incoming.event_id}
        entry = Entry("message", "all", incoming.received_ms, data)
        answer = self._ingest(
            [
                keys.meta(conversation),
                keys.log(conversation),
                keys.events(conversation),
                keys.inbox(conversation),
                keys.lock(conversation),
                keys.pending(keys.bucket(conversation)),
                keys.every(keys.bucket(conversation)),
            ],
            [
                *(incoming.event_id, incoming.fingerprint, incoming.received_ms, entry.dumps()),
                *(conversation, lock, LOCK_MS, MOST_WAITING),
                *first_meta(incoming.channel, incoming.external, incoming.customer),
            ],
        )
        if answer[0] == "full":
            raise TooManyWaiting(
                f"This conversation already has {MOST_WAITING} unanswered messages; wait a moment."
            )
        if answer[0] == "seen":
            record = json.loads(answer[1])
            if record["fp"] != incoming.fingerprint:
                raise EventReused(
                    f"Event id {incoming.event_id!r} was already used for another body; "
                    "use a new id for a new message."
                )
            return Receipt(record["mid"], None, turn_of(record, replayed=True), again=True)
        return Receipt(answer[1], lock if answer[2] else None, None)

    def begin(self, conversation: str, channel: str, customer: Customer, now_ms: int) -> None:
        """Create an empty conversation (a widget opened); without a word it is gone in 30 days."""
        fields = first_meta(channel, "", customer)
        flat = dict(zip(fields[::2], fields[1::2], strict=True))
        flat |= {"created_ms": str(now_ms), "last_ms": str(now_ms), "episode": "1", "token": "0"}
        try:
            pipe = self._redis.pipeline(transaction=True)
            pipe.hset(keys.meta(conversation), mapping=flat)  # type: ignore[arg-type]
            pipe.expire(keys.meta(conversation), UNUSED_S)
            pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(f"The conversation could not be begun ({error}).") from error

    def turn(self, conversation: str, event_id: str) -> Turn | None:
        """Give the finished Turn of an event, or None while it waits."""
        stored = self._ask("hget", keys.events(conversation), event_id)
        return turn_of(json.loads(stored), replayed=False) if stored else None

    def lock(self, conversation: str) -> str | None:
        """Take the turn lock of a conversation; None when somebody has it."""
        token = secrets.token_hex(8)
        return token if self._lock([keys.lock(conversation)], [token, LOCK_MS]) else None

    def unlock(self, conversation: str, token: str) -> None:
        """Give the turn lock back if it is still yours."""
        self._unlock([keys.lock(conversation)], [token])

    def oldest(self, conversation: str) -> Waiting | None:
        """Give the oldest message without a Turn."""
        event_id = self._ask("lindex", keys.inbox(conversation), 0)
        if not event_id:
            return None
        record = self._ask("hget", keys.events(conversation), event_id)
        return Waiting(event_id, json.loads(record)["mid"]) if record else None

    def commit(
        self, state: State, lock: str, event_id: str, turn: Turn, change: Change, now_ms: int
    ) -> Turn | None:
        """Finish the oldest waiting message; None when the lock was lost (somebody else did).

        Raises ConversationChanged when a person stepped in, joined or left meanwhile: plan again.
        """
        conversation = state.id
        number = keys.bucket(conversation)
        body = json.dumps(turn.to_row(), ensure_ascii=False, separators=(",", ":"))
        answer = self._commit(
            [
                keys.meta(conversation),
                keys.log(conversation),
                keys.events(conversation),
                keys.inbox(conversation),
                keys.lock(conversation),
                keys.pending(number),
                keys.every(number),
                keys.outbox(number),
                keys.held(number),
            ],
            [
                *(lock, event_id, state.hold, conversation, now_ms, LOCK_MS, body),
                change.outbox(conversation, turn.message_id),
                *change.arguments(),
            ],
        )
        if answer[0] == "changed":
            raise ConversationChanged(f"Conversation {conversation} changed hands; plan again.")
        return None if answer[0] == "lost" else with_ids(turn, answer[1:-1])

    def change(
        self,
        conversation: str,
        change: Change,
        now_ms: int,
        *,
        op: str = "",
        ticket: str | None = ANY_TICKET,
        token: int | None = None,
    ) -> tuple[str, ...]:
        """Write entries at once, give their ids; the same op again writes nothing.

        `ticket` is the one expected to be open (None: none). Raises ConversationGone,
        ConversationChanged, StaleToken.
        """
        number = keys.bucket(conversation)
        answer = self._change(
            [
                keys.meta(conversation),
                keys.log(conversation),
                keys.events(conversation),
                keys.every(number),
                keys.outbox(number),
                keys.held(number),
                keys.due(number),
            ],
            [
                *(
                    _op_field(op),
                    ticket or NO_TICKET,
                    "" if token is None else token,
                    conversation,
                    now_ms,
                ),
                change.outbox(conversation),
                *change.arguments(),
            ],
        )
        if answer[0] == "gone":
            raise ConversationGone(f"There is no conversation {conversation}.")
        if answer[0] == "changed":
            raise ConversationChanged("The conversation changed hands meanwhile; reload it.")
        if answer[0] == "stale":
            raise StaleToken(
                "Somebody else has taken this conversation; nothing was sent. Reload it to read "
                "along, or ask them to hand it over."
            )
        if answer[0] == "seen":
            return (json.loads(answer[1])["mid"],)
        return tuple(answer[1:])

    def load(self, conversation: str, recent: int = RECENT) -> State:
        """Give a conversation with its last entries, oldest first; raises ConversationGone."""
        found = self.load_all({conversation: recent})
        if conversation not in found:
            raise ConversationGone(f"There is no conversation {conversation}.")
        return found[conversation]

    def load_all(self, wanted: Mapping[str, int]) -> dict[str, State]:
        """Give those of the conversations that are there, each with so many last entries, at once.

        In the order asked for, in one round trip.
        """
        try:
            pipe = self._redis.pipeline(transaction=False)
            for name, recent in wanted.items():
                pipe.hgetall(keys.meta(name))
                pipe.xrevrange(keys.log(name), count=recent)
            answers = pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be read ({error}); try again.") from error
        found = {}
        for name, meta, newest in zip(wanted, answers[::2], answers[1::2], strict=True):
            if meta:
                entries = tuple(Entry.loads(one, body["d"]) for one, body in reversed(newest))
                found[name] = state_of(name, meta, entries)
        return found

    def entries(self, conversation: str, after: str = "", limit: int = 500) -> list[Entry]:
        """Give the entries after an entry id (all when empty), oldest first."""
        start = f"({after}" if after else "-"
        found = self._ask("xrange", keys.log(conversation), start, "+", count=limit)
        return [Entry.loads(one, body["d"]) for one, body in found]

    def entry(self, conversation: str, entry_id: str) -> Entry:
        """Give one entry; raises ConversationGone."""
        found = self._ask("xrange", keys.log(conversation), entry_id, entry_id)
        if not found:
            raise ConversationGone(f"Conversation {conversation} has no entry {entry_id}.")
        return Entry.loads(found[0][0], found[0][1]["d"])

    def done(self, conversation: str, op: str) -> bool:
        """Say whether an operation was already written."""
        return bool(self._ask("hexists", keys.events(conversation), _op_field(op)))

    def episodes(self, conversation: str) -> int:
        """Give how many tickets it may have had, 0 when it is gone."""
        return int(self._ask("hget", keys.meta(conversation), "episode") or 0)

    def exists(self, conversation: str) -> bool:
        """Say whether there is such a conversation."""
        return bool(self._ask("exists", keys.meta(conversation)))

    def recent(self, limit: int) -> list[tuple[str, int]]:
        """Give the conversations last written to, newest first, with their time in ms."""
        return self._merged(keys.every, limit, newest=True)

    def unfinished(self, before_ms: int) -> list[str]:
        """Give conversations whose oldest uncommitted message came before a time."""
        return [one for one, since in self._merged(keys.pending, 100) if since <= before_ms]

    def held(self, limit: int = 10_000) -> list[tuple[str, int]]:
        """Give the conversations a person holds, longest first, with since when in ms."""
        return self._merged(keys.held, limit)

    def due(self, kind: DueKind) -> list[tuple[str, int]]:
        """Give the conversations with something due of a kind, earliest first, with when in ms."""
        found = self._merged(keys.due, MOST_DUE)
        mark = f"{kind} "
        return [(one.removeprefix(mark), at) for one, at in found if one.startswith(mark)]

    def untouched(self, before_ms: int) -> list[str]:
        """Give conversations last written to before a time, oldest first."""
        return [one for one, last in self._merged(keys.every, 100) if last < before_ms]

    def erase(self, conversation: str) -> None:
        """Delete everything of a conversation; its ticket is the queue's to erase."""
        number = keys.bucket(conversation)
        names = (keys.meta, keys.log, keys.events, keys.inbox, keys.lock, keys.words, keys.looking)
        try:
            pipe = self._redis.pipeline(transaction=True)
            pipe.delete(*(name(conversation) for name in names))
            for index in (keys.pending, keys.held, keys.every):
                pipe.zrem(index(number), conversation)
            pipe.zrem(keys.due(number), *(f"{kind} {conversation}" for kind in get_args(DueKind)))
            pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(f"Nothing was erased ({error}); try again.") from error

    def _merged(self, key: Any, limit: int, *, newest: bool = False) -> list[tuple[str, int]]:
        try:
            pipe = self._redis.pipeline(transaction=False)
            for number in range(keys.BUCKETS):
                pipe.zrange(key(number), 0, limit - 1, desc=newest, withscores=True)
            found = [(one, int(score)) for part in pipe.execute() for one, score in part]
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be read ({error}); try again.") from error
        return sorted(found, key=lambda pair: pair[1], reverse=newest)[:limit]

    def _ask(self, command: str, *args: Any, **options: Any) -> Any:
        try:
            return getattr(self._redis, command)(*args, **options)
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error


def _op_field(op: str) -> str:
    """Give the field an operation is remembered under; no sender's event id has a dot."""
    return f"op.{op}" if op else ""
