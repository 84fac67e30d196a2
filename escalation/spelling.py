"""The words that rules look for, found again behind a typing mistake; pure.

A word is mended only where it is no real word, one word that a rule looks for explains it well,
and no other real word explains it better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from escalation.real_words import COUNTS, SHORT_FORMS, common, is_real
from escalation.slips import AT_END, OTHER, SWAPPED, cost, one_slip_away

WORTH = 3.0
"""A slip that costs 1 is as unlikely as a word of 1 in 10 to this power."""
FAVOUR = 0.3
"""How much likelier a word that a rule looks for is than another one in a message to a firm."""
SHORTEST, SHORT = 3, 4
"""A word of fewer letters is left alone; one of at most `SHORT` is mended only if it is plain."""
LIMITS, LIMIT = {3: 0.5, 4: 0.8, 5: 0.9, 6: 1.2}, 1.3
"""What a slip may cost in a word of so many letters, and in a longer one."""
LONG = 7
TWO_SLIPS = 1.5
"""What two slips together may cost, in words of at least `LONG` letters."""
FEW_LETTERS = 4
"""Two slips change at most so many of the letters that a word has at all."""
NAME_LIMIT = 0.8
"""What a slip may cost in a long word written like a name; a shorter one is left alone."""
OWN = 5.0
"""How common a word of an admin is taken to be where it is no word of the list."""
LONGEST = 30
"""A word longer than this is left as it is."""

NO_SPACE = 0.6
"""What it costs to leave out the spaces between words."""
LONGEST_PIECE, PER_PIECE = 15, 2
"""The letters of the longest word of those, and how many each has at least, taken together."""
ALL_WORDS, MOST_COMMON, RARE = 12.0, 9.1, 99.0
"""How common all words together are, and one that no rule looks for; how rare what cannot be."""
PIECES = {1: RARE, 2: 8.5, 3: 7.6, 4: 6.0}
"""How common a word of so many letters must be to be one of several written without a space."""
GLUE = 8.6
"""How common a short word must be to be one that is often run into the next."""
HEADS = frozenset({"anti", "over", "under", "post", "semi", "self"})
"""They begin words of their own."""

_HELD = re.compile(r"([a-z])\1{2,}")
_PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, repr=False)
class Spelling:
    """The words that rules look for, and the way to them from what slips make of them.

    `known` are all of them; `meant` those that a word may be mended to, with how common they are.
    `near` gives, for a word without one of its letters, the words that have it; `long` the longer
    words by their first letter, each with a bit for every letter it has.
    """

    known: frozenset[str]
    meant: Mapping[str, float]
    near: Mapping[str, tuple[str, ...]]
    long: Mapping[str, tuple[tuple[str, int], ...]]

    @classmethod
    def of(cls, known: Iterable[str], own: Iterable[str] = ()) -> Spelling:
        """Make the spelling of words; those of an admin count even where no list has them."""
        mine = {one for one in own if len(one) >= SHORT and _PLAIN.fullmatch(one)}
        every = frozenset(known) | mine
        meant = {one: common(one) for one in every if one in COUNTS}
        meant |= {one: OWN for one in mine if one not in COUNTS}
        meant |= {one: common(word) for one, word in SHORT_FORMS.items() if one in every}
        near: dict[str, list[str]] = {}
        long: dict[str, list[tuple[str, int]]] = {}
        for word in sorted(meant):
            for key in _keys(word):
                near.setdefault(key, []).append(word)
            if len(word) >= LONG:
                long.setdefault(word[0], []).append((word, _letters(word)))
        return cls(every, meant, _fixed(near), _fixed(long))

    def has(self, word: str) -> bool:
        """Tell whether a word is real or looked for, and so stays as it is."""
        return word in COUNTS or word in self.known or is_real(word)

    def mended(self, word: str, *, name: bool = False) -> str | None:
        """Give what a word that is not real was meant for, perhaps several words; None if unsure.

        What is written like a name is mended only if it is long, by one cheap slip.
        """
        if len(word) > LONGEST or not word.isascii():
            return None
        if word in SHORT_FORMS:
            return SHORT_FORMS[word] if SHORT_FORMS[word] in self.known else None
        if _HELD.search(word):
            return self._let_go(word)
        if len(word) < SHORTEST:
            return None
        likely = {one: self.meant[one] - WORTH * price for one, price in self._near(word).items()}
        if name:
            likely = {one: much for one, much in likely.items() if cost(word, one) <= NAME_LIMIT}
            likely = likely if len(word) >= LONG else {}
        words, together = self.split(word)
        if words and (not name or words.startswith("i ")):
            likely[words] = together - WORTH * NO_SPACE
        best = max(likely, key=lambda one: (likely[one], one), default=None)
        return best if best and not self._better(word, likely[best]) else None

    def split(self, word: str) -> tuple[str, float]:
        """Give the likeliest words written without a space, "" for none, and how common they are.

        Words are as common together as the first is, times the share that each next one has.
        """
        best = [(0.0, "")] + [(RARE, "")] * len(word)
        for start in range(len(word)):
            rare, before = best[start]
            ends = range(start + 1, min(len(word), start + LONGEST_PIECE) + 1)
            for end in ends if rare < RARE else ():
                piece = word[start:end]
                if self._is_piece(piece, start, len(word) - end):
                    rarer = rare + ALL_WORDS - self.meant[piece]
                    best[end] = min(best[end], (rarer, f"{before} {piece}".strip()))
        rare, words = best[-1]
        return (words, ALL_WORDS - rare) if _run_together(words.split()) else ("", 0.0)

    def _is_piece(self, piece: str, before: int, after: int) -> bool:
        if piece == "i":
            return not before and piece in self.meant
        if piece == "a":
            return (after > 1 or before == 2) and piece in self.meant
        return self.meant.get(piece, 0.0) >= PIECES.get(len(piece), 1.0)

    def _let_go(self, word: str) -> str | None:
        """Undo letters held down: no English word has one three times in a row."""
        single, double = _HELD.sub(r"\1", word), _HELD.sub(r"\1\1", word)
        real = [one for one in (single, double) if self.has(one)]
        if not real:
            found = self.mended(single)
            return found if found and " " not in found else None
        best = max(real, key=common)
        return best if len(best) > 1 and best in self.known else None

    def _near(self, word: str) -> dict[str, float]:
        """Give the words it may have been meant for, each with what the slips cost."""
        near = {one for key in _keys(word) for one in self.near.get(key, ())}
        prices = {one: price for one in near if self._sure(word, one, price := cost(word, one))}
        return prices or (self._two_slips(word) if len(word) >= LONG else {})

    def _sure(self, word: str, one: str, price: float) -> bool:
        """Tell whether a word is plain for what it costs: the shorter it is, the less.

        For a small word that is everywhere, as "with", any letter may be wrong: it decides nothing.
        """
        limit = LIMITS.get(len(word), LIMIT)
        if len(word) > SHORT or len(one) > len(word):
            return price <= limit
        small = len(one) == len(word) and self.meant[one] >= GLUE
        if len(word) == SHORT:
            return price <= (limit + AT_END if small else SWAPPED)
        return small and price <= SWAPPED

    def _two_slips(self, word: str) -> dict[str, float]:
        letters = _letters(word)
        near = (
            one
            for one, its in self.long.get(word[0], ())
            if abs(len(one) - len(word)) <= 2 and (its ^ letters).bit_count() <= FEW_LETTERS
        )
        return {one: price for one in near if (price := cost(word, one, slips=2)) <= TWO_SLIPS}

    def _better(self, word: str, likely: float) -> bool:
        """Tell whether a real word that no rule looks for explains a word better."""
        enough = likely + FAVOUR
        worst = (MOST_COMMON - enough) / WORTH
        others = COUNTS.keys() & one_slip_away(word, unlike=worst >= OTHER)
        return any(
            common(other) - WORTH * cost(word, other) > enough
            for other in others
            if other not in self.meant
        )


def _run_together(words: list[str]) -> bool:
    """Tell whether words were run together, rather than make a word or a name of their own."""
    if len(words) < 2 or words[0] in HEADS:
        return False
    letters = sum(map(len, words))
    if letters <= SHORTEST:
        return words[0] == "i" or words[-1] == "a"
    if letters < PER_PIECE * len(words):
        return False
    glue = any(len(word) < SHORT and common(word) >= GLUE for word in words)
    return glue or min(map(len, words)) >= SHORT


def _keys(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found


def _fixed(found: Mapping[str, list[_T]]) -> dict[str, tuple[_T, ...]]:
    return {key: tuple(values) for key, values in found.items()}
