"""Replies that can be taken back: sent once or not at all, whatever dies or comes twice."""

from __future__ import annotations

import pytest

from bot.desk import Desk
from bot.pipeline import handle_message
from bot.sending import UNDO_MS, hold, send_now, take_back
from bot.services import Services
from bot.stored import Change
from bot.sweep import sweep
from escalation.errors import StaleToken
from tests.agents import ANA, BEN, escalate, said
from tests.builders import make_incoming
from tests.conftest import Clock


@pytest.fixture
def desk(services: Services) -> Desk:
    return Desk(services)


@pytest.fixture
def token(desk: Desk, services: Services) -> int:
    """Have Ana hold c1 and give her token."""
    return desk.claim(ANA, escalate(services), "claim").token


def _agents_words(services: Services) -> list[str]:
    return [text for author, text in said(services) if author == "agent"]


def test_sent_by_the_sweeper_when_the_desk_is_closed(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """The customer has nothing for five seconds, then the reply, once."""
    kept = desk.send(ANA, "c1", token, "Hello", "op1")
    assert [(one.id, one.due_ms) for one in kept] == [("op1", clock() + UNDO_MS)]
    clock.advance(4.9)
    sweep(services)
    assert _agents_words(services) == []
    clock.advance(0.1)
    sweep(services)
    sweep(services)
    assert _agents_words(services) == ["Hello"]
    assert services.conversations.due("sending") == []


def test_taken_back_is_never_sent(desk: Desk, services: Services, token: int, clock: Clock) -> None:
    """What was taken back in time reaches nobody; twice is the same as once."""
    desk.send(ANA, "c1", token, "Hello", "op1")
    assert take_back(services, "c1", ANA.id, "op1")
    assert take_back(services, "c1", ANA.id, "op1")
    clock.advance(60)
    sweep(services)
    send_now(services, "c1", "op1")
    assert _agents_words(services) == []


def test_too_late_to_take_back(desk: Desk, services: Services, token: int) -> None:
    """Once it is sent it stays sent, and that is said."""
    desk.send(ANA, "c1", token, "Hello", "op1")
    send_now(services, "c1", "op1")
    assert not take_back(services, "c1", ANA.id, "op1")
    assert _agents_words(services) == ["Hello"]


def test_a_late_arrival_of_what_was_taken_back(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """A request that arrives after its own taking back sends nothing and leaves nothing."""
    assert take_back(services, "c1", ANA.id, "op1")
    desk.send(ANA, "c1", token, "Hello", "op1")
    clock.advance(6)
    sweep(services)
    assert _agents_words(services) == []
    assert services.conversations.due("sending") == []


def test_the_same_click_twice(desk: Desk, services: Services, token: int, clock: Clock) -> None:
    """A repeated request keeps one reply, before and after it was sent."""
    for _ in range(2):
        desk.send(ANA, "c1", token, "Hello", "op1")
    clock.advance(6)
    sweep(services)
    desk.send(ANA, "c1", token, "Hello", "op1")
    clock.advance(6)
    sweep(services)
    assert _agents_words(services) == ["Hello"]


def test_two_replies_keep_their_order(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """What was written first arrives first, also when all is sent at once."""
    desk.send(ANA, "c1", token, "One", "b")
    clock.advance(1)
    desk.send(ANA, "c1", token, "Two", "a")
    clock.advance(60)
    sweep(services)
    assert _agents_words(services) == ["One", "Two"]


@pytest.mark.parametrize("how", ["resolve", "hand_back", "release", "transfer"])
def test_leaving_sends_first(desk: Desk, services: Services, token: int, how: str) -> None:
    """Whoever lets go of a conversation has said what they wrote before."""
    desk.send(ANA, "c1", token, "Goodbye", "op1")
    if how == "release":
        desk.release(ANA, "c1", token)
    elif how == "transfer":
        desk.transfer(ANA, "c1", token, BEN, "", "op2")
    else:
        getattr(desk, how)(ANA, "c1", token, "op2")
    assert _agents_words(services) == ["Goodbye"]
    assert services.conversations.due("sending") == []


def test_lost_meanwhile_is_kept_as_a_note(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """A reply whose conversation was lost reaches no customer, and its words stay on the desk."""
    state = services.conversations.load("c1")
    words = {"text": "Hello", "agent": ANA.id, "name": "Ana"}
    hold(services, state, token, words, "op1")
    ticket = services.queue.transfer(state.ticket or "", token, BEN.id, "away")
    services.conversations.change("c1", Change(), clock(), token=ticket.token)
    clock.advance(6)
    sweep(services)
    assert _agents_words(services) == []
    notes = [one for one in services.conversations.entries("c1") if one.kind == "note"]
    assert [one.data["text"] for one in notes] == [
        "Not sent, because this conversation changed hands meanwhile: Hello"
    ]
    assert services.conversations.due("sending") == []


def test_only_the_writer_takes_it_back(desk: Desk, services: Services, token: int) -> None:
    """A colleague cannot take somebody's words away."""
    desk.send(ANA, "c1", token, "Hello", "op1")
    with pytest.raises(StaleToken):
        take_back(services, "c1", BEN.id, "op1")


def test_without_the_ticket_nothing_is_kept(desk: Desk, services: Services, token: int) -> None:
    """Who holds nothing sends nothing, not even later."""
    with pytest.raises(StaleToken):
        desk.send(BEN, "c1", token, "Hello", "op1")
    assert services.conversations.due("sending") == []


def test_erased_with_the_conversation(desk: Desk, services: Services, token: int) -> None:
    """An erased conversation leaves nothing that is still to be sent."""
    desk.send(ANA, "c1", token, "Hello", "op1")
    services.conversations.erase("c1")
    assert services.conversations.due("sending") == []


def test_the_customer_may_write_meanwhile(
    desk: Desk, services: Services, token: int, clock: Clock
) -> None:
    """A customer's message in these seconds changes nothing about the reply."""
    desk.send(ANA, "c1", token, "Hello", "op1")
    handle_message(services, make_incoming("are you there?"))
    clock.advance(6)
    sweep(services)
    assert [author for author, _ in said(services)][-2:] == ["customer", "agent"]
