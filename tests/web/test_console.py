"""The desk's addresses: lists that agree with their counts, one holder at a time, live by ids."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bot.live import Wake
from bot.stored import Change
from bot.values import Entry
from bot.web.console import _news
from bot.web.limits import Buckets
from bot.web.streams import events
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


def _take(browser: Browser, conversation: str = "c1", op: str = "take") -> int:
    url = f"/desk/conversations/{conversation}/claim"
    answer = browser.post(url, op=f"{op}-{browser.person.id}", ticket=f"{conversation}#1")
    assert answer.status_code == 200, answer.text
    return answer.json["ticket"]["token"]


def test_lists_agree_with_their_counts(staff: Staff, ana: Browser) -> None:
    """Waiting and mine count exactly what they list, before and after taking one."""
    for number in range(5):
        staff.says(f"c{number}", "a person please")
    staff.says("b1", "do you ship to norway?")
    waiting = ana.get("/desk/tickets?view=waiting").json
    rest = {"mine": 0, "snoozed": 0, "promised": 0, "mentions": 0}
    assert waiting["counts"] == {"waiting": 5, **rest}
    assert len(waiting["tickets"]) == 5
    _take(ana)
    for view, count in (("waiting", 4), ("mine", 1)):
        body = ana.get(f"/desk/tickets?view={view}").json
        assert len(body["tickets"]) == body["counts"][view] == count
    assert len(ana.get("/desk/tickets?view=open").json["tickets"]) == 6
    assert ana.get("/desk/tickets?view=all").status_code == 400


def test_every_list_brings_what_one_holds(staff: Staff, ana: Browser) -> None:
    """The tokens of all one holds come with any list, so that one question keeps them alive."""
    staff.says("c1", "a person please")
    staff.says("c2", "a person please")
    token = _take(ana)
    for view in ("waiting", "mine", "open", "closed"):
        held = ana.get(f"/desk/tickets?view={view}").json["mine"]
        assert [(one["conversation"], one["ticket"]["token"]) for one in held] == [("c1", token)]


def test_a_story_comes_end_first_and_goes_on(staff: Staff, ana: Browser) -> None:
    """Its newest entries, the whole, and what came after one fit together without a gap."""
    for _ in range(3):
        staff.says("c1", "do you ship to norway?")
    end = ana.get(f"{TALK}?newest=4").json
    whole = ana.get(TALK).json
    assert not end["whole"]
    assert whole["whole"]
    assert len(whole["entries"]) > 4
    assert end["entries"] == whole["entries"][-4:]
    assert ana.get(f"{TALK}?newest=80").json["entries"] == whole["entries"]
    last = whole["entries"][-1]["id"]
    assert ana.get(f"{TALK}?after={last}").json["entries"] == []
    staff.says("c1", "a person please")
    news = ana.get(f"{TALK}?after={last}").json
    assert news["card"] == ana.get(TALK).json["card"]
    assert [*whole["entries"], *news["entries"]] == ana.get(TALK).json["entries"]
    for wrong in ("newest=0", "newest=x", "after=x"):
        assert ana.get(f"{TALK}?{wrong}").status_code == 400


def test_waiting_list_is_due_first(staff: Staff, ana: Browser) -> None:
    """Who is due first stands first, whatever the order they came in."""
    staff.says("c1", "a person please")
    staff.says("c2", "my throat is swelling, I have a nut allergy")
    rows = ana.get("/desk/tickets?view=waiting").json["tickets"]
    assert [row["conversation"] for row in rows] == ["c2", "c1"]
    assert rows[0]["ticket"]["priority"] == "urgent"


def test_story_brings_the_card(staff: Staff, ana: Browser) -> None:
    """A conversation opens with what they want, why, what was answered, and facts found."""
    staff.says("c1", "where is my parcel? order 20416")
    staff.says("c1", "still nothing, you said that already. a person! me@example.com")
    story = ana.get(TALK).json
    card = story["card"]
    assert [one["value"] for one in card["facts"]] == ["20416", "me@example.com"]
    assert card["reasons"][0]["sentence"]
    messages = {one["id"]: one for one in story["entries"] if one["kind"] == "message"}
    for reason in card["reasons"]:
        for one in reason["evidence"]:
            start, end = one["span"]
            assert messages[one["message"]]["text"][start:end] == one["text"]
    assert [one["name"] for one in card["answered"]] == ["order_status"]
    assert card["mood"]["words"]


def test_looking_is_noted_once_a_session(staff: Staff, ana: Browser) -> None:
    """The audit trail says who read which conversation, once for each session."""
    staff.says("c1", "hello")
    for _ in range(3):
        ana.get(TALK)
    reads = [one for one in staff.services.people.trail() if one["what"] == "read"]
    assert [(one["person"], one["about"]) for one in reads] == [(ana.person.id, "c1")]


def _reading(browser: Browser) -> dict[str, Any]:
    story = browser.get(TALK).json
    return next(one for one in reversed(story["entries"]) if one["kind"] == "reading")


def test_why_a_message_was_read_so(staff: Staff, ana: Browser) -> None:
    """An agent is told the phrases that pulled and the words that carried; the look is noted."""
    text = "<b>this</b> is ridiculous 😡,  third time I ask, where is my parcel??"
    staff.says("c1", text)
    recent = staff.services.conversations.load("c1", recent=9).recent
    entry = next(one for one in recent if one.kind == "reading")
    why = ana.get(f"{TALK}/readings/{entry.id}/why")
    assert why.status_code == 200
    row = why.json
    assert row["pulled"][0]["towards"][0]["phrase"]
    assert row["felt"][0]["name"] == "frustration"
    assert not row["changed"]
    told = {text[slice(*one["span"])] for one in row["felt"][0]["words"]}
    assert told & {"ridiculous", "third", "time", "😡"}
    reads = [one for one in staff.services.people.trail() if one["what"] == "read"]
    assert [(one["person"], one["about"]) for one in reads] == [(ana.person.id, "c1")]


def test_a_reading_of_another_model_is_told_apart(staff: Staff, ana: Browser) -> None:
    """Where today's model reads a message otherwise than was noted, the answer says so."""
    staff.says("c1", "where is my parcel")
    recent = staff.services.conversations.load("c1", recent=9).recent
    note = next(one for one in recent if one.kind == "reading")
    data = {**note.data, "reading": {**note.data["reading"], "intent": "thanks"}}
    staff.services.conversations.change("c1", Change((Entry("reading", "desk", 1, data),)), 1)
    assert ana.get(f"{TALK}/readings/{_reading(ana)['id']}/why").json["changed"]


