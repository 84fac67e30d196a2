"""What agents do with a conversation, over the real queue and the real pipeline."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.customer import NotAnEmail, cancel_waiting, leave_email, rate
from bot.desk import Desk
from bot.handoff import handoff
from bot.pipeline import handle_message
from bot.services import Services
from bot.sweep import sweep
from bot.view import conversation_for_desk, state_for_customer, ticket_rows
from escalation.errors import StaleToken, TicketTaken
from tests.builders import make_incoming
from tests.conftest import Clock


@dataclass(frozen=True)
class _Agent:
    id: str
    first_name: str


ANA, BEN = _Agent("ana", "Ana"), _Agent("ben", "Ben")


@pytest.fixture
def desk(services: Services) -> Desk:
    return Desk(services)


def _escalate(services: Services, text: str = "let me talk to a human") -> str:
    turn = handle_message(services, make_incoming(text))
    assert turn.ticket is not None
    return turn.ticket


def _said(services: Services) -> list[tuple[str, str]]:
    entries = services.conversations.entries("c1")
    return [(one.data["author"], one.data["text"]) for one in entries if one.kind == "message"]


def test_claim_reply_resolve(desk: Desk, services: Services) -> None:
    """An agent takes a ticket, writes, resolves; the customer may rate; the bot answers again."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    assert services.conversations.load("c1").token == ticket.token
    desk.reply(ANA, "c1", ticket.token, "Hello, Ana here.", "op2")
    assert _said(services)[-1] == ("agent", "Hello, Ana here.")
    assert handle_message(services, make_incoming("great")).replies == ()
    desk.resolve(ANA, "c1", ticket.token, "op3")
    assert state_for_customer(services, "c1")["holder"] == "bot"
    assert state_for_customer(services, "c1")["can_rate"]
    rate(services, "c1", 5, "")
    assert not state_for_customer(services, "c1")["can_rate"]
    assert handle_message(services, make_incoming("do you ship to norway?")).replies


def test_one_holder(desk: Desk, services: Services) -> None:
    """A ticket somebody took is not taken twice; who comes second is told by whom."""
    ticket_id = _escalate(services)
    desk.claim(ANA, ticket_id, "op1")
    with pytest.raises(TicketTaken) as caught:
        desk.claim(BEN, ticket_id, "op2")
    assert caught.value.agent == "ana"


def test_slept_tab_cannot_write(desk: Desk, services: Services) -> None:
    """After a transfer the first agent's tab writes nothing into the conversation."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    desk.transfer(ANA, "c1", ticket.token, BEN, "Speaks Polish", "op2")
    with pytest.raises(StaleToken):
        desk.reply(ANA, "c1", ticket.token, "me again", "op3")
    assert all(author != "agent" for author, _ in _said(services))


def test_same_reply_once(desk: Desk, services: Services) -> None:
    """A repeated click sends one message."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    for _ in range(2):
        desk.reply(ANA, "c1", ticket.token, "Hello", "same")
    assert [author for author, _ in _said(services)].count("agent") == 1


def test_step_in(desk: Desk, services: Services) -> None:
    """An agent joins a conversation nobody escalated, and the bot falls silent."""
    handle_message(services, make_incoming("do you ship to norway?"))
    ticket = desk.step_in(ANA, "c1", "op1")
    assert ticket.reasons == ("agent_joined",)
    assert handle_message(services, make_incoming("and to iceland?")).replies == ()
    shown = conversation_for_desk(services, "c1")
    assert shown["reasons"][0]["sentence"].startswith("Ana stepped in")


def test_release_returns_to_the_line(desk: Desk, services: Services) -> None:
    """A released ticket waits again with its original due time."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    desk.release(ANA, "c1", ticket.token)
    again = services.queue.get(ticket.id)
    assert again is not None
    assert (again.state, again.due_ms) == ("waiting", ticket.due_ms)
    assert desk.claim(BEN, ticket.id, "op2").token > ticket.token


def test_hand_back_without_rating(desk: Desk, services: Services) -> None:
    """Handing back gives the conversation to the bot and asks for no rating."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    desk.hand_back(ANA, "c1", ticket.token, "op2")
    state = state_for_customer(services, "c1")
    assert (state["holder"], state["can_rate"]) == ("bot", False)


def test_notes_stay_at_the_desk(desk: Desk, services: Services) -> None:
    """A note is never in what the customer sees."""
    _escalate(services)
    desk.note(ANA, "c1", "Called twice last week", "op1")
    entries = services.conversations.entries("c1")
    assert [one.audience for one in entries if one.kind == "note"] == ["desk"]


