"""Test cases of a pack: how they are read, run and kept; conversations as people paste them."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC

import pytest
from click.testing import CliRunner

from bot.case_run import run_cases
from bot.cases import Case, CaseTurn, add_case, read_cases, remove_case
from bot.cases_command import cases as command
from bot.changes import changes
from bot.gates import GatesClosed, pass_gates
from bot.pasted import read_pasted
from bot.pieces import read_piece, write_piece
from bot.services import Services
from bot.transcript import transcript
from bot.values import Entry
from bot.workbench import Workbench
from intents.errors import PackError
from intents.pack import CASES, parse_pack, read_pack, shop_pack_folder, write_pack

HEAD = "schema: 1\ncases:\n"
CASE = "  - name: Late\n    turns:\n      - customer: where is it\n"


def cases_of(text: str) -> tuple[Case, ...]:
    """Read a cases.yaml beside the shop's other files."""
    pack = parse_pack({**read_pack(shop_pack_folder()).texts, CASES: text})
    return read_cases(pack.cases, pack.line_of)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("cases: late\n", 1, "must be a list"),
        ("schema: 2\n", 1, "Schema 2 is not known"),
        ("cases:\n  - late\n", 2, "Keys are expected here"),
        ("cases:\n  - turns: []\n", 2, "name must be a text"),
        ("cases:\n  - name: Late\n", 2, "no list of 1 to 40 turns"),
        (HEAD + CASE + CASE, 6, "is there twice"),
        (HEAD + CASE + "        intnet: x\n", 6, "Unknown key 'intnet'"),
        (HEAD + CASE + "        decision: maybe\n", 6, "There is no decision “maybe”"),
        (HEAD + CASE + "        reason: whim\n", 6, "There is no reason “whim”"),
        (HEAD + CASE.replace("where is it", "20416"), 5, "in quotes if it looks like a number"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    """A wrong case names file, line and what to do."""
    with pytest.raises(PackError, match=words) as wrong:
        cases_of(text)
    assert (wrong.value.file, wrong.value.line) == (CASES, line)


def test_a_pack_without_cases_has_none(services: Services) -> None:
    """An empty file, and a draft that an earlier version kept without one, are no error."""
    assert cases_of("") == ()
    packs = services.packs
    draft = packs.save_draft(packs.draft().texts, 0, "Ada", 1)
    row = json.loads(services.redis.hget("attune:{pack}:draft", "texts") or "")
    del row[CASES]
    services.redis.hset("attune:{pack}:draft", "texts", json.dumps(row))
    assert packs.draft().texts == {**draft.texts, CASES: ""}


def test_a_case_is_added_edited_and_removed_in_place() -> None:
    """Comments and the other cases stay letter by letter; the changes are told in words."""
    old = dict(read_pack(shop_pack_folder()).texts)
    case = Case("Late again", (CaseTurn("where is it", {"decision": "ask"}),))
    texts = add_case(old, case)
    assert texts[CASES].startswith(old[CASES].rstrip("\n"))
    assert read_cases(parse_pack(texts).cases, parse_pack(texts).line_of)[-1] == case
    piece = ("case", "Late again", "0", "decision")
    texts = write_piece(texts, piece, "person")
    assert read_piece(texts, piece) == "person"
    assert [one.sentence for one in changes(old, texts)] == ["New test case “Late again”."]
    more = write_piece(texts, piece, "")
    assert "decision" not in more[CASES].splitlines()[-1]
    told = changes(texts, more)[0]
    assert (told.gone, told.new) == (
        ("1. where is it → decision person",),
        ("1. where is it → anything",),
    )
    assert remove_case(texts, "Late again") == old
    assert remove_case(old, "Late again") == old


def test_the_cases_that_ship_hold(services: Services) -> None:
    """Every case of the shop's pack goes as it says, those that must reach a person included."""
    results = run_cases(services.packs.live(), services.reader)
    assert len(results) >= 20
    assert [one.first_wrong for one in results if not one.holds] == []
    got = {turn.got["decision"] for one in results for turn in one.turns}
    assert got >= {"answer", "person", "wait", "not_understood", "ask"}


def test_a_case_is_the_same_at_night_and_with_nobody_there(services: Services) -> None:
    """What a case comes to depends on the pack alone: holidays and hours do not break it."""
    live = services.packs.live()
    texts = write_piece(live.pack.texts, ("rule", "business_hours", "monday"), [])
    made = Workbench().ready(services.packs, texts, live)
    once, again = (run_cases(one, services.reader) for one in (live, made))
    assert once == again


def test_a_broken_case_is_told_with_expected_and_got(services: Services) -> None:
    """An intent that is gone, another reply, another decision: each is named with both sides."""
    live = services.packs.live()
    texts = add_case(
        {**live.pack.texts, CASES: ""},
        Case(
            "Wrong", (CaseTurn("where is my order", {"intent": "parcels", "decision": "person"}),)
        ),
    )
    made = Workbench().ready(services.packs, texts, live)
    (found,) = run_cases(made, services.reader)
    (turn,) = found.turns
    assert turn.wrong == ("intent", "decision")
    assert (turn.got["intent"], turn.got["decision"]) == ("order_status", "answer")
    assert "expected “parcels”, got “order_status”" in found.first_wrong
    with pytest.raises(GatesClosed, match="1 of 1 test cases no longer hold: “Wrong”"):
        pass_gates(made, (), services.reader)
    refused = pass_gates(made, (), services.reader, ["case_broken"])
    assert [(one.code, one.about) for one in refused] == [("case_broken", "1 test cases")]


def test_every_gate_is_asked_and_only_those_shown_are_passed(services: Services) -> None:
    """Accepting one gate does not open another."""
    live = services.packs.live()
    wrong = add_case({**live.pack.texts}, Case("No", (CaseTurn("hi", {"decision": "person"}),)))
    texts = write_piece(wrong, ("reply", "greeting", "calm"), ["I feel your pain, truly."])
    made = Workbench().ready(services.packs, texts, live)
    judged = Workbench().wordings(texts)
    with pytest.raises(GatesClosed) as closed:
        pass_gates(made, judged, services.reader, ["case_broken"])
    assert [one.code for one in closed.value.refused] == ["wording_wrong", "case_broken"]
    lenient = replace(made, policy=replace(made.policy, refuse_wordings=False))
    refused = pass_gates(lenient, judged, services.reader, ["case_broken"])
    assert [one.code for one in refused] == ["case_broken"]


def test_cases_run_in_a_terminal(tmp_path_factory: pytest.TempPathFactory) -> None:
    """`attune cases` exits 0 where all hold, and 1 with both sides where one does not."""
    runner = CliRunner()
    done = runner.invoke(command, [])
    assert done.exit_code == 0, done.output
    folder = tmp_path_factory.mktemp("pack")
    texts = add_case(
        read_pack(shop_pack_folder()).texts, Case("No", (CaseTurn("hi", {"decision": "person"}),))
    )
    write_pack(parse_pack(texts), folder)
    broken = runner.invoke(command, ["--pack", str(folder)])
    assert broken.exit_code == 1
    assert "goes otherwise No" in broken.output
    assert "expected that the bot brings in a person, got that the bot answers" in broken.output


SAVED = transcript(
    "Bean & Co",
    [
        Entry("message", "all", 1, {"author": "customer", "text": "where is\nmy order: late"}),
        Entry("message", "all", 2, {"author": "bot", "text": "On its way"}),
        Entry("message", "all", 3, {"author": "customer", "text": "thanks"}),
    ],
    UTC,
    4,
)


@pytest.mark.parametrize(
    ("text", "messages", "customer"),
    [
        ("where is my order\n\n20416\n", ("where is my order", "20416"), ""),
        ("Order: 20416 is late\nplease help", ("Order: 20416 is late", "please help"), ""),
        ("User: hi\nBot: Hi: what?\nUser: where\nand when", ("hi", "where\nand when"), "User"),
        ("[10:32] Robin: hi\n[10:33] Bot: Ho\n[10:34] Robin: a: b", ("hi", "a: b"), "Robin"),
        ("**Customer:** hi\n**Bot:** yes", ("hi",), "Customer"),
        ("Customer:\nhello\n\nBot:\nhi\n\nCustomer:\nbye", ("hello", "bye"), "Customer"),
        ("2026-01-05 10:32:11 - Visitor: hi\n2026-01-05 10:33 - Agent: ho", ("hi",), "Visitor"),
        ("Robin Marsh: hi\nSupport Team: hello\nRobin Marsh: bye", ("hi", "bye"), "Robin Marsh"),
        ("Bot: hello\nBot: still there?", (), ""),
        ("Note: I am angry", ("Note: I am angry",), ""),
        (SAVED, ("where is\nmy order: late", "thanks"), "You"),
        ("\n \n", (), ""),
    ],
)  # fmt: skip
def test_a_pasted_conversation_is_understood(
    text: str, messages: tuple[str, ...], customer: str
) -> None:
    """The customer's messages are found among labels, times, and a saved conversation's layout."""
    found = read_pasted(text)
    assert (found.messages, found.customer) == (messages, customer)


def test_odd_text_is_read_in_no_time() -> None:
    """Long lines of colons, spaces and digits cost milliseconds."""
    begun = time.perf_counter()
    for part in (":", " ", "1:1 ", "10:10 ", "a:", "*", "[(1.1.11 "):
        read_pasted(part * (60_000 // len(part)))
    assert time.perf_counter() - begun < 2
