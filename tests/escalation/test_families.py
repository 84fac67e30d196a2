"""Families of meaning rather than sentences: said roundabout, in resignation, wryly; and twins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.policy import Decision, Signals, TurnFacts, decide
from tests.escalation.reading_rows import shop_policy
from tests.escalation.test_policy import WORDS, turns

POLICY = shop_policy()


def judged(text: str, **facts: object) -> Decision:
    """Judge one message; with no more facts its words are all there is."""
    given_facts: dict[str, object] = {"intent": "product_question", "confidence": 0.9, **facts}
    return decide(Signals((TurnFacts(0, text, **given_facts),)), POLICY)  # type: ignore[arg-type]


def codes(text: str, **facts: object) -> set[str]:
    """Give the codes of one message."""
    return {reason.code for reason in judged(text, **facts).reasons}


@pytest.mark.parametrize(
    "text",
    [
        "is there anyone I can ring about this",
        "who can I speak to about a standing order",
        "my mum needs someone to talk to about her order",
        "she would like somebody to walk her through it",
        "could someone ring my husband instead",
        "I'd feel better explaining this to a person",
        "how do I get past the bot",
        "let one of your people look at it",
        "somebody who can make a decision, please",
        "hyuman plz",
        "do any real people work there",
    ],
)
def test_roundabout_requests_for_a_person(text: str) -> None:
    """Whom to ring, somebody for a relative, a way past the machine: all ask for a person."""
    assert "asked_for_human" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "a present for someone who loves coffee",
        "who can I make the gift note out to",
        "nah don't need a person, I'll have a look first",
        "my mum wants a lighter roast",
        "coffee for someone who is new to it",
        "is there anything else in the box",
    ],
)
def test_harmless_twins_of_requests(text: str) -> None:
    """The same words about a present, or declining a person."""
    assert "asked_for_human" not in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm not safe if he finds out where I live",
        "please hide my address, my ex must not find me",
        "I know what time he locks up and he's going to get what's coming",
        "there is a restraining order, don't send it to the old house",
    ],
)
def test_danger_from_a_person(text: str) -> None:
    """Hiding from somebody, and veiled threats, are safety."""
    assert "safety_or_legal" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "don't let him see the address, it's a surprise for his birthday",
        "is it safe if it goes in the dishwasher",
        "my lawyer is obsessed with your Sumatra",
        "My late grandad had one of your tins, do you still make them",
        "my sister the solicitor drinks it too",
    ],
)
def test_harmless_twins_of_danger_and_law(text: str) -> None:
    """A surprise, a dishwasher, a lawyer who likes coffee, a warm memory."""
    assert not codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "never mind, I'll just cancel everything then",
        "honestly forget it. I don't even want them any more",
        "is anyone actually reading this or am I shouting into a void",
        "five stars, whoever packed this deserves a medal",
        "do you people even look in the box before you tape it",
        "thanks so much for the empty box",
    ],
)
def test_quiet_resignation_and_wry_praise_are_anger(text: str) -> None:
    """With a reading that is only half upset, such words tip the scales."""
    felt = {"sentiment": "negative", "emotion": "angry", "frustration": 0.66}
    assert "frustrated" in codes(text, intent="order_status", **felt)


def test_a_wry_word_alone_brings_nobody() -> None:
    """Calmly read, a medal and an empty box are no anger yet."""
    assert not codes("whoever packed this deserves a medal", intent="praise")
    assert not codes("thanks for the empty box, I needed one", intent="thanks")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("you say it's with the bank, they say it's with you", "refund_status"),
        ("DPD says you have it and you say DPD has it", "order_status"),
        ("I've been sent back and forth between you and PayPal", "refund_status"),
        ("you refunded more to the card than I paid, what am I actually owed?", "charge_dispute"),
        ("We need 60 day terms, a purchase order account and our own contract", "wholesale"),
    ],
)
def test_what_no_template_settles(text: str, intent: str) -> None:
    """Sent between two parties, sums that disagree, terms of one's own."""
    assert "complex" in codes(text, intent=intent)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("do you take purchase orders on 30 day terms", "wholesale"),
        ("my mum says it is lovely", "praise"),
        ("the bag says 250 g, is that whole bean", "product_question"),
        ("how much do I owe for shipping", "shipping_info"),
    ],
)
def test_harmless_twins_of_complex_cases(text: str, intent: str) -> None:
    """Routine questions in the same words."""
    assert "complex" not in codes(text, intent=intent)


FIRST = TurnFacts(0, "how do I froth oat milk", "product_question", 0.9, answered="x")
LOST = TurnFacts(0, "does the scale run on batteries or usb", None, 0.3)


@pytest.mark.parametrize(
    ("before", "text", "brings"),
    [
        (FIRST, "That tells me how to clean it. I need it to froth.", True),
        (LOST, "thats about shipping. batteries or usb?", True),
        (FIRST, "that's for my mum, do you gift wrap", False),
        (FIRST, "lol mystery solved, husband did it. how do I unpause", False),
    ],
)
def test_an_answer_beside_the_point(before: TurnFacts, text: str, brings: bool) -> None:
    """A turn that says what the answer was about instead has failed; a new matter has not."""
    now = TurnFacts(1, text, "product_question", 0.9)
    found = {reason.code for reason in decide(Signals((before, now)), POLICY).reasons}
    assert ("repeated_failure" in found) == brings


@settings(max_examples=150, deadline=None)
@given(turns(), st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.integers(1, 5))
def test_loudness_alone_never_changes_a_decision(
    episode: tuple[TurnFacts, ...], text: str, marks: int
) -> None:
    """With the same readings, capitals and exclamation marks change nothing that is decided."""
    words = text.replace("ﬁne", "fine").replace("ß", "s").replace("İstanbul", "istanbul")
    calm = replace(episode[-1], text=f"{words}.")
    loud = replace(episode[-1], text=words.upper() + "!" * marks)
    one, other = (decide(Signals((*episode[:-1], last)), POLICY) for last in (calm, loud))
    assert [reason.rule for reason in one.reasons] == [reason.rule for reason in other.reasons]
    assert (one.offer, one.priority, one.score) == (other.offer, other.priority, other.score)
    assert one.cause.kind == other.cause.kind
