"""All that ships, from corpora and our own messages: `python -m intents.training --corpora DIR`.

Tunes the encoder, builds its int8 graph, trains the feelings on its vectors, and writes weights,
manifest and model card. A run that was stopped goes on where it was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import torch
from safetensors.numpy import save as save_arrays
from safetensors.torch import save as save_tensors

from intents.adapter import ADAPTER_FILE, MANIFEST_FILE
from intents.affect import WEIGHTS_FILE, weights_folder
from intents.cache import cache_folder, write_whole
from intents.encoder import backbone_folder, file_sha256, load_onnx
from intents.errors import IntentsError
from intents.export import build_onnx
from intents.training.card import CARD_FILE, model_card
from intents.training.corpora import emotional_examples
from intents.training.feelings import head_tensors, trained_feelings
from intents.training.sources import own_rows
from intents.training.tune import Plan, tasks_of, tune

FORMAT = 3
PER_EMOTION = 8_000  # of public texts, so that the rare feelings are not drowned
FOLDER = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Training:
    """Where a training reads and writes; `without` names public sets to leave out."""

    corpora: Path
    out: Path
    cache: Path
    without: tuple[str, ...]
    backbone: str | None


@click.command()
@click.option("--corpora", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--out", type=FOLDER, default=None, help="The weights that ship, by default.")
@click.option("--cache", type=FOLDER, default=None, help="Where graph and half a run are kept.")
@click.option("--without", multiple=True, help="A public set to leave out, for fair few-shot.")
@click.option("--steps", default=Plan().steps, show_default=True)
@click.option("--backbone", default=None, help="Another encoder, by folder or hub name.")
@click.option("--threads", default=2, show_default=True)
def main(**options: Any) -> None:  # the options are those above
    """Train the encoder's adapter and the feelings on our own messages and the public CORPORA."""
    torch.set_num_threads(options["threads"])
    plan = Plan(steps=options["steps"])
    training = Training(
        options["corpora"],
        options["out"] or weights_folder(),
        options["cache"] or cache_folder(),
        options["without"],
        options["backbone"],
    )
    try:
        manifest = train(training, plan)
    except IntentsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(manifest["figures"], indent=2))


def train(training: Training, plan: Plan) -> dict[str, Any]:
    """Tune, build, train, write; give the manifest."""
    source = backbone_folder(training.backbone)
    backbone = file_sha256(source / "model.safetensors")
    name = sha256(repr((plan, training.without, backbone)).encode()).hexdigest()[:12]
    adapter = save_tensors(
        tune(
            source,
            lambda width, device: tasks_of(training.corpora, training.without, width, device),
            plan,
            training.cache / f"tuning-{name}.safetensors",
        )
    )
    write_whole(training.out / ADAPTER_FILE, adapter)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "backbone_sha256": backbone,
        "sha256": {ADAPTER_FILE: sha256(adapter).hexdigest()},
        "steps": plan.steps,
        "rank": plan.rank,
        "share": plan.share,
        "without": list(training.without),
    }
    _write_manifest(training.out, manifest)
    encoder = load_onnx(build_onnx(training.cache, training.backbone, click.echo, training.out))
    own, public = own_rows(), emotional_examples(training.corpora, PER_EMOTION)
    click.echo(f"Training the feelings on {len(own)} messages of ours and {len(public)} others.")
    found = trained_feelings(encoder, own, public)
    content = save_arrays(head_tensors(found.head))
    write_whole(training.out / WEIGHTS_FILE, content)
    manifest["sha256"][WEIGHTS_FILE] = sha256(content).hexdigest()
    manifest |= {
        "fingerprint": encoder.fingerprint,
        "rows": {
            "own": len(own),
            "held_out": sum(row["held_out"] for row in own),
            "public": len(public),
            "firms": len({row["pack"] for row in own if row.get("pack") and row.get("intent")}),
        },
        "figures": found.figures,
    }
    _write_manifest(training.out, manifest)
    (training.out / CARD_FILE).write_text(model_card(manifest), encoding="utf-8")
    return manifest


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
