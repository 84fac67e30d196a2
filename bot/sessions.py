"""Who is signed in: sessions in Redis, and a count of failed tries that slows guessing down."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.errors import BotError
from escalation.errors import StoreUnavailable

IDLE_MS = 30 * 60_000
LONGEST_MS = 12 * 3_600_000
TOUCH_MS = 60_000
TRIES_S = 15 * 60
TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 50

T = TypeVar("T")


class TooManyTries(BotError):
    """Raised when an account or an address failed too often; `retry_after_s` says when to try."""

    def __init__(self, retry_after_s: int) -> None:
        """Carry how long to wait."""
        self.retry_after_s = max(1, retry_after_s)
        minutes = -(-self.retry_after_s // 60)
        super().__init__(
            f"Too many tries. Wait {minutes} minute{'s' if minutes > 1 else ''}, "
            "or ask an admin for a new sign-in link."
        )


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's sign-in; `csrf` must come with every change it asks for."""

    person: str
    version: int
    csrf: str
    created_ms: int
    digest: str

    def left_ms(self, now_ms: int) -> int:
        """Give how long it may go on without a sign of life; 0 or less when it is over."""
        return min(IDLE_MS, self.created_ms + LONGEST_MS - now_ms)


class Sessions:
    """Sessions by a 256-bit id of which only the hash is stored."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent before the first call."""
        self._redis = client

    def begin(self, person: str, version: int, now_ms: int) -> str:
        """Open a session and give its id, for the cookie and nowhere else."""
        token = secrets.token_urlsafe(32)
        digest = digest_of(token)
        row: Any = {"person": person, "version": str(version), "created_ms": str(now_ms)}
        row["csrf"] = secrets.token_urlsafe(24)
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.session(digest), mapping=row)
        pipe.pexpire(keys.session(digest), IDLE_MS)
        pipe.sadd(keys.sessions_of(person), digest)
        pipe.pexpire(keys.sessions_of(person), LONGEST_MS)
        asked(pipe.execute)
        return token

    def load(self, token: str, now_ms: int) -> Session | None:
        """Give the session of an id unless it is over; a look once a minute keeps it alive."""
        digest = digest_of(token)
        pipe = self._redis.pipeline(transaction=False)
        pipe.hgetall(keys.session(digest))
        pipe.pttl(keys.session(digest))
        row, lives_ms = asked(pipe.execute)
        if "person" not in row:
            return None
        session = Session(
            person=row["person"],
            version=int(row["version"]),
            csrf=row["csrf"],
            created_ms=int(row["created_ms"]),
            digest=digest,
        )
        left_ms = session.left_ms(now_ms)
        if left_ms <= 0:
            return None
        if lives_ms < left_ms - TOUCH_MS:
            asked(lambda: self._redis.pexpire(keys.session(digest), left_ms))
        return session

    def first_time(self, session: Session, what: str, now_ms: int) -> bool:
        """Tell whether this session does something for the first time, and remember that it did."""
        key = keys.session(session.digest)
        first = bool(asked(lambda: self._redis.hsetnx(key, what, "1")))
        if first:  # so that a session that ended just now leaves nothing behind for ever
            asked(lambda: self._redis.pexpire(key, max(1, session.left_ms(now_ms))))
        return first

    def end(self, session: Session) -> None:
        """Close one session."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.delete(keys.session(session.digest))
        pipe.srem(keys.sessions_of(session.person), session.digest)
        asked(pipe.execute)

    def end_all(self, person: str) -> int:
        """Close all sessions of a person and give how many there were."""
        ended = 0
        while digests := self._digests(person):
            pipe = self._redis.pipeline(transaction=True)
            for digest in digests:
                pipe.delete(keys.session(digest))
                pipe.srem(keys.sessions_of(person), digest)
            ended += sum(asked(pipe.execute)[::2])
        return ended

    def _digests(self, person: str) -> list[str]:
        found: Any = asked(lambda: self._redis.smembers(keys.sessions_of(person)))
        return [str(one) for one in found]


class Tries:
    """Failed sign-ins, counted before the password is looked at: parallel tries count too."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent before the first call."""
        self._redis = client

    def count(self, account: str, address: str) -> None:
        """Count one try; raises TooManyTries, and StoreUnavailable when it cannot be counted."""
        limits = {_account(account): TRIES_PER_ACCOUNT, _address(address): TRIES_PER_ADDRESS}
        pipe = self._redis.pipeline(transaction=True)
        for key in limits:
            pipe.set(key, 0, ex=TRIES_S, nx=True)
            pipe.incr(key)
            pipe.ttl(key)
        answer = asked(pipe.execute)
        for index, limit in enumerate(limits.values()):
            if answer[3 * index + 1] > limit:
                raise TooManyTries(answer[3 * index + 2])

    def forgive(self, account: str, address: str) -> None:
        """Take a try back that turned out to be right: the account starts again from nothing."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.delete(_account(account))
        pipe.decr(_address(address))
        pipe.expire(_address(address), TRIES_S)
        asked(pipe.execute)

    def reset(self, account: str) -> None:
        """Let an account try again at once: its person has come back by link."""
        asked(lambda: self._redis.delete(_account(account)))


def digest_of(token: str) -> str:
    """Give what is stored of a secret."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def asked(call: Callable[[], T]) -> T:
    """Ask Redis; raises StoreUnavailable when it does not answer."""
    try:
        return call()
    except RedisError as error:
        raise StoreUnavailable(f"Redis did not answer ({error}); try again.") from error


def _account(account: str) -> str:
    return keys.sign_in_tries(f"account:{digest_of(account)}")


def _address(address: str) -> str:
    return keys.sign_in_tries(f"address:{address}")
