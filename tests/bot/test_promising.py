"""What counts as a promise, and by when it is due: a pure function over sentences of agents."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.promising import promise_in
from escalation.hours import BusinessHours, read_hours
from tests.builders import NOON_MS

LINES = Path(__file__).with_name("promising.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [(line[0] == "+", line[2:]) for line in LINES if line[:2] in {"+ ", "- "}]
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


@pytest.fixture
def hours() -> BusinessHours:
    """Give a team that is there Monday to Friday, 9:00 to 17:00 in London."""
    week = {day: ["09:00-17:00"] for day in WORKDAYS}
    return read_hours({"time_zone": "Europe/London", **week, "holidays": ["2026-01-08"]})


def _by(text: str, hours: BusinessHours, now_ms: int = NOON_MS) -> str:
    found = promise_in(text, now_ms, hours)
    assert found, text
    return datetime.fromtimestamp(found.due_ms / 1000, ZoneInfo("Europe/London")).strftime(
        "%a %d %H:%M"
    )


@pytest.mark.parametrize(("promises", "text"), SENTENCES)
def test_what_promises(promises: bool, text: str, hours: BusinessHours) -> None:
    """A deed to come that a customer would wait for is a promise; what is doubtful is none."""
    assert bool(promise_in(text, NOON_MS, hours)) == promises


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("I'll refund you tomorrow.", "Tue 06 17:00"),
        ("We'll send it today.", "Mon 05 17:00"),
        ("I'll call you by 3pm.", "Mon 05 15:00"),
        ("I'll call you by 5.", "Mon 05 17:00"),
        ("I'll call you by 10am.", "Tue 06 10:00"),
        ("I'll call you tomorrow at 10:30.", "Tue 06 10:30"),
        ("I'll get back to you within 20 minutes.", "Mon 05 12:20"),
        ("You will get it by Friday.", "Fri 09 17:00"),
        ("You will have it by Sunday.", "Fri 09 17:00"),
        ("You will have it by Thursday.", "Wed 07 17:00"),
        ("We'll refund you within 3 working days.", "Fri 09 17:00"),
        ("You will hear from us in 2 to 4 days.", "Fri 09 17:00"),
        ("We'll replace it next week.", "Fri 16 17:00"),
        ("I'll let you know.", "Tue 06 17:00"),
    ],
)
def test_due_when_the_team_is_there(text: str, due: str, hours: BusinessHours) -> None:
    """The last moment somebody is there before the time named; holidays and weekends are not."""
    assert _by(text, hours) == due


def test_due_from_a_day_off(hours: BusinessHours) -> None:
    """Said on a Saturday for Sunday, the first time somebody is there counts."""
    saturday = NOON_MS + 5 * 86_400_000
    assert _by("We'll send it tomorrow.", hours, saturday) == "Mon 12 17:00"


def test_span_and_sentence(hours: BusinessHours) -> None:
    """The sentence that promises is told from those around it."""
    text = "Thanks for the photo. We'll refund £12.50 by Friday. Anything else?"
    found = promise_in(text, NOON_MS, hours)
    assert found
    assert found.text == "We'll refund £12.50 by Friday."
    assert text[slice(*found.span)] == found.text


def test_odd_texts(hours: BusinessHours) -> None:
    """Nothing, only signs, and a very long text are read at once and promise nothing."""
    for text in ("", "…", "😡" * 500, "I'll " * 800, "will " * 800):
        assert promise_in(text, NOON_MS, hours) is None
