"""Rewriting rules for texts: whole words in any case, with quotes, links and codes left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

KEPT = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+"  # links and addresses
    r"|[\"\u201c\u00ab][^\"\u201d\u00bb\n]{1,200}[\"\u201d\u00bb]"  # somebody else's words
    r"|#?\w*\d[\w.:,/-]*\w|\d"  # numbers, codes, times
)
HOLDER = re.compile("\ue000(\\d+)\ue001")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+[\"'\u201d\u2019)]*|\n|$)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rewriting: `made` is a replacement for `re.sub`, as text or as a function of a match."""

    words: re.Pattern[str]
    made: str | Callable[[re.Match[str]], str]


def rule(words: str, made: str | Callable[[re.Match[str]], str]) -> Rule:
    """Give a rule for whole words; an apostrophe stands for both kinds, a space for any gap."""
    pattern = words.replace("'", "['\u2019]").replace(" ", r"\s+")
    return Rule(re.compile(rf"(?<!\w)(?:{pattern})(?:(?<!\w)|(?!\w))", re.IGNORECASE), made)


def swaps(pairs: dict[str, str]) -> Rule:
    """Give one rule that swaps words for others, all in one go."""

    def made(match: re.Match[str]) -> str:
        return pairs[" ".join(match[0].lower().replace("\u2019", "'").split())]

    either = "|".join(sorted(pairs, key=len, reverse=True))
    return rule(rf"(?<!\w')(?:{either})(?!'\w)", made)


def rewritten(text: str, rules: Iterable[Rule]) -> tuple[str, int]:
    """Give the text after all rules, one after the other, and how many places changed."""
    held, kept = masked(text)
    count = 0
    for one in rules:
        held, places = one.words.subn(_in_case(one), held)
        count += places
    return unmasked(held, kept), count


def masked(text: str) -> tuple[str, Sequence[str]]:
    """Give the text with a holder in place of every stretch that must stay, and the stretches."""
    kept: list[str] = []

    def hold(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    return KEPT.sub(hold, text), kept


def unmasked(text: str, kept: Sequence[str]) -> str:
    """Put back what `masked` took out."""
    return HOLDER.sub(lambda match: kept[int(match[1])], text)


def _in_case(one: Rule) -> Callable[[re.Match[str]], str]:
    """Give a replacement written as the words it replaces: capitals stay capitals."""

    def made(match: re.Match[str]) -> str:
        new = one.made(match) if callable(one.made) else match.expand(one.made)
        old = match[0]
        if old.isupper() and sum(letter.isalpha() for letter in old) > 1:
            return new.upper()
        if old[:1].isupper() and not old.startswith(("I ", "I'", "I\u2019")):
            return new[:1].upper() + new[1:]
        return new

    return made
