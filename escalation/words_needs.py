"""Words that name a need, one need from another, and many of them."""

from __future__ import annotations

import re

from escalation.text import words_of

NEGATED = (
    r"(?:not|never|hasn't|hasnt|haven't|havent|isn't|isnt|didn't|didnt|doesn't|doesnt|"
    r"won't|wont|can't|cant|wasn't|yet to|no)"
)
PROBLEMS = {
    "a late order": words_of(
        rf"(?:orders?|parcels?|packages?|delivery|shipment|it|beans|box|"
        rf"coffee) (?:\w+ )?(?:\w+ )?(?:{NEGATED} (?:\w+ )?(?:arriv\w{{0,3}}|come|came|"
        rf"turned up|shown up|delivered|here|shipped|dispatched|received)|is late|late|delayed|"
        rf"overdue|lost|vanished|missing in the post)",
        r"where(?:'?s| is| are| the hell is) (?:my|the|our) (?:\w+ )?(?:orders?|parcels?|"
        r"packages?|delivery|beans|coffee|stuff)",
        r"track(?:ing)? (?:\w+ )?(?:hasn't|not|stuck|says|shows)",
        r"(?:haven't|havent|not|never|didn't) (?:\w+ )?(?:received|got|get) (?:my|the|our|"
        r"any) (?:\w+ )?(?:order|parcel|package|delivery)",
    ),
    "a wrong or missing item": words_of(
        r"wrong (?:\w+ )?(?:item|items|size|bag|beans|grind|coffee|product|thing|order|roast|"
        r"one|colour|color|stuff|mug|parcel)",
        r"(?:sent|got|received|given) ~3 (?:instead of|wrong)",
        r"(?:bag|item|one|order|size|grind|beans) (?:\w+ )?(?:was|is|were|are) (?:the )?wrong",
        r"(?:bags?|items?|parts?|lid|box|one|two|three|filters?|mug|half|pack|"
        r"something) (?:\w+ )?(?:\w+ )?(?:is|are|was|were) missing",
        r"missing (?:an? |the |one |two |my |from )?(?:\w+ )?(?:item|"
        r"bag|bags|part|lid|filters?|mug|piece|order|box|half)",
        r"(?:ordered|paid for) \d{1,3}(?: \w+){0,3}\W{1,3}(?:and |but |only )?(?:\d{1,3}|one|two|"
        r"three|four|half) (?:of them )?(?:have |has |had )?(?:come|came|arrived|turned up|"
        r"shown up)"
        r"(?! (?:already )?(?:fine|ok|safely|thanks))",
        r"should(?:'ve| have)? (?:have )?been (?:the |an? )?(?:decaf|ground|whole|large|small|dark|"
        r"medium|light|espresso|\d{2,4} ?g|the other)",
        r"(?:left out|forgot|didn't include) ~2 (?:item|bag|filters?|mug|lid|beans)",
    ),
    "something damaged": words_of(
        r"(?:ours|mine|it|grinder|machine|kettle|scales?|frother) (?:has |have )?(?:just |now |"
        r"completely )?(?:died|packed (?:up|in)|conked out|given up the ghost|gave up the ghost|"
        r"broke down|blew up|bit the dust)",
        r"(?:arrived|came|turned up) (?:\w+ )?(?:chipped|bent|scratched|squashed|soaked|in bits|"
        r"in pieces)",
        r"making an? (?:\w+ )?(?:noise|sound)",
        r"(?:arrived|came|is|was|are|were|got|all|it|completely|badly|"
        r"already) (?:\w+ )?(?:broken|damaged|smashed|cracked|leaking|shattered|split|burst|"
        r"open|mouldy|moldy|stale|dented|faulty|defective|crushed|ripped|torn)",
        r"(?:broken|damaged|smashed|cracked|leaking|shattered|mouldy|faulty|defective|dented|"
        r"chipped) (?:\w+ )?(?:grinder|machine|kettle|mug|carafe|bag|bags|press|"
        r"cup|item|beans|box|scales?|jar|glass)",
        r"(?:grinder|machine|kettle|scales?|press|frother|dripper|"
        r"it) (?:\w+ )?(?:\w+ )?(?:doesn't|does not|won't|wont|doesnt|stopped|has stopped|"
        r"isn't|not) (?:work\w{0,3}|turn\w{0,3} on|start\w{0,3}|switch\w{0,3} on|charg\w{1,3}|"
        r"grind\w{0,3})",
    ),
    "a disputed charge": words_of(
        r"(?:charged|billed|debited|taken|paid) (?:me |us |my card |my account |for it |"
        r"for this )?(?:\w+ )?(?:twice|double|two times|three times|2x|again|too much|wrong|"
        r"the wrong|more than|extra)",
        r"double (?:charged?|bill\w{0,3}|payment)",
        r"overcharg\w{1,3}",
        r"(?:two|2|three|duplicate) (?:charges|payments|transactions)",
        r"(?:unknown|unexpected|strange|weird|random|duplicate) (?:charge|payment|transaction)",
    ),
    "signing in": words_of(
        r"(?:can't|cant|cannot|can not|unable to|couldn't|won't let me|"
        r"not able to) (?:\w+ )?(?:log ?in|login|sign in|get into|"
        r"access) ?(?:to )?(?:my )?(?:account)?",
        r"locked out",
        r"password (?:reset )?(?:\w+ )?(?:doesn't|not|won't|isn't|hasn't|never)",
        r"(?:login|log in) (?:\w+ )?(?:doesn't|not|won't|broken|fails)",
    ),
    "an address": words_of(
        r"(?:change|wrong|update|correct|fix|amend|new) (?:\w+ )?(?:\w+ )?(?:delivery |"
        r"shipping )?address",
        r"address (?:\w+ )?(?:to be |be |is |was )?(?:changed|updated|corrected|amended|wrong)",
        r"(?:send|deliver|redirect) (?:it|them|this|the order) to (?:a |another |my new|"
        r"a different)",
    ),
    "the subscription": words_of(
        r"(?:cancel|pause|stop|skip|change|end|switch|reduce|"
        r"move) (?:\w+ )?(?:\w+ )?(?:subscription|plan|membership|deliveries|sub)",
        r"(?:subscription|sub|plan) (?:should|needs to|has to|must|to) (?:be|go|change|drop|move)",
        r"subscription (?:\w+ )?(?:\w+ )?(?:wasn't|not|still|hasn't|keeps|needs|won't)",
    ),
    "a code": words_of(
        r"(?:code|coupon|voucher|discount|promo|gift card) (?:\w+ )?(?:\w+ )?(?:doesn't|"
        r"doesnt|does not|not|isn't|won't|wont|invalid|expired|rejected|didn't|hasn't|keeps|"
        r"says)"
    ),
    "points": words_of(
        r"(?:points|rewards|stars) (?:\w+ )?(?:\w+ )?(?:missing|gone|vanished|disappeared|not|"
        r"wrong|haven't|weren't|didn't)"
    ),
    "the website": words_of(
        r"(?:app|website|site|page|checkout|cart|basket|"
        r"button) (?:\w+ )?(?:\w+ )?(?:crash\w{0,3}|broken|error|freez\w{1,3}|frozen|blank|"
        r"won't load|not loading|doesn't (?:work|load)|not working|down|keeps)"
    ),
    "cancelling an order": words_of(
        r"cancel (?:\w+ )?(?:\w+ )?(?:\w+ )?order", r"cancel (?:it|that one|the other one)"
    ),
    "an invoice": words_of(
        r"(?:need|send|want|missing|get|have|lost|correct|wrong) (?:\w+ )?(?:\w+ )?(?:invoice|"
        r"receipt|vat invoice)",
        r"(?:never|not|haven't|havent|didn't) (?:\w+ )?(?:had|got|get|received|sent) (?:\w+ )?"
        r"(?:\w+ )?(?:invoice|receipt)",
    ),
    "a payment": words_of(
        r"(?:card|payment|paypal|apple pay) (?:\w+ )?(?:\w+ )?(?:declined|failed|rejected|"
        r"refused|won't go|not going through|didn't go)"
    ),
}
REMEDIES = {
    "a return": words_of(
        r"(?:return|send back|sending back|returning|money back|refund(?:ed|s)?)(?! (?:window|"
        r"policy|label))"
    ),
    "an exchange": words_of(r"(?:exchange|exchanging|swap|swapping)"),
}
"""What would make a problem good; a need of its own only where no problem is named."""
QUESTIONS = {
    "shipping": words_of(
        r"(?:do|can|could|will|would) you (?:ship|deliver|post|send) (?:to)?",
        r"(?:how much|what) (?:is|does|are) (?:the )?(?:shipping|delivery|postage)",
        r"shipping (?:cost|costs|price|time|fee)",
    ),
    "opening hours": words_of(
        r"(?:opening|closing) (?:hours|times?)",
        r"what time (?:do|are|does) (?:you|the)",
        r"are you open",
    ),
    "ways to pay": words_of(
        r"(?:do you|can i|could i) (?:take|accept|pay (?:with|by|in)|use) (?:paypal|klarna|"
        r"apple pay|amex|card|cash|instal\w{2,5}|google pay)"
    ),
    "stock": words_of(
        r"(?:in|back in|out of) stock",
        r"restock\w{0,3}",
        r"do you (?:have|sell|stock|do) (?:any )?\w+",
    ),
    "brewing": words_of(r"how (?:do|should|can) (?:i|you) (?:brew|use|grind|make|clean|store)"),
    "a recommendation": words_of(
        r"(?:recommend|which (?:coffee|beans|grinder|one) (?:should|is best|would))"
    ),
    "wholesale": words_of(r"wholesale", r"bulk (?:order|price|discount)"),
    "gift cards": words_of(r"(?:buy|get|sell|balance) ~3 gift cards?"),
}
CHAINED = words_of(
    r"so (?:that )?(?:i|we) can(?:'t)?",
    r"(?:in order |"
    r"(?<!need\s)(?<!want\s)(?<!like\s)(?<!how\s)(?<!have\s)(?<!trying\s)(?<!you\s))to "
    r"(?:see|check|find out|track|change|update|cancel|pause|skip|get|"
    r"apply|use|print|download|fix)",
    r"because",
    r"since",
    r"unless",
    r"(?:before|after) (?:i|you|it|that|the)",
)
EITHER = words_of(r"or", r"rather than", r"instead of")
JOINED = words_of(
    r"and",
    r"also",
    r"plus",
    r"as well",
    r"besides",
    r"on top of (?:that|this|it)",
    r"another (?:thing|question|issue|problem)",
    r"then there(?:'s| is)",
    r"then",
    r"not only",
    r"secondly",
    r"second",
    r"too",
    r"additionally",
    r"moreover",
    r"next",
    r"oh and",
    r"while you're at it",
    r"btw",
    r"&",
    r"\+",
)
SEVERAL_PROBLEMS = words_of(
    r"(?:two|three|four|five|2|3|4|5|six|6|several|multiple|many|a few|couple of|"
    r"a couple of|a number of|loads of|so many|a list of|"
    r"whole list of) (?:\w+ )?(?:issues|problems|complaints|mistakes|errors|faults)",
    r"(?:everything|nothing) (?:\w+ )?(?:went|is|was|has gone|about this (?:order|"
    r"delivery)) (?:wrong|right)",
    r"both (?:issues|problems)",
)
SEVERAL_THINGS = words_of(
    r"(?:three|four|five|3|4|5|six|6|several|multiple|many|a few) (?:\w+ )?(?:things|"
    r"questions|requests|points|queries|changes|bits|jobs|favours|matters)"
)
LISTED = re.compile(
    r"(?:^|(?<=[\s;,:.]))\(?[1-9][).:](?=\s)|(?:^|\n)\s{0,3}[-*\u2022]\s|"
    r"(?<!\w)(?:first|second|third|fourth)(?:ly)?(?=[\s,:]{1,2}(?:of all|my|i|the|you|"
    r"your|a|there|it|one|where|why))"
)
ORDER_IDS = words_of(r"#?\d{5,8}")
MANY_ORDERS = words_of(
    r"(three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|dozens?|several|multiple|many|"
    r"all (?:of )?my|all our|\d{1,3}) (?:\w+ )?(?:\w+ )?orders"
)
NUMBERS = {
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "dozen": 12,
    "dozens": 24,
    "several": 4,
    "multiple": 4,
    "many": 5,
}
