"""A comparison of two wordings of one reply: who hears which, by a fair coin. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Side = tuple[str, str]
"""A wording by its ref, and the mark of what it says."""
Measure = Literal["settled", "rating"]

RATED_REPLIES = ("handoff", "handoff_nobody")
"""What is said while a person is brought in: the customer rates the help afterwards."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two wordings that are said in turn by a coin, from `started_ms` until `ended_ms` (0: still).

    Who wrote down what is being compared is `by`; `texts` are the wordings as they stood then.
    """

    id: str
    reply: str
    sides: tuple[Side, Side]
    texts: tuple[str, str] = ("", "")
    started_ms: int = 0
    by: str = ""
    ended_ms: int = 0

    @property
    def runs(self) -> bool:
        """Whether customers still hear one or the other."""
        return not self.ended_ms

    @property
    def measure(self) -> Measure:
        """What is compared, decided by the reply before anything is counted."""
        return "rating" if self.reply in RATED_REPLIES else "settled"

    def toss(self, conversation: str) -> int:
        """Give the side (0 or 1) that a conversation hears, always the same one."""
        return hashlib.sha256(f"{self.id} {conversation}".encode()).digest()[0] & 1

    def to_row(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "id": self.id,
            "sides": self.sides,
            "texts": self.texts,
            "started_ms": self.started_ms,
            "by": self.by,
            "ended_ms": self.ended_ms,
        }

    @classmethod
    def from_row(cls, reply: str, row: Mapping[str, Any]) -> Comparison:
        """Give what `to_row` gave."""
        return cls(
            id=row["id"],
            reply=reply,
            sides=_both(row["sides"]),
            texts=(row["texts"][0], row["texts"][1]),
            started_ms=row["started_ms"],
            by=row["by"],
            ended_ms=row["ended_ms"],
        )

    def to_circumstance(self, conversation: str) -> dict[str, Any]:
        """Give what a turn keeps of it, so that it can be counted and rehearsed."""
        return {"id": self.id, "sides": self.sides, "side": self.toss(conversation)}

    @classmethod
    def of_circumstance(cls, reply: str, row: Mapping[str, Any]) -> Comparison:
        """Give what decided the wording of a stored turn."""
        return cls(row["id"], reply, _both(row["sides"]))


def _both(rows: Any) -> tuple[Side, Side]:
    (first, mark), (second, other) = rows
    return (first, mark), (second, other)
