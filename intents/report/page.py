"""The page: headlines in words first, plots and tables after, the messages read wrongly last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from intents.report import plots, tables
from intents.report.matrix import heat_map
from intents.report.style import STYLE
from intents.report.words import (
    between,
    figure,
    honesty,
    messages,
    number,
    percent,
    points,
    to_do,
)

TITLE = "How well messages are read"
FLAGS = ("frustrated", "urgent", "vulnerable")
FOOT = (
    '<footer><p class="small soft">Written by <code>attune evaluate --out</code>. All figures are '
    "in metrics.json beside this page.</p></footer>"
)
SPAN_NOTE = (
    "The span beside a share is where it lies nineteen times in twenty: the fewer messages, the "
    "wider."
)


def report_html(metrics: Mapping[str, Any]) -> str:
    """Give the page as text, whatever of the metrics is there."""
    sections = [one for one in _sections(metrics) if one[2]]
    links = "".join(
        f'<li><a href="#{name}">{escape(title)}</a></li>' for name, title, _ in sections
    )
    body = "".join(
        f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{escape(title)}</h2>'
        f"{inside}</section>"
        for name, title, inside in sections
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{TITLE}</title><style>{STYLE}</style></head><body>{plots.patterns()}"
        f"<header><h1>{TITLE}</h1><p>{_about(metrics)}</p>"
        f'<nav aria-label="Parts of this report"><ul>{links}</ul></nav></header>'
        f"<main>{body}</main>{FOOT}</body></html>\n"
    )


def _about(metrics: Mapping[str, Any]) -> str:
    rows = metrics["rows"]
    if not rows:
        return "There were no messages to read."
    return (
        f"{messages(rows)} whose right readings are known, read as customers' messages are. "
        "A message is <b>right</b> when it got the answer it wants, or none where nobody here has "
        "one."
    )


def _sections(metrics: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    feelings = metrics.get("feelings", {})
    read = "accuracy" in metrics
    return [
        ("short", "In short", _short(metrics)),
        ("do", "Worth doing", _list(to_do(metrics), "do") if read else ""),
        ("mixed", "What is taken for what", _mixed(metrics) if read else ""),
        ("sure", "How sure it is", _sure(metrics) if read else ""),
        ("intents", "Every intent", _intents(metrics) if read else ""),
        ("feelings", "Feelings", _feelings(feelings) if feelings else ""),
        ("kinds", "Kinds of messages", _kinds(metrics.get("kinds", {}))),
        ("mistakes", "Read wrongly", _mistakes(metrics) if read else ""),
    ]


def _short(metrics: Mapping[str, Any]) -> str:
    heads = []
    if "accuracy" in metrics:
        heads += _intent_heads(metrics)
    feelings = metrics.get("feelings", {})
    if "emotion" in feelings:
        found = feelings["emotion"]
        told = f"of {messages(found['rows'])}: the emotion is named right"
        heads.append(_head(percent(found["accuracy"]), told, between(found["accuracy_interval"])))
    heads += [
        _flag_head(feelings[name], name)
        for name in FLAGS
        if name in feelings and feelings[name]["positive"]
    ]
    return f'<ul class="heads">{"".join(heads)}</ul>' if heads else ""


def _intent_heads(metrics: Mapping[str, Any]) -> list[str]:
    rows = sum(row["rows"] for row in metrics["intents"].values())
    heads = [
        _head(
            percent(metrics["accuracy"]),
            f"of {messages(rows)} read right",
            between(metrics["accuracy_interval"]),
        )
    ]
    inside, outside = metrics["in_scope_rows"], metrics["out_of_scope_rows"]
    if inside:
        none, wrong = metrics["in_scope_refused_rows"], metrics["in_scope_wrong_rows"]
        given = [("none", "no answer", none), ("wrong", "a wrong answer", wrong)]
        shares = [("right", "the right answer", inside - none - wrong), *given]
        told = f"of {messages(inside)} that have an answer here got it"
        heads.append(_head(percent(metrics["in_scope_accuracy"]), told, _parts(shares)))
    if outside:
        kept = round(metrics["out_of_scope_refused"] * outside)
        shares = [
            ("right", "rightly none", kept),
            ("wrong", "answered all the same", outside - kept),
        ]
        told = f"of {messages(outside)} that nobody here answers rightly got no answer"
        heads.append(_head(percent(metrics["out_of_scope_refused"]), told, _parts(shares)))
    off = _head(
        points(metrics["calibration_error"]), "is the error of its confidence", honesty(metrics)
    )
    return [*heads, off]


def _flag_head(found: Mapping[str, Any], name: str) -> str:
    told = f"of {number(found['positive'])} {name} messages noticed"
    more = between(found["recall_interval"])
    if found["called"]:
        more += (
            f". Of {number(found['called'])} alarms, {percent(found['precision'])} were true, "
            f"{between(found['precision_interval'])}"
        )
    return _head(percent(found["recall"]), told, more)


def _head(big: str, told: str, more: str) -> str:
    after = more if more.startswith("<") else f'<p class="small soft">{escape(more)}</p>'
    return f'<li><b class="big">{escape(big)}</b><p>{escape(told)}</p>{after}</li>'


def _parts(shares: Sequence[tuple[str, str, int]]) -> str:
    keys = [(name, f"{words} {number(rows)}") for name, words, rows in shares]
    return plots.parts(shares) + _keys(keys)


def _keys(keys: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        '<li><svg class="key" aria-hidden="true" viewBox="0 0 14 14">'
        f'<rect class="{name}" x="1" y="1" width="12" height="12"/></svg>{escape(words)}</li>'
        for name, words in keys
    )
    return f'<ul class="keys">{rows}</ul>'


def _mixed(metrics: Mapping[str, Any]) -> str:
    if not metrics["confusions"]:
        return "<p>Nothing was taken for anything else.</p>"
    return (
        "<p>What customers meant, and what it was read as instead.</p>"
        + tables.pairs(metrics)
        + "<h3>All of them</h3><p>Each row is what was meant, each column what it was read as; "
        "green is right, red is wrong, the stronger the oftener. Intents never mixed up are left "
        "out.</p>" + heat_map(metrics["confused"], metrics["intents"])
    )


def _sure(metrics: Mapping[str, Any]) -> str:
    refusal = metrics["refusal"]
    keys = [("right", "right"), ("wrong", "wrong intent"), ("out_of_scope", "out of scope")]
    figures = [
        _figure(
            plots.reliability(metrics["calibration_bins"], "how sure", "how often right"),
            "Is it as often right as it is sure? On the dashed line it is. Dots inside the band "
            "may be off by luck alone; bars count the messages behind each dot.",
        ),
        _figure(
            plots.spread(metrics["confidences"], refusal) + _keys(keys),
            "How sure it was of messages in scope and out of scope. The better it tells the two "
            "apart, the less is hatched or hollow on the right. "
            + _pairs(metrics["in_out_of_scope_auroc"], "in-scope", "one out of scope"),
        ),
        _figure(
            plots.coverage(metrics["coverage"], refusal),
            "What if it answered only when surer? Further left it answers fewer messages, and more "
            f"of the answers are right. Here: {percent(refusal['coverage'])} answered, "
            f"{percent(refusal['accuracy'])} of these right.",
        ),
    ]
    return f"<p>{escape(honesty(metrics))}</p>" + _plots(figures)


def _intents(metrics: Mapping[str, Any]) -> str:
    return (
        "<p>The worst found first. <b>Found</b>: of the messages that meant it, how many were read "
        "so. <b>Right when said</b>: of the messages read so, how many meant it. "
        f"{SPAN_NOTE}</p>" + tables.intents(metrics)
    )


def _feelings(feelings: Mapping[str, Any]) -> str:
    parts = []
    for name, words in (("emotion", "Emotion"), ("sentiment", "Sentiment")):
        if name in feelings:
            found = feelings[name]
            parts.append(
                f"<h3>{words}</h3><p>{percent(found['accuracy'])} of {messages(found['rows'])} "
                f"right, {between(found['accuracy_interval'])}; mean F1 over all "
                f"{figure(found['macro_f1'])}.</p>{tables.labels(found, words)}"
            )
    parts += [_flag(feelings[name], name) for name in FLAGS if name in feelings]
    return "".join(parts)


def _flag(found: Mapping[str, Any], name: str) -> str:
    told = (
        f"<h3>{name.capitalize()}</h3><p>{number(found['positive'])} of {messages(found['rows'])} "
        f"are {name}. {_pairs(found['auroc'], name, 'another')} {escape(honesty(found))}</p>"
    )
    here = (found["recall"], found["precision"]) if found["called"] and found["positive"] else None
    figures = []
    if found["curve"]:
        figures.append(
            _figure(
                plots.precision_recall(found["curve"], here, f"{name} messages"),
                "The more of them are to be noticed, the more alarms are false. Here: alarm from a "
                "probability of 50 % on.",
            )
        )
    figures.append(
        _figure(
            plots.reliability(found["calibration_bins"], "how likely it said", "how often true"),
            "Is it as often true as it is likely? On the dashed line it is; inside the band it "
            "may be off by luck alone. Bars count the messages behind each dot.",
        )
    )
    return told + _plots(figures) + _worst(found, name)


def _pairs(auroc: float | None, name: str, other: str) -> str:
    """Say what an AUROC means, in pairs; nothing where there was only one kind."""
    if auroc is None:
        return ""
    return (
        f"Of one {name} message and {other}, the {name} one was given the higher probability in "
        f"{percent(auroc)} of all pairs (AUROC {figure(auroc)})."
    )


def _worst(found: Mapping[str, Any], name: str) -> str:
    parts = []
    for key, title in (
        ("missed", f"{name.capitalize()}, not noticed"),
        ("false_alarms", "False alarms"),
    ):
        if found[key]:
            parts.append(f'<h4>{title}</h4><ul class="said">{tables.scored(found[key])}</ul>')
    return "".join(parts)


def _kinds(kinds: Mapping[str, Any]) -> str:
    if not kinds:
        return ""
    return f"<p>Who is read worse than others? {SPAN_NOTE}</p>{tables.kinds(kinds)}"


def _mistakes(metrics: Mapping[str, Any]) -> str:
    rows = metrics["mistakes"]
    if not rows:
        return "<p>None.</p>"
    return (
        "<p>Wrong answers first, the surest of them on top; then those that got no answer.</p>"
        f'<ul class="said">{tables.mistakes(rows)}</ul>'
    )


def _plots(figures: Sequence[str]) -> str:
    return f'<div class="plots">{"".join(figures)}</div>'


def _figure(drawing: str, caption: str) -> str:
    return f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>"


def _list(sentences: Sequence[str], name: str) -> str:
    rows = "".join(f"<li>{escape(one)}</li>" for one in sentences)
    return f'<ol class="{name}">{rows}</ol>' if rows else ""
