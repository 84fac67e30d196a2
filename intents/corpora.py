"""Labelled text for the feelings: our own messages, and public corpora folded into our labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from intents.errors import IntentsError
from intents.reading import EMOTIONS, SENTIMENTS

UNKNOWN = -1
PER_EMOTION = 2_000
FOLDED = {
    "neutral": "neutral realization surprise desire curiosity",
    "happy": "admiration amusement approval caring excitement gratitude joy love optimism pride "
    "relief",
    "confused": "confusion",
    "worried": "fear nervousness",
    "sad": "sadness grief remorse disappointment embarrassment",
    "angry": "anger annoyance disgust disapproval",
}
VALENCE = {"neutral": "neutral", "happy": "positive", "confused": "neutral"}


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its feelings as places in SENTIMENTS and EMOTIONS and as 0 or 1; -1 unknown."""

    text: str
    sentiment: int
    emotion: int
    frustrated: int = UNKNOWN
    urgent: int = UNKNOWN


def own_folder() -> Path:
    """Give the folder of our own labelled messages."""
    return Path(__file__).parent / "data" / "feelings"


def own_examples(folder: Path | None = None) -> list[Example]:
    """Give our own messages, in the order of their files; raises IntentsError on a bad row."""
    found = []
    for file in sorted((folder or own_folder()).glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                found.append(_own(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise IntentsError(
                    f"{file.name}, line {number} is not a labelled message ({error}); correct it."
                ) from error
    return found


def public_examples(corpora: Path) -> list[Example]:
    """Give GoEmotions (train, dev) and UCI sentences, folded; no test split is ever read."""
    return [*_goemotions(corpora / "goemotions"), *_uci(corpora / "uci_sentences")]


def _own(row: dict[str, Any]) -> Example:
    return Example(
        row["text"],
        SENTIMENTS.index(row["sentiment"]),
        EMOTIONS.index(row["emotion"]),
        int(bool(row["frustrated"])),
        int(bool(row["urgent"])),
    )


def _goemotions(folder: Path) -> list[Example]:
    """Give at most 2,000 texts of each of our emotions; texts that fold into two are left out."""
    ours = {word: emotion for emotion, words in FOLDED.items() for word in words.split()}
    texts: dict[str, list[str]] = {emotion: [] for emotion in EMOTIONS}
    for split in ("train", "dev"):
        for row in _rows(folder / f"{split}.jsonl.gz"):
            emotions = {ours[label] for label in row["labels"]}
            if len(emotions) == 1:
                texts[emotions.pop()].append(row["text"])
    found = []
    for emotion, said in texts.items():
        order = np.random.default_rng(0).permutation(len(said))[:PER_EMOTION]
        valence = SENTIMENTS.index(VALENCE.get(emotion, "negative"))
        place = list(EMOTIONS).index(emotion)  # type: ignore[arg-type]
        found += [Example(said[index], valence, place) for index in order]
    return found


def _uci(folder: Path) -> list[Example]:
    valences = {"negative": 0, "positive": 2}
    return [
        Example(row["text"], valences[row["label"]], UNKNOWN)
        for row in _rows(folder / "all.jsonl.gz")
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)
    except OSError as error:
        raise IntentsError(
            f"{path} cannot be read ({error}); name the corpora's folder with --corpora."
        ) from error
