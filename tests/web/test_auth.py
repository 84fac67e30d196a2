"""Signing in, the guard before every staff route, and the people page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import redis
from flask import Flask
from werkzeug.routing import Rule

from bot.settings import Settings
from bot.web.auth import GUARD, PUBLIC
from tests.staff import ORIGIN, PASSWORD, Staff, make_staff

STAFF_PATHS = ("/desk", "/people", "/workshop", "/insights")


def _urls(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        url = re.sub(r"<int:\w+>", "1", rule.rule)
        yield rule, re.sub(r"<[^>]+>", "x", url)


def test_every_route_is_decided(staff: Staff) -> None:
    """A route is public by list, public by word, or guarded by a role; nothing else exists."""
    for rule, _ in _urls(staff.app):
        view = staff.app.view_functions[rule.endpoint]
        in_public_room = rule.endpoint.split(".")[0] in {*PUBLIC, "static"}
        guard = getattr(view, GUARD, None)
        assert in_public_room or guard in {"public", "agent", "admin"}, rule


def test_undecided_route_is_refused(staff: Staff) -> None:
    """A route somebody forgot to guard answers 403, not its content."""
    staff.app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = staff.app.test_client().get("/forgotten")
    assert answer.status_code == 403
    assert b"secret" not in answer.data


def test_nobody_gets_in_unsigned(staff: Staff) -> None:
    """Every guarded route refuses whoever is not signed in, by any method it takes."""
    client = staff.app.test_client()
    for rule, url in _urls(staff.app):
        guard = getattr(staff.app.view_functions[rule.endpoint], GUARD, None)
        if guard not in {"agent", "admin"}:
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = client.open(url, method=method, headers={"Accept": "application/json"})
            assert answer.status_code == 401, (method, url)
            assert answer.json["error"]["code"] == "not_signed_in"


def test_agent_is_kept_from_admin_routes(staff: Staff) -> None:
    """Every admin route answers 403 to an agent."""
    agent = staff.browser("Bo Chen")
    for rule, url in _urls(staff.app):
        if getattr(staff.app.view_functions[rule.endpoint], GUARD, None) != "admin":
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            headers = {"Accept": "application/json", "X-CSRF-Token": agent.csrf, **ORIGIN}
            answer = agent.client.open(url, method=method, headers=headers)
            assert answer.status_code == 403, (method, url)


def test_every_change_needs_token_and_origin(staff: Staff) -> None:
    """Without this session's token, or from another site, each unsafe route refuses with 403."""
    admin = staff.browser("Ana Lima", "admin")
    token = admin.csrf
    wrong = (
        dict(ORIGIN),
        {**ORIGIN, "X-CSRF-Token": "wrong"},
        {"X-CSRF-Token": token},
        {"X-CSRF-Token": token, "Origin": "https://evil.example"},
        {"X-CSRF-Token": token, "Origin": "null"},
        {"X-CSRF-Token": token, "Sec-Fetch-Site": "cross-site", **ORIGIN},
        {"X-CSRF-Token": token, "Sec-Fetch-Site": "same-site", **ORIGIN},
    )
    seen = 0
    for rule, url in _urls(staff.app):
        if getattr(staff.app.view_functions[rule.endpoint], GUARD, None) not in {"agent", "admin"}:
            continue
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            for headers in wrong:
                answer = admin.client.open(url, method=method, headers=headers, json={})
                assert answer.status_code == 403, (method, url, headers)
                seen += 1
    assert seen > 100
    assert admin.get("/desk").status_code == 200


def test_page_leads_to_sign_in_and_back(staff: Staff) -> None:
    """A page asked for without sign-in redirects there and, after it, back."""
    staff.person("Bo Chen")
    client = staff.app.test_client()
    answer = client.get("/desk?x=1", headers={"Accept": "text/html"})
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/desk%3Fx%3D1"
    form = {"email": "bo@example.com", "password": PASSWORD, "next": "/desk?x=1"}
    assert client.post("/sign-in", data=form, headers=ORIGIN).location == "/desk?x=1"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil.example", "desk", "/a\nb", "javascript:1"],
)
def test_sign_in_leads_nowhere_else(staff: Staff, wanted: str) -> None:
    """`next` never leads to another site."""
    staff.person("Bo Chen")
    form = {"email": "bo@example.com", "password": PASSWORD, "next": wanted}
    answer = staff.app.test_client().post("/sign-in", data=form, headers=ORIGIN)
    assert answer.location == "/desk"


