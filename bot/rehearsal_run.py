"""One rehearsal of a draft at a time, in a process of its own; its state lies in Redis for a day.

A second start of the same joins the one that runs; of a changed draft it takes its place, and the
earlier one ends at its next sign of life. The process outlives the worker that started it; should
it die, the state shows no sign of life any more and says so.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

import redis
import structlog
from redis.exceptions import RedisError

from bot import keys
from bot.errors import BotError
from bot.serve import environment
from bot.services import now_ms
from bot.settings import Settings
from escalation.errors import EscalationError, StoreUnavailable

KEPT_S = 86_400
LOST_MS = 60_000
DAYS = 7
FIELDS = (
    *("id", "state", "digest", "live", "by", "days", "started_ms", "beat_ms", "done", "total"),
    "why",
)
log = structlog.get_logger(__name__)

Stage = Literal["running", "done", "failed", "lost"]


class Superseded(BotError):
    """Raised when another rehearsal has taken the place of one that runs."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a rehearsal stands: `done` of `total` conversations, of what and since when."""

    id: str
    stage: Stage
    digest: str
    live: int
    by: str
    days: int
    started_ms: int
    done: int
    total: int
    why: str = ""

    @property
    def since_ms(self) -> int:
        """From when on conversations are gone through."""
        return self.started_ms - self.days * 86_400_000

    def is_of(self, texts: Mapping[str, str], live: int) -> bool:
        """Say whether it tries these texts while this version is live."""
        return self.digest == digest_of(texts) and self.live == live


class Runs:
    """The only place that reads and writes the state of a rehearsal."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep the client; nothing is sent yet."""
        self._redis = client

    def begin(self, texts: Mapping[str, str], live: int, by: str, at_ms: int) -> tuple[Run, bool]:
        """Give the run of these texts, and whether it is a new one that is still to be started."""
        running = self.standing(at_ms)
        if running and running.stage == "running" and running.is_of(texts, live):
            return running, False
        row = {
            **{"id": secrets.token_hex(8), "state": "running", "digest": digest_of(texts)},
            **{"live": live, "by": by, "days": DAYS, "started_ms": at_ms, "beat_ms": at_ms},
            **{"done": 0, "total": 0, "texts": json.dumps(dict(texts), ensure_ascii=False)},
        }
        try:
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.delete(keys.pack_rehearsal())
                pipe.hset(keys.pack_rehearsal(), mapping=row)  # type: ignore[arg-type]
                pipe.expire(keys.pack_rehearsal(), KEPT_S)
                pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(f"Nothing was started ({error}); try again.") from error
        begun = self.standing(at_ms)
        if begun is None:
            raise StoreUnavailable("The rehearsal is gone just after its start; try again.")
        return begun, True

    def standing(self, at_ms: int) -> Run | None:
        """Give how the last rehearsal stands, None when there was none within a day."""
        values = self._ask("hmget", keys.pack_rehearsal(), FIELDS)
        if not values[0]:
            return None
        row = {name: value or "" for name, value in zip(FIELDS, values, strict=True)}
        lost = row["state"] == "running" and at_ms - int(row["beat_ms"]) > LOST_MS
        return Run(
            id=row["id"],
            stage=cast("Stage", "lost" if lost else row["state"]),
            digest=row["digest"],
            live=int(row["live"]),
            by=row["by"],
            days=int(row["days"]),
            started_ms=int(row["started_ms"]),
            done=int(row["done"]),
            total=int(row["total"]),
            why=row["why"],
        )

    def texts(self, run: str) -> dict[str, str]:
        """Give the texts that a run tries; raises Superseded."""
        found, texts = self._ask("hmget", keys.pack_rehearsal(), ["id", "texts"])
        if found != run:
            raise Superseded("Another rehearsal was started meanwhile; look at that one.")
        texts_of: dict[str, str] = json.loads(texts)
        return texts_of

    def report(self) -> dict[str, Any] | None:
        """Give what the last rehearsal found, None while there is nothing."""
        stored = self._ask("hget", keys.pack_rehearsal(), "report")
        return json.loads(stored) if stored else None

    def note(self, run: str, at_ms: int, **fields: Any) -> None:
        """Give a sign of life with what is known by now; raises Superseded for an earlier run."""
        try:
            with self._redis.pipeline() as pipe:
                pipe.watch(keys.pack_rehearsal())  # type: ignore[no-untyped-call]
                if pipe.hget(keys.pack_rehearsal(), "id") != run:
                    raise Superseded("Another rehearsal has taken the place of this one.")
                pipe.multi()
                row: Any = {"beat_ms": at_ms, **fields}
                pipe.hset(keys.pack_rehearsal(), mapping=row)
                pipe.expire(keys.pack_rehearsal(), KEPT_S)
                pipe.execute()
        except redis.WatchError:
            self.note(run, at_ms, **fields)
        except RedisError as error:
            raise StoreUnavailable(f"The rehearsal's state was not kept ({error}).") from error

    def _ask(self, command: str, *args: Any) -> Any:
        try:
            return getattr(self._redis, command)(*args)
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error


def launch(runs: Runs, run: Run, settings: Settings) -> subprocess.Popen[bytes]:
    """Give the process of a run, started; it goes on when the worker that started it ends."""
    command = [sys.executable, "-m", "bot.rehearsal_worker", run.id]
    child = subprocess.Popen(command, env=environment(settings), stdin=subprocess.DEVNULL)
    watch = threading.Thread(target=_watch, args=(runs, run, child), name="rehearsal", daemon=True)
    watch.start()
    return child


def _watch(runs: Runs, run: Run, child: subprocess.Popen[bytes]) -> None:
    """Say at once that a run failed whose process ended without having said anything."""
    status = child.wait()
    if status == 0:
        return
    try:
        found = runs.standing(now_ms())
        if found and found.id == run.id and found.stage in {"running", "lost"}:
            why = f"The process ended unexpectedly (status {status}); the logs say more."
            runs.note(run.id, now_ms(), state="failed", why=why)
    except (BotError, EscalationError) as error:
        log.warning("end_of_rehearsal_not_noted", error=str(error))


def digest_of(texts: Mapping[str, str]) -> str:
    """Give a short name of a pack's texts."""
    return hashlib.sha256(json.dumps(dict(texts), sort_keys=True).encode()).hexdigest()[:24]
