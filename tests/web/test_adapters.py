"""Slack-style and Twilio-style channels: the same durable way in, answered as each side wants."""

from __future__ import annotations

import json
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot import keys
from bot.channels import ChannelExists, ChannelGone, WrongSecret
from bot.errors import TurnPending
from bot.services import Services
from bot.signing import sign
from bot.sweep import sweep
from bot.values import BotReply, Entry, Turn
from bot.web import adapted
from bot.web.adapters.twilio import Twilio
from bot.web.adapters.twilio import sign as twilio_sign
from bot.web.webhook import conversation_id
from tests.conftest import Clock
from tests.web.test_signatures import slack_sign

GIVEN = "0123456789abcdef"
SLACK, TWILIO = "/webhook/channels/team", "/webhook/channels/sms"
Send = Callable[..., TestResponse]


@pytest.fixture
def slack(client: FlaskClient, services: Services) -> Send:
    """Give a Slack that signs and sends; every part can be spoiled."""
    services.channels.add("team", "slack", GIVEN)
    services.reader.read("ready?", services.packs.live().head)  # as each worker does first

    def send(row: Any, **spoiled: Any) -> TestResponse:
        body = row if isinstance(row, bytes) else json.dumps(row).encode()
        at = str(spoiled.get("at", int(time.time())))
        headers = {
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": spoiled.get("signature")
            or slack_sign(spoiled.get("secret", GIVEN), at, body),
        }
        url = spoiled.get("url", SLACK)
        return client.post(url, data=body, headers=headers, content_type="application/json")

    return send


def message(text: str = "do you ship to norway?", **over: Any) -> dict[str, Any]:
    """Give the event of a direct message as Slack sends it."""
    event = {
        **{"type": "message", "channel": "D1", "channel_type": "im", "user": "U1"},
        **{"text": text, "ts": "1700000000.000100"},
        **over,
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}


def said(services: Services, channel: str, external: str) -> list[Entry]:
    """Wait until the conversation has its turn, and give its messages."""
    name = conversation_id(channel, external)
    until = time.monotonic() + 30
    while services.redis.exists(keys.inbox(name)):
        assert time.monotonic() < until
        time.sleep(0.01)
    return [one for one in services.conversations.entries(name) if one.kind == "message"]


def test_slack_is_answered_at_once_and_the_turn_taken(slack: Send, services: Services) -> None:
    """200 after the durable write; the bot's words are there a moment later, for whoever polls."""
    answer = slack(message())
    assert (answer.status_code, answer.data) == (200, b"")
    customer, bot = said(services, "team", "T1:D1")
    assert customer.data["text"] == "do you ship to norway?"
    assert (customer.data["author"], bot.data["author"]) == ("customer", "bot")
    state = services.conversations.load(conversation_id("team", "T1:D1"))
    assert (state.channel, state.external, state.customer.id) == ("team", "T1:D1", "U1")


