"""The same message with politeness put in, and with it taken out. Pure.

Nothing is put where it would turn into mockery: not into a sentence that is rude, sarcastic or
asks nothing, and no thanks or apology into a message that shows anger at all.
"""

from __future__ import annotations

import re
from random import Random

from intents.perturb_rules import SENTENCE, Rule, masked, rewritten, rule, unmasked
from intents.perturb_verbs import DOING, IS_DOING

SHARP = re.compile(
    r"(?<!\w)(?:even|seriously|actually|really|bother\w*|jok(?:e|ing)|kidding|ridiculous|hell|"
    r"on earth|how hard|that hard|is it (?:so|too)|guess|shall i|the point|so much for|slow|"
    r"clown\w*|useless|stupid|dumb|idiot\w*|liar\w*|thie\w+|scam\w*|robb\w+|damn|bloody|f\w*ck\w*|f\*+\w*|"
    r"shit\w*|crap|wtf|ffs|omg|god|rubbish|garbage|pathetic|disgrac\w+|appalling|shambles|worst|"
    r"awful|terrible|nightmare|unacceptable|fed up|sick of|tired of|enough|again|still|"
    r"brilliant|marvellous|marvelous|generous|congratulations|bravo|well done|genius|impressive|"
    r"classy|wonderful|how nice|how lovely|of course|as usual|apparently|presumably|clearly|"
    r"suppose|thanks for nothing|oh|wow|great|lovely|nice|perfect|excuse me|dear)(?!\w)|"
    r"[?!]{2}|!|[\U0001f600-\U0001f64f\U0001f910-\U0001f97a]",
    re.IGNORECASE,
)
GREETS = re.compile(
    r"^\W*(?:hi+|hello+|hey+|heya|hiya|yo|dear|good (?:morning|afternoon|evening|day)|greetings|"
    r"salut|namaste|oi|evening|morning|alright|hullo|sir|ma'am|madam|mam|team)(?!\w)",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"(?<!\w)(?:please|pls|plz|kindly|abeg|sorry|thank\w*|ta|cheers)(?!\w)", re.IGNORECASE
)
VERBS = (
    r"(?:send|cancel|change|refund|tell|help|check|give|let me know|add|remove|update|resend|"
    r"confirm|explain|call|ring|email|stop|pause|skip|delete|show|fix|replace|find|put|connect|"
    r"transfer|unsubscribe|advise|clarify|reset|unlock|book|move|reply|look into|issue|extend|"
    r"get me|swap|return|credit|deliver|ship|post|take me off)"
)
IMPERATIVE = re.compile(
    rf"^(\W*)({VERBS})(?= (?:me|us|my|our|the|this|that|it|them|an?|all|everything|some\w+|back|"
    r"up|off|to|order|one|two|both)(?!\w)(?! was| is| about it))",
    re.IGNORECASE,
)
MODAL = re.compile(
    r"^(\W*(?:can|could|will|may) (?:you|i|we|someone|somebody)|\W*would you(?= "
    rf"{VERBS}))(?= (?!who|else|from|please)\w)",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|also) )?(?:where (?:is|are|can|do)|where's|"
    r"when (?:will|is|are|do|does|can)|how (?:much|long|many|do|can|does|soon|big|far)|"
    r"what (?:time|is|are|size|does)|what's|which \w+ \w+|who do|is there|are there|"
    r"do you (?:deliver|ship|have|sell|take|accept|offer|stock|do|open|know)|"
    r"is (?:my|the)|has my|are you|any (?:news|left|chance))(?!\w)[^?]{8,}\?\s*$",
    re.IGNORECASE,
)
HELLO = ("Hello. ", "Hi there. ", "Good day. ")
SORRY = ("Sorry to bother you. ", "Sorry to trouble you with this. ")
THANKS = (" Thank you.", " Many thanks.", " Thanks in advance.")
CURT: tuple[Rule, ...] = (
    rule(r"(?:i was|i am|i'm|was) (?:just )?wondering (?:if|whether) (?:it would be possible for "
         r"you to|you could|you can|you might be able to|you would be able to)( possibly)?",
         "can you"),
    rule(r"(?:i was|i am|i'm|was) (?:just )?wondering (?:if|whether) (?:i|we) (?:could|can|might)",
         "can I"),
    rule(r"(?:could|would|can) you (?:please |kindly |possibly |perhaps )+", "can you "),
    rule(r"(?:could|would) you be so kind (?:as )?to", "can you"),
    rule(rf"would you mind ({IS_DOING})", lambda match: f"can you {DOING[match[1].lower()]}"),
    rule(r"would it be (?:at all )?possible (?:for me )?to", "can I"),
    rule(r"is there any chance (?:that )?(?:you|i) (?:could|can)", "can you"),
    rule(r"(?:could|may) (i|we) (?:please |kindly |possibly )?(?=\w)", r"can \1 "),
    rule(rf"(?:could you|would you(?= {VERBS}(?!\w))) (?=\w)", "can you "),
    rule(r"(?:i'd|i would|we'd|we would) (?:be (?:very |most |so )?grateful if you could|"
         r"appreciate it if you could|really appreciate it if you could) (\w)", r"\1"),
    rule(r"(?:i'd|i would) (?:really )?(?:like|love) to", "I want to"),
    rule(r"(?:we'd|we would) (?:really )?(?:like|love) to", "we want to"),
    rule(r"(?:i'm |i am )?(?:so |very |really |terribly )?sorry (?:to|for) (?:bother(?:ing)?|"
         r"troubl(?:e|ing)|disturb(?:ing)?) you(?: (?:with this|again|but))?[,.!]? ?", ""),
    rule(r"if (?:that'?s|it'?s|that is|it is) (?:ok|okay|alright|all right|possible|not too much "
         r"trouble)(?: with you)?,? ?", ""),
    rule(r"if (?:possible|you don't mind|you could),? ?", ""),
    rule(r"(?:please|pls|plz|kindly),? (\w+)", r"\1"),
    rule(r"(?:please|pls|plz|kindly)(?=\s*[?.!,]|\s*$)", ""),
)  # fmt: skip
OPENING = re.compile(
    r"^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|"
    r"dear (?:sir or madam|sir/madam|sirs?|team|all|support|shop))"
    r"(?: (?:there|all|team|everyone|folks))?\s*[,.!\n\u2013-]+\s*(?=\w)",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:(?<=[.?!\n])|(?<=[.?!] )|,)\s*(?:many thanks|thank you|thanks|thx|cheers|ta)"
    r"(?: (?:in advance|so much|very much|a lot|again|for your (?:help|time|patience)))*"
    r"\s*[.!]*\s*$",
    re.IGNORECASE,
)
ASKING = re.compile(
    rf"(?<!\w)(?:please|can|could|would|need|want|like|{VERBS})(?!\w)|\?", re.IGNORECASE
)
LEAST_LEFT = 3
FEW_SENTENCES = 2


