"""Why a message was read so, in what a page can show: found on demand, stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.packs import LivePack
from bot.services import Services
from bot.trial import sure_in_words, title_of
from intents.affect import AffectHead, load_affect
from intents.explain import Pull, Pulled, carrying_words, explained
from intents.occlusion import Carried
from intents.pack import Pack
from intents.reading import Reading
from intents.understand import ModelUnderstander

DIGITS = 3
ALIKE = ((0.85, "nearly the same"), (0.6, "much alike"), (0.35, "somewhat alike"))
OTHERWISE = 0.1


def why_read(
    services: Services, made: LivePack, text: str, then: Mapping[str, Any]
) -> dict[str, Any]:
    """Give why a message is read so by a pack, and whether it was read otherwise `then`.

    It reads the message again, once for every word and some more. Raises UnderstandingError,
    WeightsError.
    """
    understander = _understander(services, made)
    reading = understander.read([text])[0]
    encoding = services.reader.encoder().encode([text])
    found = explained(reading, made.head, made.pack.labelled(), encoding, understander.read)
    return {
        "changed": _otherwise(reading, then),
        "pulled": [_pulled_row(made.pack, reading, one) for one in found.pulled],
        **_carried_row(found.carried),
    }


def why_felt(services: Services, made: LivePack, text: str) -> dict[str, Any]:
    """Give the feelings of a text with the words that carried them; raises as `why_read`."""
    return _carried_row(carrying_words(text, _understander(services, made).read))


def alike_in_words(cosine: float) -> str:
    """Give a cosine as words, such as "much alike"."""
    return next((words for least, words in ALIKE if cosine >= least), "a little alike")


def _understander(services: Services, made: LivePack) -> ModelUnderstander:
    return ModelUnderstander(services.reader.encoder(), made.head, _affect())


@cache
def _affect() -> AffectHead:
    """Load the feelings once; they never change while a process runs."""
    return load_affect()


def _otherwise(reading: Reading, then: Mapping[str, Any]) -> bool:
    """Say whether today's model reads it otherwise."""
    moved = max(
        abs(reading.frustration - float(then["frustration"])),
        abs(reading.urgency - float(then["urgency"])),
        abs(reading.vulnerable - float(then.get("vulnerable", 0.0))),
    )
    same = (reading.intent, reading.emotion) == (then["intent"], then["emotion"])
    return not same or moved >= OTHERWISE


def _pulled_row(pack: Pack, reading: Reading, pulled: Pulled) -> dict[str, Any]:
    confidence = {one.intent: one.confidence for one in reading.ranking}
    known = pulled.intent is not None
    return {
        "intent": pulled.intent,
        "title": title_of(pack, pulled.intent),
        "chosen": pulled.intent == reading.intent,
        "sure": sure_in_words(confidence.get(pulled.intent or "", 0.0)) if known else "",
        "towards": [_pull_row(pack, one) for one in pulled.towards],
        "away": [_pull_row(pack, one) for one in pulled.away],
    }


def _pull_row(pack: Pack, pull: Pull) -> dict[str, str]:
    return {
        "phrase": pull.phrase,
        "alike": alike_in_words(pull.cosine),
        "title": title_of(pack, pull.intent),
    }


def _carried_row(carried: Carried) -> dict[str, Any]:
    return {
        "felt": [
            {
                "name": felt.name,
                "probability": round(felt.probability, DIGITS),
                "sure": sure_in_words(felt.probability),
                "sentence": felt.sentence,
                "words": [
                    {"span": one.span, "effect": round(one.effect, DIGITS)} for one in felt.words
                ],
            }
            for felt in carried.felt
        ],
        "window": carried.window,
        "read_to": carried.read_to,
    }
