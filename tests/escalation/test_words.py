"""Words alone: what asks for a person, what is danger, law or hardship, and what only looks so."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import escalation
from escalation.heat import heat_of
from escalation.policy import Signals, TurnFacts, decide, withdraws
from escalation.text import LONGEST, fold
from escalation.view import Seen
from tests.escalation.reading_rows import shop_policy

POLICY = shop_policy()
LIMIT_S = 0.05
WHOLE_S = 0.25


def codes(text: str) -> set[str]:
    """Give the codes of what the words alone decide."""
    facts = TurnFacts(0, text, "product_question", 0.5)
    return {reason.code for reason in decide(Signals((facts,)), POLICY).reasons}


ASKS = [
    "can somebody real call me", "is anyone there", "put me through", "your manager",
    "abeg make person answer me", "I don't want to talk to a machine", "HUMAN PLEASE",
    "speak to a h\u200buman", "get me a real person", "Ring me.", "have someone phone me back",
    "who's the account manager and can he call me", "lemme talk to somebody",
    "kann mich jemand zurückrufen?", "il y a quelqu'un ?", "c'è un operatore?", "0",
    "no more bots, I want a person", "hand me over", "t\u0430lk to a hum\u0430n",
    "is there a human I could have a word with", "may I speak with the manager",
]  # fmt: skip
DOES_NOT_ASK = [
    "are you a bot?", "am I talking to a real person?", "are you human", "human resources please",
    "update my personal details", "agent discount code", "can I collect in person at the café?",
    "the driver didn't call me", "how much coffee per person", "my password manager is broken",
    "call me crazy but I like robusta", "you can call me Sam", "no need for a human",
    "I don't need to talk to a person", "thanks to your staff", "a gift for someone special",
    "does somebody need to be home to sign?", "prove you are not a robot lol",
    "it replies like a human being", "which descaling agent do you use", "what's your phone number",
]  # fmt: skip
DANGER = [
    "allergic reaction", "my throat is swelling", "I burned my hand on the kettle",
    "my lips are numb",
    "there was a glass shard in my beans", "smoke is coming out of the grinder", "the plug sparked",
    "we were sick after drinking it", "I was poisoned by your milk", "my toddler swallowed a lid",
    "I'll get my lawyer", "see you in court", "I will sue you", "Trading Standards will hear of it",
    "the ombudsman", "call the police", "fraud on my card", "my identity was stolen",
    "complaint to the data protection authority", "I want to die", "I'm going to kill myself",
    "I just want to end it all", "there's no reason to live", "mich umbringen", "quiero morir",
]  # fmt: skip
NO_DANGER = [
    "dying for a coffee", "this is killing me lol", "I'd kill for a flat white", "a killer deal",
    "my grinder died", "is it safe with a nut allergy?", "to die for", "the beans are on fire!!",
    "a gift for my lawyer", "say hello to Sue for me", "sick of instant", "the burnt taste",
    "deliver to the police station café", "food court opening hours", "coffee hack please",
    "the mug arrived smashed", "I laughed so hard I was in stitches", "that price hurt my feelings",
    "can decaf cause an allergic reaction?", "bleeding edge roasting", "nice hospital blend",
]  # fmt: skip
HARDSHIP = [
    "my mother died", "my husband passed away", "my late wife's account", "it was for the funeral",
    "we have had a bereavement", "I have cancer", "starting chemo", "dad had a stroke",
    "mum is in a hospice", "I was made redundant", "can't afford food", "I can't pay the rent",
    "I have a disability", "she has dementia", "my nan's passed", "mi padre murió ayer",
]  # fmt: skip
NO_HARDSHIP = [
    "my daughter passed her exam", "a stroke of luck", "I'm a Cancer", "my account is disabled",
    "almost had a heart attack at the price", "late night coffee", "my late order", "good grief",
    "is it wheelchair accessible?", "I work at a hospital", "wake me up before you go go",
    "I lost my mum's parcel", "blind tasting", "the machine died on me", "it's your funeral lol",
]  # fmt: skip


@pytest.mark.parametrize("text", ASKS)
def test_asking_for_a_person(text: str) -> None:
    """These words ask for a person."""
    assert "asked_for_human" in codes(text)


@pytest.mark.parametrize("text", DOES_NOT_ASK)
def test_not_asking_for_a_person(text: str) -> None:
    """These words only look like it."""
    assert "asked_for_human" not in codes(text)


@pytest.mark.parametrize("text", DANGER)
def test_danger_law_and_despair(text: str) -> None:
    """These words bring a person at once."""
    assert "safety_or_legal" in codes(text)


@pytest.mark.parametrize("text", NO_DANGER)
def test_harmless_twins_of_danger(text: str) -> None:
    """These words are ordinary talk."""
    assert "safety_or_legal" not in codes(text)


@pytest.mark.parametrize("text", HARDSHIP)
def test_hardship(text: str) -> None:
    """These words tell of bereavement, illness or hardship."""
    assert "vulnerable" in codes(text)


@pytest.mark.parametrize("text", NO_HARDSHIP)
def test_harmless_twins_of_hardship(text: str) -> None:
    """These words do not."""
    assert "vulnerable" not in codes(text)


@pytest.mark.parametrize(
    "text",
    ["never mind", "forget it, found it", "it's ok now, sorted", "nvm", "all good now thanks",
     "Never mind! It just arrived.", "sorted, cheers", "I changed my mind", "found it, thank you"],
)  # fmt: skip
def test_withdrawing(text: str) -> None:
    """A waiting customer who says so is let go."""
    assert withdraws(text)


@pytest.mark.parametrize(
    "text",
    ["hello?", "still waiting", "it's not sorted", "is it ok now?",
     "never mind, I'll call my lawyer",
     "never mind your excuses", "forget it, I'm going elsewhere", "never mind that, get me a human",
     "it still isn't fixed", "ok", "", "sorted? no. it arrived broken"],
)  # fmt: skip
def test_not_withdrawing(text: str) -> None:
    """In doubt the customer keeps their place."""
    assert not withdraws(text)


def test_own_words_of_the_shop_bring_a_person() -> None:
    """What an admin put on the list counts as whole words, whatever signs it has."""
    own = {
        "asked_for_human": ("ask Marta (please)",),
        "vulnerable": (),
        "safety_or_legal": ("~3+",),
    }
    policy = type(POLICY)(
        POLICY.limits, POLICY.sla_minutes, POLICY.intents, own, POLICY.hours, POLICY.version
    )
    for text, code in (
        ("Ask  MARTA (please)!", "asked_for_human"),
        ("a ~3+ leak", "safety_or_legal"),
    ):
        decision = decide(Signals((TurnFacts(0, text, "praise", 0.9),)), policy)
        assert [reason.code for reason in decision.reasons] == [code]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Give every pattern of the package by name."""
    for module in pkgutil.iter_modules(escalation.__path__):
        if module.name.startswith("words_"):
            found = importlib.import_module(f"escalation.{module.name}")
            for name, value in vars(found).items():
                yield from _patterns(f"{module.name}.{name}", value)


