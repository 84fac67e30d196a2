"""The customer's side over HTTP: JSON that a bearer token opens."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from werkzeug.exceptions import TooManyRequests

from bot import customer
from bot.errors import BotError
from bot.languages import usual_language
from bot.live import Wake
from bot.pipeline import handle_message
from bot.services import Services
from bot.store import secret
from bot.tokens import VALID_S, TokenInvalid, Tokens
from bot.translations import Words
from bot.values import Customer, Entry, Incoming, State
from bot.view import state_for_customer
from bot.web.errors import told
from bot.web.limits import Buckets, home
from bot.web.saying import wished_words
from bot.web.schemas import BodyRefused, EmailIn, MessageIn, Nothing, RatingIn, parse_body
from bot.web.streams import Event, event_stream
from escalation.errors import EscalationError

blueprint = Blueprint("widget", __name__)
ENTRY_ID = re.compile(r"[0-9]{1,18}-[0-9]{1,18}", re.ASCII)
SHOWN = 400
PAGE = 500
PER_ADDRESS = (50.0, 300)  # requests a second, and at once; a whole office may share one address
PER_CONVERSATION = (2.0, 30)
NEW_SESSIONS = (5.0, 100)


@blueprint.errorhandler(TokenInvalid)
def no_token(error: TokenInvalid) -> Response:
    """Say that a token opens nothing."""
    return told(401, error.code, str(error))


@blueprint.errorhandler(BodyRefused)
def no_body(error: BodyRefused) -> Response:
    """Say what is wrong with a body."""
    return told(400, "malformed", str(error))


@blueprint.post("/widget/session")
def session() -> ResponseReturnValue:
    """Begin a conversation, or come back to the one of an old token."""
    services = _services()
    limit("widget-session", *NEW_SESSIONS)
    parse_body(Nothing, request)
    now = services.clock()
    conversation = _remembered(services, now)
    if conversation is None:
        conversation = "w" + secrets.token_hex(15)
        came_with = Customer(locale=_wished_language(services))
        services.conversations.begin(conversation, "widget", came_with, now)
    state = services.conversations.load(conversation, recent=SHOWN)
    return jsonify(
        token=_tokens(services).issue(conversation, now),
        expires_at=now + VALID_S * 1000,
        conversation=conversation,
        state=_state(services, conversation),
        entries=_rows(state.recent),
        welcome=welcome(services, state),
    )


@blueprint.post("/widget/messages")
def message() -> ResponseReturnValue:
    """Take one message and answer with what the bot says to it."""
    services = _services()
    conversation = whose(services)
    body = parse_body(MessageIn, request)
    turn = handle_message(
        services,
        Incoming(
            conversation=conversation,
            event_id=body.event_id,
            text=body.text,
            fingerprint=hashlib.sha256(body.text.encode()).hexdigest(),
            channel="widget",
            received_ms=services.clock(),
        ),
    )
    return jsonify(
        message_id=turn.message_id,
        replies=[reply.to_row() for reply in turn.replies],
        state=_state(services, conversation),
    )


@blueprint.get("/widget/messages")
def messages() -> ResponseReturnValue:
    """Give the entries after a message id, for when there is no stream."""
    services = _services()
    conversation = whose(services)
    after = _entry_id(request.args.get("after", ""))
    entries = services.conversations.entries(conversation, after, PAGE)
    state = _state(services, conversation)
    return jsonify(entries=_rows(entries), state=state)


@blueprint.get("/widget/stream")
def stream() -> ResponseReturnValue:
    """Give entries, state and typing as they come, from the header Last-Event-ID on."""
    services = _services()
    token = _bearer()
    conversation = whose(services)
    ear = _Ear(
        services, conversation, _entry_id(request.headers.get("Last-Event-ID", "")), wished_words()
    )
    tokens = _tokens(services)

    def allowed() -> bool:
        try:
            tokens.read(token, services.clock())
        except TokenInvalid:
            return False
        return True

    live = services.live
    return event_stream(live, lambda: live.subscribe(conversation), ear.hear, allowed)


@blueprint.post("/widget/typing")
def typing() -> ResponseReturnValue:
    """Tell the desk that the customer writes; nothing is stored."""
    services = _services()
    conversation = whose(services)
    parse_body(Nothing, request)
    services.live.typing(conversation, "customer")
    return jsonify(told=True)


@blueprint.post("/widget/email")
def email() -> ResponseReturnValue:
    """Keep the address to answer to."""
    services = _services()
    conversation = whose(services)
    body = parse_body(EmailIn, request)
    customer.leave_email(services, conversation, body.email)
    return jsonify(state=_state(services, conversation))


@blueprint.post("/widget/rating")
def rating() -> ResponseReturnValue:
    """Keep a rating once; a second one is not kept, and `saved` says so."""
    services = _services()
    conversation = whose(services)
    body = parse_body(RatingIn, request)
    asked = bool(_state(services, conversation)["can_rate"])
    if asked:
        customer.rate(services, conversation, body.score, body.comment)
    return jsonify(saved=asked, state=_state(services, conversation))


@blueprint.post("/widget/cancel")
def cancel() -> ResponseReturnValue:
    """Stop waiting for a person; `cancelled` is false when somebody has already taken it."""
    services = _services()
    conversation = whose(services)
    parse_body(Nothing, request)
    cancelled = customer.cancel_waiting(services, conversation)
    return jsonify(cancelled=cancelled, state=_state(services, conversation))


class _Ear:
    """What one stream has sent, and what it has to send next."""

    def __init__(self, services: Services, conversation: str, last_id: str, words: Words) -> None:
        self._services = services
        self._conversation = conversation
        self._last_id = last_id
        self._words = words
        self._state: dict[str, Any] = {}

    def hear(self, wake: Wake) -> Iterator[Event]:
        """Give typing, then new entries, then the state if it is another."""
        for one in wake.typing:
            if one["author"] == "agent":
                yield Event("typing", {"author": "agent", "name": one["name"]})
        if wake.typing and not wake.conversations:
            return
        yield from self._entries()  # at every ping, too: a wake may be lost, an entry may not
        if wake.conversations or self._state.get("holder") != "bot":
            yield from self._changed_state()

    def _entries(self) -> Iterator[Event]:
        while True:
            found = self._services.conversations.entries(self._conversation, self._last_id, PAGE)
            for entry in found:
                self._last_id = entry.id
                if entry.audience == "all":
                    yield Event("entry", entry.for_customer(), entry.id)
            if len(found) < PAGE:
                return

    def _changed_state(self) -> Iterator[Event]:
        state = state_for_customer(self._services, self._conversation, self._words)
        if state != self._state:
            self._state = state
            yield Event("state", state)


def shop_name(services: Services) -> str:
    """Give the shop's name from the pack's facts, or a plain word while there is no store."""
    try:
        facts: Any = services.packs.live().pack.facts
        return str(facts["shop"]["name"])
    except (BotError, EscalationError, RedisError, KeyError, TypeError):
        return "Support"


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services


def _tokens(services: Services) -> Tokens:
    """Give the reader of tokens; its key is asked of the store once per process."""
    found: Tokens | None = current_app.extensions.get("attune_tokens")
    if found is None:
        found = current_app.extensions["attune_tokens"] = Tokens(secret(services.redis))
    return found


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def whose(services: Services) -> str:
    """Give the conversation this request's token opens; raises TokenInvalid, TooManyRequests."""
    limit("widget", *PER_ADDRESS)
    conversation = _tokens(services).read(_bearer(), services.clock())
    limit("widget", *PER_CONVERSATION, key=conversation)
    return conversation