def test_why_is_asked_of_readings_only(staff: Staff, ana: Browser) -> None:
    """Messages, other conversations, made-up ids and strangers get no explanation."""
    staff.says("c1", "where is my parcel")
    staff.says("c2", "do you ship to norway?")
    entry = _reading(ana)
    for path in (
        f"{TALK}/readings/{entry['message_id']}/why",
        f"/desk/conversations/c2/readings/{entry['id']}/why",
        f"/desk/conversations/none/readings/{entry['id']}/why",
        *(f"{TALK}/readings/{one}/why" for one in ("x", "1", "-", "0-0", "1-1-1", "+")),
    ):
        assert ana.get(path).status_code == 404, path
    url = f"{TALK}/readings/{entry['id']}/why"
    stranger = staff.app.test_client().get(url, headers={"Accept": "application/json"})
    assert stranger.status_code == 401


def test_why_is_not_asked_without_end(staff: Staff, ana: Browser, bo: Browser) -> None:
    """One person's many questions are put off with Retry-After; a colleague may still ask."""
    staff.app.extensions["attune_limits"] = Buckets(lambda: 0.0)
    staff.says("c1", "where is my parcel")
    url = f"{TALK}/readings/{_reading(ana)['id']}/why"
    answers = [ana.get(url) for _ in range(20)]
    late = next(one for one in answers if one.status_code != 200)
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) >= 1
    assert bo.get(url).status_code == 200


