"""The encoder and the heads on public sets: `python -m bench.public --corpora DIR`.

Reads the corpora where they lie; no row of theirs is kept. `--weights` names other weights, for
few-shot figures from weights that were trained without the set in question.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.understanding import messages
from intents.adapter import checked_adapter
from intents.affect import AffectHead, load_affect, weights_folder
from intents.cache import cache_folder
from intents.encoder import Encoder, TorchEncoder, backbone_folder, load_onnx
from intents.export import build_onnx
from intents.fit import fit_head
from intents.head import Ranking
from intents.metrics import (
    accuracy,
    auroc,
    calibration_error,
    calibration_floor,
    macro_f1,
    per_label,
)
from intents.pack import read_pack, shop_pack_folder
from intents.reading import EMOTIONS
from intents.training.corpora import FOLDED
from intents.training.sources import rows_of

Labelled = list[tuple[str, str | None]]
SETS = ("banking77", "banking77_10", "clinc150", "clinc150_10", "hwu64_10")


def measure(
    corpora: Path, encoder: Encoder, affect: AffectHead | None, sets: Sequence[str] = SETS
) -> dict[str, Any]:
    """Give every figure of the named sets, and the feelings' where their head is given."""
    found: dict[str, Any] = {}
    for name in sets:
        taught, asked = INTENT_SETS[name](corpora)
        found[name] = intents(taught, asked, encoder)
    if affect is not None:
        found["airline_sentiment"] = airline(corpora, encoder, affect)
        found["goemotions"] = goemotions(corpora, encoder, affect)
    return found


def intents(taught: Labelled, asked: Labelled, encoder: Encoder) -> dict[str, float]:
    """Give accuracy, refusal and calibration of a head fitted on `taught` and asked `asked`."""
    head = fit_head(taught, encoder).head
    rankings: list[Ranking] = []
    for start in range(0, len(asked), 256):
        texts = [text for text, _ in asked[start : start + 256]]
        rankings += head.rank(encoder.encode(texts))
    truth = [intent for _, intent in asked]
    first = [ranking.ranked[0].intent for ranking in rankings]
    sure = np.array([ranking.confidence for ranking in rankings])
    inside = np.array([one is not None for one in truth])
    right = np.array([one == other for one, other in zip(truth, first, strict=True)])
    found = {
        "n": len(asked),
        "in_scope_accuracy": float(right[inside].mean()),
        "calibration_error": calibration_error(sure, right),
        "calibration_noise_floor": calibration_floor(sure),
    }
    if not inside.all():
        found["in_out_auroc"] = auroc(sure, inside) or 0.0
    return {name: round(value, 4) for name, value in found.items()}


def airline(corpora: Path, encoder: Encoder, affect: AffectHead) -> dict[str, float]:
    """Give how complaints to airlines are told from the rest; nothing was trained on them."""
    rows = list(rows_of(corpora / "airline_sentiment" / "all.jsonl.gz"))
    felt = affect.feel(encoder.encode([_without_names(row["text"]) for row in rows]))
    truth = [row["label"] for row in rows]
    negative = np.array([one.sentiment_scores["negative"] for one in felt])
    found = [one.sentiment for one in felt]
    return {
        "n": len(rows),
        "negative_auroc": round(auroc(negative, np.array(truth) == "negative") or 0.0, 4),
        "accuracy": round(accuracy(truth, found), 4),
        "macro_f1": round(macro_f1(per_label(truth, found)), 4),
    }


def goemotions(corpora: Path, encoder: Encoder, affect: AffectHead) -> dict[str, float]:
    """Give the six emotions on the test split, texts that fold into more than one left out."""
    ours = {word: emotion for emotion, words in FOLDED.items() for word in words.split()}
    texts, truth = [], []
    for row in rows_of(corpora / "goemotions" / "test.jsonl.gz"):
        emotions = {ours[label] for label in row["labels"]}
        if len(emotions) == 1:
            texts.append(row["text"])
            truth.append(emotions.pop())
    found = [one.emotion for one in affect.feel(encoder.encode(texts))]
    table = per_label(truth, found)
    scores = {emotion: round(table[emotion]["f1"], 4) for emotion in EMOTIONS}
    return {
        "n": len(texts),
        "accuracy": round(accuracy(truth, found), 4),
        "macro_f1": round(macro_f1(table), 4),
        **scores,
    }


def _without_names(text: str) -> str:
    words = [word for word in text.split() if not word.startswith("@")]
    return " ".join(words) or text


def _banking(corpora: Path) -> tuple[Labelled, Labelled]:
    folder = corpora / "banking77"
    return list(_pairs(folder / "train.jsonl.gz")), list(_pairs(folder / "test.jsonl.gz"))


def _clinc(corpora: Path) -> tuple[Labelled, Labelled]:
    folder = corpora / "clinc150"
    return list(_pairs(folder / "train.jsonl.gz")), list(_pairs(folder / "test.jsonl.gz"))


def _clinc_10(corpora: Path) -> tuple[Labelled, Labelled]:
    """Ten phrases an intent and none out of scope, asked the whole test split."""
    taught = _pairs(corpora / "clinc150_fewshot" / "train_10.jsonl.gz")
    return list(taught), list(_pairs(corpora / "clinc150" / "test.jsonl.gz"))


def _few(folder: str) -> Callable[[Path], tuple[Labelled, Labelled]]:
    def read(corpora: Path) -> tuple[Labelled, Labelled]:
        place = corpora / folder
        return list(_pairs(place / "train_10.jsonl.gz")), list(_pairs(place / "test.jsonl.gz"))

    return read


def _pairs(path: Path) -> Iterator[tuple[str, str | None]]:
    for row in rows_of(path):
        yield row["text"], None if row["label"] == "oos" else row["label"]


INTENT_SETS: dict[str, Callable[[Path], tuple[Labelled, Labelled]]] = {
    "banking77": _banking,
    "banking77_10": _few("banking77_fewshot"),
    "clinc150": _clinc,
    "clinc150_10": _clinc_10,
    "hwu64_10": _few("hwu64"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=weights_folder())
    parser.add_argument("--fp32", action="store_true", help="the reference instead of int8")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=SETS)
    parser.add_argument("--own", action="store_true", help="also `bench/data`, without its talks")
    parser.add_argument("--intents-only", action="store_true", help="leave the feelings out")
    chosen = parser.parse_args(arguments)
    graph = load_onnx(build_onnx(cache_folder(), None, None, chosen.weights))
    encoder: Encoder = graph
    if chosen.fp32:
        encoder = TorchEncoder(backbone_folder(), checked_adapter(chosen.weights))
    affect = None if chosen.intents_only else load_affect(chosen.weights)
    if affect is not None and affect.fingerprint != encoder.fingerprint:
        parser.error("the feelings in --weights belong to another encoder; train them again")
    found = measure(chosen.corpora, encoder, affect, chosen.sets)
    if chosen.own:
        shop = fit_head(read_pack(shop_pack_folder()).labelled(), encoder).head
        found["own"] = messages(encoder, shop)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
