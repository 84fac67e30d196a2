"""The English phrases that a good editor strikes out of a bot's replies. Patterns only. Pure."""

from __future__ import annotations

import re

I_AM = r"\bI(?:[’']m| am)"
YOU_ARE = r"\byou(?:[’']re| are)"
PERSON = r"(?:human(?: being)?|person)\b"
FEELING = (
    r"(?:happy|glad|delighted|pleased|thrilled|excited|eager|sad|upset|heartbroken|devastated|"
    r"worried|concerned|ashamed|embarrassed|disappointed|grateful|proud|touched|honou?red|"
    r"frustrated|shocked|horrified|saddened|relieved|pumped|psyched|stoked)"
)
VERY = (
    r"(?: (?:as|so|super|very|really|truly|absolutely|just|always|also|completely|totally|"
    r"more than))*"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


HUMAN = _any(
    rf"{I_AM}(?: (?:a|an|also|actually|just|indeed|real|actual|live|living|breathing))* {PERSON}",
    rf"{I_AM} not (?:a|an|some)(?: \w+)? ?(?:bot|robot|chatbot|machine|computer)\b",
    rf"{I_AM} (?:one|a member|part) of (?:the|our)\b",
    r"\byou(?:[’']ve| have) reached (?:one|a member) of\b",
    r"\bflesh and blood\b",
    r"\bI work (?:here|at|for|in)\b",
    r"\bmy name is\b",
    r"\bI(?:[’']m| am) (?-i:[A-Z][a-z]+),? (?:from|at|with|in)\b",
    r"\b(?:this is|it[’']s) (?-i:[A-Z][a-z]+) (?:from|speaking|here)\b",
    r"\bas an? (?:fellow |real |keen )?(?:human|person|coffee[- ](?:lover|drinker))\b",
    r"\bmy (?:colleagues?|co-?workers?|shift|desk|lunch|break|wife|husband|kids|children|"
    r"(?:\w+ )?favou?rite|go-to)\b",
    r"\bI (?:myself |always |usually )?(?:drink|drank|tasted|ate|brewed|slept|grew up|"
    r"have (?:it|mine|a cup))\b",
    rf"{YOU_ARE} not (?:chatting|talking|speaking|writing) (?:with|to) an? "
    r"(?:bot|robot|chatbot|machine|computer)\b",
)
# Said by the bot, this is untrue; said when a person has just joined, it is not.
WITH_PERSON = _any(
    rf"{YOU_ARE} (?:already |now |indeed )?(?:chatting|talking|speaking|writing|in touch) "
    rf"(?:with|to) (?:an? (?:real |live |actual )?{PERSON}|(?-i:[A-Z][a-z]+\b))"
)
FEELINGS = _any(
    rf"{I_AM}{VERY} {FEELING}\b",
    rf"\bI(?:[’']d| would) (?:really |so )?(?:love|hate|be {FEELING})\b",
    r"\bI(?: (?:really|do|truly|completely|fully|totally|can(?:not|[’']t)?|only|certainly|also|"
    r"deeply|so|absolutely))* (?:feel|understand (?:how|why|your)|imagine|empathi[sz]e|"
    r"sympathi[sz]e|love|enjoy|hate|get (?:how|why)|share your|care(?: about| for)?\b(?! to))",
    r"\b(?:saddens|pains|delights|pleases|worries|hurts|breaks|upsets|warms) (?:me|my|us|our)\b",
    r"\bI can see how (?:\w+ing|\w+ful|hard|bad|annoyed|upset)\b|\bmakes? me\b",
    r"\b(?:made|makes?) (?:my|our) (?:day|week|morning)\b|\bI(?:[’']ve| have)? missed you\b",
    r"\b(?:my|our) (?:thoughts|condolences|sympath\w+)\b",
    r"\bI(?: (?:really|do|truly|can))* know(?: (?:exactly|just|only too well))? "
    r"(?:how (?:you|it|this|that|\w+ing)|what it)\b",
    r"\b(?:my|our) hearts?\b",
    r"\bfeels? (?:your|terrible|awful|bad)\b",
)
# What people say without thinking; from a bot it is still a feeling it does not have.
POLITE_FEELINGS = _any(
    r"(?:^|[.!?,;:]\s+)(?:(?:so|very|always|only too|more than) )?"
    r"(?:glad|happy|delighted|pleased|thrilled|excited|sad)"
    r"(?: to| that| it| you| I| we|\.|!)",
    r"\b(?:happily|gladly|aww+)\b",
    r"\b(?:good|lovely|great|nice) to (?:see|meet|have) you\b",
    r"\bI (?:really |do |sincerely )?hope\b",
    r"(?:^|[.!?]\s+|\bmy |\bit is a )(?:a )?pleasure\b",
    r"\bwe(?: (?:completely|fully|totally|really|can|do))* (?:understand (?:how|your|that)|"
    r"feel (?:your|for)|know how (?:you|it|this|that|\w+ing)|sympathi[sz]e|share your)",
    rf"\bwe(?:[’']re| are){VERY} {FEELING}\b|\bwe (?:hate|love) to\b",
)
PARTICIPLE = (
    r"(?!received\b|been\b|heard\b|needed\b|wanted\b)"
    r"(?:\w+ed|\w+en|read|known|kept|put|sent|told|done|thought|made|paid|left|said|lost)\b"
)
BLAME = _any(
    rf"\byou should(?: not|n[’']t)? have (?:first |really |simply |just )?{PARTICIPLE}",
    r"(?<!if )\byou (?:have )?(?:failed|neglected|forgot|forgotten|omitted|refused) to\b",
    r"(?<!if )\byou (?:have )?(?:entered|gave|given|typed|chose|chosen|picked|ordered|used|put)"
    r"(?: in)? (?:the|a) wrong\b",
    r"(?<!if )\byou (?:obviously |clearly |apparently |simply |just )?(?:did not|didn[’']t) "
    r"(?:read|check|look|listen|follow|pay attention|bother)\b",
    r"\bbecause you(?:rs)?\b|\bnext time\b|\bon your (?:side|end)\b",
    r"\bnobody else (?:has|had)\b|\bmust be your\b",
    r"(?<!if )\byou (?:waited|missed|ignored|overlooked|misread|misunderstood|were too late)\b",
    r"\bhappens (?:when|if|because) (?:you|people|customers)\b",
    r"\byou (?:obviously|clearly|apparently)\b",
    rf"\byou must have {PARTICIPLE}",
    r"(?<!not )\byour (?:own )?(?:fault|mistake|error|oversight|negligence|carelessness)\b",
    r"\b(?:as|like) (?:I|we)(?:[’']ve| have)? (?:already |just |clearly )?"
    r"(?:told|said|explained|wrote|written|mentioned|stated)\b",
    r"\bas (?:already |clearly |previously )(?:stated|mentioned|explained|said|told)\b",
    r"\bcalm down\b|\bbe patient\b",
    r"\byou (?:claim|allege|insist|complain)\b",
    rf"{YOU_ARE} (?:being )?(?:rude|wrong|mistaken|confused|unreasonable|impatient)\b",
    r"\bif (?:only )?you had\b|\bhad you (?:only |just )?\w+",
)
WHO = (
    r"\b(?:we|I|somebody|someone|they|(?:an?|the|our|your|one of our|another) (?:\w+ )?"
    r"(?:person|human|agent|advis[oe]r|colleague|specialist|team|manager|staff|order|parcel|"
    r"package|refund|money|coffee|delivery|courier|problem|page)|it)"
)
DOES = (
    r"(?:call|ring|phone|get|answer|repl|respond|write|contact|reach|come|help|join|"
    r"be (?:with|in|back|there|fixed|refunded|sent|delivered|solved)|refund|send|fix|arrive|"
    r"resolve|solve|deliver|look|have|(?:is|are) (?:with|on|in|at|back|there|ready|fixed))"
    r"(?:ies|y|s|es)?\b"
)
NUMBER = (
    r"(?:the|an?|one|two|three|five|ten|\d+|a few|a couple of|the next|under)"
    r"(?: (?:to|or|-|couple of|few) ?(?:\w+)?)?"
)
TIME = (
    rf"(?:(?:with)?in (?:less than |under )?{NUMBER} (?:next |working |business |few )?"
    r"(?:second|minute|hour|day|week)s?\b|"
    r"\bby (?:tomorrow|tonight|noon|midday|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|the end of)\b|\b(?:today|tonight|tomorrow|first thing)\b|"
    r"\bthis (?:morning|afternoon|evening|week)\b|\bon time\b|"
    r"\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:before|by) (?:noon|midday|tonight|\d))"
)
SOON = (
    r"\b(?:shortly|soon|promptly|immediately|right away|straight away|in no time|"
    r"in a (?:moment|minute|bit|sec|second|jiffy)|as soon as possible|asap)\b"
)
WILL = r"(?:[’']ll| will| shall|(?: is| are|[’']s|[’']re) going to)"
# What makes a promise none: that it ought to be so, or mostly is.
HEDGE = r"(?:usually|normally|often|mostly|generally|typically|on average)\b"
OUGHT = rf"(?:{HEDGE}|(?:must|should|can|cannot|could|may|might|has|have|needs?|not|never|if|to)\b)"
UNTIL = rf"(?:(?!\b{HEDGE})[^.!?;:\ufffc]){{0,60}}?"
PROMISE = _any(
    rf"{WHO}(?:{WILL})?(?: (?!{OUGHT})\w+){{0,2}} {DOES}{UNTIL}{TIME}",
    rf"[\w’']+{WILL}\b{UNTIL}{TIME}",
    rf"\bexpect an? (?:\w+ )?(?:call|reply|answer|e-?mail|message|parcel)"
    rf"{UNTIL}{TIME}",
)
SOON_PROMISE = _any(rf"[\w’']+{WILL}\b{UNTIL}{SOON}")
OATH = _any(
    r"\b(?:we|I) (?:can )?(?:guarantee|promise|swear|assure)\b",
    r"\byou have (?:my|our) word\b",
    r"\b(?:never|not|n[’']t) happens? again\b",
)
CHEER = _any(
    r"\b(?:great|good|fantastic|wonderful) news\b",
    r"\bno (?:worries|problem|biggie)\b|\b(?:don[’']t|do not|no need to) worry\b",
    r"\b(?:yikes|oops|whoops|relax|sit back|hang tight|fear not|friend|buddy|pal)\b",
    r"\b(?:awesome|amazing|fantastic|wonderful|lovely|yay|hooray|woohoo|enjoy|cheers|fun)\b",
    r"\bhave a (?:great|nice|lovely|good)\b",
    r"\bhappy (?!to\b)\w+ing\b",
    r"(?:^|[.!?]\s+)(?:great|super|perfect|excellent|brilliant|easy)\b",
)
APOLOGY = _any(r"\bsorry\b", r"\bapolog\w+", r"\bforgive (?:us|me)\b", r"\bexcuse us\b")
EMPTY = _any(
    r"\bany inconvenience\b",
    r"\byour (?:feedback|satisfaction|call|business|opinion|experience) is\b",
    r"\brest assured\b",
    r"\b(?:top|highest|number one) priority\b",
    r"\bvalued? (?:you|customers?)\b",
    r"\btake\w*(?: \w+){0,4} seriously\b",
    r"\bwe (?:always )?strive\b",
    r"\b(?:do not|don[’']t) hesitate\b",
    r"\bearliest convenience\b",
    r"\bplease be advised\b|\breach(?:ing)? out\b|\bmatter of urgency\b|\bin this matter\b",
    r"\b(?:thank you|thanks) for your (?:patience|understanding|cooperation|business)\b",
    r"\bappreciate your\b|\bserve you better\b|\bhelps? us (?:to )?(?:serve|improve)\b",
)
VERB = (
    r"(?:open|look|check|say|write|send|choose|go|try|ring|call|tell|add|wait|start|begin|set|"
    r"enter|report|use|pick|print|leave|come|stop|ask|name|reply|keep|follow|download|type|pause|"
    r"skip|cancel|delete|take|see|give|show|list|sign|change|compare|approve|pay|return|reload|"
    r"export|apply|visit|order|watch|bring|find|put|count|allow|fill|edit|plan|buy|swap|end|redeem|buy)\b"
)
NEXT_STEP = _any(
    r"\?",
    r"talk to a person",
    r"https?://|\b[\w-]+\.[a-z]{2,}/|\b\w+@\w|\b[\w-]+\.example\b|\d{3} ?\d{3}",
    rf"(?:^|[.!?:;,(\n–]\s*|\b(?:and|or|then|first|please|now|to)\s)"
    rf"(?:please |first |then |now |just |instead |\d[.)] |- )*{VERB}",
    r"\byou (?:can|could|may|get|have)\b",
    r"\b(?:person|team|somebody|they|this|agent)(?: \w+)? (?:answers?|takes?|reads?|looks?|goes|"
    r"joins?|traces?|checks?|gets?|opens?|handles?)\b",
)
