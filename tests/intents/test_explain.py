"""Explaining: phrases add up to the score, words do what is said of them, any text will do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intents.affect import AffectHead
from intents.encoder import OnnxEncoder
from intents.errors import WeightsError
from intents.explain import explained, pulling_phrases, weighed_intents
from intents.fit import FittedHead, IntentHead, fit_head
from intents.head import centred, head_vectors, kernel
from intents.occlusion import MOST_WORDS, Read, carrying_words, word_spans
from intents.understand import ModelUnderstander
from tests.intents.conftest import SMALL

ASKED = ["where is my order", "I would like a refund", "what's the weather", "zxcv", "😡 late"]
ANGRY = "this is  ridiculous 😡😡, third time I ask,\n where is my parcel??"
ODD = [
    *("", "   \n\t ", "😡😡😡", "👩‍👩‍👧‍👦🏳️‍🌈 ok", "أين   طلبي؟ أنا غاضب جدا", "\u202eredro ym si"),
    *("w\u200bh\u200be\u200br\u200be", "\u200b \u200b", "Z̷̡̛̲a̸̢̛̠l̵̨̳ g̶̙̈o̵͕̐", "a" * 4_000, "\x00\x01 \x1b[31m"),
    *("\ud800 half", "()*&^%$#@! ...", "🙏" * 500, "̈́" * 1_000, "我的包裹在哪里？我很生气", "one"),
]  # fmt: skip


@pytest.fixture
def read(encoder: OnnxEncoder, affect: AffectHead) -> Read:
    """Give the feelings of texts by the real model."""
    return lambda texts: affect.feel(encoder.encode(texts))


@pytest.fixture
def landmarks(encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> IntentHead:
    """Give a head that keeps only some of its phrases, as for a very large pack."""
    monkeypatch.setattr("intents.fit.EXACT_LIMIT", 10)
    monkeypatch.setattr("intents.fit.LANDMARKS", 9)
    head = fit_head(SMALL, encoder).head
    assert len(head.phrases) == 9 < len(SMALL)
    return head


@dataclass(frozen=True)
class Said:
    """A feeling made by a rule of a test."""

    frustration: float
    urgency: float = 0.0
    vulnerable: float = 0.0
    emotion: str = "neutral"
    emotion_scores: Mapping[str, float] = field(default_factory=lambda: {"neutral": 1.0})


def ruled(rule: Callable[[str], float]) -> Read:
    """Give a reader that finds frustration by a rule."""

    def read(texts: Sequence[str]) -> list[Said]:
        return [Said(rule(text)) for text in texts]

    return read


def test_contributions_add_up_to_the_score(
    fitted: FittedHead, landmarks: IntentHead, encoder: OnnxEncoder
) -> None:
    """What every phrase added, and what a text unlike them all has, is the score: nothing more."""
    encoding = encoder.encode(ASKED)
    for head in (fitted.head, landmarks):
        rows = centred(head_vectors(encoding), head.centre)
        scores = kernel(rows @ head.phrases.T) @ head.weights
        ranked_by, _ = head._scorer.scored(head_vectors(encoding))
        assert ranked_by == pytest.approx(scores, abs=5e-4)
        for column, intent in enumerate([*head.labels, None]):
            parts = head.contributions(encoding, intent)
            assert parts.shape == (len(ASKED), len(head.phrases) + 1)
            assert parts.sum(axis=1) == pytest.approx(scores[:, column], abs=1e-4)
    with pytest.raises(ValueError, match="not in tuple"):
        fitted.head.contributions(encoding, "weather")


def test_a_text_like_no_phrase_gets_the_start(
    fitted: FittedHead, encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message at right angles to every phrase has exactly the score that is counted from."""
    head = fitted.head
    nothing = np.zeros((1, head.phrases.shape[1]), np.float32)
    monkeypatch.setattr(IntentHead, "rows", lambda *_: nothing)
    parts = head.contributions(encoder.encode(["any"]), "refund")[0]
    assert np.abs(parts[:-1]).max() == pytest.approx(0.0, abs=1e-6)
    refund = head.weights[:, head.labels.index("refund")]
    score = float(kernel(nothing @ head.phrases.T)[0] @ refund)
    assert parts[-1] == pytest.approx(score, abs=1e-5)


