"""Low-rank changes of a backbone's linear layers while they are learned."""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from torch.nn import functional

from intents.adapter import DOWN, UP

RANK = 32
SCALE = 4.0


class LowRank(torch.nn.Module):
    """A frozen linear layer (o, i) plus `up` (o, r) @ `down` (r, i), at first no change at all.

    The two are applied one after the other and never multiplied out, and the frozen weight is kept
    in 16 bits where the arithmetic is: together half the time of a step.
    """

    weight: torch.Tensor
    bias: torch.Tensor

    def __init__(self, layer: torch.nn.Linear, rank: int, kept: torch.dtype) -> None:
        """Start with `up` zero and `down` random."""
        super().__init__()
        wide, narrow = layer.weight.shape
        self.register_buffer("weight", layer.weight.detach().to(kept))
        self.register_buffer("bias", layer.bias.detach().to(kept))
        self.down = torch.nn.Parameter(torch.randn(rank, narrow) / math.sqrt(narrow))
        self.up = torch.nn.Parameter(torch.zeros(wide, rank))
        self.scale = SCALE / math.sqrt(rank)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """Give the changed layer's output."""
        frozen = functional.linear(given, self.weight, self.bias)
        return frozen + self.scale * functional.linear(functional.linear(given, self.down), self.up)


def tuned_layers(backbone: torch.nn.Module) -> Iterator[tuple[str, torch.nn.Linear]]:
    """Give the linear layers of all transformer layers by name, embeddings and pooler left out."""
    for name, module in backbone.named_modules():
        if isinstance(module, torch.nn.Linear) and ".layer." in f".{name}":
            yield name, module


def add_low_rank(
    backbone: torch.nn.Module, rank: int = RANK, kept: torch.dtype = torch.float32
) -> list[torch.nn.Parameter]:
    """Freeze a backbone, give every tuned layer a low-rank change, and give what is to learn.

    `kept` is how the frozen weights of those layers are held.
    """
    backbone.requires_grad_(requires_grad=False)
    learned: list[torch.nn.Parameter] = []
    for name, layer in list(tuned_layers(backbone)):
        changed = LowRank(layer, rank, kept)
        parent, _, last = name.rpartition(".")
        setattr(backbone.get_submodule(parent), last, changed)
        learned += [changed.down, changed.up]
    return learned


def low_rank_tensors(backbone: torch.nn.Module, share: float = 1.0) -> dict[str, torch.Tensor]:
    """Give what was learned, in 16 bits, `share` of it (0-1): between the old weights and the new.

    A share below one keeps more of what the backbone knew of texts it was not tuned on
    (Wortsman et al. 2022, arXiv:2109.01903).
    """
    found: dict[str, torch.Tensor] = {}
    for name, module in backbone.named_modules():
        if isinstance(module, LowRank):
            found[name + UP] = (share * module.scale * module.up.detach()).cpu().half()
            found[name + DOWN] = module.down.detach().cpu().half()
    return found
