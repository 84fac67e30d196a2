"""The desk's clocks and verdicts in a real browser: business time, more than a colour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.desk import Desk
from bot.sla_watch import watch
from tests.staff import Staff

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.browser
expect = sync_api.expect
Open = Callable[..., sync_api.Page]
ALWAYS = ["00:00-24:00"]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTE = 60_000


def hours(staff: Staff, stretches: list[str]) -> None:
    """Publish the shop's pack with the same hours every day."""
    packs = staff.services.packs
    texts = dict(packs.draft().texts)
    head, _, tail = texts["policy.yaml"].partition("business_hours:")
    week = "".join(f"  {day}: {stretches}\n" for day in DAYS)
    texts["policy.yaml"] = f"{head}business_hours:\n  time_zone: UTC\n{week}\npublishing:{{}}\n"
    texts["policy.yaml"] = texts["policy.yaml"].replace("publishing:{}", "publishing: {}")
    assert tail
    packs.publish(texts, "Ada", "", staff.services.clock())
    staff.services.reader.read("hello", packs.live().head)  # loaded before a turn's time runs


def waits_since(staff: Staff, conversation: str, name: str, minutes: float) -> str:
    """Have somebody wait as if they had asked so many minutes ago; gives the ticket."""
    turn = staff.says(conversation, "a person please", name=name)
    services = staff.services
    ticket = services.queue.get(str(turn.ticket))
    assert ticket
    back = round(minutes * MINUTE)
    moved = {"created": ticket.created_ms - back, "due": ticket.due_ms - back}
    row = services.redis.hget("attune:{q}:tickets", ticket.id)
    for key, value in moved.items():
        old = {"created": ticket.created_ms, "due": ticket.due_ms}[key]
        row = str(row).replace(f'"{key}":{old}', f'"{key}":{value}')
    services.redis.hset("attune:{q}:tickets", ticket.id, str(row))
    services.alarms.mark(conversation)
    watch(services, services.clock())
    return ticket.id


def row(page: sync_api.Page, name: str) -> sync_api.Locator:
    return page.locator("#list li", has_text=name).locator(".item-when")


def test_clocks_warn_and_break_in_words_and_shape(staff: Staff, open_desk: Open) -> None:
    """Calm, near and late differ in words and icon; the lead sees who is late and who holds it."""
    hours(staff, ALWAYS)
    waits_since(staff, "c1", "Calm Carla", 1)
    waits_since(staff, "c2", "Near Nora", 13)
    late = waits_since(staff, "c3", "Late Liam", 22)
    page = open_desk("Ada Byron", "admin")
    expect(row(page, "Calm Carla")).to_have_text("due in 14 min")
    expect(row(page, "Calm Carla").locator(".icon")).to_have_count(0)
    expect(row(page, "Near Nora")).to_have_text("due in 2 min")
    expect(row(page, "Near Nora").locator("use")).to_have_attribute(
        "href", "/static/icons.svg#clock"
    )
    expect(row(page, "Late Liam")).to_have_text("7 min late")
    expect(row(page, "Late Liam").locator("use")).to_have_attribute(
        "href", "/static/icons.svg#triangle-alert"
    )
    expect(page.locator("#breached-count")).to_have_text("1 is past its time")
    page.click("#breached summary")
    expect(page.locator("#breached-list")).to_contain_text("First reply 7 min late")
    expect(page.locator("#breached-list")).to_contain_text("Waiting for a person")
    Desk(staff.services).claim(staff.person("Ben Okri"), late, "op1")
    expect(page.locator("#breached-list")).to_contain_text("With Ben")
    assert axe.Axe().run(page).violations_count == 0


def test_agents_see_no_list_of_others(staff: Staff, open_desk: Open) -> None:
    """The notice is the lead's; an agent sees the row itself turn late."""
    hours(staff, ALWAYS)
    waits_since(staff, "c3", "Late Liam", 22)
    page = open_desk("Ana Lima")
    expect(row(page, "Late Liam")).to_have_text("7 min late")
    expect(page.locator("#breached")).to_be_hidden()


