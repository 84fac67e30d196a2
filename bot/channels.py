"""Server-to-server channels: their names and the secrets that sign their messages."""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.errors import BotError
from escalation.errors import StoreUnavailable

SECRET_BYTES = 32
PREFIX = "whsec_"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class ChannelExists(BotError):
    """Raised when a channel's name is taken; its secret is never shown twice."""


class ChannelGone(BotError):
    """Raised when there is no channel of that name."""


class WrongChannelName(BotError):
    """Raised when a name cannot be a channel's."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel without its secrets."""

    name: str
    created_ms: int
    rotating: bool


class Channels:
    """The only place that reads and writes channels."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent yet."""
        self._redis = client

    def add(self, name: str) -> str:
        """Write a channel down and give its secret, the only time it is told; ChannelExists."""
        if not _NAME.fullmatch(name):
            raise WrongChannelName(
                f"{name!r} cannot name a channel; use 1 to 64 of letters, digits, dot, dash "
                "and underscore, beginning with a letter or digit."
            )
        secret = _new_secret()
        if not self._ask("hsetnx", keys.channels(), name, _row([secret], _now_ms())):
            raise ChannelExists(
                f"The channel {name!r} exists already and its secret is not shown again; "
                f"`attune channel rotate {name}` gives a new one."
            )
        return secret

    def rotate(self, name: str) -> str:
        """Give a channel a new secret; the one before stays good until the next rotation."""
        row = self._load(name)
        secret = _new_secret()
        stored = _row([secret, row["secrets"][0]], row["created_ms"])
        self._ask("hset", keys.channels(), name, stored)
        return secret

    def remove(self, name: str) -> None:
        """Forget a channel; its conversations stay. Raises ChannelGone."""
        if not self._ask("hdel", keys.channels(), name):
            raise _gone(name)

    def secrets(self, name: str) -> tuple[str, ...]:
        """Give the current secret and, after a rotation, the one before; none if unknown."""
        stored = self._ask("hget", keys.channels(), name)
        return tuple(json.loads(stored)["secrets"]) if stored else ()

    def names(self) -> list[str]:
        """Give the names of all channels, in order."""
        return [channel.name for channel in self.all()]

    def all(self) -> list[Channel]:
        """Give all channels, by name."""
        stored = self._ask("hgetall", keys.channels())
        rows = {name: json.loads(text) for name, text in stored.items()}
        return [
            Channel(name, row["created_ms"], len(row["secrets"]) > 1)
            for name, row in sorted(rows.items())
        ]

    def _load(self, name: str) -> dict[str, Any]:
        stored = self._ask("hget", keys.channels(), name)
        if not stored:
            raise _gone(name)
        row: dict[str, Any] = json.loads(stored)
        return row

    def _ask(self, command: str, *args: Any) -> Any:
        try:
            return getattr(self._redis, command)(*args)
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def _row(known: list[str], created_ms: int) -> str:
    return json.dumps({"secrets": known, "created_ms": created_ms})


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _gone(name: str) -> ChannelGone:
    return ChannelGone(f"There is no channel {name!r}; see `attune channel list`.")
