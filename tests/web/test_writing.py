"""Writing over HTTP: replies to choose from, blanks that are never sent, and taking back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.staff import Browser, Staff

TALK = "/desk/conversations/c1"


@pytest.fixture
def ana(staff: Staff) -> Browser:
    """Give an agent's browser."""
    return staff.browser("Ana Lima")


@pytest.fixture
def bo(staff: Staff) -> Browser:
    """Give another agent's browser."""
    return staff.browser("Bo Chen")


def _take(browser: Browser) -> int:
    answer = browser.post(f"{TALK}/claim", op=f"take-{browser.person.id}", ticket="c1#1")
    assert answer.status_code == 200, answer.text
    return int(answer.json["ticket"]["token"])


def _replies(browser: Browser, conversation: str = "c1") -> dict[str, dict[str, Any]]:
    answer = browser.get(f"/desk/conversations/{conversation}/replies")
    assert answer.status_code == 200, answer.text
    return {one["name"]: one for one in answer.json["replies"]}


def test_what_fits_stands_first(staff: Staff, ana: Browser) -> None:
    """The reply to what was asked comes first, filled with what the customer said; canned next."""
    staff.says("c1", "where is my parcel? order 20416")
    found = _replies(ana)
    names = list(found)
    assert names[0] == "order_status"
    assert found["order_status"]["told"]
    assert "{{" not in found["order_status"]["text"]
    assert "order 20416" in found["taking_a_look"]["text"]
    assert found["boundary"]["canned"]
    assert names.index("boundary") < names.index(
        next(n for n in names if found[n]["score"] == 0 and not found[n]["canned"])
    )


def test_the_bots_own_words_are_not_offered(staff: Staff, ana: Browser) -> None:
    """An agent is never offered to call themselves a bot."""
    staff.says("c1", "hello")
    found = _replies(ana)
    assert not {"welcome", "greeting", "bot_question", "handoff", "talk_to_human"} & set(found)
    texts = " ".join(one["text"] for one in found.values())
    assert "automated" not in texts
    assert "talk to a person" not in texts
    assert len(found) > 30


def test_what_nobody_knows_is_a_blank(staff: Staff, ana: Browser) -> None:
    """Without an order number the reply shows where one belongs, and cannot be sent so."""
    staff.says("c1", "a person please")
    text = _replies(ana)["taking_a_look"]["text"]
    assert "{{ order.number }}" in text
    token = _take(ana)
    for later in (False, True):
        answer = ana.post(f"{TALK}/reply", op=f"r{later}", token=token, text=text, later=later)
        assert answer.status_code == 400
        assert answer.json["error"]["code"] == "half_filled"
        assert "{{ order.number }}" in answer.json["error"]["message"]
    filled = text.replace("{{ order.number }}", "20416")
    assert ana.post(f"{TALK}/reply", op="r3", token=token, text=filled).status_code == 200


def test_no_second_apology_is_offered(staff: Staff, ana: Browser) -> None:
    """Once the customer was told sorry, no reply that has another wording says it again."""
    staff.says("c3", "a person please")
    claim = ana.post("/desk/conversations/c3/claim", op="take", ticket="c3#1").json
    before = sum("sorry" in one["text"].lower() for one in _replies(ana, "c3").values())
    assert before >= 1
    said = {"op": "r1", "token": claim["ticket"]["token"], "text": "I'm sorry about that."}
    assert ana.post("/desk/conversations/c3/reply", **said).status_code == 200
    assert not any("sorry" in one["text"].lower() for one in _replies(ana, "c3").values())


def test_kept_then_sent_then_too_late(staff: Staff, ana: Browser, bo: Browser) -> None:
    """A kept reply is in the story, only its writer takes it back, and sent is sent."""
    staff.says("c1", "a person please")
    token = _take(ana)
    kept = ana.post(f"{TALK}/reply", op="r1", token=token, text="Hello", later=True).json
    assert [(one["op"], one["text"]) for one in kept["sending"]] == [("r1", "Hello")]
    assert 0 < kept["sending"][0]["left_ms"] <= 5_000
    assert [one["op"] for one in bo.get(TALK).json["sending"]] == ["r1"]
    assert bo.post(f"{TALK}/undo", op="r1").status_code == 409
    assert ana.post(f"{TALK}/deliver", op="r1").json == {"ok": True}
    assert ana.post(f"{TALK}/undo", op="r1").json == {"undone": False}
    story = ana.get(TALK).json
    assert story["sending"] == []
    assert [one["text"] for one in story["entries"] if one.get("author") == "agent"] == ["Hello"]


def test_hints_of_a_draft(staff: Staff, ana: Browser) -> None:
    """A promise says by when; a second sorry names who said it first; nothing is kept."""
    staff.says("c1", "a person please")
    token = _take(ana)
    first = ana.post(f"{TALK}/hints", text="I'm so sorry. We'll refund you tomorrow.").json
    assert first["promise"]["text"] == "We'll refund you tomorrow."
    assert first["promise"]["timed"]
    assert first["apologies"] == []
    ana.post(f"{TALK}/reply", op="r1", token=token, text="Sorry about that.")
    again = ana.post(f"{TALK}/hints", text="I apologise.").json
    assert again["promise"] is None
    assert [(one["author"], one["name"]) for one in again["apologies"]] == [("agent", "Ana")]
    assert ana.post(f"{TALK}/hints", text="Here it is.").json["apologies"] == []
    assert "refund you tomorrow" not in str(ana.get(TALK).json["entries"])


