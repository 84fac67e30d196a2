"""The table of errors: a status, a code and a sentence, as JSON or as a calm page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
import redis
from flask import abort
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bot import errors as bot_errors
from bot.settings import Settings
from bot.web.auth import public
from bot.web.errors import STATUS, TABLE
from escalation import errors as escalation_errors
from escalation.errors import StoreUnavailable, TicketTaken
from intents import errors as intents_errors
from tests.staff import ORIGIN, Browser, Staff, make_staff

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ODD = ["\x00", "\ud800", "x" * 5000, "", " ", "💥" * 90, "١٢٣", "<b>", "../..", "%00", "𝕏"]


@pytest.fixture
def staff(settings: Settings, store: redis.Redis) -> Iterator[Staff]:
    """Give the app on an emptied store, with an address that fails as told."""
    made = make_staff(settings, store)
    made.app.config["PROPAGATE_EXCEPTIONS"] = False

    @made.app.get("/fails/<int:number>")
    @public
    def fails(number: int) -> str:
        raise made.app.extensions["to_raise"][number]

    @made.app.get("/aborts/<int:status>")
    @public
    def aborts(status: int) -> str:
        abort(status)

    yield made
    made.close()


@pytest.mark.parametrize("module", [bot_errors, escalation_errors, intents_errors])
def test_every_error_has_a_status(module: ModuleType) -> None:
    """No error class that can leave a package is missing from the table, but for the bases."""
    classes = [one for _, one in inspect.getmembers(module, inspect.isclass)]
    mine = [one for one in classes if one.__module__ == module.__name__]
    bases = {"BotError", "EscalationError", "IntentsError"}
    missing = [one.__name__ for one in mine if one not in TABLE and one.__name__ not in bases]
    assert not missing


def test_json_has_code_and_sentence(staff: Staff) -> None:
    """A known error answers with its status, code and own sentence."""
    staff.app.extensions["to_raise"] = [TicketTaken("c1#1", "Ana")]
    answer = staff.app.test_client().get("/fails/0")
    assert answer.status_code == 409
    error = answer.json["error"]
    assert error["code"] == "ticket_taken"
    assert "already taken" in error["message"]
    assert error["field"] is None


def test_store_away_is_503_and_says_nothing_inside(staff: Staff) -> None:
    """An outage says when to come back and nothing about addresses inside."""
    staff.app.extensions["to_raise"] = [
        StoreUnavailable("Redis at unix:/secret/path did not answer"),
        redis.ConnectionError("Error 111 connecting to 10.0.0.7"),
    ]
    for number in range(2):
        answer = staff.app.test_client().get(f"/fails/{number}")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "secret" not in answer.text
        assert "10.0.0.7" not in answer.text


def test_unknown_error_is_a_500_without_details(staff: Staff) -> None:
    """What nobody expected is logged, and the page says a sentence."""
    staff.app.extensions["to_raise"] = [RuntimeError("private detail")]
    answer = staff.app.test_client().get("/fails/0")
    assert answer.status_code == 500
    assert answer.json["error"]["code"] == "broken"
    assert "private" not in answer.text
    page = staff.app.test_client().get("/fails/0", headers=HTML)
    assert page.mimetype == "text/html"
    assert "private" not in page.text


@pytest.mark.parametrize("status", sorted(STATUS))
def test_every_status_has_a_sentence(staff: Staff, status: int) -> None:
    """Each status of the contract is answered in the one shape, waits with Retry-After."""
    if status == 422:
        staff.app.extensions["to_raise"] = [bot_errors.EventReused("Used before.")]
        answer = staff.app.test_client().get("/fails/0")
    else:
        answer = staff.app.test_client().get(f"/aborts/{status}")
    assert answer.status_code == status
    assert set(answer.json["error"]) == {"code", "message", "field"}
    assert ("Retry-After" in answer.headers) == (status in {429, 503})


def test_browser_gets_a_page(staff: Staff) -> None:
    """Somebody who follows a dead link reads a heading and a way on, not JSON."""
    answer = staff.app.test_client().get("/no-such-page", headers=HTML)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "There is nothing here" in answer.text
    assert staff.app.test_client().get("/no-such-page").json["error"]["code"] == "not_found"


def test_dead_link_keeps_the_frame(staff: Staff) -> None:
    """Somebody signed in who follows a dead link still has the way to every room."""
    answer = staff.browser("Bo Chen").client.get("/no-such-page", headers=HTML)
    assert answer.status_code == 404
    assert 'href="/desk"' in answer.text


def test_wrong_method_says_which_are_right(staff: Staff) -> None:
    """405 keeps the Allow header."""
    answer = staff.app.test_client().delete("/sign-in")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_error_pages_carry_the_security_headers(staff: Staff) -> None:
    """A failure is as locked down as a success."""
    answer = staff.app.test_client().get("/no-such-page", headers=HTML)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_body_refusals_have_their_status(staff: Staff) -> None:
    """Not JSON is 415, half JSON 400, a wrong field 400 with its name, too large 413."""
    agent = staff.browser("Bo Chen")
    headers = {"X-CSRF-Token": agent.csrf, "Accept": "application/json", **ORIGIN}
    url = "/desk/conversations/c1/note"
    post = agent.client.post
    assert post(url, data="{}", headers=headers).status_code == 415
    json_headers = {**headers, "Content-Type": "application/json"}
    assert post(url, data="{", headers=json_headers).status_code == 400
    assert post(url, data="[]", headers=json_headers).status_code == 400
    assert post(url, data="[" * 9_000, headers=json_headers).status_code == 400
    wrong = post(url, json={"op": "o1", "text": 5}, headers=headers)
    assert wrong.status_code == 400
    assert wrong.json["error"]["field"] == "text"
    assert post(url, data=b"x" * 70_000, headers=json_headers).status_code == 413


@pytest.fixture
def admin(staff: Staff) -> Browser:
    """Give an admin's browser, signed in."""
    return staff.browser("Ana Lima", "admin")


