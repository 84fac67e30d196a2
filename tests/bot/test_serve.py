"""`attune serve` starts, stops and comes back, whatever was killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import serve
from bot.errors import SetupError
from bot.serve import Supervisor, gunicorn_command, settings_variables
from bot.settings import Settings
from intents.cache import cache_folder
from intents.export import build_onnx

READY = "Attune is ready."
START_S = 180.0


class Served:
    """One `attune serve` in a process of its own, its words kept in a file."""

    def __init__(self, data: Path, *flags: str, **variables: str) -> None:
        """Start it."""
        self.data = data
        self._said = data.parent / f"said-{time.monotonic_ns()}"
        self._out = self._said.open("wb")
        command = ["-m", "bot.cli", "serve", "--data", str(data), "--workers", "1"]
        self.process = subprocess.Popen(
            [sys.executable, *command, "--threads", "16", *flags],
            stdout=self._out, stderr=self._out, env={**os.environ, **variables},
        )  # fmt: skip

    @property
    def said(self) -> str:
        """All it said so far."""
        return self._said.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        """Where it serves."""
        found = re.search(r"(http://\S+?)/desk", self.said)
        assert found, self.said
        return found[1]

    def ready(self) -> Served:
        """Wait until it serves."""
        limit = time.monotonic() + START_S
        while READY not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < limit, self.said
            time.sleep(0.05)
        return self

    def parts(self) -> dict[str, int]:
        """The process ids of its parts."""
        own = self.process.pid
        below = children(own)
        master = next(pid for pid in below if "gunicorn" in command_of(pid))
        redis = next(pid for pid in below if "redis-server" in command_of(pid))
        return {"supervisor": own, "master": master, "redis": redis,
                "worker": children(master)[0]}  # fmt: skip

    def close(self) -> None:
        """Stop it however it takes."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._out.close()


def command_of(pid: int) -> str:
    """A process's command line, empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def children(parent: int) -> list[int]:
    """The processes a process started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(entry.name))
    return sorted(found)


def answers(address: str, path: str) -> int:
    """The status of an address."""
    with urllib.request.urlopen(address + path, timeout=10) as answer:
        return int(answer.status)


