"""Rules about how much one message brings: several needs, requests in a list, many orders; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from escalation import words_list, words_owed, words_short, words_tangle
from escalation import words_needs as words
from escalation.text import Span, evidence, whole, without
from escalation.view import Finding, Seen, View, by_score, by_words

CHAIN_GAP = 40
TERMS = 3


def several_needs(view: View) -> Finding:
    """Escalate when one message brings several needs, or many orders at once."""
    seen = view.current
    if not seen.typed:
        return Finding()
    if orders := _many_orders(view):
        return Finding(by_words(seen, "complex", "many_orders", "is about many orders", orders))
    problems = _distinct(seen, words.PROBLEMS)
    if not problems and not seen.find(words.EITHER):
        problems = _distinct(seen, words.REMEDIES)
    questions = _distinct(seen, words.QUESTIONS)
    several = seen.find(words.SEVERAL_PROBLEMS, words.SEVERAL_THINGS)
    score = _weight(view, problems, questions, several)
    wrong = _read_needs(view) & view.policy.intents.problems
    score = max(score, float(len(wrong))) if len(wrong) > 1 else score
    spans = [span for found in (*problems.values(), *questions.values()) for span in found]
    listed = _requests(seen)
    if len(listed) - 1 > score:
        score, spans = len(listed) - 1.0, listed
    names = ", ".join([*problems, *questions] or sorted(wrong)) or "several things"
    limit = view.policy.limits.needs
    says = f"brings several needs at once: {names} (needs {score:g}, limit {limit:g})"
    parts = evidence(view.facts, spans + several) or whole(view.facts)
    return by_score("complex", "several_needs", says, parts, score, limit)


def own_terms(view: View) -> Finding:
    """Escalate when a business brings terms of its own, three of them at least."""
    seen = view.current
    found = {span.words: span for span in seen.find(words_owed.TERMS)} if seen.typed else {}
    spans = list(found.values()) if len(found) >= TERMS else []
    return Finding(by_words(seen, "complex", "own_terms", "brings terms of its own", spans))


def _weight(
    view: View,
    problems: dict[str, list[Span]],
    questions: dict[str, list[Span]],
    several: list[Span],
) -> float:
    """Weigh the needs found: a problem counts 1, a plain question half, words of number more."""
    seen = view.current
    score = 1.0 * len(problems) + 0.5 * len(questions)
    if len(problems) == 1 and seen.find(words.SEVERAL_PROBLEMS):
        score += 1
    listed = seen.find(words.LISTED)
    score += 0.5 * bool(several) + 0.5 * (len(listed) > 1)
    score += 0.5 * (bool(problems) and _two_readings(view) and bool(seen.find(words.JOINED)))
    if len(problems) + len(questions) > 1 and not (seen.find(words.JOINED) or _sentences(seen)):
        return 1.0
    return score


def _requests(seen: Seen) -> list[Span]:
    """Give the different things asked for in a list; none where one of them is a choice."""
    if seen.find(words_list.CHOICE):
        return []
    found: dict[str, Span] = {}
    for span in seen.find(words_list.ASKED, excuses=words_list.HOW_TO):
        found.setdefault(" ".join(span.words.split()), span)
    return list(found.values())


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
    return len(re.findall(r"[.!?;,\n]\s?\w", seen.folded.text)) > 0


def _two_readings(view: View) -> bool:
    return len(_read_needs(view)) > 1


def _read_needs(view: View) -> frozenset[str]:
    """Give the intents read in the whole message and in parts of it, without small talk."""
    read = {view.facts.intent, *(intent for intent, _ in view.facts.also)}
    return frozenset(intent for intent in read if intent) - view.policy.intents.chitchat


def _many_orders(view: View) -> list[Span]:
    seen, limit = view.current, view.policy.limits.many_orders
    listed = seen.find(words_tangle.LISTED_IDS)
    if not seen.find(words_tangle.SPLIT_EXCUSES):
        listed += seen.find(words_tangle.SPLIT)
    if listed:
        return listed
    ids = {span.words.lstrip("#"): span for span in seen.find(words.ORDER_IDS)}
    problem = view.facts.intent in view.policy.intents.problems
    if len(ids) >= limit and (problem or "order" in seen.folded.text):
        return list(ids.values())
    pleased = view.facts.intent in view.policy.intents.chitchat
    if not problem and (pleased or not seen.find(words_short.OF_THEM, words_tangle.ACCOUNTS)):
        return []
    return [span for span in seen.find(words.MANY_ORDERS) if _count(span.words) >= limit]


def _count(text: str) -> int:
    first = text.split(maxsplit=1)[0]
    if first == "all":
        return 1000
    return words.NUMBERS.get(first, int(first) if first.isdecimal() else 0)
