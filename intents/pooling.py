"""The backbone as one torch module with the two pooled outputs; imports torch."""

from __future__ import annotations

from pathlib import Path

import torch
import transformers

LATE_LAYERS = 4


class PooledBackbone(torch.nn.Module):
    """A transformer encoder with mean pooling over its last four layers."""

    def __init__(self, backbone: torch.nn.Module) -> None:
        """Wrap a backbone that gives hidden states."""
        super().__init__()
        self.backbone = backbone

    @classmethod
    def from_folder(cls, folder: Path) -> PooledBackbone:
        """Load float32 weights from a folder; safetensors only."""
        backbone = transformers.AutoModel.from_pretrained(
            folder, use_safetensors=True, attn_implementation="eager", dtype=torch.float32
        )
        return cls(backbone).eval()

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the unit-length pooled last layer (n, d) and the pooled late layers (n, 4d)."""
        states = self.backbone(
            input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True
        ).hidden_states
        mask = attention_mask.unsqueeze(-1).to(states[-1].dtype)
        count = mask.sum(dim=1).clamp(min=1.0)
        pooled = [(state * mask).sum(dim=1) / count for state in states[-LATE_LAYERS:]]
        return torch.nn.functional.normalize(pooled[-1], dim=1), torch.cat(pooled, dim=1)
