"""Signing in and out, and the guard every staff route stands behind."""

from __future__ import annotations

import functools
import hmac
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar
from urllib.parse import quote, urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from bot.people import Person, Role, SignInRefused
from bot.person_fields import WrongField
from bot.services import Services
from bot.sessions import LONGEST_MS, TooManyTries
from bot.translations import english
from bot.web.errors import NotAllowed, NotSignedIn, wants_html
from bot.web.saying import base_words

P = ParamSpec("P")
R = TypeVar("R")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = frozenset({"widget", "webhook", "adapters", "site", "health", "demo_orders"})
"""Blueprints open to everybody: they have their own tokens and signatures, and no cookie counts."""
GUARD = "attune_guard"
LONGEST_NEXT = 300
PAGES = frozenset({"/desk", "/workshop", "/insights", "/people"})
blueprint = Blueprint("auth", __name__)


def signed_in(role: Role) -> Callable[[Callable[P, R]], Callable[P, R | AnyResponse]]:
    """Open a view to a role only, as `g.person`; changes must prove to come from our pages."""

    def guard(view: Callable[P, R]) -> Callable[P, R | AnyResponse]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | AnyResponse:
            if not recognise():
                return _to_sign_in()
            if not g.person.may(role):
                raise NotAllowed("Only admins may open this. Ask one of them.")
            if request.method not in SAFE:
                check_origin()
                check_csrf()
            return view(*args, **kwargs)

        setattr(guarded, GUARD, role)
        return guarded

    return guard


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Open a view to everybody."""
    setattr(view, GUARD, "public")
    return view


@blueprint.before_app_request
def deny_by_default() -> None:
    """Refuse any route that nobody decided about; a dead link still knows who followed it."""
    if request.endpoint is None:
        recognise()
        return
    if request.endpoint == "static":
        return
    view = current_app.view_functions[request.endpoint]
    if request.blueprint not in PUBLIC and not hasattr(view, GUARD):
        raise NotAllowed("This address is not open to anybody yet.")


@blueprint.app_context_processor
def page_context() -> dict[str, Any]:
    """Give every page who is signed in, the token its forms need, and its words in English."""
    session = g.get("session")
    return {
        **{"person": g.get("person"), "csrf": session.csrf if session else ""},
        **base_words(english()),
    }


def recognise() -> bool:
    """Tell whether somebody is signed in, and remember who for this request."""
    if "person" in g:
        return True
    services = _services()
    found = services.people.signed_in(_cookie(), services.clock())
    if not found:
        return False
    g.person, g.session = found
    return True


def stays_signed_in() -> Callable[[], bool]:
    """Give a question to ask later, outside this request: is this session still good?"""
    services, token = _services(), _cookie()
    return lambda: services.people.signed_in(token, services.clock()) is not None


def check_origin() -> None:
    """Refuse what another site asks in somebody's name; raises NotAllowed."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = {request.host_url.rstrip("/"), _services().settings.address}
    if site == "same-origin" or (site is None and origin in ours):
        return
    raise NotAllowed("This was asked by another site, so nothing was done. Go back to Attune.")


def check_csrf() -> None:
    """Refuse a change without this session's token; raises NotAllowed."""
    sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not hmac.compare_digest(sent.encode(), g.session.csrf.encode()):
        raise NotAllowed("This page is from an earlier sign-in. Reload it and try again.")


@blueprint.get("/sign-in")
@public
def sign_in_page() -> AnyResponse:
    """Show the sign-in form, or go on when somebody is signed in already."""
    if recognise():
        return redirect(_next())
    return _sign_in_form()


@blueprint.post("/sign-in")
@public
def sign_in() -> AnyResponse:
    """Check e-mail and password and begin a session."""
    check_origin()
    services, email = _services(), request.form.get("email", "")
    try:
        person = services.people.check(
            email, request.form.get("password", ""), request.remote_addr or ""
        )
    except (SignInRefused, TooManyTries) as error:
        return _sign_in_form(error, email)
    return _begin(person, "signed_in", _next())


