"""Signs of lost patience with the firm, each with a weight (0-1); none of them decides alone.

Weights are combined with the model's frustration, see `heat.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from escalation.text import words_of


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of sign: what an agent reads of it, how much it weighs, and its words."""

    says: str
    weight: float
    words: re.Pattern[str]


NTH = r"(?:third|3rd|fourth|4th|fifth|5th|sixth|6th|seventh|7th|eighth|8th|ninth|tenth|10th|\d{2}th|hundredth|umpteenth|nth|millionth)"
MANY = r"(?:twice|thrice|(?:two|three|four|five|six|seven|eight|nine|ten|several|many|multiple|countless|numerous|so many|too many|a dozen|a million|a hundred|like a|\d{1,3}) ?(?:x|times))"
SAID = r"(?:ask(?:ed|ing)?|told|tell(?:ing)?|e ?mail(?:ed|ing)?|call(?:ed|ing)?|messag(?:ed|ing)|contact(?:ed|ing)?|wr(?:ote|itten|iting)|r[aiu]ng|ringing|phon(?:ed|ing)|explain(?:ed|ing)?|said|say(?:ing)?|report(?:ed|ing)?|complain(?:ed|ing)?|repeat(?:ed|ing)?|chas(?:ed|ing)|request(?:ed|ing)?|text(?:ed|ing)?)"
AWFUL = r"(?:appalling|disgusting|disgraceful|atrocious|abysmal|pathetic|useless|hopeless|shambolic|shameful|farcical|incompetent|unacceptable|not acceptable|outrageous|a disgrace|a shambles|a farce|a joke|a scam|a con|a rip ?off|a nightmare|garbage|trash|bullshit|bs|dog ?shit|horseshit|a waste of (?:time|space|money|breath))"

