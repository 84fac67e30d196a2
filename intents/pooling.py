"""The backbone as one torch module with its pooled outputs; imports torch."""

from __future__ import annotations

from pathlib import Path

import torch
import transformers

from intents.adapter import merge

LATE_LAYERS = 4


class PooledBackbone(torch.nn.Module):
    """A transformer encoder with mean pooling over its last four layers."""

    def __init__(self, backbone: torch.nn.Module) -> None:
        """Wrap a backbone that gives hidden states."""
        super().__init__()
        self.backbone = backbone

    @classmethod
    def from_folder(cls, folder: Path, adapter: bytes | None = None) -> PooledBackbone:
        """Load float32 weights from a folder, safetensors only, and merge an adapter into them.

        Raises WeightsError if the adapter is another encoder's.
        """
        backbone = transformers.AutoModel.from_pretrained(
            folder, use_safetensors=True, attn_implementation="eager", dtype=torch.float32
        )
        if adapter is not None:
            merge(backbone, adapter)
        return cls(backbone).eval()

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the unit-length pooled last layer (n, d) and the pooled late layers (n, 4d)."""
        mask = attention_mask.unsqueeze(1)
        pooled = [one.squeeze(1) for one in self._pooled(input_ids, attention_mask, mask)]
        return torch.nn.functional.normalize(pooled[-1], dim=1), torch.cat(pooled, dim=1)

    def _pooled(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, parts: torch.Tensor
    ) -> list[torch.Tensor]:
        states = self.backbone(
            input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True
        ).hidden_states
        chosen = parts.to(states[-1].dtype)
        count = chosen.sum(dim=2, keepdim=True).clamp(min=1.0)
        return [(chosen @ state) / count for state in states[-LATE_LAYERS:]]


class PooledParts(PooledBackbone):
    """The same for one text at a time, pooled over several parts of it: what serves."""

    def forward(
        self, input_ids: torch.Tensor, parts: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Give `last` (k, d) and `layers` (k, 4d) of ids (1, t) and parts (k, t), ones and zeros.

        The first part is the whole text.
        """
        pooled = [
            one.squeeze(0) for one in self._pooled(input_ids, parts[:1].long(), parts.unsqueeze(0))
        ]
        return torch.nn.functional.normalize(pooled[-1], dim=1), torch.cat(pooled, dim=1)
