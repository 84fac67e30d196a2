"""One turn through the signed webhook, beside the bare model call in the same run."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from bench.figures import spread
from intents.cache import cache_folder, ready_encoder
from tests.chaos.harness import TEXTS, Channel, Server, add_channel, serving

TURNS = 400
CLIENTS = (1, 8)


def measure(folder: Path) -> dict[str, Any]:
    """Give the bare model's and the whole turn's times, with one client and with eight."""
    found: dict[str, Any] = {"model_alone": spread(_model_alone())}
    with serving(folder) as server:
        secrets = {
            (count, number): add_channel(folder, f"bench-{count}-{number}")
            for count in CLIENTS
            for number in range(count)
        }
        for count in CLIENTS:
            mine = [secrets[count, number] for number in range(count)]
            found[f"turn_{count}_clients"] = _turns(server, mine)
        found["model_alone_after"] = spread(_model_alone())
    alone = found["model_alone"]["p50_ms"]
    found["turn_to_model_p50"] = round(found["turn_1_clients"]["p50_ms"] / alone, 2)
    return found


def _model_alone() -> list[float]:
    encoder = ready_encoder(cache_folder())
    times = []
    for number in range(TURNS):
        begun = time.perf_counter()
        encoder.encode([f"{TEXTS[number % len(TEXTS)]} ({number})"])
        times.append(time.perf_counter() - begun)
    return times


def _turns(server: Server, secrets: list[str]) -> dict[str, Any]:
    count = len(secrets)
    channels = [
        Channel(server.port, f"bench-{count}-{number}", secret)
        for number, secret in enumerate(secrets)
    ]

    def run(channel: Channel) -> None:
        for number in range(TURNS // count):
            text = f"{TEXTS[number % len(TEXTS)]} ({number})"
            channel.send(f"{channel.name}-{number // 4}", f"{channel.name}-m{number}", text)
        channel.close()

    for channel in channels:
        channel.send(f"{channel.name}-warm", f"{channel.name}-warm", "hi")
        channel.waits_s.clear()
    begun = time.perf_counter()
    threads = [threading.Thread(target=run, args=(channel,)) for channel in channels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    times = [one for channel in channels for one in channel.waits_s]
    refused = sum(channel.refused for channel in channels)
    return {**spread(times), "turns_a_second": round(len(times) / took, 1), "refused": refused}
