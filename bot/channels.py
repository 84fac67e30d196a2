"""Server-to-server channels: their names and the secrets that sign their messages."""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any, Literal, get_args

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.errors import BotError
from escalation.errors import StoreUnavailable

Kind = Literal["standard", "slack", "twilio"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST_GIVEN = 200
SECRET_BYTES = 32
PREFIX = "whsec_"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class ChannelExists(BotError):
    """Raised when a channel's name is taken; its secret is never shown twice."""


class ChannelGone(BotError):
    """Raised when there is no channel of that name."""


class WrongChannelName(BotError):
    """Raised when a name cannot be a channel's."""


class WrongSecret(BotError):
    """Raised when the secret of the other side is missing, or cannot be one."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel without its secrets."""

    name: str
    created_ms: int
    rotating: bool
    kind: Kind = "standard"


class Channels:
    """The only place that reads and writes channels."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent yet."""
        self._redis = client

    def add(self, name: str, kind: Kind = "standard", given: str = "") -> str:
        """Write a channel down and give its secret, the only time it is told; ChannelExists.

        A channel of another kind also needs the secret that the other side signs with, `given`.
        """
        if not _NAME.fullmatch(name):
            raise WrongChannelName(
                f"{name!r} cannot name a channel; use 1 to 64 of letters, digits, dot, dash "
                "and underscore, beginning with a letter or digit."
            )
        secret = new_secret()
        row: dict[str, Any] = {"secrets": [secret], "created_ms": _now_ms()}
        if kind != "standard":
            row |= {"kind": kind, "given": [clean_given(given)]}
        if not self._ask("hsetnx", keys.channels(), name, json.dumps(row)):
            raise ChannelExists(
                f"The channel {name!r} exists already and its secret is not shown again; "
                f"`attune channel rotate {name}` gives a new one."
            )
        return secret

    def rotate(self, name: str) -> str:
        """Give a channel a new secret; the one before stays good until the next rotation."""
        row = self._load(name)
        secret = new_secret()
        row["secrets"] = [secret, row["secrets"][0]]
        self._ask("hset", keys.channels(), name, json.dumps(row))
        return secret

    def rotate_given(self, name: str, given: str) -> None:
        """Take a new secret of the other side; the one before stays good until the next time."""
        row = self._load(name)
        if "given" not in row:
            raise WrongSecret(f"The channel {name!r} is a standard one, which has no such secret.")
        row["given"] = [clean_given(given), row["given"][0]]
        self._ask("hset", keys.channels(), name, json.dumps(row))

    def remove(self, name: str) -> None:
        """Forget a channel; its conversations stay. Raises ChannelGone."""
        if not self._ask("hdel", keys.channels(), name):
            raise _gone(name)

    def secrets(self, name: str) -> tuple[str, ...]:
        """Give the current secret and, after a rotation, the one before; none if unknown."""
        stored = self._ask("hget", keys.channels(), name)
        return tuple(json.loads(stored)["secrets"]) if stored else ()

    def given(self, name: str) -> tuple[Kind, tuple[str, ...]]:
        """Give a channel's kind and the secrets the other side signs with; none if unknown."""
        stored = self._ask("hget", keys.channels(), name)
        row = json.loads(stored) if stored else {}
        return row.get("kind", "standard"), tuple(row.get("given", ()))

    def names(self) -> list[str]:
        """Give the names of all channels, in order."""
        return [channel.name for channel in self.all()]

    def all(self) -> list[Channel]:
        """Give all channels, by name."""
        stored = self._ask("hgetall", keys.channels())
        rows = {name: json.loads(text) for name, text in stored.items()}
        return [
            Channel(name, row["created_ms"], len(row["secrets"]) > 1, row.get("kind", "standard"))
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


def new_secret() -> str:
    """Give a fresh secret that signs as Standard Webhooks do."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def clean_given(secret: str) -> str:
    """Give the secret of the other side as it is used; raises WrongSecret."""
    secret = secret.strip()
    if not 8 <= len(secret) <= LONGEST_GIVEN or not (secret.isascii() and secret.isprintable()):
        raise WrongSecret(
            "A channel of this kind needs the secret that the other side signs with, 8 to "
            f"{LONGEST_GIVEN} characters: Slack's signing secret, or Twilio's auth token."
        )
    return secret


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _gone(name: str) -> ChannelGone:
    return ChannelGone(f"There is no channel {name!r}; see `attune channel list`.")
