"""Hard times told in passing: senses that fail, somebody who is gone, the last of the money."""

from __future__ import annotations

from escalation.text import words_of
from escalation.words_hardship import KIN, OWN

COUNT = (
    r"(?:[\u00a3$\u20ac]?\d{1,3}(?:[.,]\d\d)?[\u20ac]?|two|three|four|five|six|seven|eight|nine|"
    r"ten)"
)
COINS = r"(?: (?:quid|pounds?|euros?|dollars?|bucks|pence|p))?"
UNTIL = r"(?:till?|until|'til|before)"
NEEDS = (
    r"(?:food|food ?shop|rent|nappies|diapers|gas|electric\w{0,4}|heating|bus fare|groceries|"
    r"shopping money|formula|medicine|prescription|mortgage|dinner money|meter|school shoes)"
)
GONE = words_of(
    rf"(?:{OWN} (?:\w+ )?(?:\w+ )?{KIN}|{KIN}|she|he) (?:\w+ )?(?:is|isn't|is not|'s)? ?(?:sadly )?"
    r"(?:no longer with us|not with us any ?more|isn't with us any ?more|left us (?:last|in|on|"
    r"two|three|this)|slipped away|went to sleep for)",
    r"(?:isn't|is not|'s not|no longer) with us (?:any ?more|any longer)",
    r"(?:lost|losing) (?:him|her|our (?:baby|little \w+|son|daughter)|the baby) (?:at|in|on|to|"
    r"last|this|before|just|two|three|after|suddenly|yesterday)",
    r"since (?:she|he|mum|mam|mom|dad|gran|nan|grandad) (?:died|passed|went|left us)",
)
BODY = words_of(
    r"(?:lost|losing|lose|loss of) (?:\w+ ){0,3}(?:sight|eyesight|vision|hearing|speech|mobility)"
    r"(?! of)",
    r"(?:going|gone|went) (?:blind|deaf)(?! (?:tasting|with))",
    r"can no longer (?:see|read|hear|hold|grip|walk|drive|stand|lift|speak|type|manage|leave)",
    r"(?:since|after) (?:the|my|his|her|an?) (?:\w+ )?(?:accident|fall|operation|op|surgery|"
    r"diagnosis|amputation)",
)
HIRING = words_of(
    r"(?:are|is) (?:you|u|ya|the (?:shop|cafe|roastery)) (?:\w+ )?hiring",
    r"(?:job|staff|barista) (?:vacanc(?:y|ies)|openings?|applications?)",
    r"vacanc(?:y|ies)",
    r"(?:any|got|have) (?:\w+ )?(?:jobs?|work|shifts) (?:going|available|open|at)",
    r"(?:apply|applying|looking) for (?:an? |the )?(?:\w+ )?(?:job|position|role|work)",
)
"""Somebody out of work asks for work: that is why they say so."""
LAST_MONEY = words_of(
    rf"{COUNT}{COINS} left ?(?:\w+ )?(?:{UNTIL}|to (?:last|live on|eat|feed)|for the (?:week|"
    rf"month))"
    r"(?! (?:free|the next|expir))",
    rf"{COUNT}{COINS} (?:left )?(?:to (?:my|our) name|to live on|in (?:my|our|the) (?:bank|"
    r"current)(?: account)?)",
    rf"{COUNT}{COINS} in (?:my|our) account\W{{1,3}}(?:and |but |until |till )",
    rf"(?:that|it|which|this)(?:'s| is| was) (?:for |my |our |all our |the kids'? )+{NEEDS}"
    r"(?! (?:processor|grade|safe|service|mixer|scale|truck|blog|hob|stove|kettle|grinder|cooker))",
    r"(?:universal credit|pension|benefits?|wages?|giro|pip|pay|payday) (?:\w+ )?(?:doesn't|"
    r"don't|isn't|won't|hasn't|not|only) (?:\w+ )?(?:come|comes|in|paid|due|arrive|go in|land|"
    r"until|till?)(?! (?:here|there))",
    r"debt (?:advis[eo]r|charity|management|plan|counsell?or|relief)",
    r"(?:can't|cant|cannot|can not|couldn't) (?:\w+ )?cover (?:it|this|that|the (?:payment|cost|"
    r"bill|box))(?! (?:with|by|using))",
)
