"""A lookup is asked once, signed, in time, and whatever comes back is told honestly."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
import redis
from werkzeug.datastructures import Headers

from bot.lookups.ask import ask
from bot.lookups.looked import Looked
from bot.lookups.registry import Lookup, Lookups
from bot.signing import is_signed
from tests.receiver import Receiver, Say, receiving

QUESTION = {"order_number": "20416"}
FOUND = json.dumps({"number": "20416", "status": "left us", "expected": None, "late": False})


@pytest.fixture
def shop() -> Iterator[Receiver]:
    """Give a shop's own server."""
    with receiving() as found:
        yield found


@pytest.fixture
def lookups(store: redis.Redis) -> Lookups:
    """Give the lookups of an empty store."""
    return Lookups(store)


def added(lookups: Lookups, shop: Receiver, *, private: bool = True) -> Lookup:
    """Add the shop's orders."""
    lookups.add("orders", shop.url, 0, private=private)
    found = lookups.get("orders")
    assert found
    return found


def test_found(lookups: Lookups, shop: Receiver) -> None:
    """What is there fills the reply, what is null or false is not there; the shop can check it."""
    lookup = added(lookups, shop)
    shop.says = [Say(body=FOUND.encode())]
    looked = ask(lookups, lookup, QUESTION)
    assert looked == Looked("orders", "found", {"number": "20416", "status": "left us"})
    (got,) = shop.got
    assert got.row == {"lookup": "orders", "order_number": "20416"}
    headers = Headers(got.headers)
    assert is_signed(lookup.secret, headers, got.body, time.time())
    assert not is_signed(lookup.secret, headers, got.body + b" ", time.time())
    assert not is_signed(lookup.secret, headers, got.body, time.time() + 301)


def test_the_same_again_is_not_asked_again(lookups: Lookups, shop: Receiver) -> None:
    """Half a minute long the answer is kept; another question is another one."""
    lookup = added(lookups, shop)
    shop.says = [Say(body=FOUND.encode()), Say(status=404)]
    assert ask(lookups, lookup, QUESTION) == ask(lookups, lookup, QUESTION)
    assert len(shop.got) == 1
    assert ask(lookups, lookup, {"order_number": "1"}).outcome == "missing"
    assert len(shop.got) == 2


def test_once_more_under_the_same_id(lookups: Lookups, shop: Receiver) -> None:
    """A failure is tried once more, as the same question."""
    lookup = added(lookups, shop)
    shop.says = [Say(status=503), Say(body=FOUND.encode())]
    assert ask(lookups, lookup, QUESTION).outcome == "found"
    first, second = shop.got
    assert first.id == second.id


@pytest.mark.parametrize(
    "say",
    [
        Say(status=500),
        Say(body=b"<html>sorry</html>"),
        Say(body=b"[1, 2]"),
        Say(body=b'{"status": {"deep": 1}}'),
        Say(body=b'{"status": "' + b"x" * 20_000 + b'"}'),
        Say(body=json.dumps({"status": "x" * 501}).encode()),
        Say(body=json.dumps({"status": "a\u202eb\u0000"}).encode()),
        Say(body=b"\xff\xfe"),
        Say(status=302, headers={"Location": "http://127.0.0.1/elsewhere"}),
        Say(wait_s=1.5),
    ],
)
def test_what_is_no_answer_failed(lookups: Lookups, shop: Receiver, say: Say) -> None:
    """Nothing odd fills a reply, nothing slow holds a turn, and nothing that failed is kept."""
    lookup = added(lookups, shop)
    shop.says = [say, say]
    begun = time.monotonic()
    assert ask(lookups, lookup, QUESTION) == Looked("orders", "failed", {})
    assert time.monotonic() - begun < 3
    assert len(shop.got) == 2
    shop.says = [Say(body=FOUND.encode())]
    assert ask(lookups, lookup, QUESTION).outcome == "found"


def test_private_addresses_are_not_reached(lookups: Lookups, shop: Receiver) -> None:
    """Only who sits at the terminal can open the own network, and only for the host named."""
    lookup = added(lookups, shop, private=False)
    assert ask(lookups, lookup, QUESTION).outcome == "failed"
    public = Lookup("orders", "https://shop.example/orders", lookup.secret, 0)
    resolved = ask(lookups, public, QUESTION, resolve=lambda *_: ["10.0.0.7"])
    assert resolved.outcome == "failed"
    metadata = Lookup("orders", "http://shop.example/", lookup.secret, 0, private=True)
    never = ask(lookups, metadata, QUESTION, resolve=lambda *_: ["169.254.169.254"])
    assert never.outcome == "failed"
    assert shop.got == []
