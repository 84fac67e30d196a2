"""What an admin should know of their phrases: too few, said twice, or said of two intents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from intents.encoder import Floats
from intents.text import EMPTY, cleaned

FEW = 5
ALIKE = 0.9
MOST = 50
BLOCK = 1_000
MOST_OF_ONE = 5
MOST_READ_BY_LETTER = 5_000
# One letter apart: long enough for it to be a slip, short enough to be compared letter by letter.
SLIP_LETTERS = range(10, 101)

_WORD = re.compile(r"[^\W_]+")
_SHORTENED = (
    (re.compile(r"\b(ca)n[o']?t\b"), "can not"),
    (re.compile(r"\bwo(?:n't|nt)\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'s\b"), " is"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'ll\b"), " will"),
)
# What a sentence can lose without asking for something else. Negations are not among them.
# fmt: off
_FILLING = frozenset((
    "a", "an", "the", "my", "your", "our", "this", "that", "it", "i", "me", "to", "of", "for", "on",
    "in", "at", "with", "just", "so", "hi", "hello", "hey", "dear", "please", "pls", "plz",
    "kindly", "is", "are", "am", "was", "were", "be", "been", "being", "have", "has", "had", "do",
    "does", "did", "will", "would", "can", "could", "may", "might", "shall", "should", "got", "get",
    "getting",
))
# fmt: on
_NOT = frozenset(("not", "no", "never", "nothing", "nobody", "without"))

Labelled = Sequence[tuple[str, str | None]]
Pair = tuple[int, int]


def phrase_warnings(labelled: Labelled, rows: Floats) -> list[str]:
    """Give warnings in plain sentences, the gravest first; `rows` are unit vectors (n, d)."""
    counts = Counter(intent for _, intent in labelled if intent is not None)
    pairs = near_duplicates(labelled, rows)
    alike = set(_all_alike(labelled, pairs))
    across = [pair for pair in pairs if labelled[pair[0]][1] != labelled[pair[1]][1]]
    within = [
        pair
        for pair in pairs
        if labelled[pair[0]][1] == labelled[pair[1]][1] and labelled[pair[0]][1] not in alike
    ]
    found = [*_of_the_whole(labelled, counts), *_unseen(labelled), *_few(counts)]
    found += [_alike_sentence(labelled, intent) for intent in counts if intent in alike]
    found += _capped([_across_sentence(labelled, *pair) for pair in across])
    found += _capped([*_repeated(labelled, alike)])
    return found + _capped([_within_sentence(labelled, *pair) for pair in within])


def near_duplicates(labelled: Labelled, rows: Floats) -> list[Pair]:
    """Give pairs of phrases (earlier, later) that say the same, those written alike left out.

    The same words but for filling, one letter apart, or of nearly the same vector (cosine over
    `ALIKE`) while both or neither deny. Of many alike, each is paired with the first of its intent,
    and the first of each intent with each other.
    """
    kept = list({row: index for index, row in reversed(list(enumerate(labelled)))}.values())
    kept.sort()
    words = {index: _words(labelled[index][0]) for index in kept}
    groups = [*_of_same_words(words)]
    if len(kept) <= MOST_READ_BY_LETTER:
        groups += _one_letter_apart(words)
    pairs = {pair for group in groups for pair in _star(labelled, group)}
    return sorted(pairs | _of_close_vectors(words, kept, rows))


def near_duplicates_of(labelled: Labelled, rows: Floats, mine: Sequence[int]) -> list[Pair]:
    """Give pairs (of mine, of another intent) that say the same, one for each of mine.

    The same words but for filling, or of nearly the same vector while both or neither deny.
    """
    words = [_kept_words(phrase) for phrase, _ in labelled]
    said: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, one in enumerate(words):
        if one:
            said[_plain(one)].append(index)
    cosines = rows[list(mine)] @ rows.T
    found: list[Pair] = []
    for place, index in enumerate(mine):
        same = said[_plain(words[index])] if words[index] else []
        close = np.flatnonzero(cosines[place] >= ALIKE).tolist()
        denies = bool(_NOT.intersection(words[index]))
        alike = [one for one in close if denies == bool(_NOT.intersection(words[one]))]
        others = [one for one in (*same, *alike) if labelled[one][1] != labelled[index][1]]
        found += [(index, one) for one in others[:1]]
    return found


def _star(labelled: Labelled, group: Sequence[int]) -> Iterator[Pair]:
    first: dict[str | None, int] = {}
    for index in group:
        intent = labelled[index][1]
        if intent in first:
            yield first[intent], index
        else:
            yield from ((other, index) for other in first.values())
            first[intent] = index


def _of_close_vectors(
    words: Mapping[int, tuple[str, ...]], kept: Sequence[int], rows: Floats
) -> set[Pair]:
    pairs: set[Pair] = set()
    denies = {index: bool(_NOT.intersection(one)) for index, one in words.items()}
    vectors = rows[kept]
    for start in range(0, len(kept), BLOCK):
        close = vectors[start : start + BLOCK] @ vectors.T >= ALIKE
        for place in np.flatnonzero(close.sum(axis=1) > 1).tolist():
            later = start + place + 1
            left = kept[later - 1]
            others = np.flatnonzero(close[place, later:])[:MOST_OF_ONE].tolist()
            for right in (kept[later + other] for other in others):
                if words[left] and words[right] and denies[left] == denies[right]:
                    pairs.add((left, right))
    return pairs


@lru_cache(maxsize=20_000)
def _kept_words(phrase: str) -> tuple[str, ...]:
    return _words(phrase)


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give words without filling, in one order; all of them if there is nothing else."""
    return tuple(sorted(word for word in words if word not in _FILLING)) or words


