"""What the outcome of a try means: sent, again and when, or dead. Pure; jitter is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

Outcome = Literal["sent", "again", "dead", "late"]

# After the first failure, the second, … : ten tries over about three days.
DELAYS_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
TRIES = len(DELAYS_S) + 1
JITTER = 0.2
EVENT_LIVES_MS = 4 * 86_400_000
ENDPOINT_DEAD_MS = 3 * 86_400_000
FAILS_ALLOWED = 3
REST_S = 5.0
LONGEST_REST_S = 600.0
LONGEST_WAIT_S = 86_400.0
GONE = 410
ASK_LATER = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an event after a try, and how long its endpoint is left alone."""

    outcome: Outcome
    again_in_ms: int = 0
    rest_ms: int = 0
    gone: bool = False


def judge(
    status: int, tries: int, fails: int, *, retry_after_s: float = 0, jitter: float = 1
) -> Verdict:
    """Say what a try means: `status` 0 is no answer, `tries` and `fails` count those before it.

    `jitter` is a factor around 1 that keeps many events from being tried in step.
    """
    if 200 <= status < 300:
        return Verdict("sent")
    asked_s = min(retry_after_s, LONGEST_WAIT_S) if status in ASK_LATER else 0.0
    rest_s = max(_rest_s(fails + 1) * jitter, asked_s)
    rest_ms = int(rest_s * 1000)
    if status == GONE or tries + 1 >= TRIES:
        return Verdict("dead", rest_ms=rest_ms, gone=status == GONE)
    again_s = max(DELAYS_S[tries] * jitter, asked_s)
    return Verdict("again", int(again_s * 1000), rest_ms)


def retry_after(header: str, now_ms: int) -> float:
    """Give the seconds a Retry-After asks for, 0 if it cannot be read."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        when = parsedate_to_datetime(header)
    except (TypeError, ValueError, IndexError, OverflowError):
        return 0.0
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.fromtimestamp(now_ms / 1000, UTC)).total_seconds())


def _rest_s(fails: int) -> float:
    """Give how long an endpoint that failed so often in a row is left alone."""
    if fails < FAILS_ALLOWED:
        return 0.0
    return float(min(REST_S * 2.0 ** min(fails - FAILS_ALLOWED, 20), LONGEST_REST_S))
