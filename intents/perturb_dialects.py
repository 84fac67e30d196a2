"""Rewritings of a message towards five Englishes that keep what it says. Pure.

Each is a careful approximation: the words and grammar most written in chats, only where the
rewriting cannot change the meaning. Speakers would often go further; a message that fits no rule
is left alone, never forced.
"""

from __future__ import annotations

import re
from random import Random

from intents.perturb_manners import GREETS
from intents.perturb_rules import Rule, rewritten, rule, swaps
from intents.perturb_verbs import DOING, DONE, IS_BASE, IS_DOING, IS_DONE, PAST_OF

FEW_WORDS = 8
WORDS_PER_CHANGE = 20
START = r"(?:^|(?<=[.!?,\n]\s))"
END = r"(?=\s*(?:[?.!,\n]|$))"
NOUN = (
    r"(?:orders?|parcels?|packages?|delivery|refund|coffee|beans|bag|bags|box|card|code|account|"
    r"invoice|points|voucher|subscription|tracking|app|website|site|page|machine|grinder|kettle|"
    r"payment|driver|courier|phone|flight|bill|money|chat|line|link|password|login|laptop|ticket|"
    r"room|house|shop|engineer|technician|manager|door|boiler|battery|screen|wifi|internet|mail|"
    r"letter|email|booking|appointment|price|button|form|map|bus|train|car|heating|water|power)"
)
THING = rf"(?:(?:my|the|our|your) (?:\w+ )?{NOUN}|it|they|everything|this|that)"
WHERE = rf"where(?: is| are|'s) ((?:my|the|our) \w+(?: \w+)?){END}"
ASKED = r"(when|why|how|where)"
NOT_YOU = r"(?!(?:you|they|we|i|it|he|she|be)(?!\w))"
HAVE = r"(?: have|'ve)"
AM = r"(?: am|'m)"
ARE = r"(?: are|'re)"
NOT_DONE = (
    r"(?:hasn't|haven't|has not|have not|hasnt|havent|has never|have never) (?:yet |even )?"
    rf"({IS_DONE})"
)


def _with(words: str, made: str, group: int, forms: dict[str, str]) -> Rule:
    """Give a rule that writes another form of the verb in a group where `made` has {}."""

    def written(match: re.Match[str]) -> str:
        verb = forms[match[group].lower()]
        return match.expand(made.replace("{}", verb)).replace("  ", " ")

    return rule(words, written)


