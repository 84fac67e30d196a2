"""Offers and pauses at the desk in a real browser: calm, by keyboard, on a phone, in the dark."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from escalation.routing_settings import Routing
from tests.staff import Staff

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.browser
Page = sync_api.Page
expect = sync_api.expect
Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
PUSH = Routing(mode="push", accept_ms=60_000, passes=2)


@pytest.fixture(autouse=True)
def _pushing(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the live policy offer tickets."""
    live = staff.services.packs.live()
    pushing = replace(live, policy=replace(live.policy, routing=PUSH))
    monkeypatch.setattr(type(staff.services.packs), "live", lambda _: pushing)


def _look(page: Page, name: str) -> None:
    """Keep a picture where a person asked for one."""
    if folder := os.environ.get("ATTUNE_" + "PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_an_offer_is_accepted_by_key(staff: Staff, open_desk: Open) -> None:
    """It comes by itself, takes no focus, is announced once, and `a` takes the conversation."""
    page = open_desk()
    page.focus("#view-mine")
    staff.says("c1", "I want to talk to a person please", name="Robin Marsh")
    expect(page.locator("#offer")).to_be_visible()
    expect(page.locator("#offer-title")).to_have_text("Robin Marsh")
    expect(page.locator("#offer-cue")).to_contain_text("Robin Marsh is offered to you")
    expect(page.locator("#offer-seconds")).to_contain_text("s left")
    expect(page.locator("#view-mine")).to_be_focused()
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.response["violations"] == []
    _look(page, "offer-desktop-light")
    page.keyboard.press("a")
    expect(page.locator("#talk-state")).to_have_text("With you")
    expect(page.locator("#offer")).to_be_hidden()
    expect(page.locator("#composer-text")).to_be_focused()


def test_a_declined_offer_goes_to_a_colleague(staff: Staff, open_desk: Open) -> None:
    """Whoever declines enough is on a break, in kind words, and comes back by one press."""
    page = open_desk(viewport=PHONE, color_scheme="dark")
    staff.says("c1", "I want to talk to a person please", name="Robin Marsh")
    expect(page.locator("#offer")).to_be_visible()
    box = page.locator("#offer").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    _look(page, "offer-phone-dark")
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.response["violations"] == []
    page.click("#offer-decline")
    expect(page.locator("#offer")).to_be_hidden()
    staff.says("c2", "I want to talk to a person please", name="Kim Doe")
    expect(page.locator("#offer-title")).to_have_text("Kim Doe")
    page.click("#offer-decline")
    expect(page.locator("#sent-away")).to_be_visible()
    _look(page, "sent-away-phone-dark")
    page.click("#come-back-now")
    expect(page.locator("#sent-away")).to_be_hidden()
    expect(page.locator("#available")).to_be_checked()


def test_a_pause_is_offered_after_an_abusive_one(staff: Staff, open_desk: Open) -> None:
    """It is the agent's to take or leave, says how long, and can be ended early."""
    page = open_desk()
    queue, now = staff.services.queue, staff.services.clock()
    ana = staff.person("Ana Lima")
    staff.says("c1", "I want to talk to a person please", name="Robin Marsh")
    ticket = queue.waiting()[0]
    queue.weigh(ticket.id, 0.9, now + 1, abusive=True)
    expect(page.locator("#offer")).to_be_visible()
    page.click("#offer-accept")
    expect(page.locator("#talk-state")).to_have_text("With you")
    page.click("#resolve")
    expect(page.locator("#pause")).to_be_visible()
    expect(page.locator("#pause-take")).to_have_text("Take 5 minutes")
    _look(page, "pause-desktop-light")
    page.click("#pause-take")
    expect(page.locator("#paused")).to_contain_text("on a short pause until")
    assert staff.services.presence.state(ana.id, now) == "paused"
    page.click("#come-back-early")
    expect(page.locator("#paused")).to_be_hidden()


def test_finishing_takes_no_new_ones(staff: Staff, open_desk: Open) -> None:
    """One box says it; nothing new is offered meanwhile."""
    page = open_desk()
    ana = staff.person("Ana Lima")
    page.check("#finishing")
    expect(page.locator("#nobody")).to_be_visible()
    assert staff.services.presence.state(ana.id, staff.services.clock()) == "finishing"
    page.uncheck("#finishing")
    expect(page.locator("#nobody")).to_be_hidden()
