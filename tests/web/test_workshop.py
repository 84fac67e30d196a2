from __future__ import annotations

import html
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from bot.packs import Draft
from bot.pieces import REPLIES, fingerprint, read_piece, write_piece
from bot.pipeline import handle_message
from bot.services import Services
from intents.pack import read_pack
from tests.builders import NOON_MS, make_incoming
from tests.staff import ORIGIN, Browser, Staff

PIECE = ["reply", "store_info", "calm"]
PAGES = [
    "/workshop",
    "/workshop/intents/order_status",
    "/workshop/replies",
    "/workshop/replies/welcome",
    "/workshop/refused",
    "/workshop/facts",
    "/workshop/rules",
    "/workshop/cases",
    "/workshop/files/intents.yaml",
    "/workshop/files/policy.yaml",
    "/workshop/publish",
    "/workshop/history",
    "/workshop/history/1",
]


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def page(browser: Browser, url: str) -> str:
    answer = browser.client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def was(services: Services, piece: list[str]) -> str:
    return fingerprint(read_piece(services.packs.draft().texts, tuple(piece)))


def save(browser: Browser, piece: list[str], value: Any, before: str | None = None) -> Any:
    mark = before or was(browser.staff.services, piece)
    return browser.post("/workshop/draft", piece=piece, value=value, was=mark)


def draft(browser: Browser) -> Draft:
    return browser.staff.services.packs.draft()


@pytest.mark.parametrize("url", PAGES)
def test_every_page_opens_for_an_admin_with_its_fields(ada: Browser, url: str) -> None:
    """Every page renders, and each field's mark is that of what the draft holds."""
    text = page(ada, url)
    assert "<h1" in text
    texts = draft(ada).texts
    for name, mark in re.findall(r'data-piece="([^"]+)" data-was="([^"]+)"', text):
        piece = tuple(json.loads(html.unescape(name)))
        assert fingerprint(read_piece(texts, piece)) == mark, piece
    assert " onclick=" not in text
    assert " style=" not in text


@pytest.mark.parametrize("url", [*PAGES, "/workshop/checks", "/workshop/export"])
def test_agents_and_strangers_stay_out(staff: Staff, url: str) -> None:
    """The workshop is for admins."""
    agent = staff.browser("Bo Chen", "agent")
    assert agent.get(url).status_code == 403
    json_only = {"Accept": "application/json"}
    assert staff.app.test_client().get(url, headers=json_only).status_code == 401
    answer = staff.app.test_client().get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_nothing_is_changed_without_the_sessions_token(ada: Browser) -> None:
    """Another site cannot save or publish in an admin's name."""
    for url in ("/workshop/draft", "/workshop/publish", "/workshop/history/1/restore"):
        assert ada.client.post(url, json={}, headers=ORIGIN).status_code == 403
        assert ada.client.post(url, json={}).status_code == 403


def test_an_unknown_page_is_not_there(ada: Browser) -> None:
    """Names that no pack has give 404 or a sentence, never a broken page."""
    assert ada.get("/workshop/replies/nothing").status_code == 404
    assert ada.get("/workshop/files/secret.txt").status_code == 404
    assert ada.get("/workshop/history/99").status_code == 404
    answer = ada.get("/workshop/intents/nothing")
    assert answer.status_code == 400
    assert "no intent 'nothing'" in answer.json["error"]["message"]


def test_edit_try_publish_and_the_next_customer_hears_it(ada: Browser) -> None:
    """A reply is saved, tried, published with a reason, and answers the next message."""
    saved = save(ada, PIECE, ["We open at nine, always."])
    assert saved.status_code == 200
    assert (saved.json["changes"], saved.json["problem"]) == (1, None)
    tried = ada.post("/workshop/trial", text="what are your opening hours").json
    assert tried["draft"]["by_tone"]["calm"] == "We open at nine, always."
    assert tried["differences"] == ["answers in other words"]
    seen = page(ada, "/workshop/publish")
    assert "We open at nine, always." in seen
    assert "calm:" in seen
    missing = ada.post("/workshop/publish", revision=saved.json["revision"], why="  ")
    assert missing.status_code == 400
    done = ada.post("/workshop/publish", revision=saved.json["revision"], why="New hours")
    assert (done.status_code, done.json["version"]) == (200, 2)
    said = handle_message(ada.staff.services, make_incoming("what are your opening hours"))
    assert said.replies[0].text == "We open at nine, always."
    history = page(ada, "/workshop/history")
    assert "New hours" in history
    assert "Ada Okonkwo" in history
    trail = ada.staff.services.people.trail(10)
    assert any("pack_published" in row.values() for row in trail)