DIALECT = re.compile(
    r"(?<!\w)(?:abeg|una|dey|wetin|wahala|oga|dem|wan|comot|lah|leh|lor|liao|kena|anot|dinnae|cannae|"
    r"didnae|isnae|wisnae|havnae|wee|aye|yer|ye|tae|ah|ken|y'all|yall|ain't|aint|finna|tryna|waan|"
    r"smaddy|mi|kindly|do the needful|revert)(?!\w)",
    re.IGNORECASE,
)
"""Words of somebody who writes a dialect already: their message is not moved into another."""
PIDGIN: tuple[Rule, ...] = (
    rule(WHERE, r"where \1 dey"),
    rule(r"what happened", "wetin happen"),
    rule(r"what (?:do|should|can) i", "wetin I go"),
    rule(r"what(?: is|'s| are)", "wetin be"),
    rule(r"how much (?:is|are)", "how much be"),
    rule(r"(?:am |is |are |was |were )?unable to", "no fit"),
    rule(r"(?:can't|cannot|can not|cant|couldn't|could not)", "no fit"),
    rule(r"(?:can|could|will) you", "you fit"),
    rule(r"(?:can|could|may) i", "I fit"),
    rule(r"(?:isn't|is not|doesn't|does not|don't|do not) work(?:ing)?(?! for)", "no dey work"),
    rule(r"(?:is|are|was|were) (?:broken|damaged|faulty)", "don spoil"),
    rule(rf"(i|we|you|they){HAVE} got(?! to)", r"\1 get"),
    _with(NOT_DONE, "never {}", 1, DONE),
    _with(rf"(i|we|you|they){HAVE} been (still )?({IS_DOING})", r"\1 don dey {}", 3, DOING),
    _with(rf"(i|we|you|they)'ve (?:already |just )?({IS_DONE})", r"\1 don {}", 2, DONE),
    _with(rf"(?:has|have) (?:already |just )?({IS_DONE})", "don {}", 1, DONE),
    rule(r"(?:don't|do not|doesn't|does not|haven't|hasn't) (?:have|got)(?! to)", "no get"),
    rule(rf"(?:didn't|did not|don't|dont|do not|doesn't|does not) {NOT_YOU}(\w+)", r"no \1"),
    rule(r"(?:isn't|is not|aren't|are not|wasn't|weren't|was not|were not) (a|an|the|my|your|what)",
         r"no be \1"),
    rule(r"(?:isn't|is not|aren't|are not|wasn't|weren't)", "no dey"),
    rule(r"(?:won't|will not|wont)", "no go"),
    _with(rf"(i){AM} (still |just )?({IS_DOING})", r"\1 \2dey {}", 3, DOING),
    _with(rf"(you|we|they){ARE} (still )?({IS_DOING})", r"\1 \2dey {}", 3, DOING),
    rule(rf"(i){AM} going to (?!the|a|my|your|our|be)(\w+)", r"\1 go \2"),
    rule(r"(i|you|we|they|he|she)(?:'ll| will) (?!be)", r"\1 go "),
    rule(r"it(?: is|'s) (?:a|an) ", "na "),
    rule(r"it(?: is|'s) (my|the|your|our)", r"na \1"),
    rule(rf"({THING}) (?:is|are) (late|missing|wrong|here|there|cold|hot|dead|empty|down)",
         r"\1 dey \2"),
    rule(r"(?:please|pls|plz)", "abeg"),
    rule(r"you (?:guys|people|lot|all)", "una"),
    rule(r"want to", "wan"),
    swaps({"children": "pikin dem", "kids": "pikin dem", "child": "pikin", "your": "una",
           "quickly": "sharp sharp"}),
)  # fmt: skip
PIDGIN_SPELLING = swaps(
    {"they": "dem", "them": "dem", "this": "dis", "that": "dat", "with": "wit", "the": "di"}
)

