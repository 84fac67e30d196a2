"""Reading: total over odd texts, the text unchanged, probabilities that are ones."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intents.affect import AffectHead, load_affect, weights_folder
from intents.encoder import OnnxEncoder
from intents.errors import UnderstandingError, WeightsError
from intents.fit import FittedHead, fit_head
from intents.reading import EMOTIONS, SENTIMENTS, Reading
from intents.text import EMPTY, cleaned
from intents.understand import ModelUnderstander, _says_nothing, load_understander

ODD = [
    "",
    "   \n\t ",
    "😡😡😡",
    "👋🏽",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "مرحبا أين طلبي",
    "שלום, איפה ההזמנה שלי?",
    "\u202eredro ym si erehw",
    "w\u200bh\u200be\u200br\u200be",
    "Z̷̡̛̲a̸̢̛̠l̵̨̳g̶̙̈o̵͕̐",
    "𝓦𝓱𝓮𝓻𝓮 𝓲𝓼 𝓲𝓽",
    "a" * 4_000,
    "where is my order? " * 210,
    "\x00\x01\x1b[31m",
    "\ud800 half",
    "<script>alert(1)</script>",
    "()*&^%$#@!",
    "🙏" * 500,
    "̈́" * 1_000,
]


def _is_sound(reading: Reading, text: str) -> None:
    assert reading.text == text
    assert reading.ranking
    assert reading.intent in {None, reading.ranking[0].intent}
    assert reading.ranking[0].confidence == reading.confidence
    assert all(0.0 <= one <= 1.0 for one in (reading.frustration, reading.urgency))
    assert sum(reading.sentiment_scores.values()) == pytest.approx(1.0)
    assert sum(reading.emotion_scores.values()) == pytest.approx(1.0)
    assert tuple(reading.sentiment_scores) == SENTIMENTS
    assert tuple(reading.emotion_scores) == EMOTIONS
    assert len(reading.language) == 2


def test_odd_texts_are_read(understander: ModelUnderstander) -> None:
    """Empty, emoji-only, right-to-left, invisible, stacked and long texts all give a Reading."""
    for text, reading in zip(ODD, understander.read(ODD), strict=True):
        _is_sound(reading, text)


def test_nothing_said_is_no_intent(understander: ModelUnderstander) -> None:
    """A message without any visible character is refused, whatever the head would guess."""
    for reading in understander.read(["", " \n", "\u200b\u200b"]):
        assert reading.intent is None
        assert reading.confidence == 0.0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=200))
def test_any_text_is_read(understander: ModelUnderstander, text: str) -> None:
    """Any string at all, lone surrogates included, gives a sound Reading."""
    _is_sound(understander.read([text])[0], text)
    assert _says_nothing(text) == (cleaned(text) == EMPTY)
    assert cleaned(cleaned(text)) == cleaned(cleaned(cleaned(text)))


def test_a_reading_survives_its_row(understander: ModelUnderstander) -> None:
    """A Reading's row is plain JSON and rebuilds the Reading, up to rounding."""
    row = json.loads(json.dumps(understander.read(["refund me"])[0].to_row()))
    assert Reading.from_row(row).to_row() == row


def test_one_and_many_read_alike(understander: ModelUnderstander) -> None:
    """`read_one` gives what `read` gives."""
    alone = understander.read_one("where is my order", None, 10.0)
    assert alone.to_row() == understander.read(["hello", "where is my order"])[1].to_row()


def test_shouting_alone_changes_nothing(understander: ModelUnderstander) -> None:
    """Capitals without angry words do not raise frustration."""
    calm, loud = understander.read(["where is my order", "WHERE IS MY ORDER"])
    assert loud.frustration == pytest.approx(calm.frustration, abs=0.02)


def test_feelings_are_told_apart(understander: ModelUnderstander) -> None:
    """Plain thanks are happy, a last straw is angry and frustrated, harm is urgent."""
    happy, angry, hurt = understander.read(
        [
            "thank you so much, you are wonderful",
            "this is the third time I ask and nobody answers, absolutely useless",
            "help, my throat is swelling after drinking this coffee",
        ]
    )
    assert (happy.sentiment, happy.emotion) == ("positive", "happy")
    assert (angry.sentiment, angry.emotion) == ("negative", "angry")
    assert angry.frustration > 0.5 > happy.frustration
    assert hurt.urgency > 0.5 > happy.urgency


def test_a_published_head_takes_over_at_once(
    understander: ModelUnderstander, encoder: OnnxEncoder
) -> None:
    """Another head may be given with a call; the understander's own stays."""
    other = fit_head([("do you have oat milk", "milk"), ("tell me a joke", None)], encoder).head
    assert understander.read_one("oat milk?", other, 10.0).ranking[0].intent == "milk"
    assert understander.read_one("oat milk?", None, 10.0).ranking[0].intent != "milk"


def test_foreign_heads_are_refused(
    encoder: OnnxEncoder, fitted: FittedHead, affect: AffectHead
) -> None:
    """Heads made on another encoder's vectors are refused before anything is read."""
    with pytest.raises(WeightsError, match="another encoder"):
        load_understander(encoder, replace(fitted.head, fingerprint="other"), affect)
    with pytest.raises(WeightsError, match="another encoder"):
        load_understander(encoder, fitted.head, replace(affect, fingerprint="other"))


def test_a_failing_encoder_is_an_understanding_error(
    encoder: OnnxEncoder, fitted: FittedHead, affect: AffectHead
) -> None:
    """Whatever goes wrong in the model reaches the caller as one kind of error."""

    class Failing:
        fingerprint = encoder.fingerprint

        def encode(self, texts: object) -> object:
            raise RuntimeError("out of memory")

    broken = ModelUnderstander(Failing(), fitted.head, affect)
    with pytest.raises(UnderstandingError, match="out of memory"):
        broken.read(["hello"])
    with pytest.raises(UnderstandingError, match="out of memory"):
        broken.read_one("hello", None, 10.0)


def test_tampered_feelings_are_refused(tmp_path: Path) -> None:
    """Weights that do not match the manifest, or a manifest that says nothing, are refused."""
    for name in ("affect.safetensors", "manifest.json"):
        (tmp_path / name).write_bytes((weights_folder() / name).read_bytes())
    content = bytearray((tmp_path / "affect.safetensors").read_bytes())
    content[-1] ^= 1
    (tmp_path / "affect.safetensors").write_bytes(content)
    with pytest.raises(WeightsError, match="SHA-256"):
        load_affect(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(WeightsError, match="cannot be read"):
        load_affect(tmp_path)


def test_weights_that_are_no_feelings_are_refused(tmp_path: Path) -> None:
    """A file with the right hash and the wrong inside is refused, too."""
    content = b"nonsense"
    (tmp_path / "affect.safetensors").write_bytes(content)
    sums = {"affect.safetensors": sha256(content).hexdigest()}
    (tmp_path / "manifest.json").write_text(json.dumps({"fingerprint": "x", "sha256": sums}))
    with pytest.raises(WeightsError, match="holds no feelings"):
        load_affect(tmp_path)


def test_the_weights_stay_small() -> None:
    """What ships is under twelve megabytes, with its manifest and model card."""
    sizes = {one.name: one.stat().st_size for one in weights_folder().iterdir() if one.is_file()}
    assert sum(sizes.values()) < 12_000_000
    assert {"adapter.safetensors", "affect.safetensors", "manifest.json", "MODEL_CARD.md"} <= set(
        sizes
    )
