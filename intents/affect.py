"""Feelings: four small linear heads over the encoder's late layers, trained once and shipped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from intents.encoder import Encoding, Floats, check_sha256
from intents.errors import WeightsError
from intents.head import head_vectors, logistic
from intents.reading import EMOTIONS, SENTIMENTS, Emotion, Sentiment

WEIGHTS_FILE = "affect.safetensors"
MANIFEST_FILE = "manifest.json"
WIDTHS = {"sentiment": len(SENTIMENTS), "emotion": len(EMOTIONS), "frustration": 1, "urgency": 1}


@dataclass(frozen=True, slots=True)
class Feelings:
    """What one text carries; every number is a calibrated probability (0-1)."""

    sentiment: Sentiment
    sentiment_scores: dict[str, float]
    emotion: Emotion
    emotion_scores: dict[str, float]
    frustration: float
    urgency: float


@dataclass(frozen=True, slots=True, eq=False)
class AffectHead:
    """Weights (d + 1, 11): columns for sentiment, emotion, frustration and urgency, bias last."""

    weights: Floats
    fingerprint: str

    def feel(self, encoding: Encoding) -> list[Feelings]:
        """Give the feelings of every text; raises WeightsError on foreign vectors."""
        if not len(encoding):
            return []
        rows = head_vectors(encoding)
        if rows.shape[1] + 1 != len(self.weights):
            raise WeightsError(
                "The feelings' weights belong to another encoder; train them on this one with "
                "`python -m intents.train`."
            )
        scores = (rows @ self.weights[:-1] + self.weights[-1]).astype(np.float64)
        return [_feelings(row) for row in scores]


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
        fingerprint = str(manifest["backbone_sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"{place / MANIFEST_FILE} cannot be read; install the package again."
        ) from error
    content = check_sha256(place / WEIGHTS_FILE, expected)
    try:
        weights = load(content)["weights"].astype(np.float32)
    except (SafetensorError, KeyError) as error:
        raise WeightsError(
            f"{place / WEIGHTS_FILE} holds no feelings; install the package again."
        ) from error
    return AffectHead(weights, fingerprint)


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
    )


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum(), dtype=np.float64)
