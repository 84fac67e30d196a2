"""A conversation as a text that a customer may keep: what they saw and nothing else. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.translations import APART, TOGETHER, Words, english
from bot.values import Entry

EVENTS = frozenset({"agent_joined", "agent_released", "resolved", "handed_back"})


def zone_of(name: str) -> tzinfo:
    """Give a time zone by its name, such as Europe/Lisbon; UTC where nobody here knows it."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC


def transcript(
    shop: str, entries: Iterable[Entry], zone: tzinfo, saved_ms: int, words: Words | None = None
) -> str:
    """Give the text: a head that names shop and time zone, then each message under who said it.

    Words stand indented, so that no message can look like somebody else's. Whatever is not a
    message is said in `words`, without them in English.
    """
    writer = _Writer(words or english(), zone)
    parts, day = [writer.head(shop, saved_ms)], ""
    for entry in entries:
        said = writer.entry(entry) if entry.audience == "all" else ""
        if said:
            today = writer.day(entry.at_ms)
            parts += [said] if today == day else [f"--- {today} ---", said]
            day = today
    return "\n\n".join(parts) + "\n"


class _Writer:
    """Writes entries in one language and one time zone."""

    def __init__(self, words: Words, zone: tzinfo) -> None:
        self._say = words.under("transcript")
        self._label = words.under("widget.talk")
        self._language, self._zone = words.language, zone

    def head(self, shop: str, saved_ms: int) -> str:
        day, time = self.day(saved_ms), self._time(saved_ms)
        saved = self._say("saved", day=day, time=time, zone=str(self._zone))
        return f"{self._say('head', shop=_apart(shop))}\n{saved}"

    def entry(self, entry: Entry) -> str:
        at, data = self._time(entry.at_ms), entry.data
        if entry.kind == "message":
            text = "\n".join(str(data["text"]).splitlines())
            return f"{at}  {self._speaker(entry)}\n{textwrap.indent(text, '    ', lambda _: True)}"
        if entry.kind != "event" or data.get("what") not in EVENTS:
            return ""
        return f"{at}  {self._say(data['what'], name=self._name(entry))}"

    def day(self, at_ms: int) -> str:
        return format_date(self._moment(at_ms), self._say("date"), locale=self._language)

    def _speaker(self, entry: Entry) -> str:
        """Say who a message is from as the widget does."""
        if entry.data["author"] == "customer":
            return self._label("you")
        if entry.data["author"] == "agent":
            return self._label("agent", name=self._name(entry))
        return self._label("bot")

    def _name(self, entry: Entry) -> str:
        return _apart(str(entry.data.get("name") or self._label("somebody")))

    def _time(self, at_ms: int) -> str:
        return f"{self._moment(at_ms):%H:%M}"

    def _moment(self, at_ms: int) -> datetime:
        return datetime.fromtimestamp(at_ms / 1000, self._zone)


def _apart(name: str) -> str:
    """Give a name on one line that turns nothing around it."""
    return f"{APART}{' '.join(name.split())}{TOGETHER}"
