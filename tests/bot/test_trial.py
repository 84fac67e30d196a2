from __future__ import annotations

import pytest

from bot.pieces import add_intent, write_piece
from bot.pipeline import handle_message
from bot.preview import previewed
from bot.services import Services
from bot.tone import TONES
from bot.trial import differences, nearest_phrases, sure_in_words, try_out
from bot.workbench import Workbench
from intents.errors import PackError
from tests.builders import make_incoming

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
    """Every candidate shows training phrases of its own intent, the nearest first."""
    live = services.packs.live()
    trial = try_out(services, live, "can I get my money back")
    first = trial.candidates[0]
    assert first.intent == trial.intent == "refund_request"
    for one in trial.candidates:
        spec = live.pack.intent(one.intent)
        assert spec
        assert {near.text for near in one.phrases} <= set(spec.phrases)
        likeness = [near.likeness for near in one.phrases]
        assert likeness == sorted(likeness, reverse=True)
    assert first.phrases[0].likeness > 0.8
    assert set(trial.by_tone) == set(TONES)


def test_a_phrase_is_nearest_to_itself(services: Services) -> None:
    """The most alike phrase of a training phrase is that phrase."""
    live = services.packs.live()
    labelled = live.pack.labelled()
    phrase, intent = labelled[77]
    found = nearest_phrases(live.head, labelled, services.reader.encoder(), phrase)
    assert found[0][:2] == (phrase, intent)
    assert found[0][2] == pytest.approx(1, abs=0.01)
    assert nearest_phrases(live.head, labelled[:-1], services.reader.encoder(), phrase) == []


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


def test_confidence_has_words() -> None:
    """A probability is said as a person would."""
    said = [sure_in_words(one) for one in (0.95, 0.75, 0.5, 0.2, 0.01)]
    assert said == ["almost certain", "likely", "unsure", "a guess", "hardly"]


def test_a_wording_is_previewed_with_and_without_what_is_known() -> None:
    """Variables are filled with samples, and with their fallbacks when nothing is known."""
    texts = {"facts.yaml": "shop: {name: Bean}"}
    samples = {"customer.first_name": "Ada"}
    wording = 'Hi {{ customer.first_name | default: "there" }}, from {{ facts.shop.name }}.'
    assert previewed(wording, texts, samples) == {
        **{"filled": "Hi Ada, from Bean.", "bare": "Hi there, from Bean.", "problem": ""}
    }
    assert "customer.shoe" in previewed("{{ customer.shoe }}", texts, samples)["problem"]
    assert previewed("{{ open", texts, samples)["problem"]
    assert previewed("{% include 'x' %}", texts, samples)["problem"]
    assert previewed("  ", texts, samples)["problem"] == ""
