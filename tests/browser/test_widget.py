"""The widget in a real browser: by keyboard, without a network, on other sites, with a person."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from bot.app import create_app
from bot.desk import Desk
from bot.services import Services
from bot.settings import Settings
from tests.staff import PATIENCE_MS

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
expect = playwright.expect

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
PHONE = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Agent:
    """Somebody at the desk."""

    id: str
    first_name: str


ANA = Agent("ana", "Ana")


@contextlib.contextmanager
def serve(app: Any) -> Iterator[str]:
    """Serve an app from threads of this process and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture
def site(app: Flask, services: Services) -> Iterator[str]:
    """Give the address of a running Attune."""
    with serve(app) as address:
        yield address
        services.live.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """Give a page of a customer of our own; a script error fails the test."""
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    made = context.new_page()
    made.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    made.on("pageerror", lambda error: problems.append(str(error)))
    yield made
    context.close()
    assert problems == []


@pytest.fixture
def desk(services: Services) -> Desk:
    return Desk(services)


def opened(page: Any, site: str) -> Any:
    """Open the shop and its chat; give the frame."""
    page.goto(site + "/")
    page.get_by_role("button", name="Help").click()
    frame = page.frame_locator("iframe")
    expect(frame.locator(".entry").first).to_be_visible()
    return frame


def say(frame: Any, text: str) -> None:
    box = frame.get_by_label("Your message")
    box.fill(text)
    box.press("Enter")


def escalated(frame: Any, services: Services) -> str:
    """Ask for a person; give the conversation."""
    frame.get_by_role("button", name="Talk to a person", exact=True).click()
    expect(frame.get_by_role("button", name="Never mind")).to_be_visible()
    conversation, _ = services.conversations.recent(1)[0]
    services.relay.carry_for(conversation)
    return conversation


def entries(services: Services, author: str) -> list[str]:
    conversation, _ = services.conversations.recent(1)[0]
    found = services.conversations.entries(conversation)
    return [e.data["text"] for e in found if e.kind == "message" and e.data["author"] == author]


def grave_problems(page: Any) -> list[str]:
    found = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in GRAVE]


# ---- the launcher ----


def test_keyboard_alone(page: Any, site: str) -> None:
    """Enter opens the chat and puts the focus in it, Escape closes it and gives the focus back."""
    page.goto(site + "/")
    launcher = page.get_by_role("button", name="Help")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.focus()
    page.keyboard.press("Enter")
    expect(launcher).to_have_attribute("aria-expanded", "true")
    frame = page.frame_locator("iframe[title='Chat with us']")
    expect(frame.get_by_label("Your message")).to_be_focused()
    page.keyboard.type("do you ship to norway?")
    page.keyboard.press("Enter")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    expect(launcher).to_be_focused()


def test_opens_at_once(page: Any, site: str) -> None:
    """The panel is there within 100 ms of the click, before anything has loaded."""
    page.goto(site + "/")
    page.locator("attune-chat").wait_for(state="attached")
    took = page.evaluate(
        """async () => {
          const root = document.querySelector("attune-chat").shadowRoot;
          const begun = performance.now();
          root.querySelector("button").click();
          await new Promise((done) => requestAnimationFrame(done));
          const there = root.querySelector("div").offsetHeight > 300;
          return there ? performance.now() - begun : Infinity;
        }"""
    )
    assert took < 100


def test_host_is_left_alone(page: Any, site: str) -> None:
    """The script sets no global, takes no handler, and asks nothing of the page's styles."""
    page.route(
        "**/host", lambda route: route.fulfill(body="<title>h</title>", content_type="text/html")
    )
    page.goto(site + "/host")
    names = "Object.getOwnPropertyNames(window).filter((name) => !/^[0-9]+$/.test(name)).sort()"
    before = page.evaluate(names)
    page.add_script_tag(url=site + "/embed.js")
    page.get_by_role("button", name="Help").click()
    expect(page.frame_locator("iframe").locator(".entry").first).to_be_visible()
    assert page.evaluate(names) == before
    assert page.evaluate(
        "[window.onmessage, window.onkeydown, document.onkeydown].every((h) => !h)"
    )
    assert page.evaluate("document.styleSheets.length + document.adoptedStyleSheets.length") == 0


