"""Stored conversations gone through again: exactly as they were, and as a draft would have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot import keys
from bot.customer import cancel_waiting
from bot.desk import Desk
from bot.packs import LivePack
from bot.pipeline import handle_message
from bot.reader import Reader
from bot.rehearsal import Rehearsed, Step, rehearse
from bot.rehearsing import Rehearsal, Unrehearsed, read_logs
from bot.services import Services
from bot.sweep import sweep
from bot.values import Customer, Turn
from bot.workbench import Workbench
from escalation.values import CODES
from intents.errors import UnderstandingError
from intents.pack import read_pack
from tests.builders import NOON_MS, make_incoming, patient
from tests.conftest import Clock

KIOSK = Path(__file__).parents[1] / "packs" / "kiosk"
PERSON = "let me talk to a human"
NIGHT_MS = NOON_MS + 11 * 3_600_000
CHATS: tuple[tuple[str, ...], ...] = (
    ("hi", "do you ship to norway?", "That solved it", "thanks, bye"),
    ("THIS IS THE THIRD TIME I ASK. where is my money", "hello??", "call my lawyer"),
    (PERSON, "never mind, I found it", "do you ship to norway?", PERSON),
    ("what are your opening hours", "Not quite", "Not quite", "that did not help at all"),
    ("where is my order 204167", "where is my order", "you already said that, where is it"),
    ("I don't want to live any more, nothing matters",),
    ("my husband died and I need to cancel his order", "are you there"),
    ("the kettle gave me an electric shock", "it is on fire"),
    (
        "I want a refund",
        "and change my address",
        "my grinder is broken, where is my parcel",
    ),
    ("do penguins have knees", "🙈🙈", "asdf qwer", "colourless green ideas"),
    ("shipping or returns maybe", "Track an order", "A person"),
    ("this is a bit annoying, where is my parcel", "No, go on", "hm, still annoying", "No, go on"),
    (PERSON, "you can write to ada@example.com", "is anybody there"),
    ("wo bleibt bitte meine Bestellung, ich warte seit einer Woche darauf",),
    ("I was charged twice and my bank says to dispute it", "answer me"),
    ("can you make an exception, I am one day too late to return it",),
)


@dataclass(frozen=True)
class _Agent:
    id: str
    first_name: str


ANA = _Agent("ana", "Ana")


class _Away(Reader):
    """A model that never answers."""

    def read(self, text: str, head: object) -> object:  # type: ignore[override]
        raise UnderstandingError("The model is away.")


@pytest.fixture
def services(services: Services) -> Services:
    """Give services that wait for a busy machine."""
    return patient(services)


def say(services: Services, text: str, name: str = "c1", **over: Any) -> Turn:
    turn = handle_message(services, make_incoming(text, conversation=name, **over))
    services.relay.carry_all()
    return turn


def courses(services: Services, made: LivePack, since_ms: int = 0) -> list[Rehearsed]:
    """Give every stored conversation gone through with a pack."""
    trying = Rehearsal(services, made, since_ms)
    found = list(trying.of(trying.names()[0]))
    assert all(isinstance(one, Rehearsed) for one in found), found
    return [one for one in found if isinstance(one, Rehearsed)]


def steps_of(found: Sequence[Rehearsed]) -> list[Step]:
    return [step for one in found for steps in one.episodes for step in steps]


def exact(services: Services, made: LivePack) -> int:
    """See that a pack does again to the letter what the log says; give how many turns that were."""
    steps = steps_of(courses(services, made))
    for step in steps:
        assert [one.dumps() for one in step.would] == [one.dumps() for one in step.happened]
        assert [one.id for one in step.would] == [one.id for one in step.happened]
    return len(steps)


def draft(services: Services, change: Callable[[dict[str, str]], None]) -> LivePack:
    """Give the live pack with something changed, ready to answer."""
    live = services.packs.live()
    texts = dict(live.pack.texts)
    change(texts)
    assert texts != dict(live.pack.texts)
    return Workbench().ready(services.packs, texts, live)


def rule(old: str, new: str) -> Callable[[dict[str, str]], None]:
    def change(texts: dict[str, str]) -> None:
        texts["policy.yaml"] = texts["policy.yaml"].replace(old, new, 1)

    return change


def test_the_live_version_does_again_exactly_what_the_log_says(
    services: Services, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decisions, reasons, evidence, templates, texts, buttons and times, whatever happened."""
    desk, seen = Desk(services), set()
    for number, texts in enumerate(CHATS):
        if number == 6:
            services.presence.seen("ana", available=True, now_ms=clock())
        for turn, text in enumerate(texts):
            person = Customer(name="Robin Marsh" if turn else "", locale="de" if number % 3 else "")
            at = (NIGHT_MS if number % 2 else NOON_MS) + number * 60_000 + turn * 1_000
            turned = say(services, text, f"c{number}", customer=person, received_ms=at)
            seen |= {one["code"] for one in turned.reasons}
    broken = replace(services, reader=_Away(services.settings.model_cache, None, 1.0))
    say(broken, "do you ship to norway?", "away")
    _with_people(services, desk, clock)
    for number in range(6):  # so many were answered that a usual wait is told
        say(services, PERSON, f"w{number}", received_ms=clock())
        clock.advance(240)
        services.presence.seen("ana", available=True, now_ms=clock())
        ticket = desk.claim(ANA, f"w{number}#1", f"t{number}")
        desk.reply(ANA, f"w{number}", ticket.token, "Hello, Ana here.", f"r{number}")
        desk.resolve(ANA, f"w{number}", ticket.token, f"s{number}")
    waits = say(services, PERSON, "waits", received_ms=clock())
    assert "usually within" in waits.replies[-1].text
    _long(services)
    assert set(CODES) - seen <= {"agent_joined", "service_failure", "complex"}, seen
    assert exact(services, services.packs.live()) > 70


