"""What a customer wrote, out of a conversation as somebody types or pastes it. Pure.

Without speakers each line is one message. With them (`Customer: …`, `[10:32] Robin: …`, a name
over indented words, as a saved conversation has it) lines belong to whoever spoke last, and only
the customer's are messages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_LABEL, MOST_WORDS = 40, 4
DATE = r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
TIME = rf"(?:\[?\(?{DATE}?[ T,]*\d{{1,2}}:\d\d(?::\d\d)?(?:\s?[ap]m)?\)?\]?)"
STAMP = re.compile(TIME, re.IGNORECASE)
OVER = re.compile(rf"{TIME}  +(?P<who>\S.*)", re.IGNORECASE)
BEFORE, BETWEEN = " \t>*-•", " \t-–—:*"
LONGEST_STAMP = 60
DAY = re.compile(r"^-{2,}.*-{2,}$")
APART = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
OURS = {
    *("bot", "chatbot", "assistant", "attune", "ai", "system", "us", "shop", "service", "helpdesk"),
    *("agent", "support", "advisor", "adviser", "team", "operator", "rep", "staff", "human"),
}
THEIRS = {
    *("customer", "client", "visitor", "user", "guest", "buyer", "shopper", "caller", "you", "me"),
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """The customer's messages in order, and who was taken for the customer and for us."""

    messages: tuple[str, ...]
    customer: str = ""
    others: tuple[str, ...] = ()


def read_pasted(text: str) -> Pasted:
    """Give the customer's messages of a typed or pasted conversation; none if there are none."""
    lines = [line.translate(APART).rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    parts = _saved(lines) or _labelled(lines)
    if not parts:
        return Pasted(tuple(line.strip() for line in lines if line.strip()))
    speakers = list(dict.fromkeys(who for who, _ in parts))
    customer = _customer_of(speakers)
    said = tuple(words for who, words in parts if who.casefold() == customer.casefold() and words)
    others = tuple(one for one in speakers if one.casefold() != customer.casefold())
    return Pasted(said, customer, others)


def _saved(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Read a conversation as customers save it: time and speaker, then indented words."""
    parts: list[tuple[str, list[str]]] = []
    spoken = False
    for line in lines:
        over = OVER.match(line)
        if over:
            parts.append((over["who"].partition(" · ")[0].strip(), []))
        elif line.startswith("    ") and parts:
            parts[-1][1].append(line.strip())
            spoken = True
    return [(who, "\n".join(said).strip()) for who, said in parts if said] if spoken else []


def _labelled(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Read lines with a speaker before a colon; nothing if they have none."""
    heads = [_head(line) for line in lines]
    speakers = _speakers(heads, next((at for at, one in enumerate(lines) if one.strip()), 0))
    parts: list[tuple[str, list[str]]] = []
    for line, head in zip(lines, heads, strict=True):
        if head and head[0].casefold() in speakers:
            parts.append((head[0], [head[1]]))
        elif parts and not DAY.match(line.strip()):
            parts[-1][1].append(line.strip())
    return [(who, "\n".join(one for one in said if one)) for who, said in parts]


def _head(line: str) -> tuple[str, str] | None:
    """Give the speaker at the beginning of a line and what follows the colon."""
    start = line.lstrip(BEFORE)
    stamp = STAMP.match(start[:LONGEST_STAMP])
    who, colon, said = (start[stamp.end() :].lstrip(BETWEEN) if stamp else start).partition(":")
    who = who.strip(" *_\t")
    fits = colon and who and len(who) <= LONGEST_LABEL and len(who.split()) <= MOST_WORDS
    return (who, said.strip(" *\t")) if fits and not who[0].isdigit() else None


def _speakers(heads: Sequence[tuple[str, str] | None], first: int) -> set[str]:
    """Give who speaks: known words, and names said twice or first, where it begins with one."""
    if not heads or heads[first] is None:
        return set()
    counts = Counter(one[0].casefold() for one in heads if one)
    opener = (heads[first] or ("", ""))[0].casefold()
    known = {one for one in counts if _role(one)}
    if _role(opener) or known or counts[opener] > 1:
        return known | {opener} | {one for one, count in counts.items() if count > 1}
    return set()


def _role(who: str) -> str:
    words = set(re.findall(r"\w+", who.casefold()))
    if words & THEIRS:
        return "theirs"
    return "ours" if words & OURS else ""


def _customer_of(speakers: Sequence[str]) -> str:
    """Give who the customer is: by the word, else the first who is none of us."""
    by_word = [one for one in speakers if _role(one) == "theirs"]
    strangers = [one for one in speakers if _role(one) == ""]
    return next(iter([*by_word, *strangers]), "")
