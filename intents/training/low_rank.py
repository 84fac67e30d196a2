"""Low-rank changes of a backbone's linear layers while they are learned."""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from torch.nn.utils import parametrize

from intents.adapter import DOWN, UP

RANK = 32
SCALE = 4.0


class LowRank(torch.nn.Module):
    """A weight (o, i) plus `up` (o, r) @ `down` (r, i), which starts as no change at all."""

    def __init__(self, weight: torch.Tensor, rank: int) -> None:
        """Start with `up` zero and `down` random."""
        super().__init__()
        wide, narrow = weight.shape
        self.down = torch.nn.Parameter(torch.randn(rank, narrow) / math.sqrt(narrow))
        self.up = torch.nn.Parameter(torch.zeros(wide, rank))
        self.scale = SCALE / math.sqrt(rank)

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """Give the changed weight."""
        return weight + self.scale * (self.up @ self.down)


def tuned_layers(backbone: torch.nn.Module) -> Iterator[tuple[str, torch.nn.Linear]]:
    """Give the linear layers of all transformer layers by name, embeddings and pooler left out."""
    for name, module in backbone.named_modules():
        if isinstance(module, torch.nn.Linear) and ".layer." in f".{name}":
            yield name, module


def add_low_rank(backbone: torch.nn.Module, rank: int = RANK) -> list[torch.nn.Parameter]:
    """Freeze a backbone, give every tuned layer a low-rank change, and give what is to learn."""
    backbone.requires_grad_(requires_grad=False)
    learned: list[torch.nn.Parameter] = []
    for _, layer in list(tuned_layers(backbone)):
        change = LowRank(layer.weight, rank)
        parametrize.register_parametrization(layer, "weight", change)
        learned += [change.down, change.up]
    return learned


def low_rank_tensors(backbone: torch.nn.Module, share: float = 1.0) -> dict[str, torch.Tensor]:
    """Give what was learned, in 16 bits, `share` of it (0-1): between the old weights and the new.

    A share below one keeps more of what the backbone knew of texts it was not tuned on
    (Wortsman et al. 2022, arXiv:2109.01903).
    """
    found: dict[str, torch.Tensor] = {}
    for name, module in backbone.named_modules():
        if not isinstance(module, LowRank):
            continue
        layer = name.split(".parametrizations.")[0]
        found[layer + UP] = (share * module.scale * module.up.detach()).cpu().half()
        found[layer + DOWN] = module.down.detach().cpu().half()
    return found
