"""Words that name a need, a disputed charge, an exception, a denial, a deadline; and small talk."""

from __future__ import annotations

import re

from escalation.text import words_of

NEGATED = r"(?:not|never|hasn't|hasnt|haven't|havent|isn't|isnt|didn't|didnt|doesn't|doesnt|won't|wont|can't|cant|wasn't|yet to|no)"
PROBLEMS = {
    "a late order": words_of(
        rf"(?:orders?|parcels?|packages?|delivery|shipment|it|beans|box|coffee) (?:\w+ )?(?:\w+ )?(?:{NEGATED} (?:\w+ )?(?:arriv\w{{0,3}}|come|came|turned up|shown up|delivered|here|shipped|dispatched|received)|is late|late|delayed|overdue|lost|vanished|missing in the post)",
        r"where(?:'?s| is| are| the hell is) (?:my|the|our) (?:\w+ )?(?:orders?|parcels?|packages?|delivery|beans|coffee|stuff)",
        r"track(?:ing)? (?:\w+ )?(?:hasn't|not|stuck|says|shows)",
        r"(?:haven't|havent|not|never|didn't) (?:\w+ )?(?:received|got|get) (?:my|the|our|any) (?:\w+ )?(?:order|parcel|package|delivery)",
    ),
    "a wrong or missing item": words_of(
        r"wrong (?:\w+ )?(?:item|items|size|bag|beans|grind|coffee|product|thing|order|roast|one|colour|color|stuff|mug|parcel)",
        r"(?:sent|got|received|given) ~3 (?:instead of|wrong)",
        r"(?:bags?|items?|parts?|lid|box|one|two|three|filters?|mug|half|pack|something) (?:\w+ )?(?:\w+ )?(?:is|are|was|were) missing",
        r"missing (?:an? |the |one |two |my |from )?(?:\w+ )?(?:item|"
        r"bag|bags|part|lid|filters?|mug|piece|order|box|half)",
        r"(?:left out|forgot|didn't include) ~2 (?:item|bag|filters?|mug|lid|beans)",
    ),
    "something damaged": words_of(
        r"(?:arrived|came|is|was|are|were|got|all|it|completely|badly|already) (?:\w+ )?(?:broken|damaged|smashed|cracked|leaking|shattered|split|burst|open|mouldy|moldy|stale|dented|faulty|defective|crushed|ripped|torn)",
        r"(?:broken|damaged|smashed|cracked|leaking|shattered|mouldy|faulty|defective|dented|chipped) (?:\w+ )?(?:grinder|machine|kettle|mug|carafe|bag|bags|press|"
        r"cup|item|beans|box|scales?|jar|glass)",
        r"(?:grinder|machine|kettle|scales?|press|frother|dripper|it) (?:\w+ )?(?:\w+ )?(?:doesn't|does not|won't|wont|doesnt|stopped|has stopped|isn't|not) (?:work\w{0,3}|turn\w{0,3} on|start\w{0,3}|switch\w{0,3} on|charg\w{1,3}|grind\w{0,3})",
    ),
    "a disputed charge": words_of(
        r"(?:charged|billed|debited|taken|paid) (?:me |us |my card |my account |for it |for this )?(?:\w+ )?(?:twice|double|two times|three times|2x|again|too much|wrong|the wrong|more than|extra)",
        r"double (?:charged?|bill\w{0,3}|payment)",
        r"overcharg\w{1,3}",
        r"(?:two|2|three|duplicate) (?:charges|payments|transactions)",
        r"(?:unknown|unexpected|strange|weird|random|duplicate) (?:charge|payment|transaction)",
    ),
    "signing in": words_of(
        r"(?:can't|cant|cannot|can not|unable to|couldn't|won't let me|not able to) (?:\w+ )?(?:log ?in|login|sign in|get into|access) ?(?:to )?(?:my )?(?:account)?",
        r"locked out",
        r"password (?:reset )?(?:\w+ )?(?:doesn't|not|won't|isn't|hasn't|never)",
        r"(?:login|log in) (?:\w+ )?(?:doesn't|not|won't|broken|fails)",
    ),
    "an address": words_of(
        r"(?:change|wrong|update|correct|fix|amend|new) (?:\w+ )?(?:\w+ )?(?:delivery |shipping )?address",
        r"(?:send|deliver|redirect) (?:it|them|this|the order) to (?:a |another |my new|a different)",
    ),
    "the subscription": words_of(
        r"(?:cancel|pause|stop|skip|change|end|switch|reduce|move) (?:\w+ )?(?:\w+ )?(?:subscription|plan|membership|deliveries|sub)",
        r"subscription (?:\w+ )?(?:\w+ )?(?:wasn't|not|still|hasn't|keeps|needs|won't)",
    ),
    "a code": words_of(
        r"(?:code|coupon|voucher|discount|promo|gift card) (?:\w+ )?(?:\w+ )?(?:doesn't|doesnt|does not|not|isn't|won't|wont|invalid|expired|rejected|didn't|hasn't|keeps|says)"
    ),
    "points": words_of(
        r"(?:points|rewards|stars) (?:\w+ )?(?:\w+ )?(?:missing|gone|vanished|disappeared|not|wrong|haven't|weren't|didn't)"
    ),
    "the website": words_of(
        r"(?:app|website|site|page|checkout|cart|basket|button) (?:\w+ )?(?:\w+ )?(?:crash\w{0,3}|broken|error|freez\w{1,3}|frozen|blank|won't load|not loading|doesn't (?:work|load)|not working|down|keeps)"
    ),
    "cancelling an order": words_of(
        r"cancel (?:\w+ )?(?:\w+ )?(?:\w+ )?order", r"cancel (?:it|that one|the other one)"
    ),
    "an invoice": words_of(
        r"(?:need|send|want|missing|get|have|lost|correct|wrong) (?:\w+ )?(?:\w+ )?(?:invoice|receipt|vat invoice)"
    ),
    "a payment": words_of(
        r"(?:card|payment|paypal|apple pay) (?:\w+ )?(?:\w+ )?(?:declined|failed|rejected|refused|won't go|not going through|didn't go)"
    ),
}
REFUND = words_of(r"(?:refunds?|refunded|money back)")
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
        r"(?:do you|can i|could i) (?:take|accept|pay (?:with|by|in)|use) (?:paypal|klarna|apple pay|amex|card|cash|instal\w{2,5}|google pay)"
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
    r"(?:in order )?to (?:see|check|find out|track|change|update|cancel|pause|skip|get|apply|use|print|download|fix)",
    r"because",
    r"since",
    r"unless",
    r"(?:before|after) (?:i|you|it|that|the)",
)
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
    r"(?:two|three|four|five|2|3|4|5|six|6|several|multiple|many|a few|couple of|a couple of|a number of|loads of|so many|a list of|whole list of) (?:\w+ )?(?:issues|problems|complaints|mistakes|errors|faults)",
    r"(?:everything|nothing) (?:\w+ )?(?:went|is|was|has gone|about this (?:order|delivery)) (?:wrong|right)",
    r"both (?:issues|problems)",
)
SEVERAL_THINGS = words_of(
    r"(?:three|four|five|3|4|5|six|6|several|multiple|many|a few) (?:\w+ )?(?:things|questions|requests|points|queries|changes)"
)
LISTED = re.compile(
    r"(?:^|(?<=[\s;,:.]))\(?[1-9][).:](?=\s)|(?:^|\n)\s{0,3}[-*\u2022]\s|"
    r"(?<!\w)(?:first|second|third|fourth)(?:ly)?(?=[\s,:]{1,2}(?:of all|my|i|the|you|your|a|there|it|one|where|why))"
)
ORDER_IDS = words_of(r"#?\d{5,8}")
MANY_ORDERS = words_of(
    r"(three|four|five|six|seven|eight|nine|ten|twelve|dozen|several|multiple|many|all (?:of )?my|all our|\d{1,3}) (?:\w+ )?(?:\w+ )?orders"
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
    "twelve": 12,
    "dozen": 12,
    "several": 4,
    "multiple": 4,
    "many": 5,
}

