"""Where one thought of a message ends and the next begins: rough, by punctuation and joining words.

Every clause is pooled from the message's own forward pass, so that it is read in its context.
"""

from __future__ import annotations

import re
from itertools import pairwise

MOST = 3
FEWEST_WORDS = 3
_ENDS = re.compile(
    r"[.!?…。！？;]+[\"')\]]*(?:\s+|$)"
    r"|\s+[-–—]+\s+"
    r"|,?\s+(?=(?:and|but|plus|or)?\s*(?:also|another thing|one more thing|btw|by the way|while "
    r"(?:i'?m|we'?re|you'?re) (?:at it|here)|separately|secondly|on another note)\b)"
    r"|,?\s+(?=(?:and|plus|then)\s+(?:can|could|do|does|is|are|when|what|where|how|will|would|i "
    r"(?:want|need|would|also)|please|if)\b)"
    r"|,?\s+(?=(?:and|but|plus|n|&)\s+\S+\s+\S+\s+\S+)"
    r"|,\s+(?=(?:can|could|do you|does|is there|are there|when|what|where|how|will you|please)\b)",
    re.IGNORECASE,
)
Span = tuple[int, int]


def clauses(text: str) -> list[Span]:
    """Give the clauses of a cleaned text as (start, end), in order; none if it is a single one."""
    cuts = [match.end() for match in _ENDS.finditer(text)]
    edges = [0, *cuts, len(text)]
    spans = [(start, end) for start, end in pairwise(edges) if start < end]
    joined: list[Span] = []
    for span in spans:
        if joined and min(_words(text, joined[-1]), _words(text, span)) < FEWEST_WORDS:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    while len(joined) > MOST:
        shortest = min(range(len(joined) - 1), key=lambda place: _both(joined, place))
        joined[shortest : shortest + 2] = [(joined[shortest][0], joined[shortest + 1][1])]
    return joined if len(joined) > 1 else []


def _words(text: str, span: Span) -> int:
    return len(text[span[0] : span[1]].split())


def _both(spans: list[Span], place: int) -> int:
    return spans[place + 1][1] - spans[place][0]
