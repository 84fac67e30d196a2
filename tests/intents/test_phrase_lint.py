"""What is said of an intent's phrases while they are written, against fits made the long way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from intents.encoder import Floats
from intents.fit import RIDGE
from intents.head import kernel
from intents.phrase_lint import Labelled, PhraseLint, Solved, _State, lint_phrases, solved

WIDE = 24


def vector(phrase: str) -> Floats:
    """Give a phrase a vector near that of its first word, the same at every call."""
    first, _, rest = phrase.partition(" ")
    topic = np.random.default_rng(abs(hash_of(first))).normal(size=WIDE)
    noise = np.random.default_rng(abs(hash_of(rest + first))).normal(size=WIDE)
    made = topic + 0.5 * noise
    return np.asarray(made / np.linalg.norm(made), np.float32)


def hash_of(text: str) -> int:
    return int.from_bytes(text.encode()[:16].ljust(16, b"-"), "little") % (2**63)


def vectors_of(phrases: Sequence[str]) -> Floats:
    return np.stack([vector(one) for one in phrases])


def pack(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """Give three intents of twelve phrases, some to refuse, and more."""
    made: list[tuple[str, str | None]] = [
        (f"{topic} {number}x{number * 7}", topic)
        for topic in ("parcel", "refund", "grinder")
        for number in range(12)
    ]
    made += [(f"weather {number}q", None) for number in range(8)]
    return [*made, *more]


def lint(labelled: Labelled, name: str, new: Sequence[str] = ()) -> PhraseLint:
    known = solved([phrase for phrase, _ in labelled], vectors_of)
    return lint_phrases(known, labelled, name, new)


def codes(found: PhraseLint) -> set[tuple[str, str]]:
    return {(one.code, one.phrase) for one in found.remarks}


def refitted_without(known: Solved, truth: np.ndarray, out: Sequence[int], asked: int) -> int:
    """Give what a phrase is read as by a fit on all others but some."""
    kept = [one for one in range(len(truth)) if one not in {*out, asked}]
    rows = known.rows[kept].astype(np.float64)
    targets = np.full((len(kept), truth.max() + 1), -1.0)
    targets[np.arange(len(kept)), truth[kept]] = 1.0
    weights = np.linalg.solve(kernel(rows @ rows.T) + RIDGE * np.eye(len(kept)), targets)
    scores = kernel(known.rows[[asked]].astype(np.float64) @ rows.T) @ weights
    return int(scores[0, :-1].argmax())


def test_each_phrase_without_another_is_as_fitted_the_long_way() -> None:
    """The closed form for two left out says what a fit without the two says."""
    labelled = pack(("refund 1x7 odd", "parcel"), ("refund 2x14 odd", "parcel"))
    known = solved([phrase for phrase, _ in labelled], vectors_of)
    names = ["grinder", "parcel", "refund"]
    truth = np.array([names.index(one) if one else 3 for _, one in labelled])
    state = _State.of(known.inverse, truth, 3)
    inside = np.flatnonzero(truth < 3)
    for index in (0, 5, 20, len(labelled) - 1):
        told = state.right_without(index)
        for asked in inside[inside != index]:
            long_way = refitted_without(known, truth, [index], int(asked)) == truth[asked]
            assert told[asked] == long_way, (index, asked)


def test_a_solution_that_was_changed_is_that_of_a_fresh_start() -> None:
    """Phrases gone and come, in another order: the inverse is the same as if made anew."""
    before = pack()
    known = solved([phrase for phrase, _ in before], vectors_of)
    after = [*pack(("refund later", "refund"), ("parcel later", "parcel"))[3:], before[0]]
    phrases = [phrase for phrase, _ in after]
    moved = solved(phrases, vectors_of, known)
    assert sorted(moved.phrases) == sorted(phrases)
    rows = moved.rows.astype(np.float64)
    again = np.linalg.inv(kernel(rows @ rows.T) + RIDGE * np.eye(len(rows)))
    assert np.abs(moved.inverse - again).max() < 1e-4


def test_a_phrase_that_pulls_others_down_is_named_with_before_and_after() -> None:
    """What is said of labels stands among parcels: without it more is read right."""
    own = [(f"label {number}z{number * 5}", "labels") for number in range(6)]
    strays = [(f"label {number}y{number * 3}", "parcel") for number in range(4)]
    found = lint(pack(*own, *strays), "parcel")
    pulling = [one for one in found.remarks if one.code == "pulls_others"]
    assert pulling
    assert all(one.phrase.startswith("label") for one in pulling)
    assert "(labels)" in pulling[0].others[0]
    assert "% are read right; without it, " in pulling[0].says


def test_a_clean_intent_has_nothing_to_say() -> None:
    """No remark where topics are apart; all phrases are read right."""
    found = lint(pack(), "parcel")
    assert (found.accuracy, found.remarks) == (1.0, ())


def test_a_new_phrase_that_is_read_right_anyway_is_told() -> None:
    """Only of new ones; something said differently is not among them."""
    labelled = pack(("parcel 3x21 again", "parcel"), ("astronomy", "parcel"))
    found = lint(labelled, "parcel", ["parcel 3x21 again", "astronomy"])
    assert codes(found) == {("already_known", "parcel 3x21 again")}
    assert not lint(labelled, "parcel").remarks


def test_the_same_under_another_intent_is_shown_with_both_sentences() -> None:
    """Filling and order apart, and among those to refuse too."""
    labelled = pack(("where is the parcel please", "parcel"), ("parcel where is it", "refund"))
    labelled += [("the parcel where", None)]
    found = [one for one in lint(labelled, "refund").remarks if one.code == "near_duplicate"]
    assert [(one.phrase, len(one.others)) for one in found] == [("parcel where is it", 1)]
    assert found[0].others[0] in {"where is the parcel please", "the parcel where"}


@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_too_few_phrases_are_told(count: int) -> None:
    """Under five."""
    labelled = pack(*[(f"mug {number}", "mugs") for number in range(count)])
    assert (("few", "") in codes(lint(labelled, "mugs"))) is (count < 5)
