"""Three clocks in business time: zones, clock changes, holidays, several stretches a day."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.clocks import Clock, Moments, clocks_of, most_pressing, next_change
from escalation.policy import Policy
from escalation.sla import after_open, due_at, open_between
from tests.escalation.reading_rows import POLICY_FILE

DATA: dict[str, Any] = yaml.safe_load(POLICY_FILE.read_text(encoding="utf-8"))
MINUTE = 60_000
ALL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = {one: ["09:00-12:30", "13:30-17:00"] for one in ALL}
ZONES = ("Europe/London", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")


def policy(zone: str = "Europe/London", minutes: object = None, **hours: list[str]) -> Policy:
    """Give a policy: 60 minutes to the first reply, 30 to each next one, 240 to the end."""
    data = deepcopy(DATA)
    one = {"first_reply": 60, "next_reply": 30, "resolution": 240}
    data["sla_minutes"] = minutes or {"urgent": one, "high": one, "normal": one}
    data["business_hours"] = {"time_zone": zone, **(hours or DAY)}
    return Policy.from_data(data)


def at(text: str, zone: str = "Europe/London", fold: int = 0) -> int:
    """Give the ms of a local time."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return round(local.timestamp() * 1000)


def first(created: int, now: int, rules: Policy, **more: Any) -> Clock:
    """Give the first clock of a normal ticket."""
    return clocks_of(
        Moments(created, due_at("normal", created, rules), **more), "normal", rules, now
    )[0]


@pytest.mark.parametrize(
    ("now", "state", "left"),
    [
        ("2026-11-18T10:00", "running", 60),
        ("2026-11-18T10:44", "running", 16),
        ("2026-11-18T10:45", "warned", 15),
        ("2026-11-18T11:00", "warned", 0),
        ("2026-11-18T11:01", "breached", -1),
        ("2026-11-18T13:00", "breached", -90),
        ("2026-11-18T14:00", "breached", -120),
    ],
)
def test_a_clock_runs_warns_and_breaks(now: str, state: str, left: int) -> None:
    """At three quarters of its time it warns, after all of it it is breached; lunch is no time."""
    clock = first(at("2026-11-18T10:00"), at(now), policy())
    assert (clock.state, clock.left_ms) == (state, left * MINUTE)


def test_a_clock_stands_still_while_the_shop_is_closed() -> None:
    """In the evening nothing passes, and it says when it goes on."""
    rules, created = policy(), at("2026-11-18T16:30")
    evening = first(created, at("2026-11-18T23:00"), rules)
    assert (evening.state, evening.left_ms) == ("running", 30 * MINUTE)
    assert evening.resumes_ms == at("2026-11-19T09:00")
    assert first(created, at("2026-11-18T16:59"), rules).resumes_ms is None
    assert first(created, at("2026-11-19T09:15"), rules).state == "warned"
    assert first(created, at("2026-11-19T09:31"), rules).state == "breached"


def test_a_message_stops_the_first_reply_and_a_claim_does_not() -> None:
    """In time it is met, late it stays breached; nothing goes on afterwards."""
    rules, created = policy(), at("2026-11-18T10:00")
    met = first(created, at("2026-11-18T16:00"), rules, first_reply_ms=at("2026-11-18T10:59"))
    assert (met.state, met.left_ms, met.runs) == ("met", MINUTE, False)
    late = first(created, at("2026-11-18T16:00"), rules, first_reply_ms=at("2026-11-18T11:05"))
    assert (late.state, late.left_ms, late.next_ms) == ("breached", -5 * MINUTE, None)


def test_the_next_reply_starts_at_the_oldest_unanswered_message() -> None:
    """It is there only while a message is owed an answer, and only where it has minutes."""
    rules, created = policy(), at("2026-11-18T10:00")
    moments = Moments(created, at("2026-11-18T11:00"), at("2026-11-18T10:10"))
    now = at("2026-11-18T12:20")
    assert [one.name for one in clocks_of(moments, "normal", rules, now)] == [
        *("first_reply", "resolution")
    ]
    owed = Moments(created, moments.due_ms, moments.first_reply_ms, owed_ms=at("2026-11-18T12:10"))
    clocks = clocks_of(owed, "normal", rules, now)
    assert [one.name for one in clocks] == ["first_reply", "next_reply", "resolution"]
    assert clocks[1].due_ms == at("2026-11-18T13:40")
    assert most_pressing(clocks) == clocks[1]
    assert next_change(clocks) == clocks[1].warn_ms
    plain = policy(minutes={"urgent": 60, "high": 60, "normal": 60})
    assert [one.name for one in clocks_of(owed, "normal", plain, now)] == ["first_reply"]


