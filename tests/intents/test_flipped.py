"""One flipped byte in what the model is made of: every command refuses, in one sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from intents.adapter import ADAPTER_FILE
from intents.affect import WEIGHTS_FILE, weights_folder
from intents.encoder import BACKBONE_PACKAGE, GRAPH_FILE, MANIFEST_FILE, TOKENIZER_FILE
from intents.encoder import backbone_folder as backbone

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "escalation", "intents")


@dataclass(frozen=True)
class Copy:
    """A copy of everything that runs, to be damaged: packages, backbone and built model."""

    code: Path
    data: Path

    @property
    def weights(self) -> Path:
        """Give the folder of the weights that ship."""
        return self.code / "intents" / "weights"

    @property
    def backbone(self) -> Path:
        """Give the backbone's weights."""
        return self.code / BACKBONE_PACKAGE / "model" / "model.safetensors"

    @property
    def model(self) -> Path:
        """Give the folder of the built model."""
        return next((self.data / "model").glob(f"*/{MANIFEST_FILE}")).parent

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the copy."""
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            input="where is my order\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            cwd=self.data,
            env=os.environ | {"PYTHONPATH": str(self.code)},
        )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, onnx_folder: Path) -> Copy:
    """Give a copy of the code, the backbone and the built model."""
    folder = tmp_path_factory.mktemp("flipped")
    made = Copy(folder / "code", folder / "data")
    hidden = shutil.ignore_patterns("__pycache__")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, made.code / name, ignore=hidden)
    shutil.copytree(backbone().parent, made.code / BACKBONE_PACKAGE, ignore=hidden)
    shutil.copytree(onnx_folder, made.data / "model" / onnx_folder.name)
    return made


def _flip(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)


def _misstate(place: Path) -> None:
    """Change one digit of the first hash that a manifest names."""
    manifest = json.loads(place.read_text(encoding="utf-8"))
    name, digits = next(iter(manifest["sha256"].items()))
    manifest["sha256"][name] = ("1" if digits[0] == "0" else "0") + digits[1:]
    place.write_text(json.dumps(manifest), encoding="utf-8")


Damage = tuple[Callable[[Copy], Path], Callable[[Path], None]]
DAMAGES: dict[str, Damage] = {
    "adapter": (lambda copy: copy.weights / ADAPTER_FILE, _flip),
    "feelings": (lambda copy: copy.weights / WEIGHTS_FILE, _flip),
    "manifest": (lambda copy: copy.weights / MANIFEST_FILE, _misstate),
    "backbone": (lambda copy: copy.backbone, _flip),
    "graph": (lambda copy: copy.model / GRAPH_FILE, _flip),
    "tokenizer": (lambda copy: copy.model / TOKENIZER_FILE, _flip),
    "graph's manifest": (lambda copy: copy.model / MANIFEST_FILE, _misstate),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_flipped_byte_is_refused(what: str, copied: Copy) -> None:
    """Classify and doctor end with an error that says what is not as recorded, and read nothing."""
    where, damage = DAMAGES[what]
    place = where(copied)
    whole = place.read_bytes()
    damage(place)
    try:
        classified = copied.run("classify", "--cache", str(copied.data / "model"))
        examined = copied.run("doctor", "--data", str(copied.data))
    finally:
        place.write_bytes(whole)
    assert classified.returncode == 1
    assert classified.stdout == ""
    assert classified.stderr.count("Error: ") == 1
    assert "SHA-256" in classified.stderr
    assert examined.returncode == 1
    assert "SHA-256" in examined.stdout
    assert "Traceback" not in classified.stderr + examined.stderr


@pytest.mark.parametrize("what", ["feelings", "graph"])
def test_a_server_does_not_start_on_it(what: str, copied: Copy) -> None:
    """Serve ends before it listens, with an error that names the file."""
    where, damage = DAMAGES[what]
    place = where(copied)
    whole = place.read_bytes()
    damage(place)
    try:
        served = copied.run("serve", "--data", str(copied.data), "--port", "0")
    finally:
        place.write_bytes(whole)
    assert served.returncode == 1
    assert f"{place.name} has SHA-256" in served.stderr
    assert "http://" not in served.stdout + served.stderr
    assert "Traceback" not in served.stderr


def test_what_is_whole_is_read(copied: Copy) -> None:
    """The same copy without damage reads a message and passes the checks."""
    classified = copied.run("classify", "--cache", str(copied.data / "model"))
    assert classified.returncode == 0, classified.stderr
    assert json.loads(classified.stdout)["text"] == "where is my order"
    assert "hashes agree" in copied.run("doctor", "--data", str(copied.data)).stdout
    assert copied.weights != weights_folder()