INDIAN: tuple[Rule, ...] = (
    rule(rf"{ASKED} (is|are|was|were) ({THING})(?= \w)", r"\1 \3 \2"),
    rule(rf"{ASKED} will ({THING}|you|i|we)(?= \w)", r"\1 \2 will"),
    rule(rf"{ASKED} (can|should) (i|we|you)", r"\1 \3 \2"),
    rule(r"how do (i|we)", r"how \1 can"),
    rule(r"how long (?:does|will) it take", "how much time it will take"),
    rule(r"this (morning|afternoon|evening)", r"today \1"),
    rule(r"last night", "yesterday night"),
    rule(r"(waiting|waited|trying|been|had it|using|down|like this) for "
         r"(?=(?:over |nearly |almost )?(?:a|one|two|three|four|five|six|\ue000\d+\ue001|many|"
         r"several|weeks|days|months|hours|ages))", r"\1 since "),
    rule(r"i have (a|an|one|two|some) (problem|issue|question|query|doubt|allergy|party|"
         r"guest|complaint|baby|child)", r"I am having \1 \2"),
    rule(r"do you (?:have|sell|stock)", "are you having"),
    rule(r"i (?:don't|do not) (understand|remember|see)", r"I am not \1ing"),
    rule(r"i (?:can't|cannot|cant|can not)(?! seem)", "I am not able to"),
    rule(r"we (?:can't|cannot|cant|can not)", "we are not able to"),
    rule(r"i (?:couldn't|could not)", "I was not able to"),
    rule(r"i want to", "I am wanting to"),
    rule(r"(?:hasn't|has not|haven't|have not|not) arrived(?: yet)?", "has not reached till now"),
    rule(r"(?:didn't|did not|never) (?:arrive|arrived|come|came)", "did not reach"),
    rule(r"(has|have|just) arrived", r"\1 reached"),
    rule(rf"arrived{END}", "reached"),
    rule(rf"(\w+n't|not|no|nothing)((?: \w+){{0,5}}) yet{END}", r"\1\2 till now"),
    rule(r"(?:get back to|reply to|respond to|answer|write back to) (me|us)", r"revert back to \1"),
    rule(r"(send|share|confirm|check|cancel|refund|return|update) it(?! to)", r"\1 the same"),
    rule(r"(?:sort|fix) (?:this|it)(?: out)?", "do the needful"),
    rule(r"(?:please|pls) (?=(?!possible|when)\w)", "kindly "),
    rule(r"(?:as soon as possible|asap)", "at the earliest"),
    rule(rf"(today|yesterday|tomorrow){END}", r"\1 itself"),
    rule(r", right(?=\?)", ", isn't it"),
    rule(r"discuss (?!about)", "discuss about "),
    rule(r"thank you", "thanking you"),
    rule(r"at the moment", "at present"),
    swaps({"postcode": "PIN code", "zip code": "PIN code", "receipt": "bill",
           "my phone": "my mobile", "phone number": "mobile number", "questions": "doubts",
           "question": "doubt", "customer service": "customer care", "my money": "my amount",
           "customer support": "customer care", "bought": "purchased", "i need": "I require",
           "we need": "we require", "on holiday": "out of station", "about my": "regarding my",
           "about the": "regarding the", "a quick": "one quick"}),
)  # fmt: skip

SINGLISH: tuple[Rule, ...] = (
    rule(rf"where(?: is|'s| are) ((?:my|the|our) \w+(?: \w+)?){END}", r"\1 where"),
    rule(rf"why (?:is|are|was) ({THING})(?= \w)", r"why \1"),
    rule(rf"{ASKED} will ({THING}|you)(?= \w)", r"\1 \2 will"),
    rule(r"how (?:do|can|should) (?:i|we|you)", "how to"),
    rule(r"is it possible to ([^?.!\n]{3,80})\?", r"can \1 or not?"),
    rule(rf"{START}(?:can|could) you (?:please )?([^?.!,\n]{{3,60}})\?", r"can \1 or not?"),
    rule(rf"{START}(?:can|could) i (?:please )?([^?.!,\n]{{3,60}})\?", r"can I \1 or not?"),
    rule(r"(?:isn't|is not|doesn't|does not|not) work(?:ing)?(?! for)", "cannot work"),
    rule(r"(?:is|was|are|were) (?:broken|damaged|faulty)", "spoil already"),
    _with(NOT_DONE, "never {}", 1, DONE),
    rule(rf"(?:didn't|did not) ({IS_BASE})", r"never \1"),
    _with(rf"(i|we|you|they){HAVE} (?:already |just )?(?!got)({IS_DONE})", r"\1 already {}", 2,
          {done: PAST_OF[base] for done, base in DONE.items()}),
    rule(rf"(i){AM} (still |not |just )?({IS_DOING})", r"\1 \2\3"),
    rule(rf"(you|we|they){ARE} (still |not )?({IS_DOING})", r"\1 \2\3"),
    rule(rf"(i|we){HAVE} been ({IS_DOING})", r"\1 \2"),
    rule(r"there (?:is|are) no", "don't have"),
    rule(r"(?:is|are) there (?:any|a|an)", "got any"),
    rule(r"do you have", "you got"),
    rule(r"you (?:guys|people|lot)", "you all"),
    rule(r"it(?: is|'s) (still |so |too |very |not |really )", r"it \1"),
    rule(rf"({THING}) (?:is|are) (still |so |not |very |too )?"
         r"(late|missing|wrong|cold|dead|empty|down|gone|stuck|slow|frozen)", r"\1 \2\3 already"),
    rule(r"please", "pls"),
    rule(r"(?:the|a|an) (?!(?:few|little|lot|bit|while|couple|same|first|last|only)(?!\w))(?=\w)",
         ""),
)  # fmt: skip

