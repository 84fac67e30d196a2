"""How likely a slip of the fingers or of the ear that made one word of another; pure."""

from __future__ import annotations

from itertools import pairwise

MARK, DOUBLED, SWAPPED, SOUND, NEAR, MISSED, ADDED, OTHER = 0.1, 0.4, 0.5, 0.7, 0.8, 0.8, 1.0, 1.3
"""What a slip costs: an apostrophe left out, a letter doubled or not, two letters swapped, one that
sounds alike, a key beside, one letter too few, one too many, any other.
"""
AT_START, AT_END = 0.6, 0.35
"""What it costs more in the first letter, which is seldom wrong, or in the last."""
NEVER = 9.0
"""Costs no less where there are more slips than allowed."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DROPPED = ("g", "e", "ed")
"""Endings whose first letter is often left out: "tryin", "befor", "orderd"."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("aei", "eiy", "eiou", "ckqs", "sz", "gj", "fv", "td", "mn", "bp")


def _keys() -> frozenset[str]:
    found = {row[at : at + 2] for row in _ROWS for at in range(len(row) - 1)}
    for upper, under in pairwise(_ROWS):
        found |= {a + b for at, a in enumerate(under) for b in upper[at : at + 2]}
    return frozenset(found | {pair[::-1] for pair in found})


_NEAR = _keys()
_ALIKE = frozenset(a + b for group in _SOUNDS for a in group for b in group)
_LIKE = {a: "".join(b for b in LETTERS if a + b in _ALIKE | _NEAR) for a in LETTERS}


def cost(typed: str, meant: str, slips: int = 1) -> float:
    """Give what it costs to explain a word as another one mistyped, `NEVER` or more if too much."""
    return _from(typed, meant, 0, 0, slips)


def one_slip_away(word: str, *, unlike: bool = True) -> set[str]:
    """Give everything that one slip makes of a word, or may be made of it.

    With `unlike` false, no letter stands for one that neither sounds like it nor is near it.
    """
    found = set()
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        found.update([head + letter + tail for letter in LETTERS])
        if tail:
            rest = tail[1:]
            letters = LETTERS if unlike else _LIKE.get(tail[0], "")
            found.update([head + letter + rest for letter in letters])
            found.update((head + rest, head + tail[1:2] + tail[0] + tail[2:]))
    return found


def _from(typed: str, meant: str, i: int, j: int, slips: int) -> float:
    """Give the cost of `typed[i:]` for `meant[j:]`."""
    while i < len(typed) and j < len(meant) and typed[i] == meant[j]:
        i, j = i + 1, j + 1
    if i == len(typed) and j == len(meant):
        return 0.0
    if not slips:
        return NEVER
    left = slips - 1
    found = NEVER
    if j < len(meant):
        found = _missed(meant, j) + _from(typed, meant, i, j + 1, left)
    if i < len(typed):
        found = min(found, _added(typed, i) + _from(typed, meant, i + 1, j, left))
    if i < len(typed) and j < len(meant):
        found = min(found, _other(typed, meant, i, j) + _from(typed, meant, i + 1, j + 1, left))
        if typed[i : i + 2] == meant[j : j + 2][::-1]:
            start = 0 if j else AT_START
            found = min(found, SWAPPED + start + _from(typed, meant, i + 2, j + 2, left))
    return found


def _missed(meant: str, j: int) -> float:
    if j and meant[j] == meant[j - 1]:
        return DOUBLED
    if meant[j] == "'":
        return MARK
    return SOUND if meant[j:] in _DROPPED else MISSED + _place(meant, j)


def _added(typed: str, i: int) -> float:
    if i and typed[i] == typed[i - 1]:
        return DOUBLED
    around = typed[i - 1 : i] + typed[i + 1 : i + 2]
    near = any(typed[i] + one in _NEAR for one in around)
    return (NEAR if near else ADDED) + _place(typed, i)


def _other(typed: str, meant: str, i: int, j: int) -> float:
    pair = typed[i] + meant[j]
    if pair in _ALIKE:
        return SOUND + (_place(meant, j) if j else 0.0)
    return (NEAR if pair in _NEAR else OTHER) + _place(meant, j)


def _place(word: str, at: int) -> float:
    return AT_START if not at else AT_END if at == len(word) - 1 else 0.0
