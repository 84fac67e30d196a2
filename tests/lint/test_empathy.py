"""The empathy linter, on wordings that were judged by hand and on the pack that ships."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.lint.about import about
from bot.lint.reading_grade import grade, sentences, syllables
from bot.lint.remarks import SAID, Remark
from bot.lint.wordings import lint_pack, lint_piece
from bot.wordings import VARIABLES
from intents.pack import Pack, read_pack, shop_pack_folder

HERE = Path(__file__).parent
KIOSK = HERE.parent / "packs" / "kiosk"
SETS = ("wordings", "wordings_later", "wordings_unseen")
ERRORS = {"claims_human", "claims_feelings", "blames_customer", "unkept_promise"}


@pytest.fixture(scope="module")
def shop() -> Pack:
    """Give the pack that ships."""
    return read_pack(shop_pack_folder())


def lint(
    pack: Pack, text: str, tone: str = "calm", reply: str = "order_status", *inside: str
) -> list[Remark]:
    return lint_piece(text, ("reply", reply, *inside, tone), pack.texts, pack.facts)


def codes(*args: Any) -> set[str]:
    return {one.code for one in lint(*args)}


def judged(pack: Pack, name: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Give by code how often it was rightly found, wrongly found, and missed."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")):
        text = row.get("good") or row["bad"]
        told, wanted = codes(pack, text, row["tone"], row["reply"]), set(row.get("finds", ()))
        right.update(told & wanted)
        wrong.update(told - wanted)
        missed.update(wanted - told)
    return right, wrong, missed


@pytest.mark.parametrize("name", SETS)
def test_it_finds_what_an_editor_would_and_little_else(shop: Pack, name: str) -> None:
    """Of every 100 remarks at most 3 are wrong, of every 100 faults at most 5 are missed."""
    right, wrong, missed = judged(shop, name)
    found = right.total()
    assert set(right) | set(missed) <= set(SAID)
    assert wrong.total() <= 0.03 * (found + wrong.total()), wrong
    assert missed.total() <= 0.05 * (found + missed.total()), missed


def test_every_code_has_a_judged_wording(shop: Pack) -> None:
    """No check is without an example that it finds."""
    assert set(sum((judged(shop, name)[0] for name in SETS), Counter())) == set(SAID)


def test_every_wording_that_ships_passes(shop: Pack) -> None:
    """Nothing is found in the shop's replies, in any tone."""
    assert [(one.place, one.remark) for one in lint_pack(shop)] == []


@pytest.mark.parametrize(
    ("text", "tone", "words"),
    [
        ("Hello. I'm a real person here.", "calm", "I'm a real person"),
        ("The order is late. We will call you within the hour.", "upset", "We will call you"),
        ("{{ customer.first_name }}, you failed to read it.", "calm", "you failed to"),
        ("I feel your pain about the order.", "calm", "I feel"),
    ],
)
def test_an_error_names_the_very_words(shop: Pack, text: str, tone: str, words: str) -> None:
    """Where it stands in the text as written, so that an editor can select it."""
    first = lint(shop, text, tone)[0]
    assert (first.severity, first.code in ERRORS) == ("error", True)
    assert text[first.start : first.end] == first.words
    assert first.words.startswith(words)
    assert first.says
    assert first.mend


def test_a_time_from_a_fact_or_a_known_wait_is_no_promise(shop: Pack) -> None:
    """The same sentence with the time typed in is one."""
    known = "A person answers here within {{ facts.complaints.answer }}."
    assert "unkept_promise" not in codes(shop, known, "calm", "handoff")
    typed = "A person answers here within 3 working days."
    assert "unkept_promise" in codes(shop, typed, "calm", "handoff")


def test_what_is_said_only_when_something_is_known_is_judged_too(shop: Pack) -> None:
    """Both branches of a condition are read."""
    known = "Look here.{% if order.number %} I am so happy for you.{% endif %}"
    unknown = "Look here.{% unless order.number %} I am so happy for you.{% endunless %}"
    assert "claims_feelings" in codes(shop, known)
    assert "claims_feelings" in codes(shop, unknown)


