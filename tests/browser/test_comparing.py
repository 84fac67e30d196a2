"""Two wordings compared in a real browser: start, see how it stands, stop."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from bot.services import Services
from tests.browser.test_workshop import window
from tests.conftest import Clock
from tests.made_up import DAY_MS, conversations, put
from tests.staff import Staff

pytestmark = pytest.mark.browser


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def test_a_comparison_from_its_start_to_its_end(
    chromium: Chromium, staff: Staff, address: str, clock: Clock
) -> None:
    """Started in the editor, shown with its verdict, its conversations open, stopped again."""
    page = window(chromium, staff, address).new_page()
    page.goto("/workshop/intents/order_status")
    page.select_option("#compare-second", "order_status/calm/2")
    page.click("text=Start comparing")
    expect(page.locator("#compare .versus li")).to_have_count(2)
    expect(page.locator("#compare")).to_contain_text("I cannot see your order")
    made = staff.services.comparisons.running("order_status")
    assert made
    assert [ref for ref, _ in made.sides] == ["order_status/calm/0", "order_status/calm/2"]
    since = clock()
    put(staff.services.redis, conversations(5, 60, since, since + DAY_MS, test=made))
    clock.advance(3 * 86_400)
    small = window(chromium, staff, address, viewport={"width": 320, "height": 640}).new_page()
    small.goto("/workshop/intents/order_status")
    small.click("text=How it stands")
    shown = small.locator("#wordings .versus-result")
    expect(shown).to_contain_text("Not enough conversations yet")
    assert small.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(small).violations_count == 0
    heard = shown.locator("tbody a").first
    count = int(heard.inner_text())
    heard.click()
    expect(small.locator(".stories > li")).to_have_count(count)
    small.goto("/workshop/intents/order_status")
    small.click("text=Stop comparing")
    expect(small.locator("#compare")).to_contain_text("The last comparison ended")
    assert Axe().run(small).violations_count == 0


def test_the_figures_open_their_conversations_and_fit_a_small_phone(
    chromium: Chromium, staff: Staff, address: str, clock: Clock
) -> None:
    """Hours, endings and versions: axe is content in both themes, a cell opens who wrote in it."""
    now = clock()
    lives = ((1, 0), (2, now - 3 * DAY_MS))
    put(staff.services.redis, conversations(9, 120, now - 6 * DAY_MS, now, versions=lives))
    for theme in ("light", "dark"):
        small = {"width": 320, "height": 640}
        page = window(chromium, staff, address, viewport=small, color_scheme=theme).new_page()
        page.goto("/insights")
        expect(page.locator("#versions .effect")).to_have_count(2)
        for one in page.locator("details.as-table > summary").all():
            one.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert Axe().run(page).violations_count == 0, theme
    cell = page.locator(".rhythm-table td a").first
    messages = int(cell.inner_text())
    cell.click()
    listed = page.locator(".stories > li")
    expect(listed.first).to_be_visible()
    assert 1 <= listed.count() <= messages
    page.goto("/insights")
    page.locator(".rhythm a").filter(has=page.locator("rect:not(.none)")).first.click()
    expect(listed.first).to_be_visible()