def _words(phrase: str) -> tuple[str, ...]:
    """Give the words of a phrase in full, without accents; none if it shows no letter or digit."""
    plain = unicodedata.normalize("NFD", cleaned(phrase).casefold())
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    for short, full in _SHORTENED:
        plain = short.sub(full, plain)
    return tuple(_WORD.findall(plain))


def _of_same_words(words: Mapping[int, tuple[str, ...]]) -> Iterable[list[int]]:
    """Give groups of the same words in any order, filling apart."""
    said: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, one in words.items():
        if one:
            said[_plain(one)].append(index)
    return said.values()


def _one_letter_apart(words: Mapping[int, tuple[str, ...]]) -> Iterator[list[int]]:
    """Give groups that become the same when each may lose one letter: a slip of the keyboard."""
    left_over: dict[str, list[int]] = defaultdict(list)
    for index, one in words.items():
        text = " ".join(one)
        if len(text) in SLIP_LETTERS:
            shorter = {text[:place] + text[place + 1 :] for place in range(len(text))}
            for rest in {text, *shorter}:
                left_over[rest].append(index)
    return (group for group in left_over.values() if len(group) > 1)


def _all_alike(labelled: Labelled, pairs: Iterable[Pair]) -> Iterator[str | None]:
    """Give the intents whose phrases, three or more, are all near-duplicates of one another."""
    first = list(range(len(labelled)))

    def root(index: int) -> int:
        while first[index] != index:
            index = first[index]
        return index

    place = {row: index for index, row in reversed(list(enumerate(labelled)))}
    again = ((place[row], index) for index, row in enumerate(labelled))
    for left, right in (*pairs, *again):
        if labelled[left][1] == labelled[right][1] and root(left) != root(right):
            first[root(right)] = root(left)
    groups: dict[str | None, list[int]] = defaultdict(list)
    for index, (_, intent) in enumerate(labelled):
        groups[intent].append(root(index))
    return (
        intent
        for intent, roots in groups.items()
        if intent is not None and len(roots) > 2 and len(set(roots)) == 1
    )


def _of_the_whole(labelled: Labelled, counts: Mapping[str, int]) -> Iterator[str]:
    if len(counts) == 1:
        yield (
            f"There is one intent only, '{next(iter(counts))}', so that whatever is not refused "
            "is read as that; add what else people write for."
        )
    if all(intent is not None for _, intent in labelled):
        yield (
            "Nothing is listed as out of scope, so that little can be refused; "
            "add what people write that nobody here answers."
        )


def _unseen(labelled: Labelled) -> Iterator[str]:
    for phrase, intent in labelled:
        if not any(map(str.isalnum, phrase)) and cleaned(phrase) == EMPTY:
            yield f"A phrase under {_named(intent)} shows nothing, {phrase!a}; remove it."


def _few(counts: Mapping[str, int]) -> list[str]:
    return [
        f"'{intent}' has only {count} phrase{'s' if count > 1 else ''}; ten or more read better."
        for intent, count in counts.items()
        if count < FEW
    ]


def _alike_sentence(labelled: Labelled, intent: str) -> str:
    phrases = [phrase for phrase, one in labelled if one == intent]
    different = list(dict.fromkeys(phrases))
    such = f"'{different[0]}'" + (f" and '{different[1]}'" if len(different) > 1 else "")
    return (
        f"All {len(phrases)} phrases under '{intent}' say nearly the same, such as {such}; "
        "add some in other words."
    )


def _across_sentence(labelled: Labelled, left: int, right: int) -> str:
    (first, one), (second, other) = labelled[left], labelled[right]
    if first == second:
        return f"'{first}' is under {_named(one)} and {_named(other)}; keep it where it belongs."
    return (
        f"'{first}' is under {_named(one)} and nearly the same '{second}' under {_named(other)}; "
        "keep it where it belongs."
    )


def _within_sentence(labelled: Labelled, left: int, right: int) -> str:
    (first, intent), (second, _) = labelled[left], labelled[right]
    return f"Under {_named(intent)}, '{first}' and '{second}' are nearly the same; keep one."


def _repeated(labelled: Labelled, alike: Collection[str | None]) -> Iterator[str]:
    for (phrase, intent), count in Counter(labelled).items():
        if count > 1 and intent not in alike:
            yield f"Under {_named(intent)}, '{phrase}' is there {count} times; keep one."


def _capped(sentences: list[str]) -> list[str]:
    if len(sentences) <= MOST:
        return sentences
    return [*sentences[:MOST], f"{len(sentences) - MOST} more phrases are nearly the same."]


def _named(intent: str | None) -> str:
    return "out of scope" if intent is None else f"'{intent}'"
