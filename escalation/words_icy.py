"""Signs of lost patience said coolly: trust withdrawn, custom ended, contempt in good manners."""

from __future__ import annotations

from escalation.text import words_of
from escalation.words_insult import Cue

FIRM = (
    r"(?:(?:your|this|the|ur) (?:\w+ )?(?:firm|company|shop|store|business|brand|service|outfit|"
    r"people|lot|place|team|operation)|you|u|yous|yall|y'all|bean)"
)
NEVER_BACK = r"(?:shan't|shall not|will not|won't|wont|shall never|will never|'ll never)"
CUES = (
    Cue(
        "has lost all trust",
        0.85,
        words_of(
            rf"(?:lost|losing|have no|has no|no longer have|don't have|do not have|"
            rf"haven't) (?:\w+ )?(?:all|any|every|complete|what little|"
            rf"whatever|remaining|more|further) (?:of )?(?:my |our |the )?(?:\w+ )?(?:confidence|"
            rf"faith|trust|respect|goodwill) (?:\w+ )?(?:in|for|with) {FIRM}",
            r"(?:my|our) (?:\w+ )?(?:confidence|faith|trust|loyalty|"
            r"goodwill) (?:in (?:\w+ )?(?:\w+ )?)?(?:is|has|"
            r"are|was) (?:\w+ )?(?:gone|destroyed|exhausted|spent|over|broken|shattered|run out|"
            r"evaporated|shot)",
        ),
        sure=True,
    ),
    Cue(
        "has lost trust",
        0.6,
        words_of(
            rf"(?:lost|losing) (?:my |our )?(?:confidence|faith|trust|respect) (?:in|for|with) "
            rf"{FIRM}",
            r"(?:no longer|can't|cannot|can not|never) (?:\w+ )?(?:trust|rely on|depend on|"
            r"have faith in|believe) (?:you|your (?:firm|company|shop|business|word))",
        ),
        sure=True,
    ),
    Cue(
        "ends the custom",
        0.8,
        words_of(
            rf"{NEVER_BACK} (?:be )?(?:dealing|troubling you|"
            r"returning to (?:you|your)|(?:giv|spend)ing you|"
            r"recommending (?:you|your)|placing (?:an|another|any))",
            r"wash(?:ed|ing)? (?:my|our) hands of (?:you|this|your|the whole)",
            r"(?:don't|do not|you need not|needn't) expect (?:me|us|my family) (?:to (?:\w+ )?)?"
            r"(?:back|return|come back|order again)",
            r"(?:the )?last (?:you'll|you will|you shall|order you|penny you|time you'll|time you "
            r"will) (?:\w+ )?(?:see|hear|get|receive|have|take)? ?(?:of|from) (?:me|us|my)",
            r"you (?:may|can) consider (?:me|us|this|our|my) ~2 (?:customers?|custom|business|"
            r"account|relationship) (?:\w+ )?(?:lost|closed|over|ended|terminated|at an end|gone|"
            r"former)",
            r"(?:our|my) (?:business|dealings|relationship) (?:\w+ )?(?:is|are|ends?) (?:\w+ )?"
            r"(?:over|here|concluded|at an end|finished)",
        ),
        sure=True,
    ),
    Cue(
        "is coldly contemptuous",
        0.6,
        words_of(
            r"(?:i am|i'm|we are|we're|frankly|quite|utterly|deeply) (?:\w+ )?(?:appalled|"
            r"dismayed|affronted|insulted|aghast|disgusted)",
            r"beneath contempt",
            r"(?:wholly|entirely|utterly|totally|completely|simply) (?:unacceptable|inadequate|"
            r"unsatisfactory|inexcusable|indefensible|unprofessional)",
            r"(?:hang|hide) your heads?",
            r"ought to be ashamed",
            r"how (?:you|your (?:firm|company|shop)) (?:\w+ )?(?:stays?|remains?|manages? to stay) "
            r"in business",
            r"not fit for purpose",
            r"(?:pathetic|sorry|poor|pitiful|feeble) excuse (?:for|"
            r"of) (?:\w+ )?(?:\w+ )?(?:support|"
            r"service|help|company|shop|firm|business|answer)",
        ),
        sure=True,
    ),
)
