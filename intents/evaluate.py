"""How well a pack reads messages whose answers are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from intents.evaluate_feelings import class_figures, flag_figures
from intents.evaluate_intents import intent_figures, interval, rounded
from intents.metrics import accuracy
from intents.pack import OUT_OF_SCOPE
from intents.reading import EMOTIONS, SENTIMENTS, Reading, Understander
from intents.rows import LineError, text_of

FLAGS: Mapping[str, Callable[[Reading], float]] = {
    "frustrated": lambda reading: reading.frustration,
    "urgent": lambda reading: reading.urgency,
    "vulnerable": lambda reading: reading.vulnerable,
}


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
    vulnerable: bool | None = None
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
        vulnerable=_flag(number, row, "vulnerable"),
        kind=kind if isinstance(kind, str) else None,
    )


def evaluate(rows: Sequence[LabelledRow], understander: Understander) -> dict[str, Any]:
    """Give all metrics as plain data, ready for JSON; what has no labelled rows is left out."""
    readings = understander.read([row.text for row in rows])
    pairs = list(zip(rows, readings, strict=True))
    metrics: dict[str, Any] = {"rows": len(rows)}
    with_intent = [pair for pair in pairs if pair[0].intent is not None]
    if with_intent:
        metrics |= intent_figures(
            [row.intent or OUT_OF_SCOPE for row, _ in with_intent],
            [reading for _, reading in with_intent],
        )
    metrics["feelings"] = _feelings(pairs)
    kinds = dict.fromkeys(row.kind for row in rows if row.kind is not None)
    if kinds:
        metrics["kinds"] = {kind: _of_kind(kind, pairs) for kind in kinds}
    return metrics


Pair = tuple[LabelledRow, Reading]


def _feelings(pairs: Sequence[Pair]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("sentiment", "emotion"):
        labelled = [pair for pair in pairs if getattr(pair[0], name) is not None]
        if labelled:
            found[name] = class_figures(
                [getattr(row, name) for row, _ in labelled],
                [getattr(reading, name) for _, reading in labelled],
            )
    for name, score in FLAGS.items():
        labelled = [pair for pair in pairs if getattr(pair[0], name) is not None]
        if labelled:
            found[name] = flag_figures(
                [row.text for row, _ in labelled],
                [bool(getattr(row, name)) for row, _ in labelled],
                [score(reading) for _, reading in labelled],
            )
    return found


def _of_kind(kind: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Give the main figures of the rows of one kind: who is read worse than others?"""
    mine = [pair for pair in pairs if pair[0].kind == kind]
    labelled = [pair for pair in mine if pair[0].intent is not None]
    found: dict[str, Any] = {"rows": len(mine)}
    details: dict[str, Any] = {}
    if labelled:
        expected = [row.intent for row, _ in labelled]
        given = [reading.intent or OUT_OF_SCOPE for _, reading in labelled]
        found["accuracy"] = rounded(accuracy(expected, given))
        right = np.array([one == other for one, other in zip(expected, given, strict=True)])
        details["intent"] = _slice(len(labelled), found["accuracy"], interval(right))
    for name, metrics in _feelings(mine).items():
        found[name] = metrics["f1"] if "f1" in metrics else metrics["accuracy"]
        if "f1" in metrics:
            share = _slice(metrics["positive"], metrics["recall"], metrics["recall_interval"])
        else:
            share = _slice(metrics["rows"], metrics["accuracy"], metrics["accuracy_interval"])
        details[name] = share
    return found | {"details": details}


def _slice(rows: int, share: float | None, between: Sequence[float] | None) -> dict[str, Any]:
    """Give a share, of how many rows, and the interval it lies in."""
    return {"rows": rows, "share": share, "interval": between}


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
