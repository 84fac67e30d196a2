"""What the insights page says of promises: requests for a person, told waits, needless handoffs.

Pure, counted anew from the raw entries; each figure keeps the conversations behind it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.asked import CLOSED, LET_GO, Request, requests
from bot.feedback import Verdict, handoffs, verdicts
from bot.figures import Share, percentile, share_of
from bot.story import Span, Told
from bot.values import Entry
from bot.waits import OPENED, told_ms
from escalation.policy import Policy
from escalation.sla import MINUTE_MS, open_between
from escalation.ticket import PRIORITIES, Priority
from escalation.waits import waited

IN_TIME = "within the time for a first reply"
LATER = "later than that"
GAVE_UP = "let go before anybody wrote"
UNANSWERED = "closed without a word"
STILL = "still waiting"
OUTCOMES = (IN_TIME, LATER, GAVE_UP, UNANSWERED, STILL)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one priority: whose wait was no longer than told, and whose was."""

    priority: Priority
    held: Share
    missed: Share


@dataclass(frozen=True, slots=True)
class Promises:
    """Everything the page shows of promises in one span."""

    asked: tuple[Share, ...]
    median_ms: float | None
    p90_ms: float | None
    coverage: tuple[Coverage, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def requests(self) -> int:
        """How often somebody asked for a person."""
        return sum(one.count for one in self.asked)

    @property
    def spared(self) -> int:
        """How many handoffs did not need a person, as agents say."""
        return sum(len(one.spared) for one in self.verdicts)

    @property
    def closed(self) -> int:
        """How many handoffs agents closed."""
        return sum(len(one.closed) for one in self.verdicts)


def promises(told: Sequence[Told], span: Span, policy: Policy) -> Promises:
    """Give the figures of a span; first-reply times and opening hours are the policy's of now."""
    now_ms = span.until_ms - 1
    asked = [
        (one.conversation, request)
        for one in told
        for request in requests(one.entries)
        if span.since_ms <= request.at_ms < span.until_ms
    ]
    times = [one.answered_ms - one.at_ms for _, one in asked if one.answered_ms is not None]
    closed = [one for conversation in told for one in handoffs(conversation, span)]
    return Promises(
        asked=tuple(
            share_of(name, [one for one, request in asked if _outcome(request, policy) == name])
            for name in OUTCOMES
        ),
        median_ms=statistics.median(times) if times else None,
        p90_ms=percentile(times, 0.9),
        coverage=_coverage(told, span, policy, now_ms),
        verdicts=verdicts(closed),
    )


def behind_promise(found: Promises, figure: str, value: str) -> tuple[str, ...] | None:
    """Give the conversations behind one figure, None if there is no such figure."""
    if figure == "asked":
        return next((one.conversations for one in found.asked if one.name == value), None)
    if figure in {"held", "missed"}:
        shares = (getattr(one, figure) for one in found.coverage)
        return next((one.conversations for one in shares if one.name == value), None)
    if figure in {"spared", "closed"}:
        names = (getattr(one, figure) for one in found.verdicts if one.rule == value)
        return next((tuple(dict.fromkeys(one)) for one in names), None)
    return None


def _outcome(request: Request, policy: Policy) -> str:
    if request.answered_ms is None:
        return GAVE_UP if request.let_go else UNANSWERED if request.closed else STILL
    priority = next(one for one in PRIORITIES if one == request.priority)
    allowed = policy.sla_minutes[priority] * MINUTE_MS
    taken = open_between(request.at_ms, request.answered_ms, policy.hours)
    return IN_TIME if taken <= allowed else LATER


def _coverage(
    told: Iterable[Told], span: Span, policy: Policy, now_ms: int
) -> tuple[Coverage, ...]:
    found: dict[tuple[str, bool], list[str]] = {}
    for one in told:
        for priority, held in _told_waits(one.entries, span, policy, now_ms):
            found.setdefault((priority, held), []).append(one.conversation)
    made = (
        Coverage(
            priority,
            held=share_of(priority, found.get((priority, True), [])),
            missed=share_of(priority, found.get((priority, False), [])),
        )
        for priority in PRIORITIES
    )
    return tuple(one for one in made if one.held.count or one.missed.count)


def _told_waits(
    entries: Sequence[Entry], span: Span, policy: Policy, now_ms: int
) -> Iterable[tuple[str, bool]]:
    """Give the priority of each told wait of a span, and whether it was no longer than told.

    Whoever let go, or still waits, counts once they waited longer than told, and else not at all.
    """
    for at, opened in enumerate(entries):
        if opened.kind != "event" or opened.data["what"] != OPENED:
            continue
        longest = told_ms(opened)
        if longest is None or not span.since_ms <= opened.at_ms < span.until_ms:
            continue
        end = next((one for one in entries[at + 1 :] if _ends(one)), None)
        answered = end is not None and end.kind == "message"
        held = waited(opened.at_ms, end.at_ms if end else now_ms, policy.hours) <= longest
        if answered or not held:
            yield str(opened.data["priority"]), held


def _ends(entry: Entry) -> bool:
    if entry.kind == "message":
        return bool(entry.data["author"] == "agent")
    return entry.kind == "event" and entry.data["what"] in {*CLOSED, LET_GO}
