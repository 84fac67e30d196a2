"""The newest conversations with their entries, for pages that count or list what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.conversations import Conversations
from bot.pieces import labelled_in
from bot.services import Services
from bot.story import Told, need_of
from bot.values import Entry
from escalation.errors import StoreUnavailable

MOST = 2_000
ENTRIES = 400
PAGE = 200
EVERY = 10_000_000
ENOUGH = 100  # messages with a need, under which an intent nobody asked for says nothing


def read_told(services: Services, since_ms: int, most: int = MOST) -> tuple[list[Told], bool]:
    """Give conversations written to since a time, newest first, and whether some were left out.

    Of each the newest 400 entries are read. Raises StoreUnavailable.
    """
    recent = services.conversations.recent(most + 1)
    names = [name for name, last_ms in recent if last_ms >= since_ms]
    return list(_pages(services.redis, names[:most])), len(names) > most


def told_since(client: redis.Redis, conversations: Conversations, since_ms: int) -> Iterator[Told]:
    """Give every conversation written to since a time, newest first, a page at a time.

    Of each the newest 400 entries are read. Raises StoreUnavailable.
    """
    recent = conversations.recent(EVERY)
    return _pages(client, [name for name, last_ms in recent if last_ms >= since_ms])


def told_of(client: redis.Redis, names: Sequence[str]) -> list[Told]:
    """Give the conversations of these names; of each the newest 400 entries are read.

    Raises StoreUnavailable.
    """
    return list(_pages(client, names))


def use_of_intents(told: Sequence[Told], since_ms: int) -> dict[str, int]:
    """Give how many messages asked for each intent since a time, `refused` among them."""
    counts: dict[str, int] = {}
    for one in told:
        for entry in one.entries:
            need = need_of(entry) if entry.kind == "reading" and entry.at_ms >= since_ms else None
            if need:
                counts[need] = counts.get(need, 0) + 1
    return counts


def unused_intents(told: Sequence[Told], since_ms: int, texts: Mapping[str, str]) -> list[str]:
    """Give the intents of a draft nobody asked for since a time; none where too few wrote to say.

    Raises PackError.
    """
    used = use_of_intents(told, since_ms)
    if sum(used.values()) < ENOUGH:
        return []
    return list(dict.fromkeys(name for _, name in labelled_in(texts) if name and name not in used))


def _pages(client: redis.Redis, names: Sequence[str]) -> Iterator[Told]:
    for start in range(0, len(names), PAGE):
        yield from _read(client, names[start : start + PAGE])


def _read(client: redis.Redis, names: Sequence[str]) -> list[Told]:
    """Read many logs at one go."""
    try:
        pipe = client.pipeline(transaction=False)
        for name in names:
            pipe.hget(keys.meta(name), "channel")
            pipe.xrevrange(keys.log(name), count=ENTRIES)
        answers = pipe.execute()
    except RedisError as error:
        raise StoreUnavailable(f"Redis could not be read ({error}); try again.") from error
    return [
        Told(name, channel or "", tuple(Entry.loads(at, body["d"]) for at, body in reversed(log)))
        for name, channel, log in zip(names, answers[::2], answers[1::2], strict=True)
    ]