def test_lists_agree(desk: Desk, services: Services) -> None:
    """Waiting, mine, open and closed show each conversation where it is."""
    ticket_id = _escalate(services)
    assert [row["conversation"] for row in ticket_rows(services, "waiting", "ana")] == ["c1"]
    ticket = desk.claim(ANA, ticket_id, "op1")
    assert ticket_rows(services, "waiting", "ana") == []
    assert [row["holder"] for row in ticket_rows(services, "mine", "ana")] == ["agent"]
    assert ticket_rows(services, "mine", "ben") == []
    desk.resolve(ANA, "c1", ticket.token, "op2")
    assert [row["holder"] for row in ticket_rows(services, "closed", "ana")] == ["bot"]
    assert [row["holder"] for row in ticket_rows(services, "open", "ana")] == ["bot"]


def test_mood_and_wants(services: Services) -> None:
    """The desk gets what the customer wants and how the mood went, turn by turn."""
    handle_message(services, make_incoming("where is my order"))
    handle_message(services, make_incoming("THIS IS THE THIRD TIME I ASK. where is my money"))
    shown = conversation_for_desk(services, "c1")
    assert len(shown["mood"]) == 2
    assert shown["mood"][1]["frustration"] > shown["mood"][0]["frustration"]
    assert handoff(shown, {})["wants"][0]["intent"] == "order_status"


def test_email_is_kept(services: Services) -> None:
    """A waiting customer leaves an address; nonsense is refused with a sentence."""
    _escalate(services)
    leave_email(services, "c1", " kim@example.com ")
    assert services.conversations.load("c1").customer.email == "kim@example.com"
    with pytest.raises(NotAnEmail):
        leave_email(services, "c1", "kim at home")


def test_cancel_after_claim(desk: Desk, services: Services) -> None:
    """A customer cannot cancel away an agent who is already there."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    assert not cancel_waiting(services, "c1")
    assert services.queue.get(ticket.id) == ticket


def test_heartbeat_names_what_was_lost(desk: Desk, services: Services) -> None:
    """A desk that slept through its lease learns which tickets it no longer holds."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    assert desk.heartbeat(ANA, {ticket.id: ticket.token}, available=True) == []
    services.queue.release(ticket.id, ticket.token)
    assert desk.heartbeat(ANA, {ticket.id: ticket.token}, available=True) == [ticket.id]


def test_closed_ticket_is_handed_back_by_the_sweeper(desk: Desk, services: Services) -> None:
    """A crash between closing a ticket and handing back is mended."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    services.queue.resolve(ticket.id, ticket.token, "resolved")
    assert services.conversations.load("c1").ticket == ticket.id
    sweep(services)
    assert services.conversations.load("c1").ticket is None


def test_lost_ticket_is_opened_again(services: Services) -> None:
    """A conversation a person holds never stays without a ticket."""
    ticket_id = _escalate(services)
    services.queue.erase(ticket_id)
    sweep(services)
    assert services.queue.get(ticket_id) is not None


def test_overdue_is_told_once(services: Services, clock: Clock) -> None:
    """When nobody was free in time the customer is told, once."""
    handle_message(services, make_incoming("let me talk to a human", received_ms=clock()))
    clock.advance(60)
    sweep(services)
    assert _templates(services, "still_waiting") == 0
    clock.advance(3_600)
    sweep(services)
    sweep(services)
    assert _templates(services, "still_waiting") == 1


def _templates(services: Services, name: str) -> int:
    entries = services.conversations.entries("c1")
    return sum(str(one.data.get("template", "")).startswith(f"{name}/") for one in entries)


def test_retention(services: Services, clock: Clock) -> None:
    """What nobody touched for the retention time is deleted; what is newer stays."""
    handle_message(services, make_incoming("hi", conversation="old"))
    clock.advance(services.settings.retention_days * 86_400)
    handle_message(services, make_incoming("hi", conversation="new", received_ms=clock()))
    sweep(services)
    assert not services.conversations.exists("old")
    assert services.conversations.exists("new")


def test_over_until_the_customer_writes(desk: Desk, services: Services) -> None:
    """Resolved counts as over, also once rated, until the customer writes; handed back does not."""
    ticket = desk.claim(ANA, _escalate(services), "op1")
    assert not state_for_customer(services, "c1")["over"]
    desk.resolve(ANA, "c1", ticket.token, "op2")
    assert state_for_customer(services, "c1")["over"]
    rate(services, "c1", 5, "")
    assert state_for_customer(services, "c1")["over"]
    handle_message(services, make_incoming("one more thing"))
    assert not state_for_customer(services, "c1")["over"]
    again = desk.step_in(ANA, "c1", "op3")
    desk.hand_back(ANA, "c1", again.token, "op4")
    assert not state_for_customer(services, "c1")["over"]
