"""Ways to ask for a person, in several Englishes and other tongues; and words that only look so.

Patterns are for `text.words_of` on folded text: lower case, no accents, a space is any gap, `~2` is
up to two words in between.
"""

from __future__ import annotations

from escalation.text import words_of

SOMEONE = (
    r"(?:some ?(?:one|body)|any ?(?:one|body)|sum(?:1|one|body)|some1|any1|smaddy|sombody|someon)"
)
ROLE = (
    r"(?:humans?|humen|hooman|humam|human being|pe(?:rs|sr)ons?|persen|pesin|pipo|agents?|agnet|"
    r"rep(?:s|resent[a-z]{2,8})?|reprasentative|operators?|advis[eo]rs?|manag(?:er|ers|ment)|manger|"
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
    rf"{TALK}(?:ing)? (?:to|tae|2|with|wit|wid) ~3 {ANYBODY}",
    rf"(?:wan|want|wanna|need|lemme|let me|leh me) ~2 {TALK} ~1 {ANYBODY}",
    rf"(?:can|could|may|let|lemme) (?:i|we|me|us|a) ~1 {TALK} (?:to|tae|with) "
    rf"(?!you\b|u\b|ya\b|the (?:ro)?bot|a (?:ro)?bot|a machine|about)\w+",
    rf"(?:speak|talk) ~3 (?:on|over) (?:the )?(?:phone|telephone)",
    rf"{LINK} (?:me|us|this|my \w+|it) ~3 (?:to|tae|through|thru|over to|on to|onto|with) ~2 {ANYBODY}",
    r"put (?:me|us) (?:straight )?(?:through|thru|onto|on to)",
    r"(?:transfer|connect|patch) (?:me|us)(?! to (?:the |your )?(?:wi ?fi|internet|app|site|website))",
    rf"(?:get|give|gie|bring|fetch|find|send|carry|show) (?:me|us) (?:an? |the |your |some |to )?"
    rf"(?:{REAL} )?{ANYBODY}(?! discount| price| rates?| numbers?| hours| code| (?:page|form|email))",
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
    rf"(?:need|want|wanna|like|prefer|would love) {SOMEONE} ~1 (?:to|who (?:can|knows|understands|is|"
    rf"will)|from (?:the|your)|in charge|real|human|competent|else to) ?(?:{RING}|help|talk|speak|"
    r"look|sort|fix|explain|answer|reply|respond|listen|deal|handle|team|staff|shop|company)?",
    r"(?:need|want|wanna|like|prefer) (?:the )?(?:customer service|customer support|live chat|"
    r"live agent|live support|support team|human (?:help|support|assistance|agent))",
    r"^\W*(?:get |call |i want )?(?:your|the) (?:manager|supervisor|boss)\W+(?:now|please|pls|immediately|"
    r"today|right now)?\W*$",
    rf"(?:speak|talk|want|need|get|see|call|bring|fetch|ask for|where is|where's|who is|who's|contact|"
    rf"reach|find|involve) ~2 (?:your|the|a) (?:\w+ )?(?:manager|supervisor|boss|superior|team lead|"
    r"line manager|duty manager|owner)(?! (?:account|role|job|position|bag))",
    rf"{SOMEONE} (?:real|human|alive|who is human|who is real|in charge|competent|with a brain|senior)",
    r"(?:with a pulse|flesh and blood|human (?:help|agent|operator|support|assistance|being|please|"
    r"intervention|rep|contact|now)|live (?:agent|person|human|representative|operator))",
    rf"{REAL} (?:person|human|agent|human being|people|someone|somebody) ~1 (?:please|pls|plz|now)",
    r"(?:escalate|escalated|escalating) (?:this|my|it|the|to|please|now|immediately)",
    r"(?:this|it|case|complaint|ticket|issue|matter) escalated",
    r"what (?:do|must) i (?:have to )?do to (?:speak|talk|get hold|reach)",
)
INDIRECT = words_of(
    rf"(?:can|could|will|would|can't|couldn't|may|please have|pls have|have|get|ask|make) "
    rf"(?:\w+ )?(?:{ANYBODY}|one of you(?:r \w+)?) ~2 (?:to )?(?:{RING}|speak|talk) ?(?:to|with)? "
    r"(?:me|us|back)",
    rf"(?:can|could|will|would|does|have|get|let|make|has) (?:an?|any|some|your|the) ~1 "
    rf"(?:human|person|pesin|agent|manager|representative|rep|supervisor|colleague|operator) ~1 "
    r"(?:to )?(?:please )?(?:look|check|read|answer|call|ring|phone|help|reply|respond|take|see|deal|"
    r"handle|sort|contact|step|join|get|assist|attend|talk|speak)",
    rf"{SOMEONE} (?:\w+ )?(?:should|needs? to|must|has to|better|had better) (?:\w+ )?(?:{RING}|"
    r"get back|reply|respond|talk|speak)",
    rf"(?:can|could|will|would) (?:\w+ )?{SOMEONE} (?:please )?(?:get back to|get in touch|reach out|"
    r"reply to me|respond to me|come on|take over|step in|real|human|actually (?:help|read|look|"
    r"answer))",
    rf"(?:get|have|ask) {SOMEONE} (?:to )?(?:help|{RING}|look|sort|reply|answer|deal|take over)",
    rf"(?:is|are) (?:there )?(?:{SOMEONE}|any (?:humans?|people|person|agents?|staff)) (?:there|here|"
    r"home|around|available|alive|real|human|online|on|listening|reading|working|at all|i can|who can|"
    r"that can)",
    rf"is there (?:an? |any |even )*(?:{REAL} )?(?:human|person|agent|manager|supervisor|people|{SOMEONE})"
    r" ~1 (?:there|here|available|i can|who|to (?:talk|speak|help)|around|on)",
    r"(?:hello|hi|hey|helloo?)\W{1,5}(?:is )?any ?(?:one|body)\W*$",
    r"^\W*any ?(?:one|body) (?:there|here|home|alive|real)",
    rf"(?:don't|dont|do not|didn't|never|refuse to|not going to|won't|no wan|no want|hate|stop|rather "
    rf"not|tired of|sick of|fed up (?:with|of)|done|instead of) ~1 (?:want )?(?:to )?(?:{TALK}|talking|"
    rf"speaking|chatting|dealing|type|typing|chatting|follow|interact)(?:ing)? ~3 {MACHINE}",
    rf"(?:don't|dont|do not|no) (?:want|need|wan) (?:an?|this|the|your|any|stupid)? ?(?:\w+ )?"
    r"(?:bots?|robots?|chat ?bots?|machine|ai|automated (?:\w+ )?(?:answers?|repl(?:y|ies)|responses?))",
    rf"(?:not|no more|rather than|instead of|enough of|enough with|done with|stop with|sick of|"
    rf"tired of|fed up (?:with|of)) (?:an? |the |this |your |these |talking to )*(?:\w+ )?(?:bots?|"
    r"robots?|chat ?bots?|machines|automated (?:answers?|repl(?:y|ies)|responses?|messages?))",
    rf"(?:please|pls|plz|kindly|can|could|would|will) (?:\w+ )?(?:\w+ )?{RING} (?:me|us)(?! (?:crazy|old|"
    r"mad|stupid|picky|an?|sir|madam|by)\b)",
    rf"{RING} (?:me|us) (?:back|please|pls|plz|asap|now|today|tomorrow|on|at|urgently|when (?:someone|you "
    r"can|an))",
    rf"(?:want|need|like|request\w*|arrange|schedule|book|get|have|expect\w*|demand|ask\w* for|give me) "
    r"~2 (?:call ?back|phone call|call from|bell)",
    r"give (?:me|us) a (?:call|ring|bell|buzz|shout on)",
    r"^\W*call ?back(?: please| pls| now| today| asap| requested| request)*\W*$",
    r"(?:take|get) (?:me|us) off (?:this|the) (?:bot|robot|chatbot|machine)",
    r"concerned (?:person|department|team)",
)
BARE = words_of(
    rf"(?:^|(?<=[.!?,\n])\s?)(?:(?:please|pls|just|give|an?|the|ok|no|hello|hi|hey|yo|abeg|i said|real|live|"
    rf"actual)[\s,.!]{{1,4}}){{0,3}}(?:human|agent|representative|operator|real person|real human|"
    r"live agent|live chat|live person|person|manager|supervisor|customer service|customer support|"
    r"customer care|advisor|adviser|human being|somebody real|someone real|humano|agente|mensch|"
    r"operatore|conseiller|atendente)(?:[\s,.!]{1,4}(?:please|pls|plz|now|asap|thanks|thank you|today|"
    r"immediately|abeg|lah|ffs|por favor|bitte|per favore)){0,2}\s?(?=[.!\n,;]|$)",
    r"(?:agent|representative|operator|manager|customer service)\s?\?{1,5}$",
)
PIDGIN = words_of(
    r"make ~2 (?:person|somebody|human|pesin|pipo|oga|manager) ~2 (?:answer|"
    r"call|talk|help|attend|come|reply|hear)",
    r"wan ~1 (?:talk|yarn|speak|follow|see) ~3 (?:person|pesin|human|somebody|pipo|manager|oga)",
    r"(?:give|gimme|carry|find|bring|show|connect) ?(?:me)? (?:one )?(?:person|pesin|human|oga|real pesin)",
    r"na (?:person|pesin|human being|human) i (?:wan|want|need|dey find)",
    r"no (?:wan|want|fit) (?:talk|yarn|follow|dey talk) ~3 (?:machine|bot|robot|computer)",
    r"(?:una|you) no get (?:person|pesin|human|customer care)",
    r"(?:pesin|person|human being|somebody) dey (?:there|here|ground|una side|inside)",
    r"(?:got|have) (?:real )?(?:person|human) (?:anot|or not|mah)",
    r"(?:want|wan) (?:talk|speak) (?:to )?(?:human|person)",
)
SPANISH = words_of(
    r"(?:hablar|hable|hablo|contactar|comunicar(?:me)?|chatear|conversar|atienda|trate) (?:con|a|directamente "
    r"con) ~3 (?:persona|personas|humano|humana|alguien|agente|operador|operadora|asesora?|"
    r"representante|encargad[oa]|responsable|gerente|supervisora?|jef[ea]|ejecutiv[oa]|servicio)",
    r"(?:quiero|necesito|quisiera|ponme|pongame|paseme|pasame|comuniqueme|comunicame|transfierame|"
    r"transfiereme|me pasas?|me pone|puede pasar|prefiero) ~4 (?:persona|humano|agente|operador|operadora|"
    r"asesora?|representante|encargad[oa]|gerente|supervisora?)",
    r"persona (?:real|de verdad|humana|de carne)",
    r"(?:hay|esta) alguien (?:ahi|aqui|real|que|humano|disponible)",
    r"no quiero ~4 (?:robots?|maquinas?|bots?)",
    r"(?:que|alguien) (?:me )?(?:llame|llamen|puede llamar|atienda)(?:me)?",
    r"(?:llamenme|llameme|llamame|pueden llamarme|me pueden llamar|me puede llamar)",
    r"atencion humana",
)
FRENCH = words_of(
    r"(?:parler|discuter|echanger|contacter|joindre|communiquer|avoir) ~4 (?:quelqu'?un|personne|"
    r"humain|conseill(?:er|ere)|agent|operateur|responsable|service client|etre humain|vrai|vraie|"
    r"superieur|manager)",
    r"(?:passez|passe|mettez|transferez|connectez|passer|transferer) ?(?:moi|me) ~4 (?:quelqu'?un|humain|"
    r"conseiller|agent|personne|responsable|service)",
    r"(?:je veux|je voudrais|j'aimerais|il me faut|besoin d'un|besoin d'une|besoin de) ~3 (?:humain|"
    r"conseill(?:er|ere)|vraie personne|agent|responsable)",
    r"vraie? (?:personne|humain|etre humain)",
    r"(?:y a ?t ?il|il y a|ya) ~1 quelqu'?un",
    r"pas ~4 (?:avec|a) (?:un |une )?(?:robot|bot|machine)",
    r"(?:rappelez|appelez|rappelle) moi",
    r"(?:me|m') ?(?:rappeler|appeler)",
)
GERMAN = words_of(
    r"(?:mit|zu) ~4 (?:menschen|mensch|person|mitarbeitern?|mitarbeiterin|kundenberater|berater|"
    r"jemandem|jemand|vorgesetzten|chef|kundenservice|kundendienst|ansprechpartner|agenten) ~3 "
    r"(?:sprechen|reden|verbinden|verbunden|chatten|telefonieren|schreiben)",
    r"(?:sprechen|reden|spreche|rede|verbinden) ~2 mit ~3 (?:menschen|mensch|person|mitarbeiter|"
    r"berater|jemandem|jemand|chef|vorgesetzten)",
    r"(?:verbinden|verbinde|verbindet) (?:sie )?mich",
    r"echte[nrsm]? (?:mensch|menschen|person|mitarbeiter)",
    r"(?:will|mochte|moechte|brauche|wunsche|hatte gern) ~3 (?:menschen|mitarbeiter|berater|"
    r"ansprechpartner)",
    r"ist (?:da|hier|dort) (?:uberhaupt |denn )?(?:jemand|wer)",
    r"(?:rufen|ruft|ruf) ~2 mich ~2 (?:an|zuruck)",
    r"(?:keinen|nicht mit) ~2 (?:bot|chatbot|roboter|automaten|maschine|computer)",
)
ITALIAN = words_of(
    r"(?:parlare|parlo|contattare|chattare|comunicare) (?:con|direttamente con) ~3 (?:persona|operatore|"
    r"operatrice|umano|qualcuno|responsabile|essere|consulente|addetto|assistenza|servizio)",
    r"(?:passatemi|mi passi|mi passa|mi passate|mettetemi|vorrei|voglio|serve|ho bisogno di) ~4 "
    r"(?:operatore|operatrice|persona vera|umano|responsabile)",
    r"persona (?:vera|reale|umana|in carne)",
    r"c'e (?:qualcuno|un operatore|una persona)",
    r"non voglio ~4 (?:robot|macchina|bot)",
    r"(?:richiamatemi|chiamatemi|mi chiami|mi chiamate|mi richiamate|mi richiami)",
)
PORTUGUESE = words_of(
    r"(?:falar|falo|conversar|contato|contactar|contatar) (?:com|diretamente com) ~3 (?:pessoa|humano|"
    r"humana|alguem|atendente|agente|operadora?|gerente|responsavel|funcionario|supervisora?|suporte)",
    r"(?:quero|preciso|gostaria|queria|passa|passe|transfere|transfira|me passa|me passe|me transfere|"
    r"me coloca) ~5 (?:humano|atendente|operadora?|pessoa real|gerente|atendimento humano)",
    r"pessoa (?:real|de verdade|humana|de carne)",
    r"(?:tem|ha|existe) alguem (?:ai|aqui|real|que)",
    r"nao quero ~4 (?:robo|maquina|bot)",
    r"(?:me (?:liga|ligue|liguem)|(?:podem|pode) me ligar|liguem? me|atendimento humano)",
)
DUTCH = words_of(
    r"(?:met|een) ~2 (?:mens|medewerker|iemand|persoon) ~2 (?:spreken|praten|chatten)",
    r"echt (?:mens|persoon)",
)
ASKS = (
    ("asks for a person", (DIRECT, BARE)),
    ("asks for a person", (INDIRECT,)),
    ("asks for a person", (PIDGIN, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, DUTCH)),
)

