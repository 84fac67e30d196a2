"""What a reply is about, from its pack: whose need, whose failure, which words name it. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.lint.reading_grade import without_references
from bot.pieces import data_of
from intents.errors import PackError
from intents.language import DEFAULT
from intents.pack import INTENTS, POLICY

WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 5  # letters that words of one family share: deliver, delivery, delivered
SHARE = 0.03  # of the phrases a word must be in to name what they are about
FAR = 3.0  # times as often as in the phrases of all intents
# Words that are in everybody's phrases, whatever they are about.
_COMMON = """
about after again all already also and another any anyone anything are back been before
being but can cannot could day days did does doing done don for from get gets getting
give going got had has have hello help here him how into isn its just know let like long
make makes me mine more much must need needs never nothing now off once one only open
other our out over people person please put really right say says see she should since
some somebody something start still such take takes team tell than thank thanks that the
their them then there these they thing things this those time told too took turn two use
used using very want wants was way well were what when where which while who why will
with without won would you your yours yet
"""
COMMON = frozenset(_COMMON.split())
# System replies said because we could not do our part.
OURS = frozenset(
    {
        *("handoff_service", "handoff_nobody", "still_waiting"),
        *("fallback", "fallback_again", "not_quite"),
    }
)


@dataclass(frozen=True, slots=True)
class About:
    """What a reply answers.

    `needs` is whether there is something to name and to do; `ours` whether it is, or may be, a
    failure of ours; `topic` the stems of words that name it.
    """

    needs: bool = False
    ours: bool = False
    topic: frozenset[str] = frozenset()

    def is_named_in(self, text: str) -> bool:
        """Say whether a text has a word that names it; where none is known, it has."""
        plain = without_references(text)
        return not self.topic or any(stem in self.topic for stem in stems(plain))


def about(texts: Mapping[str, str], reply: str) -> About:
    """Give what a reply of a draft is about, as far as its files can be read."""
    known = _abouts(texts.get(INTENTS, ""), texts.get(POLICY, ""))
    return known.get(reply) or About(ours=reply in OURS)


@lru_cache(maxsize=4)
def first_language(intents: str) -> str:
    """Give the language that intents.yaml lists first, English where it lists none."""
    listed = _read({INTENTS: intents}, INTENTS).get("languages")
    return str(listed[0]) if isinstance(listed, list) and listed else DEFAULT


def stems(text: str) -> Iterator[str]:
    """Give the stems of the words of a text that say what it is about."""
    for match in WORD.finditer(text.lower()):
        word = match.group()
        if word not in COMMON:
            yield word[:STEM].removesuffix("s") if len(word) <= STEM else word[:STEM]


@lru_cache(maxsize=4)
def _abouts(intents: str, policy: str) -> Mapping[str, About]:
    groups, rows = _groups(policy), dict(_rows(intents))
    quiet = groups["chitchat"] | groups["person"] | groups["safety"]
    failures = groups["problems"] | groups["complaint"] | groups["disputed"]
    shares = {name: _shares(row) for name, row in rows.items()}
    usual = _usual(shares.values())
    return {
        name: About(
            needs=name not in quiet,
            ours=name in failures,
            topic=_told(row) | _own(shares[name], usual) if name not in quiet else frozenset(),
        )
        for name, row in rows.items()
    }


def _groups(policy: str) -> dict[str, frozenset[str]]:
    """Give which intents count as what, by the names that the policy uses."""
    known = _read({POLICY: policy}, POLICY).get("intents")
    known = known if isinstance(known, Mapping) else {}
    return {
        group: frozenset(map(str, known.get(group) or ()))
        for group in ("chitchat", "person", "safety", "problems", "complaint", "disputed")
    }


def _rows(intents: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in _read({INTENTS: intents}, INTENTS).get("intents") or ():
        if isinstance(row, Mapping) and row.get("name"):
            yield str(row["name"]), row


def _read(texts: Mapping[str, str], file: str) -> Mapping[str, Any]:
    try:
        data = data_of(texts, file)
    except PackError:
        return {}
    return data if isinstance(data, Mapping) else {}


def _told(row: Mapping[str, Any]) -> frozenset[str]:
    """Give the stems of its name, title and description."""
    says = str(row.get("description") or "").split(";")[0]  # what follows is where it ends
    return frozenset(stems(f"{str(row['name']).replace('_', ' ')} {row.get('title') or ''} {says}"))


def _shares(row: Mapping[str, Any]) -> dict[str, float]:
    """Give in which share of its phrases each stem is, those in one only left out."""
    phrases: Sequence[str] = [str(one) for one in row.get("phrases") or ()]
    counts = Counter(stem for one in phrases for stem in set(stems(one)))
    return {stem: count / len(phrases) for stem, count in counts.items() if count > 1}


def _usual(shares: Collection[Mapping[str, float]]) -> dict[str, float]:
    """Give the mean share of each stem over all intents."""
    total: Counter[str] = Counter()
    for one in shares:
        total.update(one)
    return {stem: share / len(shares) for stem, share in total.items()}


def _own(shares: Mapping[str, float], usual: Mapping[str, float]) -> frozenset[str]:
    """Give the stems that are in many of its phrases, and in far fewer of the others'."""
    return frozenset(
        stem for stem, share in shares.items() if share >= SHARE and share > FAR * usual[stem]
    )
