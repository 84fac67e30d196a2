"""Beginning another conversation and coming back to an earlier one, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk import Desk
from bot.services import Services
from tests.browser.test_widget import (
    ANA,
    desk,
    escalated,
    grave_problems,
    opened,
    page,
    say,
    site,
)

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = pytest.mark.browser
__all__ = ["desk", "page", "site"]


def menu(frame: Any, name: str) -> None:
    frame.get_by_role("button", name="More", exact=True).press("Enter")
    frame.get_by_role("button", name=name).press("Enter")


def test_new_one_after_it_was_closed(page: Any, site: str, services: Services, desk: Desk) -> None:
    """Once closed, a new one is one button away; the old one is found again, with all it held."""
    frame = opened(page, site)
    say(frame, "do you ship to norway?")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    old = escalated(frame, services)
    ticket = desk.claim_next(ANA, "op1")
    assert ticket
    expect(frame.get_by_text("from the team is with you")).to_be_visible()
    desk.resolve(ANA, old, ticket.token, "op2")
    begin = frame.locator("#over").get_by_role("button", name="Start a new conversation")
    expect(begin).to_be_visible()
    assert grave_problems(page) == []
    begin.click()
    expect(frame.locator("[data-author=customer]")).to_have_count(0)
    expect(begin).to_be_hidden()
    say(frame, "hello")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    new = next(one for one, _ in services.conversations.recent(5) if one != old)
    said = [one.data["text"] for one in services.conversations.entries(new)[:1]]
    assert said == ["hello"]

    menu(frame, "Earlier conversations…")
    found = frame.get_by_role("dialog", name="Earlier conversations").get_by_role("listitem")
    expect(found).to_have_count(1)
    assert grave_problems(page) == []
    found.get_by_role("button", name="do you ship to norway?").click()
    expect(frame.get_by_text("do you ship to norway?")).to_be_visible()
    expect(frame.get_by_text("hello", exact=True)).to_have_count(0)
    page.reload()  # it is the one this browser comes back to now
    expect(frame.get_by_text("do you ship to norway?")).to_be_visible()
    menu(frame, "Earlier conversations…")
    expect(found.get_by_role("button", name="hello")).to_be_visible()


def test_one_that_is_gone(page: Any, site: str, services: Services) -> None:
    """An earlier one that is not kept any more says so, and leaves the list."""
    frame = opened(page, site)
    say(frame, "do you ship to norway?")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    old, _ = services.conversations.recent(1)[0]
    menu(frame, "Start a new conversation")
    expect(frame.locator("[data-author=customer]")).to_have_count(0)
    services.conversations.erase(old)
    menu(frame, "Earlier conversations…")
    frame.get_by_role("button", name="do you ship to norway?").click()
    expect(frame.get_by_text("That conversation is not kept any more")).to_be_visible()
    menu(frame, "Earlier conversations…")
    expect(frame.get_by_text("None yet.")).to_be_visible()


def test_a_deleted_one_is_not_kept(page: Any, site: str) -> None:
    """Deleting leaves nothing of the conversation in this browser's list."""
    frame = opened(page, site)
    say(frame, "do you ship to norway?")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    menu(frame, "Delete this conversation…")
    frame.get_by_role("button", name="Delete it").click()
    expect(frame.get_by_text("Your conversation was deleted")).to_be_visible()
    menu(frame, "Earlier conversations…")
    expect(frame.get_by_text("None yet.")).to_be_visible()
    kept = page.frames[-1].evaluate("JSON.stringify({...localStorage})")
    assert "norway" not in kept
