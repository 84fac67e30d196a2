"""Bringing in files in a real browser: the differences are read before they become the draft."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from bot.pieces import write_piece
from bot.services import Services
from tests.browser.test_workshop import ready, window
from tests.staff import Staff

pytestmark = pytest.mark.browser


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def test_files_are_looked_at_and_taken(chromium: Chromium, staff: Staff, address: str) -> None:
    """A bad file is told with its place; a good one shows what changes before it is the draft."""
    live = staff.services.packs.live().pack.texts
    good = write_piece(live, ("fact", "shop", "name"), "<b>Beans</b> & Co")["facts.yaml"].encode()
    page = ready(window(chromium, staff, address).new_page(), "/workshop")
    one = {"name": "facts.yaml", "mimeType": "text/yaml"}
    page.set_input_files("#import", [{**one, "buffer": b"shop:\n  a: 1\n  a: 2\n"}])
    expect(page.locator("#import-state")).to_contain_text("facts.yaml, line 3, column 3")
    page.set_input_files("#import", [{**one, "buffer": good}])
    look = page.locator("#import-look")
    expect(look.locator(".changes .new")).to_contain_text("<b>Beans</b> & Co")
    assert staff.services.packs.draft().is_new
    look.get_by_text("Leave the draft as it is").click()
    expect(look).to_be_hidden()
    page.set_input_files("#import", [{**one, "buffer": good}])
    look.get_by_text("Make it the draft").click()
    page.wait_for_url("**/workshop/publish")
    expect(page.locator(".changes .new")).to_contain_text("<b>Beans</b> & Co")
