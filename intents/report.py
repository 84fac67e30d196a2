"""The metrics as one page to read: no script, nothing fetched, plots drawn here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from intents.errors import IntentsError

REPORT_FILE = "report.html"
METRICS_FILE = "metrics.json"
PLOT = 320
MARGIN = 40

STYLE = """
:root{color-scheme:light dark;--ink:#23201c;--soft:#6b645b;--line:#d9d2c7;--paper:#fbf8f3;
--one:#2f6f5e;--two:#b4542e;--three:#8a8fa3}
@media(prefers-color-scheme:dark){:root{--ink:#eee8de;--soft:#a79f93;--line:#443f38;
--paper:#1d1a17;--one:#6fbfa6;--two:#e08a62;--three:#9aa0b8}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:62rem;margin:2rem auto;padding:0 1rem}
h1,h2{line-height:1.2}table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.plots{display:flex;flex-wrap:wrap;gap:2rem}figure{margin:0}figcaption{color:var(--soft)}
svg text{fill:var(--soft);font:12px system-ui,sans-serif}.axis{stroke:var(--line)}
.one{fill:var(--one)}.two{fill:var(--two)}.three{fill:var(--three)}
.line{stroke:var(--one);stroke-width:2;fill:none}.ideal{stroke:var(--soft);stroke-dasharray:4 4}
.scroll{overflow-x:auto}
"""


def write_report(metrics: Mapping[str, Any], folder: Path) -> Path:
    """Write report.html and metrics.json into a folder, made if needed; give the page's path."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / METRICS_FILE).write_text(
            json.dumps(metrics, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        page = folder / REPORT_FILE
        page.write_text(report_html(metrics), encoding="utf-8")
    except OSError as error:
        raise IntentsError(
            f"The report cannot be written to {folder} ({error.strerror}); name another folder."
        ) from error
    return page


def report_html(metrics: Mapping[str, Any]) -> str:
    """Give the page as text."""
    parts = [f"<h1>How well messages are read</h1><p>{metrics['rows']} messages.</p>"]
    if "accuracy" in metrics:
        parts += [_summary(metrics), _plots(metrics), _intents(metrics), _confusions(metrics)]
    parts += [_feelings(metrics.get("feelings", {})), _kinds(metrics.get("kinds", {}))]
    body = "\n".join(part for part in parts if part)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>How well messages are read</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _summary(metrics: Mapping[str, Any]) -> str:
    rows = [
        ("Read right, refusals included", metrics["accuracy"]),
        ("Macro-F1", metrics["macro_f1"]),
        ("In scope: first of the ranking right", metrics["in_scope_first_right"]),
        ("In scope: right and not refused", metrics["in_scope_accuracy"]),
        ("In or out of scope, AUROC", metrics["in_out_of_scope_auroc"]),
        ("Calibration error", metrics["calibration_error"]),
        ("… of a perfect model on as few rows", metrics["calibration_error_noise_floor"]),
    ]
    return _table(("Figure", "Value"), [(name, _number(value)) for name, value in rows])


def _plots(metrics: Mapping[str, Any]) -> str:
    return (
        '<h2>Confidence</h2><div class="plots">'
        + _reliability(metrics["calibration_bins"])
        + _spread(metrics["confidences"])
        + "</div>"
    )


def _reliability(bins: Sequence[Mapping[str, Any]]) -> str:
    points = [(_x(row["confidence"]), _y(row["right"])) for row in bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(
        f'<circle class="one" cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{row["rows"]} messages: '
        f"confidence {row['confidence']:.2f}, right {row['right']:.2f}</title></circle>"
        for (x, y), row in zip(points, bins, strict=True)
    )
    ideal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    return _figure(
        f'{ideal}<polyline class="line" points="{line}"/>{dots}',
        "Share right by confidence; the dashed line is honest",
        ("confidence", "share right"),
    )


def _spread(confidences: Mapping[str, Sequence[int]]) -> str:
    names = {"right": "one", "wrong": "two", "out_of_scope": "three"}
    totals = [
        sum(confidences[name][place] for name in names)
        for place in range(len(confidences["right"]))
    ]
    tallest = max([*totals, 1])
    wide = PLOT / len(totals) - 1
    bars = []
    for place in range(len(totals)):
        base = 0
        for name, colour in names.items():
            count = confidences[name][place]
            top = base + count
            x, y = _x(place / len(totals)), _y(top / tallest)
            height = _y(base / tallest) - y
            bars.append(
                f'<rect class="{colour}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" '
                f'height="{height:.1f}"><title>{count} {name.replace("_", " ")}</title></rect>'
            )
            base = top
    caption = "Messages by confidence: green right, orange wrong, grey out of scope"
    return _figure("".join(bars), caption, ("confidence", f"messages (of {tallest})"))


def _figure(drawing: str, caption: str, axes: tuple[str, str]) -> str:
    width, height = PLOT + 2 * MARGIN, PLOT + 2 * MARGIN
    frame = (
        f'<line class="axis" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(0)}"/>'
        f'<line class="axis" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(0)}" y2="{_y(1)}"/>'
    )
    ticks = "".join(
        f'<text x="{_x(part):.0f}" y="{_y(0) + 16}" text-anchor="middle">{part:g}</text>'
        for part in (0, 0.5, 1)
    )
    names = (
        f'<text x="{_x(1)}" y="{_y(0) + 32}" text-anchor="end">{escape(axes[0])}</text>'
        f'<text x="{_x(0)}" y="{_y(1) - 8}">{escape(axes[1])}</text>'
    )
    return (
        f'<figure><svg role="img" aria-label="{escape(caption)}" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}">{frame}{ticks}{names}{drawing}</svg>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _intents(metrics: Mapping[str, Any]) -> str:
    rows = [
        (escape(name), *(_number(row[key]) for key in ("rows", "precision", "recall", "f1")))
        for name, row in metrics["intents"].items()
    ]
    return "<h2>Intents</h2>" + _table(("Intent", "Rows", "Precision", "Recall", "F1"), rows)


def _confusions(metrics: Mapping[str, Any]) -> str:
    rows = [
        (escape(row["expected"]), escape(row["found"]), _number(row["rows"]))
        for row in metrics["confusions"]
    ]
    return "<h2>Confusions</h2>" + _table(("Should be", "Was read as", "Rows"), rows, text=2)


def _feelings(feelings: Mapping[str, Any]) -> str:
    rows = []
    for name, row in feelings.items():
        shown = {key: value for key, value in row.items() if not isinstance(value, dict)}
        said = ", ".join(f"{key.replace('_', ' ')} {_number(one)}" for key, one in shown.items())
        rows.append((escape(name), escape(said)))
    return "<h2>Feelings</h2>" + _table(("Feeling", "Figures"), rows, text=2) if rows else ""


def _kinds(kinds: Mapping[str, Any]) -> str:
    if not kinds:
        return ""
    keys = list(dict.fromkeys(key for row in kinds.values() for key in row))
    rows = [(escape(kind), *(_number(row.get(key)) for key in keys)) for kind, row in kinds.items()]
    return "<h2>Kinds of messages</h2>" + _table(("Kind", *keys), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], text: int = 1) -> str:
    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=n' if place >= text else ''}>{cell}</{tag}>"
            for place, cell in enumerate(row)
        )

    head = cells([escape(one) for one in heads], "th")
    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div>'


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _x(part: float) -> float:
    return MARGIN + part * PLOT


def _y(part: float) -> float:
    return MARGIN + (1.0 - part) * PLOT
