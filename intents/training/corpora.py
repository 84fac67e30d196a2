"""Labelled text for the feelings: our own messages, and public corpora folded into our labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from intents.affect import FLAGS
from intents.errors import IntentsError
from intents.reading import EMOTIONS, SENTIMENTS, Sentiment
from intents.training.sources import rows_of

UNKNOWN = -1
PER_EMOTION = 20_000
PER_FILM_EMOTION = 1_000
FOLDED = {
    "neutral": "neutral realization surprise desire curiosity",
    "happy": "admiration amusement approval caring excitement gratitude joy love optimism pride "
    "relief",
    "confused": "confusion",
    "worried": "fear nervousness",
    "sad": "sadness grief remorse disappointment embarrassment",
    "angry": "anger annoyance disgust disapproval",
}
VALENCE: dict[str, Sentiment] = {"neutral": "neutral", "happy": "positive", "confused": "neutral"}


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its feelings as places in SENTIMENTS and EMOTIONS and as 0 or 1; -1 unknown."""

    text: str
    sentiment: int
    emotion: int
    flags: tuple[int, ...] = (UNKNOWN,) * len(FLAGS)

    @property
    def labels(self) -> tuple[int, ...]:
        """Give sentiment, emotion and the flags in one row."""
        return (self.sentiment, self.emotion, *self.flags)


def own_examples(rows: Sequence[Mapping[str, Any]]) -> list[Example]:
    """Give rows of our own messages as examples; raises IntentsError on a label nobody knows."""
    return [_own(row) for row in rows]


def emotional_examples(corpora: Path, most: int = PER_EMOTION) -> list[Example]:
    """Give GoEmotions (train, dev), XED and UCI sentences, folded; no test split is ever read.

    Of GoEmotions at most so many texts of each of our emotions.
    """
    return [
        *_goemotions(corpora / "goemotions", most),
        *_xed(corpora / "xed"),
        *_uci(corpora / "uci_sentences"),
    ]


def _own(row: Mapping[str, Any]) -> Example:
    try:
        return Example(
            row["text"],
            SENTIMENTS.index(row["sentiment"]),
            EMOTIONS.index(row["emotion"]),
            (int(row["frustrated"]), int(row["urgent"]), _flag(row.get("vulnerable", False))),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise IntentsError(
            f"Our message '{str(row.get('text'))[:60]}' is not labelled ({error}); correct its row."
        ) from error


def _flag(label: bool | None) -> int:
    return UNKNOWN if label is None else int(label)


def _goemotions(folder: Path, most: int) -> list[Example]:
    """Give the texts that fold into one of our emotions; those that fold into two are left out."""
    ours = {word: emotion for emotion, words in FOLDED.items() for word in words.split()}
    rows = (row for split in ("train", "dev") for row in rows_of(folder / f"{split}.jsonl.gz"))
    return _folded(rows, ours, most)


def _xed(folder: Path) -> list[Example]:
    ours = {
        "anger": "angry",
        "disgust": "angry",
        "fear": "worried",
        "joy": "happy",
        "sadness": "sad",
    }
    return _folded(rows_of(folder / "en.jsonl.gz"), ours, PER_FILM_EMOTION)


def _folded(rows: Iterable[Mapping[str, Any]], ours: Mapping[str, str], most: int) -> list[Example]:
    texts: dict[str, list[str]] = {emotion: [] for emotion in EMOTIONS}
    for row in rows:
        emotions = {ours.get(label) for label in row["labels"]}
        if len(emotions) == 1 and (emotion := emotions.pop()) is not None:
            texts[emotion].append(row["text"])
    found = []
    for place, emotion in enumerate(EMOTIONS):
        order = np.random.default_rng(0).permutation(len(texts[emotion]))[:most]
        valence = SENTIMENTS.index(VALENCE.get(emotion, "negative"))
        found += [Example(texts[emotion][index], valence, place) for index in order]
    return found


def _uci(folder: Path) -> list[Example]:
    valences = {"negative": 0, "positive": 2}
    return [
        Example(row["text"], valences[row["label"]], UNKNOWN)
        for row in rows_of(folder / "all.jsonl.gz")
    ]
