"""Words that say that anger is none, or is at something else than the firm."""

from __future__ import annotations

from escalation.text import words_of

KIND = words_of(
    r"(?:never|not) ~3 (?:anywhere|anything|any other|another|other|elsewhere|instant|"
    r"supermarket|starbucks|nespresso)(?: \w+)? ?(?:again|now)?",
    r"(?:damn|bloody|fucking|freaking|effing|frigging|insanely|stupidly|ridiculously|"
    r"unbelievably|shockingly|dangerously|disgustingly|unreal|sick) (?:\w+ )?(?:good|"
    r"great|delicious|lovely|"
    r"tasty|brilliant|amazing|love|nice|fantastic|smooth|fresh|fast|quick|perfect|"
    r"beautiful|gorgeous)",
    r"(?:best|love|loved|loving|obsessed|amazing|brilliant|fantastic) (?:\w+ )?(?:fucking|"
    r"bloody|damn|frigging)? ?(?:coffee|beans|service|shop|company|team|roast|blend|it|"
    r"this|you)",
    r"(?:killer|wicked|insane|unreal) (?:deal|price|coffee|blend|roast|"
    r"beans|flavou?r|value|service)",
    r"(?:second|third|fourth|fifth|\w+th|2nd|3rd) time (?:i'?ve |i have |i'?m |i |"
    r"we )?(?:order\w{0,3}|buy\w{0,3}|bought|us\w{1,3}|here|customer|treat\w{0,3}|"
    r"subscrib\w{1,3})",
    r"(?:five|5|ten|10) stars?",
    r"no complaints",
    r"not (?:bad|annoyed|angry|mad|complaining)(?: at all)?",
    r"don't (?:be|get) (?:mad|angry|annoyed)",
)
ASIDE = words_of(
    r"(?:ugh|argh|god|hate|bloody|damn|fucking|another|these|this) (?:bloody )?(?:mondays?|"
    r"monday morning|tuesdays?)",
    r"mondays",
    r"(?:the |this )?(?:weather|rain|traffic|trains?|tube|bus(?:es)?|hangover|heatwave|snow|"
    r"commute|politics|government|council|exams?|homework|essay|thesis|dissertation|"
    r"football|match|referee|season)",
    r"my (?:\w+ )?(?:boss|kids?|cat|dog|neighbours?|"
    r"neighbors?|husband|wife|ex|mother in law|flatmates?|roommates?|landlord|teacher|"
    r"colleagues?|coworkers?|job|work|team|computer|laptop|phone|wifi|internet|car|"
    r"alarm|sister|brother|partner|toddler|baby|bank)",
    r"(?:at|from|of) (?:work|school|uni|college)",
    r"(?:i'm|im|i am|i feel) (?:\w+ )?(?:stupid|an? idiot|dumb|clumsy|silly|a muppet|useless)",
    r"(?:my own|my) (?:fault|mistake|bad|stupid\w{0,4}|clumsiness)",
    r"(?:other|another|previous|last|old|different) (?:company|shop|roaster|supplier|"
    r"brand|store|place)",
    r"(?:amazon|starbucks|costa|nespresso|nero|tesco|my bank|microsoft|apple)",
)
FIRM = words_of(
    r"(?:go|going|buy|buying|get|getting|shop|switch\w{0,3}|order|ordering) ~3 (?:amazon|starbucks|"
    r"costa|nespresso|nero|tesco|aldi|lidl)(?: then| instead| from now| next time)",
    r"(?:you|u|your|yours|yourselves|ur|una|y'all|yall|ya|ye|yous|youse|yis|yer|yez)",
    r"(?:my|the|this|an?) (?:\w+ )?(?:order|orders|parcel|parcels|package|delivery|refund|"
    r"subscription|beans|coffee|bag|bags|grinder|machine|kettle|code|voucher|coupon|"
    r"gift card|account|app|site|website|checkout|cart|basket|bot|chat|chatbot|robot|shop|"
    r"company|service|support|reply|answer|invoice|"
    r"points|payment|password|login|courier|driver|tracking)",
    r"(?:customer service|money|refunds?|reply|waiting|order|delivery|refund|parcel|"
    r"tracking|bot|bean & benevolence|"
    r"bean and benevolence|shop|service|website)",
)
