"""Promises until they are kept, conversations that rest: over the real store and queue."""

from __future__ import annotations

import pytest

from bot.desk import Desk
from bot.keeping import WrongTime, end_promise, end_snooze, snooze
from bot.pipeline import handle_message
from bot.sending import take_back
from bot.services import Services
from bot.sweep import sweep
from bot.view import conversation_for_desk, desk_lists
from escalation.errors import StaleToken
from tests.agents import ANA, BEN, escalate
from tests.builders import make_incoming
from tests.conftest import Clock

HOUR_MS = 3_600_000


@pytest.fixture
def desk(services: Services) -> Desk:
    return Desk(services)


@pytest.fixture
def token(desk: Desk, services: Services) -> int:
    """Have Ana hold c1 and give her token."""
    return desk.claim(ANA, escalate(services), "claim").token


def _promise(desk: Desk, services: Services, token: int, clock: Clock, hours: int = 2) -> None:
    promise = {"text": "I'll call you back.", "due_ms": clock() + hours * HOUR_MS}
    desk.send(ANA, "c1", token, "I'll call you back.", "op1", promise)
    clock.advance(6)
    sweep(services)


def _events(services: Services) -> list[str]:
    return [one.data["what"] for one in services.conversations.entries("c1") if one.kind == "event"]


def _rests(services: Services, token: int, clock: Clock, hours: int = 2) -> None:
    state = services.conversations.load("c1")
    snooze(services, ANA, state, token, clock() + hours * HOUR_MS)


def _names(services: Services, view: str, person: str = "ana") -> list[str]:
    lists = desk_lists(services, view, person)  # type: ignore[arg-type]
    rows, counts = lists["tickets"], lists["counts"]
    assert counts.get(view, len(rows)) == len(rows)
    return [row["conversation"] for row in rows]


def test_a_promise_stands_until_it_is_kept(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """It is written with the reply, outlives the ticket, and any colleague may say it was kept."""
    _promise(desk, services, token, clock)
    shown = conversation_for_desk(services, "c1")["promises"]
    assert [(one["id"], one["text"], one["name"]) for one in shown] == [
        ("op1", "I'll call you back.", "Ana")
    ]
    desk.resolve(ANA, "c1", token, "done")
    assert _names(services, "promised") == ["c1"]
    assert end_promise(services, BEN, "c1", "op1", None)
    assert not end_promise(services, BEN, "c1", "op1", None)
    assert _names(services, "promised") == []
    assert _events(services).count("promise_kept") == 1


def test_a_reply_taken_back_promises_nothing(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """Only what the customer was told is a promise."""
    promise = {"text": "I'll call you back.", "due_ms": clock() + HOUR_MS}
    desk.send(ANA, "c1", token, "I'll call you back.", "op1", promise)
    take_back(services, "c1", ANA.id, "op1")
    clock.advance(6)
    sweep(services)
    assert conversation_for_desk(services, "c1")["promises"] == []
    assert services.conversations.due("promise") == []


def test_a_promise_is_withdrawn_with_a_word(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """The log says who withdrew it and why."""
    _promise(desk, services, token, clock)
    end_promise(services, BEN, "c1", "op1", "The parcel turned up")
    last = services.conversations.entries("c1")[-1]
    assert (last.data["what"], last.data["name"], last.data["why"]) == (
        *("promise_withdrawn", "Ben", "The parcel turned up"),
    )
    assert last.audience == "desk"


def test_late_promises_rise(desk: Desk, services: Services, token: int, clock: Clock) -> None:
    """In one's own list what was promised and is late stands on top."""
    other = handle_message(services, make_incoming("a person please", conversation="c2")).ticket
    _promise(desk, services, token, clock, hours=1)
    desk.claim(ANA, other or "", "claim2")
    services.queue.heartbeat("c1#1", token, lease_ms=10 * HOUR_MS)
    assert _names(services, "mine") == ["c2", "c1"]
    clock.advance(3_700)
    assert _names(services, "mine") == ["c1", "c2"]


def test_earliest_promise_leads(desk: Desk, services: Services, token: int, clock: Clock) -> None:
    """Of several promises the earliest counts; when it is kept, the next one does."""
    now = clock()
    for op, hours in (("a", 5), ("b", 1), ("c", 3)):
        promise = {"text": op, "due_ms": now + hours * HOUR_MS}
        desk.send(ANA, "c1", token, f"Promise {op}", op, promise)
    desk.release(ANA, "c1", token)
    assert services.conversations.due("promise") == [("c1", now + HOUR_MS)]
    end_promise(services, ANA, "c1", "b", None)
    assert services.conversations.due("promise") == [("c1", now + 3 * HOUR_MS)]
    services.conversations.erase("c1")
    assert services.conversations.due("promise") == []


def test_rests_and_comes_back_at_its_time(services: Services, token: int, clock: Clock) -> None:
    """It leaves Mine, stays the agent's although no desk is open, and comes back then."""
    _rests(services, token, clock)
    assert (_names(services, "mine"), _names(services, "snoozed")) == ([], ["c1"])
    clock.advance(2 * 3_600 - 1)
    sweep(services)
    held = services.queue.get("c1#1")
    assert held
    assert (held.state, held.agent) == ("claimed", "ana")
    assert _names(services, "snoozed") == ["c1"]
    clock.advance(2)
    sweep(services)
    assert (_names(services, "mine"), _names(services, "snoozed")) == (["c1"], [])
    assert _events(services)[-1] == "snooze_over"
    assert services.conversations.due("snooze") == []


def test_the_customers_word_ends_the_rest(services: Services, token: int, clock: Clock) -> None:
    """At once in the lists, and the lease is short again, so that nobody is forgotten."""
    _rests(services, token, clock, hours=40)
    long = services.queue.get("c1#1")
    clock.advance(60)
    handle_message(services, make_incoming("still there?", received_ms=clock()))
    assert _names(services, "mine") == ["c1"]
    sweep(services)
    short = services.queue.get("c1#1")
    assert long
    assert short
    assert (long.lease_until_ms or 0) - (short.lease_until_ms or 0) > 39 * HOUR_MS
    assert short.token > token
    assert services.conversations.load("c1").token == short.token


def test_brought_back_by_hand(services: Services, token: int, clock: Clock) -> None:
    """The old token writes nothing any more, the new one does."""
    _rests(services, token, clock)
    end_snooze(services, services.conversations.load("c1"))
    assert _names(services, "mine") == ["c1"]
    with pytest.raises(StaleToken):
        Desk(services).reply(ANA, "c1", token, "hello", "op9")
    held = services.queue.get("c1#1")
    assert held
    Desk(services).reply(ANA, "c1", held.token, "hello", "op9")


def test_handed_on_it_does_not_rest(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """What a colleague is given is in their list at once, and nothing comes back later."""
    _rests(services, token, clock)
    desk.transfer(ANA, "c1", token, BEN, "", "op2")
    assert _names(services, "mine", "ben") == ["c1"]
    sweep(services)
    clock.advance(3 * 3_600)
    sweep(services)
    assert services.conversations.due("snooze") == []
    assert "snooze_over" not in _events(services)


@pytest.mark.parametrize("minutes", [-5, 0, 61 * 24 * 60])
def test_a_wrong_time_is_refused(
    services: Services, token: int, clock: Clock, minutes: int
) -> None:
    """The past and next year are no times to come back."""
    state = services.conversations.load("c1")
    with pytest.raises(WrongTime):
        snooze(services, ANA, state, token, clock() + minutes * 60_000)
    assert services.conversations.due("snooze") == []
