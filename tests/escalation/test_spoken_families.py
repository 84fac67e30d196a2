"""More families of meaning, as people say them: corrections, distress, indirect asks; and twins."""

from __future__ import annotations

import pytest

from escalation.policy import Signals, TurnFacts, decide
from tests.escalation.reading_rows import shop_policy
from tests.escalation.test_families import codes

POLICY = shop_policy()
BEFORE = TurnFacts(
    0, "can I change the day my subscription comes", "subscription_change", 0.9, answered="x"
)
MILD = {"sentiment": "negative", "emotion": "angry", "frustration": 0.66}


def fails(text: str, intent: str = "subscription_change") -> bool:
    """Tell whether a turn after an answer brings a person because the answer failed."""
    now = TurnFacts(1, text, intent, 0.9)
    found = decide(Signals((BEFORE, now)), POLICY).reasons
    return "repeated_failure" in {reason.code for reason in found}


@pytest.mark.parametrize(
    "text",
    [
        "not what it costs. which day it comes",
        "Not the amount, the day.",
        "that's the price. i mean the weekday",
        "I'm asking whether it could be a Friday",
        "i'm not pausing it. i want another day",
        "that told me about holidays. I get the same box every week.",
        "you're still telling me about pausing",
        "that page goes to my profile",
        "the link you gave takes me to the home page",
        "that's the price list again. which day",
        "did all of that before I got in touch",
        "there isn't a calendar button on my screen",
        "that wasn't what I was after",
        "nope mate, the day. when it comes",
    ],
)
def test_a_correction_in_any_shape(text: str) -> None:
    """The answer is denied, or described as another's, and the need said over."""
    assert fails(text)


@pytest.mark.parametrize(
    "text",
    [
        "not sure yet, what days are there",
        "not a problem, what does it cost",
        "oops sorry, I meant Thursday",
        "you know what i mean lol, is there a fee",
        "the page is lovely by the way, what does shipping cost",
        "there isn't a rush, is the post slower at Christmas",
        "and does it cost more on a Saturday",
        "I'm asking for a friend, is the decaf any good",
    ],
)
def test_harmless_twins_of_corrections(text: str) -> None:
    """An own slip, no hurry, the next question."""
    assert not fails(text, "shipping_info")


@pytest.mark.parametrize(
    "text",
    [
        "could sumone from your office text me",
        "can one of you have a look at my account with me",
        "would somebody on your side drop me an email",
        "anybody there I could run an idea past",
        "how do I get one of you on the phone",
        "I don't do chatbots, sorry",
        "I'd rather not do this with a machine",
        "is Marek about? he sorted it out for me last month",
    ],
)
def test_somebody_to_get_in_touch(text: str) -> None:
    """Somebody of the firm to write, look or be put on the line; the one who helped before."""
    assert "asked_for_human" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "can someone my age drink the dark roast",
        "will the driver text me before he comes",
        "is the decaf in? it sorted my sleep out last month",
        "could you email me the invoice",
        "my bean to cup machine does this on the hour",
    ],
)
def test_harmless_twins_of_getting_in_touch(text: str) -> None:
    """A driver's text, a decaf in stock, the shop's own mail."""
    assert "asked_for_human" not in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "I have lost most of my hearing",
        "she is going blind, which grinder has big buttons",
        "can no longer hold the kettle",
        "Gran is no longer with us, so the parcels should stop",
        "we lost him in March and his box still comes",
        "ive got £6 left till friday",
        "there's five pounds in my bank account until wednesday",
        "you took 16 quid, that was our food shop",
        "my pension doesn't come until the 28th",
        "the debt adviser said to stop every payment",
        "I just can't cover it this month",
        "since the accident I can't lift the machine",
    ],
)
def test_hardship_told_in_passing(text: str) -> None:
    """Senses that fail, somebody who is gone, the last of the money."""
    assert "vulnerable" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "I've got £6 left on my gift card",
        "there are 5 left in the box until Friday",
        "lost sight of the order, where is it",
        "I can't see the button",
        "is the manager with us today",
        "is that for a food processor",
        "it is gas, does the pot work on that",
        "I use a screen reader, is there a plain page",
        "we lost the lid in the move",
        "since the update the app is great",
    ],
)
def test_harmless_twins_of_hardship(text: str) -> None:
    """Money on a card, coffee left in a box, a lid that is lost."""
    assert "vulnerable" not in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "you lot couldn't boil an egg",
        "complete shower of cowboys",
        "you couldn't be bothered to ring me back",
        "I don't suppose anyone will care",
        "I'm out of patience with this",
        "I'm at my wits' end",
        "nearly in tears over a bag of beans",
        "ten years a customer and this is the thanks",
        "you've made it easy to go elsewhere",
        "I'll just get it from Tesco then, it's easier",
        "oh lovely, another link",
        "I'll tell everyone how you treat people",
        "nobody gives a monkey's",
    ],
)
def test_contempt_and_weariness_in_idiom(text: str) -> None:
    """With a reading that is only half upset, such words tip the scales."""
    assert "frustrated" in codes(text, intent="order_status", **MILD)


