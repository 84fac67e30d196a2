"""When people write: messages by hour and day of the week, in the shop's own time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.story import Story

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = 24


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of one weekday (0: Monday), how many messages came in it, from whom."""

    weekday: int
    hour: int
    messages: int
    conversations: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a link calls it: `0-14` is Monday from two to three."""
        return f"{self.weekday}-{self.hour}"

    @property
    def words(self) -> str:
        """What people call it."""
        return hour_words(self.name)


def rhythm(stories: Iterable[Story], zone: tzinfo) -> tuple[tuple[Hour, ...], ...]:
    """Give 7 rows of 24 hours; an hour that clocks skip is empty, one they repeat has both."""
    found: dict[tuple[int, int], list[str]] = {}
    for one in stories:
        for at_ms in one.times:
            at = datetime.fromtimestamp(at_ms / 1000, zone)
            found.setdefault((at.weekday(), at.hour), []).append(one.conversation)
    return tuple(
        tuple(_hour(weekday, hour, found.get((weekday, hour), [])) for hour in range(HOURS))
        for weekday in range(len(DAYS))
    )


def _hour(weekday: int, hour: int, wrote: list[str]) -> Hour:
    return Hour(weekday, hour, len(wrote), tuple(dict.fromkeys(wrote)))


def hour_words(name: str) -> str:
    """Say the name of an hour in words; what is no hour is given back."""
    weekday, _, hour = name.partition("-")
    if not (weekday.isdecimal() and hour.isdecimal() and int(weekday) < len(DAYS)):
        return name
    return f"{DAYS[int(weekday)]} {int(hour):02d}:00 to {(int(hour) + 1) % HOURS:02d}:00"
