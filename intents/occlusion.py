"""Which words carried a feeling: each is left out once, and the rest is read again.

A word's effect is by how much the probability falls without it. That says what this model would
have read, not what the customer meant; words that say the same hide one another, so that in a very
plain message none may show, and effects do not add up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from intents.text import EMPTY, cleaned

MOST_WORDS = 60
LONGEST_SENTENCE, SHORTEST_SENTENCE = 60, 5
STRONGEST = 8
LEAST_EFFECT = 0.05
JOINED_BY = 0.1
THERE = 0.25
FLAGGED_FROM = 0.35
NOTHING = 1e-9

Span = tuple[int, int]


class Sounds(Protocol):
    """How a text sounds; a Reading and the feelings' head both say so."""

    @property
    def emotion(self) -> str:
        """The strongest feeling."""
        ...

    @property
    def emotion_scores(self) -> Mapping[str, float]:
        """Every emotion's probability."""
        ...

    @property
    def frustration(self) -> float:
        """The probability of frustration."""
        ...

    @property
    def urgency(self) -> float:
        """The probability of urgency."""
        ...

    @property
    def vulnerable(self) -> float:
        """The probability that it speaks of a hard time."""
        ...


Read = Callable[[Sequence[str]], Sequence[Sounds]]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word, or two that work together: with it cut out the probability is lower by `effect`."""

    span: Span
    effect: float


@dataclass(frozen=True, slots=True)
class Felt:
    """A feeling and the words that carried it or held it back, the strongest first.

    `sentence` is the one that by itself sounds most like it, told where no word carries it alone.
    """

    name: str
    probability: float
    words: tuple[Carrier, ...]
    sentence: Span | None


@dataclass(frozen=True, slots=True)
class Carried:
    """The feelings of a text with their words; spans are of the text as it was written.

    Only words within `window` were left out; what comes after `read_to` the model never sees.
    `readings` is how many texts were read to find out.
    """

    felt: tuple[Felt, ...]
    window: Span
    read_to: int
    readings: int


def carrying_words(text: str, read: Read, most: int = MOST_WORDS) -> Carried:
    """Give which words carried frustration, the other flags if there are any, and the emotion.

    Of a text of more than `most` words only that many are left out, those around the sentence that
    sounds strongest by itself. Costs a reading per word, at most 16 for pairs, and for a long text
    one per sentence and a few to find where the model stops reading. Total: any string will do.
    """
    reader = _Reader(text, read)
    names = _named(reader.whole)
    known: Sequence[Span] = word_spans(text)
    words, read_to = known, len(text)
    if len(known) > most:
        known, read_to = _really_read(reader, known, most)
        leading = max(names, key=lambda name: _probability(reader.whole, name))
        words = _around(known, _strongest(reader, _sentences(text, known), leading), most)
    single = reader.without(words)
    pairs = _pairs(reader.whole, single, names)
    double = reader.without([_both(words, at) for at in pairs])
    felt = []
    for name in names:
        whole = _probability(reader.whole, name)
        alone = [whole - _probability(one, name) for one in single]
        both = [whole - _probability(one, name) for one in double]
        carriers = _carriers(words, alone, dict(zip(pairs, both, strict=True)))
        felt.append(Felt(name, whole, carriers, _sentence(reader, known, name, carriers)))
    window = (words[0][0], words[-1][1]) if words else (0, 0)
    return Carried(tuple(felt), window, read_to, reader.count)


def word_spans(text: str) -> list[Span]:
    """Give where the words of a text stand: what is between spaces, pictures apart from letters.

    A word keeps the marks that touch it; what nobody can see is no word.
    """
    found: list[Span] = []
    for token in re.finditer(r"\S+", text):
        picture = False
        kinds: list[bool] = []
        for letter in token[0]:
            category = unicodedata.category(letter)
            if category not in {"Cf", "Mn", "Me", "Sk"}:  # those stay with what they stand on
                picture = category == "So"
            kinds.append(picture)
        at = token.start()
        for _, run in groupby(kinds):
            end = at + len(list(run))
            if cleaned(text[at:end]) != EMPTY:
                found.append((at, end))
            at = end
    return found


class _Reader:
    """Reads a text, parts of it, and it without parts; counts how often."""

    def __init__(self, text: str, read: Read) -> None:
        self.text = text
        self.count = 0
        self._read = read
        self._alone: dict[Span, Sounds] = {}
        self.whole = self.read([text])[0]

    def read(self, texts: Sequence[str]) -> Sequence[Sounds]:
        self.count += len(texts)
        return self._read(texts) if texts else []

    def without(self, spans: Sequence[Span]) -> Sequence[Sounds]:
        return self.read([self.text[:start] + self.text[end:] for start, end in spans])

    def alone(self, spans: Sequence[Span]) -> list[Sounds]:
        """Read parts by themselves, each only once."""
        new = [one for one in spans if one not in self._alone]
        read = self.read([self.text[start:end] for start, end in new])
        self._alone.update(zip(new, read, strict=True))
        return [self._alone[one] for one in spans]


def _named(full: Sounds) -> list[str]:
    """Give the feelings worth explaining; whether patience is lost always is."""
    flags = {"urgency": full.urgency, "vulnerable": full.vulnerable}
    names = ["frustration", *(name for name, share in flags.items() if share >= FLAGGED_FROM)]
    return names if full.emotion == "neutral" else [*names, full.emotion]


def _probability(sounds: Sounds, name: str) -> float:
    flags = {
        "frustration": sounds.frustration,
        "urgency": sounds.urgency,
        "vulnerable": sounds.vulnerable,
    }
    return flags[name] if name in flags else sounds.emotion_scores[name]


def _really_read(reader: _Reader, words: Sequence[Span], least: int) -> tuple[Sequence[Span], int]:
    """Give the words before the model's limit, and where that is; found by halving."""

    def all_of(sounds: Sounds) -> tuple[float, ...]:
        flags = (sounds.frustration, sounds.urgency, sounds.vulnerable)
        return (*flags, *sounds.emotion_scores.values())

    def enough(count: int) -> bool:
        first = reader.read([reader.text[: words[count - 1][1]]])[0]
        both = zip(all_of(first), all_of(reader.whole), strict=True)
        return all(abs(one - other) < NOTHING for one, other in both)

    if not enough(len(words) - 1):
        return words, len(reader.text)
    low, high = least, len(words) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return words[:low], words[low - 1][1]


