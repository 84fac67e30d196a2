"""What waits for each endpoint, in Redis: in order by conversation, one try at a time each.

A try is taken under a lease; one that a dead process left ends by itself, and whoever comes back
too late writes nothing. Every call may be made by any number of processes at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, NamedTuple

import redis

from bot import keys
from bot.outgoing.events import Event
from bot.outgoing.retry import FAILS_ALLOWED, Verdict
from bot.sessions import asked
from escalation.scripts import Script

LEASE_MS = 30_000
MOST_WAITING = 10_000
MOST_AT_ONCE = 2
LOG_MOST = 1_000
LOG_LIVES_MS = 14 * 86_400_000
COUNTS = ("sent", "failed", "dead", "lost")


class Letter(NamedTuple):
    """One event for one endpoint; `place` orders a conversation's, empty is the last."""

    endpoint: str
    event: Event
    place: str = ""


class Move(NamedTuple):
    """A source's cursor as it was read, and where it goes."""

    source: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Job:
    """A try under way; `tries` and `fails` count what went before, of the event, in a row."""

    endpoint: str
    conversation: str
    lease: str
    tries: int
    fails: int
    member: str

    @property
    def event(self) -> Event:
        """The event to send."""
        return Event.loads(self.member.split("|", 2)[2])


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of the delivery log; `event` is what it would take to send it again."""

    webhook_id: str
    kind: str
    conversation: str
    at_ms: int
    number: int
    outcome: str
    status: int
    why: str
    took_ms: int
    said: str
    again_in_ms: int
    event: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an endpoint fares; times are ms since 1970, 0 for never. `halt`: paused, off or empty."""

    halt: str = ""
    why: str = ""
    waiting: int = 0
    conversations: int = 0
    fails: int = 0
    since_ms: int = 0
    sent_ms: int = 0
    sent: int = 0
    failed: int = 0
    dead: int = 0
    lost: int = 0


