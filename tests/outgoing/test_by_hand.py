"""What an admin does with endpoints: add, change, pause, watch, send again, remove."""

from __future__ import annotations

from typing import Any

import pytest
import redis
from standardwebhooks import WebhookVerificationError

from bot import keys
from bot.outgoing import lanes
from bot.outgoing.endpoints import EndpointGone, WrongEndpoint
from bot.outgoing.events import Event
from bot.outgoing.lanes import Letter
from bot.outgoing.office import AttemptGone
from bot.outgoing.post import Answer
from bot.outgoing.retry import Verdict
from tests.conftest import Clock
from tests.outgoing.conftest import Sent, Shop, attempt, make_shop, texts, verified
from tests.receiver import Receiver, Say

DAY_S = 86_400


def test_a_paused_endpoint_keeps_what_happens(shop: Shop, receiver: Receiver) -> None:
    """Nothing is sent until it goes on; then all is, in order."""
    shop.add("crm", receiver.url, "message.bot", words=True)
    shop.begin("c1")
    shop.outgoing.pause("crm")
    shop.says("c1", "one")
    assert shop.go() == 0
    shop.says("c1", "two")
    assert shop.go() == 0
    assert shop.outgoing.lanes.standing("crm").waiting == 2
    shop.outgoing.resume("crm")
    assert shop.go() == 2
    assert texts(receiver) == ["one", "two"]


def test_only_so_much_waits(store: redis.Redis, clock: Clock) -> None:
    """Beyond the most nothing is kept, and what was not is counted."""
    shop = make_shop(store, clock, most_waiting=3)
    shop.add("crm", "http://127.0.0.1:9/", "message.bot")
    shop.outgoing.pause("crm")
    shop.begin("c1")
    for _ in range(5):
        shop.says("c1", "x")
    shop.go()
    standing = shop.outgoing.lanes.standing("crm")
    assert (standing.waiting, standing.lost) == (3, 2)
    shop.outgoing.resume("crm")
    assert shop.outgoing.lanes.standing("crm").lost == 0


