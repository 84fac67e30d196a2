"""Each state of widget and desk, in each language: reached, free of barriers, and pictured.

Where ATTUNE_PICTURES names a folder the pictures are kept there, as the documents show them.
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk
from bot.translations import translations
from tests.staff import Staff, served

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
QUALITY = 80
PHONE = {"width": 360, "height": 660}
DESKTOP = {"width": 1280, "height": 800}
ARABIC = "مرحبا، الطلب #20416 لم يصل. بريدي noor@example.com"


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[Page, str], None]:
    """Give a way to picture a page."""
    folder = Path(os.environ.get("ATTUNE_PICTURES", tmp_path))

    def picture(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        camera = page.context.new_cdp_session(page)
        shot = camera.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
        (folder / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))
        camera.detach()

    return picture


def barriers(page: Page, state: str) -> list[str]:
    """Give what is serious, and whatever sticks out sideways."""
    results = axe.Axe().run(page).response["violations"]
    found = [
        f"{state} {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in results
        if one["impact"] in {"serious", "critical"}
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, f"{state} sticks out"] if wide else found


# ---- the widget ----

WIDGETS = [
    ("en", "light"),
    ("en", "dark"),
    ("de", "light"),
    ("de", "dark"),
    ("ar", "light"),
    ("ar", "dark"),
]


@pytest.fixture
def customer(staff: Staff, chromium: Any) -> Iterator[Callable[..., Page]]:
    """Give a way to open the widget in a language and a scheme; a script error fails the test."""
    broken: list[str] = []
    with served(staff) as address:
        contexts = []

        def open_in(language: str, scheme: str) -> Page:
            context = chromium.new_context(
                base_url=address, viewport=PHONE, color_scheme=scheme, locale=language
            )
            contexts.append(context)
            page = context.new_page()
            page.on("pageerror", lambda error: broken.append(str(error)))
            page.goto("/widget")
            expect(page.locator(".entry").first).to_be_visible()
            return page

        yield open_in
        for context in contexts:
            context.close()
    assert broken == []


@pytest.mark.parametrize(("language", "scheme"), WIDGETS)
def test_widget(
    staff: Staff,
    customer: Callable[..., Page],
    keep: Callable[[Page, str], None],
    language: str,
    scheme: str,
) -> None:
    """Empty, answered, nobody there, waiting, a person, rating, offline: in its language."""
    words = translations()[language]
    talk, person = words.under("widget.talk"), words.under("widget.person")
    services, desk, ana = staff.services, Desk(staff.services), staff.person("Ana Lima")
    page, found = customer(language, scheme), []

    def seen(state: str) -> None:
        found.extend(barriers(page, state))
        keep(page, f"widget-{state}-{language}-{scheme}")

    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_attribute("dir", words.direction)
    expect(page.locator("#strip")).to_contain_text(talk("with_bot"))
    seen("empty")
    page.fill("#text", "do you ship to norway?")
    page.press("#text", "Enter")
    expect(page.locator("[data-author=bot]")).to_have_count(2)
    seen("bot")
    page.get_by_role("button", name=talk("ask_person"), exact=True).click()
    expect(page.locator("#strip")).to_contain_text(person("nobody"))
    expect(page.locator("label[for=email]")).to_have_text(person("email"))
    seen("email")
    services.presence.seen(ana.id, True, services.clock())
    page.fill("#email", "robin@example.com")
    page.press("#email", "Enter")
    expect(page.locator("#strip")).to_contain_text(person("waiting"))
    seen("waiting")
    conversation, _ = services.conversations.recent(1)[0]
    services.relay.carry_for(conversation)
    reasons = services.conversations.load(conversation).reasons
    assert reasons[0]["code"] == "asked_for_human"
    ticket = desk.claim_next(ana, "op1")
    assert ticket
    desk.reply(ana, conversation, ticket.token, "Hello, Ana here. I look into it now.", "op2")
    expect(page.locator("#strip strong")).to_have_text("Ana")
    page.fill("#text", ARABIC)
    page.press("#text", "Enter")
    expect(page.locator(".bubble bdi").first).to_have_text("#20416")
    seen("person")
    desk.resolve(ana, conversation, ticket.token, "op3")
    expect(page.locator("#rating legend")).to_have_text(person("rating"))
    seen("rating")
    page.context.set_offline(True)
    page.fill("#text", "one more thing")
    page.press("#text", "Enter")
    expect(page.locator(".fate")).to_contain_text(talk("unsent.away"))
    expect(page.locator("#connection")).to_have_text(talk("offline"))
    seen("offline")
    assert found == []


def test_the_tag_chooses_the_language(staff: Staff, chromium: Any) -> None:
    """`data-lang` decides over the browser for button and frame; Arabic stands on the left."""
    with served(staff) as address:
        context = chromium.new_context(base_url=address, locale="de-AT", viewport=DESKTOP)
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_role("button", name="Hilfe")).to_be_visible()
        shop = page.request.get("/").text().replace("<script ", '<script data-lang="ar-EG" ')
        page.route("**/arabic", lambda route: route.fulfill(body=shop, content_type="text/html"))
        page.goto("/arabic")
        launcher = page.get_by_role("button", name="مساعدة")
        box = launcher.bounding_box()
        assert box
        assert box["x"] < DESKTOP["width"] / 2
        launcher.click()
        frame = page.frame_locator("iframe")
        expect(frame.locator("html")).to_have_attribute("dir", "rtl")
        expect(frame.locator("#text")).to_have_attribute("placeholder", "اكتب رسالة")
        context.close()


# ---- the desk ----

DESKS = [
    ("en", "light", DESKTOP),
    ("en", "dark", PHONE),
    ("de", "dark", DESKTOP),
    ("ar", "light", DESKTOP),
    ("ar", "dark", PHONE),
]


@pytest.mark.parametrize(("language", "scheme", "size"), DESKS)
def test_desk(
    staff: Staff,
    open_desk: Open,
    keep: Callable[[Page, str], None],
    language: str,
    scheme: str,
    size: dict[str, int],
) -> None:
    """Empty, waiting, card, writing, taking back, collision, resting, search, palette, late."""
    words = translations()[language]
    live = words.under("desk.live")
    device = "phone" if size is PHONE else "desktop"
    page = open_desk(
        "Ana Lima",
        "admin",
        locale=language,
        color_scheme=scheme,
        viewport=size,
        reduced_motion="reduce",
    )
    found: list[str] = []

    def seen(state: str) -> None:
        found.extend(barriers(page, state))
        keep(page, f"desk-{state}-{language}-{scheme}-{device}")

    expect(page.locator("html")).to_have_attribute("dir", words.direction)
    expect(page.locator("#list-empty-title")).to_have_text(live("empty.waiting"))
    seen("empty")
    staff.says("c1", "where is my parcel? order 20416", name="Robin Marsh")
    staff.says("c1", "this is the third time I ask. a person please!", name="Robin Marsh")
    staff.says("c2", ARABIC, name="نور")
    staff.says("c2", "a person please", name="نور")
    expect(page.locator("#list li")).to_have_count(2)
    seen("waiting")
    page.click("#list >> text=Robin Marsh")
    expect(page.locator(".story-part h3").first).to_have_text(live("card.wants"))
    seen("card")
    page.click("#take")
    expect(page.locator("#talk-state")).to_have_text(live("holder.me"))
    page.fill("#composer-text", "We'll refund the fee tomorrow.")
    expect(page.locator("#composer-hints")).to_contain_text(live("hints.track"))
    seen("hints")
    page.press("#composer-text", "Enter")
    expect(page.locator("#composer-undo")).to_be_visible()
    keep(page, f"desk-undo-{language}-{scheme}-{device}")
    bo = staff.person("Bo Chen")
    staff.services.live.typing("c1", "agent", bo.first_name, bo.id)
    expect(page.locator("#typing")).to_have_text(live("talk.writing", who="Bo"))
    page.fill("#composer-text", "Is there anything else?")
    page.press("#composer-text", "Enter")
    expect(page.locator("#ask-words")).to_have_text(live("talk.sure", who="Bo"))
    seen("collision")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-list li").first).to_be_visible()
    seen("palette")
    page.keyboard.press("Escape")
    rests_and_is_found(page, live, seen)
    assert found == []


def rests_and_is_found(page: Page, live: Any, seen: Callable[[str], None]) -> None:
    """Let the open conversation rest, look at the list, and find another by a word."""
    page.click("#more-menu > summary")
    page.click("#do-snooze")
    seen("rest")
    page.press("#snooze-own", "Enter")
    expect(page.locator("#count-snoozed")).to_have_text("1")
    page.goto("/desk")
    page.click("#view-snoozed")
    expect(page.locator("#list li")).to_have_count(1)
    seen("snoozed")
    page.fill("#find-text", "noor")
    expect(page.locator("#find-state")).to_have_text(live("find.found", count=1))
    seen("search")


def test_the_desk_keeps_the_language_chosen_in_it(staff: Staff, open_desk: Open) -> None:
    """A choice in the menu holds over the browser's languages, also after a reload."""
    page = open_desk("Ana Lima", locale="de")
    expect(page.locator("#available-words")).to_have_text("Verfügbar")
    page.click(".me > summary")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.reload()
    expect(page.locator("#available-words")).to_have_text("متاح")
    page.goto("/insights")
    expect(page.locator("html")).to_have_attribute("lang", "en")
