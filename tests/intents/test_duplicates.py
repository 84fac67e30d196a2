"""What is said of phrases: which are nearly the same, too few or all alike, and what to do."""

from __future__ import annotations

import time

import numpy as np
import pytest

from intents import duplicates
from intents.duplicates import phrase_warnings
from intents.encoder import OnnxEncoder
from intents.fit import PhraseVectors, fit_head
from intents.pack import Labelled, Pack
from tests.intents.conftest import SMALL

SAME = [
    ("where is my order", "where's my order?"),
    ("I want my money back", "i want my money back please"),
    ("cancel my order", "please cancel my order"),
    ("how do I reset my password", "How do I reset my passwort?"),
    ("my parcel hasn't arrived", "my parcel has not arrived"),
    ("do you ship to Norway", "do you ship to norway??"),
    ("has the courier got my address", "has the courier got my adress"),
    ("the mug arrived broken", "the mug arrived broken :("),
    ("I'd like a refund", "I would like a refund"),
    ("invoice please", "invoice pls"),
    ("speak to a human", "speak to human"),
    ("is the cafe open today", "is the café open today?"),
    ("my card was declined", "my card got declined"),
    ("I can't log in", "i cant log in"),
    ("I was charged twice", "I've been charged twice"),
    ("pause my subscription", "pause subscription"),
    ("how much is shipping", "how much is the shipping?"),
    ("thanks a lot", "thanks alot"),
    ("wrong item received", "received wrong item"),
    ("do you have gift cards", "do you have gift cards available"),
    ("are you a robot", "аrе уоu а rоbоt"),
    ("how long does delivery take", "how long does the delivery take"),
    ("make it 250g instead of 500g", "make it 200g instead of 500g"),
]
OTHER = [
    ("cancel my order", "cancel my subscription"),
    ("where is my order", "where is my refund"),
    ("pause my subscription", "cancel my subscription"),
    ("change my delivery address", "change my email address"),
    ("I want to return this", "I want to exchange this"),
    ("do you ship to Norway", "do you ship to Ireland"),
    ("can I use two cards for one order", "can i use 2 gift cards on one order"),
    ("do they expire", "do points expire?"),
    ("I can log in", "I can't log in"),
    ("it has arrived", "it has not arrived"),
    ("the mug arrived broken", "the mug never arrived"),
    ("what's the free shipping limit", "what's the free shipping limit for EU"),
    ("gtg", "gg"),
    ("yes", "no"),
    ("speak to a human", "are you a human"),
    ("delete my account", "update my account"),
    ("I want a refund", "I was promised a refund"),
    ("I want to start a subscription", "I want to stop a subscription"),
    ("still waiting", "still waiting on my money"),
    ("when do you open", "when do you restock"),
    ("thank you", "no thank you"),
    ("good morning", "good night"),
    ("do you have decaf", "I have decaf"),
]


@pytest.fixture(scope="module")
def named(shop_pack: Pack, shop_vectors: PhraseVectors, encoder: OnnxEncoder) -> list[str]:
    """Give the warnings of the shop's pack with all these pairs in it, each under two intents."""
    pairs: list[Labelled] = []
    for number, (one, other) in enumerate([*SAME, *OTHER]):
        pairs += [(one, f"left {number}"), (other, f"right {number}")]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(duplicates, "MOST", 10_000)
        found = fit_head([*shop_pack.labelled(), *pairs], encoder, shop_vectors)
    return list(found.report.warnings)


def _names(warnings: list[str], pair: tuple[str, str], number: int) -> bool:
    start = f"'{pair[0]}' is under 'left {number}' and nearly the same '{pair[1]}' under "
    return any(one.startswith(f"{start}'right {number}'") for one in warnings)


def test_near_duplicates_of_two_intents_are_named(named: list[str]) -> None:
    """Reworded with filling, a slip, a short form or look-alike letters is nearly the same."""
    missed = [pair for number, pair in enumerate(SAME) if not _names(named, pair, number)]
    assert len(missed) <= 1, missed


def test_what_asks_for_something_else_is_not_named(named: list[str]) -> None:
    """One word that changes what is wanted makes another phrase, however alike the two are."""
    wrong = [pair for number, pair in enumerate(OTHER, len(SAME)) if _names(named, pair, number)]
    assert wrong == []


def test_the_shop_pack_has_hardly_any_across_intents(
    shop_pack: Pack, shop_vectors: PhraseVectors, encoder: OnnxEncoder
) -> None:
    """Of thousands of phrases a few say nearly the same, next to none under two intents."""
    warnings = fit_head(shop_pack.labelled(), encoder, shop_vectors).report.warnings
    assert len([one for one in warnings if not one.startswith("Under ")]) <= 2
    assert len(warnings) <= 40


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        ([("hi", "greeting")], "There is one intent only, 'greeting'"),
        ([("hi", "greeting")], "'greeting' has only 1 phrase;"),
        ([("hi", "greeting")], "Nothing is listed as out of scope"),
        ([*SMALL, ("hello", "goodbye")], "'hello' is under 'greeting' and 'goodbye'"),
        ([*SMALL, ("hello", None)], "'hello' is under 'greeting' and out of scope"),
        ([*SMALL, ("hello", "greeting")], "Under 'greeting', 'hello' is there 2 times"),
        ([*SMALL, ("Hello!!", "greeting")], "Under 'greeting', 'hello' and 'Hello!!' are nearly"),
        ([*SMALL, ("\u200b", "greeting")], "A phrase under 'greeting' shows nothing, '\\u200b'"),
        (
            [*SMALL, *[(text, "bye") for text in ("bye", "Bye!", "bye", "BYE")]],
            "All 4 phrases under 'bye' say nearly the same, such as 'bye' and 'Bye!'",
        ),
    ],
)
def test_a_doubtful_pack_says_what_and_which(
    phrases: list[Labelled], said: str, encoder: OnnxEncoder
) -> None:
    """One intent, few phrases, conflicts, repeats, invisible and like phrases are named."""
    warnings = fit_head(phrases, encoder).report.warnings
    assert any(one.startswith(said) for one in warnings), warnings
    assert all(one.endswith(".") for one in warnings)


def test_an_intent_all_alike_is_said_once(encoder: OnnxEncoder) -> None:
    """Where all phrases are alike one sentence says so instead of one for each pair."""
    phrases = [*SMALL, *[(f"where is it{'!' * count}", "where") for count in range(8)]]
    warnings = fit_head(phrases, encoder).report.warnings
    assert sum("where is it" in one for one in warnings) == 1


def test_thousands_of_like_phrases_are_quick() -> None:
    """Five thousand phrases that are all alike cost a second or two and give a short list."""
    phrases: list[Labelled] = [
        (f"where is {'!' * (one % 5)} my order {one if one % 2 else ''}", f"intent {one % 3}")
        for one in range(5_000)
    ]
    rows = np.ones((len(phrases), 4), np.float32) / 2.0
    started = time.process_time()
    warnings = phrase_warnings(phrases, rows)
    assert time.process_time() - started < 10.0  # about 1 s on a quiet machine
    assert len(warnings) <= 3 * duplicates.MOST + 10
