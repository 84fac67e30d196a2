"""`attune serve`: one supervisor owns the data folder and runs Redis and gunicorn as its children.

When any part dies unexpectedly the rest is stopped, one sentence says what happened, and the exit
status is not zero; the next start always comes up on the same data.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot import folder
from bot.children import end, spawn
from bot.errors import BotError, SetupError
from bot.folder import FolderLock
from bot.people import People
from bot.redis_server import RedisServer
from bot.settings import Settings
from bot.store import connect

PORT_WAIT_S = 15.0
READY_WAIT_S = 120.0
GRACE_S = 5
STOP_WAIT_S = GRACE_S + 7.0
POLL_S = 0.1
BACKLOG = 2048
ONE_THREAD = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "ORT_NUM_THREADS",
    "RAYON_NUM_THREADS",
)


class Stopped(BotError):
    """Raised in the supervisor when somebody asked it to stop."""


class Supervisor:
    """Starts the parts in order, watches them, and stops them in the opposite order."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings; nothing is started yet."""
        self._settings = settings
        self._redis: RedisServer | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def run(self) -> int:
        """Serve until told to stop and give the exit status; raises SetupError."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        with folder.owned(self._settings.data, "serving") as lock:
            try:
                self._start(lock)
                self._watch()
            except Stopped:
                say("Stopping: requests in progress are finished first.")
            finally:
                self._stop(lock)
        return 0

    def _start(self, lock: FolderLock) -> None:
        listener = self._listener()
        with listener:
            settings = self._settings.model_copy(update={"port": listener.getsockname()[1]})
            if not settings.redis_url:
                say("Starting Redis.")
                self._redis = RedisServer(settings.data).start()
                settings = settings.model_copy(update={"redis_url": self._redis.url})
            self._settings = settings
            self._prepare()
            self._child = spawn(
                gunicorn_command(settings, listener.fileno()),
                env=environment(settings),
                pass_fds=(listener.fileno(),),
            )
        self._wait_until_ready()
        lock.says("serving", settings.address)
        self._greet()

    def _listener(self) -> socket.socket:
        """Give a listening socket; waits for a server that is just ending. Raises SetupError."""
        host, port, begun = self._settings.host, self._settings.port, time.monotonic()
        while True:
            try:
                return _listen(host, port)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise SetupError(
                        f"Cannot listen on {host} port {port} ({error.strerror}); "
                        "choose others with --host and --port."
                    ) from error
                if time.monotonic() - begun > PORT_WAIT_S:
                    raise SetupError(
                        f"Port {port} on {host} is used by another program; "
                        "stop it, or choose another with --port."
                    ) from error
            self._pause()

    def _prepare(self) -> None:
        self._child = spawn([sys.executable, "-m", "bot.prepare"], env=environment(self._settings))
        while self._child.poll() is None:
            self._pause()
        if self._child.returncode:
            raise SetupError("Attune could not be prepared, for the reason above.")

    def _wait_until_ready(self) -> None:
        begun = time.monotonic()
        while not _is_ready(self._settings):
            self._check_parts()
            if time.monotonic() - begun > READY_WAIT_S:
                raise SetupError(
                    f"The server was not ready after {READY_WAIT_S:.0f} s; its log is above."
                )
            self._pause()

    def _watch(self) -> None:
        while True:
            self._check_parts()
            self._pause()

    def _check_parts(self) -> None:
        """Raise SetupError when a part died by itself."""
        if self._redis and self._redis.process.poll() is not None:
            raise SetupError(
                f"Redis ended unexpectedly (status {self._redis.process.returncode}); nothing that "
                "was accepted is lost: start Attune again."
            )
        if self._child and self._child.poll() is not None:
            raise SetupError(
                f"The web server ended unexpectedly (status {self._child.returncode}); "
                "nothing that was accepted is lost: start Attune again."
            )

    def _pause(self) -> None:
        time.sleep(POLL_S)
        if self._stopping:
            raise Stopped("Asked to stop.")

    def _ask_to_stop(self, *_: object) -> None:
        if self._stopping and self._child and self._child.poll() is None:
            self._child.send_signal(signal.SIGQUIT)
        self._stopping = True

    def _stop(self, lock: FolderLock) -> None:
        lock.says("stopping")
        if self._child:
            end(self._child, STOP_WAIT_S)
        if self._redis:
            self._redis.stop()

    def _greet(self) -> None:
        address = self._settings.address
        say("\nAttune is ready.")
        say(f"  Shop page with the chat    {address}/")
        say(f"  Desk, for agents           {address}/desk")
        say(f"  Workshop, for admins       {address}/workshop")
        with connect(self._settings) as client:
            people = People(client)
            if not people.has_admin():
                say("\nSign in as the first admin (works once, for 24 hours):")
                say(f"  {address}/sign-in/{people.link()}")
        say("\nCtrl-C stops it.")


def gunicorn_command(settings: Settings, listener: int) -> list[str]:
    """Give the command line of the web server on an inherited listening socket."""
    flags = {
        "--config": "python:bot.gunicorn_config",
        "--bind": f"fd://{listener}",
        "--worker-class": "gthread",
        "--workers": str(settings.workers),
        "--threads": str(settings.threads),
        "--worker-connections": str(settings.threads + BACKLOG),
        "--graceful-timeout": str(GRACE_S),
        "--keep-alive": "5",
        "--timeout": "60",
        "--log-level": "warning",
        "--logger-class": "bot.logs.ServerLog",
    }
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn's heartbeat files should not touch a disk
        flags["--worker-tmp-dir"] = "/dev/shm"  # noqa: S108
    pairs = [part for pair in flags.items() for part in pair]
    program = [sys.executable, "-m", "gunicorn"]
    return [*program, *pairs, "--no-control-socket", "bot.gunicorn_config:application()"]


def environment(settings: Settings) -> dict[str, str]:
    """Give the variables that carry the settings to a child, one native thread per session."""
    return {**os.environ, **_single_threaded(), **settings_variables(settings)}


def settings_variables(settings: Settings) -> dict[str, str]:
    """Give the settings as `ATTUNE_*` variables; unset ones are left out."""
    rows: Mapping[str, object] = settings.model_dump(mode="json", exclude_none=True)
    return {f"ATTUNE_{name.upper()}": str(value) for name, value in rows.items()}


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    try:
        _listen(host, port).close()
    except OSError:
        return False
    return True


def say(line: str) -> None:
    """Tell the person who started it."""
    with suppress(BrokenPipeError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is how a command speaks


def _single_threaded() -> dict[str, str]:
    return dict.fromkeys(ONE_THREAD, "1") | {"TOKENIZERS_PARALLELISM": "false"}


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _is_ready(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    place = f"[{host}]" if ":" in host else host
    try:
        url = f"http://{place}:{settings.port}/readyz"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False
