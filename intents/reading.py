"""What the model says of one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args

Sentiment = Literal["negative", "neutral", "positive"]
Emotion = Literal["neutral", "happy", "confused", "worried", "sad", "angry"]
SENTIMENTS: tuple[Sentiment, ...] = get_args(Sentiment)
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """One intent and the calibrated probability (0-1) that it is the right one."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All the model says of one message; a refusal keeps the ranking it refused.

    `also` are intents that parts of the message ask for beside the first of `ranking`. `vulnerable`
    is the probability that it speaks of death, illness, hardship or danger at home, in any words.
    """

    text: str
    intent: str | None
    confidence: float
    ranking: tuple[Ranked, ...]
    sentiment: Sentiment
    sentiment_scores: Mapping[str, float]
    emotion: Emotion
    emotion_scores: Mapping[str, float]
    frustration: float
    urgency: float
    language: str
    also: tuple[Ranked, ...] = ()
    vulnerable: float = 0.0

    def to_row(self) -> dict[str, Any]:
        """Give the JSON row of `attune classify`."""
        return {
            "text": self.text,
            "intent": self.intent,
            "confidence": round(self.confidence, DIGITS),
            "ranking": _ranked_rows(self.ranking),
            "also": _ranked_rows(self.also),
            "sentiment": self.sentiment,
            "sentiment_scores": _rounded(self.sentiment_scores),
            "emotion": self.emotion,
            "emotion_scores": _rounded(self.emotion_scores),
            "frustration": round(self.frustration, DIGITS),
            "urgency": round(self.urgency, DIGITS),
            "vulnerable": round(self.vulnerable, DIGITS),
            "language": self.language,
        }

    def as_kept(self) -> Reading:
        """Give it as rounded as its row is, so that what is judged can be judged again."""
        return Reading.from_row(self.to_row())

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Reading:
        """Rebuild a Reading from `to_row`."""
        ranking, also = _ranked(row["ranking"]), _ranked(row.get("also", ()))
        return cls(**{**row, "ranking": ranking, "also": also})


class Understander(Protocol):
    """Whatever reads messages: always a batch, always typed, labels inside the model."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Give one Reading per text, in order; raises UnderstandingError."""
        ...


def _ranked(rows: Iterable[Mapping[str, Any]]) -> tuple[Ranked, ...]:
    return tuple(Ranked(one["intent"], one["confidence"]) for one in rows)


def _ranked_rows(ranked: Iterable[Ranked]) -> list[dict[str, Any]]:
    return [{"intent": one.intent, "confidence": round(one.confidence, DIGITS)} for one in ranked]


def _rounded(scores: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in scores.items()}
