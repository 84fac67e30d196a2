"""Plots as SVG, each a function of plain figures; shape or words go with every colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from intents.metrics import wilson
from intents.report.words import number, percent

SIZE = 280.0
LEFT, TOP, RIGHT, BOTTOM = 46.0, 26.0, 14.0, 46.0
BARS = 54.0
WIDTH = LEFT + SIZE + RIGHT


@dataclass(frozen=True, slots=True)
class Axes:
    """A square of `SIZE` whose corners are the given shares; x and y give places in it."""

    x_from: float = 0.0
    x_to: float = 1.0
    y_from: float = 0.0
    y_to: float = 1.0

    def x(self, value: float) -> float:
        """Give the place of a value across."""
        return LEFT + SIZE * (value - self.x_from) / (self.x_to - self.x_from)

    def y(self, value: float) -> float:
        """Give the place of a value down."""
        return TOP + SIZE * (1.0 - (value - self.y_from) / (self.y_to - self.y_from))


def reliability(bins: Sequence[Mapping[str, Any]], said: str, true: str) -> str:
    """Give the plot of how often something held by how probable it was said to be.

    The band is where nineteen in twenty honest probabilities would lie on as few messages; below
    it, how many messages each dot stands for.
    """
    axes = Axes()
    luck = [
        (row["confidence"], *wilson(row["confidence"] * row["rows"], row["rows"])) for row in bins
    ]
    there = [f"{axes.x(at):.1f},{axes.y(high):.1f}" for at, _, high in luck]
    back = [f"{axes.x(at):.1f},{axes.y(low):.1f}" for at, low, _ in reversed(luck)]
    dots = [(axes.x(row["confidence"]), axes.y(row["right"])) for row in bins]
    drawn = [
        f'<polygon class="band" points="{" ".join(there + back)}"/>',
        _line(axes, (0.0, 0.0), (1.0, 1.0), "ideal"),
        f'<polyline class="curve" points="{_points(dots)}"/>',
        *(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>' for x, y in dots),
        _counts(bins, axes),
    ]
    told = "; ".join(
        f"said {percent(row['confidence'])}, true {percent(row['right'])} of {number(row['rows'])}"
        for row in bins
    )
    return _svg("".join(drawn), axes, (said, true), f"{true} by {said}: {told}", below=BARS)


def spread(confidences: Mapping[str, Sequence[int]], refusal: Mapping[str, Any]) -> str:
    """Give the histogram of confidence: right, wrong and out of scope, and where refusal lies."""
    names = ("right", "wrong", "out_of_scope")
    wide = len(confidences["right"])
    totals = [sum(confidences[name][place] for name in names) for place in range(wide)]
    tallest = max([*totals, 1])
    axes = Axes()
    full = 1.12 * tallest  # room for the words over the highest bar
    drawn = []
    for place in range(wide):
        base = 0
        for name in names:
            top = base + confidences[name][place]
            if top > base:
                x, y = axes.x(place / wide), axes.y(top / full)
                tall = axes.y(base / full) - y
                drawn.append(
                    f'<rect class="{name}" x="{x + 0.5:.1f}" y="{y:.1f}" '
                    f'width="{SIZE / wide - 1:.1f}" height="{tall:.1f}"/>'
                )
            base = top
    low, high = refusal.get("lowest_answered"), refusal.get("highest_refused")
    if low is not None and high is not None:
        drawn.append(_limits(axes, *sorted((low, high)), one=low > high))
    told = "; ".join(f"{name.replace('_', ' ')} {number(sum(confidences[name]))}" for name in names)
    return _svg(
        "".join(drawn),
        axes,
        ("how sure", f"messages (highest bar {number(tallest)})"),
        f"Messages by confidence: {told}",
        shares=(True, False),
    )


def coverage(curve: Sequence[Mapping[str, Any]], refusal: Mapping[str, Any]) -> str:
    """Give the plot of how many answers are right by how many messages are answered."""
    shares = [row["accuracy"] for row in curve] + [refusal["accuracy"]]
    axes = Axes(y_from=int(min(0.8, *shares) * 5.0) / 5.0)
    here = (refusal["coverage"], refusal["accuracy"])
    places = [(axes.x(row["coverage"]), axes.y(row["accuracy"])) for row in curve]
    drawn = [
        f'<polyline class="curve" points="{_points(places)}"/>',
        _mark(axes, here),
    ]
    told = f"at present {percent(here[0])} are answered, {percent(here[1])} of these right"
    axis = ("messages answered", "answers that are right")
    return _svg("".join(drawn), axes, axis, f"{axis[1]} by {axis[0]}: {told}")


def precision_recall(
    curve: Sequence[Mapping[str, Any]], here: tuple[float, float] | None, what: str
) -> str:
    """Give the plot of precision by recall; `here` is (recall, precision) where it decides now."""
    axes = Axes()
    places = [(axes.x(row["recall"]), axes.y(row["precision"])) for row in curve]
    drawn = [f'<polyline class="curve" points="{_points(places)}"/>']
    told = ""
    if here is not None:
        drawn.append(_mark(axes, here))
        told = f": at present {percent(here[0])} noticed, {percent(here[1])} of the alarms true"
    axis = (f"of the {what}, noticed", "of the alarms, true")
    return _svg("".join(drawn), axes, axis, f"{axis[1]} by {axis[0]}{told}")


def parts(shares: Sequence[tuple[str, str, int]]) -> str:
    """Give one bar of parts, each of (class, words, count)."""
    total = max(1, sum(rows for _, _, rows in shares))
    drawn, start = [], 0.0
    for name, _, rows in shares:
        wide = 100.0 * rows / total
        if wide:
            drawn.append(
                f'<rect class="{name}" x="{start:.2f}" y="0" width="{wide:.2f}" height="10"/>'
            )
        start += wide
    told = escape(", ".join(f"{words} {number(rows)}" for _, words, rows in shares))
    return (
        f'<svg class="parts" role="img" aria-label="{told}" viewBox="0 0 100 10" '
        f'preserveAspectRatio="none">{"".join(drawn)}</svg>'
    )


def share_bar(share: float | None, interval: Sequence[float] | None) -> str:
    """Give a share as a dot on a line from 0 to 100 %, its interval as a thicker line."""
    if share is None or interval is None:
        return ""
    low, high = interval
    return (
        '<svg class="share" aria-hidden="true" viewBox="-4 0 108 12">'
        '<line class="axis" x1="0" y1="6" x2="100" y2="6"/>'
        f'<line class="span" x1="{100 * low:.1f}" y1="6" x2="{100 * high:.1f}" y2="6"/>'
        f'<circle class="dot" cx="{100 * share:.1f}" cy="6" r="4"/></svg>'
    )


def patterns() -> str:
    """Give the hatching that tells colours apart without colour, drawn once in a page."""
    return (
        '<svg class="unseen" aria-hidden="true" width="0" height="0"><defs>'
        '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hatched" width="6" height="6"/>'
        '<line class="hatching" x1="0" y1="0" x2="0" y2="6"/></pattern></defs></svg>'
    )


def _counts(bins: Sequence[Mapping[str, Any]], axes: Axes) -> str:
    """Draw how many messages each bin has, as bars with their number, below the plot."""
    tallest = max([row["rows"] for row in bins], default=1)
    base, wide = TOP + SIZE + BOTTOM + BARS - 4.0, SIZE / 10.0
    drawn = []
    for row in bins:
        x, tall = axes.x(row["from"]), (BARS - 22.0) * row["rows"] / tallest
        drawn.append(
            f'<rect class="count" x="{x + 1:.1f}" y="{base - tall:.1f}" width="{wide - 2:.1f}" '
            f'height="{tall:.1f}"/><text class="tiny" x="{x + wide / 2:.1f}" '
            f'y="{base - tall - 4:.1f}" text-anchor="middle">{_short(row["rows"])}</text>'
        )
    return "".join(drawn)


def _short(rows: int) -> str:
    return str(rows) if rows < 10_000 else f"{rows / 1000:.0f}k"


def _limits(axes: Axes, low: float, high: float, *, one: bool) -> str:
    """Draw below which confidence no answer is given: one line, or two where intents differ."""
    places = [(low + high) / 2.0] if one else [low, high]
    said = "–".join(str(round(100.0 * at)) for at in places)
    end = axes.x(places[-1])
    side, anchor = (6.0, "start") if places[-1] < 0.5 else (-6.0, "end")
    lines = "".join(
        f'<line class="limit" x1="{axes.x(at):.1f}" y1="{TOP}" x2="{axes.x(at):.1f}" '
        f'y2="{TOP + SIZE}"/>'
        for at in places
    )
    return (
        f'{lines}<text class="strong" x="{end + side:.1f}" y="{TOP + 12}" text-anchor="{anchor}">'
        f"no answer below {said} %</text>"
    )


def _mark(axes: Axes, at: tuple[float, float]) -> str:
    """Draw where things stand now, its word on the side away from a falling curve."""
    x, y = axes.x(at[0]), axes.y(at[1])
    side, anchor = (-9.0, "end") if x > LEFT + 50.0 else (9.0, "start")
    down = 17.0 if y + 22.0 < TOP + SIZE else -9.0
    return (
        f'<circle class="here" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
        f'<text class="strong" x="{x + side:.1f}" y="{y + down:.1f}" text-anchor="{anchor}">'
        "here</text>"
    )


def _line(axes: Axes, start: tuple[float, float], end: tuple[float, float], name: str) -> str:
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line class="{name}" x1="{axes.x(x1):.1f}" y1="{axes.y(y1):.1f}" '
        f'x2="{axes.x(x2):.1f}" y2="{axes.y(y2):.1f}"/>'
    )


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _svg(
    drawing: str,
    axes: Axes,
    names: tuple[str, str],
    told: str,
    *,
    below: float = 0.0,
    shares: tuple[bool, bool] = (True, True),
) -> str:
    high = TOP + SIZE + BOTTOM + below
    bottom, right = TOP + SIZE, LEFT + SIZE
    frame = [f'<rect class="ground" x="{LEFT}" y="{TOP}" width="{SIZE}" height="{SIZE}"/>']
    for place in range(5):
        part = place / 4.0
        if shares[0]:
            value = axes.x_from + part * (axes.x_to - axes.x_from)
            frame.append(
                f'<text x="{axes.x(value):.1f}" y="{bottom + 17:.1f}" '
                f'text-anchor="middle">{round(100 * value)}</text>'
            )
        if shares[1]:
            value = axes.y_from + part * (axes.y_to - axes.y_from)
            y = axes.y(value)
            frame.append(
                f'<line class="axis" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
                f'<text x="{LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">'
                f"{round(100 * value)}</text>"
            )
    per_cent = (" (%)" if shares[0] else "", " (%)" if shares[1] else "")
    frame.append(
        f'<text x="{right}" y="{bottom + 36:.1f}" text-anchor="end">'
        f"{escape(names[0])}{per_cent[0]}</text>"
        f'<text x="{LEFT - 36}" y="{TOP - 11}">{escape(names[1])}{per_cent[1]}</text>'
    )
    return (
        f'<svg class="plot" role="img" aria-label="{escape(told)}" '
        f'viewBox="0 0 {WIDTH:g} {high:g}">{"".join(frame)}{drawing}</svg>'
    )
