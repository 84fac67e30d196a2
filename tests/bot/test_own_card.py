"""What a waiting customer says of the card, and what the desk then gets, over the real pipeline."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from bot import keys
from bot.customer import cancel_waiting
from bot.desk import Desk
from bot.errors import ConversationChanged
from bot.outgoing.events import CHOICES
from bot.own_card import LineUnknown, Said, card_for_desk, card_lines, check_card
from bot.pipeline import handle_message
from bot.services import Services
from bot.suggest import suggestions
from bot.view import conversation_for_desk
from tests.builders import make_incoming
from tests.staff import Staff

WANT, ORDER, EMAIL = "want.1.order_status", "order.20416", "email.kim@example.com"


@dataclass(frozen=True)
class Agent:
    """Somebody at the desk."""

    id: str
    first_name: str


@pytest.fixture
def waiting(services: Services) -> Services:
    """Give services with a customer who wants to know about an order and waits for a person."""
    handle_message(services, make_incoming("where is my order 20416? I am kim@example.com"))
    assert handle_message(services, make_incoming("let me talk to a human")).ticket
    return services


def _desk_card(services: Services) -> dict[str, Any]:
    story = conversation_for_desk(services, "c1")
    return card_for_desk(services, story, {"order_status": "Where my order is"})


def test_lines_are_those_of_the_card(waiting: Services) -> None:
    """The customer sees the needs and facts that the desk's card has, unmarked."""
    lines = card_lines(waiting, "c1")
    assert [(one["id"], one["word"]) for one in lines] == [(WANT, ""), (ORDER, ""), (EMAIL, "")]
    card = _desk_card(waiting)
    assert [one["text"] for one in lines] == [
        *(one["title"] for one in card["wants"]),
        *(one["value"] for one in card["facts"]),
    ]


def test_nobody_needs_a_card_without_a_ticket(services: Services) -> None:
    """With the bot there is no card to check; once nobody is needed it is not kept any more."""
    handle_message(services, make_incoming("where is my order 20416?"))
    assert card_lines(services, "c1") == []
    with pytest.raises(ConversationChanged):
        check_card(services, "c1", [Said(ORDER, "struck")])


def test_struck_facts_reach_no_card(waiting: Services) -> None:
    """What is left out is not in what the desk's card gets: only that something was."""
    check_card(waiting, "c1", [Said(ORDER, "struck"), Said(EMAIL, "struck"), Said(WANT, "struck")])
    card = _desk_card(waiting)
    assert (card["wants"], card["facts"], card["answered"]) == ([], [], [])
    assert card["left_out"] == ["want", "order", "email"]
    assert "20416" not in json.dumps(card)
    assert "kim" not in json.dumps(card)


def test_no_sentence_quotes_what_was_struck(waiting: Services) -> None:
    """Where the bot's answer named a number that is left out, the card shows it without."""
    assert "20416" in _desk_card(waiting)["answered"][0]["text"]
    check_card(waiting, "c1", [Said(ORDER, "struck")])
    assert "20416" not in json.dumps(_desk_card(waiting))


def test_put_back(waiting: Services) -> None:
    """A line left out by mistake comes back as it was."""
    before = _desk_card(waiting)
    check_card(waiting, "c1", [Said(ORDER, "struck")])
    check_card(waiting, "c1", [Said(ORDER, "")])
    assert _desk_card(waiting) == before


def test_confirmed_and_corrected(waiting: Services) -> None:
    """The desk sees which lines were confirmed, and the customer's words where they corrected."""
    said = [Said(WANT, "corrected", "A refund, not the parcel"), Said(EMAIL, "confirmed")]
    lines = check_card(waiting, "c1", [*said, Said(ORDER, "corrected", "20417")])
    assert [one["word"] for one in lines] == ["corrected", "corrected", "confirmed"]
    card = _desk_card(waiting)
    want, (order, email) = card["wants"][0], card["facts"]
    assert (want["title"], want["check"]) == ("A refund, not the parcel", "corrected")
    assert (order["value"], order["check"]) == ("20417", "corrected")
    assert (email["value"], email["check"]) == ("kim@example.com", "confirmed")


