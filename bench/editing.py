"""From publishing an edit to every worker answering with it, while messages keep coming."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.joining import redis_of
from bot.services import Services, build_services, now_ms
from bot.settings import Settings
from tests.chaos.harness import Channel, Server, add_channel, serving

ASKED = "do you ship to norway?"
OLD = "shipping_international:"
PODS = (
    *("do you sell decaf pods", "pods without caffeine?", "any decaf capsules for my machine"),
    *("caffeine free pods pls", "are there decaf coffee pods", "need decaf nespresso style pods"),
    *("decaf pod options", "can i get pods that are decaf"),
)
WORKERS = 2


def measure(folder: Path) -> dict[str, Any]:
    """Give the times of a reply, a new intent and a rollback, and the requests that failed."""
    with serving(folder, WORKERS) as server, redis_of(folder) as url:
        services = build_services(Settings(redis_url=url, data=folder))
        secret = add_channel(folder, "edit")
        stop = threading.Event()
        failed: list[int] = []
        asking = threading.Thread(target=_keep_asking, args=(server, secret, stop, failed))
        asking.start()
        try:
            return {
                "reply_publish_s": _publish(services, _with_reply(services)),
                "reply_live_everywhere_s": _until(server, secret, ASKED, "Bench says hello"),
                "intent_publish_s": _publish(services, _with_intent(services)),
                "intent_live_everywhere_s": _until(server, secret, PODS[0], "decaf pods, yes"),
                "rollback_s": _timed(lambda: services.packs.roll_back(1)),
                "rollback_live_everywhere_s": _until(server, secret, ASKED, gone="Bench says"),
                "requests_failed_meanwhile": len(failed),
            }
        finally:
            stop.set()
            asking.join()


def _publish(services: Services, texts: dict[str, str]) -> float:
    return _timed(lambda: services.packs.publish(texts, "bench", "measured", now_ms()))


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return round(time.perf_counter() - begun, 3)


def _with_reply(services: Services) -> dict[str, str]:
    texts = dict(services.packs.live().pack.texts)
    lines = texts["replies.yaml"].splitlines()
    at = lines.index(f"  {OLD}")
    end = next(i for i in range(at + 1, len(lines)) if lines[i][:3].strip() and lines[i][2] != " ")
    new = [lines[at], "    quick_replies: []", "    calm:", '      - "Bench says hello."', ""]
    texts["replies.yaml"] = "\n".join([*lines[:at], *new, *lines[end:]]) + "\n"
    return texts


def _with_intent(services: Services) -> dict[str, str]:
    texts = dict(services.packs.live().pack.texts)
    spec = ["  - name: decaf_pods", '    title: "Decaf pods"', '    description: "Decaf pods."']
    spec += ["    confused_with: []", "    always_person: false", "    phrases:"]
    spec += [f'      - "{phrase}"' for phrase in PODS]
    lines = texts["intents.yaml"].splitlines()
    at = lines.index("intents:") + 1
    texts["intents.yaml"] = "\n".join([*lines[:at], *spec, *lines[at:]]) + "\n"
    reply = (
        '\n  decaf_pods:\n    quick_replies: []\n    calm:\n      - "We have decaf pods, yes."\n'
    )
    texts["replies.yaml"] = texts["replies.yaml"].rstrip() + reply
    return texts


def _until(server: Server, secret: str, text: str, wanted: str = "", gone: str = "\0") -> float:
    """Seconds until ten answers in a row on fresh connections, hence on all workers, are new."""
    begun, run = time.perf_counter(), 0
    while run < 10:
        number = f"{time.time_ns()}"
        channel = Channel(server.port, "edit", secret)
        turn = channel.send(f"q{number}", f"q{number}", text)
        channel.close()
        said = turn["replies"][0]["text"]
        run = run + 1 if wanted in said and gone not in said else 0
        if time.perf_counter() - begun > 30:
            raise TimeoutError(f"the edit was not live after 30 s: {turn}")
    return round(time.perf_counter() - begun, 3)


def _keep_asking(server: Server, secret: str, stop: threading.Event, failed: list[int]) -> None:
    channel = Channel(server.port, "edit", secret)
    number = 0
    while not stop.wait(0.05):
        number += 1
        channel.send(f"k{number}", f"k{number}", "what are your opening hours")
        failed += [1] * channel.refused
        channel.refused = 0
    channel.close()
