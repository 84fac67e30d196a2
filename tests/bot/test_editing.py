from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editing import add_item, remove, set_value
from bot.pieces import (
    PieceError,
    add_intent,
    fingerprint,
    name_from,
    piece_at,
    read_piece,
    remove_intent,
    write_piece,
)
from intents.errors import PackError
from intents.pack import PACK_FILES, parse_pack, read_pack, shop_pack_folder

SMALL = """\
# The head of the file.
schema: 1
list:   # a list
  - "one"  # first
  - 'two'
  # before three
  - three

deep:
  flow: {name: "Ireland", days: [1, 2]}
  block: >-
    folded
    text
  empty:
  number: 0.85      # why it is so
last: end
"""


@pytest.fixture(scope="module")
def shop() -> dict[str, str]:
    """Give the texts of the pack that ships."""
    return dict(read_pack(shop_pack_folder()).texts)


@pytest.fixture(scope="module")
def kiosk() -> dict[str, str]:
    """Give the texts of the pack in English and German."""
    return dict(read_pack(Path(__file__).parents[1] / "packs" / "kiosk").texts)


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [one for one in lines if one[0] in "+-" and not one.startswith(("---", "+++"))]


def test_a_number_changes_alone_and_keeps_its_comment() -> None:
    """Only the number changes; the comment behind it stays."""
    after = set_value("f", SMALL, ("deep", "number"), 0.9)
    assert changed_lines(SMALL, after) == [
        "-  number: 0.85      # why it is so",
        "+  number: 0.9      # why it is so",
    ]


def test_lines_that_stay_are_kept_word_for_word() -> None:
    """Values that stay in a list keep their quotes and comments."""
    after = set_value("f", SMALL, ("list",), ["one", "new: one", "three"])
    assert changed_lines(SMALL, after) == ["-  - 'two'", "-  # before three", '+  - "new: one"']
    assert yaml.safe_load(after)["list"] == ["one", "new: one", "three"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("deep", "flow", "name"), 'an "old" name'),
        (("deep", "flow", "days"), [3]),
        (("deep", "block"), "1. first\n2. second"),
        (("deep", "empty"), "something"),
        (("deep", "empty"), ["a", "b"]),
        (("deep", "new", "deeper"), True),
        (("list",), []),
        (("last",), "# not a comment"),
        (("list", 1), "no"),
        (("list",), ["one\ntwo", " spaced ", "", "\t", "{{ x }}", "'", '"', "- a", "null", "yes"]),
        (("deep",), {"a": {"b": [1, {"c": None}]}}),
    ],
)
def test_what_is_set_is_what_is_read(path: tuple[str | int, ...], value: Any) -> None:
    """The file reads back with this value, all else as before, the head comment kept."""
    after = set_value("f", SMALL, path, value)
    expected = yaml.safe_load(SMALL)
    place = expected
    for part in path[:-1]:
        place = place.setdefault(part, {}) if isinstance(place, dict) else place[part]
    place[path[-1]] = value
    assert yaml.safe_load(after) == expected
    assert after.startswith("# The head of the file.")


WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=6), WORDS)
def test_any_words_survive(lines: list[str], word: str) -> None:
    """Whatever an admin types is read back the same, in a list and alone."""
    after = set_value("f", SMALL, ("list",), lines)
    after = set_value("f", after, ("deep", "flow", "name"), word)
    assert yaml.safe_load(after)["list"] == lines
    assert yaml.safe_load(after)["deep"]["flow"]["name"] == word
    assert yaml.safe_load(after)["last"] == "end"


def test_items_come_and_go() -> None:
    """An item is added at the end and removed without touching its neighbours."""
    more = add_item("f", SMALL, ("list",), {"name": "x", "phrases": ["a", "b"]})
    assert yaml.safe_load(more)["list"][3] == {"name": "x", "phrases": ["a", "b"]}
    assert remove("f", more, ("list", 3)) == SMALL
    assert yaml.safe_load(remove("f", SMALL, ("deep", "block")))["deep"].keys() == {
        *("flow", "empty", "number")
    }


