from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from bot.pieces import read_piece
from bot.pipeline import handle_message
from bot.services import Services
from intents.pack import read_pack
from tests.builders import make_incoming
from tests.staff import PATIENCE_MS, Staff

pytestmark = pytest.mark.browser
REFUND = "/workshop/intents/refund_request"
PAGES = (
    "/workshop",
    REFUND,
    "/workshop/replies",
    "/workshop/refused",
    "/workshop/rules",
    "/workshop/cases",
    "/workshop/files/policy.yaml",
    "/workshop/publish",
    "/workshop/history",
    "/insights",
    "/insights/list",
)


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def window(
    chromium: Chromium, staff: Staff, address: str, name: str = "Ada Okonkwo", **more: Any
) -> BrowserContext:
    """Give a signed-in admin's window."""
    person = staff.person(name, "admin")
    token = staff.services.people.begin_session(person, staff.services.clock())
    context = chromium.new_context(base_url=address, **more)
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "attune", "value": token, "url": address}])
    return context


def ready(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("Saved in the draft")


def test_edit_see_the_effect_publish_and_the_next_message_uses_it(
    chromium: Chromium, staff: Staff, address: str
) -> None:
    """Phrases and a reply change, the sentence box follows, and customers hear it once live."""
    page = ready(window(chromium, staff, address).new_page(), REFUND)
    page.fill("#try", "reverse the thingamajig for me")
    expect(page.locator("#try-out .same")).to_contain_text("does the same")
    phrases = page.input_value("#phrases")
    page.fill("#phrases", f"{phrases}\nreverse the thingamajig please\nreverse my thingamajig")
    saved(page)
    first = page.locator("#try-out .candidates > li").first
    expect(first).to_contain_text("Get my money back")
    expect(first).to_contain_text("reverse the thingamajig please")
    for tone in ("calm", "happy", "worried", "upset"):
        page.locator(f".tone-{tone} textarea").first.fill(f"Thingamajigs go back, {tone}.")
        for extra in range(page.locator(f".tone-{tone} textarea").count() - 1, 0, -1):
            page.locator(f".tone-{tone} [data-remove]").nth(extra).click()
    expect(page.locator("#to-publish")).to_contain_text("Publish 5 changes")
    expect(page.locator("#try-out .bubble").first).to_contain_text("Thingamajigs go back")
    page.click("#to-publish")
    expect(page.locator(".changes")).to_contain_text("2 phrases added")
    page.fill("#why", "New thing")
    page.click("#publish button.main")
    expect(page.locator(".notice.done")).to_contain_text("Version 2 is live")
    turn = handle_message(staff.services, make_incoming("reverse the thingamajig please"))
    assert turn.replies[0].text.startswith("Thingamajigs go back")


def test_a_sentence_says_which_phrases_and_words_did_it(
    chromium: Chromium, staff: Staff, address: str
) -> None:
    """Phrases stand under each candidate, words are marked when asked for, and follow the text."""
    page = ready(window(chromium, staff, address).new_page(), REFUND)
    page.fill("#try", "<b>this</b> is ridiculous, third time I ask, where is my parcel??")
    told = page.locator("#try-out .told")
    expect(told.locator(".candidates > li").first).to_contain_text("pulled by ")
    words = told.locator(".felt-words")
    expect(words.locator("mark")).to_have_count(0)
    words.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(words).to_contain_text("Each word was left out once")
    marked = [one.strip(",") for one in words.locator("mark").all_inner_texts()]
    assert set(marked) & {"ridiculous", "third", "time"}
    expect(words.locator(".why-text").first).to_contain_text("<b>this</b>")
    assert words.locator("b", has_text="this").count() == 0
    page.fill("#try", "I am so worried, the card was charged twice")
    expect(words.locator("mark", has_text="worried").first).to_be_visible()
    expect(words.locator("mark", has_text="ridiculous")).to_have_count(0)
    page.get_by_text("In other tones").first.click()
    expect(told.locator(".tones")).to_be_visible()


def test_two_admins_see_both_texts_and_none_is_lost(
    chromium: Chromium, staff: Staff, address: str
) -> None:
    """The slower admin sees both phrase lists side by side and can put both in."""
    ada = ready(window(chromium, staff, address).new_page(), REFUND)
    sam = ready(window(chromium, staff, address, "Sam Lee").new_page(), REFUND)
    ada.fill("#phrases", "refund\nAda's phrase")
    saved(ada)
    sam.fill("#phrases", "refund\nSam's phrase")
    panel = sam.locator(".collision")
    expect(panel).to_contain_text("Ada Okonkwo changed this")
    expect(panel).to_contain_text("Ada's phrase")
    expect(panel).to_contain_text("Sam's phrase")
    panel.get_by_text("Put both in").click()
    saved(sam)
    kept = read_piece(staff.services.packs.draft().texts, ("intent", "refund_request", "phrases"))
    assert kept == ["refund", "Ada's phrase", "Sam's phrase"]


def test_text_written_while_offline_survives_a_reload(
    chromium: Chromium, staff: Staff, address: str
) -> None:
    """What could not be saved is kept in the browser, put back after a reload, and saved."""
    context = window(chromium, staff, address)
    page = ready(context.new_page(), REFUND)
    context.set_offline(offline=True)
    page.fill("#phrases", "refund\nwritten on a train")
    expect(page.locator("#saved")).to_contain_text("kept in this browser")
    page.close()
    context.set_offline(offline=False)
    page = ready(context.new_page(), REFUND)
    assert page.input_value("#phrases") == "refund\nwritten on a train"
    saved(page)
    kept = read_piece(staff.services.packs.draft().texts, ("intent", "refund_request", "phrases"))
    assert kept == ["refund", "written on a train"]


def test_a_wrong_wording_is_told_beside_it_and_cannot_be_published(
    chromium: Chromium, staff: Staff, address: str
) -> None:
    """The wording says what is wrong, the field names file and line, the old keeps answering."""
    page = ready(window(chromium, staff, address).new_page(), REFUND)
    page.locator(".tone-upset textarea").first.fill("Hello {{ customer.shoe }}")
    expect(page.locator(".tone-upset .reads").first).to_contain_text("unknown variable")
    expect(page.locator(".tone-upset > .pack")).to_contain_text("replies.yaml, line")
    page.fill("#try", "hello")
    expect(page.locator("#try-out")).to_contain_text("until this is mended")
    ready(page, "/workshop/publish")
    expect(page.locator(".notice.urgent").first).to_contain_text("customer.shoe")
    assert page.locator("#publish button.main").is_disabled()
    assert handle_message(staff.services, make_incoming("hello")).replies


def test_a_new_intent_is_made_in_one_dialog(chromium: Chromium, staff: Staff, address: str) -> None:
    """Title, phrases and a reply are enough; the sentence box knows it before it is live."""
    page = ready(window(chromium, staff, address).new_page(), "/workshop")
    page.get_by_text("New intent").first.click()
    page.fill("#new-name", "Gift wrapping")
    page.fill("#new-phrases", "gift wrap please\nwrap it as a present\ndo you gift wrap")
    page.fill("#new-reply", "We wrap for free.")
    page.get_by_text("Add to the draft").click()
    page.wait_for_url("**/workshop/intents/gift_wrapping")
    page.fill("#try", "could you gift wrap it")
    expect(page.locator("#try-out .bubble").first).to_contain_text("We wrap for free.")
    expect(page.locator("#try-out .differs")).to_contain_text("reads it as")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_are_accessible(
    chromium: Chromium, staff: Staff, address: str, scheme: str
) -> None:
    """No serious finding of axe, no script error, nothing wider than a small phone."""
    staff.says("c1", "this is ridiculous, third time I ask, where is my parcel??")
    staff.says("c2", "do penguins have knees")
    context = window(
        chromium,
        staff,
        address,
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport={"width": 320, "height": 700},
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for url in PAGES:
        ready(page, url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
        if page.locator("#try").count():
            page.locator(".try-box > summary").click()
            page.fill("#try", "this is ridiculous, third time I ask, where is my parcel??")
            expect(page.locator("#try-out .told")).to_be_visible()
            page.click(".felt-words > summary")
            expect(page.locator("#try-out .why-method")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
        found = [
            (one["id"], [node["target"] for node in one["nodes"][:3]])
            for one in Axe().run(page).response["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
        assert not found, (url, found)
    assert not errors


def test_the_sheet_is_downloaded(
    chromium: Chromium, staff: Staff, address: str, tmp_path: Path
) -> None:
    """The figures leave as a file for a spreadsheet."""
    staff.says("c1", "where is my order")
    page = ready(window(chromium, staff, address).new_page(), "/insights")
    with page.expect_download() as download:
        page.get_by_text("Download CSV").click()
    download.value.save_as(tmp_path / "sheet.csv")
    assert "c1,widget," in (tmp_path / "sheet.csv").read_text()


def test_a_further_language_is_edited_beside_the_first(
    chromium: Chromium, staff: Staff, address: str
) -> None:
    """German wordings open under the English ones, save alone, and the sentence box follows."""
    folder = Path(__file__).parents[1] / "packs" / "kiosk"
    staff.services.packs.publish(read_pack(folder).texts, "Ada", "two languages", 1)
    context = window(chromium, staff, address, viewport={"width": 320, "height": 700})
    page = ready(context.new_page(), "/workshop/intents/invoice")
    german = page.locator(".further")
    expect(german.locator("summary")).to_contain_text("a person is brought in")
    german.locator("summary").click()
    german.locator(".tone-calm [data-add]").click()
    german.locator(".tone-calm textarea").fill("Die Rechnung liegt im Paket.")
    saved(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found = Axe().run(page).response["violations"]
    assert not [one for one in found if one["impact"] in {"serious", "critical"}]
    page.locator(".try-box > summary").click()
    page.fill("#try", "wo finde ich meine Rechnung")
    told = page.locator("#try-out .told")
    expect(told.locator(".language")).to_contain_text("Written in German (de)")
    expect(told.locator(".bubble").first).to_contain_text("Die Rechnung liegt im Paket.")
    expect(told.locator(".bubble a").first).to_have_text("invoice, calm in de, wording 1")
    page.locator(".try-box > summary").click()
    german.locator(".tone-calm textarea").fill("{{ nobody }}")
    expect(german.locator(".tone-calm > .pack")).to_contain_text("replies.yaml, line")
    ready(page, "/workshop/intents/invoice")
    expect(german.locator(".tone-calm > .pack")).to_be_visible()
    texts = staff.services.packs.draft().texts
    assert read_piece(texts, ("reply", "invoice", "calm")) == ["Your invoice is in the parcel."]