def test_shops_own_words_and_colour(page: Any, site: str) -> None:
    """A shop may name the button and give it its colour; the ink stays readable."""
    tag = f'<script src="{site}/embed.js" data-label="Ask" data-colour="#ffd54a" async></script>'
    page.route("**/host", lambda route: route.fulfill(body=tag, content_type="text/html"))
    page.goto(site + "/host")
    launcher = page.get_by_role("button", name="Ask")
    expect(launcher).to_have_css("background-color", "rgb(255, 213, 74)")
    expect(launcher).to_have_css("color", "rgb(17, 17, 17)")
    launcher.click()
    send = page.frame_locator("iframe").locator("#send")
    page.frame_locator("iframe").get_by_label("Your message").fill("x")
    expect(send).to_have_css("background-color", "rgb(255, 213, 74)")


def test_unread_is_counted(page: Any, site: str, services: Services, desk: Desk) -> None:
    """What an agent says while the chat is closed is counted on the button, until it is opened."""
    frame = opened(page, site)
    conversation = escalated(frame, services)
    ticket = desk.claim_next(ANA, "op1")
    assert ticket
    expect(frame.get_by_text("from the team is with you")).to_be_visible()
    frame.get_by_role("button", name="Close the chat").click()
    desk.reply(ANA, conversation, ticket.token, "Hello, Ana here.", "op2")
    launcher = page.get_by_role("button", name="Help, 1 new message")
    expect(launcher).to_be_visible()
    launcher.click()
    expect(page.get_by_role("button", name="Help", exact=True)).to_be_visible()
    expect(frame.get_by_text("Hello, Ana here.")).to_be_visible()


def test_comes_back_on_the_next_page(page: Any, site: str) -> None:
    """On the next page of the shop the chat is open as before, with everything said."""
    frame = opened(page, site)
    say(frame, "do you ship to norway?")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    page.goto(site + "/?another")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("do you ship to norway?")).to_be_visible()
    expect(frame.locator("[data-author=bot]")).to_have_count(2)


# ---- messages ----


def test_first_line_is_honest(page: Any, site: str) -> None:
    """The first line says that this is automated, and a person is always one button away."""
    frame = opened(page, site)
    expect(frame.locator(".entry").first).to_contain_text("automated")
    expect(frame.locator(".entry").first).to_contain_text("person")
    expect(frame.get_by_role("button", name="Talk to a person", exact=True)).to_be_visible()