def gone(pids: list[int], seconds: float = 15.0) -> bool:
    """Whether all processes end in time."""
    limit = time.monotonic() + seconds
    while any(command_of(pid) for pid in pids):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def attune(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command beside."""
    command = [sys.executable, "-m", "bot.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all tests here, with the model built already."""
    folder = tmp_path_factory.mktemp("serve") / "data"
    built = build_onnx(cache_folder())
    shutil.copytree(built, folder / "model" / built.name)
    return folder


@pytest.fixture
def served(data: Path) -> Iterator[Served]:
    """A server on any free port."""
    one = Served(data, "--port", "0").ready()
    yield one
    one.close()


def test_it_says_where_to_go_and_how_to_sign_in(served: Served) -> None:
    """Shop page, desk, workshop, and the first admin's link, which works."""
    for path in ("/", "/desk", "/workshop"):
        assert f"{served.address}{path}\n" in served.said
    link = re.search(r"/sign-in/\S+", served.said)
    assert link
    assert answers(served.address, link[0]) == 200
    assert answers(served.address, "/healthz") == 200


def test_a_stop_ends_every_part_and_is_a_success(served: Served) -> None:
    """SIGTERM finishes what runs, then leaves no process and no lock."""
    parts = served.parts()
    served.process.terminate()
    assert served.process.wait(20) == 0
    assert gone(list(parts.values()), 1)
    assert "Traceback" not in served.said


def test_an_open_stream_does_not_hold_up_a_stop(served: Served) -> None:
    """Streams end themselves: the reader sees the end, the stop takes a few seconds at most."""
    asked = urllib.request.Request(
        f"{served.address}/widget/session", b"{}", {"content-type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        token = json.load(answer)["token"]
    headers = {"Authorization": f"Bearer {token}"}
    asked = urllib.request.Request(f"{served.address}/widget/stream", headers=headers)
    with urllib.request.urlopen(asked, timeout=30) as stream:
        assert stream.readline()
        begun = time.monotonic()
        served.process.terminate()
        stream.read()
        assert served.process.wait(20) == 0
        assert time.monotonic() - begun < 5


def test_commands_work_beside_a_running_server(served: Served, tmp_path: Path) -> None:
    """Send, backup and a new link join the server's store; restoring under it is refused."""
    data = str(served.data)
    sent = attune("send", "do you ship to norway?", "--data", data)
    assert sent.returncode == 0, sent.stderr
    assert "read as: " in sent.stdout
    link = attune("admin", "link", "--data", data).stdout.splitlines()[-1]
    assert link.startswith(f"{served.address}/sign-in/")
    file = tmp_path / "b.tar.gz"
    assert attune("backup", str(file), "--data", data).returncode == 0
    refused = attune("restore", str(file), "--replace", "--data", data)
    assert refused.returncode == 1
    assert "stop it" in refused.stderr


def test_ctrl_c_is_a_stop_too(served: Served) -> None:
    """SIGINT from a terminal ends it without a traceback."""
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(20) == 0
    assert "Traceback" not in served.said


def test_a_second_server_on_the_same_data_is_refused(served: Served) -> None:
    """It says so in one sentence within about three seconds."""
    begun = time.monotonic()
    second = attune("serve", "--data", str(served.data), "--port", "0")
    assert time.monotonic() - begun < 5
    assert second.returncode != 0
    assert "already uses the data folder" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


@pytest.mark.chaos
@pytest.mark.parametrize(
    "killed",
    [["supervisor"], ["master"], ["redis"], ["supervisor", "redis"], ["supervisor", "master"],
     ["supervisor", "master", "redis", "worker"], ["worker", "redis"]],
    ids="+".join,
)  # fmt: skip
def test_after_kill_9_of_any_part_the_next_start_comes_up(
    data: Path, served: Served, killed: list[str]
) -> None:
    """Whatever dies, the rest goes with it, the next start serves, and the data is there."""
    name = "-".join(killed)
    secret = attune("channel", "add", name, "--data", str(data)).stdout.splitlines()[-1]
    parts = served.parts()
    for part in killed:
        os.kill(parts[part], signal.SIGKILL)
    port = served.address.rpartition(":")[2]
    again = Served(data, "--port", port)
    try:
        again.ready()
        assert served.process.wait(1) != 0
        assert gone(list(parts.values()), 1)
        assert answers(again.address, "/readyz") == 200
        assert name in attune("channel", "list", "--data", str(data)).stdout.split()
        assert secret.startswith("whsec_")
    finally:
        again.close()


@pytest.mark.chaos
def test_a_killed_worker_is_replaced(served: Served) -> None:
    """One worker's death is nobody's outage."""
    before = served.parts()
    os.kill(before["worker"], signal.SIGKILL)
    assert gone([before["worker"]])
    limit = time.monotonic() + 30
    while not children(before["master"]):
        assert time.monotonic() < limit
        time.sleep(0.1)
    assert answers(served.address, "/readyz") == 200
    assert served.process.poll() is None


def test_when_a_part_dies_one_sentence_says_which(served: Served) -> None:
    """The supervisor stops the rest and exits with a failure."""
    os.kill(served.parts()["redis"], signal.SIGKILL)
    assert served.process.wait(20) == 1
    assert "Redis ended unexpectedly" in served.said
    assert "Traceback" not in served.said


def test_what_cannot_be_prepared_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A pack that cannot be read stops the start with its own sentence."""
    (tmp_path / "pack").mkdir()
    data = tmp_path / "data"
    built = build_onnx(cache_folder())
    shutil.copytree(built, data / "model" / built.name)
    failed = attune("serve", "--data", str(data), "--port", "0", "--pack", str(tmp_path / "pack"))
    assert failed.returncode == 1
    assert "intents.yaml" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert attune("channel", "list", "--data", str(data)).returncode == 0


def test_a_port_of_another_program_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After waiting for a server that may just be ending, the sentence says what to do."""
    monkeypatch.setattr(serve, "PORT_WAIT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = Settings(data=tmp_path, port=other.getsockname()[1])
        with pytest.raises(SetupError, match=r"used by another program.*--port"):
            Supervisor(settings)._listener()


def test_settings_reach_the_workers_as_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the command line sets, a worker's settings read back."""
    settings = Settings(data=tmp_path, port=8123, https=True, webhook_burst=7)
    for name, value in settings_variables(settings).items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings
    assert "gthread" in gunicorn_command(settings, 3)
