"""Is this the same need again? Denials, corrections and restatements after a bot's answer; pure."""

from __future__ import annotations

import re

from escalation import words_again, words_correct, words_off, words_person
from escalation import words_answer as words
from escalation.settings import Policy
from escalation.text import Span, without
from escalation.view import Seen

WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
STOP = frozenset(
    """
    a an the and or but so if then than to of in on at for from by with as is am are was were
    be been being do does did done have has had i i'm im i've ive i'd me my mine we our us you
    your yours u ur he she it its it's they them their this that these those there here not no
    yes please pls plz hi hello hey thanks thank ok okay just also too very really still again
    now already would could can will should may might must shall what what's whats which who
    whom about into out up down over any some all more most much many other another get got go
    going know want need like tell say said ask asked asking help question one ones don't dont
    doesn't doesnt didn't isn't isnt haven't hasn't can't cant won't wont let question mean
    meant think sure because well oh um er actually
    """.split()  # noqa: SIM905 - easier to read than a list
)
SAME = {
    word: group[0]
    for group in (
        (
            "order",
            "orders",
            "parcel",
            "parcels",
            "package",
            "packages",
            "shipment",
            "delivery",
            "box",
        ),
        (
            "arrive",
            "arrived",
            "arriving",
            "come",
            "came",
            "coming",
            "delivered",
            "deliver",
            "received",
            "receive",
            "turn",
            "turned",
            "show",
            "showed",
            "arrives",
        ),
        ("where", "wheres", "where's", "track", "tracking", "status"),
        ("cost", "price", "costs", "prices", "charge", "expensive", "pay"),
        ("broken", "broke", "damaged", "smashed", "cracked", "faulty", "works", "work", "working"),
        ("refund", "refunded", "refunds", "money"),
        ("login", "log", "sign", "signin", "password"),
        ("code", "coupon", "voucher", "promo", "discount"),
        ("ship", "shipping", "shipped", "send", "sending", "post", "postage", "sent"),
        ("cancel", "cancelled", "canceled", "cancelling", "cancellation", "stop"),
    )
    for word in group
}
ENDINGS = ("ings", "ing", "ied", "ies", "ed", "es", "s")
STEM_AT_LEAST = 4


def content(text: str) -> frozenset[str]:
    """Give the words of a folded text that carry its matter, in one form each."""
    return frozenset(_stem(word) for word in WORD.findall(text) if word not in STOP)


def restated(current: Seen, earlier: Seen, policy: Policy) -> bool:
    """Tell whether a turn says over again what an earlier turn said."""
    return nearness(current, earlier, policy) >= 1


def nearness(current: Seen, earlier: Seen, policy: Policy) -> float:
    """Give the share of a turn's words that an earlier one had, by its limit (1: at it)."""
    mine, theirs = content(current.folded.text), content(earlier.folded.text)
    if not mine or not theirs:
        return 0.0
    problem = earlier.facts.intent in policy.intents.problems
    limits = policy.limits
    limit = limits.same_words_problem if problem else limits.same_words
    return len(mine & theirs) / len(mine) / limit


def denied(current: Seen, earlier: Seen, policy: Policy) -> list[Span]:
    """Give the words by which a turn denies, corrects or repeats an answered one."""
    refers = off_point(current)
    if refers:
        return refers
    if _moves_on(current) or current.find(words_person.EXCUSES):
        return []
    if _may_be_same(current, earlier, policy):
        return current.find(words.PERSISTS)
    return (
        current.find(words_again.TROUBLE, words_correct.NO_THIS)
        if _shares(current, earlier, policy)
        else []
    )


def off_point(current: Seen) -> list[Span]:
    """Give the words by which a turn says that the bot missed what was asked."""
    refers = current.find(words.REFERS, excuses=words_off.KNOWS)
    refers = refers or ([] if _moves_on(current) else current.find(words_off.OFF_POINT))
    return without(refers, current.find(words_correct.OWN_SLIP))


def corrected(current: Seen) -> bool:
    """Tell whether a turn may be the plain answer to a question back ("no, I meant the other")."""
    return bool(current.find(words.CORRECTS))


def bare_no(current: Seen) -> list[Span]:
    """Give a lone "no" after an answer."""
    return current.find(words.BARE_NO)


def pleased(current: Seen, policy: Policy) -> bool:
    """Tell whether a turn after an answer is thanks or the like, without a "but"."""
    facts = current.facts
    if current.find(words_again.SETTLED) and not current.find(words_again.NOT_SETTLED):
        return True
    friendly = facts.intent in policy.intents.chitchat and facts.sentiment != "negative"
    return friendly and bool(current.find(words.GRATEFUL)) and not current.find(words.BUT)


def says_something(current: Seen) -> bool:
    """Tell whether a turn has a word of its own, rather than numbers and filling only."""
    return any(not word.isdecimal() for word in content(current.folded.text))


def small_talk(current: Seen) -> bool:
    """Tell whether a turn the model refused is chatter, an acknowledgement, or nothing to read."""
    if not content(current.folded.text) or current.find(words.SMALL_TALK):
        return True
    return _settled(current) or _cheerful(current)


def _settled(current: Seen) -> bool:
    said = current.find(words_again.SETTLED)
    return bool(said) and not current.find(words_again.NOT_SETTLED) and not _asks(current)


def _cheerful(current: Seen) -> bool:
    """Tell whether a turn is one of pleasure and asks for nothing ("great, off to the beach")."""
    facts = current.facts
    pleased_so = current.find(words_again.OPENS_PLEASED) or (
        facts.sentiment == "positive" and facts.emotion == "happy"
    )
    calm = facts.sentiment != "negative" and not current.find(words_again.REQUESTS)
    return bool(pleased_so) and calm and not _asks(current)


def _asks(current: Seen) -> bool:
    return "?" in current.folded.text


def _moves_on(current: Seen) -> bool:
    """Tell whether a turn opens another matter, or is content with the answer and goes on."""
    content_so = current.find(words_again.OPENS_PLEASED) and not current.find(words.BUT)
    return bool(content_so or current.find(words_again.NEXT))


def _shares(current: Seen, earlier: Seen, policy: Policy) -> bool:
    """Tell whether a turn read as another need speaks of the same thing gone wrong.

    It names the same thing, or follows a problem and only says "it".
    """
    if content(current.folded.text) & content(earlier.folded.text):
        return True
    problem = earlier.facts.intent in policy.intents.problems
    return problem and bool(current.find(words_again.ONLY_IT))


def _may_be_same(current: Seen, earlier: Seen, policy: Policy) -> bool:
    intent = current.facts.intent
    unnamed = intent is None or intent in policy.intents.complaint | policy.intents.person
    return unnamed or intent == earlier.facts.intent


def _stem(word: str) -> str:
    if word in SAME:
        return SAME[word]
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= STEM_AT_LEAST:
            return SAME.get(stem, stem)
    return word
