"""The bias audit on the real model and policy: the pipeline's decisions, honest gaps, a gate."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from bot import audit_gate
from bot.audit import Judge, audit, own_messages
from bot.audit_command import audit as command
from bot.audit_figures import paired_interval, rates, wilson
from bot.audit_gate import AuditSlow, GapTooWide, check_draft, check_gap, sample_size
from bot.audit_quiet import quiet_distress, quiet_messages
from bot.audit_report import audit_html, write_audit
from bot.errors import SetupError
from bot.pieces import read_piece, write_piece
from bot.pipeline import handle_message
from bot.reader import Reader
from bot.services import Services
from escalation.values import CODES
from intents.evaluate import LabelledRow
from intents.pack import CASES, POLICY, read_pack, shop_pack_folder
from intents.perturb import SLICES, Changed, Slice, slice_of
from intents.training.sources import is_held_out
from tests.builders import make_incoming
from tests.staff import Browser, Staff

REPLY = ("reply", "store_info", "calm")


@pytest.fixture
def judge(services: Services) -> Judge:
    """Give the judge of the shop's pack and policy, on the model that serves."""
    return judge_of(services)


def judge_of(services: Services) -> Judge:
    live, reader = services.packs.live(), services.reader
    return Judge(
        lambda texts: [reader.read(text, live.head) for text in texts], live.pack, live.policy
    )


def rows_of(*texts: str, **labels: Any) -> list[LabelledRow]:
    return [LabelledRow(text, None, **labels) for text in texts]


def rewriting(change: Any) -> Slice:
    """Give a slice of one rewriting."""

    def made(text: str, _draw: random.Random, _turn: int) -> Changed | None:
        found = change(text)
        return None if found is None else Changed(found)

    return Slice("rewritten", "Rewritten", "As the test says.", made)


def test_a_judgement_is_the_pipelines(services: Services, judge: Judge) -> None:
    """Each message gets the reasons that it would get as the first of a real conversation."""
    texts = [row.text for row in own_messages()][::60] + [row.text for row in quiet_messages()][::6]
    judged = judge.judge(texts)
    escalated = 0
    for number, (text, one) in enumerate(zip(texts, judged, strict=True)):
        turn = handle_message(services, make_incoming(text, conversation=f"a{number}"))
        assert turn.escalated == one.escalate, text
        assert list(turn.reasons) == [reason.to_row() for reason in one.reasons], text
        escalated += one.escalate
    assert 5 <= escalated <= len(texts) - 5


def test_our_own_messages_are_those_nobody_learned_from() -> None:
    """By default only messages kept from training are audited, with the shop's intents alone."""
    kept, every = own_messages(), own_messages(trained_too=True)
    assert 800 < len(kept) < len(every) / 5
    assert all(is_held_out(row.text) for row in kept)
    shop = {spec.name for spec in read_pack(shop_pack_folder()).intents} | {"out_of_scope", None}
    assert {row.intent for row in every} <= shop


def test_each_text_is_read_once(services: Services) -> None:
    """What was judged before is not read again."""
    live, asked = services.packs.live(), []

    def read(texts: Any) -> Any:
        asked.extend(texts)
        return [services.reader.read(text, live.head) for text in texts]

    judge = Judge(read, live.pack, live.policy)
    judge.judge(["hello", "where is my order", "hello"])
    judge.judge(["hello"])
    assert asked == ["hello", "where is my order"]


def test_a_change_that_nothing_sees_has_no_gap(judge: Judge) -> None:
    """Capitals change no figure at all: the model folds them and so do the rules."""
    found = audit(own_messages()[::16], judge, slices=[slice_of("caps")])
    (row,) = found["slices"]
    assert row["changed"] > 40
    assert row["intent_agreement"] == row["sentiment_agreement"] == 1.0
    assert row["frustration"] == {"mean": 0.0, "mean_either_way": 0.0, "largest": 0.0}
    assert row["escalation"]["gap"] == 0.0
    assert row["escalation"]["low"] < 0.0 < row["escalation"]["high"]
    assert row["flips"] == []
    assert found["causes"] == []


