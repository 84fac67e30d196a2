"""What the files of a pack must look like; every problem names its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from intents.errors import PackError
from intents.language import DEFAULT, KNOWN
from intents.pack_yaml import Lines, Path

MAX_PHRASE = 4_000
MAX_NAME = 200
SCHEMA = 1
RESERVED = "out_of_scope"
TONES = ("calm", "happy", "worried", "upset")

_TOP = {"schema": int, "name": str, "languages": list, "intents": list, "out_of_scope": list}
_INTENT = {
    "name": str,
    "title": str,
    "description": str,
    "confused_with": list,
    "always_person": bool,
    "phrases": list,
    "lookup": dict,
}
_LOOKUP = {"name": str, "needs": list, "reply": str}
NEEDS = ("order_number", "email")
"""What can be found in a customer's words to look something up with."""
_WORDINGS = {"button": str, "quick_replies": list} | dict.fromkeys(TONES, list)
_REPLY = {**_WORDINGS, "in": dict}
_LANGUAGE = re.compile("[a-z]{2}")
_KINDS = {int: "a whole number", str: "text", list: "a list", bool: "true or false", dict: "keys"}


class _Place:
    """A file with its lines, to complain with."""

    def __init__(self, file: str, lines: Lines) -> None:
        self._file = file
        self._lines = lines

    def problem(self, path: Path, problem: str, remedy: str) -> PackError:
        line = next(
            (
                self._lines[path[:end]]
                for end in range(len(path), -1, -1)
                if path[:end] in self._lines
            ),
            None,
        )
        return PackError(self._file, line, problem, remedy)

    def typed(self, path: Path, value: object, kind: type) -> None:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            name = path[-1] if path else "the file"
            raise self.problem(
                path, f"'{name}' must be {_KINDS[kind]}.", "Correct it, or quote it if it is text."
            )

    def keyed(self, path: Path, value: object, keys: Mapping[str, type]) -> dict[str, Any]:
        self.typed(path, value, dict)
        assert isinstance(value, dict)  # noqa: S101  (just checked; for the type checker)
        for key, item in value.items():
            if key not in keys:
                known = ", ".join(keys)
                raise self.problem((*path, key), f"Unknown key '{key}'.", f"Known are: {known}.")
            self.typed((*path, key), item, keys[key])
        return value

    def text(self, path: Path, value: object, what: str, limit: int = MAX_PHRASE) -> str:
        if not isinstance(value, str):
            raise self.problem(path, f"{what} is not text.", "Put it in quotes.")
        if not value.strip():
            raise self.problem(path, f"{what} is empty.", "Write something or remove the line.")
        if len(value) > limit:
            raise self.problem(path, f"{what} is longer than {limit} characters.", "Shorten it.")
        if any(ord(one) == 0 or unicodedata.category(one) == "Cs" for one in value):
            raise self.problem(path, f"{what} holds NUL or half a character.", "Remove it.")
        return value

    def texts(self, path: Path, values: list[Any], what: str) -> None:
        for index, value in enumerate(values):
            self.text((*path, index), value, f"{what}, item {index + 1},")


def check_intents(file: str, data: object, lines: Lines) -> dict[str, Any]:
    """Give the data of an intents.yaml once every rule of the format holds; raises PackError."""
    place = _Place(file, lines)
    if data is None:
        raise place.problem((), "The file is empty.", "Write the intents with their phrases.")
    top = place.keyed((), data, _TOP)
    _check_schema(place, top)
    if not top.get("intents"):
        raise place.problem(("intents",), "The pack has no intents.", "Add at least one.")
    seen: set[str] = set()
    for index, row in enumerate(top["intents"]):
        _check_intent(place, ("intents", index), row, seen)
    place.texts(("out_of_scope",), top.get("out_of_scope", []), "The list out_of_scope")
    _check_languages(place, top.get("languages"))
    if "name" in top:
        place.text(("name",), top["name"], "The pack's name", MAX_NAME)
    return top


def check_replies(
    file: str, data: object, lines: Lines, languages: Sequence[str] = (DEFAULT,)
) -> dict[str, Any]:
    """Give the reply templates by name: for each tone a list of texts, `button`, `quick_replies`.

    Those stand in the first of the languages; `in` holds the same for each further one.
    """
    place = _Place(file, lines)
    if data is None:
        return {}
    top = place.keyed((), data, {"schema": int, "replies": dict})
    _check_schema(place, top)
    replies: dict[str, Any] = top.get("replies", {})
    for name, row in replies.items():
        path, what = ("replies", name), f"Reply '{name}'"
        _check_wordings(place, path, place.keyed(path, row, _REPLY), what)
        for code, further in row.get("in", {}).items():
            inside = (*path, "in", code)
            _check_further(place, inside, code, languages)
            found = place.keyed(inside, further, _WORDINGS)
            _check_wordings(place, inside, found, f"{what} in {code}")
            place.texts((*inside, "quick_replies"), found.get("quick_replies", []), f"{what}, its")
    return replies