def test_unknown_conversation_is_404(ana: Browser) -> None:
    """What is not there is said so, and nothing breaks."""
    assert ana.get(TALK).status_code == 404
    assert ana.post(f"{TALK}/note", op="o1", text="x").status_code == 404
    assert ana.post(f"{TALK}/step-in", op="o1").status_code == 404


def test_one_of_two_agents_wins(staff: Staff, ana: Browser, bo: Browser) -> None:
    """Two who take the same ticket at once: one has it, the other reads 409 with a sentence."""
    staff.says("c1", "a person please")
    barrier, answers = threading.Barrier(2), []

    def take(browser: Browser) -> None:
        barrier.wait()
        answers.append(browser.post(f"{TALK}/claim", op=browser.person.id, ticket="c1#1"))

    threads = [threading.Thread(target=take, args=(one,)) for one in (ana, bo)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.status_code for one in answers) == [200, 409]
    loser = next(one for one in answers if one.status_code == 409)
    assert loser.json["error"]["code"] == "ticket_taken"


def test_claim_must_fit_the_conversation(staff: Staff, ana: Browser) -> None:
    """A ticket of another conversation cannot be taken under this address."""
    staff.says("c2", "a person please")
    assert ana.post(f"{TALK}/claim", op="o1", ticket="c2#1").status_code == 400


def test_next_takes_who_is_due_first(staff: Staff, ana: Browser) -> None:
    """Taking the next gives the one due first, and null when nobody waits."""
    assert ana.post("/desk/next", op="o1").json == {"ticket": None, "left": 0}
    staff.says("c1", "a person please")
    staff.says("c2", "my throat is swelling, I have a nut allergy")
    assert ana.post("/desk/next", op="o2").json["ticket"]["conversation"] == "c2"


def test_reply_reaches_the_customer_once(staff: Staff, ana: Browser) -> None:
    """The same send twice is one message, and the bot keeps silent afterwards."""
    staff.says("c1", "a person please")
    token = _take(ana)
    one = ana.post(f"{TALK}/reply", op="r1", token=token, text="Hello Robin")
    two = ana.post(f"{TALK}/reply", op="r1", token=token, text="Hello Robin")
    assert one.json["entry"]["id"] == two.json["entry"]["id"]
    assert staff.says("c1", "thanks").replies == ()
    said = [one for one in ana.get(TALK).json["entries"] if one.get("author") == "agent"]
    assert [one["text"] for one in said] == ["Hello Robin"]


def test_only_the_holder_replies(staff: Staff, ana: Browser, bo: Browser) -> None:
    """A colleague's reply is refused with 409, even with the right token; a note is welcome."""
    staff.says("c1", "a person please")
    token = _take(ana)
    refused = bo.post(f"{TALK}/reply", op="r1", token=token, text="me too")
    assert refused.status_code == 409
    assert bo.post(f"{TALK}/note", op="n1", text="I know them").status_code == 200
    kinds = [one["kind"] for one in ana.get(TALK).json["entries"]]
    assert kinds.count("note") == 1


def test_stale_tab_cannot_write(staff: Staff, ana: Browser, bo: Browser) -> None:
    """A tab that slept while a colleague took over gets 409 for everything, and what to do."""
    staff.says("c1", "a person please")
    token = _take(ana)
    assert ana.post(f"{TALK}/release", op="x", token=token).status_code == 200
    _take(bo)
    for what in ("reply", "release", "resolve", "hand-back"):
        body = {"op": f"o-{what}", "token": token} | ({"text": "late"} if what == "reply" else {})
        late = ana.post(f"{TALK}/{what}", **body)
        assert late.status_code == 409, what
        assert late.json["error"]["code"] == "stale_token"
        told = late.json["error"]["message"]
        assert any(way in told for way in ("claim it again", "ask them to hand it over")), told
    assert ana.get("/desk/tickets?view=mine").json["tickets"] == []


