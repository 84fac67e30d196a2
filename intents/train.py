"""Corpora and our own messages to the feelings' weights: `python -m intents.train --corpora DIR`.

Takes a few minutes on two cores and gives the same weights each time on the same machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save

from intents.affect import (
    MANIFEST_FILE,
    WEIGHTS_FILE,
    AffectHead,
    affect_vectors,
    weights_folder,
)
from intents.cache import cache_folder, ready_encoder
from intents.calibrate import penalised_logistic
from intents.corpora import Example, own_examples, public_examples
from intents.encoder import Encoder, Floats
from intents.errors import IntentsError
from intents.head import head_vectors, logistic
from intents.metrics import accuracy, auroc, calibration_error, macro_f1, per_label
from intents.model_card import CARD_FILE, model_card
from intents.network import FLAGS, STRONGEST, VALENCES, Batchable, scores, trained, weights
from intents.reading import EMOTIONS, SENTIMENTS

FORMAT = 2
FOLDS = 5
SEEDS = (0, 1)
PUBLIC_WEIGHT = 0.05
THREADS = 2
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaling:
    """What makes scores mean what they say: factors of the softmaxes, slope and shift of flags."""

    sentiment: float
    emotion: float
    flags: Doubles


def main_training(encoder: Encoder, own: list[Example], public: list[Example]) -> TrainedAffect:
    """Give the feelings' head and its cross-validated figures."""
    mine, others = encoder.encode([one.text for one in own]), None
    raw = head_vectors(mine)
    centre = raw.mean(axis=0)
    ours = Batchable(affect_vectors(mine, centre), _labels(own))
    if public:
        others = encoder.encode([one.text for one in public])
    theirs = (
        Batchable(affect_vectors(others, centre), _labels(public))
        if others is not None
        else Batchable(ours.rows[:0], ours.labels[:0])
    )
    unseen = _out_of_fold(ours, theirs)
    scaling = _scaling(unseen, ours.labels)
    networks = [trained(ours, theirs, PUBLIC_WEIGHT, seed) for seed in SEEDS]
    hidden, output = _joined([weights(network) for network in networks])
    head = AffectHead(centre, hidden, _scaled(output, scaling), encoder.fingerprint)
    return TrainedAffect(head, _figures(_scaled_scores(unseen, scaling), ours.labels))


@dataclass(frozen=True, slots=True)
class TrainedAffect:
    """A trained head and its cross-validated figures."""

    head: AffectHead
    figures: dict[str, Any]


def write_weights(trained_affect: TrainedAffect, folder: Path, counts: dict[str, int]) -> None:
    """Write weights, manifest and model card into a folder."""
    head = trained_affect.head
    content = save(
        {
            "centre": head.centre.astype(np.float16),
            "hidden": head.hidden.astype(np.float16),
            "output": head.output.astype(np.float32),
        }
    )
    manifest = {
        "format": FORMAT,
        "backbone_sha256": head.fingerprint,
        "sha256": {WEIGHTS_FILE: sha256(content).hexdigest()},
        "hidden": head.hidden.shape[1],
        "rows": counts,
        "figures": trained_affect.figures,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS_FILE).write_bytes(content)
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    (folder / CARD_FILE).write_text(model_card(manifest), encoding="utf-8")


def _labels(examples: list[Example]) -> NDArray[np.int64]:
    rows = [(one.sentiment, one.emotion, one.frustrated, one.urgent) for one in examples]
    return np.array(rows, dtype=np.int64)


def _out_of_fold(ours: Batchable, theirs: Batchable) -> Doubles:
    """Give every own row's scores by networks that did not see it."""
    folds = np.random.default_rng(0).permutation(len(ours.rows)) % FOLDS
    found = np.zeros((len(ours.rows), FLAGS.stop))
    for fold in range(FOLDS):
        seen = folds != fold
        kept = Batchable(ours.rows[seen], ours.labels[seen])
        for seed in SEEDS:
            network = trained(kept, theirs, PUBLIC_WEIGHT, seed)
            found[~seen] += scores(network, ours.rows[~seen]) / len(SEEDS)
    return found


def _scaling(unseen: Doubles, labels: NDArray[np.int64]) -> Scaling:
    flags = [
        penalised_logistic(
            np.stack([unseen[:, FLAGS][:, place], np.ones(len(unseen))], axis=1),
            labels[:, 2 + place].astype(np.float64),
            np.ones(len(unseen)),
            np.array([1.0, 0.0]),
            1.0,
        )
        for place in range(2)
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
    found[:, FLAGS] *= scaling.flags[:, 0].astype(np.float32)
    found[-1, FLAGS] += scaling.flags[:, 1].astype(np.float32)
    return found


def _scaled_scores(given: Doubles, scaling: Scaling) -> Doubles:
    found = given.copy()
    found[:, VALENCES] *= scaling.sentiment
    found[:, STRONGEST] *= scaling.emotion
    found[:, FLAGS] = found[:, FLAGS] * scaling.flags[:, 0] + scaling.flags[:, 1]
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
    for place, name in enumerate(("frustrated", "urgent")):
        flagged, sure = labels[:, 2 + place] == 1, logistic(given[:, FLAGS][:, place])
        row = per_label(flagged.tolist(), (sure >= 0.5).tolist())[True]
        figures[name] = {
            "f1": round(row["f1"], 4),
            "auroc": round(auroc(sure, flagged) or 0.0, 4),
            "calibration_error": round(calibration_error(sure, flagged), 4),
        }
    return figures


@click.command()
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None)
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), default=None)
@click.option("--backbone", default=None, help="Another encoder, by folder or hub name.")
def main(corpora: Path | None, out: Path | None, cache: Path | None, backbone: str | None) -> None:
    """Train the feelings' weights on our own messages and, if named, the public corpora."""
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    try:
        own = own_examples()
        public = public_examples(corpora) if corpora else []
        encoder = ready_encoder(cache or cache_folder(), backbone, click.echo)
        click.echo(f"Training on {len(own)} messages of our own and {len(public)} public ones.")
        found = main_training(encoder, own, public)
        write_weights(found, out or weights_folder(), {"own": len(own), "public": len(public)})
    except IntentsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(found.figures, indent=2))


if __name__ == "__main__":
    main()
