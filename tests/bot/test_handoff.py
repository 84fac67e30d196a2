"""The handoff card, from entries alone."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from bot.handoff import Row, answered, facts, handoff, last_episode, mood_line, reasons

TITLES = {"order_status": "Where my order is", "refund_request": "Get my money back"}


def _says(number: int, text: str, author: str = "customer") -> Row:
    return {"id": f"{number}-0", "kind": "message", "at": number, "author": author, "text": text}


def _read(number: int, of: int, **over: Any) -> Row:
    row = {"intent": "order_status", "confidence": 0.9}
    return {
        **{"id": f"{number}-0", "kind": "reading", "at": number, "message_id": f"{of}-0"},
        **{"text": "", "reading": row, "answered": None, "payload": None, "reasons": []},
        **over,
    }


def _event(number: int, what: str) -> Row:
    return {"id": f"{number}-0", "kind": "event", "at": number, "what": what}


def _points(*values: float, emotion: str = "neutral") -> list[Row]:
    return [
        {"turn": turn, "frustration": value, "emotion": emotion}
        for turn, value in enumerate(values)
    ]


def test_facts_are_the_customers_own() -> None:
    """Order numbers and addresses come from the customer, once each; prices are none."""
    entries = [
        _says(1, "order 20416, paid £12345"),
        _says(2, "call 99999", "bot"),
        _says(3, "#20416! me.too+x@mail.example.com."),
    ]
    found = [(one["kind"], one["value"]) for one in facts(entries)]
    assert found == [("order", "20416"), ("email", "me.too+x@mail.example.com")]


def test_answers_are_told_with_whether_they_helped() -> None:
    """An answer given twice is listed once, with how often and what came of it."""
    episode = [
        _says(1, "where?"),
        _says(2, "On its way.", "bot"),
        _read(3, 1, answered="order_status"),
        _says(4, "where??"),
        _says(5, "Here is the link.", "bot"),
        _read(6, 4, answered="order_status"),
        _says(7, "Not quite"),
        _says(8, "Sorry.", "bot"),
        _read(9, 7, answered="not_quite", payload="not_quite"),
    ]
    told = answered(episode, TITLES)
    assert told == [
        {
            **{"name": "order_status", "title": "Where my order is", "text": "Here is the link."},
            **{"helped": "no", "times": 2},
        }
    ]


def test_small_talk_is_not_an_answer() -> None:
    """A greeting answered is nothing to be careful with."""
    episode = [_says(1, "hi"), _says(2, "Hello!", "bot"), _read(3, 1, answered="greeting")]
    assert answered(episode, {**TITLES, "greeting": "Hello"}) == []


def test_evidence_leads_to_its_message() -> None:
    """Each piece of evidence names the message it stands in; a turn that is gone is left out."""
    readings = [_read(2, 1), _read(4, 3)]
    why = {"code": "x", "sentence": "s", "evidence": [{"turn": 1, "span": [0, 1], "text": "a"}]}
    lost = {**why, "evidence": [{"turn": 7, "span": [0, 1], "text": "a"}]}
    found = reasons([why, lost], readings)
    assert found[0]["evidence"][0]["message"] == "3-0"
    assert found[1]["evidence"] == []


def test_closed_ticket_keeps_its_reasons() -> None:
    """After a handback the card still says why a person was needed."""
    reason = {"code": "x", "sentence": "s", "evidence": []}
    entries = [_says(1, "a"), _read(2, 1, escalate=True, reasons=[reason]), _event(3, "resolved")]
    story = {"entries": entries, "holder": "bot", "reasons": [], "mood": []}
    assert handoff(story, TITLES)["reasons"] == [reason]


def test_card_is_about_the_last_episode() -> None:
    """An open ticket's card starts after the last handback; a quiet one looks at what it closed."""
    entries = [_says(1, "a"), _event(2, "resolved"), _says(3, "b"), _event(4, "handed_back")]
    assert [one["id"] for one in last_episode(entries, is_open=False)] == ["3-0", "4-0"]
    assert list(last_episode(entries, is_open=True)) == []
    assert len(last_episode(entries[:1], is_open=False)) == 1


@pytest.mark.parametrize(
    ("values", "emotion", "words"),
    [
        ((), "neutral", "Nothing to read yet"),
        ((0.1, 0.2), "neutral", "Calm so far"),
        ((0.1,), "worried", "Worried, but patient"),
        ((0.9,), "angry", "Losing patience"),
        ((0.1, 0.2, 0.6, 0.8), "angry", "Losing patience since turn 3"),
        ((0.7, 0.8), "angry", "Losing patience from the start"),
        ((0.1, 0.4), "neutral", "Patience wearing thin since turn 2"),
        ((0.8, 0.1, 0.1), "neutral", "Calmer again since turn 2"),
    ],
)
def test_mood_is_said_in_words(values: tuple[float, ...], emotion: str, words: str) -> None:
    """The line has words that say where patience went."""
    assert mood_line(_points(*values, emotion=emotion))["words"] == words


def test_mood_never_fails() -> None:
    """Any run of values gives words, and marks the worst only where patience thinned."""
    for run in itertools.product((0.0, 0.4, 0.9), repeat=4):
        line = mood_line(_points(*run))
        assert line["words"]
        assert (line["worst"] is None) == (max(run) < 0.35)
