"""The bodies of outgoing webhooks as JSON Schema, for OpenAPI and for the documents."""

from __future__ import annotations

from typing import Any, NamedTuple

from bot.outgoing.events import KINDS
from escalation.targets import CLOCKS
from escalation.ticket import PRIORITIES

Json = dict[str, Any]
MAYBE_TEXT: Json = {"type": ["string", "null"]}
CODES: Json = {"type": "array", "items": {"type": "string"}}
QUICK: Json = {"type": "object", "properties": {"text": MAYBE_TEXT, "payload": MAYBE_TEXT}}
CUSTOMER: Json = dict.fromkeys(("id", "name", "email", "locale"), MAYBE_TEXT)
SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")


class Field(NamedTuple):
    """What a field holds."""

    schema: Json
    meaning: str


FIELDS: dict[str, Field] = {
    "conversation": Field({"type": "string"}, "our id of the conversation"),
    "channel": Field(MAYBE_TEXT, "the way in: `widget`, or a channel's name"),
    "external": Field(
        MAYBE_TEXT,
        "the channel's own id of the conversation; of a Twilio channel only with words, "
        "since it is a phone number",
    ),
    "message": Field({"type": "string"}, "id of the message or note, as polled"),
    "event_id": Field(MAYBE_TEXT, "the sender's own id of the message"),
    "intent": Field(MAYBE_TEXT, "what the customer wants; null when it was not understood"),
    "escalate": Field({"type": "boolean"}, "whether this message brought a person"),
    "reasons": Field(CODES, "codes of why a person is needed, the main one first"),
    "turn": Field(
        MAYBE_TEXT,
        "id of the customer's message it answers, and in whose answer it stood; null for what the "
        "bot says unasked",
    ),
    "template": Field(MAYBE_TEXT, "which reply of the pack it was"),
    "agent": Field(MAYBE_TEXT, "the agent's id; of an expired or released one, who had it"),
    "from_agent": Field(MAYBE_TEXT, "id of the agent who handed it on"),
    "ticket": Field({"type": "string"}, "the ticket's id"),
    "priority": Field({"enum": [*PRIORITIES, None]}, "how pressing it is"),
    "due_at": Field(
        {"type": ["string", "null"], "format": "date-time"}, "when somebody should have answered"
    ),
    "clock": Field({"enum": [*CLOCKS]}, "which one: `first_reply`, `next_reply`, `resolution`"),
    "clock_due_at": Field({"type": "string", "format": "date-time"}, "when that clock runs out"),
    "stuck": Field({"type": "boolean"}, "whether this was at least the third time"),
    "outcome": Field(MAYBE_TEXT, "how it ended: `resolved`, `handed_back`, `customer_withdrew`"),
    "score": Field({"type": "integer", "minimum": 1, "maximum": 5}, "from 1 to 5"),
    "text": Field(MAYBE_TEXT, "what was written"),
    "quick_replies": Field(
        {"type": ["array", "null"], "items": QUICK}, "buttons: `text`, `payload`"
    ),
    "name": Field(MAYBE_TEXT, "the agent's first name"),
    "customer": Field(
        {"type": ["object", "null"], "properties": CUSTOMER}, "`id`, `name`, `email`, `locale`"
    ),
    "email": Field(MAYBE_TEXT, "the address"),
    "comment": Field(MAYBE_TEXT, "the sentence beside the rating"),
}


def schema_of(kind: str) -> Json:
    """Give the JSON Schema of one event's body; receivers must bear new fields."""
    found = KINDS[kind]
    names = (*found.fields, *found.words)
    return {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": kind},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": {
                "type": "object",
                "required": [*names],
                "properties": {
                    name: {**FIELDS[name].schema, "description": FIELDS[name].meaning}
                    for name in names
                },
            },
        },
    }


def webhooks() -> Json:
    """Give OpenAPI's `webhooks`: what Attune sends to the endpoints that admins add."""
    headers = [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
        for name in SIGNED
    ]
    return {
        kind: {
            "post": {
                "summary": found.when,
                "parameters": headers,
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": schema_of(kind)}},
                },
                "responses": {
                    "2XX": {"description": "Taken; it is not sent again."},
                    "410": {"description": "Gone; nothing more is sent here."},
                    "default": {"description": "Sent again later, with the same webhook-id."},
                },
            }
        }
        for kind, found in KINDS.items()
    }