def test_the_words_that_carried_a_feeling_are_for_admins(staff: Staff, ada: Browser) -> None:
    """An admin is told the words by span; agents, strangers and empty sentences are refused."""
    text = "this is ridiculous, third time I ask, where is my parcel??"
    found = ada.post("/workshop/why", text=text)
    assert found.status_code == 200
    felt = found.json["felt"][0]
    assert felt["name"] == "frustration"
    assert {text[slice(*one["span"])] for one in felt["words"]} & {"ridiculous,", "third", "time"}
    assert found.json["read_to"] == len(text)
    assert ada.post("/workshop/why", text="").status_code == 400
    assert staff.browser("Bo Chen").post("/workshop/why", text=text).status_code == 403
    assert ada.client.post("/workshop/why", json={"text": text}).status_code == 403


def test_two_admins_on_the_same_text_see_both(staff: Staff, ada: Browser) -> None:
    """The slower one gets 409 with both texts and can go on from there; nothing is overwritten."""
    sam = staff.browser("Sam Lee", "admin")
    before = was(staff.services, PIECE)
    assert save(ada, PIECE, ["Ada's words."], before).status_code == 200
    slow = save(sam, PIECE, ["Sam's words."], before)
    assert slow.status_code == 409
    assert slow.json["error"]["code"] == "draft_conflict"
    assert "Ada Okonkwo" in slow.json["error"]["message"]
    assert (slow.json["theirs"], slow.json["yours"]) == (["Ada's words."], ["Sam's words."])
    assert read_piece(draft(sam).texts, tuple(PIECE)) == ["Ada's words."]
    assert save(sam, PIECE, ["Joined."], slow.json["was"]).status_code == 200


def test_two_admins_on_different_texts_do_not_collide(staff: Staff, ada: Browser) -> None:
    """Edits of different pieces from the same moment are both kept."""
    sam = staff.browser("Sam Lee", "admin")
    other = ["intent", "order_status", "title"]
    first, second = was(staff.services, PIECE), was(staff.services, other)
    assert save(ada, PIECE, ["Ada's words."], first).status_code == 200
    assert save(sam, other, "Sam's title", second).status_code == 200
    texts = draft(ada).texts
    assert read_piece(texts, tuple(PIECE)) == ["Ada's words."]
    assert read_piece(texts, tuple(other)) == "Sam's title"


def test_a_draft_changed_meanwhile_is_not_published_unseen(ada: Browser) -> None:
    """Publish takes only the draft that was looked at."""
    first = save(ada, PIECE, ["One."]).json["revision"]
    save(ada, PIECE, ["Two."])
    answer = ada.post("/workshop/publish", revision=first, why="x")
    assert answer.status_code == 409
    assert ada.staff.services.packs.live_number() == 1


def test_a_broken_pack_is_refused_and_the_old_keeps_answering(ada: Browser) -> None:
    """File, line and remedy are told, next to the field's name; the draft keeps the words."""
    saved = save(ada, PIECE, ["Hello {{ customer.shoe }}"])
    problem = saved.json["problem"]
    assert problem["file"] == "replies.yaml"
    assert problem["piece"] == PIECE
    lines = draft(ada).texts[REPLIES].splitlines()
    assert "customer.shoe" in lines[problem["line"] - 1]
    assert "Known are" in problem["remedy"]
    assert "This cannot be published yet" in page(ada, "/workshop/publish")
    answer = ada.post("/workshop/publish", revision=saved.json["revision"], why="x")
    assert answer.status_code == 400
    assert "Version 1 keeps answering" in answer.json["error"]["message"]
    tried = ada.post("/workshop/trial", text="hello").json
    assert tried["draft"] is None
    assert tried["live"]["replies"]
    assert tried["problem"]["line"] == problem["line"]
    assert handle_message(ada.staff.services, make_incoming("hello")).replies


