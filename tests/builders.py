"""Values with sensible defaults, so that a test shows only what matters to it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from bot.services import Services
from bot.values import Customer, Incoming
from intents.reading import EMOTIONS, SENTIMENTS, Ranked, Reading

NOON_MS = 1_767_614_400_000  # Monday 2026-01-05 12:00 UTC
_numbers = itertools.count(1)


def patient(services: Services) -> Services:
    """Give services that wait a minute for a turn, as a busy machine may need."""
    settings = services.settings.model_copy(update={"turn_deadline_s": 60.0})
    return replace(services, settings=settings)


def make_incoming(text: str = "where is my order", **over: Any) -> Incoming:
    """Give a customer message that arrived, with a fresh event id."""
    number = next(_numbers)
    given = {
        "conversation": "c1",
        "event_id": f"e{number}",
        "text": text,
        "fingerprint": f"f{number}",
        "channel": "widget",
        "received_ms": NOON_MS + number * 1_000,
        "customer": Customer(),
    }
    return Incoming(**{**given, **over})


def make_reading(text: str = "where is my order", **over: Any) -> Reading:
    """Give a calm reading of an order question."""
    intent = over.get("intent", "order_status")
    confidence = over.get("confidence", 0.9)
    emotion, sentiment = over.get("emotion", "neutral"), over.get("sentiment", "neutral")
    given = {
        "text": text,
        "intent": intent,
        "confidence": confidence,
        "ranking": (Ranked(intent or "order_status", confidence), Ranked("refund_status", 0.02)),
        "sentiment": sentiment,
        "sentiment_scores": {one: float(one == sentiment) for one in SENTIMENTS},
        "emotion": emotion,
        "emotion_scores": {one: float(one == emotion) for one in EMOTIONS},
        "frustration": 0.05,
        "urgency": 0.05,
        "language": "en",
    }
    return Reading(**{**given, **over})
