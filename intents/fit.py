"""Phrases to a fitted head, in a second or two, with a confidence that was checked on itself.

Every phrase is judged by a head that did not see it (leave-one-out, in closed form), and what
came of it calibrates the confidence and sets where to refuse.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from intents.calibrate import NEAREST_ALONE, chosen_thresholds, fitted_calibration, fitted_sharpness
from intents.duplicates import phrase_warnings
from intents.encoder import Encoder, Floats
from intents.errors import PackError, WeightsError
from intents.head import (
    IntentHead,
    Ranking,
    centred,
    evidence,
    head_vectors,
    kernel,
    logistic,
    metadata,
)
from intents.int8 import Rounded

__all__ = ["FitReport", "FittedHead", "IntentHead", "PhraseVectors", "Ranking", "fit_head"]

FIT_VERSION = 8  # rises whenever the same phrases would give another head
RIDGE = 0.3
EXACT_LIMIT = 5_000
LANDMARKS = 2_500
BLOCK = 256
FEW = 20  # phrases under which, without any to refuse, their mean says nothing of the world
Labelled = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class FitReport:
    """What a fit says of itself; `counts` has None for phrases to be refused.

    `threshold` is the median of the intents' own.
    """

    counts: dict[str | None, int]
    cross_validated_accuracy: float
    threshold: float
    warnings: tuple[str, ...]

    def to_row(self) -> dict[str, object]:
        """Give the report as `attune learn` prints it."""
        named = {one: count for one, count in self.counts.items() if one is not None}
        return {
            "phrases": sum(self.counts.values()),
            "intents": named,
            "out_of_scope": self.counts.get(None, 0),
            "cross_validated_accuracy": round(self.cross_validated_accuracy, 4),
            "refuse_below": self.threshold,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class FittedHead:
    """A head and what its fit says of itself."""

    head: IntentHead
    report: FitReport


class PhraseVectors:
    """Vectors of phrases already encoded, so that a fit encodes only what is new.

    Not for several threads at once. Vectors of another encoder are dropped.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._fingerprint = ""
        self._vectors: dict[str, NDArray[np.float16]] = {}

    def __len__(self) -> int:
        """Give the number of phrases kept."""
        return len(self._vectors)

    def of(self, phrases: Sequence[str], encoder: Encoder) -> Floats:
        """Give the head vectors of the phrases, in order, encoding what is not kept yet."""
        if encoder.fingerprint != self._fingerprint:
            self._fingerprint, self._vectors = encoder.fingerprint, {}
        new = [one for one in dict.fromkeys(phrases) if one not in self._vectors]
        if new:
            vectors = head_vectors(encoder.encode(new)).astype(np.float16)
            self._vectors.update(zip(new, vectors, strict=True))
        return np.stack([self._vectors[one] for one in phrases]).astype(np.float32)

    def keep_only(self, phrases: Iterable[str]) -> None:
        """Forget every phrase that is not named."""
        wanted = set(phrases)
        self._vectors = {one: row for one, row in self._vectors.items() if one in wanted}

    def to_bytes(self) -> bytes:
        """Give the vectors as safetensors (16-bit floats), the phrases in its metadata."""
        meta = {"fingerprint": self._fingerprint, "phrases": json.dumps(list(self._vectors))}
        rows = list(self._vectors.values())
        return save({"vectors": np.stack(rows) if rows else np.zeros((0, 1), np.float16)}, meta)

    @classmethod
    def from_bytes(cls, content: bytes) -> PhraseVectors:
        """Rebuild from `to_bytes`; raises WeightsError on anything else."""
        try:
            vectors, meta = load(content)["vectors"], metadata(content)
            found = cls()
            found._fingerprint = meta["fingerprint"]
            found._vectors = dict(zip(json.loads(meta["phrases"]), vectors, strict=True))
        except (SafetensorError, KeyError, ValueError, TypeError) as error:
            raise WeightsError(
                "The kept phrase vectors cannot be read; delete them, they are made again."
            ) from error
        return found


def fit_head(
    labelled: Labelled, encoder: Encoder, vectors: PhraseVectors | None = None
) -> FittedHead:
    """Give a head for labelled phrases (None: to be refused) and its report.

    `vectors` are used and added to. Raises PackError when no phrase has an intent.
    """
    labels = tuple(sorted({intent for _, intent in labelled if intent is not None}))
    if not labels:
        raise PackError(
            "intents.yaml", None, "No phrase has an intent.", "Give at least one phrase an intent."
        )
    kept_vectors = PhraseVectors() if vectors is None else vectors
    raw = kept_vectors.of([phrase for phrase, _ in labelled], encoder)
    known = any(intent is None for _, intent in labelled) or len(raw) >= FEW
    centre = raw.mean(axis=0, keepdims=True) if known else np.zeros_like(raw[:1])
    rounded = Rounded.of(centred(raw, centre))
    rows = rounded.vectors()
    truth = _columns(labelled, labels)
    kept, weights, scores = _fitted(rows, _targets(truth, len(labels)))
    nearest, other = _nearest(rows, truth, len(labels))
    judged = evidence(scores, nearest)
    right = (scores[:, :-1].argmax(axis=1) == truth) & (truth < len(labels))
    inside = truth < len(labels)
    foreign = _foreign(scores, other, truth, inside)
    calibration = (
        fitted_calibration(judged, right, inside, foreign) if known else NEAREST_ALONE.copy()
    )
    thresholds = chosen_thresholds(
        logistic(judged @ calibration), scores[:, :-1].argmax(axis=1), right, inside, len(labels)
    )
    if not known:
        thresholds = np.full(len(labels), 0.5)
    head = IntentHead(
        labels=labels,
        kept=kept,
        rounded=rounded.only(kept),
        inside=inside[kept],
        weights=weights,
        centre=centre,
        calibration=calibration,
        sharpness=fitted_sharpness(scores, truth),
        thresholds=thresholds,
        fingerprint=encoder.fingerprint,
    )
    return FittedHead(head, _report(labelled, rows, right, inside, thresholds))


