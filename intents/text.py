"""The cleaned copy of a message that the model reads; the original is never changed."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

MAX_MARKS = 2
MOST_MARKS_READ = 30  # as Unicode's stream-safe text format has it; ordering more is slow
MAX_RUN = 3
MAX_PICTURES = 12
EMPTY = "…"
_SPACE = re.compile(r"\s+")
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_ACUTE = re.compile(r"(?<=\w)\u00b4(?=\w)")  # typed for an apostrophe
_DROPPED = {"Cf", "Cs", "Co", "Cn"}
_BLANK = {"Cc", "Zl", "Zp", "Zs"}
# Letters and marks that show nothing: joiners, fillers, variation selectors, the keycap's frame.
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u20e3\u3164\uffa0"
) | frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_HOLLOW = "\u2800"  # a braille cell without dots, which looks like a space

# Quotation marks and letters as decoration, which compatibility folding leaves as they are.
_FOLDED = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'}
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
    | {chr(0x1F150 + place): letter for place, letter in enumerate(ascii_lowercase)}
    | {chr(0x1F170 + place): letter for place, letter in enumerate(ascii_lowercase)}
)

# Letters drawn like a Latin one, from Unicode's confusables (UTS 39): only those nobody could tell
# apart, so that few real words are made of them alone. Cyrillic, Greek, Armenian, Latin.
_LATIN = frozenset(ascii_lowercase + ascii_uppercase)
_LOOKALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝѵӏүҽАВЕКМНОРСТУХІЈЅԌԜѴӀҮαινορσυγϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿհոսցօՕՍՏɑɡ",
        "aeopcyxijshdqwvlyeABEKMHOPCTYXIJSGWVIYaivopouycjABEZHIKMNOPTYXCJhnugoOUSag",
        strict=True,
    )
)
_SYMBOLS = frozenset("αινορσυγ")  # alone, these are more often meant as they are

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

    Letters that only look Latin become Latin where the message is otherwise Latin. Total: any
    string, lone surrogates and NUL included, gives a string that is not empty, and cleaning that
    again changes nothing.
    """
    if text.strip() == EMPTY:
        return EMPTY
    folded = text if text.isascii() else _folded(text)
    plain = folded if folded.isprintable() else "".join(map(_shown, folded))
    return _SPACE.sub(" ", _RUN.sub(lambda run: run[1] * MAX_RUN, plain)).strip() or EMPTY


def _shown(letter: str) -> str:
    return letter if letter.isprintable() else " "


def _folded(text: str) -> str:
    seen = _ACUTE.sub("'", "".join(_without_unseen(text)))
    folded = unicodedata.normalize("NFKC", seen).translate(_FOLDED)
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", undisguised("".join(_visible(folded))))


def undisguised(text: str) -> str:
    """Give the text with letters that only look Latin made Latin, in an otherwise Latin text.

    A word is changed only whole: when every letter of it is Latin or looks so. Text that is
    Russian, Greek or Armenian in the main stays as it is, whatever its words look like.
    """
    words = _WORD.findall(text)
    found = {word for word in words if not word.isascii() and _is_disguised(word)}
    if not found:
        return text
    latin = foreign = 0
    for word in words:
        if word in found and not any(_is_latin(letter) for letter in word):
            foreign += len(word)
        elif word in found:
            latin += len(word)
        else:
            size = sum(map(_is_latin, word))
            latin, foreign = latin + size, foreign + len(word) - size
    if latin <= foreign:
        return text
    return _WORD.sub(lambda word: _spelt(word[0]) if word[0] in found else word[0], text)


def _is_disguised(word: str) -> bool:
    if len(word) == 1 and word in _SYMBOLS:
        return False
    odd = [letter for letter in word if letter in _LOOKALIKES]
    return bool(odd) and all(one in _LOOKALIKES or _is_latin(one) for one in word)


def _is_latin(letter: str) -> bool:
    if letter in _LATIN:
        return True
    return letter not in _LOOKALIKES and unicodedata.name(letter, "").startswith("LATIN")


def _spelt(word: str) -> str:
    return "".join(_LOOKALIKES.get(letter, letter) for letter in word)


def _without_unseen(text: str) -> list[str]:
    """Give the letters that show something, with at most as many marks in a row as are read."""
    kept: list[str] = []
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MOST_MARKS_READ or category in _DROPPED or letter in _UNSEEN:
            continue
        kept.append(" " if letter == _HOLLOW else letter)
    return kept


def _visible(text: str) -> list[str]:
    """Give the letters of a folded text with pictures as words and few marks on each."""
    kept: list[str] = []
    marks = pictures = 0
    last = ""
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MAX_MARKS or category in _DROPPED or letter in _UNSEEN:
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
