"""Slips made at random: how many are seen through, that none does harm, and what it all costs."""

from __future__ import annotations

import random
import re
import time

import pytest

from escalation.policy import Signals, TurnFacts, decide
from escalation.text import LONGEST, Folded, fold
from escalation.vocabulary import LOOKED_FOR, spelling
from tests.escalation.test_words import (
    ASKS,
    DANGER,
    DOES_NOT_ASK,
    EVIL,
    HARDSHIP,
    NO_DANGER,
    NO_HARDSHIP,
    POLICY,
    codes,
)

WAY = spelling()
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SLOWEST_S = 0.1
CLEAN_S, MISTYPED_S = 0.0001, 0.0005
KEPT_AT_LEAST, PLAINLY_AT_MOST = 0.9, 0.7
NEAR = {
    "a": "sqz", "b": "vgn", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "ko", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol",
    "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh",
}  # fmt: skip
"""The keys beside each letter on a keyboard."""
OTHER_TONGUES = (
    *("mich umbringen", "quiero morir", "kann mich jemand zurückrufen?", "il y a quelqu'un ?"),
    *("c'è un operatore?", "mi padre murió ayer"),
)


def _slipped(word: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(word) - 1)
    kind = draw.choice(("swapped", "doubled", "missing", "near"))
    if kind == "swapped":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "doubled":
        return word[: at + 1] + word[at:]
    rest = word[at + 1 :]
    beside = draw.choice(NEAR.get(word[at].lower(), word[at]))
    return word[:at] + rest if kind == "missing" else word[:at] + beside + rest


def _mistyped(text: str, draw: random.Random) -> str:
    """Give a message with one slip in a word that rules look for and that none makes real."""
    fit = [m for m in re.finditer(r"[A-Za-z]{5,}", text) if m[0].lower() in LOOKED_FOR]
    draw.shuffle(fit)
    for match in fit:
        for _ in range(8):
            word = _slipped(match[0], draw)
            if not WAY.has(word.lower()):
                return text[: match.start()] + word + text[match.end() :]
    return text


def _unmended(text: str) -> set[str]:
    turn = TurnFacts(0, text, "product_question", 0.5, language="none")
    return {reason.code for reason in decide(Signals((turn,)), POLICY).reasons}


def test_nine_in_ten_slips_in_english_messages_change_nothing() -> None:
    """With a slip in a word that matters, the reasons stay; without mending, half are lost."""
    draw = random.Random(11)
    kept = lost = plainly = 0
    for text in (*ASKS, *DANGER, *HARDSHIP):
        if not all(map(WAY.has, WORD.findall(fold(text).text))) or text in OTHER_TONGUES:
            continue
        before = codes(text)
        for _ in range(4):
            wrong = _mistyped(text, draw)
            if wrong != text:
                kept += before <= codes(wrong)
                lost += not before <= codes(wrong)
                plainly += before <= _unmended(wrong)
    assert kept / (kept + lost) >= KEPT_AT_LEAST
    assert plainly / (kept + lost) <= PLAINLY_AT_MOST


def test_slips_in_harmless_messages_bring_nobody() -> None:
    """A mistyped harmless message is mended to itself, or left."""
    draw = random.Random(12)
    for text in (*DOES_NOT_ASK, *NO_DANGER, *NO_HARDSHIP):
        before = codes(text)
        for _ in range(6):
            wrong = _mistyped(text, draw)
            assert codes(wrong) <= before | _unmended(wrong), wrong


def _bad() -> list[str]:
    draw = random.Random(3)
    words = sorted(word for word in WAY.meant if len(word) > 5)
    slips = " ".join(_slipped(draw.choice(words), draw) for _ in range(700))
    glued = " ".join("".join(draw.choices(words, k=4))[:30] for _ in range(200))
    strange = " ".join("".join(draw.choices("abcdefghilmnorstu", k=11)) for _ in range(400))
    apart = " ".join("".join(draw.choices(words, k=500)))
    return [slips, glued, strange, apart, ".".join("a" * LONGEST), "a'" * LONGEST, "a@" * LONGEST,
            "a1b1" * LONGEST, "hum4n " * LONGEST, "x.y@z.w " * LONGEST, "th emanager " * LONGEST,
            *EVIL]  # fmt: skip


@pytest.mark.parametrize("text", [one[:LONGEST] for one in _bad()])
def test_no_text_takes_long_to_mend(text: str) -> None:
    """The longest text made to hurt is folded within a tenth of a second."""
    assert min(_took(text) for _ in range(3)) < SLOWEST_S


@pytest.mark.parametrize(("word", "limit"), [("check", CLEAN_S), ("chekc", MISTYPED_S)])
def test_an_ordinary_message_costs_next_to_nothing(word: str, limit: float) -> None:
    """Twenty words are folded in less than 0.1 ms, and with one mistyped in less than 0.5 ms."""
    text = (
        "Hi, I ordered two bags of coffee last Tuesday and they still have not arrived, "
        f"can you {word} please, order 48213"
    )
    assert min(_took(text) for _ in range(200)) < limit


def _took(text: str) -> float:
    begin = time.thread_time()
    folded: Folded = fold(text, WAY)
    took = time.thread_time() - begin
    assert folded.original == text
    return took
