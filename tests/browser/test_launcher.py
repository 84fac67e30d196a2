"""The page that shows how the chat looks on a site, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.browser.test_workshop import window
from tests.staff import Staff

pytestmark = pytest.mark.browser


def test_the_real_button_is_shown_as_chosen(chromium: Chromium, staff: Staff, address: str) -> None:
    """Words, colour and corner are those chosen, a warning names the contrast, the trail reads."""
    page = window(chromium, staff, address, viewport={"width": 320, "height": 640}).new_page()
    page.goto("/people/widget")
    page.fill("#label", "Ask us")
    page.fill("#colour", "#ff7a00")
    page.check("input[value=left]")
    page.click("button.main")
    button = page.locator("attune-chat button")
    expect(button).to_contain_text("Ask us")
    assert button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 122, 0)"
    assert button.bounding_box()["x"] < 160  # type: ignore[index]
    expect(page.locator("#colour-wrong")).to_contain_text("hard to read")
    expect(page.locator("#tag")).to_contain_text('data-label="Ask us" data-colour="#ff7a00"')
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    own = Axe().run(page, context={"exclude": [["attune-chat"]]})
    assert own.violations_count == 0
    page.goto("/people/trail")
    expect(page.locator(".page-head h1")).to_have_text("Who did what")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
