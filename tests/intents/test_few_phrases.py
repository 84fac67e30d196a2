"""A pack of a handful of phrases is modest, and refuses what is like none of them."""

from __future__ import annotations

import pytest

from intents.encoder import OnnxEncoder
from intents.fit import fit_head
from intents.pack import Labelled

ORDER: list[Labelled] = [
    ("where is my order", "order"),
    ("when will my parcel arrive", "order"),
    ("track my delivery please", "order"),
    ("has it shipped", "order"),
]
REFUND: list[Labelled] = [
    ("refund me", "refund"),
    ("I want my money back", "refund"),
    ("give me back what I paid", "refund"),
    ("can I get a refund", "refund"),
]
FOREIGN = ["what is the capital of France", "my cat is sick", "asdf qwer", "write me a poem"]


@pytest.mark.parametrize(
    "phrases", [[("hi", "greeting")], ORDER, [*ORDER, *REFUND], [*ORDER, ("refund me", "refund")]]
)
def test_a_tiny_pack_does_not_answer_everything(
    phrases: list[Labelled], encoder: OnnxEncoder
) -> None:
    """One phrase, one intent, or two without any refusals: what is foreign to them is refused."""
    head = fit_head(phrases, encoder).head
    for text, ranking in zip(FOREIGN, head.rank(encoder.encode(FOREIGN)), strict=True):
        assert ranking.refused, (text, ranking)
        assert ranking.confidence < 0.6, (text, ranking)


@pytest.mark.parametrize("phrases", [ORDER, [*ORDER, *REFUND]])
def test_a_tiny_pack_still_knows_its_phrases(phrases: list[Labelled], encoder: OnnxEncoder) -> None:
    """What it was taught is answered."""
    head = fit_head(phrases, encoder).head
    assert head.rank(encoder.encode(["where is my order?"]))[0].intent == "order"
