"""The customer's JSON: what a token opens, what is refused, and that a retry changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis.exceptions import ConnectionError as RedisAway
from werkzeug.test import TestResponse

from bot.desk import Desk
from bot.live import LiveHub, Wake
from bot.services import Services
from bot.tokens import RENEWABLE_S, VALID_S, TokenExpired, TokenInvalid, Tokens
from bot.translations import english
from bot.web import streams, widget
from bot.web.limits import home
from bot.web.streams import Event, event_stream, events
from tests.builders import NOON_MS
from tests.conftest import Clock

HOUR_S = 3600


@dataclass
class Customer:
    """A customer with a widget open."""

    client: FlaskClient
    token: str = ""
    session: dict[str, Any] = field(default_factory=dict)
    sent: int = 0

    def open(self) -> dict[str, Any]:
        """Begin, or come back with the token at hand."""
        answer = self.post("/widget/session", {})
        assert answer.status_code == 200, answer.text
        self.session = answer.get_json()
        self.token = self.session["token"]
        return self.session

    def post(self, path: str, body: Any, **options: Any) -> TestResponse:
        """Send a body with the token; bytes go as they are."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        options.setdefault("content_type", "application/json")
        return self.client.post(path, data=data, headers=headers, **options)

    def get(self, path: str) -> TestResponse:
        """Ask with the token."""
        return self.client.get(path, headers={"Authorization": f"Bearer {self.token}"})

    def say(self, text: str, event_id: str = "") -> TestResponse:
        """Send one message."""
        self.sent += 1
        body = {"event_id": event_id or f"e-{self.sent}", "text": text}
        return self.post("/widget/messages", body)


@dataclass(frozen=True)
class Agent:
    """Somebody at the desk."""

    id: str
    first_name: str


ANA = Agent("ana", "Ana")


@pytest.fixture
def customer(client: FlaskClient) -> Customer:
    made = Customer(client)
    made.open()
    return made


@pytest.fixture
def other(app: Flask) -> Customer:
    made = Customer(app.test_client())
    made.open()
    return made


