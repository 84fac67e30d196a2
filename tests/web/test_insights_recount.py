"""The insights page as a browser gets it, against a second count of what lies in the store."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from bot.services import Services
from bot.story import Span
from bot.told import told_of
from tests.bot.recount import Recount, recount
from tests.conftest import Clock
from tests.made_up import DAY_MS, conversations, put
from tests.staff import Browser, Staff

ROW = re.compile(
    r'<tr>\s*<th scope="row"><a href="(/insights/list[^"]+)"[^>]*>.*?</th>(.*?)</tr>', re.DOTALL
)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
LINK = re.compile(r'<a href="(/insights/list[^"]+)"[^>]*>([\d,]+)( longer)?</a>')
OF_SOME = re.compile(r"(\d+) of (\d+)")
IN_RATINGS = {"rated_need", "rated_wording"}
LISTED_ONLY = {"held", "version", "version_rated"}
"""Figures whose row shows something else in its first cell, or whose row is a heading."""


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def key_of(url: str) -> tuple[str, str]:
    asked = parse_qs(urlsplit(html.unescape(url)).query, keep_blank_values=True)
    return asked["of"][0], asked.get("is", [""])[0]


def shown_on(text: str) -> dict[tuple[str, str], set[int]]:
    """Give every number of the page that a link stands for, by figure and value."""
    found: dict[tuple[str, str], set[int]] = {}
    for url, number, _ in LINK.findall(text):
        if key_of(url)[0] == "rating":  # the stars themselves are the words of these links
            continue
        found.setdefault(key_of(url), set()).add(int(number.replace(",", "")))
    for url, cells in ROW.findall(text):
        key = key_of(url)
        plain = [re.sub(r"<[^>]+>", "", one).strip() for one in CELL.findall(cells)]
        if key[0] in LISTED_ONLY or key[0].startswith("version_"):
            continue
        number = plain[2] if key[0] in IN_RATINGS else plain[0]
        some = OF_SOME.fullmatch(number)
        found.setdefault(key, set()).add(int(some[1] if some else number))
    return found


def test_every_number_on_the_page_is_a_recount_of_the_store(
    staff: Staff, clock: Clock, services: Services
) -> None:
    """Each linked figure, each list behind it and each cell of the sheet; erased ones are gone."""
    zone, policy = services.packs.live().policy.hours.zone, services.packs.live().policy
    span = Span.last_days(7, clock(), zone)
    made = conversations(11, 220, span.since_ms - 2 * DAY_MS, span.until_ms)
    put(services.redis, made)
    for one in made[:20]:
        services.conversations.erase(one.conversation)
    told = told_of(services.redis, [one.conversation for one in made[20:]])
    again = recount(told, span.since_ms, span.until_ms, policy)
    ana = staff.browser()
    text = page(ana, "/insights?days=7")
    assert f'<b class="num">{again.messages}</b> messages from customers' in text
    assert f"{sum(again.stars) / len(again.stars):.1f}</b> of 5" in text
    numbers = shown_on(text)
    for key, shown in numbers.items():
        assert shown == {len(again.behind.get(key, []))}, key
    figures = {figure for figure, _ in numbers}
    assert figures >= {
        *("all", "by_bot", "hour", "need", "first", "worst", "last", "reason", "wait"),
        *("asked", "missed", "spared", "ending", "rating", "rated_need", "rated_wording"),
    }
    _lists(ana, again)
    sheet = csv.DictReader(io.StringIO(ana.client.get("/insights/conversations.csv?days=7").text))
    assert {row.pop("conversation"): row for row in sheet} == again.sheet


def _lists(ana: Browser, again: Recount) -> None:
    seen: set[str] = set()
    for (figure, value), names in again.behind.items():
        if figure in seen:
            continue
        seen.add(figure)
        text = page(ana, "/insights/list", of=figure, days="7", **{"is": value})
        listed = re.findall(r'<li><a href="/desk#([^"]+)"', text)
        assert sorted(listed) == sorted(set(names)), (figure, value)


def page(browser: Browser, url: str, **asked: str) -> str:
    answer = browser.client.get(url, query_string=asked or None, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text
