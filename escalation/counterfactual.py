"""What would have kept the bot: a rule run again without the turns before, the words, the reading.

Pure. Nothing is guessed: the very rule that found a reason judges the altered turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from escalation.values import Decision, Reason, TurnFacts
from escalation.view import Finding, View

Rule = Callable[[View], Finding]
Judge = Callable[[View], Decision]

BEFORE, WORDS, READING = "the turns before", "these words", "the model's reading"
BY_TURNS = frozenset({"failed_turns"})
"""Rules that only other turns explain."""
BY_READING = frozenset(
    {
        *("model_person", "model_safety", "model_vulnerable", "model_dispute", "always_person"),
        *("anger", "bot_caused"),
    }
)
"""Rules that weigh what the model read."""


def without(rule: Rule, reason: Reason, view: View, judge: Judge) -> str | None:
    """Give what is left of a reason without what told it, None where nothing can be left out.

    `judge` decides a turn anew; a yes-or-no rule has no score, so that the whole decision tells
    what its words were worth.
    """
    if reason.counterfactual:
        return reason.counterfactual
    if reason.score is None or reason.limit is None:
        wordless = _wordless(reason, view)
        return _in_words(judge(wordless)) if wordless else None
    tried = [(name, _score(rule, reason, other)) for name, other in _altered(reason, view)]
    if not tried:
        return None
    below = [one for one in tried if one[1] < reason.limit]
    name, score = below[0] if below else min(tried, key=lambda one: one[1])
    side = "below" if below else "still not below"
    return f"without {name}: {_number(score)}, {side} {_number(reason.limit)}"


def _altered(reason: Reason, view: View) -> Iterator[tuple[str, View]]:
    if len(view.signals.turns) > 1 and reason.rule not in BY_READING - {"anger"}:
        yield BEFORE, _with(view, view.facts, alone=True)
    wordless = None if reason.rule in BY_TURNS else _wordless(reason, view)
    if wordless:
        yield WORDS, wordless
    if reason.rule in BY_READING:
        yield READING, _with(view, _unread(view.facts))


def _score(rule: Rule, reason: Reason, view: View) -> float:
    """Give the score of the same rule on other turns."""
    found = rule(view)
    again = [one.score for one in found.reasons if one.rule == reason.rule and one.score]
    return max(again, default=found.nearness * (reason.limit or 0.0))


def _wordless(reason: Reason, view: View) -> View | None:
    """Give the turns with the words of the evidence left out, None where they are all there is."""
    facts = view.facts
    spans = [one.span for one in reason.evidence if one.turn == facts.turn]
    text = facts.text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    if not spans or not any(one.isalnum() for one in text):
        return None
    return _with(view, replace(facts, text=text))


def _unread(facts: TurnFacts) -> TurnFacts:
    """Give a turn as if the model had read nothing in it."""
    return replace(
        facts, intent=None, confidence=0.0, ranking=(), also=(), sentiment="neutral",
        emotion="neutral", frustration=0.0, vulnerable=0.0,
    )  # fmt: skip


def _with(view: View, facts: TurnFacts, *, alone: bool = False) -> View:
    before = () if alone else view.signals.before
    return View(replace(view.signals, turns=(*before, facts)), view.policy, view.recent)


def _in_words(decision: Decision) -> str:
    if decision.main:
        return f"without these words a person would still come ({_named(decision.main)})"
    return f"without these words: {decision.score:.0%} of the way to the nearest limit"


def _named(reason: Reason) -> str:
    return reason.code.replace("_", " ")


def _number(value: float) -> str:
    return f"{value:g}" if value > 1 or value == int(value) else f"{value:.2f}"
