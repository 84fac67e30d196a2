"""JSONL or plain lines in, numbered rows out; the same rules for every command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, TypeVar

from intents.errors import IntentsError

Row = TypeVar("Row")
TEXT = "text"


class LineError(IntentsError):
    """Raised when a line of an input cannot be used; `line` is 1-based."""

    def __init__(self, line: int, problem: str) -> None:
        """Carry the line's number."""
        self.line = line
        super().__init__(f"Line {line}: {problem} Correct it, or use --skip-bad to leave it out.")


def read_rows(
    file: IO[bytes],
    parse: Callable[[int, Mapping[str, Any]], Row],
    on_bad: Callable[[LineError], None] | None = None,
    *,
    plain_allowed: bool = True,
) -> Iterator[Row]:
    """Give every line parsed, in order, empty ones included; plain lines become `{"text": line}`.

    A file whose first line is a JSON object is JSONL. Bad lines go to `on_bad`, else raise
    LineError.
    """
    objects: bool | None = None if plain_allowed else True
    for number, raw in enumerate(file, start=1):
        try:
            line = _decoded(number, raw)
            if objects is None:
                objects = _is_object(line)
            yield parse(number, _object(number, line) if objects else {TEXT: line})
        except LineError as error:
            if on_bad is None:
                raise
            on_bad(error)


def text_of(number: int, row: Mapping[str, Any]) -> str:
    """Give the row's `text`; raises LineError unless it is one that can be written as UTF-8."""
    text = row.get(TEXT)
    if not isinstance(text, str):
        raise LineError(number, "'text' is missing or not a text.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise LineError(number, "'text' holds half a character (a lone surrogate).")
    return text


def chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Give the rows in lists of at most `size`."""
    kept: list[Row] = []
    for row in rows:
        kept.append(row)
        if len(kept) == size:
            yield kept
            kept = []
    if kept:
        yield kept


def _decoded(number: int, raw: bytes) -> str:
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineError(number, "It is not UTF-8.") from error
    line = line.removesuffix("\n").removesuffix("\r")
    return line.removeprefix("\ufeff") if number == 1 else line


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _object(number: int, line: str) -> Mapping[str, Any]:
    if not line.strip():
        return {TEXT: ""}
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError(number, "It is not JSON.") from error
    if not isinstance(row, dict):
        raise LineError(number, "It is not a JSON object.")
    return row
