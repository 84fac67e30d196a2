"""Reply templates: what is refused before it is published, and which wording is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.packs import check_pack
from bot.pieces import write_piece
from bot.replies import BUTTON_REPLIES, SYSTEM_REPLIES, read_replies
from bot.wordings import apologises
from intents.errors import PackError
from intents.pack import PACK_FILES, parse_pack, read_pack, shop_pack_folder

KIOSK = Path(__file__).parents[1] / "packs" / "kiosk"
PLAIN = {name: {"calm": ["Well."]} for name in SYSTEM_REPLIES}


@pytest.mark.parametrize(
    "text",
    [
        "{% if order.number %}{{ order.number | divided_by: 0 }}{% endif %}",
        "{% if customer.first_name %}{{ 1 | modulo: 0 }}{% endif %}",
        "{% unless order.number %}{{ 1 | divided_by: 0 }}{% endunless %}",
    ],
)
def test_filled_or_not_a_reply_must_render(text: str) -> None:
    """A template that fails only for some customers is refused, not found out by them."""
    with pytest.raises(PackError, match="cannot be filled"):
        read_replies({**PLAIN, "fallback": {"calm": [text]}}, {}, lambda *_: 1)


@pytest.fixture
def kiosk() -> dict[str, str]:
    """Give the texts of the pack in English and German."""
    return dict(read_pack(KIOSK).texts)


def refused(texts: dict[str, str]) -> PackError:
    with pytest.raises(PackError) as caught:
        check_pack(parse_pack(texts))
    return caught.value


def line_in(texts: dict[str, str], name: str, part: str) -> int:
    """Give the first line from a reply's name on that holds a part."""
    lines = texts["replies.yaml"].splitlines()
    start = lines.index(f"  {name}:")
    return next(at + 1 for at in range(start, len(lines)) if part in lines[at])


def test_a_wording_falls_back_to_the_calm_one_of_its_language(kiosk: dict[str, str]) -> None:
    """A tone without German wording is said calmly in German; without German, in English."""
    book, _ = check_pack(parse_pack(kiosk))
    said = {
        (name, tone, code): book.render(name, tone, {}, language=code).ref
        for name, tone, code in (
            ("order_status", "worried", "de"),
            ("returns", "upset", "de"),
            ("order_status", "upset", "en"),
            ("invoice", "calm", "de"),
            ("returns", "calm", "fr"),
        )
    }
    assert list(said.values()) == [
        "order_status/de/worried/0",
        "returns/de/calm/0",
        "order_status/upset/0",
        "invoice/calm/0",
        "returns/calm/0",
    ]
    assert (book.button("solved", "de"), book.button("solved", "en")) == ("Das hat geholfen", "")


@pytest.mark.parametrize("name", SYSTEM_REPLIES)
def test_the_bots_own_replies_must_be_there_in_every_language(
    kiosk: dict[str, str], name: str
) -> None:
    """A listed language without one of them is refused with its place and what to do."""
    texts = write_piece(kiosk, ("reply", name, "in", "de", "calm"), [])
    error = refused(texts)
    assert error.problem == f"No calm wording in German (de) have {name}."
    assert error.line == line_in(texts, name, "calm: []")
    assert f"replies, {name}, in, de, calm" in error.remedy


def test_a_language_begun_names_what_is_missing() -> None:
    """Listing a language that nothing is written in yet names the replies, not one at a time."""
    texts = dict(read_pack(shop_pack_folder()).texts)
    texts["intents.yaml"] = texts["intents.yaml"].replace("languages: [en]", "languages: [en, es]")
    error = refused(texts)
    assert "in Spanish (es) have welcome, fallback, " in error.problem
    assert error.problem.endswith(" and 19 more.")
    assert error.line == line_in(texts, "welcome", "quick_replies")


@pytest.mark.parametrize("name", BUTTON_REPLIES)
def test_the_bots_buttons_must_be_there_in_every_further_language(
    kiosk: dict[str, str], name: str
) -> None:
    """A German customer is not shown an English button."""
    texts = write_piece(kiosk, ("reply", name, "in", "de", "button"), "")
    error = refused(texts)
    assert error.problem == f"The reply '{name}' has no button in German (de)."
    assert error.line == line_in(texts, name, "button:")


def test_a_mistake_in_a_further_language_names_its_line(kiosk: dict[str, str]) -> None:
    """Templates of every language are checked, and a tone alone is not enough."""
    piece = ("reply", "thanks", "in", "de", "calm")
    error = refused(texts := write_piece(kiosk, piece, ["Gern.", "{{ nobody }}"]))
    assert "thanks/de/calm/1 uses the unknown variable 'nobody'" in error.problem
    assert error.line == line_in(texts, "thanks", "nobody")
    texts = write_piece(write_piece(kiosk, piece, []), (*piece[:-1], "upset"), ["Gern."])
    error = refused(texts)
    assert error.problem == "The reply thanks/de has upset, and no calm wording."
    assert error.line == line_in(texts, "thanks", "calm: []")


def test_an_emptied_language_is_not_there(kiosk: dict[str, str]) -> None:
    """An intent whose German wordings were all taken out has no German reply, and that is fine."""
    pack = parse_pack(write_piece(kiosk, ("reply", "thanks", "in", "de", "calm"), []))
    check_pack(pack)
    assert (pack.replies_in("de", "thanks"), pack.replies_in("en", "thanks")) == (False, True)


@pytest.mark.parametrize(
    ("text", "sorry"),
    [
        ("I'm sorry about that.", True),
        ("Das tut uns sehr leid.", True),
        ("Entschuldigung, das dauert.", True),
        ("Lo sentimos mucho.", True),
        ("Désolé pour l'attente.", True),
        ("No excuses are needed.", False),
        ("Pakete brauchen zwei Tage.", False),
    ],
)
def test_an_apology_is_noticed_in_the_commonest_languages(text: str, *, sorry: bool) -> None:
    """One apology in a conversation is counted in whatever language it is."""
    assert apologises(text) is sorry


def test_packs_of_one_language_are_as_they_were() -> None:
    """The shop's pack needs nothing new: one language, no `in`, no `button`."""
    pack = read_pack(shop_pack_folder())
    check_pack(pack)
    assert pack.languages == ("en",)
    assert not any({"in", "button"} & set(row) for row in pack.replies.values())
    assert set(pack.texts) == set(PACK_FILES)