@blueprint.get("/sign-in/<token>")
@public
def join_page(token: str) -> AnyResponse:
    """Show the form behind a sign-in link; looking does not use it up."""
    person = _services().people.whose_link(token)
    return _join_form(person, {})


@blueprint.post("/sign-in/<token>")
@public
def join(token: str) -> AnyResponse:
    """Use a sign-in link up: name, e-mail and password are set, and a session begins."""
    check_origin()
    services = _services()
    invited = services.people.whose_link(token)
    typed = {name: request.form.get(name, "") for name in ("name", "email", "password")}
    try:
        person = services.people.join(
            token, typed["email"], typed["name"], typed["password"], services.clock()
        )
    except WrongField as error:
        return _join_form(invited, typed, error)
    return _begin(person, "joined", url_for("console.desk"))


@blueprint.post("/sign-out")
@signed_in("agent")
def sign_out() -> AnyResponse:
    """End this session."""
    services = _services()
    services.people.sessions.end(g.session)
    return _leave("signed_out")


@blueprint.post("/sign-out-everywhere")
@signed_in("agent")
def sign_out_everywhere() -> AnyResponse:
    """End all sessions of this person."""
    services = _services()
    services.people.sessions.end_all(g.person.id)
    return _leave("signed_out_everywhere")


def _leave(what: str) -> AnyResponse:
    services = _services()
    services.presence.gone(g.person.id)
    services.people.audit(g.person.id, what, "", services.clock())
    answer = redirect(url_for("auth.sign_in_page", bye=1), 303)
    answer.delete_cookie(_cookie_name(), secure=services.settings.https, httponly=True)
    return answer


def _begin(person: Person, what: str, go_to: str) -> AnyResponse:
    """Give a new session id (an old one of this browser ends) and go on."""
    services = _services()
    if recognise():
        services.people.sessions.end(g.session)
    token = services.people.begin_session(person, services.clock())
    services.people.audit(person.id, what, request.remote_addr or "", services.clock())
    answer = redirect(go_to, 303)
    answer.set_cookie(
        _cookie_name(),
        token,
        max_age=LONGEST_MS // 1000,
        secure=services.settings.https,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer


def _sign_in_form(error: Exception | None = None, email: str = "") -> Response:
    wait_s = getattr(error, "retry_after_s", None)
    page = render_template(
        "sign_in.html",
        error=str(error) if error else "",
        email=email[:254],
        next=_next(),
        left="bye" in request.args,
        nobody=not _services().people.has_admin(),
    )
    answer = make_response(page, 429 if wait_s else 401 if error else 200)
    if wait_s:
        answer.headers["Retry-After"] = str(wait_s)
    return answer


def _join_form(
    person: Person | None, typed: dict[str, str], error: WrongField | None = None
) -> Response:
    known = {"name": person.name, "email": person.email} if person else {}
    page = render_template(
        "welcome_admin.html",
        invited=person,
        values={**known, **{name: value for name, value in typed.items() if name != "password"}},
        error=str(error) if error else "",
        field=error.field if error else "",
    )
    answer = make_response(page, 400 if error else 200)
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _to_sign_in() -> AnyResponse:
    if request.method not in SAFE or not _is_page():
        raise NotSignedIn("You are signed out. Sign in again; what you typed is kept here.")
    back = quote(request.full_path.rstrip("?")[:LONGEST_NEXT])
    return redirect(f"{url_for('auth.sign_in_page')}?next={back}")


def _is_page() -> bool:
    """Tell whether a browser, or somebody who takes anything, asks for one of our pages."""
    anything = request.headers.get("Accept", "*/*").strip() in {"", "*/*"}
    return wants_html() or (anything and request.path in PAGES)


def _next() -> str:
    """Give where to go after sign-in: a path of ours, never another site."""
    wanted = request.values.get("next", "")[:LONGEST_NEXT]
    parts = urlsplit(wanted)
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/sign-"))
    safe = ours and not parts.netloc and wanted.isprintable()
    return wanted if safe else url_for("console.desk")


def _cookie() -> str:
    return request.cookies.get(_cookie_name(), "")


def _cookie_name() -> str:
    return "__Host-attune" if _services().settings.https else "attune"


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
