"""Changes that keep the meaning: each does what it says, leaves alone what it must, and repeats."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.perturb import SLICES, Slice, perturbed, slice_of
from intents.perturb_names import CELLS, NAMES
from intents.perturb_typing import _real_words
from intents.training.sources import own_rows

ENGLISH_ONLY = (
    *("nigerian", "indian", "singlish", "scottish", "african_american"),
    *("non_native", "polite", "direct", "spelling"),
)
DIALECTS = ENGLISH_ONLY[:5]
LONG = (
    "Hi there, could you please tell me where my order #20416 is? The tracking hasn't moved "
    "since Monday and I don't have any colour left. You said \"It's on its Way, Sir\" and sent "
    "https://shop.example/Track?Id=A1 to Ada.Lund@example.com. Thank you."
)


def changed(name: str, text: str, seed: int = 0, turn: int = 0) -> str | None:
    found = perturbed(text, slice_of(name), seed, turn)
    return found.text if found else None


@pytest.fixture(scope="module")
def ours() -> list[str]:
    """Give some of our own messages."""
    return [row["text"] for row in own_rows()][::25]


@pytest.mark.parametrize("one", SLICES, ids=lambda one: one.name)
@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_changed_or_left_never_broken(one: Slice, text: str) -> None:
    """Whatever somebody writes, a change gives other words or nothing, and the same every time."""
    found = perturbed(text, one, 3, 5)
    assert found == perturbed(text, one, 3, 5)
    if found is not None:
        assert found.text.strip()
        assert found.text.strip() != text.strip()
        assert "\ue000" not in found.text or "\ue000" in text


@pytest.mark.parametrize("one", SLICES, ids=lambda one: one.name)
def test_every_slice_suits_enough_of_our_messages(one: Slice, ours: list[str]) -> None:
    """Each change fits some messages, and another seed or a skipped one makes no trouble."""
    fitting = [text for text in ours if perturbed(text, one)]
    assert len(fitting) >= 8
    assert one.title
    assert one.about.endswith(".")


def test_names_are_unique() -> None:
    """A slice is found by its name."""
    assert len({one.name for one in SLICES}) == len(SLICES)
    with pytest.raises(KeyError):
        slice_of("mumbled")


def test_another_seed_gives_another_draw(ours: list[str]) -> None:
    """The seed decides where the typing mistakes are."""
    first = [changed("typos", text, seed=1) for text in ours]
    assert first != [changed("typos", text, seed=2) for text in ours]


@pytest.mark.parametrize("one", SLICES, ids=lambda one: one.name)
def test_links_numbers_and_addresses_stay(one: Slice) -> None:
    """What somebody must be able to look up is never rewritten."""
    found = perturbed(LONG, one)
    if found is None:
        assert one.name == "polite"  # it is polite already
        return
    assert "https://shop.example/Track?Id=A1" in found.text
    assert "Ada.Lund@example.com" in found.text
    assert "20416" in found.text


@pytest.mark.parametrize("name", [*ENGLISH_ONLY, "typos"])
def test_quoted_words_stay(name: str) -> None:
    """What the customer quotes is somebody else's English."""
    found = changed(name, LONG)
    assert found is None or '"It\'s on its Way, Sir"' in found


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("nigerian", "where is my order?", "where my order dey?"),
        ("nigerian", "I can't log in", "I no fit log in"),
        ("nigerian", "my code doesn't work", "my code no dey work"),
        ("indian", "I need an invoice", "I require an invoice"),
        ("indian", "please cancel it", "kindly cancel the same"),
        ("indian", "I have a question", "I am having a doubt"),
        ("scottish", "they don't know", "they dinnae ken"),
        ("african_american", "my order hasn't come", "my order ain't come"),
        ("african_american", "y'all late", None),
        ("direct", "Could you cancel it please?", "Can you cancel it?"),
        ("direct", "Hi there, please send me a new lid", "Send me a new lid"),
        ("direct", "I would like to return a grinder", "I want to return a grinder"),
        ("spelling", "the colour is wrong", "the color is wrong"),
        ("spelling", "my favorite mug", "my favourite mug"),
        ("spelling", "please check the program", None),
        ("caps", "No, I said the GREY one", "NO, I SAID THE GREY ONE"),
        ("caps", "HELLO", None),
        ("lower", "Where is it? I'm still waiting.", "where is it im still waiting"),
        ("lower", "Delivered?", "delivered?"),
        ("lower", "We're cold, she'll say 9.50!", "we're cold she'll say 9.50"),
        ("lower", "Refund. Not points, MONEY.", "refund not points MONEY"),
        ("lower", "WHERE IS IT?", "where is it"),
        ("lower", 'It comes "soon", they say.', 'it comes "soon" they say'),
        ("lower", "I. Did. Not. Order. This.", None),
        ("lower", "Well, " + "it went on and on. " * 9, None),
        ("emoji", "where is my parcel", "where is my parcel \U0001f4e6"),
        ("emoji", "12345", None),
        ("typos", "to be or not", None),
    ],
)
def test_what_a_change_does(name: str, before: str, after: str | None) -> None:
    """A few of the rules by example."""
    assert changed(name, before) == after


