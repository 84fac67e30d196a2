"""When people are at their desks, as data: stretches per weekday, holidays, a time zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from escalation.errors import PolicyError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_MINUTES = 24 * 60
HOUR = 60
STRETCH = re.compile(r"([0-2]?\d)[:.]([0-5]\d) ?[-–] ?([0-2]?\d)[:.]([0-5]\d)", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """Stretches `(start, end)` in minutes after local midnight, Monday first, in order."""

    time_zone: str
    week: tuple[tuple[tuple[int, int], ...], ...]
    holidays: frozenset[date]

    @property
    def zone(self) -> ZoneInfo:
        """Give the time zone."""
        return ZoneInfo(self.time_zone)

    def stretches(self, day: date) -> tuple[tuple[int, int], ...]:
        """Give the stretches of one local day; none on a holiday."""
        return () if day in self.holidays else self.week[day.weekday()]


def read_hours(data: Mapping[str, Any]) -> BusinessHours:
    """Read `business_hours` of a policy; raises PolicyError naming the field, dotted."""
    for key in data:
        if key not in (*DAYS, "time_zone", "holidays"):
            known = ", ".join((*DAYS, "time_zone", "holidays"))
            raise PolicyError(f"business_hours.{key}", f"is not known here; known are {known}.")
    zone = data.get("time_zone", "UTC")
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, TypeError, KeyError):
        problem = f"is {zone!r}; write a name such as Europe/London."
        raise PolicyError("business_hours.time_zone", problem) from None
    week = tuple(_day(data.get(day, []), f"business_hours.{day}") for day in DAYS)
    if not any(week):
        raise PolicyError("business_hours", "has no open hour; open at least one day.")
    return BusinessHours(str(zone), week, _holidays(data.get("holidays", [])))


def _day(value: object, path: str) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list):
        raise PolicyError(path, f'is {value!r}; write a list such as ["09:00-17:30"].')
    written = [_stretch(one, f"{path}.{index}") for index, one in enumerate(value)]
    places = sorted(range(len(written)), key=written.__getitem__)
    for first, second in pairwise(places):
        if written[second][0] < written[first][1]:
            later = max(first, second)
            other = value[min(first, second)]
            problem = f"is {value[later]!r}, which overlaps with {other!r}; part them."
            raise PolicyError(f"{path}.{later}", problem)
    return tuple(written[place] for place in places)


def _stretch(value: object, path: str) -> tuple[int, int]:
    match = STRETCH.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise PolicyError(path, f'is {value!r}; write "09:00-17:30".')
    start, end = (int(match[i]) * HOUR + int(match[i + 1]) for i in (1, 3))
    if not 0 <= start < end <= DAY_MINUTES:
        problem = f'is {value!r}; it must end after it starts, by 24:00 ("20:00-24:00").'
        raise PolicyError(path, problem)
    return start, end


def _holidays(value: object) -> frozenset[date]:
    if not isinstance(value, list):
        raise PolicyError("business_hours.holidays", "must be a list of days such as 2026-12-25.")
    days = set()
    for index, one in enumerate(value):
        try:
            days.add(one if type(one) is date else date.fromisoformat(str(one)))
        except ValueError:
            path = f"business_hours.holidays.{index}"
            says = "is no day of the calendar" if ISO_DAY.fullmatch(str(one)) else "is no day"
            raise PolicyError(path, f"{one!r} {says}; write one such as 2026-12-25.") from None
    return frozenset(days)