def _check_wordings(place: _Place, path: Path, row: Mapping[str, Any], what: str) -> None:
    for tone in TONES:
        place.texts((*path, tone), row.get(tone, []), f"{what}, {tone}")
    if row.get("button"):
        place.text((*path, "button"), row["button"], f"{what}, button", MAX_NAME)


def _check_further(place: _Place, path: Path, code: str, languages: Sequence[str]) -> None:
    if code == languages[0]:
        raise place.problem(
            path,
            f"'{code}' is the pack's first language.",
            "Put its wordings right under the reply, not under in.",
        )
    if code not in languages:
        raise place.problem(
            path,
            f"The pack does not list the language '{code}'; it has {', '.join(languages)}.",
            "Add it to languages in intents.yaml, or remove these wordings.",
        )


def check_mapping(file: str, data: object, lines: Lines) -> dict[str, Any]:
    """Give the data of a file whose inside others check: a mapping, or nothing."""
    if data is None:
        return {}
    place = _Place(file, lines)
    place.typed((), data, dict)
    assert isinstance(data, dict)  # noqa: S101  (just checked; for the type checker)
    return data


def _check_languages(place: _Place, languages: list[Any] | None) -> None:
    if languages is None:
        return
    if not languages:
        raise place.problem(
            ("languages",), "The list languages is empty.", "Name the replies' language: [en]."
        )
    place.texts(("languages",), languages, "The list languages")
    for index, code in enumerate(languages):
        if not _LANGUAGE.fullmatch(code) or code not in KNOWN:
            raise place.problem(
                ("languages", index),
                f"'{code}' is not a language's code, so that no message would be in it.",
                f"Write one of {', '.join(sorted(KNOWN))}.",
            )
        if code in languages[:index]:
            raise place.problem(("languages", index), f"'{code}' is there twice.", "Remove one.")


def _check_schema(place: _Place, top: Mapping[str, Any]) -> None:
    if top.get("schema", SCHEMA) != SCHEMA:
        raise place.problem(
            ("schema",),
            f"The pack has schema {top['schema']}; this version knows {SCHEMA}.",
            "Update Attune, or use a pack written for it.",
        )


def _check_intent(place: _Place, path: Path, row: object, seen: set[str]) -> None:
    spec = place.keyed(path, row, _INTENT)
    if "name" not in spec:
        raise place.problem(path, "An intent has no name.", "Give it one.")
    name = place.text((*path, "name"), spec["name"], "An intent's name", MAX_NAME)
    if name == RESERVED:
        raise place.problem(
            (*path, "name"),
            f"'{RESERVED}' is not an intent.",
            f"Put its phrases under {RESERVED} at the end of the file.",
        )
    if name in seen:
        raise place.problem((*path, "name"), f"Intent '{name}' is there twice.", "Join the two.")
    seen.add(name)
    if not spec.get("phrases"):
        raise place.problem(
            (*path, "phrases"), f"Intent '{name}' has no phrases.", "Add at least one."
        )
    place.texts((*path, "phrases"), spec["phrases"], f"Intent '{name}', phrases")
    place.texts(
        (*path, f"Intent '{name}', confused_with"),
        spec.get("confused_with", []),
        f"Intent '{name}', confused_with",
    )
    if "lookup" in spec:
        _check_lookup(place, (*path, "lookup"), spec["lookup"], name)


def _check_lookup(place: _Place, path: Path, row: object, intent: str) -> None:
    spec = place.keyed(path, row, _LOOKUP)
    for key in _LOOKUP:
        if not spec.get(key):
            raise place.problem(
                path,
                f"The lookup of intent '{intent}' has no {key}.",
                "Write its name, what it needs, and the reply it fills.",
            )
    place.text((*path, "name"), spec["name"], "A lookup's name", MAX_NAME)
    for index, need in enumerate(spec["needs"]):
        if need not in NEEDS:
            raise place.problem(
                (*path, "needs", index),
                f"Attune cannot find {need!r} in a message.",
                f"A lookup may need {' and '.join(NEEDS)}.",
            )
