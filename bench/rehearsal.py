"""Ten thousand stored messages gone through again with another policy: how long, and what is kept.

The conversations are made by the real pipeline from the shop's phrases, really read; each phrase is
read once, so that making them does not take longer than what is measured.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.figures import spread
from bot.pipeline import handle_message
from bot.reader import Reader
from bot.rehearsal import Rehearsed
from bot.rehearsing import Rehearsal
from bot.services import Services
from bot.throwaway import throwaway_services
from bot.values import Incoming
from bot.workbench import Workbench
from intents.head import IntentHead
from intents.reading import Reading

MESSAGES = 10_000
TEXTS = 2_000
LENGTHS = (1, 2, 3, 4, 5, 6, 8, 12)
FIRST_MS = 1_767_605_400_000
STEP_MS = 45_000
SEED = 20260105
LIMIT_S = 120.0
UPSET = (
    *("this is the third time I ask, where is my money", "you are useless, get me a person"),
    *("can I talk to somebody", "I still have no answer!!", "never mind, I found it"),
    *("that did not help", "Not quite", "A person", "my lawyer will write to you"),
)


class _Remembering(Reader):
    """The real model, asked once for each text."""

    def know(self, texts: list[str], head: IntentHead) -> None:
        """Read texts before they are asked for."""
        self._known = dict(zip(texts, self.read_all(texts, head), strict=True))

    def read(self, text: str, head: IntentHead) -> Reading:
        """Give the Reading of a text."""
        return self._known.get(text) or super().read(text, head)


def measure(_folder: Path, messages: int = MESSAGES) -> dict[str, Any]:
    """Give how long 10,000 messages take with another policy and with the live version itself."""
    with throwaway_services() as services:
        made = _filled(services, messages)
        draft = _other_policy(services)
        found = {"made": made, "other_policy": _rehearsed(services, draft)}
        found["live_version"] = _rehearsed(services, services.packs.live())
    slowest = max(one["took_s"] for one in (found["other_policy"], found["live_version"]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {**found, "processes": 1, "peak_mb": peak, "within_limit": slowest < LIMIT_S}


def _filled(services: Services, messages: int) -> dict[str, int]:
    chance = random.Random(SEED)
    live = services.packs.live()
    settings = services.settings
    reader = _Remembering(settings.model_cache, settings.backbone or None, 60.0)
    phrases = [phrase for phrase, _ in live.pack.labelled()]
    texts = [". ".join(chance.sample(phrases, chance.choice((1, 1, 2)))) for _ in range(TEXTS)]
    reader.know([*texts, *UPSET], live.head)
    remembering = replace(services, reader=reader)
    written = number = 0
    while written < messages:
        length = min(chance.choice(LENGTHS), messages - written)
        for incoming in _conversation(number, length, texts, chance):
            handle_message(remembering, incoming)
        written, number = written + length, number + 1
    return {"messages": written, "conversations": number}


def _conversation(
    number: int, length: int, texts: list[str], chance: random.Random
) -> Iterator[Incoming]:
    for turn in range(length):
        text = chance.choice(UPSET if chance.random() < 0.12 else texts)
        event, at = f"m{turn}", FIRST_MS + number * 1000 + turn * STEP_MS
        yield Incoming(f"bench-{number}", event, text, event, "bench", at)


def _other_policy(services: Services) -> Any:
    live = services.packs.live()
    texts = dict(live.pack.texts)
    texts["policy.yaml"] = texts["policy.yaml"].replace("  frustration: 0.85", "  frustration: 0.5")
    return Workbench().ready(services.packs, texts, live)


def _rehearsed(services: Services, made: Any) -> dict[str, Any]:
    begun, used = time.perf_counter(), time.process_time()
    trying = Rehearsal(services, made, 0)
    names, _ = trying.names()
    times, turns, differ, last = [], 0, 0, begun
    for one in trying.of(names):
        if not isinstance(one, Rehearsed):
            raise TypeError(one.why)
        now = time.perf_counter()
        times.append(now - last)
        last = now
        turns += sum(map(len, one.episodes))
        differ += bool(one.differences())
    took = time.perf_counter() - begun
    rate = round(turns / took, 1)
    return {
        "took_s": round(took, 1),
        "cpu_s": round(time.process_time() - used, 1),
        "turns": turns,
        "turns_a_second": rate,
        "conversations_that_differ": differ,
        "a_conversation": spread(times),
    }
