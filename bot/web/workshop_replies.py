"""The fields of a reply on a page: its wordings by tone, in every language of the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.languages import named
from bot.pieces import BUTTON, IN, QUICK_REPLIES, REPLIES, Piece, data_of, fingerprint, read_piece
from bot.replies import BUTTON_REPLIES, SYSTEM_REPLIES
from bot.tone import TONES
from bot.web import workshop_forms
from intents.language import DEFAULT
from intents.pack import INTENTS

Texts = Mapping[str, str]


def field(texts: Texts, piece: Piece) -> dict[str, Any]:
    """Give what a field of a page shows of a piece, and the mark of it."""
    value = read_piece(texts, piece)
    return {"piece": piece, "value": value, "was": fingerprint(value)}


def reply_fields(texts: Texts, name: str) -> dict[str, Any]:
    """Give all that a page shows of a reply; raises PackError, PieceError."""
    first, *listed = languages_of(texts)
    written = _keyed(_written(texts).get(name))
    further = dict.fromkeys([*listed, *_keyed(written.get(IN))])
    return {
        **_in_language(texts, ("reply", name)),
        "button": field(texts, ("reply", name, BUTTON)) if name in BUTTON_REPLIES else None,
        "language": named(first) if further else "",
        "further": [_further(texts, name, code, listed=code in listed) for code in further],
        "variables": workshop_forms.variables(),
        "facts": workshop_forms.fact_names(texts),
    }


def spoken_in(texts: Texts) -> dict[str, list[str]]:
    """Give the languages each reply has wordings in; nothing where the draft has but one."""
    first, *listed = languages_of(texts)
    found: dict[str, list[str]] = {}
    for name, row in _written(texts).items() if listed else ():
        inside = _keyed(_keyed(row).get(IN))
        calm = {first: _keyed(row), **{code: _keyed(inside.get(code)) for code in listed}}
        found[name] = [code for code, said in calm.items() if said.get("calm")]
    return found


def languages_of(texts: Texts) -> list[str]:
    """Give the languages of a draft, the first one first, as far as they can be read."""
    data = data_of(texts, INTENTS)
    found = data.get("languages") if isinstance(data, Mapping) else None
    return [str(one) for one in found] if isinstance(found, list) and found else [DEFAULT]


def _further(texts: Texts, name: str, code: str, *, listed: bool) -> dict[str, Any]:
    piece: Piece = ("reply", name, IN, code)
    system = name in SYSTEM_REPLIES
    shown = _in_language(texts, piece)
    count = sum(len(one["value"]) for _, _, one in shown["tones"])
    state = f"{count} wording{'' if count == 1 else 's'}"
    if not listed:
        state += "; the pack does not list this language"
    elif not count:
        state = "no wording: " + ("write one to publish" if system else "a person is brought in")
    asked_for = not system or name in BUTTON_REPLIES
    button = field(texts, (*piece, BUTTON)) if asked_for else None
    return {**shown, "code": code, "language": named(code), "state": state, "button": button}


def _in_language(texts: Texts, piece: Piece) -> dict[str, Any]:
    return {
        "tones": [
            (tone, workshop_forms.TONE_HELP[tone], field(texts, (*piece, tone))) for tone in TONES
        ],
        "buttons": field(texts, (*piece, QUICK_REPLIES)),
    }


def _written(texts: Texts) -> Mapping[str, Any]:
    return _keyed(_keyed(data_of(texts, REPLIES)).get("replies"))


def _keyed(value: Any) -> Mapping[str, Any]:
    """Give a mapping as it is, and nothing for what is half finished."""
    return value if isinstance(value, Mapping) else {}
