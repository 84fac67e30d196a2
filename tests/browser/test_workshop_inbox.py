"""The learning inbox in a real browser: a group is one decision, by keyboard, on any screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from bot.pieces import read_piece
from bot.services import Services
from tests.staff import PATIENCE_MS, Staff, served

pytest.importorskip("playwright.sync_api")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

TALKS = {
    "c1": "do penguins have knees",
    "c2": "what do penguins eat, my order is 48213",
    "c3": "who won the football last night",
    "c4": "tell me about penguins " + "and their very long and winding walks over the ice " * 12,
}


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack, and talks nobody understood."""
    staff = Staff(services, app)
    for conversation, text in TALKS.items():
        staff.says(conversation, text)
    return staff


@pytest.fixture
def page(staff: Staff, chromium: Any) -> Iterator[Any]:
    """Give an admin's page on a small phone; a script error fails the test."""
    person = staff.person("Ada Okonkwo", "admin")
    token = staff.services.people.begin_session(person, staff.services.clock())
    with served(staff) as address:
        context = chromium.new_context(
            base_url=address, viewport={"width": 320, "height": 700}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": "attune", "value": token, "url": address}])
        page, broken = context.new_page(), []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda one: broken.append(one.text) if one.type == "error" else None)
        yield page
        context.close()
        assert not broken


def test_a_group_becomes_a_new_intent_by_keyboard(staff: Staff, page: Any) -> None:
    """Take one message out, name the intent, press Enter; what was taken out is left to decide."""
    page.goto("/workshop/refused")
    lot = page.locator(".lot").filter(has_text="knees")
    expect(lot).not_to_contain_text("48213")
    many = lot.locator("input[type=checkbox]").count()
    assert many >= 2
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert not [one for one in found if one["impact"] in {"serious", "critical"}], found
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    lot.locator("input[value*='penguins eat']").focus()
    page.keyboard.press("Space")
    expect(lot.locator("[data-chosen]")).to_have_text(str(many - 1))
    lot.locator("select").select_option(label="New intent…")
    lot.locator(".lot-new input").focus()
    page.keyboard.press("Enter")
    expect(lot.locator("[role=status]")).to_contain_text("Write a title")
    page.keyboard.type("Penguins")
    page.keyboard.press("Enter")
    expect(page.locator(".lot-done")).to_contain_text(f"{many - 1} added to Penguins")
    expect(page.locator(".lot-done")).to_be_focused()
    left = page.locator(".lot").filter(has_text="penguins eat")
    expect(left.locator("h2")).to_have_text("what do penguins eat, my order is [order number]")
    left.locator("select").select_option(label="Penguins")
    left.locator("[data-add]").click()
    expect(page.locator(".lot")).to_have_count(1)
    page.locator("[data-refuse]").click()
    expect(page.locator(".lot")).to_have_count(0)
    texts = staff.services.packs.draft().texts
    phrases = read_piece(texts, ("intent", "penguins", "phrases"))
    assert len(phrases) == many
    assert phrases[-1] == "what do penguins eat, my order is [order number]"
    assert TALKS["c3"] in read_piece(texts, ("out_of_scope",))
    page.reload()
    expect(page.locator(".empty h2")).to_have_text("Nothing to decide")
