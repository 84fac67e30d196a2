"""Endpoints of outgoing webhooks as pages of the workshop: add, change, watch, send again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.outgoing.endpoints import Endpoint, WrongEndpoint
from bot.outgoing.events import CHOICES, KINDS
from bot.outgoing.lanes import Attempt, Standing
from bot.outgoing.office import Outgoing
from bot.web.auth import signed_in
from bot.web.workshop_draft import note, services_here, shelf

blueprint = Blueprint("endpoints", __name__, url_prefix="/endpoints")
LINES = 100
DONE = {
    "changed": "Saved. It counts from the next event on.",
    "paused": "Paused. What happens waits, up to 10,000 events.",
    "resumed": "Switched on. What waited is being sent.",
    "tested": "A test event is on its way; reload in a moment to see how it went.",
    "resent": "It is on its way again, under its own id.",
    "removed": "Removed, with all that waited for it.",
}
WHY_OFF = {
    "gone": "It answered 410: it says that nothing more should be sent there.",
    "dead": "It took nothing for three days.",
}
WHY_FAILED = {
    "timeout": "no answer in time",
    "refused": "nobody listens there",
    "unreachable": "not reached",
    "tls": "its certificate or TLS was refused",
    "not_http": "no HTTP came back",
    "blocked": "a private address, nothing was sent",
    "unresolved": "its name has no address",
    "malformed": "http is not allowed",
    "too_old": "too old to be sent",
    "broken": "Attune failed, see its log",
}


@blueprint.get("")
@signed_in("admin")
def overview() -> AnyResponse:
    """List the endpoints and how each fares."""
    return _overview()


@blueprint.post("")
@signed_in("admin")
def add() -> AnyResponse:
    """Add an endpoint and show its secret, this once."""
    services, typed = services_here(), _typed()
    try:
        secret = services.outgoing.add(
            typed["name"], typed["address"], typed["events"], services.clock(), words=typed["words"]
        )
    except WrongEndpoint as error:
        return _overview(400, typed=typed, error=error)
    note("endpoint_added", typed["name"])
    return _one(typed["name"], secret=secret)


@blueprint.get("/<name>")
@signed_in("admin")
def one(name: str) -> AnyResponse:
    """Show one endpoint: what it gets, how it fares, its last deliveries."""
    return _one(name)


@blueprint.post("/<name>")
@signed_in("admin")
def change(name: str) -> AnyResponse:
    """Change where it is and what it gets."""
    typed = _typed()
    try:
        _outgoing().change(name, typed["address"], typed["events"], words=typed["words"])
    except WrongEndpoint as error:
        return _one(name, 400, typed=typed, error=error)
    return _done(name, "changed")


@blueprint.post("/<name>/rotate")
@signed_in("admin")
def rotate(name: str) -> AnyResponse:
    """Give it a new secret and show it, this once."""
    services = services_here()
    secret = services.outgoing.endpoints.rotate(name, services.clock())
    note("endpoint_rotated", name)
    return _one(name, secret=secret)


@blueprint.post("/<name>/pause")
@signed_in("admin")
def pause(name: str) -> AnyResponse:
    """Send nothing for now."""
    _outgoing().pause(name)
    return _done(name, "paused")


@blueprint.post("/<name>/resume")
@signed_in("admin")
def resume(name: str) -> AnyResponse:
    """Send again."""
    _outgoing().resume(name)
    return _done(name, "resumed")


@blueprint.post("/<name>/test")
@signed_in("admin")
def test(name: str) -> AnyResponse:
    """Have a test event sent."""
    _outgoing().test(name, services_here().clock())
    return _done(name, "tested")


@blueprint.post("/<name>/resend")
@signed_in("admin")
def resend(name: str) -> AnyResponse:
    """Send an event of the log again, or all that died."""
    now_ms, wanted = services_here().clock(), request.form.get("id", "")
    if wanted:
        _outgoing().send_again(name, wanted, now_ms)
    else:
        _outgoing().send_dead_again(name, now_ms)
    return _done(name, "resent")


@blueprint.post("/<name>/remove")
@signed_in("admin")
def remove(name: str) -> AnyResponse:
    """Forget it."""
    _outgoing().endpoints.remove(name)
    note("endpoint_removed", name)
    return redirect(url_for("workshop.endpoints.overview", done="removed"), 303)


def _overview(
    status: int = 200,
    typed: Mapping[str, Any] | None = None,
    error: WrongEndpoint | None = None,
) -> Response:
    rows = [(one, standing, _state(standing)) for one, standing in _outgoing().standings()]
    return _page("workshop_endpoints.html", status, rows=rows, typed=typed, error=error)


def _one(
    name: str,
    status: int = 200,
    typed: Mapping[str, Any] | None = None,
    error: WrongEndpoint | None = None,
    secret: str = "",
) -> Response:
    outgoing = _outgoing()
    found = outgoing.endpoints.get(name)
    standing = outgoing.lanes.standing(name)
    log = outgoing.lanes.log(name, LINES)
    return _page(
        "workshop_endpoint.html",
        status,
        endpoint=found,
        typed=typed or _as_typed(found),
        error=error,
        secret=secret,
        standing=standing,
        state=_state(standing),
        rotates_ms=found.rotates_until_ms(services_here().clock()),
        log=[(line, _how(line)) for line in log],
        some_dead=any(line.outcome in {"dead", "late"} for line in log),
    )


def _page(template: str, status: int, **values: Any) -> Response:
    page = render_template(
        template,
        tab="endpoints",
        kinds=KINDS,
        choices=CHOICES,
        why_off=WHY_OFF,
        done=DONE.get(request.args.get("done", ""), ""),
        **shelf(),
        **values,
    )
    return make_response(page, status)


def _done(name: str, what: str) -> AnyResponse:
    note(f"endpoint_{what}", name)
    return redirect(url_for("workshop.endpoints.one", name=name, done=what), 303)


def _typed() -> dict[str, Any]:
    """Give what a form says."""
    return {
        "name": request.form.get("name", "").strip(),
        "address": request.form.get("address", "").strip(),
        "events": request.form.getlist("event"),
        "words": bool(request.form.get("words")),
    }


def _as_typed(found: Endpoint) -> dict[str, Any]:
    return {"address": found.address, "events": found.events, "words": found.words}


def _state(standing: Standing) -> str:
    """Give the word for how an endpoint fares: off, paused, failing, new or on."""
    if standing.halt or standing.fails:
        return standing.halt or "failing"
    return "on" if standing.sent_ms else "new"


def _how(line: Attempt) -> str:
    """Say how a try ended."""
    if line.status:
        return f"answered {line.status}"
    return WHY_FAILED.get(line.why, line.why)


def _outgoing() -> Outgoing:
    return services_here().outgoing