SCOTS_NOT = swaps(
    {"don't": "dinnae", "do not": "dinnae", "dont": "dinnae", "can't": "cannae", "cant": "cannae",
     "cannot": "cannae", "didn't": "didnae", "didnt": "didnae", "isn't": "isnae",
     "wasn't": "wisnae", "won't": "willnae", "haven't": "havnae", "hasn't": "hasnae",
     "doesn't": "doesnae", "doesnt": "doesnae", "couldn't": "couldnae", "wouldn't": "wouldnae",
     "shouldn't": "shouldnae", "aren't": "urnae", "weren't": "wurnae", "hadn't": "hudnae"}
)  # fmt: skip
SCOTS_WORDS = swaps(
    {"my": "ma", "you": "ye", "your": "yer", "you're": "yer", "yes": "aye", "know": "ken",
     "little": "wee", "small": "wee", "kids": "weans", "children": "weans", "child": "wean",
     "baby": "bairn", "nobody": "naebody", "old": "auld", "mum": "maw", "dad": "da"}
)  # fmt: skip
SCOTS_SPELLING = swaps(
    {"i'm": "Ah'm", "i've": "Ah've", "i'll": "Ah'll", "i": "Ah", "of": "o", "and": "an",
     "with": "wi", "from": "fae", "to": "tae", "just": "jist", "what": "whit", "what's": "whit's",
     "out": "oot", "about": "aboot", "down": "doon", "now": "noo", "house": "hoose",
     "around": "roon", "home": "hame", "off": "aff", "was": "wis", "would": "wid",
     "wrong": "wrang", "over": "ower", "more": "mair", "give": "gie", "have": "huv",
     "nothing": "nothin", "something": "somethin", "do": "dae", "going": "gaun", "all": "aw",
     "are": "ur", "tomorrow": "the morra", "tonight": "the night"}
)  # fmt: skip

