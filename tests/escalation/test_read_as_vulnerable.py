"""A hard time that no word tells, as the model reads it."""

from __future__ import annotations

import pytest

from escalation.policy import Decision, Signals, TurnFacts, decide
from tests.escalation.reading_rows import shop_policy

QUIET = "She isn't here any more to drink it. Could you close it, whenever suits you."


def _decided(**facts: object) -> Decision:
    turn = TurnFacts(0, QUIET, **({"intent": "subscription_cancel", "confidence": 0.9} | facts))  # type: ignore[arg-type]
    return decide(Signals((turn,)), shop_policy())


def test_a_hard_time_read_between_the_lines_brings_a_person() -> None:
    """At the limit the reason is vulnerable, with score, limit, rule and the whole text."""
    found = _decided(vulnerable=0.6)
    reason = found.reasons[0]
    assert (reason.code, reason.rule) == ("vulnerable", "model_vulnerable")
    assert (reason.score, reason.limit) == (0.6, 0.6)
    assert reason.evidence[0].text == QUIET
    assert "60% sure, limit 60%" in reason.sentence
    assert found.priority == "high"


def test_just_under_the_limit_a_person_is_offered() -> None:
    """A near miss is an offer; far from it there is neither."""
    near = _decided(vulnerable=0.55)
    assert not near.reasons
    assert near.offer
    far = _decided(vulnerable=0.3)
    assert not far.reasons
    assert not far.offer


@pytest.mark.parametrize(
    "facts",
    [
        {"payload": "solved"},
        {"sentiment": "positive", "intent": "thanks"},
    ],
)
def test_a_button_or_happy_small_talk_is_no_hard_time(facts: dict[str, object]) -> None:
    """What was not typed says nothing of a life, and glad thanks are taken as thanks."""
    assert not _decided(vulnerable=0.9, **facts).reasons
