"""What an admin should know of their phrases: too few, said twice, or said of two intents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from intents.encoder import Floats
from intents.text import cleaned

FEW = 5
ALIKE = 0.97
MOST = 50
BLOCK = 1_000
_NOT_WORD = re.compile(r"[^\w]+")


def phrase_warnings(labelled: Sequence[tuple[str, str | None]], rows: Floats) -> list[str]:
    """Give warnings in plain sentences, few-phrase ones first; `rows` are unit vectors."""
    counts = Counter(intent for _, intent in labelled if intent is not None)
    found = [
        f"'{intent}' has only {count} phrase{'s' if count > 1 else ''}; ten or more read better."
        for intent, count in counts.items()
        if count < FEW
    ]
    pairs = _alike(labelled, rows)
    found += [_sentence(labelled, left, right) for left, right in pairs[:MOST]]
    if len(pairs) > MOST:
        found.append(f"{len(pairs) - MOST} more pairs of phrases are nearly the same.")
    return found


def _sentence(labelled: Sequence[tuple[str, str | None]], left: int, right: int) -> str:
    (first, one), (second, other) = labelled[left], labelled[right]
    if one == other:
        return f"Under {_named(one)}, '{first}' and '{second}' are nearly the same; keep one."
    return (
        f"'{first}' is under {_named(one)} and nearly the same '{second}' under {_named(other)}; "
        "keep it where it belongs."
    )


def _named(intent: str | None) -> str:
    return "out of scope" if intent is None else f"'{intent}'"


def _alike(labelled: Sequence[tuple[str, str | None]], rows: Floats) -> list[tuple[int, int]]:
    """Give pairs that are nearly the same, those of two intents first."""
    plain = [_NOT_WORD.sub(" ", cleaned(phrase).casefold()).strip() for phrase, _ in labelled]
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(rows), BLOCK):
        close = rows[start : start + BLOCK] @ rows.T >= ALIKE
        for left, right in np.argwhere(close):
            if left + start < right:
                pairs.append((int(left) + start, int(right)))
    said: dict[str, int] = {}
    for index, words in enumerate(plain):
        if words and said.setdefault(words, index) != index:
            pairs.append((said[words], index))
    return sorted(set(pairs), key=lambda pair: labelled[pair[0]][1] == labelled[pair[1]][1])