DISPUTE = words_of(
    r"(?:charged|billed|debited) (?:me |us |my card |my account )?(?:\w+ )?(?:twice|double|two times|three times|3 times|2x|thrice)",
    r"double ?(?:charged|billed|payment|charge)",
    r"overcharged",
    r"(?:charged|billed|debited) (?:me |us )?(?:the wrong|a wrong|too much|more than|an extra|extra|for (?:something|things|an order|a subscription) i (?:didn't|never|cancelled|don't))",
    r"(?:taken|took|take|debit|debited|collect\w{0,3}) (?:\w+ )?(?:\w+ )?(?:the )?(?:money|payment|\d+|cash)? ?(?:\w+ )?(?:\w+ )?(?:twice|two times|double)",
    r"(?:two|2|three|3|duplicate|double) (?:\w+ )?(?:charges|payments|transactions|debits)",
    r"(?:don't|dont|do not|didn't) recogni[sz]e ~3 (?:charge|payment|transaction|debit|amount)",
    r"(?:unknown|unrecogni[sz]ed|mystery|unexpected|strange) (?:charge|payment|transaction|debit)",
    r"(?:still|been|being|keep|keeps|kept) (?:getting )?(?:charged|charging|billed|billing) (?:me )?(?:after|even though|although|for a|despite|since)",
    r"charge ?backs?",
    r"disput(?:e|ed|ing) (?:\w+ )?(?:\w+ )?(?:charge|payment|transaction|amount|bill)",
    r"(?:took|taken|charged|take) (?:my|the) money (?:but|and|yet) ~3 (?:no|not|never|nothing|didn't|haven't)",
)
DISPUTE_EXCUSES = words_of(
    r"(?:will|would|do|does|am|if|when|can|could|might|should|is|are) (?:i|we|you|it|they|my card) (?:\w+ )?(?:\w+ )?(?:be |get )?(?:charged?|billed?)(?: \w+)?(?: \w+)?(?: twice| double)?",
    r"not (?:be )?(?:charged|billed)",
    r"(?:no|without) (?:\w+ )?charge ?backs?",
)
KNOWN_LIMIT = words_of(
    r"(?:past|over|beyond|outside|after|missed|passed|more than|exceeded|out of|too late|expired|just outside|it'?s been) ~3 (?:\d{1,3} (?:days?|weeks?|months?)|return (?:window|period)|window|deadline|policy|period|limit|cut ?off|warranty|guarantee|(?:thirty|sixty|ninety|fourteen) days|time limit|refund period)",
    r"(?:know|realise|realize|understand|aware|appreciate|see|saw|read|get) (?:that )?~4 (?:policy|"
    r"non ?refundable|final sale|rules?|terms|30 days|deadline|window|usually|normally|not (?:usually|normally)|expired|too late|can't usually|don't (?:usually|normally)|opened)",
    r"(?:no longer have|lost|threw away|without|don't have) (?:the |my |a )?(?:receipt|original (?:box|packaging)|proof of purchase)",
    r"(?:already )?opened (?:it|the bag|them|the box) (?:already )?(?:but|and)",
    r"(?:window|deadline|code|voucher|gift card|"
    r"warranty|offer|return period) (?:\w+ )?(?:has )?(?:just )?(?:expired|closed|ended|ran out|passed)",
)
STILL_ASKS = words_of(
    r"but",
    r"however",
    r"still",
    r"any (?:chance|way|possibility)",
    r"could you",
    r"can you",
    r"would you",
    r"is there (?:any|a) (?:way|chance)",
    r"though",
    r"although",
    r"even so",
    r"possible",
    r"can i still",
    r"hoping",
    r"please",
)
EXCEPTION = words_of(
    r"(?:make|made|making|grant|ask for|request|allow|considered? (?:for )?|as) (?:me |us )?an? (?:\w+ )?exception",
    r"(?:any|an) exceptions?(?: be made| possible| for me| this time|\W*\?)",
    r"bend (?:the|your) rules?",
    r"goodwill(?: gesture)?",
    r"(?:as a )?gesture of good ?will",
    r"waive (?:the|this|that|my|your) ~2 (?:fee|charge|cost|policy|postage|shipping)?",
    r"(?:special|exceptional|extenuating|mitigating) "
    r"(?:circumstances?|case|arrangement|permission)",
    r"(?:just )?this once",
    r"overlook (?:the|your|that)",
    r"honou?r (?:the|my|an|this) ~2 (?:expired|old|price|code|voucher|discount|offer)",
    r"(?:extend|stretch) (?:the|my|your) (?:\w+ )?(?:deadline|window|warranty|return|guarantee|period)",
    r"(?:against|outside|around|despite) (?:your|the) (?:\w+ )?policy",
    r"compensat(?:e|ion)(?: for| me| us)?",
)
EXCEPTION_EXCUSES = words_of(
    r"(?:no|without|with the|with) exceptions?",
    r"compensat(?:e|ion) for (?:\w+ )?(?:hard|soft|water|altitude|grind|carbon)",
    r"(?:carbon|climate|brew|temperature|altitude) compensation",
)

