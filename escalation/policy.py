"""Whether a person must take over: all rules are run, all reasons kept; pure, no clock.

`decide(signals, policy)` gives a Decision; `withdraws(text)` tells whether a waiting customer no
longer needs anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from escalation import rules_course as course
from escalation import rules_needs
from escalation import rules_words as by_word
from escalation import words_time as words
from escalation.cause import bot_caused, cause_of
from escalation.counterfactual import Rule, without
from escalation.rules_words import withdraws
from escalation.settings import Policy
from escalation.soft import soft_score
from escalation.ticket import Priority
from escalation.values import CODES, Cause, Code, Decision, Evidence, Reason, Signals, TurnFacts
from escalation.view import Finding, Seen, View

__all__ = [
    "CODES",
    "RULES",
    "Cause",
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

RULES: tuple[Rule, ...] = (
    by_word.self_harm,
    by_word.danger,
    by_word.law,
    by_word.fraud,
    by_word.read_as_safety,
    by_word.asked_for_human,
    by_word.vulnerable,
    by_word.read_as_vulnerable,
    course.frustrated,
    bot_caused,
    course.always_person,
    course.disputed,
    course.between,
    course.exception,
    rules_needs.several_needs,
    rules_needs.own_terms,
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
    pairs = _found(view)
    explained = [
        replace(
            reason,
            policy_version=policy.version,
            counterfactual=without(rule, reason, view, _bare),
        )
        for rule, finding in pairs
        for reason in finding.reasons
    ]
    return replace(_judged(view, pairs), reasons=_in_order(explained))


def _bare(view: View) -> Decision:
    """Judge without saying what would have been otherwise."""
    return _judged(view, _found(view))


def _found(view: View) -> list[tuple[Rule, Finding]]:
    """Run all rules; the soft score has a say only where no single rule decided."""
    pairs = [(rule, rule(view)) for rule in RULES]
    if any(finding.reasons for _, finding in pairs):
        return pairs
    return [*pairs, (soft_score, soft_score(view))]


def _judged(view: View, pairs: Sequence[tuple[Rule, Finding]]) -> Decision:
    reasons = _in_order([reason for _, finding in pairs for reason in finding.reasons])
    nearness = max(finding.nearness for _, finding in pairs)
    return Decision(
        reasons=reasons,
        priority=_priority(view, reasons) if reasons else None,
        offer=not reasons and _offers(view, nearness),
        score=round(min(nearness, 1.0), 3) if not reasons else 1.0,
        policy_version=view.policy.version,
        cause=cause_of(view),
    )


def _in_order(found: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(found, key=lambda reason: CODES.index(reason.code)))


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