def test_transfer_gives_it_to_a_colleague(staff: Staff, ana: Browser, bo: Browser) -> None:
    """The colleague holds it under a new token and sees the note; the giver's token is void."""
    staff.says("c1", "a person please")
    token = _take(ana)
    given = ana.post(
        f"{TALK}/transfer", op="t1", token=token, to=bo.person.id, note="They like tea"
    )
    assert given.json == {"ok": True, "to": "Bo"}
    row = bo.get("/desk/tickets?view=mine").json["tickets"][0]
    assert row["ticket"]["token"] > token
    late = ana.post(f"{TALK}/reply", op="r1", token=token, text="late")
    assert late.status_code == 409
    notes = [one["text"] for one in bo.get(TALK).json["entries"] if one["kind"] == "note"]
    assert notes == ["They like tea"]
    gone = bo.post(f"{TALK}/transfer", op="t2", token=row["ticket"]["token"], to="nobody")
    assert gone.status_code == 404


def test_resolve_gives_the_bot_its_voice_back(staff: Staff, ana: Browser) -> None:
    """After resolving the ticket is closed and the next message is answered by the bot."""
    staff.says("c1", "a person please")
    token = _take(ana)
    assert ana.post(f"{TALK}/resolve", op="x1", token=token).status_code == 200
    assert ana.get("/desk/tickets?view=closed").json["tickets"][0]["ticket"]["state"] == "resolved"
    assert staff.says("c1", "do you ship to norway?").replies


def test_hand_back_asks_no_rating(staff: Staff, ana: Browser) -> None:
    """Handing back returns to the bot without a word about rating."""
    staff.says("c1", "a person please")
    token = _take(ana)
    assert ana.post(f"{TALK}/hand-back", op="x1", token=token).status_code == 200
    story = ana.get(TALK).json
    assert story["holder"] == "bot"
    assert [one["what"] for one in story["entries"] if one["kind"] == "event"][-1] == "handed_back"


def test_step_in_takes_a_conversation_from_the_bot(staff: Staff, ana: Browser) -> None:
    """An agent may join unasked; the conversation is theirs from then on."""
    staff.says("c1", "do you ship to norway?")
    ticket = ana.post(f"{TALK}/step-in", op="s1").json["ticket"]
    assert ticket["agent"] == ana.person.id
    story = ana.get(TALK).json
    assert story["holder"] == "agent"
    assert story["card"]["reasons"][0]["code"] == "agent_joined"


def test_heartbeat_tells_what_was_lost(staff: Staff, ana: Browser) -> None:
    """A heartbeat shows who is on duty and names tickets held no more."""
    staff.says("c1", "a person please")
    token = _take(ana)
    alive = ana.post("/desk/heartbeat", available=True, tokens={"c1#1": token})
    said = {"available": True, "finishing": False, "sent_away": False}
    assert alive.json == {"lost": [], "on_duty": 1, **said}
    ana.post(f"{TALK}/release", op="x", token=token)
    after = ana.post("/desk/heartbeat", available=False, chosen=True, tokens={"c1#1": token})
    assert after.json == {"lost": ["c1#1"], "on_duty": 0, **said, "available": False}
    assert b"On a break" in ana.get("/desk").data


def test_a_second_tab_does_not_end_a_break(ana: Browser, staff: Staff) -> None:
    """A beat without a choice changes nothing and tells what was chosen last, elsewhere."""
    ana.post("/desk/heartbeat", available=True, tokens={})
    ana.post("/desk/heartbeat", available=False, chosen=True, tokens={})
    other = ana.post("/desk/heartbeat", available=True, tokens={}).json
    assert (other["available"], other["on_duty"]) == (False, 0)
    assert staff.services.presence.state(ana.person.id, staff.services.clock()) == "away"
    ana.post("/desk/heartbeat", available=True, finishing=True, chosen=True, tokens={})
    other = ana.post("/desk/heartbeat", available=True, tokens={}).json
    assert (other["available"], other["finishing"], other["on_duty"]) == (True, True, 0)


