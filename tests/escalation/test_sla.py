"""Due times in business hours: nights, lunch breaks, holidays and the days when clocks change."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.policy import Policy
from escalation.sla import due_at, hours_in_words, is_breached, is_open, next_open, opening_in_words
from tests.escalation.reading_rows import POLICY_FILE, shop_policy

SHOP = shop_policy()
DATA: dict[str, Any] = yaml.safe_load(POLICY_FILE.read_text(encoding="utf-8"))
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTE = 60_000
YEAR_MS = 366 * 24 * 60 * MINUTE


def policy(zone: str = "Europe/London", **hours: list[str]) -> Policy:
    """Give the shop's policy with other hours, and 60 minutes for every priority."""
    data = deepcopy(DATA)
    data["sla_minutes"] = {"urgent": 60, "high": 60, "normal": 60}
    data["business_hours"] = {"time_zone": zone, **hours}
    return Policy.from_data(data)


def at(text: str, zone: str = "Europe/London", fold: int = 0) -> int:
    """Give the ms of a local time."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return round(local.timestamp() * 1000)


@pytest.mark.parametrize(
    ("created", "priority", "due"),
    [
        ("2026-11-18T10:00", "normal", "2026-11-18T10:15"),
        ("2026-11-18T10:00", "high", "2026-11-18T10:05"),
        ("2026-11-18T10:00", "urgent", "2026-11-18T10:02"),
        ("2026-11-18T17:25", "high", "2026-11-18T17:30"),
        ("2026-11-18T17:28", "high", "2026-11-19T09:03"),
        ("2026-11-18T23:00", "urgent", "2026-11-19T09:02"),
        ("2026-11-20T17:29", "high", "2026-11-21T10:04"),
        ("2026-11-21T14:00", "normal", "2026-11-23T09:15"),
        ("2026-11-22T12:00", "urgent", "2026-11-23T09:02"),
        ("2026-12-24T17:29", "high", "2026-12-26T10:04"),
        ("2026-12-25T12:00", "normal", "2026-12-26T10:15"),
    ],
)
def test_due_time_counts_only_open_minutes(created: str, priority: Any, due: str) -> None:
    """Evenings, Sundays and holidays do not count."""
    assert due_at(priority, at(created), SHOP) == at(due)


def test_lunch_break_does_not_count() -> None:
    """Several stretches a day are added up."""
    hours = policy(wednesday=["13:30-17:00", "09:00-12:30"])
    assert due_at("normal", at("2026-11-18T12:00"), hours) == at("2026-11-18T14:00")
    assert not is_open(at("2026-11-18T13:00"), hours)
    assert next_open(at("2026-11-18T13:00"), hours) == at("2026-11-18T13:30")


def test_night_shift_runs_over_midnight() -> None:
    """A stretch until 24:00 joins the next day's from 00:00."""
    hours = policy(monday=["22:00-24:00"], tuesday=["00:00-06:00"])
    assert due_at("normal", at("2026-11-16T23:30"), hours) == at("2026-11-17T00:30")
    assert is_open(at("2026-11-16T23:59"), hours)
    assert is_open(at("2026-11-17T00:00"), hours)


def test_spring_hour_does_not_exist() -> None:
    """When clocks go forward, an hour on the wall is no hour of work."""
    hours = policy(sunday=["00:00-04:00"])
    assert due_at("normal", at("2026-03-29T00:30"), hours) == at("2026-03-29T02:30")


def test_autumn_hour_counts_twice() -> None:
    """When clocks go back, the hour that comes twice is worked twice."""
    hours = policy(sunday=["00:00-04:00"])
    created = at("2026-10-25T00:30")
    assert due_at("normal", created, hours) == created + 60 * MINUTE
    assert due_at("normal", created, hours) == at("2026-10-25T01:30", fold=0)
    late = at("2026-10-25T03:30")
    assert due_at("normal", late, hours) == at("2026-11-01T00:30")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
def test_hours_are_local(zone: str) -> None:
    """Nine o'clock is the shop's nine o'clock, wherever the server is."""
    hours = policy(zone, **{day: ["09:00-17:00"] for day in DAYS})
    assert next_open(at("2026-06-10T03:00", zone), hours) == at("2026-06-10T09:00", zone)
    assert next_open(at("2026-12-10T03:00", zone), hours) == at("2026-12-10T09:00", zone)


def test_open_and_closed() -> None:
    """The first minute is open, the last moment is not."""
    assert is_open(at("2026-11-18T09:00"), SHOP)
    assert not is_open(at("2026-11-18T17:30"), SHOP)
    assert not is_open(at("2026-12-25T12:00"), SHOP)
    assert next_open(at("2026-11-18T12:00"), SHOP) == at("2026-11-18T12:00")


def test_no_open_day_left_counts_the_clock() -> None:
    """If every day were a holiday, the minutes would still end."""
    data = deepcopy(DATA)
    data["business_hours"] = {"monday": ["09:00-10:00"], "holidays": []}
    monday = date(2026, 11, 16)
    weeks = [str(monday.fromordinal(monday.toordinal() + 7 * n)) for n in range(60)]
    data["business_hours"]["holidays"] = weeks
    closed = Policy.from_data(data)
    now = at("2026-11-18T12:00", "UTC")
    assert due_at("normal", now, closed) == now + 15 * MINUTE
    assert next_open(now, closed) is None


def test_hours_in_words() -> None:
    """Days with the same hours are told together."""
    expected = "Monday to Friday 09:00 to 17:30, Saturday 10:00 to 14:00 (London time)"
    assert hours_in_words(SHOP) == expected


def test_opening_in_words() -> None:
    """A customer is told the day and hour when people are back, in open hours the week."""
    assert opening_in_words(at("2026-01-05T12:00"), SHOP) == hours_in_words(SHOP)
    told = {
        "2026-01-05T07:00": "today at 09:00 (London time)",
        "2026-01-05T20:00": "tomorrow at 09:00 (London time)",
        "2026-01-10T15:00": "on Monday at 09:00 (London time)",
    }
    assert {one: opening_in_words(at(one), SHOP) for one in told} == told


def test_breach_is_past_the_due_time() -> None:
    """A ticket is breached after its due time, not at it."""
    assert not is_breached(1000, 1000)
    assert is_breached(1000, 1001)


@settings(max_examples=200, deadline=None)
@given(st.integers(at("2026-01-01T00:00"), at("2026-01-01T00:00") + YEAR_MS))
def test_due_times_are_ordered_and_open(created: int) -> None:
    """At any moment: urgent ≤ high ≤ normal, later tickets are due later, due times are worked."""
    urgent, high, normal = (due_at(one, created, SHOP) for one in ("urgent", "high", "normal"))
    assert created < urgent < high < normal
    assert due_at("normal", created + MINUTE, SHOP) >= normal
    assert is_open(normal - 1, SHOP)
