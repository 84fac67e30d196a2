"""A conversation as a text that a customer may keep: what they saw and nothing else. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.values import Entry

APART, TOGETHER = "\u2068", "\u2069"  # a name of any script stays apart from the words around it
SOMEBODY = "A person"
EVENTS = {
    "agent_joined": "{name} from the team joined",
    "agent_released": "{name} passed this back to the team",
    "resolved": "{name} closed this",
    "handed_back": "Back with the automated assistant",
}


def zone_of(name: str) -> tzinfo:
    """Give a time zone by its name, such as Europe/Lisbon; UTC where nobody here knows it."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC


def transcript(shop: str, entries: Iterable[Entry], zone: tzinfo, saved_ms: int) -> str:
    """Give the text: a head that names shop and time zone, then each message under who said it.

    Words stand indented, so that no message can look like somebody else's.
    """
    head = (
        f"Conversation with {_apart(shop)}",
        f"Saved {_day(saved_ms, zone)}, {_time(saved_ms, zone)}. Times are in {zone}.",
    )
    parts, day = ["\n".join(head)], ""
    for entry in entries:
        said = _said(entry, zone) if entry.audience == "all" else ""
        if said:
            today = _day(entry.at_ms, zone)
            parts += [said] if today == day else [f"--- {today} ---", said]
            day = today
    return "\n\n".join(parts) + "\n"


def _said(entry: Entry, zone: tzinfo) -> str:
    at, data = _time(entry.at_ms, zone), entry.data
    if entry.kind == "message":
        lines = textwrap.indent("\n".join(str(data["text"]).splitlines()), "    ", lambda _: True)
        return f"{at}  {_speaker(entry)}\n{lines}"
    line = EVENTS.get(str(data.get("what"))) if entry.kind == "event" else None
    return f"{at}  {line.format(name=_apart(str(data.get('name') or SOMEBODY)))}" if line else ""


def _speaker(entry: Entry) -> str:
    """Say who a message is from as the widget does."""
    if entry.data["author"] == "customer":
        return "You"
    if entry.data["author"] == "agent":
        return f"{_apart(str(entry.data.get('name') or SOMEBODY))} · from the team"
    return "Assistant · automated"


def _apart(name: str) -> str:
    """Give a name on one line that turns nothing around it."""
    return f"{APART}{' '.join(name.split())}{TOGETHER}"


def _time(at_ms: int, zone: tzinfo) -> str:
    return f"{_moment(at_ms, zone):%H:%M}"


def _day(at_ms: int, zone: tzinfo) -> str:
    moment = _moment(at_ms, zone)
    return f"{moment:%A}, {moment.day} {moment:%B %Y}"


def _moment(at_ms: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, zone)
