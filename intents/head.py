"""The intent head: kernel ridge over training phrases, with a calibrated confidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from intents.encoder import Encoding, Floats
from intents.errors import WeightsError
from intents.reading import Ranked

BEST = 5
GAMMA = 0.5
FORMAT = 1
LAST_WEIGHT = 1.4


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
    """Give what the head compares: the late layers, each of length 1, the last weighing double."""
    width = encoding.last.shape[1]
    if not len(encoding):
        return np.zeros((0, encoding.layers.shape[1]), np.float32)
    layers = encoding.layers.reshape(len(encoding), -1, width)
    layers = layers / np.maximum(np.linalg.norm(layers, axis=2, keepdims=True), 1e-9)
    return np.ascontiguousarray(layers.reshape(len(encoding), -1), dtype=np.float32)


def centred(vectors: Floats, centre: Floats, blocks: int = 4) -> Floats:
    """Give vectors less their centre with every layer's block of length 1, and length 1 whole."""
    moved = (vectors - centre).reshape(len(vectors), blocks, -1)
    moved = moved / np.maximum(np.linalg.norm(moved, axis=2, keepdims=True), 1e-9)
    weights = np.ones((1, blocks, 1), np.float32)
    weights[0, -1, 0] = LAST_WEIGHT
    scale = float(np.sqrt(np.sum(weights**2)))
    whole = (moved * weights / scale).reshape(len(vectors), vectors.shape[1])
    return np.ascontiguousarray(whole, dtype=np.float32)


def kernel(left: Floats, right: Floats) -> Floats:
    """Give the likeness (0-1) of every row of `left` with every row of `right`, both centred."""
    return np.asarray(np.exp(-GAMMA * (2.0 - 2.0 * (left @ right.T))), dtype=np.float32)


def evidence(scores: Floats, nearest: Floats) -> NDArray[np.float64]:
    """Give what confidence is judged by: rows of (top, margin, lead over out of scope, nearest).

    `scores` (n, intents + 1) has out of scope in its last column; `nearest` (n,) is the cosine to
    the nearest phrase that is in scope.
    """
    inside = np.sort(scores[:, :-1], axis=1)
    top = inside[:, -1]
    second = inside[:, -2] if inside.shape[1] > 1 else np.full_like(top, -1.0)
    columns = [top, top - second, top - scores[:, -1], nearest, np.ones_like(top)]
    return np.stack(columns, axis=1).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class IntentHead:
    """A fitted head; immutable, so that a publish only swaps one for another."""

    labels: tuple[str, ...]
    phrases: Floats
    inside: NDArray[np.bool_]
    weights: Floats
    centre: Floats
    calibration: NDArray[np.float64]
    sharpness: float
    threshold: float
    fingerprint: str

    def rank(self, encoding: Encoding) -> list[Ranking]:
        """Give the ranking of every text of an encoding; raises WeightsError on foreign vectors."""
        if not len(encoding):
            return []
        vectors = head_vectors(encoding)
        if vectors.shape[1] != self.centre.shape[-1]:
            raise WeightsError(
                "The intent head was fitted on another encoder's vectors; fit the pack again."
            )
        rows = centred(vectors, self.centre)
        likeness = kernel(rows, self.phrases)
        scores = likeness @ self.weights
        nearest = (rows @ self.phrases[self.inside].T).max(axis=1)
        confidence = logistic(evidence(scores, nearest) @ self.calibration)
        return [
            self._ranking(row, float(sure)) for row, sure in zip(scores, confidence, strict=True)
        ]

    def _ranking(self, scores: Floats, confidence: float) -> Ranking:
        shares = np.exp(self.sharpness * (scores - scores.max()).astype(np.float64))
        shares = shares / shares.sum()
        order = np.argsort(-scores[:-1], kind="stable")[:BEST]
        rest = max(1e-9, 1.0 - float(shares[order[0]]))
        ranked = [Ranked(self.labels[order[0]], confidence)]
        for index in order[1:]:
            share = (1.0 - confidence) * float(shares[index]) / rest
            ranked.append(Ranked(self.labels[index], min(ranked[-1].confidence, share)))
        return Ranking(confidence < self.threshold, confidence, tuple(ranked))

    def to_bytes(self) -> bytes:
        """Give the head as safetensors, its labels in the metadata."""
        meta = {
            "format": str(FORMAT),
            "labels": json.dumps(self.labels, ensure_ascii=True),
            "sharpness": repr(self.sharpness),
            "threshold": repr(self.threshold),
            "fingerprint": self.fingerprint,
        }
        tensors: dict[str, NDArray[Any]] = {
            "phrases": self.phrases.astype(np.float16),
            "inside": self.inside.astype(np.uint8),
            "weights": self.weights.astype(np.float32),
            "centre": self.centre.astype(np.float32),
            "calibration": self.calibration.astype(np.float64),
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
                phrases=tensors["phrases"].astype(np.float32),
                inside=tensors["inside"].astype(np.bool_),
                weights=tensors["weights"],
                centre=tensors["centre"],
                calibration=tensors["calibration"],
                sharpness=float(meta["sharpness"]),
                threshold=float(meta["threshold"]),
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
