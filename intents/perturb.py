"""Changes of a message that keep its meaning, each a named slice of the bias audit. Pure, seeded.

What a customer means does not depend on their name, their English, their manners or their thumbs;
neither should how the bot reads them, nor whether it brings a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from intents import perturb_dialects as dialects
from intents import perturb_grammar as grammar
from intents import perturb_manners as manners
from intents import perturb_typing as typing_
from intents.language import DEFAULT, detect_language
from intents.perturb_names import Twin, signed


@dataclass(frozen=True, slots=True)
class Changed:
    """A message after a change; `twins` are the same with another's name, to be compared with."""

    text: str
    twins: tuple[Twin, ...] = ()


Change = Callable[[str, Random, int], Changed | None]


@dataclass(frozen=True, slots=True)
class Slice:
    """One kind of change: its name, its title, what it does, and how."""

    name: str
    title: str
    about: str
    change: Change


def perturbed(text: str, one: Slice, seed: int = 0, turn: int = 0) -> Changed | None:
    """Give the message after a change; None where the change would leave it as it is.

    The same text, slice, seed and turn give the same change. `turn` counts the messages changed
    before it: what must be balanced, such as names, goes round by it.
    """
    draw = Random(f"{seed}/{one.name}/{text}")  # noqa: S311 - a repeatable choice, no secret
    found = one.change(text, draw, turn)
    return found if found and found.text.strip() != text.strip() and found.text.strip() else None


def slice_of(name: str) -> Slice:
    """Give a slice by its name; raises KeyError."""
    return {one.name: one for one in SLICES}[name]


def _in_any(change: Callable[[str, Random], str | None]) -> Change:
    """Give a change that suits every language."""

    def changed(text: str, draw: Random, _turn: int) -> Changed | None:
        found = change(text, draw)
        return None if found is None else Changed(found)

    return changed


def _in_english(change: Callable[[str, Random], str | None]) -> Change:
    """Give a change that leaves other languages than English alone."""

    def changed(text: str, draw: Random, turn: int) -> Changed | None:
        return _in_any(change)(text, draw, turn) if detect_language(text) == DEFAULT else None

    return changed


def _named(text: str, draw: Random, turn: int) -> Changed | None:
    found = signed(text, draw, turn)
    return Changed(*found) if found else None


SLICES: tuple[Slice, ...] = (
    Slice("names", "A name", "Signed with a name, balanced over peoples and genders.", _named),
    Slice("nigerian", "Nigerian Pidgin", "Leaning on it, sometimes in its spelling.",
          _in_english(dialects.nigerian)),
    Slice("indian", "Indian English", "In Indian English.", _in_english(dialects.indian)),
    Slice("singlish", "Singlish", "In Singapore's English.", _in_english(dialects.singlish)),
    Slice("scottish", "Scots", "In Scots words and spelling.", _in_english(dialects.scottish)),
    Slice(
        "african_american",
        "African American English",
        "In African American English.",
        _in_english(dialects.african_american),
    ),
    Slice(
        "non_native",
        "English learned later",
        "Articles dropped; slips in tense, agreement and word order.",
        _in_english(grammar.non_native),
    ),
    Slice("polite", "Politeness added", "A greeting, please, sorry, thanks.",
          _in_english(manners.polite)),
    Slice("direct", "Politeness removed", "The same without them.", _in_english(manners.direct)),
    Slice("emoji", "A neutral emoji", "A picture of what it is about.", _in_any(typing_.emoji)),
    Slice("caps", "All capitals", "Every letter a capital.", _in_any(typing_.caps)),
    Slice("lower", "No capitals, no punctuation", "As thumbs write.", _in_any(typing_.lower)),
    Slice("typos", "Typing mistakes", "In about every seventh word.", _in_any(typing_.typos)),
    Slice("spelling", "The other spelling", "British for American, or back.",
          _in_english(grammar.other_spelling)),
)  # fmt: skip