def _remembered(services: Services, now_ms: int) -> str | None:
    """Give the conversation of an old token, if it is still there."""
    try:
        conversation = _tokens(services).read(_bearer(), now_ms, renewing=True)
    except TokenInvalid:
        return None
    return conversation if services.conversations.exists(conversation) else None


def limit(what: str, per_second: float, burst: int, *, key: str = "") -> None:
    """Count a request of a key, else of its address; raises TooManyRequests."""
    buckets: Buckets = current_app.extensions["attune_limits"]
    wait = buckets.take(f"{what}:{key or home(request.remote_addr)}", per_second, burst)
    if wait:
        raise TooManyRequests(retry_after=max(1, round(wait)))


def _wished_language(services: Services) -> str:
    """Give the one of the pack's languages that the browser asks for, nothing if it has but one."""
    languages = services.packs.live().pack.languages
    if len(languages) == 1:
        return ""
    asked = (one.split("-")[0].lower() for one in request.accept_languages.values())
    return next((one for one in asked if one in languages), "")


def welcome(services: Services, state: State) -> dict[str, Any]:
    """Give what a conversation begins with: text and quick answers."""
    live = services.packs.live()
    language = usual_language(state, live.pack.languages)
    said = live.replies.render("welcome", "calm", {}, language=language, seed=state.id)
    quick = [{"text": text, "payload": ""} for text in said.follow_ups]
    return {"text": said.text, "quick_replies": quick}


def _state(services: Services, conversation: str) -> dict[str, Any]:
    return state_for_customer(services, conversation, wished_words())


def _rows(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    return [entry.for_customer() for entry in entries if entry.audience == "all"]


def _entry_id(given: str) -> str:
    if given and not ENTRY_ID.fullmatch(given):
        raise BodyRefused("`after` is not a message id; leave it out or send one that you got.")
    return given