CUES = (
    Cue(
        "says how often it was asked",
        0.6,
        words_of(
            rf"(?:the |my |for the |is the |now the )?{NTH} time ~3 {SAID}",
            rf"(?:{NTH}|second|2nd) time (?:i'?ve |i |i have |that i |i'm |i am |we |we've )(?:had to )?{SAID}",
            rf"(?:second|2nd|{NTH}) time (?:asking|now|already|in a row|running|this (?:week|month|year|has|is)|today|it'?s|my|you|the|they|that)",
            rf"^\W*{NTH} time\W*$",
            r"(?:for|is) the last time",
            r"how many (?:more )?times",
            r"how often (?:do|must|should) i",
            rf"(?:keep|kept|keeps|constantly|always|forever) (?:on )?(?:having to )?{SAID}",
            rf"{SAID} ~3 {MANY}(?! (?:about how|how))",
            rf"{MANY} ~3 {SAID}",
            r"(?:two|three|four|five|six|several|many|multiple|countless|numerous|\d{1,2}) (?:\w+ )?(?:emails|messages|calls|e mails|phone calls|requests|tickets|attempts|chats|agents|different people)",
            r"over and over",
            r"again and again",
            r"time and (?:time )?again",
            r"(?:same|exact) (?:answer|reply|response|thing|question|message) (?:\w+ )?(?:again|every time|over|each time)",
            r"going (?:round|around) in circles",
            r"like a broken record",
            r"i (?:don )?(?:tire|tired) (?:to|of) (?:talk|ask)",
            r"since (?:i don dey|una)",
        ),
    ),
    Cue(
        "says it happens again",
        0.3,
        words_of(
            r"yet again",
            r"once again",
            r"again(?=\W{0,3}$)",
            r"not again",
            r"every (?:single )?(?:time|month|week|order)",
            r"another (?:month|week|day|email|excuse|delay)",
            r"always (?:late|wrong|broken|the same)",
        ),
    ),
    Cue(
        "says that nobody answers",
        0.5,
        words_of(
            r"(?:no one|nobody|no ?one|none of you|not a single person|noone) ~3 (?:answer\w{0,3}|repl\w{1,4}|respond\w{0,3}|help\w{0,3}|cares?|call\w{0,3}|pick\w{0,3}|listen\w{0,3}|read\w{0,3}|got back|bother\w{0,3}|know\w{0,1}|come|came|gets?|responsible|can)",
            r"(?:ignor(?:ed|ing|e|es)|ghost(?:ed|ing)) (?:me|my|us|all|every|again|for)?",
            r"(?:been|being|getting|feel) (?:\w+ )?(?:ignored|ghosted|fobbed off|palmed off|brushed off|strung along|passed around|sent round)",
            r"you(?:'ve| have)? (?:all |guys |lot |people )?(?:never|don't|dont|won't|can't even|didn't even|couldn't) "
            r"(?:\w+ )?(?:answer|reply|respond|listen|help|care|bother|read|answered|replied|responded|call)",
            r"fob(?:bed|bing) (?:me|us) off",
            r"(?:the |a )?run ?around",
            r"pillar to post",
            r"brush(?:ed|ing) (?:me|us) off",
            r"string(?:ing)? me along",
            r"wast(?:e|ed|ing) (?:of )?(?:my|our|so much) (?:\w+ )?(?:time|money|day)",
            r"a waste of (?:time|money)",
            r"not (?:a|one|even a|even one) (?:single )?(?:\w+ )?(?:word|reply|response|answer|email)",
            r"radio silence",
            r"deafening silence",
            r"una no (?:dey )?(?:answer|reply|pick|send)",
            r"no single (?:reply|response)",
        ),
    ),
    Cue(
        "has been waiting long",
        0.4,
        words_of(
            r"(?:waiting|waited|wait|chasing|chased|trying|tried) ~4 (?:weeks?|months?|hours|ages|forever|fortnight|days now|years?|eternity|all (?:day|week|morning)|\d+ days)",
            r"(?:weeks?|months?|fortnight) (?:late|overdue|later|now|and (?:still|nothing|no|counting)|ago and|of (?:waiting|this|silence|nothing|excuses))",
            r"(?:it'?s|its|it has) been ~2 (?:weeks?|months?|a fortnight|ages)",
            r"(?:how (?:much )?longer|when on earth|how long (?:do|must) i)",
            r"(?:sick of|tired of|fed up (?:of|with)|done) waiting",
            r"still (?:\w+ )?(?:waiting|nothing|no|not|hasn't|hasnt|haven't|havent|isn't|isnt|missing|broken|wrong|being ignored)",
            r"i still (?:haven't|havent|have not|don't|dont|can't|cant)",
            r"(?:since|from) ~2 (?:week|month)s? (?:i dey wait|now now|back no)",
        ),
    ),
    Cue(
        "threatens to leave",
        0.65,
        words_of(
            r"never ~2 (?:again|order\w{0,3}|buy\w{0,3}|shop\w{0,4}|us(?:e|ing)|com(?:e|ing) back|purchas\w{1,3}) ?(?:\w+ )?(?:from (?:you|here|this)|here|again|with you|this (?:shop|company|place))",
            r"won't (?:be )?(?:order\w{0,3}|buy\w{0,3}|us\w{1,3}|com\w{1,3}|shop\w{0,4}|return\w{0,3}|be back) (?:\w+ )?(?:again|back|here|from you|with you)",
            r"lost (?:a|me as a|me as|my|yourself a|yourselves a|another) (?:\w+ )?(?:customer|custom|business|client)",
            r"(?:taking|take|took) my (?:business|custom|money) ?(?:elsewhere|somewhere)?",
            r"(?:cancel|cancelling|canceling|close|closing|delete|deleting) (?:everything|all of it|the lot|all my|my (?:whole )?(?:account|subscription) "
            r"(?:if|unless|right now|immediately|over this|because of this))",
            r"(?:switch\w{0,3}|mov\w{1,3}|go|going|buy|buying|shop|off) (?:\w+ )?(?:to )?(?:a |another |your |the )?(?:competitors?|competition|elsewhere|rivals?|somewhere else)",
            r"i'?m (?:\w+ )?(?:done|out|leaving|finished|through) (?:with (?:you|this|your|bean|these|it)|dealing)",
            r"(?:done|finished|through) with (?:you|this (?:company|shop|place|crap|nonsense)|your (?:company|shop))",
            r"(?:unless|if) ~6 (?:i'?m (?:leaving|gone|cancelling|off)|i (?:will|'ll) (?:cancel|leave|go))",
            r"(?:last|final) (?:chance|warning|straw)",
            r"(?:regret|wish i (?:had )?never) (?:\w+ )?(?:ordering|ordered|buying|bought|using|subscribing)",
            r"i (?:no go|nor go) (?:buy|order|patronize) ~3 (?:again)?",
        ),
    ),
    Cue(
        "threatens a bad review",
        0.6,
        words_of(
            r"(?:bad|negative|one|1|terrible|honest|scathing|zero|0|awful|damning|stinking|no)(?: ?stars?)? (?:\w+ )?reviews?",
            r"(?:one|1|zero|0) stars?",
            r"(?:post|posting|posted|put|putting|going|go|tell|telling|write|writing|complain\w{0,3}|share|sharing|all over|plaster\w{0,3}|blast\w{0,3}|see you|take this|hear about this) ~5 (?:trustpilot|twitter|"
            r"facebook|social media|social|socials|tiktok|reddit|google|instagram|insta|youtube|newspaper|the press|watchdog|bbc)",
            r"name and shame",
            r"(?:tell|telling|warn|warning) (?:everyone|everybody|all my|others|people|my friends|the world|every)",
            r"screenshots? (?:of this )?(?:to|on|going)",
        ),
    ),
    Cue(
        "is at the end of patience",
        0.65,
        words_of(
            r"(?:fed up|had enough|enough is enough|(?:sick|tired|sick and tired|tire) of (?:this|you|your|waiting|it|being|asking|the|having|all|these|repeating)|at the end of my (?:tether|rope)|wits'? end|wit's end|lost (?:my|all) patience|losing (?:my )?patience|"
            r"running out of patience|out of patience|patience (?:is )?(?:wearing|running|gone|finished)|try(?:ing)? my patience|beyond (?:a joke|angry|frustrat\w{1,3}|annoyed|ridiculous|belief)|last straw|final straw|doing my (?:head|nut) in|daein ma heid in|driving me (?:mad|crazy|insane|"
            r"nuts|up the wall|round the bend)|taking the (?:piss|mick|mickey|michael)|having a (?:laugh|giraffe)|(?:over|done with) (?:it|this)(?=\W|$)|can't (?:take|deal|cope) (?:\w+ )?(?:any ?more|with this)|i give up|scunnered|pure raging|it'?s been a nightmare|i don vex|i dey vex|vex(?:ed|ing)?|i don tire|ridiculous now)",
        ),
    ),
    Cue(
        "says they are angry",
        0.6,
        words_of(
            r"(?:furious|livid|fuming|raging|seething|outraged|enraged|infuriat\w{2,4}|irate|incandescent|apoplectic|pissed(?: off)?|p'?d off|so (?:angry|mad|annoyed|frustrated|upset)|(?:very|really|extremely|absolutely|getting|bloody|quite) (?:angry|mad|annoyed|frustrated|upset)|hopping mad|i'?m (?:angry|mad|"
            r"frustrated)|makes? my blood boil|boiling|angry now)",
        ),
    ),
    Cue(
        "is annoyed",
        0.3,
        words_of(
            r"(?:annoy(?:ed|ing)|frustrat(?:ed|ing|ion)|irritat(?:ed|ing)|disappoint(?:ed|ing|ment)|let down|unimpressed|not impressed|not (?:good enough|ok|okay|on)|poor (?:service|show|form)|rubbish|ridiculous|unbelievable|absurd|insane|unreal|terrible|awful|horrible|shocking|dreadful|crap|stupid|dumb|nonsense|wahala)",
        ),
    ),
    Cue(
        "insults the firm",
        0.5,
        words_of(
            rf"(?:is|are|was|been|absolutely|you're|ur|just|so|completely|utterly|totally|frankly|such|it's|its|this|what) (?:\w+ )?(?:\w+ )?{AWFUL}",
            rf"^\W*(?:absolutely |totally |utterly |completely )?{AWFUL}(?! on| at| for)",
            r"(?:worst|crappiest|shittiest|most useless) (?:\w+ )?(?:company|service|shop|experience|customer|support|bot|website|store|coffee|place|online|delivery)",
            r"what a (?:\w+ )?(?:joke|shambles|farce|mess|scam|disgrace|rip ?off|waste|load|con|circus|cowboy)",
            r"(?:you|u|y'all|yall|una|these|bunch of|pack of|absolute|total|complete|are|you're|fucking|bloody) (?:\w+ )?(?:\w+ )?(?:thieves|thief|crooks|liars?|clowns?|cowboys|amateurs?|idiots?|morons?|muppets?|scammers?|con ?artists?|jokers|"
            r"robbers|crooked|numpt(?:y|ies)|eejits?|cretins?|imbeciles?)",
            r"scam(?:mers?|ming|med)",
            r"(?:is|are|what|a|complete|total|feels like|this) (?:a )?(?:\w+ )?scam",
            r"(?:ripped|ripping) (?:me|us|people|customers) off",
            r"(?:robbed|robbing|stealing|stole) (?:me|my money|from (?:me|customers|people)|our money)",
            r"(?:you|this bot|the bot|this chat|chatbot|it|this thing) (?:\w+ )?(?:suck|sucks|stinks|is (?:useless|stupid|dumb|rubbish|shit|crap|trash|garbage|an? idiot|pointless|hopeless))",
            r"(?:useless|stupid|dumb|thick|bloody|shit|crap|pathetic|idiotic|fucking|damn) (?:\w+ )?(?:bot|robot|chatbot|machine answer|company|service|"
            r"website|shop|people|app|system|firm)",
            r"your (?:\w+ )?(?:service|company|shop|team|support|delivery|website|app|bot|staff) (?:\w+ )?(?:is|are) (?:\w+ )?(?:shit|crap|rubbish|trash|garbage|awful|terrible|horrible|dreadful|the worst|a disgrace|pathetic|useless)",
            r"una (?:dey )?(?:mad|craze|useless|no (?:dey )?serious|wicked|be thief)",
        ),
    ),
    Cue(
        "swears at the firm",
        0.6,
        words_of(
            r"f(?:uc|\*|u\*|\*c|\*\*)k?(?:ing|in)? ?(?:you|u|off|this|your|ya|them|useless|idiots?|joke|bot|ridiculous|hell|parcel|order|refund|money|thing|website|answer|help|customer|company|fed)",
            r"(?:screw|damn|curse) (?:you|your|this (?:shop|company|bot))",
            r"(?:piss|bugger|sod|naff) off",
            r"go to hell",
            r"(?:what the|wtf|where the|why the|"
            r"how the|when the) (?:actual )?(?:fuck|f\*+k?|f|hell|heck|bloody hell)?",
            r"ffs",
            r"for (?:fuck'?s?|f\*+'?s?|god'?s|christ'?s?|heaven'?s|crying|pete'?s) (?:sake|out loud)",
            r"(?:my|the|this|your) (?:fuckin\w?|f\*+ing|bloody|goddamn|god damn|damn|sodding|effing|freaking|frigging|shitty) \w+",
            r"(?:full of|load of|bunch of|pile of|piece of|this|such) (?:\w+ )?(?:shit|crap|bollocks|bull|bullcrap)",
            r"(?:bastards?|wankers?|arseholes?|assholes?|twats?|dickheads?|tossers?|pricks?|shitheads?|cunts?|bitch(?:es)?)",
            r"stfu",
            r"f u+(?=\W|$)",
            r"eff (?:you|off)",
            r"kiss my (?:arse|ass)",
        ),
    ),
    Cue(
        "is sarcastic",
        0.5,
        words_of(
            r"thanks for (?:nothing|absolutely nothing|ruining|wasting|ignoring|the (?:empty|broken|late))",
            r"thanks a (?:bunch|lot) for (?:nothing|ruining|the wait)",
            r"(?:great|good|nice|lovely|excellent|brilliant|fantastic|stellar|amazing|top|superb|outstanding) (?:job|work|going|effort|service) (?:\w+ )?(?:losing|ruining|again|breaking|not|sending|"
            r"ignoring|with|messing|screwing|as (?:always|usual|ever))",
            r"well done (?:\w+ )?(?:\w+ )?(?:again|losing|for (?:losing|ruining|nothing|messing)|you'?ve (?:lost|managed|ruined))",
            r"slow clap",
            r"(?:how|is it) (?:really )?(?:that |so )?(?:hard|difficult) (?:can|is) (?:it|that)",
            r"is it (?:really )?(?:that|so|too) (?:hard|difficult|much)",
            r"do you "
            r"(?:even|people|guys|lot) (?:\w+ )?(?:work|care|know|listen|exist|read|check|understand|do)",
            r"are you (?:even|actually|fucking|seriously|all) (?:\w+ )?(?:stupid|kidding|serious|joking|deaf|listening|reading|thick|mad|trying|there)",
            r"you(?:'re| are|'ve| have) (?:got to be |gotta be |must be |have to be )?(?:\w+ )?(?:kidding|joking|having "
            r"a laugh)",
            r"must be (?:joking|kidding|a joke)",
            r"some (?:service|customer service|support) (?:you|this)",
            r"so much for",
            r"call (?:this|that|yourselves?) (?:an? )?(?:\w+ )?(?:service|support|help|shop|company|coffee|delivery|professional)",
            r"(?:hope|glad) you(?:'re| are) (?:proud|happy|pleased)",
            r"what (?:exactly )?(?:am i|do i) (?:pay|paying)",
            r"what'?s the "
            r"point of (?:you|this|having)",
            r"as (?:useful|helpful) as",
            r"(?:world|first) class (?:service|incompetence)",
            r"(?:gold|round of applause|medal) (?:medal )?for",
            r"real(?:ly)? (?:professional|classy|impressive) (?:of|guys|lot|service)",
            r"another (?:brilliant|wonderful|great|lovely|fantastic) (?:delivery|day|answer|reply|order)",
        ),
    ),
    Cue(
        "shows it with an emoji",
        0.35,
        re.compile("[\U0001f621\U0001f92c\U0001f624\U0001f620\U0001f644\U0001f595]"),
    ),
    Cue(
        "is desperate",
        0.55,
        words_of(
            r"i'?m (?:so |really |absolutely |getting )?(?:desperate|crying|in tears|at a loss|distraught|beside myself|heartbroken|devastated)",
            r"(?:in tears|crying my eyes|sobbing|heartbroken|devastated|distraught)",
            r"(?:don't|dont|do not) know what (?:else |more )?(?:to do|i can do)(?: any ?more)?",
            r"(?:begging|beg) (?:you|u)",
            r"(?:ruined|ruining) (?:my|our|the|her|his) (?:\w+ )?(?:christmas|birthday|wedding|day|week|party|holiday|weekend|gift|surprise|business)",
        ),
    ),
)
KIND = words_of(
    r"(?:never|not) ~3 (?:anywhere|anything|any other|another|other|elsewhere|instant|supermarket|starbucks|nespresso)(?: \w+)? ?(?:again|now)?",
    r"(?:damn|bloody|fucking|freaking|effing|frigging|insanely|stupidly|ridiculously|unbelievably|shockingly|dangerously|disgustingly|unreal|sick) (?:\w+ )?(?:good|great|delicious|lovely|"
    r"tasty|brilliant|amazing|love|nice|fantastic|smooth|fresh|fast|quick|perfect|beautiful|gorgeous)",
    r"(?:best|love|loved|loving|obsessed|amazing|brilliant|fantastic) (?:\w+ )?(?:fucking|bloody|damn|frigging)? ?(?:coffee|beans|service|shop|company|team|roast|blend|it|this|you)",
    r"(?:killer|wicked|insane|unreal) (?:deal|price|coffee|blend|roast|"
    r"beans|flavou?r|value|service)",
    r"(?:second|third|fourth|fifth|\w+th|2nd|3rd) time (?:i'?ve |i have |i'?m |i |we )?(?:order\w{0,3}|buy\w{0,3}|bought|us\w{1,3}|here|customer|treat\w{0,3}|subscrib\w{1,3})",
    r"(?:five|5|ten|10) stars?",
    r"no complaints",
    r"not (?:bad|annoyed|angry|mad|complaining)(?: at all)?",
    r"don't (?:be|get) (?:mad|angry|annoyed)",
)
ASIDE = words_of(
    r"(?:ugh|argh|god|hate|bloody|damn|fucking|another|these|this)? ?(?:mondays?|monday morning|tuesdays?)",
    r"(?:the |this )?(?:weather|rain|traffic|trains?|tube|bus|hangover|heatwave|snow|commute|politics|government|council|exams?|homework|essay|thesis|dissertation|football|match|referee|season)",
    r"my (?:\w+ )?(?:boss|kids?|cat|dog|neighbours?|"
    r"neighbors?|husband|wife|ex|mother in law|flatmates?|roommates?|landlord|teacher|colleagues?|coworkers?|job|work|team|computer|laptop|phone|wifi|internet|car|back|alarm|sister|brother|partner|toddler|baby|head|day|week|life|bank)",
    r"(?:at|from|of) (?:work|school|uni|college)",
    r"(?:i'm|im|i am|feel|so|always|being) (?:\w+ )?(?:stupid|"
    r"an? idiot|dumb|clumsy|useless|hopeless|silly|a muppet|tired)",
    r"(?:my own|my) (?:fault|mistake|bad|stupid\w{0,4}|clumsiness)",
    r"(?:other|another|previous|last|old|different) (?:company|shop|roaster|supplier|brand|store|place)",
    r"(?:amazon|starbucks|costa|nespresso|nero|tesco|royal mail|my bank|microsoft|apple)",
)
FIRM = words_of(
    r"(?:you|u|your|yours|yourselves|ur|una|y'all|yall|ya|ye)",
    r"(?:my|the|this|an?) (?:\w+ )?(?:order|orders|parcel|parcels|package|delivery|refund|subscription|beans|coffee|bag|bags|grinder|machine|kettle|code|voucher|coupon|gift card|account|app|site|website|checkout|cart|basket|bot|chat|chatbot|robot|shop|company|service|support|reply|answer|invoice|"
    r"points|payment|password|login|courier|driver|tracking)",
    r"(?:customer service|order|delivery|refund|parcel|tracking|bot|bean & benevolence|bean and benevolence|shop|service|website)",
)
