"""Where events are sent: the addresses admins add, what each takes, and the secrets that sign."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import redis

from bot import keys
from bot.channels import new_secret
from bot.errors import BotError
from bot.outgoing.events import CHOICES
from bot.sessions import asked
from escalation.scripts import Script

MOST = 20
OLD_SECRET_MS = 24 * 3_600_000
TRIES = 5
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class EndpointGone(BotError):
    """Raised when there is no endpoint of that name."""


class WrongEndpoint(BotError):
    """Raised when something typed cannot be used; `field` names the box."""

    def __init__(self, field: str, sentence: str) -> None:
        """Carry the field so that a page can say it beside the box."""
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Secret:
    """A signing secret; `until_ms` is when a rotated one ends, 0 for the current one."""

    key: str
    until_ms: int = 0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address with what it takes; `words` lets names and texts go there, too."""

    name: str
    address: str
    events: tuple[str, ...]
    words: bool
    secrets: tuple[Secret, ...]
    created_ms: int

    def wants(self, kind: str) -> bool:
        """Tell whether it takes an event."""
        return kind in self.events

    def keys_at(self, now_ms: int) -> tuple[str, ...]:
        """Give the secrets that sign now: the current one and, for a day, the one before."""
        return tuple(one.key for one in self.secrets if not one.until_ms or one.until_ms > now_ms)

    def rotates_until_ms(self, now_ms: int) -> int:
        """Give when the secret before the current one ends, 0 if it has."""
        return max((one.until_ms for one in self.secrets if one.until_ms > now_ms), default=0)

    def dumps(self) -> str:
        """Give the JSON that is stored."""
        row: dict[str, Any] = {
            "address": self.address,
            "events": self.events,
            "words": self.words,
            "secrets": [{"key": one.key, "until_ms": one.until_ms} for one in self.secrets],
            "created_ms": self.created_ms,
        }
        return json.dumps(row)

    @classmethod
    def loads(cls, name: str, stored: str) -> Endpoint:
        """Rebuild an endpoint from its name and `dumps`."""
        row = json.loads(stored)
        secrets = tuple(Secret(**one) for one in row["secrets"])
        events = tuple(row["events"])
        return cls(name, row["address"], events, row["words"], secrets, row["created_ms"])


class Endpoints:
    """The only place that reads and writes endpoints; how they fare is the lanes' to know."""

    def __init__(self, client: redis.Redis) -> None:
        """Prepare the script; nothing is sent yet."""
        self._redis = client
        self._put = Script(client, "bot", "endpoint_put", drains=False)

    def all(self) -> list[Endpoint]:
        """Give all endpoints, by name."""
        found: Any = asked(lambda: self._redis.hgetall(keys.endpoints()))
        return [Endpoint.loads(name, row) for name, row in sorted(found.items())]

    def get(self, name: str) -> Endpoint:
        """Give one endpoint; raises EndpointGone."""
        return Endpoint.loads(name, self._stored(name))

    def add(
        self, name: str, address: str, events: Iterable[str], now_ms: int, *, words: bool = False
    ) -> str:
        """Write an endpoint down and give its secret, the only time it is told; WrongEndpoint.

        The address must have been checked.
        """
        if not _NAME.fullmatch(name):
            raise WrongEndpoint(
                "name",
                "Name it with 1 to 64 letters, digits, dots, dashes and underscores, "
                "a letter or digit first.",
            )
        if len(self.all()) >= MOST:
            raise WrongEndpoint("name", f"There are {MOST} endpoints already; remove one first.")
        secret = Secret(new_secret())
        made = Endpoint(name, address, chosen(events), words, (secret,), now_ms)
        if not self._put([keys.endpoints()], [name, "", made.dumps()]):
            raise WrongEndpoint("name", f"There is an endpoint {name!r} already.")
        return secret.key

    def change(self, name: str, address: str, events: Iterable[str], *, words: bool) -> Endpoint:
        """Change where it is and what it takes; raises EndpointGone, WrongEndpoint."""
        wanted = chosen(events)
        return self._edit(
            name, lambda one: replace(one, address=address, events=wanted, words=words)
        )

    def rotate(self, name: str, now_ms: int) -> str:
        """Give a new secret; the one before signs beside it for a day. Raises EndpointGone."""
        fresh = Secret(new_secret())

        def turned(one: Endpoint) -> Endpoint:
            before = Secret(one.secrets[0].key, now_ms + OLD_SECRET_MS)
            return replace(one, secrets=(fresh, before))

        self._edit(name, turned)
        return fresh.key

    def remove(self, name: str) -> None:
        """Forget an endpoint with all that waits for it and its log; raises EndpointGone."""
        self.get(name)
        pipe = self._redis.pipeline(transaction=True)
        pipe.hdel(keys.endpoints(), name)
        pipe.delete(*(key(name) for key in OWN_KEYS))
        asked(pipe.execute)

    def _edit(self, name: str, change: Callable[[Endpoint], Endpoint]) -> Endpoint:
        for _ in range(TRIES):
            stored = self._stored(name)
            made = change(Endpoint.loads(name, stored))
            if self._put([keys.endpoints()], [name, stored, made.dumps()]):
                return made
        raise WrongEndpoint("name", "Somebody else is changing this endpoint; try again.")

    def _stored(self, name: str) -> str:
        stored: Any = asked(lambda: self._redis.hget(keys.endpoints(), name))
        if not stored:
            raise EndpointGone(f"There is no endpoint {name!r}; see `attune endpoint list`.")
        return str(stored)


OWN_KEYS: Sequence[Callable[[str], str]] = (
    keys.endpoint_line,
    keys.endpoint_due,
    keys.endpoint_flying,
    keys.endpoint_heads,
    keys.endpoint_state,
    keys.endpoint_log,
)


def chosen(events: Iterable[str]) -> tuple[str, ...]:
    """Give the events that were chosen, in their usual order; `ticket.*` is all of those.

    Raises WrongEndpoint for an unknown one, and when there is none.
    """
    wanted = set(events)
    known = {one: {kind for kind in CHOICES if _fits(kind, one)} for one in wanted}
    unknown = sorted(one for one, kinds in known.items() if not kinds)
    if unknown:
        raise WrongEndpoint(
            "events", f"There is no event {unknown[0]!r}; known are {', '.join(CHOICES)}."
        )
    found = {kind for kinds in known.values() for kind in kinds}
    if not found:
        raise WrongEndpoint("events", "Choose at least one event.")
    return tuple(kind for kind in CHOICES if kind in found)


def _fits(kind: str, wanted: str) -> bool:
    return kind == wanted or (wanted.endswith("*") and kind.startswith(wanted[:-1]))
