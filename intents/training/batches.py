"""Texts through the backbone while it learns: little padding, 16-bit where the machine is fast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

from intents.pooling import PooledBackbone
from intents.text import cleaned

CHUNK = 32
LONGEST = 96
ROUND = 8  # few different shapes: each new one costs a compilation
Encode = Callable[[Sequence[str]], tuple[torch.Tensor, torch.Tensor]]


class Batches:
    """Gives `last` (n, d) and `layers` (n, 4d) of texts with gradients, in the texts' order."""

    def __init__(self, pooled: PooledBackbone, tokenizer: Any, device: torch.device) -> None:
        """Keep what encodes; the tokenizer is transformers'."""
        self._pooled, self._tokenizer, self._device = pooled, tokenizer, device

    def __call__(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Encode in chunks of like length."""
        ids = self._tokenizer(
            [cleaned(text) for text in texts], truncation=True, max_length=LONGEST
        )["input_ids"]
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        chunks = [order[start : start + CHUNK] for start in range(0, len(order), CHUNK)]
        pairs = [self._chunk([ids[place] for place in chunk]) for chunk in chunks]
        back = torch.tensor(order, device=self._device).argsort()
        return torch.cat([last for last, _ in pairs])[back], torch.cat(
            [layers for _, layers in pairs]
        )[back]

    def _chunk(self, rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        longest = -(-max(len(row) for row in rows) // ROUND) * ROUND
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        with torch.autocast(self._device.type, torch.bfloat16):
            last, layers = self._pooled(ids.to(self._device), mask.to(self._device))
        return last.float(), layers.float()
