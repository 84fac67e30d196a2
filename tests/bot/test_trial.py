from __future__ import annotations

import pytest

from bot.pieces import add_intent, write_piece
from bot.pipeline import handle_message
from bot.preview import previewed
from bot.services import Services
from bot.tone import TONES
from bot.trial import differences, sure_in_words, title_of, try_out
from bot.why import alike_in_words, why_felt, why_read
from bot.workbench import Workbench
from intents.errors import PackError
from tests.builders import make_incoming

PIECE = ("reply", "greeting", "calm")
TITLES = {"gift_wrap": "Gift wrapping"}


def test_a_trial_says_what_the_server_would_say(services: Services) -> None:
    """Reading, decision and reply are those that a real first message gets."""
    text = "This is ridiculous, third time I ask, where is my parcel??"
    trial = try_out(services, services.packs.live(), text)
    turn = handle_message(services, make_incoming(text, conversation="trial"))
    assert turn.reading
    assert trial.intent == turn.reading["intent"]
    assert [one["text"] for one in trial.replies] == [one.text for one in turn.replies]
    assert trial.escalate == turn.escalated
    assert list(trial.reasons) == list(turn.reasons)
    assert services.conversations.recent(10) == [
        pair for pair in services.conversations.recent(10) if pair[0] == "trial"
    ]


def test_candidates_come_with_the_phrases_that_pulled_them(services: Services) -> None:
    """Every candidate shows phrases of its own intent, what added most first, and those against."""
    live = services.packs.live()
    trial = try_out(services, live, "can I get my money back")
    first = trial.candidates[0]
    assert first.intent == trial.intent == "refund_request"
    for one in trial.candidates:
        spec = live.pack.intent(one.intent)
        assert spec
        assert {near.text for near in one.phrases} <= set(spec.phrases)
        added = [near.added for near in one.phrases]
        assert added == sorted(added, reverse=True)
        assert {near.title for near in one.phrases} == {one.title}
        assert one.title not in {near.title for near in one.against}
        assert all(near.added < 0 for near in one.against)
    assert max(near.likeness for near in first.phrases) > 0.9
    assert set(trial.by_tone) == set(TONES)


def test_a_phrase_pulls_itself(services: Services) -> None:
    """A phrase like no other, tried as a sentence, is what added most, and as alike as can be."""
    live = services.packs.live()
    taught = [(phrase, intent) for phrase, intent in live.pack.labelled() if intent]
    phrase, intent = max(taught, key=lambda pair: len(pair[0]))
    found = try_out(services, live, phrase).candidates[0]
    assert (found.intent, found.phrases[0].text) == (intent, phrase)
    assert found.phrases[0].likeness == pytest.approx(1, abs=0.01)


def test_a_refused_sentence_keeps_its_ranking(services: Services) -> None:
    """What nobody taught is refused, and what it came nearest to is shown."""
    trial = try_out(services, services.packs.live(), "do penguins have knees")
    assert trial.intent is None
    assert trial.candidates
    assert trial.refused_like
    assert trial.by_tone == {}


def test_new_phrases_change_what_the_draft_reads_and_live_is_told_apart(
    services: Services,
) -> None:
    """A new intent is tried before it is published; what live does otherwise is said in words."""
    live = services.packs.live()
    phrases = ["gift wrap please", "wrap it as a present", "do you do gift wrapping"]
    texts = add_intent(live.pack.texts, "gift_wrap", "Gift wrapping", phrases, "We wrap free.")
    bench = Workbench()
    made = bench.ready(services.packs, texts, live)
    assert bench.ready(services.packs, texts, live) is made
    then = try_out(services, made, "could you gift wrap it")
    now = try_out(services, live, "could you gift wrap it")
    assert then.intent == "gift_wrap"
    assert "We wrap free." in then.replies[0]["text"]
    assert now.intent != "gift_wrap"
    assert differences(then, now, TITLES)[0].startswith("reads it as")
    assert differences(then, then, TITLES) == []
    assert services.packs.live_number() == 1


