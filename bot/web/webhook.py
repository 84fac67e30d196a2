"""The signed server-to-server channel: other systems hand messages in and get the Turn back."""

from __future__ import annotations

import base64
import hashlib
import time

from flask import Blueprint, Request, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from bot.errors import BotError
from bot.pipeline import handle_message
from bot.services import Services
from bot.signing import is_fresh, matches
from bot.values import Customer, Incoming
from bot.web.limits import Buckets
from bot.web.schemas import BodyRefused, WebhookMessage, parse_body

blueprint = Blueprint("webhook", __name__)
LONGEST_ID = 128
TOLD = ("author", "name", "text", "quick_replies")
NOBODY = (base64.b64encode(b"no such channel, same work").decode(),)


class NotSigned(BotError):
    """Raised when a channel's request is not signed as it must be."""


class TooFast(BotError):
    """Raised when a channel sends more than its limit; `retry_after_s` says when to go on."""

    def __init__(self, retry_after_s: float) -> None:
        """Carry how long to wait."""
        self.retry_after_s = retry_after_s
        super().__init__("This channel sends faster than its limit; slow down and repeat.")


@blueprint.post("/webhook/messages")
def receive() -> ResponseReturnValue:
    """Take one customer message and answer with its Turn."""
    services: Services = current_app.extensions["attune"]
    body = request.get_data()
    channel = verify(services, request, body)
    limit(services, channel)
    message = parse_body(WebhookMessage, request)
    given = message.customer
    turn = handle_message(
        services,
        Incoming(
            conversation=conversation_id(channel, message.conversation),
            event_id=request.headers["webhook-id"],
            text=message.text,
            fingerprint=hashlib.sha256(body).hexdigest(),
            channel=channel,
            received_ms=services.clock(),
            external=message.conversation,
            customer=Customer(**given.model_dump()) if given else Customer(),
        ),
    )
    return jsonify(turn.to_row()), 200, {"Idempotent-Replayed": "true"} if turn.replayed else {}


@blueprint.get("/webhook/messages")
def since() -> ResponseReturnValue:
    """Give what bot and agents said in a conversation after a message."""
    services: Services = current_app.extensions["attune"]
    channel = verify(services, request, b"")
    limit(services, channel)
    external = request.args.get("conversation", "")
    conversation = conversation_id(channel, external)
    if not services.conversations.exists(conversation):
        return jsonify(conversation=external, messages=[], last=None)
    entries = services.conversations.entries(conversation, _after(request), limit=200)
    said = [
        entry.for_customer()
        for entry in entries
        if entry.kind == "message" and entry.data["author"] != "customer"
    ]
    last = entries[-1].id if entries else request.args.get("after") or None
    return jsonify(conversation=external, messages=said, last=last)


def verify(services: Services, message: Request, body: bytes) -> str:
    """Give the channel a request is signed for; raises NotSigned for every kind of doubt.

    Standard Webhooks v1: HMAC-SHA256 over `id.timestamp.body`, any of several signatures, each
    active secret, constant time.
    """
    channel = message.headers.get("attune-channel", "")
    event_id = message.headers.get("webhook-id", "")
    timestamp = message.headers.get("webhook-timestamp", "")
    signatures = message.headers.get("webhook-signature", "")
    secrets = services.channels.secrets(channel) if channel else ()
    known = bool(secrets)
    good = sum(
        matches(secret, event_id, timestamp, body, signatures) for secret in (secrets or NOBODY)
    )
    if not (known and good and _is_id(event_id) and is_fresh(timestamp, time.time())):
        raise NotSigned(
            "The request is not signed for a known channel; check attune-channel, webhook-id, "
            "webhook-timestamp (within 5 minutes) and webhook-signature."
        )
    return channel


def conversation_id(channel: str, external: str) -> str:
    """Give our id of a channel's conversation: the same every time, unlike any other channel's."""
    digest = hashlib.sha256(f"{channel}\0{external}".encode()).hexdigest()
    return f"h{digest[:31]}"


def _is_id(event_id: str) -> bool:
    return (
        0 < len(event_id) <= LONGEST_ID
        and event_id.isascii()
        and event_id.replace("-", "").replace("_", "").isalnum()
    )


def _after(message: Request) -> str:
    after = message.args.get("after", "")
    first, dash, second = after.partition("-")
    parts_fit = all(part.isdigit() and len(part) <= 18 for part in (first, second))
    if after and not (dash and parts_fit and after.isascii()):
        raise BodyRefused("`after` is not a message id; leave it out or send one that you got.")
    return after


def limit(services: Services, channel: str) -> None:
    """Count one request of a channel; raises TooFast over its limit."""
    limits: Buckets = current_app.extensions["attune_limits"]
    settings = services.settings
    wait = limits.take(channel, settings.webhook_per_second, settings.webhook_burst)
    if wait:
        raise TooFast(wait)