@tuned(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_bad_input_is_a_5xx(admin: Browser, data: st.DataObject) -> None:
    """Whatever is sent to any staff address, the answer is below 500."""
    odd = st.sampled_from(ODD) | st.text(max_size=40) | st.integers() | st.none() | st.booleans()
    names = ["op", "text", "token", "ticket", "to", "note", "available", "tokens"]
    body = data.draw(st.dictionaries(st.sampled_from(names), odd, max_size=5))
    what = ["claim", "step-in", "reply", "note", "release", "transfer", "resolve", "hand-back"]
    name = data.draw(st.sampled_from(["c1", "%00", "%ED%A0%80", "x" * 300, "💥", "a%20b"]))
    url = f"/desk/conversations/{name}/{data.draw(st.sampled_from(what))}"
    fields = {key: str(value) for key, value in body.items() if "\ud800" not in str(value)}
    for ask in (
        lambda: admin.post(url, **body),
        lambda: admin.post("/desk/next", **body),
        lambda: admin.post("/desk/heartbeat", **body),
        lambda: admin.get(f"/desk/conversations/{name}"),
        lambda: admin.form("/people", **fields),
    ):
        answer = _settled(ask)
        assert answer.status_code < 500, (url, body, answer.text)


def _settled(ask: Callable[[], TestResponse]) -> TestResponse:
    """Give an answer, asking again where a busy disk kept Redis from its own in time."""
    answer = ask()
    for _ in range(5):
        if answer.status_code != 503:
            break
        answer = ask()
    return answer


def test_no_sign_in_link_in_the_log(
    staff: Staff, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An address is logged as its rule: the path of a sign-in link is a way in."""

    def away(_: str) -> None:
        raise StoreUnavailable("Redis is away.")

    monkeypatch.setattr(staff.services.people, "whose_link", away)
    assert staff.app.test_client().get("/sign-in/very-secret").status_code == 503
    logged = capsys.readouterr().err
    assert "request_failed" in logged
    assert "very-secret" not in logged
