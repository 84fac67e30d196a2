"""Writing at the desk over HTTP: a reply that is kept for five seconds is sent or taken back."""

from __future__ import annotations

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from bot.sending import send_now, take_back
from bot.services import Services
from bot.web.auth import signed_in
from bot.web.bodies import Acting
from bot.web.schemas import parse_body

blueprint = Blueprint("writing", __name__)
IDS = "/desk/conversations/<conversation>"


@blueprint.post(f"{IDS}/undo")
@signed_in("agent")
def undo(conversation: str) -> ResponseReturnValue:
    """Take a reply back by its op; `undone` is false when the customer has it already."""
    op = parse_body(Acting, request).op
    return jsonify(undone=take_back(_services(), conversation, g.person.id, op))


@blueprint.post(f"{IDS}/deliver")
@signed_in("agent")
def deliver(conversation: str) -> ResponseReturnValue:
    """Send a kept reply now, by its op; twice is harmless."""
    send_now(_services(), conversation, parse_body(Acting, request).op)
    return jsonify(ok=True)


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
