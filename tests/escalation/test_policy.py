"""What holds of every decision: reasons, spans, priorities, offers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.policy import CODES, Decision, Reason, Signals, TurnFacts, decide
from tests.escalation.reading_rows import shop_policy

POLICY = shop_policy()
INTENTS = [None, "order_status", "refund_request", "payment_methods", "thanks", "complaint"]
SAID = """
    my order is late where refund please 😀 café lawyer human allergic reaction died never again
    no still that's not what I asked שלום مرحبا 日本 charged twice ﬁne ß İstanbul today urgent
"""
WORDS = st.sampled_from(SAID.split())
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join))
SHARES = st.floats(0, 1)


@st.composite
def turns(draw: st.DrawFn, most: int = 4) -> tuple[TurnFacts, ...]:
    """Give an episode of one to four turns, readings at random."""
    count = draw(st.integers(1, most))
    made = []
    for number in range(count):
        intent = draw(st.sampled_from(INTENTS))
        made.append(
            TurnFacts(
                turn=number,
                text=draw(TEXTS),
                intent=intent,
                confidence=draw(SHARES),
                ranking=((intent or "order_status", draw(SHARES)),),
                sentiment=draw(st.sampled_from(["negative", "neutral", "positive"])),
                emotion=draw(st.sampled_from(["neutral", "happy", "angry", "sad"])),
                frustration=draw(SHARES),
                urgency=draw(SHARES),
                answered=intent if number < count - 1 else None,
                read=draw(st.booleans()) or draw(st.booleans()),
            )
        )
    return tuple(made)


def one(text: str, **facts: object) -> Decision:
    """Decide on a single turn."""
    given_facts: dict[str, object] = {"intent": "product_question", "confidence": 0.9, **facts}
    return decide(Signals((TurnFacts(0, text, **given_facts),)), POLICY)  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(turns())
def test_spans_index_the_original_text(episode: tuple[TurnFacts, ...]) -> None:
    """Each piece of evidence is exactly the stretch of the customer's own text that it names."""
    for reason in decide(Signals(episode), POLICY).reasons:
        for part in reason.evidence:
            start, end = part.span
            assert 0 <= start < end
            assert episode[part.turn].text[start:end] == part.text


@settings(max_examples=200, deadline=None)
@given(turns())
def test_decision_is_whole(episode: tuple[TurnFacts, ...]) -> None:
    """An escalation has a priority, ordered reasons and no offer; none has no priority."""
    decision = decide(Signals(episode), POLICY)
    order = [CODES.index(reason.code) for reason in decision.reasons]
    assert order == sorted(order)
    assert decision.escalate == bool(decision.reasons) == (decision.priority is not None)
    assert not (decision.offer and decision.escalate)
    assert 0 <= decision.score <= 1
    assert decision.policy_version == POLICY.version
    assert [Reason.from_row(reason.to_row()).to_row() for reason in decision.reasons] == [
        reason.to_row() for reason in decision.reasons
    ]


@settings(max_examples=200, deadline=None)
@given(turns())
def test_asking_for_a_person_always_escalates(episode: tuple[TurnFacts, ...]) -> None:
    """Whatever was said before, a plain request for a person brings one."""
    asked = replace(episode[-1], text=episode[-1].text[:3000] + "\nI want to speak to a human")
    decision = decide(Signals((*episode[:-1], asked)), POLICY)
    assert "asked_for_human" in {reason.code for reason in decision.reasons}


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), SHARES)
def test_capitals_alone_change_nothing(text: str, frustration: float) -> None:
    """With the same reading, the same words in capitals lead to the same reasons."""
    words = text.replace("ﬁne", "fine").replace("ß", "s").replace("İstanbul", "istanbul")
    calm, loud = one(words, frustration=frustration), one(words.upper(), frustration=frustration)
    assert [reason.rule for reason in calm.reasons] == [reason.rule for reason in loud.reasons]


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), st.integers(1, 9), SHARES)
def test_exclamation_marks_alone_change_nothing(text: str, marks: int, share: float) -> None:
    """With the same reading, exclamation marks at the end lead to the same reasons."""
    calm, loud = one(text + ".", frustration=share), one(text + "!" * marks, frustration=share)
    assert [reason.rule for reason in calm.reasons] == [reason.rule for reason in loud.reasons]


@settings(max_examples=100, deadline=None)
@given(turns(), SHARES)
def test_more_frustration_never_takes_a_person_away(
    episode: tuple[TurnFacts, ...], more: float
) -> None:
    """A turn that escalates still does when the model reads more frustration in it."""
    now = episode[-1]
    hotter = replace(now, frustration=max(now.frustration, more))
    if decide(Signals(episode), POLICY).escalate:
        assert decide(Signals((*episode[:-1], hotter)), POLICY).escalate


def test_all_reasons_are_kept() -> None:
    """A message with several grounds carries them all, the gravest first."""
    decision = one("My mum died, I was charged twice, my lawyer will call. Get me a manager!")
    assert [reason.code for reason in decision.reasons] == [
        "safety_or_legal",
        "asked_for_human",
        "vulnerable",
        "complex",
    ]
    assert decision.priority == "urgent"


