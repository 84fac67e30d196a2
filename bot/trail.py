"""The audit trail read back: who did what and when, newest first, by what one looks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import redis

from bot import keys
from bot.sessions import asked

PAGE = 1_000
KINDS: dict[str, tuple[str, ...]] = {
    "signing_in": ("signed_in", "joined", "signed_out", "signed_out_everywhere"),
    "conversations": ("read", "conversation_erased"),
    "draft": ("draft_changed", "draft_dropped", "pack_imported", "rehearsed", "publish_refused"),
}
"""Groups of what can be looked for; whatever is in none of them is a setting."""
SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Did:
    """One line of the trail; `id` is its place in it."""

    id: str
    at_ms: int
    person: str
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one looks for; what is empty or 0 does not narrow it."""

    person: str = ""
    kind: str = ""
    about: str = ""
    since_ms: int = 0
    until_ms: int = 0

    def fits(self, one: Did) -> bool:
        """Tell whether a line is wanted."""
        return (
            self.person in {"", one.person}
            and self.kind in {"", kind_of(one.what)}
            and self.about.casefold() in one.about.casefold()
            and self.since_ms <= one.at_ms
            and (not self.until_ms or one.at_ms < self.until_ms)
        )


def kind_of(what: str) -> str:
    """Give the group of an action."""
    return next((kind for kind, group in KINDS.items() if what in group), SETTINGS)


def trail(client: redis.Redis, wanted: Wanted, most: int, before: str = "") -> list[Did]:
    """Give the newest lines that are wanted, older than a place in the trail if one is named.

    Raises StoreUnavailable.
    """
    return list(islice((one for one in _lines(client, before) if wanted.fits(one)), most))


def _lines(client: redis.Redis, before: str) -> Iterator[Did]:
    newest = f"({before}" if before else "+"
    while True:
        found = _page(client, newest)
        for place, row in found:
            yield Did(place, int(row["at"]), row["person"], row["what"], row["about"])
        if len(found) < PAGE:
            return
        newest = f"({found[-1][0]}"


def _page(client: redis.Redis, newest: str) -> list[tuple[str, dict[str, str]]]:
    key = keys.audit_trail()
    found: Any = asked(lambda: client.xrevrange(key, newest, "-", count=PAGE))
    return list(found)
