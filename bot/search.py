"""Full text over conversations: what was said and noted, names and addresses, newest first.

Nothing is indexed while people write. A search reads one text per conversation, which is made from
its log when it is missing or older than the last entry, and which is erased with it.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.conversations import Conversations
from bot.values import Entry
from escalation.errors import StoreUnavailable

PAGE = 250
READ_AT_MOST = 20_000
FOUND_AT_MOST = 50
ENTRIES = 500
LONGEST = 60_000
SETTLED_MS = 2_000
AROUND = 60
PASSING_S = 60
LONGEST_S = 1.2

Known = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation with all words of a search, and the line with the first of them."""

    conversation: str
    last_ms: int
    line: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found; `before_ms` is where to go on, None when all was read."""

    found: tuple[Found, ...]
    before_ms: int | None


class Search:
    """Finds conversations by their words."""

    def __init__(self, client: redis.Redis, conversations: Conversations) -> None:
        """Hold the ends; nothing is sent yet."""
        self._redis = client
        self._conversations = conversations

    def find(self, query: str, now_ms: int, before_ms: int | None = None) -> Findings:
        """Give the newest conversations that hold every word of a query, at most 50.

        Stops after about a second; `before_ms` goes on from there. Raises StoreUnavailable.
        """
        if not query.strip():
            return Findings((), None)
        wanted, ends = folded(query).split(), time.monotonic() + LONGEST_S
        found: list[Found] = []
        last = None
        for page in self._pages(before_ms):
            for (name, last_ms), text in zip(page, self._texts(page, now_ms), strict=True):
                line = matching_line(text, wanted)
                if line is not None:
                    found.append(Found(name, last_ms, line))
                last = last_ms
                if len(found) == FOUND_AT_MOST:
                    return Findings(tuple(found), last)
            if time.monotonic() > ends:
                return Findings(tuple(found), last)
        return Findings(tuple(found), None)

    def _pages(self, before_ms: int | None) -> Iterator[list[tuple[str, int]]]:
        every = self._conversations.recent(READ_AT_MOST)
        rest = [one for one in every if before_ms is None or one[1] < before_ms]
        for start in range(0, len(rest), PAGE):
            yield rest[start : start + PAGE]

    def _texts(self, page: Sequence[tuple[str, int]], now_ms: int) -> list[str]:
        """Give the text of each conversation of a page, made anew where it is stale."""
        pipe = self._redis.pipeline(transaction=False)
        for name, _ in page:
            pipe.hmget(keys.words(name), "at_ms", "text")
        known: list[Known] = self._run(pipe)
        texts = [text or "" for _, text in known]
        stale = [
            at for at, (one, kept) in enumerate(zip(page, known, strict=True)) if _stale(one, kept)
        ]
        if stale:
            names = [page[at] for at in stale]
            for at, text in zip(stale, self._made(names, now_ms), strict=True):
                texts[at] = text
        return texts

    def _made(self, page: Sequence[tuple[str, int]], now_ms: int) -> list[str]:
        pipe = self._redis.pipeline(transaction=False)
        for name, _ in page:
            pipe.hmget(keys.meta(name), "name", "email", "external")
            pipe.xrevrange(keys.log(name), count=ENTRIES)
        answers = self._run(pipe)
        made = [
            _text(who, [Entry.loads(at, body["d"]) for at, body in reversed(log)])
            for who, log in zip(answers[::2], answers[1::2], strict=True)
        ]
        with suppress(RedisError):  # a full store is searched all the same, only slower
            self._keep(page, made, now_ms)
        return made

    def _keep(self, page: Sequence[tuple[str, int]], made: Sequence[str], now_ms: int) -> None:
        """Keep texts for the next search; none outlives a conversation erased meanwhile."""
        pipe = self._redis.pipeline(transaction=False)
        for (name, _), text in zip(page, made, strict=True):
            pipe.hset(keys.words(name), mapping={"at_ms": str(now_ms), "text": text})
            pipe.expire(keys.words(name), PASSING_S)
        for name, _ in page:
            pipe.exists(keys.meta(name))
        lives = pipe.execute()[-len(page) :]
        pipe = self._redis.pipeline(transaction=False)
        for (name, _), there in zip(page, lives, strict=True):
            # Erasing deletes the text, too, so that what is erased from here on is not persisted.
            pipe.persist(keys.words(name)) if there else pipe.delete(keys.words(name))
        pipe.execute()

    def _run(self, pipe: Any) -> Any:
        try:
            return pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be read ({error}); try again.") from error


def folded(text: str) -> str:
    """Give a text as it is compared: composed, without case."""
    return unicodedata.normalize("NFC", text).casefold()


def matching_line(text: str, wanted: Sequence[str]) -> str | None:
    """Give a short piece of the line that holds the first word, None if any word is missing."""
    plain = folded(text)
    if not wanted or not all(word in plain for word in wanted):
        return None
    for line in text.split("\n"):
        at = folded(line).find(wanted[0])
        if at >= 0:
            start = max(0, at - AROUND)
            end = at + len(wanted[0]) + AROUND
            return (
                f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"
            )
    return ""


def _stale(one: tuple[str, int], kept: Known) -> bool:
    """Say whether a text may lack entries: it was read before the last one, or moments after."""
    at_ms, _ = kept
    return at_ms is None or int(at_ms) - one[1] < SETTLED_MS


def _text(who: Sequence[str | None], entries: Sequence[Entry]) -> str:
    """Give who and what a conversation holds, one line each, the newest kept if it is too long."""
    first = " ".join(one for one in who if one)
    lines = [
        " ".join(str(one.data["text"]).split())
        for one in entries
        if one.kind in {"message", "note"}
    ]
    said = "\n".join(lines)
    return f"{first}\n{said[-LONGEST:]}"