def test_a_promise_over_http(staff: Staff, ana: Browser, bo: Browser) -> None:
    """Made with a reply, in everybody's list, kept by a colleague, once."""
    staff.says("c1", "a person please")
    token = _take(ana)
    due = staff.services.clock() + 3_600_000
    body = {"text": "I'll call you.", "later": True, "promise": {"text": "I'll call you."}}
    wrong = ana.post(f"{TALK}/reply", op="r0", token=token, **body)
    assert wrong.status_code == 400
    body["promise"] = {"text": "I'll call you.", "due_ms": due}
    ana.post(f"{TALK}/reply", op="r1", token=token, **body)
    ana.post(f"{TALK}/deliver", op="r1")
    listed = bo.get("/desk/tickets?view=promised").json
    assert listed["counts"]["promised"] == len(listed["tickets"]) == 1
    assert listed["tickets"][0]["promise"]["text"] == "I'll call you."
    assert bo.post(f"{TALK}/promises/r1", why="").status_code == 400
    assert bo.post(f"{TALK}/promises/r1", why=None).json == {"ended": True}
    assert bo.post(f"{TALK}/promises/r1", why=None).json == {"ended": False}
    assert bo.get("/desk/tickets?view=promised").json["counts"]["promised"] == 0


def test_rest_over_http(staff: Staff, ana: Browser, bo: Browser) -> None:
    """Lists and counts agree before, during and after; nobody else puts it to rest."""
    staff.says("c1", "a person please")
    token = _take(ana)
    until = staff.services.clock() + 3_600_000
    assert bo.post(f"{TALK}/snooze", op="s0", token=token, until_ms=until).status_code == 409
    assert ana.post(f"{TALK}/snooze", op="s1", token=token, until_ms=1).status_code == 400
    assert ana.post(f"{TALK}/snooze", op="s2", token=token, until_ms=until).status_code == 200
    for view, count in (("mine", 0), ("snoozed", 1)):
        body = ana.get(f"/desk/tickets?view={view}").json
        assert len(body["tickets"]) == body["counts"][view] == count
    assert ana.get(TALK).json["snoozed_ms"] == until
    assert ana.post(f"{TALK}/wake", op="w1", token=token).status_code == 200
    body = ana.get("/desk/tickets?view=mine").json
    assert len(body["tickets"]) == body["counts"]["mine"] == 1
    assert body["tickets"][0]["ticket"]["token"] > token


def test_search_over_http(staff: Staff, ana: Browser) -> None:
    """Words find conversations with their line; of one holder if asked; not too long."""
    staff.says("c1", "a person please, my Grinder rattles")
    staff.says("c2", "do you sell a grinder?")
    found = ana.get("/desk/search?q=grinder").json
    assert [one["conversation"] for one in found["tickets"]] == ["c2", "c1"]
    assert "Grinder rattles" in found["tickets"][1]["found"]
    assert found["before"] is None
    only = ana.get("/desk/search?q=grinder&with=waiting").json["tickets"]
    assert [one["conversation"] for one in only] == ["c1"]
    assert ana.get("/desk/search?q=").json["tickets"] == []
    for wrong in (f"q={'x' * 201}", "q=x&before=y", "q=x&before=-1"):
        assert ana.get(f"/desk/search?{wrong}").status_code == 400


def test_a_named_colleague_is_told_until_they_look(staff: Staff, ana: Browser, bo: Browser) -> None:
    """@Bo stands in Bo's list and count, not in Ana's, and goes when Bo looks."""
    staff.says("c1", "a person please")
    note = ana.post(f"{TALK}/note", op="n1", text="@bo do you know her? @nobody").json["entry"]
    assert note["mentions"] == ["Bo Chen"]
    listed = bo.get("/desk/tickets?view=mentions").json
    assert [one["conversation"] for one in listed["tickets"]] == ["c1"]
    assert listed["counts"]["mentions"] == 1
    assert ana.get("/desk/tickets?view=mentions").json["counts"]["mentions"] == 0
    assert bo.post(f"{TALK}/looking", there=True).json == {"seen": True}
    assert bo.get("/desk/tickets?view=mentions").json["counts"]["mentions"] == 0
    assert bo.post(f"{TALK}/looking", there=True).json == {"seen": False}


@pytest.mark.parametrize("text", ["write to bo@example.com", "@Bobby and @Box", "Bo Chen knows"])
def test_an_address_mentions_nobody(staff: Staff, ana: Browser, bo: Browser, text: str) -> None:
    """Only an @ before a whole name of a colleague calls them."""
    staff.says("c1", "a person please")
    assert "mentions" not in ana.post(f"{TALK}/note", op="n1", text=text).json["entry"]
    assert bo.get("/desk/tickets?view=mentions").json["counts"]["mentions"] == 0


def test_who_is_looking(staff: Staff, ana: Browser, bo: Browser) -> None:
    """Colleagues see who has a conversation open, until they leave it."""
    staff.says("c1", "hello")
    bo.post(f"{TALK}/looking", there=True)
    assert [one["name"] for one in ana.get(TALK).json["looking"]] == ["Bo"]
    bo.post(f"{TALK}/looking", there=False)
    assert ana.get(TALK).json["looking"] == []
    assert bo.post("/desk/conversations/none/looking", there=True).status_code == 404