EXCUSES = words_of(
    rf"(?:am|was) i (?:now |actually |really |just |currently )?(?:talking|speaking|chatting|typing|"
    rf"talkin|speakin) (?:to|with|wit) ~2 {ANYBODY}",
    rf"(?:is|are|r|was|be) (?:this|it|you|u|ya|that|there|i) (?:an? |the |even |actually |really )*"
    rf"(?:{REAL} )?(?:human being|human|person|agent|guy|someone)(?! (?:there|here|i can|available|who|"
    r"around|to (?:talk|speak|help)))",
    r"you(?:'re| are) (?:an? )?(?:real )?(?:human|person|agent)",
    r"human resources",
    r"(?:agent|staff|employee|trade|rep|management) (?:discount|price|prices|pricing|rate|code|account)",
    r"(?:do not|don't|dont|didn't|no) (?:even )?(?:need|want|have|wish)(?: for| to| you to)* (?:\w+ )?(?:speak|"
    r"talk|chat|transfer me|connect me|put me through)? ?(?:to|with|through to)? ?(?:an?|any|your|the)? "
    rf"?(?:{REAL} )?{ANYBODY}",
    rf"no need (?:for|to \w+ to|to) ~3 {ANYBODY}",
    rf"(?:without|before|instead of|avoid|avoiding|rather than|hate|hating) ~1 (?:talking|speaking|"
    rf"having to \w+|contacting|bothering|needing) ~3 {ANYBODY}",
    r"(?:don't|dont|do not|no need to|please don't) (?:\w+ )?(?:connect|transfer|call|ring|phone|put) (?:me|us)",
    rf"(?:didn't|did not|never|don't|won't|doesn't|not|nobody|no one|driver|courier|carrier|postman|dpd|"
    rf"royal mail|delivery (?:man|guy|driver|person)|dhl|they|he|she|will you|do you) ~3 {RING}(?:s|ed)? "
    r"(?:me|us)",
    r"(?:can|could|may) call me (?!back|please|pls|plz|asap|right|when|if|to|about|instead|tomorrow|later|"
    r"urgently|again|this|in|and|or|so|because|i|now|today|on|at)\w+",
    rf"(?:password|file|window|task|download|package|account|store|shop|office|facilities|my|project) "
    r"manager",
    r"(?:i'm|i am|as|im) (?:an?|the|your) ~2 (?:manager|agent|operator|supervisor|barista|owner)",
    r"(?:cleaning|descaling|estate|travel|real estate|letting|shipping|customs|anti ?caking|raising) agents?",
    r"(?:spoke|spoken|talked|chatted|speaking yesterday|dealt) (?:to|with) ~3 (?:someone|agent|person|"
    r"manager|rep|representative|colleague|you)",
    r"(?:per|for (?:one|two|three|four|\d+)|one|two|another) (?:person|people)",
    r"(?:like|love|loved|thank|thanks to|kudos to|shout out to) (?:the|your) (?:staff|team|manager|people)",
    r"give (?:your|the) (?:staff|team|manager|agent) (?:my|a|an)",
)
PHRASES = DIRECT, INDIRECT, BARE, PIDGIN, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, DUTCH

