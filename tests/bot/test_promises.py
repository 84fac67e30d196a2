"""Requests for a person, told waits, needless handoffs: each figure against another count."""

from __future__ import annotations

import json
import random
import statistics
from datetime import UTC
from typing import Any

import pytest
from click.testing import CliRunner

from bot.asked import Request, requests
from bot.cli import main
from bot.desk import Desk
from bot.feedback import LIMIT_OF, handoffs, of_limits, verdicts
from bot.pipeline import handle_message
from bot.promises import (
    GAVE_UP,
    IN_TIME,
    LATER,
    OUTCOMES,
    STILL,
    Promises,
    behind_promise,
    promises,
)
from bot.services import Services, now_ms
from bot.story import Span
from bot.told import read_told
from bot.values import Entry
from escalation.settings import Limits
from tests.bot.test_figures import event, read, said, told
from tests.builders import NOON_MS, make_incoming
from tests.conftest import Clock
from tests.escalation.reading_rows import shop_policy
from tests.staff import Browser, Staff

MINUTE = 60_000
DAY_MS = 86_400_000
SPAN = Span(NOON_MS - DAY_MS, NOON_MS + 2 * DAY_MS, UTC)
POLICY = shop_policy()
PERSON = "let me talk to a human"


@pytest.fixture
def services(services: Services) -> Services:
    """Give the services with the model loaded before a turn's time runs."""
    services.reader.read("hello", services.packs.live().head)
    return services


def asks(at_ms: int, **over: Any) -> Entry:
    """Give the reading of a request for a person."""
    entry = read(at_ms, reasons=["asked_for_human"], answered="handoff", **over)
    reasons = [{"code": "asked_for_human", "rule": "words_person", "score": None, "limit": None}]
    data = {**entry.data, "reasons": reasons, "message_id": f"{at_ms}-0"}
    return Entry("reading", "desk", at_ms, data)


def opened(at_ms: int, ticket: str = "c#1", **more: Any) -> Entry:
    return event(at_ms, "ticket_opened", ticket=ticket, priority="normal", **more)


def test_the_time_runs_from_the_first_request_whatever_the_bot_does() -> None:
    """Declined, let go and asked again: the clock is the first request's, and its turn's."""
    entries = [
        read(NOON_MS),
        asks(NOON_MS + MINUTE),
        opened(NOON_MS + MINUTE),
        event(NOON_MS + 2 * MINUTE, "ticket_cancelled"),
        event(NOON_MS + 2 * MINUTE, "handed_back"),
        read(NOON_MS + 3 * MINUTE),
        asks(NOON_MS + 9 * MINUTE),
        opened(NOON_MS + 9 * MINUTE, "c#2"),
        said(NOON_MS + 21 * MINUTE, "agent"),
        said(NOON_MS + 22 * MINUTE, "agent"),
        event(NOON_MS + 23 * MINUTE, "resolved", agent="ana"),
        asks(NOON_MS + 50 * MINUTE),
    ]
    first, second = requests(entries)
    assert first == Request(
        NOON_MS + MINUTE, 2, f"{NOON_MS + MINUTE}-0", answered_ms=NOON_MS + 21 * MINUTE
    )
    assert (second.turn, second.waits) == (5, True)
    gone = requests(entries[:6])[0]
    assert (gone.let_go, gone.answered_ms, gone.waits) == (True, None, False)


def test_a_request_while_a_ticket_waits_for_another_reason_counts() -> None:
    """Who was brought to the queue for anger and then asks has asked then, in that turn."""
    entries = [
        read(NOON_MS, reasons=["frustrated"]),
        opened(NOON_MS),
        asks(NOON_MS + 4 * MINUTE),
        event(NOON_MS + 5 * MINUTE, "handed_back", agent="ana"),
    ]
    (one,) = requests(entries)
    assert (one.at_ms, one.turn, one.closed) == (NOON_MS + 4 * MINUTE, 2, True)


def test_a_week_by_hand() -> None:
    """Five requests, each with another end; three told waits; two handoffs closed."""
    week = [
        told(
            "soon",
            *(asks(NOON_MS), opened(NOON_MS, wait=[1, 5])),
            said(NOON_MS + 4 * MINUTE, "agent"),
            event(NOON_MS + 5 * MINUTE, "not_needed", ticket="c#1", instead="the FAQ"),
            event(NOON_MS + 6 * MINUTE, "resolved", agent="ana"),
        ),
        told(
            "late",
            *(asks(NOON_MS), opened(NOON_MS, wait=[1, 5])),
            said(NOON_MS + 40 * MINUTE, "agent"),
            event(NOON_MS + 41 * MINUTE, "handed_back", agent="ana"),
        ),
        told("gone", asks(NOON_MS), opened(NOON_MS), event(NOON_MS + 9, "ticket_cancelled")),
        told("open", asks(NOON_MS), opened(NOON_MS, wait=[1, 5])),
        told("calm", read(NOON_MS)),
    ]
    found = promises(week, SPAN, POLICY)
    assert {one.name: one.conversations for one in found.asked if one.count} == {
        IN_TIME: ("soon",),
        LATER: ("late",),
        GAVE_UP: ("gone",),
        STILL: ("open",),
    }
    assert (found.median_ms, found.p90_ms) == (22 * MINUTE, 40 * MINUTE)
    (normal,) = found.coverage
    assert (normal.held.conversations, normal.missed.conversations) == (("soon",), ("late", "open"))
    (verdict,) = found.verdicts
    assert (verdict.rule, verdict.closed, verdict.spared) == (
        *("words_person", ("soon", "late"), ("soon",)),
    )
    assert behind_promise(found, "missed", "normal") == ("late", "open")
    assert behind_promise(found, "spared", "words_person") == ("soon",)
    assert behind_promise(found, "asked", GAVE_UP) == ("gone",)
    assert behind_promise(found, "rating", "5") is None


