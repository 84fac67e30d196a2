"""The feelings' network in training; imports torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from intents.affect import SCORES
from intents.encoder import Floats
from intents.training.tasks import feelings_loss

HIDDEN = 256
DROPOUT = 0.5
EPOCHS = 20
BATCH = 64
RATE = 1.5e-3
DECAY = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Batchable:
    """Vectors (n, d) and labels (n, 5): sentiment, emotion, the flags; -1 unknown."""

    rows: Floats
    labels: NDArray[np.int64]


def trained(own: Batchable, public: Batchable, public_weight: float, seed: int) -> torch.nn.Module:
    """Give a network trained on equal parts of our own rows and public ones that count less."""
    torch.manual_seed(seed)
    network = torch.nn.Sequential(
        torch.nn.Dropout(DROPOUT / 2),
        torch.nn.Linear(own.rows.shape[1], HIDDEN),
        torch.nn.GELU(approximate="tanh"),
        torch.nn.Dropout(DROPOUT),
        torch.nn.Linear(HIDDEN, SCORES),
    )
    steps = EPOCHS * max(1, len(own.rows) // BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    sources = [(_tensors(own), 1.0), (_tensors(public), public_weight)]
    for _ in range(steps):
        parts = [
            weight * _loss(network, *data) for data, weight in sources if weight and len(data[0])
        ]
        optimiser.zero_grad()
        torch.stack(parts).sum().backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return network.eval()


def scores(network: torch.nn.Module, rows: Floats) -> NDArray[np.float64]:
    """Give the network's scores (n, 12)."""
    with torch.inference_mode():
        return np.asarray(network(torch.from_numpy(rows)).numpy(), dtype=np.float64)


def weights(network: torch.nn.Module) -> tuple[Floats, Floats]:
    """Give `hidden` and `output` as AffectHead holds them."""
    linear = [one for one in network.modules() if isinstance(one, torch.nn.Linear)]
    stacked = [
        torch.cat([one.weight.T, one.bias[None]]).detach().numpy().astype(np.float32)
        for one in linear
    ]
    return np.ascontiguousarray(stacked[0]), np.ascontiguousarray(stacked[1])


def _tensors(data: Batchable) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.from_numpy(data.rows), torch.from_numpy(data.labels)


def _loss(network: torch.nn.Module, rows: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    chosen = torch.randint(len(rows), (BATCH,))
    return feelings_loss(network(rows[chosen]), labels[chosen])
