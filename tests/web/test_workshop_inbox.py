from __future__ import annotations

import pytest
from flask import Flask

from bot.packs import Draft
from bot.pieces import read_piece
from bot.services import Services
from tests.staff import Browser, Staff

WRAPPING = [
    "can you gift wrap the lamp",
    "do you do gift wrapping",
    "gift wrap for a birthday please",
    "is gift wrapping paper to be had",
]


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def page(browser: Browser) -> str:
    answer = browser.client.get("/workshop/refused", headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def draft(browser: Browser) -> Draft:
    return browser.staff.services.packs.draft()


def test_a_group_goes_to_an_intent_redacted_once_and_leaves_the_inbox(ada: Browser) -> None:
    """What was refused is listed without its order number; dropping the draft brings it back."""
    for name, text in (
        ("c1", "do penguins have knees 48213"),
        ("c2", "Do penguins have knees 99999"),
    ):
        ada.staff.says(name, text)
    shown = page(ada)
    assert "penguins have knees [order number]" in shown
    assert "48213" not in shown
    assert "99999" not in shown
    sent = ["do penguins  have knees 48213", "Do penguins have knees [order number]!"]
    added = ada.post("/workshop/inbox", to="intent", name="store_info", texts=sent)
    assert (added.json["added"], added.json["changes"]) == (1, 1)
    phrases = read_piece(draft(ada).texts, ("intent", "store_info", "phrases"))
    assert phrases[-1] == "do penguins have knees [order number]"
    assert 'id="lots"' not in page(ada)
    again = ada.post("/workshop/inbox", to="intent", name="store_info", texts=sent)
    assert again.json["changes"] == 1
    assert read_piece(draft(ada).texts, ("intent", "store_info", "phrases")) == phrases
    ada.form("/workshop/draft/drop")
    assert "penguins have knees [order number]" in page(ada)


def test_rightly_refused_and_a_new_intent(ada: Browser) -> None:
    """A group teaches what to leave alone, or becomes an intent whose reply is still to write."""
    ada.post("/workshop/inbox", to="refuse", texts=["do penguins have knees"])
    assert "do penguins have knees" in read_piece(draft(ada).texts, ("out_of_scope",))
    made = ada.post("/workshop/inbox", to="new", name=" Gift  wrapping", texts=WRAPPING).json
    assert (made["name"], made["url"]) == ("gift_wrapping", "/workshop/intents/gift_wrapping")
    assert made["problem"]["file"] == "replies.yaml"
    assert read_piece(draft(ada).texts, ("intent", "gift_wrapping", "phrases")) == WRAPPING
    assert read_piece(draft(ada).texts, ("intent", "gift_wrapping", "title")) == "Gift wrapping"


@pytest.mark.parametrize(
    "body",
    [
        {"to": "new", "name": " ", "texts": ["a"]},
        {"to": "intent", "name": "no_such", "texts": ["a"]},
        {"to": "refuse", "texts": []},
        {"to": "elsewhere", "texts": ["a"]},
    ],
)
def test_what_cannot_be_added_changes_nothing(ada: Browser, body: dict[str, object]) -> None:
    """No title, no such intent, no text: one sentence says so and the draft is as it was."""
    answer = ada.post("/workshop/inbox", **body)
    assert answer.status_code == 400
    assert answer.json["error"]["message"]
    assert draft(ada).revision == 0


def test_agents_and_strangers_have_no_inbox(staff: Staff) -> None:
    """Only admins decide."""
    bo = staff.browser("Bo Chen")
    assert bo.post("/workshop/inbox", to="refuse", texts=["a"]).status_code == 403
    assert bo.post("/workshop/inbox/read").status_code == 403
    assert bo.get("/workshop/refused").status_code == 403


def test_messages_alike_are_one_group_and_reading_goes_on(
    ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not read at first is said and read on; then what is alike stands together."""
    monkeypatch.setattr("bot.web.workshop_inbox.READ_FIRST", 2)
    odd = ["do penguins have knees", "what do penguins eat", "who won the football last night"]
    for at, text in enumerate(odd):
        ada.staff.says(f"c{at}", text)
    shown = page(ada)
    assert 'data-left="1"' in shown
    assert ada.post("/workshop/inbox/read").json == {"left": 0, "of": 3}
    shown = page(ada)
    assert 'id="unread"' not in shown
    first = shown.split('class="lot"')[1]
    assert "knees" in first
    assert "penguins eat" in first
    assert "football" not in first
