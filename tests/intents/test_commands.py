"""The commands: a row out for each line in, faults by number, a learned pack that works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intents import commands
from intents.encoder import OnnxEncoder, backbone_folder
from intents.pack import Pack
from tests.intents.conftest import SMALL


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory, onnx_folder: Path) -> Path:
    """Give a cache folder with the built encoder in it."""
    folder = tmp_path_factory.mktemp("cache")
    (folder / onnx_folder.name).symlink_to(onnx_folder)
    return folder


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """Give a pack learned by the command."""
    folder = tmp_path_factory.mktemp("learned")
    rows = [json.dumps({"text": text, "intent": intent, "more": 1}) for text, intent in SMALL]
    (folder / "phrases.jsonl").write_text("\n".join(rows) + "\n")
    found = _learn(folder / "phrases.jsonl", folder / "pack", cache)
    assert found.exit_code == 0, found.stderr
    report = json.loads(found.stdout)
    assert report["phrases"] == len(SMALL)
    assert report["out_of_scope"] == 4
    assert 0.0 <= report["cross_validated_accuracy"] <= 1.0
    assert "'refund' has only 4 phrases" in found.stderr
    return folder / "pack"


def _learn(phrases: Path, out: Path, cache: Path, *more: str) -> Result:
    arguments = [str(phrases), "--out", str(out), "--cache", str(cache), *more]
    return CliRunner().invoke(commands.learn, arguments)


def _classify(text: str | bytes, pack: Path, cache: Path, *more: str) -> Result:
    arguments = ["--pack", str(pack), "--cache", str(cache), *more]
    return CliRunner().invoke(commands.classify, arguments, input=text)


def test_plain_lines_give_a_row_each(learned: Path, cache: Path) -> None:
    """Plain lines, empty ones included, give one row each, in order."""
    found = _classify("where is my order?\n\nrefund me\n", learned, cache)
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row["text"] for row in rows] == ["where is my order?", "", "refund me"]
    assert rows[0]["intent"] == "order_status"
    assert rows[2]["ranking"][0]["intent"] == "refund"
    assert set(rows[0]) == {
        "text", "intent", "confidence", "ranking", "sentiment", "sentiment_scores", "emotion",
        "emotion_scores", "frustration", "urgency", "vulnerable", "language", "also",
    }  # fmt: skip


def test_explain_says_why(learned: Path, cache: Path) -> None:
    """With --explain each row says which phrases and words did it; spans are of its text."""
    lines = "where is  my order, this is useless 😡\n\n"
    found = _classify(lines, learned, cache, "--explain")
    first, empty = (json.loads(line) for line in found.stdout.splitlines())
    phrases = {text for text, _ in SMALL}
    assert {one["phrase"] for one in first["why"]["phrases"]} <= phrases
    assert {one["for"] for one in first["why"]["phrases"]} <= {"order_status", "refund", "greeting"}
    assert first["why"]["words"]
    for one in first["why"]["words"]:
        assert first["text"][slice(*one["span"])] == one["text"]
        assert one["feeling"] in {"frustration", "urgency", "vulnerable", *first["emotion_scores"]}
    assert (empty["why"]["phrases"], empty["why"]["words"]) == ([], [])
    plain = _classify(lines, learned, cache).stdout.splitlines()
    assert [json.loads(line) for line in plain] == [
        {name: value for name, value in row.items() if name != "why"} for row in (first, empty)
    ]


def test_objects_give_a_row_each(learned: Path, cache: Path) -> None:
    """JSONL by its first line: unknown fields are ignored, empty lines count, text is kept."""
    lines = ['{"text": "hello\\nthere \\u2028", "id": 5}', "", '{"text": ""}', '{"text": "ü"}']
    found = _classify("\n".join(lines), learned, cache)
    texts = [json.loads(line)["text"] for line in found.stdout.split("\n") if line]
    assert texts == ["hello\nthere \u2028", "", "", "ü"]


def test_a_bad_line_is_named(learned: Path, cache: Path) -> None:
    """A bad line ends the command by its number; --skip-bad leaves it out and goes on."""
    lines = '{"text": "hi"}\n{"text": 3}\nnonsense\n{"text": "hey"}\n'
    found = _classify(lines, learned, cache)
    assert found.exit_code == 1
    assert "Line 2:" in found.stderr
    assert "Traceback" not in found.stderr
    skipped = _classify(lines, learned, cache, "--skip-bad")
    assert skipped.exit_code == 0
    assert [json.loads(line)["text"] for line in skipped.stdout.splitlines()] == ["hi", "hey"]
    assert "Line 2:" in skipped.stderr
    assert "Line 3:" in skipped.stderr


@pytest.mark.parametrize("bad", [b"\xff\xfe\n", b'{"text": "ok"}\n{"text": "\\ud800"}\n'])
def test_what_cannot_be_text_is_a_bad_line(bad: bytes, learned: Path, cache: Path) -> None:
    """Bytes that are not UTF-8 and halves of characters are bad lines, not tracebacks."""
    found = _classify(bad, learned, cache)
    assert found.exit_code == 1
    assert "Line " in found.stderr


def test_nothing_in_nothing_out(learned: Path, cache: Path) -> None:
    """An empty input gives no rows and no error."""
    found = _classify("", learned, cache)
    assert (found.exit_code, found.stdout) == (0, "")


def test_a_missing_pack_is_one_sentence(cache: Path, tmp_path: Path) -> None:
    """A pack that is not there ends the command with one sentence."""
    found = _classify("hi", tmp_path / "nowhere", cache)
    assert found.exit_code == 1
    assert "intents.yaml" in found.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "x"}', "'intent' is missing"),
        ('{"text": "", "intent": "a"}', "empty"),
        ('{"text": "x", "intent": ""}', "neither"),
        ('{"text": "x", "intent": 5}', "neither"),
        ("plain words", "not JSON"),
        ("[1]", "not a JSON object"),
    ],
)
def test_a_bad_phrase_is_named(line: str, said: str, tmp_path: Path, cache: Path) -> None:
    """Rows that teach nothing end the command by their number."""
    place = tmp_path / "phrases.jsonl"
    place.write_text('{"text": "hi", "intent": "greeting"}\n' + line + "\n")
    found = _learn(place, tmp_path / "pack", cache)
    assert found.exit_code == 1
    assert "Line 2:" in found.stderr
    assert said in found.stderr
    assert _learn(place, tmp_path / "pack", cache, "--skip-bad").exit_code == 0


def test_nothing_to_learn_is_one_sentence(tmp_path: Path, cache: Path) -> None:
    """Phrases without any intent end the command with one sentence."""
    place = tmp_path / "phrases.jsonl"
    place.write_text('{"text": "hi", "intent": null}\n')
    found = _learn(place, tmp_path / "pack", cache)
    assert found.exit_code == 1
    assert "no intents" in found.stderr


def test_evaluate_measures_and_reports(learned: Path, cache: Path, tmp_path: Path) -> None:
    """Metrics come as JSON, and the report where it was asked for."""
    rows = [{"text": text, "intent": intent, "sentiment": "neutral"} for text, intent in SMALL]
    place = tmp_path / "data.jsonl"
    place.write_text("\n".join(json.dumps(row) for row in rows))
    found = CliRunner().invoke(
        commands.evaluate,
        [str(place), "--pack", str(learned), "--cache", str(cache), "--out", str(tmp_path / "o")],
    )
    assert found.exit_code == 0, found.stderr
    metrics = json.loads(found.stdout)
    assert metrics["accuracy"] > 0.8
    assert metrics["in_out_of_scope_auroc"] > 0.9
    assert (tmp_path / "o" / "report.html").exists()


def test_a_fitted_pack_is_kept(learned: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second command on a pack takes its head from the cache."""
    _classify("hi", learned, cache)

    def refit(*_: object) -> None:
        raise AssertionError("fitted again")

    monkeypatch.setattr("intents.cache.fit_head", refit)
    assert _classify("hi", learned, cache).exit_code == 0


