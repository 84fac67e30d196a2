"""The main job: a customer gets an answer, an upset one gets a person. Real model, real Redis."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import EventReused
from bot.pipeline import handle_message, take_turns
from bot.reader import Reader
from bot.replies import Rendered, ReplyBook
from bot.services import Services
from bot.sweep import sweep
from bot.values import Turn
from intents.errors import UnderstandingError
from tests.builders import make_incoming

Say = Callable[..., Turn]


@pytest.fixture
def say(services: Services) -> Say:
    """Give a customer who writes, one message after another."""

    def speak(text: str, **over: object) -> Turn:
        return handle_message(services, make_incoming(text, **over))

    return speak


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hi", "greeting"),
        ("where's my parcel, ordered last tuesday", "order_status"),
        ("do you ship to norway?", "shipping_international"),
        ("my grinder came broken", "item_damaged"),
    ],
)
def test_routine_is_answered(say: Say, text: str, intent: str) -> None:
    """A routine question gets its own reply and no ticket."""
    turn = say(text)
    assert turn.reading is not None
    assert turn.reading["intent"] == intent
    assert turn.replies[0].template.startswith(f"{intent}/")
    assert not turn.escalated


def test_upset_gets_a_person(say: Say, services: Services) -> None:
    """Who asks for the third time gets a person in the same turn, with the words that said so."""
    turn = say("THIS IS THE THIRD TIME I ASK. where is my money")
    assert turn.escalated
    assert turn.ticket == "c1#1"
    assert "frustrated" in [one["code"] for one in turn.reasons]
    spans = [part for one in turn.reasons for part in one["evidence"]]
    assert any("THIRD TIME" in part["text"] for part in spans)
    ticket = services.queue.get("c1#1")
    assert ticket is not None
    assert ticket.state == "waiting"


def test_told_when_nobody_is_here(say: Say) -> None:
    """Without an agent the customer is not told that the team has it now."""
    turn = say("let me talk to a human")
    assert turn.replies[-1].template.startswith("handoff_nobody/")


def test_self_harm_is_short_and_urgent(say: Say, services: Services) -> None:
    """Who speaks of ending their life is told whom to call, nothing else, and is first in line."""
    turn = say("I don't want to live any more, nothing matters")
    assert [one.template.split("/")[0] for one in turn.replies] == ["handoff_self_harm"]
    assert "116 123" in turn.replies[0].text
    ticket = services.queue.get("c1#1")
    assert ticket is not None
    assert ticket.priority == "urgent"


def test_told_when_somebody_is_here(say: Say, services: Services) -> None:
    """With an agent available the customer is told that a person comes."""
    services.presence.seen("ana", available=True, now_ms=services.clock())
    assert say("let me talk to a human").replies[-1].template.startswith("handoff/")


def test_bot_is_silent_while_held(say: Say) -> None:
    """While a person has the conversation the bot says nothing, and the ticket stays."""
    first = say("let me talk to a human")
    turn = say("are you still there?")
    assert turn.replies == ()
    assert turn.escalated
    assert turn.reasons == first.reasons
    assert turn.reasons[0]["code"] == "asked_for_human"


def test_never_mind_closes_the_ticket(say: Say, services: Services) -> None:
    """Who lets go while waiting is back with the bot at once."""
    say("let me talk to a human")
    turn = say("never mind, I found it")
    assert not turn.escalated
    ticket = services.queue.get("c1#1")
    assert ticket is not None
    assert ticket.state == "cancelled"
    assert say("do you ship to norway?").replies[0].template.startswith("shipping_international/")


def test_episodes_are_separate(say: Say, services: Services) -> None:
    """After a withdrawn ticket a new request opens a new one, not a loop on the old reasons."""
    say("let me talk to a human")
    say("never mind")
    assert not say("do you ship to norway?").escalated
    assert say("I want to speak to a person please").ticket == "c1#2"


def test_safety_makes_a_waiting_ticket_urgent(say: Say, services: Services) -> None:
    """A worse turn while waiting brings the due time forward."""
    say("can I talk to somebody about my order")
    before = services.queue.get("c1#1")
    say("now my throat is swelling up after drinking it")
    after = services.queue.get("c1#1")
    assert before is not None
    assert after is not None
    assert after.priority == "urgent"
    assert after.due_ms <= before.due_ms


def test_quick_replies_are_understood(say: Say) -> None:
    """What stands under an answer works when it is tapped, whatever the words would mean alone."""
    say("do you ship to norway?")
    assert say("That solved it").replies[0].template.startswith("solved/")
    say("what are your opening hours")
    assert say("not quite").replies[0].template.startswith("not_quite/")
    say("which coffee has the least caffeine?")
    assert say("A person").escalated


def test_no_two_alike(say: Say) -> None:
    """The same question twice is not answered in the same words."""
    first, second = say("what are your opening hours"), say("and your opening hours on sunday")
    assert first.replies[0].text != second.replies[0].text


def test_one_apology(say: Say) -> None:
    """One conversation hears sorry once at most from the bot."""
    texts = ["my grinder came broken", "it is really broken, what a shame", "a mug is broken too"]
    said = [one.text.lower() for text in texts for one in say(text).replies]
    assert sum("sorry" in one for one in said) <= 1


@pytest.mark.parametrize(
    "text", ["😀😀😀", "مرحبا، أين طلبي؟", "שלום hello مرحبا", "?", "​a​", "Z̶a̷l̸g̵o̴"]
)
def test_odd_text_is_answered(say: Say, text: str) -> None:
    """Emoji, right-to-left and odd Unicode get an answer or a person, never an error."""
    turn = say(text)
    assert turn.replies


def test_same_event_same_turn(services: Services) -> None:
    """A repeated event gives the stored Turn and writes nothing."""
    incoming = make_incoming("do you ship to norway?")
    first, second = handle_message(services, incoming), handle_message(services, incoming)
    assert second.replayed
    assert second.replies[0].text == first.replies[0].text
    assert len(services.conversations.entries("c1")) == 3
    with pytest.raises(EventReused):
        handle_message(services, replace(incoming, fingerprint="other"))


def test_parallel_messages_each_get_their_turn(services: Services) -> None:
    """Eight messages at once in one conversation: eight turns, in the order they were accepted."""
    incoming = [make_incoming(f"do you ship to norway? {number}") for number in range(8)]
    turns: list[Turn] = []
    threads = [
        threading.Thread(target=lambda one=one: turns.append(handle_message(services, one)))
        for one in incoming
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({turn.message_id for turn in turns}) == 8
    entries = services.conversations.entries("c1")
    asked = [one.id for one in entries if one.data.get("author") == "customer"]
    read = [one.data["message_id"] for one in entries if one.kind == "reading"]
    assert asked == read


def test_always_a_person(say: Say, services: Services) -> None:
    """An intent marked so in the workshop brings a person, and the reason says why."""
    texts = dict(services.packs.live().pack.texts)
    at = texts["intents.yaml"].index("- name: wholesale")
    before, after = texts["intents.yaml"][:at], texts["intents.yaml"][at:]
    texts["intents.yaml"] = before + after.replace("always_person: false", "always_person: true", 1)
    services.packs.publish(texts, "Ada", "trade customers get Marta", 1)
    turn = say("do you supply restaurants at wholesale prices?")
    assert turn.reasons[0]["rule"] == "always_person"


class _Broken(Reader):
    """A model that never answers."""

    def read(self, text: str, head: object) -> object:  # type: ignore[override]
        raise UnderstandingError("The model is away.")


def test_model_failure_brings_a_person(services: Services) -> None:
    """When the model cannot read, the customer is handed to a person and told why."""
    broken = replace(services, reader=_Broken(services.settings.model_cache, None, 1.0))
    turn = handle_message(broken, make_incoming("do you ship to norway?"))
    assert turn.escalated
    assert turn.reading is None
    assert turn.reasons[0]["code"] == "service_failure"
    assert "model_unavailable" in turn.reasons[0]["sentence"]


def test_a_defect_brings_a_person(
    say: Say, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply that breaks when it is filled loses nobody: a person gets the conversation."""
    usual = ReplyBook.render

    def render(self: ReplyBook, name: str, *args: Any, **options: Any) -> Rendered:
        if name == "greeting":
            raise ZeroDivisionError
        return usual(self, name, *args, **options)

    monkeypatch.setattr(ReplyBook, "render", render)
    turn = say("hi")
    assert turn.escalated
    assert turn.replies
    assert services.queue.get(str(turn.ticket))


