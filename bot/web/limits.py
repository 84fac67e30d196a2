"""Token buckets in process memory, so that no limited request costs a durable write."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST = 10_000


class Buckets:
    """One bucket per name; the least recently used is forgotten when there are too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start empty; `clock` gives seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, per_second: float, burst: int) -> float:
        """Take one; give 0 if there was one, else the seconds until there is."""
        now = self._clock()
        with self._lock:
            level, then = self._levels.pop(name, (float(burst), now))
            level = min(float(burst), level + (now - then) * per_second)
            allowed = level >= 1
            self._levels[name] = (level - 1 if allowed else level, now)
            while len(self._levels) > MOST:
                self._levels.popitem(last=False)
        return 0.0 if allowed else (1 - level) / per_second
