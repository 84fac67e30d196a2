"""The head's int8 graph: the same scores as the plain formula, for any text, alone or not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from intents.affect import affect_vectors, load_affect
from intents.cache import ready_head
from intents.encoder import Floats, OnnxEncoder
from intents.errors import WeightsError
from intents.fit import FittedHead, IntentHead
from intents.head import FORMAT, centred, evidence, head_vectors, kernel, logistic
from intents.int8 import FULL, Rounded
from intents.pack import Pack
from intents.scorer import Scorer
from tests.intents.conftest import SMALL

PHRASES, WIDTH, COLUMNS = 1_200, 384, 42


def _unit(rows: Floats) -> Floats:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def draw() -> np.random.Generator:
    """Give numbers by chance, the same every time."""
    return np.random.default_rng(7)


@pytest.fixture(scope="module")
def made(draw: np.random.Generator) -> tuple[Scorer, Rounded, np.ndarray, Floats, Floats]:
    """Give a scorer as large as a pack's, with what it was made of."""
    phrases = Rounded.of(_unit(draw.normal(size=(PHRASES, WIDTH))))
    inside = draw.random(PHRASES) < 0.9
    weights = draw.normal(size=(PHRASES, COLUMNS)).astype(np.float32)
    centre = draw.normal(scale=0.02, size=(1, WIDTH)).astype(np.float32)
    return Scorer(phrases, inside, weights, centre), phrases, inside, weights, centre


def _plainly(
    vectors: Floats, phrases: Rounded, inside: np.ndarray, weights: Floats, centre: Floats
) -> tuple[np.ndarray, np.ndarray]:
    """Give scores and nearest by the formula, in double precision."""
    rows = centred(vectors, centre).astype(np.float64)
    cosines = rows @ phrases.vectors().astype(np.float64).T
    scores = np.exp(2.0 * (cosines - 1.0)) @ weights.astype(np.float64)
    return scores, np.where(inside, cosines, -1.0).max(axis=1)


@pytest.mark.parametrize(
    "kind", ["any", "phrases themselves", "one place only", "few places", "the centre itself"]
)
def test_scores_are_those_of_the_formula(
    kind: str,
    made: tuple[Scorer, Rounded, np.ndarray, Floats, Floats],
    draw: np.random.Generator,
) -> None:
    """However a text's vector is spread, scores and nearest are what the plain formula gives."""
    scorer, phrases, inside, weights, centre = made
    vectors = {
        "any": _unit(draw.normal(size=(40, WIDTH))),
        "phrases themselves": phrases.vectors()[:40] + centre,
        "one place only": np.eye(WIDTH, dtype=np.float32)[:40] * np.float32(-1.0),
        "few places": _unit(
            np.sign(draw.normal(size=(40, WIDTH))) * (draw.random((40, WIDTH)) < 0.02)
        ),
        "the centre itself": centre.copy(),
    }[kind]
    scores, nearest = scorer.scored(vectors)
    expected, near = _plainly(vectors, phrases, inside, weights, centre)
    spread = np.abs(kernel(np.zeros(1, np.float32))) * np.linalg.norm(weights, axis=0).max()
    assert np.abs(scores - expected).max() < 1e-3 * float(spread[0])
    assert np.abs(nearest - near).max() < 3e-4


def test_a_text_is_scored_alike_alone_and_in_company(
    made: tuple[Scorer, Rounded, np.ndarray, Floats, Floats], draw: np.random.Generator
) -> None:
    """Neighbours in a batch, a very long vector among them, do not change a text's scores."""
    vectors = _unit(draw.normal(size=(9, WIDTH)))
    vectors[4] *= 50.0
    scores, nearest = made[0].scored(vectors)
    for place in range(len(vectors)):
        alone, near = made[0].scored(vectors[place : place + 1])
        assert alone[0] == pytest.approx(scores[place], abs=2e-4)
        assert near[0] == pytest.approx(nearest[place], abs=1e-6)


def test_threads_that_start_it_together_get_the_same(
    made: tuple[Scorer, Rounded, np.ndarray, Floats, Floats], draw: np.random.Generator
) -> None:
    """A fresh scorer asked by eight threads at once gives every one its own text's scores."""
    vectors = _unit(draw.normal(size=(64, WIDTH)))
    fresh = Scorer(*made[1:])
    expected = made[0].scored(vectors)[0]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda one: fresh.scored(one[None])[0][0], vectors))
    assert np.abs(np.stack(found) - expected).max() < 2e-4