AAVE: tuple[Rule, ...] = (
    rule(rf"(i|we|you|they){HAVE} been (?=\w+ing)", r"\1 been "),
    rule(rf"(i|we|they){HAVE} (?:already |just )?(?!got)({IS_DONE})", r"\1 done \2"),
    rule(r"there(?: is|'s) (a|an|no|something|nothing)", r"it's \1"),
    rule(r"there was (a|an|no|something|nothing)", r"it was \1"),
    rule(r"(i|you|we|they)(?:'re|'m) not", r"\1 ain't"),
    rule(r"it's not", "it ain't"),
    rule(r"(?:isn't|is not|aren't|are not|am not|hasn't|haven't|has not|have not)", "ain't"),
    rule(rf"(?:didn't|did not) ({IS_BASE})", r"ain't \1"),
    rule(r"(it|he|she|(?:my|the|your) \w+) (?:doesn't|does not)", r"\1 don't"),
    rule(r"((?:ain't|don't|can't|won't|never|not)(?: \w+){0,3}) anything", r"\1 nothing"),
    rule(r"((?:ain't|don't|can't|won't|never|not)(?: \w+){0,3}) anyone", r"\1 nobody"),
    rule(r"((?:ain't|don't|can't)(?: \w+){1,2}) any", r"\1 no"),
    rule(rf"({THING}) (?:is|are) (still |so |not |all |just |really )?"
         r"(late|broken|missing|wrong|gone|down|frozen|stuck|cold|open|closed|locked|empty|here|"
         r"there|too|dead|slow|crazy|ridiculous|trash|good|great|fine|nice|amazing|perfect)",
         r"\1 \2\3"),
    rule(r"(he|she|it)(?:'s| is) (?=(?:still |so |just |really )?\w+ing)", r"\1 "),
    rule(r"(you|we|they)(?:'re| are) (?=(?:still |so |not |just |all |always )?\w+(?:ing|ed|y))",
         r"\1 "),
    rule(r"(?:is|are) always (late|broken|wrong|down|busy|closed)", r"be \1"),
    rule(rf"keeps ({IS_DOING}|crashing|freezing|saying|showing)", r"be \1"),
    rule(rf"(it|he|she|{THING}) (says|keeps|shows|works|needs|wants|looks|makes|comes|takes)",
         lambda match: f"{match[1]} {match[2].removesuffix('s')}"),
    rule(rf"(i){AM} (?:going to|about to) (?!the|a|my|your|our|be)", r"\1'm finna "),
    rule(r"you (?:guys|people|lot|all)", "y'all"),
    rule(r"trying to", "tryna"),
    rule(r"(?:want to|wants to)", "wanna"),
    rule(r"going to (?!the|a|my|your|our)", "gon "),
    rule(r"(?:have|has|had) to", "gotta"),
    rule(r"let me", "lemme"),
    rule(r"give me", "gimme"),
    rule(r"(?:could|should|would)(?:n't)? have", lambda match: f"{match[0].split()[0]}a"),
    rule(rf"those ({NOUN})", r"them \1"),
    rule(r"about to", "bout to"),
    rule(rf"({IS_DOING}|nothing|something|morning|evening)", lambda match: f"{match[1][:-1]}'"),
    swaps({"because": "cuz", "with": "wit", "kind of": "kinda", "though": "tho"}),
)  # fmt: skip


def nigerian(text: str, draw: Random) -> str | None:
    """Give the message in English that leans on Nigerian Pidgin, sometimes in its spelling."""
    found = _leaning(text, PIDGIN)
    broad = found is not None and draw.random() < 1 / 2
    return rewritten(found, [PIDGIN_SPELLING])[0] if found and broad else found


def indian(text: str, draw: Random) -> str | None:
    """Give the message in Indian English, often with the address that begins a request there."""
    found, places = rewritten(text, INDIAN)
    start = draw.choice(("Sir/Madam,\n", "Dear team,\n", ""))
    if start and not GREETS.search(found) and len(found.split()) >= FEW_WORDS:
        found, places = start + found, places + 1
    return _enough(text, found, places)


def singlish(text: str, draw: Random) -> str | None:
    """Give the message in Singlish, sometimes with a particle at its end."""
    found, places = rewritten(text, SINGLISH)
    if draw.random() < 1 / 2 and re.search(r"\w[.?]?\s*$", found) and "or not" not in found:
        asks = found.rstrip().endswith("?")
        found = found.rstrip(" .?\n") + (" ah?" if asks else " leh")
        places += 1
    return _enough(text, found, places)


def scottish(text: str, draw: Random) -> str | None:
    """Give the message in Scots spelling and words, lightly or broadly."""
    broad = draw.random() < 1 / 2
    return _leaning(text, (SCOTS_NOT, SCOTS_WORDS, *([SCOTS_SPELLING] if broad else [])))


def african_american(text: str, draw: Random) -> str | None:  # noqa: ARG001 - as above
    """Give the message in African American English."""
    return _leaning(text, AAVE)


def _leaning(text: str, rules: tuple[Rule, ...]) -> str | None:
    """Give the text after the rules; None where too little of it would be in the dialect."""
    found, places = rewritten(text, rules)
    return _enough(text, found, places)


def _enough(text: str, found: str, places: int) -> str | None:
    if DIALECT.search(text):
        return None
    words = len(text.split())
    wanted = 1 if words <= FEW_WORDS else max(2, words // WORDS_PER_CHANGE)
    return found if places >= wanted and found != text else None
