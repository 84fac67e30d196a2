"""`attune feedback`: what agents said of closed handoffs, as JSONL, for calibration."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.command_options import on_store, settings_of, store_of
from bot.conversations import Conversations
from bot.feedback import handoffs
from bot.services import now_ms
from bot.story import DAY_MS, Span
from bot.told import told_since

LONGEST_DAYS = 3650


@click.command()
@on_store
@click.option(
    "--days",
    type=click.IntRange(1, LONGEST_DAYS),
    default=28,
    show_default=True,
    help="How far back, by when a handoff was closed.",
)
@click.option("--words", is_flag=True, help="Also what customers and agents wrote.")
def feedback(data: Path | None, redis_url: str | None, days: int, words: bool) -> None:
    """Write the handoffs that agents closed, one a line, and which of them needed no person."""
    settings = settings_of(data=data, redis_url=redis_url)
    now = now_ms()
    span = Span(now - days * DAY_MS, now + 1)
    with store_of(settings) as client:
        for told in told_since(client, Conversations(client), span.since_ms):
            for one in handoffs(told, span):
                click.echo(json.dumps(one.to_row(words=words), ensure_ascii=False))