def test_sentence_is_for_an_agent_to_read() -> None:
    """The reason of the third request says so, in the customer's words and with the numbers."""
    decision = one("THIRD TIME I ASK", frustration=0.7, sentiment="negative")
    assert decision.main is not None
    expected = 'says how often it was asked: "THIRD TIME I ASK" (anger 0.88, limit 0.85)'
    assert decision.main.sentence == expected


@pytest.mark.parametrize(
    ("text", "facts", "priority"),
    [
        ("let me talk to a person", {}, "normal"),
        ("let me talk to a person", {"intent": "refund_status"}, "high"),
        ("let me talk to a person", {"urgency": 0.9}, "urgent"),
        ("I need it tonight, let me talk to a person", {}, "urgent"),
        ("my father died", {}, "high"),
        ("my father died and the funeral is tomorrow, urgent", {}, "urgent"),
        ("I was charged twice", {}, "high"),
        ("call the police", {}, "urgent"),
    ],
)
def test_priority(text: str, facts: dict[str, object], priority: str) -> None:
    """Safety and haste are urgent; anger, hardship and money in dispute high; the rest normal."""
    assert one(text, **facts).priority == priority


def test_urgency_is_judged_on_three_turns() -> None:
    """A deadline said two turns ago still makes the ticket urgent; three turns ago it does not."""
    early = TurnFacts(0, "I need it now", "order_status", urgency=0.9, answered="order_status")
    middle = TurnFacts(1, "decaf?", "product_question", answered="product_question")
    ask = TurnFacts(2, "get me a human", "talk_to_human", 0.9)
    assert decide(Signals((early, middle, ask)), POLICY).priority == "urgent"
    late = (early, middle, replace(middle, turn=2, text="milk?"), replace(ask, turn=3))
    assert decide(Signals(late), POLICY).priority == "normal"


def test_just_under_the_limit_is_an_offer() -> None:
    """A score just under its limit makes an offer; after two refusals there are no more."""
    facts = TurnFacts(0, "where is my order", "order_status", 0.9, frustration=0.8)
    decision = decide(Signals((facts,)), POLICY)
    assert (decision.escalate, decision.offer) == (False, True)
    assert not decide(Signals((facts,), offers_declined=2), POLICY).offer


def test_model_not_reading_is_a_service_failure() -> None:
    """A turn the model could not read brings a person, and says why."""
    decision = decide(Signals((TurnFacts(0, "hello", read=False),), store_failed=True), POLICY)
    sentences = " ".join(reason.sentence for reason in decision.reasons)
    assert decision.main is not None
    assert decision.main.code == "service_failure"
    assert "model_unavailable" in sentences
    assert "store_unavailable" in sentences


def test_agent_stepping_in_is_a_reason() -> None:
    """An agent who steps in unasked is recorded as the reason."""
    decision = decide(Signals((TurnFacts(0, "hi", "greeting", 0.9),), person_joined=True), POLICY)
    assert [reason.code for reason in decision.reasons] == ["agent_joined"]


def test_quick_replies_are_not_read_as_words() -> None:
    """Pressing "person" asks for one; pressing "declined" or an intent never does."""
    text = "No thanks, I don't want to talk to a bot"
    assert one("A person", payload="person").escalate
    assert not one(text, payload="declined").escalate
    assert not one("talk to a human", payload="intent:order_status").escalate


def test_not_quite_twice_escalates() -> None:
    """One "not quite" is asked about, a second in a row brings a person."""
    first = TurnFacts(0, "milk?", "product_question", 0.9, answered="product_question")
    again = TurnFacts(1, "Not quite", payload="not_quite", answered="not_quite")
    assert not decide(Signals((first, replace(again, answered=None))), POLICY).escalate
    twice = replace(again, turn=2, answered=None)
    decision = decide(Signals((first, again, twice)), POLICY)
    assert decision.main is not None
    assert decision.main.code == "repeated_failure"


def test_question_back_counts_half() -> None:
    """One failed turn after a clear question back is not yet a failure; two are."""
    asked = TurnFacts(0, "the thing", "order_change", 0.4, clarified=True)
    lost = TurnFacts(1, "blorp the wotsit", None, 0.1)
    assert not decide(Signals((asked, lost)), POLICY).escalate
    assert decide(Signals((asked, lost, replace(lost, turn=2, text="fnord zib"))), POLICY).escalate


def test_past_escalations_lower_the_bar_a_little() -> None:
    """A customer who had to be helped by a person before is brought one a little sooner."""
    facts = TurnFacts(0, "where is my order", "order_status", 0.9, frustration=0.82)
    assert not decide(Signals((facts,)), POLICY).escalate
    assert decide(Signals((facts,), past_escalations=1), POLICY).escalate


def test_no_turn_is_refused() -> None:
    """Signals without a turn are an error of the caller."""
    with pytest.raises(ValueError, match="no turn"):
        decide(Signals(()), POLICY)