def test_light_until_something_is_said(page: Any, site: str) -> None:
    """Before the first message nothing of what comes later is loaded, and no stream is open."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = opened(page, site)
    expect(frame.get_by_role("button", name="Talk to a person", exact=True)).to_be_visible()
    late = ("/stream.js", "/widget/later/", "/widget/stream", "/widget/words/")
    assert [url for url in asked if any(one in url for one in late)] == []
    with page.expect_request("**/widget/stream"):
        say(frame, "do you ship to norway?")


def test_quick_reply_is_a_message(page: Any, site: str, services: Services) -> None:
    """Pressing a quick reply sends its text, and the old buttons go."""
    frame = opened(page, site)
    say(frame, "do you ship to norway?")
    frame.get_by_role("button", name="That solved it").click()
    expect(frame.locator("[data-author=customer]")).to_have_count(2)
    expect(frame.locator("[data-author=bot]")).to_have_count(3)
    expect(frame.get_by_role("button", name="That solved it")).to_have_count(0)
    assert entries(services, "customer") == ["do you ship to norway?", "That solved it"]


def test_unsent_text_survives(page: Any, site: str, services: Services) -> None:
    """What could not be sent stays, says so, survives a reload, and then goes out once."""
    frame = opened(page, site)
    page.route("**/widget/messages", lambda route: route.abort())
    say(frame, "my parcel 20416 is late")
    expect(frame.get_by_text("Not sent")).to_be_visible()
    expect(frame.get_by_role("button", name="Try again")).to_be_visible()
    frame.get_by_label("Your message").fill("and I began to write this")
    page.reload()
    expect(frame.get_by_text("my parcel 20416 is late")).to_be_visible()
    expect(frame.get_by_label("Your message")).to_have_value("and I began to write this")
    page.unroute("**/widget/messages")
    frame.get_by_role("button", name="Try again").click()
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    expect(frame.get_by_text("Not sent")).to_have_count(0)
    assert entries(services, "customer") == ["my parcel 20416 is late"]


def test_goes_out_when_the_network_returns(page: Any, site: str, services: Services) -> None:
    """Offline is said, nothing is lost, and everything goes out in order afterwards."""
    frame = opened(page, site)
    page.context.set_offline(True)
    expect(frame.get_by_text("You are offline")).to_be_visible()
    say(frame, "first")
    say(frame, "second")
    expect(frame.get_by_text("Not sent").first).to_be_visible()
    page.context.set_offline(False)
    expect(frame.locator("[data-author=bot]")).to_have_count(3)
    expect(frame.get_by_text("You are offline")).to_have_count(0)
    assert entries(services, "customer") == ["first", "second"]


def test_lost_answer_changes_nothing(page: Any, site: str, services: Services) -> None:
    """A message whose answer was lost is sent again with the same id: one message, one answer."""
    frame = opened(page, site)
    lost = []

    def lose_first(route: Any) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    page.route("**/widget/messages", lose_first)
    say(frame, "do you ship to norway?")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    expect(frame.get_by_text("Not sent")).to_have_count(0, timeout=PATIENCE_MS)
    assert lost == [200]
    expect(frame.locator("[data-author=customer]")).to_have_count(1)
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    assert entries(services, "customer") == ["do you ship to norway?"]


def test_refused_text_can_be_edited(page: Any, site: str) -> None:
    """A message the server refuses for good says why and goes back into the box."""
    frame = opened(page, site)
    refusal = (
        '{"error": {"code": "wrong_field", "message": "text: is not right.", "field": "text"}}'
    )
    page.route(
        "**/widget/messages",
        lambda route: route.fulfill(status=400, body=refusal, content_type="application/json"),
    )
    say(frame, "something odd")
    expect(frame.get_by_text("Not sent: your message is not right.")).to_be_visible()
    frame.get_by_role("button", name="Edit").click()
    expect(frame.get_by_label("Your message")).to_have_value("something odd")
    expect(frame.locator("[data-author=customer]")).to_have_count(0)


def test_works_without_streams(page: Any, site: str, services: Services, desk: Desk) -> None:
    """With no stream to be had the widget asks instead, and an agent's words still come."""
    page.route("**/widget/stream", lambda route: route.fulfill(status=503, body="{}"))
    frame = opened(page, site)
    conversation = escalated(frame, services)
    ticket = desk.claim_next(ANA, "op1")
    assert ticket
    desk.reply(ANA, conversation, ticket.token, "Hello, Ana here.", "op2")
    expect(frame.get_by_text("Hello, Ana here.")).to_be_visible(timeout=PATIENCE_MS)


def test_markup_is_text(page: Any, site: str) -> None:
    """What customers write is never markup."""
    frame = opened(page, site)
    say(frame, "<img src=x onerror=alert(1)><b>bold</b>")
    expect(frame.get_by_text("<img src=x onerror=alert(1)><b>bold</b>")).to_be_visible()
    expect(frame.locator("#log img, #log b")).to_have_count(0)


