"""How customers say after an answer that it was done already, did not help, or missed the point."""

from __future__ import annotations

from escalation.text import words_of

I_HAVE = (
    r"(?:i|we|i've|ive|we've|i'd|i have|we have|have|i did|we did|already|i don|a've) "
    r"(?:\w+ )?(?:already |just |even |also |now |literally |actually )?"
)
DID = (
    r"(?:did|do|done|tried|try|check|checked|followed|follow|clicked|read|looked (?:at|in|into|on)|"
    r"gone through|went through|been through|been (?:on|in|to)|done)"
)
BEGINS = r"(?:^\W{0,9}|(?<=[.!?,;]\s))(?:ok |okay |thanks |yes |yeah |ya |already |just )?"
WHERE = r"(?:page|screen|link|site|section|form|tab|menu|app|place|settings?|list|article|button)"
CONTROL = (
    r"(?:option|button|link|field|box|menu|setting|tab|section|page|icon|form|dropdown|"
    r"place|way|choice|toggle|switch|bar|edit)"
)
HERE = r"(?:there|here|on (?:it|that|the|mine|my)|for (?:me|us|my|that|it)|in (?:it|the|my)|at all)"
FAILS = (
    r"(?:says?|saying|shows?|showing|gives?|giving|getting|blank|empty|the same|same|invalid|stuck|"
    r"locked|not|no|won't|wont|doesn't|doesnt|isn't|isnt|can't|cant|hasn't|hasnt|haven't|havent|"
    r"never|declin\w{1,4}|reject\w{1,3}|refus\w{1,4}|error\w{0,3}|broken|missing|"
    r"fail\w{0,3}|crash\w{0,3}|freez\w{1,3}|frozen|spinning|loading|pending|wrong|asks?|asking|"
    r"nothing|logged out|greyed|grayed)"
)
CAME_BACK = (
    (
        rf"{I_HAVE}{DID} (?:exactly |just |all |everything |precisely )?(?:what|as|like|"
        rf"everything|all|"
        r"how) (?:you|u|ya|your|ur|it|the (?:bot|page|link|guide|steps?|email|instructions)|that)"
    ),
    (
        rf"{BEGINS}{DID} (?:\w+ )?(?:exactly |just |all |everything )?(?:what|as|those|these|your|"
        rf"both|"
        r"the (?:steps|instructions)|all (?:of|that)|everything (?:you|on|in|it))"
    ),
    (
        rf"{I_HAVE}{DID} (?:\w+ )?(?:those|these|them all|all of|both of|every one of|each of|"
        r"(?:your|the|those|these|all the) (?:\w+ )?(?:steps?|instructions?|things|suggestions?|"
        r"advice|checks?|tips?))"
    ),
    (
        rf"(?:i'm|im|i am|am|we're|we are) (?:already |now |literally |currently |right )?(?:on|at|"
        rf"in|looking at) (?:that|this|the|your) (?:\w+ )?{WHERE}(?: now| already)?\W{{1,3}}"
        rf"(?:\w+ ){{0,3}}(?:no|not|nothing|can't|cant|don't|dont|doesn't|there's no|isn't|only|"
        rf"still|where|how)"
    ),
    (
        rf"(?:there is|there's|theres|there are|i see|see|got|get|have|has|it has|shows?|with|"
        rf"find) "
        rf"(?:no|not any|not an?) (?:such )?(?:\w+ )?{CONTROL} (?:\w+ )?{HERE}"
    ),
    (
        rf"no (?:such )?(?:\w+ )?{CONTROL} (?:there|anywhere|like that|to be (?:seen|found)|"
        rf"by that name)"
    ),
    (
        r"(?:nah|nope|no|naw|but|yeah but|yes but|er|um|erm) (?:\w+ )?(?:that'?s|thats|that is|"
        r"this is|"
        r"that was) (?:only |just )?(?:how|where|if|when|about|for)(?! (?:it|all|everything|now|me|"
        r"sure|"
        r"us)(?!\w))"
    ),
    (
        r"(?:that'?s|thats|that is|this is) (?:only |just )?(?:how (?:to|you|u|one|we|i)|for when|"
        r"for if|for the|if you|where (?:you|to)) ~8 (?:not|but|i'?m (?:asking|askin|talking|"
        r"on about)|"
        r"i (?:asked|meant|want|need))"
    ),
    (
        r"i (?:can |could |do )?(?:see|know|get|understand) (?:where|how|what|when|that|the) ~7 "
        r"(?:but|just) (?:not|nothing|i (?:still|asked|meant|can't|cant|want|need|don't|dont)|"
        r"where|"
        r"how (?:do|can|to)|what i)"
    ),
    (
        r"(?:doesn't|does not|doesnt|don't|dont|do not|didn't|didnt) (?:\w+ )?apply (?:to|here|in|"
        r"for|"
        r"because|as|since|with)"
    ),
)
"""Answers the bot's answer, whatever the model reads in it: parts for `words_of`."""
STILL_THERE = (
    (
        rf"{I_HAVE}(?:cleared|restarted|reinstalled|re installed|refreshed|rebooted|updated|"
        r"unplugged|relogged|logged (?:out|off)|signed out|descaled|cleaned|re ?entered|retyped|"
        r"resent|re sent|waited|reset|switched (?:browser|phone)s?)"
    ),
    (
        r"tried (?:\w+ )?(?:\w+ )?(?:as well|too|again|twice|both|another|a different|different|"
        r"other|"
        r"on my|in (?:chrome|safari|firefox|edge|incognito|private)|everything|several|multiple)"
    ),
    (
        rf"(?:it|it's|its|that|that's|this|they|they're|page|code|screen|still) (?:is |are |was |"
        rf"just |"
        rf"also )?still (?:\w+ )?{FAILS}"
    ),
    rf"still (?:\w+ )?{FAILS}",
    (
        r"(?:^\W{0,9}|(?<=[.,!;]\s)|(?<=but\s)|(?<=and\s))(?:i|i'm|im|i am|we|we're) still (?:need|"
        r"want|"
        r"waiting|trying|unable|unclear|confused|unsure|lost|cannot)"
    ),
    (
        r"(?:already|oredi|alr) (?:\w+ )?(?:wait\w{0,3}|tr(?:y|ied)|check\w{0,2}|refresh\w{0,2}|"
        r"do|did|"
        r"done|clear\w{0,2}|restart\w{0,2}|log out|change\w?|call\w{0,2}|email\w{0,2})"
    ),
    r"also (?:\w+ )?(?:same|cannot|no use|no work|not working|can't|doesn't)",
    r"(?:same|cannot) (?:also|oso|leh|lah|la|liao|one)",
    (
        r"(?:doesn't|does not|doesnt|won't|wont|not|didn't|don't|dont|"
        r"will not) (?:\w+ )?let(?:ting)? "
        r"(?:me|us|you)"
    ),
    (
        r"(?:don't|dont|can't|cant|cannot|do not|couldn't|didn't) (?:\w+ )?(?:see|find) (?:it|that|"
        r"this|any|an?|the) ?(?:\w+ )?(?:option|button|link|email|page|there|anywhere|field|"
        r"setting)?"
    ),
)
"""Says that the need is there as before; counts where it is the same need: parts for `words_of`."""
TROUBLE = words_of(
    *STILL_THERE,
    r"(?:no|nope|nah) (?:luck|joy|change|difference|dice)",
    r"(?:not|never|nothing) (?:\w+ )?(?:working|works|worked|arrived|there|came|happened|changed)",
    r"(?:there is|there's|i get|i got|gave me|says) (?:no|nothing|an error|error|invalid)",
)
"""Trouble that goes on; the same need as before where it also speaks of the same thing."""
ONLY_IT = words_of(
    r"(?:it|it's|its|that|they) (?:is |just |also )?still",
    r"(?:it|that) (?:didn't|doesn't|won't|isn't|did not|does not)",
    r"same (?:thing|problem|issue|error|result|message)",
)
NEXT = words_of(
    r"(?:^|(?<=[.!?,]\s))(?:and |oh |but |ok |okay |now |so )?(?:also(?! (?:same|cannot|no|tried|"
    r"did|checked|can't|doesn't|not))|btw|by the way|another "
    r"(?:thing|question|one)|one (?:more|other|last|final) (?:thing|question)|(?:a )?(?:different|"
    r"separate|new|second|quick) (?:question|thing|matter)|separately|next (?:question|thing|up)|"
    r"unrelated|while (?:i'm|i am|i have|i've)|on another (?:note|matter)|moving on|changing topic)"
)
"""Opens another matter."""
OPENS_PLEASED = words_of(
    r"^\W{0,9}(?:ok |okay |oh |ah |right |yes |yeah )?(?:thanks|thank you|thankyou|thx|cheers|ta|"
    r"perfect|great|brilliant|lovely|awesome|nice|cool|sweet|excellent|wonderful|fab|fabulous|"
    r"got it|good to know|super|ace|amazing|fantastic|dope|bet|understood|makes sense|dhanyavaad|"
    r"much appreciated|appreciate it|that helps|very helpful|helpful)"
)
SETTLED = words_of(
    r"(?:you|you've|u|that|that's|this|it|it's|which) (?:have |has |just |already |kindly |really |"
    r"fully |totally |quite |very |so |all )?(?:\w+ me )?(?:answer(?:ed|s)|explain(?:ed|s)|"
    r"clarif(?:ied|ies)|clear(?:ed|s) up|cover(?:ed|s)|solv(?:ed|es)|resolv(?:ed|es)|"
    r"sort(?:ed|s)) (?:it|that|everything|all|my (?:question|query|problem|issue)|me|things|the "
    r"(?:question|issue|problem))(?! (?:wrong|badly|poorly|incorrectly|already|before))",
    r"(?:that|this|it|which|and it|everything) (?:\w+ )?(?:worked|works now|did it|did the trick|"
    r"helped|helps a lot|is working now|is sorted|is fixed|fixed it|sorted it|solved it|does it)",
    r"(?:it's|its|all|now|that's|everything's) (?:working now|all good|sorted|sorted now|fixed now|"
    r"fine now|working fine|good now|showing now|done now|clear now|very clear|all clear|"
    r"perfectly clear|good to know)",
    r"(?:found|spotted) (?:it|the (?:button|link|page|email|option))(?! (?:broken|empty|smashed))",
    r"(?:no|no no|please don't|don't|do not|dont|no need to) (?:trouble|bother|worry|fret)(?! me)",
    r"(?:really|very|so|most|super|that's|thats|you've been|you are) (?:\w+ )?(?:helpful|kind|"
    r"useful|"
    r"clear)",
    r"no more (?:questions|queries)",
    r"mystery solved",
    r"(?:found|figured|worked) out (?:why|what|who|how)",
    r"(?:that's|thats|that is) (?:\w+ )?(?:all|everything) (?:i|for|thanks|thank)",
)
"""Says that the answer will do."""
NOT_SETTLED = words_of(
    r"but", r"however", r"though", r"still", r"isn't", r"didn't", r"doesn't", r"hasn't", r"haven't",
    r"never", r"not (?:\w+ )?(?:helpful|kind|useful|clear|answered|sorted|working|resolved|solved|"
    r"fixed|all|worked|what|right|it|true)", r"nothing", r"no (?:use|help|luck|joy)", r"wrong",
    r"won't", r"can't", r"cannot", r"nor", r"hardly", r"yet",
)  # fmt: skip
REQUESTS = words_of(
    r"(?:can|could|would|will|do|does|did|is|are|was|should|may|might|how|what|where|when|who|"
    r"which|why|need|needs|want|wants|please|pls|plz|help|fix|send|tell|show|give|explain|cancel|"
    r"change|refund|return|track|find|check|replace|order number|looking for|wondering|"
    r"any (?:chance|idea|news|update)|broke\w?|late|missing|lost|damaged|faulty|useless|rubbish|"
    r"another|again|nothing|no|not|never|wrong|waiting|thanks for nothing)"
)