def test_sweeper_finishes_what_a_dead_process_left(services: Services) -> None:
    """A message that was accepted and never answered is answered by any process's sweeper."""
    incoming = replace(
        make_incoming("do you ship to norway?"), received_ms=services.clock() - 10_000
    )
    receipt = services.conversations.ingest(incoming)
    services.conversations.unlock("c1", receipt.lock or "")
    sweep(services)
    turn = services.conversations.turn("c1", incoming.event_id)
    assert turn is not None
    assert turn.replies


def test_somebody_elses_lock_is_respected(services: Services) -> None:
    """Who does not hold the turn lock takes no turn."""
    services.conversations.ingest(make_incoming())
    assert take_turns(services, "c1", "not the lock") is None
    assert len(services.conversations.entries("c1")) == 1


def test_buttons_of_the_admin(say: Say, services: Services) -> None:
    """The buttons an admin writes under a reply are shown; without any, the usual three are."""
    usual = [one.text for one in say("what are your opening hours").replies[0].quick_replies]
    assert usual == ["That solved it", "Not quite", "A person"]
    texts = dict(services.packs.live().pack.texts)
    before, after = texts["replies.yaml"].split("\n  shipping_international:\n", 1)
    after = after.replace("quick_replies: []", 'quick_replies: ["And to Iceland?"]', 1)
    texts["replies.yaml"] = f"{before}\n  shipping_international:\n{after}"
    services.packs.publish(texts, "Ada", "they always ask", 1)
    shown = say("do you ship to norway?").replies[0].quick_replies
    assert [one.text for one in shown] == ["And to Iceland?"]