def _sentence(
    reader: _Reader, words: Sequence[Span], name: str, carriers: Sequence[Carrier]
) -> Span | None:
    """Give the strongest of several sentences for a feeling that no word carries alone."""
    if _probability(reader.whole, name) < THERE or any(one.effect > 0 for one in carriers):
        return None
    sentences = _sentences(reader.text, words)
    return _strongest(reader, sentences, name) if len(sentences) > 1 else None


def _strongest(reader: _Reader, sentences: Sequence[Span], name: str) -> Span:
    sounds = reader.alone(sentences)
    best = max(range(len(sentences)), key=lambda at: _probability(sounds[at], name))
    return sentences[best]


def _sentences(text: str, words: Sequence[Span]) -> list[Span]:
    """Give the sentences of a text; short ones go with the next, endless ones are cut."""
    found: list[Span] = []
    first = 0
    for at, (_, end) in enumerate(words):
        last = at + 1 == len(words)
        ends = last or text[end - 1] in ".!?…。！？" or "\n" in text[end : words[at + 1][0]]
        size = at + 1 - first
        if last or size == LONGEST_SENTENCE or (ends and size >= SHORTEST_SENTENCE):
            found.append((words[first][0], end))
            first = at + 1
    return found


def _around(words: Sequence[Span], sentence: Span, most: int) -> Sequence[Span]:
    """Give at most `most` words with a sentence in their middle."""
    inside = [at for at, one in enumerate(words) if sentence[0] <= one[0] < sentence[1]]
    middle = (inside[0] + inside[-1] + 1) // 2
    start = max(0, min(middle - most // 2, len(words) - most))
    return words[start : start + most]


def _pairs(whole: Sounds, single: Sequence[Sounds], names: Sequence[str]) -> list[int]:
    """Give where two neighbours are worth leaving out together: at the words that do most."""

    def effect(at: int) -> float:
        return max(abs(_probability(whole, one) - _probability(single[at], one)) for one in names)

    strongest = sorted(range(len(single)), key=effect, reverse=True)[:STRONGEST]
    starts = {start for at in strongest for start in (at - 1, at)}
    return sorted(start for start in starts if 0 <= start < len(single) - 1)


def _both(words: Sequence[Span], at: int) -> Span:
    return words[at][0], words[at + 1][1]


def _carriers(
    words: Sequence[Span], alone: Sequence[float], both: Mapping[int, float]
) -> tuple[Carrier, ...]:
    """Give the words that do something, and as one those that do much more together than apart."""
    found: list[Carrier] = []
    taken: set[int] = set()
    for at in sorted(both, key=lambda at: -abs(both[at])):
        apart = abs(alone[at]) + abs(alone[at + 1])
        if abs(both[at]) >= apart + JOINED_BY and not {at, at + 1} & taken:
            found.append(Carrier(_both(words, at), both[at]))
            taken |= {at, at + 1}
    found += [
        Carrier(word, alone[at])
        for at, word in enumerate(words)
        if at not in taken and abs(alone[at]) >= LEAST_EFFECT
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.effect)))
