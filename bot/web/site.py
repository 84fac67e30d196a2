"""Pages that anybody may see: the demo shop, its script, the widget's frame, the first-run page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from bot.services import Services
from bot.translations import translations, words_of
from bot.web.saying import LATER, frame_words, later_json, page_json, version
from bot.web.widget import shop_name

blueprint = Blueprint("site", __name__)
EMBED = Path(__file__).parent / "static" / "embed.js"
EMBED_WORDS = "const WORDS = {};"
EMBED_MAX_AGE_S = 300
WORDS_MAX_AGE_S = 86_400
SAMPLES = (
    ("A greeting", "hi"),
    ("A plain question", "do you ship to norway?"),
    ("Something late", "where's my parcel, ordered last tuesday"),
    ("Something broken", "my grinder came broken"),
    ("Out of patience", "THIS IS THE THIRD TIME I ASK. where is my money"),
)


@blueprint.get("/")
def shop() -> ResponseReturnValue:
    """Give the demo shop, with the one script tag that any shop would add."""
    return render_template("shop.html")


@blueprint.get("/embed.js")
def embed() -> ResponseReturnValue:
    """Give the script a shop adds; any site may load it, only allowed ones may show the frame."""
    answer = Response(_script(), mimetype="text/javascript")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = f"public, max-age={EMBED_MAX_AGE_S}"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/widget")
def frame() -> ResponseReturnValue:
    """Give the page of the frame; it needs no store, so that it can say when there is none."""
    words = frame_words()
    services: Services = current_app.extensions["attune"]
    return render_template(
        "widget.html",
        shop=shop_name(services),
        words=words,
        talk=page_json(words.tree("widget.talk")),
        version=version(words),
    )


@blueprint.get("/widget/words/<language>/<part>")
def later_words(language: str, part: str) -> ResponseReturnValue:
    """Give the words of a part of the widget that is loaded when it is needed."""
    words = words_of(language)
    if words is None or part not in LATER:
        raise NotFound
    answer = Response(later_json(words, part), mimetype="application/json")
    answer.headers["Cache-Control"] = f"public, max-age={WORDS_MAX_AGE_S}, immutable"
    return answer


@blueprint.get("/welcome")
def welcome() -> ResponseReturnValue:
    """Give the first-run page: the widget to try, and what to do next."""
    services: Services = current_app.extensions["attune"]
    address = services.settings.address
    return render_template(
        "welcome.html", shop=shop_name(services), address=address, samples=SAMPLES
    )


@cache
def _script() -> str:
    """Give the script with its few words of every language; on other sites it can ask for none."""
    words = {
        one.language: {"dir": one.direction, **one.tree("embed")} for one in translations().values()
    }
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return EMBED.read_text(encoding="utf-8").replace(EMBED_WORDS, f"const WORDS = {text};")
