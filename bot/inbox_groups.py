"""The learning inbox as groups to decide on, with the vectors of its messages kept in mind."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.inbox import CAUSES, MOST, Item
from intents.encoder import Encoder, Floats
from intents.grouping import grouped
from intents.head import head_vectors

AT_ONCE = 32
THREADS = 2
"""A text takes some 4 ms of one core; with two threads a cold inbox of 5,000 takes some 10 s."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Messages that are alike, to be decided on at once; the first is the most central."""

    items: tuple[Item, ...]
    count: int
    causes: tuple[tuple[str, int], ...]
    nearest: str


class InboxVectors:
    """Vectors of redacted messages in this process's memory only; safe for several threads.

    At most twice what an inbox holds is kept, some 8 MB; a restart forgets them.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._fingerprint = ""
        self._kept: OrderedDict[str, NDArray[np.float16]] = OrderedDict()

    def read(self, texts: Sequence[str], encoder: Encoder, most: int) -> int:
        """Encode up to `most` texts that are not kept, and give how many are then left."""
        new = self._new(texts, encoder.fingerprint)
        parts = [new[start : min(start + AT_ONCE, most)] for start in range(0, len(new), AT_ONCE)]

        def read(part: Sequence[str]) -> NDArray[np.float16]:
            return head_vectors(encoder.encode(part)).astype(np.float16)

        todo = [part for part in parts if part]
        with ThreadPoolExecutor(THREADS, thread_name_prefix="inbox") as threads:
            for part, rows in zip(todo, threads.map(read, todo), strict=True):
                self._keep(part, rows)
        return max(len(new) - most, 0)

    def _keep(self, texts: Sequence[str], rows: NDArray[np.float16]) -> None:
        with self._lock:
            self._kept.update(zip(texts, rows, strict=True))
            while len(self._kept) > 2 * MOST:
                self._kept.popitem(last=False)

    def of(self, texts: Iterable[str]) -> dict[str, NDArray[np.float16]]:
        """Give the vectors that are kept, by text."""
        with self._lock:
            return {one: self._kept[one] for one in texts if one in self._kept}

    def _new(self, texts: Sequence[str], fingerprint: str) -> list[str]:
        with self._lock:
            if fingerprint != self._fingerprint:
                self._fingerprint = fingerprint
                self._kept.clear()
            for one in texts:
                if one in self._kept:
                    self._kept.move_to_end(one)
            return [one for one in texts if one not in self._kept]


def lots(items: Sequence[Item], vectors: InboxVectors) -> list[Lot]:
    """Give the messages whose vectors are kept as groups, those of most messages first."""
    kept = vectors.of(one.text for one in items)
    known = sorted((one for one in items if one.text in kept), key=lambda one: one.text)
    if not known:
        return []
    rows: Floats = np.stack([kept[one.text] for one in known]).astype(np.float32)
    found = [_lot([known[place] for place in group.members]) for group in grouped(rows)]
    return sorted(found, key=lambda one: (-one.count, one.items[0].text))


def _lot(items: Sequence[Item]) -> Lot:
    causes: Counter[str] = sum((one.causes for one in items), Counter())
    nearest: Counter[str] = sum((one.nearest for one in items), Counter())
    return Lot(
        tuple(items),
        sum(one.count for one in items),
        tuple((cause, causes[cause]) for cause in CAUSES if causes[cause]),
        min(nearest, key=lambda name: (-nearest[name], name)),
    )
