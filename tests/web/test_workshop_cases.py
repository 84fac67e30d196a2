"""The test bench over HTTP, and the gates that a draft must pass."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from bot.pieces import fingerprint, read_piece
from bot.services import Services
from tests.staff import Browser, Staff

TURN = "Where is my order, then the number"
TALK = "Customer: where is my order?\nBot: Which one?\nCustomer: 20416\n"


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def save(ada: Browser, piece: list[str], value: Any) -> Any:
    mark = fingerprint(read_piece(ada.staff.services.packs.draft().texts, tuple(piece)))
    answer = ada.post("/workshop/draft", piece=piece, value=value, was=mark)
    assert answer.status_code == 200, answer.text
    return answer.json


def broken(ada: Browser) -> int:
    """Have a case expect what does not come; give the draft's revision."""
    revision: int = save(ada, ["case", TURN, "0", "decision"], "person")["revision"]
    return revision


def test_a_conversation_is_tried_step_by_step_and_kept(ada: Browser) -> None:
    """A pasted one shows reading, phrases, decision and reply of each turn; kept, it holds."""
    tried = ada.post("/workshop/cases/try", text=TALK).json
    assert (tried["customer"], tried["others"]) == ("Customer", ["Bot"])
    first, second = tried["turns"]
    assert first["trial"]["candidates"][0]["phrases"]
    assert first["got"]["intent"] == "Where my order is"
    assert second["trial"]["replies"][0]["template"].startswith("order_found/")
    messages = [one["customer"] for one in tried["turns"]]
    kept = ada.post("/workshop/cases", name=TURN, messages=messages).json
    assert kept["name"] == f"{TURN} (2)"
    assert kept["changes"] == 1
    found = ada.get("/workshop/cases/results").json
    assert found["broken"] == 0
    assert found["cases"][-1]["name"] == kept["name"]
    assert ada.form("/workshop/cases/remove", name=kept["name"]).status_code == 303
    draft, live = ada.staff.services.packs.draft(), ada.staff.services.packs.live()
    assert draft.texts == live.pack.texts


def test_a_person_who_has_it_is_left_to_it(ada: Browser) -> None:
    """After a person was brought in, the next turn is theirs, and the step says so."""
    tried = ada.post("/workshop/cases/try", text="let me talk to a human\nhello?").json
    assert [one["got"]["decision"] for one in tried["turns"]] == [
        "brings in a person",
        "leaves it to the person",
    ]
    assert tried["turns"][1]["trial"]["does"] == "leaves it to the person"


@pytest.mark.parametrize(
    ("text", "words"),
    [("Bot: hello\nBot: there?", "No message of a customer"), ("hi\n" * 41, "up to 40 messages")],
)
def test_what_is_no_conversation_is_said(ada: Browser, text: str, words: str) -> None:
    """Nothing of a customer's, or too much of it, gets a sentence."""
    answer = ada.post("/workshop/cases/try", text=text)
    assert answer.status_code == 400
    assert words in answer.json["error"]["message"]


def test_a_broken_case_keeps_a_draft_from_going_live(ada: Browser) -> None:
    """It is refused with the case, expected and got; nothing changes, and it is in the audit."""
    services = ada.staff.services
    answer = ada.post("/workshop/publish", revision=broken(ada), why="More people")
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "case_broken")
    assert TURN in answer.json["error"]["message"]
    (gate,) = answer.json["refused"]
    assert gate["cases"][0]["turns"][0]["wrong"] == [
        {"what": "The bot", "expected": "brings in a person", "got": "answers"}
    ]
    assert gate["url"].startswith("/workshop/cases#case-")
    assert services.packs.live_number() == 1
    noted = [(one["what"], one["about"]) for one in services.people.trail(5)]
    assert ("publish_refused", "1 test cases") in noted


def test_an_admin_may_publish_in_spite_of_it_and_says_why(ada: Browser) -> None:
    """Only gates that were shown, only with a reason; it stands in history and audit."""
    services = ada.staff.services
    revision = broken(ada)
    body: dict[str, Any] = {"revision": revision, "why": "More people"}
    for more in ({"accepted": ["case_broken"]}, {"anyway": "We know"}, {"anyway": " ", **body}):
        assert ada.post("/workshop/publish", **{**body, **more}).status_code == 409
    done = ada.post("/workshop/publish", **body, accepted=["case_broken"], anyway="We know better")
    assert done.status_code == 200
    assert done.json["version"] == 2
    seen = ada.client.get("/workshop/history", headers={"Accept": "text/html"}).text
    assert "Published in spite of 1 check" in seen
    assert "We know better" in seen
    noted = [(one["what"], one["about"]) for one in services.people.trail(5)]
    assert ("gate_overridden", "version 2: 1 test cases") in noted


def test_a_draft_with_broken_cases_yaml_still_opens(ada: Browser) -> None:
    """Half-written cases are a problem with a line, never a broken page."""
    for text in ("cases: 3\n", "cases:\n  - name: x\n    turns: 5\n", "- 1\n"):
        told = save(ada, ["file", "cases.yaml"], text)
        assert told["problem"]["file"] == "cases.yaml"
        for url in ("/workshop/cases", "/workshop/publish"):
            assert ada.client.get(url, headers={"Accept": "text/html"}).status_code == 200
        assert ada.get("/workshop/cases/results").status_code == 400
