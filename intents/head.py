"""The intent head: kernel ridge over training phrases, with a calibrated confidence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from intents.encoder import Encoding, Floats
from intents.errors import WeightsError
from intents.int8 import Rounded
from intents.reading import Ranked
from intents.scorer import GAMMA, Scorer

BEST = 5
FORMAT = 4
Judged = TypeVar("Judged", float, Floats)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The intents of one text: `confidence` is that the first is right and the text in scope."""

    refused: bool
    confidence: float
    ranked: tuple[Ranked, ...]

    @property
    def intent(self) -> str | None:
        """Give the first intent, None when refused."""
        return None if self.refused else self.ranked[0].intent

    def doubted(self) -> Ranking:
        """Give the same order with no confidence at all, refused."""
        nothing = tuple(Ranked(one.intent, 0.0) for one in self.ranked)
        return Ranking(refused=True, confidence=0.0, ranked=nothing)


def head_vectors(encoding: Encoding) -> Floats:
    """Give what the head compares: the last layer, of length 1."""
    return encoding.last


def centred(vectors: Floats, centre: Floats) -> Floats:
    """Give vectors less their centre, of length 1 again."""
    moved = vectors - centre
    return np.asarray(
        moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32
    )


def kernel(cosines: Floats, out: Floats | None = None) -> Floats:
    """Give the likeness (0-1) of centred rows from their cosines; `out` may be `cosines` itself."""
    found = np.subtract(cosines, np.float32(1.0), out=out)
    found *= np.float32(2.0 * GAMMA)
    return np.exp(found, out=found)


def evidence(scores: Floats, nearest: Floats) -> NDArray[np.float64]:
    """Give what confidence is judged by: rows of (top, margin, lead over out of scope, nearest).

    `scores` (n, intents + 1) has out of scope in its last column; `nearest` (n,) is the cosine to
    the nearest phrase that is in scope.
    """
    inside = np.sort(scores[:, :-1], axis=1)
    top = inside[:, -1]
    second = inside[:, -2] if inside.shape[1] > 1 else np.full_like(top, -1.0)
    columns = (*_judged(top, second, scores[:, -1], nearest), np.ones_like(top))
    return np.stack(columns, axis=1).astype(np.float64)


def _judged(
    top: Judged, second: Judged, beyond: Judged, nearest: Judged
) -> tuple[Judged, Judged, Judged, Judged]:
    """Give the evidence of one text or of many; `beyond` is the score of out of scope."""
    return top, top - second, top - beyond, nearest


