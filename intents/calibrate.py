"""Scores to probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intents.encoder import Floats
from intents.head import logistic

# Weights of (top, margin, lead over out of scope, nearest, 1) of an ordinary pack; they stand
# where a pack is too small to say better, and give way as phrases come in.
USUAL = np.array([1.0, 2.0, 1.0, 2.0, -1.5])
# The same for a handful of phrases with none to refuse: nothing but the nearest phrase tells.
NEAREST_ALONE = np.array([0.0, 1.0, 0.0, 12.0, -6.0])
TRUST_IN_USUAL = 0.5
FOREIGN_SHARE = 0.13
OUT_OF_SCOPE_SHARE = 0.2
LOWEST, HIGHEST, FEW = 0.25, 0.6, 20
TARGET_ERROR = 0.25
TRUST = 10.0  # how many phrases of an intent the claim of its confidence is worth
STEPS = 25

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]


def fitted_calibration(judged: Doubles, right: Flags, inside: Flags, foreign: Doubles) -> Doubles:
    """Give logistic weights over the evidence: how sure that the first intent is right.

    `foreign` is evidence of rows whose intent was taken away: they are out of scope by
    construction and fill up the share of such rows that a pack without enough of its own lacks.
    """
    rows = np.concatenate([judged, foreign])
    truth = np.concatenate([right.astype(np.float64), np.zeros(len(foreign))])
    lacking = max(0.0, FOREIGN_SHARE - float((~inside).mean()))
    share = lacking * len(judged) / max(1, len(foreign))
    counts = np.concatenate([np.ones(len(judged)), np.full(len(foreign), share)])
    return penalised_logistic(rows, truth, counts, USUAL, TRUST_IN_USUAL)


def penalised_logistic(
    rows: Doubles, truth: Doubles, counts: Doubles, usual: Doubles, trust: float
) -> Doubles:
    """Give logistic weights by Newton's method, drawn towards `usual` as strongly as `trust`."""
    weights = usual.astype(np.float64).copy()
    for _ in range(STEPS):
        sure = logistic(rows @ weights)
        slope = rows.T @ (counts * (sure - truth)) + trust * (weights - usual)
        bend = (rows * (counts * sure * (1.0 - sure))[:, None]).T @ rows
        step = np.linalg.solve(bend + (trust + 1e-9) * np.eye(len(weights)), slope)
        weights = weights - step * min(1.0, 5.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def fitted_sharpness(scores: Floats, truth: NDArray[np.int64]) -> float:
    """Give the factor by which scores become shares of the ranking: most likely over a grid."""
    best, chosen = -np.inf, 4.0
    if len(scores) < FEW:
        return chosen
    for sharpness in (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0):
        scaled = sharpness * scores.astype(np.float64)
        top = scaled.max(axis=1)
        total = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        likely = float((scaled[np.arange(len(scaled)), truth] - total).mean())
        if likely > best:
            best, chosen = likely, sharpness
    return chosen


def chosen_thresholds(
    sure: Doubles, found: NDArray[np.int64], right: Flags, inside: Flags, intents: int
) -> Doubles:
    """Give, for each intent, the confidence (n,) under which to refuse it.

    The lowest from which on at most `TARGET_ERROR` of what is then acted on would be wrong, when
    out-of-scope messages are a fifth of the traffic. What the intent's own phrases show counts
    beside what the confidence claims, and outweighs it as they become many.
    """
    weights = np.where(
        inside,
        (1.0 - OUT_OF_SCOPE_SHARE) / max(1, int(inside.sum())),
        OUT_OF_SCOPE_SHARE / max(1, int((~inside).sum())),
    ) * len(sure)
    return np.array(
        [_threshold(sure[mine], right[mine], weights[mine]) for mine in _of_each(found, intents)]
    )


def _of_each(found: NDArray[np.int64], intents: int) -> list[Flags]:
    return [found == intent for intent in range(intents)]


def _threshold(sure: Doubles, right: Flags, weights: Doubles) -> float:
    grid = np.arange(LOWEST, HIGHEST + 1e-9, 0.02)
    for limit in grid:
        acted = sure >= limit
        wrong = float((weights * ~right)[acted].sum())
        claimed = float((1.0 - sure[acted]).mean()) if acted.any() else 1.0 - float(limit)
        rate = (wrong + TRUST * claimed) / (float(weights[acted].sum()) + TRUST)
        if rate <= TARGET_ERROR:
            return float(limit)
    return float(grid[-1])
