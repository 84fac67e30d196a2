"""Writing at the desk in a real browser: taking back, asking first, and never losing a word."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

import pytest

from bot.desk import Desk
from tests.staff import Staff

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
Page = sync_api.Page
expect = sync_api.expect
Open = Callable[..., Page]


def _held(staff: Staff, open_desk: Open, text: str = "a person please") -> Page:
    """Give a desk on which Ana holds the conversation of Robin."""
    staff.says("c1", text, name="Robin Marsh")
    page = open_desk()
    Desk(staff.services).claim(staff.person("Ana Lima"), "c1#1", "held")
    page.goto("/desk#c1")
    expect(page.locator("#talk-state")).to_have_text("With you")
    return page


def _write(page: Page, text: str) -> None:
    page.fill("#composer-text", text)
    page.press("#composer-text", "Enter")


def _replies(staff: Staff) -> list[str]:
    entries = staff.services.conversations.entries("c1")
    agents = [one for one in entries if one.kind == "message" and one.data["author"] == "agent"]
    return [one.data["text"] for one in agents]


def test_a_reply_is_taken_back_by_keyboard(staff: Staff, open_desk: Open) -> None:
    """Within five seconds Ctrl+Z brings the words back into the box; the customer got none."""
    page = _held(staff, open_desk)
    _write(page, "Wrong window")
    expect(page.locator("#composer-undo")).to_contain_text("Sends in")
    expect(page.locator(".line.sending .bubble")).to_have_text("Wrong window")
    expect(page.locator("#composer-text")).to_have_value("")
    page.press("#composer-text", "Control+z")
    expect(page.locator("#composer-text")).to_have_value("Wrong window")
    expect(page.locator("#composer-undo")).to_be_hidden()
    expect(page.locator(".line.agent")).to_have_count(0)
    page.wait_for_timeout(5_500)
    assert _replies(staff) == []
    expect(page.locator("#composer-text")).to_have_value("Wrong window")


def test_a_reply_goes_out_by_itself(staff: Staff, open_desk: Open) -> None:
    """Left alone it is sent after five seconds, and the desk shows it as sent."""
    page = _held(staff, open_desk)
    _write(page, "Hello Robin")
    assert _replies(staff) == []
    expect(page.locator(".line.agent:not(.sending) .bubble")).to_have_text("Hello Robin")
    assert _replies(staff) == ["Hello Robin"]
    expect(page.locator("#composer-undo")).to_be_hidden()


def test_a_closed_desk_sends_once(staff: Staff, open_desk: Open) -> None:
    """The lid closes right after Enter: the reply is sent without the desk, once."""
    page = _held(staff, open_desk)
    _write(page, "Closing now")
    expect(page.locator(".line.sending")).to_have_count(1)
    page.context.set_offline(True)
    page.close()
    for _ in range(100):
        if _replies(staff):
            break
        time.sleep(0.1)
    assert _replies(staff) == ["Closing now"]


def test_words_of_before_and_after_are_both_kept(staff: Staff, open_desk: Open) -> None:
    """What was written since stands below what is taken back."""
    page = _held(staff, open_desk)
    _write(page, "First")
    expect(page.locator("#undo")).to_be_visible()
    page.fill("#composer-text", "Second")
    page.click("#undo")
    expect(page.locator("#composer-text")).to_have_value("First\n\nSecond")


def test_a_second_answer_asks_first(staff: Staff, open_desk: Open) -> None:
    """While a colleague writes to the same customer, sending asks; no sends nothing."""
    staff.says("c1", "a person please", name="Robin Marsh")
    page = open_desk()
    page.goto("/desk#c1")
    expect(page.locator("#take")).to_be_visible()
    page.fill("#composer-text", "Hello")
    bo = staff.person("Bo Chen")
    staff.services.live.typing("c1", "agent", bo.first_name, bo.id)
    expect(page.locator("#typing")).to_have_text("Bo is writing…")
    page.press("#composer-text", "Enter")
    expect(page.locator("#ask-words")).to_contain_text("Bo is writing to this customer, too")
    page.keyboard.press("Escape")
    expect(page.locator("#composer-text")).to_be_focused()
    expect(page.locator("#composer-text")).to_have_value("Hello")
    assert page.locator(".line.agent").count() == 0


def test_a_huge_paste_is_kept_and_said(staff: Staff, open_desk: Open) -> None:
    """200,000 pasted letters stay in the box, also after a reload, and a sentence says why not."""
    page = _held(staff, open_desk)
    page.evaluate(
        """async () => {
            const box = document.getElementById("composer-text");
            box.focus();
            document.execCommand("insertText", false, "<b>x</b> ".repeat(22_223));
        }"""
    )
    expect(page.locator("#composer-left")).to_contain_text("196,007 letters too many")
    expect(page.locator("#composer-send")).to_be_disabled()
    page.press("#composer-text", "Enter")
    assert _replies(staff) == []
    page.reload()
    expect(page.locator("#composer-left")).to_contain_text("Nothing is lost")
    assert len(page.input_value("#composer-text")) == 200_007


def test_a_slash_offers_replies(staff: Staff, open_desk: Open) -> None:
    """By keyboard alone: narrow, choose, fill the blank, send; with a blank nothing is sent."""
    page = _held(staff, open_desk)
    page.focus("#composer-text")
    page.keyboard.type("Hello. /taking")
    expect(page.locator("#suggest-list li")).to_have_count(1)
    expect(page.locator("#suggest-list li")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#suggest")).to_be_hidden()
    box = page.locator("#composer-text")
    assert "{{ order.number }}" in box.input_value()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-wrong")).to_contain_text("Fill in {{ order.number }} first")
    page.keyboard.type("20416")
    assert box.input_value().startswith("Hello. ")
    assert "order 20416" in box.input_value()
    page.keyboard.press("Enter")
    expect(page.locator(".line.sending .bubble")).to_contain_text("order 20416")


def test_a_slash_inside_words_offers_nothing(staff: Staff, open_desk: Open) -> None:
    """A date or an address opens no list, and Esc closes it until the next slash."""
    page = _held(staff, open_desk)
    page.focus("#composer-text")
    page.keyboard.type("on 3/4 see https://x.example/help")
    expect(page.locator("#suggest")).to_be_hidden()
    page.keyboard.type(" /")
    expect(page.locator("#suggest")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#suggest")).to_be_hidden()
    expect(page.locator("#composer-text")).to_be_focused()
