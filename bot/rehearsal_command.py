"""The command `rehearse`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot.command_options import on_store, settings_of, store_of
from bot.errors import SetupError
from bot.logs import set_up_logs
from bot.outcome import ENDS, KINDS
from bot.packs import LivePack
from bot.people import People
from bot.rehearsal import Rehearsed, Step
from bot.rehearsing import DAY_MS, Rehearsal, Unrehearsed
from bot.services import Services, build_services
from bot.settings import Settings
from bot.throwaway import BorrowingSettings
from bot.workbench import Workbench
from intents.pack import read_pack

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--days", type=click.IntRange(1, 3650), default=7, show_default=True)
@click.option("--pack", type=FOLDER, help="A pack folder to try.")
@click.option("--draft", is_flag=True, help="Try the workshop's draft.")
@on_store
def rehearse(days: int, pack: Path | None, draft: bool, **where: object) -> None:
    """Go through stored conversations again: JSONL with what was and what would have been.

    With neither --pack nor --draft the live version is tried. The rows hold what customers wrote.
    """
    if pack and draft:
        raise SetupError("Either --pack or --draft can be tried at a time; leave one out.")
    set_up_logs("warning")
    settings = settings_of(**where)
    with store_of(settings) as client:
        services = build_services(_with_model(settings), client=client)
        made, tried = _made(services, pack, draft=draft)
        now = services.clock()
        People(client).audit("terminal", "rehearsed", f"{tried}, {days} days", now)
        _run(Rehearsal(services, made, now - days * DAY_MS))


def _made(services: Services, pack: Path | None, *, draft: bool) -> tuple[LivePack, str]:
    """Give what is tried, ready to answer, and what to call it."""
    live = services.packs.live()
    if pack:
        return Workbench().ready(services.packs, read_pack(pack).texts, live), str(pack)
    if draft:
        return Workbench().ready(services.packs, services.packs.draft().texts, live), "the draft"
    return live, f"version {live.version}"


def _run(trying: Rehearsal) -> None:
    names, cut = trying.names()
    kinds: Counter[str] = Counter()
    gone_through = 0
    for one in trying.of(names):
        row = row_of(one)
        gone_through += "cannot" not in row
        kinds[row.get("differs") or ""] += 1
        click.echo(json.dumps(row, ensure_ascii=False))
    ends = sum(kinds[kind] for kind in ENDS)
    others = sum(kinds[kind] for kind in KINDS) - ends
    click.echo(
        f"{gone_through} conversations: {ends} would end differently, {others} more would hear "
        f"something else.{' Older ones are left out.' if cut else ''}",
        err=True,
    )


def row_of(one: Rehearsed | Unrehearsed) -> dict[str, Any]:
    """Give the JSON row of one conversation."""
    if isinstance(one, Unrehearsed):
        return {"id": one.conversation, "cannot": one.why}
    first = next(iter(one.differences()), None)
    return {
        "id": one.conversation,
        "differs": first.kind if first else None,
        "episode": first.episode if first else None,
        "turn": first.turn if first else None,
        "episodes": [[_step(step) for step in steps] for steps in one.episodes],
    }


def _step(step: Step) -> Mapping[str, Any]:
    would = step.then
    return {
        "message_id": step.message.id,
        "at": step.message.at_ms,
        "text": step.message.data["text"],
        "was": step.was.to_row(),
        "would": would.to_row() if would else None,
        "untold": step.untold or None,
    }


def _with_model(settings: Settings) -> Settings:
    """Use the model that the server built, else the one that commands share."""
    if settings.model_cache.is_dir():
        return settings
    return BorrowingSettings(**settings.model_dump())
