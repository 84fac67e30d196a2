"""How a reply should be worded, from how the customer feels. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from intents.reading import Reading

Tone = Literal["calm", "happy", "worried", "upset"]
TONES: tuple[Tone, ...] = get_args(Tone)
UPSET_FRUSTRATION = 0.5
STILL_UPSET_FRUSTRATION = 0.3
WORRIED_URGENCY = 0.6


def choose_tone(reading: Reading | None, earlier: Sequence[Tone] = (), anger: float = 0.0) -> Tone:
    """Give the tone of the next reply; `earlier` are the tones of the replies before, oldest first.

    `anger` (0-1) is what the words show besides the reading, as sarcasm does. Somebody who was
    upset a moment ago is not met with cheer.
    """
    if reading is None:
        return "calm"
    was_upset = bool(earlier) and earlier[-1] == "upset"
    limit = STILL_UPSET_FRUSTRATION if was_upset else UPSET_FRUSTRATION
    if max(reading.frustration, anger) >= limit or reading.emotion == "angry":
        return "upset"
    if reading.emotion == "sad" and reading.sentiment == "negative":
        return "upset"
    if reading.emotion == "worried" or reading.urgency >= WORRIED_URGENCY:
        return "worried"
    if reading.emotion == "happy" and not was_upset:
        return "happy"
    return "calm"
