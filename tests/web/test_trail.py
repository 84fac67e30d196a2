"""Everything an admin changes stands in the audit trail, and the trail can be looked through."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from bot.pieces import fingerprint, read_piece
from bot.services import Services
from bot.trail import Wanted, trail
from bot.web.auth import GUARD, SAFE
from tests.conftest import Clock
from tests.staff import Browser, Staff

ENDPOINT = {"name": "crm", "address": "https://crm.example/hook", "event": "message.bot"}
PIECE = ["reply", "store_info", "calm"]
CHANGE_NOTHING = {
    "workshop.do.trial",
    "workshop.do.why",
    "workshop.do.preview",
    "workshop.inbox.read_more",
    "workshop.cases.try_it",
    "workshop.files.look",
    "workshop.versions.plan_seen",
}
"""Routes that only ask something and send much, compute ahead, or put a notice away."""


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def save(ada: Browser, text: str) -> Any:
    was = fingerprint(read_piece(ada.staff.services.packs.draft().texts, tuple(PIECE)))
    return ada.post("/workshop/draft", piece=PIECE, value=[text], was=was)


def fresh(ada: Browser) -> dict[str, Any]:
    """Change one reply of a fresh draft, and give what its publication asks for."""
    ada.form("/workshop/draft/drop")
    save(ada, "We open at nine.")
    return {"revision": ada.staff.services.packs.draft().revision, "why": "Hours"}


def publish(ada: Browser) -> Any:
    return ada.post("/workshop/publish", **fresh(ada))


def plan(ada: Browser) -> Any:
    return ada.post("/workshop/plan", at="2026-01-06T09:00", **fresh(ada))


def call_off(ada: Browser) -> Any:
    standing = ada.staff.services.plans.standing()
    assert standing
    return ada.form(f"/workshop/plan/{standing.id}/cancel")


def imported(ada: Browser) -> Any:
    text = (ada.staff.services.packs.draft().texts["facts.yaml"] + "\n# more\n").encode()
    headers = {"X-CSRF-Token": ada.csrf, "Origin": "http://localhost"}

    def send(path: str, **more: str) -> Any:
        sent = {"files": (io.BytesIO(text), "facts.yaml"), **more}
        return ada.client.post(f"/workshop/import{path}", data=sent, headers=headers)

    return send("", seen=send("/look").json["seen"])


def keep_case(ada: Browser) -> Any:
    ada.form("/workshop/draft/drop")
    return ada.post("/workshop/cases", name="Opening", messages=["when do you open"])


def remove_case(ada: Browser) -> Any:
    return ada.form("/workshop/cases/remove", name=keep_case(ada).json["name"])


def endpoint(ada: Browser) -> None:
    ada.form("/workshop/endpoints", **ENDPOINT)


def on_endpoint(path: str, **fields: str) -> Callable[[Browser], Any]:
    def act(ada: Browser) -> Any:
        endpoint(ada)
        return ada.form(f"/workshop/endpoints/crm{path}", **fields)

    return act


def on_person(path: str, **fields: str) -> Callable[[Browser], Any]:
    def act(ada: Browser) -> Any:
        ben = ada.staff.person("Ben Adeyemi")
        return ada.form(f"/people/{ben.id}{path}", **fields)

    return act


def compare(ada: Browser) -> Any:
    refs = {"first": "order_status/calm/0", "second": "order_status/calm/1"}
    return ada.form("/workshop/comparisons/order_status/start", **refs)


def stop(ada: Browser) -> Any:
    compare(ada)
    return ada.form("/workshop/comparisons/order_status/stop")


def create(ada: Browser) -> Any:
    body = {"title": "Grinders", "phrases": ["my grinder"], "reply": "Here is how."}
    return ada.post("/workshop/intents", **body)


def drop(ada: Browser) -> Any:
    save(ada, "We open at ten.")
    return ada.form("/workshop/draft/drop")


def erase(ada: Browser) -> Any:
    ada.staff.says("c1", "where is my order")
    return ada.post("/desk/conversations/c1/erase")


PERSON = {"name": "Bea", "email": "bea@example.com", "role": "agent"}
CALLS: dict[str, tuple[str, Callable[[Browser], Any]]] = {
    "workshop.do.save": ("draft_changed", lambda ada: save(ada, "We open at ten.")),
    "workshop.do.drop": ("draft_dropped", drop),
    "workshop.do.create": ("draft_changed", create),
    "workshop.do.remove": (
        "draft_changed",
        lambda ada: ada.form("/workshop/intents/store_info/remove"),
    ),
    "workshop.inbox.decide": (
        "draft_changed",
        lambda ada: ada.post(
            "/workshop/inbox", to="refuse", texts=["sing me the zanzibar quartet"], name=""
        ),
    ),
    "workshop.versions.publish": ("pack_published", publish),
    "workshop.versions.restore": (
        "pack_restored",
        lambda ada: ada.form("/workshop/history/1/restore"),
    ),
    "workshop.versions.plan": ("publication_planned", plan),
    "workshop.versions.cancel_plan": ("plan_cancelled", call_off),
    "workshop.files.import_files": ("pack_imported", imported),
    "workshop.cases.keep": ("draft_changed", keep_case),
    "workshop.cases.remove": ("draft_changed", remove_case),
    "workshop.rehearsal.start": ("rehearsed", lambda ada: ada.post("/workshop/rehearsal")),
    "workshop.comparing.start": ("comparison_started", compare),
    "workshop.comparing.stop": ("comparison_stopped", stop),
    "workshop.endpoints.add": (
        "endpoint_added",
        lambda ada: ada.form("/workshop/endpoints", **ENDPOINT),
    ),
    "workshop.endpoints.change": ("endpoint_changed", on_endpoint("", **ENDPOINT)),
    "workshop.endpoints.rotate": ("endpoint_rotated", on_endpoint("/rotate")),
    "workshop.endpoints.pause": ("endpoint_paused", on_endpoint("/pause")),
    "workshop.endpoints.resume": ("endpoint_resumed", on_endpoint("/resume")),
    "workshop.endpoints.test": ("endpoint_tested", on_endpoint("/test")),
    "workshop.endpoints.resend": ("endpoint_resent", on_endpoint("/resend")),
    "workshop.endpoints.remove": ("endpoint_removed", on_endpoint("/remove")),
    "team.add": ("added", lambda ada: ada.form("/people", **PERSON)),
    "team.work": ("work_changed", on_person("/skills", skills="es", capacity="2")),
    "team.link": ("new_link", on_person("/link")),
    "team.sign_out": ("ended_sessions", on_person("/sign-out")),
    "team.remove": ("removed", on_person("/remove")),
    "rights.erase_any": ("conversation_erased", erase),
}


def admin_routes(app: Flask) -> set[str]:
    """Give every route by which an admin changes something."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - SAFE
        and getattr(app.view_functions[rule.endpoint], GUARD, "") == "admin"
    }


