"""The language of a message: English unless it is clearly another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from intents.text import cleaned

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT = "en"
FEWEST_WORDS = 3
SURE = 0.5
SURE_IF_SHORT = 0.85
MOST_ENGLISH = 0.1
ENGLISH_WORDS_SHARE = 0.25
READ = 600

LATIN = (
    "en", "es", "fr", "de", "it", "pt", "nl", "pl", "sv", "da", "no", "fi",
    "cs", "sk", "hu", "ro", "tr", "id", "vi", "hr", "lt", "lv", "et",
)  # fmt: skip
# Scripts by the first word of a letter's Unicode name, and the languages written in them.
SCRIPTS = {
    "CYRILLIC": ("ru", "uk", "bg", "sr", "mk", "be", "kk"),
    "ARABIC": ("ar", "fa", "ur"),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "GREEK": ("el",),
    "HEBREW": ("he",),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh",),
    "THAI": ("th",),
    "BENGALI": ("bn",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",),
    "KANNADA": ("kn",),
    "MALAYALAM": ("ml",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "AMHARIC": ("am",),
    "ETHIOPIC": ("am",),
    "KHMER": ("km",),
    "LAO": ("lo",),
    "MYANMAR": ("my",),
    "SINHALA": ("si",),
}
# Words that English and the Englishes of the world share and other languages hardly use, and the
# coffees whose Italian names are said in all of them.
# fmt: off
ENGLISH_WORDS = frozenset((
    "the", "this", "that", "these", "those", "my", "your", "you", "your's", "our", "we", "they",
    "them", "it", "its", "is", "are", "was", "were", "be", "been", "am", "have", "has", "had",
    "do", "does", "did", "don't", "can", "can't", "cannot", "could", "would", "should", "will",
    "won't", "i", "i'm", "i've", "i'll", "it's", "what", "what's", "when", "where", "which",
    "who", "why", "how", "and", "or", "but", "if", "not", "for", "from", "with", "without",
    "of", "to", "at", "by", "about", "after", "again", "still", "please", "pls", "plz",
    "thanks", "thank", "order", "ordered", "delivery", "refund", "parcel", "money", "back",
    "get", "got", "give", "want", "wan", "need", "know", "say", "said", "tell", "make", "take",
    "come", "go", "going", "dey", "wetin", "abeg", "una", "dem", "lah", "leh", "lor", "aye",
    "ye", "wee", "dinnae", "cannae", "whit", "ain't", "gonna", "wanna", "me", "him", "her",
    "he", "she", "his", "than", "then", "there", "here", "just", "one", "two", "some", "any",
    "more", "all", "up", "out", "espresso", "macchiato", "latte",
    "cappuccino", "americano", "moka", "robusta", "arabica", "crema", "lungo", "ristretto", "mocha",
))
# fmt: on
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_NOISE = re.compile(r"https?://\S+|\S+@\S+|\S*\d\S*")


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code; "en" for short, mixed or doubtful texts and every English."""
    plain = _NOISE.sub(" ", cleaned(text)[:READ])
    script = _script(plain)
    if script is None:
        return DEFAULT
    if script != "LATIN":
        return _of_script(script, plain)
    return _of_latin(plain)


def _of_latin(plain: str) -> str:
    words = [word.casefold() for word in _WORD.findall(plain)]
    if len(set(words)) < FEWEST_WORDS:
        return DEFAULT
    if sum(word in ENGLISH_WORDS for word in words) > ENGLISH_WORDS_SHARE * len(words):
        return DEFAULT
    shares = _shares(" ".join(words), LATIN)
    best = max(shares, key=lambda code: shares[code])
    needed = SURE if len(words) > FEWEST_WORDS else SURE_IF_SHORT
    clear = shares[best] >= needed and shares[DEFAULT] <= MOST_ENGLISH
    return best if clear else DEFAULT


def _of_script(script: str, plain: str) -> str:
    languages = SCRIPTS[script]
    if script == "CJK" and any(_script_of(letter) in {"HIRAGANA", "KATAKANA"} for letter in plain):
        return "ja"
    if len(languages) == 1:
        return languages[0]
    shares = _shares(plain, languages)
    return max(shares, key=lambda code: shares[code])


def _shares(plain: str, languages: Sequence[str]) -> dict[str, float]:
    """Give how likely each of the languages is, as shares of 1."""
    every = dict(_identifier().rank(plain))
    total = sum(every[code] for code in languages) or 1.0
    return {code: every[code] / total for code in languages}


def _script(plain: str) -> str | None:
    """Give the script most letters are in, None without letters or for one not known."""
    counts = Counter(_script_of(letter) for letter in plain if letter.isalpha())
    if not counts:
        return None
    script = counts.most_common(1)[0][0]
    return script if script == "LATIN" or script in SCRIPTS else None


def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0].split("-", 1)[0]


@cache
def _identifier() -> LanguageIdentifier:
    """Load the language model, 5 MB, once and only where one is needed; it never changes."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages({*LATIN, *(code for codes in SCRIPTS.values() for code in codes)})
    return found
