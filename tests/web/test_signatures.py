"""Signatures in and out: what others compute is what we do, and nothing changed is accepted."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from bot import signing
from bot.channels import new_secret
from bot.web.adapters.protocol import Post
from bot.web.adapters.slack import TOLERANCE_S, Slack
from bot.web.adapters.twilio import Twilio
from bot.web.adapters.twilio import sign as twilio_sign

# Slack's own worked example, of its page "Verifying requests from Slack".
SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
SLACK_AT = 1531420618
SLACK_BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
    b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
    b"&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
    b"%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SLACK_SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"

# Twilio's own, of the tests of its libraries.
TWILIO_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
TWILIO_FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
TWILIO_SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="

ids = st.text("abcXYZ019_-", min_size=1, max_size=64)
words = st.text(max_size=60)
forms = st.lists(st.tuples(words, words), min_size=1, max_size=12)
PARTS = ("url", "body", "signature", "secret")


def slack_post(body: bytes, at: str, signature: str) -> Post:
    headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature}
    return Post("https://help.example/webhook/channels/s", headers, body)


def twilio_post(url: str, body: bytes, signature: str) -> Post:
    return Post(url, {"x-twilio-signature": signature}, body)


def slack_sign(secret: str, at: str, body: bytes) -> str:
    """Sign as Slack's page says, written apart from our code."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{at}:".encode() + body, "sha256").hexdigest()


def changed(data: bytes, at: int) -> bytes:
    """Flip one bit."""
    at %= len(data) * 8
    return data[: at // 8] + bytes([data[at // 8] ^ (1 << at % 8)]) + data[at // 8 + 1 :]


def test_slacks_own_example() -> None:
    """The worked example of Slack's documentation is accepted, at its time."""
    post = slack_post(SLACK_BODY, str(SLACK_AT), SLACK_SIGNATURE)
    assert Slack().is_signed(post, SLACK_SECRET, SLACK_AT)
    assert Slack().is_signed(post, SLACK_SECRET, SLACK_AT + TOLERANCE_S)
    assert not Slack().is_signed(post, SLACK_SECRET, SLACK_AT + TOLERANCE_S + 1)
    assert not Slack().is_signed(post, SLACK_SECRET, SLACK_AT - TOLERANCE_S - 1)


def test_twilios_own_example() -> None:
    """The vector of Twilio's libraries is accepted; so are its repeated fields."""
    body = urlencode(TWILIO_FORM).encode()
    assert Twilio().is_signed(twilio_post(TWILIO_URL, body, TWILIO_SIGNATURE), "12345", 0)
    repeated = [("Sid", "CA123"), ("SidAccount", "AC123")]
    repeated += [("Digits", one) for one in ("5678", "1234", "1234")]
    assert twilio_sign("12345", TWILIO_URL, repeated) == "IK+Dwps556ElfBT0I3Rgjkr1wJU="


@given(st.binary(max_size=300), st.integers(0, 2**31), st.data())
def test_slack_accepts_what_is_signed_and_nothing_else(
    body: bytes, at: int, data: st.DataObject
) -> None:
    """Any body is accepted with its signature; with one bit changed anywhere it is not."""
    good = slack_sign("a secret of slack", str(at), body)
    assert Slack().is_signed(slack_post(body, str(at), good), "a secret of slack", at)
    bit = data.draw(st.integers(0, 10_000))
    assert not Slack().is_signed(slack_post(body, str(at), good), "a secret of slacks", at)
    assert not Slack().is_signed(slack_post(body, str(at + 1), good), "a secret of slack", at)
    if body:
        spoiled = slack_post(changed(body, bit), str(at), good)
        assert not Slack().is_signed(spoiled, "a secret of slack", at)
    other = changed(good.encode(), bit).decode("latin-1")
    assert not Slack().is_signed(slack_post(body, str(at), other), "a secret of slack", at)


def reference(secret: str, url: str, form: list[tuple[str, str]]) -> str:
    """Sign as Twilio's libraries do, written apart from our code."""
    text = url
    for name in sorted({one for one, _ in form}):
        for value in sorted({two for one, two in form if one == name}):
            text += name + value
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), "sha1").digest()).decode()


@given(forms, st.data())
def test_twilio_accepts_what_is_signed_and_nothing_else(
    form: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Any form is accepted with its signature; with a field, the address or a bit changed not."""
    body = urlencode(form).encode()
    good = reference("token", TWILIO_URL, form)
    assert twilio_sign("token", TWILIO_URL, form) == good
    assert Twilio().is_signed(twilio_post(TWILIO_URL, body, good), "token", 0)
    assert not Twilio().is_signed(twilio_post(TWILIO_URL + "x", body, good), "token", 0)
    assert not Twilio().is_signed(twilio_post(TWILIO_URL, body, good), "tokens", 0)
    bit = data.draw(st.integers(0, 10_000))
    other = changed(good.encode(), bit).decode("latin-1")
    assert not Twilio().is_signed(twilio_post(TWILIO_URL, body, other), "token", 0)
    more = [*form, (data.draw(words), data.draw(words))]
    assume(set(more) != set(form))
    assume(reference("", "", more) != reference("", "", form))  # a+bc reads as ab+c
    assert not Twilio().is_signed(
        twilio_post(TWILIO_URL, urlencode(more).encode(), good), "token", 0
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("https://help.example/x?a=1", "https://help.example:443/x?a=1"),
        ("https://help.example:443/x", "https://help.example/x"),
        ("https://[2606:4700::1]/x", "https://[2606:4700::1]:443/x"),
    ],
)
def test_twilio_may_name_the_usual_port(ours: str, theirs: str) -> None:
    """Proxies differ in whether the port stands in the address; both are known."""
    good = reference("token", theirs, [("a", "b")])
    assert Twilio().is_signed(twilio_post(ours, b"a=b", good), "token", 0)


@given(st.binary(max_size=200), st.text(max_size=40), st.text(max_size=20))
def test_nothing_that_is_sent_breaks_the_check(body: bytes, signature: str, at: str) -> None:
    """Whatever stands in body or headers is refused, never an error."""
    assert not Slack().is_signed(slack_post(body, at, signature), "secret", 0)
    assert not Twilio().is_signed(twilio_post(TWILIO_URL, body, signature), "secret", 0)


@given(st.text(max_size=200), ids, st.integers(1, 2**31))
def test_outgoing_signatures_are_the_standards(body: str, event_id: str, at: int) -> None:
    """For any body and id the standard's own library computes what we send."""
    assume(not any("\ud800" <= one <= "\udfff" for one in body))
    secret = new_secret()
    wanted = Webhook(secret).sign(event_id, datetime.fromtimestamp(at, UTC), body)
    assert signing.sign(secret, event_id, str(at), body.encode()) == wanted


@given(st.binary(min_size=1, max_size=100), ids, st.integers(0, 10_000))
def test_an_outgoing_signature_is_of_one_body_only(body: bytes, event_id: str, bit: int) -> None:
    """Another body, id or time has another signature."""
    secret = new_secret()
    signed = signing.sign(secret, event_id, "1700000000", body)
    assert signing.sign(secret, event_id, "1700000000", changed(body, bit)) != signed
    assert signing.sign(secret, event_id + "x", "1700000000", body) != signed
    assert signing.sign(secret, event_id, "1700000001", body) != signed
    digest = hashlib.sha256(base64.b64decode(secret.removeprefix("whsec_"))).hexdigest()
    assert digest not in signed
