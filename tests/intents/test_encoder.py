"""The encoder: the same vectors as the reference, from files that are what they claim."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from intents.encoder import (
    GRAPH_FILE,
    MANIFEST_FILE,
    Encoding,
    OnnxEncoder,
    TorchEncoder,
    backbone_folder,
    check_sha256,
    load_onnx,
)
from intents.errors import WeightsError
from intents.export import build_onnx
from intents.fit import fit_head
from tests.intents.conftest import SMALL

TEXTS = [
    "where is my order?",
    "I would like my money back, the coffee arrived stale and nobody answers",
    "hello there",
    "the card machine says declined",
    "cancel my subscription from next month please",
]


def _cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * right).sum(axis=1) / np.linalg.norm(left, axis=1) / np.linalg.norm(right, axis=1)


def test_int8_vectors_are_close_to_the_reference(
    encoder: OnnxEncoder, torch_encoder: TorchEncoder
) -> None:
    """The int8 graph gives nearly the reference's vectors, last layer and late layers alike."""
    quick, exact = encoder.encode(TEXTS), torch_encoder.encode(TEXTS)
    assert quick.last.shape == exact.last.shape == (len(TEXTS), 384)
    assert quick.layers.shape == exact.layers.shape == (len(TEXTS), 1536)
    assert _cosines(quick.last, exact.last).min() > 0.997
    assert _cosines(quick.layers, exact.layers).min() > 0.998


def test_both_encoders_rank_the_same_intent_first(
    encoder: OnnxEncoder, torch_encoder: TorchEncoder
) -> None:
    """A head fitted on each encoder's vectors reads the same intent first."""
    asked = ["has my parcel been sent", "refund me now", "hello good morning"]
    quick = fit_head(SMALL, encoder).head.rank(encoder.encode(asked))
    exact = fit_head(SMALL, torch_encoder).head.rank(torch_encoder.encode(asked))
    assert [one.ranked[0].intent for one in quick] == [one.ranked[0].intent for one in exact]


def test_a_text_is_read_alike_in_any_company(encoder: OnnxEncoder) -> None:
    """A text's vectors do not depend on the texts encoded with it."""
    alone = encoder.encode(["refund me"])
    together = encoder.encode(["refund me", "x " * 400, "hi"])
    assert np.array_equal(alone.last, together.row(0).last)
    assert np.array_equal(alone.layers, together.row(0).layers)


def test_no_texts_give_no_rows(encoder: OnnxEncoder) -> None:
    """An empty list is encoded as an empty encoding."""
    assert len(encoder.encode([])) == 0


def test_the_last_layer_has_length_one(encoder: OnnxEncoder) -> None:
    """Last-layer vectors are of length 1, so that a product is a cosine."""
    assert np.allclose(np.linalg.norm(encoder.encode(TEXTS).last, axis=1), 1.0, atol=1e-4)


def test_encodings_join_in_order() -> None:
    """Joined encodings keep the order of their parts."""
    one = Encoding(np.zeros((1, 2), np.float32), np.zeros((1, 4), np.float32))
    two = Encoding(np.ones((2, 2), np.float32), np.ones((2, 4), np.float32))
    assert Encoding.joined([one, two]).last[:, 0].tolist() == [0.0, 1.0, 1.0]


@pytest.mark.parametrize("file", [GRAPH_FILE, "tokenizer.json"])
def test_a_changed_file_is_refused(onnx_folder: Path, tmp_path: Path, file: str) -> None:
    """One changed byte in graph or tokenizer stops the load and names the file."""
    copy = tmp_path / "encoder"
    shutil.copytree(onnx_folder, copy)
    content = bytearray((copy / file).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / file).write_bytes(content)
    with pytest.raises(WeightsError, match=file):
        load_onnx(copy)


def test_a_broken_manifest_is_refused(tmp_path: Path) -> None:
    """A folder without a usable manifest says to delete it."""
    (tmp_path / MANIFEST_FILE).write_text(json.dumps({"sha256": {}}))
    with pytest.raises(WeightsError, match="delete the folder"):
        load_onnx(tmp_path)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    """A weights file that is not the recorded one is refused."""
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(WeightsError, match="SHA-256"):
        check_sha256(tmp_path / "model.safetensors", "0" * 64)


def test_an_unknown_backbone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backbone that is neither a folder nor on the hub gives a sentence with its name."""

    def nothing(*_: object, **__: object) -> str:
        raise OSError("no network")

    monkeypatch.setattr("huggingface_hub.snapshot_download", nothing)
    with pytest.raises(WeightsError, match="no/such-model"):
        backbone_folder("no/such-model")


def test_a_built_encoder_is_not_built_again(onnx_folder: Path) -> None:
    """A second call gives the same folder and reports no progress."""
    said: list[str] = []
    assert build_onnx(onnx_folder.parent, progress=said.append) == onnx_folder
    assert said == []


def test_importing_the_package_loads_no_heavy_library() -> None:
    """Importing what the bot imports brings in neither torch nor onnxruntime."""
    code = (
        "import sys, intents.understand, intents.cache, intents.commands;"
        "print([one for one in ('torch', 'transformers', 'onnxruntime', 'sklearn')"
        " if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
