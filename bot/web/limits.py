"""Token buckets in process memory, so that no limited request costs a durable write."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST = 10_000
OF_ONE_HOME = 64  # bits of an IPv6 address that a home is given; it picks the rest itself


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


def home(address: str | None) -> str:
    """Give what is counted as one sender: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        number = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(number, ipaddress.IPv4Address):
        return str(number)
    return str(ipaddress.ip_network((number.packed, OF_ONE_HOME), strict=False))
