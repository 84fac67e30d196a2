"""Comparing two wordings of a reply: started and stopped where the reply is edited."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bot.comparisons import NotCompared, pools, still_said
from bot.languages import named
from bot.web.auth import signed_in
from bot.web.errors import told
from bot.web.workshop_draft import note, services_here
from bot.wordings import in_short

blueprint = Blueprint("comparing", __name__, url_prefix="/comparisons")
SHOWN = 90


@blueprint.errorhandler(NotCompared)
def refused(error: NotCompared) -> ResponseReturnValue:
    """Say why nothing was started or stopped."""
    return told(409, "not_compared", str(error))


@blueprint.post("/<path:reply>/start")
@signed_in("admin")
def start(reply: str) -> Response:
    """Let a coin choose between two live wordings from the next message on."""
    services = services_here()
    refs = (request.form.get("first", ""), request.form.get("second", ""))
    live, now = services.packs.live(), services.clock()
    services.comparisons.start(live, reply, refs, g.person.id, now)
    note("comparison_started", f"{refs[0]} {refs[1]}")
    return _back(reply)


@blueprint.post("/<path:reply>/stop")
@signed_in("admin")
def stop(reply: str) -> Response:
    """Stop comparing; no wording is changed."""
    services = services_here()
    services.comparisons.stop(reply, services.clock())
    note("comparison_stopped", reply)
    return _back(reply)


def comparing(reply: str) -> dict[str, Any]:
    """Give what the editor of a reply shows: what can be compared, and what is."""
    services = services_here()
    live = services.packs.live()
    groups = pools(live, reply)
    last = services.comparisons.last(reply)
    several = len({one.language for one in groups}) > 1
    return {
        "last": last,
        "still": bool(last and last.runs and still_said(live, last)),
        "groups": [
            (
                one.tone.capitalize() + (f", {named(one.language)}" if several else ""),
                [(wording.ref, in_short(wording.source, SHOWN)) for wording in one.wordings],
            )
            for one in groups
        ],
    }


def _back(reply: str) -> Response:
    return redirect(url_for("workshop.reply", name=reply, _anchor="compare"), 303)