def test_slack_answers_before_the_turn(
    slack: Send, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However slow the model is, Slack is answered; a process that dies leaves it to another."""
    died = threading.Event()  # with the lock in its hand
    monkeypatch.setattr(adapted, "take_turns", lambda *_: died.set())
    begun = time.monotonic()
    assert slack(message()).status_code == 200
    assert time.monotonic() - begun < 3
    assert died.wait(30)
    name = conversation_id("team", "T1:D1")
    assert services.conversations.oldest(name)
    services.redis.delete(keys.lock(name))
    sweep(replace(services, clock=Clock(services.clock() + 60_000)))
    assert len(said(services, "team", "T1:D1")) == 2


def test_the_challenge_is_answered(slack: Send) -> None:
    """Setting the address up in Slack works, only signed."""
    row = {"type": "url_verification", "challenge": "3eZbrw1aBm2rZgRNFdxV"}
    assert slack(row).data == b"3eZbrw1aBm2rZgRNFdxV"
    assert slack(row, secret="another secret").status_code == 401


def test_repeats_of_slack_do_nothing(slack: Send, services: Services) -> None:
    """A retry, and the second event of a mention in a channel, are the same message."""
    slack(message())
    said(services, "team", "T1:D1")
    assert slack(message()).status_code == 200
    again = message(type="app_mention") | {"event_id": "Ev2"}
    assert slack(again).status_code == 200
    assert len(said(services, "team", "T1:D1")) == 2


@pytest.mark.parametrize(
    "row",
    [
        message(bot_id="B1"),
        message(subtype="bot_message"),
        message(subtype="message_changed"),
        message(subtype="message_deleted"),
        message(hidden=True),
        message(user=""),
        message(text="   "),
        message(ts=""),
        message(type="reaction_added"),
        {"type": "event_callback", "event": "no object"},
        {"type": "app_rate_limited"},
        {},
    ],
)
def test_what_no_person_wrote_is_ignored(slack: Send, services: Services, row: Any) -> None:
    """Bots, this one's own messages, edits and other events are answered 200 and not stored."""
    assert slack(row).status_code == 200
    assert services.redis.keys("attune:{b*") == []


@pytest.mark.parametrize(
    ("event", "external"),
    [
        ({}, "T1:D1"),
        ({"channel_type": "channel", "channel": "C1"}, "T1:C1:1700000000.000100"),
        (
            {"channel_type": "channel", "channel": "C1", "thread_ts": "1690000000.1"},
            "T1:C1:1690000000.1",
        ),
    ],
)
def test_a_thread_is_a_conversation(
    slack: Send, services: Services, event: dict[str, Any], external: str
) -> None:
    """A direct talk is one conversation; in a channel every thread is one."""
    slack(message(**event))
    assert len(said(services, "team", external)) == 2


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("<@U0BOT> where is my order &amp; my refund?", "where is my order & my refund?"),
        ("see <https://a.example/x|this page> &lt;b&gt;", "see https://a.example/x <b>"),
        ("mail <mailto:r@example.com|r@example.com> in <#C1|help>", "mail r@example.com in help"),
        ("a\x00b\ud800c", "abc"),
        ("x" * 5_000, "x" * 3_999 + "…"),
    ],
)
def test_slacks_marks_are_read(slack: Send, services: Services, sent: str, read: str) -> None:
    """The text is what a person typed; what no store keeps goes, what is too long is cut."""
    slack(message(sent))
    assert said(services, "team", "T1:D1")[0].data["text"] == read


def test_a_picture_alone_is_answered(slack: Send, services: Services) -> None:
    """The bot says that it reads words only."""
    slack(message("", files=[{"id": "F1"}], subtype="file_share"))
    customer, bot = said(services, "team", "T1:D1")
    assert customer.data["text"] == "🖼"
    assert "chat_empty" in bot.data["template"]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"signature": "v0=00"},
        {"signature": "v0=é"},
        {"secret": "another secret"},
        {"at": int(time.time()) - 400},
        {"at": "soon"},
        {"url": "/webhook/channels/nobody"},
        {"url": "/webhook/channels/crm"},
        {"url": TWILIO},
    ],
)
def test_unsigned_slack_is_refused(
    slack: Send, services: Services, spoiled: dict[str, Any]
) -> None:
    """Any doubt is the usual 401, and nothing is stored."""
    services.channels.add("crm")
    services.channels.add("sms", "twilio", GIVEN)
    answer = slack(message(), **spoiled)
    assert answer.status_code == 401
    assert answer.get_json()["error"]["code"] == "not_signed"
    assert services.redis.keys("attune:{b*") == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 100_000, b'{"event": NaN'])
def test_bad_bodies_of_slack(slack: Send, body: bytes) -> None:
    """What is signed but cannot be read is a 400, never a 5xx."""
    assert slack(body).status_code == 400
    assert slack(b"x" * 400_000).status_code == 413


