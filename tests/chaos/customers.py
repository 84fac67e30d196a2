"""Customers who write one message after the other and repeat each until it is accepted."""

from __future__ import annotations

import json
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.harness import Channel

CHANNEL = "storm"
MESSAGES = 8
LONGEST_S = 180.0
NOTED = 20
TEXTS = ("do you ship to norway?", "where's my parcel", "a person please", "thanks")


@dataclass(slots=True)
class Customer:
    """One sender: conversation after conversation, each message after the one before."""

    number: int
    channel: Channel
    stop: threading.Event
    accepted: dict[str, list[str]] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Send until told to stop; the conversation under way is ended first."""
        place = 0
        try:
            while not self.stop.is_set():
                self._talk(f"u{self.number}-{place}")
                place += 1
        except Exception as error:  # noqa: BLE001 - the recount shows it
            self.broken.append(repr(error))
        self.channel.close()

    def _talk(self, name: str) -> None:
        for message in range(MESSAGES):
            event = f"{name}-m{message}"
            text = f"{TEXTS[message % len(TEXTS)]} ({message})"
            turn = self._sent(name, event, text)
            self.accepted.setdefault(name, []).append(event)
            if turn["ticket"]:
                self.tickets.add(turn["ticket"])

    def _sent(self, name: str, event: str, text: str) -> dict[str, Any]:
        """Give the Turn of a message; any answer but a refusal for now is noted and tried again."""
        body = json.dumps({"conversation": name, "text": text}).encode()
        begun = time.monotonic()
        while time.monotonic() - begun < LONGEST_S:
            status, answer = self.channel.post(body, event)
            if status == 200:
                turn: dict[str, Any] = json.loads(answer)
                return turn
            if status not in {0, 429, 503} and len(self.broken) < NOTED:
                self.broken.append(f"{status} {answer[:200].decode(errors='replace')}")
            time.sleep(random.uniform(0.05, 0.25))
        raise TimeoutError(f"no answer to {event} within {LONGEST_S:.0f} s")
