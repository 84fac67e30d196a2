"""The webhooks pages in a real browser: added, watched, and fit for everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from bot.settings import Settings
from tests.receiver import Receiver, Say, receiving
from tests.staff import PATIENCE_MS, Staff, make_staff

pytestmark = pytest.mark.browser
PAGE = "/workshop/endpoints"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a receiver."""
    with receiving() as found:
        yield found


@pytest.fixture
def staff(settings: Settings, store: redis.Redis) -> Iterator[Staff]:
    """Give the app with a courier that may reach the loopback."""
    loopback = {"endpoints_http": True, "endpoints_private_hosts": "127.0.0.1"}
    made = make_staff(settings.model_copy(update=loopback), store)
    yield made
    made.close()


def window(
    chromium: Chromium, staff: Staff, address: str, width: int, scheme: str
) -> BrowserContext:
    """Give an admin's window."""
    person = staff.person("Ada Okonkwo", "admin")
    token = staff.services.people.begin_session(person, staff.services.clock())
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "attune", "value": token, "url": address}])
    return context


def looked_at(page: Page, name: str) -> None:
    """No serious finding of axe, nothing wider than the window."""
    page.wait_for_load_state("networkidle")
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, name
    found = [
        (one["id"], [node["target"] for node in one["nodes"][:3]])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert not found, (name, found)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
)
def test_added_watched_and_sent_again(
    chromium: Chromium, staff: Staff, address: str, receiver: Receiver, width: int, scheme: str
) -> None:
    """Through all states of an endpoint, each page fits and is accessible, no script complains."""
    page = window(chromium, staff, address, width, scheme).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    shot = f"{scheme}-{width}"
    page.goto(PAGE)
    looked_at(page, f"{shot}-empty")
    page.fill("#name", "crm")
    page.fill("#address", receiver.url)
    page.get_by_text("Add and show the secret").click()
    expect(page.locator("#secret")).to_contain_text("whsec_")
    looked_at(page, f"{shot}-secret")
    receiver.judge = lambda _: Say(410 if len(receiver.got) > 1 else 200, body=b"x" * 200)
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator(".notice.done")).to_contain_text("on its way")
    receiver.wait_for(1)
    page.goto(f"{PAGE}/crm")
    expect(page.locator(".deliveries .tag.done")).to_contain_text("taken")
    page.get_by_role("button", name="Send a test").click()
    receiver.wait_for(2)
    until_off(page)
    looked_at(page, f"{shot}-off")
    page.get_by_role("button", name="Remove…").click()
    expect(page.locator("#remove")).to_be_visible()
    page.keyboard.press("Escape")
    receiver.judge = lambda _: None
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("button", name="Send again").first.click()
    receiver.wait_for(3)
    page.goto(PAGE)
    looked_at(page, f"{shot}-list")
    assert not errors


def until_off(page: Page) -> None:
    """Look until the page says so."""
    for _ in range(50):
        page.goto(f"{PAGE}/crm")
        if page.locator(".notice.urgent").count():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it was not switched off")


def test_a_mistake_is_told_beside_the_box(chromium: Chromium, staff: Staff, address: str) -> None:
    """A private address is refused where it was typed, and the rest of the form is kept."""
    page = window(chromium, staff, address, 1280, "light").new_page()
    page.goto(PAGE)
    page.fill("#name", "crm")
    page.fill("#address", "https://169.254.169.254/latest")
    page.locator("input[value='note.written']").uncheck()
    page.get_by_text("Add and show the secret").click()
    expect(page.locator("#address-wrong")).to_contain_text("not public")
    expect(page.locator("#address")).to_be_focused()
    assert page.input_value("#name") == "crm"
    assert not page.locator("input[value='note.written']").is_checked()
    looked_at(page, "light-1280-wrong")
