"""Fitted heads, by what they were fitted on: the same phrases are never fitted or stored twice."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import redis
from redis.exceptions import RedisError

from bot import keys
from escalation.errors import StoreUnavailable
from intents.encoder import Encoder, Floats
from intents.fit import FIT_VERSION, IntentHead, PhraseVectors, fit_head

KEPT = 4
Labelled = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A head, the key it is stored under, and what its fit says of itself."""

    key: str
    head: IntentHead
    report: dict[str, Any]


class Heads:
    """Fits, keeps and stores heads; safe for several threads, one fit at a time."""

    def __init__(self, client: redis.Redis, encoder: Callable[[], Encoder]) -> None:
        """`encoder` is asked for only when something must be encoded, never at import or fork."""
        self._redis = client
        self._encoder = encoder
        self._fitting = threading.Lock()
        self._kept: OrderedDict[str, Fitted] = OrderedDict()
        self._vectors: PhraseVectors | None = None

    def fitted(self, labelled: Labelled) -> Fitted:
        """Give the head of these phrases: the one in mind, else the stored, else a new fit."""
        with self._fitting:
            encoder = self._encoder()
            key = _key(labelled, encoder.fingerprint)
            found = self._kept.get(key) or self._stored(key) or self._fit(key, labelled, encoder)
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def key(self, labelled: Labelled) -> str:
        """Give what the head of these phrases is stored under, fitted or not."""
        return _key(labelled, self._encoder().fingerprint)

    def vectors_of(self, phrases: Sequence[str]) -> Floats:
        """Give the vectors of phrases (n, d), encoding those that are not kept."""
        with self._fitting:
            return self._phrase_vectors().of(phrases, self._encoder())

    def ready(self, labelled: Labelled) -> IntentHead:
        """Give the head of a published version; one that is missing is fitted and stored again."""
        fitted = self.fitted(labelled)
        self.store(fitted, labelled)
        return fitted.head

    def store(self, fitted: Fitted, labelled: Labelled) -> None:
        """Write a head and the vectors of its phrases, unless that head is stored already."""
        try:
            if self._redis.exists(keys.pack_head(fitted.key)):
                return
            with self._fitting:
                vectors = self._phrase_vectors()
                vectors.keep_only(phrase for phrase, _ in labelled)
                content = _text(vectors.to_bytes())
            row = {"head": _text(fitted.head.to_bytes()), "report": json.dumps(fitted.report)}
            pipe = self._redis.pipeline(transaction=True)
            pipe.hset(keys.pack_head(fitted.key), mapping=row)  # type: ignore[arg-type]
            pipe.set(keys.pack_vectors(), content)
            pipe.execute()
        except RedisError as error:
            raise StoreUnavailable(f"Nothing was published ({error}); try again.") from error

    def _fit(self, key: str, labelled: Labelled, encoder: Encoder) -> Fitted:
        made = fit_head(labelled, encoder, self._phrase_vectors())
        report = {
            "phrases": sum(made.report.counts.values()),
            "accuracy": made.report.cross_validated_accuracy,
            "warnings": list(made.report.warnings),
        }
        return Fitted(key, made.head, report)

    def _stored(self, key: str) -> Fitted | None:
        row = self._ask("hgetall", keys.pack_head(key))
        if not row:
            return None
        head = IntentHead.from_bytes(base64.b64decode(row["head"]))
        return Fitted(key, head, json.loads(row["report"]))

    def _phrase_vectors(self) -> PhraseVectors:
        if self._vectors is None:
            stored = self._ask("get", keys.pack_vectors())
            self._vectors = (
                PhraseVectors.from_bytes(base64.b64decode(stored)) if stored else PhraseVectors()
            )
        return self._vectors

    def _ask(self, command: str, *args: Any) -> Any:
        try:
            return getattr(self._redis, command)(*args)
        except RedisError as error:
            raise StoreUnavailable(f"Redis could not be asked ({error}); try again.") from error


def _key(labelled: Labelled, fingerprint: str) -> str:
    content = json.dumps([FIT_VERSION, fingerprint, list(labelled)], ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