def test_a_change_that_hides_a_request_is_found_with_its_cause(judge: Judge) -> None:
    """Requests for a person that lose their words are a gap, each flip with its rule and words."""
    rows = rows_of("agent", "operator", "a human please", frustrated=True)
    rows += rows_of("where is my order 20416", "do you ship to Norway", frustrated=False)
    mumbled = rewriting(lambda text: re.sub("agent|operator|a human", "brrmph", text))
    found = audit(rows, judge, slices=[mumbled])
    (row,) = found["slices"]
    assert row["changed"] == 3
    assert row["skipped"] == 2
    assert (row["escalation"]["lost"], row["escalation"]["gained"]) == (3, 0)
    assert row["escalation"]["gap"] == -1.0
    assert row["frustrated"] == row["escalation"]
    assert "not_frustrated" not in row
    assert found["largest_gap"]["slice"] == "rewritten"
    assert {one["direction"] for one in row["flips"]} == {"lost"}
    assert row["flips"][0]["reasons"][0]["code"] == "asked_for_human"
    assert found["causes"][0]["rule"] == "words_person"
    assert found["causes"][0]["slices"] == {"rewritten": 3}
    assert "agent" in found["causes"][0]["words"]


def test_labels_of_intents_are_used(judge: Judge) -> None:
    """Where the intent is labelled, the share read right before and after is told."""
    rows = [
        LabelledRow("where is my order", "order_status"),
        LabelledRow("who won the cup final", "out_of_scope"),
    ]
    row = audit(rows, judge, slices=[rewriting(lambda text: f"{text} ")])["slices"][0]
    assert row["changed"] == 0
    row = audit(rows, judge, slices=[rewriting(str.swapcase)])["slices"][0]
    assert row["intent_right"]["before"] == row["intent_right"]["after"] == 1.0


def test_slices_come_worst_first_and_a_sample_is_a_sample(judge: Judge) -> None:
    """The largest gap leads, either way; `most` holds for each slice; the same seed repeats."""
    some = [slice_of(name) for name in ("caps", "typos", "names", "scottish")]
    found = audit(own_messages(), judge, slices=some, most=30)
    gaps = [abs(row["escalation"]["gap"]) for row in found["slices"]]
    assert gaps == sorted(gaps, reverse=True)
    assert [row["changed"] for row in found["slices"]] == [30] * 4
    assert found["sampled"] == 30
    assert found == audit(own_messages(), judge, slices=some, most=30)
    names = next(row for row in found["slices"] if row["name"] == "names")
    peoples, genders = names["twins"].values()
    assert [rate["messages"] for rate in genders.values()] == [30]
    assert sum(rate["messages"] for rate in peoples.values()) == 28
    assert "Britain and Ireland" not in peoples


@pytest.mark.parametrize("pairs", [(0, 0, 0, 0), (5, 0, 0, 5), (0, 3, 0, 7), (0, 0, 10, 0)])
def test_an_interval_holds_its_gap(pairs: tuple[int, int, int, int]) -> None:
    """Also with nothing, with no flip, with all flipped; and it mirrors."""
    both, lost, gained, neither = pairs
    low, high = paired_interval(*pairs)
    gap = (gained - lost) / max(1, sum(pairs))
    assert -1.0 <= low <= gap <= high <= 1.0
    assert high - low > 0
    mirrored = paired_interval(both, gained, lost, neither)
    assert mirrored == pytest.approx((-high, -low))


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """Of many draws, 95 % intervals hold the true gap about 19 times in 20."""
    draw = random.Random(4)
    shares = [0.15, 0.06, 0.02, 0.77]
    held = 0
    for _ in range(1500):
        kinds = draw.choices(range(4), shares, k=150)
        low, high = paired_interval(*(kinds.count(one) for one in range(4)))
        held += low <= shares[2] - shares[1] <= high
    assert 0.93 <= held / 1500 <= 0.985


def test_paired_messages_give_a_narrower_interval_than_apart() -> None:
    """That the same messages are compared is used: little flips, little doubt."""
    low, high = paired_interval(60, 2, 1, 137)
    alone = wilson(62, 200)
    assert high - low < (alone[1] - alone[0]) / 2
    assert rates([(True, False)] * 2 + [(True, True)] * 8)["before"] == 1.0


def test_quiet_messages_are_fit_to_measure() -> None:
    """At least sixty pairs with a reason of ours; none trains the feelings; none stands twice."""
    rows = quiet_messages()
    grave = [row for row in rows if row.reason]
    assert len(grave) >= 60
    assert len(rows) - len(grave) >= 15
    assert {row.reason for row in grave} <= set(CODES)
    assert all(row.loud and row.loud != row.text for row in grave)
    texts = [row.text for row in rows] + [row.loud for row in grave]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & {row.text for row in own_messages(trained_too=True)}
    assert all("!" not in row.text and not row.text.isupper() for row in rows)


