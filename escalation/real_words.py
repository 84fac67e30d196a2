"""The real words of English and how often they are used, read once when this module is loaded.

They are the word list of symspellpy: British and American spellings and many names, each with how
often it is written; and the words of `spared`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from math import log10
from types import MappingProxyType

from escalation.spared import SPARED

STEM = 4
WORD_LIST = "frequency_dictionary_en_82_765.txt"


def _read() -> dict[str, int]:
    lines = (files("symspellpy") / WORD_LIST).read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines)}


COUNTS: Mapping[str, int] = MappingProxyType(_read())
"""Each real word in lower case, with how often it is written: 1,000 is rare."""


def _bare() -> dict[str, str]:
    pairs = ((word.replace("'", ""), word) for word in COUNTS if "'" in word)
    return {bare: word for bare, word in pairs if bare not in COUNTS}


SHORT_FORMS: Mapping[str, str] = MappingProxyType(_bare())
"""Each short form as it is written without its apostrophe, such as "dont", with it."""


def common(word: str, otherwise: float = 0.0) -> float:
    """Give how common a real word is, as a power of ten: 3 is rare, 10 is "the"."""
    count = COUNTS.get(word)
    return log10(count) if count else otherwise


def is_real(word: str) -> bool:
    """Tell whether a word is real: in the list, the plural of one that is, or spared."""
    plural = len(word) > STEM and word[-1] == "s" and word[:-1] in COUNTS
    return word in COUNTS or plural or word in SPARED
