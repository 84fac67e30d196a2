"""How heavy a conversation is to carry: read from the customer's words, fading by half-life."""

from __future__ import annotations

import pytest

from escalation.values import TurnFacts
from escalation.weight import Weight, is_abusive, weight_of

NOW = 1_800_000_000_000
HOUR = 3_600_000
NONE: frozenset[str] = frozenset()


def turn(text: str = "hello", after_h: float = 0, **facts: object) -> TurnFacts:
    """Give a customer turn."""
    return TurnFacts(turn=0, text=text, at_ms=int(NOW + after_h * HOUR), **facts)  # type: ignore[arg-type]


def weight(*turns: TurnFacts, codes: tuple[frozenset[str], ...] = ()) -> Weight:
    """Give the weight after these turns, half of which fades in an hour."""
    return weight_of(turns, codes or tuple(NONE for _ in turns), HOUR)


def test_calm_questions_weigh_nothing_much() -> None:
    """However many plain turns there are, they do not add up to a heavy conversation."""
    assert weight(turn()).value == 0
    assert weight(*[turn(frustration=0.1) for _ in range(40)]).value < 0.2


@pytest.mark.parametrize(
    "facts", [{"frustration": 0.95}, {"vulnerable": 0.9}, {"frustration": 0.7, "vulnerable": 0.5}]
)
def test_anger_and_hardship_are_heavy(facts: dict[str, float]) -> None:
    """Each alone when it is strong, and together sooner."""
    assert weight(turn(**facts)).value >= 0.6


def test_safety_is_heavy_whatever_the_tone() -> None:
    """A calm word about danger weighs as much."""
    assert weight(turn(), codes=(frozenset({"safety_or_legal"}),)).value == 0.8


def test_it_fades_by_half_life_and_carries_over_turns() -> None:
    """After each half-life half is left; what came before counts less than what is said now."""
    heavy = weight(turn(frustration=1.0))
    assert heavy.value == 0.7
    assert heavy.now(NOW + HOUR, HOUR) == pytest.approx(0.35)
    assert heavy.now(NOW - HOUR, HOUR) == 0.7
    calm = weight(turn(frustration=1.0), turn(after_h=1))
    assert calm.value == pytest.approx(0.175)
    assert weight(turn(frustration=1.0), turn(frustration=1.0, after_h=1)).value > 0.7


def test_a_button_says_nothing_about_feelings() -> None:
    """A pressed quick reply neither weighs nor abuses."""
    pressed = turn("you idiots", frustration=1.0, payload="person")
    assert weight(pressed) == Weight(0.0, NOW, False)


@pytest.mark.parametrize(
    "text",
    [
        "you are all useless idiots",
        "FUCK YOU and your shop",
        "go to hell",
        "you lot are bloody liars",
        "what a bunch of scammers",
        "you absolute bastards",
    ],
)
def test_abuse_is_words_and_anger_together(text: str) -> None:
    """Insults count where the model reads anger too, and stay known for the whole episode."""
    assert is_abusive(turn(text, frustration=0.8))
    assert not is_abusive(turn(text, frustration=0.2))
    later = weight(turn(text, frustration=0.8), turn("sorry about that", after_h=1))
    assert later.abusive


@pytest.mark.parametrize(
    "text",
    [
        "my parcel is late and I am furious",
        "the grinder is useless to me",
        "this is pathetic",
        "I want a person",
    ],
)
def test_anger_alone_is_no_abuse(text: str) -> None:
    """Who is angry at what happened insults nobody."""
    assert not is_abusive(turn(text, frustration=0.9))
