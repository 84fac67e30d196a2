from __future__ import annotations

import itertools
import random
import statistics
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.figures import behind, figures, percentile, rows
from bot.story import REFUSED, Span, Told, ending_of, mood_of, need_of
from bot.values import Entry
from tests.builders import NOON_MS, make_reading

DAY_MS = 86_400_000
SPAN = Span(NOON_MS - DAY_MS, NOON_MS + 2 * DAY_MS, UTC)


def said(at_ms: int, author: str = "customer", text: str = "hello") -> Entry:
    return Entry("message", "all", at_ms, {"author": author, "text": text})


def read(at_ms: int, *, answered: str | None = "order_status", **over: Any) -> Entry:
    payload = over.pop("payload", None)
    reasons = over.pop("reasons", [])
    row = make_reading(**over).to_row()
    data = {"reading": row, "text": row["text"], "payload": payload, "answered": answered}
    data |= {"escalate": bool(reasons), "reasons": [{"code": code} for code in reasons]}
    return Entry("reading", "desk", at_ms, data)


def event(at_ms: int, what: str, **more: Any) -> Entry:
    return Entry("event", "all", at_ms, {"what": what, **more})


def turn(at_ms: int, **over: Any) -> list[Entry]:
    return [said(at_ms), said(at_ms + 1, "bot"), read(at_ms + 2, **over)]


def told(name: str, *entries: Entry) -> Told:
    return Told(name, "widget", entries)


def test_a_small_week_counted_by_hand() -> None:
    """Every figure of four conversations is what a person counts on fingers."""
    angry: dict[str, Any] = {"emotion": "angry", "sentiment": "negative", "frustration": 0.9}
    week = [
        told("easy", *turn(NOON_MS), *turn(NOON_MS + 1_000, emotion="happy", intent="thanks")),
        told("lost", *turn(NOON_MS, intent=None, answered=None)),
        told(
            "cross",
            *turn(NOON_MS + 5_000),
            *turn(NOON_MS + 60_000, intent="refund_request", reasons=["frustrated"], **angry),
            event(NOON_MS + 60_003, "ticket_opened"),
            said(NOON_MS + 60_003 + 90_000, "agent"),
            said(NOON_MS + 60_003 + 95_000, "agent"),
            event(NOON_MS + 400_000, "resolved"),
            event(NOON_MS + 500_000, "rated", score=4, comment=""),
        ),
        told("joined", *turn(NOON_MS + DAY_MS), event(NOON_MS + DAY_MS + 9_000, "ticket_opened")),
        told("silent", event(NOON_MS, "started")),
    ]
    found = figures(week, SPAN)
    assert (found.conversations, found.messages) == (4, 6)
    assert {one.name: one.count for one in found.needs} == {
        **{"order_status": 3, "thanks": 1, REFUSED: 1, "refund_request": 1},
    }
    by_day = {one.day: (len(one.conversations), one.messages) for one in found.days}
    assert by_day == {
        date(2026, 1, 4): (0, 0),
        date(2026, 1, 5): (3, 5),
        date(2026, 1, 6): (1, 1),
        date(2026, 1, 7): (0, 0),
    }
    moods = {
        when: {one.name: one.count for one in shares if one.count}
        for when, shares in found.moods.items()
    }
    assert moods == {
        "first": {"calm": 4},
        "worst": {"calm": 3, "upset": 1},
        "last": {"happy": 1, "calm": 2, "upset": 1},
    }
    assert {one.name: one.conversations for one in found.escalations} == {
        "frustrated": ("cross",),
        "agent_joined": ("joined",),
    }
    assert (found.median_wait_ms, found.p90_wait_ms) == (90_000, 90_000)
    waits = {one.name: one.conversations for one in found.wait_times if one.count}
    assert waits == {"1 to 2 minutes": ("cross",), "nobody wrote yet": ("joined",)}
    assert found.by_bot.conversations == ("easy",)
    assert [one.count for one in found.ratings] == [0, 0, 0, 1, 0]
    assert found.mean_rating == 4


def test_what_was_before_or_after_the_days_does_not_count() -> None:
    """Only what was written inside the span counts, in conversations that began before it, too."""
    early = NOON_MS - 2 * DAY_MS
    found = figures(
        [told("old", *turn(early)), told("both", *turn(early), *turn(NOON_MS, intent="thanks"))],
        SPAN,
    )
    assert [one.conversation for one in found.stories] == ["both"]
    assert [(one.name, one.count) for one in found.needs] == [("thanks", 1)]
    assert found.messages == 1


def test_buttons_are_not_needs_but_a_chosen_intent_is() -> None:
    """A button under an answer asks for nothing; picking one of two intents asks for that."""
    assert need_of(read(NOON_MS, payload="solved")) is None
    assert need_of(read(NOON_MS, payload="intent:refund_status")) == "refund_status"
    assert need_of(read(NOON_MS, intent=None)) == REFUSED
    assert need_of(Entry("reading", "desk", NOON_MS, {"reading": None, "text": "x"})) is None


def test_moods_are_the_tones_replies_take() -> None:
    """How somebody felt is told by the rule that chooses a reply's tone."""
    assert mood_of(read(NOON_MS, emotion="happy")) == "happy"
    assert mood_of(read(NOON_MS, urgency=0.9)) == "worried"
    assert mood_of(read(NOON_MS, frustration=0.7)) == "upset"
    assert mood_of(read(NOON_MS, frustration=0.7, payload="not_quite")) is None


