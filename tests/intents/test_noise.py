"""Training noise: other people's typing, repeatable, with every number as it was."""

from __future__ import annotations

import re
from random import Random

import pytest
import torch

from intents.affect import SCORES
from intents.training.corpora import own_examples
from intents.training.noise import ROUGH, noisy
from intents.training.sources import Pair, own_rows
from intents.training.tasks import PAIRS, PlainTask, feelings_loss

TEXTS = [row["text"] for row in own_rows()[:400]]


def test_noise_is_repeatable_and_in_the_share_asked_for() -> None:
    """The same draw gives the same text; no share changes nothing, a whole one nearly all."""
    assert [noisy(one, Random(7), 1.0) for one in TEXTS] == [
        noisy(one, Random(7), 1.0) for one in TEXTS
    ]
    assert [noisy(one, Random(7), 0.0) for one in TEXTS] == TEXTS
    draw = Random(1)
    changed = sum(noisy(one, draw, 1.0) != one for one in TEXTS)
    assert changed > 0.8 * len(TEXTS)
    draw = Random(1)
    some = sum(noisy(one, draw, 0.4) != one for one in TEXTS)
    assert 0.25 * len(TEXTS) < some < 0.45 * len(TEXTS)


@pytest.mark.parametrize("change", dict.fromkeys(ROUGH), ids=lambda one: one.__name__)
def test_rough_changes_keep_numbers_and_length(change: object) -> None:
    """Order numbers and amounts survive, and a message never shrinks to less than half."""
    assert callable(change)
    for place, text in enumerate(TEXTS):
        found = change(text, Random(place))
        for number in re.findall(r"(?<![\w.,])\d{4,}(?![\w.,])", text):
            assert number in found.replace(" ", ""), (text, found)
        assert len(found) > 0.5 * len(text.strip()), (text, found)


@pytest.mark.parametrize("text", ["", "a", "😀", "مرحبا", "  ", "ok", "12"])
def test_noise_takes_any_text(text: str) -> None:
    """Nothing is too short or too foreign for it."""
    for seed in range(60):
        noisy(text, Random(seed), 1.0)


def test_messages_that_want_the_same_are_not_told_apart() -> None:
    """Two messages of one firm and intent are no negatives of each other; other firms' are."""
    late = Pair("where is it", "Where is my order?", "shop", "order_status")
    assert late.means(Pair("still waiting", "When will it come?", "shop", "order_status"))
    assert not late.means(Pair("still waiting", "When will it come?", "bank", "order_status"))
    nothing = Pair("so", "I am telling you.")
    assert not nothing.means(Pair("and", "I am adding something."))


def test_a_message_with_the_same_meaning_costs_nothing() -> None:
    """The loss of a batch in which all want the same is zero, of different ones it is not."""
    vectors = torch.nn.functional.normalize(torch.ones(2 * PAIRS, 4), dim=1)

    def encode(texts: object) -> tuple[torch.Tensor, torch.Tensor]:
        return vectors, vectors

    same = [Pair(f"text {one}", f"plain {one}", "shop", "order_status") for one in range(PAIRS)]
    other = [Pair(f"text {one}", f"plain {one}", "shop", f"intent {one}") for one in range(PAIRS)]
    assert float(PlainTask(same, 1.0).loss(encode, Random(0))) < 1e-3
    assert float(PlainTask(other, 1.0).loss(encode, Random(0))) > 1.0


def test_unknown_flags_teach_nothing() -> None:
    """A border case of vulnerable has no gradient there, and its other labels still teach."""
    rows = [
        {"text": "a", "sentiment": "negative", "emotion": "sad", "frustrated": False,
         "urgent": False, "vulnerable": one}
        for one in (None, True)
    ]  # fmt: skip
    border, plain = (torch.tensor([one.labels]) for one in own_examples(rows))
    scores = torch.zeros(1, SCORES, requires_grad=True)
    feelings_loss(scores, border).backward()
    assert scores.grad is not None
    assert float(scores.grad[0, -1]) == 0.0
    assert float(scores.grad[0, -2]) > 0.0
    scores.grad = None
    feelings_loss(scores, plain).backward()
    assert float(scores.grad[0, -1]) < 0.0