class Lanes:
    """The only place that reads and writes what waits for endpoints.

    `clock` is for tests; without one it is Redis's time that counts, the same for all machines.
    """

    def __init__(
        self,
        client: redis.Redis,
        clock: Callable[[], int] | None = None,
        lease_ms: int = LEASE_MS,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        """Prepare the scripts; nothing is sent yet."""
        self._redis = client
        self._clock = clock
        self._lease_ms = lease_ms
        self._most_waiting = most_waiting
        self._append = Script(client, "bot", "outgoing_append", drains=True)
        self._take = Script(client, "bot", "outgoing_take", drains=True)
        self._settle = Script(client, "bot", "outgoing_settle", drains=True)

    def cursor(self, source: str) -> str:
        """Give the last entry of a source that was made into events, empty if there is none."""
        found: Any = asked(lambda: self._redis.hget(keys.endpoint_cursors(), source))
        return found or ""

    def begin(self, source: str, at: str) -> None:
        """Have a source told from an entry on."""
        asked(lambda: self._redis.hset(keys.endpoint_cursors(), source, at))

    def append(self, moves: Sequence[Move], letters: Sequence[Letter]) -> bool:
        """Put letters in line and move cursors, at once; False if one of them had moved."""
        places = [
            key(one.endpoint)
            for one in letters
            for key in (
                *(keys.endpoint_line, keys.endpoint_due),
                *(keys.endpoint_flying, keys.endpoint_state),
            )
        ]
        told = [
            part
            for one in letters
            for part in (one.endpoint, one.event.conversation, one.place, one.event.dumps())
        ]
        cursors = [part for one in moves for part in one]
        names = [keys.endpoint_cursors(), keys.endpoints(), *places]
        args = [self._now(), self._most_waiting, len(moves), *cursors, *told]
        return bool(self._append(names, args))

    def append_by_hand(self, letters: Sequence[Letter]) -> None:
        """Put letters in line because somebody asked; their conversations are tried at once."""
        self.append((), letters)

    def take(self, endpoint: str) -> Job | None:
        """Take the event that is due first, None if there is none or the endpoint rests."""
        answer = self._take(
            [
                *(keys.endpoint_line(endpoint), keys.endpoint_due(endpoint)),
                *(keys.endpoint_flying(endpoint), keys.endpoint_heads(endpoint)),
                *(keys.endpoint_state(endpoint), keys.endpoint_sequence(), keys.endpoints()),
            ],
            [endpoint, self._now(), self._lease_ms, MOST_AT_ONCE, FAILS_ALLOWED],
        )
        if not answer:
            return None
        conversation, lease, tries, fails, member = answer
        return Job(endpoint, conversation, lease, int(tries), int(fails), member)

    def settle(self, job: Job, verdict: Verdict, attempt: Attempt) -> int | None:
        """Write down how a try went; give since when the endpoint fails in ms, 0 if it does not.

        None when the lease was lost: somebody else tries it, and nothing was written.
        """
        answer = self._settle(
            [
                *(keys.endpoint_line(job.endpoint), keys.endpoint_due(job.endpoint)),
                *(keys.endpoint_flying(job.endpoint), keys.endpoint_heads(job.endpoint)),
                *(keys.endpoint_state(job.endpoint), keys.endpoint_log(job.endpoint)),
            ],
            [
                *(self._now(), job.conversation, job.lease, job.member, verdict.outcome),
                *(verdict.again_in_ms, verdict.rest_ms, json.dumps(asdict(attempt))),
                *(LOG_MOST, LOG_LIVES_MS, FAILS_ALLOWED),
            ],
        )
        return int(answer[1]) if answer else None

    def halt(self, endpoint: str, how: str, why: str = "") -> None:
        """Stop tries: `paused` keeps what comes, `off` does not."""
        row: Any = {"halt": how, "why": why}
        asked(lambda: self._redis.hset(keys.endpoint_state(endpoint), mapping=row))

    def resume(self, endpoint: str) -> None:
        """Go on, with all that waits at once."""
        due = keys.endpoint_due(endpoint)
        pipe = self._redis.pipeline(transaction=True)
        pipe.hdel(
            keys.endpoint_state(endpoint),
            *("halt", "why", "fails", "since_ms", "rest_ms", "lost"),
        )
        pipe.zunionstore(due, {due: 0})
        asked(pipe.execute)

    def standing(self, endpoint: str) -> Standing:
        """Say how an endpoint fares."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.hgetall(keys.endpoint_state(endpoint))
        pipe.zcard(keys.endpoint_line(endpoint))
        pipe.zcard(keys.endpoint_due(endpoint))
        pipe.zcard(keys.endpoint_flying(endpoint))
        row, waiting, due, flying = asked(pipe.execute)
        numbers = {name: int(row.get(name, 0)) for name in ("fails", "since_ms", "sent_ms")}
        counts = {name: int(row.get(name, 0)) for name in COUNTS}
        return Standing(
            halt=row.get("halt", ""),
            why=row.get("why", ""),
            waiting=waiting,
            conversations=due + flying,
            **numbers,
            **counts,
        )

    def log(self, endpoint: str, limit: int = LOG_MOST) -> list[Attempt]:
        """Give the last tries, newest first."""
        found: Any = asked(lambda: self._redis.xrevrange(keys.endpoint_log(endpoint), count=limit))
        return [Attempt(**json.loads(fields["d"])) for _, fields in found]

    def forget(self, endpoints: Sequence[str], conversations: Sequence[str]) -> None:
        """Drop what waits for endpoints of conversations, and their lines of the delivery logs."""
        gone = set(conversations)
        for name in endpoints:
            found: Any = asked(partial(self._redis.xrange, keys.endpoint_log(name)))
            told = [at for at, row in found if json.loads(row["d"])["conversation"] in gone]
            pipe = self._redis.pipeline(transaction=True)
            for one in gone:
                pipe.zremrangebylex(keys.endpoint_line(name), f"[{one}|", f"({one}}}")
            if gone:
                pipe.zrem(keys.endpoint_due(name), *gone)
                pipe.zrem(keys.endpoint_flying(name), *gone)
                pipe.hdel(keys.endpoint_heads(name), *gone)
            if told:
                pipe.xdel(keys.endpoint_log(name), *told)
            asked(pipe.execute)

    def _now(self) -> int | str:
        return self._clock() if self._clock else ""
