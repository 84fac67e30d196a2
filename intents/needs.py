"""More than one need in a message: what its clauses ask for beside the main need."""

from __future__ import annotations

from collections.abc import Sequence

from intents.head import Ranking
from intents.reading import Ranked

SURE = 0.7
STILL_MAIN = 0.1
MOST = 2


def further_needs(whole: Ranking, clauses: Sequence[Ranking]) -> tuple[Ranked, ...]:
    """Give the intents that single clauses are sure of and the whole message is not about.

    At most two, the surest first, and only where another clause speaks of the main need. A clause
    that may well speak of the main need itself adds none. Small talk counts like any other intent:
    who acts on it decides whether it is a need.
    """
    main = whole.ranked[0].intent
    if all(clause.ranked[0].intent != main for clause in clauses):
        return ()
    found: dict[str, float] = {}
    for clause in clauses:
        first = clause.ranked[0]
        if first.intent == main or clause.refused or first.confidence < SURE:
            continue
        if all(one.intent != main or one.confidence < STILL_MAIN for one in clause.ranked):
            found[first.intent] = max(found.get(first.intent, 0.0), first.confidence)
    surest = sorted(found.items(), key=lambda pair: -pair[1])[:MOST]
    return tuple(Ranked(intent, confidence) for intent, confidence in surest)
