"""The card that a waiting customer looks over, by keyboard, and what the desk shows of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_widget import grave_problems, say
from tests.staff import PATIENCE_MS, Staff

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = pytest.mark.browser


def a_waiting_customer(desk: Any, **options: Any) -> Any:
    """Open the chat beside a desk, name an order and ask for a person."""
    address = desk.url.partition("/desk")[0]
    context = desk.context.browser.new_context(base_url=address, **options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/widget")
    say(page, "where is my order 20416? I am kim@example.com")
    expect(page.locator("[data-author=bot]")).to_have_count(2)
    page.get_by_role("button", name="Talk to a person", exact=True).click()
    return page


def test_card_by_keyboard(open_desk: Any, staff: Staff) -> None:
    """Confirm, correct and leave out with keys alone; the desk shows which is which."""
    desk = open_desk()
    page = a_waiting_customer(desk)
    card = page.get_by_role("region", name="What the team reads first")
    expect(card.get_by_role("listitem")).to_have_count(3)
    assert grave_problems(page) == []
    card.get_by_role("button", name="Right. Order number: 20416").press("Enter")
    expect(card.get_by_text("Right", exact=True).first).to_be_visible()
    right = card.get_by_role("button", name="Right. Order number: 20416")
    expect(right).to_have_attribute("aria-pressed", "true")
    expect(right).to_be_focused()
    card.get_by_role("button", name="Leave out. E-mail: kim@example.com").press("Enter")
    expect(card.get_by_role("status")).to_have_text("Left out of the card.")
    expect(card.get_by_role("button", name="Put it back. E-mail")).to_be_focused()
    card.get_by_role("button", name="Correct. You want").press("Enter")
    field = card.get_by_role("textbox", name="You want: how it should read")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="Right. You want")).to_be_focused()
    card.get_by_role("button", name="Correct. You want").press("Enter")
    field.fill("Where my second order is")
    field.press("Enter")
    expect(card.get_by_text("Corrected by you")).to_be_visible()
    assert grave_problems(page) == []

    desk.locator("#list li").first.click()
    story = desk.locator("#story-parts")
    expect(story.locator(".wants")).to_contain_text("Where my second order is")
    expect(story.locator(".wants")).to_contain_text("corrected by the customer")
    expect(story.locator(".facts")).to_contain_text("20416 · confirmed")
    expect(story.locator(".left-out")).to_have_text("An e-mail address: left out by the customer")
    expect(story).not_to_contain_text("kim@example.com")
    assert grave_problems(desk) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_card_leaves_room(open_desk: Any, staff: Staff, scheme: str) -> None:
    """On a small phone the card begins closed, fits, and may be left alone."""
    phone = {"viewport": {"width": 320, "height": 520}, "color_scheme": scheme}
    page = a_waiting_customer(open_desk(), **phone)
    card = page.get_by_role("region", name="What the team reads first")
    summary = card.get_by_text("Is this right?")
    expect(summary).to_be_visible()
    expect(card.get_by_role("listitem").first).to_be_hidden()
    summary.press("Enter")
    expect(card.get_by_role("listitem").first).to_be_visible()
    assert not page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    assert grave_problems(page) == []
    expect(page.get_by_label("Your message")).to_be_in_viewport()
    page.get_by_role("button", name="Never mind").click()
    expect(card).to_be_hidden()
