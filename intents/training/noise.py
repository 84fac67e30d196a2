"""Messages as hurried, tired and different people would have typed them. Pure, seeded.

Half the changes are those the bias audit makes; the other half are others', so that the encoder
learns that spelling does not matter rather than one spelling of mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from intents.perturb import perturbed, slice_of

SHARE = 0.4
AUDITED = (
    ("typos", 5), ("lower", 3), ("names", 2), ("emoji", 2), ("scottish", 2), ("singlish", 1),
    ("non_native", 1), ("polite", 1), ("direct", 1), ("african_american", 1), ("indian", 1),
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z]{4,}")
_SHORT = {
    "you": "u", "your": "ur", "are": "r", "please": "pls", "thanks": "thx", "because": "cos",
    "tomorrow": "tmrw", "to": "2", "for": "4", "with": "w", "without": "w/o", "about": "abt",
    "before": "b4", "people": "ppl", "message": "msg", "minutes": "mins", "the": "da",
    "going to": "gonna", "want to": "wanna", "have to": "gotta", "i am": "im", "cannot": "cant",
    "could": "cud", "would": "wud", "should": "shud", "know": "kno", "what": "wat", "okay": "k",
}  # fmt: skip
_SHORTER = re.compile(rf"(?<!\w)(?:{'|'.join(_SHORT)})(?!\w)", re.IGNORECASE)
_SOUNDS = (
    ("ie", "ei"), ("ei", "ie"), ("ph", "f"), ("ough", "uff"), ("tion", "shun"), ("ck", "k"),
    ("ll", "l"), ("tt", "t"), ("ss", "s"), ("cc", "c"), ("rr", "r"), ("mm", "m"), ("ea", "ee"),
    ("ai", "ay"), ("ible", "able"), ("able", "ible"), ("ant", "ent"), ("ence", "ance"),
    ("ely", "ly"), ("th", "d"), ("wh", "w"), ("kn", "n"), ("se", "ze"), ("ce", "se"),
)  # fmt: skip
Change = Callable[[str, Random], str]


def noisy(text: str, draw: Random, share: float = SHARE) -> str:
    """Give the text, in `share` (0-1) of all cases as somebody else would have typed it."""
    if draw.random() >= share:
        return text
    if draw.random() < 1 / 2:
        return draw.choice(ROUGH)(text, draw) or text
    names, weights = zip(*AUDITED, strict=True)
    one = slice_of(draw.choices(names, weights)[0])
    found = perturbed(text, one, draw.getrandbits(30), draw.getrandbits(10))
    return found.text if found else text


def noisy_all(texts: Sequence[str], draw: Random) -> list[str]:
    """Give each text through `noisy`."""
    return [noisy(text, draw) for text in texts]


def _misheard(text: str, draw: Random) -> str:
    """Spell some words by their sound."""

    def spelt(match: re.Match[str]) -> str:
        fitting = [pair for pair in _SOUNDS if pair[0] in match[0].lower()[1:]]
        if not fitting or draw.random() < 2 / 3:
            return match[0]
        old, new = draw.choice(fitting)
        return match[0][0] + match[0][1:].replace(old, new, 1)

    return _WORD.sub(spelt, text)


def _slipping(text: str, draw: Random) -> str:
    """Drop, double, swap or strike a wrong letter anywhere, in one of every 12 to 40 letters."""
    rate = draw.uniform(1 / 40, 1 / 12)
    letters = list(text)
    at = 1
    while at < len(letters) - 1:
        if letters[at].isalpha() and draw.random() < rate:
            kind = draw.randrange(4)
            if kind == 0:
                letters[at] = ""
            elif kind == 1:
                letters[at] *= 2
            elif kind == 2:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
                at += 1
            else:
                letters[at] = draw.choice("aeiourstnlmdhpyg")
        at += 1
    return "".join(letters)


def _shortened(text: str, draw: Random) -> str:
    """Write as in a text message of few letters."""
    return _SHORTER.sub(
        lambda match: _SHORT[match[0].lower()] if draw.random() < 2 / 3 else match[0], text
    )


def _without_vowels(text: str, draw: Random) -> str:
    """Leave the vowels out of one or two words."""
    words = list(_WORD.finditer(text))
    for match in sorted(draw.sample(words, min(2, len(words))), key=lambda one: -one.start()):
        inner = re.sub("[aeiou]", "", match[0][1:-1])
        text = text[: match.start() + 1] + inner + text[match.end() - 1 :]
    return text


def _run_together(text: str, draw: Random) -> str:
    """Lose or gain a space or two."""
    for _ in range(draw.randint(1, 2)):
        spaces = [place for place, letter in enumerate(text) if letter == " "]
        if spaces and draw.random() < 2 / 3:
            place = draw.choice(spaces)
            text = text[:place] + text[place + 1 :]
        elif len(text) > 6:
            place = draw.randrange(2, len(text) - 2)
            text = text[:place] + " " + text[place:]
    return text


def _bare(text: str, draw: Random) -> str:
    """Give lower case without any mark, now and then with dots between instead."""
    plain = re.sub(r"[^\w\s'$€£%@#/-]+", " .. " if draw.random() < 1 / 4 else " ", text.lower())
    if draw.random() < 1 / 2:
        plain = plain.replace("'", "").replace("\u2019", "")
    return " ".join(plain.split())


def _marked(text: str, draw: Random) -> str:
    """Begin or end as many messages do, with words or marks that change nothing."""
    if draw.random() < 1 / 2:
        opening = draw.choice(
            ("hi ", "Hello, ", "hey there ", "ok so ", "Hi team, ", "so ", "um ", "Good day. ")
        )
        return opening + text
    return text + draw.choice((" ..", "...", " :)", " .", " !", " x", " - sent from my phone"))


ROUGH: tuple[Change, ...] = (
    _misheard, _slipping, _slipping, _slipping, _shortened, _without_vowels, _run_together, _bare,
    _marked,
)  # fmt: skip
