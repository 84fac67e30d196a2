"""An intent head's sums, as a small int8 graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from intents.encoder import Floats
from intents.int8 import PRODUCTS, STEP, Node, Rounded, floats, session

if TYPE_CHECKING:
    import onnxruntime

GAMMA = 1.0
# `reach` is 2 GAMMA times the cosine, whose exponential is the kernel but for a constant factor,
# which is in the weights.
_NODES: tuple[Node, ...] = (
    ("Sub", "vectors centre", "moved", {}),
    ("LpNormalization", "moved", "rows", {"axis": 1, "p": 2}),
    *PRODUCTS,
    ("Mul", "whole steps", "reach", {}),
    ("Add", "reach outside", "inside_reach", {}),
    ("ReduceMax", "inside_reach places", "nearest_reach", {"keepdims": 0}),
    ("Div", "nearest_reach span", "nearest_inside", {}),
    ("Max", "nearest_inside least", "nearest", {}),
    ("Exp", "reach", "grown", {}),
    ("MatMul", "grown weights", "scores", {}),
)


class Scorer:
    """Gives a head's scores on onnxruntime with one thread; starts with the first text."""

    def __init__(
        self, phrases: Rounded, inside: NDArray[np.bool_], weights: Floats, centre: Floats
    ) -> None:
        """Keep the numbers of an `IntentHead`; the centre is (1, d)."""
        self._phrases, self._inside = phrases, inside
        self._weights, self._centre = weights, centre
        self._session: onnxruntime.InferenceSession | None = None

    def scored(self, vectors: Floats) -> tuple[Floats, Floats]:
        """Give scores (n, intents + 1) and the cosine to the nearest phrase in scope (n,).

        Safe to call from several threads; `vectors` (n, d) is not empty and not yet centred.
        """
        running = self._session or self._started()
        scores, nearest = running.run(["scores", "nearest"], {"vectors": vectors})
        return scores, nearest

    def _started(self) -> onnxruntime.InferenceSession:
        constants = [
            *self._phrases.constants(),
            *floats(
                centre=self._centre,
                steps=2.0 * GAMMA * STEP * self._phrases.steps.astype(np.float64),
                outside=np.where(self._inside, 0.0, -8.0 * GAMMA),  # farther than any phrase is
                span=2.0 * GAMMA,
                least=-1.0,
                weights=np.exp(-2.0 * GAMMA) * self._weights,
            ),
            ("places", np.array([1], np.int64)),
        ]
        width = self._phrases.whole.shape[1]
        self._session = session(_NODES, constants, width, ["scores", "nearest"])
        return self._session
