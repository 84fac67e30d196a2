"""The bias audit in a real browser: its page on a phone and in the dark, a refusal to publish."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from bot import audit_gate
from bot.audit import Judge, audit, own_messages
from bot.audit_quiet import quiet_distress, quiet_messages
from bot.audit_report import write_audit
from bot.pieces import write_piece
from bot.services import Services
from intents.evaluate import LabelledRow
from intents.pack import CASES
from intents.perturb import slice_of
from tests.staff import Staff, served

pytestmark = pytest.mark.browser
SLOW_MS = 240_000  # on a busy machine, an audit included


@pytest.fixture
def report(services: Services, tmp_path: Path) -> Path:
    """Give the page of a small audit, with a word of 90 letters and a message of 40 pictures."""
    live, reader = services.packs.live(), services.reader
    judge = Judge(
        lambda texts: [reader.read(text, live.head) for text in texts], live.pack, live.policy
    )
    rows = [*own_messages()[::50], LabelledRow("x" * 90 + " agent", None)]
    rows += [LabelledRow("\U0001f4e6" * 40 + " I want to talk to an agent", None)]
    slices = [slice_of(name) for name in ("typos", "names", "scottish")]
    found = audit(rows, judge, slices=slices)
    quiet = quiet_distress(judge, quiet_messages()[::5])
    return write_audit({**found, "quiet_distress": quiet}, tmp_path)


@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (320, "light"), (375, "dark")])
def test_the_page_fits_and_can_be_read_by_all(
    chromium: Chromium, report: Path, width: int, scheme: str
) -> None:
    """No sideways scrolling at any width, no accessibility fault, in light and in dark."""
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator("article .dot")).to_have_count(3)
    problems = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in problems] == []
    page.close()


def test_a_refused_draft_is_told_on_the_publish_page(
    chromium: Chromium, services: Services, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says that the audit comes first, and then which change, how much and what to do."""
    for name, value in (("MOST", 10), ("FEWEST", 10), ("LONGEST_S", 3600)):
        monkeypatch.setattr(audit_gate, name, value)
    staff = Staff(services, app)
    person = staff.person("Ada Okonkwo", "admin")
    texts = services.packs.live().pack.texts
    texts = write_piece(texts, ("rule", "publishing", "largest_audit_gap"), 0.4)
    texts = write_piece(texts, ("rule", "own_words", "asked_for_human"), ["please"])
    texts = {**texts, CASES: ""}  # some say "please" too, and would be told first
    services.packs.save_draft(texts, 0, person.name, services.clock())
    with served(staff) as address:
        token = services.people.begin_session(person, services.clock())
        context = chromium.new_context(base_url=address)
        context.set_default_timeout(SLOW_MS)
        context.add_cookies([{"name": "attune", "value": token, "url": address}])
        page = context.new_page()
        page.goto("/workshop/publish")
        expect(page.locator("#publish .help").first).to_contain_text("The bias audit runs first")
        page.fill("#why", "Please")
        page.click("#publish button.main")
        wrong = page.locator("#publish-wrong")
        expect(wrong).to_contain_text("Nothing was published.")
        expect(wrong).to_contain_text("The bias audit found a gap of")
        expect(wrong).to_contain_text("Politeness")
        expect(wrong).to_contain_text("The live version keeps answering.")
        context.close()
    assert services.packs.live_number() == 1
