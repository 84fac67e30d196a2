"""The turns as the rules see them: each text folded once, with the policy beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from escalation.settings import Policy
from escalation.text import Folded, Span, evidence, fold, quoted, without
from escalation.values import Code, Evidence, Reason, Signals, TurnFacts
from escalation.vocabulary import spelling

RECENT = 6
"""So many turns back the rules look; older ones no longer weigh."""
MENDED = "en"
"""The language in which mistyped words are mended; the word list has no other."""
MEANT_PAYLOADS = ("solved", "not_quite", "declined", "person")


@dataclass(frozen=True, slots=True)
class Heat:
    """The anger of one turn, 0-1; what the words showed of it, and where."""

    level: float
    says: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Seen:
    """One turn with its folded text."""

    facts: TurnFacts
    folded: Folded
    heats: dict[int, Heat] = field(default_factory=dict, compare=False, repr=False)
    """Its anger as judged already, by the id of the policy; several rules ask for it."""

    def find(
        self, *patterns: re.Pattern[str], excuses: re.Pattern[str] | None = None
    ) -> list[Span]:
        """Give where any of the patterns match, without what an excuse covers."""
        found = [span for pattern in patterns for span in self.folded.find(pattern)]
        return without(found, self.folded.find(excuses)) if found and excuses else found

    @property
    def typed(self) -> bool:
        """Tell whether the customer wrote this, rather than pressed a quick reply."""
        payload = self.facts.payload
        return not payload or not (payload in MEANT_PAYLOADS or payload.startswith("intent:"))


@dataclass(frozen=True)
class View:
    """Everything a rule needs: signals, policy, and the last turns with their folded texts."""

    signals: Signals
    policy: Policy
    known: tuple[Seen, ...] = field(default=(), compare=False, repr=False)
    """Turns folded already, of a view of the same conversation under the same policy."""

    @cached_property
    def recent(self) -> tuple[Seen, ...]:
        """Give the last turns, the current one last."""
        own = tuple(chain.from_iterable(self.policy.own_words.values()))
        ways = spelling(own)
        known = {id(one.facts): one for one in self.known}
        return tuple(
            known.get(id(one))
            or Seen(one, fold(one.text, ways if one.language == MENDED else None))
            for one in self.signals.turns[-RECENT:]
        )

    @property
    def current(self) -> Seen:
        """Give the turn that is judged."""
        return self.recent[-1]

    @property
    def facts(self) -> TurnFacts:
        """Give the facts of the turn that is judged."""
        return self.signals.current


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found: its reasons, and how near its soft limit the turn was (1: at it)."""

    reasons: tuple[Reason, ...] = ()
    nearness: float = 0.0


def by_words(
    seen: Seen, code: Code, rule: str, says: str, spans: Iterable[Span]
) -> tuple[Reason, ...]:
    """Give one reason from decisive words, or none where there are no words."""
    parts = evidence(seen.facts, list(spans))
    if not parts:
        return ()
    return (Reason(code, f"{says}: {quoted(parts)}", parts, None, None, rule),)


def by_score(
    code: Code,
    rule: str,
    says: str,
    parts: tuple[Evidence, ...],
    score: float,
    limit: float,
) -> Finding:
    """Give a reason when a score reaches its limit, else only how near it came."""
    nearness = score / limit if limit else 0.0
    if score < limit:
        return Finding(nearness=nearness)
    return Finding((Reason(code, says, parts, score, limit, rule),), nearness)