def refused(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


# ---- sessions and tokens ----


def test_session_begins(customer: Customer, clock: Clock) -> None:
    """A first visit gets a token, an empty log, and a welcome that says it is automated."""
    session = customer.session
    assert session["entries"] == []
    assert session["state"]["holder"] == "bot"
    assert session["expires_at"] == clock.now_ms + VALID_S * 1000
    welcome = session["welcome"]
    assert "automated" in welcome["text"].lower()
    assert "person" in welcome["text"].lower()
    assert {"text", "payload"} == set(welcome["quick_replies"][0])


def test_session_comes_back(customer: Customer) -> None:
    """The old token leads back to the same conversation with everything said so far."""
    customer.say("do you ship to norway?")
    before = customer.session["conversation"]
    session = customer.open()
    assert session["conversation"] == before
    authors = [entry["author"] for entry in session["entries"] if entry["kind"] == "message"]
    assert authors == ["customer", "bot"]


def test_session_renews_an_old_token(customer: Customer, clock: Clock) -> None:
    """A token older than a day no longer sends, but is renewed for thirty days."""
    conversation = customer.session["conversation"]
    clock.advance(25 * HOUR_S)
    assert refused(customer.say("hi")) == (401, "token_expired")
    assert customer.open()["conversation"] == conversation
    assert customer.say("hi").status_code == 200


def test_session_forgets_after_a_month(customer: Customer, clock: Clock) -> None:
    """After thirty days a new conversation begins."""
    conversation = customer.session["conversation"]
    clock.advance(31 * 24 * HOUR_S)
    assert customer.open()["conversation"] != conversation


def test_session_with_a_forged_token(customer: Customer) -> None:
    """A token that is not ours begins a new conversation and opens nothing."""
    conversation = customer.session["conversation"]
    customer.token = customer.token[:-4] + "AAAA"
    assert refused(customer.say("hi")) == (401, "token_invalid")
    assert customer.open()["conversation"] != conversation


def test_no_token(client: FlaskClient) -> None:
    """Without a token nothing but a session can be asked for."""
    for path in ("/widget/messages", "/widget/stream"):
        assert refused(client.get(path)) == (401, "token_invalid")
    for path in ("messages", "typing", "email", "rating", "cancel"):
        assert refused(client.post(f"/widget/{path}", json={})) == (401, "token_invalid")


def test_a_token_opens_one_conversation(customer: Customer, other: Customer) -> None:
    """What one customer says is never seen with another's token."""
    customer.say("my secret is 20416")
    assert other.get("/widget/messages").get_json()["entries"] == []
    assert "20416" not in json.dumps(other.open())


def test_tokens_expire_and_renew() -> None:
    """A token reads until its age, renews until a longer one, and never from the future."""
    tokens = Tokens("key")
    token = tokens.issue("c1", NOON_MS)
    assert tokens.read(token, NOON_MS + VALID_S * 1000) == "c1"
    late = NOON_MS + (VALID_S + 1) * 1000
    with pytest.raises(TokenExpired):
        tokens.read(token, late)
    assert tokens.read(token, late, renewing=True) == "c1"
    with pytest.raises(TokenExpired):
        tokens.read(token, NOON_MS + (RENEWABLE_S + 1) * 1000, renewing=True)
    with pytest.raises(TokenExpired):
        tokens.read(token, NOON_MS - 3_600_000)


@pytest.mark.parametrize("token", ["", "x", "a.b", "\u00e9.\u00e9", "." * 500])
def test_tokens_refuse_anything_else(token: str) -> None:
    """Whatever is not a token is refused the same way."""
    with pytest.raises(TokenInvalid):
        Tokens("key").read(token, NOON_MS)


def test_tokens_of_another_key() -> None:
    """A token signed with another key opens nothing."""
    with pytest.raises(TokenInvalid):
        Tokens("key").read(Tokens("other").issue("c1", NOON_MS), NOON_MS)


# ---- messages ----


def test_message_is_answered(customer: Customer) -> None:
    """A message gets the bot's answer, with quick replies and the state."""
    row = customer.say("do you ship to norway?").get_json()
    assert set(row) == {"message_id", "replies", "state"}
    assert set(row["replies"][0]) == {"id", "text", "quick_replies"}
    assert "Norway" in row["replies"][0]["text"]
    assert row["state"]["holder"] == "bot"


def test_message_again_changes_nothing(customer: Customer) -> None:
    """The same event id with the same text gives the same answer and is stored once."""
    first, again = customer.say("hi", "same"), customer.say("hi", "same")
    assert first.get_json() == again.get_json()
    entries = customer.get("/widget/messages").get_json()["entries"]
    assert sum(entry.get("author") == "customer" for entry in entries) == 1


def test_message_id_reused(customer: Customer) -> None:
    """The same event id with another text is refused."""
    customer.say("hi", "same")
    assert refused(customer.say("bye", "same")) == (422, "event_reused")


def test_person_is_brought(customer: Customer, services: Services) -> None:
    """Asking for a person opens a ticket, and the state says that one waits, and where in line."""
    assert customer.say("Talk to a person").get_json()["state"]["holder"] == "waiting"
    services.relay.carry_for(customer.session["conversation"])
    assert customer.get("/widget/messages").get_json()["state"]["position"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f600" * 40,
        "مرحبا، أين طلبي؟",
        "e\u0301" * 4_000,
        "W" * 90,
        "<script>alert(1)</script>",
    ],
)
def test_odd_texts_are_answered(customer: Customer, text: str) -> None:
    """Emoji, right-to-left text, combining letters and markup are ordinary messages."""
    answer = customer.say(text)
    assert answer.status_code == 200
    assert answer.get_json()["replies"] or answer.get_json()["state"]["holder"] == "waiting"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"event_id": "a", "text": ""}, "text"),
        ({"event_id": "a", "text": " \n\t\u00a0"}, "text"),
        ({"event_id": "a", "text": "x" * 4_001}, "text"),
        ({"event_id": "a", "text": "nul \x00"}, "text"),
        ({"event_id": "a", "text": 5}, "text"),
        ({"event_id": "a"}, "text"),
        ({"event_id": "", "text": "hi"}, "event_id"),
        ({"event_id": "a b", "text": "hi"}, "event_id"),
        ({"event_id": "a\n", "text": "hi"}, "event_id"),
        ({"event_id": "é", "text": "hi"}, "event_id"),
        ({"event_id": "a" * 129, "text": "hi"}, "event_id"),
        ({"event_id": 7, "text": "hi"}, "event_id"),
    ],
)
def test_wrong_fields(customer: Customer, body: dict[str, Any], field: str) -> None:
    """A wrong field is a 400 that names it."""
    answer = customer.post("/widget/messages", body)
    assert refused(answer) == (400, "wrong_field")
    assert answer.get_json()["error"]["field"] == field


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"event_id": "a", "text": "hi", "text": "bye"}',
        b'{"event_id": "a", "text": "hi", "more": NaN}',
        b'{"event_id": "a", "text": "hi", "more": ' + b"[" * 9 + b"]" * 9 + b"}",
        b"[" * 60_000,
        b'{"more": ' + b"9" * 5_000 + b"}",
    ],
)
def test_not_strict_json(customer: Customer, body: bytes) -> None:
    """Whatever is not one strict JSON object is a 400, never a 5xx."""
    assert refused(customer.post("/widget/messages", body)) == (400, "malformed")


