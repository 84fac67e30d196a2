"""Bringing in files: what they would change is told first, and what is wrong names its place."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from bot.pieces import write_piece
from bot.services import Services
from intents.pack import CASES, FACTS, INTENTS, POLICY, REPLIES
from tests.staff import ORIGIN, Browser, Staff


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def send(ada: Browser, files: dict[str, bytes], url: str = "/look", **more: str) -> Any:
    uploads = [FileStorage(io.BytesIO(content), name) for name, content in files.items()]
    boundary, body = encode_multipart({"files": uploads, **more})
    headers = {"Accept": "application/json", "X-CSRF-Token": ada.csrf, **ORIGIN}
    headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
    return ada.client.post(f"/workshop/import{url}", data=body, headers=headers)


def texts(ada: Browser) -> dict[str, str]:
    return dict(ada.staff.services.packs.live().pack.texts)


def test_what_is_added_changed_and_lost_is_told_before(ada: Browser) -> None:
    """Nothing is kept by looking; what was looked at becomes the draft, and only that."""
    packs, new = ada.staff.services.packs, texts(ada)
    new = write_piece(new, ("reply", "store_info", "calm"), ["We open at eight."])
    phrases = packs.live().pack.intents[0].phrases
    new = write_piece(
        new, ("intent", packs.live().pack.intents[0].name, "phrases"), list(phrases[1:])
    )
    new = write_piece(new, ("intent", "store_info", "phrases"), ["when do you open, then"])
    files = {name: new[name].encode() for name in (INTENTS, REPLIES)}
    look = send(ada, {**files, "notes.txt": b"x"}).json
    assert (look["files"], look["left_out"], look["problem"]) == (
        [INTENTS, REPLIES],
        ["notes.txt"],
        "",
    )
    told = {one["kind"]: [row["sentence"] for row in one["changes"]] for one in look["groups"]}
    assert any(
        "Reply for “Shops, hours and contact”" in one or "Reply" in one for one in told["changed"]
    )
    assert any("1 phrase removed" in one for one in told["lost"])
    assert packs.draft().is_new
    assert send(ada, files, "", seen="0" * 16).status_code == 409
    done = send(ada, files, "", seen=look["seen"])
    assert done.status_code == 200
    assert packs.draft().texts == new
    assert packs.live_number() == 1


def test_edits_of_the_draft_that_would_be_lost_are_told(ada: Browser) -> None:
    """A draft changed after the look is not overwritten, and its edits are named before."""
    packs = ada.staff.services.packs
    mine = write_piece(texts(ada), ("fact", "shop", "name"), "Draft Beans")
    packs.save_draft(mine, 0, "Sam", 1)
    files = {FACTS: texts(ada)[FACTS].replace("Bean", "Been").encode()}
    look = send(ada, files).json
    assert len(look["replaced"]) == 1
    assert look["replaced_by"] == "Sam"
    packs.save_draft({**mine, POLICY: mine[POLICY] + "\n"}, 1, "Sam", 2)
    assert send(ada, files, "", seen=look["seen"]).status_code == 409
    assert packs.draft().texts[FACTS] == mine[FACTS]


WORDING = "schema: 1\nreplies:\n  {name}:\n    calm:\n      - {text}\n"
LIQUID = {
    "a loop": ("{% for x in (1..999999999) %}x{% endfor %}", "uses the tag 'for'"),
    "a while": ("{% tablerow i in facts %}{% endtablerow %}", "uses the tag 'tablerow'"),
    "another's data": ("{{ settings.secret }}", "unknown variable"),
    "the inside": ("{{ customer.__class__ }}", "unknown variable"),
    "a file": ("{% include 'policy.yaml' %}", ""),
    "assigning": ("{% assign a = 'x' %}{{ a }}", "uses the tag 'assign'"),
    "half a mark": ("{{ customer.first_name", ""),
    "half a tag": ("{% if order.number %}x", ""),
    "1 MB": ("x" * 1_048_576, "characters"),
}


@pytest.mark.parametrize(("text", "words"), LIQUID.values(), ids=LIQUID)
def test_bad_liquid_is_refused_with_its_line(ada: Browser, text: str, words: str) -> None:
    """What loops, reads what it must not, is far too long or broken never becomes a draft."""
    live = texts(ada)
    new = write_piece(live, ("reply", "store_info", "calm"), [text])[REPLIES]
    answer = send(ada, {REPLIES: new.encode()})
    assert answer.status_code == 400
    message = answer.json["error"]["message"]
    assert message.startswith("replies.yaml, line ")
    assert words in message
    assert ada.staff.services.packs.draft().is_new


def bomb() -> bytes:
    """Give a small file that its aliases would make hundreds of millions of values."""
    rows = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for one, before in zip("bcdefghi", "abcdefgh", strict=True):
        rows.append(f"{one}: &{one} [{','.join([f'*{before}'] * 9)}]")
    return "\n".join(rows).encode()


TWICE = b"shop:\n  name: a\n  name: b\n"
NO_RULE = b"schema: 1\nsla_minutes:\n  urgent: -1\n"
LATIN = "shop:\n  name: Café\n".encode("latin-1")
BAD = {
    "a key twice": (FACTS, TWICE, "facts.yaml, line 3, column 3: 'shop.name' is there twice"),
    "a tab": (POLICY, b"limits:\n\tperson: 1\n", "policy.yaml, line 2, column 1: A tab stands"),
    "a bracket": (INTENTS, b"intents: [\n", "intents.yaml, line 2, column 1: The YAML is broken"),
    "Latin-1": (FACTS, LATIN, "facts.yaml, line 2, column 12: The file is not UTF-8"),
    "UTF-16": (FACTS, "shop: {}\n".encode("utf-16"), "facts.yaml, line 1, column 1: "),
    "a wrong rule": (POLICY, NO_RULE, "policy.yaml, line 3: "),
    "a wrong case": (CASES, b"cases:\n  - name: x\n", "cases.yaml, line 2: "),
    "an alias bomb": (FACTS, bomb(), "facts.yaml, line "),
}


@pytest.mark.parametrize(("file", "content", "begins"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_at_its_place(
    ada: Browser, file: str, content: bytes, begins: str
) -> None:
    """File, line and, where a text cannot be read, column; from a zip as well."""
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(f"pack/{file}", content)
    for files in ({file: content}, {"pack.zip": place.getvalue()}):
        answer = send(ada, files)
        assert answer.status_code == 400
        assert answer.json["error"]["message"].startswith(begins)
    assert ada.staff.services.packs.draft().is_new


def test_50_mb_are_refused_with_their_size(ada: Browser) -> None:
    """Neither a large file nor a small zip of one is taken, and each is told."""
    answer = send(ada, {FACTS: b"x" * 50 * 1_048_576})
    assert answer.status_code == 413
    assert "50 MB" in answer.json["error"]["message"]
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FACTS, b"x" * 50 * 1_048_576)
    answer = send(ada, {"pack.zip": place.getvalue()})
    assert answer.status_code == 400
    assert "facts.yaml in the zip is too large: 52,428,800 bytes" in answer.json["error"]["message"]


def test_one_file_twice_is_refused(ada: Browser) -> None:
    """Neither wins silently."""
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(f"a/{FACTS}", "shop: {}\n")
        archive.writestr(f"b/{FACTS}", "shop: {}\n")
    answer = send(ada, {"pack.zip": place.getvalue()})
    assert "facts.yaml is there twice" in answer.json["error"]["message"]


def test_what_another_file_lacks_can_still_be_written(ada: Browser) -> None:
    """A new intent without its reply becomes the draft, with what is missing told."""
    new = texts(ada)[INTENTS].replace(
        "intents:\n", "intents:\n  - name: decaf\n    phrases: [decaf pods]\n", 1
    )
    look = send(ada, {INTENTS: new.encode()}).json
    assert "decaf" in look["problem"]
    assert look["groups"][0]["kind"] == "added"
    assert send(ada, {INTENTS: new.encode()}, "", seen=look["seen"]).json["problem"]
