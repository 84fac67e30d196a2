"""Child processes that never outlive their parent.

As a script, `children.py PARENT COMMAND…` binds itself to the parent, then becomes COMMAND.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

PR_SET_PDEATHSIG = 1


def spawn(
    command: Sequence[str], *, env: Mapping[str, str] | None = None, **options: Any
) -> subprocess.Popen[bytes]:
    """Start a child that gets SIGTERM when this process dies, even by kill -9 (on Linux).

    Call from the main thread: the kernel watches the thread that forked. The child is in a process
    group of its own, so that Ctrl-C reaches only the parent, which stops its children in order.
    """
    return subprocess.Popen(
        leashed(command), env=None if env is None else dict(env), process_group=0, **options
    )


def leashed(command: Sequence[str]) -> list[str]:
    """Give the command by way of this file, which binds it to this process; on Linux only."""
    if not sys.platform.startswith("linux"):
        return list(command)
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command]


def bind_to(parent: int) -> None:
    """Have the kernel send this process SIGTERM when its parent dies; end if that was before."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def end(child: subprocess.Popen[bytes], patience_s: float) -> int:
    """Ask a child to stop, wait, and kill it when it does not; give its exit status."""
    if child.poll() is None:
        child.terminate()
    try:
        return child.wait(patience_s)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


if __name__ == "__main__":
    bind_to(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - the command our own process asked for
