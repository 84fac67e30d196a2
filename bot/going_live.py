"""The one transaction by which a version goes live, at once or as it was planned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.errors import BotError, DraftConflict
from escalation.errors import StoreUnavailable

DRAFT_MOVED = "Somebody changed the draft while it was being published; look at it and try again."


class PlanOvertaken(BotError):
    """Raised when what was planned may not go live any more; says why."""


@dataclass(frozen=True, slots=True)
class Release:
    """A planned publication that this process has taken: its lease, and the version it is for."""

    lease: str
    base: int


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms texts go live.

    `revision` is the draft's that is published, `override` says which gates it goes live in spite
    of and why, `release` that it was planned.
    """

    revision: int | None = None
    override: Mapping[str, Any] | None = None
    release: Release | None = None


AS_IT_IS = Terms()


def go_live(client: redis.Redis, row: Mapping[str, Any], now_ms: int, terms: Terms) -> int:
    """Write a version, make it live and settle the draft, all or nothing; give its number.

    Published from the draft, that draft is gone; as planned, a draft that says something else
    stays. Raises DraftConflict, PlanOvertaken, StoreUnavailable.
    """
    written: Any = dict(row)
    try:
        number = int(client.incr(keys.pack_sequence()))
        with client.pipeline(transaction=True) as pipe:
            pipe.watch(keys.pack_draft(), keys.pack_plan(), keys.pack_live())  # type: ignore[no-untyped-call]
            keeps_draft = _settled(pipe, row, terms)
            pipe.multi()
            pipe.hset(keys.pack_version(number), mapping=written)
            pipe.zadd(keys.pack_versions(), {str(number): now_ms})
            pipe.set(keys.pack_live(), number)
            if not keeps_draft:
                pipe.delete(keys.pack_draft())
            if terms.release:
                done: Any = {"stage": "done", "version": number, "lease": ""}
                pipe.hset(keys.pack_plan(), mapping=done)
            pipe.execute()
    except redis.WatchError as error:
        raise DraftConflict(DRAFT_MOVED) from error
    except RedisError as error:
        raise StoreUnavailable(f"Nothing was published ({error}); try again.") from error
    return number


def _settled(pipe: Any, row: Mapping[str, Any], terms: Terms) -> bool:
    """Check that it may still go live; tell whether the draft says something else and stays."""
    release = terms.release
    if release is None:
        seen = int(pipe.hget(keys.pack_draft(), "revision") or 0)
        if terms.revision is not None and seen != terms.revision:
            raise DraftConflict(DRAFT_MOVED)
        return False
    if pipe.hget(keys.pack_plan(), "lease") != release.lease:
        raise PlanOvertaken("Another process has taken this publication, or it was called off.")
    live = int(pipe.get(keys.pack_live()) or 0)
    if live != release.base:
        raise PlanOvertaken(_overtaken(live, release.base))
    draft = pipe.hget(keys.pack_draft(), "texts")
    return draft is not None and json.loads(draft) != json.loads(row["texts"])


def _overtaken(live: int, base: int) -> str:
    return (
        f"It was planned on version {base}, and version {live} is live now: publishing it could "
        "undo that. Look at the draft and publish it anew."
    )
