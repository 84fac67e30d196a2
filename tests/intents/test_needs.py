"""Clauses of a message, and the needs that stand beside the main one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.clauses import MOST, clauses
from intents.encoder import OnnxEncoder
from intents.head import Ranking
from intents.needs import further_needs
from intents.reading import Ranked, Reading
from intents.understand import ModelUnderstander


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("thanks, got it! and can I switch to decaf?", 2),
        ("where is my order and can you change the address", 2),
        ("The grinder is dead. Also, do you ship to Malta? Asking for mum.", 3),
        ("my order 20418 hasn't come", 0),
        ("Cancel it. Now. Please.", 0),
        ("hi", 0),
    ],
)
def test_clauses_end_where_thoughts_end(text: str, parts: int) -> None:
    """Sentences and joined questions are clauses; short ones belong to their neighbour."""
    found = clauses(text)
    assert len(found) == parts
    assert not found or "".join(text[start:end] for start, end in found) == text


@given(st.text(max_size=400))
def test_clauses_cover_any_text_in_order(text: str) -> None:
    """Whatever the text, clauses follow each other without gap and are at most six."""
    found = clauses(text)
    assert len(found) <= MOST
    assert len(found) != 1
    assert not found or "".join(text[start:end] for start, end in found) == text


def _ranking(*pairs: tuple[str, float], refused: bool = False) -> Ranking:
    return Ranking(refused, pairs[0][1], tuple(Ranked(*pair) for pair in pairs))


def test_a_sure_clause_about_something_else_is_a_further_need() -> None:
    """The main need is not repeated, doubtful clauses add nothing, and at most two are told."""
    whole = _ranking(("refund", 0.8), ("status", 0.1))
    sure = _ranking(("address", 0.9), ("refund", 0.05))
    near = _ranking(("status", 0.75), ("refund", 0.2))
    assert further_needs(whole, [whole, sure]) == (Ranked("address", 0.9),)
    assert further_needs(whole, [whole, near]) == ()
    assert further_needs(whole, [_ranking(("address", 0.9), refused=True)]) == ()
    many = [_ranking((name, 0.8 + place / 100)) for place, name in enumerate("abc")]
    assert [one.intent for one in further_needs(whole, [whole, *many])] == ["c", "b"]
    assert further_needs(whole, many) == ()


def test_a_second_need_is_read_in_one_pass(understander: ModelUnderstander) -> None:
    """Two needs in one message are both in the reading, and survive its row."""
    asked = "I want a refund for this. And when will my other parcel arrive?"
    [reading] = understander.read([asked])
    both = {reading.ranking[0].intent, *(one.intent for one in reading.also)}
    assert both == {"refund", "order_status"}
    assert Reading.from_row(reading.to_row()).also
    [single] = understander.read(["I want my money back please."])
    assert single.also == ()


def test_a_row_without_further_needs_is_still_read(understander: ModelUnderstander) -> None:
    """Rows stored before there were further needs are read as having none."""
    row = understander.read(["hello"])[0].to_row()
    del row["also"]
    assert Reading.from_row(row).also == ()


def test_clauses_cost_no_second_pass(encoder: OnnxEncoder) -> None:
    """A clause's vectors come from its message's pass, and the whole text's stay what they were."""
    text = "I want my money back please. Where is my other order?"
    encoding = encoder.encode([text])
    assert [len(part) for part in encoding.parts] == [2]
    assert len(encoder.encode(["hello"]).parts[0]) == 0
    assert encoding.row(0).parts[0].last.shape == (2, encoding.last.shape[1])
