"""Development conversations as the policy sees them: hand-set readings instead of a model's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from escalation.policy import Decision, Policy, Signals, TurnFacts, decide

HERE = Path(__file__).parent
POLICY_FILE = HERE.parents[1] / "intents" / "packs" / "shop" / "policy.yaml"
SHORT = {"f": "frustration", "u": "urgency", "c": "confidence", "s": "sentiment", "e": "emotion"}
SURE = 0.9


def shop_policy() -> Policy:
    """Give the policy that ships."""
    return Policy.from_data(yaml.safe_load(POLICY_FILE.read_text(encoding="utf-8")))


def conversations() -> list[dict[str, Any]]:
    """Give all development conversations."""
    rows: list[dict[str, Any]] = yaml.safe_load(
        (HERE / "conversations.yaml").read_text(encoding="utf-8")
    )
    return rows


def facts(number: int, line: str, *, current: bool) -> TurnFacts:
    """Read one line `text || intent f=… u=…`."""
    text, _, told = line.partition(" || ")
    intent, *pairs = told.split()
    given: dict[str, Any] = {"intent": None if intent == "-" else intent, "confidence": SURE}
    for pair in pairs:
        name, value = pair.split("=")
        if name in "fuc":
            given[SHORT[name]] = float(value)
        else:
            given[SHORT.get(name, "language")] = value
    given["ranking"] = ((given["intent"] or "order_status", given["confidence"]),)
    if given["intent"] is None:
        given["ranking"], given["confidence"] = (("order_status", 0.1),), 0.1
    answered = None if current else given["intent"]
    return TurnFacts(turn=number, text=text, answered=answered, **given)


def replay(row: dict[str, Any], policy: Policy) -> Iterator[Decision]:
    """Give the decision of every turn."""
    for last in range(len(row["turns"])):
        turns = tuple(
            facts(number, line, current=number == last)
            for number, line in enumerate(row["turns"][: last + 1])
        )
        yield decide(Signals(turns=turns), policy)


def outcome(row: dict[str, Any], policy: Policy) -> str:
    """Give `turn reason priority` of the first escalation, or `no`."""
    for turn, decision in enumerate(replay(row, policy)):
        if decision.main:
            return f"{turn} {decision.main.code} {decision.priority}"
    return "no"
