"""Tune the encoder.

One low-rank adapter learns intents, plain meanings and feelings together. Runs on a GPU if there is
one, else on the processor; shows how far it is; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import torch
import transformers
from safetensors.torch import load_file, save_file

from intents.pooling import PooledBackbone
from intents.training.batches import Batches
from intents.training.corpora import emotional_examples, own_examples
from intents.training.low_rank import RANK, add_low_rank, low_rank_tensors
from intents.training.sources import own_pairs, own_rows, own_sets, public_sets
from intents.training.tasks import (
    FeelingsTask,
    IntentTask,
    PlainTask,
    Task,
    feelings_network,
)

STEPS = 5_000
RATE, HEADS_RATE = 5e-4, 1e-2
SHARE = 0.75
EVERY = 100
TIDY = 5  # hidden states sit in reference cycles; left to itself Python keeps gigabytes of them
PAIRS_WEIGHT = 6.0
OWN_FEELINGS, PUBLIC_FEELINGS = 5.0, 9.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to tune and how hard; `share` of the change is kept at the end."""

    steps: int = STEPS
    rank: int = RANK
    rate: float = RATE
    share: float = SHARE
    seed: int = 0


def tasks_of(corpora: Path, without: Sequence[str], width: int, device: torch.device) -> list[Task]:
    """Give all tasks, public sets named in `without` left out and our held-out messages too."""
    rows = [row for row in own_rows() if not row["held_out"]]
    sets = [*public_sets(corpora, without), *own_sets(rows)]
    network = feelings_network(width, device)
    return [
        *(IntentTask(one, width, device) for one in sets),
        PlainTask(own_pairs(rows), PAIRS_WEIGHT),
        FeelingsTask("our feelings", own_examples(rows), OWN_FEELINGS, network),
        FeelingsTask("public feelings", emotional_examples(corpora), PUBLIC_FEELINGS, network),
    ]


def tune(
    folder: Path,
    tasks: Callable[[int, torch.device], list[Task]],
    plan: Plan,
    state: Path | None = None,
    say: Callable[[str], None] = click.echo,
) -> dict[str, torch.Tensor]:
    """Give the adapter's tensors for the backbone in `folder`; `state` is where a run is kept."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(plan.seed)
    pooled = PooledBackbone.from_folder(folder).to(device)
    learned = add_low_rank(pooled.backbone, plan.rank, torch.bfloat16)
    pooled.to(device).eval()
    work = tasks(pooled.backbone.config.hidden_size, device)  # type: ignore[union-attr, arg-type]
    heads = list(dict.fromkeys(one for task in work for one in task.parameters()))
    encode = Batches(pooled, transformers.AutoTokenizer.from_pretrained(folder), device)
    run = _Run(learned, heads, plan)
    first = run.resumed(state)
    if first:
        say(f"Going on after step {first} of {plan.steps}.")
    gc.freeze()
    since, losses = time.monotonic(), {task.name: float("nan") for task in work}
    for step in range(first, plan.steps):
        draw = random.Random(plan.seed * 1_000_003 + step)  # noqa: S311  (no secret)
        torch.manual_seed(plan.seed * 1_000_003 + step)
        task = draw.choices(work, [one.weight for one in work])[0]
        loss = task.loss(encode, draw)
        run.step(loss, step)
        losses[task.name] = float(loss.detach())
        if step % TIDY == 0:
            gc.collect()
        if (step + 1) % EVERY == 0 or step + 1 == plan.steps:
            pace = (time.monotonic() - since) / (step + 1 - first)
            left = (plan.steps - step - 1) * pace / 60
            told = ", ".join(f"{name} {value:.2f}" for name, value in losses.items())
            say(f"step {step + 1} of {plan.steps}, {pace:.2f} s each, {left:.0f} min left: {told}")
            run.keep(state, step + 1)
    return low_rank_tensors(pooled.backbone, plan.share)


class _Run:
    """Optimiser and where it stands; everything of it is kept, so that a kill costs 100 steps."""

    def __init__(
        self, learned: list[torch.nn.Parameter], heads: list[torch.nn.Parameter], plan: Plan
    ) -> None:
        self._all = [*learned, *heads]
        self._learned, self._plan = learned, plan
        groups = [
            {"params": learned, "lr": plan.rate, "weight_decay": 0.01},
            {"params": heads, "lr": HEADS_RATE, "weight_decay": 0.0},
        ]
        self._optimiser = torch.optim.AdamW(groups)

    def step(self, loss: torch.Tensor, step: int) -> None:
        """Take one step; the rate rises for a twentieth of the way and then falls like a cosine."""
        done, warm = step / self._plan.steps, 0.05
        rise = min(1.0, (done + 1e-3) / warm)
        factor = rise * 0.5 * (1.0 + float(np.cos(np.pi * max(0.0, done - warm) / (1 - warm))))
        for group, rate in zip(
            self._optimiser.param_groups, (self._plan.rate, HEADS_RATE), strict=True
        ):
            group["lr"] = rate * factor
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._learned, 1.0)
        self._optimiser.step()

    def keep(self, place: Path | None, done: int) -> None:
        """Write parameters and moments to a file, whole or not at all."""
        if place is None:
            return
        tensors = {"done": torch.tensor([done, self._plan.steps, self._plan.rank])}
        for index, one in enumerate(self._all):
            tensors[f"{index}.value"] = one.detach().cpu().contiguous()
            for name, value in self._optimiser.state.get(one, {}).items():
                tensors[f"{index}.{name}"] = value.detach().cpu().contiguous()
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".new")
        save_file(tensors, beside)
        beside.replace(place)

    def resumed(self, place: Path | None) -> int:
        """Load what `keep` wrote, if it is of this plan, and give the steps already done."""
        if place is None or not place.exists():
            return 0
        tensors = load_file(place)
        done, steps, rank = tensors.pop("done").tolist()
        if (steps, rank) != (self._plan.steps, self._plan.rank):
            return 0
        for index, one in enumerate(self._all):
            one.data.copy_(tensors[f"{index}.value"])
            found = {
                name: tensors[f"{index}.{name}"]
                for name in ("step", "exp_avg", "exp_avg_sq")
                if f"{index}.{name}" in tensors
            }
            if found:
                self._optimiser.state[one] = {
                    name: value if name == "step" else value.to(one.device)
                    for name, value in found.items()
                }
        return int(done)
