"""Signs of lost patience in idiom: contempt for a firm's skill, weariness, bitter thanks."""

from __future__ import annotations

from escalation.text import words_of
from escalation.words_insult import Cue

YOU = r"(?:you|yous|youse|yis|ye|u|you lot|this lot|you people|you guys|they|that lot)"
CANNOT = r"(?:couldn't|could not|couldnae|can't|cant|cannae|cannot)"
ROGUES = (
    r"(?:thieves|robbers|crooks|cowboys|clowns|jokers|amateurs|chancers|muppets|liars|bandits|"
    r"idiots|bastards|charlatans|incompetents|gangsters|conmen|con men|con artists|wasters|"
    r"numpties|fools)"
)
AWAY = (
    r"(?:the supermarket|elsewhere|somewhere else|aldi|tesco|lidl|asda|sainsbury'?s|amazon|costa|"
    r"starbucks|a competitor|your (?:rivals?|competitors?|competition)|nespresso|the high street|"
    r"the corner shop)"
)
CUES = (
    Cue(
        "has contempt for the firm",
        0.65,
        words_of(
            rf"{YOU} (?:\w+ )?{CANNOT} (?:\w+ )?(?:run|organi[sz]e|manage|boil|hit|pour|arrange) "
            r"(?:an? |the )?(?:bath|raffle|tap|whelk stall|piss ?up|party in|egg|kettle|water|"
            r"barn door|barn|drinks?|bun ?fight|bake sale|sock drawer)",
            rf"(?:shower|bunch|pack|set|gang|load|nest|den) (?:o'?|of) (?:\w+ )?{ROGUES}",
            rf"{YOU} (?:\w+ )?{CANNOT} (?:even )?be (?:bothered|arsed|fashed)",
            r"(?:nobody|no one|noone|none of (?:you|yous)|not one of you) (?:\w+ )?(?:gives?|gave) "
            r"an? (?:\w+ )?(?:monkey'?s?|toss|damn|fig|hoot|shit|stuff|rat'?s)",
            r"(?:i'?m|i am|we'?re|i have|i get|am i|i'?ve got) (?:now |supposed |expected |"
            r"meant )*to "
            r"(?:\w+[^\w.!?\n]{1,3}){1,14}because (?:you|your \w+|someone|somebody) (?:couldn't|"
            r"can't|"
            r"wouldn't|won't|didn't|forgot|messed|failed)",
            r"how (?:you|this (?:firm|company|shop)) (?:really )?treats? (?:people|customers|us|"
            r"your|loyal|those|folk)",
        ),
        sure=True,
    ),
    Cue(
        "is worn out",
        0.6,
        words_of(
            r"(?:don't|dont|do not) (?:suppose|imagine|expect) (?:it'?ll|it will|this will|anyone|"
            r"anybody|you'?ll|you will|that'?ll|any of (?:this|you)) ~3 (?:differen\w{2}|matter|"
            r"cares?|help|reads?|reply|change|listen|bother|anything)",
            r"(?:all|run|ran|fresh|clean|completely) out of (?:patience|it)(?=\W{0,3}(?:$|[.!,]))",
            r"nothing but (?:patient|polite|understanding|reasonable|kind)",
            r"(?:years?|months) (?:\w+ )?(?:\w+ )?(?:customer|member|subscriber|custom)\W{1,3}"
            r"(?:and )?(?:this is|that's|you |not (?:a|one|even))",
            r"made (?:it|this) (?:\w+ )?(?:easy|easier|simple) (?:for (?:me|us) )?to (?:leave|go|"
            r"shop|quit|cancel|buy)",
            rf"i'?ll (?:just |now |probably |only |have to )?(?:buy|get|order|go|try|shop) ~4 "
            rf"(?:from |at |in |to )?{AWAY} (?:then|instead|from now|next time|in future)",
            rf"i'?ll (?:just |now |probably )?(?:buy|get|order|go|try|shop) ~4 (?:from |at |in |"
            rf"to )?"
            rf"{AWAY}\W{{1,3}}(?:\w+ )?(?:it'?s|it is) (?:\w+ )?(?:easier|quicker|cheaper|simpler)",
        ),
        sure=True,
    ),
    Cue(
        "has spent hours on it",
        0.5,
        words_of(
            r"been (?:at|on|trying|fighting|stuck on|battling) (?:with )?(?:this|it|here|your "
            r"\w+) (?:for )?(?:over |about |nearly |almost )?(?:\d{1,2}|an|two|three|four|five|"
            r"six|all|"
            r"half the) (?:hours?|day|morning|afternoon|evening|night|weekend)",
            r"(?:spent|wasted|lost) (?:over |about |nearly |almost |the last )?(?:\d{1,2}|an|two|"
            r"three|four|five|six|all|half the|my whole) (?:hours?|day|morning|afternoon|"
            r"evening|night|"
            r"weekend) (?:on (?:this|it|your)|trying|arguing|chasing|waiting|going)",
        ),
    ),
    Cue(
        "thanks bitterly for an answer",
        0.83,
        words_of(
            r"(?:wonderful|lovely|brilliant|great|fantastic|marvellous|perfect|super|fab|amazing|"
            r"delightful)\W{1,3}(?:so |and |it'?s )?(?:yet )?(?:another|a|an|more) (?:\w+ "
            r")?(?:links?|"
            r"faq|form|reference|ticket number|template|robot|bot|questionnaire)"
            r"(?=\W{0,3}(?:$|[.!,]))(?![^.?\n]{0,9}(?:thank|that|this|help|just what|exactly|ta))",
        ),
        sure=True,
    ),
)
