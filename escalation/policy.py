"""Whether a person must take over: all rules are run, all reasons kept; pure, no clock.

`decide(signals, policy)` gives a Decision; `withdraws(text)` tells whether a waiting customer no
longer needs anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

from escalation import rules_course as course
from escalation import rules_needs
from escalation import rules_words as by_word
from escalation import words_time as words
from escalation.rules_words import withdraws
from escalation.settings import Policy
from escalation.ticket import Priority
from escalation.values import CODES, Code, Decision, Evidence, Reason, Signals, TurnFacts
from escalation.view import Finding, Seen, View

__all__ = [
    "CODES",
    "RULES",
    "Code",
    "Decision",
    "Evidence",
    "Policy",
    "Reason",
    "Signals",
    "TurnFacts",
    "decide",
    "withdraws",
]

RULES: tuple[Callable[[View], Finding], ...] = (
    by_word.self_harm,
    by_word.danger,
    by_word.law,
    by_word.fraud,
    by_word.read_as_safety,
    by_word.asked_for_human,
    by_word.vulnerable,
    by_word.read_as_vulnerable,
    course.frustrated,
    course.always_person,
    course.disputed,
    course.exception,
    rules_needs.several_needs,
    course.repeated_failure,
    course.service_failure,
    course.language,
    course.agent_joined,
)
URGENT_TURNS = 3


def decide(signals: Signals, policy: Policy) -> Decision:
    """Judge the last of the turns; raises ValueError when there is none."""
    if not signals.turns:
        raise ValueError("signals have no turn; give at least the current one")
    view = View(signals, policy)
    findings = [rule(view) for rule in RULES]
    found = [reason for finding in findings for reason in finding.reasons]
    reasons = tuple(sorted(found, key=lambda reason: CODES.index(reason.code)))
    nearness = max(finding.nearness for finding in findings)
    return Decision(
        reasons=reasons,
        priority=_priority(view, reasons) if reasons else None,
        offer=not reasons and _offers(view, nearness),
        score=round(min(nearness, 1.0), 3) if not reasons else 1.0,
        policy_version=policy.version,
    )


def _offers(view: View, nearness: float) -> bool:
    limits = view.policy.limits
    if view.facts.payload or view.signals.offers_declined >= limits.offers_declined:
        return False
    return nearness >= 1 - limits.offer_within


def _priority(view: View, reasons: Sequence[Reason]) -> Priority:
    codes = {reason.code for reason in reasons}
    if "safety_or_legal" in codes or any(map(_urgent, view.recent[-URGENT_TURNS:], [view] * 3)):
        return "urgent"
    money = view.facts.intent in view.policy.intents.money
    disputed = any(reason.rule in ("money_in_dispute", "model_dispute") for reason in reasons)
    if codes & {"frustrated", "vulnerable"} or money or disputed:
        return "high"
    return "normal"


def _urgent(seen: Seen, view: View) -> bool:
    """Tell whether a turn is urgent: the model's reading and the words for it, together."""
    if not seen.typed:
        return False
    pressing = [
        weight
        for weight, pattern in words.PRESSING
        if seen.find(pattern, excuses=words.NOT_PRESSING)
    ]
    if pressing and seen.find(words.NEEDED[1]):
        pressing.append(words.NEEDED[0])
    calm = prod([1 - seen.facts.urgency, *(1 - weight for weight in pressing)])
    return 1 - calm >= view.policy.limits.urgency
