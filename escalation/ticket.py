"""The record of one handoff, as the queue keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Priority = Literal["urgent", "high", "normal"]
State = Literal["waiting", "claimed", "resolved", "cancelled"]
PRIORITIES: tuple[Priority, ...] = get_args(Priority)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Why a person is needed in a conversation, how soon, and who holds it.

    Times are ms since 1970; `token` is the last fencing token given out for it (0: none yet).
    """

    id: str
    conversation: str
    priority: Priority
    skill: str
    created_ms: int
    due_ms: int
    state: State
    agent: str | None
    token: int
    lease_until_ms: int | None
    expiries: int
    stuck: bool
    reasons: tuple[str, ...]
    outcome: str | None
    closed_ms: int | None
    first_claim_ms: int | None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody waits or is being helped."""
        return self.state in ("waiting", "claimed")

    def to_row(self) -> dict[str, Any]:
        """Give it as JSON-ready data."""
        return {**asdict(self), "reasons": list(self.reasons)}

    @classmethod
    def from_json(cls, text: str | bytes) -> Ticket:
        """Rebuild it from the row that the scripts keep."""
        row: Mapping[str, Any] = json.loads(text)
        return cls(
            id=row["id"],
            conversation=row["conversation"],
            priority=row["priority"],
            skill=row["skill"],
            created_ms=int(row["created"]),
            due_ms=int(row["due"]),
            state=row["state"],
            agent=row["agent"] or None,
            token=int(row["token"]),
            lease_until_ms=int(row["lease"]) or None,
            expiries=int(row["expiries"]),
            stuck=bool(row["stuck"]),
            reasons=tuple(code for code in row["reasons"].split(",") if code),
            outcome=row["outcome"] or None,
            closed_ms=int(row["closed"]) or None,
            first_claim_ms=int(row["first_claim"]) or None,
        )


@dataclass(frozen=True, slots=True)
class QueueEvent:
    """One transition of a ticket; `id` is the stream's and resumes a reader."""

    id: str
    kind: str
    ticket: str
    conversation: str
    agent: str | None
    token: int
    at_ms: int
    detail: str
