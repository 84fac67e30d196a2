"""An admin tries a draft on last week's conversations in a real browser, beside a real server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from bot.rehearsal_run import Runs
from intents.cache import cache_folder
from tests.builders import patient
from tests.staff import PATIENCE_MS, Staff, served

pytestmark = pytest.mark.browser
PAGE = "/workshop/rehearsal"
WORK_MS = 300_000  # its process gives way to all others
SAID = {
    "c1": ("let me talk to a human", "hello?"),
    "c2": ("do you ship to norway?", "thanks"),
    "c3": ("this is really annoying, where is my parcel", "still nothing, unbelievable"),
    "c4": ("x" * 90 + " where is my order 204167",),
}


@pytest.fixture
def address(staff: Staff) -> Iterator[str]:
    """Give the address of the app, served on the real clock, with the built model beside it."""
    shutil.copytree(cache_folder(), staff.services.settings.model_cache)
    staff.services = patient(staff.services)
    for name, texts in SAID.items():
        for text in texts:
            staff.says(name, text)
    draft = staff.services.packs.draft()
    texts = dict(draft.texts)
    for old, new in (
        ("first_reply: 15", "first_reply: 30"),
        ("frustration: 0.85", "frustration: 0.3"),
        ("frustration_at_least: 0.4", "frustration_at_least: 0.1"),
    ):
        texts["policy.yaml"] = texts["policy.yaml"].replace(old, new, 1)
    head = "\n  shipping_international:\n    quick_replies: []\n    calm:\n"
    lines = texts["replies.yaml"].replace(head, f"{head}      - Norway, gladly.\n", 1)
    staff.services.packs.save_draft({**texts, "replies.yaml": lines}, 0, "Ada Okonkwo", 1)
    with served(staff) as url:
        yield url


def window(chromium: Chromium, staff: Staff, address: str, **more: Any) -> BrowserContext:
    """Give a signed-in admin's window."""
    person = staff.person("Ada Okonkwo", "admin")
    token = staff.services.people.begin_session(person, staff.services.clock())
    context = chromium.new_context(base_url=address, **more)
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "attune", "value": token, "url": address}])
    return context


def fits(page: Page, width: int) -> None:
    """See that nothing is wider than the window, and that axe finds nothing serious."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    found = [
        (one["id"], [node["target"] for node in one["nodes"][:3]])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert not found, (page.url, found)


def test_try_leave_come_back_and_look(chromium: Chromium, staff: Staff, address: str) -> None:
    """From Publish by keyboard to the result of a real process, and into a conversation."""
    page = window(chromium, staff, address).new_page()
    page.goto("/workshop/publish")
    page.get_by_role("button", name="Try it").press("Enter")
    page.wait_for_url(f"**{PAGE}")
    expect(page.locator(".running, .found").first).to_be_visible()
    page.goto("/workshop")
    page.goto(PAGE)
    expect(page.locator(".found")).to_contain_text("4 conversations", timeout=WORK_MS)
    expect(page.get_by_role("heading", name="Brought to a person earlier")).to_be_visible()
    expect(page.get_by_role("heading", name="Due at another time")).to_be_visible()
    expect(page.locator("#reply")).to_contain_text("do you ship to norway?")
    page.get_by_role("link", name="this is really annoying").press("Enter")
    expect(page.locator(".is-first .draft")).to_contain_text("A person, high")
    expect(page.locator(".is-first")).to_have_count(1)
    expect(page.locator(".turns")).to_contain_text("A person would have had it by now")
    assert staff.services.people.trail()[0]["about"] == "c3"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_fit_and_are_accessible(
    chromium: Chromium, staff: Staff, address: str, scheme: str
) -> None:
    """Empty, running, failed and done, on a small phone: no serious finding, no script error."""
    context = window(
        chromium, staff, address, color_scheme=scheme, reduced_motion="reduce",
        viewport={"width": 320, "height": 700},
    )  # fmt: skip
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    runs, clock = Runs(staff.services.redis), staff.services.clock
    texts = staff.services.packs.draft().texts
    for url in ("/workshop/publish", PAGE):
        page.goto(url)
        fits(page, 320)
    run, _ = runs.begin(texts, 1, "Ada Okonkwo", clock())
    page.goto(PAGE)
    expect(page.locator("#rehearsal-state")).to_contain_text("Getting ready")
    runs.note(run.id, clock(), done=3, total=1_204)
    expect(page.locator("#rehearsal-state")).to_contain_text("3 of 1,204")
    fits(page, 320)
    runs.note(run.id, clock(), state="failed", why="The process ended unexpectedly (status -9).")
    expect(page.locator(".notice.urgent")).to_contain_text("status -9")
    fits(page, 320)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".found")).to_be_visible(timeout=WORK_MS)
    fits(page, 320)
    page.locator(".differ a").first.click()
    fits(page, 320)
    assert not errors
