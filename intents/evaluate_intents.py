"""Figures of how well intents are read: shares, intervals, calibration, coverage, mistakes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
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
    coverage_curve,
    macro_f1,
    per_label,
    wilson,
)
from intents.pack import OUT_OF_SCOPE
from intents.reading import Reading

DIGITS = 4
MOST_MISTAKES = 40
Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]


def intent_figures(expected: Sequence[str], readings: Sequence[Reading]) -> dict[str, Any]:
    """Give the figures of messages whose intent is known; "out_of_scope" should be refused."""
    found = [reading.intent or OUT_OF_SCOPE for reading in readings]
    first = [reading.ranking[0].intent for reading in readings]
    sure = np.array([reading.confidence for reading in readings], dtype=np.float64)
    right = np.array([one == other for one, other in zip(expected, first, strict=True)])
    inside = np.array([one != OUT_OF_SCOPE for one in expected])
    answered = np.array([reading.intent is not None for reading in readings])
    table = per_label(expected, found)
    settled = right & answered
    return {
        "accuracy": rounded(accuracy(expected, found)),
        "accuracy_interval": interval(settled | ~(inside | answered)),
        "macro_f1": rounded(macro_f1(table)),
        "in_scope_rows": int(inside.sum()),
        "in_scope_accuracy": rounded(_share(settled[inside])),
        "in_scope_accuracy_interval": interval(settled[inside]),
        "in_scope_refused_rows": int((inside & ~answered).sum()),
        "in_scope_wrong_rows": int((inside & answered & ~right).sum()),
        "in_scope_first_right": rounded(_share(right[inside])),
        "in_scope_first_right_interval": interval(right[inside]),
        "out_of_scope_rows": int((~inside).sum()),
        "out_of_scope_refused": rounded(_share(~answered[~inside])),
        "out_of_scope_refused_interval": interval(~answered[~inside]),
        "in_out_of_scope_auroc": rounded(auroc(sure, inside)),
        "calibration_error": rounded(calibration_error(sure, right)),
        "calibration_error_noise_floor": rounded(calibration_floor(sure)),
        "calibration_bins": bins(sure, right),
        "confidences": {
            "right": histogram(sure[right]),
            "wrong": histogram(sure[inside & ~right]),
            "out_of_scope": histogram(sure[~inside]),
        },
        "refusal": _refusal(sure, right, answered),
        "coverage": [
            {"threshold": rounded(low), "coverage": rounded(share), "accuracy": rounded(true)}
            for low, share, true in coverage_curve(sure, right)
        ],
        "intents": labels_with_intervals(expected, found),
        "confusions": [
            {"expected": one, "found": other, "rows": rows}
            for one, other, rows in confusions(expected, found)
        ],
        "confused": confused(expected, found),
        "mistakes": _mistakes(expected, readings),
    }


def labels_with_intervals(
    expected: Sequence[Hashable], found: Sequence[Hashable]
) -> dict[str, dict[str, Any]]:
    """Give the table of `per_label` with how often each label was found, and intervals."""
    given = Counter(found)
    hits = Counter(one for one, other in zip(expected, found, strict=True) if one == other)
    return {
        str(label): rounded_row(row)
        | {
            "found": given[label],
            "hits": hits[label],
            "precision_interval": _interval(hits[label], given[label]),
            "recall_interval": _interval(hits[label], int(row["rows"])),
        }
        for label, row in per_label(expected, found).items()
    }


def confused(expected: Sequence[str], found: Sequence[str]) -> dict[str, dict[str, int]]:
    """Give, by what was expected, how often what else was found, commonest first."""
    table: dict[str, dict[str, int]] = defaultdict(dict)
    for one, other, rows in confusions(expected, found, most=len(expected)):
        table[str(one)][str(other)] = rows
    return dict(table)


def bins(sure: Doubles, right: Flags) -> list[dict[str, Any]]:
    """Give the calibration bins as rows of lower edge, rows, confidence, right and its interval."""
    return [
        {
            "from": low,
            "rows": size,
            "confidence": rounded(mean),
            "right": rounded(true),
            "right_interval": _interval(round(true * size), size),
        }
        for low, size, mean, true in calibration_bins(sure, right)
    ]


def interval(flags: Flags) -> list[float]:
    """Give the interval of the share of flags that hold, nineteen times in twenty."""
    return _interval(int(flags.sum()), len(flags))


def histogram(sure: Doubles) -> list[int]:
    """Give how many confidences lie in each twentieth."""
    return [int(count) for count in np.histogram(sure, bins=20, range=(0.0, 1.0))[0]]


def rounded_row(row: dict[str, float]) -> dict[str, Any]:
    """Give a row of figures rounded, its count as it is."""
    return {key: value if key == "rows" else rounded(value) for key, value in row.items()}


def rounded(value: float | None) -> float | None:
    """Give a figure as it is written, None as None."""
    return None if value is None else round(value, DIGITS)


def _refusal(sure: Doubles, right: Flags, answered: Flags) -> dict[str, Any]:
    """Give where the pack stands on the coverage curve, and between which confidences it refuses.

    Refusals that follow several thresholds overlap: then the lowest answered is under the highest
    refused.
    """
    return {
        "answered_rows": int(answered.sum()),
        "coverage": rounded(_share(answered)),
        "accuracy": rounded(_share(right[answered])),
        "accuracy_interval": interval(right[answered]),
        "lowest_answered": rounded(float(sure[answered].min())) if answered.any() else None,
        "highest_refused": rounded(float(sure[~answered].max())) if (~answered).any() else None,
    }


def _mistakes(expected: Sequence[str], readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Give the messages read wrongly: wrong answers before refusals, the surest first."""
    wrong = [
        (reading.intent is None, -reading.confidence, place)
        for place, reading in enumerate(readings)
        if (reading.intent or OUT_OF_SCOPE) != expected[place]
    ]
    rows = []
    for _, _, place in sorted(wrong)[:MOST_MISTAKES]:
        reading = readings[place]
        row = {
            "text": reading.text,
            "expected": expected[place],
            "found": reading.intent or OUT_OF_SCOPE,
            "first": reading.ranking[0].intent,
            "confidence": rounded(reading.confidence),
        }
        rows.append(row)
    return rows


def _share(flags: Flags) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _interval(hits: int, rows: int) -> list[float]:
    low, high = wilson(hits, rows)
    return [round(low, DIGITS), round(high, DIGITS)]