@pytest.mark.parametrize("text", ASKED)
@pytest.mark.parametrize("intent", ["refund", "order_status", None])
def test_what_is_told_and_the_rest_add_up(
    fitted: FittedHead, encoder: OnnxEncoder, text: str, intent: str | None
) -> None:
    """Start, phrases towards and away, and the rest are the score, however many are told."""
    encoding = encoder.encode([text])
    score = float(fitted.head.contributions(encoding, intent).sum())
    for most in (0, 1, 3, len(SMALL)):
        found = pulling_phrases(fitted.head, SMALL, encoding, intent, most)
        told = [one.added for one in (*found.towards, *found.away)]
        assert found.score == pytest.approx(score, abs=1e-4)
        assert found.start + sum(told) + found.rest == pytest.approx(found.score, abs=1e-9)
        assert max(len(found.towards), len(found.away)) <= most
        assert {one.intent for one in found.towards} <= {intent}
        assert intent not in {one.intent for one in found.away}
        assert all((one.phrase, one.intent) in SMALL for one in (*found.towards, *found.away))
        assert all(one.added > 0 for one in found.towards)
        assert all(one.added < 0 for one in found.away)
        strength = [one.added for one in found.towards]
        assert strength == sorted(strength, reverse=True)


def test_a_phrase_pulls_itself_most(
    fitted: FittedHead, landmarks: IntentHead, encoder: OnnxEncoder
) -> None:
    """A kept phrase read as a message is told first, by its own words, with a cosine of one."""
    for head in (fitted.head, landmarks, IntentHead.from_bytes(landmarks.to_bytes())):
        for row in head.kept.tolist():
            phrase, intent = SMALL[row]
            first = pulling_phrases(head, SMALL, encoder.encode([phrase]), intent).towards[0]
            assert first.phrase == phrase
            assert first.cosine == pytest.approx(1.0, abs=2e-3)


def test_other_phrases_than_the_heads_are_refused(fitted: FittedHead, encoder: OnnxEncoder) -> None:
    """A list that is too short to be what the head was fitted on is refused, not misquoted."""
    with pytest.raises(WeightsError, match="fitted on"):
        pulling_phrases(fitted.head, SMALL[:-1], encoder.encode(["hi"]), "refund")


def test_what_was_weighed(understander: ModelUnderstander) -> None:
    """An answer is weighed against the next, a refusal against the nearest, nothing not at all."""
    known, foreign, nothing = understander.read(["where is my order", "do penguins fly", " "])
    assert weighed_intents(known) == tuple(one.intent for one in known.ranking[:2])
    assert weighed_intents(foreign) == (None, foreign.ranking[0].intent)
    assert weighed_intents(nothing) == ()
    alone = replace(known, ranking=known.ranking[:1])
    assert weighed_intents(alone) == ("order_status",)


@pytest.mark.parametrize("text", [ANGRY, "thanks a lot!  you are great ☕", *ODD])
def test_cutting_a_word_does_what_is_said(text: str, read: Read) -> None:
    """With a told span cut out of the original text the probability is lower by its effect."""
    found = carrying_words(text, read)
    assert found.felt[0].name == "frustration"
    for felt in found.felt:
        for one in felt.words:
            start, end = one.span
            assert found.window[0] <= start < end <= found.window[1] <= len(text)
            sounds = read([text[:start] + text[end:]])[0]
            values = {
                "frustration": sounds.frustration,
                "urgency": sounds.urgency,
                "vulnerable": sounds.vulnerable,
            }
            value = values.get(felt.name, sounds.emotion_scores.get(felt.name, 0.0))
            assert felt.probability - value == pytest.approx(one.effect, abs=1e-6)


