"""The model as the bot uses it: texts in, Readings out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import numpy as np

from intents.affect import AffectHead, Feelings, load_affect
from intents.batching import Batcher
from intents.encoder import Encoder, Encoding
from intents.errors import UnderstandingError, WeightsError
from intents.head import IntentHead, Ranking, head_vectors
from intents.language import detect_language
from intents.needs import Clause, apart, further_needs, one_need, parted
from intents.reading import Reading
from intents.text import EMPTY, cleaned

__all__ = ["Batcher", "ModelUnderstander", "load_understander"]

CHUNK = 64
DEADLINE_S = 2.0
_PLAIN = re.compile("[0-9A-Za-z]")


class ModelUnderstander:
    """Reads messages with one encoder; safe to share between threads of a process."""

    def __init__(
        self,
        encoder: Encoder,
        head: IntentHead,
        affect: AffectHead,
        batcher: Batcher | None = None,
    ) -> None:
        """Join encoder and heads; raises WeightsError if they were not made for each other."""
        self._encoder = encoder
        self._affect = affect
        self._batcher = batcher or Batcher(encoder.encode)
        self.head = self._checked(head)

    def read(self, texts: Sequence[str], head: IntentHead | None = None) -> list[Reading]:
        """Give one Reading per text by a head, its own by default; raises UnderstandingError.

        In order, in the calling thread.
        """
        used = self.head if head is None else self._checked(head)
        readings: list[Reading] = []
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            try:
                encoding = self._encoder.encode(chunk)
            except Exception as error:
                raise UnderstandingError(
                    f"The model could not read the messages ({error}); try again."
                ) from error
            readings += _readings(chunk, encoding, used, self._affect)
        return readings

    def read_one(
        self, text: str, head: IntentHead | None = None, deadline_s: float = DEADLINE_S
    ) -> Reading:
        """Give the Reading of one text by a head, its own by default; raises UnderstandingError.

        Called by many threads at once; the head may change from call to call.
        """
        used = self.head if head is None else self._checked(head)
        encoding = self._batcher.encode_one(text, deadline_s)
        return _readings([text], encoding, used, self._affect)[0]

    def _checked(self, head: IntentHead) -> IntentHead:
        if head.fingerprint != self._encoder.fingerprint:
            raise WeightsError(
                "The intent head was fitted on another encoder; publish the pack again."
            )
        return head


def load_understander(
    encoder: Encoder, head: IntentHead, affect: AffectHead | None = None
) -> ModelUnderstander:
    """Give an understander that has read once, so that the first customer does not wait.

    Call it after fork. `affect` is the shipped one by default. Raises WeightsError.
    """
    feelings = load_affect() if affect is None else affect
    check_feelings(feelings, encoder)
    understander = ModelUnderstander(encoder, head, feelings)
    understander.read(["Wo bleibt denn bitte meine Bestellung?"])
    return understander


def check_feelings(feelings: AffectHead, encoder: Encoder) -> None:
    """Raise WeightsError unless the feelings were trained on this encoder's vectors."""
    if feelings.fingerprint != encoder.fingerprint:
        raise WeightsError(
            "The feelings' weights belong to another encoder; train them on this one with "
            "`python -m intents.training`, or leave the backbone setting out."
        )


def _readings(
    texts: Sequence[str], encoding: Encoding, head: IntentHead, affect: AffectHead
) -> list[Reading]:
    """Give the Readings of encoded texts; all clauses of all texts are ranked at once."""
    parts = [apart(head_vectors(one)) for one in encoding.parts if len(one)]
    rankings = head.rank_vectors(np.concatenate([head_vectors(encoding), *parts]))
    whole, rest = rankings[: len(texts)], iter(rankings[len(texts) :])
    said = [part.said for part in encoding.parts] or [()] * len(encoding)
    return [
        _reading(text, ranking, parted(clauses, list(islice(rest, len(clauses)))), felt)
        for text, ranking, clauses, felt in zip(
            texts, whole, said, affect.feel(encoding), strict=True
        )
    ]


def _says_nothing(text: str) -> bool:
    """Say whether cleaning leaves nothing of a text; it leaves plain letters and digits."""
    return not _PLAIN.search(text) and cleaned(text) == EMPTY


def _reading(text: str, found: Ranking, parts: Sequence[Clause], feelings: Feelings) -> Reading:
    ranking = found.doubted() if _says_nothing(text) else found
    return Reading(
        text=text,
        intent=ranking.intent,
        confidence=ranking.confidence,
        ranking=ranking.ranked,
        sentiment=feelings.sentiment,
        sentiment_scores=feelings.sentiment_scores,
        emotion=feelings.emotion,
        emotion_scores=feelings.emotion_scores,
        frustration=feelings.frustration,
        urgency=feelings.urgency,
        vulnerable=feelings.vulnerable,
        language=detect_language(text),
        also=() if one_need(found, parts) else further_needs(found, parts),
    )
