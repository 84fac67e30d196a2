"""Packs: what is written is what is read, and every mistake names its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.errors import PackError
from intents.pack import (
    PACK_FILES,
    IntentSpec,
    Pack,
    intents_text,
    pack_from_labelled,
    parse_pack,
    read_pack,
    shop_pack_folder,
    write_pack,
)

KIOSK = Path(__file__).parents[1] / "packs" / "kiosk"
GOOD = "schema: 1\nname: tiny\nintents:\n  - name: greeting\n    phrases: [hello, hi]\n"


def test_the_shop_pack_is_sound(shop_pack: Pack) -> None:
    """The pack that ships has forty intents, replies, facts and a policy, and no warning."""
    assert len(shop_pack.intents) == 40
    assert shop_pack.warnings == ()
    assert shop_pack.replies
    assert shop_pack.facts
    assert shop_pack.policy
    assert shop_pack.languages == ("en",)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("intents: [", 2, "broken"),
        ("foo: 1\nintents: []", 1, "Unknown key 'foo'"),
        ("schema: 1\nintents: three", 2, "must be a list"),
        ("intents:\n- name: a\n  phrases: [x]\n- name: a\n  phrases: [y]", 4, "twice"),
        ("intents:\n- name: a\n  phrases: []", 3, "no phrases"),
        ("intents:\n- name: a\n  phrases:\n  - ok\n  - 12", 5, "not text"),
        ("intents:\n- name: a\n  phrases:\n  - '  '", 4, "empty"),
        ('intents:\n- name: a\n  phrases:\n  - "a\\0"', 4, "NUL"),
        ('intents:\n- name: a\n  phrases:\n  - "\\ud800"', 4, "broken"),
        ("intents:\n- phrases: [x]", 2, "no name"),
        ("intents:\n- name: out_of_scope\n  phrases: [x]", 2, "not an intent"),
        ("intents:\n- name: a\n  colour: red\n  phrases: [x]", 3, "Unknown key 'colour'"),
        ("schema: 2\nintents: []", 1, "schema 2"),
        (GOOD + "languages: [en, English]", 6, "'English' is not a language's code"),
        (GOOD + "languages:\n- en\n- pt-BR", 8, "'pt-BR' is not a language's code"),
        (GOOD + "languages: [no]", 6, "not text"),
        (GOOD + "languages: []", 6, "The list languages is empty"),
        (GOOD + "languages:\n- en\n- ''", 8, "item 2, is empty"),
        (GOOD + "languages:\n- en\n- xx", 8, "'xx' is not a language's code"),
        (GOOD + "languages:\n- de\n- en\n- de", 9, "'de' is there twice"),
        ("name: a\nname: b", 2, "twice"),
        ("? [a]\n: b", 1, "not a plain word"),
        ("name: 2024-99-99", 1, "no day of the calendar"),
        ("name: !!python/object:os.x y", 1, "cannot be read"),
        ("", None, "empty"),
        ("\x00", None, "characters"),
    ],
)
def test_a_mistake_names_its_line(text: str, line: int | None, said: str) -> None:
    """Every mistake in intents.yaml is a PackError with file, line and what is wrong."""
    error = parse_raises(text)
    assert error.file == "intents.yaml"
    assert error.line == line
    assert said in str(error)


def parse_raises(text: str) -> PackError:
    with pytest.raises(PackError) as caught:
        parse_pack({"intents.yaml": text})
    return caught.value


def test_a_mistake_in_replies_names_its_line() -> None:
    """replies.yaml is checked for its keys and texts, too."""
    texts = {"intents.yaml": GOOD, "replies.yaml": "replies:\n  greeting:\n    furious: [x]\n"}
    with pytest.raises(PackError, match=r"replies.yaml, line 3: Unknown key 'furious'"):
        parse_pack(texts)


@pytest.mark.parametrize(
    ("inside", "line", "said"),
    [
        ("de: {calm: [Hallo]}", None, ""),
        ("'no': {calm: [Hei], button: Hei, quick_replies: [Ja]}", None, ""),
        ("fr:\n        calm: [Salut]", 6, "does not list the language 'fr'; it has en, de, no"),
        ("'': {calm: [x]}", 5, "does not list the language ''"),
        ("German: {calm: [Hallo]}", 5, "does not list the language 'German'"),
        ("no: {calm: [Hei]}", 5, "not a plain word"),
        ("en: {calm: [Hi]}", 5, "'en' is the pack's first language"),
        ("de: [Hallo]", 5, "'de' must be keys"),
        ("de:", 5, "'de' must be keys"),
        ("de: {calm: Hallo}", 5, "'calm' must be a list"),
        ("de:\n        calm:\n        - Hallo\n        - ' '", 8, "in de, calm, item 2, is empty"),
        ("de: {furious: [x]}", 5, "Unknown key 'furious'"),
        ("de: {in: {}}", 5, "Unknown key 'in'"),
        ("de: {calm: [x], button: ' '}", 5, "button is empty"),
        ("de: {calm: [x], quick_replies: [1]}", 5, "its, item 1, is not text"),
    ],
)
def test_further_languages_stand_under_in(inside: str, line: int | None, said: str) -> None:
    """Each listed language but the first has its wordings under `in`; mistakes name their line."""
    texts = {
        "intents.yaml": GOOD + "languages: [en, de, 'no']\n",
        "replies.yaml": f"replies:\n  greeting:\n    calm: [hi]\n    in:\n      {inside}\n",
    }
    if not said:
        assert parse_pack(texts).replies["greeting"]["calm"] == ["hi"]
        return
    with pytest.raises(PackError) as caught:
        parse_pack(texts)
    assert (caught.value.file, caught.value.line) == ("replies.yaml", line)
    assert said in str(caught.value)


def test_a_learned_pack_keeps_the_languages_of_its_replies() -> None:
    """Phrases on top of a pack of two languages make one whose replies are still in both."""
    pack = pack_from_labelled("learned", [("hallo", "greeting")], KIOSK)
    assert pack.languages == ("en", "de")
    assert pack.replies_in("de", "greeting")


def test_small_files_cannot_grow_large() -> None:
    """Aliases that would make millions of values are refused."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for one, other in zip("bcdefgh", "abcdefg", strict=True):
        bomb += f"{one}: &{one} [" + ",".join([f"*{other}"] * 10) + "]\n"
    assert "too much" in str(parse_raises(bomb))


