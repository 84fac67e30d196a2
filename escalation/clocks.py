"""The three clocks of a ticket, in business time; pure: times are ms since 1970, passed in.

First reply: from the request until an agent has written (not until the claim). Next reply: from the
oldest customer message since then that no agent answered, until one does. Resolution: until closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from escalation.policy import Policy
from escalation.sla import MINUTE_MS, after_open, next_open, open_between
from escalation.targets import ClockName
from escalation.ticket import Priority

ClockState = Literal["running", "warned", "breached", "met"]
STILL: tuple[ClockState, ...] = ("running", "warned", "breached")


@dataclass(frozen=True, slots=True)
class Moments:
    """What happened to a ticket, as its clocks see it.

    `due_ms` is the promise made at the opening: later policies do not change it, a more pressing
    turn may. `owed_ms` is the oldest customer message after the first reply that nobody answered.
    """

    created_ms: int
    due_ms: int
    first_reply_ms: int | None = None
    owed_ms: int | None = None
    closed_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock at a moment.

    `left_ms` is business time, negative past the due time. `resumes_ms` is when it goes on where
    the shop is closed now, else None. A clock that stopped late stays breached.
    """

    name: ClockName
    since_ms: int
    warn_ms: int
    due_ms: int
    stopped_ms: int | None
    state: ClockState
    left_ms: int
    resumes_ms: int | None = None

    @property
    def runs(self) -> bool:
        """Tell whether it has not been stopped."""
        return self.stopped_ms is None

    @property
    def next_ms(self) -> int | None:
        """Give when it will next change by itself, None if never."""
        if not self.runs or self.state == "breached":
            return None
        return self.due_ms + 1 if self.state == "warned" else self.warn_ms


def clocks_of(
    moments: Moments, priority: Priority, policy: Policy, now_ms: int
) -> tuple[Clock, ...]:
    """Give the clocks of a ticket that have started, first reply first."""
    created, replied = moments.created_ms, moments.first_reply_ms
    first_stop = replied if replied is not None else moments.closed_ms
    found = [_clock("first_reply", created, moments.due_ms, first_stop, policy, now_ms)]
    minutes = policy.targets.of("next_reply", priority)
    if minutes and moments.owed_ms is not None:
        due = after_open(moments.owed_ms, minutes * MINUTE_MS, policy.hours)
        found.append(_clock("next_reply", moments.owed_ms, due, moments.closed_ms, policy, now_ms))
    minutes = policy.targets.of("resolution", priority)
    if minutes:
        due = after_open(created, minutes * MINUTE_MS, policy.hours)
        found.append(_clock("resolution", created, due, moments.closed_ms, policy, now_ms))
    return tuple(found)


def most_pressing(clocks: Sequence[Clock]) -> Clock | None:
    """Give the clock to look at: of those that run the one that is due first, None if none runs."""
    return min((one for one in clocks if one.runs), key=lambda one: one.due_ms, default=None)


def next_change(clocks: Sequence[Clock]) -> int | None:
    """Give the first moment at which one of them changes by itself, None if none does."""
    moments = (one.next_ms for one in clocks)
    return min((one for one in moments if one is not None), default=None)


def _clock(
    name: ClockName,
    since_ms: int,
    due_ms: int,
    stopped_ms: int | None,
    policy: Policy,
    now_ms: int,
) -> Clock:
    warn_ms = _warn_at(since_ms, due_ms, policy)
    seen_ms = now_ms if stopped_ms is None else stopped_ms
    resumes = next_open(now_ms, policy) if stopped_ms is None else None
    return Clock(
        name=name,
        since_ms=since_ms,
        warn_ms=warn_ms,
        due_ms=due_ms,
        stopped_ms=stopped_ms,
        state=_state(seen_ms, warn_ms, due_ms, stopped=stopped_ms is not None),
        left_ms=_left(seen_ms, due_ms, policy),
        resumes_ms=resumes if resumes is not None and resumes > now_ms else None,
    )


def _state(seen_ms: int, warn_ms: int, due_ms: int, *, stopped: bool) -> ClockState:
    if seen_ms > due_ms:
        return "breached"
    if stopped:
        return "met"
    return "warned" if seen_ms >= warn_ms else "running"


def _warn_at(since_ms: int, due_ms: int, policy: Policy) -> int:
    """Give when the share of a clock's open time is used up that calls for a warning."""
    share, hours = policy.targets.warn_share, policy.hours
    allowed = open_between(since_ms, due_ms, hours)
    if not allowed:  # due in closed hours, or never open: the wall clock counts
        return since_ms + round(max(0, due_ms - since_ms) * share)
    return after_open(since_ms, round(allowed * share), hours)


def _left(seen_ms: int, due_ms: int, policy: Policy) -> int:
    if next_open(seen_ms, policy) is None:
        return due_ms - seen_ms
    if seen_ms <= due_ms:
        return open_between(seen_ms, due_ms, policy.hours)
    return -open_between(due_ms, seen_ms, policy.hours)
