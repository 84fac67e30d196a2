"""Planning a publication in a real browser: a time is chosen, shown everywhere, called off."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from bot.services import Services
from tests.browser.test_workshop import ready, saved, window
from tests.staff import Staff

pytestmark = pytest.mark.browser


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def test_a_time_is_chosen_and_called_off(chromium: Chromium, staff: Staff, address: str) -> None:
    """Enter in the time plans and never publishes; the notice follows through the workshop."""
    page = ready(window(chromium, staff, address).new_page(), "/workshop/intents/store_info")
    page.locator(".tone-calm textarea").first.fill("We open at eight.")
    saved(page)
    ready(page, "/workshop/publish")
    page.fill("#why", "Summer hours")
    page.locator(".later > summary").click()
    expect(page.locator("#at-help")).to_contain_text("Europe/London")
    page.fill("#at", "2026-03-29T01:30")
    page.press("#at", "Enter")
    expect(page.locator("#publish-wrong")).to_contain_text("clocks go forward")
    page.fill("#at", "2026-03-30T09:00")
    page.click("#plan")
    notice = page.locator("#planned")
    expect(notice).to_contain_text("Goes live Monday 30 March 2026, 09:00 (London time)")
    assert staff.services.packs.live_number() == 1
    ready(page, "/workshop/history")
    expect(notice).to_contain_text("Summer hours")
    notice.get_by_text("Call it off").click()
    expect(notice).to_have_count(0)
