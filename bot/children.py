"""Child processes that never outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
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
        list(command),
        env=None if env is None else dict(env),
        process_group=0,
        preexec_fn=dies_with(os.getpid()),  # noqa: PLW1509 - one call into libc, no threads yet
        **options,
    )


def dies_with(parent: int) -> Callable[[], None] | None:
    """Give what a fresh child calls to end with its parent; None where there is no such call."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def end(child: subprocess.Popen[bytes], patience_s: float) -> int:
    """Ask a child to stop, wait, and kill it when it does not; give its exit status."""
    if child.poll() is None:
        child.terminate()
    try:
        return child.wait(patience_s)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