def test_singlish_asks_can_or_not() -> None:
    """A polite question becomes the one Singaporeans ask."""
    assert changed("singlish", "Can you change the address?") == "Can change address or not?"


@pytest.mark.parametrize(
    "text",
    [
        "oh brilliant, another voucher that expires before I can log in. so generous",
        "How hard can it be to answer an email?",
        "Would you like to guess what the reply said?",
        "Is anybody actually working today?",
        "thanks for nothing",
        "useless bot",
        "The beans are lovely.",
        "return policy",
    ],
)
def test_politeness_is_not_put_where_it_would_mock(text: str) -> None:
    """A rude, sarcastic or asking-nothing message gets no please and no thanks."""
    assert changed("polite", text) is None


@pytest.mark.parametrize(
    "text", ["Where can I see my points?", "Could you send the invoice?", "Cancel my order"]
)
def test_politeness_is_put_into_requests(text: str) -> None:
    """A plain request gets exactly one please and keeps its words."""
    found = changed("polite", text)
    assert found
    assert found.lower().count("please") == 1
    words = [word.strip("?.,").lower() for word in text.split()]
    assert [word for word in words if word not in found.lower()] == []


def test_angry_messages_get_no_apology_and_no_thanks() -> None:
    """A plain request after angry words may get a please, never sorry or thanks."""
    text = "You lost it AGAIN, this is ridiculous. Send me a new one."
    for seed in range(20):
        found = changed("polite", text, seed)
        assert found
        assert "please send" in found.lower()
        assert "sorry" not in found.lower()
        assert "thank" not in found.lower()


def test_thanks_that_are_the_message_stay() -> None:
    """Only thanks after a request are politeness."""
    assert changed("direct", "Thank you so much!") is None
    assert changed("direct", "It works now, thanks!") is None


@pytest.mark.parametrize("name", ENGLISH_ONLY)
def test_other_languages_are_left_alone(name: str) -> None:
    """Rules of English are not used on German."""
    text = "Hallo, wo bleibt denn bitte meine Bestellung? Ich warte schon seit drei Wochen darauf."
    assert changed(name, text) is None
    assert changed("names", text)


@pytest.mark.parametrize("name", [*DIALECTS, "non_native"])
@pytest.mark.parametrize("text", ["abeg una no reply my mail", "Ah dinnae ken where ma order is"])
def test_a_dialect_is_not_moved_into_another(name: str, text: str) -> None:
    """Who writes Pidgin is not made a Scot."""
    assert changed(name, text) is None


def test_names_go_round_evenly() -> None:
    """Every people and both genders sign as many messages, each beside the same message's twins."""
    counts: Counter[str] = Counter()
    cells = {name: people for people, both in NAMES.items() for one in both for name in one}
    women = {name for both in NAMES.values() for name in both[0]}
    for turn in range(3 * len(CELLS)):
        found = perturbed(f"where is order {turn}", slice_of("names"), 0, turn)
        assert found
        (name,) = [one for one in cells if one in found.text]
        counts[cells[name]] += 1
        *others, gender = found.twins
        (partner,) = [one for one in cells if one in gender.text]
        assert cells[partner] == cells[name]
        assert (name in women) == gender.first != (partner in women)
        assert gender.text.replace(partner, name) == found.text
        for twin in others:
            assert twin.row == cells[name]
            (british,) = [one for one in cells if one in twin.text]
            assert cells[british] == "Britain and Ireland"
            assert (british in women) == (name in women)
        assert len(others) == (cells[name] != "Britain and Ireland")
    assert set(counts.values()) == {6}
    assert len(counts) == len(NAMES)
    every = [name for both in NAMES.values() for one in both for name in one]
    assert len(set(every)) == len(every)
    assert {len(one) for both in NAMES.values() for one in both} == {5}


@pytest.mark.parametrize(
    "text",
    [
        "My name is Ana Lind and I lost my code",
        "Where is it?\n- Ana Lind",
        "Where is it? Kind regards, Ana Lind",
    ],
)
def test_a_name_given_is_replaced_not_doubled(text: str) -> None:
    """Somebody who said their name has one name afterwards."""
    found = changed("names", text, turn=4)
    assert found
    assert "Ana" not in found
    assert len(found.split()) in {len(text.split()) + more for more in (-1, 0, 1)}


def test_closing_words_are_no_name() -> None:
    """A message that ends in thanks is signed, and keeps its thanks."""
    assert "Thanks" in (changed("names", "Where is it?\nThanks") or "")


def test_typos_are_few_and_only_in_long_words(ours: list[str]) -> None:
    """Words stay as many, short ones stay whole, first letters stay, no other word is made."""
    for text in ours:
        found = changed("typos", text)
        if found is None:
            continue
        pairs = list(zip(text.split(), found.split(), strict=True))
        wrong = [(old, new) for old, new in pairs if old != new]
        assert 1 <= len(wrong) <= 5, text
        for old, new in wrong:
            assert sum(one.isalpha() for one in old) >= 5
            assert new.strip(".,!?'\"").lower() not in _real_words()


def test_spelling_goes_there_and_back() -> None:
    """American spelling is read back as British."""
    text = "I cancelled it, the colour was grey and the flavour mouldy."
    there = changed("spelling", text)
    assert there
    assert changed("spelling", there) == text