def test_a_file_that_is_not_yaml_is_kept_and_shown_at_its_line(ada: Browser) -> None:
    """Broken YAML is not lost: pages that need it show the file and where it is broken."""
    text = draft(ada).texts["intents.yaml"] + "\n broken: [\n"
    saved = save(ada, ["file", "intents.yaml"], text)
    assert saved.status_code == 200
    assert saved.json["problem"]["file"] == "intents.yaml"
    shown = page(ada, "/workshop")
    assert 'id="file"' in shown
    assert "The YAML is broken" in shown
    assert save(ada, ["file", "intents.yaml"], draft(ada).texts["intents.yaml"][:-12]).json


def test_a_new_intent_comes_with_phrases_and_reply_and_goes_again(ada: Browser) -> None:
    """A name is made from the title; removing takes intent and reply out of the draft."""
    made = ada.post(
        "/workshop/intents", title="Gift wrapping", phrases=["wrap it", ""], reply="We wrap."
    )
    assert made.status_code == 200
    assert made.json["name"] == "gift_wrapping"
    assert "wrap it" in page(ada, made.json["url"])
    again = ada.post("/workshop/intents", title="Gift wrapping", phrases=["bow"], reply="x")
    assert again.json["name"] == "gift_wrapping_2"
    for name in ("gift_wrapping", "gift_wrapping_2"):
        assert ada.form(f"/workshop/intents/{name}/remove").status_code == 303
    live = ada.staff.services.packs.live().pack
    assert draft(ada).texts["intents.yaml"] == live.texts["intents.yaml"]


def test_checks_tell_warnings_and_use(ada: Browser) -> None:
    """Near duplicates across intents are new warnings; use counts this week's messages."""
    ada.staff.says("c8", "where is my order")
    phrases = read_piece(draft(ada).texts, ("intent", "goodbye", "phrases"))
    save(ada, ["intent", "goodbye", "phrases"], [*phrases, "where is my order"])
    found = ada.get("/workshop/checks").json
    assert found["used"]["order_status"] >= 1
    assert any("where is my order" in one and "'goodbye'" in one for one in found["new_warnings"])
    assert 0 < found["accuracy"] <= 1
    assert found["unused"] == []


def test_rolling_back_is_one_click(ada: Browser) -> None:
    """An earlier version answers again, and history says which one is live."""
    revision = save(ada, PIECE, ["A mistake."]).json["revision"]
    ada.post("/workshop/publish", revision=revision, why="oops")
    assert "A mistake." in page(ada, "/workshop/history/1")
    assert ada.form("/workshop/history/1/restore").status_code == 303
    assert ada.staff.services.packs.live_number() == 1
    assert ada.form("/workshop/history/77/restore").status_code == 404


def test_the_pack_leaves_and_comes_back_as_files(ada: Browser) -> None:
    """A zip of the draft, edited elsewhere, is brought in as a draft; nothing goes live."""
    answer = ada.client.get("/workshop/export")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert texts == dict(draft(ada).texts)
    changed = write_piece(texts, ("fact", "shop", "name"), "Beans & Co")
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("pack/facts.yaml", changed["facts.yaml"])
        archive.writestr("../../etc/passwd", "x")
    headers = {"Accept": "application/json", "X-CSRF-Token": ada.csrf, **ORIGIN}
    sent = {"files": (io.BytesIO(place.getvalue()), "pack.zip")}
    look = ada.client.post("/workshop/import/look", data=sent, headers=headers)
    assert look.status_code == 200, look.text
    assert draft(ada).is_new
    sent = {"files": (io.BytesIO(place.getvalue()), "pack.zip"), "seen": look.json["seen"]}
    answer = ada.client.post("/workshop/import", data=sent, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json["files"] == ["facts.yaml"]
    assert "Beans &amp; Co" in page(ada, "/workshop/publish")
    for content, name in ((b"PK\x03\x04broken", "pack.zip"), (b"\xff\xfe", "facts.yaml")):
        sent = {"files": (io.BytesIO(content), name)}
        answer = ada.client.post("/workshop/import/look", data=sent, headers=headers)
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"piece": [], "value": "x", "was": ""},
        {"piece": ["file", "../x"], "value": "x", "was": ""},
        {"piece": ["intent", "order_status", "phrases"], "value": {"a": 1}, "was": ""},
        {"piece": PIECE, "value": [1], "was": "x"},
        {"piece": PIECE, "value": ["\0"], "was": ""},
    ],
)
def test_bad_input_is_never_a_5xx(ada: Browser, body: dict[str, Any]) -> None:
    """Whatever is sent, the answer is a sentence."""
    if body.get("was") == "":
        body = {**body, "was": was(ada.staff.services, PIECE)}
    answer = ada.post("/workshop/draft", **body)
    assert answer.status_code in {400, 409}
    assert answer.json["error"]["message"]


