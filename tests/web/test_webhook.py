"""The signed channel: what is accepted, what is refused, and that a repeat changes nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from bot.desk import Desk
from bot.people import Person
from bot.services import Services
from bot.signing import sign
from bot.web.limits import Buckets
from bot.web.webhook import conversation_id

Post = Callable[..., TestResponse]


@pytest.fixture
def secret(services: Services) -> str:
    return services.channels.add("crm")


@pytest.fixture
def post(client: FlaskClient, secret: str) -> Post:
    """Give a channel that signs and sends; every part can be spoiled."""

    def send(body: Any = None, event_id: str = "e1", **spoiled: Any) -> TestResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body or hello()).encode()
        timestamp = str(spoiled.get("timestamp", int(time.time())))
        signature = spoiled.get("signature") or sign(secret, event_id, timestamp, raw)
        headers = {
            "attune-channel": spoiled.get("channel", "crm"),
            "webhook-id": event_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature,
            "content-type": spoiled.get("content_type", "application/json"),
        }
        for name in spoiled.get("without", ()):
            del headers[name]
        return client.post("/webhook/messages", data=raw, headers=headers)

    return send


def hello(**over: Any) -> dict[str, Any]:
    return {"conversation": "A-1", "text": "do you ship to norway?", **over}


def test_answers_with_the_turn(post: Post) -> None:
    """A signed message gets its Turn: replies, reading, no ticket."""
    body = post().get_json()
    assert body["conversation"] == "A-1"
    assert body["reading"]["intent"] == "shipping_international"
    assert body["replies"][0]["text"]
    assert {"text", "payload"} == set(body["replies"][0]["quick_replies"][0])
    assert (body["escalated"], body["ticket"], body["reasons"]) == (False, None, [])


def test_escalation_in_the_answer(post: Post) -> None:
    """An escalating turn names the ticket and its reasons, and the next one still does."""
    first = post(hello(text="get me a human")).get_json()
    second = post(hello(text="hello?"), "e2").get_json()
    assert first["escalated"]
    assert first["ticket"]
    assert second["ticket"] == first["ticket"]
    assert second["replies"] == []
    assert second["reasons"] == first["reasons"]


def test_repeat_gives_the_same_answer(post: Post) -> None:
    """The same id and body again: the same Turn, marked; another body: 422."""
    first, second = post(), post()
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.get_json() == first.get_json()
    assert post(hello(text="other")).status_code == 422


@pytest.mark.parametrize(
    "spoiled",
    [
        {"channel": "nobody"},
        {"signature": "v1,AAAA"},
        {"signature": "nonsense é"},
        {"timestamp": 1},
        {"timestamp": "soon"},
        {"without": ["webhook-signature"]},
        {"without": ["webhook-id"]},
        {"without": ["attune-channel"]},
        {"event_id": "a.b"},
    ],
)
def test_unsigned_is_refused(post: Post, services: Services, spoiled: dict[str, Any]) -> None:
    """Any doubt about the signature is a 401, and nothing is stored."""
    answer = post(**spoiled)
    assert answer.status_code == 401
    assert answer.get_json()["error"]["code"] == "not_signed"
    assert not services.conversations.exists(conversation_id("crm", "A-1"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b'{"conversation": "A", "text": "a", "text": "b"}', 400),
        (b'{"conversation": "A", "text": NaN}', 400),
        (b"\xff\xfe", 400),
        (b'{"conversation": "A", "text": "\\ud800"}', 400),
        (b'{"conversation": "A", "text": "a\\u0000b"}', 400),
        (b'{"conversation": 7, "text": "hi"}', 400),
        (b'{"conversation": "A"}', 400),
        (b'{"conversation": "A", "text": "   "}', 400),
        (b'{"conversation": "", "text": "hi"}', 400),
        (json.dumps({"conversation": "A", "text": "x" * 5_000}).encode(), 400),
        (json.dumps({"conversation": "A" * 201, "text": "hi"}).encode(), 400),
        (b"[" * 10_000, 400),
        (b"x" * 1_000_000, 413),
    ],
)
def test_bad_bodies(post: Post, body: bytes, status: int) -> None:
    """Bad input gets its 4xx with a sentence, never a 5xx."""
    answer = post(body)
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"]


def test_other_types_are_415(post: Post) -> None:
    """What is not JSON is refused as such."""
    assert post(content_type="text/plain").status_code == 415


def test_the_standard_librarys_signature(post: Post, secret: str) -> None:
    """What the Standard Webhooks library signs is accepted, and it accepts what we sign."""
    raw, now = json.dumps(hello()), datetime.now(tz=UTC)
    signed = Webhook(secret).sign("e1", now, raw)
    timestamp = int(now.timestamp())
    assert signed == sign(secret, "e1", str(timestamp), raw.encode())
    assert post(raw.encode(), signature=signed, timestamp=timestamp).status_code == 200


def test_rotated_secret(client: FlaskClient, services: Services, secret: str) -> None:
    """During a rotation both secrets are good."""
    services.channels.rotate("crm")
    raw, timestamp = json.dumps(hello()).encode(), str(int(time.time()))
    for number, one in enumerate([secret, services.channels.secrets("crm")[0]]):
        headers = {
            "attune-channel": "crm",
            "webhook-id": f"r{number}",
            "webhook-timestamp": timestamp,
            "webhook-signature": f"v1,AAAA {sign(one, f'r{number}', timestamp, raw)}",
        }
        answer = client.post(
            "/webhook/messages", data=raw, headers=headers, content_type="application/json"
        )
        assert answer.status_code == 200


def polled(client: FlaskClient, secret: str, query: str) -> TestResponse:
    timestamp = str(int(time.time()))
    headers = {
        "attune-channel": "crm",
        "webhook-id": "p1",
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(secret, "p1", timestamp, b""),
    }
    return client.get(f"/webhook/messages?{query}", headers=headers)


def test_polling(client: FlaskClient, post: Post, secret: str) -> None:
    """A channel that polls gets what was said after an id, and an empty list for the unknown."""
    post()

    def ask(query: str) -> TestResponse:
        return polled(client, secret, query)

    found = ask("conversation=A-1").get_json()
    assert [one["author"] for one in found["messages"]] == ["bot"]
    assert ask(f"conversation=A-1&after={found['last']}").get_json()["messages"] == []
    assert ask("conversation=never").get_json()["messages"] == []
    assert ask("conversation=A-1&after=yesterday").status_code == 400


def test_too_fast(client: FlaskClient, post: Post, app: Any) -> None:
    """Over the channel's limit the answer is 429 with when to come back."""
    limits = app.extensions["attune_limits"] = Buckets(lambda: 0.0)  # no time goes by
    for _ in range(250):
        limits.take("crm", 50, 200)
    answer = post()
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_polling_names_no_agent_by_id(
    client: FlaskClient, post: Post, secret: str, services: Services
) -> None:
    """A channel may pass on what it polls, so that it gets a first name and nothing else."""
    ticket_id = post(hello(text="let me talk to a human")).get_json()["ticket"]
    conversation = ticket_id.rpartition("#")[0]
    services.relay.carry_for(conversation)
    ana = Person("5870e6a284d9", "ana@example.com", "Ana Lima", "agent")
    ticket = Desk(services).claim(ana, ticket_id, "op1")
    Desk(services).reply(ana, conversation, ticket.token, "Hello, Ana here.", "op2")
    answer = polled(client, secret, "conversation=A-1").get_json()
    (said,) = [one for one in answer["messages"] if one["author"] == "agent"]
    assert (said["text"], said["name"]) == ("Hello, Ana here.", "Ana")
    assert set(said) == {"id", "kind", "at", "author", "text", "name"}
