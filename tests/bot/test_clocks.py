"""Clocks of real tickets: told once whoever looks, stopped by what an agent writes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
import redis

from bot import keys
from bot.alarms import TAKEN_MS, Alarms
from bot.clocks import clock_rows, clocks
from bot.customer import cancel_waiting
from bot.desk import Desk
from bot.pipeline import handle_message
from bot.services import Services
from bot.sla_watch import watch
from bot.sweep import sweep
from bot.view import breached_rows, conversation_for_desk, ticket_rows
from tests.builders import make_incoming
from tests.conftest import Clock

PERSON = "let me talk to a human"


@dataclass(frozen=True)
class _Agent:
    id: str
    first_name: str


ANA = _Agent("ana", "Ana")


@pytest.fixture
def services(services: Services) -> Services:
    """Give the services with the model loaded before a turn's time runs."""
    services.reader.read("hello", services.packs.live().head)
    return services


@pytest.fixture
def desk(services: Services) -> Desk:
    return Desk(services)


def _asks(services: Services, text: str = PERSON, conversation: str = "c1") -> str:
    """Have a customer write now, and what that promised carried."""
    incoming = make_incoming(text, conversation=conversation, received_ms=services.clock())
    turn = handle_message(services, incoming)
    services.relay.carry_all()
    return str(turn.ticket)


def _told(services: Services, conversation: str = "c1") -> list[tuple[str, str]]:
    entries = services.conversations.entries(conversation)
    return [
        (one.data["what"], one.data["clock"])
        for one in entries
        if one.kind == "event" and one.data["what"].startswith("sla_")
    ]


def _states(services: Services, conversation: str = "c1") -> dict[str, str]:
    state = services.conversations.load(conversation)
    ticket = services.queue.get(state.ticket or "")
    assert ticket
    found = clocks(ticket, state, services.packs.live().policy, services.clock())
    return {one.name: one.state for one in found}


def _later(services: Services, clock: Clock, minutes: float) -> None:
    """Let time pass with a sweeper that looks every quarter of a minute."""
    for _ in range(round(minutes * 4)):
        clock.advance(15)
        sweep(services)


def test_a_wait_is_warned_of_then_breached_once(services: Services, clock: Clock) -> None:
    """After three quarters of 15 minutes the warning, after all of them the breach, each once."""
    _asks(services)
    _later(services, clock, 11)
    assert _told(services) == []
    _later(services, clock, 1)
    assert _told(services) == [("sla_warning", "first_reply")]
    assert breached_rows(services) == []
    _later(services, clock, 10)
    assert _told(services) == [("sla_warning", "first_reply"), ("sla_breached", "first_reply")]
    (row,) = breached_rows(services)
    assert (row["clock"]["name"], row["clock"]["state"]) == ("first_reply", "breached")
    assert row["holder"] == "waiting"


def test_a_claim_stops_no_clock_and_a_message_does(
    desk: Desk, services: Services, clock: Clock
) -> None:
    """Who takes a ticket and writes nothing breaches it; the lead sees who holds it."""
    ticket = desk.claim(ANA, _asks(services), "op1")
    _later(services, clock, 16)
    assert _states(services)["first_reply"] == "breached"
    assert len(breached_rows(services)) == 1
    desk.reply(ANA, "c1", ticket.token, "Hello", "op2")
    services.relay.carry_all()
    sweep(services)
    assert breached_rows(services) == []
    assert services.alarms.breached(10) == []
    assert "next_reply" not in _states(services)


def test_a_reply_that_could_be_taken_back_counts_once_sent(
    desk: Desk, services: Services, clock: Clock
) -> None:
    """Five seconds later it is sent by a sweeper: the clock stops then, and the wait is known."""
    ticket = desk.claim(ANA, _asks(services), "op1")
    clock.advance(60)
    desk.send(ANA, "c1", ticket.token, "Hello", "op2")
    assert _states(services)["first_reply"] == "running"
    clock.advance(6)
    sweep(services)
    assert _states(services)["first_reply"] == "met"
    assert [one.waited_ms for one in services.waits.past("normal")] == [66_000]


def test_each_unanswered_message_has_its_own_clock(
    desk: Desk, services: Services, clock: Clock
) -> None:
    """It starts at the oldest message nobody answered, stops at the reply, and starts again."""
    ticket = desk.claim(ANA, _asks(services), "op1")
    desk.reply(ANA, "c1", ticket.token, "Hello", "op2")
    clock.advance(60)
    _asks(services, "it is order 20416")
    clock.advance(600)
    _asks(services, "are you there?")
    rows = {one["name"]: one for one in conversation_for_desk(services, "c1")["clocks"]}
    assert rows["next_reply"]["left_ms"] == 20 * 60_000
    assert rows["first_reply"]["state"] == "met"
    _later(services, clock, 22)
    told = [("sla_warning", "next_reply"), ("sla_breached", "next_reply")]
    assert _told(services) == told
    desk.reply(ANA, "c1", ticket.token, "Here it is", "op3")
    assert "next_reply" not in _states(services)
    _asks(services, "and the other one?")
    _later(services, clock, 31)
    assert _told(services) == told * 2


def test_nothing_passes_while_the_shop_is_closed(services: Services, clock: Clock) -> None:
    """A request in the evening is not late in the morning; the row says when it goes on."""
    clock.advance(4.5 * 3_600)  # 17:30
    _asks(services)
    clock.advance(12 * 3_600)
    sweep(services)
    assert _told(services) == []
    (row,) = ticket_rows(services, "waiting", "ana")
    assert row["clock"]["left_ms"] == 15 * 60_000
    assert row["clock"]["resumes_ms"] == clock() + 3.5 * 3_600_000
    clock.advance(3.5 * 3_600 + 14 * 60)
    sweep(services)
    assert _told(services) == [("sla_warning", "first_reply")]


