"""Words of danger, law, fraud and self-harm that are decisive by themselves; and harmless twins.

Patterns are for `text.words_of` on folded text; pairs of lists must stand near each other.
"""

from __future__ import annotations

from escalation.text import words_of

SOMEBODY = (
    r"(?:i|i'm|im|me|my \w+|he|she|his|her|we|us|our \w+|son|daughter|kid|child|baby|toddler|wife|"
    r"husband|partner|mum|mom|dad|guest|customer|colleague|friend|girlfriend|boyfriend|mother|father)"
)
BODY = (
    r"(?:hands?|fingers?|thumb|arms?|face|legs?|feet|foot|mouth|lips?|skin|wrist|thighs?|stomach|chest|"
    r"neck|eyes?|knee|knuckles?|palm|gums?|toes?)"
)
DEVICE = (
    r"(?:machine|grinder|kettle|plug|socket|cable|cord|charger|battery|boiler|espresso maker|moka(?: pot)?|"
    r"appliance|heater|frother|base|motor|switch|scales?|fuse|adapter|percolator|roaster|warmer|toaster|"
    r"coffee maker|urn|burner|hob|unit|device|wire|wires|wiring)"
)
DRINK = (
    r"(?:coffee|beans|drink|drinking|drank|drunk|brew|espresso|latte|cappuccino|milk|cake|muffin|"
    r"cup|beverage|decaf|cold brew|granola|food|sandwich|pastry|croissant|chocolate|syrup|bag|tasting|"
    r"sip|eating|ate|eaten|yours?|product)"
)
INJURY = words_of(
    r"allerg(?:ic|y) (?:reaction|attack|shock)s?",
    r"anaphyla\w{1,8}",
    r"epi ?pen",
    r"(?:had|having|has|have|got|getting|suffered|suffering|bad|severe|nasty|serious|skin|into) (?:an? )?(?:"
    r"\w+ )?reaction (?:to|from|after|with|since|on)",
    r"throat ~4 (?:swell\w{0,4}|swollen|closing|closed|clos\w+ up|tight\w{0,5}|itch\w{0,4}|burning|"
    r"burns|constrict\w{0,4})",
    r"(?:swelling|swollen|swelled|puffy) ~3 (?:throat|face|lips?|tongue|eyes?)",
    r"(?:face|lips?|tongue|eyes?|mouth) ~3 (?:swelling|swollen|swelled|swells|swell|numb|blister\w{0,5}|"
    r"puffed up|puffing up|gone numb|blew up)",
    r"(?:can't|cant|cannot|can not|couldn't|hard to|struggl\w{2,4} to|trouble|difficulty|unable to|barely) "
    r"(?:breathe|breathing|swallow|swallowing)",
    r"(?:hives|come out in a rash|came out in (?:a rash|spots|hives)|broke out in|rash (?:all over|on my))",
    rf"(?:burn(?:ed|t|s)?|burning|scald(?:ed|s)?|scalding|cut|cuts|sliced|slashed|gashed|lacerated|"
    rf"crushed|trapped) (?:(?:and|by) \w+ )?(?:open )?(?:my|his|her|our|their|the kid's|my \w+'?s) ~1 {BODY}",
    rf"(?:my|his|her|their|our) ~2 {BODY} ~3 (?:burn(?:ed|t)|burning|scalded|bleeding|blistered|cut open|"
    r"got cut|is cut|in stitches|needs? stitches)",
    r"(?:burn(?:ed|t)|scald(?:ed)?|injured|hurt|electrocuted|cut|shocked) (?:myself|himself|herself|my (?:son|"
    r"daughter|kid|child|baby|toddler|wife|husband|partner|mum|mom|dad|mother|father|friend|guest|"
    r"girlfriend|boyfriend)|our (?:\w+ )?(?:son|daughter|kid|child|baby)|me badly|badly|someone|somebody|"
    r"a customer|a guest)",
    r"(?:got|been|badly|is|was|were|am|getting) (?:\w+ly )?(?:scalded|burn(?:ed|t) (?:by|from|on|"
    r"badly|when)|injured|electrocuted)",
    r"(?:second|third|2nd|3rd) degree burns?",
    r"scald(?:s|ing)? burns?",
    r"burns? (?:on|to|all over) (?:my|his|her)",
    r"electric(?:al)? shocks?",
    rf"(?:got|gave|gives|getting|get|giving|had) (?:me |us |him |her )?(?:a |an )?~2 (?:shocks?|zapped|jolt) ~3 {DEVICE}",
    rf"{DEVICE} ~3 (?:shock(?:ed|s)|zap(?:ped|s)|electrocut\w{{1,4}}) (?:me|us|my|him|her)",
    rf"(?:shocked|zapped|electrocuted) ~3 (?:by|off|from) ~2 {DEVICE}",
    rf"{DEVICE} (?:\w+ )?(?:\w+ )?(?:exploded|explodes|blew up|caught (?:fire|alight)|burst into flames|"
    r"went up in (?:flames|smoke)|is on fire|was on fire|on fire|smokes|melted|sparks|sparked|"
    r"set (?:off )?(?:the |my )?(?:fire|smoke) alarm|is smoking|started smoking|smoking|sparking)",
    rf"(?:exploded|burst|shattered|blew up|broke|snapped|collapsed|came apart) (?:\w+ )?(?:in (?:my|his|her) "
    r"(?:hands?|face|mouth|lap)|on me|over me|all over me|while i was (?:pouring|holding|using|making))",
    r"(?:smoke|sparks?|flames?) (?:\w+ )?(?:\w+ )?(?:coming|came|comes|pouring|poured|billowing|shooting|shot|flying|"
    r"flew|started coming) (?:\w+ )?(?:out|from|off)",
    rf"(?:smoke|sparks?|flames?|sparking|smoking|burning|burnt plastic|melting plastic|gas leak) ~5 {DEVICE}",
    rf"{DEVICE} ~5 (?:smok(?:e|ing)|sparks?|sparking|flames?|burning (?:smell|plastic|rubber)|smells? (?:of|like) "
    r"(?:burning|smoke|gas|burnt))",
    r"(?:starts?|started|starting|caused|causing|causes|catch|catches|caught|sets?) (?:a |an |on )?(?:\w+ )?fire",
    r"(?:kitchen|house|flat|cafe|counter|worktop) (?:\w+ )?(?:on fire|caught fire|fire|burn(?:ed|t) down)",
    r"carbon monoxide",
    r"gas leak",
    rf"(?:glass|metal|shards?|razor|needle|blade|screw|nail|wire|staple|splinters?) ~2 (?:in|inside) (?:my|the|our|"
    rf"your|a) ~3 (?:coffee|beans|grounds|cup|drink|mouth|food|brew|granola|chocolate|latte|bag|cake|sip|throat)",
    r"(?:shards?|pieces?|bits?|slivers?|fragments?) of (?:\w+ )?(?:glass|metal|wire|plastic) ~4 (?:coffee|beans|cup|"
    r"mouth|drink|bag|throat|grounds|brew|cake|food|milk)",
    r"(?:glass|metal) (?:shards?|splinters?|fragments?|slivers?|pieces?) ~4 (?:coffee|beans|cup|mouth|drink|"
    r"bag|throat|grounds|brew|finger|hand|foot|cake|food)",
    r"(?:bit|bitten|bite|chewed|crunched) (?:down )?(?:on|into) ~3 (?:glass|metal|stone|plastic|screw|shard|bolt)",
    r"(?:chipped|broke|broken|cracked) (?:my |a |his |her )(?:front |back )?(?:tooth|teeth|crown|filling)",
    r"swallowed ~3 (?:glass|metal|plastic|piece|bit|descaler|magnet|shard|screw|bleach|cleaner|cleaning)",
    r"(?:i'm|im|am|is|was|started|still|badly|heavily|keeps?|won't stop|wont stop|bleeds?) (?:bleeding|bled)(?! edge| "
    r"money| cash| hell| useless| stupid| great)",
    r"(?:needed|need|needs|got|had) (?:\d+ |\w+ )?stitches",
    r"food poison(?:ing|ed)",
    r"(?:been|was|were|got|am|getting|feel|is|poison) poisoned",
    r"poisoned (?:me|us|my|him|her)",
    r"(?:poison control|poisons (?:line|unit))",
    r"(?:dog|cat|puppy|kitten|pet|kid|toddler|baby|son|daughter|child|year old|grandson|granddaughter) ~2 (?:ate|"
    r"eaten|drank|swallowed|chewed|licked|got into|has eaten|choked|ingested) ~5 (?:coffee|beans|chocolate|descaler|"
    r"grounds|pods?|tablets?|capsules?|magnet|cleaner|glass|plastic|lid|sachet|espresso|caffeine|bag)",
    r"(?:drank|drunk|drinking|swallowed|ingested) ~3 (?:descal(?:er|ing)\w{0,6}|bleach|cleaner|cleaning (?:fluid|solution|tablet)s?)",
    r"chok(?:ed|ing) on ~3 (?:piece|plastic|glass|lid|bean|beans|part|it|something|metal|bit|stone)",
    r"chest (?:pains?|is tight)",
    r"heart (?:palpitations|is racing|was racing)",
    r"palpitations",
    r"(?:passed out|fainted|unconscious|seizures?|convuls\w{2,5}|overdos(?:e|ed|ing))",
    rf"{SOMEBODY} (?:just |has |have |suddenly )?collapsed (?!box)",
    r"(?:caused|causing|personal|serious|an?|my|his|her|got|nasty|suffered) (?:an )?(?:injury|injuries)",
    r"(?:fire|health|safety|choking|burn) hazards?",
    r"hazardous",
    r"slipped (?:and |on |over )~5 (?:cafe|shop|store|floor)",
    r"(?:fell|tripped) (?:over )?(?:in|on|at) your ~2 "
    r"(?:cafe|shop|store|step|steps|floor)",
    r"(?:ambulance|paramedics?|urgent care|999|911)(?! street| road)",
    r"reaccion alergica",
    r"reaction allergique",
    r"allergische[nr]? reaktion",
    r"reazione allergica",
    r"reacao alergica",
    r"(?:me queme|quemad(?:o|a)|intoxicad[oa]|intoxicacion|no puedo respirar)",
    r"(?:je me suis brulee?|brulure|intoxication|empoisonnee?)",
    r"(?:verbrannt|verletzt|vergiftet|vergiftung)",
    r"(?:mi sono (?:scottat|bruciat|ferit)[oa]|avvelenat[oa]|intossicat[oa])",
    r"(?:me queimei|queimadura|intoxicado|intoxicacao)",
    r"(?:my )?(?:body|throat|face|mouth|eye) dey (?:swell|scratch|pain|burn)",
    r"(?:e|am) wan faint",
)
INJURY_EXCUSES = words_of(
    r"(?:could|will|would|might|may|can|does|do|did|if|any|known to|likely to|chance of|risk of|avoid|prevent|in "
    r"case of|worried about|afraid of|without) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:causes?|triggers?|gets?|have|has|gives?|a|an|any)? "
    r"?(?:allergic|allergy) (?:reaction|attack)s?(?=[^.!]{0,60}\?)",
    r"(?:bean|beans|coffee|roast|roasts|blend|you guys|you lot|team|service|brew) (?:is|are|was) on fire",
    r"hurt (?:my|your) (?:feelings|wallet|heart|pride|soul|brain)",
    r"in stitches",
    r"bleeding (?:edge|money|heart)",
    r"(?:smoke|smoking) (?:signals|free|break|area|point)",
    r"(?:avoid|prevent|stop|reduce) ~3 (?:burn|burning|hazard)s?",
    r"(?:will|would|does|can|could|do) ~4 (?:set|start|catch|cause) "
    r"~2 fire(?=[^.!]{0,60}\?)",
    r"catch fire(?=[^.!]{0,40}\?)",
)
SICK = words_of(
    r"(?:made|make|makes|making|got|getting) (?:me|us|him|her|my \w+|everyone|both of us) (?:\w+ly |so |really |very |feel )*"
    r"(?:sick|ill|vomit|throw up|unwell|poorly|puke|nauseous)(?! of| to my)",
    r"(?:was|were|been|is|am|i'm|im|got|felt|feel|feeling|feels|fell|became|become|getting) (?:\w+ly |so |really |very |quite |"
    r"been )*(?:sick|ill|unwell|poorly|nauseous)(?! of| to death| and tired)",
    r"(?:threw|throwing|throw) up",
    r"vomit(?:ed|ing|s)?",
    r"pu(?:ked|king)",
    r"dia?rr?h?o?ea",
    r"stomach (?:cramps?|pains?|ache|"
    r"upset)",
    r"(?:purging|belle dey (?:pain|turn|run)|belly dey pain|runs all night)",
    r"nausea",
    r"(?:mal du ventre|vomi|vomitado|vomitei|vomitato|ubergeben|erbrochen)",
)
HOSPITAL = words_of(
    r"(?:hospital|hospitali[sz]ed|a ?& ?e|a and e|emergency room|the er|the doctors?|a doctor|my doctor|my gp|the vet)",
)
CAUSE = words_of(
    rf"(?:after|from|since|because of|due to|thanks to|when i|drinking|drank|eating|ate|having|had|tried|trying) ~3 {DRINK}",
    rf"(?:your|the|that|this) ~3 {DRINK} ~2 (?:made|makes|making|gave|sent|caused|put|landed|poisoned)",
    rf"(?:your|the) ~2 {DEVICE}",
    r"reaction",
    r"burn(?:s|ed|t)?",
    r"scald\w{0,3}",
    r"glass",
    r"swell\w{0,4}",
    r"swollen",
)
LEGAL = words_of(
    r"(?:speak|speaking|spoke|spoken|talk|talking|talked|contact\w{0,3}|call|calling|see|seeing|hear|hearing|get|getting|got|hir(?:e|ed|ing)|"
    r"consult\w{0,3}|involv(?:e|ed|ing)|instruct\w{0,3}|passing|passed|taking|take|ask(?:ed|ing)?|letter|advice|have|retain\w{0,3}|need|find(?:ing)?|"
    r"email(?:ed|ing)?|going|through|phon(?:e|ed|ing)|ring|copying|copied|cc(?:'?ing|'?d)?) "
    r"~4 (?:lawyers?|solicitors?|attorneys?|barrister|legal team|legal department|legal counsel)",
    r"(?:my|our|the) ~1 (?:lawyers?|solicitors?|attorneys?|legal (?:team|counsel|adviser|advisor)) (?:\w+ )?(?:will|is|are|has|have|"
    r"says?|said|would|advis\w{1,3}|tells?|told|shall|know|contact|wants?|wrote|going|happy|about|on)",
    r"^\W*(?:lawyer|solicitor|attorney|my lawyer)\W*$",
    r"lawyer(?:ing|ed)? up",
    r"(?:lawyers?|solicitors?|attorneys?) (?:up|involved|letter|now|next)",
    r"legal (?:action|proceedings|advice|notice|representation|route|steps|letter|threat|claim|case|recourse|rights)(?! page| team page)",
    r"(?:i'?ll|ill|will|going to|gonna|imma|ima|gon|can|could|should|may|might|want to|threatening to|about to|ready to|have to|prepared to|"
    r"wish to|intend to|i) sue(?: (?:you|u|ya|your|yall|y'all|una|them|this|the (?:company|shop|firm|lot)|over|for (?:this|that|damages|it|the)|if|and|both|all)|(?=[^\w]{0,3}$))",
    r"su(?:e|ing) (?:you|u|your|una|y'all|the company|the shop|this company|for (?:damages|compensation))",
    r"(?:see|take|taking|took|going|go|goes|bring|drag|haul|end up|meet|settle) ~5 (?:in|to) (?:a |the |county |small claims )?court(?! road| "
    r"street| lane| house| yard)",
    r"small claims",
    r"(?:county|high|civil|consumer|crown) court",
    r"court (?:action|case|order|summons|proceedings|papers|claim|date)",
    r"(?:tribunal|injunction|class action|letter before (?:action|claim)|breach of contract|lawsuits?|litigation|prosecut\w{1,4})",
    r"trading standards",
    r"ombuds(?:man|person|woman)?",
    r"(?:the |a |your |to )regulators?",
    r"consumer (?:protection|rights|forum|council|affairs|act|association|advice|helpline|commission|board|bureau)",
    r"citi[zs]ens'? advice",
    r"better business bureau",
    r"(?:the )?bbb",
    r"attorney general",
    r"(?:the )?ftc",
    r"accc",
    r"(?:fccpc|fccpa)",
    r"information commissioner\w{0,2}",
    r"(?:to|the|with) ico",
    r"data protection (?:authority|commissioner|commission|office|regulator|agency|complaint|"
    r"officer|breach|watchdog)",
    r"gdpr (?:complaint|breach|violation|fine)",
    r"(?:breach|violation|violating|breaching|against|infring\w{2,5}) (?:of )?(?:the |my )?(?:gdpr|data "
    r"protection|privacy (?:rights|law))",
    r"data breach",
    r"(?:environmental health|food standards|health inspectors?|health department|food safety agency)",
    r"(?:report|reporting|reported) ~3 (?:to )?(?:the )?(?:authorities|ico|police|regulators?|council|fda|fsa|watchdog|bank for fraud)",
    r"(?:call\w{0,3}|report\w{0,3}|contact\w{0,3}|involv\w{1,3}|tell|told|inform\w{0,3}|go|going|went|fil\w{1,3}|get|getting|spoke|ring|to|with) ~4 (?:the )?police"
    r"(?! (?:station|officer|road))",
    r"police (?:report|involved|matter|case|complaint)",
    r"crime (?:reference|number|report)",
    r"action fraud",
    r"(?:mi|un|nuestro|con) abogad[oa]s?",
    r"(?:mon|un|notre) avocat(?! mur)",
    r"(?:mein|einen|meinen|meinem|zum|unser) (?:rechts)?anwalt",
    r"(?:rechtsanwalt|verklagen|anzeige erstatten|verbraucherzentrale|verbraucherschutz)",
    r"(?:mio|un|il|dal|nostro) avvocato",
    r"(?:meu|um) advogado",
    r"(?:poner|pongo|pondre) ~2 denuncia",
    r"(?:denunciar(?:los|les|e|vos)?|os voy a denunciar|los voy a denunciar|oficina del consumidor|demandarlos|os demando)",
    r"porter plainte",
    r"(?:procon|vou processar|processar voces|reclame aqui)",
    r"(?:vi denuncio|denuncia alla|associazione consumatori|federconsumatori)",
    r"(?:carry|take) (?:una|you) go court",
    r"(?:efcc|consumer court)",
)
LEGAL_EXCUSES = words_of(
    r"(?:i'm|i am|im|as|is|works? as|being) (?:an?|my) ~2 (?:lawyer|solicitor|attorney|police officer)",
    r"(?:gift|present|coffee|beans|hamper|box) ~3 (?:for|to) (?:my|our|a|the) ~2 (?:lawyers?|solicitors?|attorneys?)",
    r"(?:police|court|law) (?:station|house|firm|office|canteen|road|street)",
    r"(?:food|tennis|squash|rose|badminton) court",
    r"(?:to|from|for|by|ask|dear|hi|hello) sue(?! (?:you|u|your|them|this|the))",
    r"on (?:the )?tribunal road",
    r"(?:don't|dont|do not|won't|not|no need to) ~2 (?:sue|lawyer|legal action|police)(?=[^.!?]{0,20}(?:worry|lol|haha))",
)
FRAUD = words_of(
    r"(?:fraud|fraudulent|fraudsters?|fraudulently)",
    r"identity (?:theft|thief|stolen|fraud)",
    r"(?:stolen|stole|cloned|nicked) ~2 (?:my |our )?(?:credit |debit |bank )?"
    r"(?:card|identity|bank details|card details|personal details|payment details|data|login)",
    r"(?:card|identity|bank account|account|bank details|card details|personal details|email|login) (?:has |have |had |was |were |got |is |been |being |just |"
    r"details )*(?:stolen|hacked|cloned|compromised|hijacked|taken over|nicked|misused)",
    r"(?:someone|somebody|some one|people|person|hacker|they|thief) (?:else )?(?:has |have |is |got |just )*(?:us(?:ed|ing)|hacked|got into|accessed|logged "
    r"in ?to|broke into|taken over|ordered (?:\w+ )?(?:\w+ )?(?:with|on|using)|bought ~3 (?:with|on|using)|charged|stole|cloned) ~2 my (?:\w+ )?(?:card|account|name|"
    r"identity|details|paypal|bank|email|login)",
    r"unauthori[sz]ed (?:\w+ )?(?:charge|payment|transaction|purchase|order|access|use|withdrawal|login)s?",
    r"(?:didn't|did not|never|haven't|not) (?:\w+ )?(?:authori[sz]ed?|approved?|place|placed|made|make) (?:this|that|these|any|the|an|it) ~1 (?:charge|payment|"
    r"transaction|purchase|order)s?",
    r"(?:phishing|scam|fake|spoof) (?:email|e mail|text|message|site|website|call|link|sms|invoice)s?(?: from you)?",
    r"hacked",
    r"money launder\w{2,4}",
    r"(?:racist|racial|racially|homophobic|sexist|transphobic|antisemitic|islamophobic)(?: \w+)?",
    r"(?:sexual(?:ly)?|been|being|was|feel) (?:harass\w{0,5}|assault\w{0,3}|discriminat\w{1,5}|groped|stalked|threatened)",
    r"discriminat(?:ion|ed|ing|ory) ?(?:against)?",
    r"(?:harass(?:ed|ing|ment)|assaulted|threaten(?:ed|ing) me)",
    r"(?:tarjeta|cuenta) (?:robada|clonada|hackeada)",
    r"(?:carte|compte) (?:volee|pirate|piratee)",
    r"(?:karte|konto) (?:gestohlen|gehackt)",
    r"(?:carta|conto) (?:rubata|clonata|hackerat[oa])",
    r"(?:cartao|conta) (?:roubado|clonado|clonada|hackeada|invadida)",
    r"(?:dem|person) don (?:hack|use) my ~1 (?:card|account)",
)
FRAUD_EXCUSES = words_of(
    r"(?:anti|fraud) (?:fraud|check|checks|prevention|protection|detection|filter|team|department)",
    r"(?:against|prevent|avoid) fraud",
    r"(?:life|coffee|brew|brewing) hack(?:s|ed)?",
    r"hacked (?:my|the) (?:grinder|machine|recipe|brew)",
)
THREAT = words_of(
    r"(?:i'?ll|ill|i will|gonna|going to|imma|ima|want to|wanna|could|should|might) (?:\w+ )?(?:kill|stab|shoot|hurt|beat|smash|punch|murder|strangle|harm|slap) (?:you|u|ya|"
    r"someone|somebody|your|the (?:driver|courier|staff|manager|barista)|him|her|them|y'all|una|everyone)(?! for a)",
    r"(?:come|coming) (?:down )?(?:there|to your (?:shop|office|cafe|store)|after you|for you) ~3 (?:hurt|kill|smash|burn|knife|gun|bat)",
    r"(?:bomb|burn down|blow up|torch|burn|set fire to) (?:your|the|this|that|ya) (?:\w+ )?(?:shop|store|cafe|office|place|building|roastery|warehouse|house)(?! blend)",
    r"i know where (?:you|u|your staff|he|she|the driver) (?:all )?(?:live|lives|work|works)",
    r"(?:watch your back|you(?:'re| are) (?:a )?dead (?:man)?|you will regret this)",
)
SELF_HARM = words_of(
    r"(?:want|wanna|wish|ready|hoping|going|planning|wan|feel like|just|need|about|rather) (?:to )?(?:die|be dead|dying|end it all|end my life|not (?:be alive|exist|wake up))(?! for| of| "
    r"laughing| from| without)",
    r"(?:kill|killing|hang|hanging|shoot|shooting|drown|harm|harming|hurt|hurting|cutting|off|end|ending) myself(?! laughing| off)",
    r"(?:end|ending|ended|finish) (?:it all|my (?:own )?life|this life|my misery)",
    r"tak(?:e|ing) my (?:own )?life",
    r"no (?:reason|point|use|will) (?:left )?(?:to|in|for) (?:live|living|life|go on|going on|carry on|carrying on|be here|being here|be alive|being alive|wake up|continue living)",
    r"(?:don't|dont|do not|no longer|not|didn't|nor) (?:really )?(?:want to|wanna|wan|wish to|care to) (?:be here|live|wake up|be alive|exist|carry on living|go on living|be on this earth|"
    r"be in this world)(?: any ?more)?(?! in| on \w+ street| near)",
    r"suicid(?:e|al)",
    r"self ?harm(?:ing|ed)?",
    r"better off (?:dead|without me|if i (?:was|were) (?:dead|gone))",
    r"(?:can't|cant|cannot) (?:go on (?:living|any ?more)|keep living|live any ?more|live like this)",
    r"(?:life|living) (?:is |isn't |isnt |it's )?(?:not )?(?:really )?worth (?:living|it any ?more)",
    r"nothing (?:left )?(?:to|worth) liv(?:e|ing) for",
    r"nothing left to live for",
    r"wish i (?:was|were|wasn't|weren't|had|hadn't|could just|could) (?:never )?(?:dead|born|alive|disappear for ever)",
    r"unalive",
    r"kms",
    r"jump(?:ing)? off (?:a|the) (?:bridge|roof|building|cliff)",
    r"want(?: this| it| everything)?(?: all)? to end (?:my life|it all)",
    r"slit (?:my )?wrists?",
    r"take (?:all )?(?:my|the) (?:pills|tablets) and",
    r"(?:quiero|queria|ganas de) morir(?:me)?",
    r"(?:matarme|quitarme la vida|no quiero (?:vivir|seguir viviendo)|suicidarme)",
    r"(?:envie de mourir|me suicider|me tuer|en finir avec (?:la|ma) vie|plus envie de vivre)",
    r"(?:will|mochte|moechte) (?:nicht mehr leben|sterben)",
    r"(?:mich (?:umbringen|umzubringen)|umbringen|selbstmord|suizid|nicht mehr leben)",
    r"(?:voglio morire|uccidermi|ammazzarmi|farla finita|suicidarmi|non voglio piu vivere)",
    r"(?:quero morrer|me matar|acabar com a minha vida|suicidar|nao quero (?:mais )?viver)",
    r"i wan (?:die|kill myself)(?! for| of)",
    r"i (?:no|nor) wan live(?: again)?",
    r"life don tire me",
)
SELF_HARM_EXCUSES = words_of(
    r"(?:killing|kill|kills|hurt|hurting) (?:myself|me) (?:laughing|with laughter|at the gym)",
    r"(?:career|social|suicide) (?:suicide|doors|squad|blend|brew)",
    r"suicide (?:doors|squad|blend|brew|roast|prevention)",
    r"rather (?:die|be dead) than (?:drink|go back|have)",
    r"(?:coffee|beans|bag|grinder|machine|battery|plant) (?:\w+ )?(?:die|dies|died)",
)