@pytest.mark.parametrize(
    ("said", "filled"),
    [(None, "20416"), (Said(ORDER, "corrected", "#20417"), "20417"), (Said(ORDER, "struck"), "")],
)
def test_suggestions_follow(waiting: Services, said: Said | None, filled: str) -> None:
    """A corrected number fills the replies an agent may choose; one left out fills none."""
    if said:
        check_card(waiting, "c1", [said])
    live, state = waiting.packs.live(), waiting.conversations.load("c1")
    texts = " ".join(one["text"] for one in suggestions(live, state, "Ana", waiting.clock()))
    numbers = {one for one in ("20416", "20417") if one in texts}
    assert numbers == ({filled} if filled else set())


def test_one_event_without_words(waiting: Services) -> None:
    """The log says once that the card was looked over, for the desk only, and holds no fact."""
    for _ in range(2):
        check_card(waiting, "c1", [Said(ORDER, "struck")])
    check_card(waiting, "c1", [Said(EMAIL, "confirmed")])
    found = [one for one in waiting.conversations.entries("c1") if one.kind == "event"]
    looked = [one for one in found if one.data["what"] == "card_checked"]
    assert [(one.audience, dict(one.data)) for one in looked] == [
        ("desk", {"what": "card_checked"})
    ]


def test_two_tabs_never_undo_each_other(waiting: Services) -> None:
    """Each line is kept by itself."""
    check_card(waiting, "c1", [Said(ORDER, "struck")])
    lines = check_card(waiting, "c1", [Said(EMAIL, "confirmed")])
    assert [one["word"] for one in lines] == ["", "struck", "confirmed"]


def test_unknown_lines_are_refused(waiting: Services) -> None:
    """Nobody can write onto the card what is not on it; nothing of such a request is kept."""
    with pytest.raises(LineUnknown):
        check_card(waiting, "c1", [Said(ORDER, "struck"), Said("order.99999", "corrected", "hi")])
    assert {one["word"] for one in card_lines(waiting, "c1")} == {""}


def test_a_need_of_another_episode_is_another_line(waiting: Services) -> None:
    """A need left out does not hide the same need when it comes up again; a fact stays out."""
    check_card(waiting, "c1", [Said(WANT, "struck"), Said(ORDER, "struck")])
    assert cancel_waiting(waiting, "c1")
    assert _desk_card(waiting)["left_out"] == ["want", "order"]
    handle_message(waiting, make_incoming("where is my order 20416?"))
    handle_message(waiting, make_incoming("let me talk to a human"))
    card = _desk_card(waiting)
    assert [one["intent"] for one in card["wants"]] == ["order_status"]
    assert card["left_out"] == ["order"]


def test_correcting_while_an_agent_is_there(waiting: Services) -> None:
    """Somebody who takes it while the customer still writes gets the correction."""
    waiting.relay.carry_all()
    assert Desk(waiting).claim_next(Agent("ana", "Ana"), "op1")
    check_card(waiting, "c1", [Said(ORDER, "corrected", "20417")])
    assert _desk_card(waiting)["facts"][0]["value"] == "20417"


def test_events_for_endpoints_tell_nothing_of_it(staff: Staff) -> None:
    """What waits for endpoints after the card was checked holds neither line nor fact."""
    services = staff.services
    services.outgoing.endpoints.add("crm", "https://crm.example.com/", CHOICES, 1, words=True)
    staff.says("c1", "where is my order 20416?")
    staff.says("c1", "let me talk to a human")
    before = _waiting_events(services)
    check_card(services, "c1", [Said(ORDER, "corrected", "31337"), Said(WANT, "struck")])
    services.relay.carry_all()
    new = [one for one in _waiting_events(services) if one not in before]
    assert [one for one in new if '"kind":"ticket.opened"' not in one] == []
    assert [one for one in _waiting_events(services) if "31337" in one or "20416" in one] == []


def _waiting_events(services: Services) -> list[Any]:
    found: Any = services.redis.zrange(keys.endpoint_line("crm"), 0, -1)
    assert found
    return list(found)
