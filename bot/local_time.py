"""Local times as people write them, also where the clocks go forward or back. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BotError


class NoSuchTime(BotError):
    """Raised when a written time is none, or is left out when the clocks go forward."""


def moment_of(written: str, zone: ZoneInfo) -> int:
    """Give the ms since 1970 of a local time such as `2026-03-30T09:00`; raises NoSuchTime.

    An hour that comes twice, when the clocks go back, is the first of the two.
    """
    try:
        local = datetime.fromisoformat(written)
    except ValueError as error:
        raise NoSuchTime(f"“{written}” is no day and time; write 2026-03-30T09:00.") from error
    if local.tzinfo:
        raise NoSuchTime("Leave the offset out; the time is meant in the time zone of the rules.")
    moment = local.replace(tzinfo=zone, fold=0)
    back = moment.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != local:
        raise NoSuchTime(
            f"There is no {local:%H:%M} on {local.day} {local:%B %Y} in {place_of(zone)} time: the "
            f"clocks go forward over it. Choose {back:%H:%M}, or another time."
        )
    return round(moment.timestamp() * 1000)


def comes_twice(at_ms: int, zone: ZoneInfo) -> bool:
    """Tell whether the local time of a moment comes twice, because the clocks go back."""
    here = _local(at_ms, zone)
    return here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()


def time_in_words(at_ms: int, zone: ZoneInfo) -> str:
    """Give a moment for a person, such as "Monday 30 March 2026, 09:00 (London time)"."""
    here = _local(at_ms, zone)
    told = f"{here:%A} {here.day} {here:%B %Y}, {here:%H:%M} ({place_of(zone)} time)"
    if not comes_twice(at_ms, zone):
        return told
    which = "second" if here.fold else "first"
    return f"{told}, the {which} of the two when the clocks go back"


def written_at(at_ms: int, zone: ZoneInfo, later: timedelta = timedelta()) -> str:
    """Give a moment as a form's field writes it, to the minute."""
    return f"{_local(at_ms, zone) + later:%Y-%m-%dT%H:%M}"


def place_of(zone: ZoneInfo) -> str:
    """Give what people call a zone: Europe/London is London."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def _local(at_ms: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)
