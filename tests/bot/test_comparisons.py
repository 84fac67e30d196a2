"""Two wordings compared: who hears which, what is counted of it, how it begins and ends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot import keys
from bot.compared import compared, first_heard, settled
from bot.comparison import Comparison
from bot.comparisons import Comparisons, NotCompared, pools, still_said
from bot.pipeline import handle_message
from bot.rehearsal import Rehearsed
from bot.rehearsing import Rehearsal
from bot.services import Services
from bot.story import DAY_MS, Told
from bot.told import told_of
from bot.values import Entry
from intents.pack import REPLIES
from tests.builders import NOON_MS, make_incoming, make_reading, patient

REFS = ("order_status/calm/0", "order_status/calm/2")
SIDES = ((REFS[0], "m1"), (REFS[1], "m2"))
TEST = Comparison("t1", "order_status", SIDES, started_ms=NOON_MS)
RATED = Comparison("t2", "handoff", (("handoff/calm/0", "x"), ("handoff/calm/1", "y")))


@pytest.fixture
def services(services: Services) -> Services:
    """Give services that wait for a busy machine."""
    return patient(services)


def begin(services: Services, refs: tuple[str, str] = REFS) -> Comparison:
    now = services.clock()
    return services.comparisons.start(services.packs.live(), "order_status", refs, "ada", now)


def ask(services: Services, name: str, text: str = "where is my order") -> str:
    incoming = make_incoming(text, conversation=name, received_ms=services.clock())
    return str(handle_message(services, incoming).replies[0].template)


def read(at_ms: int, side: int | None = None, test: Comparison = TEST, **over: Any) -> Entry:
    payload, answered = over.pop("payload", None), over.pop("answered", "order_status")
    row = make_reading(**over).to_row()
    heard = {test.reply: {"id": test.id, "sides": test.sides, "side": side}}
    around = {} if side is None else {"compared": heard}
    data = {"reading": row, "text": row["text"], "payload": payload, "answered": answered}
    return Entry("reading", "desk", at_ms, {**data, "circumstances": around})


def event(at_ms: int, what: str, **more: Any) -> Entry:
    return Entry("event", "all", at_ms, {"what": what, **more})


def test_a_coin_decides_which_of_the_two_a_conversation_hears(services: Services) -> None:
    """Each hears the side its coin gave it, both sides are heard, and the log says which."""
    made = begin(services)
    heard = {f"c{number}": ask(services, f"c{number}") for number in range(12)}
    assert heard == {name: REFS[made.toss(name)] for name in heard}
    assert set(heard.values()) == set(REFS)
    told = told_of(services.redis, list(heard))
    assert [first_heard(made, one.entries) is not None for one in told] == [True] * 12
    found = compared(made, told, services.clock())
    assert {name for name, ref in heard.items() if ref == REFS[1]} == set(found.heard[1])
    assert (found.known, found.pending) == (0, 12)


def test_the_coin_is_fair_and_always_falls_alike() -> None:
    """Of 4,000 conversations about half hear each, other ones in another comparison."""
    tossed = [TEST.toss(f"c{number}") for number in range(4_000)]
    assert tossed == [TEST.toss(f"c{number}") for number in range(4_000)]
    assert 1_880 < sum(tossed) < 2_120
    other = [RATED.toss(f"c{number}") for number in range(4_000)]
    assert 1_880 < sum(one == two for one, two in zip(tossed, other, strict=True)) < 2_120


def test_nobody_hears_the_same_twice_while_two_are_compared(services: Services) -> None:
    """The coin decides once; after it what was not said yet comes first, as without it."""
    made = begin(services)
    first = ask(services, "c1")
    second = ask(services, "c1", "and where is my order now")
    assert first == REFS[made.toss("c1")]
    assert second != first
    entries = services.conversations.entries("c1")
    notes = [one.data["circumstances"] for one in entries if one.kind == "reading"]
    assert ["compared" in one for one in notes] == [True, False]


def test_a_stored_turn_is_gone_through_again_with_its_coin(services: Services) -> None:
    """The live version gives the log again to the letter, also once the comparison is over."""
    begin(services)
    for number in range(6):
        ask(services, f"c{number}")
    services.comparisons.stop("order_status", services.clock())
    trying = Rehearsal(services, services.packs.live(), 0)
    found = [one for one in trying.of(trying.names()[0]) if isinstance(one, Rehearsed)]
    steps = [step for one in found for steps in one.episodes for step in steps]
    assert len(steps) == 6
    for step in steps:
        assert [one.dumps() for one in step.would] == [one.dumps() for one in step.happened]


def test_a_wording_that_was_changed_is_not_counted_as_what_it_was(services: Services) -> None:
    """Once a compared text differs, no coin is tossed, and the page can say so."""
    made = begin(services)
    live = services.packs.live()
    assert still_said(live, made)
    texts = dict(live.pack.texts)
    texts[REPLIES] = texts[REPLIES].replace("The quickest look is", "The fastest look is")
    texts[REPLIES] = texts[REPLIES].replace("You can follow your order", "Follow your order")
    services.packs.publish(texts, "Ada", "shorter", services.clock())
    assert not still_said(services.packs.live(), made)
    ask(services, "c1")
    assert first_heard(made, services.conversations.entries("c1")) is None


def test_starting_and_stopping_refuses_what_makes_no_sense(services: Services) -> None:
    """One comparison a reply at once, of two live wordings of one tone that are not for danger."""
    live, now, store = services.packs.live(), services.clock(), services.comparisons
    with pytest.raises(NotCompared, match="that differ"):
        begin(services, (REFS[0], REFS[0]))
    with pytest.raises(NotCompared, match="one tone"):
        begin(services, (REFS[0], "order_status/upset/0"))
    with pytest.raises(NotCompared, match="reload"):
        store.stop("order_status", now)
    for name in ("handoff_self_harm", "handoff_safety", "handoff_vulnerable", "welcome"):
        assert pools(live, name) == []
    assert pools(live, "handoff")
    made = begin(services)
    with pytest.raises(NotCompared, match="already"):
        begin(services)
    assert store.running("order_status") == made
    ended = store.stop("order_status", now + 5)
    assert (ended.ended_ms, store.running("order_status")) == (now + 5, None)
    assert store.all() == [ended]
    assert begin(services).id != made.id
    assert json.loads(services.redis.hget(keys.comparisons(), "order_status"))["ended_ms"] == 0  # type: ignore[arg-type]


def test_two_admins_at_once_start_one(services: Services) -> None:
    """The second of two starts is refused, not written over the first."""
    one, other = Comparisons(services.redis), Comparisons(services.redis)
    live = services.packs.live()
    made = one.start(live, "order_status", REFS, "ada", 1)
    with pytest.raises(NotCompared):
        other.start(live, "order_status", (REFS[1], "order_status/calm/1"), "bea", 2)
    assert other.running("order_status") == made


def test_what_counts_as_settled() -> None:
    """A ticket, "Not quite", the same again or an angry end within the day; nothing else."""
    heard = read(NOON_MS, 0)
    later = NOON_MS + 60_000
    assert settled([heard], 0)
    assert settled([heard, read(later, intent="thanks", sentiment="positive")], 0)
    assert settled(
        [heard, read(later, payload="solved", sentiment="negative", intent=None)], 0
    ) is (False)
    assert not settled([heard, read(later, intent="order_status")], 0)
    assert not settled([heard, read(later, payload="not_quite")], 0)
    assert not settled([heard, event(later, "ticket_opened")], 0)
    assert not settled([heard, read(later, intent="refund_request", sentiment="negative")], 0)
    assert settled([heard, event(NOON_MS + DAY_MS, "ticket_opened")], 0)
    assert settled([heard, event(later, "handed_back"), event(later + 1, "ticket_opened")], 0)


def test_good_and_bad_are_known_at_the_same_time() -> None:
    """A failure counts no sooner than a success: both a day after the wording was heard."""
    good, bad = (
        Told("a", "widget", (read(NOON_MS, 0),)),
        Told("b", "widget", (read(NOON_MS, 1), event(NOON_MS + 5, "ticket_opened"))),
    )
    early = compared(TEST, [good, bad], NOON_MS + DAY_MS - 1)
    assert (early.known, early.pending) == (0, 2)
    late = compared(TEST, [good, bad], NOON_MS + DAY_MS)
    assert (late.verdict.counts, late.verdict.means) == ((1, 1), (1.0, 0.0))


def test_ratings_count_once_in_their_order_and_not_after_the_end() -> None:
    """The first rating after the wording, five stars as 1; who heard it after the end is out."""
    told = [
        Told(
            "a",
            "widget",
            (
                read(NOON_MS, 0, RATED),
                event(NOON_MS + 9, "rated", score=5),
                event(NOON_MS + 99, "rated", score=1),
            ),
        ),
        Told("b", "widget", (read(NOON_MS, 1, RATED), event(NOON_MS + 3, "rated", score=2))),
        Told("c", "widget", (event(NOON_MS, "rated", score=1), read(NOON_MS + 1, 1, RATED))),
        Told("d", "widget", (read(NOON_MS, None),)),
    ]
    found = compared(RATED, told, NOON_MS + DAY_MS)
    assert found.heard == (("a",), ("b", "c"))
    assert (found.verdict.counts, found.verdict.means) == ((1, 1), (1.0, 0.25))
    assert found.pending == 1
    ended = Comparison(RATED.id, "handoff", RATED.sides, ended_ms=NOON_MS - 1)
    assert compared(ended, told, NOON_MS + DAY_MS).heard == ((), ())