def test_long_names_and_odd_letters_do_not_break_a_page(ada: Browser) -> None:
    """Markup in a title is text on every page."""
    title = "<script>alert(1)</script> " + "sehrlangesWort" * 6
    save(ada, ["intent", "order_status", "title"], title)
    for url in ("/workshop", "/workshop/intents/order_status", "/workshop/publish"):
        text = page(ada, url)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_a_draft_begun_on_another_version_says_so(ada: Browser) -> None:
    """Publishing after a colleague rolled back warns that newer work could be undone."""
    services = ada.staff.services
    texts = write_piece(services.packs.live().pack.texts, ("fact", "shop", "name"), "New Name")
    services.packs.publish(texts, "Sam", "quick", NOON_MS)
    save(ada, PIECE, ["Old words."])
    assert "was begun on" not in page(ada, "/workshop/publish")
    services.packs.roll_back(1)
    assert "was begun on version 2, and version 1 is live" in page(ada, "/workshop/publish")


@pytest.fixture
def two_languages(ada: Browser) -> Browser:
    """Give an admin's browser where the small pack in English and German is live."""
    folder = Path(__file__).parents[1] / "packs" / "kiosk"
    ada.staff.services.packs.publish(read_pack(folder).texts, "Ada", "two languages", NOON_MS)
    return ada


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("/workshop", "en, de</span>"),
        ("/workshop/replies", "en, de</span>"),
        (
            "/workshop/intents/order_status",
            'German (de) <span class="soft small">3 wordings</span>',
        ),
        ("/workshop/intents/invoice", "no wording: a person is brought in"),
        ("/workshop/replies/solved", "What a button says that asks for this, German (de)"),
    ],
)
def test_pages_show_which_languages_a_reply_has(
    two_languages: Browser, url: str, shown: str
) -> None:
    """Lists and pages of a pack of two languages tell them, each field with its mark."""
    text = page(two_languages, url)
    assert shown in text
    texts = draft(two_languages).texts
    for name, mark in re.findall(r'data-piece="([^"]+)" data-was="([^"]+)"', text):
        piece = tuple(json.loads(html.unescape(name)))
        assert fingerprint(read_piece(texts, piece)) == mark, piece
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(set(ids)) == len(ids)


def test_a_german_wording_is_written_tried_and_said(two_languages: Browser) -> None:
    """What brought a person is answered once it has a German wording, and English stays."""
    ada, piece = two_languages, ["reply", "invoice", "in", "de", "calm"]
    question = "wo finde ich meine Rechnung"
    tried = ada.post("/workshop/trial", text=question).json["draft"]
    assert (tried["language"], tried["escalate"]) == ("German (de)", True)
    saved = save(ada, piece, ["Die Rechnung liegt im Paket."])
    assert (saved.json["changes"], saved.json["problem"]) == (1, None)
    tried = ada.post("/workshop/trial", text=question).json["draft"]
    assert [one["text"] for one in tried["replies"]] == ["Die Rechnung liegt im Paket."]
    assert tried["replies"][0]["template"] == "invoice/de/calm/0"
    assert "Reply for “An invoice” in German (de)" in page(ada, "/workshop/publish")
    english = read_piece(draft(ada).texts, ("reply", "invoice", "calm"))
    assert english == ["Your invoice is in the parcel."]
    broken = save(ada, piece, ["{{ nobody }}"]).json["problem"]
    assert broken["piece"] == piece


def test_a_language_may_be_half_written(two_languages: Browser) -> None:
    """A draft with a language that is not listed, or no list of languages, still opens."""
    ada = two_languages
    texts = dict(draft(ada).texts)
    intents = texts["intents.yaml"].replace("languages: [en, de]", "languages: [en]")
    saved = save(ada, ["file", "intents.yaml"], intents)
    assert "does not list the language 'de'" in saved.json["problem"]["problem"]
    assert "the pack does not list this language" in page(ada, "/workshop/intents/order_status")
    save(ada, ["file", "intents.yaml"], intents.replace("languages: [en]", "languages: 3"))
    assert "German (de)" in page(ada, "/workshop/intents/order_status")
