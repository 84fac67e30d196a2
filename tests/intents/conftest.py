"""What the tests of `intents` share: one encoder, one small pack, both made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.adapter import checked_adapter
from intents.affect import AffectHead, load_affect, weights_folder
from intents.cache import cache_folder
from intents.encoder import OnnxEncoder, TorchEncoder, backbone_folder, load_onnx
from intents.export import build_onnx
from intents.fit import FittedHead, PhraseVectors, fit_head
from intents.pack import Labelled, Pack, read_pack, shop_pack_folder
from intents.understand import ModelUnderstander, load_understander

SMALL: list[Labelled] = [
    ("where is my order", "order_status"),
    ("when will my parcel arrive", "order_status"),
    ("track my delivery please", "order_status"),
    ("my coffee has not come yet, where is it", "order_status"),
    ("I want my money back", "refund"),
    ("please refund me", "refund"),
    ("can I get a refund for these beans", "refund"),
    ("give me back what I paid", "refund"),
    ("hello", "greeting"),
    ("good morning", "greeting"),
    ("hi there", "greeting"),
    ("hey", "greeting"),
    ("what is the capital of France", None),
    ("tell me a joke", None),
    ("who won the football last night", None),
    ("write me a poem", None),
]


@pytest.fixture(scope="session")
def onnx_folder() -> Path:
    """Give the folder of the built encoder, shared with every other run on this machine."""
    return build_onnx(cache_folder())


@pytest.fixture(scope="session")
def encoder(onnx_folder: Path) -> OnnxEncoder:
    """Give the serving encoder."""
    return load_onnx(onnx_folder)


@pytest.fixture(scope="session")
def torch_encoder() -> TorchEncoder:
    """Give the reference encoder."""
    return TorchEncoder(backbone_folder(), checked_adapter(weights_folder()))


@pytest.fixture(scope="session")
def fitted(encoder: OnnxEncoder) -> FittedHead:
    """Give a head fitted on a few phrases."""
    return fit_head(SMALL, encoder)


@pytest.fixture(scope="session")
def shop_pack() -> Pack:
    """Give the pack that ships."""
    return read_pack(shop_pack_folder())


@pytest.fixture(scope="session")
def shop_vectors(shop_pack: Pack, encoder: OnnxEncoder) -> PhraseVectors:
    """Give the vectors of the shop's phrases."""
    vectors = PhraseVectors()
    vectors.of([phrase for phrase, _ in shop_pack.labelled()], encoder)
    return vectors


@pytest.fixture(scope="session")
def affect() -> AffectHead:
    """Give the feelings that ship."""
    return load_affect()


@pytest.fixture(scope="session")
def understander(encoder: OnnxEncoder, fitted: FittedHead, affect: AffectHead) -> ModelUnderstander:
    """Give an understander of the small pack."""
    return load_understander(encoder, fitted.head, affect)