def test_cookie_is_careful(staff: Staff, settings: Settings, store: redis.Redis) -> None:
    """The cookie is HttpOnly, Lax and host-wide; over HTTPS also Secure and __Host-."""
    staff.person("Bo Chen")
    form = {"email": "bo@example.com", "password": PASSWORD}
    plain = staff.app.test_client().post("/sign-in", data=form, headers=ORIGIN)
    cookie = plain.headers["Set-Cookie"]
    assert cookie.startswith("attune=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    https = make_staff(settings.model_copy(update={"https": True}), store)
    answer = https.app.test_client().post(
        "https://localhost/sign-in", data=form, headers={"Origin": "https://localhost"}
    )
    assert answer.headers["Set-Cookie"].startswith("__Host-attune=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Domain" not in answer.headers["Set-Cookie"]
    https.close()


def test_session_id_is_new_at_sign_in(staff: Staff) -> None:
    """A planted session id is never taken over, and signing in again ends the old one."""
    browser = staff.browser("Bo Chen")
    old = browser.client.get_cookie("attune").value
    form = {"email": "bo@example.com", "password": PASSWORD}
    browser.client.post("/sign-in", data=form, headers=ORIGIN)
    assert browser.client.get_cookie("attune").value != old
    client = staff.app.test_client()
    client.set_cookie("attune", old)
    assert client.get("/desk/tickets").status_code == 401


def test_wrong_password_says_the_same_as_unknown(staff: Staff) -> None:
    """Page and status do not tell whether an e-mail is known."""
    staff.person("Bo Chen")
    client = staff.app.test_client()
    known, unknown = (
        client.post("/sign-in", data={"email": email, "password": "x"}, headers=ORIGIN)
        for email in ("bo@example.com", "no@example.com")
    )
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("bo@", "no@") == unknown.text or "do not match" in unknown.text
    assert "do not match" in known.text


def test_too_many_tries_say_when(staff: Staff) -> None:
    """After ten wrong passwords the page says how long to wait, with Retry-After."""
    staff.person("Bo Chen")
    client = staff.app.test_client()
    form = {"email": "bo@example.com", "password": "wrong"}
    for _ in range(10):
        assert client.post("/sign-in", data=form, headers=ORIGIN).status_code == 401
    answer = client.post("/sign-in", data=form, headers=ORIGIN)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Wait" in answer.text


def test_sign_in_from_another_site_is_refused(staff: Staff) -> None:
    """Another site cannot sign somebody in as somebody else."""
    staff.person("Bo Chen")
    form = {"email": "bo@example.com", "password": PASSWORD}
    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = staff.app.test_client().post("/sign-in", data=form, headers=headers)
        assert answer.status_code == 403


def test_link_page_can_be_looked_at_and_used_once(staff: Staff) -> None:
    """GET shows the form and uses nothing up; POST signs in; a second POST says it is gone."""
    token = staff.services.people.link()
    client = staff.app.test_client()
    for _ in range(2):
        assert "Become the admin" in client.get(f"/sign-in/{token}").text
    form = {"name": "Ana Lima", "email": "ana@example.com", "password": "short"}
    wrong = client.post(f"/sign-in/{token}", data=form, headers=ORIGIN)
    assert wrong.status_code == 400
    assert "Ana Lima" in wrong.text
    assert 'value="short"' not in wrong.text
    form["password"] = PASSWORD
    answer = client.post(f"/sign-in/{token}", data=form, headers=ORIGIN)
    assert answer.location == "/desk"
    assert client.get("/people").status_code == 200
    html = {"Accept": "text/html", **ORIGIN}
    gone = client.post(f"/sign-in/{token}", data=form, headers=html)
    assert gone.status_code == 404
    assert "used already" in gone.text


def test_sign_out_ends_the_session(staff: Staff) -> None:
    """After signing out the cookie opens nothing, even if it was kept."""
    browser = staff.browser("Bo Chen")
    kept = browser.client.get_cookie("attune").value
    assert browser.form("/sign-out").status_code == 303
    client = staff.app.test_client()
    client.set_cookie("attune", kept)
    assert client.get("/desk/tickets").status_code == 401


def test_sign_out_everywhere_ends_all(staff: Staff) -> None:
    """One click ends this person's sessions in every browser."""
    one, two = staff.browser("Bo Chen"), staff.browser("Bo Chen")
    one.form("/sign-out-everywhere")
    assert two.get("/desk/tickets").status_code == 401


def test_admin_adds_somebody_by_link(staff: Staff) -> None:
    """Adding shows a one-time link with which the new agent gets in; it is shown only once."""
    admin = staff.browser("Ana Lima", "admin")
    answer = admin.form("/people", name="Bo Chen", email="bo@example.com", role="agent")
    assert answer.status_code == 200
    token = re.search(r"/sign-in/([\w-]{20,})", answer.text)[1]
    assert token not in admin.get("/people").text
    client = staff.app.test_client()
    form = {"name": "Bo Chen", "email": "bo@example.com", "password": PASSWORD}
    assert client.post(f"/sign-in/{token}", data=form, headers=ORIGIN).status_code == 303
    assert client.get("/people", headers={"Accept": "text/html"}).status_code == 403
    assert client.get("/desk").status_code == 200


def test_admin_mistakes_are_explained(staff: Staff) -> None:
    """A wrong field is said beside its box and what was typed is kept."""
    admin = staff.browser("Ana Lima", "admin")
    answer = admin.form("/people", name="Bo <b>", email="ana@example.com", role="agent")
    assert answer.status_code == 400
    assert "already belongs to somebody" in answer.text
    assert "Bo &lt;b&gt;" in answer.text
    assert admin.form("/people", name="", email="x@example.com", role="king").status_code == 400


def test_admin_removes_somebody_but_not_the_last_admin(staff: Staff) -> None:
    """Removing ends access at once; the last admin is kept, with a sentence."""
    admin = staff.browser("Ana Lima", "admin")
    agent = staff.browser("Bo Chen")
    assert admin.form(f"/people/{agent.person.id}/remove").status_code == 200
    assert agent.get("/desk/tickets").status_code == 401
    kept = admin.form(f"/people/{admin.person.id}/remove")
    assert kept.status_code == 409
    assert "only admin" in kept.text
    assert admin.form("/people/nobody/remove").status_code == 404


def test_people_page_notes_what_was_done(staff: Staff) -> None:
    """The audit trail names who did what to whom."""
    admin = staff.browser("Ana Lima", "admin")
    agent = staff.browser("Bo Chen")
    admin.form(f"/people/{agent.person.id}/sign-out")
    assert agent.get("/desk/tickets").status_code == 401
    newest = staff.services.people.trail(1)[0]
    assert newest["what"] == "ended_sessions"
    assert (newest["person"], newest["about"]) == (admin.person.id, agent.person.id)


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_staff_pages_ask_for_sign_in(staff: Staff, path: str) -> None:
    """The addresses of the contract redirect to sign-in, or say 401 in JSON."""
    client = staff.app.test_client()
    if path not in {rule.rule for rule in staff.app.url_map.iter_rules()}:
        pytest.fail(f"{path} does not exist")
    assert client.get(path, headers={"Accept": "text/html"}).status_code == 302
    assert client.get(path, headers={"Accept": "application/json"}).status_code == 401


@pytest.mark.parametrize("place", ["/desk", "/workshop", "/insights", "/people"])
def test_whoever_takes_anything_is_sent_to_sign_in(staff: Staff, place: str) -> None:
    """A page asked for without a wish for JSON redirects to the sign-in."""
    stranger = staff.app.test_client()
    assert stranger.get(place).status_code == 302
    assert stranger.get(place, headers={"Accept": "*/*"}).status_code == 302
    assert stranger.get(place, headers={"Accept": "application/json"}).status_code == 401
