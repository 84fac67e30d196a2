"""How fast words cross from widget to desk and back, a long story opens, the widget first paints.

Everything is real: the server as `attune serve` runs it, the model, two pages in Chromium. Two
hundred conversations are live beside the measured one, and are written to at a calm pace.

Both pages run in one browser on one machine, so that their clocks are one. "Seen" is the frame in
which the words are painted, or the next. A reply is kept back for five seconds by design; it is
measured from the moment the server lets it go, which is the time in its log.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.shop import Shop, chromium, desk_of, open_shop
from bot.desk import Desk
from bot.web.webhook import conversation_id
from tests.chaos.harness import Channel

LIVE = 200
ASK = 40
HELD = 30
PACE_S = 0.5
"""One message in this many seconds over all 200: each customer writes every 100 s."""
SAID = 60
LONG = 500
OPENED = 30
PAINTS = 9
PHONE = {"width": 390, "height": 844}
SLOW_BYTES_S = 1_600_000 // 8
SLOW_TRIP_MS = 150
SLOW_CPU = 4
TEXTS = (
    *(
        "do you ship to norway?",
        "where's my parcel, ordered last tuesday",
        "thanks",
        "and to kiel?",
    ),
    *("and to kiel?", "what are your opening hours", "ok I'll wait"),
    *("is the dark roast ground", "hello?"),
)
WATCH = """([box, part]) => {
  const place = document.querySelector(box);
  window.seen = {};
  const now = () => performance.timeOrigin + performance.now();
  const look = () => {
    for (const one of place.querySelectorAll(part)) {
      const text = one.textContent;
      if (!/^m\\d+ /.test(text) || text in window.seen) continue;
      window.seen[text] = 0;
      requestAnimationFrame(() => { const port = new MessageChannel();
        port.port1.onmessage = () => (window.seen[text] = now()); port.port2.postMessage(0); });
    }
  };
  const all = { childList: true, subtree: true, characterData: true };
  new MutationObserver(look).observe(place, all);
  look();
}"""
PRESS = """([box, text]) => {
  const field = document.querySelector(box);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const at = performance.timeOrigin + performance.now();
  const enter = { key: "Enter", bubbles: true, cancelable: true };
  field.dispatchEvent(new KeyboardEvent("keydown", enter));
  return at;
}"""
OPEN = """([key, last]) => new Promise((done) => {
  const log = document.querySelector("#log");
  const link = document.querySelector(`#list [data-key="${key}"] a`);
  const begun = performance.now();
  const look = () => {
    if (!log.lastElementChild?.textContent.includes(last)) return;
    watcher.disconnect();
    requestAnimationFrame(() => { const port = new MessageChannel();
      port.port1.onmessage = () => done(performance.now() - begun); port.port2.postMessage(0); });
  };
  const watcher = new MutationObserver(look);
  watcher.observe(log, { childList: true, subtree: true });
  link.click();
})"""
PAINT = """() => {
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
  return at("first-contentful-paint") ?? at("first-paint") ?? null;
}"""


def measure(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Give all figures in ms, each as median, p95 and n."""
    with open_shop(folder) as shop, chromium() as browser:
        paints = _first_paints(browser, shop)
        with _life(shop, random.Random(given.seed)):
            crossing = _crossing(browser, shop)
            opening = _opening(browser, shop)
    return {
        "live_conversations": LIVE,
        "messages_a_second_beside": round(1 / PACE_S, 1),
        **crossing,
        f"opened_{LONG}_messages": opening,
        "widget_first_paint_phone": paints,
    }


def figures(ms: Sequence[float]) -> dict[str, float]:
    """Give median and p95 of times in ms, and how many there were."""
    hundredths = statistics.quantiles(ms, n=100, method="inclusive")
    return {
        "median_ms": round(statistics.median(ms), 1),
        "p95_ms": round(hundredths[94], 1),
        "worst_ms": round(max(ms), 1),
        "n": len(ms),
    }


@contextmanager
def _life(shop: Shop, chance: random.Random) -> Iterator[None]:
    """Have 200 conversations going: some wait, some are held, and all are written to."""
    secret = shop.services.channels.add("bench")
    channel = Channel(shop.port, "bench", secret)
    for number in range(LIVE):
        text = "a person please" if number < ASK else TEXTS[number % len(TEXTS)]
        channel.send(f"c{number}", f"c{number}m0", text)
    desk = Desk(shop.services)
    shop.services.relay.carry_all()
    for number in range(HELD):
        agent = shop.hire(("Ana Lima", "Bo Chen", "Kim Park")[number % 3])
        desk.claim(agent, f"{conversation_id('bench', f'c{number}')}#1", f"held-{number}")
    stop = threading.Event()

    def write() -> None:
        sent = 1
        while not stop.wait(chance.uniform(0.5, 1.5) * PACE_S):
            sent += 1
            text = f"{chance.choice(TEXTS)} ({sent})"
            channel.send(f"c{chance.randrange(LIVE)}", f"more-{sent}", text)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()
        channel.close()


