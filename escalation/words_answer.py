"""Words about the bot's last answer: denials, corrections, persistence, thanks; and small talk."""

from __future__ import annotations

from escalation import words_again, words_correct
from escalation.text import words_of

REFERS = words_of(
    r"(?:that|this|it|which|the (?:link|page|answer|reply)) (?:only|just) (?:tells|says|explains|"
    r"covers|shows|talks|answers|mentions|lists|helps)",
    r"i'?m (?:asking|talking) about",
    r"^\W{0,9}no,? not (?:that|this|it)",
    r"tried (?:that|this|it|them|both|all that|everything)(?! on| for the first)",
    r"(?:the |still the )?same (?:error|problem|issue|result)(?! with| as my)",
    r"(?:that'?s|thats|this is|that is|it'?s|that was|this isn't|that isn't|that wasn't|"
    r"which is|thats still) (?:\w+ )?not (?:\w+ )?(?:what|my|it|helpful|the (?:question|"
    r"answer|problem|issue|point|thing|one)|right|correct|true|an answer|quite|"
    r"an? (?:real )?(?:answer|solution|help)|answering|solving|useful|how|why|where|"
    r"enough)",
    r"(?:isn't|isnt|wasn't|not) (?:\w+ )?(?:what i (?:asked|meant|said|want\w{0,3}|"
    r"need\w{0,3}|was asking|am "
    r"asking|mean)|my (?:question|problem|issue)|helpful|an answer)",
    r"not what i (?:\w+ )?(?:asked|meant|said|want\w{0,3}|need\w{0,3}|mean|ordered was)",
    r"(?:that|this|it|you|which|your (?:answer|reply|link|response|message)|the (?:link|"
    r"answer|advice)) (?:\w+ )?(?:\w+ )?(?:didn't|did not|doesn't|doesnt|does not|don't|"
    r"hasn't|didnt|dont|isn't) (?:\w+ )?(?:answer\w{0,3}|help\w{0,3}|solve\w{0,2}|"
    r"fix\w{0,3}|address|tell me|explain|say|make sense)",
    r"(?:already|just|literally) (?:told|said|explained|asked|mentioned|wrote|answered)",
    r"already (?:gave|given|sent|provided) (?:you|u|it to you|that to you)",
    r"(?:i|i've|ive|we) (?:\w+ )?(?:told you|said (?:i|it|that|the|my|no)|explained)",
    r"as i (?:\w+ )?(?:said|wrote|explained|mentioned|told|asked)",
    r"like i (?:\w+ )?(?:said|told|mentioned|asked)",
    r"i (?:said|asked) (?:already|again|before|about|for|if|when|where|why|how|"
    r"whether|which|what)",
    r"i was asking",
    r"my (?:actual |real )?question (?:was|is|wasn't|remains)",
    r"(?:re)?read (?:my|what i|it|the|that) ?(?:first |last |previous |"
    r"actual )?(?:message|question|wrote|said|again|properly|email)",
    r"read (?:it |that |this )?(?:again|properly)",
    r"(?:wrong|same|useless|generic|canned|standard|stupid|copy paste|irrelevant|"
    r"another useless) (?:answer|reply|response|link|info)",
    r"you (?:\w+ )?(?:didn't|didnt|don't|dont|did not|are not|aren't|haven't|"
    r"not|never|keep|still) (?:\w+ )?(?:answer\w{0,3}|understand\w{0,3}|understood|"
    r"listen\w{0,3}|read\w{0,3}|get(?:ting)? (?:it|me|what)|help\w{0,3}|repeat\w{0,3}|"
    r"say\w{0,3} the same|send\w{0,3} (?:me )?the same|giv\w{0,3} (?:me )?the same)",
    r"(?:you )?(?:misunder\w{2,8}|misread|misinterpret\w{0,3}|got (?:me|it|that) wrong|"
    r"missed (?:the|my) (?:point|question))",
    r"(?:that'?s |is |was |of |been )?(?:no|not (?:any|a lot of|much|very|really|at all)) "
    r"(?:use|help|helpful|good to me)(?! needed| required)",
    r"(?:unhelpful|not helpful|doesn't help|doesnt help|didn't help|didnt help|"
    r"not helping|isn't helping|no use)",
    r"let me (?:rephrase|repeat|explain again|try again|say it again|be clear\w{0,2}|"
    r"put it another way|ask again)",
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
    r"(?:question|problem|issue) (?:is |was |has |hasn't |wasn't |isn't |still )*(?:not |"
    r"un)(?:been )?(?:answered|solved|resolved|fixed)",
    r"no be (?:that|wetin|this)(?: one)?(?: i (?:ask|mean|talk))?",
    r"(?:not|isn't) (?:quite )?(?:it|right)(?=\W{0,9}$)",
    r"you no (?:understand|hear|get) ?(?:me)?",
    r"i don (?:talk|tell|yarn|explain)",
    r"(?:no|nope|wrong)\W{1,9}try again",
    *words_again.CAME_BACK,
    *words_correct.CORRECTIONS,
)
"""Denies, corrects or complains about the bot's answer, whatever the intent."""
PERSISTS = words_of(
    r"(?:already|just|have|i've|ive|i) (?:\w+ )?(?:tried|checked|looked|done that|did that|done it|"
    r"followed|clicked|been there|reset it|restarted)(?! (?:the|your|an?|some|this|that|"
    r"it) (?:\w+ )?"
    r"(?:\w+ )?(?:before|last|once|and (?:it was|really|loved|liked)))",
    r"(?:^\W{0,9}|(?:i|i've|ive|i'd|we|we've|already|just|and|but|have|yes|yeah|yep|ok|okay|"
    r"literally|also|done|have)\W{1,3})"
    r"(?:tried|did|done|checked|followed|clicked|read) (?:that|this|it|all that|"
    r"everything|both|those|them|already|the link|your|twice)",
    r"(?:still|again) (?:\w+ )?(?:not|no|nothing|the same|doesn't|doesnt|can't|cant|won't|"
    r"wont|isn't|isnt|hasn't|hasnt|haven't|havent|says|getting|get|"
    r"waiting|missing|stuck|broken|locked|declined|nothing)",
    r"(?:it|that|this|they|code|link|which|button|page|reset) (?:still |just |really |"
    r"also )?(?:doesn't|doesnt|didn't|didnt|does not|did not|isn't|isnt|won't|wont|can't|"
    r"not) (?:\w+ )?(?:work\w{0,3}|open\w{0,3}|load\w{0,3}|help|exist|there|arrive\w{0,1}|"
    r"come|let me|going)",
    r"(?:not|never|nothing) (?:\w+ )?(?:working|works|worked|arrived|there|came|happened|"
    r"happens|changed)",
    r"no (?:luck|joy|change|difference|dice)",
    r"same (?:thing|problem|issue|error|result|message)",
    r"i know (?:that|this|it|all that|what|how|but|where|the)",
    r"^\W{0,9}(?:yes|yeah|ok|okay|sure|right|fine|well)?\W{0,9}but",
    r"^\W{0,9}(?:no|nope|nah|wrong|incorrect|negative)\W{1,9}(?!thanks|thank|thx|ty|ta|worries|"
    r"problem|that'?s (?:all|it|fine|ok|great|everything|good|me)|i'?m (?:good|fine|ok|"
    r"sorted|done)|im (?:good|fine|ok)|need|rush|more|idea|one|body|nothing else|all good|"
    r"it'?s (?:fine|ok|all|good)|cheers|"
    r"further|other|questions?|sorry)\w+",
    *words_again.STILL_THERE,
    r"e no (?:dey )?(?:work|gree|open|enter)",
    r"(?:not|isn't|n't) (?:an )?option",
    r"(?:there is|there's|i see|shows|i get|i got|gave me|says) (?:no|nothing|an error|"
    r"error|invalid)",
)
"""Says that the need is still there; counts when the need is the same."""
BARE_NO = words_of(
    r"^\W{0,9}(?:no+|nope|nah|wrong|incorrect|no sorry|not really|didn't work|doesn't work|"
    r"not working|no it (?:didn't|doesn't|hasn't)|nope not (?:it|that))\W{0,9}$"
)
GRATEFUL = words_of(
    r"(?:thanks|thank you|thx|cheers|ta|perfect|great|brilliant|that (?:worked|helps|"
    r"helped|did it)|got it|awesome|lovely|merci|gracias|danke)"
)
SMALL_TALK = words_of(
    r"(?:tell|know|got) (?:me |us |any |you )?(?:a |an |some |any )?(?:\w+ )?(?:jokes?|"
    r"story|stories|poems?|riddles?|fun fact)",
    r"how(?:'?s| is| are|'re)? (?:you|u|ya|it going|life|things|your (?:day|weekend|"
    r"evening|morning)|the weather)(?: doing| today| going| feeling)?",
    r"what(?:'?s| is) (?:up|the weather|your (?:name|favou?rite|star sign)|"
    r"the meaning of life|the capital|the time|love|\d+ ?[+x*/-] ?\d+)",
    r"(?:sing|write|compose|draw|play|recite) (?:me |us )?(?:a|an|some|something)",
    r"(?:who|what) (?:won|invented|wrote|is the (?:president|king|queen|prime minister|"
    r"best (?:football|band|singer|film|movie)|tallest|biggest|fastest))",
    r"capital of",
    r"(?:weather|football|premier league|world cup|cricket|netflix|elections?|politics|"
    r"horoscope|lottery|bitcoin|crypto)",
    r"(?:do|are|can|have|would) you (?:\w+ )?(?:dream|sleep|love me|like me|married|"
    r"single|alive|feel|drink|eat|think|a boy|a girl|marry|dance|conscious|real|happy|"
    r"bored|religious|human|hungry)",
    r"^[\W_]{0,9}(?:lol|lmao|haha\w{0,20}|hehe\w{0,10}|rofl|hmm+|mm+|oops|ha|wow|omg|yay|cool|"
    r"nice|great|ok+|okay|kk?|yes|yep|yeah|yup|sure|right|i see|fine|alright|aha|ah|oh|"
    r"interesting|good to know|got it|understood|noted|makes sense|fair enough|no worries|"
    r"np|brb|one sec|one moment|just a (?:sec|second|minute|moment)|hold on|wait|"
    r"let me check|good (?:morning|afternoon|evening|night)|hi|hello|hey|bye|thanks|"
    r"thank you|cheers|ta|please)(?=[\W_]{0,9}$)",
    r"(?:ugh|argh|bloody|god i hate|hate) (?:\w+ )?(?:mondays?|mornings?|weather|rain|"
    r"traffic|work)",
    r"i(?:'m| am) (?:so |really |just )?(?:bored|tired|sleepy|hungry|hungover)(?! of)",
    r"my (?:cat|dog|kid|boss|wife|husband|neighbour|mum|son|daughter) (?:\w+ )?(?:is|just|"
    r"loves|hates|thinks|said|says|keeps|woke)",
    r"(?:translate|solve|calculate|explain quantum|code in|python script|homework|essay)",
    r"(?:nice|lovely|sunny|rainy|cold|hot) (?:day|weather|out|outside|today)",
    r"(?:happy (?:birthday|new year|christmas|easter|friday)|merry christmas|good luck|"
    r"have a (?:good|nice|great|lovely))",
    r"(?:he|she|they|driver|postie|postman|courier|\w{3,12})(?:'?s| is| was| are|'re| were) "
    r"(?:such )?(?:an? )?(?:absolute |real |total |proper |right )?(?:star|legend|gem|diamond|hero|"
    r"angel|sweetheart|treasure|saint|superstar)",
    r"random question",
    r"off topic",
)
BUT = words_of(r"but", r"however", r"though", r"still", r"not", r"isn't", r"didn't", r"doesn't")
CORRECTS = words_of(
    r"i (?:actually )?(?:meant|mean)",
    r"no,? i (?:want|need)",
    r"i was asking",
    r"(?:the )?(?:first|second|former|latter|other)(?: one)?",
    r"(?:neither|both|either)",
    r"not that one",
)
