"""Every figure of the insights and every cell of the sheet, against a second count of the log."""

from __future__ import annotations

import statistics
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.csat import by_need, by_wording
from bot.effects import MEASURES, behind_part, effects
from bot.figures import Figures, behind, figures, rows
from bot.promises import OUTCOMES, Promises, behind_promise, promises
from bot.rhythm import rhythm
from bot.story import Span, Told
from escalation.policy import Policy
from tests.bot.recount import Recount, recount
from tests.escalation.reading_rows import shop_policy
from tests.made_up import conversations

POLICY = shop_policy()
PLACES = (
    ("Europe/London", "2026-03-31T09:00"),  # the clocks went forward inside the week
    ("Europe/London", "2026-10-27T00:00"),  # back inside it, and it is just midnight
    ("America/New_York", "2026-03-10T23:59"),
    ("Asia/Kolkata", "2026-06-15T12:00"),  # half an hour beside the others
    ("Africa/Cairo", "2026-04-28T08:00"),  # midnight of a day inside does not exist
    ("Pacific/Auckland", "2026-04-06T00:30"),
    ("UTC", "2026-01-01T00:00"),
)


def in_zone(zone: str) -> Policy:
    return replace(POLICY, hours=replace(POLICY.hours, time_zone=zone))


def month(zone: str, local: str, days: int, seed: int) -> tuple[list[Told], Span]:
    """Give made-up conversations that begin before the span, reach into it and lie in it."""
    now = round(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)
    span = Span.last_days(days, now, ZoneInfo(zone))
    before = span.since_ms - 3 * 86_400_000
    third = (span.until_ms - before) // 3
    lives = ((1, 0), (4, before + third), (5, before + 2 * third))
    return conversations(seed, 250, before, span.until_ms, versions=lives), span


def shown(  # noqa: C901, PLR0912 - a list of all there is
    told: list[Told], span: Span, policy: Policy
) -> tuple[Figures, Promises, dict[tuple[str, str], tuple[int, tuple[str, ...]]]]:
    """Give every figure of the product as count and conversations, as a page shows it."""
    found, kept = figures(told, span), promises(told, span, policy)
    all_of: dict[tuple[str, str], tuple[int, Any]] = {
        ("all", ""): (found.conversations, behind(found, "all", "")),
        ("by_bot", ""): (found.by_bot.count, behind(found, "by_bot", "")),
    }
    shares = {
        "need": found.needs,
        "reason": found.escalations,
        "wait": found.wait_times,
        "rating": found.ratings,
        "ending": found.endings,
        **found.moods,
    }
    for figure, group in shares.items():
        for one in group:
            all_of[(figure, one.name)] = (one.count, behind(found, figure, one.name))
    for day in found.days:
        name = day.day.isoformat()
        all_of[("day", name)] = (len(day.conversations), behind(found, "day", name))
    for row in rhythm(found.stories, span.zone):
        for hour in row:
            all_of[("hour", hour.name)] = (
                hour.messages,
                behind_part(found, span, "hour", hour.name),
            )
    for one in kept.asked:
        all_of[("asked", one.name)] = (one.count, behind_promise(kept, "asked", one.name))
    for each in kept.coverage:
        for name, share in (("held", each.held), ("missed", each.missed)):
            all_of[(name, each.priority)] = (
                share.count,
                behind_promise(kept, name, each.priority),
            )
    for verdict in kept.verdicts:
        for name in ("closed", "spared"):
            many = len(getattr(verdict, name))
            all_of[(name, verdict.rule)] = (many, behind_promise(kept, name, verdict.rule))
    for figure, ratings in (
        ("rated_need", by_need(told, span)),
        ("rated_wording", by_wording(told, span)),
    ):
        for rated in ratings:
            all_of[(figure, rated.name)] = (len(rated.scores), rated.conversations)
    for effect in effects(found.stories):
        number = str(effect.version)
        for name in ("version", "version_rated", *(f"version_{one}" for one in MEASURES)):
            names = behind_part(found, span, name, number)
            many = len(effect.ratings.scores) if effect.ratings else 0
            count = many if name == "version_rated" else len(names or ())
            all_of[(name, number)] = (count, names)
    return found, kept, all_of


