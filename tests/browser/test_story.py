"""The whole story in a real browser against the real server, as somebody new would live it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.chaos.harness import Server, serving
from tests.staff import PATIENCE_MS

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.browser
expect = sync_api.expect
GRAVE = {"serious", "critical"}
PASSWORD = "three unrelated words"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server on an empty data folder, started as `make run` starts it."""
    with serving(tmp_path_factory.mktemp("story")) as running:
        yield running


def _page(chromium: Any, server: Server) -> Any:
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{server.port}", viewport={"width": 1280, "height": 860}
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@pytest.fixture(scope="module")
def agent(chromium: Any, server: Server) -> Any:
    """Give the first admin's browser, signed in by the link that the start printed."""
    link = re.search(r"/sign-in/\S+", server.words())
    assert link is not None
    page = _page(chromium, server)
    page.goto(link.group())
    page.fill("#name", "Ana Lima")
    page.fill("#email", "ana@example.com")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Start as admin").click()
    page.wait_for_url("**/desk")
    return page


def _chat(chromium: Any, server: Server) -> tuple[Any, Any]:
    page = _page(chromium, server)
    page.goto("/")
    page.get_by_role("button", name="Help").click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("#log").get_by_text("automated assistant").first).to_be_visible()
    return page, frame


def _say(frame: Any, text: str) -> None:
    frame.get_by_label("Your message").fill(text)
    frame.get_by_label("Your message").press("Enter")


def _grave(page: Any) -> list[str]:
    found = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in GRAVE]


def _in_log(frame: Any, text: str | re.Pattern[str]) -> Any:
    return frame.locator("#log").get_by_text(text).last


def test_the_main_job(agent: Any, chromium: Any, server: Server) -> None:
    """Answered, then upset: the desk sees it live, both write and see typing, resolved, rated."""
    customer, frame = _chat(chromium, server)
    _say(frame, "do you ship to norway?")
    expect(_in_log(frame, re.compile("Norway"))).to_be_visible()
    _say(frame, "THIS IS THE THIRD TIME I ASK. where is my money")
    expect(frame.locator("#standing")).to_contain_text("Waiting for the team")
    expect(_in_log(frame, re.compile("no person|Nobody"))).to_have_count(0)
    waiting = agent.locator("#list").get_by_text("THIRD TIME").first
    expect(waiting).to_be_visible()
    waiting.click()
    card = agent.locator("#story")
    expect(card).to_contain_text("THIRD TIME I ASK")
    agent.locator("#take").click()
    expect(frame.locator("#standing")).to_contain_text("Ana")
    agent.locator("#composer-text").press_sequentially("Hello, Ana here. I am look")
    expect(frame.locator("#typing")).to_be_visible()
    agent.locator("#composer-text").fill("Hello, Ana here. I am looking at your refund now.")
    agent.locator("#composer-text").press("Enter")
    expect(_in_log(frame, "I am looking at your refund now.")).to_be_visible()
    frame.get_by_label("Your message").press_sequentially("oh thank")
    expect(agent.locator("#typing")).not_to_be_empty()
    _say(frame, "oh thank you Ana")
    expect(agent.locator("#log").get_by_text("oh thank you Ana")).to_be_visible()
    agent.locator("#resolve").click()
    expect(frame.locator("#rating")).to_be_visible()
    frame.get_by_role("radio", name="Very good").check()
    frame.locator("#rating").get_by_role("button", name="Send").click()
    expect(frame.locator("#rating")).to_be_hidden()
    _say(frame, "what are your opening hours")
    expect(frame.locator("#log .entry").last).not_to_contain_text("opening hours?")
    expect(frame.locator("#standing")).to_contain_text("assistant")
    assert _grave(customer) == []
    assert _grave(agent) == []
    customer.context.close()


def test_step_in(agent: Any, chromium: Any, server: Server) -> None:
    """An agent steps into a conversation nobody escalated, and the customer sees who."""
    customer, frame = _chat(chromium, server)
    _say(frame, "which decaf would you choose for a moka pot")
    agent.goto("/desk")
    agent.locator("#view-open").click()
    agent.locator("#list").get_by_text("moka pot").first.click()
    agent.locator("#step-in").click()
    expect(frame.locator("#standing")).to_contain_text("Ana")
    agent.locator("#more-menu summary").click()
    agent.locator("#do-hand-back").click()
    expect(frame.locator("#standing")).to_contain_text("assistant")
    customer.context.close()


def test_never_mind(agent: Any, chromium: Any, server: Server) -> None:
    """Who lets go while waiting is with the assistant again, and the ticket leaves the list."""
    customer, frame = _chat(chromium, server)
    agent.goto("/desk")
    waiting = agent.locator("#list > li")
    expect(agent.locator("#list-empty")).to_be_visible()
    _say(frame, "I'd like to talk to somebody from your team")
    expect(waiting).to_have_count(1)
    _say(frame, "never mind, found it")
    expect(frame.locator("#standing")).to_contain_text("assistant")
    expect(waiting).to_have_count(0)
    customer.context.close()


def test_edit_and_publish(agent: Any, chromium: Any, server: Server) -> None:
    """An edited reply is published in the workshop, and the very next message uses it."""
    agent.goto("/workshop/intents/shipping_international")
    first = agent.get_by_label("Calm, wording 1")
    for number in range(agent.get_by_label(re.compile("^Calm, wording")).count()):
        box = agent.get_by_label(f"Calm, wording {number + 1}")
        box.fill("Norway it is: eight working days by reindeer.")
        box.blur()
    expect(first).to_have_value(re.compile("reindeer"))
    expect(agent.get_by_role("link", name=re.compile("Publish"))).to_contain_text("change")
    agent.goto("/workshop/publish")
    agent.fill("#why", "Reindeer season")
    agent.get_by_role("button", name="Publish", exact=True).click()
    expect(agent.get_by_text("Version 2").first).to_be_visible()
    customer, frame = _chat(chromium, server)
    _say(frame, "do you ship to norway?")
    expect(_in_log(frame, re.compile("reindeer"))).to_be_visible()
    assert _grave(agent) == []
    customer.context.close()


@pytest.mark.parametrize(
    "place", ["/", "/welcome", "/desk", "/workshop", "/workshop/replies", "/insights", "/people"]
)
def test_no_serious_violation(agent: Any, place: str) -> None:
    """axe-core finds nothing serious on any page, in light and in dark, wide and on a phone."""
    for scheme, width in (("light", 1280), ("dark", 390)):
        agent.emulate_media(color_scheme=scheme)
        agent.set_viewport_size({"width": width, "height": 860})
        agent.goto(place)
        agent.wait_for_load_state("load")
        agent.wait_for_timeout(300)
        assert _grave(agent) == [], (place, scheme)
    agent.emulate_media(color_scheme="light")
    agent.set_viewport_size({"width": 1280, "height": 860})


def test_kill_and_return(chromium: Any, server: Server) -> None:
    """After kill -9 of everything and a new start the customer finds the conversation again."""
    customer, frame = _chat(chromium, server)
    _say(frame, "my grinder came broken")
    expect(frame.locator("#log .entry")).not_to_have_count(2)
    before = frame.locator("#log").inner_text()
    assert server.process is not None
    server.process.kill()
    server.wait_for_end()
    server.start()
    customer.goto("/")
    customer.wait_for_timeout(500)
    launcher = customer.get_by_role("button", name="Help")
    if launcher.get_attribute("aria-expanded") == "false":
        launcher.click()
    expect(frame.locator("#log")).to_contain_text("my grinder came broken")
    assert "my grinder came broken" in before
    customer.context.close()
