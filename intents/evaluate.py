"""How well a pack reads messages whose answers are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.metrics import (
    accuracy,
    auroc,
    calibration_bins,
    calibration_error,
    calibration_floor,
    confusions,
    macro_f1,
    per_label,
)
from intents.pack import OUT_OF_SCOPE
from intents.reading import EMOTIONS, SENTIMENTS, Reading, Understander
from intents.rows import LineError, text_of

DIGITS = 4
HALF = 0.5


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A message and what should be read from it; None where a feeling is not labelled.

    `intent` is a name or "out_of_scope", None where the row says nothing of the intent.
    """

    text: str
    intent: str | None
    sentiment: str | None = None
    emotion: str | None = None
    frustrated: bool | None = None
    urgent: bool | None = None
    kind: str | None = None


def labelled_row(number: int, row: Mapping[str, Any]) -> LabelledRow | None:
    """Give the row of an input line, None for an empty one; raises LineError."""
    text = text_of(number, row)
    if not text.strip() and len(row) == 1:
        return None
    intent = row.get("intent", "") if "intent" in row else ""
    if intent is not None and not isinstance(intent, str):
        raise LineError(number, "'intent' is neither a name nor null.")
    kind = row.get("kind")
    return LabelledRow(
        text=text,
        intent=OUT_OF_SCOPE if intent is None else intent or None,
        sentiment=_one_of(number, row, "sentiment", SENTIMENTS),
        emotion=_one_of(number, row, "emotion", EMOTIONS),
        frustrated=_flag(number, row, "frustrated"),
        urgent=_flag(number, row, "urgent"),
        kind=kind if isinstance(kind, str) else None,
    )


def evaluate(rows: Sequence[LabelledRow], understander: Understander) -> dict[str, Any]:
    """Give all metrics as plain data, ready for JSON; what has no labelled rows is left out."""
    readings = understander.read([row.text for row in rows])
    pairs = list(zip(rows, readings, strict=True))
    metrics: dict[str, Any] = {"rows": len(rows)}
    with_intent = [pair for pair in pairs if pair[0].intent is not None]
    if with_intent:
        metrics |= _intents(with_intent)
    metrics["feelings"] = _feelings(pairs)
    kinds = dict.fromkeys(row.kind for row in rows if row.kind is not None)
    if kinds:
        metrics["kinds"] = {kind: _of_kind(kind, pairs) for kind in kinds}
    return metrics


Pair = tuple[LabelledRow, Reading]


def _intents(pairs: Sequence[Pair]) -> dict[str, Any]:
    expected = [row.intent or OUT_OF_SCOPE for row, _ in pairs]
    found = [reading.intent or OUT_OF_SCOPE for _, reading in pairs]
    first = [reading.ranking[0].intent for _, reading in pairs]
    sure = np.array([reading.confidence for _, reading in pairs], dtype=np.float64)
    right = np.array([one == other for one, other in zip(expected, first, strict=True)])
    inside = np.array([one != OUT_OF_SCOPE for one in expected])
    table = per_label(expected, found)
    known = [index for index in range(len(pairs)) if inside[index]]
    return {
        "accuracy": _rounded(accuracy(expected, found)),
        "macro_f1": _rounded(macro_f1(table)),
        "in_scope_rows": int(inside.sum()),
        "in_scope_accuracy": _rounded(
            accuracy([expected[one] for one in known], [found[one] for one in known])
        ),
        "in_scope_first_right": _rounded(float(right[inside].mean()) if inside.any() else 0.0),
        "out_of_scope_rows": int((~inside).sum()),
        "in_out_of_scope_auroc": _rounded(auroc(sure, inside)),
        "calibration_error": _rounded(calibration_error(sure, right)),
        "calibration_error_noise_floor": _rounded(calibration_floor(sure)),
        "calibration_bins": [
            {"from": low, "rows": size, "confidence": _rounded(mean), "right": _rounded(true)}
            for low, size, mean, true in calibration_bins(sure, right)
        ],
        "confidences": {
            "right": _histogram(sure[right]),
            "wrong": _histogram(sure[inside & ~right]),
            "out_of_scope": _histogram(sure[~inside]),
        },
        "intents": {str(label): _rounded_row(row) for label, row in table.items()},
        "confusions": [
            {"expected": one, "found": other, "rows": rows}
            for one, other, rows in confusions(expected, found)
        ],
    }