def test_quiet_distress_is_told_beside_the_same_said_loudly(judge: Judge) -> None:
    """The figures add up, what was missed is listed, and loud words reach a person more often."""
    found = quiet_distress(judge)
    grave = [row for row in quiet_messages() if row.reason]
    assert found["messages"] == len(grave)
    assert len(found["missed"]) == len(grave) - found["calm"]["found"]
    assert found["gap"] == pytest.approx(found["after"] - found["before"], abs=1e-5)
    assert sum(row["messages"] for row in found["by_reason"].values()) == len(grave)
    assert found["calm_for_the_reason"]["found"] <= found["calm"]["found"]
    assert found["loud"]["found"] > 0
    assert found["needless"]["found"] == len(found["needless"]["texts"])


def small_audit(judge: Judge) -> dict[str, Any]:
    slices = [slice_of(name) for name in ("names", "typos", "caps")]
    rows = rows_of("<script>alert(1)</script> get me an agent", "agent", frustrated=True)
    found = audit([*own_messages()[::35], *rows], judge, slices=slices)
    return {"pack": "shop", "policy_version": "x", **found, "quiet_distress": quiet_distress(judge)}


def test_the_page_says_it_all_and_runs_nothing(judge: Judge, tmp_path: Path) -> None:
    """Every slice, the quiet messages and the flips are there; customers' words stay words."""
    found = small_audit(judge)
    page = write_audit(found, tmp_path / "new" / "folder").read_text(encoding="utf-8")
    for row in found["slices"]:
        assert row["title"] in page
    places = [page.index(f"<h3>{row['title']}</h3>") for row in found["slices"]]
    assert places == sorted(places)
    assert "Grave things said quietly" in page
    assert "<script" not in page
    assert "http" not in page.replace("https://", "").lower().split("<body>")[0]
    kept = json.loads((tmp_path / "new" / "folder" / "audit.json").read_text(encoding="utf-8"))
    assert kept["largest_gap"] == found["largest_gap"]


def test_a_page_of_nothing_is_a_page(judge: Judge) -> None:
    """An audit whose changes fit no message says so."""
    empty = audit(rows_of("12345"), judge, slices=[slice_of("polite")])
    assert empty["largest_gap"] is None
    page = audit_html({**empty, "quiet_distress": quiet_distress(judge, quiet_messages()[:3])})
    assert "No message could be compared" in page


def test_a_folder_that_cannot_be_written_is_a_sentence(judge: Judge, tmp_path: Path) -> None:
    """The file in the way is named."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(SetupError, match="cannot be written"):
        write_audit(small_audit(judge), tmp_path / "file")


def run(*words: str, typed: bytes | None = None) -> Result:
    return CliRunner().invoke(command, list(words), input=typed)


def test_the_command_measures_messages_of_ones_own(tmp_path: Path) -> None:
    """JSONL in, a table or JSON out, a report where asked for, bad lines left out where asked."""
    lines = b'{"text": "get me an agent"}\n{"text": 7}\n{"text": "where is my order"}\n'
    done = run("-", "--json", "--skip-bad", "--out", str(tmp_path / "out"), typed=lines)
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["messages"] == 2
    assert found["pack"]
    assert {row["name"] for row in found["slices"]} == {one.name for one in SLICES}
    assert (tmp_path / "out" / "audit.html").exists()
    assert "Line 2" in done.stderr
    shown = run("-", "--most", "1", typed=b'{"text": "get me an agent"}\n')
    assert shown.exit_code == 0
    assert "All capitals" in shown.stdout
    assert "Quiet distress" in shown.stdout


def test_the_command_fails_beyond_a_limit_and_without_messages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both are one sentence; the gap comes from changes that lose what was said."""
    words = ("agent", "operator", "manager", "human", "supervisor", "representative")
    lines = "".join(json.dumps({"text": f"{one} please"}) + "\n" for one in (*words, "real person"))
    assert run("-", "--limit", "1", typed=lines.encode()).exit_code == 0
    monkeypatch.setattr("bot.audit.perturbed", lambda *_: Changed("hello"))
    beyond = run("-", "--limit", "0.01", typed=lines.encode())
    assert isinstance(beyond.exception, GapTooWide)
    assert "gap of" in str(beyond.exception)
    nothing = run("-", typed=b"")
    assert isinstance(nothing.exception, SetupError)


def with_limit(services: Services, limit: float) -> dict[str, str]:
    """Give the live texts with a limit for publishing and a reply that differs."""
    texts = services.packs.live().pack.texts
    texts = write_piece(texts, ("rule", "publishing", "largest_audit_gap"), limit)
    return write_piece(texts, REPLY, ["We open at nine."])


