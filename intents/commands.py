"""The commands `classify`, `learn` and `evaluate`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import IO, Any

import click

from intents.encoder import Encoder
from intents.errors import IntentsError
from intents.explain import explained
from intents.head import IntentHead
from intents.pack import OUT_OF_SCOPE, Labelled, Pack, pack_from_labelled, read_pack, write_pack
from intents.pack import shop_pack_folder as shop
from intents.rows import LineError, chunks, read_rows, text_of
from intents.understand import ModelUnderstander, load_understander

CHUNK = 64
FOLDER = click.Path(file_okay=False, path_type=Path)

pack_option = click.option(
    "--pack", "folder", type=FOLDER, default=None, help="A pack folder; the shop's by default."
)
cache_option = click.option(
    "--cache", type=FOLDER, default=None, help="Where built files are kept (ATTUNE_CACHE)."
)
backbone_option = click.option(
    "--backbone",
    default="",
    envvar="ATTUNE_BACKBONE",
    help="Another encoder, by folder or hub name (ATTUNE_BACKBONE).",
)
skip_option = click.option("--skip-bad", is_flag=True, help="Leave out lines that cannot be used.")


def in_a_sentence(command: Callable[..., None]) -> Callable[..., None]:
    """Turn every IntentsError of a command into one sentence and a non-zero exit."""

    @wraps(command)
    def told(*args: object, **options: object) -> None:
        try:
            command(*args, **options)
        except IntentsError as error:
            raise click.ClickException(str(error)) from error

    return told


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@pack_option
@click.option("--explain", is_flag=True, help="Say of each row which phrases and words did it.")
@cache_option
@backbone_option
@skip_option
@in_a_sentence
def classify(
    file: IO[bytes],
    folder: Path | None,
    explain: bool,
    cache: Path | None,
    backbone: str,
    skip_bad: bool,
) -> None:
    """Read messages from FILE or standard input; write one JSON row for each."""
    pack = read_pack(folder or shop())
    encoder, head = _fitted(pack, cache, backbone)
    understander = load_understander(encoder, head)
    labelled = pack.labelled()
    for texts in chunks(read_rows(file, text_of, _tell if skip_bad else None), CHUNK):
        for reading in understander.read(texts):
            row = reading.to_row()
            if explain:
                encoding = encoder.encode([reading.text])
                why = explained(reading, head, labelled, encoding, understander.read)
                row["why"] = why.to_row()
            click.echo(json.dumps(row, ensure_ascii=False))


@click.command()
@click.argument("phrases", type=click.File("rb"))
@click.option("--out", type=FOLDER, required=True, help="The folder the pack is written to.")
@cache_option
@backbone_option
@skip_option
@in_a_sentence
def learn(phrases: IO[bytes], out: Path, cache: Path | None, backbone: str, skip_bad: bool) -> None:
    """Fit a pack from PHRASES, rows of text and intent; write it to --out."""
    from intents.cache import cache_folder, keep_fit, kept_vectors, ready_encoder  # noqa: PLC0415

    rows = read_rows(phrases, _phrase, _tell if skip_bad else None, plain_allowed=False)
    pack = pack_from_labelled(out.resolve().name or "pack", (row for row in rows if row))
    place = cache or cache_folder()
    encoder = ready_encoder(place, backbone or None, _progress)
    vectors = kept_vectors(encoder, place)
    started = time.perf_counter()
    from intents.fit import fit_head  # noqa: PLC0415  (after a possible build)

    fitted = fit_head(pack.labelled(), encoder, vectors)
    seconds = time.perf_counter() - started
    write_pack(pack, out)
    keep_fit(pack, encoder, place, fitted.head, vectors)
    for warning in fitted.report.warnings:
        _progress(f"Warning: {warning}")
    click.echo(json.dumps(fitted.report.to_row() | {"seconds": round(seconds, 2)}, indent=2))


@click.command()
@click.argument("data", type=click.File("rb"))
@pack_option
@click.option("--out", type=FOLDER, default=None, help="Also write a readable report here.")
@cache_option
@backbone_option
@skip_option
@in_a_sentence
def evaluate(
    data: IO[bytes],
    folder: Path | None,
    out: Path | None,
    cache: Path | None,
    backbone: str,
    skip_bad: bool,
) -> None:
    """Measure a pack on DATA, rows of text and intent (and feelings); write metrics as JSON."""
    from intents.evaluate import evaluate as measured  # noqa: PLC0415
    from intents.evaluate import labelled_row  # noqa: PLC0415
    from intents.report import write_report  # noqa: PLC0415

    found = read_rows(data, labelled_row, _tell if skip_bad else None, plain_allowed=False)
    rows = [row for row in found if row is not None]
    metrics = measured(rows, _understander(read_pack(folder or shop()), cache, backbone))
    if out is not None:
        write_report(metrics, out)
    click.echo(json.dumps(metrics, ensure_ascii=False, indent=2))


def _understander(pack: Pack, cache: Path | None, backbone: str) -> ModelUnderstander:
    return load_understander(*_fitted(pack, cache, backbone))


def _fitted(pack: Pack, cache: Path | None, backbone: str) -> tuple[Encoder, IntentHead]:
    from intents.cache import cache_folder, ready_encoder, ready_head  # noqa: PLC0415

    place = cache or cache_folder()
    encoder = ready_encoder(place, backbone or None, _progress)
    return encoder, ready_head(pack, encoder, place)


def _phrase(number: int, row: Mapping[str, Any]) -> Labelled | None:
    """Give text and intent of a row, None for an empty line; raises LineError."""
    text = text_of(number, row)
    if not text.strip() and "intent" not in row:
        return None
    if not text.strip() or "\0" in text:
        raise LineError(number, "'text' is empty or holds NUL.")
    if "intent" not in row:
        raise LineError(number, "'intent' is missing (null means out of scope).")
    intent = row["intent"]
    if intent is None or intent == OUT_OF_SCOPE:
        return text, None
    if not isinstance(intent, str) or not intent.strip():
        raise LineError(number, "'intent' is neither a name nor null.")
    return text, intent


def _tell(error: LineError) -> None:
    _progress(str(error))


def _progress(sentence: str) -> None:
    click.echo(sentence, err=True)
