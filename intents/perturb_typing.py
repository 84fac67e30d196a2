"""How a message is typed: capitals, no punctuation, typing mistakes, a picture at the end. Pure."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

from intents.perturb_rules import SENTENCE, WORD, masked, unmasked

NEAR = {
    "a": "sqz", "b": "vgn", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht",
    "h": "gjy", "i": "uok", "j": "hku", "k": "jli", "l": "ko", "m": "nj", "n": "bmh",
    "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij",
    "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xa",
}  # fmt: skip
SHORTEST = 5
"""A word shorter than this is left alone: it may be a function word, or become another word."""
PER_TYPO = 7
MOST_TYPOS = 5
TRIES = 8
LONGEST_BARE = 40
"""A message of more words than this is hard to follow without punctuation."""
APART = re.compile(r"(?:(?<![\w'])\w+[.!?]\s+){3,}")
PLAIN = re.compile(
    r"(?<!\w)(?:(?:do|does|did|is|are|was|were|has|have|had|could|would|should|ca|must|ain)"
    r"n['\u2019]t|can['\u2019]t|i['\u2019]m|i['\u2019]ve|(?:it|let|that|what|where|there|how)['\u2019]s|"
    r"(?:you|we|they)['\u2019]ve|they['\u2019]re|you['\u2019]re)(?!\w)",
    re.IGNORECASE,
)
"""Contractions that stay clear without their apostrophe (unlike "we're", "I'll")."""
LINK = re.compile(r"https?://|www\.|\S+@")
MARKS = re.compile(r"[.,!?;:\u2026\"\u201c\u201d()\u2014\u2013]+")
ASKS = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:what|whats|what's|when|where|wheres|where's|which|who|why|how|hows|is|"
    r"are|am|was|were|do|does|did|can|could|will|would|should|shall|may|have|has|isn't|aren't|"
    r"don't|doesn't|can't|any)(?!\w)",
    re.IGNORECASE,
)
NOTE = "\U0001f4dd"
PICTURES: tuple[tuple[str, str], ...] = (
    (r"(?:parcel|package|order|deliver\w*|courier|shipping|box)", "\U0001f4e6"),
    (r"(?:coffee|beans|espresso|latte|roast|brew\w*|grinder)", "\u2615"),
    (r"(?:card|pay\w*|paid|charge\w*|refund\w*|bill)", "\U0001f4b3"),
    (r"(?:e-?mail\w*|mail|letter|message)", "\U0001f4e7"),
    (r"(?:phone|app|call\w*|mobile|text)", "\U0001f4f1"),
    (r"(?:website|site|page|login|log in|password|account|laptop|wifi|internet)", "\U0001f4bb"),
    (r"(?:address|house|flat|home|moved|moving|door|room)", "\U0001f3e0"),
    (r"(?:train|bus|flight|fly|trip|hotel|holiday)", "\U0001f9f3"),
    (r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|tomorrow|today)",
     "\U0001f4c5"),
)  # fmt: skip


def caps(text: str, draw: Random) -> str | None:  # noqa: ARG001 - every slice has a draw
    """Give the message all in capitals, links and codes as they were."""
    held, kept = masked(text)
    return unmasked(held.upper(), [_raised(one) for one in kept])


def lower(text: str, draw: Random) -> str | None:  # noqa: ARG001 - as above
    """Give the message in lower case without punctuation, as thumbs write it.

    What carries meaning stays: quotation marks, a word in capitals among others, a question mark
    where nothing else asks. Long messages and words set apart. Like. This. are left alone.
    """
    if len(text.split()) > LONGEST_BARE or APART.search(text):
        return None
    held, kept = masked(text)
    plain = held.lower() if held.isupper() else WORD.sub(_softly, held)
    bare = "".join(_bare(match[0]) for match in SENTENCE.finditer(plain))
    found = PLAIN.sub(lambda match: match[0].replace("'", "").replace("\u2019", ""), bare)
    whole = unmasked(found, [_lowered(one) for one in kept])
    return re.sub(r"[ \t]+", " ", whole).strip() or None


def typos(text: str, draw: Random) -> str | None:
    """Give the message with a typing mistake in about every seventh word, at least one."""
    held, kept = masked(text)
    fit = [
        match for match in WORD.finditer(held) if len(match[0]) >= SHORTEST and match[0].isalpha()
    ]
    wanted = min(MOST_TYPOS, max(1, round(len(held.split()) / PER_TYPO)), len(fit))
    for match in sorted(draw.sample(fit, wanted), key=lambda one: -one.start()):
        held = held[: match.start()] + _mistyped(match[0], draw) + held[match.end() :]
    return unmasked(held, kept) if fit else None


def emoji(text: str, draw: Random) -> str | None:
    """Give the message with a picture of what it is about, one that carries no feeling."""
    if not any(letter.isalpha() for letter in text):
        return None
    fitting = (
        one for words, one in PICTURES if re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
    )
    picture = next(fitting, NOTE)
    end = re.search(r"[.!?](?=\s)", text)
    if end and draw.random() < 1 / 2:
        return f"{text[: end.end()]} {picture}{text[end.end() :]}"
    return f"{text.rstrip()} {picture}"


def _raised(kept: str) -> str:
    return kept if LINK.match(kept) else kept.upper()


def _lowered(kept: str) -> str:
    return kept if LINK.match(kept) else kept.lower()


def _softly(match: re.Match[str]) -> str:
    """Give a word in lower case unless it is stressed by capitals."""
    word = match[0]
    return word if len(word) > 1 and word.isupper() else word.lower()


def _bare(sentence: str) -> str:
    keeps = "?" in sentence and not ASKS.search(sentence)
    found = MARKS.sub(lambda match: " ? " if keeps and "?" in match[0] else " ", sentence)
    return found.replace(" ?", "?") if keeps else found


def _mistyped(word: str, draw: Random) -> str:
    """Give a word of five letters and more with one slip inside it that makes no other word."""
    for _ in range(TRIES):
        found = _slipped(word, draw)
        if found.lower() not in _real_words():
            return found
    return word


@cache
def _real_words() -> frozenset[str]:
    """Give real words that one slip makes of others customers use; no typing mistake gives them."""
    place = Path(__file__).parent / "data" / "audit" / "real-words.txt"
    return frozenset(place.read_text(encoding="utf-8").split())


def _slipped(word: str, draw: Random) -> str:
    at = draw.randrange(1, len(word) - 1)
    kind = draw.choice(("near", "swapped", "doubled", "missing"))
    if kind == "swapped" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    near = draw.choice(NEAR.get(word[at].lower(), word[at]))
    return word[:at] + (near.upper() if word[at].isupper() else near) + word[at + 1 :]
