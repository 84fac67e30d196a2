"""Customers of a day at the widget's addresses, in threads; each word is sent until accepted."""

from __future__ import annotations

import http.client
import json
import random
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

OPENINGS = ("do you ship to norway?", "where's my parcel, ordered last tuesday", "hello")
ASKS = ("a person please", "can I talk to somebody", "let me talk to a human")
MORE = ("thank you", "and when will it be here?", "it is order 20416", "ok, I'll wait", "great")
MOST = 5
THREADS = 6
REST_S = 0.4


@dataclass(slots=True)
class Caller:
    """A customer at the widget's addresses; repeats each message with its id until answered."""

    port: int
    token: str = ""
    conversation: str = ""
    sent: int = 0
    accepted: list[str] = field(default_factory=list)
    _connection: http.client.HTTPConnection | None = None

    def begin(self) -> None:
        """Open the chat."""
        body = self.ask("POST", "/widget/session", {})
        self.token, self.conversation = body["token"], body["conversation"]

    def say(self, text: str) -> dict[str, Any]:
        """Send one message and give the answer."""
        self.sent += 1
        event_id = f"e{self.sent}-{secrets.token_hex(6)}"
        answer: dict[str, Any] = self.ask(
            "POST", "/widget/messages", {"event_id": event_id, "text": text}
        )
        self.accepted.append(event_id)
        return answer

    def ask(self, method: str, path: str, body: Any, give_up_s: float = 90) -> Any:
        """Give the answer, however long the server is away or busy."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        begun = time.monotonic()
        while time.monotonic() - begun < give_up_s:
            try:
                if self._connection is None:
                    self._connection = http.client.HTTPConnection(
                        "127.0.0.1", self.port, timeout=20
                    )
                raw = None if body is None else json.dumps(body)
                self._connection.request(method, path, raw, headers)
                answer = self._connection.getresponse()
                status, content = answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self._connection, status, content = None, 0, b""
            if status == 200:
                return json.loads(content)
            if status not in {0, 429, 503}:
                raise AssertionError(f"{method} {path}: {status} {content[:200]!r}")
            time.sleep(0.2)
        raise AssertionError(f"{method} {path}: no answer within {give_up_s:.0f} s")


@dataclass(slots=True)
class Talk:
    """One customer's day: when they come, what they said, what they saw."""

    caller: Caller
    comes_s: float
    withdraws: bool
    said: list[str] = field(default_factory=list)
    last: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Write one message; its text is known again by its end."""
        text = f"{text} ({self.caller.conversation[-6:]}.{len(self.said)})"
        self.state = self.caller.say(text)["state"]
        self.said.append(text)

    def look(self) -> int:
        """Read what is new; give how many of it an agent wrote."""
        after = f"?after={self.last}" if self.last else ""
        news = self.caller.ask("GET", f"/widget/messages{after}", None)
        self.state = news["state"]
        self.last = news["entries"][-1]["id"] if news["entries"] else self.last
        theirs = [one["text"] for one in news["entries"] if one.get("author") == "agent"]
        self.seen += theirs
        return len(theirs)


class Customers:
    """All customers of a day, in a few threads, until told to stop; they can be held still."""

    def __init__(self, port: int, count: int, over_s: float, seed: int) -> None:
        """Plan who comes when; nobody has come yet."""
        chance = random.Random(seed)
        self.talks = [
            Talk(Caller(port), chance.uniform(0, over_s), chance.random() < 0.08)
            for _ in range(count)
        ]
        self.broken: list[str] = []
        self._go, self._stop = threading.Event(), threading.Event()
        self._still = [threading.Event() for _ in range(THREADS)]
        self._threads = [
            threading.Thread(target=self._run, args=(number, random.Random(f"{seed}-{number}")))
            for number in range(THREADS)
        ]
        self._begun = time.monotonic()

    def start(self) -> None:
        """Let the day begin."""
        self._begun = time.monotonic()
        self._go.set()
        for thread in self._threads:
            thread.start()

    def hold(self) -> None:
        """Have nobody write until `go`; what is on its way arrives first."""
        for one in self._still:
            one.clear()
        self._go.clear()
        for one in self._still:
            one.wait(30)

    def go(self) -> None:
        """Go on."""
        self._go.set()

    def stop(self) -> None:
        """End the day and wait for who is writing."""
        self._stop.set()
        self._go.set()
        for thread in self._threads:
            thread.join()

    @property
    def came(self) -> int:
        """How many wrote so far."""
        return sum(bool(one.said) for one in self.talks)

    def _run(self, number: int, chance: random.Random) -> None:
        try:
            while not self._stop.is_set():
                if not self._go.is_set():
                    self._still[number].set()
                    self._go.wait(1)
                    continue
                for talk in self.talks[number::THREADS]:
                    if self._go.is_set() and time.monotonic() - self._begun >= talk.comes_s:
                        self._step(talk, chance)
                time.sleep(REST_S)
        except Exception as error:  # noqa: BLE001 - the day's table shows it
            self.broken.append(repr(error))
            self._still[number].set()

    def _step(self, talk: Talk, chance: random.Random) -> None:
        if not talk.caller.token:
            talk.caller.begin()
            talk.say(chance.choice(OPENINGS))
            talk.say(chance.choice(ASKS))
            return
        answered = talk.look()
        if talk.withdraws and talk.state["holder"] == "waiting":
            talk.caller.ask("POST", "/widget/cancel", {})
            talk.withdraws = False
        elif answered and len(talk.said) < MOST and chance.random() < 0.7:
            talk.say(chance.choice(MORE))
