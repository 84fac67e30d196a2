"""What helps an agent to write and to keep word: replies to choose from, hints, taking back,
promises, and a time to rest.
"""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from bot.apologies import apologies
from bot.desk import Desk
from bot.keeping import end_promise, end_snooze, snooze
from bot.mentions import seen
from bot.promising import promise_in
from bot.sending import send_now, take_back
from bot.services import Services
from bot.signals import this_episode
from bot.suggest import suggestions
from bot.web.auth import signed_in
from bot.web.bodies import Acting, Drafting, Ending, Holding, LookingAt, Snoozing
from bot.web.schemas import parse_body
from bot.wordings import apologises

blueprint = Blueprint("writing", __name__)
IDS = "/desk/conversations/<conversation>"


@blueprint.get(f"{IDS}/replies")
@signed_in("agent")
def replies(conversation: str) -> ResponseReturnValue:
    """Give what could be answered here, filled as far as known, the best first."""
    services = _services()
    state = services.conversations.load(conversation)
    live, name = services.packs.live(), g.person.first_name
    return jsonify(replies=suggestions(live, state, name, services.clock()))


@blueprint.post(f"{IDS}/hints")
@signed_in("agent")
def hints(conversation: str) -> ResponseReturnValue:
    """Say what a draft promises, and who said sorry before if it does so, too; nothing is kept."""
    services = _services()
    text = parse_body(Drafting, request).text
    found = promise_in(text, services.clock(), services.packs.live().policy.hours)
    said = []
    if apologises(text):
        said = apologies(this_episode(services.conversations.load(conversation).recent))
    return jsonify(promise=asdict(found) if found else None, apologies=said)


@blueprint.post(f"{IDS}/promises/<promise>")
@signed_in("agent")
def end(conversation: str, promise: str) -> ResponseReturnValue:
    """Note that a promise was kept, or withdraw it with a word why; false if it was over."""
    body = parse_body(Ending, request)
    return jsonify(ended=end_promise(_services(), g.person, conversation, promise, body.why))


@blueprint.post(f"{IDS}/snooze")
@signed_in("agent")
def rest(conversation: str) -> ResponseReturnValue:
    """Let a held ticket rest until a time or the customer's next word."""
    body, services = parse_body(Snoozing, request), _services()
    state = Desk(services).held(g.person, conversation, body.token)
    snooze(services, g.person, state, body.token, body.until_ms)
    return jsonify(ok=True)


@blueprint.post(f"{IDS}/wake")
@signed_in("agent")
def wake(conversation: str) -> ResponseReturnValue:
    """Bring a resting ticket back to one's own list now."""
    body, services = parse_body(Holding, request), _services()
    end_snooze(services, Desk(services).held(g.person, conversation, body.token))
    return jsonify(ok=True)


@blueprint.post(f"{IDS}/looking")
@signed_in("agent")
def looking(conversation: str) -> ResponseReturnValue:
    """Tell colleagues that one has this open, or no longer; where one was mentioned that is seen.

    What is noted is forgotten within a minute.
    """
    services, there = _services(), parse_body(LookingAt, request).there
    me = g.person
    if there and not services.conversations.exists(conversation):
        raise NotFound
    if services.looking.note(conversation, me.id, services.clock(), there=there):
        services.live.typing(conversation, "looking", me.first_name, me.id)
    told = there and seen(services, conversation, me.id)
    return jsonify(seen=told)


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
