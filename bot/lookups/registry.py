"""Where a shop's own systems are asked: the lookups an operator adds, and the secrets that sign."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.channels import new_secret
from bot.errors import BotError
from escalation.errors import StoreUnavailable

MOST = 20
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class LookupGone(BotError):
    """Raised when there is no lookup of that name."""


class WrongLookup(BotError):
    """Raised when a lookup cannot be added as it was typed."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One address that answers questions; `secret` signs what is asked.

    `private` lets it be http and lie in the operator's own network; only a terminal can say so.
    `demo` marks the one of the demo shop, which follows Attune's own address.
    """

    name: str
    address: str
    secret: str
    created_ms: int
    private: bool = False
    demo: bool = False


class Lookups:
    """The only place that reads and writes lookups."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent yet."""
        self._redis = client

    def add(
        self, name: str, address: str, now_ms: int, *, private: bool = False, demo: bool = False
    ) -> str:
        """Write a lookup down and give its secret, the only time it is told; WrongLookup."""
        if not _NAME.fullmatch(name):
            raise WrongLookup(
                f"{name!r} cannot name a lookup; use up to 40 small letters, digits and "
                "underscores, beginning with a letter, as in intents.yaml."
            )
        if len(self.all()) >= MOST:
            raise WrongLookup(f"There are {MOST} lookups already; remove one first.")
        made = Lookup(name, address, new_secret(), now_ms, private, demo)
        if not self._ask("hsetnx", keys.lookups(), name, _dumps(made)):
            raise WrongLookup(
                f"The lookup {name!r} exists already; change it by `attune lookup move {name}`, "
                f"or give it a new secret by `attune lookup rotate {name}`."
            )
        return made.secret

    def move(self, name: str, address: str, *, private: bool = False) -> None:
        """Change where a lookup is; its secret stays. Raises LookupGone."""
        found = replace(self._load(name), address=address, private=private)
        self._ask("hset", keys.lookups(), name, _dumps(found))

    def rotate(self, name: str) -> str:
        """Give a lookup a new secret, the only time it is told; raises LookupGone."""
        found = replace(self._load(name), secret=new_secret())
        self._ask("hset", keys.lookups(), name, _dumps(found))
        return found.secret

    def remove(self, name: str) -> None:
        """Forget a lookup; its intents answer without it again. Raises LookupGone."""
        if not self._ask("hdel", keys.lookups(), name):
            raise _gone(name)

    def get(self, name: str) -> Lookup | None:
        """Give a lookup, None if nobody added one of that name."""
        stored = self._ask("hget", keys.lookups(), name)
        return Lookup(**json.loads(stored)) if stored else None

    def all(self) -> list[Lookup]:
        """Give all lookups, by name."""
        stored = self._ask("hgetall", keys.lookups())
        return [Lookup(**json.loads(row)) for _, row in sorted(stored.items())]

    def remembered(self, name: str, digest: str) -> str | None:
        """Give what was kept of the same question a moment ago, None if nothing was."""
        found: str | None = self._ask("get", keys.lookup_answer(name, digest))
        return found

    def remember(self, name: str, digest: str, answer: str, seconds: int) -> None:
        """Keep an answer so that the same question need not be asked again at once."""
        self._ask("set", keys.lookup_answer(name, digest), answer, seconds)

    def _load(self, name: str) -> Lookup:
        found = self.get(name)
        if found is None:
            raise _gone(name)
        return found

    def _ask(self, command: str, *args: Any) -> Any:
        try:
            return getattr(self._redis, command)(*args)
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error


def _dumps(lookup: Lookup) -> str:
    row = {name: getattr(lookup, name) for name in Lookup.__slots__}
    return json.dumps(row, ensure_ascii=False)


def _gone(name: str) -> LookupGone:
    return LookupGone(f"There is no lookup {name!r}; see `attune lookup list`.")
