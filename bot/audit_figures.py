"""Shares, gaps and their 95 % intervals for the bias audit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

Z = 1.959964
DIGITS = 6
Pair = tuple[bool, bool]


def share(found: int, total: int) -> float:
    """Give found / total, 0 without any."""
    return found / total if total else 0.0


def wilson(found: int, total: int) -> tuple[float, float]:
    """Give the 95 % score interval of a share; 0 to 1 without any."""
    if not total:
        return 0.0, 1.0
    part = found / total
    middle = part + Z * Z / (2 * total)
    half = Z * sqrt(part * (1 - part) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def paired_interval(both: int, lost: int, gained: int, neither: int) -> tuple[float, float]:
    """Give the 95 % interval of (after - before) for pairs: Newcombe's square-and-add (1998, 10).

    `lost` pairs were yes before only, `gained` after only. -1 to 1 without any pair.
    """
    total = both + lost + gained + neither
    if not total:
        return -1.0, 1.0
    before, after = (both + lost) / total, (both + gained) / total
    low_before, high_before = wilson(both + lost, total)
    low_after, high_after = wilson(both + gained, total)
    like = _likeness(both, lost, gained, neither)
    gap = after - before

    def reach(one: float, other: float) -> float:
        return sqrt(max(0.0, one * one - 2 * like * one * other + other * other))

    low = gap - reach(after - low_after, high_before - before)
    high = gap + reach(high_after - after, before - low_before)
    return max(-1.0, low), min(1.0, high)


def _likeness(both: int, lost: int, gained: int, neither: int) -> float:
    """Give phi of the pairs, with Newcombe's correction for continuity."""
    sides = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    if not sides:
        return 0.0
    product: float = both * neither - lost * gained
    total = both + lost + gained + neither
    if product > 0:
        product = max(0.0, product - total / 2)
    return product / sqrt(sides)


def rates(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Give how often something held before and after, the gap, its interval, and what flipped."""
    both = sum(before and after for before, after in pairs)
    lost = sum(before and not after for before, after in pairs)
    gained = sum(after and not before for before, after in pairs)
    total = len(pairs)
    low, high = paired_interval(both, lost, gained, total - both - lost - gained)
    return {
        "messages": total,
        "before": round(share(both + lost, total), DIGITS),
        "after": round(share(both + gained, total), DIGITS),
        "gap": round(share(gained, total) - share(lost, total), DIGITS),
        "low": round(low, DIGITS),
        "high": round(high, DIGITS),
        "lost": lost,
        "gained": gained,
    }


def counted(found: int, total: int) -> dict[str, Any]:
    """Give a share with its count and interval."""
    low, high = wilson(found, total)
    return {
        "messages": total,
        "found": found,
        "share": round(share(found, total), DIGITS),
        "low": round(low, DIGITS),
        "high": round(high, DIGITS),
    }
