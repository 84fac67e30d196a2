"""A wording as a customer would see it, with what is the author's own told from what is filled in.

Every value that is filled in is wrapped in two marks, which are taken out again after rendering.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.wordings import EMPTY_CONTEXT, FULL_CONTEXT, LOOKUP, Wording, stand_ins

OPEN, CLOSE = "\x02", "\x03"
FILLED = "\ufffc"  # stands for each character that is filled in; no letter, no space


@dataclass(frozen=True, slots=True)
class Shown:
    """One rendering: all that is read, and the same with what is filled in blotted out."""

    text: str
    own: str

    def words(self, match: re.Match[str]) -> str:
        """Give what a match in `own` reads as, without marks around it."""
        return self.text[match.start() : match.end()].strip(" .,;:!?\n")


def shown(wording: Wording, facts: Mapping[str, Any]) -> tuple[Shown, ...]:
    """Give a wording with everything known and with nothing known, once if both are the same.

    `facts` are `marked`; what a lookup would say is told by the names of its fields.
    """
    looked_up = {LOOKUP: marked(stand_ins(wording.looked_up))}
    made = [
        _unmarked(wording.template.render(**values, **looked_up, facts=facts))
        for values in (FULL, EMPTY_CONTEXT)
    ]
    return tuple(dict.fromkeys(made))


def marked(value: Any) -> Any:
    """Give facts or other values with each text between the two marks."""
    if isinstance(value, Mapping):
        return {key: marked(one) for key, one in value.items()}
    if isinstance(value, list):
        return [marked(one) for one in value]
    return f"{OPEN}{value}{CLOSE}" if isinstance(value, str) else value


FULL = marked(FULL_CONTEXT)


def _unmarked(rendered: str) -> Shown:
    text, own, inside = [], [], False
    for char in rendered.strip():
        if char in (OPEN, CLOSE):
            inside = char == OPEN
            continue
        text.append(char)
        own.append(FILLED if inside else char)
    return Shown("".join(text), "".join(own))
