"""The record of one handoff, as the queue keeps it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

GENERAL = "general"
"""The skill a ticket asks for when any agent will do."""

SKILLS = re.compile(r"[\w-]{1,40}(?:\+[\w-]{1,40}){0,9}")

Priority = Literal["urgent", "high", "normal"]
State = Literal["waiting", "claimed", "resolved", "cancelled"]
PRIORITIES: tuple[Priority, ...] = get_args(Priority)

FOR_ROUTING = frozenset(
    {"weight", "weight_ms", "abusive", "offered_to", "offer", "offer_until_ms", "passed"}
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Why a person is needed in a conversation, how soon, and who holds it.

    Times are ms since 1970; `token` is the last fencing token given out for it (0: none yet).
    `skill` names all it takes, joined by `+`. `weight` (0-1) is as of `weight_ms` and decays.
    While it waits it may be offered to one agent: `offer` is the number of the last offer. `passed`
    are those who let an offer of it pass, and when.
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
    weight: float = 0.0
    weight_ms: int = 0
    abusive: bool = False
    offered_to: str | None = None
    offer: int = 0
    offer_until_ms: int | None = None
    passed: tuple[tuple[str, int], ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether somebody waits or is being helped."""
        return self.state in ("waiting", "claimed")

    @property
    def skills(self) -> tuple[str, ...]:
        """Give each skill it takes."""
        return tuple(self.skill.split("+"))

    def to_row(self) -> dict[str, Any]:
        """Give it as JSON-ready data, without what only routing needs."""
        row = {name: value for name, value in asdict(self).items() if name not in FOR_ROUTING}
        return {**row, "reasons": list(self.reasons)}

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
            weight=float(row.get("weight", 0)),
            weight_ms=int(row.get("weight_at", 0)),
            abusive=bool(row.get("abusive", False)),
            offered_to=row.get("offered") or None,
            offer=int(row.get("offer", 0)),
            offer_until_ms=int(row.get("offer_until", 0)) or None,
            passed=tuple((agent, int(at)) for agent, at in row.get("passed", ())),
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """One ticket an agent took: when, and how heavy it was (`weight` is as of `weight_ms`)."""

    ticket: str
    at_ms: int
    weight: float
    weight_ms: int
    abusive: bool


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
