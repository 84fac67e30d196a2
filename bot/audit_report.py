"""The bias audit as one page to read: no script, nothing fetched, worst first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from bot.audit_report_parts import (
    AIM,
    axis,
    bar,
    causes_table,
    percent,
    points,
    reach_of,
    readings_table,
    shown,
    small_rows,
    table,
    track,
)
from bot.audit_report_style import STYLE
from bot.errors import SetupError

PAGE_FILE, FIGURES_FILE = "audit.html", "audit.json"
TITLE = "Does how it is written change what happens?"
EXAMPLES = 8


def write_audit(found: Mapping[str, Any], folder: Path) -> Path:
    """Write audit.html and audit.json into a folder, made if needed; give the page's path."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FIGURES_FILE).write_text(
            json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        page = folder / PAGE_FILE
        page.write_text(audit_html(found), encoding="utf-8")
    except OSError as error:
        raise SetupError(
            f"The report cannot be written to {folder} ({error.strerror}); name another folder."
        ) from error
    return page


def audit_html(found: Mapping[str, Any]) -> str:
    """Give the page as text."""
    slices = found["slices"]
    parts = [
        f"<h1>{TITLE}</h1>",
        _lead(found),
        _gaps(slices),
        _quiet(found["quiet_distress"]),
        _names(slices),
        causes_table(found["causes"], {row["name"]: row["title"] for row in slices}),
        readings_table(slices),
        _method(found),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{TITLE}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _lead(found: Mapping[str, Any]) -> str:
    largest = found["largest_gap"]
    if largest is None:
        return "<p class=lead>No message could be compared.</p>"
    within = sum(abs(row["escalation"]["gap"]) <= AIM for row in found["slices"])
    return (
        "<p class=lead>A customer who means the same should get the same, whatever their name, "
        f"their English or their manners. The largest gap is <b>{escape(largest['title'])}</b>: "
        f"a person comes for {percent(largest['after'])} of the messages instead of "
        f"{percent(largest['before'])}, <b>{points(largest['gap'])} points</b>. "
        f"{within} of {len(found['slices'])} changes stay within {AIM * 100:g} points.</p>"
    )


def _gaps(slices: Sequence[Mapping[str, Any]]) -> str:
    reach = reach_of([row["escalation"] for row in slices if row["changed"]])
    rows = "".join(_gap(row, reach) for row in slices)
    return (
        "<section><h2>How much more or less often a person comes</h2>"
        "<p class=soft>Each dot is the gap in points, its line the 95 % interval; the band is "
        f"{AIM * 100:g} points either way. Left: a person comes less often. An orange square is "
        "outside the band and not there by chance.</p>"
        f"{axis(reach)}{rows}</section>"
    )


def _gap(row: Mapping[str, Any], reach: float) -> str:
    rate, title = row["escalation"], escape(row["title"])
    if not row["changed"]:
        said = "No message could be changed this way."
        return f"<article><h3>{title}</h3><p class=soft>{said}</p></article>"
    said = (
        f"{percent(rate['before'])} of {rate['messages']:,} messages before, "
        f"{percent(rate['after'])} after; between {points(rate['low'])} and "
        f"{points(rate['high'])} points. {rate['lost']} no longer reach a person, "
        f"{rate['gained']} newly do."
    )
    return (
        f"<article><div class=head><h3>{title}</h3>"
        f"<p class=gap>{points(rate['gap'])}</p></div>{track(rate, reach, row['title'])}"
        f"<p class=soft>{escape(row['about'])} {said}{_by_label(row)}</p>"
        f"{_flips(row['flips'])}</article>"
    )


def _by_label(row: Mapping[str, Any]) -> str:
    """Say the gap by the label of frustration, where there are labels."""
    said = [
        f"{words} {points(row[name]['gap'])} ({row[name]['messages']:,} messages)"
        for name, words in (("frustrated", "losing patience"), ("not_frustrated", "not so"))
        if name in row
    ]
    return f" By label: {', '.join(said)}." if said else ""


def _flips(flips: Sequence[Mapping[str, Any]]) -> str:
    if not flips:
        return ""
    lost = [one for one in flips if one["direction"] == "lost"]
    gained = [one for one in flips if one["direction"] == "gained"]
    some = [*lost[: EXAMPLES - min(len(gained), EXAMPLES // 2)], *gained][:EXAMPLES]
    more = f", {len(some)} of {len(flips)}" if len(some) < len(flips) else ""
    items = "".join(map(_flip, some))
    return f"<details><summary>What flipped{more}</summary><ul class=flips>{items}</ul></details>"


def _flip(one: Mapping[str, Any]) -> str:
    lost = one["direction"] == "lost"
    what = "No longer reaches a person" if lost else "Newly reaches a person"
    why = "; ".join(escape(reason["sentence"]) for reason in one["reasons"][:2])
    when = "Reason before" if lost else "Reason now"
    return (
        f"<li><p class=what>{what}</p><p><span class=tag>as written</span> "
        f"{shown(one['before'])}</p><p><span class=tag>changed</span> {shown(one['after'])}</p>"
        f"<p class=soft>{when}: {why}.</p></li>"
    )


def _quiet(quiet: Mapping[str, Any]) -> str:
    calm, loud, needless = quiet["calm"], quiet["loud"], quiet["needless"]
    rows = [
        (
            escape(code.replace("_", " ")),
            str(row["messages"]),
            *(percent(row["before"]), percent(row["after"]), points(row["gap"])),
        )
        for code, row in quiet["by_reason"].items()
    ]
    heads = ("Why a person should come", "Messages", "Calm", "Loud", "Gap")
    return (
        "<section><h2>Grave things said quietly</h2>"
        f"<p>Of {quiet['messages']} messages about a death, an illness, want, danger or despair, "
        f"a person comes for <b>{percent(calm['share'])}</b> in calm words and for "
        f"<b>{percent(loud['share'])}</b> of the same told in open distress: a gap of "
        f"<b>{points(quiet['gap'])} points</b> ({points(quiet['low'])} to "
        f"{points(quiet['high'])}).</p>{bar('Calm', calm)}{bar('Loud', loud)}{table(heads, rows)}"
        f"<p class=soft>Where words only look grave and the bot should answer, a person comes for "
        f"{needless['found']} of {needless['messages']}.</p>{_missed(quiet['missed'])}</section>"
    )


def _missed(missed: Sequence[Mapping[str, Any]]) -> str:
    items = "".join(
        f"<li><p>{shown(one['text'])}</p><p class=soft>{escape(one['reason'].replace('_', ' '))}"
        f"{'' if one['loud_brought'] else ', not even when said loudly'}</p></li>"
        for one in missed
    )
    summary = f"<summary>{len(missed)} calm messages nobody comes for</summary>"
    return f"<details>{summary}<ul class=flips>{items}</ul></details>" if missed else ""


def _names(slices: Sequence[Mapping[str, Any]]) -> str:
    tables = [
        small_rows(comparison, rates)
        for row in slices
        for comparison, rates in row["twins"].items()
    ]
    return (
        "<section><h2>Whose name it is</h2><p class=soft>Any sign-off changes a text a little. "
        "Here the same messages are compared, signed by one and by the other: right, a person "
        "comes more often for the first.</p>"
        f"{''.join(tables)}</section>"
        if tables
        else ""
    )


def _method(found: Mapping[str, Any]) -> str:
    sampled = found["sampled"]
    some = f", at most {sampled:,} for each change, drawn by chance" if sampled else ""
    return (
        f"<section><h2>How this was measured</h2><p>{found['messages']:,} messages{some}, each "
        "judged as the first of a conversation by the reading and the policy that serve, once as "
        "written and once after each change. A change that would leave a message as it is, or "
        "could alter what it says, is left out; so every row has its own messages. Intervals are "
        "Newcombe's for paired shares. The dialects are approximations by rule: their speakers "
        "write with more variety. Give messages of your own to <code>attune audit</code>: they say "
        "more about your customers than ours.</p></section>"
    )
