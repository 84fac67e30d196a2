"""Events are made of what is written down anyway: once each, in order, words only where ticked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import redis

from bot import keys
from bot.outgoing.events import CHOICES, KINDS, Event
from bot.outgoing.feed import Feed
from bot.outgoing.schemas import FIELDS, schema_of
from bot.values import Entry
from tests.conftest import Clock
from tests.outgoing.conftest import Shop, make_shop, waiting
from tests.receiver import Receiver

NOWHERE = "http://127.0.0.1:9/"


def later(shop: Shop) -> None:
    """Wait until Redis's clock shows another millisecond: people are not faster."""
    at = shop.store.time()
    while [shop.store.time()[0], shop.store.time()[1] // 1000] == [at[0], at[1] // 1000]:
        pass


def a_story(shop: Shop) -> str:
    """Have a ticket run through all that can happen to it, and give its id."""
    shop.begin("c1", name="Robin Marsh", email="robin@example.com")
    ticket = shop.open("c1")
    later(shop)
    first = shop.queue.claim("ana", op="op1", ticket_id=ticket)
    assert first
    shop.says("c1", "Hello, Ana here.", "agent", agent="ana", name="Ana")
    later(shop)
    shop.queue.release(ticket, first.token)
    shop.clock.advance(600)
    for what in ("sla_warning", "sla_breached"):
        due = {"clock": "first_reply", "due_ms": shop.clock()}
        shop.write(
            "c1", Entry("event", "desk", shop.clock(), {"what": what, "ticket": ticket, **due})
        )
    overdue = {"what": "overdue", "ticket": ticket}
    shop.write("c1", Entry("event", "all", shop.clock(), overdue))
    later(shop)
    second = shop.queue.claim("ana", op="op2", ticket_id=ticket)
    assert second
    moved = shop.queue.transfer(ticket, second.token, "ben", "op3")
    note = {"agent": "ana", "name": "Ana", "text": "wants a refund"}
    shop.write("c1", Entry("note", "desk", shop.clock(), note))
    later(shop)
    shop.queue.resolve(ticket, moved.token, "resolved")
    shop.says("c1", "Ana closed this.", template="resolved")
    later(shop)
    rated = {"what": "rated", "score": 4, "comment": "so swift", "episode": 1}
    shop.write("c1", Entry("event", "desk", shop.clock(), rated))
    shop.write("c1", Entry("event", "all", shop.clock(), {"what": "email_left"}))
    shop.relay.carry_all()
    shop.outgoing.feed.pump()
    return ticket


def test_both_logs_make_one_story(each_shop: Shop) -> None:
    """What the queue did and what was written stand in the order in which they happened."""
    each_shop.add("crm", NOWHERE)
    ticket = a_story(each_shop)
    found = waiting(each_shop)
    assert [one.kind for one in found] == [
        *("conversation.begun", "ticket.opened", "ticket.claimed", "message.agent"),
        *("ticket.released", "ticket.sla_warning", "ticket.sla_breached", "ticket.overdue"),
        *("ticket.claimed", "ticket.transferred"),
        *("note.written", "ticket.resolved", "message.bot", "rating.given", "email.left"),
    ]
    by_kind = {one.kind: one.data for one in found}
    assert by_kind["ticket.opened"]["priority"] == "high"
    assert by_kind["ticket.opened"]["reasons"] == ["frustrated"]
    assert by_kind["ticket.opened"]["due_at"].endswith("Z")
    assert by_kind["ticket.transferred"]["agent"] == "ben"
    assert by_kind["ticket.transferred"]["from_agent"] == "ana"
    assert by_kind["ticket.resolved"]["outcome"] == "resolved"
    assert by_kind["rating.given"]["ticket"] == ticket
    assert by_kind["ticket.overdue"]["priority"] == "high"
    assert by_kind["ticket.sla_breached"]["clock"] == "first_reply"
    assert by_kind["ticket.sla_breached"]["clock_due_at"].endswith("Z")
    assert by_kind["ticket.sla_breached"]["priority"] == "high"


def test_each_step_of_a_handoff_is_told_in_turn(shop: Shop) -> None:
    """As the desk works, with the relay after each step: exactly as it happened."""
    shop.add("crm", NOWHERE, "ticket.*", "message.*")
    shop.begin("c1")
    ticket = shop.open("c1")
    held = shop.queue.claim("ana", op="op1", ticket_id=ticket)
    assert held
    shop.says("c1", "Hello", "agent", agent="ana", name="Ana")
    shop.relay.carry_all()
    shop.queue.release(ticket, held.token)
    shop.says("c1", "Back in line", template="released")
    shop.relay.carry_all()
    assert [one.kind for one in waiting(shop)] == [
        *("ticket.opened", "ticket.claimed", "message.agent", "ticket.released", "message.bot"),
    ]


@pytest.fixture
def told(shop: Shop) -> list[Event]:
    """Give the events of a whole story."""
    shop.add("crm", NOWHERE)
    a_story(shop)
    shop.outgoing.test("crm", shop.clock())
    return waiting(shop)


def test_bodies_are_as_documented(shop: Shop, told: list[Event]) -> None:
    """Every body fits its schema, with words and without, and has no field beside it."""
    for event in told:
        schema = schema_of(event.kind)
        for words in ({}, shop.outgoing.feed.words(event)):
            row = json.loads(event.body(words))
            jsonschema_rs.validator_for(schema).validate(row)
            assert set(row["data"]) == {*KINDS[event.kind].fields, *KINDS[event.kind].words}


def test_every_field_has_a_meaning() -> None:
    """What a body may hold is described, and nothing else is."""
    used = {name for kind in KINDS.values() for name in (*kind.fields, *kind.words)}
    assert used == set(FIELDS)
    assert set(CHOICES) < set(KINDS)


def test_words_go_only_where_they_are_wanted(shop: Shop, receiver: Receiver) -> None:
    """Without the tick nothing that somebody wrote, and no name, leaves the shop."""
    shop.add("plain", receiver.url)
    secrets = ("Robin", "robin@example.com", "Hello, Ana here.", "Ana", "refund", "so swift")
    a_story(shop)
    shop.go()
    assert len(receiver.got) >= 10
    sent = b"".join(one.body for one in receiver.got).decode()
    assert [one for one in secrets if one in sent] == []
    shop.outgoing.change("plain", receiver.url, CHOICES, words=True)
    for line in shop.outgoing.lanes.log("plain"):
        shop.outgoing.send_again("plain", line.webhook_id, shop.clock())
    before = len(receiver.got)
    shop.go()
    sent = b"".join(one.body for one in receiver.got[before:]).decode()
    assert [one for one in secrets if one not in sent] == []


def test_an_erased_conversation_leaves_no_words(shop: Shop, receiver: Receiver) -> None:
    """What waits then goes out with ids alone."""
    shop.add("crm", receiver.url, "message.bot", words=True)
    shop.outgoing.pause("crm")
    shop.begin("c1", name="Robin")
    shop.says("c1", "a secret")
    shop.relay.carry_all()
    shop.conversations.erase("c1")
    shop.outgoing.resume("crm")
    assert shop.go() == 1
    assert receiver.got[0].row["data"]["text"] is None
    assert b"secret" not in receiver.got[0].body


def test_a_phone_number_is_no_mere_id(shop: Shop, receiver: Receiver) -> None:
    """A Twilio channel's id of a conversation goes only with words; another channel's always."""
    shop.channels.add("sms", "twilio", "0123456789abcdef")
    shop.channels.add("crm")
    for name, words in (("plain", False), ("words", True)):
        shop.add(name, receiver.url, "message.bot", words=words)
    for conversation, channel, external in (("h1", "sms", "+4912345"), ("h2", "crm", "case-17")):
        shop.begin(conversation, channel)
        shop.store.hset(keys.meta(conversation), "external", external)
        shop.says(conversation, "x")
    shop.go()
    found = sorted(
        (one.row["data"]["channel"], one.row["data"]["external"] or "") for one in receiver.got
    )
    assert found == [("crm", "case-17"), ("crm", "case-17"), ("sms", ""), ("sms", "+4912345")]


def test_history_is_not_told(shop: Shop) -> None:
    """An endpoint hears of what happens after it was added, also when there was one before."""
    shop.begin("c1")
    shop.open("c1")
    shop.add("crm", NOWHERE)
    shop.outgoing.feed.pump()
    assert waiting(shop) == []
    shop.outgoing.endpoints.remove("crm")
    shop.begin("c2")
    shop.open("c2")
    shop.add("erp", NOWHERE)
    shop.outgoing.feed.pump()
    assert waiting(shop, "erp") == []
    shop.begin("c3")
    shop.open("c3")
    shop.outgoing.feed.pump()
    assert [one.kind for one in waiting(shop, "erp")] == ["conversation.begun", "ticket.opened"]


def test_an_effect_of_an_older_attune_is_carried(shop: Shop) -> None:
    """An outbox entry without ids, written before an upgrade, tells nothing and breaks nothing."""
    shop.add("crm", NOWHERE)
    shop.begin("c1")
    opened = {"ticket": "c1#1", "priority": "high", "created_ms": 1, "due_ms": 2, "reasons": []}
    old = json.dumps({"conversation": "c1", "open": opened, "id": "1-1"})
    shop.store.xadd(keys.outbox(keys.bucket("c1")), {"d": old})
    assert shop.relay.carry_all() == 1
    shop.outgoing.feed.pump()
    assert [one.kind for one in waiting(shop)] == ["ticket.opened"]


def test_a_defect_keeps_no_ticket_from_being_opened(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is told outside comes second to people who wait."""

    def broken(*_: Any) -> Any:
        raise KeyError("a defect")

    shop.add("crm", NOWHERE)
    monkeypatch.setattr(Feed, "_events", broken)
    shop.begin("c1")
    ticket = shop.open("c1")
    assert shop.queue.get(ticket)


@pytest.fixture
def full(each_store: redis.Redis) -> Iterator[redis.Redis]:
    """Give a Redis that is full as soon as a test says so."""
    each_store.config_set("maxmemory-policy", "noeviction")
    yield each_store
    each_store.config_set("maxmemory", 0)


def test_a_full_redis_still_tells_and_delivers(
    full: redis.Redis, clock: Clock, receiver: Receiver
) -> None:
    """What was accepted goes on its way; only adding endpoints has to wait."""
    shop = make_shop(full, clock)
    shop.add("crm", receiver.url, "message.bot")
    shop.begin("c1")
    shop.says("c1", "x")
    full.config_set("maxmemory", 1)
    assert shop.go() == 1
    assert receiver.kinds() == ["message.bot"]
    with pytest.raises(Exception, match="Redis"):
        shop.add("erp", receiver.url)
