"""What came of a comparison of two wordings, counted anew from the raw entries. Pure.

Each conversation counts once, from when it first heard one of the two. What is counted was decided
by the reply before anything was counted (`Comparison.measure`), and is the only thing judged:

`settled`: within a day and before the conversation came back from people, no ticket was opened,
"Not quite" or "A person" was not pressed, the same was not asked again, and the last message that
followed, if any did, was not negative. It is known a day later, for good and bad alike, so that
looking early favours neither.

`rating`: the first rating that the customer gave afterwards, 1 to 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.anytime import Outcome, Verdict, verdict
from bot.comparison import Comparison, Measure
from bot.signals import ENDS
from bot.story import DAY_MS, Told, need_of
from bot.values import Entry

WORTH: dict[Measure, float] = {"settled": 0.1, "rating": 0.125}
"""The smallest difference that matters: ten of a hundred conversations; half a star."""
SPREAD: dict[Measure, float] = {"settled": 0.24, "rating": 0.08}
TURNED_DOWN = frozenset({"not_quite", "person"})
BEST = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison and what came of it.

    `heard` are the conversations that heard each side; of those `pending` have no outcome yet.
    """

    comparison: Comparison
    verdict: Verdict
    heard: tuple[tuple[str, ...], tuple[str, ...]]
    pending: int

    @property
    def known(self) -> int:
        """How many outcomes there are."""
        return sum(self.verdict.counts)


def compared(comparison: Comparison, told: Iterable[Told], now_ms: int) -> Compared:
    """Count a comparison; outcomes are judged in the order in which they became known."""
    heard: tuple[list[str], list[str]] = ([], [])
    known: list[tuple[int, str, Outcome]] = []
    for one in told:
        at = first_heard(comparison, one.entries)
        if at is None:
            continue
        second = side_of(comparison, one.entries[at]) == 1
        heard[second].append(one.conversation)
        value, known_ms = _outcome(comparison, one.entries, at)
        if value is not None and known_ms <= now_ms:
            known.append((known_ms, one.conversation, Outcome(value, second)))
    known.sort(key=lambda row: row[:2])
    found = verdict(
        [outcome for _, _, outcome in known],
        WORTH[comparison.measure],
        SPREAD[comparison.measure],
    )
    everybody = (tuple(heard[0]), tuple(heard[1]))
    return Compared(comparison, found, everybody, sum(map(len, everybody)) - len(known))


def first_heard(comparison: Comparison, entries: Sequence[Entry]) -> int | None:
    """Give the place of the reading whose reply was the first of the two, None if there is none."""
    for at, entry in enumerate(entries):
        if side_of(comparison, entry) is not None:
            ended = comparison.ended_ms and entry.at_ms > comparison.ended_ms
            return None if ended else at
    return None


def side_of(comparison: Comparison, entry: Entry) -> int | None:
    """Give the side that a turn's coin chose, None where it was not tossed."""
    if entry.kind != "reading":
        return None
    row = entry.data.get("circumstances", {}).get("compared", {}).get(comparison.reply)
    return row["side"] if row and row["id"] == comparison.id else None


def _outcome(comparison: Comparison, entries: Sequence[Entry], at: int) -> tuple[float | None, int]:
    """Give what came of a conversation, 0 to 1, and when that was known; None: nothing yet."""
    if comparison.measure == "settled":
        heard_ms = entries[at].at_ms
        return float(settled(entries, at)), heard_ms + DAY_MS
    for one in entries[at + 1 :]:
        if one.kind == "event" and one.data["what"] == "rated":
            return (int(one.data["score"]) - 1) / (BEST - 1), one.at_ms
    return None, 0


def settled(entries: Sequence[Entry], at: int) -> bool:
    """Say whether the reply to the reading at a place was the end of it, within a day."""
    heard = entries[at]
    need, after = need_of(heard), list[Entry]()
    for one in entries[at + 1 :]:
        if one.at_ms >= heard.at_ms + DAY_MS or _came_back(one):
            break
        after.append(one)
    if any(one.kind == "event" and one.data["what"] == "ticket_opened" for one in after):
        return False
    read = [one for one in after if one.kind == "reading"]
    again = any(need is not None and need_of(one) == need for one in read)
    if again or any(one.data.get("payload") in TURNED_DOWN for one in read):
        return False
    last = read[-1].data.get("reading") if read else None
    return not last or last["sentiment"] != "negative"


def _came_back(entry: Entry) -> bool:
    return entry.kind == "event" and entry.data["what"] in ENDS
