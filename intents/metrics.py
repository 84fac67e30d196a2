"""The numbers that say how good a model is; plain functions of arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

BINS = 10
DRAWS = 300
POINTS = 60
Z = 1.96  # nineteen times in twenty


def auroc(scores: Doubles, positive: Flags) -> float | None:
    """Give the chance that a positive row scores above a negative one; None without both."""
    count = int(positive.sum())
    other = len(positive) - count
    if not count or not other:
        return None
    _, inverse, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes)
    ranks = (ends - (sizes - 1) / 2.0)[inverse]
    return float((ranks[positive].sum() - count * (count + 1) / 2.0) / (count * other))


def calibration_error(confidence: Doubles, right: Flags) -> float:
    """Give the mean gap between confidence and truth over ten bins of equal width, by weight."""
    return float(
        sum(size * abs(sure - true) for _, size, sure, true in calibration_bins(confidence, right))
        / max(1, len(confidence))
    )


def calibration_bins(confidence: Doubles, right: Flags) -> list[tuple[float, int, float, float]]:
    """Give (lower edge, rows, mean confidence, share right) of every bin that has rows."""
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    found = []
    for place in range(BINS):
        inside = places == place
        if inside.any():
            sure, true = float(confidence[inside].mean()), float(right[inside].mean())
            found.append((place / BINS, int(inside.sum()), sure, true))
    return found


def calibration_floor(confidence: Doubles) -> float:
    """Give the calibration error that a perfectly calibrated model would show on so few rows."""
    draws = np.random.default_rng(0)
    errors = [
        calibration_error(confidence, draws.random(len(confidence)) < confidence)
        for _ in range(DRAWS)
    ]
    return float(np.mean(errors))


def per_label(
    expected: Sequence[Hashable], found: Sequence[Hashable]
) -> dict[Hashable, dict[str, float]]:
    """Give rows, precision, recall and F1 of every label that was expected, commonest first."""
    wanted, given = Counter(expected), Counter(found)
    hits = Counter(one for one, other in zip(expected, found, strict=True) if one == other)
    table = {}
    for label, rows in wanted.most_common():
        precision = hits[label] / given[label] if given[label] else 0.0
        recall = hits[label] / rows
        both = precision + recall
        f1 = 2.0 * precision * recall / both if both else 0.0
        table[label] = {"rows": rows, "precision": precision, "recall": recall, "f1": f1}
    return table


def accuracy(expected: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Give the share of rows that are right; 0 without rows."""
    return sum(one == other for one, other in zip(expected, found, strict=True)) / max(
        1, len(expected)
    )


def macro_f1(table: dict[Hashable, dict[str, float]]) -> float:
    """Give the mean F1 over the labels of `per_label`."""
    return sum(row["f1"] for row in table.values()) / max(1, len(table))


def confusions(
    expected: Sequence[Hashable], found: Sequence[Hashable], most: int = 40
) -> list[tuple[Hashable, Hashable, int]]:
    """Give (expected, found, rows) of the commonest mistakes."""
    wrong = Counter(
        (one, other) for one, other in zip(expected, found, strict=True) if one != other
    )
    return [(one, other, rows) for (one, other), rows in wrong.most_common(most)]


def wilson(hits: float, rows: int) -> tuple[float, float]:
    """Give the interval (low, high) in which a share lies nineteen times in twenty, by Wilson.

    `hits` of `rows` were found; without rows nothing is known: (0, 1).
    """
    if rows <= 0:
        return 0.0, 1.0
    share = hits / rows
    slack = Z * Z / rows
    middle = (share + slack / 2.0) / (1.0 + slack)
    half = Z / (1.0 + slack) * float(np.sqrt(share * (1.0 - share) / rows + slack / (4.0 * rows)))
    return max(0.0, middle - half), min(1.0, middle + half)


def coverage_curve(confidence: Doubles, right: Flags) -> list[tuple[float, float, float]]:
    """Give (lowest confidence answered, share answered, share right of these), surest first.

    Equal confidences are answered together, so that every point is one a threshold can reach;
    of more than `POINTS` points those at even steps of the share answered are given.
    """
    if not len(confidence):
        return []
    order = np.argsort(-confidence, kind="stable")
    sure, hits = confidence[order], np.cumsum(right[order])
    ends = np.append(np.flatnonzero(np.diff(sure)), len(sure) - 1)
    if len(ends) > POINTS:
        ends = ends[np.unique(np.linspace(0, len(ends) - 1, POINTS).round().astype(int))]
    return [(float(sure[end]), (end + 1) / len(sure), float(hits[end] / (end + 1))) for end in ends]


def precision_recall(scores: Doubles, positive: Flags) -> list[tuple[float, float, float]]:
    """Give (threshold, precision, recall) of calling everything at or over it positive, by falling
    threshold; nothing without a positive row.
    """
    if not positive.any():
        return []
    curve = coverage_curve(scores, positive)
    wanted = float(positive.sum())
    return [(low, precise, precise * share * len(scores) / wanted) for low, share, precise in curve]
