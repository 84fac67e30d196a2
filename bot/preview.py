"""How a wording would read, while it is being written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.replies import SYSTEM_REPLIES, read_replies
from bot.wordings import EMPTY_CONTEXT, LOOKUP, stand_ins
from intents.errors import PackError
from intents.pack import FACTS
from intents.pack_yaml import parse_yaml

NAME = "preview"


def previewed(text: str, texts: Mapping[str, str], samples: Mapping[str, str]) -> dict[str, str]:
    """Give `filled` (sample values), `bare` (nothing known), or `problem` with what to do."""
    if not text.strip():
        return {"filled": "", "bare": "", "problem": ""}
    calm = {"calm": ["."]}
    replies = {**dict.fromkeys(SYSTEM_REPLIES, calm), NAME: {"calm": [text]}}
    try:
        facts = parse_yaml(FACTS, texts.get(FACTS, ""))[0] or {}
        book = read_replies(replies, facts, _no_line, [NAME])
    except PackError as error:
        return {"filled": "", "bare": "", "problem": f"{error.problem} {error.remedy}"}
    looked_up = {LOOKUP: stand_ins(book.looked_up(NAME))}
    filled = book.render(NAME, "calm", {**_context(samples), **looked_up}).text
    return {"filled": filled, "bare": book.render(NAME, "calm", looked_up).text, "problem": ""}


def _context(samples: Mapping[str, str]) -> dict[str, dict[str, str]]:
    context: dict[str, dict[str, str]] = {group: {} for group in EMPTY_CONTEXT}
    for name, value in samples.items():
        group, field = name.split(".")
        context[group][field] = value
    return context


def _no_line(*_: Any) -> None:
    """A wording on a page has no line."""
