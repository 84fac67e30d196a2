"""The command `lint`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot.lint.wordings import Judged, errors_of, lint_pack
from bot.packs import check_pack
from intents.language import DEFAULT
from intents.pack import Pack, read_pack, shop_pack_folder

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)


@click.command()
@click.option("--pack", "folder", type=FOLDER, help="A pack folder; the shop's by default.")
@click.option("--json", "as_json", is_flag=True, help="Write each remark as one line of JSON.")
def lint(*, folder: Path | None, as_json: bool) -> None:
    """Say what a good editor would say of a pack's replies; fails when a wording has an error."""
    pack = read_pack(folder or shop_pack_folder())
    check_pack(pack)
    found = lint_pack(pack)
    for one in found:
        click.echo(json.dumps(_row(one), ensure_ascii=False) if as_json else _said(one))
    errors = len(errors_of(found))
    click.echo(_summary(pack, found, errors), err=True)
    if errors:
        raise SystemExit(1)


def _row(one: Judged) -> dict[str, Any]:
    return {"piece": one.piece, "index": one.index, "text": one.text, **one.remark.to_row()}


def _said(one: Judged) -> str:
    remark = one.remark
    words = f"“{remark.words}” " if remark.words else ""
    mark = click.style(remark.severity, fg="red" if remark.severity == "error" else "yellow")
    return f"{mark} {one.place} [{remark.code}] {words}\n  {remark.says} {remark.mend}"


def _summary(pack: Pack, found: Sequence[Judged], errors: int) -> str:
    warnings = len(found) - errors
    told = f"{errors} error{_s(errors)}, {warnings} warning{_s(warnings)}."
    foreign = [code for code in pack.languages if code != DEFAULT]
    if foreign:
        told += (
            f" Of wordings in {', '.join(foreign)} only length, apologies, exclamation marks, "
            "emoji and capitals were looked at."
        )
    return told


def _s(count: int) -> str:
    return "" if count == 1 else "s"
