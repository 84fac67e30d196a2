"""Test cases: conversations that a pack must handle as it says, kept in its `cases.yaml`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.editing import add_item, remove, set_value
from escalation.values import CODES
from intents.errors import PackError
from intents.pack import CASES, OUT_OF_SCOPE, SCHEMA
from intents.pack_yaml import parse_yaml

MOST_CASES, MOST_TURNS = 500, 40
LONGEST_NAME, LONGEST_TEXT = 200, 4_000
CUSTOMER = "customer"
DECISIONS: Mapping[str, str] = {
    "answer": "answers",
    "ask": "asks which of two things is meant",
    "not_understood": "says that it did not understand",
    "offer": "offers a person",
    "person": "brings in a person",
    "wait": "leaves it to the person",
}
"""What the bot can decide at a turn, in words; with `wait` a person has been brought in before."""
EXPECTED = ("intent", "decision", "reply", "reason")
"""What a case can expect of a turn; what it does not name may be anything."""

LineOf = Callable[..., int | None]


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """One customer message and what is expected of it: some of `EXPECTED`, each a name."""

    customer: str
    expected: Mapping[str, str] = field(default_factory=dict)

    def to_row(self) -> dict[str, str]:
        """Give it as the file writes it."""
        return {CUSTOMER: self.customer, **self.expected}


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation with a name, and what is expected of each of its turns."""

    name: str
    turns: tuple[CaseTurn, ...]


def read_cases(data: Mapping[str, Any], line_of: LineOf) -> tuple[Case, ...]:
    """Give the cases of a pack's file; raises PackError with line and what to do.

    Names of intents and replies are not looked up: one that is gone makes its case fail, which
    says more.
    """
    return _Reader(line_of).cases(data)


def add_case(texts: Mapping[str, str], case: Case) -> dict[str, str]:
    """Give the files with a case added at the end; raises PackError."""
    text = texts.get(CASES, "") or f"schema: {SCHEMA}\n"
    row = {"name": case.name, "turns": [one.to_row() for one in case.turns]}
    data, _ = parse_yaml(CASES, text)
    if isinstance(data, Mapping) and data.get("cases"):
        return {**texts, CASES: add_item(CASES, text, ("cases",), row)}
    return {**texts, CASES: set_value(CASES, text, ("cases",), [row])}


def remove_case(texts: Mapping[str, str], name: str) -> dict[str, str]:
    """Give the files without the case of this name, as they are if there is none."""
    data, _ = parse_yaml(CASES, texts.get(CASES, ""))
    rows = (data or {}).get("cases") or ()
    at = (index for index, row in enumerate(rows) if row.get("name") == name)
    index = next(at, None)
    if index is None:
        return dict(texts)
    return {**texts, CASES: remove(CASES, texts[CASES], ("cases", index))}


def free_name(name: str, taken: Sequence[str]) -> str:
    """Give a name that no case has, with a number behind it where it is taken."""
    plain = " ".join(name.split())[:LONGEST_NAME]
    numbered = (f"{plain[: LONGEST_NAME - 5]} ({count})" for count in range(2, len(taken) + 3))
    return next(one for one in (plain, *numbered) if one not in taken)


class _Reader:
    """Reads the file's data and says where something is wrong."""

    def __init__(self, line_of: LineOf) -> None:
        self._line_of = line_of

    def cases(self, data: Mapping[str, Any]) -> tuple[Case, ...]:
        self._keys((), data, ("schema", "cases"))
        if data.get("schema", SCHEMA) != SCHEMA:
            raise self._wrong(("schema",), f"Schema {data['schema']} is not known.", "Use 1.")
        rows = data.get("cases") or []
        if not isinstance(rows, list) or len(rows) > MOST_CASES:
            problem = f"'cases' must be a list of at most {MOST_CASES}."
            raise self._wrong(("cases",), problem, "Write each with a dash: name and turns.")
        found: dict[str, Case] = {}
        for index, row in enumerate(rows):
            case = self._case(("cases", index), row)
            if case.name in found:
                problem = f"The case “{case.name}” is there twice."
                raise self._wrong(("cases", index, "name"), problem, "Rename or remove one.")
            found[case.name] = case
        return tuple(found.values())

    def _case(self, path: tuple[str | int, ...], row: object) -> Case:
        spec = self._keys(path, row, ("name", "turns"))
        name = self._text((*path, "name"), spec.get("name"), "A case's name", LONGEST_NAME)
        turns = spec.get("turns")
        if not isinstance(turns, list) or not 1 <= len(turns) <= MOST_TURNS:
            problem = f"The case “{name}” has no list of 1 to {MOST_TURNS} turns."
            raise self._wrong((*path, "turns"), problem, "Write what the customer says.")
        inside = [self._turn((*path, "turns", index), one) for index, one in enumerate(turns)]
        return Case(name, tuple(inside))

    def _turn(self, path: tuple[str | int, ...], row: object) -> CaseTurn:
        spec = self._keys(path, row, (CUSTOMER, *EXPECTED))
        said = self._text((*path, CUSTOMER), spec.get(CUSTOMER), "What a customer says")
        expected = {
            key: self._text((*path, key), spec[key], f"'{key}'")
            for key in EXPECTED
            if spec.get(key) not in (None, "")
        }
        for key, known in (("decision", tuple(DECISIONS)), ("reason", CODES)):
            if expected.get(key, known[0]) not in known:
                problem = f"There is no {key} “{expected[key]}”."
                raise self._wrong((*path, key), problem, f"Write one of {', '.join(known)}.")
        return CaseTurn(said, expected)

    def _keys(
        self, path: tuple[str | int, ...], row: object, known: Sequence[str]
    ) -> Mapping[str, Any]:
        if not isinstance(row, Mapping):
            raise self._wrong(path, "Keys are expected here.", f"Write {', '.join(known)}.")
        for key in row:
            if key not in known:
                remedy = f"Known are: {', '.join(known)}."
                raise self._wrong((*path, key), f"Unknown key '{key}'.", remedy)
        return row

    def _text(
        self, path: tuple[str | int, ...], value: object, what: str, longest: int = LONGEST_TEXT
    ) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            problem = f"{what} must be a text of 1 to {longest:,} characters."
            raise self._wrong(path, problem, "Write it, in quotes if it looks like a number.")
        return value

    def _wrong(self, path: tuple[str | int, ...], problem: str, remedy: str) -> PackError:
        return PackError(CASES, self._line_of(CASES, *path), problem, remedy)


def intent_expected(name: str | None) -> str:
    """Give a reading's intent as a case writes it."""
    return OUT_OF_SCOPE if name is None else name
