"""All words that any rule looks for, taken from the patterns themselves, as a way to spell them."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import lru_cache

import escalation
from escalation.pattern_words import known_by, shapes_in
from escalation.real_words import COUNTS
from escalation.spelling import Spelling
from escalation.text import literal, words_of

WORD_MODULES = "words_"


def patterns() -> Iterator[re.Pattern[str]]:
    """Give every pattern of the word modules of this package."""
    for module in pkgutil.iter_modules(escalation.__path__):
        if module.name.startswith(WORD_MODULES):
            found = importlib.import_module(f"escalation.{module.name}")
            for value in vars(found).values():
                yield from _patterns_in(value)


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _patterns_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from _patterns_in(getattr(one, "words", one))


def _looked_for() -> frozenset[str]:
    shapes = frozenset().union(*(shapes_in(one.pattern) for one in set(patterns())))
    return known_by(shapes, COUNTS)


LOOKED_FOR = _looked_for()
"""Every word of every rule, those of other languages and common misspellings included."""


@lru_cache(maxsize=8)
def spelling(own: tuple[str, ...] = ()) -> Spelling:
    """Give the way to mend words, with the own words of a shop's policy among those looked for."""
    phrases = words_of(*map(literal, own)).pattern if own else ""
    return Spelling.of(LOOKED_FOR, shapes_in(phrases))
