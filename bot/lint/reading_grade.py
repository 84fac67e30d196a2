"""How hard an English text is to read, in years of school. Pure.

The grade is Flesch-Kincaid: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom,
"Derivation of New Readability Formulas for Navy Enlisted Personnel", Research Branch Report 8-75,
1975. Syllables are counted by groups of vowels, which is right for about nine words in ten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# What is copied or dialled, not read: pages, addresses, numbers.
REFERENCE = re.compile(
    r"https?://[^\s,;]+\w|\b\S+@\S+\.\w+|\b[\w-]+(?:\.[\w-]+)+(?:/[\w./-]*\w)?|"
    r"\+?\d[\d ]{5,}\d"
)
SENTENCE = re.compile(r"(?:(?![.!?:]+[\"'”’)]*(?:\s|$)|\n|;\s)[\s\S])+")
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouylscxz]es)$")


def without_references(text: str) -> str:
    """Give a text with each page, address or number as one word of the same length."""
    return REFERENCE.sub(lambda match: "x" * len(match.group()), text)


def sentences(text: str) -> list[str]:
    """Give the sentences of a text, a list's lines among them."""
    plain = without_references(text)
    spans = (match.span() for match in SENTENCE.finditer(plain) if WORD.search(match.group()))
    return [text[start:end].strip(" .!?:;\"'”’)") for start, end in spans]


def words(sentence: str) -> list[str]:
    """Give the words of a sentence."""
    return WORD.findall(without_references(sentence))


def syllables(word: str) -> int:
    """Give about how many syllables an English word has, at least one."""
    small = word.lower()
    count = len(VOWELS.findall(small))
    return max(1, count - bool(SILENT_END.search(small)))


def grade(text: str) -> float:
    """Give the Flesch-Kincaid grade: 6 is read easily by most, over 12 is written for experts.

    0 for a text without words.
    """
    return grade_of([words(one) for one in sentences(text)])


def grade_of(parts: Sequence[Sequence[str]]) -> float:
    """Give the grade of the words of sentences."""
    every = [word for part in parts for word in part]
    if not every:
        return 0.0
    per_sentence = len(every) / len(parts)
    per_word = sum(map(syllables, every)) / len(every)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59