def test_closing_stops_them_all() -> None:
    """Nothing of a closed ticket changes by itself."""
    rules, created = policy(), at("2026-11-18T10:00")
    closed = Moments(created, at("2026-11-18T11:00"), closed_ms=at("2026-11-18T10:20"))
    clocks = clocks_of(closed, "normal", rules, at("2026-11-25T10:00"))
    assert [one.state for one in clocks] == ["met", "met"]
    assert most_pressing(clocks) is None
    assert next_change(clocks) is None


def test_holidays_do_not_pass() -> None:
    """Christmas and the Sunday after it are no time."""
    rules = Policy.from_data(DATA)
    clock = first(at("2026-12-24T17:20"), at("2026-12-26T09:00"), rules)
    assert (clock.left_ms, clock.resumes_ms) == (5 * MINUTE, at("2026-12-26T10:00"))


def test_the_hour_that_is_not_there_and_the_one_that_comes_twice() -> None:
    """On the days when clocks change, real minutes count and not those on the wall."""
    night = policy(sunday=["00:00-04:00"])
    assert open_between(at("2026-03-29T00:00"), at("2026-03-29T04:00"), night.hours) == 180 * MINUTE
    assert open_between(at("2026-10-25T00:00"), at("2026-10-25T04:00"), night.hours) == 300 * MINUTE
    spring = first(at("2026-03-29T00:30"), at("2026-03-29T02:10"), night)
    assert spring.left_ms == 20 * MINUTE
    autumn = first(at("2026-10-25T00:30"), at("2026-10-25T01:30", fold=1), night)
    assert (autumn.state, autumn.left_ms) == ("breached", -60 * MINUTE)


def test_a_shop_that_never_opens_counts_the_clock() -> None:
    """With nothing but holidays for over a year, minutes are minutes."""
    data = deepcopy(DATA)
    monday = datetime(2026, 11, 16, tzinfo=UTC).date()
    weeks = [str(monday.fromordinal(monday.toordinal() + 7 * n)) for n in range(60)]
    data["business_hours"] = {"monday": ["09:00-10:00"], "holidays": weeks}
    rules, now = Policy.from_data(data), at("2026-11-18T12:00", "UTC")
    clock = first(now, now + 10 * MINUTE, rules)
    assert (clock.left_ms, clock.resumes_ms) == (5 * MINUTE, None)
    assert clock.warn_ms == now + round(11.25 * MINUTE)


def slow_open(start: int, end: int, rules: Policy) -> int:
    """Count open minutes one by one, by the clock on the wall."""
    hours, count = rules.hours, 0
    for moment in range(start, end, MINUTE):
        local = datetime.fromtimestamp(moment / 1000, UTC).astimezone(hours.zone)
        minute = local.hour * 60 + local.minute
        count += any(low <= minute < high for low, high in hours.stretches(local.date()))
    return count * MINUTE


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 366 * 24 * 60),
    st.integers(0, 60 * 30),
    st.integers(0, 600),
)
def test_open_time_is_what_a_minute_by_minute_count_says(
    zone: str, offset: int, length: int, minutes: int
) -> None:
    """In every zone and at every time of the year, clock changes among them."""
    rules = policy(zone, **DAY)
    start = at("2026-01-01T00:00", "UTC") + offset * MINUTE
    end = start + length * MINUTE
    assert open_between(start, end, rules.hours) == slow_open(start, end, rules)
    due = after_open(start, minutes * MINUTE, rules.hours)
    assert open_between(start, due, rules.hours) == minutes * MINUTE


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 366 * 24 * 60), st.integers(0, 60 * 40))
def test_a_clock_changes_when_it_said(zone: str, offset: int, later: int) -> None:
    """Until the moment it named nothing changes; at it, it warns or breaks; warning comes first."""
    rules = policy(zone, **DAY)
    created = at("2026-01-01T00:00", "UTC") + offset * MINUTE
    now = created + later * MINUTE
    clock = first(created, now, rules)
    assert created <= clock.warn_ms <= clock.due_ms
    if clock.next_ms is None:
        assert clock.state == "breached"
        return
    assert first(created, clock.next_ms - 1, rules).state == clock.state
    assert first(created, clock.next_ms, rules).state != clock.state
