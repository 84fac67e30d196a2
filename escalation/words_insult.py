"""Insults, swearing and sarcasm at the firm: signs of lost patience, each with a weight."""

from __future__ import annotations

import re
from dataclasses import dataclass

from escalation.text import words_of


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of sign: what an agent reads of it, how much it weighs, and its words.

    A `sure` sign counts in full even where the model takes the words for praise.
    """

    says: str
    weight: float
    words: re.Pattern[str]
    sure: bool = False


AWFUL = (
    r"(?:appalling|disgusting|disgraceful|atrocious|abysmal|pathetic|useless|hopeless|"
    r"shambolic|shameful|farcical|incompetent|unacceptable|not acceptable|outrageous|"
    r"a disgrace|a shambles|a farce|a joke|a scam|a con|a rip ?off|a nightmare|garbage|"
    r"trash|bullshit|bs|dog ?shit|horseshit|a waste of (?:time|space|money|breath))"
)

CUES = (
    Cue(
        "insults the firm",
        0.65,
        words_of(
            rf"(?:is|are|was|been|absolutely|you're|ur|just|so|completely|utterly|totally|frankly|"
            rf"such|it's|its|this|what) (?:\w+ )?(?:\w+ )?{AWFUL}",
            rf"^\W{{0,9}}(?:absolutely |totally |utterly |completely )?{AWFUL}(?! on| at| for)",
            r"(?:worst|crappiest|shittiest|most useless) (?:\w+ )?(?:company|service|shop|"
            r"experience|customer|support|bot|website|store|coffee|place|online|delivery)",
            r"what a (?:\w+ )?(?:joke|shambles|farce|mess|scam|disgrace|rip ?off|waste|load|con|"
            r"circus|cowboy)",
            r"(?:you|u|y'all|yall|una|these|bunch of|pack of|absolute|total|complete|are|you're|"
            r"fucking|bloody) (?:\w+ )?(?:\w+ )?(?:thieves|thief|crooks|liars?|clowns?|cowboys|"
            r"amateurs?|idiots?|morons?|muppets?|scammers?|con ?artists?|jokers|"
            r"robbers|crooked|numpt(?:y|ies)|eejits?|cretins?|imbeciles?)",
            r"scam(?:mers?|ming|med)",
            r"(?:is|are|what|a|complete|total|feels like|this) (?:a )?(?:\w+ )?scam",
            r"(?:ripped|ripping) (?:me|us|people|customers) off",
            r"(?:robbed|robbing|stealing|stole) (?:me|my money|from (?:me|customers|people)|"
            r"our money)",
            r"(?:you|this bot|the bot|this chat|chatbot|it|this thing) (?:\w+ )?(?:suck|sucks|"
            r"stinks|is (?:useless|stupid|dumb|rubbish|shit|crap|trash|garbage|an? idiot|"
            r"pointless|hopeless))",
            r"(?:useless|stupid|dumb|thick|bloody|shit|crap|pathetic|idiotic|fucking|"
            r"damn) (?:\w+ )?(?:bot|robot|chatbot|machine answer|company|service|"
            r"website|shop|people|app|system|firm)",
            r"your (?:\w+ )?(?:service|company|shop|team|support|delivery|website|app|bot|"
            r"staff) (?:\w+ )?(?:is|are) (?:\w+ )?(?:shit|crap|rubbish|trash|garbage|awful|"
            r"terrible|horrible|dreadful|the worst|a disgrace|pathetic|useless)",
            r"una (?:dey )?(?:mad|craze|useless|no (?:dey )?serious|wicked|be thief)",
        ),
        sure=True,
    ),
    Cue(
        "swears at the firm",
        0.6,
        words_of(
            r"f(?:uc|\*|u\*|\*c|\*\*)k?(?:ing|in)? ?(?:you|u|off|this|your|ya|them|useless|"
            r"idiots?|joke|bot|ridiculous|hell|parcel|order|refund|money|thing|website|answer|"
            r"help|customer|company|fed)",
            r"(?:screw|damn|curse) (?:you|your|this (?:shop|company|bot))",
            r"(?:piss|bugger|sod|naff) off",
            r"go to hell",
            r"(?:what the|wtf|where the|why the|"
            r"how the|when the) (?:actual )?(?:fuck|f\*+k?|f|hell|heck|bloody hell)?",
            r"ffs",
            r"for (?:fuck'?s?|f\*+'?s?|god'?s|christ'?s?|heaven'?s|crying|pete'?s) (?:sake|"
            r"out loud)",
            r"(?:my|the|this|your) (?:fuckin\w?|f\*+ing|bloody|goddamn|god damn|damn|sodding|"
            r"effing|freaking|frigging|shitty) \w+",
            r"(?:full of|load of|bunch of|pile of|piece of|this|such) (?:\w+ )?(?:shit|crap|"
            r"bollocks|bull|bullcrap)",
            r"(?:bastards?|wankers?|arseholes?|assholes?|twats?|dickheads?|tossers?|pricks?|"
            r"shitheads?|cunts?|bitch(?:es)?)",
            r"stfu",
            r"f u+(?=\W|$)",
            r"eff (?:you|off)",
            r"kiss my (?:arse|ass)",
        ),
    ),
    Cue(
        "is sarcastic",
        0.7,
        words_of(
            r"thanks for (?:nothing|absolutely nothing|ruining|wasting|ignoring|the (?:empty|"
            r"broken|late))",
            r"thanks a (?:bunch|lot) for (?:nothing|ruining|the wait)",
            r"(?:great|good|nice|lovely|excellent|brilliant|fantastic|stellar|amazing|superb|"
            r"outstanding) (?:job|work|going|effort|service) (?:\w+ )?(?:losing|ruining|breaking|"
            r"ignoring|messing|screwing|forgetting|wasting)",
            r"well done (?:\w+ )?(?:\w+ )?(?:losing|for (?:losing|ruining|nothing|messing)|"
            r"you'?ve (?:lost|managed to|ruined))",
            r"(?:oh|wow|well|just) (?:great|brilliant|fantastic|lovely|wonderful|perfect|super|"
            r"marvellous|nice|joy) ~3 (?:another|broken|late|lost|wrong|empty|missing|nothing|"
            r"damaged|again)",
            r"(?:brilliant|great|fantastic|amazing|excellent|lovely|wonderful|superb|outstanding|"
            r"stellar) (?:service|job|work|delivery|company|stuff)(?: as (?:always|usual|"
            r"ever))? ~2 "
            r"(?:lost|broken|late|wrong|missing|empty|damaged|ignored)",
            r"slow clap",
            r"(?:how|is it) (?:really )?(?:that |so )?(?:hard|difficult) (?:can|is) (?:it|that)",
            r"is it (?:really )?(?:that|so|too) (?:hard|difficult|much)",
            r"do you "
            r"(?:even|people|guys|lot) (?:\w+ )?(?:work|care|know|listen|exist|read|check|"
            r"understand|do)",
            r"are you (?:even|actually|fucking|seriously|all) (?:\w+ )?(?:stupid|kidding|serious|"
            r"joking|deaf|listening|reading|thick|mad|trying|there)",
            r"you(?:'re| are|'ve| have) (?:got to be |gotta be |must be |"
            r"have to be )?(?:\w+ )?(?:kidding|joking|having "
            r"a laugh)",
            r"must be (?:joking|kidding|a joke)",
            r"some (?:service|customer service|support) (?:you|this)",
            r"(?<!thanks\s)(?<!thank\syou\s)(?<!thank\su\s)(?<!thankyou\s)(?<!thx\s)(?<!ty\s)"
            r"so much for",
            r"call (?:this|that|yourselves?) (?:an? )?(?:\w+ )?(?:service|support|help|shop|"
            r"company|coffee|delivery|professional)",
            r"hope you(?:'re| are) (?:proud|happy|pleased with)",
            r"what (?:exactly )?(?:am i|do i) (?:pay|paying)",
            r"what'?s the "
            r"point of (?:you|this|having)",
            r"as (?:useful|helpful) as",
            r"(?:world|first) class incompetence",
            r"real(?:ly)? (?:professional|classy|impressive) (?:of|guys|lot|service)",
        ),
        sure=True,
    ),
)
