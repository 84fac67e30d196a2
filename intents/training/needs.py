"""How the signs of a second need count: `python -m intents.training.needs` prints the weights.

Learns from messages with two needs and with one told at length (`intents/data/needs`) and from the
shop's own messages, whose second needs are mostly implied. It needs no public set.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click
import numpy as np

from intents.cache import cache_folder, ready_encoder, ready_head
from intents.calibrate import penalised_logistic
from intents.encoder import Encoder
from intents.head import IntentHead, head_vectors
from intents.needs import WEIGHTS, apart, one_need, parted, signs
from intents.pack import read_pack, shop_pack_folder
from intents.training.sources import own_folder, own_rows

CHATTER = frozenset({"greeting", "goodbye", "thanks", "bot_question", "praise"})
WRITTEN_WEIGHT = 3.0
TRUST = 10.0


def needs_rows() -> list[dict[str, Any]]:
    """Give the messages written for this, in order: `text`, `intent`, `also` (null: one need)."""
    place = own_folder() / "needs" / "needs.jsonl"
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]


def trained_weights(encoder: Encoder, head: IntentHead) -> list[float]:
    """Give the weights in the order of `needs.signs`."""
    shop = [
        row
        for row in own_rows()
        if row.get("intent") and not row.get("pack") and not row["held_out"]
    ]
    told, truth, counts = [], [], []
    for weight, rows in ((WRITTEN_WEIGHT, needs_rows()), (1.0, shop)):
        for seen, right in _told(rows, encoder, head):
            told.append(seen)
            truth.append(right)
            counts.append(weight)
    usual = np.zeros(len(WEIGHTS))
    found = penalised_logistic(
        np.array(told), np.array(truth, np.float64), np.array(counts), usual, TRUST
    )
    return [float(one) for one in found]


def _told(
    rows: Sequence[Mapping[str, Any]], encoder: Encoder, head: IntentHead
) -> list[tuple[tuple[float, ...], bool]]:
    found = []
    for row in rows:
        encoding = encoder.encode([row["text"]])
        whole, part = head.rank(encoding)[0], encoding.parts[0]
        if not len(part):
            continue
        parts = parted(part.said, head.rank_vectors(apart(head_vectors(part))))
        if one_need(whole, parts):
            continue
        wanted = {row["intent"], row["also"]} if row.get("also") else set()
        other = wanted - {whole.ranked[0].intent}
        found += [
            (told, intent in other) for intent, told in signs(whole, parts) if intent not in CHATTER
        ]
    return found


@click.command()
def main() -> None:
    """Print the weights for `intents.needs`."""
    encoder = ready_encoder(cache_folder())
    head = ready_head(read_pack(shop_pack_folder()), encoder, cache_folder())
    click.echo(", ".join(f"{one:.2f}" for one in trained_weights(encoder, head)))


if __name__ == "__main__":
    main()
