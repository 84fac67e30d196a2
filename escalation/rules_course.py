"""Rules about the course of the conversation: anger, failure, many needs, and what the bot lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from escalation import same_need
from escalation import words_needs as words
from escalation.heat import heat_of, pressure
from escalation.text import Span, evidence, near, quoted, whole, without
from escalation.values import Evidence, Reason, TurnFacts
from escalation.view import Finding, Seen, View, by_score, by_words

EXCEPTION_GAP = 120
CHAIN_GAP = 40
SECOND_NEED = 0.25
RETURNING = 0.05
MOST_RETURNING = 2
UNHAPPY = 0.3
ANSWER_FAILED, TURN_FAILED, HALF_FAILED = 2.0, 1.0, 0.5
WIDE_LETTER = 3
NO_ANSWER = (None, "not_quite", "chat_empty", "offer_declined", "solved")


def frustrated(view: View) -> Finding:
    """Escalate at clear anger, or anger that lasts or grows; mild annoyance is answered first."""
    limits = view.policy.limits
    heats = [heat_of(seen, view.policy) for seen in view.recent]
    now = heats[-1]
    total = pressure([one.level for one in heats], limits.frustration_carried)
    total += RETURNING * min(view.signals.past_escalations, MOST_RETURNING)
    if now.level < limits.frustration_at_least:
        return Finding()
    facts = view.facts
    parts = evidence(facts, list(now.spans)) or whole(facts)
    says = _anger_in_words(view, now.says, parts, total)
    return by_score("frustrated", "anger", says, parts, total, limits.frustration)


def _anger_in_words(
    view: View, says: tuple[str, ...], parts: tuple[Evidence, ...], total: float
) -> str:
    shown = " and ".join(says[:2]) if says else f"sounds {_feeling(view.facts)}"
    limit = view.policy.limits.frustration
    grown = "" if len(view.recent) == 1 else ", with the turns before"
    return f"{shown}: {quoted(parts)} (anger {total:.2f}{grown}, limit {limit:.2f})"


def _feeling(facts: TurnFacts) -> str:
    return {"angry": "angry", "sad": "hurt", "worried": "desperate"}.get(
        facts.emotion, "out of patience"
    )


def repeated_failure(view: View) -> Finding:
    """Escalate when turns in a row failed, or an answered need comes back."""
    limit = view.policy.limits.failed_turns
    score, parts, says = 0.0, [], ""
    for index in range(len(view.recent) - 1, -1, -1):
        seen = view.recent[index]
        weight, shown, why = _failure(view, index)
        if weight is None:
            if index == len(view.recent) - 1:
                return Finding()
            continue
        if not weight:
            break
        score += weight
        parts[:0] = shown
        says = says or why
        if weight >= ANSWER_FAILED:
            break
    del seen
    sentence = f"{says}: {quoted(tuple(parts))} (failed turns {score:g}, limit {limit:g})"
    return by_score("repeated_failure", "failed_turns", sentence, tuple(parts), score, limit)


def _failure(view: View, index: int) -> tuple[float | None, tuple[Evidence, ...], str]:
    """Give the weight of one turn as a failure; None: it neither failed nor went well."""
    seen = view.recent[index]
    facts, groups = seen.facts, view.policy.intents
    if facts.payload == "not_quite":
        return TURN_FAILED, whole(facts), "says that the answer was not right"
    if not seen.typed or not facts.read:
        return (None if facts.payload in ("declined", None) else 0.0), (), ""
    earlier = _answered_before(view, index)
    if earlier is not None:
        again = _again(view, seen, earlier)
        if again[0]:
            return again
    if facts.intent is None and same_need.small_talk(seen):
        return None, (), ""
    if facts.intent is None:
        weight = HALF_FAILED if facts.clarified else TURN_FAILED
        return weight, whole(facts), "was not understood"
    if facts.clarified:
        return HALF_FAILED, whole(facts), "had to be asked back"
    if facts.intent in groups.chitchat:
        return None, (), ""
    return 0.0, (), ""


def _again(view: View, seen: Seen, earlier: Seen) -> tuple[float | None, tuple[Evidence, ...], str]:
    """Judge a turn after the bot answered an earlier one: denied, corrected, said over again?"""
    facts, groups = seen.facts, view.policy.intents
    pleased = facts.intent in groups.chitchat and facts.sentiment != "negative"
    if pleased and same_need.grateful(seen):
        return 0.0, (), ""
    asked_back = earlier.facts.clarified
    full = TURN_FAILED if asked_back else ANSWER_FAILED
    if spans := same_need.denied(seen, earlier, view.policy):
        return full, evidence(facts, spans), "says that the bot's answer did not settle it"
    same = facts.intent == earlier.facts.intent or facts.intent is None
    if same and same_need.restated(seen, earlier, view.policy):
        return full, whole(facts), "asks the same again after the bot's answer"
    if spans := same_need.bare_no(seen):
        return TURN_FAILED, evidence(facts, spans), "says no to the bot's answer"
    problem = facts.intent in groups.problems and facts.intent == earlier.facts.intent
    unhappy = facts.sentiment == "negative" and facts.frustration >= UNHAPPY
    if problem and unhappy and not asked_back:
        return TURN_FAILED, whole(facts), "has the same trouble again after the bot's answer"
    return 0.0, (), ""


def _answered_before(view: View, index: int) -> Seen | None:
    """Give the last turn before one that named a need and got an answer or a question back."""
    for seen in reversed(view.recent[:index]):
        facts = seen.facts
        if facts.intent in view.policy.intents.chitchat or facts.answered in NO_ANSWER[1:]:
            continue
        if facts.answered is not None or facts.clarified:
            return seen
        return None
    return None


def disputed(view: View) -> Finding:
    """Escalate when money is in dispute: no template can settle that."""
    seen = view.current
    spans = seen.find(words.DISPUTE, excuses=words.DISPUTE_EXCUSES)
    reasons = by_words(seen, "complex", "money_in_dispute", "disputes a charge", spans)
    if reasons or not seen.typed:
        return Finding(reasons)
    facts, limit = view.facts, view.policy.limits.money_in_dispute
    share = facts.confidence if facts.intent in view.policy.intents.disputed else 0.0
    says = f"is read as disputing a charge ({share:.0%} sure, limit {limit:.0%})"
    return by_score("complex", "model_dispute", says, whole(facts), share, limit)


def exception(view: View) -> Finding:
    """Escalate when the customer asks to be let off a rule."""
    seen = view.current
    asked = seen.find(words.EXCEPTION, excuses=words.EXCEPTION_EXCUSES)
    known = seen.find(words.KNOWN_LIMIT)
    pleads = near(known, seen.find(words.STILL_ASKS), EXCEPTION_GAP) if known else []
    says = "asks for an exception"
    return Finding(by_words(seen, "complex", "exception", says, asked + pleads))


def several_needs(view: View) -> Finding:
    """Escalate when one message brings several needs, or many orders at once."""
    seen = view.current
    if not seen.typed:
        return Finding()
    orders = _many_orders(view)
    if orders:
        return Finding(by_words(seen, "complex", "many_orders", "is about many orders", orders))
    problems = _distinct(seen, words.PROBLEMS)
    questions = _distinct(seen, words.QUESTIONS)
    score = 1.0 * len(problems) + 0.5 * len(questions)
    spans = [span for found in (*problems.values(), *questions.values()) for span in found]
    if len(problems) == 1 and seen.find(words.SEVERAL_PROBLEMS):
        score += 1
    several = seen.find(words.SEVERAL_PROBLEMS, words.SEVERAL_THINGS)
    listed = seen.find(words.LISTED)
    score += 0.5 * bool(several) + 0.5 * (len(listed) > 1)
    score += 0.5 * (bool(problems) and _two_readings(view) and bool(seen.find(words.JOINED)))
    if len(problems) + len(questions) > 1 and not (seen.find(words.JOINED) or _sentences(seen)):
        score = 1.0
    names = ", ".join([*problems, *questions]) or "several things"
    says = f"brings several needs at once: {names} (needs {score:g}, limit {view.policy.limits.needs:g})"
    parts = evidence(view.facts, spans + several) or whole(view.facts)
    return by_score("complex", "several_needs", says, parts, score, view.policy.limits.needs)


def _distinct(seen: Seen, table: dict[str, re.Pattern[str]]) -> dict[str, list[Span]]:
    """Give the needs that a text names, without those that only serve another one."""
    chained = seen.find(words.CHAINED)
    found: dict[str, list[Span]] = {}
    taken: list[Span] = []
    for name, pattern in table.items():
        spans = without(seen.find(pattern), taken)
        spans = [one for one in spans if not _chained(one, chained)]
        if spans:
            found[name] = spans
            taken += spans
    return found


def _chained(span: Span, chained: Iterable[Span]) -> bool:
    return any(0 <= span.start - one.end <= CHAIN_GAP or one.start == span.start for one in chained)


def _sentences(seen: Seen) -> bool:
    return len(re.findall(r"[.!?;\n]\s*\w", seen.folded.text)) > 0


def _two_readings(view: View) -> bool:
    real = [
        name
        for name, share in view.facts.ranking[:2]
        if share >= SECOND_NEED and name not in view.policy.intents.chitchat
    ]
    return len(real) > 1


def _many_orders(view: View) -> list[Span]:
    seen, limit = view.current, view.policy.limits.many_orders
    ids = {span.words.lstrip("#"): span for span in seen.find(words.ORDER_IDS)}
    if len(ids) >= limit:
        return list(ids.values())
    if view.facts.intent not in view.policy.intents.problems:
        return []
    return [span for span in seen.find(words.MANY_ORDERS) if _count(span.words) >= limit]


def _count(text: str) -> int:
    first = text.split()[0]
    if first == "all":
        return 1000
    return words.NUMBERS.get(first, int(first) if first.isdecimal() else 0)


def service_failure(view: View) -> Finding:
    """Escalate when the model or the store could not do their part."""
    facts, found = view.facts, []
    if not facts.read:
        says = "the model could not read this message (model_unavailable)"
        found.append(Reason("service_failure", says, whole(facts), None, None, "model"))
    if view.signals.store_failed:
        says = "the store did not answer in time (store_unavailable)"
        found.append(Reason("service_failure", says, (), None, None, "store"))
    return Finding(tuple(found))


def language(view: View) -> Finding:
    """Escalate when the pack has no replies in the customer's language."""
    facts, spoken = view.facts, view.signals.languages
    if not view.current.typed or not spoken or facts.language in spoken:
        return Finding()
    letters = sum(1 if one < "\u0250" else WIDE_LETTER for one in facts.text if one.isalpha())
    if letters < view.policy.limits.language_letters:
        return Finding()
    says = f"writes in a language without replies ({facts.language}; there are {', '.join(spoken)})"
    return Finding((Reason("language", says, whole(facts), None, None, "language"),))


def agent_joined(view: View) -> Finding:
    """Escalate when an agent stepped in unasked."""
    if not view.signals.person_joined:
        return Finding()
    return Finding((Reason("agent_joined", "an agent stepped in", (), None, None, "agent_joined"),))
