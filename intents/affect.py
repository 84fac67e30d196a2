"""Feelings: a small network over the encoder's late layers, trained once and shipped."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from intents.encoder import Encoding, Floats, check_sha256
from intents.errors import WeightsError
from intents.head import logistic
from intents.int8 import PRODUCTS, STEP, Node, Rounded, floats, session
from intents.reading import EMOTIONS, SENTIMENTS, Emotion, Sentiment

if TYPE_CHECKING:
    import onnxruntime

WEIGHTS_FILE = "affect.safetensors"
MANIFEST_FILE = "manifest.json"
FLAGS = ("frustrated", "urgent", "vulnerable")
SCORES = len(SENTIMENTS) + len(EMOTIONS) + len(FLAGS)
# `affect_vectors`, half as long, then the network.
_NODES: tuple[Node, ...] = (
    ("Reshape", "vectors layered", "layers", {}),
    ("LpNormalization", "layers", "late", {"axis": 2, "p": 2}),
    ("Sub", "late centre", "moved", {}),
    ("LpNormalization", "moved", "centred", {"axis": 2, "p": 2}),
    ("Reshape", "centred flat", "rows", {}),
    *PRODUCTS,
    ("Mul", "whole steps", "hidden", {}),
    ("Add", "hidden hidden_bias", "inner", {}),
    ("Gelu", "inner", "active", {"approximate": "tanh"}),
    ("MatMul", "active output", "told", {}),
    ("Add", "told output_bias", "scores", {}),
)


@dataclass(frozen=True, slots=True)
class Feelings:
    """What one text carries; every number is a calibrated probability (0-1)."""

    sentiment: Sentiment
    sentiment_scores: dict[str, float]
    emotion: Emotion
    emotion_scores: dict[str, float]
    frustration: float
    urgency: float
    vulnerable: float


@dataclass(frozen=True, slots=True, eq=False)
class AffectHead:
    """One hidden layer of `h` units; 12 scores: sentiment, emotion, and the three flags.

    `centre` (d,), `hidden` (d + 1, h) and `output` (h + 1, 12), each with its bias in the last row.
    """

    centre: Floats
    hidden: Floats
    output: Floats
    fingerprint: str
    _running: list[onnxruntime.InferenceSession] = field(default_factory=list, repr=False)

    def feel(self, encoding: Encoding) -> list[Feelings]:
        """Give the feelings of every text; raises WeightsError on foreign vectors."""
        if not len(encoding):
            return []
        if encoding.layers.shape[1] != len(self.centre):
            raise WeightsError(
                "The feelings' weights belong to another encoder; train them on this one with "
                "`python -m intents.training`."
            )
        if not self._running:
            self._running.append(self._started(encoding.last.shape[1]))
        [scores] = self._running[0].run(["scores"], {"vectors": encoding.layers})
        return [_feelings(row) for row in scores.astype(np.float64)]

    def _started(self, width: int) -> onnxruntime.InferenceSession:
        hidden = Rounded.of(np.ascontiguousarray(self.hidden[:-1].T))
        shape = (-1, len(self.centre) // width, width)
        constants = [
            *hidden.constants(),
            *floats(
                centre=self.centre.reshape(shape),
                steps=2.0 * STEP * hidden.steps.astype(np.float64),
                hidden_bias=self.hidden[-1],
                output=self.output[:-1],
                output_bias=self.output[-1],
            ),
            ("layered", np.array(shape, np.int64)),
            ("flat", np.array([-1, len(self.centre)], np.int64)),
        ]
        return session(_NODES, constants, len(self.centre), ["scores"])


def late_layers(encoding: Encoding) -> Floats:
    """Give the four late layers of every text (n, 4d), each of length 1."""
    width = encoding.last.shape[1]
    layers = encoding.layers.reshape(len(encoding), -1, width)
    layers = layers / np.maximum(np.linalg.norm(layers, axis=2, keepdims=True), 1e-9)
    return np.ascontiguousarray(layers.reshape(len(encoding), -1), dtype=np.float32)


def affect_vectors(encoding: Encoding, centre: Floats) -> Floats:
    """Give what the network reads: the four late layers, centred, each of length 2."""
    width = encoding.last.shape[1]
    moved = (late_layers(encoding) - centre).reshape(len(encoding), -1, width)
    norms = np.linalg.norm(moved, axis=2, keepdims=True)
    whole = 2.0 * (moved / np.maximum(norms, 1e-9)).reshape(len(encoding), -1)
    return np.ascontiguousarray(whole, dtype=np.float32)


def weights_folder() -> Path:
    """Give the folder of the weights that ship."""
    return Path(__file__).parent / "weights"


def load_affect(folder: Path | None = None) -> AffectHead:
    """Give the feelings' head of a folder, the shipped one by default, once its hash is right.

    Raises WeightsError.
    """
    place = folder or weights_folder()
    try:
        manifest = json.loads((place / MANIFEST_FILE).read_text(encoding="utf-8"))
        expected = manifest["sha256"][WEIGHTS_FILE]
        fingerprint = str(manifest["fingerprint"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"{place / MANIFEST_FILE} cannot be read; install the package again."
        ) from error
    content = check_sha256(place / WEIGHTS_FILE, expected)
    try:
        tensors = {name: tensor.astype(np.float32) for name, tensor in load(content).items()}
        return AffectHead(
            tensors["centre"], tensors["hidden"], tensors["output"], fingerprint=fingerprint
        )
    except (SafetensorError, KeyError) as error:
        raise WeightsError(
            f"{place / WEIGHTS_FILE} holds no feelings; install the package again."
        ) from error


def _feelings(row: NDArray[np.float64]) -> Feelings:
    valence, rest = np.split(row, [len(SENTIMENTS)])
    strongest, flags = np.split(rest, [len(EMOTIONS)])
    valence, strongest, flags = _shares(valence), _shares(strongest), logistic(flags)
    return Feelings(
        sentiment=SENTIMENTS[int(valence.argmax())],
        sentiment_scores=dict(zip(SENTIMENTS, valence.tolist(), strict=True)),
        emotion=EMOTIONS[int(strongest.argmax())],
        emotion_scores=dict(zip(EMOTIONS, strongest.tolist(), strict=True)),
        frustration=float(flags[0]),
        urgency=float(flags[1]),
        vulnerable=float(flags[2]),
    )


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum(), dtype=np.float64)