def _with_people(services: Services, desk: Desk, clock: Clock) -> None:
    """Agents take, answer, hand back, step in, come late; customers let go and come again."""
    say(services, PERSON, "p1", received_ms=clock())
    ticket = desk.claim(ANA, "p1#1", "a1")
    desk.reply(ANA, "p1", ticket.token, "Hello, Ana here.", "a2")
    say(services, "never mind, I found it", "p1", received_ms=clock())
    say(services, "write to me at robin@example.com", "p1", received_ms=clock())
    desk.resolve(ANA, "p1", ticket.token, "a3")
    say(services, "do you ship to norway?", "p1", received_ms=clock())
    stepped = desk.step_in(ANA, "p1", "a4")
    say(services, "oh, hello again", "p1", received_ms=clock())
    desk.hand_back(ANA, "p1", stepped.token, "a5")
    say(services, "where is my order 204167", "p1", received_ms=clock())
    say(services, PERSON, "p2", received_ms=clock())
    clock.advance(4 * 3_600)
    sweep(services)
    say(services, "still nobody?", "p2", received_ms=clock())
    cancel_waiting(services, "p2")
    say(services, "hi", "p2", received_ms=clock())


def _long(services: Services) -> None:
    """A conversation longer than what a turn looks back at, and messages that come at once."""
    first = say(services, "do penguins have knees", "long")
    for number in range(70):
        say(services, ("hi", "thanks")[number % 2], "long")
    again = say(services, "do penguins have knees", "long")
    assert again.replies[0].template == first.replies[0].template  # it is out of sight by now
    for text in ("hi", "do you ship to norway?", PERSON):
        services.conversations.ingest(make_incoming(text, conversation="burst"))
    services.conversations.unlock("burst", str(services.redis.get(keys.lock("burst"))))
    say(services, "are you there", "burst")


def test_several_languages_are_done_again_exactly(services: Services) -> None:
    """What language a conversation is in is known again, turn by turn, buttons included."""
    services.packs.publish(read_pack(KIOSK).texts, "Ada", "two languages", 1)
    said = ("hallo, guten Tag zusammen", "Wo ist mein Paket?", "and how do I return something?")
    for text in (*said, "Not quite", "ich brauche bitte dringend eine Rechnung dafür", "danke"):
        say(services, text)
    say(services, "Wo ist mein Paket?", "c2", customer=Customer(name="Lea", locale="de-AT"))
    say(services, "ok", "c2", customer=Customer(name="Leonie", locale="en"))
    assert exact(services, services.packs.live()) == 8


def test_a_stricter_rule_brings_people_earlier_and_the_rest_is_theirs(services: Services) -> None:
    """What follows an earlier person counts as no difference."""
    for text in ("this is really annoying, where is my parcel", "hm", PERSON, "hello?"):
        say(services, text)
    made = draft(services, rule("frustration: 0.85 ", "frustration: 0.3 "))
    made = replace(made, policy=replace(made.policy, limits=replace(
        made.policy.limits, frustration=0.2, frustration_at_least=0.1)))  # fmt: skip
    found = courses(services, made)[0]
    first = found.differences()[0]
    assert (first.kind, first.turn, first.then.codes) == ("earlier", 0, ("frustrated",))
    assert [one.untold for one in found.episodes[0][1:]] == ["person", "person", ""] or [
        one.untold for one in found.episodes[0][1:]
    ] == ["person"] * 3
    assert first.then.supposed


def test_a_laxer_rule_leaves_untold_what_was_said_to_a_person(services: Services) -> None:
    """Where the draft would have gone on alone, nobody knows what the customer had written."""
    for text in ("where is my order", "I was overcharged and want it back", "hello?", "anybody?"):
        say(services, text)
    always = draft(services, _always("wholesale"))
    say(services, "do you supply restaurants at wholesale prices?", "c2")
    services.packs.publish(always.pack.texts, "Ada", "Marta answers", 2)
    say(services, "do you supply restaurants at wholesale prices?", "c3")
    say(services, "is it you, Marta?", "c3")
    lax = services.packs.version(1)
    found = {one.conversation: one for one in courses(services, lax)}
    first = found["c3"].differences()[0]
    assert (first.kind, first.turn) == ("not_now", 0)
    assert [one.untold for one in found["c3"].episodes[0]] == ["", "unknown"]
    assert not found["c2"].differences()
    now = {one.conversation: one for one in courses(services, services.packs.live())}
    assert now["c2"].differences()[0].kind == "now"


