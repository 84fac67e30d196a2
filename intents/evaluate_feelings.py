"""Figures of how well feelings are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from intents.evaluate_intents import Doubles, Flags, bins, confused, interval, labels_with_intervals
from intents.evaluate_intents import rounded as _rounded
from intents.metrics import (
    accuracy,
    auroc,
    calibration_error,
    calibration_floor,
    macro_f1,
    per_label,
    precision_recall,
)

HALF = 0.5
MOST_MISTAKES = 12


def class_figures(expected: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    """Give the figures of a feeling that is one of several."""
    right = np.array([one == other for one, other in zip(expected, found, strict=True)])
    return {
        "rows": len(expected),
        "accuracy": _rounded(accuracy(expected, found)),
        "accuracy_interval": interval(right),
        "macro_f1": _rounded(macro_f1(per_label(expected, found))),
        "labels": labels_with_intervals(expected, found),
        "confused": confused(expected, found),
    }


def flag_figures(
    texts: Sequence[str], expected: Sequence[bool], scores: Sequence[float]
) -> dict[str, Any]:
    """Give the figures of a feeling that is there or not; `scores` are its probabilities."""
    truth, sure = np.array(expected), np.array(scores, dtype=np.float64)
    called = sure >= HALF
    row = labels_with_intervals(truth.tolist(), called.tolist()).get("True", {})
    return {
        "rows": len(expected),
        "positive": int(truth.sum()),
        "called": int(called.sum()),
        "accuracy": _rounded(float((truth == called).mean())),
        "precision": row.get("precision"),
        "precision_interval": row.get("precision_interval"),
        "recall": row.get("recall"),
        "recall_interval": row.get("recall_interval"),
        "f1": row.get("f1"),
        "auroc": _rounded(auroc(sure, truth)),
        "calibration_error": _rounded(calibration_error(sure, truth)),
        "calibration_error_noise_floor": _rounded(calibration_floor(sure)),
        "calibration_bins": bins(sure, truth),
        "curve": [
            {"threshold": _rounded(low), "precision": _rounded(one), "recall": _rounded(other)}
            for low, one, other in precision_recall(sure, truth)
        ],
        "missed": _worst(texts, sure, truth & ~called, sure),
        "false_alarms": _worst(texts, sure, called & ~truth, -sure),
    }


def _worst(
    texts: Sequence[str], sure: Doubles, which: Flags, order: Doubles
) -> list[dict[str, Any]]:
    places = [int(place) for place in np.argsort(order, kind="stable") if which[place]]
    return [
        {"text": texts[place], "score": _rounded(float(sure[place]))}
        for place in places[:MOST_MISTAKES]
    ]
