"""Events on their way: in order, signed, tried again, given up, and sent again by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import redis

from bot.outgoing.events import Event
from bot.outgoing.lanes import LEASE_MS, Letter, Move
from bot.outgoing.post import Answer
from bot.outgoing.retry import DELAYS_S, Verdict
from tests.conftest import Clock
from tests.outgoing.conftest import Sent, Shop, attempt, make_shop, texts, verified
from tests.receiver import Receiver, Say

DAY_S = 86_400


def test_events_of_a_conversation_arrive_in_order(each_shop: Shop, receiver: Receiver) -> None:
    """Each once, signed as the standard says, its body the documented one."""
    each_shop.add("crm", receiver.url, words=True)
    each_shop.begin("c1", name="Robin Marsh")
    for number in range(5):
        each_shop.says("c1", f"m{number}")
    assert each_shop.go() == 6
    assert receiver.kinds() == ["conversation.begun", *["message.bot"] * 5]
    assert texts(receiver) == [f"m{number}" for number in range(5)]
    assert len({one.id for one in receiver.got}) == 6
    for got in receiver.got:
        assert verified(each_shop.secrets["crm"], got) == got.row
        assert got.headers["content-type"] == "application/json"
        assert got.headers["user-agent"].startswith("Attune/")
    assert each_shop.go() == 0


def test_a_failed_event_is_tried_again_with_the_same_id_and_body(
    shop: Shop, receiver: Receiver
) -> None:
    """The next of its conversation waits for it, other conversations go on."""
    receiver.judge = lambda got: Say(500) if b'"c1"' in got.body and len(receiver.got) < 3 else None
    shop.add("crm", receiver.url, "message.*", words=True)
    for conversation, text in (("c1", "one"), ("c1", "two"), ("c2", "other")):
        shop.begin(conversation)
        shop.says(conversation, text)
    assert shop.go() == 2
    assert texts(receiver) == ["one", "other"]
    assert shop.go() == 0
    shop.clock.advance(DELAYS_S[0] * 1.3)
    assert shop.go() == 2
    assert texts(receiver) == ["one", "other", "one", "two"]
    first, again = receiver.got[0], receiver.got[2]
    assert (first.id, first.body) == (again.id, again.body)
    assert first.headers["webhook-timestamp"] < again.headers["webhook-timestamp"]


def test_news_does_not_hasten_a_retry(shop: Shop, receiver: Receiver) -> None:
    """A conversation that waits for its next try goes on waiting when more happens in it."""
    receiver.says = [Say(500)]
    shop.add("crm", receiver.url, "message.bot")
    shop.begin("c1")
    shop.says("c1", "one")
    assert shop.go() == 1
    shop.says("c1", "two")
    assert shop.go() == 0


def test_an_older_event_that_comes_late_goes_first_and_fresh(shop: Shop) -> None:
    """It has its own tries, not those of the event it is put before."""
    line = shop.outgoing.lanes
    shop.add("crm", "http://127.0.0.1/", "message.bot")
    newer, older = (Event(f"evt_{one}", "message.bot", shop.clock(), "c1") for one in "ab")
    line.append([Move("b00", "", "2")], [Letter("crm", newer, "0000000000002-1-00000000-000")])
    first = line.take("crm")
    assert first
    line.settle(first, Verdict("again", 1_000), attempt(first))
    line.append([Move("b00", "2", "3")], [Letter("crm", older, "0000000000001-1-00000000-000")])
    shop.clock.advance(2)
    second = line.take("crm")
    assert second
    assert (second.event.id, second.tries) == ("evt_b", 0)


def test_an_event_is_dead_after_ten_tries(store: redis.Redis, clock: Clock) -> None:
    """Its tries are in the log, and the next of the conversation has its turn."""
    sent = Sent(answers=[Answer(500, 9, "", "no way")] * 10)
    shop = make_shop(store, clock, send=sent)
    shop.add("crm", "http://127.0.0.1/", "message.bot")
    shop.begin("c1")
    shop.says("c1", "one")
    shop.says("c1", "two")
    for delay in DELAYS_S:
        shop.go()
        clock.advance(delay * 1.21)
    assert len(sent.got) == 9
    shop.go()
    assert [one[0] for one in sent.got[:10]] == [sent.got[0][0]] * 10
    log = shop.outgoing.lanes.log("crm")
    assert [(one.number, one.outcome) for one in log][:2] == [(10, "dead"), (9, "again")]
    assert (log[0].status, log[0].said, log[0].took_ms) == (500, "no way", 9)
    standing = shop.outgoing.lanes.standing("crm")
    assert (standing.failed, standing.dead, standing.halt) == (9, 1, "off")


def test_an_endpoint_that_takes_nothing_for_three_days_is_switched_off(
    store: redis.Redis, clock: Clock
) -> None:
    """It is told nothing new; what waited is sent when somebody switches it on, if not too old."""
    sent = Sent(usual=Answer(0, 10_000, "timeout"))
    shop = make_shop(store, clock, send=sent)
    shop.add("crm", "http://127.0.0.1/", "message.bot")
    shop.begin("c1")
    shop.says("c1", "before")
    while not shop.outgoing.lanes.standing("crm").halt:
        shop.go()
        clock.advance(3_600)
    standing = shop.outgoing.lanes.standing("crm")
    assert (standing.halt, standing.why) == ("off", "dead")
    assert 3 * DAY_S <= (clock() - standing.since_ms) / 1000 < 4.2 * DAY_S
    shop.says("c1", "while it was off")
    shop.begin("c2")
    assert shop.go() == 0
    shop.outgoing.resume("crm")
    shop.says("c2", "after")
    sent.usual, sent.got = Answer(200, 3), []
    shop.go()
    assert len(sent.got) in {1, 2}
    assert "c2" in sent.got[-1][1]
    assert shop.outgoing.lanes.standing("crm").fails == 0


def test_gone_ends_an_endpoint_at_once(shop: Shop, receiver: Receiver) -> None:
    """410 is taken at its word: what waits stays, what happens from then on is not kept."""
    receiver.says = [Say(410)]
    shop.add("crm", receiver.url)
    shop.begin("c1")
    shop.says("c1", "one")
    shop.go()
    assert len(receiver.got) == 1
    standing = shop.outgoing.lanes.standing("crm")
    assert (standing.halt, standing.why, standing.dead) == ("off", "gone", 1)
    assert standing.waiting == 1
    shop.says("c1", "two")
    assert shop.go() == 0
    assert shop.outgoing.lanes.standing("crm").waiting == 1


def test_an_endpoint_that_asks_for_time_gets_it(shop: Shop, receiver: Receiver) -> None:
    """Retry-After of a 429 holds back everything for this endpoint, not only one event."""
    receiver.says = [Say(429, {"Retry-After": "90"})]
    shop.add("crm", receiver.url, "message.bot")
    for conversation in ("c1", "c2"):
        shop.begin(conversation)
        shop.says(conversation, conversation)
    assert shop.go() == 1
    shop.clock.advance(80)
    assert shop.go() == 0
    shop.clock.advance(20)
    assert shop.go() == 2


def test_a_dead_endpoint_is_tried_rarely_and_wakes_at_once(
    store: redis.Redis, clock: Clock
) -> None:
    """After three failures one event tries for all; when one is taken, all go at once."""
    sent = Sent(usual=Answer(0, 10_000, "timeout"))
    shop = make_shop(store, clock, send=sent)
    shop.add("crm", "http://127.0.0.1/", "message.bot")
    for number in range(20):
        shop.begin(f"c{number}")
        shop.says(f"c{number}", "x")
    assert shop.go() == 3
    for _ in range(60):
        clock.advance(60)
        shop.go()
    assert len(sent.got) < 20
    sent.usual = Answer(200, 4)
    clock.advance(700)
    sent.got = []
    shop.go()
    assert len(sent.got) == 20


def test_a_late_comer_writes_nothing(each_shop: Shop) -> None:
    """A lease that ended is somebody else's; who held it cannot settle any more."""
    each_shop.add("crm", "http://127.0.0.1:9/", "message.bot")
    each_shop.begin("c1")
    each_shop.says("c1", "one")
    each_shop.relay.carry_all()
    line = each_shop.outgoing.lanes
    first = line.take("crm")
    assert first
    assert line.take("crm") is None
    each_shop.clock.advance(LEASE_MS / 1000 + 1)
    second = line.take("crm")
    assert second
    assert second.member == first.member
    assert line.settle(first, Verdict("sent"), attempt(first)) is None
    assert line.standing("crm").waiting == 1
    assert line.settle(second, Verdict("sent"), attempt(second)) == 0
    assert line.settle(second, Verdict("sent"), attempt(second)) is None
    assert line.standing("crm").sent == 1