REFERS = words_of(
    r"(?:that'?s|thats|this is|that is|it'?s|that was|this isn't|that isn't|that wasn't|which is|thats still) (?:\w+ )?not (?:\w+ )?(?:what|my|it|helpful|the (?:question|answer|problem|issue|point|thing|one)|right|correct|true|an answer|quite|an? (?:real )?(?:answer|solution|help)|answering|solving|useful|how|why|where|enough)",
    r"(?:isn't|isnt|wasn't|not) (?:\w+ )?(?:what i (?:asked|meant|said|want\w{0,3}|need\w{0,3}|was asking|am "
    r"asking|mean)|my (?:question|problem|issue)|helpful|an answer)",
    r"not what i (?:\w+ )?(?:asked|meant|said|want\w{0,3}|need\w{0,3}|mean|ordered was)",
    r"(?:that|this|it|you|which|your (?:answer|reply|link|response|message)|the (?:link|answer|advice)) (?:\w+ )?(?:\w+ )?(?:didn't|did not|doesn't|doesnt|does not|don't|hasn't|didnt|dont|isn't) (?:\w+ )?(?:answer\w{0,3}|help\w{0,3}|solve\w{0,2}|fix\w{0,3}|address|tell me|explain|say|make sense)",
    r"(?:already|just|literally) (?:told|said|explained|asked|mentioned|gave|given|wrote|sent|answered|provided) ?(?:you|that|this|it)?",
    r"(?:i|i've|ive|we) (?:\w+ )?(?:told you|said (?:i|it|that|the|my|no)|explained)",
    r"as i (?:\w+ )?(?:said|wrote|explained|mentioned|told|asked)",
    r"like i (?:\w+ )?(?:said|told|mentioned|asked)",
    r"(?:i )?(?:said|asked) (?:already|again|before|about|for|if|when|where|why|how|whether|which|what)",
    r"i was asking",
    r"my (?:actual |real )?question (?:was|is|wasn't|remains)",
    r"(?:re)?read (?:my|what i|it|the|that) ?(?:first |last |previous |actual )?(?:message|question|wrote|said|again|properly|email)",
    r"read (?:it |that |this )?(?:again|properly)",
    r"(?:wrong|same|useless|generic|canned|standard|stupid|copy paste|irrelevant|another useless) (?:answer|reply|response|link|info)",
    r"you (?:\w+ )?(?:didn't|didnt|don't|dont|did not|are not|aren't|haven't|"
    r"not|never|keep|still) (?:\w+ )?(?:answer\w{0,3}|understand\w{0,3}|understood|listen\w{0,3}|read\w{0,3}|get(?:ting)? (?:it|me|what)|help\w{0,3}|repeat\w{0,3}|say\w{0,3} the same|send\w{0,3} (?:me )?the same|giv\w{0,3} (?:me )?the same)",
    r"(?:you )?(?:misunder\w{2,8}|misread|misinterpret\w{0,3}|got (?:me|it|that) wrong|missed (?:the|my) (?:point|question))",
    r"(?:that'?s |is |was |of |been )?(?:no|not (?:any|a lot of|much|very|really|at all)) "
    r"(?:use|help|helpful|good to me)",
    r"(?:unhelpful|not helpful|doesn't help|doesnt help|didn't help|didnt help|not helping|isn't helping|no use)",
    r"let me (?:rephrase|repeat|explain again|try again|say it again|be clear\w{0,2}|put it another way|ask again)",
    r"(?:i )?repeat:?(?= my| i|\W)",
    r"(?:once more|one more time|for the last time|again)[,:;](?= |$)",
    r"asking again",
    r"(?:i'?ll|will|i am|i'm|im|must i) (?:\w+ )?(?:ask|asking|say|saying|repeat|"
    r"repeating) (?:it |this |that |myself )?(?:again|myself|once more)",
    r"(?:sorry )?(?:i|no i) (?:actually )?meant(?! to)",
    r"no,? i (?:mean|meant|said|asked|want|need)",
    r"not (?:that|this) one",
    r"nothing to do with (?:that|what|my|it)",
    r"that is(?:n't| not) (?:it|my)",
    r"(?:question|problem|issue) (?:is |was |has |hasn't |wasn't |isn't |still )*(?:not |un)(?:been )?(?:answered|solved|resolved|fixed)",
    r"no be (?:that|wetin|this)(?: one)?(?: i (?:ask|mean|talk))?",
    r"(?:not|isn't) (?:quite )?(?:it|right)(?=\W*$)",
    r"you no (?:understand|hear|get) ?(?:me)?",
    r"i don (?:talk|tell|yarn|explain)",
    r"try again",
)
"""Denies, corrects or complains about the bot's answer, whatever the intent."""
PERSISTS = words_of(
    r"(?:already|just|have|i've|ive|i) (?:\w+ )?(?:tried|checked|looked|done|did|read|followed|clicked|used|been there|reset|restarted|contacted)",
    r"(?:tried|did|done|checked|followed|clicked|read) (?:that|this|it|all that|everything|both|those|them|already|the link|your|twice)",
    r"(?:still|again) (?:\w+ )?(?:not|no|nothing|the same|doesn't|doesnt|can't|cant|won't|wont|isn't|isnt|hasn't|hasnt|haven't|havent|says|getting|get|"
    r"waiting|missing|stuck|broken|locked|declined|nothing)",
    r"(?:it|that|this|they|code|link|which|button|page|reset) (?:still |just |really |also )?(?:doesn't|doesnt|didn't|didnt|does not|did not|isn't|isnt|won't|wont|can't|not) (?:\w+ )?(?:work\w{0,3}|open\w{0,3}|load\w{0,3}|help|exist|there|arrive\w{0,1}|come|let me|going)",
    r"(?:not|never|nothing) (?:\w+ )?(?:working|works|worked|arrived|there|came|happened|happens|changed)",
    r"no (?:luck|joy|change|difference|dice)",
    r"same (?:thing|problem|issue|error|result|message)",
    r"i know (?:that|this|it|all that|what|how|but|where|the)",
    r"^\W*(?:yes|yeah|ok|okay|sure|right|fine|well)?\W*but",
    r"^\W*(?:no|nope|nah|wrong|incorrect|negative)\W+(?!thanks|thank|thx|ty|ta|worries|problem|that'?s (?:all|it|fine|ok|great|everything|good|me)|i'?m (?:good|fine|ok|sorted|done)|im (?:good|fine|ok)|need|rush|more|idea|one|body|nothing else|all good|it'?s (?:fine|ok|all|good)|cheers|"
    r"further|other|questions?|sorry)\w+",
    r"e no (?:dey )?(?:work|gree|open|enter)",
    r"(?:not|isn't|n't) (?:an )?option",
    r"(?:there is|there's|i see|shows|i get|i got|gave me|says) (?:no|nothing|an error|error|invalid)",
)
"""Says that the need is still there; counts when the need is the same."""
BARE_NO = words_of(
    r"^\W*(?:no+|nope|nah|wrong|incorrect|no sorry|not really|didn't work|doesn't work|not working|no it (?:didn't|doesn't|hasn't)|nope not (?:it|that))\W*$"
)
GRATEFUL = words_of(
    r"(?:thanks|thank you|thx|cheers|ta|perfect|great|brilliant|that (?:worked|helps|helped|did it)|got it|awesome|lovely|merci|gracias|danke)"
)