def test_the_log_is_capped_and_ages(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds about as many tries as it should, and two weeks at most."""
    monkeypatch.setattr(lanes, "LOG_MOST", 100)
    shop.add("crm", "http://127.0.0.1:9/", "message.bot")
    shop.begin("c1")
    one = Event("evt_1", "message.bot", shop.clock(), "c1")
    shop.outgoing.lanes.append_by_hand([Letter("crm", one)] * 320)
    while job := shop.outgoing.lanes.take("crm"):
        shop.outgoing.lanes.settle(job, Verdict("sent"), attempt(job))
    assert 100 <= len(shop.outgoing.lanes.log("crm", 5_000)) < 220
    assert 0 < shop.store.pttl(keys.endpoint_log("crm")) <= 14 * DAY_S * 1000


def test_sent_again_by_hand(shop: Shop, receiver: Receiver) -> None:
    """It keeps its id, goes at once, and may be older than events are tried."""
    receiver.says = [Say(410)]
    shop.add("crm", receiver.url, "message.bot", words=True)
    shop.begin("c1")
    shop.says("c1", "one")
    shop.go()
    died = receiver.got[0].id
    shop.outgoing.resume("crm")
    shop.clock.advance(6 * DAY_S)
    shop.outgoing.send_again("crm", died, shop.clock())
    assert shop.go() == 1
    assert receiver.got[1].id == died
    assert receiver.got[1].body == receiver.got[0].body
    assert shop.outgoing.send_dead_again("crm", shop.clock()) == 0
    with pytest.raises(AttemptGone):
        shop.outgoing.send_again("crm", "evt_unknown", shop.clock())


def test_all_dead_ones_again(store: redis.Redis, clock: Clock) -> None:
    """Those that were sent since are left out; the oldest goes first."""
    sent = Sent(answers=[Answer(410, 1)] * 3)
    shop = make_shop(store, clock, send=sent)
    shop.add("crm", "http://127.0.0.1/", "message.bot")
    for conversation in ("c1", "c2", "c3"):
        shop.begin(conversation)
        shop.says(conversation, "x")
        shop.go()
        shop.outgoing.resume("crm")
    shop.outgoing.send_again("crm", sent.got[1][0], clock())
    shop.go()
    assert shop.outgoing.send_dead_again("crm", clock()) == 2
    shop.go()
    order = [one[0] for one in sent.got]
    assert order[4:] == [order[0], order[2]]


def test_a_test_event(shop: Shop, receiver: Receiver) -> None:
    """It goes to an endpoint whatever it takes."""
    shop.add("crm", receiver.url, "rating.given")
    sent = shop.outgoing.test("crm", shop.clock())
    assert shop.go() == 1
    assert (receiver.got[0].id, receiver.got[0].kind) == (sent, "endpoint.test")
    assert receiver.got[0].row["data"] == {}


def test_a_rotated_secret_signs_beside_the_new_one_for_a_day(
    shop: Shop, receiver: Receiver
) -> None:
    """Receivers may change theirs any time that day."""
    shop.add("crm", receiver.url)
    old = shop.secrets["crm"]
    new = shop.outgoing.endpoints.rotate("crm", shop.clock())
    shop.outgoing.test("crm", shop.clock())
    shop.go()
    shop.clock.advance(DAY_S + 1)
    shop.outgoing.test("crm", shop.clock())
    shop.go()
    both, one = receiver.got
    assert verified(old, both)
    assert verified(new, both)
    assert verified(new, one)
    with pytest.raises(WebhookVerificationError):
        verified(old, one)


def test_nothing_is_left_of_a_removed_endpoint(shop: Shop, receiver: Receiver) -> None:
    """Its line, its log and its secret go; a try under way writes nothing back."""
    shop.add("crm", receiver.url)
    shop.begin("c1")
    shop.says("c1", "x")
    shop.relay.carry_all()
    job = shop.outgoing.lanes.take("crm")
    assert job
    shop.outgoing.endpoints.remove("crm")
    assert shop.outgoing.lanes.settle(job, Verdict("sent"), attempt(job)) is None
    assert [one for one in shop.store.keys("attune:{out}:*") if ":of:" in one] == []
    with pytest.raises(EndpointGone):
        shop.outgoing.endpoints.remove("crm")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "a b"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 65}, "name"),
        ({"name": "crm"}, "name"),
        ({"address": "https://localhost/"}, "address"),
        ({"address": "https://169.254.169.254/"}, "address"),
        ({"address": "gopher://x"}, "address"),
        ({"events": ()}, "events"),
        ({"events": ("ticket.born",)}, "events"),
        ({"events": ("endpoint.test",)}, "events"),
    ],
)
def test_wrong_endpoints_are_explained(shop: Shop, given: dict[str, Any], field: str) -> None:
    """What cannot be used is said with the box it belongs to, and nothing is written."""
    shop.add("crm", "http://127.0.0.1/")
    right = {"name": "erp", "address": "http://127.0.0.1/", "events": ("ticket.*",)}
    with pytest.raises(WrongEndpoint) as told:
        shop.outgoing.add(**{**right, **given}, now_ms=1)
    assert told.value.field == field
    assert [one.name for one in shop.outgoing.endpoints.all()] == ["crm"]


def test_an_edit_does_not_undo_a_rotation(shop: Shop) -> None:
    """Two admins at once: both changes are there afterwards."""
    shop.add("crm", "http://127.0.0.1/")
    endpoints = shop.outgoing.endpoints
    stored = endpoints._stored
    turned: list[str] = []

    def slow(name: str) -> str:
        found = stored(name)
        if not turned:
            turned.append("")
            turned[0] = endpoints.rotate("crm", shop.clock())
        return found

    endpoints._stored = slow  # type: ignore[method-assign]
    shop.outgoing.change("crm", "http://127.0.0.1/new", ["ticket.opened"], words=True)
    found = endpoints.get("crm")
    assert found.address.endswith("/new")
    assert found.secrets[0].key == turned[0]