def test_no_route_of_admins_is_forgotten(app: Flask) -> None:
    """Whoever adds a route that changes something says here what the trail then holds."""
    assert admin_routes(app) == set(CALLS) | CHANGE_NOTHING


def test_every_change_by_an_admin_stands_in_the_trail(ada: Browser) -> None:
    """Each route is called as its page does, succeeds, and leaves a line with its name."""
    for route, (what, call) in CALLS.items():
        ada.staff.services.people.audit("mark", "mark", route, ada.staff.services.clock())
        answer = call(ada)
        assert answer.status_code < 400, (route, answer.text)
        lines = trail(ada.staff.services.redis, Wanted(), 10)
        new = lines[: next(at for at, one in enumerate(lines) if one.what == "mark")]
        assert (ada.person.id, what) in {(one.person, one.what) for one in new}, route


def test_a_piece_is_named_once_a_session_however_often_it_is_saved(ada: Browser) -> None:
    """Fields save themselves while one writes; the trail is not drowned by it."""
    for text in ("We open at nine.", "We open at nine sharp.", "We open at ten."):
        assert save(ada, text).status_code == 200
    found = trail(ada.staff.services.redis, Wanted(kind="draft"), 10)
    assert [(one.what, one.about) for one in found] == [("draft_changed", " ".join(PIECE))]
    ada.form("/workshop/draft/drop")
    assert save(ada, "We open at eleven.").status_code == 200
    again = trail(ada.staff.services.redis, Wanted(kind="draft"), 10)
    assert [one.what for one in again] == ["draft_changed", "draft_dropped", "draft_changed"]


def test_the_trail_is_narrowed_paged_and_given_as_a_sheet(
    staff: Staff, ada: Browser, clock: Clock
) -> None:
    """By who, what, about and day; a hundred a page; the sheet has what the filter leaves."""
    people, ben = staff.services.people, staff.person("Ben Adeyemi")
    first = clock()
    for number in range(130):
        people.audit(ben.id, "read", f"c{number}", first + number)
    clock.advance(86_400)
    people.audit("terminal", "endpoint_added", "=crm", clock())
    ada = staff.browser("Ada Okonkwo", "admin")
    text = page(ada, f"/people/trail?who={ben.id}&kind=conversations")
    assert text.count("read the conversation") == 100
    assert "c129" in text
    assert "c29<" not in text
    older = text.split('href="/people/trail?before=')[1].split('"')[0].replace("&amp;", "&")
    rest = page(ada, f"/people/trail?before={older}")
    assert rest.count("read the conversation") == 30
    assert "The terminal" in page(ada, "/people/trail?kind=settings")
    assert "read the conversation" not in page(ada, "/people/trail?since=2026-01-06")
    assert "c7<" in page(ada, "/people/trail?until=2026-01-05&about=c7")
    assert "Nothing of this kind" in page(ada, "/people/trail?about=nobody-did-this")
    sheet = ada.client.get("/people/trail/trail.csv?who=terminal").text
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [(row["name"], row["what"], row["about"]) for row in rows] == [
        ("The terminal", "endpoint_added", "'=crm")
    ]
    assert page(ada, "/people/trail?before=nonsense&since=yesterday&until=9999-12-31")
    assert staff.browser().get("/people/trail").status_code == 403


def page(browser: Browser, url: str) -> str:
    answer = browser.client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text
