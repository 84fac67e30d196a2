"""How customers put an answer right: not that but this, what it was about, where its link leads."""

from __future__ import annotations

from escalation.text import words_of
from escalation.words_again import CONTROL

ASKS = r"(?:how|what|which|when|where|who|why|whether|if)"
LEADS = r"(?:er|um|hm+|no|nope|ok|okay|yes|yeah|well|right|sorry|but|and|so|ah|oh|thanks)"
FRESH = rf"(?:^\W{{0,9}}(?:{LEADS}\W{{1,3}}){{0,3}}|(?<=[.!?]\s))"
GIVEN = r"(?:link|page|button|number|form|article|guide|address|menu|screen|section|faq)"
TOPIC = r"(?! (?:it|all|everything|now|me|sure|us|right)(?!\w))"
VOCATIVE = r"(?:mate|lad|love|pal|hun|dear|sir|madam|bro|bruv|man|boss|hen|luv|buddy|friend|dude)"
BUT_THIS = r"(?:the|my|i(?:'m)?|it'?s|how|what|which|when|where|who|does|is|will)"
CORRECTIONS = (
    rf"{FRESH}not {ASKS}(?! i (?:expected|wanted))(?: \w+){{1,9}}[.,;:\u2026-]{{1,3}}\s?\w+",
    (
        rf"{FRESH}not (?:about )?(?:the|my|an?) (?!problem|worry|rush|hurry|bad|big deal)\w+"
        rf"(?: \w+){{0,5}}[.,;:\u2026-]{{1,3}}\s?{BUT_THIS}"
    ),
    rf"(?<!what\s)i mean,? (?:for |from |with |to )?(?:{ASKS}|the|my)",
    rf"i'?m (?:really |actually |only )?(?:asking|talking|on) (?:about|{ASKS})",
    (
        rf"{FRESH}(?:i'?m|i am|we'?re|we are) not \w{{2,15}}ing (?:it|them|this|that|anything)"
        rf"[.,;:\u2026-]{{1,3}}\s?(?:i|we|my|how|can|do|is|it|where|what|which)(?:'\w+)?"
    ),
    (
        rf"{FRESH}(?:that|this|it|you)(?:'ve| have)? (?:just |only )?(?:told|explained|described|"
        rf"covered|showed|sent|gave)(?: me)?(?: about)?{TOPIC}(?: \w+){{1,12}}"
        rf"[.!;,\u2026-]{{1,3}}\s?\w+"
    ),
    (
        r"(?:you|you're|youre|it's) (?:are |is )?(?:still |again |just |only )+(?:telling|giving|"
        r"showing|sending|talking|explaining|on)(?: to)? (?:me |us )?(?:about|the|how|what|that)"
    ),
    (
        rf"(?:that|this|the|your) {GIVEN}(?: you (?:gave|sent|posted|mentioned)| above| there)? "
        rf"(?:just |only |still )?(?:opens|goes|takes|leads|brings|redirects|points|is for|was for|"
        rf"belongs|is about|was about)(?! (?:out of|through|well|great|fine))"
    ),
    r"(?:that'?s|thats|that is|this is) (?:just |only |still )?(?:the|an?) (?:\w+ ){1,3}again",
    (
        rf"(?:there|it) (?:isn't|isnt|is not|aren't|wasn't|hasn't got|has not) (?:got )?(?:an?|"
        rf"any) "
        rf"(?:\w+ )?(?:\w+ )?{CONTROL}"
    ),
    (
        r"(?:isn't|wasn't|is not|was not|not|hardly) (?:\w+ )?what i(?:'m| am| was) "
        r"(?:\w+ )?(?:after|asking|looking for|on about|trying)"
    ),
    r"(?:yes or no|straight answer|simple question)(?=\W{0,3}$)",
    (
        r"(?:did|done|tried) (?:all (?:of )?)?(?:that|this|those) (?:already|before|twice|first|"
        r"yesterday|earlier|last night|this morning|as well)"
    ),
)
"""Denies or describes the answer, whatever the intent: parts for `words_of`."""
NO_THIS = words_of(
    rf"^\W{{0,9}}(?:no|nope|nah|naw) {VOCATIVE}\W{{1,9}}(?!thanks|cheers|ta|that'?s|i'?m|it'?s|all|"
    r"no)\w+",
)
"""Says no and goes on: counts where the same thing is spoken of."""
OWN_SLIP = words_of(
    r"(?:sorry|oops|whoops|woops|apologies|my bad|my mistake|typo|autocorrect|duh)"
    r"(?: \w+)?[,.!\s-]{1,4}(?:i|we) (?:actually )?meant?"
    r"(?! (?:to ask|how|what|which|where|when))(?: \w+)?(?=\W{0,3}(?:$|[.!]))",
    r"(?:sorry|oops|whoops)[,.!\s-]{1,4}i mean",
    r"(?:do you|if you|you) (?:know|see|get) what i mean",
    r"(?:just |only )?asking (?:for a friend|out of (?:interest|curiosity))",
)
"""A slip of their own put right, or a figure of speech."""
