"""The cleaned copy and the language."""

from __future__ import annotations

import pytest

from intents.language import detect_language
from intents.text import EMPTY, cleaned


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u200bb", "ab"),
        ("𝓗𝓮𝓵𝓵𝓸", "Hello"),
        ("sooooooo", "sooo"),
        ("it\u2019s", "it's"),
        ("👋", "hello"),
        ("🇬🇧", "gb"),
        ("a\x00b\nc", "a b c"),
        ("", EMPTY),
        ("\ud800", EMPTY),
        ("£20", "£20"),
    ],
)
def test_the_model_sees_a_plain_copy(text: str, seen: str) -> None:
    """Invisible marks go, odd letters become plain ones, pictures become words."""
    assert cleaned(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "hi",
        "",
        "😡",
        "12345",
        "Chemex V60 Aeropress",
        "abeg make una check am",
        "no dey gree enter o",
        "wetin dey happen with my order",
        "aiyo why charge me two times one",
        "can lah, no problem",
        "dinnae ken whit's gaun oan",
        "ordr nt recievd plz chek",
        "c u l8r m8",
        "blah blah blah",
        "merci",
        "espresso macchiato latte",
    ],
)
def test_englishes_typos_and_product_names_are_english(text: str) -> None:
    """Short, misspelt and regional English and bare product names stay English."""
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿dónde está mi pedido, por favor?", "es"),
        ("où est ma commande s'il vous plaît", "fr"),
        ("wo ist denn meine Bestellung geblieben", "de"),
        ("vorrei annullare il mio ordine", "it"),
        ("gdzie jest moje zamówienie", "pl"),
        ("waar blijft mijn bestelling nou", "nl"),
        ("где мой заказ", "ru"),
        ("我的订单在哪里", "zh"),
        ("注文はどこですか", "ja"),
        ("أين طلبي من فضلك", "ar"),
        ("איפה ההזמנה שלי", "he"),
        ("πού είναι η παραγγελία μου", "el"),
        ("내 주문은 어디에 있나요", "ko"),
    ],
)
def test_other_languages_are_found(text: str, language: str) -> None:
    """Sentences of four words in another language, or in another script, are found."""
    assert detect_language(text) == language