def test_every_limit_with_a_rule_is_a_limit() -> None:
    """The evidence on the Rules page stands beside limits that are there."""
    assert set(LIMIT_OF.values()) <= set(Limits.__dataclass_fields__)
    made = [*(_closed("a", "anger", spared=True), _closed("b", "anger"), _closed("c", "law"))]
    assert of_limits(verdicts(made)) == {"frustration": (1, 2)}


def _closed(name: str, rule: str, *, spared: bool = False) -> Any:
    reason = [{"code": "frustrated", "rule": rule, "score": 0.9, "limit": 0.85}]
    entry = read(NOON_MS, reasons=["frustrated"])
    turn = Entry("reading", "desk", NOON_MS, {**entry.data, "reasons": reason})
    tick = [event(NOON_MS + 1, "not_needed", ticket="c#1", instead="")] if spared else []
    ended = event(NOON_MS + 2, "resolved", agent="ana")
    (found,) = handoffs(told(name, turn, opened(NOON_MS), *tick, ended), SPAN)
    return found


def lived_week(dice: random.Random, services: Services, clock: Clock) -> dict[str, list[int]]:
    """Live through a week on the real parts; give the ms each request waited, by name."""
    desk, ana = Desk(services), _Ana()
    waits: dict[str, list[int]] = {}
    for number in range(14):
        name = f"w{number}"
        texts = ["where is my order", PERSON] if dice.random() < 0.8 else ["where is my order"]
        for text in texts:
            incoming = make_incoming(text, conversation=name, received_ms=clock())
            handle_message(services, incoming)
            clock.advance(20)
        services.relay.carry_all()
        if len(texts) == 1:
            continue
        asked = clock() - 20_000
        if dice.random() < 0.2:
            waits[name] = []
            continue
        ticket = desk.claim(ana, f"{name}#1", f"in{number}")
        clock.advance(dice.choice([60, 240, 1_300]))
        desk.reply(ana, name, ticket.token, "Hello", f"re{number}")
        waits[name] = [clock() - asked]
        spared = "a better answer" if dice.random() < 0.5 else None
        desk.resolve(ana, name, ticket.token, f"out{number}", spared)
    return waits


class _Ana:
    id = "ana"
    first_name = "Ana"


