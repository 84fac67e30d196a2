"""One probability that a person is needed, from all soft signs together; pure.

Two signs that each stay under a limit of their own may together be enough. The score is a logistic
sum: every sign is 0-1 and can only add to it. The weights stand in policy.yaml; `bench/soft.py`
says how they were made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from escalation import rules_course as course
from escalation import rules_needs, same_need
from escalation import rules_words as by_word
from escalation.heat import heat_of
from escalation.settings import SIGNS, Policy, SoftScore
from escalation.text import evidence, whole
from escalation.values import Code, Evidence, Reason
from escalation.view import RECENT, Finding, Seen, View

Signs = Mapping[str, float]

MOST_PAST = 2
LONG_TURNS = 5
LONG_MS = 20 * 60_000
TELLS = 0.1
"""A sign is told in the sentence from this much of the score's log-odds on."""
SHOWN = 3

WORDS: Mapping[str, tuple[str, str, Code]] = {
    "anger": ("anger", "the anger", "frustrated"),
    "rise": ("anger that grows", "the rise in anger", "frustrated"),
    "failed": ("failed turns", "the failed turns", "repeated_failure"),
    "same_need": ("the same need again", "the repeated question", "repeated_failure"),
    "unsure": ("an unsure reading", "the unsure reading", "repeated_failure"),
    "past": ("an earlier hand-over", "the earlier hand-over", "repeated_failure"),
    "waiting": ("a long way without progress", "the long way here", "repeated_failure"),
    "needs": ("several needs", "the further needs", "complex"),
    "dispute": ("money that may be in dispute", "the reading of a dispute", "complex"),
    "hard_time": ("a hard time", "the reading of a hard time", "vulnerable"),
    "person": ("half a request for a person", "the half request for a person", "asked_for_human"),
}
"""Each sign in a list, after "without", and the code of a reason it leads."""


@dataclass(frozen=True, slots=True)
class Score:
    """The probability, the signs it came from, and what each added to the log-odds."""

    value: float
    signs: Signs
    added: Mapping[str, float]


def score_of(view: View) -> Score:
    """Give the score of the current turn."""
    return score_from(signs_of(view), view.policy.soft)


def score_from(signs: Signs, soft: SoftScore) -> Score:
    """Give the score of known signs; never lower for a larger sign."""
    added = {name: soft.weights[name] * signs[name] for name in SIGNS}
    odds = log(soft.without_signs / (1 - soft.without_signs)) + sum(added.values())
    return Score(1 / (1 + exp(-odds)), signs, added)


def signs_of(view: View) -> Signs:
    """Give every sign of the current turn, 0-1.

    A failed turn makes nothing better: what weighed before it still weighs, up to six turns back.
    """
    found = _signs_now(view)
    for _ in range(RECENT):
        if not (course.fails(view) and view.signals.before):
            break
        view = View(replace(view.signals, turns=view.signals.before), view.policy, view.recent)
        before = _signs_now(view)
        found = {name: max(found[name], before[name]) for name in SIGNS}
    return found


def soft_score(view: View) -> Finding:
    """Escalate when all soft signs together reach the limit; else tell how near they came."""
    score, limit = score_of(view), view.policy.soft.limit
    nearness = score.value / limit
    if nearness < 1:
        return Finding(nearness=nearness)
    main = _strongest(score)[0]
    says = (
        f"has several signs together, none enough alone: {_listed(score)} "
        f"(score {score.value:.2f}, limit {limit:.2f})"
    )
    parts = _where(view, score) or whole(view.facts)
    code = WORDS[main][2]
    found = Reason(code, says, parts, score.value, limit, "soft_score")
    return Finding((replace(found, counterfactual=_without(score, view.policy)),), nearness)


