"""How a list of times becomes figures."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Give p50, p99 and n of times in seconds, as milliseconds."""
    hundredths = statistics.quantiles(seconds, n=100, method="inclusive")
    return {
        "p50_ms": round(hundredths[49] * 1000, 2),
        "p99_ms": round(hundredths[98] * 1000, 2),
        "n": len(seconds),
    }
