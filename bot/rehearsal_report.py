"""What a rehearsal found, counted and listed; ids and codes only, never what people wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bot.outcome import ENDS, KINDS, Outcome, note_of
from bot.rehearsal import Difference, Rehearsed
from bot.rehearsing import Unrehearsed

LISTED = 500


def report_of(found: Iterable[Rehearsed | Unrehearsed]) -> dict[str, Any]:
    """Give counts and the conversations that differ: the weightiest kind first, then the newest."""
    conversations = messages = untold = 0
    left_out: list[str] = []
    versions: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for one in found:
        if isinstance(one, Unrehearsed):
            left_out.append(one.why)
            continue
        conversations += 1
        for step in (step for steps in one.episodes for step in steps):
            messages += 1
            untold += step.untold == "unknown"
            versions[str(note_of(step.happened)["pack_version"])] += 1
        if differences := one.differences():
            rows.append(_row(one.conversation, differences[0]))
    rows.sort(key=lambda row: (KINDS.index(row["kind"]), -row["at_ms"]))
    kinds = Counter(row["kind"] for row in rows)
    return {
        "conversations": conversations,
        "messages": messages,
        "untold": untold,
        "ends": sum(kinds[kind] for kind in ENDS),
        "differ": len(rows),
        "kinds": {kind: kinds[kind] for kind in KINDS if kinds[kind]},
        "rows": rows[:LISTED],
        "left_out": len(left_out),
        "why": left_out[0] if left_out else "",
        "versions": dict(versions),
    }


def _row(conversation: str, first: Difference) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "kind": first.kind,
        "message": first.message.id,
        "at_ms": first.message.at_ms,
        "was": _short(first.was),
        "would": _short(first.then),
    }


def _short(outcome: Outcome) -> dict[str, Any]:
    return {
        "escalate": outcome.escalate,
        "codes": list(outcome.codes),
        "priority": outcome.priority,
        "due_ms": outcome.due_ms,
        "offer": outcome.offer,
        "reply": outcome.replies[0].template.split("/")[0] if outcome.replies else "",
    }
