"""Fitting: from one phrase up, fast on a full pack, honest about itself."""

from __future__ import annotations

import time

import numpy as np
import pytest

from intents.encoder import OnnxEncoder
from intents.errors import PackError, WeightsError
from intents.fit import FittedHead, IntentHead, PhraseVectors, fit_head
from intents.pack import Pack
from tests.intents.conftest import SMALL


@pytest.mark.parametrize(
    "phrases",
    [
        [("hi", "greeting")],
        [("hi", "greeting"), ("tell me a joke", None)],
        [("hi", "greeting"), ("bye", "goodbye")],
        [("hi", "greeting"), ("hi", "goodbye")],
        [("hi", "greeting")] * 3,
    ],
)
def test_any_number_of_phrases_fits(
    phrases: list[tuple[str, str | None]], encoder: OnnxEncoder
) -> None:
    """One phrase is enough, and so are repeated or conflicting ones."""
    head = fit_head(phrases, encoder).head
    ranking = head.rank(encoder.encode(["hi there"]))[0]
    assert ranking.ranked
    assert 0.0 <= ranking.confidence <= 1.0


def test_only_refused_phrases_are_an_error(encoder: OnnxEncoder) -> None:
    """A pack in which nothing has an intent cannot be fitted."""
    with pytest.raises(PackError, match="No phrase has an intent"):
        fit_head([("tell me a joke", None)], encoder)


def test_the_small_pack_reads_what_it_was_told(fitted: FittedHead, encoder: OnnxEncoder) -> None:
    """Reworded phrases get their intent, others are refused and keep their ranking."""
    asked = ["has my order been shipped yet", "I would like a refund"]
    order, refund = fitted.head.rank(encoder.encode(asked))
    assert (order.intent, refund.intent) == ("order_status", "refund")
    strange = ["how tall is the eiffel tower", "play some music", "recipe for pancakes"]
    for ranking in fitted.head.rank(encoder.encode(strange)):
        assert ranking.refused
        assert ranking.intent is None
        assert len(ranking.ranked) == 3


def test_confidence_leads_a_falling_ranking(fitted: FittedHead, encoder: OnnxEncoder) -> None:
    """The first of the ranking carries the confidence; the rest fall and sum to at most 1."""
    for ranking in fitted.head.rank(encoder.encode(["refund my order", "hello", "zxcv", "€"])):
        shares = [one.confidence for one in ranking.ranked]
        assert shares[0] == ranking.confidence
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1.0 + 1e-9


def test_a_head_survives_its_bytes(fitted: FittedHead, encoder: OnnxEncoder) -> None:
    """A head from its bytes ranks as the one they came from."""
    again = IntentHead.from_bytes(fitted.head.to_bytes())
    texts = encoder.encode(["where is it", "money back", "hello"])
    for one, other in zip(fitted.head.rank(texts), again.rank(texts), strict=True):
        assert one.intent == other.intent
        assert one.confidence == pytest.approx(other.confidence, abs=5e-3)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x08" + b"\0" * 7 + b'{"a": 1}'])
def test_broken_bytes_are_refused(content: bytes) -> None:
    """Bytes that are no head, and no vectors, are refused with a sentence."""
    with pytest.raises(WeightsError, match="publish the pack again"):
        IntentHead.from_bytes(content)
    with pytest.raises(WeightsError, match="delete them"):
        PhraseVectors.from_bytes(content)


def test_kept_vectors_are_not_encoded_again(encoder: OnnxEncoder) -> None:
    """Only new phrases are encoded, also after a trip through bytes."""
    vectors = PhraseVectors()
    vectors.of(["one", "two", "one"], encoder)
    again = PhraseVectors.from_bytes(vectors.to_bytes())
    asked: list[str] = []

    class Counting:
        fingerprint = encoder.fingerprint

        def encode(self, texts: list[str]) -> object:
            asked.extend(texts)
            return encoder.encode(texts)

    found = again.of(["two", "three"], Counting())
    assert asked == ["three"]
    assert np.array_equal(found[0], vectors.of(["two"], encoder)[0])
    again.keep_only(["three"])
    assert len(again) == 1


def test_a_new_intent_fits_in_seconds(
    shop_pack: Pack, shop_vectors: PhraseVectors, encoder: OnnxEncoder
) -> None:
    """Eight phrases of a new intent join the shop's two thousand in seconds."""
    new = [(f"do you engrave names on cups, number {one}", "engraving") for one in range(8)]
    started = time.process_time()
    found = fit_head(shop_pack.labelled() + new, encoder, shop_vectors)
    assert time.process_time() - started < 10.0  # about 1 s on a quiet machine
    ranking = found.head.rank(encoder.encode(["can you engrave a name on my mug"]))[0]
    assert ranking.ranked[0].intent == "engraving"


def test_the_shop_pack_keeps_its_accuracy(
    shop_pack: Pack, shop_vectors: PhraseVectors, encoder: OnnxEncoder
) -> None:
    """The pack that ships is read no worse than when it was written."""
    report = fit_head(shop_pack.labelled(), encoder, shop_vectors).report
    assert report.cross_validated_accuracy > 0.62
    assert 0.2 <= report.threshold <= 0.6


def test_many_phrases_use_landmarks(encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the limit a head keeps landmarks only and still reads its phrases."""
    monkeypatch.setattr("intents.fit.EXACT_LIMIT", 10)
    monkeypatch.setattr("intents.fit.LANDMARKS", 12)
    found = fit_head(SMALL, encoder)
    assert len(found.head.phrases) == 12
    assert found.head.rank(encoder.encode(["refund me"]))[0].ranked[0].intent == "refund"


def test_doubtful_phrases_are_named(encoder: OnnxEncoder) -> None:
    """Few phrases, the same phrase twice and one phrase under two intents are warnings."""
    phrases = [*SMALL, ("Hello!", "greeting"), ("please refund me.", "complaint")]
    warnings = "\n".join(fit_head(phrases, encoder).report.warnings)
    assert "'complaint' has only 1 phrase" in warnings
    assert "Under 'greeting', 'hello' and 'Hello!' are nearly the same" in warnings
    assert "'please refund me' is under 'refund'" in warnings


def test_the_report_counts(fitted: FittedHead) -> None:
    """The report counts phrases per intent and those to be refused."""
    row = fitted.report.to_row()
    assert row["intents"] == {"order_status": 4, "refund": 4, "greeting": 4}
    assert row["out_of_scope"] == 4
