"""What the bot says to a message for which no person is needed, and under it which buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.moment import Moment
from bot.signals import CHOSEN
from bot.values import BotReply, QuickReply
from intents.pack import IntentSpec
from intents.reading import Reading

SOLVED = QuickReply("That solved it", "solved")
NOT_QUITE = QuickReply("Not quite", "not_quite")
PERSON = QuickReply("A person", "person")
NO_PERSON = QuickReply("No, go on", "declined")
BRING_PERSON = QuickReply("Yes, a person please", "person")
AFTER_ANSWER = (SOLVED, NOT_QUITE, PERSON)
ASKED_FOR = {
    "solved": "solved",
    "not_quite": "not_quite",
    "person": "handoff",
    "declined": "offer_declined",
}
"""The reply that tells in the pack's words what a button says, by the button's payload."""
ABOUT_AN_ANSWER = frozenset({"solved", "not_quite", "declined"})
SMALL_TALK = frozenset({"greeting", "goodbye", "thanks", "praise", "bot_question"})
CLOSE_CALL_SHARE = 0.35
CLOSE_CALL_FLOOR = 0.15
UNSURE = 0.4


@dataclass(frozen=True, slots=True)
class Said:
    """What the bot will say, and how the log should remember it.

    `about` is the intent that something was asked back for, to look its answer up.
    """

    replies: tuple[BotReply, ...] = ()
    answered: str | None = None
    clarified: bool = False
    about: str | None = None


def plain_words(moment: Moment) -> Said:
    """Choose what the bot says when no person is needed."""
    payload, reading = moment.payload, moment.reading
    if _steps_back(moment):
        return Said((moment.say("not_quite", labelled(moment, PERSON)),), answered="not_quite")
    if payload in ABOUT_AN_ANSWER:
        name = {"declined": "offer_declined"}.get(payload, payload)
        quick = (PERSON,) if payload == "not_quite" else ()
        return Said((moment.say(name, labelled(moment, *quick)),), answered=name)
    if intent := wanted(moment):
        return _reply_to(moment, intent)
    person = labelled(moment, PERSON)
    if reading is None or not _has_words(moment):
        return Said((moment.say("chat_empty", person),), answered="chat_empty")
    if choices := close_call(reading, moment):
        return _question(moment, *choices)
    again = bool(moment.past) and moment.past[-1].data.get("answered") is None
    return Said((moment.say("fallback_again" if again else "fallback", person),))


def _steps_back(moment: Moment) -> bool:
    """Tell whether the bot made the customer angry and has nothing new to say.

    Then it neither says the same over again nor talks of something else: it asks what is missing.
    """
    if moment.cause.kind != "bot":
        return False
    intent = wanted(moment)
    said = {entry.data.get("answered") for entry in moment.past}
    if intent is None:
        return moment.reading is None or close_call(moment.reading, moment) is None
    return intent in SMALL_TALK or intent in said


def wanted(moment: Moment) -> str | None:
    """Give the intent that would be answered, None where another thing is said."""
    payload, reading = moment.payload, moment.reading
    if payload and payload.startswith(CHOSEN):
        return payload.removeprefix(CHOSEN)
    if payload in ABOUT_AN_ANSWER or reading is None or not _has_words(moment):
        return None
    choices = close_call(reading, moment)
    if reading.intent and not choices:
        return reading.intent
    return moment.awaited or _complete(moment, choices or ())


def _complete(moment: Moment, choices: Sequence[IntentSpec]) -> str | None:
    """Give the one of two near intents for whose lookup this message says all that is needed."""
    specs = [spec for spec in choices if spec.lookup and moment.says(spec.lookup.needs)]
    return specs[0].name if len(specs) == 1 else None


def offer(moment: Moment) -> BotReply:
    """Ask whether to bring in a person."""
    return moment.say("offer_person", labelled(moment, BRING_PERSON, NO_PERSON))


def labelled(moment: Moment, *buttons: QuickReply) -> tuple[QuickReply, ...]:
    """Give the bot's own buttons in the pack's words for them, where it has some."""
    words = partial(moment.live.replies.button, language=moment.language)
    return tuple(
        QuickReply(words(ASKED_FOR[one.payload]) or one.text, one.payload) for one in buttons
    )


def close_call(reading: Reading, moment: Moment) -> tuple[IntentSpec, IntentSpec] | None:
    """Give the two intents worth asking about, or None when one is clear or nothing is near.

    Never asked twice in a row, never between kinds of small talk, and in a further language only
    between intents that the pack names in it.
    """
    if moment.past and moment.past[-1].data.get("clarified"):
        return None
    if len(reading.ranking) < 2:
        return None
    first, second = reading.ranking[:2]
    if first.intent in SMALL_TALK or second.intent in SMALL_TALK:
        return None
    if reading.intent is None:
        asks = first.confidence >= CLOSE_CALL_FLOOR
    else:
        near = second.confidence >= CLOSE_CALL_SHARE * first.confidence
        asks = near or first.confidence < UNSURE
    specs = [moment.live.pack.intent(one.intent) for one in (first, second)]
    known = [spec for spec in specs if spec and _title(moment, spec)]
    return (known[0], known[1]) if asks and len(known) == 2 else None


def _reply_to(moment: Moment, intent: str) -> Said:
    if intent not in moment.live.replies:
        return Said((moment.say("fallback", labelled(moment, PERSON)),))
    usual = () if intent in SMALL_TALK else labelled(moment, *AFTER_ANSWER)
    return Said((moment.say(intent, usual=usual),), answered=intent)


def _question(moment: Moment, first: IntentSpec, second: IntentSpec) -> Said:
    titles = {"first": _title(moment, first), "second": _title(moment, second)}
    pairs = zip(titles.values(), (first, second), strict=True)
    choices = tuple(QuickReply(title, CHOSEN + spec.name) for title, spec in pairs)
    return Said((moment.say("clarify", choices, choice=titles),), clarified=True)


def _title(moment: Moment, spec: IntentSpec) -> str:
    """Give what an intent is called in the language of the moment, empty if nobody said."""
    told = moment.live.replies.button(spec.name, moment.language)
    return told or (spec.title if moment.language == moment.live.pack.languages[0] else "")


def _has_words(moment: Moment) -> bool:
    return any(one.isalnum() for one in moment.text)
