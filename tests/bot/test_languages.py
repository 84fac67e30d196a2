"""A pack in English and German, from the message to the reply: real model, real Redis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask

from bot.answer import plan_turn
from bot.audit import first_turn
from bot.customer import cancel_waiting, leave_email, rate
from bot.desk import Desk
from bot.languages import hours_in_words, named, usual_language, wait_in_words
from bot.pipeline import handle_message
from bot.reader import Reader
from bot.services import Services
from bot.sweep import sweep
from bot.trial import try_out
from bot.values import BotReply, Customer, Entry, Turn
from intents.errors import UnderstandingError
from intents.pack import read_pack
from intents.reading import Ranked
from tests.builders import NOON_MS, make_incoming, make_reading
from tests.conftest import Clock

KIOSK = Path(__file__).parents[1] / "packs" / "kiosk"
GERMAN_BUTTONS = ["Das hat geholfen", "Nicht ganz", "Ein Mensch, bitte"]


@dataclass(frozen=True)
class _Agent:
    id: str
    first_name: str


ANA = _Agent("ana", "Ana")


def _shown(reply: BotReply) -> Entry:
    """Give a reply as the log holds it."""
    quick = [{"text": one.text, "payload": one.payload} for one in reply.quick_replies]
    data = {"author": "bot", "text": reply.text, "quick_replies": quick}
    return Entry("message", "all", NOON_MS, data, "9-9")


@pytest.fixture
def kiosk(services: Services) -> Services:
    """Give services whose live pack is the small one in English and German."""
    services.packs.publish(read_pack(KIOSK).texts, "Ada", "two languages", 1)
    return services


def say(services: Services, text: str, **over: object) -> Turn:
    return handle_message(services, make_incoming(text, **over))


def template(turn: Turn) -> str:
    return turn.replies[0].template


def codes(turn: Turn) -> list[str]:
    return [one["code"] for one in turn.reasons]


def last_said(services: Services) -> str:
    entries = services.conversations.entries("c1")
    return next(one.data["text"] for one in reversed(entries) if "text" in one.data)


def test_each_message_is_answered_in_its_language(kiosk: Services) -> None:
    """German gets the German wording and buttons, English the English ones, turn by turn."""
    turn = say(kiosk, "wo bleibt meine Bestellung 20416?")
    assert template(turn).startswith("order_status/de/")
    assert turn.reading is not None
    assert turn.reading["language"] == "de"
    assert [one.text for one in turn.replies[0].quick_replies] == GERMAN_BUTTONS
    assert not turn.escalated
    turn = say(kiosk, "and how do I return something?")
    assert template(turn) == "returns/calm/0"
    assert turn.replies[0].quick_replies[0].text == "That solved it"
    assert template(say(kiosk, "kann ich die Socken zurückschicken?")) == "returns/de/calm/0"


@pytest.mark.parametrize("text", ["ok", "12345", "😀", "Robin", "BB-30417", "refund"])
def test_what_tells_no_language_keeps_that_of_the_conversation(kiosk: Services, text: str) -> None:
    """A word, a number, a name or a picture is answered as the message before it was."""
    assert "/de/" not in template(say(kiosk, text, conversation="new"))
    say(kiosk, "wo bleibt meine Bestellung?")
    turn = say(kiosk, text)
    assert turn.replies[0].template.split("/")[1] == "de"
    say(kiosk, "where is my order, please tell me")
    assert "/de/" not in template(say(kiosk, text))


def test_buttons_keep_the_language(kiosk: Services) -> None:
    """What is pressed says nothing about a language, whoever wrote the button."""
    say(kiosk, "wo bleibt meine Bestellung?")
    assert template(say(kiosk, "Das hat geholfen")) == "solved/de/calm/0"
    say(kiosk, "guten Tag")
    assert template(say(kiosk, "Track my order")).startswith("order_status/de/")
    assert template(say(kiosk, "Nicht ganz")) == "not_quite/de/calm/0"
    assert codes(say(kiosk, "Ein Mensch, bitte")) == ["asked_for_human"]


def test_an_intent_without_wording_in_the_language_goes_to_a_person(kiosk: Services) -> None:
    """The reason names intent and language; what the customer reads is in German."""
    turn = say(kiosk, "ich brauche eine Rechnung für meine Firma")
    assert turn.escalated
    assert codes(turn) == ["language"]
    assert "German (de) for “An invoice”, which has no reply in that" in turn.reasons[0]["sentence"]
    assert turn.reasons[0]["evidence"][0]["text"].startswith("ich brauche eine Rechnung")
    said = [one.template for one in turn.replies]
    assert said == ["handoff_language/de/calm/0", "handoff_nobody/de/calm/0"]
    assert "Montag–Freitag 09:00–17:30" in turn.replies[1].text
    ticket = kiosk.queue.get(str(turn.ticket))
    assert ticket is not None
    assert ticket.priority == "normal"
    assert template(say(kiosk, "I need an invoice", conversation="c2")) == "invoice/calm/0"


def test_a_language_of_no_reply_goes_to_a_person(kiosk: Services) -> None:
    """French is none of the pack's: a person comes, told in the language used so far."""
    turn = say(kiosk, "où est mon colis, je l'attends depuis deux semaines")
    assert codes(turn) == ["language"]
    assert "(fr; there are en, de)" in turn.reasons[0]["sentence"]
    assert template(turn) == "handoff_language/calm/0"
    came_with = Customer(locale="de-AT")
    turn = say(kiosk, "où est mon colis, s'il vous plaît", conversation="c2", customer=came_with)
    assert template(turn) == "handoff_language/de/calm/0"


