"""Where a folded text is mistyped, and what was meant there; pure.

Looks for words that are not real, for signs in place of letters ("hum4n"), for letters set apart
("h u m a n", "a.g.e.n.t") and for words torn in two, in time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from escalation.real_words import COUNTS
from escalation.spelling import LONGEST, SHORTEST, Spelling

MOST_WORDS = 60
"""So many words of one text are looked at; an honest message has fewer mistakes."""
SPELT_OUT = 4
TORN = 5
"""A word set apart has at least so many letters; one torn in two so many."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_APART = re.compile(r"(?<![a-z0-9'])[a-z]([^a-z0-9'\n]{1,2})[a-z](?:\1[a-z]){2,99}(?![a-z0-9])")
_SIGNS = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
_SIGN = re.compile(r"[013457@$!](?=[a-z])|[013457](?!\w)")
_SIGNED = re.compile(r"(?<![\w@.$!-])[a-z013457][a-z013457@$!]{2,18}[a-z013457](?![\w@-])")
_MOST_READINGS = 8
_LINK = re.compile(r"(?:https?://|www\.)\S{1,400}|[\w.+-]{1,64}@[\w-]{1,64}\.\w\S{0,400}")

Named = Callable[[int, int], bool]
"""Tells whether a stretch of the text is written as a name is."""


@dataclass(frozen=True, slots=True)
class Mend:
    """The words meant by the stretch `[start, end)` of a folded text."""

    start: int
    end: int
    words: str


def mends(text: str, named: Named, spelling: Spelling) -> list[Mend]:
    """Give what to put right in a folded text: in order, no two overlapping."""
    found = [*_set_apart(text, spelling), *_signs(text, spelling)]
    words = list(_WORD.finditer(text))
    unknown = [at for at, word in enumerate(words) if not _is_real(word[0], spelling)]
    if unknown:
        found += _mistyped(words, unknown[:MOST_WORDS], named, spelling)
    links = [match.span() for match in _LINK.finditer(text)] if found else []
    kept: list[Mend] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        linked = any(start < one.end and one.start < end for start, end in links)
        if not linked and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


def _is_real(word: str, spelling: Spelling) -> bool:
    return spelling.has(word) or ("'" in word and spelling.has(word.partition("'")[0]))


def _mistyped(
    words: list[re.Match[str]], unknown: list[int], named: Named, spelling: Spelling
) -> list[Mend]:
    """Give the mends of words that are not real, unless the text is in another language."""
    found = []
    for at in unknown:
        pairs = [words[max(0, at - 1) : at + 1], words[at : at + 2]]
        mend = _torn(pairs, spelling) or _alone(words[at], named, spelling)
        mend = mend or _shared(pairs, spelling)
        if mend:
            found.append(mend)
    strange = sum(len(words[at][0]) >= SHORTEST for at in unknown) - len(found)
    english = sum(word[0] in COUNTS for word in words)
    return found if strange <= english else []


def _alone(word: re.Match[str], named: Named, spelling: Spelling) -> Mend | None:
    name = named(*word.span())
    bare = word[0].removesuffix("'s")
    meant = spelling.mended(bare, name=name)
    return Mend(word.start(), word.start() + len(bare), meant) if meant else None


def _torn(pairs: list[list[re.Match[str]]], spelling: Spelling) -> Mend | None:
    """Give the word that a word and its neighbour are halves of."""
    for pair in pairs:
        joined = "".join(word[0] for word in pair)
        bare = joined.partition("'")[0]
        whole = len(bare) > len(pair[0][0]) and len(bare) >= TORN and bare in spelling.meant
        if _near(pair) and whole:
            return Mend(pair[0].start(), pair[1].end(), joined)
    return None


def _shared(pairs: list[list[re.Match[str]]], spelling: Spelling) -> Mend | None:
    """Give the two words that a word and its neighbour are when the gap moves, as "th eagent"."""
    for pair in pairs:
        joined = "".join(word[0] for word in pair)
        meant, _ = spelling.split(joined) if _near(pair) and len(joined) <= LONGEST else ("", 0.0)
        if meant.count(" ") == 1:
            return Mend(pair[0].start(), pair[1].end(), meant)
    return None


def _near(pair: list[re.Match[str]]) -> bool:
    return len(pair) == 2 and pair[1].start() - pair[0].end() == 1


def _set_apart(text: str, spelling: Spelling) -> Iterator[Mend]:
    for match in _APART.finditer(text):
        joined = "".join(letter for letter in match[0] if letter.isalpha())
        meant = joined if joined in spelling.known else spelling.split(joined)[0]
        if any(len(word) >= SPELT_OUT for word in meant.split()):
            yield Mend(match.start(), match.end(), meant)


def _signs(text: str, spelling: Spelling) -> Iterator[Mend]:
    for match in _SIGNED.finditer(text) if _SIGN.search(text) else ():
        word = match[0]
        if word.isalpha() or 2 * sum(map(str.isalpha, word)) < len(word) or word in spelling.known:
            continue
        ways = product(*(_SIGNS.get(letter, letter) for letter in word))
        read = ("".join(way) for way in islice(ways, _MOST_READINGS))
        meant = next((one for one in read if one in spelling.known), None)
        if meant:
            yield Mend(match.start(), match.end(), meant)
