"""Goes through the stored conversations of the last days with a pack, page by page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.packs import LivePack
from bot.rehearsal import CannotRehearse, Log, Rehearsed, rehearse, turns_since
from bot.services import Services
from bot.values import Entry
from escalation.errors import StoreUnavailable
from intents.reading import Reading

DAY_MS = 86_400_000
MOST = 20_000
PAGE = 50
ENTRIES = 4_000
"""So many of a conversation's newest entries are read; an episode that began before is left out."""


@dataclass(frozen=True, slots=True)
class Unrehearsed:
    """A conversation that cannot be gone through again, and why."""

    conversation: str
    why: str


class Rehearsal:
    """One pack, tried on stored conversations; nothing is written, nobody is answered.

    Readings in the logs are used again where the pack reads alike; else the texts are read anew.
    """

    def __init__(self, services: Services, made: LivePack, since_ms: int) -> None:
        """`made` is a version or a draft that can answer."""
        self._services = services
        self._made = made
        self._since_ms = since_ms
        self._alike: dict[int, bool] = {}
        self._read: dict[str, Reading] = {}

    def names(self, most: int = MOST) -> tuple[list[str], bool]:
        """Give the conversations written to since, newest first, and whether some are left out."""
        recent = self._services.conversations.recent(most + 1)
        names = [name for name, last_ms in recent if last_ms >= self._since_ms]
        return names[:most], len(names) > most

    def of(
        self, names: Sequence[str], progress: Callable[[int], None] = lambda _: None
    ) -> Iterator[Rehearsed | Unrehearsed]:
        """Go through conversations, in order; those without a turn since are left out.

        `progress` is told how many are done. Raises StoreUnavailable, UnderstandingError.
        """
        for start in range(0, len(names), PAGE):
            logs = read_logs(self._services.redis, names[start : start + PAGE])
            self._read_anew(logs)
            for log in logs:
                try:
                    found = rehearse(log, self._made, self._reading, self._since_ms)
                except CannotRehearse as error:
                    yield Unrehearsed(log.conversation, str(error))
                else:
                    if found.episodes:
                        yield found
            progress(min(start + PAGE, len(names)))

    def _read_anew(self, logs: Sequence[Log]) -> None:
        """Read the texts of a page for which the log's readings do not hold, each once."""
        turns = (note for log in logs for note in turns_since(log, self._since_ms))
        wanted = {
            note["text"]: None
            for note in turns
            if note["reading"] and not self._holds(note) and note["text"] not in self._read
        }
        texts = list(wanted)
        found = self._services.reader.read_all(texts, self._made.head) if texts else []
        self._read |= dict(zip(texts, found, strict=True))

    def _reading(self, note: Mapping[str, Any]) -> Reading | None:
        """Give what a turn's message is read as; one that the model failed on stays unread."""
        row = note["reading"]
        if row is None:
            return None
        return Reading.from_row(row) if self._holds(note) else self._read[note["text"]]

    def _holds(self, note: Mapping[str, Any]) -> bool:
        version = note["pack_version"]
        if version not in self._alike:
            self._alike[version] = self._services.packs.read_alike(version, self._made.pack)
        return self._alike[version]


def read_logs(client: redis.Redis, names: Sequence[str]) -> list[Log]:
    """Give the logs of conversations, in order; those that are gone are left out."""
    try:
        pipe = client.pipeline(transaction=False)
        for name in names:
            pipe.xrevrange(keys.log(name), count=ENTRIES)
            pipe.hgetall(keys.events(name))
        answers = pipe.execute()
    except RedisError as error:
        raise StoreUnavailable(f"Redis could not be read ({error}); try again.") from error
    return [
        _log(name, entries, events)
        for name, entries, events in zip(names, answers[::2], answers[1::2], strict=True)
        if entries
    ]


def _log(name: str, newest: Sequence[Any], events: Mapping[str, str]) -> Log:
    entries = tuple(Entry.loads(one, body["d"]) for one, body in reversed(newest))
    records = (json.loads(one) for one in events.values())
    led_to = {one["mid"]: tuple(one["ids"]) for one in records if "turn" in one}
    return Log(name, entries, led_to, whole=len(entries) < ENTRIES)
