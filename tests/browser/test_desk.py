"""The desk in a real browser: live, still under the hand, nothing typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.desk import Desk
from tests.staff import Staff

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.browser
Page = sync_api.Page
expect = sync_api.expect
Open = Callable[..., Page]
LONG_WORD = "Donaudampfschiff" * 6
PHONE = {"width": 390, "height": 844}


def _open(page: Page, name: str) -> None:
    page.click(f"#list >> text={name}")
    expect(page.locator(".story-part").first).to_be_visible()


def _wait(staff: Staff, conversation: str, name: str, text: str = "a person please") -> None:
    staff.says(conversation, text, name=name)


def test_new_ticket_appears_by_itself(staff: Staff, open_desk: Open) -> None:
    """An empty desk says so; a new ticket shows without reload, counted in tab and title."""
    page = open_desk()
    expect(page.locator("#list-empty-title")).to_have_text("Nobody is waiting")
    _wait(staff, "c1", "Robin Marsh")
    expect(page.locator("#list li")).to_have_count(1)
    expect(page.locator("#count-waiting")).to_have_text("1")
    expect(page).to_have_title("(1) Desk · Attune")
    expect(page.locator("#cue")).to_contain_text("Somebody new is waiting")


def test_from_waiting_to_resolved(staff: Staff, open_desk: Open) -> None:
    """Reading the card, taking it, replying by Enter and resolving: the whole way of a ticket."""
    staff.says("c1", "where is my parcel? order 20416", name="Robin Marsh")
    _wait(staff, "c1", "Robin Marsh", "still nothing. I want a person, this is the third time!!")
    page = open_desk()
    _open(page, "Robin Marsh")
    expect(page.locator(".wants")).to_contain_text("order")
    expect(page.locator(".fact")).to_contain_text("20416")
    expect(page.locator(".told")).to_be_visible()
    expect(page.locator(".why-without").first).to_contain_text("Without")
    expect(page.locator("mark").first).to_be_visible()
    page.click("#take")
    expect(page.locator("#talk-state")).to_have_text("With you")
    expect(page.locator("#composer-text")).to_be_focused()
    page.keyboard.type("Hello Robin")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("I am on it.")
    page.keyboard.press("Enter")
    expect(page.locator(".line.agent .bubble")).to_have_text("Hello Robin\nI am on it.")
    expect(page.locator("#composer-text")).to_have_value("")
    page.click("#resolve")
    expect(page.locator("#talk-state")).to_have_text("With the bot")
    page.click("#view-closed")
    expect(page.locator("#list")).to_contain_text("Resolved")


def test_customer_words_arrive_live_and_as_text(staff: Staff, open_desk: Open) -> None:
    """What the customer writes meanwhile shows at once, and markup stays text."""
    _wait(staff, "c1", "Robin Marsh")
    page = open_desk()
    _open(page, "Robin Marsh")
    page.click("#take")
    expect(page.locator("#talk-state")).to_have_text("With you")
    staff.says("c1", "<img src=x onerror=alert(1)>", name="Robin Marsh")
    expect(page.locator(".bubble").last).to_have_text("<img src=x onerror=alert(1)>")
    assert page.locator(".lines img").count() == 0
    staff.services.live.typing("c1", "customer")
    expect(page.locator("#typing")).to_have_text("Robin Marsh is writing…")


def _why(page: Page, line: int = 0) -> sync_api.Locator:
    """Open why the n-th message was read so, by keyboard alone."""
    page.locator(".line > .reading > summary").nth(line).focus()
    page.keyboard.press("Enter")
    why = page.locator(".why-reading").nth(line)
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(why).to_contain_text("Each word was left out once")
    return why


def test_why_a_message_was_read_so(staff: Staff, open_desk: Open) -> None:
    """Phrases and marked words are told on demand, as text, once, and stay open with news."""
    _wait(
        staff, "c1", "Robin Marsh", "<i>ridiculous</i> 😡, third time I ask, where is my parcel??"
    )
    page = open_desk()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/why") else None)
    _open(page, "Robin Marsh")
    assert asked == []
    why = _why(page)
    expect(why.locator(".why-pulled li").first).to_be_visible()
    marked = [one.strip(",") for one in why.locator("mark").all_inner_texts()]
    assert set(marked) & {"<i>ridiculous</i>", "😡", "third", "time"}
    expect(why.locator(".why-text").first).to_contain_text("<i>ridiculous</i>")
    assert why.locator("i").count() == 0
    why.locator("summary").press("Enter")
    expect(why.locator(".why-box")).to_be_hidden()
    why.locator("summary").press("Enter")
    expect(why.locator(".why-box")).to_be_visible()
    staff.says("c1", "hello?", name="Robin Marsh")
    expect(page.locator(".line.customer")).to_have_count(2)
    expect(why.locator(".why-box")).to_be_visible()
    assert len(asked) == 1


def test_the_card_leads_to_why(staff: Staff, open_desk: Open) -> None:
    """From the card one click shows the message that named the need, with its explanation open."""
    staff.says("c1", "where is my parcel? order 20416", name="Robin Marsh")
    _wait(staff, "c1", "Robin Marsh", "a person please, this is ridiculous, third time I ask!!")
    page = open_desk()
    _open(page, "Robin Marsh")
    page.get_by_role("button", name=re.compile("^Why read as")).first.click()
    why = page.locator(".why-reading").first
    expect(why).to_contain_text("Each word was left out once")
    expect(why.locator("summary")).to_be_focused()
    page.get_by_role("button", name="Why this reading of the hardest moment?").click()
    expect(page.locator(".why-reading").nth(1)).to_contain_text("Each word was left out once")


def test_why_says_what_went_wrong(staff: Staff, open_desk: Open) -> None:
    """An explanation that does not come says so and is asked for again when opened again."""
    _wait(staff, "c1", "Robin Marsh", "where is my parcel? a person please")
    page = open_desk()
    _open(page, "Robin Marsh")
    page.route("**/why", lambda route: route.abort())
    page.click(".line > .reading > summary")
    page.click(".why-reading > summary")
    expect(page.locator(".why-reading")).to_contain_text("Close and open this to try again")
    page.unroute("**/why")
    page.click(".why-reading > summary")
    page.click(".why-reading > summary")
    expect(page.locator(".why-reading .why-method")).to_be_visible()


def test_colleague_takes_it_first(staff: Staff, open_desk: Open) -> None:
    """Losing the race says who has it; the words are kept and may become a note."""
    _wait(staff, "c1", "Robin Marsh")
    page = open_desk()
    _open(page, "Robin Marsh")
    page.fill("#composer-text", "I can help")
    Desk(staff.services).claim(staff.person("Bo Chen"), "c1#1", "op-bo")
    expect(page.locator("#talk-notice")).to_contain_text("Bo took this a moment ago")
    expect(page.locator("#composer-send")).to_be_disabled()
    expect(page.locator("#composer-text")).to_have_value("I can help")
    page.click("#mode-note")
    page.fill("#composer-text", "I know her")
    page.keyboard.press("Enter")
    expect(page.locator(".note-card")).to_contain_text("only the team sees this")
    page.click("#mode-reply")
    expect(page.locator("#composer-text")).to_have_value("I can help")


def test_words_survive_failure_and_reload(staff: Staff, open_desk: Open) -> None:
    """A reply that cannot be sent stays in its box, also after a reload, and is sent once."""
    _wait(staff, "c1", "Robin Marsh")
    page = open_desk()
    _open(page, "Robin Marsh")
    page.click("#take")
    expect(page.locator("#talk-state")).to_have_text("With you")
    page.route("**/reply", lambda route: route.abort())
    page.fill("#composer-text", "Half an hour of work")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-wrong")).to_contain_text("Your words are kept")
    expect(page.locator("#composer-text")).to_have_value("Half an hour of work")
    page.reload()
    expect(page.locator("#composer-text")).to_have_value("Half an hour of work")
    page.unroute("**/reply")
    expect(page.locator("#talk-state")).to_have_text("With you")
    page.focus("#composer-text")
    page.keyboard.press("Enter")
    expect(page.locator(".line.agent .bubble")).to_have_count(1)


def test_nothing_moves_under_the_pointer(staff: Staff, open_desk: Open) -> None:
    """While the pointer is on the list a more urgent ticket waits behind a word, then comes."""
    _wait(staff, "c1", "Robin Marsh")
    page = open_desk()
    row = page.locator("#list li").first
    row.hover()
    before = row.bounding_box()
    _wait(staff, "c2", "Priya Ray", "my throat is swelling, I have a nut allergy")
    expect(page.locator("#fresh")).to_have_text("1 new · show")
    expect(page.locator("#count-waiting")).to_have_text("2")
    assert page.locator("#list li").first.bounding_box() == before
    expect(page.locator("#list li").first).to_contain_text("Robin Marsh")
    page.mouse.move(700, 500)
    expect(page.locator("#list li").first).to_contain_text("Priya Ray")
    expect(page.locator("#fresh")).to_be_hidden()


def test_keys_do_the_work(staff: Staff, open_desk: Open) -> None:
    """j, k, Enter, r, n, t and ? work, and none of them while something is being typed."""
    _wait(staff, "c1", "Robin Marsh")
    _wait(staff, "c2", "Lena Fischer")
    page = open_desk()
    expect(page.locator("#list li")).to_have_count(2)
    for key in ("j", "j", "k", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#talk-name")).to_have_text("Robin Marsh")
    page.keyboard.press("n")
    expect(page.locator("#mode-note")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("tr?")
    expect(page.locator("#composer-text")).to_have_value("tr?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.locator("#talk-state")).to_have_text("With you")
    expect(page.locator("#count-mine")).to_have_text("1")


def test_step_in_and_hand_back(staff: Staff, open_desk: Open) -> None:
    """An agent joins what the bot is answering by sending, and hands it back."""
    staff.says("c1", "do you ship to norway?", name="Kai")
    page = open_desk()
    page.click("#view-open")
    _open(page, "Kai")
    expect(page.locator("#composer-verb")).to_have_text("Step in and send")
    page.fill("#composer-text", "Hello Kai, a person here.")
    page.keyboard.press("Enter")
    expect(page.locator("#talk-state")).to_have_text("With you")
    expect(page.locator(".line.agent .bubble")).to_have_count(1)
    page.click("#more-menu summary")
    page.click("#do-hand-back")
    expect(page.locator("#talk-state")).to_have_text("With the bot")


def test_transfer_to_a_colleague(staff: Staff, open_desk: Open) -> None:
    """The dialog lists colleagues; the note goes along; the giver reads who has it."""
    _wait(staff, "c1", "Robin Marsh")
    bo = staff.person("Bo Chen")
    page = open_desk()
    _open(page, "Robin Marsh")
    page.click("#take")
    expect(page.locator("#talk-state")).to_have_text("With you")
    page.click("#more-menu summary")
    page.click("#do-transfer")
    page.check("text=Bo Chen")
    page.fill("#transfer-note", "Likes tea")
    page.click("#transfer-go")
    expect(page.locator("#talk-state")).to_have_text("With Bo")
    expect(page.locator(".note-card")).to_contain_text("Likes tea")
    ticket = staff.services.queue.get("c1#1")
    assert ticket
    assert ticket.agent == bo.id


def test_break_and_nobody_on_duty(open_desk: Open) -> None:
    """On a break the desk says that nobody is on duty, and one click ends it."""
    page = open_desk()
    page.click("#available")
    expect(page.locator("#available-words")).to_have_text("On a break")
    expect(page.locator("#nobody")).to_be_visible()
    page.click("#come-back")
    expect(page.locator("#nobody")).to_be_hidden()
    expect(page.locator("#available-words")).to_have_text("Available")


def test_offline_is_said_and_heals(staff: Staff, open_desk: Open) -> None:
    """Offline shows one line; back online it goes and what was missed is there."""
    page = open_desk()
    expect(page.locator("#list-empty")).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator("#strip")).to_contain_text("You are offline")
    _wait(staff, "c1", "Robin Marsh")
    page.context.set_offline(False)
    expect(page.locator("#list li")).to_have_count(1)
    expect(page.locator("#strip")).to_be_hidden()


def test_signed_out_elsewhere_is_said(staff: Staff, open_desk: Open) -> None:
    """When the session ends the desk says so and leads to sign-in; words stay."""
    _wait(staff, "c1", "Robin Marsh")
    page = open_desk()
    _open(page, "Robin Marsh")
    page.fill("#composer-text", "kept")
    staff.services.people.sessions.end_all(staff.person("Ana Lima").id)
    page.keyboard.press("Enter")
    expect(page.locator("#strip")).to_contain_text("You are signed out")
    expect(page.locator("#composer-text")).to_have_value("kept")
    expect(page.locator("#strip-act")).to_have_attribute("href", re.compile("/sign-in"))


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440, 3840])
def test_nothing_sticks_out(staff: Staff, open_desk: Open, width: int) -> None:
    """No page scrolls sideways at any width, with long words, right-to-left text and emoji."""
    _wait(staff, "c1", LONG_WORD[:60], f"{LONG_WORD} {'☕' * 40} let me talk to a person please")
    _wait(staff, "c2", "مريم الأنصاري", "اريد التحدث مع a person من فضلك")
    page = open_desk("Ana Lima", "admin", viewport={"width": width, "height": 800})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    expect(page.locator("#list li")).to_have_count(2)
    assert page.evaluate(wide) <= 0
    page.click("#list li >> nth=0")
    expect(page.locator(".story-part").first).to_be_visible()
    assert page.evaluate(wide) <= 0
    boxes = "[...document.querySelectorAll('.lines, .story, #list')]"
    inner = f"{boxes}.map((one) => one.scrollWidth - one.clientWidth)"
    assert max(page.evaluate(inner)) <= 1
    _why(page)
    assert page.evaluate(wide) <= 0
    assert max(page.evaluate(inner)) <= 1
    page.goto("/people")
    assert page.evaluate(wide) <= 0


def test_phone_has_one_column(staff: Staff, open_desk: Open) -> None:
    """On a phone the list leads to the card first, the composer stays in reach, back works."""
    _wait(staff, "c1", "Robin Marsh")
    page = open_desk(viewport=PHONE)
    _open(page, "Robin Marsh")
    expect(page.locator(".lists")).to_be_hidden()
    expect(page.locator(".wants")).to_be_in_viewport()
    expect(page.locator("#composer-text")).to_be_in_viewport()
    page.click(".back")
    expect(page.locator(".lists")).to_be_visible()


def test_five_hundred_waiting(staff: Staff, open_desk: Open) -> None:
    """A long queue opens and moves without trouble."""
    for number in range(500):
        name = f"w{number:03d}"
        staff.says(name, "a person please", name=f"Customer {number}")
    page = open_desk()
    expect(page.locator("#list li")).to_have_count(500)
    expect(page.locator("#count-waiting")).to_have_text("500")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".story-part").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier(staff: Staff, open_desk: Open, scheme: str) -> None:
    """Axe finds nothing serious on sign-in, desk with a conversation, people and error pages."""
    staff.says("c1", "where is my parcel? order 20416", name="Robin Marsh")
    _wait(staff, "c1", "Robin Marsh", "still nothing. I want a person, third time!!")
    Desk(staff.services).note(staff.person("Bo Chen"), "c1", "A note", "n1")
    page = open_desk("Ana Lima", "admin", color_scheme=scheme, reduced_motion="reduce")
    found = _barriers(page)
    _open(page, "Robin Marsh")
    _why(page)
    found += _barriers(page)
    page.click("#mode-note")
    found += _barriers(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    found += _barriers(page)
    for path in ("/people", "/no-such-page"):
        page.goto(path)
        found += _barriers(page)
    page.context.clear_cookies()
    for path in ("/sign-in", f"/sign-in/{staff.services.people.link()}"):
        page.goto(path)
        found += _barriers(page)
    assert not found


def _barriers(page: Page) -> list[str]:
    results = axe.Axe().run(page).response["violations"]
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in results
        if one["impact"] in {"serious", "critical"}
    ]
