"""Metrics that agree with the sums done by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import pytest

from intents.evaluate import LabelledRow, evaluate, labelled_row
from intents.metrics import (
    auroc,
    calibration_error,
    calibration_floor,
    coverage_curve,
    per_label,
    precision_recall,
    wilson,
)
from intents.reading import Ranked, Reading
from intents.rows import LineError


def _reading(text: str, intent: str, confidence: float, *, refused: bool = False) -> Reading:
    return Reading(
        text=text,
        intent=None if refused else intent,
        confidence=confidence,
        ranking=(Ranked(intent, confidence),),
        sentiment="neutral",
        sentiment_scores={},
        emotion="neutral",
        emotion_scores={},
        frustration=confidence,
        urgency=0.1,
        vulnerable=0.0,
        language="en",
    )


class Scripted:
    """An understander that says what it was told."""

    said: ClassVar = {
        "one": _reading("one", "a", 0.9),
        "two": _reading("two", "b", 0.8),
        "three": _reading("three", "b", 0.4, refused=True),
        "four": _reading("four", "a", 0.6),
        "five": _reading("five", "a", 0.1, refused=True),
    }

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Give what was scripted."""
        return [self.said[text] for text in texts]


ROWS = [
    LabelledRow("one", "a", sentiment="neutral", frustrated=True, kind="plain"),
    LabelledRow("two", "a", sentiment="negative", frustrated=False, kind="hard"),
    LabelledRow("three", "b", kind="hard"),
    LabelledRow("four", "out_of_scope"),
    LabelledRow("five", "out_of_scope"),
]


