"""The empathy linter in a real browser: beside a wording while it is written, and at publishing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from bot.services import Services
from tests.staff import Staff, served

pytestmark = pytest.mark.browser
SLOW_MS = 120_000  # on a busy machine
REFUND = "/workshop/intents/refund_status"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """Give the system's Chromium; where there is none the test is skipped."""
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        pytest.skip("there is no Chromium on this machine")
    expect.set_options(timeout=SLOW_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=place, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@pytest.fixture
def window(chromium: Chromium, services: Services, app: Flask) -> Iterator[BrowserContext]:
    """Give a signed-in admin's window."""
    staff = Staff(services, app)
    token = services.people.begin_session(staff.person("Ada Okonkwo", "admin"), services.clock())
    with served(staff) as address:
        context = chromium.new_context(base_url=address, reduced_motion="reduce")
        context.set_default_timeout(SLOW_MS)
        context.add_cookies([{"name": "attune", "value": token, "url": address}])
        yield context
        context.close()


def readable(page: Page, name: str) -> None:
    """See that a page fits a phone and a desk, in light and dark, without a fault for readers."""
    for width, scheme in ((1200, "light"), (1200, "dark"), (320, "light"), (375, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (name, width)
        problems = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in problems] == []
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png")


def test_an_editors_words_stand_beside_a_wording_and_hold_back_a_draft(
    window: BrowserContext, services: Services
) -> None:
    """Remarks come and go while typing, their words can be selected, an error is not published."""
    page = window.new_page()
    page.goto(REFUND)
    area = page.locator(".tone-upset textarea").first
    said = page.locator(".tone-upset .remarks").first
    expect(said.locator("li")).to_have_count(0)
    area.fill("😀 I feel your pain.")
    expect(said.locator("li.is-error")).to_contain_text("The bot has no feelings")
    expect(said).to_contain_text("An emoji stands for a feeling")
    said.get_by_role("button", name="I feel").click()
    chosen = "(one) => one.value.slice(one.selectionStart, one.selectionEnd)"
    assert area.evaluate(chosen) == "I feel"
    readable(page, "wording")
    expect(page.locator("#saved")).to_contain_text("Saved in the draft")
    page.goto("/workshop/publish")
    notice = page.locator("#wordings-refused")
    expect(notice).to_contain_text("1 wording says what customers should not read")
    page.fill("#why", "Kinder")
    expect(page.locator("#publish button.main")).to_be_disabled()
    readable(page, "publish")
    notice.get_by_role("link", name="refund status, upset, wording 1").click()
    area.scroll_into_view_if_needed()
    expect(said.locator("li.is-error")).to_have_count(1)
    area.fill('The refund is late. Say "talk to a person".')
    expect(said.locator("li")).to_have_count(0)
    expect(page.locator("#saved")).to_contain_text("Saved in the draft")
    page.goto("/workshop/publish")
    expect(notice).to_have_count(0)
    page.fill("#why", "Kinder")
    page.click("#publish button.main")
    expect(page.locator(".notice.done")).to_contain_text("Version 2 is live")
    assert services.packs.live_number() == 2
