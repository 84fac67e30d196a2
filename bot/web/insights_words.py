"""What the insights call things, in words for people."""

from __future__ import annotations

from collections.abc import Mapping

from bot.rhythm import hour_words
from bot.story import REFUSED

REASONS = {
    "safety_or_legal": "Safety, law or fraud",
    "asked_for_human": "Asked for a person",
    "vulnerable": "Bereavement, illness, hardship",
    "frustrated": "Losing patience",
    "complex": "Too many things at once",
    "repeated_failure": "The bot kept missing it",
    "service_failure": "Something in Attune failed",
    "language": "A language without replies",
    "agent_joined": "An agent stepped in",
}
RULES = {
    "anger": "Angry enough for the limit",
    "failed_turns": "Too many failed turns",
    "model_person": "Read as asking for a person",
    "model_safety": "Read as safety, law or fraud",
    "model_vulnerable": "Read between the lines: a hard time",
    "model_dispute": "Read as a disputed charge",
    "always_person": "An intent that always needs a person",
    "several_needs": "Several needs at once",
    "many_orders": "Many orders at once",
    "words_person": "Asked for a person in words",
    "self_harm": "Words of self-harm",
    "danger": "Words of danger",
    "law": "Words of law",
    "fraud": "Words of fraud",
    "own_words": "The shop's own words",
    "money_in_dispute": "Words of a disputed charge",
    "exception": "Asked for an exception",
    "reply_language": "No reply in the language",
    "language": "No replies in the language",
    "model": "The message could not be read",
    "store": "The store did not answer",
    "agent_joined": "An agent stepped in",
}
MOOD_WORDS = {"happy": "Happy", "calm": "Calm", "worried": "Worried", "upset": "Upset"}
ENDING_WORDS = {
    "confirmed": "The customer said that it helped, or thanked",
    "answered": "The last message was answered, then silence",
    "person": "A person was brought in",
    "left": "Left without an answer, or displeased",
}
MEASURE_WORDS = {
    "by_bot": "answered by the bot and not abandoned",
    "person": "brought to a person",
    "left": "left without an answer, or displeased",
    "upset": "upset in the last message",
}
UNDER = {f"version_{name}": words for name, words in MEASURE_WORDS.items()}
UNDER["version_rated"] = "rated"


def heading(figure: str, value: str, titles: Mapping[str, str]) -> str:
    """Say what is behind a figure."""
    if figure in {"first", "worst", "last"}:
        when = {"first": "at first", "worst": "at worst", "last": "at the end"}[figure]
        return f"{MOOD_WORDS.get(value, value)} {when}"
    if figure in UNDER:
        return f"Under version {value}: {UNDER[figure]}"
    asked = titles.get(value, value)
    return {
        "all": "All conversations",
        "day": f"Conversations on {value}",
        "need": "Refused messages" if value == REFUSED else f"Asked for: {asked}",
        "reason": f"Brought to a person: {REASONS.get(value, value)}",
        "wait": f"Waited for a person: {value}",
        "by_bot": "Answered by the bot and not abandoned",
        "ending": f"How it ended: {ENDING_WORDS.get(value, value)}",
        "hour": f"Wrote on {hour_words(value)}",
        "version": f"Read by version {value} first",
        "rating": f"Rated {value} of 5",
        "asked": f"Asked for a person: {value}",
        "held": f"Waited no longer than told: {value}",
        "missed": f"Waited longer than told: {value}",
        "closed": f"Closed by an agent: {RULES.get(value, value)}",
        "rated_need": f"Rated, and wanted: {'not understood' if value == REFUSED else asked}",
        "rated_wording": f"Rated, and had heard: {value}",
        "heard_a": "Heard wording A of the comparison",
        "heard_b": "Heard wording B of the comparison",
        "spared": f"Did not need a person: {RULES.get(value, value)}",
    }.get(figure, value)