SMALL_TALK = words_of(
    r"(?:tell|know|got) (?:me |us |any |you )?(?:a |an |some |any )?(?:\w+ )?(?:jokes?|story|stories|poems?|riddles?|fun fact)",
    r"how(?:'?s| is| are|'re)? (?:you|u|ya|it going|life|things|your (?:day|weekend|evening|morning)|the weather)(?: doing| today| going| feeling)?",
    r"what(?:'?s| is) (?:up|the weather|your (?:name|favou?rite|star sign)|the meaning of life|the capital|the time|love|\d+ ?[+x*/-] ?\d+)",
    r"(?:sing|write|compose|draw|play|recite) (?:me |us )?(?:a|an|some|something)",
    r"(?:who|what) (?:won|invented|wrote|is the (?:president|king|queen|prime minister|best (?:football|band|singer|film|movie)|tallest|biggest|fastest))",
    r"capital of",
    r"(?:weather|football|premier league|world cup|cricket|netflix|elections?|politics|horoscope|lottery|bitcoin|crypto)",
    r"(?:do|are|can|have|would) you (?:\w+ )?(?:dream|sleep|love me|like me|married|single|alive|feel|drink|eat|think|a boy|a girl|marry|dance|conscious|real|happy|bored|religious|human|hungry)",
    r"^[\W_]*(?:lol|lmao|haha\w{0,20}|hehe\w{0,10}|rofl|hmm+|mm+|oops|ha|wow|omg|yay|cool|nice|great|ok+|okay|kk?|yes|yep|yeah|yup|sure|right|i see|fine|alright|aha|ah|oh|interesting|good to know|got it|understood|noted|makes sense|fair enough|no worries|np|brb|one sec|one moment|just a (?:sec|second|minute|moment)|hold on|wait|let me check|good (?:morning|afternoon|evening|night)|hi|hello|hey|bye|thanks|thank you|cheers|ta|please)(?=[\W_]*$)",
    r"(?:ugh|argh|bloody|god i hate|hate) (?:\w+ )?(?:mondays?|mornings?|weather|rain|traffic|work)",
    r"i(?:'m| am) (?:so |really |just )?(?:bored|tired|sleepy|hungry|hungover)(?! of)",
    r"my (?:cat|dog|kid|boss|wife|husband|neighbour|mum|son|daughter) (?:\w+ )?(?:is|just|loves|hates|thinks|said|says|keeps|woke)",
    r"(?:translate|solve|calculate|explain quantum|code in|python script|homework|essay)",
    r"(?:nice|lovely|sunny|rainy|cold|hot) (?:day|weather|out|outside|today)",
    r"(?:happy (?:birthday|new year|christmas|easter|friday)|merry christmas|good luck|have a (?:good|nice|great|lovely))",
    r"random question",
    r"off topic",
)

