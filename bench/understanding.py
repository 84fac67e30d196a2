"""What the shipped pack and feelings get right on messages nobody trains on (`bench/data`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from bot.replay import replay
from bot.throwaway import throwaway_services
from escalation.policy import Policy
from intents.cache import cache_folder, ready_encoder, ready_head
from intents.encoder import Encoder
from intents.evaluate import evaluate, labelled_row
from intents.fit import fit_head
from intents.head import IntentHead
from intents.pack import read_pack, shop_pack_folder
from intents.understand import ModelUnderstander, load_understander

DATA = Path(__file__).parent / "data"
KEPT = (
    "rows",
    "in_scope_rows",
    "in_scope_accuracy",
    "in_scope_first_right",
    "out_of_scope_rows",
    "out_of_scope_refused",
    "in_out_of_scope_auroc",
    "calibration_error",
    "calibration_error_noise_floor",
)


def measure(_: Path) -> dict[str, Any]:
    """Give accuracy by kind of message, and escalation on whole conversations."""
    encoder = ready_encoder(cache_folder())
    head = ready_head(read_pack(shop_pack_folder()), encoder, cache_folder())
    found = messages(encoder, head)
    for name in ("conversations", "handoffs", "handoffs-dev"):
        found[name] = _conversations(f"{name}.jsonl")
    return found


def messages(encoder: Encoder, head: IntentHead) -> dict[str, Any]:
    """Give what is read right of single messages, by the shop's head on this encoder's vectors."""
    understander = load_understander(encoder, head)
    rows = _rows("messages.jsonl")
    found: dict[str, Any] = {}
    for kind in ("ordinary", "hard"):
        found[kind] = _measured([row for row in rows if row["kind"] == kind], understander)
    harder = _rows("hard.jsonl")
    found["harder"] = _measured(harder, understander) | _second_needs(harder, understander)
    bikes = fit_head(_phrases("bikes/phrases.jsonl"), encoder).head
    found["unseen_pack"] = _measured(
        _rows("bikes/messages.jsonl"), load_understander(encoder, bikes)
    )
    return found


def _measured(rows: list[dict[str, Any]], understander: ModelUnderstander) -> dict[str, Any]:
    checked = [labelled_row(number, row) for number, row in enumerate(rows)]
    return _kept(evaluate([row for row in checked if row], understander))


def _second_needs(rows: list[dict[str, Any]], understander: ModelUnderstander) -> dict[str, Any]:
    """Give how often a second need is told where there is one, and where there is none.

    Small talk told beside a need counts as none, since the policy leaves it out.
    """
    policy = Policy.from_data(yaml.safe_load((shop_pack_folder() / "policy.yaml").read_text()))
    told = [
        {one.intent for one in reading.also} - policy.intents.chitchat
        for reading in understander.read([row["text"] for row in rows])
    ]
    with_second = [(row, also) for row, also in zip(rows, told, strict=True) if row["also"]]
    single = [also for row, also in zip(rows, told, strict=True) if not row["also"]]
    return {
        "second_needs": len(with_second),
        "second_needs_told": sum(bool(also) for _, also in with_second),
        "second_needs_rightly": sum(
            bool({row["also"], row["intent"]} & also) for row, also in with_second
        ),
        "single_needs": len(single),
        "single_needs_with_a_second_told": sum(map(bool, single)),
    }


def _phrases(name: str) -> list[tuple[str, str | None]]:
    return [(row["text"], row["intent"]) for row in _rows(name)]


def _kept(report: dict[str, Any]) -> dict[str, Any]:
    found = {name: report[name] for name in KEPT if name in report}
    return found | {"feelings": {name: _plain(row) for name, row in report["feelings"].items()}}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not isinstance(value, (dict, list))}


def _conversations(name: str) -> dict[str, Any]:
    """Give how often a person comes when they should, and when they should not.

    `escalated_early` are brought before the turn that needed it; a later turn is late.
    """
    rows = _rows(name)
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
        "escalated_early": sum(a["escalated_at"] > b["escalated_at"] for a, b in caught),
        "with_the_main_reason": sum(a["reason"] == b["reason"] for a, b in caught),
        "with_the_priority": sum(a["priority"] == b["priority"] for a, b in caught),
        "must_not": len(calm),
        "escalated_needlessly": sum(b["escalated_at"] is not None for _, b in calm),
    }


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