def _crossing(browser: Any, shop: Shop) -> dict[str, Any]:
    """Write to and fro between a widget's page and the desk's."""
    widget = browser.new_context(base_url=shop.address, viewport=PHONE).new_page()
    widget.goto("/widget")
    widget.wait_for_selector("#log p", state="attached")
    widget.fill("#text", "a person please")
    widget.press("#text", "Enter")
    desk = desk_of(browser, shop, "Ana Lima")
    name = _taken(shop, desk)
    widget.evaluate(WATCH, ["#log", "*"])
    desk.evaluate(WATCH, ["#log", ".bubble"])
    asked: dict[str, float] = {}
    pressed: dict[str, float] = {}
    for number in range(SAID):
        asked[f"m{number} where is it?"] = widget.evaluate(
            PRESS, ["#text", f"m{number} where is it?"]
        )
        desk.wait_for_timeout(1_100)
        text = f"m{number} on it."
        pressed[text] = desk.evaluate(PRESS, ["#composer-text", text])
        desk.wait_for_timeout(1_100)
    desk.wait_for_timeout(8_000)
    on_desk, in_widget = desk.evaluate("window.seen"), widget.evaluate("window.seen")
    released = {
        one.data["text"]: one.at_ms
        for one in shop.services.conversations.entries(name)
        if one.kind == "message" and one.data["author"] == "agent"
    }
    widget.context.close()
    desk.context.close()
    return {
        "widget_to_desk": figures([on_desk[text] - at for text, at in asked.items()]),
        "released_to_widget": figures([in_widget[text] - at for text, at in released.items()]),
        "enter_to_widget_less_5_s": figures(
            [in_widget[text] - at - 5_000 for text, at in pressed.items()]
        ),
    }


def _taken(shop: Shop, desk: Any) -> str:
    """Have Ana hold the widget's conversation and see it; give its name."""
    ticket = _waits(shop)
    Desk(shop.services).claim(shop.hire("Ana Lima"), ticket.id, "bench-widget")
    desk.goto(f"/desk#{ticket.conversation}")
    desk.reload()
    desk.wait_for_selector("#talk-state >> text=With you")
    return str(ticket.conversation)


def _waits(shop: Shop) -> Any:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for ticket in shop.services.queue.waiting(1_000):
            if shop.services.conversations.load(ticket.conversation).channel == "widget":
                return ticket
        time.sleep(0.1)
    raise AssertionError("The widget's customer was not brought to the team within 60 s.")


def _opening(browser: Any, shop: Shop) -> dict[str, float]:
    """Open a conversation of 500 messages again and again, from the list."""
    secret = shop.services.channels.add("long")
    channel = Channel(shop.port, "long", secret)
    name = conversation_id("long", "long")
    channel.send("long", "long-0", "a person please")
    ana, desk = shop.hire("Ana Lima"), Desk(shop.services)
    shop.services.relay.carry_all()
    ticket = desk.claim(ana, f"{name}#1", "bench-long")
    for number in range(1, LONG // 2):
        channel.send("long", f"long-{number}", f"{TEXTS[number % len(TEXTS)]} ({number})")
        desk.reply(ana, name, ticket.token, f"I am looking at it, part {number}.", f"r{number}")
    channel.send("long", "last", "that is the very last one")
    channel.close()
    page = desk_of(browser, shop, "Ana Lima")
    page.click("#view-mine")
    page.wait_for_selector(f'#list [data-key="{name}"]')
    other = next(
        one
        for one in shop.services.queue.claimed()
        if one.agent == ana.id and one.conversation != name
    )
    times = []
    for _ in range(OPENED):
        page.click(f'#list [data-key="{other.conversation}"] a')
        page.wait_for_selector("#log .line", state="attached")
        page.wait_for_timeout(400)
        times.append(page.evaluate(OPEN, [name, "that is the very last one"]))
    page.context.close()
    return figures(times)


def _first_paints(browser: Any, shop: Shop) -> dict[str, Any]:
    """Load the widget's page on a phone as slow as Lighthouse's, each time with nothing cached."""
    times, size = [], 0
    for _ in range(PAINTS):
        context = browser.new_context(base_url=shop.address, viewport=PHONE, is_mobile=True)
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        slow = {"downloadThroughput": SLOW_BYTES_S, "uploadThroughput": SLOW_BYTES_S // 2}
        tools.send(
            "Network.emulateNetworkConditions", {"offline": False, "latency": SLOW_TRIP_MS, **slow}
        )
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
        loaded: list[Any] = []
        page.on("response", lambda one, kept=loaded: kept.append(one))
        page.goto("/widget")
        page.wait_for_function(f"({PAINT})() !== null")
        times.append(page.evaluate(PAINT))
        page.wait_for_selector("#log p", state="attached")
        parts = [one for one in loaded if one.url.endswith("/widget") or "/static/" in one.url]
        size = sum(len(gzip.compress(one.body())) for one in parts)
        context.close()
    return {**figures(times), "gzipped_bytes": size}
