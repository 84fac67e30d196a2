"""Whole messages: mistyped ones are judged as they were meant, and point at what was typed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.policy import Decision, Signals, TurnFacts, decide, withdraws
from escalation.real_words import COUNTS
from escalation.text import fold
from escalation.vocabulary import spelling
from tests.escalation.reading_rows import conversations
from tests.escalation.test_words import (
    ASKS,
    DANGER,
    DOES_NOT_ASK,
    HARDSHIP,
    NO_DANGER,
    NO_HARDSHIP,
    POLICY,
)

WAY = spelling()
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def decided(text: str, language: str = "en") -> Decision:
    turn = TurnFacts(0, text, "product_question", 0.5, language=language)
    return decide(Signals((turn,)), POLICY)


def codes(text: str) -> set[str]:
    return {reason.code for reason in decided(text).reasons}


SEEN_THROUGH = {
    "speak to a humna": "asked_for_human", "my laywer": "safety_or_legal",
    "broke my wirst": "safety_or_legal", "it was for the fnueral": "vulnerable",
    "dad is on dialysys": "vulnerable", "speakto someone": "asked_for_human",
    "callmeback": "asked_for_human", "agenttt pleaaase": "asked_for_human",
    "I want to speak to a h u m a n": "asked_for_human", "a.g.e.n.t": "asked_for_human",
    "hum4n please": "asked_for_human", "4gent!": "asked_for_human",
    "I'll get my l@wyer": "safety_or_legal", "I N E E D A H U M A N": "asked_for_human",
    "talk to a hu man": "asked_for_human", "speak to th emanager": "asked_for_human",
    "i want to kil myslef": "safety_or_legal", "my mothre's fnueral": "vulnerable",
    "Iam disabled and cannot carry it": "vulnerable",
    "Trading Standrads will hear of it": "safety_or_legal",
    "my huband pased away": "vulnerable", "h-u-m-a-n": "asked_for_human",
}  # fmt: skip
NOT_MEANT = [
    "I left the baby in the manger scene box", "mail sam@humna.org", "see www.agnt-humna.com/agnt",
    "Mr Homan from Woking ordered", "I spoke to Persson about the statin", "A B C D",
    "options a b c d e f", "the initials are J. R. R. T.", "code AG3NT-7 and H0M4N", "@gent",
    "the humane society", "my persona", "the layer cake", "fright delivery", "my dog is a chancer",
    "I like stollen and matcha", "the curt reply", "it was a funnel", "agency fee", "Huma wrote",
]  # fmt: skip
# What would bring somebody if it were English, mistyped.
FOREIGN = {"tribunaal": "nl", "Epilepsi?": "sv", "la leucemia": "it", "c'est une fraude": "fr",
           "suicida": "es", "il tribunale?": "it", "Dementie": "nl"}  # fmt: skip
STRANGE = [
    "Perdón, me equivoqué de talla.", "Los agentes no pasan por mi barrio.",
    "Chamo-me Rita, queria uma fatura.", "Du wirst mir nicht glauben.",
    "Hujan terus jadi kurirnya terlambat.", "Naomba risiti ya mwezi uliopita.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), SEEN_THROUGH.items())
def test_a_mistyped_message_is_judged_as_it_was_meant(text: str, code: str) -> None:
    """Typing mistakes, lost and stray spaces, held keys, signs for letters change nothing."""
    assert code in codes(text)


@pytest.mark.parametrize("text", NOT_MEANT)
def test_what_is_no_mistake_is_let_be(text: str) -> None:
    """Real words, names, links, codes and initials are left as they are, and bring nobody."""
    assert fold(text, WAY) == fold(text)
    assert not codes(text)


@pytest.mark.parametrize("text", [
    *ASKS, *DANGER, *HARDSHIP, *DOES_NOT_ASK, *NO_DANGER, *NO_HARDSHIP,
    *(line.partition(" || ")[0] for row in conversations() for line in row["turns"]),
])  # fmt: skip
def test_a_message_without_a_mistake_is_seen_as_before(text: str) -> None:
    """No word of these messages is touched, so they are judged as ever; Scots becomes English."""
    plain, seen = fold(text), fold(text, WAY)
    changed = {*WORD.findall(plain.text)} - {*WORD.findall(seen.text)}
    assert changed <= {"aboot"}


def test_no_real_word_is_touched_in_company() -> None:
    """All words of the list in a long row, and in another order, stay as they are."""
    words = [word for word in COUNTS if len(word) > 1]
    random.Random(5).shuffle(words)
    for start in range(0, len(words), 40):
        text = " ".join(words[start : start + 40])
        assert fold(text, WAY).text == text


@pytest.mark.parametrize(("text", "language"), FOREIGN.items())
def test_another_language_is_not_mended(text: str, language: str) -> None:
    """Words of another language are no English words mistyped, however near they are."""
    assert codes(text)
    assert {reason.code for reason in decided(text, language).reasons} <= {"language"}


@pytest.mark.parametrize("text", STRANGE)
def test_another_language_taken_for_english_brings_nobody(text: str) -> None:
    """Even where the language is not known, whole sentences of another one do no harm."""
    assert not codes(text)


def test_a_text_of_strange_words_is_taken_for_another_language() -> None:
    """Whatever the language is said to be, among strange words none is mended."""
    text = "siparis hala gelmedi lutfen humna kargoya verin"
    assert fold(text, WAY).text == text
    assert fold(f"please {text[:24]} humna", WAY).text != text


@pytest.mark.parametrize(("text", "meant"), [
    ("I spoke to Humna yesterday", "i spoke to humna yesterday"),
    ("i spoke to humna yesterday", "i spoke to human yesterday"),
    ("I SPOKE TO A HUMNA", "i spoke to a human"),
    ("Well: Humna. Laywer!", "well: human. lawyer!"),
    ("so Trading Standrads then", "so trading standards then"),
])  # fmt: skip
def test_a_capital_amid_a_sentence_makes_a_name(text: str, meant: str) -> None:
    """A short word written as names are is left; at the start of a sentence anything has one."""
    assert fold(text, WAY).text == meant


def test_own_words_of_the_shop_are_found_mistyped() -> None:
    """What an admin put on the list is looked for like any other word."""
    own = {"asked_for_human": ("Zorblax desk",), "vulnerable": (), "safety_or_legal": ()}
    policy = type(POLICY)(
        POLICY.limits, POLICY.sla_minutes, POLICY.intents, own, POLICY.hours, POLICY.version
    )
    turn = TurnFacts(0, "Put this to the zorblxa dsek, would you", "praise", 0.9)
    for judge, found in ((policy, ["zorblxa dsek"]), (POLICY, [])):
        reasons = decide(Signals((turn,)), judge).reasons
        assert [part.text for reason in reasons for part in reason.evidence] == found


@pytest.mark.parametrize(("text", "quoted"), [
    ("Hi 👋 spe\u200bak to a humna, I'm Siân", "spe\u200bak to a humna"),
    ("Ünhappy: get me my l@wyer’s number", "get me my l@wyer"),
    ("é é é get me an a.g.e.n.t now", "get me an a.g.e.n.t"),
    ("é: callmeback!!", "callmeback"),
    ("😀 talk  to a hu man 😀", "talk  to a hu man"),
    ("ﬁne. SPEAKTO  A   H U M A N!", "SPEAKTO  A   H U M A N"),
])  # fmt: skip
def test_evidence_is_what_was_typed(text: str, quoted: str) -> None:
    """The words shown to an agent are those of the customer, mistakes and all."""
    parts = [part for reason in decided(text).reasons for part in reason.evidence]
    assert quoted in [part.text for part in parts]
    assert all(text[slice(*part.span)] == part.text for part in parts)


TYPED = st.sampled_from([
    ("humna", "human"), ("LAYWER", "lawyer"), ("agenttt", "agent"), ("hum4n", "human"),
    ("h u m a n", "human"), ("f.u.n.e.r.a.l", "funeral"), ("speakto", "speak to"),
    ("callmeback", "call me back"), ("pleaaaaase", "please"), ("mangaer", "manager"),
    ("soliciiter", "solicitor"), ("hu\u200bmna", "human"), ("hos pital", "hospital"),
    ("th emanager", "the manager"), ("laywer's", "lawyer's"), ("doctor", "doctor"),
    ("Siân", "sian"), ("ﬁne", "fine"), ("the", "the"), ("café", "cafe"), ("I", "i"),
])  # fmt: skip
BETWEEN = st.sampled_from([", ", ". ", " — ", "! ", " 😀, ", ";\n", " \u200b| ", "?  "])


@given(
    st.lists(st.tuples(TYPED, BETWEEN), min_size=1, max_size=12), st.sampled_from(["", "¿ ", "ß; "])
)
@settings(max_examples=300, deadline=None)
def test_every_word_keeps_its_place(pairs: list[tuple[tuple[str, str], str]], start: str) -> None:
    """Each word meant lies exactly where it was typed, whatever stands around it."""
    text, places, meant = start, [], []
    for (typed, words), between in pairs:
        places.append((len(text), len(text) + len(typed)))
        meant.append(words)
        text += typed + between
    text += "it is the order that you are to send us"
    seen = fold(text, WAY)
    position = 0
    for (begin, end), words in zip(places, meant, strict=True):
        at = seen.text.index(words, position)
        position = at + len(words)
        span = seen.span(at, position)
        assert (span.start, span.end) == (begin, end)


@given(st.text(max_size=200) | st.lists(st.sampled_from(
    ["humna", "h u m a n", "l@wyer", "aaa", "speakto", "'s", "ﷺ", "é", ".", "4gent", "th emanager"]
)).map(" ".join))  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_any_text_can_be_folded(text: str) -> None:
    """The way back is whole and in order, and folding again changes nothing in the original."""
    seen = fold(text, WAY)
    assert seen.original == text
    assert len(seen.origin) == len(seen.text)
    assert list(seen.origin) == sorted(seen.origin)
    assert all(0 <= place < max(1, len(text)) for place in seen.origin)
    assert fold(text, WAY) == seen


@pytest.mark.parametrize(("text", "gone"), [
    ("nevermnid, its sortd now", True), ("forgte it, found it", True),
    ("never mind, I'll call my laywer", False), ("its nto sorted", False),
])  # fmt: skip
def test_withdrawing_is_seen_through_slips(text: str, *, gone: bool) -> None:
    """Both what lets a customer go and what keeps their place may be mistyped."""
    assert withdraws(text) is gone


def test_nothing_is_read_while_mending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and lists lie in memory from the start."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    fold("speak to a humna", WAY)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("io.open", refuse)
    assert fold("speakto my laywer, pleaaase h u m a n", WAY).text.startswith("speak to my lawyer")