def test_an_apology_fits_a_failure_of_ours_only(shop: Pack) -> None:
    """The rules name the intents for things gone wrong; a price list is none."""
    text = "Sorry about that. See {{ facts.pages.shipping }}."
    assert "needless_apology" in codes(shop, text, "calm", "shipping_info")
    assert "needless_apology" not in codes(shop, text, "calm", "item_damaged")
    assert "needless_apology" not in codes(shop, text, "calm", "handoff_service")


def test_a_topic_is_what_the_intents_own_phrases_say(shop: Pack) -> None:
    """Words of every intent's phrases, such as please, name nothing."""
    refund = about(shop.texts, "refund_request")
    assert refund.is_named_in("Your refund is at the bank.")
    assert not refund.is_named_in("Please see beanandbenevolence.example/refund at any time.")
    assert not about(shop.texts, "greeting").needs


def test_of_other_languages_only_what_needs_no_words_is_looked_at() -> None:
    """German keeps its length, apologies and marks; that it blames is not known."""
    pack = read_pack(KIOSK)
    blames = "Das ist Ihre Schuld, you failed to read it."
    assert not codes(pack, blames, "calm", "order_status", "in", "de")
    loud = "Entschuldigung! Es tut uns leid! HALLO WELT 😀"
    found = codes(pack, loud, "upset", "order_status", "in", "de")
    assert found == {"exclamation", "several_apologies", "shouting", "emoji"}


def test_a_first_language_other_than_english_is_one_of_them() -> None:
    """English checks are for English, wherever it stands."""
    texts = dict(read_pack(KIOSK).texts)
    listed = texts["intents.yaml"].replace("languages: [en, de]", "languages: [de, en]")
    assert listed != texts["intents.yaml"]
    turned = {**texts, "intents.yaml": listed}
    blames = "You failed to read it."
    assert not lint_piece(blames, ("reply", "order_status", "calm"), turned, {})
    assert lint_piece(blames, ("reply", "order_status", "in", "en", "calm"), turned, {})


def test_what_is_no_wording_has_nothing_to_say(shop: Pack) -> None:
    """Buttons, facts and files are not judged."""
    for piece in (
        (),
        ("reply", "greeting"),
        ("reply", "greeting", "button"),
        ("fact", "x", "calm"),
    ):
        assert lint_piece("I am so happy!!", piece, shop.texts, shop.facts) == []


def test_remarks_never_quote_the_mark_for_what_is_filled_in(shop: Pack) -> None:
    """Words are given as a customer would read them."""
    for variable in sorted(VARIABLES):
        text = f"Because you {{{{ {variable} }}}} did not read {{{{ {variable} }}}}, I'm happy to."
        for one in lint(shop, text):
            assert "\ufffc" not in one.words
            assert "\x02" not in one.words


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat.", -3, 1),
        ("Send a photo of the broken cup and we send a new one.", 0, 4),
        ("Reimbursement eligibility necessitates comprehensive documentation.", 20, 60),
        ("", 0, 0),
    ],
)
def test_the_grade_rises_with_long_words(text: str, low: float, high: float) -> None:
    """Flesch-Kincaid, by the published weights."""
    assert low <= grade(text) <= high


def test_the_grade_is_that_of_the_formula() -> None:
    """Nine words of twelve syllables in two sentences."""
    assert grade("We send a parcel today. You get a letter.") == pytest.approx(
        0.39 * 9 / 2 + 11.8 * 12 / 9 - 15.59
    )


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cup", 1),
        ("make", 1),
        ("table", 2),
        ("asked", 1),
        ("wanted", 2),
        ("boxes", 2),
        ("coffee", 2),
    ],
)
def test_syllables(word: str, count: int) -> None:
    """Silent endings are none."""
    assert syllables(word) == count


def test_a_page_or_a_number_is_one_easy_word() -> None:
    """Nobody reads out an address, and its full stops end no sentence."""
    text = (
        "See beanandbenevolence.example/problem. Or ring 01632 960 142; ask for help@bean.example."
    )
    assert len(sentences(text)) == 3
    assert grade(text) < 6
