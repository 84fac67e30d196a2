"""Two things at the same moment: each order that may happen, made to happen on the real parts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot import conversations as stored
from bot import keys, pipeline
from bot import sweep as sweeping
from bot.desk import Desk
from bot.pipeline import handle_message
from bot.stored import Change
from bot.sweep import sweep
from bot.values import Entry, Turn
from escalation.errors import StaleToken, TicketGone
from tests.builders import make_incoming
from tests.staff import Staff

PERSON = "let me talk to a human"


@pytest.fixture
def desk(staff: Staff) -> Desk:
    """Give the desk."""
    return Desk(staff.services)


@pytest.fixture
def before_commit(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Give a way to have something happen once, between a turn's plan and its commit."""
    usual = stored.Conversations.commit

    def have(happen: Callable[[], Any]) -> None:
        waiting = [happen]

        def commit(self: stored.Conversations, *args: Any) -> Any:
            if waiting:
                waiting.pop()()
            return usual(self, *args)

        monkeypatch.setattr(stored.Conversations, "commit", commit)

    return have


def _held_up(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the relay carry nothing by itself."""
    monkeypatch.setattr(type(staff.services.upkeep), "relay_soon", lambda *_: None)


def _happened(staff: Staff) -> list[str]:
    entries = staff.services.conversations.entries("c1")
    return [one.data["what"] for one in entries if one.kind == "event"]


# ---- a customer lets go while an agent takes over ----


def test_claim_of_a_ticket_the_customer_let_go(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who claims before the cancel is carried joins nobody and keeps no ticket without an end."""
    ana = staff.person("Ana Lima")
    ticket = staff.says("c1", PERSON).ticket
    _held_up(staff, monkeypatch)
    handle_message(staff.services, make_incoming("never mind", conversation="c1"))
    assert staff.services.conversations.load("c1").ticket is None
    with pytest.raises(TicketGone):
        desk.claim(ana, str(ticket), "op1")
    staff.services.relay.carry_all()
    kept = staff.services.queue.get(str(ticket))
    assert kept
    assert not kept.is_open
    assert "agent_joined" not in _happened(staff)
    assert staff.services.queue.audit() == []


def test_letting_go_after_an_agent_joined(
    staff: Staff, desk: Desk, before_commit: Callable[[Callable[[], Any]], None]
) -> None:
    """An agent who joins while "never mind" is read keeps the conversation."""
    ana = staff.person("Ana Lima")
    ticket = str(staff.says("c1", PERSON).ticket)
    before_commit(lambda: desk.claim(ana, ticket, "op1"))
    turn = staff.says("c1", "never mind")
    assert turn.replies == ()
    assert turn.ticket == ticket
    assert "ticket_cancelled" not in _happened(staff)
    held = staff.services.queue.get(ticket)
    assert held
    assert staff.services.conversations.load("c1").token == held.token


def test_step_in_and_out_while_a_message_is_read(
    staff: Staff, desk: Desk, before_commit: Callable[[Callable[[], Any]], None]
) -> None:
    """A ticket opened by a turn is one that nobody has closed meanwhile."""
    ana = staff.person("Ana Lima")
    staff.says("c1", "hi")

    def in_and_out() -> None:
        token = desk.step_in(ana, "c1", "op1").token
        desk.hand_back(ana, "c1", token, "op2")

    before_commit(in_and_out)
    turn = staff.says("c1", PERSON)
    ticket = staff.services.queue.get(str(turn.ticket))
    assert ticket
    assert ticket.state == "waiting"


# ---- whose ticket it is ----


@pytest.mark.parametrize("action", ["resolve", "hand_back"])
def test_a_colleagues_token_closes_nothing(staff: Staff, desk: Desk, action: str) -> None:
    """Tokens stand in the lists that all agents see; only the holder may end a conversation."""
    ana, bo = staff.person("Ana Lima"), staff.person("Bo Chen")
    ticket = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    with pytest.raises(StaleToken):
        getattr(desk, action)(bo, "c1", ticket.token, "op2")
    assert staff.services.queue.get(ticket.id) == ticket
    getattr(desk, action)(ana, "c1", ticket.token, "op3")
    getattr(desk, action)(ana, "c1", ticket.token, "op3")
    assert staff.services.conversations.load("c1").ticket is None


def test_a_colleagues_token_keeps_nothing(staff: Staff, desk: Desk) -> None:
    """A heartbeat with somebody else's token says that the ticket is not held."""
    ana, bo = staff.person("Ana Lima"), staff.person("Bo Chen")
    ticket = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    assert desk.heartbeat(bo, {ticket.id: ticket.token}, available=True) == [ticket.id]


# ---- the same click twice ----


def test_transfer_again_is_one_transfer(staff: Staff, desk: Desk) -> None:
    """A repeated transfer, whose answer was lost, is answered as the first one was."""
    ana, bo = staff.person("Ana Lima"), staff.person("Bo Chen")
    held = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    first = desk.transfer(ana, "c1", held.token, bo, "knows grinders", "op2")
    second = desk.transfer(ana, "c1", held.token, bo, "knows grinders", "op2")
    assert second == first
    assert _happened(staff).count("transferred") == 1


def test_transfer_goes_on_where_it_stopped(staff: Staff, desk: Desk) -> None:
    """A crash between queue and conversation loses neither the note nor the token."""
    ana, bo = staff.person("Ana Lima"), staff.person("Bo Chen")
    held = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    staff.services.queue.transfer(held.id, held.token, bo.id, "op2")
    moved = desk.transfer(ana, "c1", held.token, bo, "knows grinders", "op2")
    entries = staff.services.conversations.entries("c1")
    assert [one.data["text"] for one in entries if one.kind == "note"] == ["knows grinders"]
    assert staff.services.conversations.load("c1").token == moved.token


def test_release_again_is_one_release(staff: Staff, desk: Desk) -> None:
    """A repeated release does nothing more."""
    ana = staff.person("Ana Lima")
    held = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    desk.release(ana, "c1", held.token)
    desk.release(ana, "c1", held.token)
    assert _happened(staff).count("agent_released") == 1


def test_customers_event_ids_are_not_the_desks(staff: Staff, desk: Desk) -> None:
    """An event id that looks like an action of the desk keeps no action from being written."""
    ana = staff.person("Ana Lima")
    ticket = str(staff.says("c1", PERSON, event_id="release-2").ticket)
    held = desk.claim(ana, ticket, "op1")
    assert held.token == 2  # opening took the first number
    desk.release(ana, "c1", held.token)
    assert "agent_released" in _happened(staff)


# ---- the sweeper beside everybody ----


def test_resolve_while_the_sweeper_hands_back(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweeper may see the closed ticket first; the customer is told all the same."""
    ana = staff.person("Ana Lima")
    held = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    monkeypatch.setattr(sweeping, "LOST_MS", -1)
    usual = staff.services.queue.resolve

    def resolve(*args: Any, **options: Any) -> Any:
        closed = usual(*args, **options)
        sweep(staff.services)
        return closed

    monkeypatch.setattr(staff.services.queue, "resolve", resolve)
    desk.resolve(ana, "c1", held.token, "op2")
    assert "resolved" in _happened(staff)
    assert staff.services.conversations.load("c1").episode == 2


def test_message_between_closing_and_handing_back(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who writes in the moment between is answered by the bot, not met with silence."""
    ana = staff.person("Ana Lima")
    held = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    staff.services.queue.resolve(held.id, held.token, "resolved")
    monkeypatch.setattr(sweeping, "LOST_MS", -1)
    turns: list[Turn] = []
    thread = threading.Thread(target=lambda: turns.append(staff.says("c1", "hi")))
    thread.start()
    time.sleep(0.2)
    assert turns == []
    sweep(staff.services)
    thread.join(5)
    assert turns[0].replies
    assert not turns[0].escalated


def test_one_broken_conversation_stops_no_sweep(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that cannot be handled keeps no other conversation from its turn or its agent."""
    ana = staff.person("Ana Lima")
    held = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    services = staff.services
    long_ago = services.clock() - 60_000
    for name in ("broken", "well"):
        services.conversations.ingest(make_incoming("hi", conversation=name, received_ms=long_ago))
        services.redis.delete(keys.lock(name))
    usual = pipeline.take_turns

    def take_turns(one: Any, conversation: str, lock: str) -> Any:
        if conversation == "broken":
            raise KeyError("a defect")
        return usual(one, conversation, lock)

    monkeypatch.setattr(sweeping, "take_turns", take_turns)
    monkeypatch.setattr(
        services.queue,
        "reap",
        lambda: type(services.queue).reap(services.queue, services.clock() + 600_000),
    )
    sweep(services)
    assert services.conversations.unfinished(services.clock()) == ["broken"]
    ticket = services.queue.get(held.id)
    assert ticket
    assert ticket.state == "waiting"


def test_nobody_is_told_twice_that_nobody_came(staff: Staff, desk: Desk) -> None:
    """After a person was there, "nobody has been free so far" would not be true."""
    ana = staff.person("Ana Lima")
    held = desk.claim(ana, str(staff.says("c1", PERSON).ticket), "op1")
    desk.release(ana, "c1", held.token)
    later = staff.services.clock() + 7 * 86_400_000
    sweep(replace(staff.services, clock=lambda: later))
    assert "overdue" not in _happened(staff)


def test_more_effects_than_one_batch(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked to be carried now is carried, whatever waits before it."""
    _held_up(staff, monkeypatch)
    services = staff.services
    services.conversations.begin("c1", "widget", make_incoming().customer, 1)
    for number in range(120):
        entry = Entry("note", "desk", 1, {"text": str(number)})
        services.conversations.change("c1", Change((entry,)), 1)
    handle_message(services, make_incoming(PERSON, conversation="c1"))
    services.relay.carry_for("c1")
    assert services.queue.get("c1#1")


# ---- the same message twice, the first still on its way ----


def test_repeat_of_a_message_on_its_way_is_a_replay(staff: Staff) -> None:
    """Who sends again before the Turn is there gets the same Turn, marked as a replay."""
    incoming = make_incoming("hi", conversation="c1")
    receipt = staff.services.conversations.ingest(incoming)
    staff.services.conversations.unlock("c1", str(receipt.lock))
    assert handle_message(staff.services, incoming).replayed


def test_stepping_in_is_no_waiting_time(staff: Staff, desk: Desk) -> None:
    """Nobody waited where an agent stepped in; told waits are those of customers who did."""
    ana = staff.person("Ana Lima")
    for number in range(6):
        name = f"c{number}"
        staff.says(name, "hi")
        token = desk.step_in(ana, name, f"in{number}").token
        desk.resolve(ana, name, token, f"out{number}")
    assert staff.services.wait_words("normal") == ""
