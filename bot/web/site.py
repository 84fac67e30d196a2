"""Pages that anybody may see: the demo shop, the script it embeds, and the first-run page."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, send_from_directory
from flask.typing import ResponseReturnValue

from bot.services import Services
from bot.web.widget import shop_name

blueprint = Blueprint("site", __name__)
EMBED_MAX_AGE_S = 300
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
    folder = current_app.static_folder or ""
    answer = send_from_directory(folder, "embed.js", max_age=EMBED_MAX_AGE_S)
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@blueprint.get("/welcome")
def welcome() -> ResponseReturnValue:
    """Give the first-run page: the widget to try, and what to do next."""
    services: Services = current_app.extensions["attune"]
    address = services.settings.address
    return render_template(
        "welcome.html", shop=shop_name(services), address=address, samples=SAMPLES
    )
