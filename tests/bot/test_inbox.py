from __future__ import annotations

from typing import Any

from bot.inbox import Item, inbox
from bot.story import Told
from bot.values import Entry

MINUTE = 60_000


def read(at: int, text: str, intent: str | None, **over: Any) -> Entry:
    """Give what is kept of a message that was read."""
    ranking = [{"intent": intent or "store_info", "confidence": 0.9}]
    data: dict[str, Any] = {
        "text": text,
        "payload": None,
        "answered": intent,
        "reading": {"intent": intent, "confidence": 0.9, "ranking": ranking},
    }
    return Entry("reading", "desk", at * MINUTE, data | over)


def unsure(at: int, text: str, intent: str, confidence: float, **over: Any) -> Entry:
    entry = read(at, text, intent, **over)
    entry.data["reading"]["confidence"] = confidence
    return entry


def pressed(at: int, payload: str) -> Entry:
    return read(at, "Not quite", "store_info", payload=payload, answered="not_quite")


def rated(at: int, score: int) -> Entry:
    return Entry("event", "all", at * MINUTE, {"what": "rated", "score": score, "comment": ""})


def told(*entries: Entry, conversation: str = "c1") -> Told:
    return Told(conversation, "widget", entries)


def causes(found: list[Item]) -> dict[str, set[str]]:
    return {one.text: set(one.causes) for one in found}


def test_each_cause_brings_its_own_message_and_no_other() -> None:
    """Refused, unsure, asked again, not quite, rated low; a message that went well stays out."""
    found = inbox(
        [
            told(read(1, "do penguins have knees", None, answered=None), conversation="a"),
            told(unsure(1, "when shut", "store_info", 0.59), conversation="b"),
            told(unsure(1, "when open", "store_info", 0.61), conversation="c"),
            told(read(1, "where is it", "track"), read(9, "but where", "track"), conversation="d"),
            told(read(1, "send it back", "return"), pressed(2, "not_quite"), conversation="e"),
            told(read(1, "I want a lamp", "buy"), pressed(2, "solved"), conversation="f"),
            told(read(1, "refund me", "refund"), rated(3, 2), conversation="g"),
            told(read(1, "thank you", "thanks"), rated(3, 3), conversation="h"),
        ],
        0,
    )
    assert causes(found) == {
        "do penguins have knees": {"refused"},
        "when shut": {"unsure"},
        "but where": {"again"},
        "send it back": {"not_quite"},
        "refund me": {"rated"},
    }


def test_what_is_not_the_same_need_soon_after_an_answer_was_not_asked_again() -> None:
    """A later day, another need, or a first message that was not answered is no second time."""
    found = inbox(
        [
            told(read(1, "where", "track"), read(62, "where today", "track"), conversation="a"),
            told(read(1, "where", "track"), read(2, "send back", "return"), conversation="b"),
            told(
                read(1, "where", "track", answered="handoff"),
                read(2, "where now", "track"),
                conversation="c",
            ),
        ],
        0,
    )
    assert found == []


def test_like_texts_are_one_item_with_its_newest_conversation() -> None:
    """Case, spaces, end marks and other people's order numbers make no difference."""
    found = inbox(
        [
            told(read(1, "fold my  order 48213", None), conversation="old"),
            told(read(5, "Fold my order 11111!", None), conversation="new"),
        ],
        0,
    )
    assert [(one.text, one.count, one.conversation) for one in found] == [
        ("Fold my order [order number]!", 2, "new")
    ]


def test_old_known_and_further_messages_stay_out() -> None:
    """Before the span, a phrase of the draft already, or beyond the newest so many."""
    talks = [told(*(read(at, f"odd thing {chr(96 + at)}", None) for at in range(1, 8)))]
    found = inbox(talks, 3 * MINUTE, known=["Odd thing G"], most=3)
    assert [one.text for one in found] == ["odd thing f", "odd thing e", "odd thing d"]
    assert [one.text for one in inbox(talks, 6 * MINUTE)] == ["odd thing g", "odd thing f"]