@pytest.fixture
def ada(services: Services, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give an admin's browser; the gate compares few messages, so that a test is short."""
    monkeypatch.setattr(audit_gate, "MOST", 15)
    monkeypatch.setattr(audit_gate, "FEWEST", 15)
    monkeypatch.setattr(audit_gate, "LONGEST_S", 3600)  # however busy the machine is
    return Staff(services, app).browser("Ada Okonkwo", "admin")


def without_cases(texts: dict[str, str]) -> dict[str, str]:
    """Leave the test cases out, some of which say "please" and would be refused first."""
    return {**texts, CASES: ""}


def save(browser: Browser, texts: dict[str, str]) -> int:
    packs = browser.staff.services.packs
    before = packs.draft()
    return packs.save_draft(texts, before.revision, "Ada Okonkwo", 1).revision


def test_a_draft_beyond_the_limit_is_refused_and_the_old_keeps_answering(ada: Browser) -> None:
    """The refusal names slice, gap, limit and remedy and keeps the draft; mended, it goes live."""
    services = ada.staff.services
    words = ("rule", "own_words", "asked_for_human")
    revision = save(ada, write_piece(without_cases(with_limit(services, 0.4)), words, ["please"]))
    seen = ada.client.get("/workshop/publish", headers={"Accept": "text/html"}).text
    assert "The bias audit runs first" in seen
    refused = ada.post("/workshop/publish", revision=revision, why="New hours")
    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "audit_gap"
    said = refused.json["error"]["message"]
    assert re.search(r"gap of \d+\.\d points: of 15 messages after the change “Polite", said)
    assert "the limit is 40 points" in said
    assert "attune audit" in said
    assert said.endswith("Version 1 keeps answering.")
    assert services.packs.live_number() == 1
    assert read_piece(services.packs.draft().texts, REPLY) == ["We open at nine."]
    trail = services.people.trail(5)
    assert any("publish_refused" in row.values() for row in trail)
    revision = save(ada, with_limit(services, 0.4))
    done = ada.post("/workshop/publish", revision=revision, why="New hours")
    assert (done.status_code, services.packs.live_number()) == (200, 2)


def test_without_a_limit_nothing_is_audited(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack that ships publishes at once, and so does one without the setting."""
    services = ada.staff.services
    monkeypatch.setattr(audit_gate, "audit", None)
    assert check_draft(services.packs.live(), Reader(Path("nowhere"), None, 0.1)) is None
    texts = with_limit(services, 1)
    texts[POLICY] = texts[POLICY].partition("\n# Before a draft goes live")[0]
    revision = save(ada, texts)
    page = ada.client.get("/workshop/publish", headers={"Accept": "text/html"}).text
    assert "The bias audit runs first" not in page
    assert ada.post("/workshop/publish", revision=revision, why="x").status_code == 200


def test_an_audit_that_takes_too_long_publishes_nothing(services: Services) -> None:
    """A machine that cannot read the messages in time says so instead of hanging."""
    live = services.packs.live()
    strict = replace(live, policy=replace(live.policy, largest_audit_gap=0.5))
    hours = iter(range(0, 3600 * 1000, 3600))
    with pytest.raises(AuditSlow, match="did not end within"):
        check_draft(strict, services.reader, lambda: next(hours))


def test_only_a_gap_beyond_the_limit_that_is_no_chance_is_refused() -> None:
    """The largest such gap is told, in either direction; a gap at the limit passes."""

    def gaps(*pairs: tuple[str, list[tuple[bool, bool]]]) -> dict[str, Any]:
        rows = [{"name": name, "title": name, "escalation": rates(some)} for name, some in pairs]
        return {"slices": sorted(rows, key=lambda row: -abs(row["escalation"]["gap"]))}

    held = [(True, True)] * 40 + [(False, False)] * 150
    fewer, more = [(True, False)] * 10 + held, [(False, True)] * 20 + held
    check_gap(gaps(), 0.01)
    check_gap(gaps(("typos", fewer)), 0.05)
    with pytest.raises(GapTooWide, match="40 reach a person and as they were 50, so fewer"):
        check_gap(gaps(("typos", fewer)), 0.04)
    with pytest.raises(GapTooWide, match=r"change “emoji”.* so more"):
        check_gap(gaps(("typos", fewer), ("emoji", more)), 0.04)
    by_chance = [(True, False)] * 3 + [(False, True)] + [(False, False)] * 16
    check_gap(gaps(("names", by_chance)), 0.04)


@pytest.mark.parametrize(("each_s", "expected"), [(0.0001, 200), (0.02, 62), (1.0, 40)])
def test_a_slow_machine_compares_fewer(judge: Judge, each_s: float, expected: int) -> None:
    """The sample is what fits into the budget, between a floor and a ceiling."""
    times = iter([0.0, each_s * audit_gate.TIMED])
    assert sample_size(own_messages(), judge, lambda: next(times)) == expected