def test_small_screen_and_hard_words(page: Any, site: str) -> None:
    """At 320 px nothing runs over: long words wrap, emoji wrap, Arabic reads from the right."""
    page.set_viewport_size(PHONE)
    page.goto(site + "/widget")
    frame = page
    for text in ("W" * 90, "\U0001f600" * 40, "مرحبا، أين طلبي رقم 20416؟"):
        say(frame, text)
        expect(frame.locator("#log").get_by_text(text, exact=True)).to_be_visible()
    wide = page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    inside = page.evaluate("log.scrollWidth > log.clientWidth")
    assert (wide, inside) == (False, False)
    arabic = frame.locator("#log").get_by_text("مرحبا")
    expect(arabic).to_have_css("direction", "rtl")


# ---- a person joins ----


def test_with_a_person_and_back(page: Any, site: str, services: Services, desk: Desk) -> None:
    """Waiting, joined by name, typing, closed, rated: each is said where the customer looks."""
    services.presence.seen("ana", True, services.clock())
    frame = opened(page, site)
    strip = frame.locator("#strip")
    conversation = escalated(frame, services)
    expect(strip).to_contain_text("Waiting for the team")
    ticket = desk.claim_next(ANA, "op1")
    assert ticket
    services.live.typing(conversation, "agent", "Ana")
    expect(frame.get_by_text("Ana is writing")).to_be_visible()
    desk.reply(ANA, conversation, ticket.token, "Hello, Ana here.", "op2")
    expect(frame.get_by_text("Hello, Ana here.")).to_be_visible()
    expect(frame.get_by_text("Ana · from the team")).to_be_visible()
    expect(frame.get_by_text("Ana is writing")).to_be_hidden()
    with page.expect_response("**/widget/messages"):
        say(frame, "great, thank you")
    desk.resolve(ANA, conversation, ticket.token, "op3")
    expect(frame.get_by_text("How was the help you got?")).to_be_visible()
    frame.locator("#rating .main").click()
    expect(frame.get_by_text("Choose one of the five first.")).to_be_visible()
    frame.get_by_role("radio", name="4 Good").check(force=True)
    frame.get_by_label("Anything to add?").fill("quick and kind")
    frame.locator("#rating .main").click()
    expect(frame.get_by_text("How was the help you got?")).to_be_hidden()
    expect(frame.get_by_role("button", name="Talk to a person", exact=True)).to_be_visible()


def test_never_mind(page: Any, site: str, services: Services) -> None:
    """Who does not want to wait presses once and is with the assistant again."""
    frame = opened(page, site)
    escalated(frame, services)
    frame.get_by_role("button", name="Never mind").click()
    expect(frame.get_by_role("button", name="Talk to a person", exact=True)).to_be_visible()


def test_nobody_is_there(page: Any, site: str, services: Services) -> None:
    """With nobody on duty an address can be left; a wrong one is said, a right one shown back."""
    frame = opened(page, site)
    escalated(frame, services)
    expect(frame.get_by_text("Nobody from the team is here now")).to_be_visible()
    box = frame.get_by_label("Leave your e-mail so the team can write to you")
    box.fill("ana at example")
    box.press("Enter")
    expect(frame.get_by_text("does not look like an e-mail address")).to_be_visible()
    box.fill("ana@example.com")
    box.press("Enter")
    expect(frame.locator("#strip").get_by_text("ana@example.com")).to_be_visible()
    conversation, _ = services.conversations.recent(1)[0]
    assert services.conversations.load(conversation).customer.email == "ana@example.com"


def test_new_conversation(page: Any, site: str, services: Services) -> None:
    """A new conversation begins empty and leaves the old one as it is."""
    frame = opened(page, site)
    say(frame, "do you ship to norway?")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    frame.get_by_role("button", name="More").click()
    frame.get_by_role("button", name="Start a new conversation").click()
    expect(frame.locator(".entry")).to_have_count(1)
    say(frame, "hi")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)
    assert entries(services, "customer") in (["hi"], ["do you ship to norway?"])
    assert len(services.conversations.recent(9)) == 2


