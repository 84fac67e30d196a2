"""The one soft score: monotone, made of all signs, with its own say only where nothing decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.policy import Signals, TurnFacts, decide
from escalation.settings import SIGNS, SoftScore
from escalation.soft import WORDS, score_from, score_of, signs_of
from escalation.view import View
from tests.escalation.reading_rows import conversations, facts, shop_policy
from tests.escalation.test_policy import turns

POLICY = shop_policy()
SHARES = st.floats(0, 1)
MAD = TurnFacts(0, "where is my order", "order_status", 0.9, frustration=0.72)


def test_every_sign_has_words_and_a_weight_that_may_be_edited() -> None:
    """What the score is made of, what a sentence calls it and what the policy weighs agree."""
    assert set(WORDS) == set(SIGNS) == set(POLICY.soft.weights)


@settings(max_examples=200, deadline=None)
@given(st.lists(SHARES, min_size=len(SIGNS), max_size=len(SIGNS)), st.sampled_from(SIGNS), SHARES)
def test_a_larger_sign_never_lowers_the_score(values: list[float], name: str, more: float) -> None:
    """Weights are not below zero, so that every sign speaks for a person or not at all."""
    signs = dict(zip(SIGNS, values, strict=True))
    larger = {**signs, name: max(signs[name], more)}
    assert score_from(larger, POLICY.soft).value >= score_from(signs, POLICY.soft).value


@settings(max_examples=300, deadline=None)
@given(turns(), st.sampled_from(["not_quite", "lost"]), SHARES)
def test_one_failed_turn_more_never_lowers_the_score(
    episode: tuple[TurnFacts, ...], kind: str, frustration: float
) -> None:
    """Whatever was said before, a bot that fails once more makes a person no less needed."""
    last = replace(episode[-1], answered=episode[-1].intent)
    now = len(episode)
    failed = (
        TurnFacts(now, "Not quite", payload="not_quite", frustration=frustration)
        if kind == "not_quite"
        else TurnFacts(now, "blorp the wotsit", None, 0.1, frustration=frustration)
    )
    before = score_of(View(Signals((*episode[:-1], last)), POLICY))
    after = score_of(View(Signals((*episode[:-1], last, failed)), POLICY))
    assert after.value >= before.value
    assert all(after.signs[name] >= before.signs[name] for name in SIGNS)


def test_two_signs_just_under_their_limits_bring_a_person() -> None:
    """Neither anger nor a charge that may be disputed is enough alone; both together are."""
    angry = replace(MAD, frustration=0.78)
    torn = replace(MAD, frustration=0.0, intent="charge_dispute", confidence=0.53)
    assert not decide(Signals((angry,)), POLICY).escalate
    assert not decide(Signals((torn,)), POLICY).escalate
    both = replace(torn, frustration=0.78)
    decision = decide(Signals((both,)), POLICY)
    assert [reason.rule for reason in decision.reasons] == ["soft_score"]
    reason = decision.reasons[0]
    assert reason.score is not None
    assert reason.limit == POLICY.soft.limit
    assert "money that may be in dispute" in reason.sentence
    assert "anger" in reason.sentence


def test_it_speaks_only_where_no_single_rule_decided() -> None:
    """Anger beyond its own limit is told once, by the rule for it."""
    decision = decide(Signals((replace(MAD, frustration=0.95),)), POLICY)
    assert [reason.rule for reason in decision.reasons] == ["anger"]


def test_its_nearness_makes_an_offer() -> None:
    """Signs that come near together offer a person, where each alone is far from its limit."""
    near = replace(MAD, intent="charge_dispute", confidence=0.4, frustration=0.65)
    decision = decide(Signals((near,)), POLICY)
    assert (decision.escalate, decision.offer) == (False, True)
    without = replace(POLICY, soft=SoftScore(weights=dict.fromkeys(SIGNS, 0.0)))
    assert not decide(Signals((near,)), without).offer


def test_past_hand_overs_and_waiting_raise_it() -> None:
    """What nobody writes down counts too: a person before, turns and minutes without progress."""
    plain = score_of(View(Signals((MAD,)), POLICY)).value
    assert score_of(View(Signals((MAD,), past_escalations=1), POLICY)).value > plain
    later = replace(MAD, turn=1, at_ms=1_000_000_000 + 15 * 60_000)
    first = replace(MAD, at_ms=1_000_000_000, answered="order_status")
    soon = replace(later, at_ms=1_000_000_000 + 10_000)
    waited = score_of(View(Signals((first, later)), POLICY)).value
    assert waited > score_of(View(Signals((first, soon)), POLICY)).value


@pytest.mark.parametrize("name", SIGNS)
def test_no_sign_is_ever_out_of_range(name: str) -> None:
    """Over all development conversations each sign stays within 0 and 1."""
    for row in conversations():
        lines = row["turns"]
        episode = tuple(
            facts(number, line, current=number == len(lines) - 1)
            for number, line in enumerate(lines)
        )
        assert 0 <= signs_of(View(Signals(episode), POLICY))[name] <= 1


@pytest.mark.parametrize("marks", ["!", "!!!!!", "!" * 12])
@pytest.mark.parametrize("words", ["again", "what's the point", "whats up"])
def test_loudness_alone_leaves_the_score(words: str, marks: str) -> None:
    """Words that only count at the end of a sentence count there however loud the end is."""
    calm = TurnFacts(0, f"{words}.", None, 0.0, (("order_status", 0.0),))
    loud = replace(calm, text=words.upper() + marks)
    one, other = (score_of(View(Signals((last,)), POLICY)) for last in (calm, loud))
    assert one == other