def test_two_at_once_of_different_conversations(shop: Shop) -> None:
    """One conversation is tried by one at a time, an endpoint by two."""
    shop.add("crm", "http://127.0.0.1:9/", "message.bot")
    for conversation in ("c1", "c1", "c2", "c3"):
        shop.begin(conversation)
        shop.says(conversation, "x")
    shop.relay.carry_all()
    taken = [shop.outgoing.lanes.take("crm") for _ in range(3)]
    assert [one and one.conversation for one in taken] == ["c1", "c2", None]


def test_a_private_address_is_never_reached(shop: Shop, receiver: Receiver) -> None:
    """A name that turns private after it was added is a failed try, checked anew each time."""
    shop.add("crm", receiver.url, "message.bot")
    answers = [("8.8.8.8", "10.0.0.1"), ("169.254.169.254",), ("127.0.0.1",)]
    guard = replace(shop.outgoing.guard, resolve=lambda *_: answers.pop(0))
    shop.outgoing.courier._guard = replace(guard, private_hosts=frozenset())
    shop.begin("c1")
    shop.says("c1", "x")
    for _ in range(3):
        shop.go()
        shop.clock.advance(2_000)
    assert receiver.got == []
    assert answers == []
    assert {one.why for one in shop.outgoing.lanes.log("crm")} == {"blocked"}


def test_a_defect_of_ours_is_a_failed_try(store: redis.Redis, clock: Clock) -> None:
    """It holds up its own conversation and is given up in time, like any other failure."""

    def broken(*_: Any) -> Answer:
        raise RuntimeError("a defect")

    shop = make_shop(store, clock, send=broken)
    shop.add("crm", "http://127.0.0.1/", "message.bot")
    shop.begin("c1")
    shop.says("c1", "x")
    assert shop.go() == 1
    (line,) = shop.outgoing.lanes.log("crm")
    assert (line.why, line.outcome) == ("broken", "again")
    assert json.loads(line.event)["kind"] == "message.bot"
