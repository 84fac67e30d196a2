"""OpenAPI 3.1 of the public JSON addresses, written from the schemas that check requests."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from bot import __version__
from bot.outgoing.schemas import webhooks
from bot.web.own_card import CardIn
from bot.web.schemas import Body, EmailIn, MessageIn, Nothing, RatingIn, WebhookMessage

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
MAYBE_TEXT: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": "number"}
QUICK_REPLIES: Json = {
    "type": "array",
    "items": {"type": "object", "properties": {"text": TEXT, "payload": TEXT}},
}
SCORES: Json = {"type": "object", "additionalProperties": NUMBER}
WIDGET: list[dict[str, list[str]]] = [{"widget": []}]
CHANNEL: list[dict[str, list[str]]] = [{"channel": []}]
STAFF_ONLY: list[dict[str, list[str]]] = [{"session": []}]
STAFF = ("console.", "workshop.do.", "workshop.versions.publish")
NOT_JSON = frozenset(
    {
        *("console.desk", "console.stream"),
        *("workshop.do.create", "workshop.do.remove", "workshop.do.drop"),
    }
)
SIGNED = ("attune-channel", "webhook-id", "webhook-timestamp", "webhook-signature")


def describe(app: Flask | None = None) -> Json:
    """Give the OpenAPI document; with an app, the staff's JSON addresses stand in it, too."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Attune",
            "version": __version__,
            "description": "A support chatbot that knows when to stop being a bot.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": _paths() | (_staff_paths(app) if app else {}),
        "webhooks": webhooks(),
        "components": {
            "schemas": _schemas(),
            "responses": {"Error": _answer("What went wrong and what to do.", _ref("Error"))},
            "securitySchemes": {
                "widget": {"type": "http", "scheme": "bearer"},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "attune",
                    "description": "A signed-in session; changes also need X-CSRF-Token.",
                },
                "channel": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "webhook-signature",
                    "description": "Standard Webhooks v1 over webhook-id.webhook-timestamp.body.",
                },
            },
        },
    }


def _paths() -> Json:
    signed = [_parameter(name, "header", required=True) for name in SIGNED]
    entries = {"type": "object", "properties": {"entries": _list("Entry"), "state": _ref("State")}}
    said = {"type": "object", "properties": {"conversation": TEXT, "messages": _list("Entry")}}
    state = {"type": "object", "properties": {"state": _ref("State")}}
    line = _object(id=TEXT, kind=TEXT, text=TEXT, word=TEXT)
    card = _object(lines={"type": "array", "items": line})
    sent = {
        "type": "object",
        "properties": {
            **{"message_id": TEXT, "replies": _list("Reply"), "state": _ref("State")},
        },
    }
    return {
        "/webhook/messages": {
            "post": _call("Hand in one message", "WebhookMessage", _ref("Turn"), CHANNEL, signed),
            "get": _call(
                *("What bot and agents said since", None, said, CHANNEL),
                [*signed, _parameter("conversation", "query"), _parameter("after", "query")],
            ),
        },
        "/widget/session": {"post": _call("Begin or come back", "Nothing", _ref("Session"))},
        "/widget/messages": {
            "post": _call("Send one message", "MessageIn", sent, WIDGET),
            "get": _call(
                "Entries since a message", None, entries, WIDGET, [_parameter("after", "query")]
            ),
        },
        "/widget/typing": {"post": _call("The customer writes", "Nothing", {}, WIDGET)},
        "/widget/email": {"post": _call("Leave an address", "EmailIn", state, WIDGET)},
        "/widget/rating": {"post": _call("Rate the help", "RatingIn", state, WIDGET)},
        "/widget/cancel": {"post": _call("Stop waiting", "Nothing", state, WIDGET)},
        "/widget/card": {
            "get": _call("The lines a waiting customer can check", None, card, WIDGET),
            "post": _call("Confirm, correct or leave out lines", "CardIn", card, WIDGET),
        },
        "/healthz": {"get": _call("Alive", None, {"type": "object"})},
        "/readyz": {"get": _call("Redis and model are ready", None, {"type": "object"})},
    }


def _staff_paths(app: Flask) -> Json:
    """Describe what desk and workshop ask for as JSON, from the routes and their docstrings."""
    found: Json = {}
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith(STAFF) or rule.endpoint in NOT_JSON:
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        doc = app.view_functions[rule.endpoint].__doc__ or ""
        given = [_parameter(name, "path", required=True) for name in sorted(rule.arguments)]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            call = _call(doc.partition("\n")[0], None, {"type": "object"}, STAFF_ONLY, given)
            found.setdefault(path, {})[method.lower()] = call
    return found


def _call(
    summary: str,
    body: str | None,
    answer: Json,
    security: list[dict[str, list[str]]] | None = None,
    parameters: list[Json] | None = None,
) -> Json:
    call: Json = {
        "summary": summary,
        "responses": {
            "200": _answer("Done.", answer),
            "4XX": {"$ref": "#/components/responses/Error"},
            "503": {"$ref": "#/components/responses/Error"},
        },
    }
    if body:
        call["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _ref(body)}},
        }
    if security:
        call["security"] = security
    if parameters:
        call["parameters"] = parameters
    return call


def _schemas() -> Json:
    bodies: tuple[type[Body], ...] = (
        WebhookMessage,
        MessageIn,
        EmailIn,
        RatingIn,
        CardIn,
        Nothing,
    )
    found: Json = {}
    for body in bodies:
        schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
        found |= schema.pop("$defs", {})
        found[body.__name__] = schema
    return found | {
        "Error": _object(
            error=_object(code=TEXT, message=TEXT, field=MAYBE_TEXT),
        ),
        "Reading": _object(
            text=TEXT,
            intent=MAYBE_TEXT,
            confidence=NUMBER,
            ranking={"type": "array", "items": _object(intent=TEXT, confidence=NUMBER)},
            sentiment=TEXT,
            sentiment_scores=SCORES,
            emotion=TEXT,
            emotion_scores=SCORES,
            frustration=NUMBER,
            urgency=NUMBER,
            vulnerable=NUMBER,
            language=TEXT,
        ),
        "Reason": _object(
            code=TEXT,
            sentence=TEXT,
            rule=TEXT,
            evidence={
                "type": "array",
                "items": _object(
                    turn={"type": "integer"},
                    span={"type": "array", "items": {"type": "integer"}},
                    text=TEXT,
                ),
            },
            score={"type": ["number", "null"]},
            limit={"type": ["number", "null"]},
        ),
        "Reply": _object(id=TEXT, text=TEXT, quick_replies=QUICK_REPLIES),
        "Turn": _object(
            conversation=TEXT,
            message_id=TEXT,
            replies=_list("Reply"),
            escalated={"type": "boolean"},
            ticket=MAYBE_TEXT,
            reading={"anyOf": [_ref("Reading"), {"type": "null"}]},
            reasons=_list("Reason"),
        ),
        "Entry": {"type": "object", "properties": {"id": TEXT, "kind": TEXT, "at": NUMBER}},
        "State": {"type": "object", "properties": {"holder": TEXT, "ticket": MAYBE_TEXT}},
        "Session": _object(
            token=TEXT,
            expires_at=NUMBER,
            conversation=TEXT,
            state=_ref("State"),
            entries=_list("Entry"),
            welcome={"type": "object"},
        ),
    }


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": [*properties]}


def _list(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parameter(name: str, place: str, *, required: bool = False) -> Json:
    return {"name": name, "in": place, "required": required, "schema": TEXT}
