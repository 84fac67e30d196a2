"""A publication planned for a time: the draft as it was then, in Redis, carried out exactly once.

Any process may take it when it is due, under a lease whose mark is checked in the transaction by
which it goes live: a process that slept publishes nothing, one that died is followed by another.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

import redis
from redis.exceptions import RedisError

from bot import keys
from bot.errors import BotError
from bot.sessions import asked
from escalation.errors import StoreUnavailable

Stage = Literal["waiting", "taken", "done", "refused", "cancelled"]
LEASE_MS = 180_000
MOST_TRIES = 3
NUMBERS = ("base", "at_ms", "made_ms", "leased_ms", "tries", "version")


class PlanError(BotError):
    """Raised when nothing can be planned, or called off, as things stand."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes live when: texts as they were, the version they were made for, who and why.

    `accepted` and `anyway` are the gates it goes live in spite of, and why. `problem` says why it
    was refused.
    """

    id: str
    texts: Mapping[str, str]
    base: int
    at_ms: int
    made_ms: int
    author: str
    person: str
    why: str
    accepted: tuple[str, ...] = ()
    anyway: str = ""
    stage: Stage = "waiting"
    lease: str = ""
    leased_ms: int = 0
    tries: int = 0
    version: int = 0
    problem: str = ""

    @property
    def is_ahead(self) -> bool:
        """Whether it has still to be carried out."""
        return self.stage in {"waiting", "taken"}


class Plans:
    """The only place that reads and writes the planned publication; there is one at a time."""

    def __init__(self, client: redis.Redis) -> None:
        """Hold the client; nothing is sent yet."""
        self._redis = client

    def standing(self) -> Plan | None:
        """Give the last plan, whatever came of it."""
        row: Any = asked(lambda: self._redis.hgetall(keys.pack_plan()))
        return _plan(row) if row else None

    def make(self, plan: Plan) -> None:
        """Keep a plan; raises PlanError while another is ahead."""

        def change(found: Plan | None) -> Mapping[str, Any]:
            if found and found.is_ahead:
                raise PlanError(
                    "Another publication is planned already; call it off first, or wait for it."
                )
            return _row(plan)

        self._change(change, anew=True)

    def cancel(self, name: str) -> None:
        """Call a plan off; raises PlanError when it is too late, or it is another."""

        def change(found: Plan | None) -> Mapping[str, Any]:
            if found is None or found.id != name or found.stage != "waiting":
                raise PlanError("It cannot be called off any more; look at what came of it.")
            return {"stage": "cancelled", "texts": "{}"}

        self._change(change)

    def take(self, now_ms: int) -> Plan | None:
        """Give the plan if it is due and nobody has it, under a new lease; else None."""
        known: Any = asked(lambda: self._redis.hmget(keys.pack_plan(), ["stage", "at_ms"]))
        if known[0] not in {"waiting", "taken"} or int(known[1]) > now_ms:
            return None  # one short read for every round of every sweeper

        def change(found: Plan | None) -> Mapping[str, Any] | None:
            free = found and (found.stage == "waiting" or found.leased_ms < now_ms)
            if found is None or not found.is_ahead or not free or found.at_ms > now_ms:
                return None
            lease = {"lease": secrets.token_hex(8), "leased_ms": now_ms + LEASE_MS}
            return {"stage": "taken", "tries": found.tries + 1, **lease}

        return self._change(change)

    def refuse(self, plan: Plan, problem: str) -> bool:
        """Keep why a taken plan is not published; False if it is another's by now."""

        def change(found: Plan | None) -> Mapping[str, Any] | None:
            mine = found and found.stage == "taken" and found.lease == plan.lease
            return {"stage": "refused", "problem": problem, "lease": ""} if mine else None

        return self._change(change) is not None

    def seen(self, name: str) -> None:
        """Forget a plan that is over, once an admin has seen what came of it."""
        found = self.standing()
        if found and found.id == name and not found.is_ahead:
            asked(lambda: self._redis.delete(keys.pack_plan()))

    def _change(
        self, change: Callable[[Plan | None], Mapping[str, Any] | None], *, anew: bool = False
    ) -> Plan | None:
        """Change the plan as it stands; give it as it is then, None where nothing was changed."""
        try:
            with self._redis.pipeline() as pipe:
                pipe.watch(keys.pack_plan())  # type: ignore[no-untyped-call]
                row: Any = pipe.hgetall(keys.pack_plan())
                new = change(_plan(row) if row else None)
                if new is None:
                    return None
                pipe.multi()
                if anew:
                    pipe.delete(keys.pack_plan())
                written: Any = dict(new)
                pipe.hset(keys.pack_plan(), mapping=written)
                pipe.execute()
        except redis.WatchError:
            return self._change(change, anew=anew)
        except RedisError as error:
            raise StoreUnavailable(f"The plan could not be kept ({error}); try again.") from error
        return _plan({**({} if anew else row), **{key: str(one) for key, one in new.items()}})


def new_id() -> str:
    """Give a name for a plan."""
    return secrets.token_hex(6)


def _row(plan: Plan) -> dict[str, Any]:
    texts = json.dumps(dict(plan.texts), ensure_ascii=False)
    accepted = json.dumps(list(plan.accepted))
    words = {
        key: getattr(plan, key) for key in ("id", "author", "person", "why", "anyway", "stage")
    }
    numbers = {key: getattr(plan, key) for key in NUMBERS}
    return {"texts": texts, "accepted": accepted, **words, **numbers}


def _plan(row: Mapping[str, str]) -> Plan:
    words: Any = {key: row.get(key, "") for key in ("id", "author", "person", "why", "anyway")}
    numbers: Any = {key: int(row.get(key, "0")) for key in NUMBERS}
    return Plan(
        texts=json.loads(row["texts"]),
        accepted=tuple(json.loads(row.get("accepted", "[]"))),
        stage=cast("Stage", row["stage"]),
        lease=row.get("lease", ""),
        problem=row.get("problem", ""),
        **words,
        **numbers,
    )