def _always(intent: str) -> Callable[[dict[str, str]], None]:
    def change(texts: dict[str, str]) -> None:
        before, name, after = texts["intents.yaml"].partition(f"- name: {intent}")
        after = after.replace("always_person: false", "always_person: true", 1)
        texts["intents.yaml"] = before + name + after

    return change


def test_every_kind_of_difference_is_told(services: Services) -> None:
    """Another priority, due time, reply, and after a handback each episode by itself."""
    say(services, "do you ship to norway?")
    say(services, PERSON)
    desk = Desk(services)
    ticket = desk.claim(ANA, "c1#1", "o1")
    desk.resolve(ANA, "c1", ticket.token, "o2")
    say(services, "do you ship to norway?")
    slow = courses(services, draft(services, rule("first_reply: 15", "first_reply: 45")))[0]
    assert [(one.kind, one.episode, one.turn) for one in slow.differences()] == [("due", 0, 1)]

    def wording(texts: dict[str, str]) -> None:
        made = texts["replies.yaml"].replace("\n  shipping_international:\n", (
            "\n  shipping_international:\n    calm:\n      - Norway, gladly.\n  once_was:\n"
        ), 1)  # fmt: skip
        texts["replies.yaml"] = made

    spoken = courses(services, draft(services, wording))[0].differences()
    assert [(one.kind, one.episode, one.turn) for one in spoken] == [
        ("reply", 0, 0),
        ("reply", 1, 0),
    ]
    assert spoken[0].then.replies[0].text == "Norway, gladly."


def test_other_phrases_are_read_anew_and_all_else_is_kept(services: Services) -> None:
    """Only where the head is another one is the model asked, and each text once."""
    say(services, "reverse the thingamajig please", "c1")
    say(services, "reverse the thingamajig please", "c2")
    say(replace(services, reader=_Away(services.settings.model_cache, None, 1.0)), "hi", "c3")

    def teach(texts: dict[str, str]) -> None:
        before, name, after = texts["intents.yaml"].partition("- name: refund_request")
        more = "phrases:\n      - reverse the thingamajig please\n      - reverse my thingamajig"
        texts["intents.yaml"] = before + name + after.replace("phrases:", more, 1)

    asked: list[str] = []

    class Counting(Reader):
        def read_all(self, texts: Sequence[str], head: Any) -> Any:
            asked.extend(texts)
            return services.reader.read_all(texts, head)

    counting = replace(services, reader=Counting(services.settings.model_cache, None, 1.0))
    courses(counting, services.packs.live())
    assert not asked
    found = {one.conversation: one for one in courses(counting, draft(services, teach))}
    assert asked == ["reverse the thingamajig please"]
    for name in ("c1", "c2"):
        assert found[name].differences()[0].then.intent == "refund_request"
    assert not found["c3"].differences()


def test_a_log_that_lacks_what_a_turn_depended_on_is_told_not_guessed(services: Services) -> None:
    """Logs of an earlier Attune are counted and named, and the others are gone through."""
    say(services, "hi", "old")
    say(services, "hi", "new")
    log = keys.log("old")
    kept = [json.loads(body["d"]) for _, body in services.redis.xrange(log)]  # type: ignore[union-attr]
    for entry in kept:
        entry["data"].pop("circumstances", None)
    ids = [one for one, _ in services.redis.xrange(log)]  # type: ignore[union-attr]
    services.redis.delete(log)
    for entry_id, entry in zip(ids, kept, strict=True):
        services.redis.xadd(log, {"d": json.dumps(entry)}, id=entry_id)
    found = list(Rehearsal(services, services.packs.live(), 0).of(["old", "gone", "new"]))
    assert [type(one) for one in found] == [Unrehearsed, Rehearsed]
    assert isinstance(found[0], Unrehearsed)
    assert "earlier Attune" in found[0].why


def test_only_episodes_of_the_days_asked_for_are_gone_through(services: Services) -> None:
    """An episode with a turn in the span is taken whole, one without is left out."""
    say(services, PERSON, received_ms=NOON_MS)
    ticket = Desk(services).claim(ANA, "c1#1", "o1")
    Desk(services).hand_back(ANA, "c1", ticket.token, "o2")
    say(services, "hi", received_ms=NOON_MS + 1_000)
    say(services, "do you ship to norway?", received_ms=NOON_MS + 9_000)
    log = read_logs(services.redis, ["c1"])[0]
    made, stored = services.packs.live(), Rehearsal(services, services.packs.live(), 0)
    found = rehearse(log, made, stored._reading, NOON_MS + 5_000)
    assert [len(steps) for steps in found.episodes] == [2]
    cut = replace(log, entries=log.entries[1:], whole=False)
    assert [len(steps) for steps in rehearse(cut, made, stored._reading).episodes] == [2]
