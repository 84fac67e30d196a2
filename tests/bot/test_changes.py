from __future__ import annotations

from pathlib import Path

import pytest

from bot.changes import changes
from bot.pieces import add_intent, read_piece, remove_intent, write_piece
from intents.pack import read_pack, shop_pack_folder


@pytest.fixture(scope="module")
def shop() -> dict[str, str]:
    """Give the texts of the pack that ships."""
    return dict(read_pack(shop_pack_folder()).texts)


def test_nothing_changed_says_nothing(shop: dict[str, str]) -> None:
    """The same texts have no changes."""
    assert changes(shop, dict(shop)) == []


def test_changes_are_said_in_words(shop: dict[str, str]) -> None:
    """Phrases, a reply, a fact and a rule each become a sentence with what went and came."""
    phrases = read_piece(shop, ("intent", "shipping_international", "phrases"))
    upset = read_piece(shop, ("reply", "refund_request", "upset"))
    after = write_piece(
        shop, ("intent", "shipping_international", "phrases"), [*phrases[1:], "a", "b"]
    )
    after = write_piece(after, ("reply", "refund_request", "upset"), [upset[0], "Reworded."])
    after = write_piece(after, ("fact", "shipping", "express_price"), "£7.20")
    after = write_piece(after, ("rule", "limits", "frustration"), 0.9)
    found = {one.piece: one for one in changes(shop, after)}
    assert len(found) == 4
    phrase = found["intent", "shipping_international", "phrases"]
    assert phrase.sentence.endswith(": 2 phrases added, 1 phrase removed.")
    assert (phrase.gone, phrase.new) == ((phrases[0],), ("a", "b"))
    reply = found["reply", "refund_request", "upset"]
    assert reply.sentence.endswith(", upset: wording 2 reworded.")
    assert (reply.gone, reply.new) == ((upset[1],), ("Reworded.",))
    fact = found["fact", "shipping", "express_price"]
    assert fact.sentence == "Shipping › express price changed."
    assert (fact.gone, fact.new) == (("£6.90",), ("£7.20",))
    assert found["rule", "limits", "frustration"].new == ("0.9",)


def test_new_and_removed_intents_are_said_with_their_phrases(shop: dict[str, str]) -> None:
    """An intent that comes or goes is one sentence, its reply another."""
    after = add_intent(shop, "gift_wrap", "Gift wrapping", ["wrap it", "a bow"], "We wrap.")
    sentences = [one.sentence for one in changes(shop, after)]
    assert sentences == [
        "New intent “Gift wrapping” with 2 phrases.",
        "New reply for “Gift wrapping”.",
    ]
    back = [one.sentence for one in changes(after, remove_intent(after, "gift_wrap"))]
    assert back[0] == "Intent “Gift wrapping” removed, with its 2 phrases."


def test_comments_alone_are_called_that(shop: dict[str, str]) -> None:
    """A comment in a file changes nothing that customers notice, and is said so."""
    after = {**shop, "policy.yaml": shop["policy.yaml"] + "# more\n"}
    assert [one.sentence for one in changes(shop, after)] == [
        "policy.yaml: only comments or layout."
    ]


def test_changes_in_a_further_language_name_it() -> None:
    """German wordings, buttons and what a button says are told apart from the English ones."""
    kiosk = dict(read_pack(Path(__file__).parents[1] / "packs" / "kiosk").texts)
    german = ("reply", "order_status", "in", "de")
    after = write_piece(kiosk, (*german, "calm"), ["Zwei Tage.", "Meist zwei Tage."])
    after = write_piece(after, (*german, "upset"), ["Zwei Tage, höchstens drei."])
    after = write_piece(after, (*german, "button"), "Mein Paket")
    after = write_piece(after, ("reply", "invoice", "in", "de", "calm"), ["Sie liegt bei."])
    assert [(one.sentence, one.piece) for one in changes(kiosk, after)] == [
        (
            "Reply for “Where is my order?” in German (de), calm: wording 1 and 2 reworded.",
            (*german, "calm"),
        ),
        (
            "Reply for “Where is my order?” in German (de), upset: 1 wording added.",
            (*german, "upset"),
        ),
        (
            "Reply for “Where is my order?” in German (de): what its button says changed.",
            (*german, "button"),
        ),
        (
            "Reply for “An invoice” in German (de), calm: 1 wording added.",
            ("reply", "invoice", "in", "de", "calm"),
        ),
    ]
    gone = changes(after, remove_intent(after, "invoice"))
    assert [one.gone for one in gone if one.piece == ("file", "replies.yaml")] == [
        ("Your invoice is in the parcel.", "Sie liegt bei.")
    ]


def test_half_finished_languages_break_no_page() -> None:
    """A draft whose languages are not yet what they should be can still be compared."""
    old = {"replies.yaml": "replies: {a: {calm: [x], in: {de: {calm: [y]}}}, b: 3}"}
    new = {"replies.yaml": "replies: {a: {calm: [x], in: {de: [y]}}, b: {in: 4}}"}
    assert [one.sentence for one in changes(old, new)] == [
        "Reply for “a” in German (de), calm: 1 wording removed."
    ]