def test_a_change_of_words_fits_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as phrases stay, the live head serves the draft: typing costs no fit."""
    live = services.packs.live()
    monkeypatch.setattr(services.packs, "prepare", lambda _: pytest.fail("a fit was made"))
    texts = write_piece(live.pack.texts, ("reply", "refund_request", "calm"), ["New words."])
    made = Workbench().ready(services.packs, texts, live)
    assert made.head is live.head
    then, now = (try_out(services, one, "can I get my money back") for one in (made, live))
    assert then.by_tone["calm"] == "New words."
    assert (then.intent, then.tone) == (now.intent, now.tone)


def test_a_broken_draft_is_refused_with_its_line(services: Services) -> None:
    """A draft that cannot answer says where it is broken."""
    live = services.packs.live()
    texts = write_piece(live.pack.texts, ("reply", "thanks", "upset"), ["{{ nobody.knows }}"])
    with pytest.raises(PackError) as error:
        Workbench().ready(services.packs, texts, live)
    assert error.value.file == "replies.yaml"
    assert error.value.line == live.pack.line_of("replies.yaml", "replies", "thanks", "upset", 0)
    with pytest.raises(PackError):
        Workbench().check(texts)


def test_why_is_told_of_any_text(services: Services) -> None:
    """An angry message names phrases and words by title and span; an empty one has nothing."""
    live = services.packs.live()
    text = "this is ridiculous 😡, third time I ask, where is my parcel??"
    then = services.reader.read(text, live.head).to_row()
    why = why_read(services, live, text, then)
    assert not why["changed"]
    chosen, after = why["pulled"]
    assert (chosen["intent"], chosen["chosen"], after["chosen"]) == (then["intent"], True, False)
    assert chosen["title"] == title_of(live.pack, then["intent"])
    assert len(chosen["towards"]) == 3
    assert why["felt"][0]["name"] == "frustration"
    spans = [one["span"] for felt in why["felt"] for one in felt["words"]]
    assert {text[slice(*one)] for one in spans} & {"ridiculous", "third", "time", "😡,"}
    assert why_felt(services, live, text)["felt"] == why["felt"]
    assert why_read(services, live, text, {**then, "intent": "thanks"})["changed"]
    assert why_read(services, live, text, {**then, "frustration": 0.0})["changed"]
    empty = services.reader.read(" ", live.head).to_row()
    assert why_read(services, live, " ", empty)["pulled"] == []


def test_a_refusal_says_what_it_is_like(services: Services) -> None:
    """What is refused shows messages to be refused, and the nearest intent after them."""
    live = services.packs.live()
    text = "do penguins have knees"
    then = services.reader.read(text, live.head).to_row()
    refused, nearest = why_read(services, live, text, then)["pulled"]
    assert (refused["intent"], refused["title"], refused["sure"]) == (None, "Refused", "")
    assert {one["phrase"] for one in refused["towards"]} <= set(live.pack.out_of_scope)
    assert nearest["intent"] == then["ranking"][0]["intent"]
    assert nearest["sure"]


def test_confidence_has_words() -> None:
    """A probability is said as a person would, and so is a likeness."""
    alike = [alike_in_words(one) for one in (1.0, 0.7, 0.4, 0.1)]
    assert alike == ["nearly the same", "much alike", "somewhat alike", "a little alike"]
    said = [sure_in_words(one) for one in (0.95, 0.75, 0.5, 0.2, 0.01)]
    assert said == ["almost certain", "likely", "unsure", "a guess", "hardly"]


def test_a_wording_is_previewed_with_and_without_what_is_known() -> None:
    """Variables are filled with samples, and with their fallbacks when nothing is known."""
    texts = {"facts.yaml": "shop: {name: Bean}"}
    samples = {"customer.first_name": "Ada"}
    wording = 'Hi {{ customer.first_name | default: "there" }}, from {{ facts.shop.name }}.'
    assert previewed(wording, PIECE, texts, samples) == {
        **{"filled": "Hi Ada, from Bean.", "bare": "Hi there, from Bean.", "problem": ""},
        "remarks": [],
    }
    assert "customer.shoe" in previewed("{{ customer.shoe }}", PIECE, texts, samples)["problem"]
    assert previewed("{{ open", PIECE, texts, samples)["problem"]
    assert previewed("{% include 'x' %}", PIECE, texts, samples)["problem"]
    assert previewed("  ", PIECE, texts, samples)["problem"] == ""
