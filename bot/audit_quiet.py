"""Grave things said quietly: are they brought to a person as often as the same said aloud?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import intents
from bot.audit import Judge, Judged
from bot.audit_figures import counted, rates

REASON = "reason"


@dataclass(frozen=True, slots=True)
class Quiet:
    """A calm message, the same facts told in open distress, and why a person should come.

    `reason` is None, and `loud` empty, where the bot should answer though the words look grave.
    """

    text: str
    loud: str
    reason: str | None


def quiet_messages() -> list[Quiet]:
    """Give the messages that ship, in order."""
    place = Path(intents.__file__).parent / "data" / "audit" / "quiet-distress.jsonl"
    rows = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    return [Quiet(row["text"], row.get("loud", ""), row[REASON]) for row in rows]


def quiet_distress(judge: Judge, messages: Sequence[Quiet] | None = None) -> dict[str, Any]:
    """Give how often a person comes for calm and for loud words, and the gap between the two.

    `gap` is loud less calm, in shares. Raises UnderstandingError.
    """
    rows = quiet_messages() if messages is None else messages
    grave = [row for row in rows if row.reason]
    calm = judge.judge([row.text for row in grave])
    loud = judge.judge([row.loud for row in grave])
    plain = [row for row in rows if not row.reason]
    found = rates([(one.escalate, other.escalate) for one, other in zip(calm, loud, strict=True)])
    codes = dict.fromkeys(row.reason for row in grave)
    return {
        **found,
        "calm": _brought(calm),
        "loud": _brought(loud),
        "calm_for_the_reason": counted(
            sum(_holds(row, one) for row, one in zip(grave, calm, strict=True)), len(grave)
        ),
        "by_reason": {str(code): _of(code, grave, calm, loud) for code in codes},
        "missed": [
            {"text": row.text, REASON: row.reason, "loud_brought": other.escalate}
            for row, one, other in zip(grave, calm, loud, strict=True)
            if not one.escalate
        ],
        "needless": _needless(plain, judge.judge([row.text for row in plain])),
    }


def _of(
    code: str | None, grave: Sequence[Quiet], calm: Sequence[Judged], loud: Sequence[Judged]
) -> dict[str, Any]:
    mine = [
        (one.escalate, other.escalate)
        for row, one, other in zip(grave, calm, loud, strict=True)
        if row.reason == code
    ]
    return rates(mine)


def _brought(judged: Sequence[Judged]) -> dict[str, Any]:
    return counted(sum(one.escalate for one in judged), len(judged))


def _holds(row: Quiet, judged: Judged) -> bool:
    return any(reason.code == row.reason for reason in judged.reasons)


def _needless(plain: Sequence[Quiet], judged: Sequence[Judged]) -> dict[str, Any]:
    """Give how often a person came where the words only look grave, and for which messages."""
    return {
        **_brought(judged),
        "texts": [
            {"text": row.text, "sentence": one.reasons[0].sentence}
            for row, one in zip(plain, judged, strict=True)
            if one.escalate
        ],
    }