def test_metrics_are_those_of_the_hand() -> None:
    """Two of five are right; the ranking is right in two of three; one refusal is right."""
    metrics = evaluate(ROWS, Scripted())
    assert metrics["rows"] == 5
    assert metrics["accuracy"] == 0.4
    assert metrics["in_scope_rows"] == 3
    assert metrics["in_scope_first_right"] == pytest.approx(2 / 3, abs=1e-4)
    assert metrics["in_scope_accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    # in scope 0.9 0.8 0.4 against 0.6 0.1: five of six pairs are in order
    assert metrics["in_out_of_scope_auroc"] == pytest.approx(5 / 6, abs=1e-4)
    # right: one and three. |0.9-1| + |0.8-0| + |0.4-1| + |0.6-0| + |0.1-0| over five
    assert metrics["calibration_error"] == pytest.approx((0.1 + 0.8 + 0.6 + 0.6 + 0.1) / 5)
    table = metrics["intents"]["a"]
    assert {key: table[key] for key in ("rows", "precision", "recall", "f1")} == {
        "rows": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5,
    }  # fmt: skip
    assert (table["found"], table["hits"]) == (2, 1)
    assert metrics["intents"]["b"]["f1"] == 0.0
    # a 0.5, b 0, out of scope precision 1/2 and recall 1/2
    assert metrics["macro_f1"] == pytest.approx((0.5 + 0.0 + 0.5) / 3, abs=1e-4)
    assert {"expected": "a", "found": "b", "rows": 1} in metrics["confusions"]
    assert metrics["feelings"]["sentiment"]["accuracy"] == 0.5
    assert metrics["feelings"]["frustrated"]["precision"] == 0.5
    assert metrics["feelings"]["frustrated"]["auroc"] == 1.0
    assert metrics["kinds"]["hard"]["accuracy"] == 0.0


def test_no_rows_are_no_error() -> None:
    """An empty set gives zero rows and no figures."""
    assert evaluate([], Scripted()) == {"rows": 0, "feelings": {}}


def test_ties_count_half() -> None:
    """Equal scores are half in order, and one class alone has no AUROC."""
    assert auroc(np.array([0.5, 0.5]), np.array([True, False])) == 0.5
    assert auroc(np.array([0.5]), np.array([True])) is None


def test_an_honest_model_has_a_floor() -> None:
    """The noise floor shrinks as rows grow."""
    few = calibration_floor(np.full(20, 0.5))
    many = calibration_floor(np.full(2_000, 0.5))
    assert many < 0.02 < few
    assert calibration_error(np.array([1.0, 0.0]), np.array([True, False])) == 0.0


def test_a_label_never_given_has_no_precision() -> None:
    """A label nobody was given scores zero instead of failing."""
    assert per_label(["a"], ["b"])["a"] == {"rows": 1, "precision": 0.0, "recall": 0.0, "f1": 0.0}


@pytest.mark.parametrize(
    "row",
    [
        {"intent": "a"},
        {"text": "x", "intent": 3},
        {"text": "x", "emotion": "furious"},
        {"text": "x", "frustrated": "maybe"},
        {"text": "\ud800", "intent": "a"},
    ],
)
def test_rows_that_cannot_be_used_name_their_line(row: dict[str, object]) -> None:
    """A row with a wrong field is a LineError with its number."""
    with pytest.raises(LineError, match="Line 7"):
        labelled_row(7, row)


def test_rows_say_what_they_know() -> None:
    """Null and out_of_scope are the same, feelings may lack, an empty line is no row."""
    assert labelled_row(1, {"text": ""}) is None
    none = labelled_row(1, {"text": "x", "intent": None, "urgent": "yes"})
    named = labelled_row(1, {"text": "x", "intent": "out_of_scope", "urgent": True})
    assert none == named
    only = labelled_row(1, {"text": "x", "emotion": "sad"})
    assert only is not None
    assert only.intent is None


def test_answers_refusals_and_mistakes_are_counted() -> None:
    """What is answered, refused and wrong is told apart, and the surest mistake stands first."""
    metrics = evaluate(ROWS, Scripted())
    assert metrics["in_scope_refused_rows"] == 1
    assert metrics["in_scope_wrong_rows"] == 1
    assert metrics["out_of_scope_refused"] == 0.5
    # answered are 0.9 (right), 0.8 and 0.6 (wrong); refused 0.4 and 0.1
    refusal = metrics["refusal"]
    assert (refusal["answered_rows"], refusal["coverage"]) == (3, 0.6)
    assert refusal["accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert (refusal["lowest_answered"], refusal["highest_refused"]) == (0.6, 0.4)
    assert [(row["text"], row["found"]) for row in metrics["mistakes"]] == [
        ("two", "b"),
        ("four", "a"),
        ("three", "out_of_scope"),
    ]
    assert metrics["mistakes"][2]["first"] == "b"
    assert metrics["confused"]["a"] == {"b": 1}
    assert json.loads(json.dumps(metrics)) == metrics


def test_slices_have_their_rows_and_intervals() -> None:
    """Every kind says of how many messages a share is, and where it may lie."""
    found = evaluate(ROWS, Scripted())["kinds"]
    assert found["plain"]["details"]["intent"]["rows"] == 1
    assert found["plain"]["details"]["frustrated"] == {
        "rows": 1, "share": 1.0, "interval": [pytest.approx(0.2065), 1.0],
    }  # fmt: skip
    assert found["hard"]["details"]["intent"]["share"] == 0.0
    assert found["hard"]["details"]["frustrated"]["share"] is None


def test_frustration_missed_and_alarms_for_nothing_are_listed() -> None:
    """Below one half is missed, from one half on an alarm; the worst of each stand first."""
    rows = [
        LabelledRow("three", None, frustrated=True),
        LabelledRow("five", None, frustrated=True),
        LabelledRow("four", None, frustrated=False),
        LabelledRow("two", None, frustrated=False),
    ]
    found = evaluate(rows, Scripted())["feelings"]["frustrated"]
    assert [row["text"] for row in found["missed"]] == ["five", "three"]
    assert [row["text"] for row in found["false_alarms"]] == ["two", "four"]
    assert (found["positive"], found["called"], found["recall"]) == (2, 2, 0.0)


def test_wilson_by_the_book() -> None:
    """Eight of ten lie between 49 and 94 %; none and all stay inside 0 and 1."""
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_coverage_by_hand() -> None:
    """The surest are answered first, equals together, and many points are thinned to few."""
    sure = np.array([0.9, 0.2, 0.5, 0.5])
    right = np.array([True, False, True, False])
    assert coverage_curve(sure, right) == [
        (0.9, 0.25, 1.0),
        (0.5, 0.75, pytest.approx(2 / 3)),
        (0.2, 1.0, 0.5),
    ]
    many = coverage_curve(np.linspace(0.0, 1.0, 5_000), np.ones(5_000, bool))
    assert len(many) <= 60
    assert (many[0][0], many[-1][:2]) == (1.0, (0.0, 1.0))
    assert coverage_curve(np.array([]), np.array([], bool)) == []


def test_precision_and_recall_by_hand() -> None:
    """Each threshold gives how many alarms are true and how many of the wanted are noticed."""
    found = precision_recall(np.array([0.9, 0.8, 0.3]), np.array([True, False, True]))
    assert found == [
        (0.9, 1.0, 0.5),
        (0.8, 0.5, 0.5),
        (0.3, pytest.approx(2 / 3), 1.0),
    ]
    assert precision_recall(np.array([0.9]), np.array([False])) == []