def test_a_file_that_is_not_yaml_is_named_with_its_line() -> None:
    """Editing a broken file says where it is broken."""
    with pytest.raises(PackError) as error:
        set_value("facts.yaml", "a: 1\nb: 2\n c: 2\n", ("a",), 2)
    assert error.value.file == "facts.yaml"
    assert error.value.line == 3


def test_every_piece_of_the_shop_is_written_back_unchanged(shop: dict[str, str]) -> None:
    """Saving what a page shows, piece by piece, changes not a letter."""
    pack = parse_pack(shop)
    pieces: list[tuple[str, ...]] = [("out_of_scope",)]
    for spec in pack.intents:
        pieces += [("intent", spec.name, one) for one in ("title", "phrases", "confused_with")]
    pieces += [("reply", name, tone) for name in pack.replies for tone in ("calm", "upset")]
    for piece in pieces:
        assert write_piece(shop, piece, read_piece(shop, piece)) == shop, piece


def test_one_phrase_more_is_one_line_more(shop: dict[str, str]) -> None:
    """Adding a phrase to an intent of the shop adds one line, and the pack still reads."""
    piece = ("intent", "order_status", "phrases")
    phrases = [*read_piece(shop, piece), 'has "it" left yet']
    after = write_piece(shop, piece, phrases)
    assert changed_lines(shop["intents.yaml"], after["intents.yaml"]) == [
        "+      - 'has \"it\" left yet'"
    ]
    spec = parse_pack(after).intent("order_status")
    assert spec
    assert list(spec.phrases) == phrases


def test_an_intent_is_added_with_its_reply_and_removed_again(shop: dict[str, str]) -> None:
    """A new intent stands at the end of its list, and removing it gives the old data."""
    after = add_intent(shop, "gift_wrap", "Gift wrapping", ["wrap it", " "], "We wrap for free.")
    pack = parse_pack(after)
    spec = pack.intent("gift_wrap")
    assert spec
    assert (spec.title, spec.phrases) == ("Gift wrapping", ("wrap it",))
    assert pack.replies["gift_wrap"]["calm"] == ["We wrap for free."]
    assert pack.out_of_scope == parse_pack(shop).out_of_scope
    assert remove_intent(after, "gift_wrap")["intents.yaml"] == shop["intents.yaml"]
    with pytest.raises(PieceError, match="already"):
        add_intent(after, "gift_wrap", "Again", ["x"], "y")


def test_a_line_is_found_back_as_the_piece_it_is_in(shop: dict[str, str]) -> None:
    """A problem in a file points to the field that shows it."""
    pack = parse_pack(shop)
    line = pack.line_of("replies.yaml", "replies", "goodbye", "upset", 1)
    assert piece_at(shop, "replies.yaml", line) == ("reply", "goodbye", "upset")
    line = pack.line_of("policy.yaml", "limits", "frustration")
    assert piece_at(shop, "policy.yaml", line) == ("rule", "limits", "frustration")
    line = pack.line_of("intents.yaml", "intents", 3, "phrases", 2)
    assert piece_at(shop, "intents.yaml", line) == ("intent", pack.intents[3].name, "phrases")
    assert piece_at(shop, "facts.yaml", None) == ("file", "facts.yaml")


