"""Phrase files that are too small, too alike or at odds with themselves still give a pack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intents import commands
from intents.pack import Labelled
from tests.intents.conftest import SMALL

ASKED = ["where is my order", "hello there", "what is the capital of France", "", "asdf qwer", "👍"]
FILES: dict[str, tuple[list[Labelled], str]] = {
    "one phrase": ([("hi", "greeting")], "one intent only, 'greeting'"),
    "one intent": ([row for row in SMALL if row[1] == "refund"], "one intent only, 'refund'"),
    "one intent and refusals": (
        [row for row in SMALL if row[1] in {"refund", None}],
        "one intent only, 'refund'",
    ),
    "few phrases": ([("hi", "a"), ("refund", "b")], "'a' has only 1 phrase;"),
    "no refusals": ([row for row in SMALL if row[1]], "Nothing is listed as out of scope"),
    "the same under two": (
        [*SMALL, ("hello", "goodbye"), ("Hey!", "goodbye")],
        "'hello' is under 'greeting' and 'goodbye'",
    ),
    "two intents the same": (
        [(text, intent) for text, _ in SMALL for intent in ("one", "other")],
        "'where is my order' is under 'one' and 'other'",
    ),
    "in scope and out of it": (
        [*SMALL, ("please refund me", None)],
        "'please refund me' is under 'refund' and out of scope",
    ),
    "written twice": ([*SMALL, *SMALL], "Under 'refund', 'please refund me' is there 2 times"),
    "all alike": ([*SMALL, *[("bye", "bye")] * 6], "All 6 phrases under 'bye'"),
    "nothing to see": ([*SMALL, ("\u200b", "odd"), ("\u2800", "odd")], "'odd' shows nothing"),
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, onnx_folder: Path) -> Path:
    """Give a cache folder with the built encoder in it."""
    folder = tmp_path_factory.mktemp("cache")
    (folder / onnx_folder.name).symlink_to(onnx_folder)
    return folder


def _learn(rows: list[Labelled], folder: Path, cache: Path) -> Result:
    place = folder / "phrases.jsonl"
    place.write_text(
        "".join(json.dumps({"text": text, "intent": one}) + "\n" for text, one in rows)
    )
    arguments = [str(place), "--out", str(folder / "pack"), "--cache", str(cache)]
    return CliRunner().invoke(commands.learn, arguments)


@pytest.mark.parametrize("name", FILES)
def test_a_doubtful_file_gives_a_warning_and_a_pack(name: str, tmp_path: Path, cache: Path) -> None:
    """Learn says what and which; the pack reads every message with probabilities that are ones."""
    rows, said = FILES[name]
    learned = _learn(rows, tmp_path, cache)
    assert learned.exit_code == 0, learned.stderr
    report = json.loads(learned.stdout)
    assert any(said in one for one in report["warnings"]), report["warnings"]
    assert all(f"Warning: {one}" in learned.stderr for one in report["warnings"])
    found = CliRunner().invoke(
        commands.classify,
        ["--pack", str(tmp_path / "pack"), "--cache", str(cache)],
        input="".join(json.dumps({"text": text}) + "\n" for text in ASKED),
    )
    assert found.exit_code == 0, found.stderr
    readings = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row["text"] for row in readings] == ASKED
    known = {intent for _, intent in rows if intent is not None}
    for row in readings:
        assert 0.0 <= row["confidence"] <= 1.0
        assert row["intent"] is None or row["intent"] in known
        assert {one["intent"] for one in row["ranking"]} <= known
    assert readings[3]["intent"] is None  # nothing was said


def test_a_file_without_faults_has_no_other_warning(tmp_path: Path, cache: Path) -> None:
    """Four phrases an intent are few, and nothing else is said of them."""
    report = json.loads(_learn(SMALL, tmp_path, cache).stdout)
    assert [one for one in report["warnings"] if "has only 4 phrases" not in one] == []