def test_a_full_pool_leaves_the_turn_to_a_sweeper(
    slack: Send, services: Services, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack is answered even then, and the lock is free."""
    monkeypatch.setattr(app.extensions["attune_aside"], "soon", lambda _: False)
    assert slack(message()).status_code == 200
    name = conversation_id("team", "T1:D1")
    assert not services.redis.exists(keys.lock(name))
    assert services.conversations.oldest(name)


@pytest.fixture
def twilio(client: FlaskClient, services: Services) -> Send:
    """Give a Twilio that signs and sends; every part can be spoiled."""
    services.channels.add("sms", "twilio", GIVEN)

    def send(form: dict[str, str], **spoiled: Any) -> TestResponse:
        url = spoiled.get("url", f"http://localhost{TWILIO}")
        signature = spoiled.get("signature") or twilio_sign(
            spoiled.get("secret", GIVEN), url, list(form.items())
        )
        return client.post(
            spoiled.get("to", TWILIO),
            data=spoiled.get("body", urlencode(form)),
            headers={"X-Twilio-Signature": signature, **spoiled.get("headers", {})},
            content_type="application/x-www-form-urlencoded",
        )

    return send


def sms(text: str = "do you ship to norway?", **over: str) -> dict[str, str]:
    return {
        **{"MessageSid": "SM0123456789", "From": "+4912345", "To": "+18005551212"},
        **{"Body": text, "NumMedia": "0"},
        **over,
    }


def messages(answer: TestResponse) -> list[str]:
    """Give what a phone would show."""
    assert answer.status_code == 200
    assert answer.mimetype == "text/xml"
    root = ET.fromstring(answer.get_data(as_text=True))  # noqa: S314 - our own answer
    assert root.tag == "Response"
    return [one.text or "" for one in root.iter("Message")]


def test_twilio_is_answered_with_the_replies(twilio: Send, services: Services) -> None:
    """The Turn comes back as TwiML; the conversation is the pair of numbers."""
    (text,) = messages(twilio(sms(ProfileName="Robin Marsh")))
    assert text
    customer, bot = said(services, "sms", "+4912345/+18005551212")
    assert bot.data["text"] == text
    assert customer.data["event_id"] == "SM0123456789"
    state = services.conversations.load(conversation_id("sms", "+4912345/+18005551212"))
    assert (state.customer.name, state.customer.id) == ("Robin Marsh", "+4912345")


def test_twilio_again_gives_the_same_and_writes_nothing(twilio: Send, services: Services) -> None:
    """`MessageSid` is the idempotency key."""
    first = messages(twilio(sms()))
    assert messages(twilio(sms())) == first
    assert len(said(services, "sms", "+4912345/+18005551212")) == 2
    assert twilio(sms("something else")).status_code == 422


def test_a_person_holds_it(twilio: Send) -> None:
    """While an agent or the queue has the conversation the bot is silent."""
    assert messages(twilio(sms("let me talk to a human")))
    assert messages(twilio(sms("hello?", MessageSid="SM2"))) == []


def test_twiml_is_escaped() -> None:
    """No text becomes markup, and no character breaks XML."""
    odd = 'a <b> & "c" ]]> \x00\x08\x1b\ufffe 🙂 </Message><Redirect>x</Redirect>'
    turn = Turn("c", "1-1", (BotReply(odd), BotReply("two")), False, None, None, ())
    root = ET.fromstring(Twilio().say(turn).body)  # noqa: S314 - our own answer
    first, second = root
    assert first.text == 'a <b> & "c" ]]>  🙂 </Message><Redirect>x</Redirect>'
    assert (second.text, len(first)) == ("two", 0)


def test_a_turn_that_takes_too_long_is_safe(
    twilio: Send, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503: the message is safe, and whoever asks again, as the fallback address does, gets it."""

    def pending(services: Services, incoming: Any) -> Turn:
        services.conversations.ingest(incoming)
        raise TurnPending("not ready")

    monkeypatch.setattr(adapted, "handle_message", pending)
    answer = twilio(sms())
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "turn_pending")
    monkeypatch.undo()
    assert messages(twilio(sms()))
    assert not services.conversations.oldest(conversation_id("sms", "+4912345/+18005551212"))


