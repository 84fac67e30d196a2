"""What tuning changed in the backbone: low-rank differences of its linear layers, merged once.

The form is LoRA's (Hu et al. 2021, arXiv:2106.09685): W + up @ down, the scale folded into `up`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from intents.encoder import check_sha256, file_sha256
from intents.errors import WeightsError

ADAPTER_FILE = "adapter.safetensors"
MANIFEST_FILE = "manifest.json"
UP, DOWN = ".up", ".down"


def checked_adapter(folder: Path) -> bytes:
    """Give the bytes of a folder's adapter once its hash is right; raises WeightsError."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        expected = str(manifest["sha256"][ADAPTER_FILE])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"{folder / MANIFEST_FILE} cannot be read; install the package again."
        ) from error
    return check_sha256(folder / ADAPTER_FILE, expected)


def belongs_to(folder: Path, backbone: Path) -> bool:
    """Say whether a folder's adapter was trained on the backbone of another folder."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        return bool(manifest["backbone_sha256"] == file_sha256(backbone / "model.safetensors"))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def merge(backbone: Any, adapter: bytes) -> None:  # a torch module; torch is not imported here
    """Add an adapter to a backbone's weights in place; raises WeightsError if it does not fit."""
    from safetensors import SafetensorError  # noqa: PLC0415
    from safetensors.torch import load  # noqa: PLC0415  (imports torch)

    try:
        tensors = load(adapter)
        names = [name.removesuffix(UP) for name in tensors if name.endswith(UP)]
        for name in names:
            weight = backbone.get_submodule(name).weight
            change = tensors[name + UP].float() @ tensors[name + DOWN].float()
            weight.data += change.to(weight.dtype)
    except (SafetensorError, KeyError, AttributeError, RuntimeError) as error:
        raise WeightsError(
            "The adapter does not fit this encoder; leave the backbone setting out, or train for "
            "the encoder that you named."
        ) from error
