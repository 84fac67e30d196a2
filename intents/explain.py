"""Why a message was read so: which phrases pulled its intent, which words carried its feelings.

Phrases are exact: an intent's score is a sum over training phrases, and each one's part is told,
counted from a message that is like none of them. A score is not yet the confidence, which is
calibrated on scores and likeness together. Words are found by leaving them out (`occlusion`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from intents.encoder import Encoding
from intents.errors import WeightsError
from intents.head import IntentHead
from intents.occlusion import Carried, Read, carrying_words
from intents.reading import DIGITS, Reading
from intents.text import EMPTY, cleaned

__all__ = ["Explanation", "Pull", "Pulled", "carrying_words", "explained", "pulling_phrases"]

MOST_PHRASES = 3
Labelled = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Pull:
    """A training phrase, what it added to a score, and how alike (cosine) the message is."""

    phrase: str
    intent: str | None
    added: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Pulled:
    """An intent's score: `start` and what every phrase added, those in `rest` not told apart.

    `towards` are phrases of the intent itself, `away` those of others; the strongest first.
    """

    intent: str | None
    score: float
    start: float
    towards: tuple[Pull, ...]
    away: tuple[Pull, ...]
    rest: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one message was read so."""

    text: str
    pulled: tuple[Pulled, ...]
    carried: Carried

    def to_row(self) -> dict[str, Any]:
        """Give what `attune classify --explain` adds to a row."""
        pulls = [(one, pull) for one in self.pulled for pull in (*one.towards, *one.away)]
        words = [(felt, word) for felt in self.carried.felt for word in felt.words]
        return {
            "phrases": [
                {
                    "for": pulled.intent,
                    "phrase": one.phrase,
                    "intent": one.intent,
                    "added": round(one.added, DIGITS),
                    "cosine": round(one.cosine, DIGITS),
                }
                for pulled, one in pulls
            ],
            "words": [
                {
                    "feeling": felt.name,
                    "text": self.text[slice(*one.span)],
                    "span": list(one.span),
                    "effect": round(one.effect, DIGITS),
                }
                for felt, one in words
            ],
            "window": list(self.carried.window),
        }


def explained(
    reading: Reading, head: IntentHead, labelled: Labelled, encoding: Encoding, read: Read
) -> Explanation:
    """Give why a reading came out so, from what made it.

    `labelled` are the phrases the head was fitted on, in their order; `encoding` is the message's;
    `read` gives the feelings of texts. Raises WeightsError if the phrases are not the head's.
    """
    pulled = tuple(
        pulling_phrases(head, labelled, encoding, one) for one in weighed_intents(reading)
    )
    return Explanation(reading.text, pulled, carrying_words(reading.text, read))


def weighed_intents(reading: Reading) -> tuple[str | None, ...]:
    """Give what a reading decided between: what it chose, None where it refused, and the next."""
    if cleaned(reading.text) == EMPTY:
        return ()
    first = [one.intent for one in reading.ranking[:2]]
    return tuple(first) if reading.intent is not None else (None, *first[:1])


def pulling_phrases(
    head: IntentHead,
    labelled: Labelled,
    encoding: Encoding,
    intent: str | None,
    most: int = MOST_PHRASES,
) -> Pulled:
    """Give what made an intent's score of one text, at most `most` phrases towards and away.

    None is out of scope. Raises WeightsError if the phrases are not those of the head.
    """
    if len(head.kept) and head.kept[-1] >= len(labelled):
        raise WeightsError("The phrases are not those the intent head was fitted on.")
    parts = head.contributions(encoding, intent)[0].astype(np.float64)
    added, start, score = parts[:-1], float(parts[-1]), float(parts.sum())
    cosines = (head.rows(encoding) @ head.phrases.T)[0]
    texts = [labelled[row] for row in head.kept.tolist()]
    own = [label == intent for _, label in texts]

    def pulls(rows: Iterable[int]) -> tuple[Pull, ...]:
        return tuple(
            Pull(texts[row][0], texts[row][1], float(added[row]), float(cosines[row]))
            for row, _ in zip(rows, range(most), strict=False)
        )

    order = np.argsort(-added, kind="stable").tolist()
    towards = pulls(row for row in order if own[row] and added[row] > 0)
    away = pulls(row for row in reversed(order) if not own[row] and added[row] < 0)
    told = sum(one.added for one in (*towards, *away))
    return Pulled(intent, score, start, towards, away, score - start - told)
