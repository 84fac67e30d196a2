"""What a whole reading costs beside the bare int8 encoder, one thread, turn about in one run."""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median
from typing import Any

from intents.cache import cache_folder, ready_encoder, ready_head
from intents.encoder import OnnxEncoder
from intents.pack import read_pack, shop_pack_folder
from intents.understand import load_understander

DATA = Path(__file__).parent / "data" / "hard.jsonl"
ROUNDS = 3
TEXTS = 200


def measure(_: Path) -> dict[str, Any]:
    """Give medians of both in milliseconds, and the median of their ratios, text by text."""
    encoder = ready_encoder(cache_folder())
    head = ready_head(read_pack(shop_pack_folder()), encoder, cache_folder())
    understander = load_understander(encoder, head)
    lines = DATA.read_text(encoding="utf-8").splitlines()[:TEXTS]
    texts = [json.loads(line)["text"] for line in lines]
    bare, whole = [], []
    for _round in range(ROUNDS):
        for text in texts:
            bare.append(_taken(lambda text=text: encoder_alone(encoder, text)))
            whole.append(_taken(lambda text=text: understander.read([text])))
    ratios = [one / other for one, other in zip(whole, bare, strict=True)]
    return {
        "n": len(bare),
        "bare_encoder_ms": round(1000 * median(bare), 3),
        "whole_reading_ms": round(1000 * median(whole), 3),
        "times_the_bare_encoder": round(median(ratios), 3),
    }


def encoder_alone(encoder: OnnxEncoder, text: str) -> None:
    """Run the encoder on a text as it stands."""
    encoder.encode([text])


def _taken(run: Any) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun
