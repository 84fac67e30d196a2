"""What the policy judges and what it says: facts of turns in, reasons and a decision out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from escalation.ticket import Priority

Code = Literal[
    "safety_or_legal",
    "asked_for_human",
    "vulnerable",
    "frustrated",
    "complex",
    "repeated_failure",
    "service_failure",
    "language",
    "agent_joined",
]
CODES: tuple[Code, ...] = get_args(Code)
"""Every reason, the main one of several first."""

DIGITS = 3

CauseKind = Literal["bot", "firm", "aside", "none"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a rule saw: the turn, and `[start, end)` in code points of its original text."""

    turn: int
    span: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule's finding, for an agent to read; yes-or-no rules have no `score` and `limit`.

    `policy_version` names the rules that found it. `counterfactual` tells what the same rule makes
    of the turn without what weighed most, None where there is nothing to leave out.
    """

    code: Code
    sentence: str
    evidence: tuple[Evidence, ...]
    score: float | None
    limit: float | None
    rule: str
    policy_version: str = ""
    counterfactual: str | None = None

    def to_row(self) -> dict[str, Any]:
        """Give the JSON form of the contract."""
        return {
            "code": self.code,
            "sentence": self.sentence,
            "evidence": [
                {"turn": one.turn, "span": list(one.span), "text": one.text}
                for one in self.evidence
            ],
            "score": None if self.score is None else round(self.score, DIGITS),
            "limit": None if self.limit is None else round(self.limit, DIGITS),
            "rule": self.rule,
            "policy_version": self.policy_version,
            "counterfactual": self.counterfactual,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Reason:
        """Rebuild a Reason from `to_row`, older rows too, which lack the last two fields."""
        evidence = tuple(
            Evidence(one["turn"], (one["span"][0], one["span"][1]), one["text"])
            for one in row["evidence"]
        )
        return cls(
            code=row["code"],
            sentence=row["sentence"],
            evidence=evidence,
            score=row["score"],
            limit=row["limit"],
            rule=row["rule"],
            policy_version=row.get("policy_version", ""),
            counterfactual=row.get("counterfactual"),
        )


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """One customer turn: its text, what the model read in it, and what the bot did with it.

    `turn` is its index in the episode. `answered` is the reply the bot gave (None while it is the
    current turn, or when it gave only its fallback); `clarified` says that the bot asked back
    instead. `payload` is the quick reply the text came from: solved, not_quite, person, declined.
    `also` are intents that parts of the text ask for beside the whole's.
    `read` is False when the model could not read the turn.
    """

    turn: int
    text: str
    intent: str | None = None
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    also: tuple[tuple[str, float], ...] = ()
    sentiment: str = "neutral"
    emotion: str = "neutral"
    frustration: float = 0.0
    urgency: float = 0.0
    vulnerable: float = 0.0
    language: str = "en"
    at_ms: int = 0
    answered: str | None = None
    clarified: bool = False
    payload: str | None = None
    read: bool = True


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything the policy judges: the customer turns of this episode, the last is the current."""

    turns: tuple[TurnFacts, ...]
    languages: tuple[str, ...] = ("en",)
    store_failed: bool = False
    person_joined: bool = False
    offers_declined: int = 0
    past_escalations: int = 0
    always_person: frozenset[str] = frozenset()

    @property
    def current(self) -> TurnFacts:
        """Give the turn that is judged."""
        return self.turns[-1]

    @property
    def before(self) -> tuple[TurnFacts, ...]:
        """Give the earlier turns of the episode."""
        return self.turns[:-1]


@dataclass(frozen=True, slots=True)
class Cause:
    """What a customer is angry at: the bot itself, the firm, something else, or nothing.

    `level` is the anger of this turn, 0-1; `evidence` are the words that tell the cause.
    """

    kind: CauseKind = "none"
    level: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """All reasons of one turn, the main one first, and what follows from them.

    `score` is how near the nearest soft limit is: 1 is at it. `offer` asks for a friendly "shall I
    bring a person?"; it is never set together with `escalate`. `cause` is what the anger is at.
    """

    reasons: tuple[Reason, ...]
    priority: Priority | None
    offer: bool
    score: float
    policy_version: str
    cause: Cause = Cause()

    @property
    def escalate(self) -> bool:
        """Tell whether a person must take over."""
        return bool(self.reasons)

    @property
    def main(self) -> Reason | None:
        """Give the reason that names the ticket, or None."""
        return self.reasons[0] if self.reasons else None
