"""The pieces of a pack that an admin edits one by one, each by a name of words. Pure.

`("intent", name, field)`, `("out_of_scope",)`, `("reply", name, tone)`, the same in a further
language `("reply", name, "in", code, tone)`, `("fact", …)`, `("rule", …)`, a turn of a test case
`("case", name, number, field)` and `("file", name)`: what a field of a page shows, and where two
admins may collide.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.cases import CUSTOMER, EXPECTED
from bot.editing import add_item, remove, set_value
from bot.tone import TONES
from intents.errors import PackError
from intents.pack import CASES, FACTS, INTENTS, OUT_OF_SCOPE, PACK_FILES, POLICY, SCHEMA
from intents.pack_yaml import parse_yaml

Piece = tuple[str, ...]
Texts = Mapping[str, str]

REPLIES = "replies.yaml"
LONGEST_VALUE = 8_000_000
MOST_ITEMS = 20_000
FIELDS: Mapping[str, type] = {
    "title": str,
    "description": str,
    "always_person": bool,
    "confused_with": list,
    "phrases": list,
}
QUICK_REPLIES, BUTTON, IN = "quick_replies", "button", "in"
OF_REPLY = frozenset({*TONES, QUICK_REPLIES, BUTTON})
OF_CASE = frozenset({CUSTOMER, *EXPECTED})


class PieceError(ValueError):
    """Raised when there is no such piece, or a value that it cannot have."""


def data_of(texts: Texts, file: str) -> Any:
    """Give the data of one file, an empty mapping if it holds nothing; raises PackError."""
    data, _ = parse_yaml(file, texts.get(file, ""))
    return {} if data is None else data


def labelled_in(texts: Texts) -> list[tuple[str, str | None]]:
    """Give a draft's phrases with their intents, None for those to refuse; raises PackError.

    What is half finished is left out.
    """
    data = data_of(texts, INTENTS)
    refused = data.get(OUT_OF_SCOPE) if isinstance(data, Mapping) else None
    groups: list[tuple[str | None, Any]] = [
        (str(row["name"]), row.get("phrases")) for row in _rows(texts) if row.get("name")
    ]
    return [
        (phrase, name)
        for name, phrases in [*groups, (None, refused)]
        if isinstance(phrases, list)
        for phrase in phrases
        if isinstance(phrase, str) and phrase.strip()
    ]


def read_piece(texts: Texts, piece: Piece) -> Any:
    """Give what a piece holds now; raises PieceError, PackError if its file is not YAML."""
    if piece[:1] == ("file",):
        return texts[_file_of(piece)]
    file, path = _place(texts, piece)
    found = data_of(texts, file)
    for part in path:
        if isinstance(found, list) and isinstance(part, int):
            found = found[part]
        else:
            found = found.get(part) if isinstance(found, Mapping) else None
    return _empty(piece) if found is None else found


def write_piece(texts: Texts, piece: Piece, value: Any) -> dict[str, str]:
    """Give the files with a piece changed, all else as it was; raises as `read_piece`."""
    _check(piece, value)
    if piece[:1] == ("file",):
        return {**texts, _file_of(piece): value}
    file, path = _place(texts, piece)
    if isinstance(value, list):
        value = [one.strip() for one in value if one.strip()]
    if value == read_piece(texts, piece):
        return dict(texts)
    if value == "" and piece[:1] == ("case",):
        return {**texts, file: remove(file, texts.get(file, ""), path)}
    try:
        return {**texts, file: set_value(file, texts.get(file, ""), path, value)}
    except KeyError as error:
        raise PieceError(f"There is no place for {_named(piece)} in {file}.") from error


def fingerprint(value: Any) -> str:
    """Give a short mark of a value, so that a page can say what it had before it."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def add_intent(
    texts: Texts, name: str, title: str, phrases: Sequence[str], reply: str
) -> dict[str, str]:
    """Give the files with a new intent and its first calm wording; raises as `write_piece`."""
    if any(row.get("name") == name for row in _rows(texts)):
        raise PieceError(f"There is already an intent {name!r}; open it, or choose another title.")
    row = {
        "name": name,
        "title": title.strip(),
        "description": "",
        "confused_with": [],
        "always_person": False,
        "phrases": [one.strip() for one in phrases if one.strip()],
    }
    _check(("intent", name, "title"), title)
    _check(("intent", name, "phrases"), list(phrases))
    changed = {**texts, INTENTS: add_item(INTENTS, texts.get(INTENTS, ""), ("intents",), row)}
    replies = changed.get(REPLIES, "") or f"schema: {SCHEMA}\n"
    wordings = {QUICK_REPLIES: [], "calm": [reply.strip()] if reply.strip() else []}
    changed[REPLIES] = set_value(REPLIES, replies, ("replies", name), wordings)
    return changed


def remove_intent(texts: Texts, name: str) -> dict[str, str]:
    """Give the files without an intent and its reply; raises PieceError if there is none."""
    index = _index(texts, name)
    return {
        **texts,
        INTENTS: remove(INTENTS, texts[INTENTS], ("intents", index)),
        REPLIES: remove(REPLIES, texts.get(REPLIES, ""), ("replies", name)),
    }


def piece_at(texts: Texts, file: str, line: int | None) -> Piece:
    """Give the piece a line of a file belongs to, the whole file when it is in none."""
    whole: Piece = ("file", file)
    if line is None:
        return whole
    try:
        data, lines = parse_yaml(file, texts.get(file, ""))
    except PackError:
        return whole
    above = [path for path, number in lines.items() if number <= line]
    path = max(above, key=lambda one: (lines[one], len(one)), default=())
    return _piece_of(file, data, path) or whole


