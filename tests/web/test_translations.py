"""The words of the pages: English complete, the others measured by it, each in its language."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.translations import (
    ENGLISH,
    Words,
    english,
    translation,
    translations,
    words_for,
    words_of,
)
from bot.web.saying import LATER

STATIC = Path(__file__).parents[2] / "bot" / "web" / "static"
PAGES = STATIC.parent / "pages"
OTHERS = [one for one in translations() if one != ENGLISH]
ASKED = re.compile(r"""\b(?:t|parts|find)\(\s*(["`])(.*?)\1""")
"""A path as a script asks for it: a plain one, or one with its last name in `${}`."""
WIDGET = [STATIC / "widget.js", *STATIC.glob("widget/**/*.js")]
DESK = [STATIC / "desk.js", STATIC / "api.js", STATIC / "why.js", *STATIC.glob("desk/*.js")]

WIDGET_ROOTS = ["widget.talk.", "widget."]
DESK_ROOTS = ["desk.live.", "common."]


def told(*trees: dict[str, Any]) -> set[str]:
    """Give all paths of trees of words, those of groups among them."""

    def paths(tree: dict[str, Any], before: str = "") -> list[str]:
        found = []
        for name, value in tree.items():
            found.append(before + name)
            if isinstance(value, dict) and "other" not in value:
                found += paths(value, f"{before}{name}.")
        return found

    return set(chain.from_iterable(map(paths, trees)))


def asked(scripts: list[Path]) -> set[str]:
    return {found[2] for one in scripts for found in ASKED.finditer(one.read_text())}


def given(text: str, start: int) -> set[str] | None:
    """Give the names in the object that begins at a place of a script, None if it spreads one."""
    names, depth, name, at = set(), 0, "", start
    while True:
        letter = text[at]
        if letter in "({[":
            depth += 1
        elif letter in ")}]":
            depth -= 1
        if (depth == 1 and letter == ",") or depth == 0:
            names.add(name.partition(":")[0].strip())
            name = ""
        elif depth > 1 or at > start:
            name += letter
        if depth == 0:
            return None if any(one.startswith("...") for one in names) else names - {""}
        at += 1


# ---- the files ----


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_is_complete(language: str) -> None:
    """No sentence is missing in a language that ships, and each has the placeholders of English."""
    assert translations()[language].missing == ()
    assert translations()[language].wrong == ()


@pytest.mark.parametrize(("name", "scripts"), [("widget", WIDGET), ("desk", DESK)])
def test_scripts_ask_for_what_there_is(name: str, scripts: list[Path]) -> None:
    """Every path a script asks for is an English sentence or a group of them."""
    words = english()
    later = {part: words.tree(f"widget.{part}") for part in LATER}
    trees = {
        "widget": (words.tree("widget.talk"), later),
        "desk": (words.tree("desk.live"), words.tree("common")),
    }[name]
    known = told(*trees)
    paths = asked(scripts)
    assert len(paths) > 30
    assert {one for one in paths if "$" not in one and one not in known} == set()
    groups = {one.split("${")[0].rstrip(".") for one in paths if "${" in one}
    assert {one for one in groups if one and not any(k.startswith(one) for k in known)} == set()


@pytest.mark.parametrize(("roots", "scripts"), [(WIDGET_ROOTS, WIDGET), (DESK_ROOTS, DESK)])
def test_scripts_give_what_a_sentence_needs(roots: list[str], scripts: list[Path]) -> None:
    """Where a script names a sentence and values, each value the sentence needs is given."""
    looked = 0
    for script in scripts:
        text = script.read_text()
        for call in re.finditer(
            r"""\b(?:t|parts)\(("[a-z_.]+"|[^()`"]+\? "[a-z_.]+" : "[a-z_.]+"), (?=\{)""", text
        ):
            values = given(text, call.end())
            for path in re.findall(r'"([a-z_.]+)"', call[1].rpartition("?")[2]):
                sentence = next(
                    english().sentences[f"{root}{path}"]
                    for root in roots
                    if f"{root}{path}" in english().sentences
                )
                need = set(re.findall(r"\{(\w+)\}", str(sentence).replace("'", "")))
                assert values is None or need <= values, (script.name, path)
                looked += 1
    assert looked > 5


def test_no_sentence_is_left_over() -> None:
    """Every English sentence is asked for by a script, a page or the server."""
    places = chain(STATIC.rglob("*.js"), PAGES.glob("*.html"), PAGES.parents[1].rglob("*.py"))
    text = "\n".join(one.read_text() for one in places)
    quoted = set(re.findall(r"""["'`]([a-z_]+(?:\.[a-z_]+)*)["'`]""", text))
    begun = set(re.findall(r"`([a-z_]+[a-z_.]*)\$\{", text))
    idle = []
    for path in english().sentences:
        names = path.split(".")
        tails = {".".join(names[at:]) for at in range(1, len(names))} | {path}
        groups = {tail.rpartition(".")[0] for tail in tails} - {""}
        is_begun = any(tail.startswith(one) for tail in tails for one in begun)
        if not (tails & quoted or groups & quoted or is_begun):
            idle.append(path)
    assert idle == []


def test_what_is_missing_is_said_in_english() -> None:
    """A language that lacks a sentence says it in English, and says that it lacks it."""
    made = translation("de", {"embed": {"label": "Hilfe"}}, english().sentences)
    assert made.say("embed.label") == "Hilfe"
    assert made.say("embed.title") == "Chat with us"
    assert "embed.title" in made.missing
    assert "embed.label" not in made.missing


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"embed": {"label": "{name}"}}, "embed.label has the placeholders ['name'], not []"),
        ({"embed": {"labell": "Hilfe"}}, "embed.labell is not a sentence of en.yaml"),
        ({"embed": {"unread": "{label}, {count}"}}, "embed.unread is a sentence in one language"),
        ({"embed": {"unread": {"other": "{label}, {count}"}}}, "embed.unread lacks the plural one"),
    ],
)
def test_what_does_not_fit_is_named(given: dict[str, Any], said: str) -> None:
    """A sentence that does not fit is not taken, and it is said which and what to do."""
    made = translation("de", given, english().sentences)
    assert [one for one in made.wrong if one.startswith(said)] != []
    assert made.say("embed.label") == "Help"


def test_plural_and_direction() -> None:
    """A count chooses its form; what runs the other way is kept apart from the sentence."""
    say = english().say
    assert say("embed.unread", label="Help", count=1) == "Help, 1 new message"
    assert say("embed.unread", label="Help", count=4) == "Help, 4 new messages"
    assert say("widget.talk.writing", name="ليلى") == "\u2068ليلى\u2069 is writing"
    made = Words("ar", english().sentences)
    assert made.say("widget.talk.writing", name="Ana") == "\u2068Ana\u2069 is writing"


def test_language_is_found_by_its_tag() -> None:
    """A region or another spelling of a tag finds its language; the first that is known counts."""
    assert words_of("en_GB") is english()
    assert words_of("tlh") is None
    assert words_for(["tlh", "EN-us"]) is english()
    assert words_for([]) is english()