def _feelings(pairs: Sequence[Pair]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("sentiment", "emotion"):
        labelled = [pair for pair in pairs if getattr(pair[0], name) is not None]
        if labelled:
            found[name] = _classes(
                [getattr(row, name) for row, _ in labelled],
                [getattr(reading, name) for _, reading in labelled],
            )
    flags: dict[str, Callable[[Reading], float]] = {
        "frustrated": lambda reading: reading.frustration,
        "urgent": lambda reading: reading.urgency,
    }
    for name, score in flags.items():
        labelled = [pair for pair in pairs if getattr(pair[0], name) is not None]
        if labelled:
            found[name] = _flagged(
                [bool(getattr(row, name)) for row, _ in labelled],
                [score(reading) for _, reading in labelled],
            )
    return found


def _classes(expected: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    table = per_label(expected, found)
    return {
        "rows": len(expected),
        "accuracy": _rounded(accuracy(expected, found)),
        "macro_f1": _rounded(macro_f1(table)),
        "labels": {str(label): _rounded_row(row) for label, row in table.items()},
    }


def _flagged(expected: Sequence[bool], scores: Sequence[float]) -> dict[str, Any]:
    truth, sure = np.array(expected), np.array(scores, dtype=np.float64)
    row = per_label(expected, [score >= HALF for score in scores]).get(True)
    return {
        "rows": len(expected),
        "positive": int(truth.sum()),
        "accuracy": _rounded(accuracy(expected, [score >= HALF for score in scores])),
        "precision": _rounded(row["precision"]) if row else None,
        "recall": _rounded(row["recall"]) if row else None,
        "f1": _rounded(row["f1"]) if row else None,
        "auroc": _rounded(auroc(sure, truth)),
        "calibration_error": _rounded(calibration_error(sure, truth)),
        "calibration_error_noise_floor": _rounded(calibration_floor(sure)),
    }


def _of_kind(kind: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Give the main figures of the rows of one kind: who is read worse than others?"""
    mine = [pair for pair in pairs if pair[0].kind == kind]
    labelled = [pair for pair in mine if pair[0].intent is not None]
    found: dict[str, Any] = {"rows": len(mine)}
    if labelled:
        found["accuracy"] = _rounded(
            accuracy(
                [row.intent for row, _ in labelled],
                [reading.intent or OUT_OF_SCOPE for _, reading in labelled],
            )
        )
    for name, metrics in _feelings(mine).items():
        found[name] = metrics["f1"] if "f1" in metrics else metrics["accuracy"]
    return found


def _one_of(number: int, row: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str | None:
    value = row.get(key)
    if value is not None and value not in allowed:
        raise LineError(number, f"'{key}' is none of {', '.join(allowed)}.")
    return value


def _flag(number: int, row: Mapping[str, Any], key: str) -> bool | None:
    value = row.get(key)
    if value in ("yes", "no"):
        return bool(value == "yes")
    if value is not None and not isinstance(value, bool):
        raise LineError(number, f"'{key}' is neither true nor false.")
    return value


def _histogram(sure: NDArray[np.float64]) -> list[int]:
    return [int(count) for count in np.histogram(sure, bins=20, range=(0.0, 1.0))[0]]


def _rounded_row(row: Mapping[str, float]) -> dict[str, float]:
    return {key: value if key == "rows" else round(value, DIGITS) for key, value in row.items()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
