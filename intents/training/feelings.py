"""The feelings' weights, from vectors of the tuned encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.affect import FLAGS, AffectHead, affect_vectors, late_layers
from intents.calibrate import penalised_logistic
from intents.encoder import Encoder, Encoding, Floats
from intents.head import logistic
from intents.metrics import accuracy, auroc, calibration_error, macro_f1, per_label
from intents.reading import EMOTIONS, SENTIMENTS
from intents.training.corpora import Example, own_examples
from intents.training.network import Batchable, scores, trained, weights
from intents.training.noise import noisy
from intents.training.tasks import FLAGGED, STRONGEST, VALENCES

SEEDS = (0, 1)
PUBLIC_WEIGHT = 1.0
NOISY_COPIES = 2  # of each of our own messages, beside it as it is
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaling:
    """What makes scores mean what they say: factors of the softmaxes, slope and shift of flags."""

    sentiment: float
    emotion: float
    flags: Doubles


def trained_feelings(
    encoder: Encoder, own: Sequence[Mapping[str, Any]], public: Sequence[Example]
) -> TrainedAffect:
    """Give the feelings' head and its figures on the rows of ours that are held out of training.

    It learns each message as it is and as others would have typed it, and is calibrated on both.
    """
    seen, unseen = _vectors(encoder, own, held_out=False), _vectors(encoder, own, held_out=True)
    centre = late_layers(seen.encoding).mean(axis=0)
    ours, judged = seen.batchable(centre), unseen.batchable(centre)
    theirs = Batchable(ours.rows[:0], ours.labels[:0])
    if public:
        others = encoder.encode([one.text for one in public])
        theirs = Batchable(affect_vectors(others, centre), _labels(public))
    networks = [trained(ours, theirs, PUBLIC_WEIGHT, seed) for seed in SEEDS]
    found = np.mean([scores(network, judged.rows) for network in networks], axis=0)
    scaling = _scaling(found, judged.labels)
    plain = slice(0, len(judged.rows) // (1 + NOISY_COPIES))
    hidden, output = _joined([weights(network) for network in networks])
    head = AffectHead(centre, hidden, _scaled(output, scaling), encoder.fingerprint)
    figures = _figures(_scaled_scores(found, scaling)[plain], judged.labels[plain])
    return TrainedAffect(head, figures)


@dataclass(frozen=True, slots=True)
class TrainedAffect:
    """A trained head and its cross-validated figures."""

    head: AffectHead
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Rows of ours with their encoding."""

    encoding: Encoding
    examples: list[Example]

    def batchable(self, centre: Floats) -> Batchable:
        """Give what a network reads."""
        return Batchable(affect_vectors(self.encoding, centre), _labels(self.examples))


def _vectors(encoder: Encoder, own: Sequence[Mapping[str, Any]], *, held_out: bool) -> _Vectors:
    examples = own_examples([row for row in own if row["held_out"] is held_out])
    every = [*examples]
    for copy in range(NOISY_COPIES):
        draw = Random(copy)  # noqa: S311 - repeatable, no secret
        every += [replace(one, text=noisy(one.text, draw, 1.0)) for one in examples]
    return _Vectors(encoder.encode([one.text for one in every]), every)


def head_tensors(head: AffectHead) -> dict[str, NDArray[Any]]:
    """Give the head as it is written."""
    return {
        "centre": head.centre.astype(np.float16),
        "hidden": head.hidden.astype(np.float16),
        "output": head.output.astype(np.float32),
    }


def _labels(examples: Sequence[Example]) -> NDArray[np.int64]:
    return np.array([one.labels for one in examples], dtype=np.int64)


def _scaling(unseen: Doubles, labels: NDArray[np.int64]) -> Scaling:
    flags = [
        penalised_logistic(
            np.stack([unseen[:, FLAGGED][:, place], np.ones(len(unseen))], axis=1),
            np.maximum(labels[:, 2 + place], 0).astype(np.float64),
            (labels[:, 2 + place] >= 0).astype(np.float64),
            np.array([1.0, 0.0]),
            1.0,
        )
        for place in range(len(FLAGS))
    ]
    return Scaling(
        _temperature(unseen[:, VALENCES], labels[:, 0]),
        _temperature(unseen[:, STRONGEST], labels[:, 1]),
        np.array(flags),
    )


def _temperature(given: Doubles, truth: NDArray[np.int64]) -> float:
    """Give the factor that makes the true labels most likely."""

    def unlikely(factor: float) -> float:
        scaled = factor * given
        total = np.log(np.exp(scaled - scaled.max(axis=1, keepdims=True)).sum(axis=1))
        top = scaled.max(axis=1)
        return float((total + top - scaled[np.arange(len(truth)), truth]).mean())

    return float(min(np.linspace(0.3, 2.0, 86), key=unlikely))


def _joined(parts: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Give one network that answers with the mean of several."""
    hidden = np.concatenate([one for one, _ in parts], axis=1)
    inner = np.concatenate([other[:-1] for _, other in parts]) / len(parts)
    bias = np.mean([other[-1] for _, other in parts], axis=0, keepdims=True)
    return np.ascontiguousarray(hidden), np.ascontiguousarray(np.concatenate([inner, bias]))


def _scaled(output: Floats, scaling: Scaling) -> Floats:
    found = output.copy()
    found[:, VALENCES] *= scaling.sentiment
    found[:, STRONGEST] *= scaling.emotion
    found[:, FLAGGED] *= scaling.flags[:, 0].astype(np.float32)
    found[-1, FLAGGED] += scaling.flags[:, 1].astype(np.float32)
    return found


def _scaled_scores(given: Doubles, scaling: Scaling) -> Doubles:
    found = given.copy()
    found[:, VALENCES] *= scaling.sentiment
    found[:, STRONGEST] *= scaling.emotion
    found[:, FLAGGED] = found[:, FLAGGED] * scaling.flags[:, 0] + scaling.flags[:, 1]
    return found


def _figures(given: Doubles, labels: NDArray[np.int64]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name, part, column in (("sentiment", VALENCES, 0), ("emotion", STRONGEST, 1)):
        names = SENTIMENTS if column == 0 else EMOTIONS
        truth = [names[place] for place in labels[:, column]]
        found = [names[place] for place in given[:, part].argmax(axis=1)]
        figures[name] = {
            "accuracy": round(accuracy(truth, found), 4),
            "macro_f1": round(macro_f1(per_label(truth, found)), 4),
        }
    for place, name in enumerate(FLAGS):
        known = labels[:, 2 + place] >= 0
        flagged = labels[known, 2 + place] == 1
        sure = logistic(given[known][:, FLAGGED][:, place])
        row = per_label(flagged.tolist(), (sure >= 0.5).tolist())[True]
        figures[name] = {
            "f1": round(row["f1"], 4),
            "auroc": round(auroc(sure, flagged) or 0.0, 4),
            "calibration_error": round(calibration_error(sure, flagged), 4),
        }
    return figures
