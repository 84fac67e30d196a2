"""Channels that sign and speak in ways of their own: one address each, the kind says how."""

from __future__ import annotations

import hashlib
import time

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from bot.aside import Aside
from bot.pipeline import handle_message, take_turns
from bot.services import Services
from bot.values import Incoming
from bot.web.adapters.kinds import ADAPTERS
from bot.web.adapters.protocol import Adapter, Heard, Post, Said
from bot.web.adapters.slack import Slack
from bot.web.schemas import WebhookMessage
from bot.web.webhook import NotSigned, conversation_id, limit

blueprint = Blueprint("adapters", __name__)
MOST_BYTES = 256 * 1024
NOBODY = (Slack(), ("no such channel, same work",))


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions["attune_aside"] = Aside()


@blueprint.before_request
def allow_long_events() -> None:
    """Slack says everything twice, as text and as blocks."""
    request.max_content_length = MOST_BYTES


@blueprint.post("/webhook/channels/<channel>")
def receive(channel: str) -> ResponseReturnValue:
    """Take what a channel of another kind sends, and answer as it wants to be answered."""
    services: Services = current_app.extensions["attune"]
    post = Post(_public_url(services), _headers(), request.get_data())
    adapter = _signed(services, channel, post)
    limit(services, channel)
    heard = adapter.hear(post)
    if isinstance(heard, Said):
        return _answer(heard)
    incoming = _incoming(services, channel, heard)
    if not adapter.waits:
        _accept(services, incoming)
        return _answer(adapter.say(None))
    return _answer(adapter.say(handle_message(services, incoming)))


def _signed(services: Services, channel: str, post: Post) -> Adapter:
    """Give the kind of a channel that a request is signed for; raises NotSigned for any doubt."""
    kind, secrets = services.channels.given(channel)
    known = ADAPTERS.get(kind)
    adapter, tried = (known, secrets) if known and secrets else NOBODY
    now_s = time.time()
    good = sum(adapter.is_signed(post, secret, now_s) for secret in tried)
    if not (known and good):
        raise NotSigned(
            "The request is not signed for a channel of this name and kind; check the secret that "
            "was given to `attune channel add`, the clock, and ATTUNE_PUBLIC_URL."
        )
    return known


def _incoming(services: Services, channel: str, heard: Heard) -> Incoming:
    """Give a message as the pipeline takes it, under the rules of the standard channel."""
    message = WebhookMessage(conversation=heard.conversation, text=heard.text)
    return Incoming(
        conversation=conversation_id(channel, message.conversation),
        event_id=heard.event_id,
        text=message.text,
        fingerprint=hashlib.sha256(message.text.encode()).hexdigest(),
        channel=channel,
        received_ms=services.clock(),
        external=message.conversation,
        customer=heard.customer,
    )


def _accept(services: Services, incoming: Incoming) -> None:
    """Write a message down durably and have its turn taken aside; the same again does nothing.

    If too much waits there already, a sweeper takes the turn.
    """
    receipt = services.conversations.ingest(incoming)
    if receipt.lock:  # it would end before its time has come
        services.conversations.unlock(incoming.conversation, receipt.lock)
    if receipt.turn is None:
        aside: Aside = current_app.extensions["attune_aside"]
        aside.soon(lambda: _take(services, incoming.conversation))


def _take(services: Services, conversation: str) -> None:
    """Take the turns of a conversation, unless somebody else does."""
    lock = services.conversations.lock(conversation)
    if lock:
        take_turns(services, conversation, lock)


def _answer(said: Said) -> Response:
    return Response(said.body, content_type=said.content_type)


def _headers() -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _public_url(services: Services) -> str:
    """Give the address of this request as the sender knows it."""
    base = services.settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    query = request.query_string.decode("ascii", "replace")
    return base + request.path + (f"?{query}" if query else "")
