"""Which comparisons of two wordings are running: started and stopped by admins, kept in Redis."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.comparison import RATED_REPLIES, Comparison
from bot.errors import BotError
from bot.packs import LivePack
from bot.sessions import asked
from bot.tone import Tone
from bot.wordings import Wording
from escalation.errors import StoreUnavailable


class NotCompared(BotError):
    """Raised when a comparison cannot be started or stopped; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The wordings of one reply in one language and tone, of which two can be compared."""

    language: str
    tone: Tone
    wordings: tuple[Wording, ...]


class Comparisons:
    """The only place that reads and writes comparisons."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent yet."""
        self._redis = client

    def running(self, reply: str) -> Comparison | None:
        """Give the comparison that is running for a reply, None if none is."""
        found = self.last(reply)
        return found if found and found.runs else None

    def last(self, reply: str) -> Comparison | None:
        """Give the newest comparison of a reply, running or stopped."""
        row: Any = asked(lambda: self._redis.hget(keys.comparisons(), reply))
        return Comparison.from_row(reply, json.loads(row)) if row else None

    def all(self) -> list[Comparison]:
        """Give the newest comparison of each reply, the last started first."""
        rows: Any = asked(lambda: self._redis.hgetall(keys.comparisons()))
        found = [Comparison.from_row(reply, json.loads(row)) for reply, row in rows.items()]
        return sorted(found, key=lambda one: -one.started_ms)

    def start(
        self, live: LivePack, reply: str, refs: tuple[str, str], by: str, now_ms: int
    ) -> Comparison:
        """Let a coin choose between two live wordings from the next message on; NotCompared.

        A stopped comparison of the same reply is replaced.
        """
        first, second = _pair(live, reply, refs)
        made = Comparison(
            id=secrets.token_hex(6),
            reply=reply,
            sides=((first.ref, first.mark), (second.ref, second.mark)),
            texts=(first.source, second.source),
            started_ms=now_ms,
            by=by,
        )

        def begin(found: Comparison | None) -> Comparison:
            if found and found.runs:
                raise NotCompared(
                    "Two wordings of this reply are being compared already; stop that first."
                )
            return made

        return self._change(reply, begin)

    def stop(self, reply: str, now_ms: int) -> Comparison:
        """End a comparison: its figures stay, and the wordings take turns again; NotCompared."""

        def end(found: Comparison | None) -> Comparison:
            if found is None or not found.runs:
                raise NotCompared("Nothing is being compared here any more; reload the page.")
            return replace(found, ended_ms=now_ms)

        return self._change(reply, end)

    def _change(self, reply: str, change: Any) -> Comparison:
        """Read one, decide, write it back, unless somebody else wrote meanwhile."""
        key = keys.comparisons()
        try:
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.watch(key)  # type: ignore[no-untyped-call]
                row: Any = pipe.hget(key, reply)
                made: Comparison = change(
                    Comparison.from_row(reply, json.loads(row)) if row else None
                )
                pipe.multi()
                pipe.hset(key, reply, json.dumps(made.to_row(), ensure_ascii=False))
                pipe.execute()
        except redis.WatchError as error:
            raise NotCompared("Somebody changed this just now; reload the page.") from error
        except RedisError as error:
            raise StoreUnavailable(f"Nothing was changed ({error}); try again.") from error
        return made


def pools(live: LivePack, reply: str) -> list[Pool]:
    """Give the groups of live wordings of a reply of which two can be compared.

    Only answers and what is said while a person is brought in: never what people hear who are in
    danger or have a hard time.
    """
    if not may_be_compared(live, reply):
        return []
    return [
        Pool(language, tone, tuple(wordings))
        for language, tone, wordings in live.replies.wordings(reply)
        if len(wordings) > 1
    ]


def may_be_compared(live: LivePack, reply: str) -> bool:
    """Tell whether the wordings of a reply may be compared at all."""
    answers = {one.name for one in live.pack.intents}
    answers |= {one.lookup.reply for one in live.pack.intents if one.lookup}
    return reply in answers or reply in RATED_REPLIES


def still_said(live: LivePack, comparison: Comparison) -> bool:
    """Tell whether the live version has both wordings as they were when the comparison began."""
    said = {
        (one.ref, one.mark)
        for _, _, wordings in live.replies.wordings(comparison.reply)
        for one in wordings
    }
    return said.issuperset(comparison.sides)


def _pair(live: LivePack, reply: str, refs: tuple[str, str]) -> tuple[Wording, Wording]:
    if refs[0] == refs[1]:
        raise NotCompared("Choose two wordings that differ.")
    for pool in pools(live, reply):
        found = {one.ref: one for one in pool.wordings}
        if refs[0] in found and refs[1] in found:
            return found[refs[0]], found[refs[1]]
    raise NotCompared(
        "Choose two live wordings of one tone in one language; publish them first if they are new."
    )