def test_what_is_not_understood_is_said_in_the_language(kiosk: Services) -> None:
    """Fallbacks are in German, too."""
    turn = say(kiosk, "was ist die Hauptstadt von Frankreich")
    assert template(turn) == "fallback/de/calm/0"
    assert [one.text for one in turn.replies[0].quick_replies] == ["Ein Mensch, bitte"]


def test_the_customers_own_language_stands_first(kiosk: Services) -> None:
    """Somebody who came with German and says what tells nothing is answered in German."""
    turn = say(kiosk, "ok", customer=Customer(locale="de_AT"))
    assert turn.replies[0].template.split("/")[1] == "de"
    state = kiosk.conversations.load("c1")
    assert (state.language, usual_language(state, ("en", "fr"))) == ("de", "en")


def test_what_is_said_outside_a_turn_is_in_the_language(kiosk: Services, clock: Clock) -> None:
    """Waiting, an address left, a person who joins, the end and a rating: all in German."""
    turn = say(kiosk, "ich brauche eine Rechnung für meine Firma", received_ms=clock())
    kiosk.relay.carry_all()
    leave_email(kiosk, "c1", "robin@example.com")
    assert last_said(kiosk) == "Ihre Adresse ist notiert."
    clock.advance(3_600)
    sweep(kiosk)
    assert last_said(kiosk) == "Bisher war niemand frei. Ihr Platz bleibt."
    cancel_waiting(kiosk, "c1")
    assert last_said(kiosk) == "Gut, es ist aus der Warteschlange genommen."
    turn = say(kiosk, "mit einem Menschen sprechen, bitte")
    kiosk.relay.carry_all()
    desk = Desk(kiosk)
    token = desk.claim(ANA, str(turn.ticket), "op1").token
    assert last_said(kiosk) == "Ana ist jetzt hier."
    desk.resolve(ANA, "c1", token, "op2")
    assert last_said(kiosk) == "Das Team hat das abgeschlossen."
    rate(kiosk, "c1", 5, "")
    assert last_said(kiosk) == "Danke, das Team liest das."


class _Broken(Reader):
    """A model that never answers."""

    def read(self, text: str, head: object) -> object:  # type: ignore[override]
        raise UnderstandingError("The model is away.")


def test_a_failure_is_told_in_the_language(kiosk: Services) -> None:
    """The language needs no model: who wrote German reads that a person comes, in German."""
    broken = replace(kiosk, reader=_Broken(kiosk.settings.model_cache, None, 1.0))
    turn = say(broken, "wo bleibt meine Bestellung?")
    assert codes(turn) == ["service_failure"]
    assert template(turn) == "handoff_service/de/calm/0"


