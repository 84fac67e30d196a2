"""The language of a message: the pack's own unless it is clearly another."""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from intents.romanised import romanised
from intents.text import cleaned

DEFAULT = "en"
READ = 600
SHORT = 3
FEWEST_WORDS = 3  # of different words, unless two are long
FEWEST_LETTERS_OF_TWO = 14
# How likely a language must be to be believed, and how unlikely the usual one.
SURE = 0.5
SURE_IF_SHORT = 0.85
DOUBTED = 0.1
DOUBTED_IF_SHORT = 0.005
RULED_OUT = 0.001
# From which share on English words decide, and decide against a model that rules English out.
ENGLISH_SHARE = 0.25
ENGLISH_SHARE_AGAINST_ALL = 0.5

LATIN = (
    "en", "es", "fr", "de", "it", "pt", "nl", "pl", "sv", "da", "no", "fi",
    "cs", "sk", "hu", "ro", "tr", "id", "vi", "hr", "lt", "lv", "et",
    "ca", "sl", "is", "sq", "sw", "tl", "ms", "af",
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
KNOWN = frozenset({*LATIN, *(code for codes in SCRIPTS.values() for code in codes)})
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
# The letters of each language in Cyrillic: a text with another letter is not in it.
CYRILLIC = {
    "ru": frozenset(_RUSSIAN),
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "bg": frozenset("абвгдежзийклмнопрстуфхцчшщъьюя"),
    "sr": frozenset("абвгдђежзијклљмнњопрстћуфхцчџш"),
    "mk": frozenset("абвгдѓежзѕијклљмнњопрстќуфхцчџш"),
    "be": frozenset("абвгдеёжзійклмнопрстуўфхцчшыьэюя"),
    "kk": frozenset(_RUSSIAN + "әғқңөұүһі"),
}
# How much commoner a language is than its near relatives.
COMMONER = {"ru": 4.0, "uk": 2.0, "hi": 5.0, "ar": 2.0, "id": 3.0, "nl": 3.0}
EXPECTED = 3.0  # how much likelier a language of the pack is than others

# Words that English and the Englishes of the world share and other languages hardly use, and the
# coffees whose names are said in all of them.
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
    "come", "go", "going", "ain't", "gonna", "wanna", "me", "him", "her", "he", "she", "his",
    "than", "then", "there", "here", "just", "one", "two", "some", "any", "more", "all", "up",
    "out", "dey", "wetin", "abeg", "una", "dem", "lah", "leh", "lor", "aye", "ye", "wee", "whit",
    "dinnae", "cannae", "didnae", "isnae", "nae", "tae", "frae", "hoo", "yuh", "nuh", "deh", "weh",
    "espresso", "macchiato", "latte", "cappuccino", "americano", "moka", "robusta", "arabica",
    "crema", "lungo", "ristretto", "mocha", "café", "lait", "crème", "brûlée",
))
# fmt: on
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Letters that no English word has, loan words such as "café" and "jalapeño" included.
_FOREIGN = re.compile(r"[äöüßåøæœłąęśżźćńğışčřžůěőűđãõáíóúìòùýþðțșăîāēīūķļņģūėįų]")
# Addresses, codes, and words spelt letter by letter.
_NOISE = re.compile(r"https?://\S+|\S+@\S+|\S*\d\S*|\b(?:[^\W\d_] ){2,}[^\W\d_]\b")


def detect_language(text: str, spoken: Sequence[str] = (DEFAULT,)) -> str:
    """Give the ISO 639-1 code of a text's language, one of KNOWN.

    `spoken` are the languages expected; the first of them stands for short, mixed or doubtful
    texts. Every English of the world is "en".
    """
    seen = cleaned(_without_pictures(text[:READ]))
    plain = _NOISE.sub(" ", seen)
    script = _script(plain)
    if script is None:
        return spoken[0] if spoken else DEFAULT
    if script != "LATIN":
        return _of_script(script, plain, spoken)
    return romanised(seen, spoken, ENGLISH_WORDS) or _of_latin(
        _WORD.findall(plain), tuple(spoken) or (DEFAULT,)
    )


def _of_latin(words: Sequence[str], spoken: Sequence[str]) -> str:
    usual = spoken[0]
    filling = ENGLISH_WORDS if usual == DEFAULT else frozenset()
    if all(_is_name(word) or word.casefold() in filling for word in words):
        return usual
    small = [word.casefold() for word in words]
    english = sum(word in ENGLISH_WORDS for word in small) / len(small)
    if_english = DEFAULT if usual == DEFAULT or len(set(small)) >= FEWEST_WORDS else usual
    if english > ENGLISH_SHARE_AGAINST_ALL:
        return if_english
    shares = _shares(" ".join(small), LATIN)
    if english > ENGLISH_SHARE and shares[DEFAULT] > RULED_OUT:
        return if_english
    doubted = shares.get(usual, shares[DEFAULT])
    best = _likeliest(shares, spoken)
    if _is_clear(words, shares[best], doubted, foreign=_FOREIGN if usual == DEFAULT else None):
        return best
    return _of_few(shares, spoken)


