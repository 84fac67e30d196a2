"""What is worth keeping between commands: the int8 graph, phrase vectors, fitted heads."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from intents.encoder import Encoder, OnnxEncoder, load_onnx
from intents.errors import WeightsError
from intents.export import build_onnx
from intents.fit import FIT_VERSION, PhraseVectors, fit_head
from intents.head import IntentHead
from intents.pack import INTENTS, Pack


def cache_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Give `$ATTUNE_CACHE`, else `~/.cache/attune`."""
    found = (os.environ if environment is None else environment).get("ATTUNE_CACHE")
    return Path(found) if found else Path.home() / ".cache" / "attune"


def ready_encoder(
    cache: Path, backbone: str | None = None, progress: Callable[[str], None] | None = None
) -> OnnxEncoder:
    """Give the serving encoder, building its graph first where it is not in the cache."""
    return load_onnx(build_onnx(cache, backbone, progress))


def ready_head(pack: Pack, encoder: Encoder, cache: Path) -> IntentHead:
    """Give the pack's fitted head, from the cache where the same phrases were fitted before."""
    with suppress(OSError, WeightsError):
        return IntentHead.from_bytes(_head_place(pack, encoder, cache).read_bytes())
    vectors = kept_vectors(encoder, cache)
    head = fit_head(pack.labelled(), encoder, vectors).head
    keep_fit(pack, encoder, cache, head, vectors)
    return head


def kept_vectors(encoder: Encoder, cache: Path) -> PhraseVectors:
    """Give the phrase vectors kept for an encoder, none if there are none or they are broken."""
    with suppress(OSError, WeightsError):
        return PhraseVectors.from_bytes(_vectors_place(encoder, cache).read_bytes())
    return PhraseVectors()


def keep_fit(
    pack: Pack, encoder: Encoder, cache: Path, head: IntentHead, vectors: PhraseVectors
) -> None:
    """Keep a fitted head, and the vectors of the pack's phrases for the next fit."""
    vectors.keep_only(phrase for phrase, _ in pack.labelled())
    write_whole(_vectors_place(encoder, cache), vectors.to_bytes())
    write_whole(_head_place(pack, encoder, cache), head.to_bytes())


def write_whole(place: Path, content: bytes) -> None:
    """Write a file so that nobody ever reads half of it; a full disk only costs the cache."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(place)


def _vectors_place(encoder: Encoder, cache: Path) -> Path:
    return cache / f"phrases-{FIT_VERSION}-{encoder.fingerprint[:16]}.safetensors"


def _head_place(pack: Pack, encoder: Encoder, cache: Path) -> Path:
    parts = (str(FIT_VERSION), encoder.fingerprint, pack.texts[INTENTS])
    key = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return cache / f"head-{key}.safetensors"