def test_figures_equal_a_recount_from_the_raw_log(services: Services, clock: Clock) -> None:
    """What the page says of requests is what the logs say, counted another way."""
    waits = lived_week(random.Random(6), services, clock)
    span = Span(NOON_MS, clock() + 1, UTC)
    conversations, _ = read_told(services, span.since_ms)
    found = promises(conversations, span, services.packs.live().policy)
    times = [one for some in waits.values() for one in some]
    assert found.requests == len(waits)
    assert found.median_ms == statistics.median(times)
    assert found.p90_ms == sorted(times)[-(-len(times) * 9 // 10) - 1]
    by_name = {one.name: set(one.conversations) for one in found.asked}
    assert by_name[IN_TIME] == {
        name for name, some in waits.items() if some and some[0] <= 15 * MINUTE
    }
    assert by_name[LATER] == {
        name for name, some in waits.items() if some and some[0] > 15 * MINUTE
    }
    assert by_name[STILL] == {name for name, some in waits.items() if not some}
    assert {one for name in OUTCOMES for one in by_name[name]} == set(waits)
    assert all(by_name[one] for one in (IN_TIME, LATER, STILL))
    raw: dict[str, str] = {}
    for name in waits:
        for entry in services.conversations.entries(name):
            if entry.kind == "event" and entry.data["what"] == "not_needed":
                raw[name] = entry.data["rule"]
    assert sorted(raw) == sorted(one for some in found.verdicts for one in some.spared)
    assert {one.rule for one in found.verdicts if one.spared} == set(raw.values())
    _check_coverage(services, found, list(waits))


def _check_coverage(services: Services, found: Promises, names: list[str]) -> None:
    """Count the told waits of the logs by hand."""
    held = missed = 0
    for name in names:
        entries = services.conversations.entries(name)
        opens = [one for one in entries if one.data.get("what") == "ticket_opened"]
        wrote = [one for one in entries if one.data.get("author") == "agent"]
        if opens[0].data.get("wait") and wrote:
            longest = opens[0].data["wait"][1] * MINUTE
            good = wrote[0].at_ms - opens[0].at_ms <= longest
            held, missed = held + good, missed + (not good)
    normal = [one for one in found.coverage if one.priority == "normal"]
    assert sum(one.held.count for one in normal) == held
    assert sum(one.missed.count for one in normal) >= missed


def test_the_wait_that_is_told_is_written_and_learned_from(
    services: Services, clock: Clock
) -> None:
    """Five answered tickets later a customer is told a wait; it stands with the ticket."""
    desk, ana = Desk(services), _Ana()
    services.presence.seen("ana", True, clock())
    for number in range(6):
        name = f"c{number}"
        services.presence.seen("ana", True, clock())
        incoming = make_incoming(PERSON, conversation=name, received_ms=clock())
        turn = handle_message(services, incoming)
        services.relay.carry_all()
        opens = services.conversations.load(name).recent[-1].data
        assert opens["what"] == "ticket_opened"
        said = " ".join(one.text for one in turn.replies)
        if number < 5:
            assert opens["wait"] is None
            ticket = desk.claim(ana, f"{name}#1", f"in{number}")
            clock.advance(60 * (number + 2))
            for word in ("Hello", "again"):
                desk.reply(ana, name, ticket.token, word, f"{word}{number}")
    assert [one.waited_ms // MINUTE for one in services.waits.past("normal")] == [2, 3, 4, 5, 6]
    assert opens["wait"] == [3, 6]
    assert "usually within 3 to 6 minutes" in said
    ticket = desk.claim(ana, "c5#1", "in5")
    clock.advance(60 * 30)
    desk.reply(ana, "c5", ticket.token, "Hello", "re5")
    last = services.waits.past("normal")[-1]
    assert (last.waited_ms, last.told_ms, last.held) == (30 * MINUTE, 6 * MINUTE, False)


@pytest.fixture
def staff(services: Services, app: Any) -> Staff:
    """Give the app on the services of this test."""
    return Staff(services, app)


@pytest.fixture
def ana(staff: Staff) -> Browser:
    """Give an agent's browser."""
    return staff.browser()


def test_an_agent_says_that_it_did_not_need_them(
    staff: Staff, ana: Browser, services: Services
) -> None:
    """From the desk to the log, the insights and the workshop; never to the customer."""
    staff.says("c1", "this is ridiculous, third time I ask, you useless idiots!!")
    rule = services.conversations.load("c1").reasons[0]["rule"]
    assert rule == "anger"
    ticket = ana.post("/desk/next", op="op1").get_json()["ticket"]
    body = {"op": "op2", "token": ticket["token"], "spared": "  The page about delays "}
    assert ana.post("/desk/conversations/c1/resolve", **body).status_code == 200
    entries = services.conversations.entries("c1")
    (tick,) = [one for one in entries if one.data.get("what") == "not_needed"]
    assert (tick.audience, tick.data["instead"]) == ("desk", "The page about delays")
    assert tick.data["rule"] == rule
    html = {"Accept": "text/html"}
    text = ana.client.get("/insights", headers=html).text
    assert "1 of 1" in text.partition("Who did not need a person?")[2]
    listed = ana.client.get(f"/insights/list?of=spared&is={rule}", headers=html).text
    assert "/desk#c1" in listed
    admin = staff.browser("Ada Byron", "admin")
    rules = admin.client.get("/workshop/rules", headers=html).text
    assert "1 of 1 handoff by this limit did not need a person" in rules
    long = ana.post("/desk/conversations/c1/resolve", **{**body, "spared": "x" * 501})
    assert long.status_code == 400


def test_the_command_gives_the_labels_out(services: Services, clock: Clock) -> None:
    """One row a handoff, without anybody's words unless they are asked for."""
    clock.now_ms = now_ms() - 5 * MINUTE
    desk, ana = Desk(services), _Ana()
    for name, spared in (("c1", "the FAQ"), ("c2", None)):
        handle_message(services, make_incoming(PERSON, conversation=name, received_ms=clock()))
        services.relay.carry_all()
        ticket = desk.claim(ana, f"{name}#1", name)
        desk.resolve(ana, name, ticket.token, name, spared)
    url = services.settings.redis_url
    plain = CliRunner().invoke(main, ["feedback", "--redis-url", url])
    rows = {row["conversation"]: row for row in map(json.loads, plain.output.splitlines())}
    assert {name: row["not_needed"] for name, row in rows.items()} == {"c1": True, "c2": False}
    assert rows["c1"]["code"] == "asked_for_human"
    assert "text" not in rows["c1"]
    assert "FAQ" not in plain.output
    words = CliRunner().invoke(main, ["feedback", "--redis-url", url, "--words", "--days", "1"])
    row = json.loads(words.output.splitlines()[-1])
    assert (row["text"], row["instead"]) == (PERSON, "the FAQ")