PRESSING = (
    (
        0.45,
        words_of(
            r"(?:urgent|urgently|emergency|asap|a\.s\.a\.p|as soon as possible|immediately|right now|right away|straight ?away|this minute|this instant|quickly|hurry|time sensitive|last minute|desperate(?:ly)?|critical|now now|sharp sharp)"
        ),
    ),
    (
        0.4,
        words_of(
            r"(?:today|tonight|tomorrow|tomoz|tmrw|tmw|this (?:morning|afternoon|evening)|day after tomorrow|in (?:an|one|two|three|four|five|six|a few|a couple of|\d{1,2}) (?:hours?|hrs?|minutes?|mins?)|within (?:the hour|an hour|\d{1,2} hours|24 hours|48 hours|two days|a day)|in (?:two|2|a couple of) days|by (?:noon|midnight|close of play|end of (?:day|play)|\d{1,2} ?(?:am|pm))|next (?:hour|few hours))"
        ),
    ),
    (
        0.35,
        words_of(
            r"(?:need|needed|needs|must|have to|got to|gotta|has to be|wedding|funeral|birthday|party|flight|fly(?:ing)?|leav(?:e|ing)|travel(?:l?ing)?|mov(?:e|ing) (?:house|out)|event|opening|launch|deadline|meeting|guests?|anniversary|christmas|catering|before i (?:go|leave|fly)|too late|going out|dispatch(?:ed|es)? (?:today|tomorrow)|ships? (?:today|tomorrow)|renews? (?:today|tomorrow|tonight)|before it (?:ships|goes|leaves|renews))"
        ),
    ),
    (
        0.4,
        words_of(
            r"(?:being|getting|keep(?:s)?|still|is|are|it's) (?:\w+ )?(?:charged|charging|debited|taking|billing|billed) (?:\w+ )?(?:money|again|right now|every|me|my)?(?= ?(?:right now|now|again|as we speak|every (?:hour|day|minute)))",
            r"(?:losing|lose) money",
            r"rent (?:is|was) due",
            r"overdrawn",
            r"(?:locked out|can't (?:get in|log ?in|access)) ~6 (?:now|today|tonight|tomorrow|urgent|asap)",
            r"(?:leaking|flooding|pouring) (?:\w+ )?(?:everywhere|all over|now|onto|on to)",
            r"(?:someone|somebody|they) (?:is|are|'s) (?:using|ordering|spending|buying)",
        ),
    ),
)
NOT_PRESSING = words_of(
    r"(?:not|no|isn't|nothing) (?:\w+ )?(?:urgent|hurry|rush|emergency)",
    r"(?:no|without) (?:rush|hurry)",
    r"(?:arrived|came|got|ordered|received|bought|delivered|picked|collected|had|was|were|opened|tried) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:today|this (?:morning|afternoon|evening)|tonight)",
    r"(?:how are you|open|close|closed|happening|weather|feeling|nice day|day|hello|hi|hours|special|doing) (?:today|tonight|tomorrow)",
    r"order(?:ed|ing)? (?:today|now)",
    r"if i order",
    r"(?:quick|quickly) question",
    r"when (?:do|will|does|is|are) (?:you|it|the) (?:\w+ )?(?:open|close)(?: \w+)?",
)
