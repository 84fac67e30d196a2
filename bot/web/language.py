"""The language of the desk: each browser keeps the one that was chosen in it."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from bot.services import Services
from bot.translations import words_of
from bot.web.auth import signed_in
from bot.web.saying import COOKIE

blueprint = Blueprint("language", __name__)
KEPT_S = 400 * 86_400  # no browser keeps one longer


@blueprint.post("/desk/language")
@signed_in("agent")
def choose() -> ResponseReturnValue:
    """Keep the language this browser's desk speaks, and show the desk in it."""
    words = words_of(request.form.get("language", ""))
    if words is None:
        raise BadRequest
    services: Services = current_app.extensions["attune"]
    answer = redirect(url_for("console.desk"), 303)
    answer.set_cookie(
        COOKIE,
        words.language,
        max_age=KEPT_S,
        secure=services.settings.https,
        httponly=True,
        samesite="Lax",
    )
    return answer
