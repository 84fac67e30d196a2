"""In which language a page or an answer speaks, and its words as the page's scripts read them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from flask import request
from markupsafe import Markup

from bot.translations import ENGLISH, PLACEHOLDER, Words, translations, words_for, words_of

COOKIE = "attune_language"
LONGEST_TAG = 35
LATER = ("person", "card", "earlier", "rights")
CUSTOMERS = frozenset({"widget", "rights"})


def wished_words() -> Words:
    """Give the words the browser asks for, English where there are none it likes."""
    return words_for(request.accept_languages.values())


def frame_words() -> Words:
    """Give the words of the widget's frame: those its address names, else those wished for."""
    return words_of(request.args.get("lang", "")[:LONGEST_TAG]) or wished_words()


def page_json(tree: dict[str, Any]) -> Markup:
    """Give words as JSON that can stand in a page as text."""
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c"))  # noqa: S704 - both are escaped


def base_words(words: Words, **trees: str) -> dict[str, Any]:
    """Give what every staff page is written with: its language, its bar, what its scripts say."""
    tree = words.tree("common")
    for path in trees.values():
        tree |= words.tree(path)
    return {
        **{"lang": words.language, "dir": words.direction},
        **{"bar": words.under("bar"), "page_words": page_json(tree)},
    }


def desk_words() -> dict[str, Any]:
    """Give what the desk is written with, in the language somebody chose, else the browser's."""
    words = words_of(request.cookies.get(COOKIE, "")) or wished_words()
    return {
        **base_words(words, live="desk.live"),
        **{"t": words.under("desk.page"), "views": words.under("desk.views")},
        **{"live": words.under("desk.live"), "rich": _rich(words, "desk.page")},
        "languages": list(translations().values()),
    }


def _rich(words: Words, path: str) -> Callable[..., Markup]:
    """Give `say` for values that are markup; everything else is escaped."""

    def say(name: str, /, **values: Markup) -> Markup:
        pieces = PLACEHOLDER.split(
            words.say(f"{path}.{name}", **{one: f"{{{one}}}" for one in values})
        )
        return Markup("").join(
            values[piece] if at % 2 else piece for at, piece in enumerate(pieces)
        )

    return say


def later_json(words: Words, part: str) -> bytes:
    """Give the words of a part of the widget that is not needed at first, as JSON."""
    tree = words.tree(f"widget.{part}")
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def version(words: Words) -> str:
    """Give a mark that changes with the words of later parts, so that a browser may keep them."""
    return _version(words.language)


@cache
def _version(language: str) -> str:
    bodies = b"".join(later_json(translations()[language], part) for part in LATER)
    return hashlib.sha256(bodies).hexdigest()[:12]


def refusal(code: str, message: str, field: str | None) -> str:
    """Give what a customer is told of an error, in their language.

    English has the precise sentence already; another language says what can be done.
    """
    if request.blueprint not in CUSTOMERS:
        return message
    words = wished_words()
    if words.language == ENGLISH:
        return message
    code = "wrong_email" if (code, field) == ("wrong_field", "email") else code
    path = f"customer.refused.{code}"
    return words.say(path if path in words.sentences else "widget.talk.unknown")