def test_a_clock_goes_on_by_itself(staff: Staff, open_desk: Open) -> None:
    """Though nothing is asked of the server again, rows become near and late as time goes on."""
    hours(staff, ALWAYS)
    waits_since(staff, "c1", "Near Nora", 10.8)
    waits_since(staff, "c2", "Late Liam", 14.5)
    page = open_desk("Ana Lima")
    expect(row(page, "Late Liam")).to_have_text("due in under 1 min")
    expect(row(page, "Near Nora").locator(".icon")).to_have_count(0)
    page.route("**/desk/tickets*", lambda route: route.abort())
    expect(row(page, "Near Nora").locator(".icon")).to_have_count(1, timeout=60_000)
    expect(row(page, "Late Liam")).to_have_text("under 1 min late", timeout=60_000)


def test_closed_hours_stand_still_and_say_until_when(staff: Staff, open_desk: Open) -> None:
    """Where the shop is closed now, the row says when its clock goes on."""
    now = staff.services.clock() // MINUTE % 1_440
    start = (now + 180) % 1_440 // 60
    hours(staff, [f"{start:02d}:00-{start:02d}:50"])
    staff.says("c1", "a person please", name="Robin Marsh")
    page = open_desk("Ana Lima", timezone_id="UTC")
    expect(row(page, "Robin Marsh")).to_contain_text("paused until")
    expect(row(page, "Robin Marsh")).to_contain_text(f"{start:02d}:00")


def test_the_card_tells_all_clocks_and_the_first_request(staff: Staff, open_desk: Open) -> None:
    """What is met, what runs, and since when they have wanted a person, whatever came between."""
    hours(staff, ALWAYS)
    staff.says("c1", "where is my order", name="Robin Marsh")
    ticket = waits_since(staff, "c1", "Robin Marsh", 1)
    page = open_desk("Ana Lima")
    page.click("#list >> text=Robin Marsh")
    expect(page.locator(".asked")).to_have_text("Asked for a person under 1 min ago, turn 2")
    desk, ana = Desk(staff.services), staff.person("Ana Lima")
    held = desk.claim(ana, ticket, "op1")
    expect(page.locator(".clocks")).to_contain_text("First reply")
    desk.reply(ana, "c1", held.token, "Hello Robin", "op2")
    staff.says("c1", "thanks, order 20416", name="Robin Marsh")
    expect(page.locator(".clocks")).to_contain_text("Next reply")
    expect(page.locator(".clocks")).to_contain_text("reply in 30 min")
    expect(page.locator(".clocks")).to_contain_text("after 1 min")
    expect(page.locator("#story-parts")).to_contain_text("one wrote after under 1 min")


def test_an_agent_says_that_it_did_not_need_them(staff: Staff, open_desk: Open) -> None:
    """From the menu, by keyboard: resolved, with what would have settled it, for the team only."""
    hours(staff, ALWAYS)
    staff.says("c1", "a person please", name="Robin Marsh")
    page = open_desk("Ana Lima")
    page.click("#list >> text=Robin Marsh")
    page.click("#take")
    expect(page.locator("#more-menu")).to_be_visible()
    page.click("#more-menu summary")
    page.click("#do-spare")
    expect(page.locator("#spare")).to_be_visible()
    assert axe.Axe().run(page).violations_count == 0
    page.fill("#spare-instead", "the page about delays")
    page.get_by_role("button", name="Resolve").last.click()
    expect(page.locator("#talk-state")).to_have_text("With the bot")
    expect(page.locator("#log")).to_contain_text("did not need a person: “the page about delays”")
    entries = staff.services.conversations.entries("c1")
    ticks = [one for one in entries if one.data.get("what") == "not_needed"]
    assert [one.audience for one in ticks] == ["desk"]
