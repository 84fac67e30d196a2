"""The empathy linter: what a good editor would say of one wording. Pure.

The words of feelings, blame and promises are known in English only; of a wording in another
language only length, apologies, exclamation marks, emoji and capitals are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.lint import english
from bot.lint.about import About
from bot.lint.reading_grade import grade_of, sentences, words
from bot.lint.remarks import Remark, found
from bot.lint.shown import Shown, shown
from bot.tone import Tone
from bot.wordings import SORRY, Wording
from intents.language import DEFAULT

LANGUAGE_FREE = frozenset({"handoff_language"})
"""Replies that are in several languages at once."""
WITH_A_PERSON = frozenset({"agent_joined", "resolved"})
"""Replies said when a person is, or was, really there."""
TENSE: frozenset[Tone] = frozenset({"worried", "upset"})
LONGEST = {"calm": 420, "happy": 420, "worried": 320, "upset": 280}
LONGEST_SENTENCE = 25
"""Words; the same as the guidance for GOV.UK's writers."""
HIGHEST_GRADE = 9.0
FEWEST_WORDS = 15  # under this many a grade says nothing
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u203c\u2049]|[:;]-?[)(DP](?!\\w)"
)
CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{2,}(?:\s+[A-ZÀ-Þ]{2,})+\b")


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a wording is said: of which reply, in which tone and language, about what."""

    reply: str
    tone: Tone
    about: About
    language: str = DEFAULT


def lint_wording(
    written: str, wording: Wording, facts: Mapping[str, Any], on: Occasion
) -> list[Remark]:
    """Give what there is to say of one wording, errors first.

    `written` is its template's text, `facts` are `marked` (bot.lint.shown).
    """
    seen: dict[tuple[str, str], Remark] = {}
    for one in shown(wording, facts):
        checks = [_in_any_language(written, one, on.tone)]
        if on.language == DEFAULT and on.reply not in LANGUAGE_FREE:
            checks += [
                _untrue(written, one, on.reply),
                _manners(written, one, on),
                _readable(written, one),
            ]
            if on.tone in TENSE and on.about.needs:
                checks.append(_helpful(written, one, on.about))
        for check in checks:
            for remark in check:
                seen.setdefault((remark.code, remark.words), remark)
    return sorted(seen.values(), key=lambda one: one.severity != "error")


def _in_any_language(written: str, one: Shown, tone: Tone) -> Iterator[Remark]:
    marks = re.findall(r"[!！]", one.own)
    if len(marks) > (tone not in TENSE):
        yield found("exclamation", written, marks[-1])
    for code, pattern in (("emoji", EMOJI), ("shouting", CAPITALS)):
        if match := pattern.search(one.own):
            yield found(code, written, match.group())
    sorry = SORRY.findall(one.own)
    if len(sorry) > 1:
        yield found("several_apologies", written, sorry[1])
    if len(one.text) > LONGEST[tone]:
        more = f"It has {len(one.text)} characters; {LONGEST[tone]} is the most for {tone}."
        yield found("too_long", written, more=more)


def _untrue(written: str, one: Shown, reply: str) -> Iterator[Remark]:
    """What is not so: that it is a person, that it feels, that somebody keeps a promise."""
    own = one.own
    checks = [
        ("claims_human", english.HUMAN, True),
        ("claims_feelings", english.FEELINGS, True),
        ("claims_feelings", english.POLITE_FEELINGS, False),
        ("unkept_promise", english.PROMISE, True),
        ("unkept_promise", english.SOON_PROMISE, False),
        ("unkept_promise", english.OATH, False),
    ]
    if reply not in WITH_A_PERSON:
        checks.append(("claims_human", english.WITH_PERSON, True))
    for code, pattern, error in checks:
        if match := pattern.search(own):
            yield found(code, written, one.words(match), error=error)


def _manners(written: str, one: Shown, on: Occasion) -> Iterator[Remark]:
    own = one.own
    if match := english.BLAME.search(own):
        yield found("blames_customer", written, one.words(match), error=True)
    if match := english.EMPTY.search(own):
        yield found("empty_phrase", written, one.words(match))
    if on.tone in TENSE and (match := english.CHEER.search(own)):
        yield found("cheer", written, one.words(match))
    if not on.about.ours and (match := english.APOLOGY.search(own)):
        yield found("needless_apology", written, one.words(match))


def _readable(written: str, one: Shown) -> Iterator[Remark]:
    parts = sentences(one.text)
    split = [words(part) for part in parts]
    count = max(map(len, split), default=0)
    if count > LONGEST_SENTENCE:
        more = f"It has {count} words; keep to {LONGEST_SENTENCE}."
        yield found("long_sentence", written, parts[list(map(len, split)).index(count)], more=more)
        return  # that is also what makes it hard to read
    level = grade_of(split)
    if sum(map(len, split)) >= FEWEST_WORDS and level > HIGHEST_GRADE:
        more = f"It takes about {level:.1f} years of school; {HIGHEST_GRADE:.0f} is the most."
        yield found("hard_to_read", written, more=more)


def _helpful(written: str, one: Shown, about: About) -> Iterator[Remark]:
    """What somebody worried or upset must find in a reply."""
    if not about.is_named_in(one.text):
        yield found("names_no_problem", written)
    if about.ours and not english.NEXT_STEP.search(one.text):
        yield found("no_next_step", written)