def test_lines_are_known(shop_pack: Pack) -> None:
    """`line_of` finds a value's line, the nearest one around it, and None in an unknown file."""
    pack = parse_pack({"intents.yaml": GOOD})
    assert pack.line_of("intents.yaml", "intents", 0, "phrases", 1) == 5
    assert pack.line_of("intents.yaml", "intents", 0, "title") == 4
    assert pack.line_of("nothing.yaml", "x") is None
    first = shop_pack.line_of("intents.yaml", "intents", 0, "phrases", 0)
    assert first is not None
    said = shop_pack.texts["intents.yaml"].splitlines()[first - 1]
    assert shop_pack.intents[0].phrases[0] in said


def test_a_pack_survives_its_folder(tmp_path: Path) -> None:
    """A written pack reads back the same; files it lacks are the shop's."""
    specs = [IntentSpec("a: b", "Títle", "", ("c",), True, ("- odd #phrase", "yes", "👋", "12"))]
    text = intents_text("odd", specs, ["tell me a joke"])
    (tmp_path / "intents.yaml").write_text(text, encoding="utf-8")
    pack = read_pack(tmp_path)
    assert pack.intents == tuple(specs)
    assert pack.texts["replies.yaml"] == read_pack(shop_pack_folder()).texts["replies.yaml"]
    assert "'c', which the pack does not have" in pack.warnings[0]
    write_pack(pack, tmp_path / "again")
    assert read_pack(tmp_path / "again") == pack
    assert sorted(one.name for one in (tmp_path / "again").iterdir()) == sorted(PACK_FILES)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), min_size=1))
def test_any_phrase_survives_yaml(phrases: list[str]) -> None:
    """Phrases come back from YAML word for word, whatever they hold."""
    usable = [one for one in phrases if one.strip() and "\0" not in one]
    if usable:
        pack = pack_from_labelled("any", [(one, "intent") for one in usable], Path("nowhere"))
        assert list(pack.intents[0].phrases) == usable


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder without intents.yaml gives a sentence with its path."""
    with pytest.raises(PackError, match="cannot be read"):
        read_pack(tmp_path / "nowhere")


def test_labelled_rows_have_intents_and_refusals() -> None:
    """`labelled` gives phrases with their intent, refused ones with None."""
    pack = parse_pack({"intents.yaml": GOOD + "out_of_scope: [what is love]\n"})
    assert pack.labelled() == [("hello", "greeting"), ("hi", "greeting"), ("what is love", None)]
    assert pack.intent("greeting") is pack.intents[0]
    assert pack.intent("nothing") is None
