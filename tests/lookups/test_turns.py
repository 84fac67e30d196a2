"""A turn that looks something up: asks once, tells what is so, never half of it. Real model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from bot.lookups.demo import PATH
from bot.pipeline import handle_message
from bot.services import Services
from bot.trial import try_out
from bot.values import Customer, Turn
from bot.web.demo_orders import ORDERS
from tests.builders import make_incoming
from tests.receiver import Receiver, Say, receiving
from tests.staff import Staff, served

Speak = Callable[..., Turn]
WHERE = "where's my parcel, ordered last tuesday"
FOUND = {"number": "20416", "status": "left us yesterday", "expected": "tomorrow", "late": False}


@pytest.fixture
def shop(services: Services) -> Iterator[Receiver]:
    """Give a shop whose orders are looked up."""
    with receiving() as found:
        services.lookups.add("orders", found.url, 0, private=True)
        yield found


@pytest.fixture
def say(services: Services) -> Speak:
    """Give a customer who writes, one message after another."""
    services.reader.read("ready?", services.packs.live().head)  # as each worker does first
    return lambda text, **over: handle_message(services, make_incoming(text, **over))


def found(**fields: object) -> Say:
    """Give the shop's answer."""
    return Say(body=json.dumps({**FOUND, **fields}).encode())


def test_told_at_once_when_the_number_is_there(say: Speak, shop: Receiver) -> None:
    """Where is it? There it is, in the shop's own words, with the usual buttons under it."""
    shop.says = [found()]
    turn = say("where is my order 20416?")
    (reply,) = turn.replies
    assert reply.template.startswith("order_found/")
    assert "20416 left us yesterday" in reply.text
    assert "tomorrow" in reply.text
    assert [one.payload for one in reply.quick_replies] == ["solved", "not_quite", "person"]
    assert [one.row for one in shop.got] == [{"lookup": "orders", "order_number": "20416"}]


def test_the_number_settles_what_is_meant(say: Speak, shop: Receiver) -> None:
    """So few words are read as two things at once; only one of them is looked up by a number."""
    shop.says = [found()]
    turn = say("where is 20416?")
    assert turn.replies[0].template.startswith("order_found/")


def test_asked_for_once(say: Speak, shop: Receiver) -> None:
    """Without a number it is asked for, and the number alone goes on from there."""
    first = say(WHERE)
    assert first.replies[0].template.startswith("ask_order_number/")
    assert shop.got == []
    shop.says = [found()]
    second = say("it's #20416")
    assert second.replies[0].template.startswith("order_found/")
    assert not second.escalated


def test_not_asked_for_twice(say: Speak, shop: Receiver) -> None:
    """Who does not know the number gets the plain answer and is not asked again."""
    say(WHERE)
    second = say("no idea, where do I see where my order is?")
    assert shop.got == []
    assert not any(one.template.startswith("ask_") for one in second.replies)


def test_a_wrong_number_can_be_put_right(say: Speak, shop: Receiver) -> None:
    """There is no such order: that is said, and the next number is looked up."""
    shop.says = [Say(status=404), found()]
    assert say("where is order 20461").replies[0].template.startswith("lookup_missing/")
    assert say("sorry, 20416").replies[0].template.startswith("order_found/")


def test_no_answer_is_said_and_a_person_offered(say: Speak, shop: Receiver) -> None:
    """The shop's system is away: said as it is, with the way to a person under it."""
    shop.says = [Say(status=500), Say(status=500)]
    (reply,) = say("where is my order 20416?").replies
    assert reply.template.startswith("lookup_failed/")
    assert [one.payload for one in reply.quick_replies] == ["person"]


def test_never_half_filled(say: Speak, shop: Receiver) -> None:
    """A field that the reply prints and the answer lacks makes it a failed lookup."""
    shop.says = [Say(body=b'{"number": "20416"}')]
    (reply,) = say("where is my order 20416?").replies
    assert reply.template.startswith("lookup_failed/")


def test_anger_goes_to_a_person_all_the_same(say: Speak, shop: Receiver) -> None:
    """Who asks for a person, or is out of patience, is not asked for a number."""
    assert say("THIS IS THE THIRD TIME I ASK. where is my order 20416, talk to a human").escalated
    assert shop.got == []


def test_without_the_lookup_all_is_as_before(say: Speak) -> None:
    """Nobody added it: the plain reply."""
    assert say("where is my order 20416?").replies[0].template.startswith("order_status/")


def test_a_trial_asks_nobody(services: Services, shop: Receiver) -> None:
    """The workshop's sentence box shows the fields' names."""
    tried = try_out(services, services.packs.live(), "where is my order 20416?")
    assert "status" in tried.replies[0]["text"]
    assert shop.got == []


def test_the_known_address_is_not_asked_for(services: Services, say: Speak, shop: Receiver) -> None:
    """An e-mail address that came with the customer is used; otherwise it is asked for."""
    draft = services.packs.draft()
    texts = dict(draft.texts)
    texts["intents.yaml"] = texts["intents.yaml"].replace(
        "needs: [order_number]", "needs: [order_number, email]"
    )
    services.packs.publish(texts, "Ada", "both", 1)
    shop.says = [found(), found()]
    known = Customer(name="Robin", email="robin@example.com")
    say("where is my order 20416?", conversation="c2", customer=known)
    assert shop.got[0].row["email"] == "robin@example.com"
    assert say("where is my order 20416?").replies[0].template.startswith("ask_email/")
    assert say("me@example.com").replies[0].template.startswith("order_found/")
    assert shop.got[1].row["email"] == "me@example.com"


@pytest.mark.parametrize("number", sorted(ORDERS))
def test_the_demo_shop_answers_for_real(
    services: Services, app: Flask, say: Speak, number: str
) -> None:
    """The demo's own order service, over HTTP and signed, in every tone's words."""
    with served(Staff(services, app)) as url:
        services.lookups.add("orders", url + PATH, 0, private=True, demo=True)
        (reply,) = say(f"where is my order {number}?").replies
    assert reply.template.startswith("order_found/")
    assert f"{number} " in reply.text


def test_the_demo_refuses_what_is_not_signed(services: Services, app: Flask) -> None:
    """Nobody else reads orders from it."""
    services.lookups.add("orders", "http://127.0.0.1:9" + PATH, 0, private=True, demo=True)
    answer = app.test_client().post(PATH, json={"order_number": "20416"})
    assert answer.status_code == 401
