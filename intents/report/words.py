"""Figures in words that somebody who runs a shop can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from intents.pack import OUT_OF_SCOPE

HALF = 0.5
HONEST = 0.03
LUCK = 1.5
FEW = 30
REFUSED = "no answer"


def shown(text: str) -> str:
    """Give a text in one line, without what shows nothing or turns the direction of writing."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def named(label: str) -> str:
    """Give a label as words: underscores are spaces."""
    return shown(label.replace("_", " "))


def read_as(label: str) -> str:
    """Give what a message was read as, in words: out of scope is no answer."""
    return REFUSED if label == OUT_OF_SCOPE else named(label)


def percent(share: float | None) -> str:
    """Give a share as whole per cent, a dash for None; only all of them is 100, only none 0."""
    if share is None:
        return "–"
    whole = round(100.0 * share)
    if whole == 100 and share < 1.0:
        return "over 99 %"
    if whole == 0 and share > 0.0:
        return "under 1 %"
    return f"{whole} %"


def between(interval: Sequence[float] | None) -> str:
    """Give an interval of shares in words: "between 79 and 88 %"."""
    if interval is None:
        return ""
    low, high = (round(100.0 * one) for one in interval)
    return f"between {low} and {high} %"


def spanned(interval: Sequence[float] | None) -> str:
    """Give an interval of shares in a table: "79–88"."""
    return "" if interval is None else "–".join(str(round(100.0 * one)) for one in interval)


def points(share: float) -> str:
    """Give a difference of shares in points: "2.1 points"."""
    return f"{100.0 * share:.1f} points"


def number(value: int) -> str:
    """Give a count with its thousands apart."""
    return f"{value:,}"


def figure(value: float | None) -> str:
    """Give a figure with three decimals, a dash for None."""
    return "–" if value is None else f"{value:.3f}"


def messages(count: int) -> str:
    """Give "1 message" or "1,200 messages"."""
    return f"{number(count)} message{'' if count == 1 else 's'}"


def honesty(figures: Mapping[str, Any]) -> str:
    """Say whether probabilities can be trusted: their error, beside what luck alone would make.

    Bolder is nearer to 0 and 100 % than the truth, more cautious is farther from both.
    """
    error, floor = figures["calibration_error"], figures["calibration_error_noise_floor"]
    bins = figures["calibration_bins"]
    told = (
        f"On average it is {points(error)} off; on {messages(sum(row['rows'] for row in bins))} "
        f"even perfectly honest ones would seem {points(floor)} off, by luck alone."
    )
    if error <= max(HONEST, LUCK * floor):
        return f"The probability can be taken at its word. {told}"
    bolder = sum(
        row["rows"] * (row["confidence"] - row["right"]) * (1 if row["confidence"] > HALF else -1)
        for row in bins
    )
    way = "bolder than it should be" if bolder > 0 else "more cautious than it could be"
    return f"The probability is {way}. {told}"


def to_do(metrics: Mapping[str, Any]) -> list[str]:
    """Give what is worth doing about these figures, most useful first, in sentences."""
    found = []
    for pair in metrics.get("confusions", [])[:3]:
        one, other = pair["expected"], pair["found"]
        if pair["rows"] < 2:
            break
        if other == OUT_OF_SCOPE:
            found.append(
                f"“{named(one)}” got no answer {number(pair['rows'])} times: add phrases to it, "
                "worded like the mistakes below."
            )
        elif one == OUT_OF_SCOPE:
            found.append(
                f"{messages(pair['rows']).capitalize()} that nobody here answers were read as "
                f"“{named(other)}”: add ones like them under “out of scope”."
            )
        else:
            found.append(
                f"“{named(one)}” was read as “{named(other)}” {number(pair['rows'])} times: look "
                "whether phrases of the one stand under the other, and add some that tell them "
                "apart."
            )
    thin = [name for name, row in metrics.get("intents", {}).items() if row["rows"] < FEW]
    if thin:
        what = "intent has" if len(thin) == 1 else "intents have"
        found.append(
            f"{len(thin)} {what} fewer than {FEW} messages here: their shares may be luck; trust "
            "the span beside them, and measure again with more."
        )
    return found
