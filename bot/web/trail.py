"""The audit trail as a page and a sheet: who did what, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from bot.services import Services
from bot.trail import KINDS, SETTINGS, Did, Wanted, trail
from bot.web.auth import signed_in
from bot.web.insights import as_csv

blueprint = Blueprint("trail", __name__, url_prefix="/people/trail")
SHOWN = 100
IN_SHEET = 100_000
PLACE = re.compile(r"\d{1,20}-\d{1,20}")
NOT_PEOPLE = {"terminal": "The terminal", "customer": "A customer"}
ABOUT_PEOPLE = frozenset(
    {"added", "new_link", "ended_sessions", "removed", "work_changed", "person_added", "link_made"}
)
KIND_WORDS = {
    SETTINGS: "Settings and people",
    "draft": "Draft and trying out",
    "conversations": "Conversations read or deleted",
    "signing_in": "Signing in and out",
}
WORDS = {
    "signed_in": "signed in from",
    "joined": "set a password and signed in from",
    "signed_out": "signed out",
    "signed_out_everywhere": "signed out everywhere",
    "added": "added",
    "new_link": "made a new sign-in link for",
    "ended_sessions": "signed out everywhere:",
    "removed": "removed",
    "read": "read the conversation",
    "conversation_erased": "deleted the conversation",
    "work_changed": "changed skills or capacity of",
    "person_added": "added",
    "link_made": "made a new sign-in link for",
    "draft_changed": "changed in the draft",
    "draft_dropped": "dropped the draft",
    "pack_published": "published",
    "pack_restored": "made live again",
    "publish_refused": "was refused a publish:",
    "pack_imported": "brought files into the draft:",
    "publication_planned": "planned a publication:",
    "plan_cancelled": "called off the planned publication",
    "gate_overridden": "published in spite of a gate:",
    "rehearsed": "tried on past conversations:",
    "comparison_started": "began to compare the wordings",
    "comparison_stopped": "stopped comparing wordings of",
    "endpoint_added": "added the endpoint",
    "endpoint_changed": "changed the endpoint",
    "endpoint_rotated": "made a new secret for the endpoint",
    "endpoint_paused": "paused the endpoint",
    "endpoint_resumed": "switched on the endpoint",
    "endpoint_tested": "sent a test to the endpoint",
    "endpoint_resent": "sent events again to the endpoint",
    "endpoint_removed": "removed the endpoint",
}


@blueprint.get("")
@signed_in("admin")
def page() -> ResponseReturnValue:
    """Show the lines that are wanted, a hundred at a time."""
    services, wanted = _services(), _wanted()
    before = request.args.get("before", "")
    place = before if PLACE.fullmatch(before) else ""
    found = trail(services.redis, wanted, SHOWN + 1, place)
    names = {one.id: one.name for one in services.people.all()}
    return render_template(
        "trail.html",
        lines=[(one, *sentence(one, names)) for one in found[:SHOWN]],
        older=found[SHOWN - 1].id if len(found) > SHOWN else "",
        paged=bool(place),
        asked={name: request.args.get(name, "") for name in ("who", "kind", "about", *DAYS)},
        people={**names, **NOT_PEOPLE},
        kinds=KIND_WORDS,
    )


@blueprint.get("/trail.csv")
@signed_in("admin")
def sheet() -> ResponseReturnValue:
    """Give all lines that are wanted, for a spreadsheet."""
    services, zone = _services(), _zone()
    names = {one.id: one.name for one in services.people.all()}
    rows = [
        {
            "at": datetime.fromtimestamp(one.at_ms / 1000, zone).isoformat("T", "seconds"),
            "person": one.person,
            "name": _who(one, names),
            "what": one.what,
            "about": one.about,
        }
        for one in trail(services.redis, _wanted(), IN_SHEET)
    ]
    headers = {"Content-Disposition": 'attachment; filename="attune-audit-trail.csv"'}
    return Response(as_csv(rows), mimetype="text/csv", headers=headers)


def sentence(one: Did, names: Mapping[str, str]) -> tuple[str, str, str]:
    """Give a line in three parts: who, did what, about whom or what."""
    about = names.get(one.about, one.about)
    if one.what in ABOUT_PEOPLE and one.about not in names and one.about != "new admin":
        about = "somebody since removed"
    return _who(one, names), WORDS.get(one.what, one.what.replace("_", " ")), about


def lately(services: Services, most: int) -> Sequence[tuple[Did, str, str, str]]:
    """Give the newest lines but those of reading, as the people page shows them."""
    names = {one.id: one.name for one in services.people.all()}
    newest = trail(services.redis, Wanted(), most * 10)
    shown = [one for one in newest if one.what not in KINDS["conversations"][:1]][:most]
    return [(one, *sentence(one, names)) for one in shown]


def _who(one: Did, names: Mapping[str, str]) -> str:
    return NOT_PEOPLE.get(one.person) or names.get(one.person) or "Somebody since removed"


DAYS = ("since", "until")


def _wanted() -> Wanted:
    """Give what the address asks for; a day that is none does not narrow it."""
    return Wanted(
        person=request.args.get("who", "")[:64],
        kind=request.args.get("kind", "")[:32],
        about=request.args.get("about", "").strip()[:200],
        since_ms=_midnight(request.args.get("since", ""), 0),
        until_ms=_midnight(request.args.get("until", ""), 1),
    )


def _midnight(day: str, more: int) -> int:
    try:
        found = date.fromisoformat(day) + timedelta(more)
    except (ValueError, OverflowError):
        return 0
    at = datetime(found.year, found.month, found.day, tzinfo=_zone())
    return max(0, round(at.timestamp() * 1000))


def _zone() -> tzinfo:
    return _services().packs.live().policy.hours.zone


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