def test_media_alone_is_answered(twilio: Send) -> None:
    """A picture without words gets words; nothing at all gets nothing."""
    assert messages(twilio(sms("", NumMedia="1")))
    assert messages(twilio(sms("", MessageSid="SM3"))) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        {"signature": "AAAA"},
        {"signature": "é"},
        {"secret": "another secret"},
        {"url": "https://evil.example/webhook/channels/sms"},
        {"to": "/webhook/channels/nobody"},
        {"to": TWILIO + "?more=1"},
        {"body": urlencode(sms("changed"))},
        {"body": b"\xff\xfe=1"},
        {"body": "&".join("a=b" for _ in range(500))},
    ],
)
def test_unsigned_twilio_is_refused(
    twilio: Send, services: Services, spoiled: dict[str, Any]
) -> None:
    """Any doubt is the usual 401, and nothing is stored."""
    answer = twilio(sms(), **spoiled)
    assert answer.status_code == 401
    assert answer.get_json()["error"]["code"] == "not_signed"
    assert services.redis.keys("attune:{b*") == []


def test_twilio_without_an_id_is_a_400(twilio: Send) -> None:
    """What is signed but no message is told so."""
    assert twilio({"From": "+49"}).status_code == 400


def test_the_public_address_is_what_is_signed(services: Services, twilio: Send) -> None:
    """Behind a proxy the address of ATTUNE_PUBLIC_URL counts, not the one that came through."""
    known = services.settings.model_copy(update={"public_url": "https://help.example/"})
    object.__setattr__(services, "settings", known)
    assert twilio(sms(), url=f"https://help.example{TWILIO}").status_code == 200
    assert twilio(sms(), url=f"https://help.example:443{TWILIO}").status_code == 200
    assert twilio(sms(MessageSid="SM9")).status_code == 401


@pytest.mark.parametrize(("kind", "url"), [("slack", SLACK), ("twilio", TWILIO)])
def test_they_count_towards_the_limit(
    slack: Send, twilio: Send, app: Flask, kind: str, url: str
) -> None:
    """Over the channel's limit the answer is the usual 429."""
    limits = app.extensions["attune_limits"]
    limits._levels["team" if kind == "slack" else "sms"] = (-1_000.0, time.monotonic())
    answer = slack(message()) if kind == "slack" else twilio(sms())
    assert answer.status_code == 429
    assert answer.get_json()["error"]["code"] == "too_fast"
    assert answer.headers["Retry-After"]


def test_answers_are_polled_with_the_channels_own_secret(
    client: FlaskClient, slack: Send, services: Services
) -> None:
    """What bot and agents say is asked for as on any channel, signed with the secret we gave."""
    slack(message())
    said(services, "team", "T1:D1")
    secret, at = services.channels.secrets("team")[0], str(int(time.time()))
    headers = {
        **{"attune-channel": "team", "webhook-id": "p1", "webhook-timestamp": at},
        "webhook-signature": sign(secret, "p1", at, b""),
    }
    answer = client.get("/webhook/messages?conversation=T1:D1", headers=headers).get_json()
    assert [one["author"] for one in answer["messages"]] == ["bot"]


def test_the_other_sides_secret_rotates(slack: Send, services: Services) -> None:
    """The one before stays good until the next time."""
    services.channels.rotate_given("team", "a new secret of slack")
    assert slack(message(), secret=GIVEN).status_code == 200
    assert slack(message(), secret="a new secret of slack").status_code == 200
    services.channels.rotate_given("team", "an even newer one")
    assert slack(message(), secret=GIVEN).status_code == 401
    kinds = {one.name: one.kind for one in services.channels.all()}
    assert kinds == {"team": "slack"}


def test_wrong_channels_are_explained(services: Services) -> None:
    """A kind needs its secret; a standard channel has no such secret."""
    for given in ("", "short", "x" * 300, "Umlaut ä secret"):
        with pytest.raises(WrongSecret):
            services.channels.add("team", "slack", given)
    services.channels.add("crm")
    with pytest.raises(ChannelExists):
        services.channels.add("crm", "twilio", GIVEN)
    with pytest.raises(WrongSecret):
        services.channels.rotate_given("crm", GIVEN)
    with pytest.raises(ChannelGone):
        services.channels.rotate_given("nobody", GIVEN)
