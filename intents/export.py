"""The int8 graph, built once into a cache folder by a process of its own."""

from __future__ import annotations

import argparse
import fcntl
import importlib.metadata
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from intents.adapter import belongs_to, checked_adapter
from intents.encoder import (
    GRAPH_FILE,
    MANIFEST_FILE,
    TOKENIZER_FILE,
    backbone_folder,
    file_sha256,
    fingerprint_of,
)
from intents.errors import WeightsError

FORMAT = 3
SHIPPED = Path(__file__).parent / "weights"
OPSET = 18
TIMEOUT_S = 900


def build_onnx(
    cache: Path,
    backbone: str | None = None,
    progress: Callable[[str], None] | None = None,
    weights: Path | None = None,
) -> Path:
    """Give the folder of the int8 encoder under `cache`, building it first if it is not there.

    A backbone is tuned by the adapter of `weights`, by default the folder that ships, if that was
    trained on it; another one stays as it is. The build runs in a child
    process, so that torch never enters a process that will fork. Several processes may call at
    once: one builds, the others wait. Raises WeightsError.
    """
    source = backbone_folder(backbone)
    folder = weights or SHIPPED
    tuning = folder if backbone is None or belongs_to(folder, source) else None
    adapter = checked_adapter(tuning) if tuning is not None else None
    target = cache / _build_key(source, adapter)
    if (target / MANIFEST_FILE).exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / ".building"):
        if not (target / MANIFEST_FILE).exists():
            if progress is not None:
                progress("Building the int8 encoder, once; this takes about half a minute.")
            _build_beside(source, tuning, target)
    return target


def export(source: Path, adapter: bytes | None, out: Path) -> None:
    """Write graph, tokenizer and manifest of an encoder into a folder; imports torch and onnx."""
    import torch  # noqa: PLC0415  (heavy; only in the building process)
    from onnxruntime.quantization.shape_inference import quant_pre_process  # noqa: PLC0415

    from intents.pooling import PooledParts  # noqa: PLC0415  (imports torch)
    from intents.quantise import quantise  # noqa: PLC0415  (imports onnx)

    with tempfile.TemporaryDirectory() as scratch:
        whole, prepared = Path(scratch) / "whole.onnx", Path(scratch) / "prepared.onnx"
        ids = torch.tensor([[101, 7592, 2088, 102]])
        parts = torch.tensor([[1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0]])
        with torch.inference_mode():
            torch.onnx.export(
                PooledParts.from_folder(source, adapter),
                (ids, parts),
                str(whole),
                input_names=["input_ids", "parts"],
                output_names=["last", "layers"],
                dynamic_axes={
                    "input_ids": {1: "token"},
                    "parts": {0: "part", 1: "token"},
                    "last": {0: "part"},
                    "layers": {0: "part"},
                },
                opset_version=OPSET,
                dynamo=False,
            )
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantise(prepared, source / TOKENIZER_FILE, out / GRAPH_FILE)
    shutil.copyfile(source / TOKENIZER_FILE, out / TOKENIZER_FILE)
    _write_manifest(source, adapter, out)


def _write_manifest(source: Path, adapter: bytes | None, out: Path) -> None:
    manifest = {
        "format": FORMAT,
        "fingerprint": fingerprint_of(file_sha256(source / "model.safetensors"), adapter),
        "sha256": {name: file_sha256(out / name) for name in (GRAPH_FILE, TOKENIZER_FILE)},
    }
    (out / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _build_key(source: Path, adapter: bytes | None) -> str:
    weights = fingerprint_of(file_sha256(source / "model.safetensors"), adapter)
    runtime = importlib.metadata.version("onnxruntime")
    return sha256(f"{FORMAT} {weights} {runtime}".encode()).hexdigest()[:16]


def _build_beside(source: Path, tuning: Path | None, target: Path) -> None:
    """Build in a folder beside the target and move it there whole."""
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".build-") as folder:
        command = [sys.executable, "-m", "intents.export", str(source), folder]
        command += ["--weights", str(tuning)] if tuning is not None else []
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise WeightsError(
                f"Building the encoder took over {TIMEOUT_S} s; try again."
            ) from error
        if done.returncode != 0:
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            raise WeightsError(
                f"The encoder could not be built from {source} ({last[0]}); "
                "check the backbone setting and the free disk space."
            )
        Path(folder).rename(target)
        Path(folder).mkdir()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _main() -> None:
    parser = argparse.ArgumentParser(description="Export a backbone as an int8 ONNX graph.")
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", type=Path, default=None)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    adapter = checked_adapter(arguments.weights) if arguments.weights else None
    export(arguments.source, adapter, arguments.out)


if __name__ == "__main__":
    _main()
