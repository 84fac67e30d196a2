"""How angry a turn is: the model's frustration and the signs in the words, carried over turns."""

from __future__ import annotations

from collections.abc import Sequence

from escalation import words_anger as words
from escalation import words_aside, words_resigned
from escalation.settings import Policy
from escalation.text import Span, without
from escalation.view import Heat, Seen
from escalation.words_insult import Cue

HAPPY_SHARE = 0.3
KIND_SHARE = 0.5
"""What counts of the model's frustration where strong words are kind ("never going back")."""
MOST_REPEATS = 2
"""A sign seen again adds half its weight, twice at most."""
WRY = 0.5
COOL = frozenset(cue.says for cue in words_resigned.CUES)
QUIET = 0.25
"""A frustration below this is what anyone may have who asks for help; nothing of it is carried."""


def heat_of(seen: Seen, policy: Policy) -> Heat:
    """Give the anger of one turn: either sign alone may be mild, together they add up."""
    known = seen.heats.get(id(policy))
    if known is None:
        known = seen.heats[id(policy)] = _heat(seen, policy)
    return known


def _heat(seen: Seen, policy: Policy) -> Heat:
    if not seen.typed:
        return Heat(0.0, (), ())
    facts, groups = seen.facts, policy.intents
    found = _signs(seen)
    calm = 1 - facts.frustration
    kind = bool(_kind(seen))
    if kind and not found:
        calm = 1 - KIND_SHARE * facts.frustration
    damped = HAPPY_SHARE if _pleased(seen) else 1.0
    for cue, spans in found:
        weight = cue.weight if cue.sure else damped * cue.weight
        calm *= (1 - weight) * (1 - weight / 2) ** min(len(spans) - 1, MOST_REPEATS)
    if facts.intent in groups.complaint and facts.frustration >= QUIET:
        calm *= 1 - policy.limits.complaint
    level = 1 - calm
    if aside(seen):
        level *= policy.limits.frustration_aside
    return Heat(
        level,
        tuple(cue.says for cue, _ in sorted(found, key=lambda one: -one[0].weight)),
        tuple(span for _, spans in found for span in spans),
    )


def pressure(levels: Sequence[float], carried: float) -> float:
    """Give the anger of the last turn plus a falling share of what came before it."""
    total = 0.0
    for level in levels:
        kept = carried * total
        total = level + (kept if kept >= carried * QUIET else 0.0)
    return total


def _signs(seen: Seen) -> list[tuple[Cue, list[Span]]]:
    """Give the cues found; those without heat only where no other sign lies in the same words."""
    kind, taken = _kind(seen), list[Span]()
    found = []
    for cue in words.CUES:
        spans = without(seen.find(cue.words), kind)
        if cue.says in COOL:
            spans = without(spans, taken)
        if spans:
            found.append((cue, spans))
            taken += spans
    return found


def _kind(seen: Seen) -> list[Span]:
    """Give strong words that are kind; in an angry message they are wry ("five stars")."""
    facts = seen.facts
    wry = facts.emotion == "angry" and facts.sentiment == "negative" and facts.frustration >= WRY
    return [] if wry else seen.find(words_aside.KIND)


def _pleased(seen: Seen) -> bool:
    facts = seen.facts
    return facts.sentiment == "positive" and facts.emotion == "happy" and facts.frustration < 1 / 2


def aside(seen: Seen) -> bool:
    """Tell whether the anger is at something else than the firm."""
    return bool(seen.find(words_aside.ASIDE)) and not seen.find(words_aside.FIRM)
