"""What anger is at: the bot, the firm, something else, or nothing; and what follows for the bot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escalation.policy import Signals, TurnFacts, decide
from tests.escalation.reading_rows import shop_policy

POLICY = shop_policy()
ANGRY = {"sentiment": "negative", "emotion": "angry", "frustration": 0.6}


def angry(text: str, **more: object) -> TurnFacts:
    """Give a second turn, angry, after an answer."""
    given = {"turn": 1, "intent": "order_status", "confidence": 0.9, **ANGRY, **more}
    return TurnFacts(text=text, **given)  # type: ignore[arg-type]


FIRST = TurnFacts(0, "when does it come", "order_status", 0.9, answered="order_status")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("you're not listening to me", "bot"),
        ("useless bot", "bot"),
        ("that's not what I asked", "bot"),
        ("you just gave me the same answer twice", "bot"),
        ("we are going round in circles here", "bot"),
        ("stop sending me that link", "bot"),
        ("did you even read what I wrote", "bot"),
        ("it's like talking to a brick wall", "bot"),
        ("spare me the canned replies", "bot"),
        ("this chatbot doesn't understand a thing", "bot"),
        ("my parcel has been in Leeds for nine days, this is shocking", "firm"),
        ("the beans were stale and your packaging is rubbish", "firm"),
        ("I have been waiting three weeks", "firm"),
        ("my new coffee machine is useless, it keeps leaking", "firm"),
        ("your courier threw the box over my fence", "firm"),
        ("my boss is driving me mad today", "aside"),
        ("bloody traffic again this morning", "aside"),
    ],
)
def test_the_cause_is_told_by_the_words(text: str, kind: str) -> None:
    """Anger at the bot is told from anger at goods, people and waiting, and at something else."""
    cause = decide(Signals((FIRST, angry(text))), POLICY).cause
    assert cause.kind == kind
    for part in cause.evidence:
        start, end = part.span
        assert text[start:end] == part.text
    assert kind != "bot" or cause.evidence


@pytest.mark.parametrize("text", ["useless bot", "you're not listening", "where is it"])
def test_without_anger_there_is_no_cause(text: str) -> None:
    """A calm reading and no sign in the words: nothing to step back from."""
    calm = angry(text, sentiment="neutral", emotion="neutral", frustration=0.0)
    cause = decide(Signals((FIRST, replace(calm, text="when will it come"))), POLICY).cause
    assert cause.kind == "none"


def test_anger_at_the_bot_brings_a_person_within_the_turn() -> None:
    """Where the same anger at a parcel is answered first, unless the policy says otherwise."""
    at_parcel = Signals((angry("the box came late and your tape is rubbish", turn=0),))
    turn = angry("this bot is not reading what I write")
    decision = decide(Signals((FIRST, turn)), POLICY)
    assert "bot_caused" in {reason.rule for reason in decision.reasons}
    assert not decide(at_parcel, POLICY).escalate
    off = replace(POLICY, limits=replace(POLICY.limits, frustration_at_bot=1.0))
    assert "bot_caused" not in {one.rule for one in decide(Signals((FIRST, turn)), off).reasons}


def test_a_content_customer_is_not_taken_for_an_angry_one() -> None:
    """Thanks with a "no no" in front is thanks, though the model reads anger into it."""
    turn = angry("No no, don't trouble anyone, you've answered it nicely.", intent="complaint")
    assert not decide(Signals((FIRST, turn)), POLICY).escalate
