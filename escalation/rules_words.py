"""Rules in which one turn's words, or what the model read in them, are decisive; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from escalation import (
    words_danger,
    words_despair,
    words_done,
    words_indirect,
    words_law,
    words_peril,
    words_reach,
)
from escalation import words_hard_times as hard_times
from escalation import words_hardship as hardship
from escalation import words_person as person
from escalation.text import Span, fold, literal, near, whole, without, words_of
from escalation.values import Code, Reason, TurnFacts
from escalation.view import Finding, Seen, View, by_score, by_words
from escalation.vocabulary import spelling

HARD_TIMES = (
    (
        "bereavement",
        "speaks of a death",
        (hardship.DEATH, hard_times.GONE),
        hardship.DEATH_EXCUSES,
    ),
    (
        "illness",
        "speaks of illness or disability",
        (hardship.ILLNESS, hard_times.BODY),
        hardship.ILLNESS_EXCUSES,
    ),
    ("hardship", "speaks of hardship", (hardship.HARDSHIP, hard_times.LAST_MONEY), None),
)
CAUSE_GAP = 70
SOFT_SHARE = 0.9
"""How near its limit a half-request for a person counts: an offer, never a hand-over."""


def asked_for_human(view: View) -> Finding:
    """Escalate when the customer asks for a person: a button, the words, or the model."""
    seen = view.current
    if seen.facts.payload == "person":
        says = "pressed the button for a person"
        return Finding(
            (Reason("asked_for_human", says, whole(seen.facts), None, None, "button"),), 1.0
        )
    if not seen.typed:
        return Finding()
    own = _own(seen, view, "asked_for_human")
    asked = seen.find(*person.PHRASES, excuses=person.EXCUSES)
    about = seen.find(words_indirect.INDIRECT, excuses=person.EXCUSES)
    about += seen.find(words_reach.REACH, excuses=person.EXCUSES)
    asked += without(about, seen.find(words_indirect.INDIRECT_EXCUSES))
    reasons = by_words(seen, "asked_for_human", "words_person", "asks for a person", asked + own)
    if reasons:
        return Finding(reasons, 1.0)
    refused = bool(seen.find(person.EXCUSES))
    soft = SOFT_SHARE if seen.find(person.SOFT, excuses=person.EXCUSES) else 0.0
    limit = view.policy.limits.asks_for_person
    share = _read_as(view, view.policy.intents.person)
    if refused:
        return Finding()
    says = f"is read as asking for a person ({share:.0%} sure, limit {limit:.0%})"
    found = by_score("asked_for_human", "model_person", says, whole(seen.facts), share, limit)
    return Finding(found.reasons, max(found.nearness, soft))


def self_harm(view: View) -> Finding:
    """Escalate at any word of not wanting to live."""
    seen = view.current
    spans = seen.find(words_despair.SELF_HARM, excuses=words_despair.SELF_HARM_EXCUSES)
    says = "may be in danger of harming themselves"
    return Finding(by_words(seen, "safety_or_legal", "self_harm", says, spans))


def danger(view: View) -> Finding:
    """Escalate at injury, illness from a product, fire, poison or a threat of violence."""
    seen = view.current
    hurt = seen.find(words_danger.INJURY, excuses=words_danger.INJURY_EXCUSES) + seen.find(
        words_danger.THREAT
    )
    ill = seen.find(words_danger.SICK) + _hospital(seen)
    caused = near(ill, seen.find(words_danger.CAUSE), CAUSE_GAP) if ill else []
    hurt += seen.find(words_peril.PERIL, excuses=words_peril.PERIL_EXCUSES)
    own = _own(seen, view, "safety_or_legal")
    says = "speaks of danger to health or life"
    return Finding(by_words(seen, "safety_or_legal", "danger", says, hurt + caused + own))


def law(view: View) -> Finding:
    """Escalate at a lawyer, a court, a regulator, the police."""
    seen = view.current
    spans = seen.find(words_law.LEGAL, excuses=words_law.LEGAL_EXCUSES)
    return Finding(by_words(seen, "safety_or_legal", "law", "speaks of legal steps", spans))


def fraud(view: View) -> Finding:
    """Escalate at fraud, a stolen identity, or abuse by staff."""
    seen = view.current
    spans = seen.find(words_law.FRAUD, excuses=words_law.FRAUD_EXCUSES)
    return Finding(by_words(seen, "safety_or_legal", "fraud", "speaks of fraud or abuse", spans))


def read_as_safety(view: View) -> Finding:
    """Escalate when the model reads safety or law where no word was decisive."""
    seen = view.current
    if not seen.typed:
        return Finding()
    asked_about = seen.find(words_danger.INJURY_EXCUSES) and "?" in seen.facts.text
    limit = view.policy.limits.safety_or_legal
    share = _read_as(view, view.policy.intents.safety)
    says = f"is read as a matter of safety or law ({share:.0%} sure, limit {limit:.0%})"
    if asked_about:
        return Finding()
    return by_score("safety_or_legal", "model_safety", says, whole(seen.facts), share, limit)


def vulnerable(view: View) -> Finding:
    """Escalate at bereavement, illness or hardship."""
    seen = view.current
    reasons: list[Reason] = []
    happy = seen.facts.sentiment == "positive" and seen.facts.intent in view.policy.intents.chitchat
    for rule, says, patterns, excuses in HARD_TIMES:
        spans = seen.find(*patterns, excuses=excuses)
        if rule == "illness" and spans and seen.find(hardship.ILLNESS_EXCUSES):
            spans = []
        if rule == "hardship" and spans and seen.find(hard_times.HIRING):
            spans = []
        if happy and rule != "bereavement":
            spans = []
        reasons += by_words(seen, "vulnerable", rule, says, spans)
    own = _own(seen, view, "vulnerable")
    reasons += by_words(seen, "vulnerable", "own_words", "uses words on the shop's list", own)
    return Finding(tuple(reasons))


def read_as_vulnerable(view: View) -> Finding:
    """Escalate when the model reads death, illness or hardship where no word was decisive."""
    seen = view.current
    light = seen.facts.sentiment == "positive" and seen.facts.intent in view.policy.intents.chitchat
    if not seen.typed or light:
        return Finding()
    share, limit = seen.facts.vulnerable, view.policy.limits.vulnerable
    sure = f"{share:.0%} sure, limit {limit:.0%}"
    says = f"is read as speaking of death, illness or hardship ({sure})"
    return by_score("vulnerable", "model_vulnerable", says, whole(seen.facts), share, limit)


def _hospital(seen: Seen) -> list[Span]:
    return seen.find(words_danger.HOSPITAL, excuses=hardship.ILLNESS_EXCUSES)


def _read_as(view: View, intents: frozenset[str]) -> float:
    """Give how sure the model is of one of the intents; a refused reading counts for half."""
    facts = view.facts
    if facts.intent is not None:
        return facts.confidence if facts.intent in intents else 0.0
    first = facts.ranking[0] if facts.ranking else ("", 0.0)
    return first[1] / 2 if first[0] in intents else 0.0


def _own(seen: Seen, view: View, code: Code) -> list[Span]:
    phrases = view.policy.own_words.get(code, ())
    return seen.find(_phrases(tuple(phrases))) if phrases and seen.typed else []


@lru_cache(maxsize=64)
def _phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    return words_of(*(literal(one) for one in phrases))


def withdraws(text: str) -> bool:
    """Tell whether a waiting customer no longer needs the person they asked for.

    Doubt keeps them in the queue: a question, a "but", an open need or a new request is no
    withdrawal.
    """
    seen = Seen(TurnFacts(0, text), fold(text, spelling()))
    if not seen.find(words_done.DONE) or "?" in text:
        return False
    asks = without(seen.find(*person.PHRASES), seen.find(person.EXCUSES))
    still = seen.find(
        words_done.NOT_DONE,
        words_danger.INJURY,
        words_law.LEGAL,
        words_law.FRAUD,
        words_despair.SELF_HARM,
    )
    return not asks and not still
