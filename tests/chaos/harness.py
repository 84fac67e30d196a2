"""Starts the real server, talks to it as channels would, kills parts, and counts afterwards."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.conversations import Conversations
from bot.redis_server import RedisServer
from bot.signing import sign
from bot.store import connect
from bot.web.webhook import conversation_id
from intents.cache import cache_folder, ready_encoder

START_S = 300.0  # on a busy machine the first fitting alone takes minutes
TEXTS = (
    "do you ship to norway?",
    "where's my parcel, ordered last tuesday",
    "what are your opening hours",
    "thanks",
)


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def built_model(data: Path) -> None:
    """Put the built model into a data folder, so that a start takes seconds."""
    ready_encoder(cache_folder())
    shutil.copytree(cache_folder(), data / "model", dirs_exist_ok=True)


@dataclass(slots=True)
class Server:
    """One `attune serve` on a data folder, started as often as it is needed."""

    data: Path
    port: int
    workers: int = 2
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it is ready; fails when it does not come up."""
        command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(self.port)]
        command += ["--data", str(self.data), "--workers", str(self.workers)]
        self.starts += 1
        with (self.data / f"serve-{self.starts}.log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + START_S
        while not ("Ctrl-C stops it." in self.words() and self.is_ready()):
            assert self.process.poll() is None, self.words()
            assert time.monotonic() < until, self.words()
            time.sleep(0.1)

    def is_ready(self) -> bool:
        """Say whether a turn can be done now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def words(self) -> str:
        """Give what the last start printed."""
        return (self.data / f"serve-{self.starts}.log").read_text(errors="replace")

    def children(self, word: str) -> list[int]:
        """Give the processes of this server's session whose command line holds a word."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                line = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                session = int((place / "stat").read_text().rsplit(")", 1)[1].split()[3])
            except (OSError, IndexError, ValueError):
                continue
            if self.process and session == self.process.pid and word in line:
                found.append(int(place.name))
        return sorted(found)

    def wait_for_end(self, seconds: float = 30.0) -> int:
        """Wait until the supervisor has ended by itself and give its status."""
        assert self.process is not None
        return self.process.wait(seconds)

    def stop(self) -> None:
        """Stop it as a person would."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)


@contextmanager
def serving(data: Path, workers: int = 2) -> Iterator[Server]:
    """Give a running server that is stopped afterwards."""
    built_model(data)
    server = Server(data, free_port(), workers)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def add_channel(data: Path, name: str) -> str:
    """Register a channel with the command line, while the server runs, and give its secret."""
    command = [sys.executable, "-m", "bot.cli", "channel", "add", name, "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip().splitlines()[-1]


@dataclass(slots=True)
class Channel:
    """Sends signed messages and repeats each with the same id until it is answered."""

    port: int
    name: str
    secret: str
    refused: int = 0
    waits_s: list[float] = field(default_factory=list)
    _connection: http.client.HTTPConnection | None = None

    def send(self, conversation: str, event_id: str, text: str, give_up_s: float = 90) -> Any:
        """Give the Turn of a message, however long the server is away."""
        body = json.dumps({"conversation": conversation, "text": text}).encode()
        begun = time.monotonic()
        while time.monotonic() - begun < give_up_s:
            status, answer = self.post(body, event_id)
            if status == 200:
                self.waits_s.append(time.monotonic() - begun)
                return json.loads(answer)
            assert status in {0, 429, 503}, (status, answer)
            self.refused += 1
            time.sleep(random.uniform(0.05, 0.25))
        raise AssertionError(f"no answer to {event_id} within {give_up_s} s")

    def post(self, body: bytes, event_id: str) -> tuple[int, bytes]:
        """Post once; status 0 when the connection failed."""
        timestamp = str(int(time.time()))
        headers = {
            "attune-channel": self.name,
            "webhook-id": event_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": sign(self.secret, event_id, timestamp, body),
            "content-type": "application/json",
        }
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            self._connection.request("POST", "/webhook/messages", body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, b""

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
        self._connection = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the log says of all accepted messages."""

    accepted: int
    lost: int
    answered_twice: int
    not_answered: int
    out_of_order: int
    refused: int
    conversations: int


def talk(
    server: Server, secret: str, conversations: int, messages: int, threads: int = 16
) -> tuple[list[Channel], list[threading.Thread]]:
    """Start senders that share the conversations; all are under way at once."""
    channels = [Channel(server.port, "chaos", secret) for _ in range(threads)]

    def run(number: int) -> None:
        for message in range(messages):
            for conversation in range(number, conversations, threads):
                time.sleep(random.uniform(0.1, 0.7))
                text = f"{TEXTS[message % len(TEXTS)]} ({message})"
                channels[number].send(f"c{conversation}", f"c{conversation}m{message}", text)
        channels[number].close()

    started = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in started:
        thread.start()
    return channels, started


def count(data: Path, channels: list[Channel], conversations: int, messages: int) -> Outcome:
    """Recount everything from the store itself, with no server running."""
    lost = twice = unanswered = disordered = 0
    with RedisServer(data) as server, connect(server.url, timeout_s=30) as client:
        store = Conversations(client)
        for number in range(conversations):
            entries = store.entries(conversation_id("chaos", f"c{number}"), limit=5_000)
            asked = [one for one in entries if one.data.get("author") == "customer"]
            names = [one.data["event_id"] for one in asked]
            wanted = [f"c{number}m{message}" for message in range(messages)]
            read = [one.data["message_id"] for one in entries if one.kind == "reading"]
            lost += len(set(wanted) - set(names))
            twice += len(names) - len(set(names)) + len(read) - len(set(read))
            unanswered += len({one.id for one in asked} - set(read))
            disordered += int(names != wanted) + int(read != sorted(read, key=_order))
    accepted = sum(len(channel.waits_s) for channel in channels)
    refused = sum(channel.refused for channel in channels)
    return Outcome(accepted, lost, twice, unanswered, disordered, refused, conversations)


def _order(entry_id: str) -> tuple[int, int]:
    first, second = entry_id.split("-")
    return int(first), int(second)


def killer(server: Server, stop: threading.Event, kills: dict[str, int]) -> Callable[[], None]:
    """Give a function that kills parts in turn, and starts the server again when it ended."""

    def run() -> None:
        turn = 0
        while not stop.wait(2.0):
            part = ("worker", "master", "redis", "supervisor")[turn % 4]
            turn += 1
            masters = server.children("gunicorn")[:1]
            victims = {
                "worker": server.children("gunicorn")[1:2],
                "master": masters,
                "redis": server.children("redis-server"),
                "supervisor": [server.process.pid] if server.process else [],
            }[part]
            for victim in victims:
                os.kill(victim, signal.SIGKILL)
                kills[part] = kills.get(part, 0) + 1
            if part != "worker":
                server.wait_for_end()
                server.start()

    return run


@dataclass(frozen=True, slots=True)
class Survival:
    """What a server went through, and what the store says afterwards."""

    kills: dict[str, int]
    starts: int
    outcome: Outcome


def survive(data: Path, conversations: int, messages: int) -> Survival:
    """Talk through kill -9 of every part in turn, then recount from the store itself."""
    kills: dict[str, int] = {}
    stop = threading.Event()
    with serving(data) as server:
        secret = add_channel(data, "chaos")
        channels, senders = talk(server, secret, conversations, messages)
        hunter = threading.Thread(target=killer(server, stop, kills))
        hunter.start()
        for sender in senders:
            sender.join()
        stop.set()
        hunter.join()
        starts = server.starts
    return Survival(kills, starts, count(data, channels, conversations, messages))
