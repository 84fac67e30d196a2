"""A conversation is its customer's: they keep a copy of it or delete it; admins delete one, too."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from bot.erasing import CUSTOMER, erase_for
from bot.services import Services
from bot.tokens import TokenInvalid
from bot.transcript import transcript, zone_of
from bot.values import Entry
from bot.web.auth import public, signed_in
from bot.web.saying import wished_words
from bot.web.schemas import Nothing, parse_body
from bot.web.widget import PAGE, limit, no_token, shop_name, welcome, whose

blueprint = Blueprint("rights", __name__)
blueprint.register_error_handler(TokenInvalid, no_token)
ERASURES = (0.2, 10)  # a second, and at once, of one address: each reads all events of the queue
COPIES = (0.5, 10)


@blueprint.post("/widget/erase")
@public
def erase_own() -> ResponseReturnValue:
    """Delete the customer's own conversation for good."""
    services = _services()
    conversation = whose(services)
    parse_body(Nothing, request)
    limit("widget-erase", *ERASURES)
    erase_for(services, conversation, CUSTOMER)
    return jsonify(erased=True)


@blueprint.get("/widget/transcript")
@public
def copy_own() -> ResponseReturnValue:
    """Give what the customer saw as a text to keep, with times of `zone`."""
    services = _services()
    conversation = whose(services)
    limit("widget-transcript", *COPIES, key=conversation)
    now, zone = services.clock(), zone_of(request.args.get("zone", "")[:64])
    entries, words = _seen(services, conversation), wished_words()
    text = transcript(shop_name(services), entries, zone, now, words)
    return jsonify(text=text)


@blueprint.post("/desk/conversations/<conversation>/erase")
@signed_in("admin")
def erase_any(conversation: str) -> ResponseReturnValue:
    """Delete any conversation for good; it is noted who did it."""
    parse_body(Nothing, request)
    erase_for(_services(), conversation, g.person.id, g.person.first_name)
    return jsonify(erased=True)


def _seen(services: Services, conversation: str) -> Iterator[Entry]:
    """Give all that the widget shows, oldest first: the welcome, which is not stored, and the log.

    Raises ConversationGone.
    """
    state = services.conversations.load(conversation, recent=1)
    after = ""
    while found := services.conversations.entries(conversation, after, PAGE):
        if not after:
            yield _greeting(services, conversation, found[0].at_ms)
        yield from found
        after = found[-1].id
    if not after:
        yield _greeting(services, state.id, state.created_ms)


def _greeting(services: Services, conversation: str, at_ms: int) -> Entry:
    state = services.conversations.load(conversation, recent=1)
    text = welcome(services, state)["text"]
    return Entry("message", "all", at_ms, {"author": "bot", "text": text})


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