@dataclass(frozen=True, slots=True, eq=False)
class IntentHead:
    """A fitted head; immutable, so that a publish only swaps one for another.

    `kept` (m,) says which of the pack's phrases the rows of `rounded` (m, d) are; `thresholds` (n,)
    are the confidences under which each intent refuses.
    """

    labels: tuple[str, ...]
    kept: NDArray[np.int64]
    rounded: Rounded
    inside: NDArray[np.bool_]
    weights: Floats
    centre: Floats
    calibration: NDArray[np.float64]
    sharpness: float
    thresholds: NDArray[np.float64]
    fingerprint: str
    _scorer: Scorer = field(init=False, repr=False)

    def __post_init__(self) -> None:
        scorer = Scorer(self.rounded, self.inside, self.weights, self.centre)
        object.__setattr__(self, "_scorer", scorer)

    @property
    def phrases(self) -> Floats:
        """Give the kept phrases' vectors (m, d), as texts are compared with them."""
        return self.rounded.vectors()

    def rank(self, encoding: Encoding) -> list[Ranking]:
        """Give the ranking of every text of an encoding; raises WeightsError on foreign vectors."""
        return self.rank_vectors(head_vectors(encoding))

    def rank_vectors(self, vectors: Floats) -> list[Ranking]:
        """Give the ranking of every text by its `head_vectors`; raises WeightsError."""
        if not len(vectors):
            return []
        scores, nearest = self._scorer.scored(self._own(vectors))
        return [
            self._ranking(row, near)
            for row, near in zip(scores.tolist(), nearest.tolist(), strict=True)
        ]

    def rows(self, encoding: Encoding) -> Floats:
        """Give the texts' vectors (n, d) as the head compares them; raises WeightsError."""
        return centred(self._own(head_vectors(encoding)), self.centre)

    def contributions(self, encoding: Encoding, intent: str | None) -> Floats:
        """Give what each kept phrase adds to an intent's score (n, m + 1); a row sums to the score.

        Counted from a text unlike every phrase (cosine 0), whose score is the last column. None is
        out of scope; raises ValueError for an intent the head does not know.
        """
        weights = self.weights[:, -1 if intent is None else self.labels.index(intent)]
        unlike = float(np.exp(-2.0 * GAMMA))
        added = (kernel(self.rows(encoding) @ self.phrases.T) - unlike) * weights
        start = np.full((len(encoding), 1), unlike * weights.sum(), np.float32)
        return np.concatenate([added, start], axis=1)

    def _own(self, vectors: Floats) -> Floats:
        if vectors.shape[1] != self.centre.shape[-1]:
            raise WeightsError(
                "The intent head was fitted on another encoder's vectors; fit the pack again."
            )
        return vectors

    def _ranking(self, scores: Sequence[float], nearest: float) -> Ranking:
        """Give the ranking of one text; few numbers, so that plain Python is the quickest."""
        *inside, beyond = scores
        order = sorted(range(len(inside)), key=inside.__getitem__, reverse=True)[:BEST]
        top = inside[order[0]]
        second = inside[order[1]] if len(order) > 1 else -1.0
        judged = (*_judged(top, second, beyond, nearest), 1.0)
        sure = sum(one * by for one, by in zip(judged, self.calibration.tolist(), strict=True))
        confidence = 0.5 * (1.0 + math.tanh(0.5 * sure))
        high = max(scores)
        shares = [math.exp(self.sharpness * (score - high)) for score in scores]
        rest = max(1e-9 * sum(shares), sum(shares) - shares[order[0]])
        ranked = [Ranked(self.labels[order[0]], confidence)]
        for index in order[1:]:
            share = (1.0 - confidence) * shares[index] / rest
            ranked.append(Ranked(self.labels[index], min(ranked[-1].confidence, share)))
        return Ranking(bool(confidence < self.thresholds[order[0]]), confidence, tuple(ranked))

    def to_bytes(self) -> bytes:
        """Give the head as safetensors, its labels in the metadata."""
        meta = {
            "format": str(FORMAT),
            "labels": json.dumps(self.labels, ensure_ascii=True),
            "sharpness": repr(self.sharpness),
            "fingerprint": self.fingerprint,
        }
        tensors: dict[str, NDArray[Any]] = {
            "kept": self.kept.astype(np.int64),
            "phrases": self.rounded.whole,
            "steps": self.rounded.steps,
            "inside": self.inside.astype(np.uint8),
            "weights": self.weights.astype(np.float32),
            "centre": self.centre.astype(np.float32),
            "calibration": self.calibration.astype(np.float64),
            "thresholds": self.thresholds.astype(np.float64),
        }
        return save(tensors, metadata=meta)

    @classmethod
    def from_bytes(cls, content: bytes) -> IntentHead:
        """Rebuild a head from `to_bytes`; raises WeightsError on anything else."""
        try:
            tensors, meta = load(content), metadata(content)
            if int(meta["format"]) != FORMAT:
                raise WeightsError(
                    f"The intent head has format {meta['format']}, this version knows {FORMAT}; "
                    "publish the pack again with this version."
                )
            return cls(
                labels=tuple(json.loads(meta["labels"])),
                kept=tensors["kept"],
                rounded=Rounded(tensors["phrases"], tensors["steps"]),
                inside=tensors["inside"].astype(np.bool_),
                weights=tensors["weights"],
                centre=tensors["centre"],
                calibration=tensors["calibration"],
                sharpness=float(meta["sharpness"]),
                thresholds=tensors["thresholds"],
                fingerprint=meta["fingerprint"],
            )
        except (SafetensorError, KeyError, ValueError, TypeError) as error:
            raise WeightsError(
                "The intent head cannot be read; publish the pack again to fit a new one."
            ) from error


def metadata(content: bytes) -> Mapping[str, str]:
    """Give the metadata of a safetensors file's bytes; raises ValueError or KeyError if none."""
    size = int.from_bytes(content[:8], "little")
    header: dict[str, Any] = json.loads(content[8 : 8 + size])
    found: Mapping[str, str] = header["__metadata__"]
    return found


def logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)), dtype=np.float64)
