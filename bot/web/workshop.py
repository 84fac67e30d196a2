"""The workshop: where admins read and write intents, replies, facts and rules. Pages only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from bot.audit_gate import asks_for_audit
from bot.changes import Change, changes
from bot.feedback import handoffs, of_limits, verdicts
from bot.lint.wordings import Judged, errors_of, refuses_wordings
from bot.local_time import NoSuchTime, written_at
from bot.pieces import REPLIES, PieceError, data_of, piece_at
from bot.plan import PlanError
from bot.replies import SYSTEM_REPLIES
from bot.services import Services
from bot.story import Span
from bot.told import read_told
from bot.web import (
    workshop_actions,
    workshop_cases,
    workshop_comparing,
    workshop_endpoints,
    workshop_files,
    workshop_forms,
    workshop_inbox,
    workshop_rehearsal,
    workshop_versions,
)
from bot.web.auth import signed_in
from bot.web.errors import told, wants_html
from bot.web.workshop_draft import shelf, workbench
from bot.web.workshop_replies import field, reply_fields, spoken_in
from bot.workbench import Workbench
from intents.errors import PackError
from intents.pack import FACTS, INTENTS, PACK_FILES, POLICY

blueprint = Blueprint("workshop", __name__, url_prefix="/workshop")
blueprint.register_blueprint(workshop_actions.blueprint)
blueprint.register_blueprint(workshop_inbox.blueprint)
blueprint.register_blueprint(workshop_cases.blueprint)
blueprint.register_blueprint(workshop_versions.blueprint)
blueprint.register_blueprint(workshop_files.blueprint)
blueprint.register_blueprint(workshop_endpoints.blueprint)
blueprint.register_blueprint(workshop_rehearsal.blueprint)
blueprint.register_blueprint(workshop_comparing.blueprint)
EVIDENCE_DAYS = 28


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions["attune_workbench"] = Workbench()


@blueprint.errorhandler(PieceError)
def no_such_piece(error: PieceError) -> ResponseReturnValue:
    """Say which part of the pack is meant and what is wrong with it."""
    return told(400, "wrong_field", str(error))


@blueprint.errorhandler(NoSuchTime)
@blueprint.errorhandler(PlanError)
def no_such_plan(error: NoSuchTime | PlanError) -> ResponseReturnValue:
    """Say why it cannot be planned for then, or called off any more."""
    return told(409, "not_planned", str(error))


@blueprint.errorhandler(PackError)
def broken(error: PackError) -> ResponseReturnValue:
    """Show the file that cannot be read, at its line, instead of a page made from it."""
    if not wants_html() or request.method != "GET" or error.file not in PACK_FILES:
        return told(400, "pack_wrong", str(error))
    return _page("workshop_file.html", **_file(error.file), problem=error), 200


@blueprint.get("")
@signed_in("admin")
def overview() -> ResponseReturnValue:
    """List the intents of the draft."""
    texts = _services().packs.draft().texts
    data = data_of(texts, INTENTS)
    spoken = spoken_in(texts)
    rows = [_intent_row(row, spoken) for row in data.get("intents") or () if isinstance(row, dict)]
    phrases = sum(row["phrases"] for row in rows)
    refused = len(data.get("out_of_scope") or ())
    return _page("workshop.html", tab="intents", rows=rows, phrases=phrases, refused=refused)


@blueprint.get("/intents/<path:name>")
@signed_in("admin")
def intent(name: str) -> ResponseReturnValue:
    """Show one intent: its phrases, what it is for, its replies."""
    texts = _services().packs.draft().texts
    fields = {one: field(texts, ("intent", name, one)) for one in workshop_forms.INTENT_FIELDS}
    others = [row["name"] for row in data_of(texts, INTENTS)["intents"] if row.get("name") != name]
    return _page(
        "workshop_intent.html",
        tab="intents",
        name=name,
        fields=fields,
        others=others,
        reply=reply_fields(texts, name),
        comparing=workshop_comparing.comparing(name),
    )


@blueprint.get("/replies")
@signed_in("admin")
def replies() -> ResponseReturnValue:
    """List the replies that belong to no intent."""
    texts = _services().packs.draft().texts
    written = data_of(texts, REPLIES).get("replies") or {}
    known = {row.get("name") for row in data_of(texts, INTENTS).get("intents") or ()}
    more = [one for one in written if one not in known and one not in SYSTEM_REPLIES]
    spoken = spoken_in(texts)
    rows = [
        {
            "name": one,
            "when": workshop_forms.WHEN.get(one, ""),
            "first": _first(written.get(one)),
            "languages": spoken.get(one, ()),
        }
        for one in (*SYSTEM_REPLIES, *more)
    ]
    return _page("workshop_replies.html", tab="replies", rows=rows)


@blueprint.get("/replies/<path:name>")
@signed_in("admin")
def reply(name: str) -> ResponseReturnValue:
    """Show one reply that belongs to no intent."""
    texts = _services().packs.draft().texts
    if name in workshop_forms.titles(texts):
        return redirect(url_for("workshop.intent", name=name))
    if name not in SYSTEM_REPLIES and name not in (data_of(texts, REPLIES).get("replies") or {}):
        raise NotFound
    when = workshop_forms.WHEN.get(name, "")
    return _page(
        "workshop_reply.html",
        tab="replies",
        name=name,
        when=when,
        reply=reply_fields(texts, name),
        comparing=workshop_comparing.comparing(name),
    )


@blueprint.get("/facts")
@signed_in("admin")
def facts() -> ResponseReturnValue:
    """Show the shop's facts as fields."""
    texts = _services().packs.draft().texts
    sections = workshop_forms.sections(texts, FACTS, "fact")
    return _page("workshop_tree.html", tab="facts", sections=sections, file=FACTS)


