"""The words that rules look for are read out of the patterns themselves, own words included."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.pattern_words import known_by, shapes_in
from escalation.text import fold, literal, words_of
from escalation.vocabulary import LOOKED_FOR, patterns
from tests.escalation.test_words import ASKS, DANGER, HARDSHIP, codes
from tests.escalation.test_words import patterns as every_pattern

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
SAID = sorted({*ASKS, *DANGER, *HARDSHIP})


@pytest.mark.parametrize(
    ("alternative", "words"),
    [
        ("advis[eo]rs?", "adviser advisers advisor advisors"),
        ("pe(?:rs|sr)ons?", "person persons pesron pesrons"),
        ("i'?m (?:an? )?agent", "i'm im a an agent"),
        ("call ?back", "call back callback"),
        (r"want\w{0,2} ~3 (?:an? )?rep(?:s|resent[a-z]{2,8})?",
         "want want? want?? a an rep reps " + " ".join(f"represent{'?' * n}" for n in range(2, 9))),
        (r"cook(?! (?:books?|off))", "cook book books off"),
        (r"(?<!not\s)sorry|\W{0,3}ok\s?(?=please)", "not sorry ok please"),
        (r"clos\w+ up", "clos* up"),
        (r"[\s,.!]{1,4}now(?:[.!?,;]|$)", "now"),
    ],
)  # fmt: skip
def test_every_way_to_match_gives_its_words(alternative: str, words: str) -> None:
    """Optional letters, choices, classes, looks ahead and behind are all spelt out."""
    shapes = {one for one in shapes_in(words_of(alternative).pattern) if one[0] not in "?*"}
    assert shapes == set(words.split())


@pytest.mark.parametrize("source", ["a+?", "(?:a", "[a", "ab)"])
def test_a_pattern_it_cannot_read_is_an_error(source: str) -> None:
    """Nothing is left out in silence."""
    with pytest.raises(ValueError, match="cannot read"):
        shapes_in(source)


def test_shapes_find_the_real_words_that_fit() -> None:
    """`answer??` is answered, neither answer nor answering; a stem too short says nothing."""
    real = ["answers", "answering", "answered", "answer", "tone", "cat"]
    assert known_by({"answer??", "c??", "pesin"}, real) == {"answered", "pesin"}


def test_no_pattern_is_left_out() -> None:
    """Every pattern of every word module is read, however it is kept."""
    assert {one.pattern for _, one in every_pattern()} == {one.pattern for one in patterns()}


@pytest.mark.parametrize("text", SAID)
def test_a_word_that_is_not_looked_for_may_be_any_other(text: str) -> None:
    """If a word that no rule is said to look for did matter, a nonsense word would change it."""
    plain = fold(text).text

    def nonsense(match: re.Match[str]) -> str:
        word = match[0]
        looked_for = word in LOOKED_FOR or any(part in LOOKED_FOR for part in word.split("'"))
        return word if looked_for or len(word) <= 2 else f"qqz{word[-2:]}"

    assert codes(WORD.sub(nonsense, plain)) >= codes(plain)


@given(st.lists(st.text(max_size=30), max_size=4))
@settings(max_examples=200, deadline=None)
def test_own_words_of_any_kind_are_read(phrases: list[str]) -> None:
    """Whatever an admin writes, its plain words are found, and nothing fails."""
    kept = [one for one in phrases if one.strip()]
    found = shapes_in(words_of(*map(literal, kept)).pattern) if kept else frozenset()
    for phrase in kept:
        for word in re.findall(r"(?<![\w'])[a-z]{2,}(?![\w'])", fold(phrase).text):
            assert word in found
