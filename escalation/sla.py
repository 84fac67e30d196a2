"""By when a person should answer, in business time; pure: times are ms since 1970, passed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from escalation.hours import DAY_MINUTES, DAYS, HOUR, BusinessHours
from escalation.settings import Policy
from escalation.ticket import Priority

MINUTE_MS = 60_000
HORIZON_DAYS = 400


def due_at(priority: Priority, created_ms: int, policy: Policy) -> int:
    """Give the moment by which a ticket of this priority should have its first answer.

    Only open hours count. With no open hour in over a year the minutes count on the clock.
    """
    return after_open(created_ms, policy.sla_minutes[priority] * MINUTE_MS, policy.hours)


def after_open(from_ms: int, open_ms: int, hours: BusinessHours) -> int:
    """Give the moment when so much open time has passed since a moment.

    With no open hour in over a year the time counts on the clock.
    """
    left = open_ms
    for start, end in _stretches(from_ms, hours):
        begin = max(start, from_ms)
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return from_ms + open_ms


def open_between(start_ms: int, end_ms: int, hours: BusinessHours) -> int:
    """Give the open time between two moments in ms, 0 if the second is not later."""
    return sum(end - start for start, end in open_stretches(start_ms, end_ms, hours))


def open_stretches(start_ms: int, end_ms: int, hours: BusinessHours) -> list[tuple[int, int]]:
    """Give the open stretches between two moments, cut off at both, in order, in ms."""
    found: list[tuple[int, int]] = []
    for start, end in _stretches(start_ms, hours):
        if start >= end_ms:
            break
        found.append((max(start, start_ms), min(end, end_ms)))
    return found


def is_open(now_ms: int, policy: Policy) -> bool:
    """Tell whether people are at their desks."""
    return any(start <= now_ms for start, _ in _next(now_ms, policy.hours))


def next_open(now_ms: int, policy: Policy) -> int | None:
    """Give `now_ms` in open hours, else when they next begin; None if never in over a year."""
    return next((max(start, now_ms) for start, _ in _next(now_ms, policy.hours)), None)


def is_breached(due_ms: int, now_ms: int) -> bool:
    """Tell whether a due time is past."""
    return now_ms > due_ms


def hours_in_words(policy: Policy) -> str:
    """Give the week for a customer, e.g. "Monday to Friday 09:00 to 17:30 (London time)"."""
    parts = []
    days = list(zip(DAYS, policy.hours.week, strict=True))
    for stretches, group in groupby(days, key=lambda one: one[1]):
        names = [name.capitalize() for name, _ in group]
        if stretches:
            name = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
            parts.append(f"{name} {' and '.join(_words(one) for one in stretches)}")
    return f"{', '.join(parts)} ({_zone_in_words(policy.hours)})"


def opening_in_words(now_ms: int, policy: Policy) -> str:
    """Give when people are back for a customer, e.g. "on Monday at 09:00 (London time)".

    In open hours, or when they never open, the week is told instead.
    """
    opens = next_open(now_ms, policy)
    if opens is None or opens == now_ms:
        return hours_in_words(policy)
    here, then = (_local(moment, policy.hours) for moment in (now_ms, opens))
    days = (then.date() - here.date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {DAYS[then.weekday()].capitalize()}")
    if days > 6:
        day = f"on {then.day} {then:%B}"
    return f"{day} at {then:%H:%M} ({_zone_in_words(policy.hours)})"


def _local(moment_ms: int, hours: BusinessHours) -> datetime:
    return datetime.fromtimestamp(moment_ms / 1000, UTC).astimezone(hours.zone)


def _zone_in_words(hours: BusinessHours) -> str:
    """Say Europe/London as London time."""
    place = hours.time_zone.rpartition("/")[2].replace("_", " ")
    return place if place == "UTC" else f"{place} time"


def _next(now_ms: int, hours: BusinessHours) -> Iterator[tuple[int, int]]:
    first = next(_stretches(now_ms, hours), None)
    return iter(()) if first is None else iter((first,))


def _stretches(from_ms: int, hours: BusinessHours) -> Iterator[tuple[int, int]]:
    """Give open stretches that end after a moment, in order, in ms."""
    day = _local(from_ms, hours).date()
    for offset in range(-1, HORIZON_DAYS):
        here = day + timedelta(days=offset)
        for start, end in hours.stretches(here):
            stretch = _moment(here, start, hours), _moment(here, end, hours)
            if stretch[1] > max(from_ms, stretch[0]):
                yield stretch


def _moment(day: date, minutes: int, hours: BusinessHours) -> int:
    if minutes == DAY_MINUTES:
        day, minutes = day + timedelta(days=1), 0
    local = datetime.combine(day, time(minutes // HOUR, minutes % HOUR), hours.zone)
    return round(local.timestamp() * 1000)


def _words(stretch: tuple[int, int]) -> str:
    return " to ".join(f"{minutes // HOUR:02d}:{minutes % HOUR:02d}" for minutes in stretch)
