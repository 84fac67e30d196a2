"""More than one need in a message: what its clauses ask for beside the main need."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from intents.encoder import Floats
from intents.head import Ranking
from intents.reading import Ranked

SURE = 0.4
MOST = 2
APART = 0.3
LIKELIEST = 2
LEAST = 1e-4
TWO = 2
_JOINED = re.compile(
    r"^\W*(?:(?:and|but|plus|or|oh|ok|so)\W+)*(?:and|plus|n|also|then|oh|btw|by the way|besides|"
    r"another thing|one more thing|separately|secondly|on another note|two:|"
    r"while (?:i'?m|we'?re|you'?re) (?:at it|here))(?!\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|(?<!\w)(?:can|could|would|will|please|pls|plz|i'd like|i need|i want|what|when|where|how|"
    r"which|is there|are there|do you|does|tell me|let me know)(?!\w)",
    re.IGNORECASE,
)
# How the signs of `signs` count, then what they count from: `python -m intents.training.needs`.
WEIGHTS = (0.54, 0.11, 0.13, 0.55, 0.44, 1.33, 2.90, -3.07)
Signs = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message as it stands there, and what its vector apart from the others ranks."""

    text: str
    ranking: Ranking


def apart(vectors: Floats) -> Floats:
    """Give clauses' vectors (n, d), n > 1, less a share of what the others say, of length 1.

    A clause is pooled from the whole message's pass, so that the main need colours all of them.
    """
    others = (vectors.sum(axis=0, keepdims=True) - vectors) / (len(vectors) - 1)
    moved = vectors - APART * others
    return np.asarray(
        moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32
    )


def parted(said: Sequence[str], rankings: Sequence[Ranking]) -> list[Clause]:
    """Give a text's clauses with their rankings."""
    return [Clause(text, ranking) for text, ranking in zip(said, rankings, strict=True)]


def one_need(whole: Ranking, parts: Sequence[Clause]) -> bool:
    """Tell whether every clause speaks of the main need first, so that no other is looked for."""
    main = whole.ranked[0].intent
    return all(one.ranking.ranked[0].intent == main for one in parts)


def further_needs(whole: Ranking, parts: Sequence[Clause]) -> tuple[Ranked, ...]:
    """Give the intents that clauses ask for beside the main one, at most two, the surest first.

    Confidence is the probability that the message really has this second need. Small talk counts
    like any other intent: who acts on it decides whether it is a need.
    """
    found: dict[str, float] = {}
    for intent, told in signs(whole, parts):
        spoken = sum(by * one for by, one in zip(WEIGHTS, told, strict=True))
        found[intent] = max(found.get(intent, 0.0), 0.5 * (1.0 + math.tanh(0.5 * spoken)))
    sure = [pair for pair in found.items() if pair[1] >= SURE]
    surest = sorted(sure, key=lambda pair: -pair[1])[:MOST]
    return tuple(Ranked(intent, confidence) for intent, confidence in surest)


def signs(whole: Ranking, parts: Sequence[Clause]) -> Iterator[tuple[str, Signs]]:
    """Give each other intent that a clause may ask for, with what speaks for it.

    In order: log odds of the intent in the clause; of the main intent in the whole; of the main
    intent in another clause; a joining word before the clause; a question or request in it; two
    clauses and not more; the intent in another clause; and 1.
    """
    main = whole.ranked[0]
    told = [{one.intent: one.confidence for one in each.ranking.ranked} for each in parts]
    for place, clause in enumerate(parts):
        others = told[:place] + told[place + 1 :]
        elsewhere = max((one.get(main.intent, 0.0) for one in others), default=0.0)
        for one in clause.ranking.ranked[:LIKELIEST]:
            if one.intent != main.intent:
                yield (
                    one.intent,
                    (
                        _odds(one.confidence),
                        _odds(main.confidence),
                        _odds(elsewhere),
                        float(bool(_JOINED.search(clause.text))),
                        float(bool(_ASKS.search(clause.text))),
                        float(len(parts) == TWO),
                        max((other.get(one.intent, 0.0) for other in others), default=0.0),
                        1.0,
                    ),
                )


def _odds(share: float) -> float:
    kept = min(max(share, LEAST), 1.0 - LEAST)
    return math.log(kept / (1.0 - kept))
