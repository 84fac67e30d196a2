"""`attune endpoint`, and channels of other kinds, from a terminal."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
import redis
from click.testing import CliRunner, Result

from bot.channels import Channels
from bot.cli import main
from bot.outgoing.endpoints import Endpoints
from bot.outgoing.events import CHOICES
from bot.people import People
from bot.redis_server import RedisServer
from tests.outgoing.conftest import Shop
from tests.receiver import Receiver, Say

Attune = Callable[..., Result]


@pytest.fixture
def attune(
    redis_server: RedisServer, store: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> Attune:
    """Run a command on an emptied store, with the loopback allowed."""
    monkeypatch.setenv("ATTUNE_ENDPOINTS_HTTP", "true")
    monkeypatch.setenv("ATTUNE_ENDPOINTS_PRIVATE_HOSTS", "127.0.0.1 crm.internal")
    assert store.ping()

    def run(*words: str, typed: str | None = None) -> Result:
        where = ("--redis-url", redis_server.url)
        return CliRunner().invoke(main, [*words, *where], input=typed)

    return run


def test_an_endpoints_secret_stands_alone_on_the_last_line(
    attune: Attune, store: redis.Redis
) -> None:
    """It gets all events unless some are named, and no words unless asked."""
    made = attune("endpoint", "add", "crm", "http://127.0.0.1:9/hook")
    assert made.exit_code == 0, made.output
    secret = made.stdout.splitlines()[-1]
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{32,}={0,2}", secret)
    found = Endpoints(store).get("crm")
    assert (found.events, found.words, found.secrets[0].key) == (CHOICES, False, secret)
    again = attune("endpoint", "add", "crm", "http://127.0.0.1:9/hook")
    assert again.exit_code == 1
    assert "already" in again.stderr
    assert "whsec_" not in again.output


def test_events_and_words_are_chosen_and_changed(attune: Attune, store: redis.Redis) -> None:
    """What is not named stays."""
    attune("endpoint", "add", "crm", "http://127.0.0.1:9/", "--event", "ticket.*", "--words")
    found = Endpoints(store).get("crm")
    assert found.words
    assert all(one.startswith("ticket.") for one in found.events)
    assert attune("endpoint", "change", "crm", "--no-words").exit_code == 0
    assert Endpoints(store).get("crm").events == found.events
    assert not Endpoints(store).get("crm").words
    attune("endpoint", "change", "crm", "--address", "http://127.0.0.1:10/", "--event", "note.*")
    found = Endpoints(store).get("crm")
    assert (found.address, found.events) == ("http://127.0.0.1:10/", ("note.written",))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "crm", "https://localhost/"), "not public"),
        (("add", "crm", "https://0x7f000001/"), "cannot be read"),
        (("add", "crm", "http://127.0.0.1/", "--event", "ticket.born"), "ticket.born"),
        (("rotate", "nobody"), "no endpoint 'nobody'"),
        (("pause", "nobody"), "no endpoint 'nobody'"),
        (("log", "nobody"), "no endpoint 'nobody'"),
        (("resend", "nobody"), "--dead"),
        (("resend", "nobody", "evt_1"), "no endpoint 'nobody'"),
    ],
)
def test_mistakes_are_one_sentence(attune: Attune, words: tuple[str, ...], told: str) -> None:
    """Exit status 1, and what to do."""
    shown = attune("endpoint", *words)
    assert shown.exit_code == 1
    assert told in shown.stderr


def test_watching_and_sending_again(attune: Attune, shop: Shop, receiver: Receiver) -> None:
    """List, test, log, resend, pause, resume, rotate, remove; each stands in the audit trail."""
    receiver.says = [Say(500, body=b"not\tnow"), Say(410)]
    attune("endpoint", "add", "crm", receiver.url)
    sent = attune("endpoint", "test", "crm").stdout.strip()
    shop.clock.now_ms = time.time_ns() // 1_000_000 + 60_000
    shop.go()
    logged = attune("endpoint", "log", "crm").stdout
    assert sent in logged
    assert "500 in" in logged
    assert logged.strip().endswith("not now")
    attune("endpoint", "resend", "crm", sent)
    shop.go()
    assert "off (it said that it is gone)" in attune("endpoint", "list").stdout
    assert attune("endpoint", "resume", "crm").exit_code == 0
    assert "1 events wait again" in attune("endpoint", "resend", "crm", "--dead").stderr
    shop.go()
    assert [one.id for one in receiver.got[:3]] == [sent] * 3
    assert "crm\ton" in attune("endpoint", "list").stdout
    assert attune("endpoint", "pause", "crm").exit_code == 0
    assert "paused" in attune("endpoint", "list").stdout
    assert attune("endpoint", "rotate", "crm").stdout.startswith("whsec_")
    assert attune("endpoint", "remove", "crm").exit_code == 0
    assert attune("endpoint", "list").stdout == ""
    trail = [(one["person"], one["what"]) for one in People(shop.store).trail(20)]
    assert ("terminal", "endpoint_added") in trail
    assert ("terminal", "endpoint_removed") in trail


def test_a_channel_of_another_kind(attune: Attune, store: redis.Redis) -> None:
    """The other side's secret is typed, never on the command line; ours is printed as ever."""
    made = attune("channel", "add", "sms", "--kind", "twilio", typed="0123456789abcdef\n")
    assert made.exit_code == 0, made.output
    assert made.stdout.splitlines()[-1].startswith("whsec_")
    assert Channels(store).given("sms") == ("twilio", ("0123456789abcdef",))
    assert "0123456789abcdef" not in made.output
    turned = attune("channel", "rotate", "sms", "--theirs", typed="fedcba9876543210\n")
    assert turned.exit_code == 0
    assert "whsec_" not in turned.output
    assert Channels(store).given("sms")[1] == ("fedcba9876543210", "0123456789abcdef")
    assert attune("channel", "list").stdout.split() == ["sms"]
    assert attune("channel", "add", "team", "--kind", "slack", typed="\n").exit_code == 1
    assert attune("channel", "add", "team", "--kind", "fax", typed="x\n").exit_code == 2