def name_from(title: str, taken: Sequence[str]) -> str:
    """Give a new intent's name from its title, such as `gift_wrapping`."""
    plain = "".join(one if one.isalnum() else " " for one in title.casefold())
    base = "_".join(plain.split())[:60] or "intent"
    names = [base, *(f"{base}_{number}" for number in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken and one != OUT_OF_SCOPE)


def _piece_of(file: str, data: Any, path: tuple[str | int, ...]) -> Piece | None:
    if file == INTENTS and path[:1] == ("intents",) and len(path) > 2:
        row = data["intents"][path[1]]
        name = row.get("name") if isinstance(row, Mapping) else None
        known = path[2] if path[2] in FIELDS else "phrases"
        return ("intent", str(name), str(known)) if name else None
    if file == INTENTS and path[:1] == (OUT_OF_SCOPE,):
        return (OUT_OF_SCOPE,)
    if file == REPLIES and path[:1] == ("replies",) and len(path) > 1:
        return _reply_at([str(one) for one in path[1:]])
    if file == CASES and path[:1] == ("cases",) and len(path) > 4:
        row = data["cases"][path[1]]
        name = row.get("name") if isinstance(row, Mapping) else None
        return ("case", str(name), str(path[3]), str(path[4])) if name else None
    kind = {FACTS: "fact", POLICY: "rule"}.get(file)
    words = tuple(part for part in path if isinstance(part, str))
    return (kind, *words) if kind and words else None


def _reply_at(path: Sequence[str]) -> Piece:
    name, *inside = path
    further = inside[:2] if inside[:1] == [IN] and len(inside) > 1 else []
    field = next(iter(inside[len(further) :]), "")
    return ("reply", name, *further, field if field in OF_REPLY else "calm")


def _place(texts: Texts, piece: Piece) -> tuple[str, tuple[str | int, ...]]:
    """Give the file and path of a piece."""
    match piece:
        case ("intent", name, field) if field in FIELDS:
            return INTENTS, ("intents", _index(texts, name), field)
        case ("out_of_scope",):
            return INTENTS, (OUT_OF_SCOPE,)
        case ("reply", name, field) | ("reply", name, "in", _, field) if field in OF_REPLY:
            return REPLIES, ("replies", name, *piece[2:])
        case ("case", name, number, field) if field in OF_CASE and number.isdecimal():
            return CASES, (
                "cases",
                _case_index(texts, name, int(number)),
                "turns",
                int(number),
                field,
            )
        case ("fact", *path) if path:
            return FACTS, tuple(path)
        case ("rule", *path) if path:
            return POLICY, tuple(path)
    raise PieceError(f"There is no piece {_named(piece)} in a pack.")


def _file_of(piece: Piece) -> str:
    if len(piece) == 2 and piece[1] in PACK_FILES:
        return piece[1]
    raise PieceError(f"A pack has the files {', '.join(PACK_FILES)}.")


def _rows(texts: Texts) -> list[Mapping[str, Any]]:
    data = data_of(texts, INTENTS)
    rows = data.get("intents") if isinstance(data, Mapping) else None
    return [one if isinstance(one, Mapping) else {} for one in rows or ()]


def _index(texts: Texts, name: str) -> int:
    for index, row in enumerate(_rows(texts)):
        if row.get("name") == name:
            return index
    raise PieceError(f"The draft has no intent {name!r}; it may just have been removed.")


def _case_index(texts: Texts, name: str, number: int) -> int:
    """Give where a case stands that has a turn of this number; raises PieceError."""
    data = data_of(texts, CASES)
    rows = data.get("cases") if isinstance(data, Mapping) else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        turns = row.get("turns") if isinstance(row, Mapping) and row.get("name") == name else None
        if isinstance(turns, list) and number < len(turns):
            return index
    raise PieceError(
        f"The draft has no turn {number + 1} in a test case “{name}”; reload the page."
    )


def _empty(piece: Piece) -> Any:
    match piece:
        case ("intent", _, field):
            return FIELDS[field]()
        case ("fact" | "rule" | "case", *_) | ("reply", *_, "button"):
            return ""
    return []


def _check(piece: Piece, value: Any) -> None:
    kinds = _kinds(piece)
    if type(value) not in kinds:
        raise PieceError(f"{_named(piece)} cannot be {type(value).__name__}.")
    items = value if isinstance(value, list) else [value]
    if len(items) > MOST_ITEMS:
        raise PieceError(f"{_named(piece)} has {len(items)} lines; keep it under {MOST_ITEMS}.")
    for one in items:
        if isinstance(value, list) and not isinstance(one, str):
            raise PieceError(f"{_named(piece)} is a list of texts.")
        if isinstance(one, str):
            _check_text(piece, one)


def _check_text(piece: Piece, text: str) -> None:
    if len(text) > LONGEST_VALUE:
        raise PieceError(f"{_named(piece)} is longer than {LONGEST_VALUE} characters; shorten it.")
    odd = next((one for one in text if one == "\0" or "\ud800" <= one <= "\udfff"), None)
    if odd is not None:
        raise PieceError(f"{_named(piece)} holds NUL or half a character; remove it.")


def _kinds(piece: Piece) -> tuple[type, ...]:
    match piece:
        case ("intent", _, field):
            return (FIELDS.get(field, str),)
        case ("file" | "case", *_) | ("reply", *_, "button"):
            return (str,)
        case ("reply", *_) | ("out_of_scope",):
            return (list,)
    return (str, bool, int, float, list)


def _named(piece: Piece) -> str:
    return " › ".join(piece)