def _is_name(word: str) -> bool:
    """Say whether a word may be a name or a code, which belong to no language."""
    return word.istitle() or (word.isupper() and len(word) <= SHORT)


def _of_few(shares: Mapping[str, float], spoken: Sequence[str]) -> str:
    """Give the one of the spoken languages that the others leave behind, else the first."""
    among = {code: shares[code] for code in spoken if code in shares}
    best = max(among, key=lambda code: among[code], default=spoken[0])
    return best if among.get(best, 0.0) > SURE_IF_SHORT * sum(among.values()) else spoken[0]


def _is_clear(
    words: Sequence[str], best: float, doubted: float, foreign: re.Pattern[str] | None
) -> bool:
    """Say whether words are clearly of the language with share `best`, not of the usual one."""
    different = len(set(words))
    if different < FEWEST_WORDS:
        long = different > 1 and sum(map(len, words)) >= FEWEST_LETTERS_OF_TWO
        return long and best >= SURE_IF_SHORT and doubted <= DOUBTED_IF_SHORT
    if doubted <= RULED_OUT * (len(words) - 1):
        return True
    if foreign and any(word.islower() and foreign.search(word) for word in words):
        return doubted <= DOUBTED
    needed = SURE if len(words) > FEWEST_WORDS else SURE_IF_SHORT
    return best >= needed and doubted <= DOUBTED


def _of_script(script: str, plain: str, spoken: Sequence[str]) -> str:
    languages = SCRIPTS[script]
    if script == "CJK" and any(_script_of(letter) in {"HIRAGANA", "KATAKANA"} for letter in plain):
        return "ja"
    if script == "CYRILLIC":
        letters = {letter for letter in plain.casefold() if letter.isalpha()}
        languages = tuple(code for code in languages if letters <= CYRILLIC[code]) or languages
    if len(languages) == 1:
        return languages[0]
    return _likeliest(_shares(plain, languages), spoken)


def _likeliest(shares: Mapping[str, float], spoken: Sequence[str]) -> str:
    def weighed(code: str) -> float:
        return shares[code] * COMMONER.get(code, 1.0) * (EXPECTED if code in spoken else 1.0)

    return max(shares, key=weighed)


def _shares(plain: str, languages: Sequence[str]) -> dict[str, float]:
    """Give how likely each of the languages is, as shares of 1."""
    every = _identifier().likelihoods(plain)
    total = sum(every[code] for code in languages) or 1.0
    return {code: every[code] / total for code in languages}


def _without_pictures(text: str) -> str:
    """Give the text without emoji: cleaning makes English words of them."""
    if text.isascii():
        return text
    return "".join(" " if unicodedata.category(one) in {"So", "Sk"} else one for one in text)


def _script(plain: str) -> str | None:
    """Give the script most letters are in, None without letters or for one not known."""
    if plain.isascii():
        return "LATIN" if any(map(str.isalpha, plain)) else None
    counts: Counter[str] = Counter()
    for letter, count in Counter(filter(str.isalpha, plain)).items():
        counts[_script_of(letter)] += count
    if not counts:
        return None
    script = counts.most_common(1)[0][0]
    return script if script == "LATIN" or script in SCRIPTS else None


def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0].split("-", 1)[0]


class _Identifier:
    """The model of py3langid, laid out so that a short text touches little of its memory.

    In the library's own layout the numbers of one feature lie as far apart as its table is long.
    """

    def __init__(self) -> None:
        """Load the model, 5 MB on disk, for the languages known here."""
        from py3langid import langid  # noqa: PLC0415  (only where a model is needed)

        model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
        model.set_languages(KNOWN)
        self._counted = langid.visit_counts
        self._moves = model.tk_nextmove
        self._rows = array("i", (row << 8 for row in model.tk_row))
        self._features = array("i", model.tk_output)
        self._chances = np.ascontiguousarray(model.nb_ptc, np.float32)
        self._usual = model.nb_pc
        self._codes: list[str] = model.nb_classes
        # A language written in two scripts is there twice.
        self._twice = [
            (place, code)
            for place, code in enumerate(self._codes)
            if code in self._codes[place + 1 :]
        ]

    def likelihoods(self, plain: str) -> dict[str, float]:
        """Give how likely each language is beside the likeliest, as the library's `rank` does."""
        lowered = plain.lower() if plain.isupper() else plain
        text = unicodedata.normalize("NFC", lowered).encode("utf-8", "surrogatepass")
        counts = self._counted(self._moves, self._rows, self._features, text)
        scores = np.zeros_like(self._usual)
        if counts:
            often = np.log1p(np.array([*counts.values()], np.float32))
            scores = often @ self._chances.take([*counts], axis=0) + self._usual
            scores *= 1.0 / math.sqrt(len(text))
        likely = np.exp(scores - scores.max()).tolist()
        found = dict(zip(self._codes, likely, strict=True))
        for place, code in self._twice:
            found[code] += likely[place]
        return found


@cache
def _identifier() -> _Identifier:
    """Load the language model once and only where one is needed; it never changes."""
    return _Identifier()
