"""The people page, for admins: who may sign in, new links, and goodbye."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from bot.people import LastAdmin, Person, PersonGone
from bot.person_fields import WrongField
from bot.services import Services
from bot.web.auth import signed_in
from bot.web.trail import lately

blueprint = Blueprint("team", __name__)
TRAIL_SHOWN = 30


@blueprint.get("/people")
@signed_in("admin")
def people() -> ResponseReturnValue:
    """Show everybody and what happened lately."""
    return _page()


@blueprint.post("/people")
@signed_in("admin")
def add() -> ResponseReturnValue:
    """Write somebody down and show their one-time link, to be handed over by the admin."""
    services, typed = _services(), {name: request.form.get(name, "") for name in _FIELDS}
    try:
        person = services.people.add(**typed, now_ms=services.clock())
    except WrongField as error:
        return _page(typed=typed, error=error, status=400)
    return _with_link(person, "added")


@blueprint.post("/people/<person_id>/skills")
@signed_in("admin")
def work(person_id: str) -> ResponseReturnValue:
    """Set what somebody can do and how many conversations they take at once."""
    services, person = _services(), _present(person_id)
    typed = {name: request.form.get(name, "") for name in ("skills", "capacity")}
    try:
        person = services.people.set_work(person.id, typed["skills"], typed["capacity"])
    except WrongField as error:
        return _page(work_of=person.id, work=typed, work_error=error, status=400)
    _note("work_changed", person)
    return _page(done=f"{person.name}: {_in_words(person)}.")


@blueprint.post("/people/<person_id>/link")
@signed_in("admin")
def link(person_id: str) -> ResponseReturnValue:
    """Show a new one-time link for somebody who cannot sign in."""
    return _with_link(_present(person_id), "new_link")


@blueprint.post("/people/<person_id>/sign-out")
@signed_in("admin")
def sign_out(person_id: str) -> ResponseReturnValue:
    """End all sessions of somebody."""
    services, person = _services(), _present(person_id)
    services.people.sessions.end_all(person.id)
    services.presence.gone(person.id)
    _note("ended_sessions", person)
    return _page(done=f"{person.name} is signed out everywhere.")


@blueprint.post("/people/<person_id>/remove")
@signed_in("admin")
def remove(person_id: str) -> ResponseReturnValue:
    """Remove somebody; conversations they hold go back in line within three minutes."""
    services, person = _services(), _present(person_id)
    try:
        services.people.remove(person.id)
    except LastAdmin as error:
        return _page(problem=str(error), status=409)
    services.presence.gone(person.id)
    _note("removed", person)
    return _page(done=f"{person.name} can no longer sign in. What they held goes back in line.")


def _in_words(person: Person) -> str:
    """Say what somebody can do, as the page does."""
    what = ", ".join(person.skills) if person.skills else "all conversations"
    return f"{what}; up to {person.capacity} at once"


def _with_link(person: Person, what: str) -> Response:
    services = _services()
    token = services.people.link(person.id)
    _note(what, person)
    return _page(link_for=person, link=f"{services.settings.address}/sign-in/{token}")


def _page(status: int = 200, **said: object) -> Response:
    services = _services()
    everybody = services.people.all()
    now = services.clock()
    page = render_template(
        "people.html",
        people=everybody,
        states={one.id: services.presence.state(one.id, now) for one in everybody},
        trail=lately(services, TRAIL_SHOWN),
        in_words=_in_words,
        now_ms=now,
        **{**_SILENT, **said},
    )
    return make_response(page, status)


def _note(what: str, about: Person) -> None:
    services = _services()
    services.people.audit(g.person.id, what, about.id, services.clock())


def _present(person_id: str) -> Person:
    person = _services().people.get(person_id)
    if not person:
        raise PersonGone("This person was removed meanwhile; reload the page.")
    return person


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services


_FIELDS = ("name", "email", "role")
_SILENT: dict[str, object] = {
    "typed": {},
    "error": None,
    "done": "",
    "problem": "",
    "link_for": None,
    "link": "",
    "work_of": "",
    "work": {},
    "work_error": None,
}