def test_a_question_back_offers_only_what_has_a_name_in_the_language(kiosk: Services) -> None:
    """Two near intents are asked about in German by their buttons; one without is not offered."""
    live = kiosk.packs.live()
    say(kiosk, "guten Tag")
    state = kiosk.conversations.load("c1")
    message = next(one for one in state.recent if one.kind == "message")
    message = replace(message, data={**message.data, "text": "Bestellung zurückschicken oder was"})
    near = (Ranked("order_status", 0.4), Ranked("returns", 0.35))
    reading = make_reading(intent=None, confidence=0.4, ranking=near, language="de")
    reply = plan_turn(kiosk, live, state, message, reading).replies[0]
    assert reply.text == "Was meinen Sie: Wo ist meine Bestellung? oder Etwas zurückschicken"
    assert reply.quick_replies[1].payload == "intent:returns"
    other = replace(reading, ranking=(near[0], Ranked("invoice", 0.35)))
    assert plan_turn(kiosk, live, state, message, other).replies[0].template.startswith("fallback/")
    chosen = (*near, Ranked("invoice", 0.1))
    pressed = replace(message, data={**message.data, "text": "Etwas zurückschicken"})
    asked = replace(state, recent=(*state.recent, _shown(reply)))
    plan = plan_turn(kiosk, live, asked, pressed, replace(reading, ranking=chosen))
    assert plan.replies[0].template == "returns/de/calm/0"


def test_the_sentence_box_answers_in_the_language_it_finds(kiosk: Services) -> None:
    """A trial names the language and shows every tone in it; one language alone is not named."""
    live = kiosk.packs.live()
    trial = try_out(kiosk, live, "wo ist mein Paket")
    assert trial.language == "German (de)"
    assert trial.replies[0]["template"].startswith("order_status/de/calm/")
    assert trial.by_tone["worried"] == "Sehen Sie zuerst in der Sendungsverfolgung nach."
    assert try_out(kiosk, live, "where is my parcel").language == "English (en)"
    lacking = try_out(kiosk, live, "wo finde ich meine Rechnung")
    assert (lacking.escalate, lacking.by_tone) == (True, {})
    assert try_out(kiosk, kiosk.packs.version(1), "where is my parcel").language == ""


def test_the_audit_judges_as_the_server_does(kiosk: Services) -> None:
    """A first message that the pack cannot answer in its language brings a person there, too."""
    live = kiosk.packs.live()
    text = "ich brauche eine Rechnung für meine Firma"
    reading = kiosk.reader.read(text, live.head)
    decision = first_turn(live.pack, live.policy, text, reading)
    assert [one.rule for one in decision.reasons] == ["reply_language"]
    reading = kiosk.reader.read("wo bleibt meine Bestellung", live.head)
    assert not first_turn(live.pack, live.policy, reading.text, reading).escalate


def test_the_widget_welcomes_in_the_browsers_language(kiosk: Services, app: Flask) -> None:
    """The first of the browser's languages that the pack has; English for all others."""

    def welcome(asked: str) -> str:
        answer = app.test_client().post(
            "/widget/session", json={}, headers={"Accept-Language": asked}
        )
        return str(answer.get_json()["welcome"]["text"])

    german = "Willkommen bei Kiosk am Eck."
    assert welcome("de-AT,de;q=0.9,en;q=0.8").startswith(german)
    assert welcome("fr,de;q=0.5").startswith(german)
    assert not welcome("en-GB,de;q=0.9").startswith(german)
    assert not welcome("").startswith(german)


def test_waits_and_hours_are_told_in_the_language(kiosk: Services) -> None:
    """English keeps its sentences; elsewhere minutes and weekdays are the language's own."""
    policy = kiosk.packs.live().policy
    saturday_night = NOON_MS + 5 * 86_400_000 + 10 * 3_600_000
    assert wait_in_words(2, 9, "en") == "usually within 2 to 9 minutes"
    told = [wait_in_words(2, 9, one) for one in ("de", "ja", "sw")]
    assert told == ["2–9 Minuten", "2–9 分", "dakika 2–9"]
    assert hours_in_words(saturday_night, policy, "de") == "Montag 09:00 (London)"
    assert hours_in_words(NOON_MS, policy, "de") == (
        "Montag–Freitag 09:00–17:30; Samstag 10:00–14:00 (London)"
    )
    assert hours_in_words(saturday_night, policy, "en") == "on Monday at 09:00 (London time)"
    assert named("de") == "German (de)"