def test_lone_surrogate(customer: Customer) -> None:
    """Half a surrogate pair is refused."""
    body = b'{"event_id": "a", "text": "half \\ud83d"}'
    assert refused(customer.post("/widget/messages", body)) == (400, "wrong_field")


def test_brackets_in_text_are_text(customer: Customer) -> None:
    """Brackets and escaped quotes inside a string do not count as depth."""
    assert customer.say('{[{[{[{[{["\\" :-[ [[[[').status_code == 200


def test_not_json(customer: Customer) -> None:
    """Another content type is a 415."""
    answer = customer.post("/widget/messages", b"event_id=a", content_type="text/plain")
    assert refused(answer) == (415, "not_json")


def test_too_large(customer: Customer) -> None:
    """A body over 64 KiB is a 413."""
    body = {"event_id": "a", "text": "hi", "more": "x" * 70_000}
    assert refused(customer.post("/widget/messages", body)) == (413, "too_large")


def test_too_fast(customer: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over its limit a conversation gets 429 and is told how long to wait."""
    monkeypatch.setattr(widget, "PER_CONVERSATION", (0.1, 2))
    answers = [customer.get("/widget/messages") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_store_away(customer: Customer, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """When Redis is away a message is refused with 503 and Retry-After, and is sent again."""
    services: Services = app.extensions["attune"]
    monkeypatch.setattr(services.redis.connection_pool, "connection_class", _Broken)
    services.redis.connection_pool.disconnect()
    services.redis.connection_pool.reset()
    answer = customer.say("hi")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers


class _Broken:
    def __init__(self, **_: Any) -> None:
        raise RedisAway("nobody is there")


# ---- what came since ----


def test_messages_after(customer: Customer) -> None:
    """A message id as `after` gives only what came later."""
    first = customer.say("hi").get_json()
    customer.say("do you ship to norway?")
    after = first["replies"][-1]["id"]
    entries = customer.get(f"/widget/messages?after={after}").get_json()["entries"]
    assert [entry["author"] for entry in entries] == ["customer", "bot"]


@pytest.mark.parametrize("after", ["x", "1", "1-", "-1", "1-1-1", "9" * 30 + "-0", "٣-٣"])
def test_after_is_checked(customer: Customer, after: str) -> None:
    """What is not a message id is a 400."""
    answer = customer.get(f"/widget/messages?after={after}")
    assert refused(answer) == (400, "malformed")


def test_desk_entries_stay_at_the_desk(customer: Customer, services: Services) -> None:
    """A customer gets no readings, notes, priorities, or ids of agents."""
    customer.say("THIS IS THE THIRD TIME I ASK. where is my money, I want a person")
    conversation = customer.session["conversation"]
    desk = Desk(services)
    services.relay.carry_for(conversation)
    ticket = desk.claim_next(ANA, "op")
    assert ticket
    desk.note(ANA, conversation, "a private word", "op2")
    desk.reply(ANA, conversation, ticket.token, "Hello, Ana here.", "op3")
    rows = customer.get("/widget/messages").get_json()
    text = json.dumps(rows["entries"])
    assert "Hello, Ana here." in text
    for hidden in ("private word", "frustration", "priority", '"agent": "ana"', "template"):
        assert hidden not in text
    assert rows["state"]["agent"] is None or set(rows["state"]["agent"]) == {"name"}


# ---- the rest a customer can do ----


def test_email(customer: Customer) -> None:
    """An address is kept and shown back; what is no address is refused by name."""
    row = customer.post("/widget/email", {"email": " ana@example.com "}).get_json()
    assert row["state"]["email"] == "ana@example.com"
    answer = customer.post("/widget/email", {"email": "ana at example"})
    assert refused(answer) == (400, "wrong_field")
    assert answer.get_json()["error"]["field"] == "email"


def test_cancel(customer: Customer) -> None:
    """Who does not want to wait any longer is with the bot again."""
    customer.say("Talk to a person")
    row = customer.post("/widget/cancel", {}).get_json()
    assert row["cancelled"] is True
    assert row["state"]["holder"] == "bot"


def test_rating(customer: Customer, services: Services) -> None:
    """A rating is kept once after a person resolved, and never when none was asked for."""
    body = {"score": 4, "comment": "quick"}
    assert customer.post("/widget/rating", body).get_json()["saved"] is False
    customer.say("Talk to a person")
    conversation = customer.session["conversation"]
    services.relay.carry_for(conversation)
    desk = Desk(services)
    ticket = desk.claim_next(ANA, "op")
    assert ticket
    desk.resolve(ANA, conversation, ticket.token, "op2")
    assert customer.get("/widget/messages").get_json()["state"]["can_rate"]
    row = customer.post("/widget/rating", body).get_json()
    assert (row["saved"], row["state"]["can_rate"]) == (True, False)
    assert customer.post("/widget/rating", body).get_json()["saved"] is False


@pytest.mark.parametrize("score", [0, 6, "5", 2.5, True, None])
def test_rating_is_checked(customer: Customer, score: Any) -> None:
    """A rating is a whole number from 1 to 5."""
    assert refused(customer.post("/widget/rating", {"score": score})) == (400, "wrong_field")


def test_typing(customer: Customer) -> None:
    """Typing is told and nothing is stored."""
    assert customer.post("/widget/typing", {}).status_code == 200
    assert customer.get("/widget/messages").get_json()["entries"] == []


# ---- streams ----


def read(text: str) -> list[tuple[str, Any, str]]:
    """Give (name, data, id) of each event in a stream's text."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if line[:1] != ":")
        if lines:
            found.append((lines["event"], json.loads(lines["data"]), lines.get("id", "")))
    return found


@pytest.fixture
def short_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let streams end after a moment instead of a quarter of an hour."""

    def short(subscription: Any, produce: Any, allowed: Any) -> Iterator[str]:
        return events(subscription, produce, allowed, longest_s=0.3)

    monkeypatch.setattr(streams, "events", short)


def test_stream_gives_what_was_missed(customer: Customer, short_streams: None) -> None:
    """A stream begins with the entries after Last-Event-ID, each with its id, then the state."""
    first = customer.say("hi").get_json()["replies"][-1]["id"]
    second = customer.say("do you ship to norway?").get_json()
    headers = {"Authorization": f"Bearer {customer.token}", "Last-Event-ID": first}
    answer = customer.client.get("/widget/stream", headers=headers)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    found = read(answer.text)
    assert [name for name, _, _ in found] == ["entry", "entry", "state", "end"]
    assert found[0][2] == second["message_id"]
    assert found[0][1]["text"] == "do you ship to norway?"


def test_streams_are_limited(customer: Customer, services: Services) -> None:
    """With no stream free the answer is 503 with Retry-After, and the conversation goes on."""
    services.live._most = 0
    answer = customer.get("/widget/stream")
    assert refused(answer) == (503, "streams_full")
    assert int(answer.headers["Retry-After"]) > 0
    assert customer.say("hi").status_code == 200


class _Ear:
    """A subscription that hears what a test says."""

    def __init__(self, *wakes: Wake) -> None:
        self.wakes = list(wakes)
        self.is_closed = False

    def wait(self, timeout_s: float) -> Wake:
        return self.wakes.pop(0) if self.wakes else Wake(closed=True)

    def close(self) -> None:
        self.is_closed = True


def _text(ear: Any, produce: Any, allowed: Any = lambda: True) -> str:
    return "".join(events(ear, produce, allowed))


def test_stream_ends_with_the_hub() -> None:
    """When the process stops, every stream says so and lets go of its subscription."""
    ear = _Ear()
    assert read(_text(ear, lambda _: [])) == [("end", {}, "")]
    assert ear.is_closed


def test_stream_asks_for_permission_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may no longer listen is cut off at the next ping."""
    monkeypatch.setattr(streams, "HEARTBEAT_S", 0.0)
    asked: list[bool] = []

    def allowed() -> bool:
        asked.append(True)
        return len(asked) < 3

    text = _text(_Ear(*[Wake()] * 9), lambda _: [], allowed)
    assert text.count(": ping") == 2
    assert text.endswith("event: end\ndata: {}\n\n")


def test_stream_ends_when_the_store_is_away() -> None:
    """An outage ends a stream quietly; the reader comes back with its last id."""
    from escalation.errors import StoreUnavailable

    ear = _Ear()

    def produce(_: Wake) -> Iterator[Event]:
        yield Event("entry", {"text": "kept"}, "1-0")
        raise StoreUnavailable("Redis is away.")

    assert read(_text(ear, produce)) == [("entry", {"text": "kept"}, "1-0")]
    assert ear.is_closed


def test_stream_hears_only_agents_type(services: Services) -> None:
    """A customer sees agents type, not themselves in another tab."""
    ear = widget._Ear(services, "c1", "", english())
    wake = Wake(
        typing=(
            {"conversation": "c1", "author": "customer", "name": ""},
            {"conversation": "c1", "author": "agent", "name": "Ana"},
        )
    )
    assert list(ear.hear(wake)) == [Event("typing", {"author": "agent", "name": "Ana"})]


def test_event_stream_frees_its_place(services: Services) -> None:
    """A stream whose reader went away gives its place back."""
    live: LiveHub = services.live
    free = live.streams_free()
    answer = event_stream(live, lambda: live.subscribe("c1"), lambda _: [], lambda: True)
    body = iter(answer.response)
    next(body)
    assert live.streams_free() == free - 1
    answer.close()
    assert live.streams_free() == free


def test_unread_streams_free_their_place(customer: Customer, services: Services) -> None:
    """A HEAD request opens no stream that nobody ever closes."""
    headers = {"Authorization": f"Bearer {customer.token}"}
    customer.client.head("/widget/stream", headers=headers).close()
    assert services.live.open_streams == 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        (None, ""),
        ("unix:", "unix:"),
    ],
)
def test_one_home_is_one_sender(address: str | None, counted: str) -> None:
    """Who picks another address within their own /64 is not somebody else."""
    assert home(address) == counted
