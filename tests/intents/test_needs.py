"""Clauses of a message, and the needs that stand beside the main one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.affect import AffectHead
from intents.clauses import MOST, clauses
from intents.encoder import OnnxEncoder
from intents.fit import PhraseVectors, fit_head
from intents.head import Ranking
from intents.needs import SURE, Clause, apart, further_needs, one_need, parted
from intents.pack import Pack
from intents.reading import Ranked, Reading
from intents.training.needs import CHATTER, needs_rows
from intents.understand import ModelUnderstander, load_understander


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


def test_a_clause_that_asks_for_something_else_is_a_further_need() -> None:
    """The main need is not repeated; doubtful clauses and asides add nothing; two are the most."""
    main = _ranking(("refund", 0.9), ("status", 0.05))
    first = Clause("I want a refund.", main)
    address = _ranking(("address", 0.9), ("refund", 0.05))
    [found] = further_needs(main, [first, Clause("And can you change my address?", address)])
    assert found.intent == "address"
    assert SURE <= found.confidence < 1
    aside = [Clause("My street has a new name.", address), *[Clause("So it goes.", main)] * 3]
    assert further_needs(main, [first, *aside]) == ()
    doubtful = _ranking(("address", 0.1), ("refund", 0.05))
    assert further_needs(main, [first, Clause("And the address?", doubtful)]) == ()
    other = Clause("And can you change my address?", address)
    assert one_need(main, [first, first])
    assert not one_need(main, [first, other])
    twice = [
        Clause(f"And can you tell me about {name}?", _ranking((name, sure)))
        for name, sure in (("a", 0.98), ("b", 0.99), ("c", 0.999))
        for _ in range(2)
    ]
    assert [one.intent for one in further_needs(main, [first, *twice])] == ["c", "b"]


def test_clauses_are_told_apart() -> None:
    """What all clauses say is taken from each in part; their vectors stay of length 1."""
    both = np.array([[0.8, 0.6, 0.0], [0.8, 0.0, 0.6]], np.float32)
    found = apart(both)
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0)
    assert float(found[0] @ found[1]) < float(both[0] @ both[1])
    assert np.array_equal(found.argmax(axis=1), [1, 2])


def test_clauses_keep_their_words(encoder: OnnxEncoder) -> None:
    """Each clause stands beside its vectors as it was read; beyond the last token there is none."""
    text = "Where is it? Can I send it back? What does that cost?"
    [told] = encoder.encode([text]).parts
    assert told.said == ("Where is it? ", "Can I send it back? ", "What does that cost?")
    one = _ranking(("refund", 0.9))
    assert [part.text for part in parted(told.said, [one] * 3)] == list(told.said)
    far = "Where is it, " + "so far away " * 300 + "and where? Say so now."
    [cut] = encoder.encode([far]).parts
    assert cut.said == ()


def test_second_needs_are_told_from_long_stories(
    encoder: OnnxEncoder, shop_pack: Pack, shop_vectors: PhraseVectors, affect: AffectHead
) -> None:
    """Of messages with two needs near half are told rightly, of those with one hardly any wrongly.

    These messages taught the few weights, so this guards the way from text to need.
    """
    head = fit_head(shop_pack.labelled(), encoder, shop_vectors).head
    rows = needs_rows()
    readings = load_understander(encoder, head, affect).read([row["text"] for row in rows])
    told = [{one.intent for one in reading.also} for reading in readings]
    pairs = list(zip(rows, told, strict=True))
    two = [bool(also & {row["intent"], row["also"]}) for row, also in pairs if row["also"]]
    one = [bool(also - CHATTER) for row, also in pairs if not row["also"]]
    assert len(two) >= 140
    assert len(one) >= 140
    assert sum(two) / len(two) >= 0.46
    assert sum(one) / len(one) <= 0.04


def test_the_written_needs_are_the_shops(shop_pack: Pack) -> None:
    """Every label is an intent of the shop's pack, and no text is there twice."""
    names = {one.name for one in shop_pack.intents}
    rows = needs_rows()
    assert {row["intent"] for row in rows} | {row["also"] for row in rows} <= {*names, None}
    assert len({row["text"] for row in rows}) == len(rows)


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
