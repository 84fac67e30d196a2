"""Insights: a few honest figures, each with the conversations behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from bot.csat import by_need, by_wording
from bot.effects import behind_part, effects
from bot.figures import Figures, behind, figures, rows
from bot.promises import behind_promise, promises
from bot.rhythm import DAYS as WEEKDAYS
from bot.rhythm import rhythm
from bot.services import Services
from bot.story import MOODS, REFUSED, Span, Story, Told, story
from bot.told import MOST, read_told, told_of
from bot.web.auth import signed_in
from bot.web.insights_wordings import (
    behind_comparison,
    behind_rating,
    comparisons_shown,
    texts_of,
)
from bot.web.insights_words import (
    ENDING_WORDS,
    MEASURE_WORDS,
    MOOD_WORDS,
    REASONS,
    RULES,
    heading,
)
from escalation.ticket import PRIORITIES

blueprint = Blueprint("insights", __name__, url_prefix="/insights")
DAY_MS = 86_400_000
SPANS = (7, 30, 90)
LISTED = 500
SNIPPET = 120
RISKY = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("")
@signed_in("agent")
def page() -> ResponseReturnValue:
    """Show the figures of the last days."""
    days = _days()
    told, cut, span = _told(days)
    policy, found = _services().packs.live().policy, figures(told, span)
    return render_template(
        "insights.html",
        figures=found,
        kept=promises(told, span, policy),
        now_told={one: _services().wait_range(one) for one in PRIORITIES},
        wanted=policy.targets.wait_coverage,
        allowed=policy.sla_minutes,
        rules=RULES,
        days=days,
        spans=SPANS,
        cut=cut,
        most=MOST,
        moods=MOODS,
        mood_words=MOOD_WORDS,
        reasons=REASONS,
        titles=_titles(),
        refused=REFUSED,
        zone=str(span.zone),
        **_courses(found, span),
        **_ratings(told, span),
    )


def _courses(found: Figures, span: Span) -> dict[str, Any]:
    met = effects(found.stories)
    known = {one.number: one for one in _services().packs.versions(MOST)} if met else {}
    return {
        "rhythm": rhythm(found.stories, span.zone),
        "weekdays": WEEKDAYS,
        "effects": met,
        "versions": known,
        "ending_words": ENDING_WORDS,
        "measure_words": MEASURE_WORDS,
    }


def _ratings(told: Sequence[Told], span: Span) -> dict[str, Any]:
    wordings = by_wording(told, span)
    return {
        "rated_needs": by_need(told, span),
        "rated_wordings": wordings,
        "wording_texts": texts_of(_services().packs.live(), wordings),
        "compared": comparisons_shown(_services()),
    }


@blueprint.get("/list")
@signed_in("agent")
def conversations() -> ResponseReturnValue:
    """List the conversations behind one figure."""
    days, figure, value = _days(), request.args.get("of", "all"), request.args.get("is", "")
    told, cut, span = _told(days)
    found = figures(told, span)
    names = _behind(found, told, span, figure, value)
    if names is None:
        raise NotFound
    told = told_of(_services().redis, names[:LISTED])
    shown = [(one, tale) for one in told if (tale := _story(one, span))]
    return render_template(
        "insights_list.html",
        heading=heading(figure, value, _titles()),
        stories=[tale for _, tale in shown],
        words={one.conversation: _first_words(one, span) for one, _ in shown},
        more=max(0, len(names) - LISTED),
        days=days,
        cut=cut,
        titles=_titles(),
        mood_words=MOOD_WORDS,
        reasons=REASONS,
        refused=REFUSED,
    )


@blueprint.get("/conversations.csv")
@signed_in("agent")
def sheet() -> ResponseReturnValue:
    """Give one row per conversation for a spreadsheet, without customers' words."""
    days = _days()
    told, _, span = _told(days)
    headers = {"Content-Disposition": f'attachment; filename="attune-{days}-days.csv"'}
    text = as_csv(rows(figures(told, span), span.zone))
    return Response(text, mimetype="text/csv", headers=headers)


def as_csv(found: Sequence[Mapping[str, Any]]) -> str:
    """Give rows as CSV that no spreadsheet takes for formulas."""
    place = io.StringIO()
    names = list(found[0]) if found else ["conversation"]
    writer = csv.DictWriter(place, names)
    writer.writeheader()
    writer.writerows({name: _harmless(row[name]) for name in names} for row in found)
    return place.getvalue()


def _harmless(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def _days() -> int:
    days = request.args.get("days", SPANS[0], type=int)
    return days if days in SPANS else SPANS[0]


def _told(days: int) -> tuple[list[Told], bool, Span]:
    """Give the conversations of the last days, today whole, in the shop's time zone."""
    services = _services()
    now = services.clock()
    zone: tzinfo = services.packs.live().policy.hours.zone
    span = Span.last_days(days, now, zone)
    told, cut = read_told(services, span.since_ms)
    return told, cut, span


def _behind(
    found: Figures, told: Sequence[Told], span: Span, figure: str, value: str
) -> tuple[str, ...] | None:
    """Give the conversations behind any figure of the page, None if there is no such figure."""
    names = behind(found, figure, value)
    if names is None:
        names = behind_part(found, span, figure, value)
    if names is None:
        names = behind_rating(told, span, figure, value)
    if names is None:
        names = behind_comparison(_services(), figure, value)
    if names is None:
        kept = promises(told, span, _services().packs.live().policy)
        names = behind_promise(kept, figure, value)
    return names


def _story(told: Told, span: Span) -> Story | None:
    """Give what happened in a span, or all of it where the customer wrote before the span only."""
    return story(told, span) or story(told, replace(span, since_ms=0))


def _first_words(told: Told, span: Span) -> str:
    said = [
        one for one in told.entries if one.kind == "message" and one.data["author"] == "customer"
    ]
    inside = [one for one in said if span.since_ms <= one.at_ms < span.until_ms] or said
    text = " ".join(str(inside[0].data["text"]).split()) if inside else ""
    return text if len(text) <= SNIPPET else text[: SNIPPET - 1] + "…"


def _titles() -> dict[str, str]:
    pack = _services().packs.live().pack
    return {one.name: one.title for one in pack.intents}


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
