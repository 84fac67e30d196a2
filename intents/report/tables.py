"""Tables and lists of the report."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

from intents.pack import OUT_OF_SCOPE
from intents.report.plots import share_bar
from intents.report.words import figure, named, number, percent, read_as, shown, spanned

MOST_PAIRS = 15
SNIPPET = 400
SLICES = {
    "intent": "Intent right",
    "sentiment": "Sentiment right",
    "emotion": "Emotion right",
    "frustrated": "Frustration noticed",
    "urgent": "Urgency noticed",
    "vulnerable": "Hard time noticed",
}


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    words: Collection[int] = (0,),
) -> str:
    """Give a table of HTML cells that scrolls by itself; the columns `words` hold no figures."""
    head = "".join(
        f'<th scope="col"{_figures(place, words)}>{escape(one)}</th>'
        for place, one in enumerate(heads)
    )
    body = "".join(_row(row, words) for row in rows)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="Table: {escape(caption)}">'
        f'<table><caption class="unseen">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str], words: Collection[int]) -> str:
    cells = "".join(
        f"<td{_figures(place, words)}>{cell}</td>" for place, cell in enumerate(row) if place
    )
    return f'<tr><th scope="row">{row[0]}</th>{cells}</tr>'


def pairs(metrics: Mapping[str, Any]) -> str:
    """Give the most confused pairs with counts."""
    totals = {name: row["rows"] for name, row in metrics["intents"].items()}
    rows = []
    for row in metrics["confusions"][:MOST_PAIRS]:
        meant = totals[row["expected"]]
        share = f"{percent(row['rows'] / meant)} of {number(meant)}"
        words = (escape(named(row["expected"])), escape(read_as(row["found"])))
        rows.append((*words, number(row["rows"]), share))
    heads = ("Meant", "Read as", "Times", "Share")
    return table(heads, rows, "The most confused pairs", words=(0, 1))


def intents(metrics: Mapping[str, Any]) -> str:
    """Give recall and precision of every intent with their intervals, the worst found first."""
    confused = metrics["confused"]
    rows = []
    for name, row in sorted(metrics["intents"].items(), key=lambda pair: pair[1]["recall"]):
        most = next(iter(confused.get(name, {}).items()), None)
        rows.append(
            (
                escape(named(name)),
                number(row["rows"]),
                _share(row["recall"], row["recall_interval"]),
                _share(row["precision"] if row["found"] else None, row["precision_interval"]),
                f"{escape(read_as(most[0]))} ({number(most[1])})" if most else "",
            )
        )
    heads = ("Intent", "Messages", "Found", "Right when said", "Most mistaken for")
    return table(heads, rows, "Every intent", words=(0, 2, 3, 4))


def labels(found: Mapping[str, Any], what: str) -> str:
    """Give recall and precision of every label of a feeling."""
    rows = [
        (
            escape(named(name)),
            number(row["rows"]),
            _share(row["recall"], row["recall_interval"]),
            _share(row["precision"] if row["found"] else None, row["precision_interval"]),
            figure(row["f1"]),
        )
        for name, row in found["labels"].items()
    ]
    heads = (what, "Messages", "Found", "Right when said", "F1")
    return table(heads, rows, f"{what}: how well each is read", words=(0, 2, 3))


def kinds(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the figures of every kind of message with how many there are and intervals."""
    names = list(dict.fromkeys(name for row in found.values() for name in row["details"]))
    rows = [
        (
            escape(named(kind)),
            number(row["rows"]),
            *(_slice(row["details"].get(name), row["rows"]) for name in names),
        )
        for kind, row in found.items()
    ]
    heads = ("Kind", "Messages", *(SLICES.get(name, named(name)) for name in names))
    return table(heads, rows, "Kinds of messages", words=(0, *range(2, len(heads))))


def _slice(part: Mapping[str, Any] | None, rows: int) -> str:
    if part is None or not part["rows"]:
        return "–"
    among = "" if part["rows"] == rows else f" of {number(part['rows'])}"
    span = f'<span class="soft">{spanned(part["interval"])}{among}</span>'
    return f'<span class="slice">{percent(part["share"])} {span}</span>'


def mistakes(rows: Sequence[Mapping[str, Any]]) -> str:
    """Give messages that were read wrongly, with what was meant and how sure the reading was."""
    return "".join(
        f'<li><blockquote dir="auto">{_snippet(row["text"])}</blockquote><p>meant '
        f"<b>{escape(named(row['expected']))}</b>, {_reading(row)}</p></li>"
        for row in rows
    )


def scored(rows: Sequence[Mapping[str, Any]]) -> str:
    """Give messages with the probability they were given."""
    return "".join(
        f'<li><blockquote dir="auto">{_snippet(row["text"])}</blockquote>'
        f"<p>said {percent(row['score'])} likely</p></li>"
        for row in rows
    )


def _reading(row: Mapping[str, Any]) -> str:
    first = escape(named(row["first"]))
    if row["found"] != OUT_OF_SCOPE:
        return f"read as <b>{first}</b>, {percent(row['confidence'])} sure"
    if row["first"] == row["expected"]:
        return f"no answer: <b>{first}</b> was right but only {percent(row['confidence'])} sure"
    return f"no answer: nearest was <b>{first}</b>, {percent(row['confidence'])} sure"


def _snippet(text: str) -> str:
    plain = shown(text)
    return escape(plain if len(plain) <= SNIPPET else f"{plain[:SNIPPET]}…") or "(nothing to see)"


def _share(share: float | None, interval: Sequence[float]) -> str:
    if share is None:
        return "–"
    return (
        f'<span class="shares"><span>{percent(share)}</span>{share_bar(share, interval)}'
        f'<span class="soft">{spanned(interval)}</span></span>'
    )


def _figures(place: int, words: Collection[int]) -> str:
    return "" if place in words else ' class="n"'
