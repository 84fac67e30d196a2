"""How the chat looks on the shop's site: tried here, and the tag to copy. Nothing is stored."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

from bot.contrast import HEX, remarks
from bot.languages import named
from bot.services import Services
from bot.translations import translations
from bot.web.auth import signed_in

blueprint = Blueprint("launcher", __name__, url_prefix="/people/widget")
COLOUR = "#1e5a41"
"""What `embed.js` takes where the tag says nothing."""
LONGEST = 60
SIDES = {"": "where lines end", "right": "right", "left": "left"}


@blueprint.get("")
@signed_in("admin")
def page() -> ResponseReturnValue:
    """Show the launcher as it would be, what is hard to see in it, and its tag."""
    services, chosen = _services(), _chosen()
    return render_template(
        "launcher.html",
        chosen=chosen,
        options=_options(chosen),
        tag=_tag(services.settings.address, _options(chosen)),
        remarks=remarks(chosen["colour"]),
        sites=services.settings.allowed_sites.split(),
        retention_days=services.settings.retention_days,
        longest=LONGEST,
        sides=SIDES,
        languages={code: named(code) for code in translations()},
    )


def _chosen() -> dict[str, str]:
    """Give what the address asks for; what is empty or cannot be is left to `embed.js`."""
    colour, side = request.args.get("colour", ""), request.args.get("side", "")
    language = request.args.get("lang", "")
    return {
        "lang": language if language in translations() else "",
        "label": " ".join(request.args.get("label", "").split())[:LONGEST],
        "title": " ".join(request.args.get("title", "").split())[:LONGEST],
        "colour": colour.lower() if HEX.fullmatch(colour) else COLOUR,
        "side": side if side in SIDES else "",
    }


def _options(chosen: dict[str, str]) -> dict[str, str]:
    """Give the attributes that the tag needs: those that differ from what holds without them."""
    said = {name: value for name, value in chosen.items() if value}
    return {f"data-{name}": value for name, value in said.items() if value != COLOUR}


def _tag(address: str, options: dict[str, str]) -> str:
    """Give the tag as it stands in a page's source."""
    said = "".join(f' {name}="{escape(value)}"' for name, value in options.items())
    return f'<script src="{address}/embed.js" async{said}></script>'


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
