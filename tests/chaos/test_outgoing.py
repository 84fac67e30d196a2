"""The real server with an endpoint: workers are killed -9 while customers write; all is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.chaos.harness import Server, add_channel, serving, talk
from tests.receiver import Got, receiving

CONVERSATIONS, MESSAGES, KILLS = 24, 3, 4
SETTLED_S = 120.0


def add_endpoint(data: Path, url: str) -> None:
    """Add an endpoint with words by the command line, while the server runs."""
    command = [sys.executable, "-m", "bot.cli", "endpoint", "add", "crm", url]
    command += ["--event", "message.customer", "--event", "conversation.begun", "--words"]
    subprocess.run([*command, "--data", str(data)], capture_output=True, check=True, timeout=60)


def kill_workers(server: Server, stop: threading.Event, killed: list[int]) -> None:
    """Kill one worker every two seconds."""
    while len(killed) < KILLS and not stop.wait(2.0):
        for victim in server.children("gunicorn")[1:2]:
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)


@pytest.mark.chaos
def test_kills_lose_no_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every accepted message is told, with one id each, and in order by conversation.

    In the end all workers die at once, and no request comes after that.
    """
    monkeypatch.setenv("ATTUNE_ENDPOINTS_HTTP", "true")
    monkeypatch.setenv("ATTUNE_ENDPOINTS_PRIVATE_HOSTS", "127.0.0.1")
    wanted = CONVERSATIONS * (MESSAGES + 1)
    killed: list[int] = []
    with receiving() as receiver, serving(tmp_path) as server:
        secret = add_channel(tmp_path, "chaos")
        add_endpoint(tmp_path, receiver.url)
        stop = threading.Event()
        hunter = threading.Thread(target=kill_workers, args=(server, stop, killed))
        hunter.start()
        _, senders = talk(server, secret, CONVERSATIONS, MESSAGES)
        for sender in senders:
            sender.join()
        stop.set()
        hunter.join()
        for victim in server.children("gunicorn")[1:]:
            os.kill(victim, signal.SIGKILL)
        until = time.monotonic() + SETTLED_S
        while len({one.id for one in receiver.got}) < wanted:
            assert time.monotonic() < until, len({one.id for one in receiver.got})
            time.sleep(0.2)
    assert killed
    check(receiver.got, wanted)


def check(got: list[Got], wanted: int) -> None:
    """Each once by id; a conversation's first sightings stand in the order they were written."""
    first: dict[str, Got] = {}
    for one in got:
        first.setdefault(one.id, one)
    assert len(first) == wanted
    said: dict[str, list[str]] = {}
    for one in first.values():
        name = one.row["data"]["external"]
        said.setdefault(name, []).append(one.row["data"].get("event_id") or one.kind)
    assert len(said) == CONVERSATIONS
    for name, events in said.items():
        assert events == ["conversation.begun", *(f"{name}m{one}" for one in range(MESSAGES))]