SOFT = words_of(
    rf"(?:can|could|will|would) {SOMEONE} (?:please )?(?:help|assist|look|check|explain|sort)",
    r"(?:do you have|is there) a (?:phone )?number",
    r"who (?:can|do|should|could) i (?:talk|speak|complain|turn)",
    r"(?:need|want) (?:more|proper|real|actual|better) help",
)
"""Not yet a request for a person; worth an offer."""

DONE = words_of(
    r"never ?mind",
    r"nvm",
    r"nm",
    r"no longer needed?",
    r"(?:don't|dont|do not) need (?:you|help|it|an?|"
    r"any(?:one|body|more|thing)|a person|an agent|to) ?(?:\w+ )?(?:any ?more|now)?",
    r"no need(?: any ?more| now| for (?:a|an|the) (?:person|agent|human))?",
    r"forget (?:it|about it|that|this|i asked)",
    r"(?:it'?s|its|that'?s|thats|all|everything'?s?|i'?m|im|we'?re|is|am) (?:all )?(?:ok|okay|fine|good|"
    r"sorted|solved|resolved|fixed|done|set|working|great|gucci)(?: out)? ?(?:now|thanks|already|again|"
    r"thank you|ta|cheers)?",
    r"(?:i |i've |we |ive |just |i just )(?:found|got|sorted|solved|figured|fixed|worked|managed|located)(?: "
    r"(?:it|that|out|them|the \w+))+",
    r"(?:found|got|sorted|solved|fixed|figured|worked) (?:it|that)(?: out)?",
    r"^\W*(?:ok |oh |ah |all |now )*sorted(?: now| it| thanks| cheers| ta)*\W*$",
    r"problem (?:is )?(?:solved|sorted|fixed|gone)",
    r"all (?:good|sorted|done|fine|set)",
    r"changed my mind",
    r"(?:i can|i'll|ill|i will) (?:wait|sort it(?: out)?|manage|do it) ?(?:myself|on my own)?",
    r"(?:it|parcel|package|order|refund|code|email|delivery) (?:has |have )?(?:just |now |finally )?(?:arrived|"
    r"came|come|turned up|showed up|works|worked|landed|been delivered|gone through)(?: now)?",
    r"i no need (?:am|una) again",
    r"e don (?:work|come|do|better)",
    r"(?:ya|ya esta) (?:resuelto|solucionado)",
    r"(?:cancel|stop) (?:the |my |this |that )?(?:request|agent|call ?back|ticket|transfer)",
)
NOT_DONE = words_of(
    r"not (?:\w+ )?(?:ok|okay|fine|good|sorted|solved|resolved|fixed|working|done)",
    r"(?:isn't|isnt|wasn't|aren't|hasn't|haven't|didn't|never|still|doesn't|nothing) ~3 (?:ok|fine|sorted|"
    r"solved|resolved|fixed|working|arrived|come|came|work|works|worked|sort|good)",
    r"(?:if|when|once|until|unless|before|after|how|whether|make sure) ~4 (?:ok|fine|sorted|solved|fixed|"
    r"arrived|works?|done|resolved)",
    r"(?:but|although|however|except|still|never again|lawyer|solicitor|sue|elsewhere|broken|damaged|wrong|"
    r"empty|ruined|late|missing|anyway|useless|waste)",
    r"(?:your|the|these|his|her|their) (?:\w+ )?excuses",
)