def _patterns(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _patterns(f"{name}.{key}", one)
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _patterns(f"{name}.{index}", getattr(one, "words", one))


EVIL = [
    "a" * LONGEST, " " * LONGEST, "!" * LONGEST, "\n" * LONGEST, "i " * LONGEST, "no " * LONGEST,
    "can you " * LONGEST, "my my my " * LONGEST, "speak to a " * LONGEST, "the " * LONGEST,
    "charged me " * LONGEST, "i have been waiting " * LONGEST, "my mother has just " * LONGEST,
    "want to speak to the " * LONGEST, "after the coffee i was so " * LONGEST, "1." * LONGEST,
    "that's not the " * LONGEST, "any one " * LONGEST, "still not " * LONGEST, "'" * LONGEST,
    "don't want to talk to " * LONGEST, "a\u0301" * LONGEST, "\u202e" * LONGEST, "ﷺ" * LONGEST,
    "my hand my face my throat is very " * LONGEST, "a1 b2 c3 d4 e5 " * LONGEST, "- " * LONGEST,
    "i know it is past the " * LONGEST, "order 12345 " * LONGEST,
    "so i can to see because " * LONGEST,
    "is there a an the any some real human " * LONGEST, "please just the a ok no hi " * LONGEST,
]  # fmt: skip


def worst() -> dict[str, float]:
    """Give the slowest time of each pattern over all bad inputs, in seconds."""
    found: dict[str, float] = {}
    for text in EVIL:
        folded = fold(text[:LONGEST])
        for name, pattern in patterns():
            begin = time.thread_time()
            folded.find(pattern)
            took = time.thread_time() - begin
            if took > LIMIT_S:  # a busy machine may stop us once; a slow pattern is slow again
                begin = time.thread_time()
                folded.find(pattern)
                took = min(took, time.thread_time() - begin)
            found[name] = max(found.get(name, 0.0), took)
    return found


def test_no_pattern_is_slow_on_any_input() -> None:
    """On inputs made to hurt, each pattern ends within 50 ms."""
    slow = {name: took for name, took in worst().items() if took > LIMIT_S}
    assert not slow


@pytest.mark.parametrize("text", [one[:LONGEST] for one in EVIL[::3]])
def test_whole_decision_is_quick_on_bad_input(text: str) -> None:
    """All rules together end in a quarter of a second, six such turns in a row included."""
    facts = tuple(TurnFacts(n, text, "order_status", 0.9, answered="x") for n in range(6))
    begin = time.process_time()
    decide(Signals(facts), POLICY)
    assert time.process_time() - begin < WHOLE_S * len(facts)


@pytest.mark.parametrize(
    ("text", "scorned"),
    [
        ("thank you so much for the delivery", False),
        ("thanks so much for sorting it", False),
        ("So much for next-day delivery.", True),
        ("so much for the apology then", True),
    ],
)
def test_so_much_for_is_scorn_unless_it_thanks(text: str, scorned: bool) -> None:
    """Thanks are no sarcasm."""
    heat = heat_of(Seen(TurnFacts(0, text), fold(text)), POLICY)
    assert (heat.level > 0.3) is scorned