def test_a_broken_cache_is_made_again(
    shop_pack: Pack, encoder: OnnxEncoder, tmp_path: Path, fitted: object
) -> None:
    """Half a file in the cache costs a fit, not an error."""
    from intents.cache import _head_place, kept_vectors, ready_head
    from intents.pack import pack_from_labelled

    pack = pack_from_labelled("small", SMALL)
    ready_head(pack, encoder, tmp_path)
    place = _head_place(pack, encoder, tmp_path)
    place.write_bytes(place.read_bytes()[:100])
    assert ready_head(pack, encoder, tmp_path).labels == ("greeting", "order_status", "refund")
    assert len(kept_vectors(encoder, tmp_path)) == len(SMALL)


def test_another_encoder_is_used_by_option_and_by_variable(
    learned: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An encoder named by --backbone or ATTUNE_BACKBONE is the one that reads, or says why not."""
    found = _classify("hello\n", learned, cache, "--backbone", str(tmp_path))
    assert found.exit_code == 1
    assert found.stderr.count("has no model.safetensors") == 1
    monkeypatch.setenv("ATTUNE_BACKBONE", str(tmp_path))
    assert "has no model.safetensors" in _classify("hello\n", learned, cache).stderr
    again = _learn(learned.parent / "phrases.jsonl", tmp_path / "out", cache)
    assert "has no model.safetensors" in again.stderr
    monkeypatch.setenv("ATTUNE_BACKBONE", str(backbone_folder()))
    same = _classify("where is my parcel\n", learned, cache)
    assert same.exit_code == 0, same.stderr
    monkeypatch.delenv("ATTUNE_BACKBONE")
    assert same.stdout == _classify("where is my parcel\n", learned, cache).stdout
