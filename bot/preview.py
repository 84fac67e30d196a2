"""How a wording would read, and what an editor would say of it, while it is written. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.lint.remarks import Remark
from bot.lint.wordings import lint_piece
from bot.pieces import Piece, data_of
from bot.replies import SYSTEM_REPLIES, read_replies
from bot.wordings import EMPTY_CONTEXT, LOOKUP, stand_ins
from intents.errors import PackError
from intents.pack import FACTS

NAME = "preview"


def previewed(
    text: str, piece: Piece, texts: Mapping[str, str], samples: Mapping[str, str]
) -> dict[str, Any]:
    """Give `filled` (sample values), `bare` (nothing known), or `problem` with what to do.

    `remarks` are rows of what a good editor would say of it as a wording of the piece.
    """
    if not text.strip():
        return _told()
    calm = {"calm": ["."]}
    replies = {**dict.fromkeys(SYSTEM_REPLIES, calm), NAME: {"calm": [text]}}
    try:
        facts = data_of(texts, FACTS)
        book = read_replies(replies, facts, _no_line, [NAME])
        remarks = lint_piece(text, piece, texts, facts)
    except PackError as error:
        return _told(problem=f"{error.problem} {error.remedy}")
    looked_up = {LOOKUP: stand_ins(book.looked_up(NAME))}
    filled = book.render(NAME, "calm", {**_context(samples), **looked_up}).text
    bare = book.render(NAME, "calm", looked_up).text
    return _told(filled, bare, remarks=remarks)


def _told(
    filled: str = "", bare: str = "", problem: str = "", remarks: Sequence[Remark] = ()
) -> dict[str, Any]:
    rows = [one.to_row() for one in remarks]
    return {"filled": filled, "bare": bare, "problem": problem, "remarks": rows}


def _context(samples: Mapping[str, str]) -> dict[str, dict[str, str]]:
    context: dict[str, dict[str, str]] = {group: {} for group in EMPTY_CONTEXT}
    for name, value in samples.items():
        group, field = name.split(".")
        context[group][field] = value
    return context


def _no_line(*_: Any) -> None:
    """A wording on a page has no line."""