def test_the_strongest_word_lowers_it(read: Read) -> None:
    """What is told first of an angry message is what it cannot do without."""
    felt = carrying_words(ANGRY, read).felt[0]
    first = felt.words[0]
    start, end = first.span
    assert first.effect > 0.1
    assert read([ANGRY[:start] + ANGRY[end:]])[0].frustration < felt.probability - 0.1
    told = {ANGRY[slice(*one.span)] for one in felt.words}
    assert told & {"ridiculous", "third", "time", "😡😡"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  two  words ", ["two", "words"]),
        ("so,late!! (again)", ["so,late!!", "(again)"]),
        ("broke😡😡again", ["broke", "😡😡", "again"]),
        ("👍🏽 ok", ["👍🏽", "ok"]),
        ("👩‍👩‍👧‍👦fine", ["👩‍👩‍👧‍👦", "fine"]),
        ("कितना समय", ["कितना", "समय"]),
        ("a\u200b b \u200b", ["a\u200b", "b"]),
        ("one\u3000two\nthree", ["one", "two", "three"]),
    ],
)
def test_words_are_where_they_are(text: str, words: list[str]) -> None:
    """Spans count code points of the original; marks stay with letters, pictures stand apart."""
    spans = word_spans(text)
    assert [text[start:end] for start, end in spans] == words


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=120))
def test_any_text_is_explained(understander: ModelUnderstander, text: str) -> None:
    """Any string gives an explanation with spans in order inside it, as plain JSON."""
    spans = word_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    reading = understander.read([text])[0]
    encoding = understander._encoder.encode([text])
    found = explained(reading, understander.head, SMALL, encoding, understander.read)
    assert json.loads(json.dumps(found.to_row())) == found.to_row()


def test_two_words_that_only_work_together_are_told_as_one() -> None:
    """Where either of two neighbours would do, neither does anything alone; both together do."""
    read = ruled(lambda text: 0.9 if "late" in text or "again" in text else 0.1)
    felt = carrying_words("my parcel is late again today", read).felt[0]
    assert [("my parcel is late again today"[slice(*one.span)]) for one in felt.words] == [
        "late again"
    ]
    assert felt.words[0].effect == pytest.approx(0.8)
    assert felt.sentence is None


def test_a_feeling_no_word_carries_names_its_sentence() -> None:
    """Of a message that says it in many ways the sentence that alone sounds strongest is told."""
    calm, angry = "I have bought my beans here.", "Nobody ever answers, nobody cares about us."
    text = f"{calm} {angry} Nobody at all, it seems to me."

    def rule(text: str) -> float:
        return min(1.0, 0.5 * text.lower().count("nobody"))

    felt = carrying_words(text, ruled(rule)).felt[0]
    assert felt.words == ()
    assert felt.sentence is not None
    assert text[slice(*felt.sentence)] == angry


def test_a_long_text_is_tried_where_it_is_strongest() -> None:
    """Of a long text at most sixty words are left out, around the strongest sentence, and told."""
    text = "We went to the sea. " * 40 + "You are useless to me here. " + "It was warm there. " * 30
    read = ruled(lambda text: (0.9 if "useless" in text else 0.1) - 1e-5 * len(text))
    found = carrying_words(text, read)
    assert text[slice(*found.felt[0].words[0].span)] == "useless"
    inside = word_spans(text[slice(*found.window)])
    assert len(inside) == MOST_WORDS
    assert found.window[0] > 0
    assert found.read_to == len(text)
    assert found.readings < 1 + 1 + len(text) // 18 + MOST_WORDS + 16


def test_what_the_model_does_not_read_is_said(read: Read, encoder: OnnxEncoder) -> None:
    """Beyond the encoder's limit words do nothing: none is told, and where it lies is."""
    text = "my parcel is late and I wait. " * 60 + "YOU ARE USELESS, I AM FURIOUS!"
    found = carrying_words(text, read)
    assert 0 < found.read_to < len(text) - 30
    assert found.window[1] <= found.read_to
    whole, first = encoder.encode([text, text[: found.read_to]]).layers
    assert np.array_equal(whole, first)
    shorter = text[: found.read_to].rsplit(maxsplit=1)[0]
    assert not np.array_equal(whole, encoder.encode([shorter]).layers[0])


def test_the_cost_is_what_is_said(encoder: OnnxEncoder, affect: AffectHead) -> None:
    """A message of n words costs one reading, one for each word, and at most 16 for pairs."""
    texts: list[str] = []

    def read(given: Sequence[str]) -> Sequence[Said]:
        texts.extend(given)
        return affect.feel(encoder.encode(given))  # type: ignore[return-value]

    found = carrying_words(ANGRY, read)
    words = len(word_spans(ANGRY))
    assert len(texts) == found.readings
    assert 1 + words < found.readings <= 1 + words + 16
