"""What a whole reading costs beside the bare int8 encoder, one thread, turn about in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bot.serve import ONE_THREAD
from intents.cache import cache_folder, ready_encoder, ready_head
from intents.pack import read_pack, shop_pack_folder
from intents.understand import load_understander

DATA = Path(__file__).parent / "data" / "hard.jsonl"
ROUNDS = 8  # even: each text is met by either as the first equally often
TEXTS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds that one text took the bare encoder and a whole reading, one right after the other.

    Whoever comes second finds some of the text's way already in the processor's caches.
    """

    bare: float
    whole: float
    whole_first: bool

    @property
    def ratio(self) -> float:
        """Give how many times the bare encoder the whole reading took."""
        return self.whole / self.bare


def measure(_: Path) -> dict[str, Any]:
    """Give `figures`, measured in a process of its own that is held to one thread as workers are.

    Libraries take the number of their threads from the environment when they are loaded.
    """
    found = subprocess.run(
        [sys.executable, "-m", "bench.cost"],
        env=os.environ | dict.fromkeys(ONE_THREAD, "1"),
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, Any] = json.loads(found.stdout)
    return figures


def figures(rounds: Sequence[Sequence[Pair]]) -> dict[str, Any]:
    """Give medians in milliseconds, and of the ratios text by text: of all, by round, by order."""
    pairs = [pair for one in rounds for pair in one]
    by_round = [round(median(pair.ratio for pair in one), 3) for one in rounds]
    return {
        "n": len(pairs),
        "bare_encoder_ms": round(1000 * median(pair.bare for pair in pairs), 3),
        "whole_reading_ms": round(1000 * median(pair.whole for pair in pairs), 3),
        "times_the_bare_encoder": round(median(pair.ratio for pair in pairs), 3),
        "lowest_and_highest_round": [min(by_round), max(by_round)],
        "bare_first": round(median(pair.ratio for pair in pairs if not pair.whole_first), 3),
        "whole_first": round(median(pair.ratio for pair in pairs if pair.whole_first), 3),
    }


def in_turn(
    bare: Callable[[str], object], whole: Callable[[str], object], texts: Sequence[str], number: int
) -> list[Pair]:
    """Give one round over the texts; who comes first changes with each text and each round."""
    found = []
    for place, text in enumerate(texts):
        whole_first = (place + number) % 2 == 1
        before = _taken(whole, text) if whole_first else 0.0
        alone = _taken(bare, text)
        found.append(Pair(alone, before if whole_first else _taken(whole, text), whole_first))
    return found


def _taken(run: Callable[[str], object], text: str) -> float:
    begun = time.perf_counter()
    run(text)
    return time.perf_counter() - begun


def _main() -> None:
    encoder = ready_encoder(cache_folder())
    head = ready_head(read_pack(shop_pack_folder()), encoder, cache_folder())
    understander = load_understander(encoder, head)
    lines = DATA.read_text(encoding="utf-8").splitlines()[:TEXTS]
    texts = [json.loads(line)["text"] for line in lines]

    def bare(text: str) -> object:
        return encoder.encode([text])

    def whole(text: str) -> object:
        return understander.read([text])

    in_turn(bare, whole, texts, 0)  # not counted: what is done for the first time takes longer
    rounds = [in_turn(bare, whole, texts, number) for number in range(ROUNDS)]
    sys.stdout.write(json.dumps(figures(rounds)))


if __name__ == "__main__":
    _main()
