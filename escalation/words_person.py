"""Ways to ask for a person, in several Englishes; and words that only look so.

Patterns are for `text.words_of` on folded text: lower case, no accents, a space is any gap, `~2` is
up to two words in between.
"""

from __future__ import annotations

from escalation import words_abroad, words_latin, words_scripts
from escalation.text import words_of

SOMEONE = (
    r"(?:some ?(?:one|body)|any ?(?:one|body)|sum(?:1|one|body)|some1|any1|smaddy|sombody|someon)"
)
ROLE = (
    r"(?:humans?|humen|hooman|humam|human being|pe(?:rs|sr)ons?|persen|pesin|pipo|agents?|agnet|"
    r"rep(?:s|resent[a-z]{2,8})?|reprasentative|operators?|advis[eo]rs?|manag(?:er|ers|"
    r"ment)|manger|"
    r"supervisors?|boss|superiors?|seniors?|executives?|colleagues?|team ?(?:lead|leader|member)s?|"
    r"members? of (?:staff|(?:the|your) (?:staff|team))|staff|employees?|associates?|csr|"
    r"(?:customer|costumer|client) (?:service|services|support|care|relations)|support(?: team)?|"
    r"live (?:chat|support|help)|head office|oga|(?:the|your) (?:team|owners?|founders?))"
)
REAL = r"(?:real|actual|live|living|human|proper|normal|breathing|physical|rl|genuine|competent)"
ANYBODY = rf"(?:{SOMEONE}|{ROLE}|{REAL} (?:one|person|people|human|someone|somebody))"
TALK = r"(?:speak|talk|chat|spk|tlk|converse|discuss|yarn|deal|communicate|liaise|discuss this)"
MACHINE = (
    r"(?:bots?|robots?|machines?|computers?|ai|chat ?bots?|programs?|programmes?|algorithms?|"
    r"automat(?:ed|ic)|recording|script|software|an? app|assistant|clanker)"
)
LINK = (
    r"(?:put|transfer|connect|pass|patch|forward|switch|redirect|direct|route|refer|hand|send|"
    r"escalate|move|gie|give|get|bring|fetch|find|assign|link)"
)
RING = r"(?:call|ring|phone|telephone|contact|cal|buzz)"
DIRECT = words_of(
    r"(?:with|by|from|to) one of (?:the|your) (?:lot|people|team|staff|guys|colleagues|"
    r"humans|agents)",
    r"put (?:me|us) (?:onto|on to)",
    rf"(?:contact(?:ing)?|reach|get hold of|get through to|get a hold of|"
    rf"hear from) (?:to )?(?:an? |the |your )?(?:{REAL} )?(?:{SOMEONE}|human|person|agent|"
    rf"operator|representative|manager|advis[eo]r)",
    rf"{SOMEONE} else (?:\w+ )?(?:on the line|take a look|look|help|deal|on here)",
    rf"(?:word|chat|conversation|chinwag|discuss \w+|discuss my \w+|explain \w+|"
    rf"explain my \w+) (?:with|w|to) ~2 {ANYBODY}",
    rf"(?:talk|speak|chat) w ~1 {ANYBODY}",
    r"live chat ~1 (?:person|agent|human|someone)",
    r"(?:hand|pass|put|transfer) me (?:over|through|thru)",
    r"(?:not|no) an? (?:computer|machine|robot|bot|automated \w+)(?! grinder)",
    r"not automat(?:ic|ed)",
    r"(?:get|ask|have|bring|reach|fetch|speak to|talk to|contact|want) one of (?:the |"
    r"your |you )(?:\w+ )?(?:team|staff|baristas?|people|colleagues|guys|technicians|lot|"
    r"humans|managers|folks?|crew|workers?|agents?|humans?)",
    r"(?:want|need|like|prefer|get) ~1 human (?:service|being|help|contact|support)",
    rf"{TALK}(?:ing)? (?:to|tae|2|with|wit|wid) ~3 {ANYBODY}",
    rf"(?:wan|want|wanna|need|lemme|let me|leh me) ~2 {TALK} ~1 {ANYBODY}",
    rf"(?:can|could|may|let|lemme) (?:i|we|me|us|a) ~1 {TALK} (?:to|tae|with) "
    rf"(?!you\b|u\b|ya\b|the (?:ro)?bot|a (?:ro)?bot|a machine|about)\w+",
    r"(?:speak|talk) ~3 (?:on|over) (?:the )?(?:phone|telephone)",
    rf"{LINK} (?:me|us|this|my \w+|it) ~3 (?:to|tae|through|thru|over to|on to|onto|"
    rf"with) ~2 {ANYBODY}",
    r"put (?:me|us) (?:straight )?(?:through|thru)",
    r"(?:transfer|connect|patch) (?:me|us)(?! to (?:the |your )?(?:wi ?fi|internet|app|"
    r"site|website))",
    rf"(?:get|give|gie|bring|fetch|find|send|carry|show) (?:me|us) (?:an? |the |your |some |to )?"
    rf"(?:{REAL} )?{ANYBODY}(?! else'?s|'s| discount| price| rates?| numbers?| hours| code|"
    rf" (?:page|"
    rf"form|email))",
    rf"(?:need|want|wan|wants|wanna|like|love|demand|require|request|prefer|rather have|asking for|"
    rf"ask for|looking for|insist on|have) (?:an?|another|any|the|your|some) (?:{REAL} )?"
    r"(?:human|agent|representative|rep|operator|manager|supervisor|advis[eo]r|executive)"
    r"(?! (?:discount|price|rate|account|code|resources|bag|review))",
    rf"(?:need|want|wanna|like|demand|require|request|prefer|rather have) (?:an?|another) "
    rf"(?:{REAL} )?person(?: (?:please|pls|now|not|instead|who|on|to (?:talk|speak|help|call|look|"
    r"answer|sort|reply))|[.!?,;]|$)",
    rf"(?:need|want|wan|wanna|like|demand|require|request|prefer|are there|is there|got|get|have|"
    rf"any|only|for|to|with|by|just|not) (?:to )?(?:an? )?{REAL} (?:person|people|humans?|being|"
    r"agent|someone|somebody|rep|representative|advis[eo]r|guy)",
    rf"(?:need|want|wanna|like|prefer|would love) {SOMEONE} ~1 (?:to|who (?:can|knows|"
    rf"understands|is|"
    rf"will)|from (?:the|your)|in charge|real|human|competent|else to) (?:{RING}|help|talk|speak|"
    r"look|sort|fix|explain|answer|reply|respond|listen|deal|handle|team|staff|shop|company)?",
    r"(?:need|want|wanna|like|prefer) (?:the )?(?:customer service|customer support|live chat|"
    r"live agent|live support|support team|human (?:help|support|assistance|agent))",
    r"^\W{0,9}(?:get |call |i want )?(?:your|the) (?:manager|supervisor|boss)\W{0,9}(?:now|please|"
    r"pls|immediately|"
    r"today|right now)?\W{0,9}$",
    r"(?:speak|talk|want|need|get|see|call|bring|fetch|ask for|where is|where's|contact|"
    r"reach|find|involve) ~2 (?:your|the|a) (?:\w+ )?(?:manager|supervisor|boss|superior|"
    r"team lead|"
    r"line manager|duty manager|owner)(?! (?:account|role|job|position|bag))",
    rf"{SOMEONE} (?:real|human|alive|who is human|who is real|in charge|competent|"
    rf"with a brain|senior)",
    r"(?:with a pulse|flesh and blood|human (?:help|agent|operator|support|assistance|being|please|"
    r"intervention|rep|contact|now)|live (?:agent|person|human|representative|operator))",
    rf"{REAL} (?:person|human|agent|human being|people|someone|somebody) ~1 (?:please|pls|plz|now)",
    r"(?:escalate|escalated|escalating) (?:this|my|it|the|to|please|now|immediately)",
    r"(?:this|it|case|complaint|ticket|issue|matter) escalated",
    r"what (?:do|must) i (?:have to )?do to (?:speak|talk|get hold|reach)",
)
INDIRECT = words_of(
    rf"(?:{SOMEONE} (?:on|in|at|from|within|of)|any (?:one )?of) (?:your|the|ur) (?:\w+ )?(?:team|"
    rf"staff|side|end|crew|"
    rf"office|shop|store|company|support|lot) ~1 (?:i|we|to|who|that|i'd) ~2 (?:{TALK}|ask|help|"
    rf"{RING}|message|meet)",
    rf"(?:can|could|may|let|to|wanna|want to|like to) (?:i |we |me )?(?:\w+ )?{TALK} (?:to|with|w) "
    rf"{SOMEONE} (?:on|in|at|from) (?:your|the|ur)",
    r"(?:no ?body|no one|any ?one|any ?body|some ?one|some ?body|human|person) i (?:can|"
    r"could|may) (?:\w+ )?(?:talk|speak|chat|have a word)",
    rf"(?:can|could|would|will) (?:he|she|they) (?:\w+ )?{RING} me",
    rf"(?:employee|person|agent|colleague|technician|human) (?:he |she |to |can |could |"
    rf"please )?{RING} (?:me|us)",
    rf"(?:have|get|ask|want|need) {SOMEONE} ~3 (?:email|e mail|write|message|reply to|"
    rf"get back to) (?:to )?me",
    r"(?:^|(?<=[.!?,]\s))(?:just |please |pls |so )?(?:ring|call|phone) me(?=\W{0,3}(?:$|[.!]))",
    rf"(?:can|could|will|would|can't|couldn't|may|please have|pls have|have|get|ask|make) "
    rf"(?:\w+ )?(?:{ANYBODY}|one of you(?:r \w+)?) ~2 (?:to )?(?:{RING}|speak|talk) ?(?:to|with)? "
    r"(?:me|us|back)",
    r"(?:can|could|will|would|does|have|get|let|make|has) (?:an?|any|some|your|the) ~1 "
    r"(?:human|person|pesin|agent|manager|representative|rep|supervisor|colleague|operator) ~1 "
    r"(?:to )?(?:please )?(?:look|check|read|answer|call|ring|phone|help|reply|respond|"
    r"take|see|deal|"
    r"handle|sort|contact|step|join|get|assist|attend|talk|speak)",
    rf"{SOMEONE} (?:\w+ )?(?:should|needs? to|must|has to|better|had better) (?:\w+ )?(?:{RING}|"
    r"get back|reply|respond|talk|speak)",
    rf"(?:can|could|will|would) (?:\w+ )?{SOMEONE} (?:please )?(?:get back to|get in touch|"
    rf"reach out|"
    r"reply to me|respond to me|come on|take over|step in|real|human|actually (?:help|read|look|"
    r"answer))",
    rf"(?:get|have|ask) {SOMEONE} (?:to )?(?:help|{RING}|look|sort|reply|answer|deal|take over)",
    rf"(?:is|are) (?:there )?(?:{SOMEONE}|any (?:humans?|people|person|agents?|"
    rf"staff)) (?:there|here|"
    r"home|around|available|alive|real|human|online|on|listening|reading|working|at all|"
    r"i can|who can|"
    r"that can)",
    rf"is there (?:an? |any |even )*(?:{REAL} )?(?:human|person|agent|manager|supervisor|"
    rf"people|{SOMEONE})"
    r" ~1 (?:there|here|available|i can|i could|who|to (?:talk|speak|help)|around|on)",
    r"(?:hello|hi|hey|helloo?)\W{1,5}(?:is )?any ?(?:one|body)\W{0,9}$",
    r"^\W{0,9}any ?(?:one|body) (?:there|here|home|alive|real)",
    rf"(?:don't|dont|do not|didn't|never|refuse to|not going to|won't|no wan|no want|hate|"
    rf"stop|rather "
    rf"not|tired of|sick of|fed up (?:with|of)|done|"
    rf"instead of) ~1 (?:want )?(?:to )?(?:{TALK}|talking|"
    rf"speaking|chatting|dealing|type|typing|chatting|follow|interact)(?:ing)? ~3 {MACHINE}",
    r"(?:don't|dont|do not|no) (?:want|need|wan) (?:an?|this|the|your|any|stupid)? ?(?:\w+ )?"
    r"(?:bots?|robots?|chat ?bots?|machine|ai|automated (?:\w+ )?(?:answers?|repl(?:y|"
    r"ies)|responses?))",
    r"(?:not|no more|rather than|instead of|enough of|enough with|done with|stop with|sick of|"
    r"tired of|fed up (?:with|of)) (?:an? |the |this |your |these |talking to )*(?:\w+ )?(?:bots?|"
    r"robots?|chat ?bots?|machines|automated (?:answers?|repl(?:y|ies)|responses?|messages?))",
    rf"(?:please|pls|plz|kindly|can|could|would|will) (?:\w+ )?(?:\w+ )?{RING} (?:me|"
    rf"us)(?! (?:crazy|old|"
    r"mad|stupid|picky|an?|sir|madam|by)\b)",
    rf"{RING} (?:me|us) (?:back|please|pls|plz|asap|now|today|tomorrow|on|at|urgently|"
    rf"when (?:someone|you "
    r"can|an))",
    r"(?:want|need|like|request\w*|arrange|schedule|book|get|have|expect\w*|demand|"
    r"ask\w* for|give me) "
    r"~2 (?:call ?back|phone call|call from)",
    r"give (?:me|us) a (?:call|ring|bell|buzz|shout on)",
    r"^\W{0,9}call ?back(?: please| pls| now| today| asap| requested| request)*\W{0,9}$",
    r"(?:take|get) (?:me|us) off (?:this|the) (?:bot|robot|chatbot|machine)",
    r"concerned (?:person|department|team)",
)
BARE = words_of(
    r"^\W{0,3}(?:0|transfer|escalate|speak to human|talk to human|agent please)\W{0,3}$",
    r"(?:^|(?<=[.!?,\n])\s?)(?:(?:please|pls|just|give|an?|the|ok|no|hello|hi|hey|yo|abeg|"
    r"i said|real|live|"
    r"actual)[\s,.!]{1,4}){0,3}(?:human|agent|representative|operator|real person|real human|"
    r"live agent|live chat|live person|person|manager|supervisor|customer service|customer support|"
    r"customer care|advisor|adviser|human being|somebody real|someone real|humano|agente|mensch|"
    r"operatore|conseiller|atendente)(?:[\s,.!]{1,4}(?:please|pls|plz|now|asap|thanks|"
    r"thank you|today|"
    r"immediately|abeg|lah|ffs|por favor|bitte|per favore)){0,2}\s?(?=[.!\n,;]|$)",
    r"(?:agent|representative|operator|manager|customer service)\s?\?{1,5}$",
)
EXCUSES = words_of(
    r"contact (?:person|details)",
    r"(?:is this|are you|am i|is it|r u|are u) ~7 or (?:an? )?(?:real |actual )?(?:person|"
    r"human|human being|agent|someone)(?: please)?",
    r"call me "
    r"\w+(?<!back)(?<!please)(?<!now)(?<!pls)(?<!asap)(?<!plz)(?<!today)(?<!tomorrow)(?<!again)(?<!later)(?<!urgently)(?<!immediately)(?<!instead)(?<!first)(?<!directly)(?<!thanks)(?=\W{0,9}$)",
    r"call me something",
    r"(?:you|u|ur|you're|prove|i'm|i am|im) (?:\w+ )?not an? (?:ro)?bot",
    r"(?:repl\w{1,4}|respond\w{0,3}|sound\w{0,3}|talk\w{0,3}|speak\w{0,3}|act\w{0,3}|seem\w{0,2}|"
    r"feel\w{0,3}|writ\w{1,4}|typ\w{1,3}|chat\w{0,4}|look\w{0,3}|behav\w{1,4}|treat\w{0,3}|almost|"
    r"exactly|much|more) (?:\w+ )?like an? (?:real |actual )?(?:human|person)",
    r"(?:want|need)(?:ed)? (?:someone|somebody|you) to know",
    rf"(?:am|was) i (?:now |actually |really |just |currently )?(?:talking|speaking|"
    rf"chatting|typing|"
    rf"talkin|speakin) (?:to|with|wit) ~2 {ANYBODY}",
    rf"(?:is|are|r|was|be) (?:this|it|you|u|ya|that|there|i) (?:an? |the |even |actually |really )*"
    rf"(?:{REAL} )?(?:human being|human|person|agent|guy|someone)(?! (?:there|here|i can|"
    rf"i could|available|who|(?:on|at|in|from) (?:your|the)|"
    r"around|to (?:talk|speak|help)))",
    r"you(?:'re| are) (?:an? )?(?:real )?(?:human|person|agent)",
    r"human resources",
    r"(?:agent|staff|employee|trade|rep|management) (?:discount|price|prices|pricing|rate|"
    r"code|account)",
    r"(?:do not|don't|dont|didn't|no) (?:even )?(?:need|want|have|wish)(?: for| to|"
    r" you to)* (?:\w+ )?(?:speak|"
    r"talk|chat|transfer me|connect me|put me through)? ?(?:to|with|through to)? ?(?:an?|"
    r"any|your|the)? "
    rf"?(?:{REAL} )?{ANYBODY}",
    rf"no need (?:for|to \w+ to|to) ~3 {ANYBODY}",
    rf"(?:without|before|instead of|avoid|avoiding|rather than|hate|hating) ~1 (?:talking|speaking|"
    rf"having to \w+|contacting|bothering|needing) ~3 {ANYBODY}",
    r"(?:don't|dont|do not|no need to|please don't) (?:\w+ )?(?:connect|transfer|call|"
    r"ring|phone|put) (?:me|us)",
    rf"(?:didn't|did not|never|don't|won't|doesn't|not|nobody|no one|driver|courier|"
    rf"carrier|postman|dpd|"
    rf"royal mail|delivery (?:man|guy|driver|person)|dhl|"
    rf"(?<!can\s)(?<!could\s)(?<!would\s)(?:they|he|she)|will you|do you) ~3 {RING}(?:s|"
    rf"ed)? "
    r"(?:me|us)",
    r"(?:can|could|may) call me (?!back|please|pls|plz|asap|right|when|if|to|about|"
    r"instead|tomorrow|later|"
    r"urgently|again|this|in|and|or|so|because|i|now|today|on|at)\w+",
    r"(?:password|file|window|task|download|package|account|store|shop|office|facilities|"
    r"my|project) "
    r"manager",
    r"(?:i'm|i am|as|im) (?:an?|the|your) ~2 (?:manager|agent|operator|supervisor|barista|owner)",
    r"(?:cleaning|descaling|estate|travel|real estate|letting|shipping|customs|"
    r"anti ?caking|raising) agents?",
    r"(?:spoke|spoken|talked|chatted|speaking yesterday|dealt) (?:to|with) ~3 (?:someone|"
    r"agent|person|"
    r"manager|rep|representative|colleague|you)",
    r"(?:per|for (?:one|two|three|four|\d+)|one|two|another) (?:person|people)",
    r"(?:like|love|loved|thank|thanks to|kudos to|shout out to) (?:the|your) (?:staff|"
    r"team|manager|people)",
    r"give (?:your|the) (?:staff|team|manager|agent) (?:my|a|an)",
)
PHRASES = (
    DIRECT,
    INDIRECT,
    BARE,
    *words_abroad.PHRASES,
    *words_latin.PHRASES,
    *words_scripts.PHRASES,
)
SOFT = words_of(
    rf"(?:can|could|will|would) {SOMEONE} (?:please )?(?:help|assist|look|check|explain|sort)",
    r"(?:do you have|is there) a (?:phone )?number",
    r"who (?:can|do|should|could) i (?:talk|speak|complain|turn)",
    r"(?:need|want) (?:more|proper|real|actual|better) help",
)
"""Not yet a request for a person; worth an offer."""