# ---- whom it listens to ----


def test_works_on_an_allowed_site(page: Any, services: Services, settings: Settings) -> None:
    """On another site that an operator named, the chat opens and answers; on others it does not."""
    tag: list[bytes] = []

    def shop(_: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return tag

    with serve(shop) as friend, serve(shop) as thief:
        allowed = friend.replace("127.0.0.1", "localhost")
        sites = settings.model_copy(update={"allowed_sites": allowed})
        with serve(create_app(sites, services)) as attune:
            tag.append(f'<h1>Shop</h1><script src="{attune}/embed.js" async></script>'.encode())
            page.goto(allowed + "/")
            page.get_by_role("button", name="Help").click()
            frame = page.frame_locator("iframe")
            say(frame, "do you ship to norway?")
            expect(frame.locator("[data-author=bot]")).to_have_count(2)
            page.goto(thief.replace("127.0.0.1", "localhost") + "/")
            page.get_by_role("button", name="Help").click()
            page.wait_for_timeout(500)
            expect(frame.locator(".entry")).to_have_count(0)
            services.live.close()


def test_strangers_are_not_heard(page: Any, site: str) -> None:
    """A message that is not from the frame closes nothing; one from a wrong origin says nothing."""
    frame = opened(page, site)
    page.evaluate("postMessage({ attune: 1, type: 'close' }, location.origin)")
    page.wait_for_timeout(200)
    expect(frame.get_by_label("Your message")).to_be_visible()
    page.goto(site + "/welcome")
    page.evaluate("chat.src = '/widget?host=https://elsewhere.example'")
    page.frame_locator("#chat").get_by_label("Your message").wait_for()
    page.get_by_role("button", name="my grinder came broken").click()
    page.wait_for_timeout(300)
    expect(page.frame_locator("#chat").locator("[data-author=customer]")).to_have_count(0)


def test_welcome_sends_samples(page: Any, site: str) -> None:
    """On the first-run page a sample goes straight into the chat beside it."""
    page.goto(site + "/welcome")
    frame = page.frame_locator("#chat")
    expect(frame.locator(".entry").first).to_be_visible()
    page.get_by_role("button", name="my grinder came broken").click()
    expect(frame.locator("[data-author=customer] .bubble")).to_have_text("my grinder came broken")
    expect(frame.locator("[data-author=bot]")).to_have_count(2)


# ---- for everybody ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(chromium: Any, site: str, services: Services, desk: Desk, scheme: str) -> None:
    """No serious problem is found on any page, in any state, light or dark."""
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page = context.new_page()
    found = {}
    for path in ("/", "/welcome", "/widget"):
        page.goto(site + path)
        page.wait_for_timeout(300)
        found[path] = grave_problems(page)
    say(page, "do you ship to norway?")
    expect(page.locator("[data-author=bot]")).to_have_count(2)
    found["answered"] = grave_problems(page)
    conversation = escalated(page, services)
    found["nobody"] = grave_problems(page)
    ticket = desk.claim_next(ANA, "op1")
    assert ticket
    desk.reply(ANA, conversation, ticket.token, "Hello, Ana here.", "op2")
    expect(page.get_by_text("Hello, Ana here.")).to_be_visible()
    found["agent"] = grave_problems(page)
    desk.resolve(ANA, conversation, ticket.token, "op3")
    expect(page.get_by_text("How was the help you got?")).to_be_visible()
    found["rating"] = grave_problems(page)
    page.context.set_offline(True)
    say(page, "and one more thing")
    expect(page.get_by_text("Not sent")).to_be_visible()
    found["offline"] = grave_problems(page)
    context.close()
    assert {state: problems for state, problems in found.items() if problems} == {}