@pytest.mark.parametrize(("zone", "local"), PLACES)
@pytest.mark.parametrize("days", [7, 30])
def test_every_figure_is_a_recount_of_the_log(zone: str, local: str, days: int) -> None:
    """Counts, lists, times and means of every question, over every kind of ending."""
    told, span = month(zone, local, days, seed=days)
    policy = in_zone(zone)
    again = recount(told, span.since_ms, span.until_ms, policy)
    found, kept, all_of = shown(told, span, policy)
    for key in {*all_of, *again.behind}:
        count, names = all_of.get(key, (0, ()))
        assert count == len(again.behind.get(key, [])), key
        assert set(names or ()) == set(again.behind.get(key, [])), key
        assert len(names or ()) == len(set(names or ())), key
    _times_and_means(found, kept, again)
    _enough_of_everything(again)


def _times_and_means(found: Figures, kept: Promises, again: Recount) -> None:
    assert found.messages == again.messages == sum(one.messages for one in found.days)
    assert found.median_wait_ms == statistics.median(again.waits_ms)
    ranked = sorted(again.waits_ms)
    assert found.p90_wait_ms == ranked[-(-9 * len(ranked) // 10) - 1]
    assert found.mean_rating == pytest.approx(sum(again.stars) / len(again.stars))
    if again.requests_ms:
        ranked = sorted(again.requests_ms)
        assert kept.median_ms == statistics.median(ranked)
        assert kept.p90_ms == ranked[-(-9 * len(ranked) // 10) - 1]
    else:
        assert kept.median_ms is kept.p90_ms is None
    asked = [len(again.behind.get(("asked", name), [])) for name in OUTCOMES]
    assert kept.requests == sum(asked)
    per = {name: sum(len(v) for k, v in again.behind.items() if k[0] == name) for name in
           ("closed", "spared")}  # fmt: skip
    assert (kept.closed, kept.spared) == (per["closed"], per["spared"])


def _enough_of_everything(again: Recount) -> None:
    """A recount of nothing would agree, too: each kind of thing must have been there."""
    there = {figure for figure, _ in again.behind}
    assert there >= {
        *("all", "day", "hour", "need", "first", "worst", "last", "by_bot", "reason", "wait"),
        *("rating", "asked", "held", "missed", "closed", "spared", "rated_need", "rated_wording"),
        *("version", "version_by_bot", "version_person", "version_left", "version_upset"),
    }
    assert {value for figure, value in again.behind if figure == "ending"} == {
        *("confirmed", "answered", "person", "left")
    }
    assert {"nobody wrote yet", "closed before anybody wrote", "over an hour"} <= {
        value for figure, value in again.behind if figure == "wait"
    }


@pytest.mark.parametrize(("zone", "local"), PLACES)
def test_every_cell_of_the_sheet_is_a_recount_of_the_log(zone: str, local: str) -> None:
    """One row a conversation, each cell as counted a second time."""
    told, span = month(zone, local, 30, seed=3)
    again = recount(told, span.since_ms, span.until_ms, in_zone(zone))
    sheet = rows(figures(told, span), span.zone)
    cells = {row.pop("conversation"): {k: str(v) for k, v in row.items()} for row in sheet}
    assert cells == again.sheet
    assert any(not row["first_message"] for row in sheet), "none was only helped in the span"


def test_what_was_only_helped_or_rated_in_the_days_counts_there() -> None:
    """A rating given today counts today, though its customer wrote before these days."""
    told, span = month("UTC", "2026-01-01T00:00", 7, seed=5)
    found = figures(told, span)
    assert any(one.scores for one in found.beside)
    assert all(not one.messages for one in found.beside)
    wrote = {one.conversation for one in found.stories}
    rated = {name for one in found.ratings for name in one.conversations}
    assert rated - wrote