def test_team_says_who_is_here(staff: Staff, ana: Browser, bo: Browser) -> None:
    """Colleagues are listed without oneself, with whether they are here."""
    bo.post("/desk/heartbeat", available=False, tokens={})
    assert ana.get("/desk/team").json["team"] == [
        {"id": bo.person.id, "name": "Bo Chen", "state": "away"}
    ]


def test_news_carries_ids_only() -> None:
    """A stream says that something changed, never what somebody wrote."""
    typed = {"conversation": "c1", "author": "customer", "name": ""}
    wake = Wake(frozenset({"c2", "c1"}), queue=True, typing=(typed,))
    assert [(one.name, one.data) for one in _news(wake)] == [
        ("queue", {}),
        ("conversation", {"conversation": "c1"}),
        ("conversation", {"conversation": "c2"}),
        ("typing", typed),
    ]
    assert list(_news(Wake())) == []


def test_stream_ends_when_signed_out(staff: Staff, ana: Browser) -> None:
    """A stream asks again whether its session is good, and ends when it is not."""
    found = staff.services.people.signed_in(
        ana.client.get_cookie("attune").value, staff.services.clock()
    )
    answer = ana.client.get("/desk/stream")
    assert answer.mimetype == "text/event-stream"
    first = next(answer.response)
    assert b"hello" in (first if isinstance(first, bytes) else first.encode())
    answer.close()
    staff.services.people.sessions.end(found[1])
    live = staff.services.live
    texts = events(live.subscribe_desk(), _news, lambda: False, longest_s=0.05)
    assert list(texts)[-1].startswith("event: end")


def test_customer_text_is_never_markup(staff: Staff, ana: Browser) -> None:
    """What a customer writes comes as JSON text; no page of the desk renders it."""
    staff.says("c1", "<img src=x onerror=alert(1)> a person", name="<script>")
    assert "<script>alert" not in ana.get("/desk").text
    assert ana.get(TALK).mimetype == "application/json"


def test_full_store_lets_agents_work_it_off(staff: Staff, ana: Browser) -> None:
    """With Redis full an agent still reads, writes, stays and closes; new work is a 503."""
    staff.says("c1", "let me talk to a human")
    token = _take(ana)
    until = staff.services.queue.get("c1#1").lease_until_ms  # type: ignore[union-attr]
    beat = {"available": True, "tokens": {"c1#1": token}}
    staff.services.redis.config_set("maxmemory", 1)
    try:
        answers = [
            ana.get("/desk/tickets"),
            ana.get(TALK),
            ana.post(f"{TALK}/reply", op="r", token=token, text="Hello, Ana here."),
            ana.post("/desk/heartbeat", **beat),
        ]
        ticket = staff.services.queue.get("c1#1")
        answers.append(ana.post(f"{TALK}/resolve", op="c", token=token))
        new = staff.app.test_client().post("/widget/session", json={})
    finally:
        staff.services.redis.config_set("maxmemory", 0)
    assert [one.status_code for one in answers] == [200] * 5
    assert ticket.lease_until_ms > until  # type: ignore[union-attr, operator]
    assert (new.status_code, new.json["error"]["code"]) == (503, "store_unavailable")


def test_long_story_shows_its_end(staff: Staff, ana: Browser) -> None:
    """Whoever writes thousands of messages hides none of the last ones."""
    staff.says("c1", "hi")
    for part in range(40):
        said = [{"author": "customer", "text": f"{part}-{number}"} for number in range(60)]
        change = Change(tuple(Entry("message", "all", 1, data) for data in said))
        staff.services.conversations.change("c1", change, staff.services.clock())
    assert ana.get(TALK).json["entries"][-1]["text"] == "39-59"