def test_rounding_is_fine_and_settles(draw: np.random.Generator) -> None:
    """A row is at most half its step off, and rounding what is rounded changes nothing."""
    rows = np.concatenate([_unit(draw.normal(size=(50, WIDTH))), np.zeros((1, WIDTH), np.float32)])
    once = Rounded.of(rows)
    assert np.abs(once.whole.astype(np.int64)).max() == FULL
    assert (np.abs(once.vectors() - rows) <= 0.5001 * once.steps[:, None]).all()
    assert np.array_equal(Rounded.of(once.vectors()).whole, once.whole)


def test_without_a_phrase_in_scope_nothing_is_near(
    made: tuple[Scorer, Rounded, np.ndarray, Floats, Floats],
) -> None:
    """Where no kept phrase is in scope, the nearest is as far as can be."""
    _, phrases, inside, weights, centre = made
    alone = Scorer(phrases, np.zeros_like(inside), weights, centre)
    assert alone.scored(phrases.vectors()[:3])[1].tolist() == [-1.0] * 3


def test_a_ranking_is_what_the_evidence_says(fitted: FittedHead, encoder: OnnxEncoder) -> None:
    """Confidence and refusal follow from evidence and calibration as the fit judges them."""
    head = fitted.head
    encoding = encoder.encode([text for text, _ in SMALL] + ["zxcv", "where is my refund"])
    scores, nearest = head._scorer.scored(head_vectors(encoding))
    sure = logistic(evidence(scores, nearest) @ head.calibration)
    for ranking, row, expected in zip(head.rank(encoding), scores, sure, strict=True):
        order = np.argsort(-row[:-1], kind="stable")
        assert [one.intent for one in ranking.ranked] == [head.labels[one] for one in order]
        assert ranking.confidence == pytest.approx(float(expected), abs=1e-6)
        assert ranking.refused == (ranking.confidence < head.thresholds[order[0]])
        shares = np.exp(head.sharpness * (row - row.max()).astype(np.float64))
        rest = shares.sum() - shares[order[0]]
        for one, index in zip(ranking.ranked[1:], order[1:], strict=True):
            likely = min(ranking.confidence, (1.0 - ranking.confidence) * shares[index] / rest)
            assert one.confidence == pytest.approx(likely, abs=1e-6)


def test_equals_are_ranked_by_their_names(fitted: FittedHead, encoder: OnnxEncoder) -> None:
    """Intents with the same score keep the order of the alphabet."""
    head = replace(fitted.head, weights=np.zeros_like(fitted.head.weights))
    ranking = head.rank(encoder.encode(["anything"]))[0]
    assert [one.intent for one in ranking.ranked] == sorted(head.labels)


def test_a_head_of_an_older_version_is_fitted_again(
    shop_pack: Pack, encoder: OnnxEncoder, tmp_path: Path
) -> None:
    """A kept head in an older form is told so, and a command that meets one fits the pack anew."""
    made = ready_head(shop_pack, encoder, tmp_path)
    [place] = tmp_path.glob("head-*.safetensors")
    content = place.read_bytes()
    old = content.replace(f'"format":"{FORMAT}"'.encode(), b'"format":"3"')
    assert old != content
    with pytest.raises(WeightsError, match="publish the pack again"):
        IntentHead.from_bytes(old)
    place.write_bytes(old)
    again = ready_head(shop_pack, encoder, tmp_path)
    assert np.array_equal(again.rounded.whole, made.rounded.whole)
    assert IntentHead.from_bytes(place.read_bytes()).labels == made.labels


def test_feelings_are_those_of_the_float_network(encoder: OnnxEncoder) -> None:
    """In 8 bits or by the network's own formula, they are less than a hundredth apart."""
    head = load_affect()
    texts = ["where is it", "STILL nothing, third time!!", "thank you, lovely", "my wife died"]
    encoding = encoder.encode([f"{one} {place}" for one in texts for place in range(20)])
    rows = affect_vectors(encoding, head.centre)
    inner = rows @ head.hidden[:-1] + head.hidden[-1]
    curve = np.tanh(0.7978845608 * (inner + 0.044715 * inner**3))
    scores = (0.5 * inner * (1.0 + curve)) @ head.output[:-1] + head.output[-1]
    flags = logistic(scores[:, -3:].astype(np.float64))
    found = [(one.frustration, one.urgency, one.vulnerable) for one in head.feel(encoding)]
    assert np.abs(np.array(found) - flags).max() < 0.01
    assert np.array(found).max(axis=0)[[0, 2]].min() > 0.5
