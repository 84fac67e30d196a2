"""Pieces of the bias audit's page: dots on a line, bars, tables, and numbers as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil
from typing import Any

AIM = 0.02
CAUSES = 15
STEP = 0.05
RULES = {
    "anger": "anger added up to the limit",
    "words_person": "words that ask for a person",
    "model_person": "read as asking for a person",
    "danger": "words of danger",
    "law": "words of law",
    "fraud": "words of fraud or abuse",
    "self_harm": "words of self-harm",
    "model_safety": "read as safety or law",
    "bereavement": "words of a death",
    "illness": "words of illness",
    "hardship": "words of hardship",
    "always_person": "an intent that always needs a person",
    "money_in_dispute": "words of a disputed charge",
    "model_dispute": "read as a disputed charge",
    "exception": "words that plead for an exception",
    "several_needs": "several needs at once",
    "many_orders": "many orders at once",
    "failed_turns": "failed turns",
    "language": "taken for another language",
    "own_words": "the shop's own words",
}


def track(rate: Mapping[str, Any], reach: float, title: str) -> str:
    """Give a gap as a dot with its interval, on an axis that goes `reach` either way."""
    left, right, dot = (_place(rate[one], reach) for one in ("low", "high", "gap"))
    low, high = _place(-AIM, reach), _place(AIM, reach)
    label = f"{title}: {points(rate['gap'])} points"
    sure = rate["low"] > 0 or rate["high"] < 0
    worse = " far" if sure and abs(rate["gap"]) > AIM else ""
    return (
        f'<div class=track role=img aria-label="{escape(label)}">'
        f'<i class=band style="left:{low:.2f}%;width:{high - low:.2f}%"></i>'
        '<i class=zero style="left:50%"></i>'
        f'<i class="line{worse}" style="left:{left:.2f}%;width:{right - left:.2f}%"></i>'
        f'<i class="dot{worse}" style="left:{dot:.2f}%"></i></div>'
    )


def axis(reach: float) -> str:
    """Give the marks of an axis in points."""
    marks = (-reach, -reach / 2, 0.0, reach / 2, reach)
    inside = "".join(
        f'<span style="left:{_place(mark, reach):.1f}%">{points(mark).removesuffix(".0")}</span>'
        for mark in marks
    )
    return f"<div class=axis aria-hidden=true>{inside}</div>"


def small_rows(title: str, rates: Mapping[str, Mapping[str, Any]]) -> str:
    """Give one line for each group of a slice, the lowest gap first."""
    ordered = sorted(rates.items(), key=lambda item: item[1]["gap"])
    reach = reach_of([rate for _, rate in ordered])
    rows = "".join(
        f"<div class=small><span>{escape(name)}</span>{track(rate, reach, name)}"
        f"<span class=num>{points(rate['gap'])} <span class=soft>of {rate['messages']}</span>"
        "</span></div>"
        for name, rate in ordered
    )
    head = f"<div class=small><h3>{escape(title)}</h3>{axis(reach)}<span></span></div>"
    return f"<div class=group>{head}{rows}</div>"


def bar(title: str, part: Mapping[str, Any]) -> str:
    """Give a share as a bar with its count."""
    return (
        f"<div class=bar><span>{title}</span><div class=track role=img "
        f'aria-label="{title}: {percent(part["share"])}">'
        f'<i class=fill style="width:{part["share"] * 100:.1f}%"></i></div>'
        f"<span class=num>{part['found']} of {part['messages']}</span></div>"
    )


def causes_table(causes: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> str:
    """Give which rules flipped, in which slices, by which words; nothing without any."""
    rows = [
        (
            f"{'−' if one['direction'] == 'lost' else '+'}{one['flips']}",
            escape(RULES.get(one["rule"], one["rule"])),
            escape(", ".join(f"{titles[name]} {count}" for name, count in one["slices"].items())),
            "<br>".join(shown(word) for word in one["words"]),
        )
        for one in causes[:CAUSES]
    ]
    return (
        "<section><h2>Which rules flipped</h2><p class=soft>− brought a person only to the message "
        "as written, + only to the changed one.</p>"
        + table(("Flips", "Rule", "Changes", "Such as"), rows, text=4, kind="wide")
        + "</section>"
        if rows
        else ""
    )


def readings_table(slices: Sequence[Mapping[str, Any]]) -> str:
    """Give how intent, sentiment, frustration and urgency moved in each slice."""
    heads = (
        *("Change", "Same intent", "Same sentiment"),
        *("Frustration, mean", "largest", "Urgency, mean", "largest"),
    )
    rows = [
        (
            escape(row["title"]),
            percent(row["intent_agreement"]),
            percent(row["sentiment_agreement"]),
            *(
                f"{row[feeling][figure]:+.2f}".replace("-", "−")
                for feeling in ("frustration", "urgency")
                for figure in ("mean", "largest")
            ),
        )
        for row in slices
        if row["changed"]
    ]
    return (
        "<section><h2>What is read in the message</h2><p class=soft>A refusal counts as an intent. "
        "Frustration and urgency go from 0 to 1; the mean is after less before.</p>"
        f"{table(heads, rows, kind='wide')}</section>"
    )


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], text: int = 1, kind: str = "slim"
) -> str:
    """Give a table whose first `text` columns are words, the others numbers; wide ones scroll."""

    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=n' if place >= text else ''}>{cell}</{tag}>"
            for place, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    head = f"<tr>{cells(heads, 'th')}</tr>"
    region = f'class=scroll role=region tabindex=0 aria-label="{escape(heads[0])}"'
    return f"<div {region}><table class={kind}>{head}{body}</table></div>"


def reach_of(rates: Sequence[Mapping[str, Any]]) -> float:
    """Give how far an axis goes either way: the widest interval, rounded up to 10 points."""
    widest = max((max(abs(one["low"]), abs(one["high"])) for one in rates), default=STEP)
    return max(STEP, ceil(round(widest / (2 * STEP), 6)) * 2 * STEP)


def percent(part: float) -> str:
    """Give a share as text, such as "14.7 %"."""
    return f"{part * 100:.1f} %"


def points(part: float) -> str:
    """Give a difference of shares in points, such as "−11.3"."""
    text = f"{part * 100:+.1f}"
    return "0" if float(text) == 0 else text.replace("-", "−")


def shown(text: str) -> str:
    """Give somebody's words, escaped, in their own direction."""
    return f'<q dir="auto">{escape(text)}</q>'


def _place(value: float, reach: float) -> float:
    return min(100.0, max(0.0, 50 + 50 * value / reach))
