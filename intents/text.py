"""The cleaned copy of a message that the model reads; the original is never changed."""

from __future__ import annotations

import re
import unicodedata

MAX_MARKS = 2
MAX_RUN = 3
MAX_PICTURES = 12
EMPTY = "…"
_SPACE = re.compile(r"\s+")
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_FOLDED = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_DROPPED = {"Cf", "Cs", "Co", "Cn"}
_BLANK = {"Cc", "Zl", "Zp", "Zs"}

# What people mean by a picture where its Unicode name says something else.
_PICTURES = {
    "\U0001f44b": "hello",
    "\U0001f44d": "great, thanks",
    "\U0001f44e": "bad",
    "\U0001f44f": "well done",
    "\U0001f64f": "please, thank you",
    "\U0001f600": "happy",
    "\U0001f601": "happy",
    "\U0001f602": "laughing",
    "\U0001f923": "laughing",
    "\U0001f60a": "happy",
    "\U0001f60d": "love it",
    "\U0001f970": "love it",
    "\U0001f618": "love",
    "\U0001f621": "furious",
    "\U0001f620": "angry",
    "\U0001f624": "frustrated",
    "\U0001f92c": "swearing, furious",
    "\U0001f644": "annoyed",
    "\U0001f612": "annoyed",
    "\U0001f611": "annoyed",
    "\U0001f62d": "crying",
    "\U0001f622": "sad",
    "\U0001f614": "sad",
    "\U0001f61e": "disappointed",
    "\U0001f641": "sad",
    "\U0001f630": "anxious",
    "\U0001f628": "scared",
    "\U0001f631": "scared",
    "\U0001f61f": "worried",
    "\U0001f62c": "awkward",
    "\U0001f914": "hmm?",
    "\U0001f615": "confused",
    "\U0001f937": "no idea",
    "\U0001f926": "facepalm, annoyed",
    "\u2764": "love",
    "\U0001f389": "hooray",
    "\U0001f64c": "hooray",
}


def cleaned(text: str) -> str:
    """Give the text as the model should see it: NFKC, no invisible marks, pictures as words.

    Total: any string, lone surrogates and NUL included, gives a string that is not empty.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    if not folded.isascii():
        folded = "".join(_visible(folded))
    plain = "".join(letter if letter.isprintable() else " " for letter in folded)
    return _SPACE.sub(" ", _RUN.sub(lambda run: run[1] * MAX_RUN, plain)).strip() or EMPTY


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    marks = pictures = 0
    last = ""
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MAX_MARKS or category in _DROPPED:
            continue
        if category == "So" or letter in _PICTURES:
            pictures += letter != last and pictures < MAX_PICTURES
            kept.append(_words(letter) if letter != last and pictures < MAX_PICTURES else " ")
        elif category != "Sk" or letter.isascii():
            kept.append(" " if category in _BLANK else letter)
        last = letter
    return kept


def _words(picture: str) -> str:
    words = _PICTURES.get(picture) or unicodedata.name(picture, "").lower()
    if words.startswith("regional indicator symbol letter"):
        return words[-1]
    return f" {words} "
