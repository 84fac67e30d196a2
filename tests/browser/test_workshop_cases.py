"""The test bench in a real browser: try, keep, break, see both sides, publish in spite of it."""

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


def test_a_kept_case_holds_a_draft_back(chromium: Chromium, staff: Staff, address: str) -> None:
    """A pasted talk is tried, kept, made to expect a person; publishing shows both sides."""
    page = ready(window(chromium, staff, address).new_page(), "/workshop/cases")
    expect(page.locator("#cases-state")).to_have_text("All of them hold.")
    page.fill("#talk", "Customer: do you deliver to Norway\nBot: Yes\nCustomer: thanks a lot")
    page.click("#tryout button.main")
    expect(page.locator("#tryout-state")).to_contain_text("2 messages of “Customer”")
    first = page.locator("#turns > li").first
    expect(first.locator(".does")).to_contain_text("The bot answers")
    first.locator(".steps > summary").click()
    expect(first.locator(".candidates > li").first).to_contain_text("pulled by ")
    page.fill("#keep-name", "Norway, then thanks")
    page.click("#keep button.main")
    case = page.locator(".case", has_text="Norway, then thanks")
    expect(case.locator(".case-holds")).to_have_text("holds")
    case.get_by_label("The bot").first.select_option("person")
    saved(page)
    expect(case.locator(".case-holds")).to_have_text("goes otherwise")
    expect(case.locator(".compared tbody tr")).to_contain_text("brings in a person")
    ready(page, "/workshop/publish")
    expect(page.locator("#publish-cases")).to_contain_text("1 of 25 test cases go otherwise")
    page.fill("#why", "Norway goes to people")
    page.click("#publish button.main")
    wrong = page.locator("#publish-wrong")
    expect(wrong).to_contain_text("Nothing was published")
    expect(wrong.locator(".compared")).to_contain_text("answers")
    page.fill("#anyway", "The rule for Norway follows on Monday")
    page.click("#publish button.main")
    expect(page.locator(".notice.done")).to_contain_text("Version 2 is live")
    expect(page.locator(".overridden")).to_contain_text("The rule for Norway follows on Monday")
