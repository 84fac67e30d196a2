"""Signs of lost patience with the firm, each with a weight (0-1); none of them decides alone.

Weights are combined with the model's frustration, see `heat.py`.
"""

from __future__ import annotations

import re

from escalation import words_contempt, words_icy, words_insult, words_resigned
from escalation.text import words_of
from escalation.words_insult import Cue

NTH = (
    r"(?:third|3rd|fourth|4th|fifth|5th|sixth|6th|seventh|7th|eighth|8th|ninth|tenth|10th|"
    r"\d{2}th|hundredth|umpteenth|nth|millionth)"
)
MANY = (
    r"(?:twice|thrice|(?:two|three|four|five|six|seven|eight|nine|ten|several|many|"
    r"multiple|countless|numerous|so many|too many|a dozen|a million|a hundred|like a|"
    r"\d{1,3}) ?(?:x|times))"
)
SAID = (
    r"(?:ask(?:ed|ing)?|told|tell(?:ing)?|e ?mail(?:ed|ing)?|call(?:ed|ing)?|messag(?:ed|"
    r"ing)|contact(?:ed|ing)?|wr(?:ote|itten|iting)|r[aiu]ng|ringing|phon(?:ed|ing)|"
    r"explain(?:ed|ing)?|said|say(?:ing)?|report(?:ed|ing)?|complain(?:ed|ing)?|"
    r"repeat(?:ed|ing)?|chas(?:ed|ing)|request(?:ed|ing)?|text(?:ed|ing)?)"
)
CUES = (
    Cue(
        "says how often it was asked",
        0.6,
        words_of(
            rf"(?:the |my |for the |is the |now the )?{NTH} time ~3 {SAID}",
            rf"(?:{NTH}|second|2nd) time (?:i'?ve |i |i have |that i |i'm |i am |we |"
            rf"we've )(?:had to )?{SAID}",
            rf"(?:second|2nd|{NTH}) time (?:asking|now|already|in a row|running|this (?:week|month|"
            rf"year|has|is)|today|it'?s|my|you|the|they|that)",
            rf"^\W{{0,9}}{NTH} time\W{{0,9}}$",
            r"(?:for|is) the last time",
            r"how many (?:more )?times",
            r"how often (?:do|must|should) i",
            rf"(?:keep|kept|keeps|constantly|always|forever) (?:on )?(?:having to )?{SAID}",
            rf"{SAID} ~3 {MANY}(?! (?:about how|how))",
            rf"{MANY} ~3 {SAID}",
            r"(?:two|three|four|five|six|several|many|multiple|countless|numerous|"
            r"\d{1,2}) (?:\w+ )?(?:emails|messages|calls|e mails|phone calls|requests|tickets|"
            r"attempts|chats|agents|different people)",
            r"over and over",
            r"again and again",
            r"time and (?:time )?again",
            r"(?:same|exact) (?:answer|reply|response|thing|question|message) (?:\w+ )?(?:again|"
            r"every time|over|each time)",
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
            r"(?:no one|nobody|no ?one|none of you|not a single person|noone) ~3 (?:answer\w{0,3}|"
            r"repl\w{1,4}|respond\w{0,3}|help\w{0,3}|cares?|call\w{0,3}|pick\w{0,3}|listen\w{0,3}|"
            r"read\w{0,3}|got back|bother\w{0,3}|know\w{0,1}|come|came|gets?|responsible|can)",
            r"(?:ignor(?:ed|ing|e|es)|ghost(?:ed|ing)) (?:me|my|us|all|every|again|for)?",
            r"(?:been|being|getting|feel) (?:\w+ )?(?:ignored|ghosted|fobbed off|palmed off|"
            r"brushed off|strung along|passed around|sent round)",
            r"you(?:'ve| have)? (?:all |guys |lot |people )?(?:never|don't|dont|won't|can't even|"
            r"didn't even|couldn't) "
            r"(?:\w+ )?(?:answer|reply|respond|listen|help|care|bother|read|answered|replied|"
            r"responded|call)",
            r"fob(?:bed|bing) (?:me|us) off",
            r"(?:the |a )?run ?around",
            r"pillar to post",
            r"brush(?:ed|ing) (?:me|us) off",
            r"string(?:ing)? me along",
            r"wast(?:e|ed|ing) (?:of )?(?:my|our|so much) (?:\w+ )?(?:time|money|day)",
            r"a waste of (?:time|money)",
            r"not (?:a|one|even a|even one) (?:single )?(?:\w+ )?(?:word|reply|response|answer|"
            r"email)",
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
            r"(?:waiting|waited|wait|chasing|chased|trying|tried) ~4 (?:weeks?|months?|hours|ages|"
            r"forever|fortnight|days now|years?|eternity|all (?:day|week|morning)|\d+ days)",
            r"(?:weeks?|months?|fortnight) (?:late|overdue|later|now|and (?:still|nothing|no|"
            r"counting)|ago and|of (?:waiting|this|silence|nothing|excuses))",
            r"(?:it'?s|its|it has) been ~2 (?:weeks?|months?|a fortnight|ages)",
            r"(?:how (?:much )?longer|when on earth|how long (?:do|must) i)",
            r"(?:sick of|tired of|fed up (?:of|with)|done) waiting",
            r"still (?:\w+ )?(?:waiting|nothing|no|not|hasn't|hasnt|haven't|havent|isn't|isnt|"
            r"missing|broken|wrong|being ignored)",
            r"i still (?:haven't|havent|have not|don't|dont|can't|cant)",
            r"(?:since|from) ~2 (?:week|month)s? (?:i dey wait|now now|back no)",
        ),
    ),
    Cue(
        "threatens to leave",
        0.7,
        words_of(
            r"never ~2 (?:again|order\w{0,3}|buy\w{0,3}|shop\w{0,4}|us(?:e|ing)|com(?:e|ing) back|"
            r"purchas\w{1,3}) ?(?:\w+ )?(?:from (?:you|here|this)|here|again|with you|"
            r"this (?:shop|company|place))",
            r"won't (?:be )?(?:order\w{0,3}|buy\w{0,3}|us\w{1,3}|com\w{1,3}|shop\w{0,4}|"
            r"return\w{0,3}|be back) (?:\w+ )?(?:again|back|here|from you|with you)",
            r"lost (?:a|me as a|me as|my|yourself a|yourselves a|another) (?:\w+ )?(?:customer|"
            r"custom|business|client)",
            r"(?:taking|take|took) my (?:business|custom|money) ?(?:elsewhere|somewhere)?",
            r"(?:cancel|cancelling|canceling|close|closing|delete|deleting) (?:everything|"
            r"all of it|the lot|all my|my (?:whole )?(?:account|subscription) "
            r"(?:if|unless|right now|immediately|over this|because of this))",
            r"(?:switch\w{0,3}|mov\w{1,3}|go|going|buy|buying|shop|off) (?:\w+ )?(?:to )?(?:a |"
            r"another |your |the )?(?:competitors?|competition|elsewhere|rivals?|somewhere else)",
            r"i'?m (?:\w+ )?(?:done|out|leaving|finished|through) (?:with (?:you|this|your|bean|"
            r"these|it)|dealing)",
            r"(?:done|finished|through) with (?:you|this (?:company|shop|place|crap|nonsense)|"
            r"your (?:company|shop))",
            r"(?:unless|if) ~6 (?:i'?m (?:leaving|gone|cancelling|off)|i (?:will|'ll) (?:cancel|"
            r"leave|go))",
            r"(?:last|final) (?:chance|warning|straw)",
            r"(?:regret|wish i (?:had )?never) (?:\w+ )?(?:ordering|ordered|buying|bought|using|"
            r"subscribing)",
            r"i (?:no go|nor go) (?:buy|order|patronize) ~3 (?:again)?",
        ),
        sure=True,
    ),
    Cue(
        "threatens a bad review",
        0.85,
        words_of(
            r"(?:leav(?:e|ing)|writ(?:e|ing)|post(?:ing)?|giv(?:e|ing)|expect|getting|deserves?|"
            r"put(?:ting)?) (?:\w+ )?(?:\w+ )?(?:bad|negative|one|1|terrible|honest|scathing|zero|"
            r"0|"
            r"awful|damning|stinking|horrible)(?: ?stars?)? (?:\w+ )?reviews?",
            r"(?:bad|negative|one|1|terrible|scathing|zero|0|"
            r"awful)(?: ?stars?)? reviews? ~4 (?:trustpilot|"
            r"google|yelp|up|coming|incoming|tonight|for you)",
            r"name and shame",
        ),
        sure=True,
    ),
    Cue(
        "threatens to make it public",
        0.6,
        words_of(
            r"(?:post|posting|posted|put|putting|going|go|tell|telling|write|writing|"
            r"complain\w{0,3}|"
            r"share|sharing|all over|plaster\w{0,3}|blast\w{0,3}|see you|take this|"
            r"hear about this) ~5 "
            r"(?:trustpilot|twitter|facebook|social media|social|socials|tiktok|reddit|google|"
            r"instagram|"
            r"insta|youtube|newspaper|the press|watchdog|bbc)",
            r"(?:tell|telling|warn|warning) (?:everyone|everybody|all my|others|people|my friends|"
            r"the world|"
            r"every)",
            r"(?:one|1|zero|0) stars?",
            r"screenshots? (?:of this )?(?:to|on|going)",
        ),
    ),
    Cue(
        "is at the end of patience",
        0.7,
        words_of(
            r"(?:fed up|had enough|enough is enough|(?:sick|tired|sick and tired|tire) of (?:this|"
            r"you|your|waiting|it|being|asking|the|having|all|these|repeating)|"
            r"at the end of my (?:tether|rope)|wits'? end|wit's end|lost (?:my|all) patience|"
            r"losing (?:my )?patience|"
            r"running out of patience|out of patience|patience (?:is )?(?:wearing|running|gone|"
            r"finished)|try(?:ing)? my patience|beyond (?:a joke|angry|frustrat\w{1,3}|annoyed|"
            r"ridiculous|belief)|last straw|final straw|doing my (?:head|nut) in|daein ma heid in|"
            r"driving me (?:mad|crazy|insane|"
            r"nuts|up the wall|round the bend)|taking the (?:piss|mick|mickey|michael)|"
            r"having a (?:laugh|giraffe)|(?:over|done with) (?:it|this)(?=\W|$)|can't (?:take|"
            r"deal|cope) (?:\w+ )?(?:any ?more|with this)|i give up|scunnered|pure raging|"
            r"it'?s been a nightmare|i don vex|i dey vex|vex(?:ed|ing)?|i don tire|ridiculous now)",
        ),
        sure=True,
    ),
    Cue(
        "is furious",
        0.8,
        words_of(
            r"(?:furious|livid|fuming|raging|seething|outraged|enraged|infuriat\w{2,4}|irate|"
            r"incandescent|apoplectic|pissed off|makes? my blood boil|hopping mad)",
        ),
        sure=True,
    ),
    Cue(
        "says they are angry",
        0.55,
        words_of(
            r"(?:pissed|p'?d off|so (?:angry|mad|annoyed|frustrated|"
            r"upset)|(?:very|really|extremely|absolutely|getting|bloody|quite) (?:angry|mad|"
            r"annoyed|frustrated|upset)|i'?m (?:angry|mad|"
            r"frustrated)|boiling|angry now)",
        ),
    ),
    Cue(
        "is annoyed",
        0.3,
        words_of(
            r"(?:annoy(?:ed|ing)|frustrat(?:ed|ing|ion)|irritat(?:ed|ing)|disappoint(?:ed|ing|"
            r"ment)|let down|unimpressed|not impressed|not (?:good enough|ok|okay|on)|"
            r"poor (?:service|show|form)|rubbish|ridiculous|unbelievable|absurd|insane|"
            r"terrible|awful|horrible|shocking|dreadful|crap|stupid|dumb|nonsense|wahala)",
        ),
    ),
    Cue(
        "shows it with an emoji",
        0.35,
        re.compile("[\U0001f621\U0001f92c\U0001f624\U0001f620\U0001f644\U0001f595]"),
    ),
    Cue(
        "is desperate",
        0.7,
        words_of(
            r"i'?m (?:so |really |absolutely |getting )?(?:desperate(?! for)|crying|"
            r"in tears(?! laughing)|at a loss|"
            r"distraught|beside myself|heartbroken|devastated)",
            r"(?:in tears(?! laughing)|crying my eyes|sobbing|heartbroken|devastated|distraught)",
            r"(?:don't|dont|do not) know what (?:else |more )?(?:to do|i can do)(?: any ?more)?",
            r"(?:christmas|birthday|wedding|party|holiday|present|gift|surprise) (?:\w+ )?(?:is |"
            r"was |has been )?(?:completely |totally )?ruined",
            r"(?:begging|beg) (?:you|u)",
            r"(?:ruined|ruining) (?:my|our|the|her|his) (?:\w+ )?(?:christmas|birthday|wedding|"
            r"day|week|party|holiday|weekend|gift|surprise|business)",
        ),
        sure=True,
    ),
    *words_contempt.CUES,
    *words_icy.CUES,
    *words_insult.CUES,
    *words_resigned.CUES,
)
