"""What one customer turn came to, and how two outcomes of the same turn differ. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from bot.values import Entry

Kind = Literal["now", "earlier", "not_now", "reason", "priority", "due", "offer", "reply"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every way in which a conversation can go otherwise, the weightiest first."""
ENDS: frozenset[Kind] = frozenset({"now", "earlier", "not_now", "reason", "priority", "due"})
"""Those in which it ends differently; in the others the customer only hears something else."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing the bot says: text, where it is from, the buttons under it."""

    text: str
    template: str
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn came to; `due_ms` only where a ticket was opened.

    `supposed`: whether somebody was at their desk is not known for this turn, only for the hours.
    """

    replies: tuple[Spoken, ...]
    escalate: bool
    reasons: tuple[Mapping[str, Any], ...]
    priority: str | None
    due_ms: int | None
    offer: bool
    tone: str
    intent: str | None
    supposed: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons' codes, the main one first."""
        return tuple(str(one["code"]) for one in self.reasons)

    def to_row(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "replies": [
                {"text": one.text, "template": one.template, "quick_replies": list(one.buttons)}
                for one in self.replies
            ],
            "escalate": self.escalate,
            "reasons": list(self.reasons),
            "priority": self.priority,
            "due_ms": self.due_ms,
            "offer": self.offer,
            "tone": self.tone,
            "intent": self.intent,
            "supposed": self.supposed,
        }


def outcome_of(entries: Sequence[Entry], known: Mapping[str, Any] | None = None) -> Outcome:
    """Give what the entries of one turn say; `known` are the circumstances that the log has."""
    note = note_of(entries)
    opened = (one.data for one in entries if one.kind == "event" and "due_ms" in one.data)
    asked = note["circumstances"]
    return Outcome(
        replies=tuple(
            Spoken(
                one.data["text"],
                one.data["template"],
                tuple(quick["text"] for quick in one.data["quick_replies"]),
            )
            for one in entries
            if one.kind == "message"
        ),
        escalate=note["escalate"],
        reasons=tuple(note["reasons"]),
        priority=note["priority"],
        due_ms=next((one["due_ms"] for one in opened), None),
        offer=note["offer"],
        tone=note["tone"],
        intent=note["reading"]["intent"] if note["reading"] else None,
        supposed=known is not None and "team_online" in asked and "team_online" not in known,
    )


def note_of(entries: Sequence[Entry]) -> Mapping[str, Any]:
    """Give what the reading among a turn's entries holds."""
    return next(one.data for one in entries if one.kind == "reading")


def difference(happened: Outcome, would: Outcome) -> Kind | None:
    """Give how a turn would have gone otherwise, the weightiest way, or None."""
    if happened.escalate != would.escalate:
        return "now" if would.escalate else "not_now"
    ways: tuple[tuple[Kind, bool], ...] = (
        ("reason", happened.codes != would.codes),
        ("priority", happened.priority != would.priority),
        ("due", happened.due_ms != would.due_ms),
        ("offer", happened.offer != would.offer),
        ("reply", _heard(happened) != _heard(would)),
    )
    return next((kind for kind, otherwise in ways if otherwise), None)


def _heard(outcome: Outcome) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.text, one.buttons) for one in outcome.replies]
