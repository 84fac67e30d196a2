"""The command `cases`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.case_run import CaseResult, in_words, run_cases
from bot.packs import LivePack, check_pack
from bot.reader import Reader
from bot.throwaway import BorrowingSettings
from intents.cache import cache_folder, ready_encoder, ready_head
from intents.pack import read_pack, shop_pack_folder

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
DEADLINE_S = 30.0


@click.command()
@click.option("--pack", "folder", type=FOLDER, help="A pack folder; the shop's by default.")
@click.option("--json", "as_json", is_flag=True, help="Write each case as one line of JSON.")
def cases(*, folder: Path | None, as_json: bool) -> None:
    """Go through a pack's test cases; fails when one goes otherwise than it expects."""
    found = run_cases(*_ready(folder or shop_pack_folder()))
    for one in found:
        click.echo(json.dumps(one.to_row(), ensure_ascii=False) if as_json else _said(one))
    broken = sum(not one.holds for one in found)
    click.echo(f"{len(found)} test cases, {broken} of them go otherwise.", err=True)
    if broken:
        raise SystemExit(1)


def _ready(folder: Path) -> tuple[LivePack, Reader]:
    pack = read_pack(folder)
    replies, policy = check_pack(pack)
    encoder = ready_encoder(cache_folder(), progress=lambda said: click.echo(said, err=True))
    settings = BorrowingSettings()
    reader = Reader(settings.model_cache, settings.backbone or None, DEADLINE_S)
    head = ready_head(pack, encoder, cache_folder())
    return LivePack(0, pack, head, replies, policy), reader


def _said(case: CaseResult) -> str:
    if case.holds:
        return f"{click.style('holds', fg='green')} {case.name}"
    lines = [f"{click.style('goes otherwise', fg='red')} {case.name}"]
    for number, turn in enumerate(case.turns, start=1):
        for key in turn.wrong:
            expected, got = (in_words(key, one[key]) for one in (turn.expected, turn.got))
            lines.append(
                f"  message {number} “{turn.customer}”, {key}: expected {expected}, got {got}"
            )
    return "\n".join(lines)
