"""Packs in Redis: a draft to edit, published versions that never change, a pointer to the live."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.cases import read_cases
from bot.errors import DraftConflict
from bot.going_live import AS_IT_IS, Terms, go_live
from bot.heads import Fitted, Heads
from bot.replies import ReplyBook, read_replies
from escalation.errors import PolicyError, StoreUnavailable
from escalation.policy import Policy
from intents.encoder import Encoder, Floats
from intents.errors import PackError
from intents.fit import IntentHead
from intents.pack import PACK_FILES, POLICY, REPLIES, Pack, parse_pack, read_pack


@dataclass(frozen=True, slots=True)
class LivePack:
    """One pack version, ready to answer with."""

    version: int
    pack: Pack
    head: IntentHead
    replies: ReplyBook
    policy: Policy


@dataclass(frozen=True, slots=True)
class Draft:
    """What admins edit; `revision` guards against two of them overwriting each other."""

    texts: Mapping[str, str]
    revision: int
    base: int
    author: str = ""
    at_ms: int = 0

    @property
    def is_new(self) -> bool:
        """Whether nothing was edited since the live version."""
        return self.revision == 0


@dataclass(frozen=True, slots=True)
class Version:
    """A published version as the history shows it."""

    number: int
    author: str
    why: str
    at_ms: int
    report: Mapping[str, Any]
    override: Mapping[str, Any] | None = None
    """Gates it was published in spite of, and why (bot.gates)."""


def check_pack(pack: Pack) -> tuple[ReplyBook, Policy]:
    """Check replies, policy and test cases; raises PackError with file, line and what to do."""
    read_cases(pack.cases, pack.line_of)
    names = [spec.name for spec in pack.intents]
    lookups = [spec.lookup.reply for spec in pack.intents if spec.lookup]
    replies = read_replies(pack.replies, pack.facts, pack.line_of, names, pack.languages, lookups)
    for name in pack.replies:
        if name not in lookups and replies.looked_up(name):
            raise PackError(
                REPLIES,
                pack.line_of(REPLIES, "replies", name),
                f"The reply {name!r} uses lookup.…, and no intent's lookup fills it.",
                "Name it as the reply of a lookup in intents.yaml, or take the variable out.",
            )
    try:
        policy = Policy.from_data(pack.policy)
    except PolicyError as error:
        place = (int(one) if one.isdecimal() else one for one in error.path.split("."))
        line = pack.line_of(POLICY, *place)
        raise PackError(
            POLICY, line, f"{error.path}: {error.problem}", "Correct this value and try again."
        ) from error
    return replies, policy


class PackStore:
    """The only place that reads and writes packs in Redis."""

    def __init__(self, client: redis.Redis, encoder: Callable[[], Encoder]) -> None:
        """`encoder` is asked for only when phrases must be encoded, never at import or fork."""
        self._redis = client
        self._heads = Heads(client, encoder)
        self._loaded: dict[int, LivePack] = {}
        self._lock = threading.Lock()

    def live(self) -> LivePack:
        """Give the live version; the pointer is read every time, the pack only when it moved."""
        number = self.live_number()
        if number is None:
            raise StoreUnavailable("No pack is published yet; start the server once to seed it.")
        loaded = self._loaded.get(number)
        return loaded or self.version(number)

    def live_number(self) -> int | None:
        """Give the number of the live version, None when nothing was published yet."""
        stored = self._ask("get", keys.pack_live())
        return int(stored) if stored else None

    def version(self, number: int) -> LivePack:
        """Give one published version; raises StoreUnavailable when it is not there."""
        with self._lock:
            if number in self._loaded:
                return self._loaded[number]
            row = self._ask("hgetall", keys.pack_version(number))
            if not row:
                raise StoreUnavailable(f"Pack version {number} is not in Redis; restore a backup.")
            pack = parse_pack(json.loads(row["texts"]))
            replies, policy = check_pack(pack)
            head = self._heads.ready(pack.labelled())
            newest = sorted(self._loaded)[-3:]
            kept = {one: self._loaded[one] for one in newest}
            self._loaded = kept | {number: LivePack(number, pack, head, replies, policy)}
            return self._loaded[number]

    def read_alike(self, number: int, pack: Pack) -> bool:
        """Say whether a version reads messages as another pack would: both have the same head."""
        stored = self._ask("hget", keys.pack_version(number), "head")
        return bool(stored == self._heads.key(pack.labelled()))

    def draft(self) -> Draft:
        """Give the draft, or the live texts at revision 0 when nothing was edited."""
        row = self._ask("hgetall", keys.pack_draft())
        if row:
            texts = dict.fromkeys(PACK_FILES, "") | json.loads(row["texts"])
            return Draft(
                texts, int(row["revision"]), int(row["base"]), row["author"], int(row["at_ms"])
            )
        live = self.live()
        return Draft(live.pack.texts, 0, live.version)

    def save_draft(
        self, texts: Mapping[str, str], revision: int, author: str, now_ms: int
    ) -> Draft:
        """Keep an edited draft; raises DraftConflict when `revision` is not the newest.

        Texts need not be a valid pack yet: half-finished work is kept, publishing is refused.
        """
        base = self.draft().base
        row = {
            "texts": json.dumps(
                {name: texts.get(name, "") for name in PACK_FILES}, ensure_ascii=False
            ),
            "revision": revision + 1,
            "base": base,
            "author": author,
            "at_ms": now_ms,
        }
        try:
            with self._redis.pipeline() as pipe:
                pipe.watch(keys.pack_draft())  # type: ignore[no-untyped-call]
                if int(pipe.hget(keys.pack_draft(), "revision") or 0) != revision:
                    raise DraftConflict(
                        "Somebody else changed the draft since you opened it; "
                        "reload to see their text, yours is still in this page."
                    )
                pipe.multi()
                pipe.hset(keys.pack_draft(), mapping=row)  # type: ignore[arg-type]
                pipe.execute()
        except redis.WatchError as error:
            raise DraftConflict("Somebody else saved the draft just now; reload it.") from error
        except RedisError as error:
            raise StoreUnavailable(f"The draft could not be kept ({error}); try again.") from error
        return Draft(texts, revision + 1, base, author, now_ms)

    def drop_draft(self) -> None:
        """Forget all edits since the live version."""
        self._ask("delete", keys.pack_draft())

    def vectors_of(self, phrases: Sequence[str]) -> Floats:
        """Give the vectors of phrases (n, d), encoding those that are not kept."""
        return self._heads.vectors_of(phrases)

    def prepare(self, texts: Mapping[str, str]) -> tuple[Pack, IntentHead, dict[str, Any]]:
        """Check texts and fit a head, publishing nothing; raises PackError."""
        pack, fitted = self._checked(texts)
        return pack, fitted.head, _report(pack, fitted)

    def publish(
        self,
        texts: Mapping[str, str],
        author: str,
        why: str,
        now_ms: int,
        terms: Terms = AS_IT_IS,
    ) -> Version:
        """Make texts the live version on every worker from the next message on; raises PackError.

        The old version keeps answering until the pointer moves, and for ever if anything fails.
        Raises also DraftConflict, PlanOvertaken and StoreUnavailable, when nothing has changed.
        """
        started = time.monotonic()
        pack, fitted = self._checked(texts)
        self._heads.store(fitted, pack.labelled())
        report = _report(pack, fitted) | {"took_s": round(time.monotonic() - started, 3)}
        row = {
            "texts": json.dumps(dict(pack.texts), ensure_ascii=False),
            "head": fitted.key,
            "report": json.dumps(report, ensure_ascii=False),
            "override": json.dumps(terms.override, ensure_ascii=False),
            **{"author": author, "why": why, "at_ms": now_ms},
        }
        number = go_live(self._redis, row, now_ms, terms)
        return Version(number, author, why, now_ms, report, terms.override)

    def roll_back(self, number: int) -> None:
        """Make an earlier version live again, byte for byte."""
        self.version(number)
        self._ask("set", keys.pack_live(), number)

    def versions(self, limit: int = 50) -> list[Version]:
        """Give published versions, newest first."""
        numbers = self._ask("zrevrange", keys.pack_versions(), 0, limit - 1)
        fields = ("author", "why", "at_ms", "report", "override")
        rows = [self._ask("hmget", keys.pack_version(int(one)), fields) for one in numbers]
        return [
            Version(
                int(number),
                row[0],
                row[1],
                int(row[2]),
                *map(json.loads, (row[3], row[4] or "null")),
            )
            for number, row in zip(numbers, rows, strict=True)
        ]

    def seed(self, folder: Path, now_ms: int) -> bool:
        """Publish a pack folder if nothing was ever published; True if it did. Raises PackError."""
        if self.live_number() is not None:
            return False
        self.publish(read_pack(folder).texts, "Attune", "The pack that ships", now_ms)
        return True

    def _checked(self, texts: Mapping[str, str]) -> tuple[Pack, Fitted]:
        pack = parse_pack(texts)
        check_pack(pack)
        return pack, self._heads.fitted(pack.labelled())

    def _ask(self, command: str, *args: Any) -> Any:
        try:
            return getattr(self._redis, command)(*args)
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error


def _report(pack: Pack, fitted: Fitted) -> dict[str, Any]:
    return {**fitted.report, "warnings": [*pack.warnings, *fitted.report["warnings"]]}