@pytest.mark.parametrize(
    "text",
    [
        "I can't boil an egg but I make a mean flat white",
        "ten years a customer and still my favourite",
        "I'll get milk from Tesco on the way",
        "great, a link to the guide helps",
        "it was so good I was in tears of joy",
    ],
)
def test_harmless_twins_of_contempt(text: str) -> None:
    """The same words about oneself, milk or joy."""
    assert not codes(text, intent="praise", sentiment="positive", emotion="happy")


def test_a_weekday_alone_is_no_other_target_of_anger() -> None:
    """Anger that names a day is at the firm; at Mondays as such it is not."""
    felt = {"sentiment": "negative", "emotion": "angry", "frustration": 0.95}
    assert "frustrated" in codes("telt it wis comin Tuesday, yous are hopeless", **felt)
    assert "frustrated" in codes("due Tuesday!! sick and tired of this", **felt)
    assert not codes("ugh I hate Mondays", intent="out_of_scope", **felt)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("orders 4410, 4415 and 4420 all need another address", "order_change"),
        ("we paid on twelve orders under two accounts, can the difference be refunded", "x"),
        (
            "30 bags to the office, ten of them to Leeds, the rest to the venue by Friday",
            "wholesale",
        ),
        ("My bank needs a letter from you that the payment was a mistake", "charge_dispute"),
        ("we ordered 9, 4 have arrived and the kettle just packed up", "wholesale"),
        ("you refunded the mug at half price and the kettle not at all", "refund_request"),
        ("I want 2 refunded, the fee refunded and 5 kept", "refund_request"),
        ("I make it 14 euros still due to me", "refund_status"),
    ],
)
def test_cases_no_template_settles(text: str, intent: str) -> None:
    """Split orders, two accounts, several sums, a third party's paper."""
    assert "complex" in codes(text, intent=intent)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is order 4410 on its way", "order_status"),
        ("my bank needs the address for the transfer", "payment_methods"),
        ("six bags to the office and that's it", "wholesale"),
        ("do I need two accounts for two shops", "wholesale"),
        ("I ordered 2 and 2 have arrived, thanks", "thanks"),
        ("its 2.15, on it", "charge_dispute"),
    ],
)
def test_harmless_twins_of_cases(text: str, intent: str) -> None:
    """One order, one address, nothing in dispute."""
    assert "complex" not in codes(text, intent=intent)


def test_a_compliment_the_model_missed_is_no_failed_turn() -> None:
    """A refused reading of praise, then a refused answer: nobody is stuck."""
    first = TurnFacts(0, "the postie waited in the rain, she's a star", None, 0.1)
    second = TurnFacts(1, "dunno her name, red hair", None, 0.1)
    assert not decide(Signals((first, second)), POLICY).escalate


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("someone's bought three machines with my account", "safety_or_legal"),
        ("the order on the 4th was not me", "safety_or_legal"),
        ("she broke her wrist when your stool gave way", "safety_or_legal"),
        ("I've been out of work since June and can't pay", "vulnerable"),
    ],
)
def test_strangers_injuries_and_lost_work(text: str, code: str) -> None:
    """An account in other hands, an injury by a product, no work."""
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "someone bought me three of your machines for my birthday",
        "he broke his arm snowboarding, what can I send him",
        "I've been out of work since June, are you hiring?",
        "there's 4.20 on my bill, is that the delivery?",
    ],
)
def test_harmless_twins_of_strangers_injuries_and_lost_work(text: str) -> None:
    """A present, a fall in the snow, an application, a question about the bill."""
    assert not codes(text)


def test_a_bill_that_asks_whether_it_is_the_postage_is_no_dispute() -> None:
    """The model reads a dispute; the customer only asks what the sum is for."""
    text = "there's 4.20 on my bill, is that the delivery?"
    assert not codes(text, intent="charge_dispute", confidence=0.97)
