"""From a conversation's log to the facts the escalation policy judges. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.values import Entry, State
from escalation.policy import Signals, TurnFacts
from intents.reading import Reading

CHOSEN = "intent:"
ENDS = frozenset({"resolved", "handed_back"})
"""Events with which a conversation comes back to the bot: an episode ends."""


def gather(  # noqa: PLR0913 - one argument per source of facts
    state: State,
    text: str,
    reading: Reading | None,
    payload: str | None,
    now_ms: int,
    *,
    languages: Sequence[str],
    always_person: frozenset[str] = frozenset(),
) -> Signals:
    """Give the signals of this episode, the message at hand last."""
    turns = [_past(number, entry) for number, entry in enumerate(_readings(state.recent))]
    return Signals(
        turns=(*turns, _facts(len(turns), text, reading, payload, now_ms)),
        languages=tuple(languages),
        offers_declined=sum(1 for one in turns if one.payload == "declined"),
        past_escalations=state.handbacks,
        always_person=always_person,
    )


def this_episode(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Give the entries since the conversation last came back to the bot."""
    for index in range(len(entries) - 1, -1, -1):
        entry = entries[index]
        if entry.kind == "event" and entry.data["what"] in ENDS:
            return entries[index + 1 :]
    return entries


def _readings(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in this_episode(entries) if entry.kind == "reading"]


def _past(number: int, entry: Entry) -> TurnFacts:
    data = entry.data
    row = data["reading"]
    return _facts(
        number,
        data["text"],
        Reading.from_row(row) if row else None,
        data.get("payload"),
        entry.at_ms,
        answered=data.get("answered"),
        clarified=bool(data.get("clarified")),
    )


def _facts(  # noqa: PLR0913 - one argument per fact
    number: int,
    text: str,
    reading: Reading | None,
    payload: str | None,
    at_ms: int,
    *,
    answered: str | None = None,
    clarified: bool = False,
) -> TurnFacts:
    felt: Mapping[str, Any] = (
        {
            "intent": reading.intent,
            "confidence": reading.confidence,
            "ranking": tuple((one.intent, one.confidence) for one in reading.ranking),
            "also": tuple((one.intent, one.confidence) for one in reading.also),
            "sentiment": reading.sentiment,
            "emotion": reading.emotion,
            "frustration": reading.frustration,
            "urgency": reading.urgency,
            "vulnerable": reading.vulnerable,
            "language": reading.language,
        }
        if reading
        else {"read": False}
    )
    if payload and payload.startswith(CHOSEN):
        felt = {**felt, "intent": payload.removeprefix(CHOSEN), "confidence": 1.0}
    return TurnFacts(
        turn=number, text=text, at_ms=at_ms, answered=answered, clarified=clarified,
        payload=payload, **felt,
    )  # fmt: skip
