"""A small day by the script of `python -m bench day`: nothing lost, nothing twice, lists right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.people import Person
from tests.day.script import Day, Plan
from tests.staff import Staff

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
expect = sync_api.expect


def test_a_small_day(staff: Staff, open_desk: Callable[..., Any]) -> None:
    """Six customers and two agents, each mishap about once; what was wrong is told by name."""
    people = [staff.person("Ana Lima"), staff.person("Bo Chen")]

    def opened(person: Person) -> Any:
        return open_desk(person.name)

    first = opened(people[0])
    port = int(first.url.rsplit(":", 1)[1].split("/")[0])
    first.context.close()
    plan = Plan(customers=6, over_s=10, check_s=25, longest_s=240)
    found = Day(staff.services, port, people, opened, plan, seed=1).run()
    assert found["wrong"] == []
    assert found["conversations"] == 6


def test_a_laptop_that_slept_listens_anew(staff: Staff, open_desk: Callable[..., Any]) -> None:
    """After a sleep the stream may be dead without a word; a minute on the wall clock is enough."""
    page = open_desk()
    staff.says("c1", "a person please")
    expect(page.locator("#list li")).to_have_count(1)
    with page.expect_request("**/desk/stream", timeout=20_000):
        page.evaluate("() => { const now = Date.now; Date.now = () => now() + 60_000; }")
    staff.says("c2", "a person please")
    expect(page.locator("#list li")).to_have_count(2)
