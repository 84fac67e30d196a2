"""A customer's text made easy to match, with the way back to the original code points; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from escalation.mending import Mend, mends
from escalation.spelling import Spelling
from escalation.values import Evidence, TurnFacts

LONGEST = 4000
SHOWN = 120

_QUOTES = {ord(one): "'" for one in "\u2018\u2019\u02bc\u00b4`\u2032\uff07"}
_LOOKALIKES = dict(zip("аеорсухіѕԁһкмтв", "aeopcyxisdhkmtb", strict=True))
_MIXED_WORD = re.compile(r"\w+")
_SHOUTS = re.compile(r"[!?]+(?!\w)")
_LETTER_SIGNS = "@$!'"
"""Signs that may stand for a letter or are part of a word."""
_LOOK_BACK = 8
_ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `[start, end)` of the original text and the folded words found there."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in lower case without accents, invisible signs or odd quotes; same words, same order.

    `origin[i]` is the index in the original text of folded character `i`. Only the first 4,000
    code points are kept.
    """

    original: str
    text: str
    origin: tuple[int, ...] | range
    _found: dict[int, tuple[re.Pattern[str], list[Span]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What was looked for already, by the pattern's id; several rules look for the same words."""

    def span(self, start: int, end: int) -> Span:
        """Give the original stretch of a folded one."""
        words = self.text[start:end]
        if start >= end:
            return Span(0, 0, "")
        return Span(self.origin[start], self.origin[end - 1] + 1, words)

    def find(self, pattern: re.Pattern[str]) -> list[Span]:
        """Give every place where a pattern matches."""
        known = self._found.get(id(pattern))
        if known is None:
            spans = [self.span(*match.span()) for match in pattern.finditer(self.text) if match[0]]
            known = self._found[id(pattern)] = (pattern, spans)
        return list(known[1])


def fold(text: str, spelling: Spelling | None = None) -> Folded:
    """Give the text as the word rules see it, in time linear in its length.

    With a spelling, words that rules look for are put right where they are mistyped.
    """
    plain = _folded(text)
    if spelling is None:
        return plain
    found = mends(plain.text, lambda start, end: _named(plain, start, end), spelling)
    return _mended(plain, found) if found else plain


def _folded(text: str) -> Folded:
    kept = text[:LONGEST]
    if kept.isascii():
        return _calmed(Folded(text, kept.lower().replace("`", "'"), range(len(kept))))
    letters: list[str] = []
    origin: list[int] = []
    for index, letter in enumerate(kept):
        for plain in _plain(letter):
            letters.append(plain)
            origin.append(index)
    return _calmed(Folded(text, _latin("".join(letters)), tuple(origin)))


def _calmed(plain: Folded) -> Folded:
    """Make exclamation marks at the end of a word a single one: loudness alone says nothing."""
    if "!" not in plain.text:
        return plain
    letters: list[str] = []
    origin: list[int] = []
    done = 0
    for marks in _SHOUTS.finditer(plain.text):
        if "!" not in marks[0]:
            continue
        letters += [plain.text[done : marks.start()], marks[0].replace("!", "") or "!"]
        kept = [at for at in range(*marks.span()) if plain.text[at] == "?"] or [marks.start()]
        origin += [plain.origin[at] for at in (*range(done, marks.start()), *kept)]
        done = marks.end()
    origin += plain.origin[done:]
    return Folded(plain.original, "".join([*letters, plain.text[done:]]), tuple(origin))


def _mended(plain: Folded, found: list[Mend]) -> Folded:
    words: list[str] = []
    origin: list[int] = []
    done = 0
    for one in found:
        words += [plain.text[done : one.start], one.words]
        origin += [*plain.origin[done : one.start], *_origin_of(plain, one)]
        done = one.end
    return Folded(
        plain.original,
        "".join([*words, plain.text[done:]]),
        (*origin, *plain.origin[done:]),
    )


def _origin_of(plain: Folded, mend: Mend) -> Iterator[int]:
    """Give for each letter meant the place of one typed: the first first, the last at the end.

    A space that was left out lies where the letter before it does.
    """
    places = [
        plain.origin[at] for at in range(mend.start, mend.end) if not _between(plain.text[at])
    ]
    letters = len(mend.words) - mend.words.count(" ")
    seen = 0
    for letter in mend.words:
        seen += letter != " "
        yield places[-1 if seen == letters else min(seen, len(places)) - 1]


def evidence(facts: TurnFacts, spans: list[Span]) -> tuple[Evidence, ...]:
    """Give spans as evidence of one turn: in order, none twice, none inside another."""
    ordered = sorted(spans, key=lambda one: (one.start, -one.end))
    kept: list[Span] = []
    for one in ordered:
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return tuple(
        Evidence(facts.turn, (one.start, one.end), facts.text[one.start : one.end]) for one in kept
    )


def whole(facts: TurnFacts) -> tuple[Evidence, ...]:
    """Give the whole text of a turn as evidence, without the white space around it."""
    start = len(facts.text) - len(facts.text.lstrip())
    end = len(facts.text.rstrip())
    if start >= end:
        return ()
    return (Evidence(facts.turn, (start, end), facts.text[start:end]),)


def quoted(parts: tuple[Evidence, ...]) -> str:
    """Give the words of evidence for a sentence: quoted, shortened, at most three of them."""
    words = (" ".join(part.text.split()) for part in parts[:3])
    return ", ".join(
        f'"{one[: SHOWN - 1] + _ELLIPSIS if len(one) > SHOWN else one}"' for one in words
    )


def words_of(*alternatives: str) -> re.Pattern[str]:
    """Compile alternatives that match whole words; a space stands for any gap inside a sentence.

    Write `~3` for up to three words in between. Every repeat is bounded, so matching is linear.
    """
    return re.compile(r"(?<!\w)(?:" + "|".join(_gaps(one) for one in alternatives) + r")(?!\w)")


def literal(phrase: str) -> str:
    """Give an alternative for `words_of` that means exactly a phrase an admin wrote."""
    parts = fold(phrase).text.split()
    return " ".join(re.escape(part).replace("\\~", "[~]") for part in parts)


def without(found: list[Span], excuses: list[Span]) -> list[Span]:
    """Drop the stretches that overlap one of the excuses."""
    return [
        one
        for one in found
        if not any(one.start < other.end and other.start < one.end for other in excuses)
    ]


def near(
    one: list[Span], other: list[Span], gap: int, accept: Callable[[Span, Span], bool] | None = None
) -> list[Span]:
    """Give joined stretches of both lists at most `gap` code points apart, in any order."""
    return list(_near(one, other, gap, accept))


def _near(
    one: list[Span], other: list[Span], gap: int, accept: Callable[[Span, Span], bool] | None
) -> Iterator[Span]:
    for a in one:
        for b in other:
            apart = max(a.start, b.start) - min(a.end, b.end)
            if apart <= gap and (accept is None or accept(a, b)):
                yield Span(min(a.start, b.start), max(a.end, b.end), f"{a.words} {b.words}")
                break


def _gaps(alternative: str) -> str:
    gap = r"[^\w.!?\n]{1,3}"

    def words(match: re.Match[str]) -> str:
        return f"(?:{gap}\\w{{1,30}}){{0,{match[1]}}}{gap}"

    spread = re.sub(r" ?~(\d) ?", words, alternative)
    return spread.replace(" ?", r"[^\w.!?\n]{0,3}").replace(" ", gap)


def _between(sign: str) -> bool:
    return not sign.isalnum() and sign not in _LETTER_SIGNS


def _named(plain: Folded, start: int, end: int) -> bool:
    """Tell whether a word is written as a name is: a capital, not at the start of a sentence."""
    word = plain.original[plain.origin[start] : plain.origin[end - 1] + 1]
    if not word.istitle():
        return False
    before = plain.text[max(0, start - _LOOK_BACK) : start].rstrip(" \"'(")
    return before != "" and before[-1] not in ".!?:;\n"


def _plain(letter: str) -> str:
    if letter.isascii():
        return "'" if letter == "`" else letter.lower()
    if ord(letter) in _QUOTES:
        return "'"
    if unicodedata.category(letter) == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(one for one in parts if not unicodedata.combining(one))


def _latin(text: str) -> str:
    """Undo look-alike letters inside words that also have Latin ones; keeps the length."""
    if not any(one in _LOOKALIKES for one in text):
        return text

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if not any("a" <= one <= "z" for one in word):
            return word
        return "".join(_LOOKALIKES.get(one, one) for one in word)

    return _MIXED_WORD.sub(mend, text)
