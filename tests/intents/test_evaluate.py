"""Metrics that agree with the sums done by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from intents.evaluate import LabelledRow, evaluate, labelled_row
from intents.metrics import auroc, calibration_error, calibration_floor, per_label
from intents.reading import Ranked, Reading
from intents.report import report_html, write_report
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
    assert metrics["intents"]["a"] == {"rows": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
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


def test_the_report_is_one_page_without_script(tmp_path: Path) -> None:
    """The report holds the figures, draws its plots and lets no text be markup."""
    rows = [*ROWS, LabelledRow("one", "<b>", kind="<i>")]
    metrics = evaluate(rows, Scripted())
    page = write_report(metrics, tmp_path / "report").read_text(encoding="utf-8")
    assert page == report_html(metrics)
    assert page.count("<svg") == 2
    assert "<script" not in page
    assert "http" not in page
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert (tmp_path / "report" / "metrics.json").exists()
