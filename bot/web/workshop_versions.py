"""Publishing a draft, at once or at a time, and going back to an earlier version."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field
from werkzeug.exceptions import NotFound

from bot.errors import DraftConflict
from bot.gates import GatesClosed, Refused, override_row, pass_gates
from bot.going_live import Terms
from bot.local_time import moment_of, time_in_words
from bot.packs import Draft
from bot.pieces import PieceError
from bot.plan import Plan, new_id
from bot.web.auth import signed_in
from bot.web.schemas import Body, parse_body
from bot.web.workshop_cases import shown_results
from bot.web.workshop_draft import (
    MOST_BYTES,
    note,
    problem_row,
    services_here,
    workbench,
)
from bot.web.workshop_forms import titles, url_of
from intents.errors import PackError

blueprint = Blueprint("versions", __name__)
LONGEST_WHY = 300
LONGEST_AHEAD_MS = 366 * 86_400_000


class Publishing(Body):
    """The draft as it was seen, and why it should go live.

    `accepted` are the gates it should go live in spite of, `anyway` says why.
    """

    revision: int
    why: str = Field(max_length=LONGEST_WHY)
    accepted: list[str] = Field(default_factory=list, max_length=10)
    anyway: str = Field(default="", max_length=LONGEST_WHY)


class Planning(Publishing):
    """The same, and when: a local time in the time zone of the rules, as `2026-03-30T09:00`."""

    at: str = Field(max_length=40)


@blueprint.before_request
def allow_whole_files() -> None:
    """A pack is larger than what other pages may send."""
    request.max_content_length = MOST_BYTES


@blueprint.post("/publish")
@signed_in("admin")
def publish() -> ResponseReturnValue:
    """Make the draft live, if it is still the one looked at, and its gates let it pass."""
    body = parse_body(Publishing, request)
    services, draft = services_here(), _draft_seen(body)
    try:
        refused = _passed(draft, body)
        terms = Terms(body.revision, override_row(refused, body.anyway.strip()))
        made = services.packs.publish(
            draft.texts, g.person.name, body.why.strip(), services.clock(), terms
        )
    except GatesClosed as error:
        return _refused(error, titles(draft.texts))
    except PackError as error:
        return _wrong(draft, error)
    for one in refused:
        note("gate_overridden", f"version {made.number}: {one.about}")
    note("pack_published", f"version {made.number}")
    url = url_for("workshop.history", done=made.number)
    return jsonify(version=made.number, url=url, report=made.report)


@blueprint.post("/plan")
@signed_in("admin")
def plan() -> ResponseReturnValue:
    """Have the draft as it is now go live at a time, if its gates let it pass already."""
    body = parse_body(Planning, request)
    services, draft = services_here(), _draft_seen(body)
    live, now = services.packs.live(), services.clock()
    at_ms = moment_of(body.at, live.policy.hours.zone)
    if not now < at_ms <= now + LONGEST_AHEAD_MS:
        raise PieceError("Choose a time that is still to come, within the next year.")
    try:
        _passed(draft, body)
    except GatesClosed as error:
        return _refused(error, titles(draft.texts))
    except PackError as error:
        return _wrong(draft, error)
    planned = Plan(
        new_id(), dict(draft.texts), live.version, at_ms, now, g.person.name, g.person.id,
        body.why.strip(), tuple(body.accepted), body.anyway.strip(),
    )  # fmt: skip
    services.plans.make(planned)
    note("publication_planned", f"{planned.id} for {time_in_words(at_ms, live.policy.hours.zone)}")
    return jsonify(plan=planned.id, url=url_for("workshop.publish"))


@blueprint.post("/plan/<name>/cancel")
@signed_in("admin")
def cancel_plan(name: str) -> ResponseReturnValue:
    """Call a planned publication off; the draft stays as it is."""
    services_here().plans.cancel(name)
    note("plan_cancelled", name)
    return redirect(url_for("workshop.publish"), 303)


@blueprint.post("/plan/<name>/seen")
@signed_in("admin")
def plan_seen(name: str) -> ResponseReturnValue:
    """Take what came of a planned publication off the pages."""
    services_here().plans.seen(name)
    return redirect(url_for("workshop.publish"), 303)


def _draft_seen(body: Publishing) -> Draft:
    """Give the draft if it is the one looked at, with a reason given; else raise."""
    draft = services_here().packs.draft()
    if draft.revision != body.revision:
        raise DraftConflict(
            "The draft was changed after you opened this page. Reload it to see all that would "
            "be published; your reason is kept."
        )
    if not body.why.strip():
        raise PieceError("Say in a few words why, so that colleagues understand it later.")
    return draft


def _passed(draft: Draft, body: Publishing) -> tuple[Refused, ...]:
    """Give the gates it passes only because they are accepted; raises GatesClosed, PackError."""
    services = services_here()
    ready = workbench().ready(services.packs, draft.texts, services.packs.live())
    accepted = body.accepted if body.anyway.strip() else ()
    return pass_gates(ready, workbench().wordings(draft.texts), services.reader, accepted)


def _wrong(draft: Draft, error: PackError) -> ResponseReturnValue:
    message = f"{error} Version {services_here().packs.live_number()} keeps answering."
    problem = problem_row(draft.texts, error)
    return jsonify(error={"code": "pack_wrong", "message": message}, problem=problem), 400


def _refused(error: GatesClosed, names: Mapping[str, str]) -> ResponseReturnValue:
    """Tell every gate that refused the draft; each is written into the audit trail."""
    for one in error.refused:
        note("publish_refused", one.about)
    live = services_here().packs.live_number()
    first = error.refused[0]
    rows = [
        {
            "code": one.code,
            "sentence": one.sentence,
            "url": url_of(one.piece) if one.piece else None,
            "cases": shown_results(one.cases, names),
        }
        for one in error.refused
    ]
    told = {"code": first.code, "message": f"{error} Version {live} keeps answering."}
    return jsonify(error=told, url=rows[0]["url"], refused=rows), 409


@blueprint.post("/history/<int:number>/restore")
@signed_in("admin")
def restore(number: int) -> ResponseReturnValue:
    """Make an earlier version live again."""
    services = services_here()
    if number not in {one.number for one in services.packs.versions(500)}:
        raise NotFound
    services.packs.roll_back(number)
    note("pack_restored", f"version {number}")
    return redirect(url_for("workshop.history", done=number), 303)
