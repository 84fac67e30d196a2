"""Slips of people who learned English later, and the two spellings of English. Pure."""

from __future__ import annotations

import re
from random import Random

from intents.perturb_dialects import DIALECT
from intents.perturb_rules import Rule, rewritten, rule, swaps
from intents.perturb_verbs import DONE, IS_BASE, IS_DONE, PAST_OF

CHANCE = 0.75
"""Each kind of slip is made with this chance, so that messages differ as people do."""
THING = r"(?:my|the|our|your) \w+"
ARTICLES = (
    rule(r"(?:a|an|the) (?!(?:few|little|lot|bit|day|hour|week|month|year|time|while|couple|second)"
         r"(?!\w))(?=\w)", ""),
)  # fmt: skip
ORDER = (
    rule(rf"(when|why|how|where) (is|are|was|were|will) ({THING})", r"\1 \3 \2"),
    rule(r"(when|why|how|where|what) (can|should|will) (i|we|you|it|they)", r"\1 \3 \2"),
    rule(r"(how|where|when|what|why) (?:do|does|did) (i|we|you|it|they)", r"\1 \2"),
    rule(r"do you (have|take|ship|deliver|sell|accept|offer)", r"you \1"),
    rule(r"(can|could) you (?:please )?(tell|send|help|check|give|explain|change)", r"you can \2"),
)
TENSE = (
    rule(rf"(didn't|did not) ({IS_BASE})", lambda match: f"{match[1]} {PAST_OF[match[2].lower()]}"),
    rule(rf"(have|has|haven't|hasn't|have not|has not) (not |already |still |just )?({IS_DONE})",
         lambda match: f"{match[1]} {match[2] or ''}{DONE[match[3].lower()]}"),
    rule(rf"(was|were) ({IS_DONE})", lambda match: f"{match[1]} {DONE[match[2].lower()]}"),
)  # fmt: skip
AGREEMENT = (
    rule(r"(it|he|she|(?:app|site|website|page|machine|code|card|tracking|order|parcel)) "
         r"(says|keeps|shows|works|needs|wants|looks|comes|takes|costs|goes)",
         lambda match: f"{match[1]} {match[2].removesuffix('s')}"),
    rule(r"(it|he|she) doesn't", r"\1 don't"),
    rule(r"(beans|items|points|orders|bags|boxes|emails|messages) are", r"\1 is"),
    rule(r"(two|three|four|five|six|many|several|some) (bag|order|parcel|email|item|month|week|"
         r"day|time|box|question|call|message)(?:e?s)", r"\1 \2"),
    rule(r"there are", "there is"),
    rule(r"information", "informations"),
)  # fmt: skip
WORDS = (
    rule(r"(waiting|waited|trying|been) for (?=a |one |two |three |four |five |several |\ue000)",
         r"\1 since "),
    rule(r"interested in", "interested for"),
    rule(r"(arrived|arrive) at", r"\1 to"),
    rule(r"depends on", "depends of"),
    rule(r"(explain|confirm) (me|us|to me|to us)", r"\1 me"),
    rule(r"(?:i'm|i am) (?:\w+ )?(agree|agreed)", "I am agree"),
    rule(r"it(?: is|'s) possible", "is possible"),
    rule(r"it(?: is|'s) (not|still|very|too|broken|late|wrong|missing|empty)", r"is \1"),
    rule(r"listen to", "listen"),
    rule(r"on (monday|tuesday|wednesday|thursday|friday|saturday|sunday)", r"in \1"),
)  # fmt: skip
KINDS: tuple[tuple[Rule, ...], ...] = (ORDER, TENSE, AGREEMENT, WORDS, ARTICLES)

PAIRS = {  # British: American
    "colour": "color", "colours": "colors", "flavour": "flavor", "flavours": "flavors",
    "flavoured": "flavored", "favour": "favor", "favourite": "favorite", "favourites": "favorites",
    "honour": "honor", "honoured": "honored", "neighbour": "neighbor", "neighbours": "neighbors",
    "neighbour's": "neighbor's", "neighbourhood": "neighborhood", "behaviour": "behavior",
    "humour": "humor", "rumour": "rumor", "labour": "labor", "centre": "center",
    "theatre": "theater", "litre": "liter", "litres": "liters", "fibre": "fiber",
    "grey": "gray", "tyre": "tire", "tyres": "tires", "kerb": "curb", "cheque": "check",
    "jewellery": "jewelry", "pyjamas": "pajamas", "mould": "mold", "mouldy": "moldy",
    "aluminium": "aluminum", "catalogue": "catalog", "dialogue": "dialog", "programme": "program",
    "organise": "organize", "organised": "organized", "realise": "realize", "realised": "realized",
    "apologise": "apologize", "apologised": "apologized", "recognise": "recognize",
    "recognised": "recognized", "customise": "customize", "authorise": "authorize",
    "authorised": "authorized", "unauthorised": "unauthorized", "finalise": "finalize",
    "prioritise": "prioritize", "summarise": "summarize", "emphasise": "emphasize",
    "analyse": "analyze", "paralysed": "paralyzed", "cancelled": "canceled",
    "cancelling": "canceling", "travelling": "traveling", "traveller": "traveler",
    "labelled": "labeled", "labelling": "labeling", "signalled": "signaled",
    "instalment": "installment", "instalments": "installments", "fulfil": "fulfill",
    "enrol": "enroll", "skilful": "skillful", "licence": "license", "defence": "defense",
    "offence": "offense", "sceptical": "skeptical", "storey": "story", "plough": "plow",
    "ageing": "aging", "judgement": "judgment", "whilst": "while", "learnt": "learned",
    "burnt": "burned", "towards": "toward", "maths": "math", "mum": "mom", "mums": "moms",
    "mum's": "mom's", "mummy": "mommy", "anaemia": "anemia", "diarrhoea": "diarrhea",
    "oestrogen": "estrogen", "leukaemia": "leukemia", "anaesthetic": "anesthetic",
    "paediatric": "pediatric", "manoeuvre": "maneuver", "doughnut": "donut",
}  # fmt: skip
ONE_WAY = frozenset({"check", "tire", "tires", "program", "story", "while", "curb", "favor"})
"""American words that have other meanings: never turned British."""


def non_native(text: str, draw: Random) -> str | None:
    """Give the message with slips in articles, tense, agreement and word order."""
    found, count = text, 0
    if DIALECT.search(text):
        return None
    for kind in KINDS:
        if draw.random() < CHANCE:
            found, places = rewritten(found, kind)
            count += places
    return re.sub(r"  +", " ", found) if count else None


def other_spelling(text: str, draw: Random) -> str | None:  # noqa: ARG001 - every slice has a draw
    """Give the message in American spelling where it was British, else the other way round."""
    found, places = rewritten(text, [_AMERICAN])
    if not places:
        found, places = rewritten(text, [_BRITISH])
    return found if places else None


_AMERICAN = swaps(PAIRS)
_BRITISH = swaps({us: uk for uk, us in PAIRS.items() if us not in ONE_WAY})
