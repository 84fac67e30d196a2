"""A working day in a real browser: promises, rests, search, mentions, the palette, by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from bot.desk import Desk
from tests.staff import Staff

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
Page = sync_api.Page
expect = sync_api.expect
Open = Callable[..., Page]


def _held(staff: Staff, open_desk: Open, **options: object) -> Page:
    """Give a desk on which Ana holds the conversation of Robin."""
    staff.says("c1", "a person please", name="Robin Marsh")
    page = open_desk(**options)
    Desk(staff.services).claim(staff.person("Ana Lima"), "c1#1", "held")
    page.goto("/desk#c1")
    expect(page.locator("#talk-state")).to_have_text("With you")
    return page


def test_a_promise_is_kept_track_of(staff: Staff, open_desk: Open) -> None:
    """Hint, one click, on the card and in its list; resolving asks; kept takes it away."""
    page = _held(staff, open_desk)
    page.fill("#composer-text", "We'll refund the fee tomorrow.")
    hint = page.locator("#composer-hints")
    expect(hint).to_contain_text("This promises something by")
    page.get_by_role("button", name="Keep track of it").click()
    expect(hint).to_contain_text("Your promise until")
    page.press("#composer-text", "Enter")
    expect(page.locator(".promises li")).to_contain_text("refund the fee")
    expect(page.locator("#count-promised")).to_have_text("1")
    page.click("#resolve")
    expect(page.locator("#ask-words")).to_contain_text("A promise is open here")
    page.keyboard.press("Escape")
    expect(page.locator("#talk-state")).to_have_text("With you")
    page.click("#view-promised")
    expect(page.locator("#list li")).to_contain_text("You: We'll refund the fee tomorrow.")
    page.get_by_role("button", name="Kept: We'll refund").click()
    expect(page.locator("#list-empty-title")).to_have_text("No open promise")
    expect(page.locator("#count-promised")).to_have_text("")


def test_a_second_sorry_is_hinted_at(staff: Staff, open_desk: Open) -> None:
    """Who said sorry before is told, and other replies are one click away."""
    page = _held(staff, open_desk)
    ticket = staff.services.queue.get("c1#1")
    assert ticket
    desk = Desk(staff.services)
    desk.reply(staff.person("Ana Lima"), "c1", ticket.token, "I'm sorry, Robin.", "r1")
    page.fill("#composer-text", "I am so sorry")
    hint = page.locator("#composer-hints")
    expect(hint).to_contain_text("You already said sorry")
    page.get_by_role("button", name="See replies").click()
    expect(page.locator("#suggest-list li").first).to_be_visible()


def test_rest_until_the_customer_writes(staff: Staff, open_desk: Open) -> None:
    """S and Enter let it rest; the customer's next word brings it back by itself."""
    page = _held(staff, open_desk)
    page.click("#view-mine")
    expect(page.locator("#count-mine")).to_have_text("1")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.locator("#talk-state")).to_contain_text("rests until")
    expect(page.locator("#list-empty-title")).to_have_text("You hold no conversation")
    expect(page.locator("#count-snoozed")).to_have_text("1")
    staff.says("c1", "hello?", name="Robin Marsh")
    expect(page.locator("#count-mine")).to_have_text("1")
    expect(page.locator("#count-snoozed")).to_have_text("")
    expect(page.locator(".event-words").last).to_contain_text("Back, because the customer wrote")


def test_search_finds_and_leads_back(staff: Staff, open_desk: Open) -> None:
    """/ and a word list what holds it; Esc leads back to the list before."""
    staff.says("c1", "my grinder rattles, a person please", name="Robin Marsh")
    staff.says("c2", "do you ship to norway?", name="Kai")
    page = open_desk()
    expect(page.locator("#list li")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("norway")
    expect(page.locator("#list li")).to_have_count(1)
    expect(page.locator("#list li")).to_contain_text("Kai")
    expect(page.locator("#find-state")).to_have_text("1 found")
    page.fill("#find-text", "<b>nothing</b>")
    expect(page.locator("#list-empty-title")).to_have_text("Nothing found")
    page.press("#find-text", "Escape")
    expect(page.locator("#list li")).to_contain_text("Robin Marsh")


def test_a_note_calls_a_colleague(staff: Staff, open_desk: Open) -> None:
    """@ offers colleagues; the one named finds it under For you until they have looked."""
    staff.person("Bo Chen")
    page = _held(staff, open_desk)
    page.keyboard.press("n")
    page.keyboard.type("@b")
    expect(page.locator("#suggest-list li")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("do you know her?")
    page.keyboard.press("Enter")
    expect(page.locator(".note-card .mention")).to_have_text("@Bo Chen")
    other = open_desk("Bo Chen")
    expect(other.locator("#count-mentions")).to_have_text("1")
    other.click("#view-mentions")
    other.click("#list >> text=Robin Marsh")
    expect(other.locator("#count-mentions")).to_have_text("")
    expect(page.locator("#talk-looking-words")).to_have_text("Bo is looking, too")


def test_palette_resolves_and_goes_on(staff: Staff, open_desk: Open) -> None:
    """Ctrl+K and a few letters; the next of one's own opens, and a line leads back."""
    staff.says("c2", "a person please", name="Lena Fischer")
    page = _held(staff, open_desk)
    Desk(staff.services).claim(staff.person("Ana Lima"), "c2#1", "held2")
    expect(page.locator("#count-mine")).to_have_text("2")
    page.focus("#composer-text")
    page.keyboard.press("Control+k")
    page.keyboard.type("resol")
    page.keyboard.press("Enter")
    expect(page.locator("#talk-name")).to_have_text("Lena Fischer")
    expect(page.locator("#toast")).to_contain_text("Resolved: Robin Marsh.")
    page.get_by_role("button", name="Step back in").click()
    expect(page.locator("#talk-name")).to_have_text("Robin Marsh")
    expect(page.locator("#talk-state")).to_have_text("With you")


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_and_nothing_sticks_out(
    staff: Staff, open_desk: Open, scheme: str, width: int
) -> None:
    """Axe finds nothing in hints, list of replies, dialogs and palette, and no width overflows."""
    size = {"width": width, "height": 800}
    page = _held(staff, open_desk, color_scheme=scheme, reduced_motion="reduce", viewport=size)
    page.fill("#composer-text", "I'll call you tomorrow.")
    page.get_by_role("button", name="Keep track of it").click()
    found = _barriers(page)
    page.press("#composer-text", "Enter")
    expect(page.locator("#composer-undo")).to_be_visible()
    found += _barriers(page)
    page.fill("#composer-text", "/")
    expect(page.locator("#suggest-list li").first).to_be_visible()
    found += _barriers(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".promises li")).to_be_visible()
    for key in ("s", "Control+k"):
        page.keyboard.press(key)
        found += _barriers(page)
        page.keyboard.press("Escape")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert not found


def _barriers(page: Page) -> list[str]:
    results = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in results]