def polite(text: str, draw: Random) -> str | None:
    """Give the message with a greeting, please, an apology for asking, thanks; None if unfit."""
    held, kept = masked(text)
    parts = [match[0] for match in SENTENCE.finditer(held)]
    asking = [place for place, part in enumerate(parts) if _asks(part)]
    sharp, already = bool(SHARP.search(held)), bool(POLITE.search(held))
    if not asking or (sharp and not _plain_request(parts[asking[-1]])):
        return None
    if not already:
        parts[asking[-1]] = _pleased(parts[asking[-1]])
    whole = "".join(parts).rstrip()
    brief = not sharp and not already and len(parts) <= FEW_SENTENCES
    start = "" if GREETS.search(whole) else draw.choice((*HELLO, *(SORRY if brief else ())))
    ends_asking = brief and asking[-1] == len(parts) - 1
    end = draw.choice(("", *THANKS)) if ends_asking else ""
    stop = "." if end and whole[-1:] not in ".?!" else ""
    return unmasked(f"{start}{whole}{stop}{end}", kept)


def direct(text: str, draw: Random) -> str | None:  # noqa: ARG001 - every slice has a draw
    """Give the message without greeting, please, thanks and roundabout asking; None if unfit.

    Only where a request is left: thanks that are the message themselves stay.
    """
    held, kept = masked(text)
    bare = OPENING.sub("", held)
    if not ASKING.search(bare):
        return None
    bare, _ = rewritten(CLOSING.sub("", bare), CURT)
    bare = re.sub(r"[\s,]+([?.!,])", r"\1", re.sub(r"[ \t]{2,}", " ", bare)).strip(" ,\n")
    if bare == held.strip() or len(bare.split()) < LEAST_LEFT:
        return None
    first = bare[:1].upper() if held.lstrip()[:1].isupper() else bare[:1]
    return unmasked(first + bare[1:], kept)


def _asks(sentence: str) -> bool:
    return _plain_request(sentence) or bool(QUESTION.search(sentence))


def _plain_request(sentence: str) -> bool:
    """Tell whether a sentence asks for something to be done, without an edge to it."""
    asks = IMPERATIVE.search(sentence) or MODAL.search(sentence)
    return bool(asks) and not SHARP.search(sentence)


def _pleased(sentence: str) -> str:
    """Give a request with one "please" where English puts it."""
    if MODAL.search(sentence):
        return MODAL.sub(lambda match: f"{match[1]} please", sentence, count=1)
    if IMPERATIVE.search(sentence):
        return IMPERATIVE.sub(_with_please, sentence, count=1)
    return re.sub(r"\s*\?\s*$", lambda match: f", please{match[0]}", sentence)


def _with_please(match: re.Match[str]) -> str:
    verb = match[2]
    if verb.isupper():
        return f"{match[1]}PLEASE {verb}"
    word = "Please" if verb[:1].isupper() else "please"
    return f"{match[1]}{word} {verb[:1].lower()}{verb[1:]}"
