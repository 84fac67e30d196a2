"""Reads one message with the live pack's head, in time or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from intents.cache import ready_encoder
from intents.encoder import Encoder
from intents.errors import UnderstandingError, WeightsError
from intents.head import IntentHead
from intents.reading import Reading
from intents.understand import ModelUnderstander, load_understander

FAILURES = 5
WITHIN_S = 10.0
REST_S = 10.0


class Reader:
    """The model of this process; loaded on first use, so never before a fork.

    After five failures in ten seconds it rests for ten, so that customers are handed to people at
    once instead of waiting for a model that does not answer.
    """

    def __init__(self, cache: Path, backbone: str | None, deadline_s: float) -> None:
        """Remember where the built model lies; nothing is loaded yet."""
        self._cache = cache
        self._backbone = backbone
        self._deadline_s = deadline_s
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._understander: ModelUnderstander | None = None
        self._failed: list[float] = []

    def encoder(self) -> Encoder:
        """Give the serving encoder, loading it once; raises WeightsError."""
        with self._lock:
            if self._encoder is None:
                self._encoder = ready_encoder(self._cache, self._backbone)
            return self._encoder

    def read(self, text: str, head: IntentHead) -> Reading:
        """Give one text's Reading as logs keep it; raises UnderstandingError or WeightsError."""
        if self.rests():
            raise UnderstandingError("The model failed several times just now and rests a moment.")
        try:
            return self._loaded(head).read_one(text, head, self._deadline_s).as_kept()
        except (UnderstandingError, WeightsError):
            now = time.monotonic()
            self._failed = [one for one in self._failed if one > now - WITHIN_S] + [now]
            raise

    def read_all(self, texts: Sequence[str], head: IntentHead) -> list[Reading]:
        """Give the Readings of many texts, in the calling thread and without a deadline.

        Each is what `read` gives. Raises UnderstandingError or WeightsError.
        """
        return [one.as_kept() for one in self._loaded(head).read(texts, head)]

    def rests(self) -> bool:
        """Say whether the model is left alone because it kept failing."""
        recent = self._failed[-FAILURES:]
        return (
            len(recent) == FAILURES
            and recent[-1] - recent[0] <= WITHIN_S
            and time.monotonic() - recent[-1] < REST_S
        )

    def _loaded(self, head: IntentHead) -> ModelUnderstander:
        understander = self._understander
        if understander is None:
            encoder = self.encoder()
            with self._lock:
                understander = self._understander or load_understander(encoder, head)
                self._understander = understander
        return understander