@blueprint.get("/rules")
@signed_in("admin")
def rules() -> ResponseReturnValue:
    """Show when a person takes over, as fields."""
    texts = _services().packs.draft().texts
    sections = workshop_forms.sections(texts, POLICY, "rule")
    return _page(
        "workshop_tree.html", tab="rules", sections=sections, file=POLICY, evidence=_evidence()
    )


def _evidence() -> dict[tuple[str, ...], tuple[int, int]]:
    """Give for each limit how many handoffs by it needed nobody, of how many, by its piece."""
    services = _services()
    span = Span.last_days(EVIDENCE_DAYS, services.clock(), UTC)
    told, _ = read_told(services, span.since_ms)
    found = of_limits(verdicts(one for each in told for one in handoffs(each, span)))
    return {("rule", "limits", name): counts for name, counts in found.items()}


@blueprint.get("/files/<file>")
@signed_in("admin")
def file(file: str) -> ResponseReturnValue:
    """Show a file of the pack as text."""
    if file not in PACK_FILES:
        raise NotFound
    return _page("workshop_file.html", **_file(file), problem=None)


@blueprint.get("/publish")
@signed_in("admin")
def publish() -> ResponseReturnValue:
    """Say in words what publishing would change."""
    services = _services()
    draft, live = services.packs.draft(), services.packs.live()
    zone = live.policy.hours.zone
    seen: list[Change] = []
    judged: tuple[Judged, ...] = ()
    error: PackError | None = None
    try:
        workbench().check(draft.texts)
        judged = workbench().wordings(draft.texts)
    except PackError as problem:
        error = problem
    with suppress(PackError):
        seen = changes(live.pack.texts, draft.texts)
    return _page(
        "workshop_publish.html",
        tab="publish",
        seen=seen,
        error=error,
        judged=judged,
        refused=errors_of(judged),
        must_pass=error is None and refuses_wordings(draft.texts),
        audited=error is None and asks_for_audit(draft.texts),
        where=piece_at(draft.texts, error.file, error.line) if error else None,
        zone=zone,
        soonest=written_at(services.clock(), zone, timedelta(minutes=5)),
        **workshop_rehearsal.standing_of(draft),
    )


@blueprint.get("/history")
@signed_in("admin")
def history() -> ResponseReturnValue:
    """List the published versions."""
    packs = _services().packs
    return _page(
        "workshop_history.html",
        tab="history",
        versions=packs.versions(),
        live=packs.live_number(),
        done=request.args.get("done", ""),
    )


@blueprint.get("/history/<int:number>")
@signed_in("admin")
def version(number: int) -> ResponseReturnValue:
    """Say in words how a version differs from the live one."""
    packs = _services().packs
    found = next((one for one in packs.versions(500) if one.number == number), None)
    if found is None:
        raise NotFound
    seen = changes(packs.live().pack.texts, packs.version(number).pack.texts)
    return _page(
        "workshop_version.html", tab="history", version=found, seen=seen, live=packs.live_number()
    )


def _page(template: str, **values: Any) -> str:
    """Give a page of the workshop with what all of them show."""
    return render_template(template, people=_services().people.names(), **shelf(), **values)


def _file(file: str) -> dict[str, Any]:
    texts = _services().packs.draft().texts
    return {
        "tab": "files",
        "file": file,
        "files": PACK_FILES,
        "field": field(texts, ("file", file)),
    }


def _intent_row(row: dict[str, Any], spoken: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "languages": spoken.get(str(row.get("name", "")), ()),
        "name": str(row.get("name", "")),
        "title": str(row.get("title") or row.get("name", "")),
        "description": str(row.get("description") or ""),
        "phrases": len(row.get("phrases") or ()),
        "always_person": bool(row.get("always_person")),
    }


def _first(written: Any) -> str:
    calm = (written or {}).get("calm") or [""]
    return str(calm[0])


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
