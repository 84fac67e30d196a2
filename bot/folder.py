"""The data folder: one process at a time owns it, and says what it is doing."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from bot.errors import SetupError

Doing = Literal["serving", "stopping", "brief", ""]

SERVING_WAIT_S = 2.0
ENDING_WAIT_S = 20.0
POLL_S = 0.05


class FolderBusy(SetupError):
    """Raised when another process owns the data folder."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a data folder, as far as it wrote it down."""

    pid: int
    doing: Doing
    address: str = ""

    @property
    def ends_soon(self) -> bool:
        """Whether it pays to wait for it."""
        return self.doing != "serving" or not _is_alive(self.pid)


class FolderLock:
    """The lock of an owned data folder; the kernel drops it when the process dies."""

    def __init__(self, file: IO[str]) -> None:
        """Keep the open, locked file."""
        self._file = file

    def says(self, doing: Doing, address: str = "") -> None:
        """Write down what the owner is doing and where it serves, for whoever waits or asks."""
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "doing": doing, "address": address}, self._file)
        self._file.flush()


def private_folder(path: Path) -> Path:
    """Give the folder, made if it was not there and open to nobody else; raises SetupError."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = path / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SetupError(
            f"The folder {path} cannot be written ({error.strerror}); name another with --data."
        ) from error
    return path


@contextmanager
def owned(data: Path, doing: Doing) -> Iterator[FolderLock]:
    """Own a data folder for the length of the block.

    Waits for an owner that is stopping or brief; raises FolderBusy soon when one is serving.
    """
    with (private_folder(data) / "lock").open("a+", encoding="utf-8") as file:
        _wait_for(file, data)
        lock = FolderLock(file)
        lock.says(doing)
        try:
            yield lock
        finally:
            lock.says("")


def owner(data: Path) -> Owner | None:
    """Give who owns the data folder now, or None."""
    try:
        with (data / "lock").open("r", encoding="utf-8") as file:
            if _try(file, fcntl.LOCK_SH):
                return None
            return _read(file)
    except OSError:
        return None


def _wait_for(file: IO[str], data: Path) -> None:
    begun = time.monotonic()
    while not _try(file, fcntl.LOCK_EX):
        waited = time.monotonic() - begun
        if waited > (ENDING_WAIT_S if _read(file).ends_soon else SERVING_WAIT_S):
            raise FolderBusy(
                f"Another Attune already uses the data folder {data} (process {_read(file).pid}); "
                "stop it first, or name another folder with --data."
            )
        time.sleep(POLL_S)


def _try(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(file: IO[str]) -> Owner:
    file.seek(0)
    try:
        stored = json.loads(file.read())
        return Owner(int(stored["pid"]), stored["doing"], str(stored.get("address", "")))
    except (ValueError, KeyError, TypeError):
        return Owner(0, "")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