def _without(score: Score, policy: Policy) -> str:
    """Give the score again without the sign whose lack would have kept the bot, or the strongest.

    Of several that would do, the one that added least: it tipped the scales.
    """
    soft = policy.soft
    again = {name: score_from({**score.signs, name: 0.0}, soft).value for name in _strongest(score)}
    enough = [name for name in again if again[name] < soft.limit]
    name = enough[-1] if enough else next(iter(again))
    side = "below" if enough else "still at or above"
    return f"without {WORDS[name][1]}: {again[name]:.2f}, {side} {soft.limit:.2f}"


def _strongest(score: Score) -> list[str]:
    """Give the signs that added to the score, the strongest first; at least one."""
    names = sorted(SIGNS, key=lambda name: -score.added[name])
    return [name for name in names if score.added[name] >= TELLS] or names[:1]


def _listed(score: Score) -> str:
    return ", ".join(WORDS[name][0] for name in _strongest(score)[:SHOWN])


def _signs_now(view: View) -> dict[str, float]:
    """Give the signs as this turn shows them, with what the turns before left.

    Squared, as the fit asks for: half-way to a limit is what many calm messages are, and only near
    it does a sign tell much.
    """
    anger, rise = _mood(view)
    found = {
        "anger": anger,
        "rise": rise,
        "failed": course.failed_turns(view) / view.policy.limits.failed_turns,
        "same_need": _same_need(view),
        "unsure": _unsure(view),
        "past": view.signals.past_escalations / MOST_PAST,
        "waiting": _waiting(view),
        "needs": _further_needs(view),
        "dispute": course.disputed(view).nearness,
        "hard_time": by_word.read_as_vulnerable(view).nearness,
        "person": by_word.asked_for_human(view).nearness,
    }
    return {name: min(max(value, 0.0), 1.0) ** 2 for name, value in found.items()}


def _mood(view: View) -> tuple[float, float]:
    """Give the anger carried to this turn by its limit, and how far it rose above the turns before.

    A failed turn between does not cool anybody.
    """
    limits = view.policy.limits
    levels = [heat_of(seen, view.policy).level for seen in view.recent]
    total = 0.0
    for level in levels:
        total = level + limits.frustration_carried * total
    before = levels[:-1]
    rise = levels[-1] - sum(before) / len(before) if before else 0.0
    return total / limits.frustration, rise


def _same_need(view: View) -> float:
    """Give how much of this turn was said before about the same need, by the limit for that."""
    seen = view.current
    if not seen.typed or not seen.facts.read:
        return 0.0
    earlier = [one for one in view.recent[:-1] if one.typed and _same(one, seen)]
    return max((same_need.nearness(seen, one, view.policy) for one in earlier), default=0.0)


def _same(earlier: Seen, current: Seen) -> bool:
    return current.facts.intent in (earlier.facts.intent, None)


def _unsure(view: View) -> float:
    """Give how unsure the model is of what is needed; small talk needs nothing."""
    seen, facts = view.current, view.facts
    idle = facts.intent in view.policy.intents.chitchat or same_need.small_talk(seen)
    return 0.0 if idle or not seen.typed or not facts.read else 1 - facts.confidence


def _further_needs(view: View) -> float:
    """Give how near to too many needs the message is; the first need is what anybody has."""
    limit = view.policy.limits.needs
    needs = rules_needs.several_needs(view).nearness * limit
    return (needs - 1) / (limit - 1) if limit > 1 else needs


def _waiting(view: View) -> float:
    """Give how long the customer goes on without progress: in turns, or by the clock."""
    turns = view.signals.turns
    last = max((at for at, one in enumerate(turns) if one.payload == "solved"), default=-1)
    since = turns[last + 1 :]
    if not since:
        return 0.0
    waited = (since[-1].at_ms - since[0].at_ms) / LONG_MS if since[0].at_ms else 0.0
    return max((len(since) - 1) / LONG_TURNS, waited)


def _where(view: View, score: Score) -> tuple[Evidence, ...]:
    """Give the words of the signs that have some: those of anger in this turn."""
    angry: Sequence[str] = [name for name in ("anger", "rise") if score.added[name] >= TELLS]
    return evidence(view.facts, list(heat_of(view.current, view.policy).spans)) if angry else ()
