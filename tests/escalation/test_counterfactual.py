"""What would have kept the bot: every reason says it, by the very rule that found it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from escalation.policy import Reason, Signals, TurnFacts, decide
from escalation.settings import Limits
from tests.escalation.reading_rows import shop_policy
from tests.escalation.test_policy import one, turns

POLICY = shop_policy()
NUMBERS = re.compile(
    r"^without (.+): ([\d.]+), (below|still not below|still at or above) ([\d.]+)$"
)


def reasons(*episode: TurnFacts) -> dict[str, Reason]:
    """Give the reasons of an episode by their rule."""
    return {reason.rule: reason for reason in decide(Signals(episode), POLICY).reasons}


@settings(max_examples=200, deadline=None)
@given(turns())
def test_every_reason_carries_its_policy_and_numbers_that_agree(
    episode: tuple[TurnFacts, ...],
) -> None:
    """The version is the policy's; the limit told is the reason's; "below" means below."""
    for reason in decide(Signals(episode), POLICY).reasons:
        assert reason.policy_version == POLICY.version
        if reason.score is not None and reason.counterfactual:
            told = NUMBERS.match(reason.counterfactual)
            assert told is not None
            assert float(told[4]) == pytest.approx(reason.limit, abs=0.005)
            below = float(told[2]) <= float(told[4])
            assert below or told[3] != "below"


def test_anger_that_grew_would_not_have_done_without_the_turns_before() -> None:
    """The turn alone is judged again, and its own anger told."""
    first = TurnFacts(0, "where is it", "order_status", 0.9, frustration=0.8, answered="x")
    now = TurnFacts(1, "so where is it now then", "order_status", 0.9, frustration=0.6)
    found = reasons(first, now)["anger"]
    assert found.counterfactual == "without the turns before: 0.60, below 0.85"


def test_a_repeated_question_would_not_have_done_alone() -> None:
    """Failed turns are explained by other turns only."""
    first = TurnFacts(0, "which oat milk froths best", "product_question", 0.9, answered="x")
    again = TurnFacts(1, "which oat milk froths best", "product_question", 0.9)
    found = reasons(first, again)["failed_turns"]
    assert found.counterfactual == "without the turns before: 0, below 2"


def test_telling_words_are_left_out() -> None:
    """Anger in words is judged again without them, with the reading as it was."""
    found = one("I want my parcel. this is the third time I ask", frustration=0.7).reasons[0]
    assert found.counterfactual == "without these words: 0.70, below 0.85"


def test_a_word_that_decides_says_what_the_rest_is_worth() -> None:
    """A yes-or-no rule has no score: the whole decision is made again without its words."""
    calm = one("hello there. I want to speak to a human. what time do you open")
    assert calm.reasons[0].counterfactual is not None
    assert re.match(r"without these words: \d+% of the way", calm.reasons[0].counterfactual)
    mad = one("get me a manager. my mum died on Sunday")
    asked = next(one for one in mad.reasons if one.code == "asked_for_human")
    assert asked.counterfactual == "without these words a person would still come (vulnerable)"


def test_nothing_is_said_where_nothing_can_be_left_out() -> None:
    """A message that is all evidence, and a failure of the machine, have no otherwise."""
    assert one("speak to a human").reasons[0].counterfactual is None
    lost = decide(Signals((TurnFacts(0, "hello", read=False),)), POLICY).reasons[0]
    assert lost.counterfactual is None


def test_the_soft_score_names_the_sign_that_tipped_the_scales() -> None:
    """Without it the score is below the limit, and it is a sign the sentence lists."""
    both = TurnFacts(0, "where is my order", "charge_dispute", 0.53, frustration=0.78)
    found = reasons(both)["soft_score"]
    assert found.counterfactual is not None
    told = NUMBERS.match(found.counterfactual)
    assert told is not None
    assert told[3] == "below"
    assert float(told[2]) < POLICY.soft.limit


def test_a_lower_limit_changes_what_is_said() -> None:
    """The counterfactual is computed, not written: where the rest is enough, it says so."""
    strict = replace(POLICY, limits=replace(Limits(), frustration=0.5))
    first = TurnFacts(0, "where is it", "order_status", 0.9, frustration=0.8, answered="x")
    now = TurnFacts(1, "so where is it now then", "order_status", 0.9, frustration=0.6)
    found = decide(Signals((first, now)), strict).reasons[0]
    assert found.counterfactual == "without the model's reading: 0, below 0.50"


def test_rows_of_before_still_load() -> None:
    """A stored reason without the later fields is read as it was."""
    row = one("speak to a human").reasons[0].to_row()
    assert set(row) == {
        *("code", "sentence", "evidence", "score", "limit", "rule"),
        *("policy_version", "counterfactual"),
    }
    old = {name: row[name] for name in row if name not in {"policy_version", "counterfactual"}}
    loaded = Reason.from_row(old)
    assert (loaded.policy_version, loaded.counterfactual) == ("", None)
    assert loaded.sentence == row["sentence"]
