"""The clocks of a conversation as desk and sweeper see them: derived each time, stored nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.services import Services
from bot.values import Entry, State
from escalation.clocks import Clock, Moments, clocks_of, most_pressing
from escalation.policy import Policy
from escalation.sla import open_stretches
from escalation.ticket import Ticket

WINDOW_MS = 8 * 86_400_000
"""So far before and after now the desk is told open hours; further off it names the day."""


def clocks(ticket: Ticket, state: State, policy: Policy, now_ms: int) -> tuple[Clock, ...]:
    """Give the clocks of the ticket of a conversation, first reply first."""
    moments = Moments(
        created_ms=ticket.created_ms,
        due_ms=ticket.due_ms,
        first_reply_ms=state.first_reply_ms or None,
        owed_ms=owed_since(state.recent) if state.first_reply_ms else None,
        closed_ms=ticket.closed_ms,
    )
    return clocks_of(moments, ticket.priority, policy, now_ms)


def owed_since(entries: Sequence[Entry]) -> int | None:
    """Give when the oldest message came that no agent answered since, None if there is none."""
    oldest = None
    for entry in reversed(entries):
        if entry.kind == "message" and entry.data["author"] == "agent":
            break
        if entry.kind == "message" and entry.data["author"] == "customer":
            oldest = entry.at_ms
    return oldest


def pressing_row(
    ticket: Ticket | None, state: State, policy: Policy, now_ms: int
) -> dict[str, Any] | None:
    """Give the clock a list of the desk shows, None where none runs."""
    if ticket is None or not ticket.is_open:
        return None
    clock = most_pressing(clocks(ticket, state, policy, now_ms))
    return clock_row(clock) if clock else None


def clock_rows(services: Services, ticket: Ticket | None, state: State) -> list[dict[str, Any]]:
    """Give all clocks of an open ticket, for its card."""
    if ticket is None or not ticket.is_open:
        return []
    found = clocks(ticket, state, services.packs.live().policy, services.clock())
    return [clock_row(one) for one in found]


def clock_row(clock: Clock) -> dict[str, Any]:
    """Give a clock as JSON; times are ms, `left_ms` is business time."""
    return {
        "name": clock.name,
        "state": clock.state,
        "since_ms": clock.since_ms,
        "warn_ms": clock.warn_ms,
        "due_ms": clock.due_ms,
        "stopped_ms": clock.stopped_ms,
        "left_ms": clock.left_ms,
        "resumes_ms": clock.resumes_ms,
    }


def open_hours(services: Services) -> dict[str, Any]:
    """Give the server's time and the open stretches around it, so that the desk can count down."""
    now, hours = services.clock(), services.packs.live().policy.hours
    return {"now_ms": now, "open": open_stretches(now - WINDOW_MS, now + WINDOW_MS, hours)}
