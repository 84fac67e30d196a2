"""Work that an answer need not wait for: a few threads of this process, and a short queue."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import structlog

from escalation.errors import EscalationError

THREADS = 4
MOST = 100
log = structlog.get_logger(__name__)


class Aside:
    """Does things soon, in the order in which they came; started by the first (after fork).

    Only for what a sweeper would finish anyway, should this process die.
    """

    def __init__(self, threads: int = THREADS, most: int = MOST) -> None:
        """Keep the numbers; nothing runs yet."""
        self._threads = threads
        self._work: queue.Queue[Callable[[], object]] = queue.Queue(most)
        self._lock = threading.Lock()
        self._started = False

    def soon(self, work: Callable[[], object]) -> bool:
        """Have something done; False when too much waits already, and it is not."""
        self._start()
        try:
            self._work.put_nowait(work)
        except queue.Full:
            return False
        return True

    def _start(self) -> None:
        with self._lock:
            if self._started:
                return
            self._started = True
        for number in range(self._threads):
            threading.Thread(target=self._run, name=f"aside-{number}", daemon=True).start()

    def _run(self) -> None:
        while True:
            work = self._work.get()
            try:
                work()
            except EscalationError as error:
                log.warning("left_to_the_sweeper", error=str(error))
            except Exception:
                log.exception("left_to_the_sweeper")
