"""What the shipped pack and feelings get right on messages nobody trains on (`bench/data`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.replay import replay
from bot.throwaway import throwaway_services
from intents.cache import cache_folder, ready_encoder, ready_head
from intents.evaluate import evaluate, labelled_row
from intents.pack import read_pack, shop_pack_folder
from intents.understand import load_understander

DATA = Path(__file__).parent / "data"


def measure(_: Path) -> dict[str, Any]:
    """Give accuracy by kind of message, and escalation on whole conversations."""
    encoder = ready_encoder(cache_folder())
    head = ready_head(read_pack(shop_pack_folder()), encoder, cache_folder())
    understander = load_understander(encoder, head)
    rows = _rows("messages.jsonl")
    found: dict[str, Any] = {}
    for kind in ("ordinary", "hard"):
        mine = [row for row in rows if row["kind"] == kind]
        checked = [labelled_row(number, row) for number, row in enumerate(mine)]
        found[kind] = _kept(evaluate([row for row in checked if row], understander))
    found["conversations"] = _conversations()
    return found


def _kept(report: dict[str, Any]) -> dict[str, Any]:
    skipped = {"per_intent", "intents", "confusions", "calibration_bins", "confidences", "kinds"}
    return {name: value for name, value in report.items() if name not in skipped}


def _conversations() -> dict[str, Any]:
    rows = _rows("conversations.jsonl")
    with throwaway_services() as services:
        found = list(replay(services, rows))
    wanted = [row["expect"] for row in rows]
    pairs = list(zip(wanted, found, strict=True))
    should = [pair for pair in pairs if pair[0]["escalated_at"] is not None]
    calm = [pair for pair in pairs if pair[0]["escalated_at"] is None]
    caught = [pair for pair in should if pair[1]["escalated_at"] is not None]
    return {
        "n": len(pairs),
        "must_escalate": len(should),
        "escalated": len(caught),
        "at_the_right_turn": sum(a["escalated_at"] == b["escalated_at"] for a, b in caught),
        "with_the_main_reason": sum(a["reason"] == b["reason"] for a, b in caught),
        "with_the_priority": sum(a["priority"] == b["priority"] for a, b in caught),
        "must_not": len(calm),
        "escalated_needlessly": sum(b["escalated_at"] is not None for _, b in calm),
    }


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