def test_answered_by_the_bot_is_strict() -> None:
    """A fallback, a negative end, "not quite" or a ticket end the claim; "solved" keeps it."""
    good = turn(NOON_MS)
    assert ending_of(good) == "answered"
    assert ending_of([*good, event(NOON_MS, "ticket_opened")]) == "person"
    assert ending_of([*good, *turn(NOON_MS, answered=None)]) == "left"
    pressed = turn(NOON_MS, answered="not_quite", payload="not_quite")
    assert ending_of([*good, *pressed]) == "left"
    assert ending_of([*good, *turn(NOON_MS, sentiment="negative")]) == "left"
    solved = turn(NOON_MS, answered="solved", payload="solved", sentiment="negative")
    assert ending_of([*good, *solved]) == "confirmed"
    assert ending_of([*good, *turn(NOON_MS, answered="thanks", intent="thanks")]) == "confirmed"
    assert ending_of([]) == "left"


def test_figures_agree_with_a_second_way_of_counting() -> None:
    """On a random month, figures equal a plain recount from the raw entries."""
    rnd = random.Random(7)
    intents = ["order_status", "refund_request", "thanks", None]
    codes = ["frustrated", "asked_for_human", "complex"]
    week: list[Told] = []
    for number in range(120):
        at, entries = NOON_MS + rnd.randrange(2 * DAY_MS - 4_000_000), list[Entry]()
        for _ in range(rnd.randrange(1, 6)):
            at += rnd.randrange(1_000, 60_000)
            hot = rnd.random()
            entries += turn(at, intent=rnd.choice(intents), frustration=hot)
        if rnd.random() < 0.4:
            code = rnd.choice(codes)
            at += 60_000
            entries += [*turn(at, reasons=[code]), event(at + 3, "ticket_opened")]
            if rnd.random() < 0.7:
                entries.append(said(at + rnd.randrange(10_000, 3_000_000), "agent"))
        if rnd.random() < 0.2:
            entries.append(event(at + 3_100_000, "rated", score=rnd.randrange(1, 6)))
        week.append(told(f"c{number}", *entries))
    found = figures(week, SPAN)
    every = list(itertools.chain.from_iterable(one.entries for one in week))
    customer = [one for one in every if one.data.get("author") == "customer"]
    assert found.messages == len(customer) == sum(one.messages for one in found.days)
    readings = [one for one in every if one.kind == "reading"]
    for share in found.needs:
        wanted = None if share.name == REFUSED else share.name
        assert share.count == sum(1 for e in readings if e.data["reading"]["intent"] == wanted)
    assert found.all_needs == len(readings)
    waits = []
    for one in week:
        opened = [e.at_ms for e in one.entries if e.data.get("what") == "ticket_opened"]
        wrote = [e.at_ms for e in one.entries if e.data.get("author") == "agent"]
        waits += [wrote[0] - opened[0]] if opened and wrote else []
    assert found.median_wait_ms == statistics.median(waits)
    assert sum(1 for one in waits if one <= (found.p90_wait_ms or 0)) >= 0.9 * len(waits)
    assert sum(one.count for one in found.escalations) == sum(
        1 for one in every if one.data.get("what") == "ticket_opened"
    )
    assert sum(one.count for one in found.wait_times) == len(found.waits)
    assert sum(one.count for one in found.ratings) == sum(
        1 for one in every if one.data.get("what") == "rated"
    )


def test_every_figure_opens_the_conversations_behind_it() -> None:
    """A figure's list is its own count; an unknown figure has none."""
    found = figures([told("a", *turn(NOON_MS)), told("b", *turn(NOON_MS + 1))], SPAN)
    assert behind(found, "all", "") == ("b", "a")
    assert behind(found, "need", "order_status") == ("a", "b")
    assert behind(found, "day", "2026-01-05") == ("a", "b")
    assert behind(found, "last", "calm") == ("a", "b")
    assert behind(found, "last", "upset") == ()
    assert behind(found, "by_bot", "") == ("a", "b")
    assert behind(found, "need", "nothing") is None
    assert behind(found, "nothing", "") is None


def test_days_are_the_shops_own() -> None:
    """The last seven days begin at midnight where the shop is, also over a change of clocks."""
    zone = ZoneInfo("Europe/London")
    now = datetime(2026, 3, 31, 9, 0, tzinfo=zone)
    span = Span.last_days(7, round(now.timestamp() * 1000), zone)
    assert datetime.fromtimestamp(span.since_ms / 1000, zone) == datetime(2026, 3, 25, tzinfo=zone)
    assert [one.isoformat() for one in span.days()] == [f"2026-03-{day}" for day in range(25, 32)]


def test_percentiles_are_by_nearest_rank() -> None:
    """Nine of ten waited no longer than this."""
    assert percentile([], 0.9) is None
    assert percentile([5], 0.9) == 5
    assert percentile(list(range(1, 11)), 0.9) == 9
    assert percentile(list(range(1, 21)), 0.5) == 10


def test_the_sheet_has_no_words_of_customers() -> None:
    """A row tells what happened, never what was said."""
    entries = [said(NOON_MS, text="my secret"), read(NOON_MS + 1, text="my secret")]
    row = rows(figures([told("a", *entries)], SPAN), UTC)[0]
    assert row["conversation"] == "a"
    assert row["first_message"] == "2026-01-05T12:00:00+00:00"
    assert "secret" not in repr(row)