def test_what_is_over_is_watched_no_more(desk: Desk, services: Services, clock: Clock) -> None:
    """Resolved, or let go by the customer: nothing of it is left in the index."""
    ticket = desk.claim(ANA, _asks(services), "op1")
    _asks(services, conversation="c2")
    _later(services, clock, 16)
    assert len(services.alarms.breached(10)) == 2
    desk.resolve(ANA, "c1", ticket.token, "op2")
    assert cancel_waiting(services, "c2")
    services.relay.carry_all()
    sweep(services)
    assert services.redis.zcard(keys.alarms()) == 0
    assert services.alarms.breached(10) == []


def test_a_lost_index_comes_back(services: Services, clock: Clock) -> None:
    """The index is no truth of its own: without it the next sweeps find what is late."""
    _asks(services)
    clock.advance(16 * 60)
    services.redis.delete(keys.alarms(), keys.breached())
    sweep(services)
    assert _told(services) == [("sla_breached", "first_reply")]
    assert len(breached_rows(services)) == 1


def test_many_sweepers_tell_each_thing_once(services: Services, clock: Clock) -> None:
    """Eight at the same moment, again and again, on tickets marked anew all the time."""
    names = [f"c{number}" for number in range(12)]
    for name in names:
        _asks(services, conversation=name)
    for seconds in (12 * 60, 4 * 60):
        clock.advance(seconds)
        stop = threading.Event()

        def look(stop: threading.Event = stop) -> None:
            while not stop.is_set():
                watch(services, services.clock())

        with ThreadPoolExecutor(8) as pool:
            sweepers = [pool.submit(look) for _ in range(8)]
            for _ in range(40):
                for name in names:
                    services.alarms.mark(name)
            stop.set()
        assert [one.result() for one in sweepers] == [None] * 8
        watch(services, services.clock())
    told = [("sla_warning", "first_reply"), ("sla_breached", "first_reply")]
    assert {name: _told(services, name) for name in names} == dict.fromkeys(names, told)
    assert len(breached_rows(services)) == 12


def test_a_raised_ticket_is_due_earlier(services: Services, clock: Clock) -> None:
    """What makes a waiting ticket urgent makes its clock shorter, from then on."""
    _asks(services)
    clock.advance(60)
    _asks(services, "now my throat is swelling and I cannot breathe")
    (row,) = ticket_rows(services, "waiting", "ana")
    assert row["clock"]["due_ms"] == clock() + 2 * 60_000
    _later(services, clock, 2.5)
    assert _told(services)[-1] == ("sla_breached", "first_reply")


def test_who_waited_too_long_is_told_once_and_stays_first(
    desk: Desk, services: Services, clock: Clock
) -> None:
    """Nobody came in time: said once, and whoever asks later is not taken before them."""
    _asks(services)
    _later(services, clock, 20)
    _asks(services, conversation="c2")
    _later(services, clock, 2)
    entries = services.conversations.entries("c1")
    assert sum(one.data.get("what") == "overdue" for one in entries) == 1
    taken = desk.claim_next(ANA, "op1")
    assert taken
    assert taken.conversation == "c1"


def test_with_the_old_file_only_the_first_reply_runs(services: Services, clock: Clock) -> None:
    """One number for each priority, as before: no other clock is there."""
    texts = dict(services.packs.draft().texts)
    head, _, rest = texts["policy.yaml"].partition("sla_minutes:\n")
    tail = rest.partition("\nintents:")[2]
    minutes = "sla_minutes:\n  urgent: 2\n  high: 5\n  normal: 15\n\nintents:"
    services.packs.publish({**texts, "policy.yaml": head + minutes + tail}, "Ada", "", clock())
    ticket = _asks(services)
    state, found = services.conversations.load("c1"), services.queue.get(ticket)
    assert [one["name"] for one in clock_rows(services, found, state)] == ["first_reply"]


@pytest.fixture
def alarms(each_store: redis.Redis) -> Alarms:
    """Give the index, once on the newest Redis here and once on 6.2."""
    return Alarms(each_store)


def test_a_mark_during_a_look_is_not_lost(alarms: Alarms) -> None:
    """Who looked before something happened does not put it off."""
    alarms.ensure(["c1", "c2"])
    assert sorted(alarms.take(1_000)) == ["c1", "c2"]
    assert alarms.take(1_000) == []
    alarms.mark("c1")
    assert not alarms.set("c1", 1_000, 90_000, None)
    assert alarms.set("c2", 1_000, 90_000, 500)
    assert alarms.take(2_000) == ["c1"]
    assert alarms.breached(10) == [("c2", 500)]
    alarms.ensure(["c2"])
    assert alarms.take(2_000) == []
    assert alarms.take(2_000 + TAKEN_MS) == ["c1"], "whoever took it has died"


def test_the_index_works_in_full_memory(alarms: Alarms, each_store: redis.Redis) -> None:
    """Where the store is full, what runs out is still found and told apart."""
    alarms.ensure(["c1"])
    used: Any = each_store.info("memory")
    each_store.config_set("maxmemory", max(1, int(used["used_memory"]) // 2))
    try:
        assert alarms.take(1_000) == ["c1"]
        assert alarms.set("c1", 1_000, None, None)
    finally:
        each_store.config_set("maxmemory", 0)
