"""How commands beside `attune serve` reach the store: a running server's, or a brief one."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from redis.exceptions import RedisError

from bot.folder import FolderBusy, owned, owner
from bot.redis_server import RedisServer, recorded_socket
from bot.store import connect

START_WAIT_S = 20.0
POLL_S = 0.1


@contextlib.contextmanager
def redis_of(data: Path, url: str = "") -> Iterator[str]:
    """Give the address of the Redis to use by commands beside `attune serve`.

    The one named, or the running server's, or one started for the length of the block; raises
    SetupError when there is none to be had.
    """
    if url:
        yield url
        return
    joined = _running(data)
    if joined:
        yield joined
        return
    with owned(data, "brief"), RedisServer(data) as server:
        yield server.url


def _running(data: Path) -> str | None:
    """Give the address of the Redis of a serving owner, waiting a moment while it starts."""
    begun = time.monotonic()
    while (holder := owner(data)) is not None and not holder.ends_soon:
        socket = recorded_socket(data.resolve() / "redis")
        if socket is not None and socket.exists():
            with contextlib.suppress(RedisError), connect(f"unix://{socket}") as client:
                client.ping()
                return f"unix://{socket}"
        if time.monotonic() - begun > START_WAIT_S:
            raise FolderBusy(
                f"The server on {data} is running but its Redis does not answer; stop it and retry."
            )
        time.sleep(POLL_S)
    return None


@contextlib.contextmanager
def throwaway_redis() -> Iterator[str]:
    """Give the address of an empty Redis that keeps nothing and ends with the block."""
    with (
        tempfile.TemporaryDirectory(prefix="attune-") as folder,
        RedisServer(Path(folder), durable=False) as server,
    ):
        yield server.url
