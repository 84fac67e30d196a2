"""Planning a publication over HTTP: the time zone of the rules, the gates, calling it off."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask

from bot.pieces import fingerprint, read_piece
from bot.services import Services
from bot.sweep import sweep
from tests.conftest import Clock
from tests.staff import Browser, Staff

NAME = ["fact", "shop", "name"]


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def save(ada: Browser, piece: list[str], value: Any) -> int:
    mark = fingerprint(read_piece(ada.staff.services.packs.draft().texts, tuple(piece)))
    answer = ada.post("/workshop/draft", piece=piece, value=value, was=mark)
    assert answer.status_code == 200, answer.text
    revision: int = answer.json["revision"]
    return revision


def shown(ada: Browser, url: str = "/workshop/publish") -> str:
    answer = ada.client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_a_draft_is_planned_shown_and_called_off(ada: Browser) -> None:
    """Every page of the workshop says when, by whom and what of the draft; calling off ends it."""
    services = ada.staff.services
    revision = save(ada, NAME, "Beans & Co")
    assert "Europe/London" in shown(ada)
    done = ada.post("/workshop/plan", revision=revision, why="New name", at="2026-03-30T09:00")
    assert done.status_code == 200, done.text
    for url in ("/workshop/publish", "/workshop/history", "/workshop"):
        assert "Goes live Monday 30 March 2026, 09:00 (London time)" in shown(ada, url)
    assert "the draft as it is now; later changes are not part of it" in shown(ada)
    revision = save(ada, NAME, "Other Beans")
    assert "what was changed since is not part of it" in shown(ada)
    again = ada.post("/workshop/plan", revision=revision, why="Again", at="2026-03-31T09:00")
    assert (again.status_code, again.json["error"]["code"]) == (409, "not_planned")
    ada.post("/workshop/publish", revision=revision, why="At once")
    assert "so it will not be published" in shown(ada)
    assert ada.form(f"/workshop/plan/{done.json['plan']}/cancel").status_code == 303
    assert 'id="planned"' not in shown(ada)
    assert ada.form(f"/workshop/plan/{done.json['plan']}/cancel").status_code == 409
    noted = [one["what"] for one in services.people.trail(10)]
    assert {"publication_planned", "plan_cancelled"} <= set(noted)


@pytest.mark.parametrize(
    ("at", "status", "words"),
    [
        ("2026-03-29T01:30", 409, "clocks go forward"),
        ("2026-01-05T10:00", 400, "still to come"),
        ("2028-01-05T10:00", 400, "within the next year"),
        ("soon", 409, "no day and time"),
    ],
)
def test_a_time_that_cannot_be_is_refused(ada: Browser, at: str, status: int, words: str) -> None:
    """Nothing is planned, and the sentence says what to do."""
    revision = save(ada, NAME, "Beans & Co")
    answer = ada.post("/workshop/plan", revision=revision, why="x", at=at)
    assert answer.status_code == status
    assert words in answer.json["error"]["message"]
    assert ada.staff.services.plans.standing() is None


def test_what_a_gate_refuses_then_is_told_on_every_page(ada: Browser, clock: Clock) -> None:
    """The live version stays; the notice says why until an admin has seen it."""
    services = ada.staff.services
    revision = save(ada, NAME, "Beans & Co")
    plan = ada.post("/workshop/plan", revision=revision, why="x", at="2026-01-05T14:00").json
    texts = services.packs.live().pack.texts
    services.packs.publish(texts, "Sam", "first", clock())
    clock.advance(3600)
    sweep(services)
    for _ in range(600):
        if "was not published" in shown(ada, "/workshop"):
            break
        time.sleep(0.05)
    assert "planned on version 1, and version 2 is live now" in shown(ada, "/workshop")
    assert ada.form(f"/workshop/plan/{plan['plan']}/seen").status_code == 303
    assert 'id="planned"' not in shown(ada, "/workshop")


def test_planning_passes_the_gates_first(ada: Browser) -> None:
    """A draft that could not go live now cannot be planned either, unless it is accepted."""
    revision = save(ada, ["case", "Is this a bot", "0", "decision"], "person")
    body = {"revision": revision, "why": "x", "at": "2026-03-30T09:00"}
    answer = ada.post("/workshop/plan", **body)
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "case_broken")
    done = ada.post("/workshop/plan", **body, accepted=["case_broken"], anyway="We know")
    assert done.status_code == 200
    found = ada.staff.services.plans.standing()
    assert found
    assert (found.accepted, found.anyway) == (("case_broken",), "We know")
