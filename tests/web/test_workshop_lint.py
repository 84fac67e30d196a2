"""The empathy linter in the workshop: while writing, on the page to publish, and as its gate."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from bot.pieces import fingerprint, read_piece
from bot.services import Services
from tests.staff import Browser, Staff

UPSET = ["reply", "refund_status", "upset"]
WRONG = "I feel your pain. Your refund is late."


@pytest.fixture
def ada(services: Services, app: Flask) -> Browser:
    """Give an admin's browser."""
    return Staff(services, app).browser("Ada Okonkwo", "admin")


def save(browser: Browser, piece: list[str], value: Any) -> int:
    """Save a piece and give the draft's revision."""
    texts = browser.staff.services.packs.draft().texts
    was = fingerprint(read_piece(texts, tuple(piece)))
    answer = browser.post("/workshop/draft", piece=piece, value=value, was=was)
    assert answer.status_code == 200, answer.text
    revision: int = answer.json["revision"]
    return revision


def shown(browser: Browser) -> str:
    return browser.client.get("/workshop/publish", headers={"Accept": "text/html"}).text


def test_a_wording_is_judged_while_it_is_written(ada: Browser) -> None:
    """The preview names the words, what is wrong with them, and how to mend it."""
    answer = ada.post("/workshop/preview", text=WRONG, piece=UPSET).json
    first = answer["remarks"][0]
    assert (first["code"], first["severity"]) == ("claims_feelings", "error")
    assert WRONG[first["start"] : first["end"]] == first["words"] == "I feel"
    assert answer["remarks"][1]["code"] == "no_next_step"
    calm = ada.post("/workshop/preview", text=WRONG, piece=["reply", "refund_status", "calm"]).json
    assert [one["code"] for one in calm["remarks"]] == ["claims_feelings"]
    assert ada.post("/workshop/preview", text=WRONG).json["remarks"] == []


def test_what_cannot_be_filled_has_a_problem_and_no_remarks(ada: Browser) -> None:
    """A half-typed variable is told as such."""
    answer = ada.post("/workshop/preview", text="I feel {{ customer.", piece=UPSET).json
    assert answer["problem"]
    assert answer["remarks"] == []


def test_an_error_keeps_a_draft_from_going_live(ada: Browser) -> None:
    """It is refused with the words and the place; nothing changes for customers."""
    packs = ada.staff.services.packs
    revision = save(ada, UPSET, [WRONG])
    seen = shown(ada)
    assert "1 wording says what customers should not read" in seen
    assert 'href="/workshop/replies/refund_status"' in seen
    assert "data-when-ready" not in seen
    answer = ada.post("/workshop/publish", revision=revision, why="New words")
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "wording_wrong")
    assert "refund_status, upset, wording 1: “I feel”" in answer.json["error"]["message"]
    assert "Version 1 keeps answering." in answer.json["error"]["message"]
    assert answer.json["url"] == "/workshop/replies/refund_status"
    assert packs.live_number() == 1


def test_the_rules_can_let_errors_pass(ada: Browser) -> None:
    """Where a remark is wrong, an admin decides; it is still told."""
    save(ada, UPSET, [WRONG])
    revision = save(ada, ["rule", "publishing", "refuse_wordings"], value=False)
    seen = shown(ada)
    assert "The rules allow to publish it all the same" in seen
    assert "data-when-ready" in seen
    done = ada.post("/workshop/publish", revision=revision, why="We know")
    assert done.status_code == 200, done.text
    assert ada.staff.services.packs.live_number() == 2


def test_warnings_are_listed_and_refuse_nothing(ada: Browser) -> None:
    """What is worth another look does not stand in the way."""
    revision = save(ada, UPSET, ["Your refund is late!"])
    seen = shown(ada)
    assert "2 remarks on wordings worth another look" in seen
    assert "Exclamation marks shout" in seen
    done = ada.post("/workshop/publish", revision=revision, why="Loud")
    assert done.status_code == 200, done.text


def test_phrases_are_looked_at_while_they_are_written(ada: Browser) -> None:
    """What the model gets anyway, what another intent has, and how much is read right."""
    url = "/workshop/intents/refund_status/lint"
    before = ada.get(url).json
    fitted = ada.get("/workshop/checks").json["accuracy"]
    assert before["accuracy"] == pytest.approx(fitted, abs=0.005)
    texts = ada.staff.services.packs.draft().texts
    phrases = read_piece(texts, ("intent", "refund_status", "phrases"))
    other = read_piece(texts, ("intent", "store_info", "phrases"))[0]
    piece = ["intent", "refund_status", "phrases"]
    save(ada, piece, [*phrases, "when does my refund arrive please", other])
    after = ada.get(url).json
    said = {(one["code"], one["phrase"]): one for one in after["remarks"]}
    assert said["near_duplicate", other]["others"] == [other]
    assert "'store_info'" in said["near_duplicate", other]["says"]
    assert ("already_known", "when does my refund arrive please") in said
    assert not any(one["code"] == "already_known" for one in before["remarks"])
    save(ada, piece, phrases)
    again = ada.get(url).json
    assert again["remarks"] == before["remarks"]
    save(ada, piece, [])
    assert [one["code"] for one in ada.get(url).json["remarks"]] == ["few"]
