"""Saving and deleting a conversation in a real browser, by keyboard, and what the desk sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.erasing import CUSTOMER, erase_for
from tests.browser.test_widget import (
    escalated,
    grave_problems,
    opened,
    page,
    say,
    site,
)
from tests.staff import Staff

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = pytest.mark.browser
__all__ = ["page", "site"]


def entry_of_menu(frame: Any, name: str) -> None:
    """Open the menu and choose, with keys alone."""
    frame.get_by_role("button", name="More", exact=True).press("Enter")
    frame.get_by_role("button", name=name).press("Enter")


def test_save(page: Any, site: str, services: Any) -> None:
    """The menu gives a text file with what was said."""
    frame = opened(page, site)
    say(frame, "שלום hello")
    expect(frame.locator('[data-author="bot"]')).to_have_count(2)
    with page.expect_download() as caught:
        entry_of_menu(frame, "Save this conversation")
    assert caught.value.suggested_filename.startswith("conversation-")
    text = Path(caught.value.path()).read_text()
    assert "  You\n    שלום hello\n" in text
    assert text.count("Assistant · automated") == 2
    expect(frame.get_by_role("button", name="More", exact=True)).to_be_focused()


def test_delete(page: Any, site: str, services: Any) -> None:
    """Asked once, it goes for good and a new one begins; Escape and Keep it change nothing."""
    frame = opened(page, site)
    say(frame, "hello")
    expect(frame.locator('[data-author="bot"]')).to_have_count(2)
    name, _ = services.conversations.recent(1)[0]
    entry_of_menu(frame, "Delete this conversation…")
    sure = frame.get_by_role("dialog", name="Delete this conversation?")
    expect(frame.get_by_role("button", name="Keep it")).to_be_focused()
    assert grave_problems(page) == []
    page.keyboard.press("Escape")
    expect(sure).to_be_hidden()
    expect(frame.get_by_label("Your message")).to_be_visible()  # the panel stays open
    entry_of_menu(frame, "Delete this conversation…")
    page.keyboard.press("Enter")
    expect(sure).to_be_hidden()
    assert services.conversations.exists(name)
    entry_of_menu(frame, "Delete this conversation…")
    frame.get_by_role("button", name="Delete it").press("Enter")
    expect(frame.get_by_text("Your conversation was deleted.")).to_be_visible()
    expect(sure).to_be_hidden()
    expect(frame.locator('[data-author="customer"]')).to_have_count(0)
    assert not services.conversations.exists(name)
    say(frame, "hello again")
    expect(frame.locator('[data-author="bot"]')).to_have_count(2)
    assert services.conversations.recent(1)[0][0] != name


def test_delete_while_waiting(page: Any, site: str, services: Any) -> None:
    """A ticket that waits goes with it, and the strip is the bot's again."""
    frame = opened(page, site)
    name = escalated(frame, services)
    assert services.queue.counts()["waiting"] == 1
    entry_of_menu(frame, "Delete this conversation…")
    frame.get_by_role("button", name="Delete it").press("Enter")
    expect(frame.get_by_role("button", name="Talk to a person", exact=True)).to_be_visible()
    assert services.queue.counts()["waiting"] == 0
    assert not services.conversations.exists(name)


def test_an_agent_is_told(open_desk: Any, staff: Staff) -> None:
    """Who is writing reads that the customer deleted it; their text stays, the customer's goes."""
    staff.says("c1", "I want to talk to a person about my zebra")
    desk = open_desk()
    desk.goto("/desk#c1")
    desk.get_by_role("button", name="Take it", exact=True).click()
    box = desk.locator("#composer-text")
    box.fill("Dear Robin, I am just")
    erase_for(staff.services, "c1", CUSTOMER)
    expect(desk.locator("#talk-notice")).to_contain_text("The customer deleted this conversation.")
    expect(desk.locator("#talk-notice")).to_contain_text("still in the box")
    expect(box).to_have_value("Dear Robin, I am just")
    expect(desk.locator("#talk").get_by_text("zebra")).to_have_count(0)
    expect(desk.locator("#composer-send")).to_be_disabled()


def test_an_admin_deletes(open_desk: Any, staff: Staff) -> None:
    """An admin's menu has it for any conversation; an agent's has no menu for one of the bot's."""
    staff.says("c1", "hello")
    admin = open_desk("Eve Roe", "admin")
    admin.goto("/desk#c1")
    expect(admin.locator("#more-menu")).to_be_visible()
    admin.locator("#more-menu summary").click()
    admin.get_by_role("button", name="Delete this conversation…").click()
    admin.get_by_role("button", name="Delete it", exact=True).click()
    expect(admin.locator("#talk-notice")).to_contain_text("Eve deleted this conversation.")
    assert not staff.services.conversations.exists("c1")
    staff.says("c2", "hello")
    agent = open_desk()
    agent.goto("/desk#c2")
    expect(agent.locator("#step-in")).to_be_visible()
    expect(agent.locator("#more-menu")).to_be_hidden()
    expect(agent.locator("#do-erase")).to_have_count(0)
