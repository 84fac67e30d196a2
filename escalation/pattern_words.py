"""The words that a pattern looks for, read out of its source so that no list of them goes stale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

ANY = "?"
"""Stands in a shape for one letter, digit or underscore, whichever."""
MANY = "*"
"""Stands in a shape for any number of them."""
MOST_REPEATS = 8
CLASS_IS_ANY = 9
SHORT_GAP = 3
"""A gap that may be empty and is no longer than this may also join two words into one."""
STEM_AT_LEAST = 4
_RUN = re.compile(r"[a-z0-9']+(?![?*+{])")
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])+\]")
_COUNT = re.compile(r"\{(\d+)(,?)(\d*)\}")
_LOOK = ("?<!", "?<=", "?!", "?=")

_States = frozenset[str]
_Step = Callable[[_States], _States]
_START: _States = frozenset({""})


def shapes_in(source: str) -> frozenset[str]:
    """Give the words of a pattern; those with `?` or `*` are shapes such as `answer??`.

    Raises ValueError for what the patterns of this package never use, as lazy repeats.
    """
    reader = _Reader(source)
    whole = reader.choice()
    if reader.at != len(source):
        raise ValueError(f"cannot read the pattern beyond {source[: reader.at]!r}.")
    reader.found.update(whole(_START))
    return frozenset(reader.found - {""})


def known_by(shapes: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """Give the shapes that are plain words, and those of the given words that fit the others."""
    plain: set[str] = set()
    stems: dict[str, set[str]] = {}
    for shape in shapes:
        stem = re.split(r"[?*]", shape, maxsplit=1)[0]
        if stem == shape:
            plain.add(shape)
        elif len(stem) >= STEM_AT_LEAST:
            stems.setdefault(stem[:STEM_AT_LEAST], set()).add(_fitting(shape))
    joined = {start: re.compile("|".join(sorted(some))) for start, some in stems.items()}
    fits = (word for word in words if word[:STEM_AT_LEAST] in joined)
    return frozenset(plain).union(
        word for word in fits if joined[word[:STEM_AT_LEAST]].fullmatch(word)
    )


def _fitting(shape: str) -> str:
    return shape.replace(ANY, r"\w").replace(MANY, r"\w*")


@cache
def _one_of(inside: str) -> tuple[str, bool]:
    """Give the letters a class allows, one for all where they are many, and if a gap as well."""
    if inside.startswith("^"):
        return "", True
    if r"\w" in inside:
        return ANY, False
    signs = re.sub(r"\\u....|\\.", " ", inside.replace(r"\d", "0"))
    signs = re.sub("(.)-(.)", lambda ends: _between(*ends.groups()), signs)
    letters = "".join(one for one in signs if one.isalnum() or one == "'")
    return ANY if len(letters) > CLASS_IS_ANY else letters, len(letters) < len(signs)


def _between(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


class _Reader:
    """Reads a pattern once into steps, from the words begun so far to those after it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.found: set[str] = set()

    def choice(self) -> _Step:
        steps = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            steps.append(self._sequence())
        if len(steps) == 1:
            return steps[0]
        return lambda begun: frozenset().union(*[step(begun) for step in steps])

    def _sequence(self) -> _Step:
        steps: list[_Step] = []
        while self._peek() not in {"", "|", ")"}:
            run = _RUN.match(self.source, self.at)
            if run:
                self.at = run.end()
                steps.append(self._letters((run[0],)))
            else:
                steps.append(self._repeated(self._atom()))

        def go(begun: _States) -> _States:
            for step in steps:
                begun = step(begun)
            return begun

        return go

    def _repeated(self, once: _Step) -> _Step:
        least, most = self._count()
        if (least, most) == (1, 1):
            return once

        def go(begun: _States) -> _States:
            if once == self._gap and least == 0:
                joined = begun if len(begun) == 1 and most <= SHORT_GAP else frozenset()
                return once(begun) | joined
            if most > MOST_REPEATS and once(_START) == {ANY}:
                return frozenset(one + MANY for one in begun)
            after = begun if least == 0 else frozenset()
            for done in range(1, min(most, MOST_REPEATS) + 1):
                begun = once(begun)
                if done >= least:
                    after, before = after | begun, after
                    if after == before:
                        break
            return after

        return go

    def _count(self) -> tuple[int, int]:
        simple = {"?": (0, 1), "*": (0, 99), "+": (1, 99)}.get(self._peek())
        match = _COUNT.match(self.source, self.at)
        if simple is None and match is None:
            return 1, 1
        self.at = match.end() if match else self.at + 1
        if self._peek() in {"?", "+"}:
            raise ValueError(f"cannot read the repeat at the end of {self.source[: self.at]!r}.")
        if match:
            return int(match[1]), int(match[3] or 99) if match[2] else int(match[1])
        return simple or (1, 1)

    def _atom(self) -> _Step:
        sign = self._take()
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == "\\":
            return self._escape()
        if sign == "^":
            return lambda begun: begun
        return self._letters(sign) if sign.isalnum() or sign == "'" else self._gap

    def _group(self) -> _Step:
        look = next((one for one in _LOOK if self.source.startswith(one, self.at)), "")
        if look or self.source.startswith("?:", self.at):
            self.at += len(look or "?:")
        inside = self.choice()
        self.at += 1
        if not look:
            return inside
        self.found.update(inside(_START))
        return lambda begun: begun

    def _escape(self) -> _Step:
        sign = self._take()
        if sign in "wd":
            return self._letters(ANY if sign == "w" else "0")
        if sign == "u":
            self.at += 4
        return self._gap

    def _class(self) -> _Step:
        match = _CLASS.match(self.source, self.at - 1)
        if not match:
            raise ValueError(f"cannot read the class at the end of {self.source[: self.at]!r}.")
        self.at = match.end()
        letters, gap = _one_of(match[0][1:-1])
        if not letters:
            return self._gap
        one_of = self._letters(letters)
        return (lambda begun: one_of(begun) | self._gap(begun)) if gap else one_of

    def _letters(self, signs: Iterable[str]) -> _Step:
        return lambda begun: frozenset(one + sign for one in begun for sign in signs)

    def _gap(self, begun: _States) -> _States:
        self.found.update(begun)
        return _START

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _take(self) -> str:
        self.at += 1
        return self.source[self.at - 1]