@pytest.mark.parametrize(
    ("piece", "value"),
    [
        (("intent", "order_status", "phrases"), "a text"),
        (("intent", "order_status", "phrases"), ["a", 1]),
        (("intent", "order_status", "always_person"), "yes"),
        (("intent", "nothing", "title"), "x"),
        (("intent", "order_status", "colour"), "x"),
        (("file", "../etc/passwd"), "x"),
        (("reply", "welcome", "rude"), ["x"]),
        (("reply", "welcome", "in", "de", "rude"), ["x"]),
        (("reply", "welcome", "in", "de"), ["x"]),
        (("reply", "welcome", "in", "de", "button"), ["x"]),
        (("reply", "welcome", "in", "de", "calm"), "x"),
        (("fact", "shop", "name"), {"a": 1}),
        (("fact", "shop", "name", "deeper"), "x"),
        (("out_of_scope",), ["a\0b"]),
        (("out_of_scope",), ["\ud800"]),
        ((), "x"),
    ],
)
def test_what_a_piece_cannot_be_is_refused(
    shop: dict[str, str], piece: tuple[str, ...], value: Any
) -> None:
    """Wrong names and wrong kinds of values are refused in a sentence."""
    with pytest.raises(PieceError):
        write_piece(shop, piece, value)


def test_names_come_from_titles() -> None:
    """A title gives a short name that nothing else has."""
    assert name_from("Gift wrapping!", []) == "gift_wrapping"
    assert name_from("Gift wrapping", ["gift_wrapping"]) == "gift_wrapping_2"
    assert name_from("???", []) == "intent"
    assert name_from("Out of scope", []) == "out_of_scope_2"


def test_fingerprints_tell_values_apart() -> None:
    """The same value has the same mark, another has another."""
    assert fingerprint(["a"]) == fingerprint(["a"])
    assert len({fingerprint(one) for one in (["a"], "a", ["b"], [], "", 1, True)}) == 7


def test_every_file_can_be_a_piece(shop: dict[str, str]) -> None:
    """A whole file is edited as text, broken or not."""
    for file in PACK_FILES:
        assert write_piece(shop, ("file", file), "a: [")[file] == "a: ["


def test_an_edited_reply_keeps_its_other_languages(kiosk: dict[str, str]) -> None:
    """A new English wording is one line; the German ones, buttons and comments stay as written."""
    piece = ("reply", "order_status", "calm")
    after = write_piece(kiosk, piece, [*read_piece(kiosk, piece), "Two days."])
    assert changed_lines(kiosk["replies.yaml"], after["replies.yaml"]) == ['+      - "Two days."']
    german = ("reply", "order_status", "in", "de", "worried")
    after = write_piece(kiosk, german, ["Zuerst die Sendungsverfolgung."])
    assert changed_lines(kiosk["replies.yaml"], after["replies.yaml"]) == [
        '-          - "Sehen Sie zuerst in der Sendungsverfolgung nach."',
        '+          - "Zuerst die Sendungsverfolgung."',
    ]
    assert parse_pack(after).replies["order_status"]["in"]["de"]["button"]


def test_a_reply_is_given_a_language_and_its_lines_are_found_back(shop: dict[str, str]) -> None:
    """Wordings and a button in a language that was not there are made where they belong."""
    wording, button = (("reply", "thanks", "in", "no", one) for one in ("calm", "button"))
    assert (read_piece(shop, wording), read_piece(shop, button)) == ([], "")
    after = write_piece(write_piece(shop, wording, ["Ingen årsak."]), button, "Takk")
    assert yaml.safe_load(after["replies.yaml"])["replies"]["thanks"]["in"] == {
        "no": {"calm": ["Ingen årsak."], "button": "Takk"}
    }
    lines = after["replies.yaml"].splitlines()
    for text, piece in (("Ingen", wording), ('"Takk"', button)):
        at = next(number for number, line in enumerate(lines, 1) if text in line)
        assert piece_at(after, "replies.yaml", at) == piece
    gone = remove_intent(after, "thanks")
    assert "Ingen" not in gone["replies.yaml"]


def test_an_intent_of_two_languages_goes_with_both(kiosk: dict[str, str]) -> None:
    """Removing an intent takes its wordings in every language; a new one leaves the others'."""
    gone = remove_intent(kiosk, "returns")
    assert "zurückschicken" not in gone["replies.yaml"]
    after = add_intent(kiosk, "gift", "Gift wrapping", ["wrap it"], "We wrap.")
    assert after["replies.yaml"].startswith(kiosk["replies.yaml"].rstrip())