def _report(
    labelled: Labelled,
    rows: Floats,
    right: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    thresholds: NDArray[np.float64],
) -> FitReport:
    return FitReport(
        counts=dict(Counter(intent for _, intent in labelled)),
        cross_validated_accuracy=float(right[inside].mean()),
        threshold=round(float(np.median(thresholds)), 2),
        warnings=tuple(phrase_warnings(labelled, rows)),
    )


def _columns(labelled: Labelled, labels: Sequence[str]) -> NDArray[np.int64]:
    place = {label: index for index, label in enumerate(labels)}
    return np.array(
        [len(labels) if intent is None else place[intent] for _, intent in labelled], np.int64
    )


def _targets(truth: NDArray[np.int64], intents: int) -> Floats:
    targets = np.full((len(truth), intents + 1), -1.0, np.float32)
    targets[np.arange(len(truth)), truth] = 1.0
    return targets


def _fitted(rows: Floats, targets: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Give rows kept as landmarks, their weights, and each row's score had it been left out."""
    if len(rows) <= EXACT_LIMIT:
        kept = np.arange(len(rows))
        return (kept, *_exact(_likeness(rows, rows), targets))
    kept = np.sort(np.random.default_rng(0).choice(len(rows), LANDMARKS, replace=False))
    across = _likeness(rows, rows[kept])
    return (kept, *_approximate(across, across[kept], targets))


def _exact(likeness: Floats, targets: Floats) -> tuple[Floats, Floats]:
    """Fit on every row; overwrites `likeness` (n, n), which the ridge makes positive definite."""
    likeness[np.diag_indices_from(likeness)] += RIDGE
    factor, _ = scipy.linalg.lapack.spotrf(likeness.T, lower=True, clean=False, overwrite_a=True)
    weights, _ = scipy.linalg.lapack.spotrs(factor, targets, lower=True)
    inverse, _ = scipy.linalg.lapack.spotri(factor, lower=True, overwrite_c=True)
    left = targets - weights / np.diag(inverse)[:, None]
    return np.ascontiguousarray(weights), np.ascontiguousarray(left)


def _approximate(across: Floats, among: Floats, targets: Floats) -> tuple[Floats, Floats]:
    """Fit on landmarks; `across` (n, m), `among` (m, m). Leave-one-out by each row's leverage."""
    normal = across.T @ across + RIDGE * among
    normal[np.diag_indices_from(normal)] += 1e-4 * float(np.trace(normal)) / len(normal)
    inverse = _inverse(normal)
    weights = inverse @ (across.T @ targets)
    leverage = np.einsum("ij,ij->i", across @ inverse, across)
    left = (targets - across @ weights) / np.maximum(1.0 - leverage, 0.05)[:, None]
    return weights, targets - left


def _inverse(matrix: Floats) -> Floats:
    """Give the inverse of a symmetric positive matrix."""
    factor, failed = scipy.linalg.lapack.spotrf(matrix, lower=True, clean=False)
    if failed == 0:
        found, failed = scipy.linalg.lapack.spotri(factor, lower=True)
    if failed != 0:
        return np.asarray(np.linalg.pinv(matrix.astype(np.float64)), dtype=np.float32)
    lower = np.tril(found)
    return np.asarray(lower + np.tril(found, -1).T, dtype=np.float32)


def _likeness(left: Floats, right: Floats) -> Floats:
    cosines = left @ right.T
    return kernel(cosines, out=cosines)


def _nearest(rows: Floats, truth: NDArray[np.int64], intents: int) -> tuple[Floats, Floats]:
    """Give each row's cosine to the nearest other in-scope row, and to that of another intent.

    In blocks, since memory that is touched for the first time is what a fit mostly waits for.
    """
    nearest, other = np.empty(len(rows), np.float32), np.empty(len(rows), np.float32)
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        cosines = rows[part] @ rows.T
        cosines[:, truth == intents] = -1.0
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -1.0
        nearest[part] = cosines.max(axis=1)
        cosines[truth[part][:, None] == truth[None, :]] = -1.0
        other[part] = cosines.max(axis=1)
    return nearest, other


def _foreign(
    scores: Floats, other: Floats, truth: NDArray[np.int64], inside: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Give evidence as if each in-scope row's intent did not exist: made-up out-of-scope rows."""
    left = scores[inside].copy()
    if left.shape[1] <= 2:
        return np.zeros((0, 5))
    left[np.arange(len(left)), truth[inside]] = -np.inf
    return evidence(np.maximum(left, -2.0), other[inside])
