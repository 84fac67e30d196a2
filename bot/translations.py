"""The words of the widget and the desk: one file for each language, English the measure of all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

FOLDER = Path(__file__).parent / "web" / "words"
ENGLISH = "en"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
COUNT = "count"
APART, TOGETHER = "\u2068", "\u2069"  # a value of another direction stays apart from the sentence

Sentence = str | dict[str, str]
"""A sentence, or one for each plural category of `{count}`."""


@dataclass(frozen=True, slots=True)
class Words:
    """All sentences of one language by their path; what it lacks is said in English.

    `missing` are the paths it lacks, `wrong` says what was not taken from its file and why.
    """

    language: str
    sentences: Mapping[str, Sentence]
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        """Which way it is written: `ltr` or `rtl`."""
        return Locale(self.language).text_direction

    @property
    def name(self) -> str:
        """What the language calls itself, such as "Deutsch"."""
        return str(Locale(self.language).get_display_name())

    def say(self, path: str, /, **values: str | int) -> str:
        """Give a sentence with its values; raises KeyError for a path that English lacks."""
        found = self.sentences[path]
        if isinstance(found, dict):
            form = Locale(self.language).plural_form(int(values[COUNT]))
            found = found.get(form, found["other"])
        return PLACEHOLDER.sub(lambda one: self._shown(values[one[1]]), found)

    def under(self, path: str) -> Callable[..., str]:
        """Give `say` for the sentences under a path."""

        def say(one: str, /, **values: str | int) -> str:
            return self.say(f"{path}.{one}", **values)

        return say

    def tree(self, path: str) -> dict[str, Any]:
        """Give everything under a path as nested names, as a page's scripts read it."""
        made: dict[str, Any] = {}
        for name, sentence in self.sentences.items():
            if name.startswith(path + "."):
                *groups, last = name.removeprefix(path + ".").split(".")
                place = made
                for group in groups:
                    place = place.setdefault(group, {})
                place[last] = sentence
        return made

    def _shown(self, value: str | int) -> str:
        if isinstance(value, int) or value.startswith(APART):
            return str(value)
        turns = {"L"} if self.direction == "rtl" else {"R", "AL"}
        odd = any(unicodedata.bidirectional(letter) in turns for letter in value)
        return f"{APART}{value}{TOGETHER}" if odd else value


@cache
def translations() -> dict[str, Words]:
    """Give all languages by their code, English first."""
    english = _flat(_read(FOLDER / f"{ENGLISH}.yaml"))
    found = {ENGLISH: Words(ENGLISH, english)}
    for file in sorted(FOLDER.glob("*.yaml")):
        if file.stem != ENGLISH:
            found[file.stem] = translation(file.stem, _read(file), english)
    return found


def translation(language: str, given: Any, english: Mapping[str, Sentence]) -> Words:
    """Give the words of a language; what is missing or does not fit is said in English."""
    told = _flat(given)
    strange = told.keys() - english.keys()
    wrong = [f"{path} is not a sentence of {ENGLISH}.yaml; take it out." for path in strange]
    sentences = dict(english)
    for path in english.keys() & told.keys():
        problem = _misfit(told[path], english[path], language)
        if problem:
            wrong.append(f"{path} {problem}")
        else:
            sentences[path] = told[path]
    missing = tuple(path for path in english if path not in told)
    return Words(language, sentences, missing, tuple(sorted(wrong)))


def english() -> Words:
    """Give the English words."""
    return translations()[ENGLISH]


def words_for(wanted: Iterable[str]) -> Words:
    """Give the first wanted language there are words for, English if there is none.

    Wanted are tags such as "de-AT", the most wanted first.
    """
    return next((found for one in wanted if (found := words_of(one))), english())


def words_of(tag: str) -> Words | None:
    """Give the words for a language tag, None if there are none."""
    return translations().get(tag.replace("_", "-").split("-")[0].lower())


@cache
def labels(path: str) -> frozenset[str]:
    """Give what a button is called in every language but English, in lower case."""
    others = (one for code, one in translations().items() if code != ENGLISH)
    return frozenset(one.say(path).casefold() for one in others)


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _flat(tree: Any, path: str = "") -> dict[str, Sentence]:
    return dict(_leaves(tree, path))


def _leaves(tree: Any, path: str) -> Iterator[tuple[str, Sentence]]:
    for name, value in tree.items():
        here = f"{path}.{name}" if path else str(name)
        if isinstance(value, str) or _is_plural(value):
            yield here, value
        else:
            yield from _leaves(value, here)


def _is_plural(value: Mapping[str, Any]) -> bool:
    return "other" in value and value.keys() <= PLURALS


def _misfit(told: Sentence, measure: Sentence, language: str) -> str:
    """Say what does not fit in a sentence, nothing if it fits."""
    if isinstance(told, str) != isinstance(measure, str):
        return "is a sentence in one language and plural forms in the other; make them alike."
    if isinstance(told, dict) and (lacking := _forms(language) - told.keys()):
        return f"lacks the plural {', '.join(sorted(lacking))}; add it."
    need, have = _names(measure), _names(told)
    if need != have:
        return f"has the placeholders {sorted(have)}, not {sorted(need)}; name the same ones."
    return ""


def _forms(language: str) -> set[str]:
    """The plural categories of whole numbers in a language."""
    return {*Locale(language).plural_form.tags, "other"}


def _names(sentence: Sentence) -> set[str]:
    """The placeholders; of plural forms those of all, the count standing wherever it is needed."""
    texts = [sentence] if isinstance(sentence, str) else [*sentence.values()]
    return {name for text in texts for name in PLACEHOLDER.findall(text)}
