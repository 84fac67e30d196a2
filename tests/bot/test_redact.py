from __future__ import annotations

import pytest

from bot.redact import redacted

# fmt: off
WRITTEN = [
    ("mail me at robin.marsh+shop@mail.example.co.uk please", "mail me at [e-mail] please"),
    ("where is order 48213?", "where is order [order number]?"),
    ("order #48213, sent to bo@x.org.", "order [order number], sent to [e-mail]."),
    ("is AB-1234567 on its way", "is [order number] on its way"),
    ("call me on +44 7700 900123 tomorrow", "call me on [phone number] tomorrow"),
    ("my mobile 07700900123", "my mobile [phone number]"),
    ("ring (020) 7946-0018", "ring [phone number]"),
    ("card 4111 1111 1111 1111 was charged twice", "card [card number] was charged twice"),
    ("4111-1111-1111-1111", "[card number]"),
    ("refund to GB29 NWBK 6016 1331 9268 19 please", "refund to [account number] please"),
    ("see https://shop.example/orders/48213?mail=a@b.de", "see [link]"),
    ("it is on www.other-shop.com/cart today", "it is on [link] today"),
    ("I bought it at lampworld.com", "I bought it at [link]"),
    ("my name is Robin Marsh and it broke", "my name is [name] and it broke"),
    ("hi my name is robin", "hi my name is [name]"),
    ("My name's Zoë O'Neill-Diaz", "My name's [name]"),
    ("Hi, I'm Robin. Where is it?", "Hi, I'm [name]. Where is it?"),
    ("this is Robin Marsh, still waiting", "this is [name], still waiting"),
    ("I am Mrs Marsh", "I am Mrs [name]"),
    ("Mr. Lee ordered a lamp", "Mr. [name] ordered a lamp"),
    ("It broke again.\n\nKind regards,\nRobin Marsh", "It broke again. Kind regards, [name]"),
]
KEPT = [
    "do you ship to France",
    "I'm Sorry but this is Ridiculous",
    "I'm waiting since Monday, this is the 3rd time",
    "it cost £49.99 and 2 of 12 were broken",
    "my name is wrong on the parcel",
    "it's been 14 days",
    "regards to the team",
    "can I pay 1,250.00 in 3 parts",
    "hello",
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_what_tells_who_wrote_is_taken_out(text: str, expected: str) -> None:
    """Placeholders stand for it, the rest is as it was, and a second time changes nothing."""
    assert redacted(text) == expected
    assert redacted(expected) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_tells_nothing_stays(text: str) -> None:
    """Amounts, counts, feelings and plain words are no names or numbers of a person."""
    assert redacted(text) == text


def test_long_and_odd_messages_take_no_time() -> None:
    """Matching is bounded: long runs of what nearly fits end at once."""
    for text in (
        "1 " * 20_000,
        "a" * 20_000,
        "a." * 10_000,
        "I'm " * 5_000,
        "(" * 20_000,
        "A1" * 9_000,
    ):
        assert isinstance(redacted(text), str)
