"""Words of law, fraud and abuse that are decisive by themselves; and harmless twins."""

from __future__ import annotations

from escalation.text import words_of

LEGAL = words_of(
    r"(?:lawyer|solicitor|attorney) (?:go|will|is going|said|says|to contact|gon)",
    r"(?:speak|speaking|spoke|spoken|talk|talking|talked|contact\w{0,3}|call|calling|see|"
    r"seeing|hear|hearing|get|getting|got|hir(?:e|ed|ing)|"
    r"consult\w{0,3}|involv(?:e|ed|ing)|instruct\w{0,3}|passing|passed|taking|take|"
    r"ask(?:ed|ing)?|letter|advice|have|retain\w{0,3}|need|find(?:ing)?|"
    r"email(?:ed|ing)?|going|through|phon(?:e|ed|ing)|ring|copying|copied|cc(?:'?ing|'?d)?) "
    r"~4 (?:lawyers?|solicitors?|attorneys?|barrister|legal team|legal department|legal counsel)",
    r"(?:my|our|the) ~1 (?:lawyers?|solicitors?|attorneys?|legal (?:team|counsel|adviser|"
    r"advisor)) (?:\w+ )?(?:will|is|are|has|have|"
    r"says?|said|would|advis\w{1,3}|tells?|told|shall|know|contact|wants?|wrote|going|"
    r"happy|about|on)",
    r"^\W{0,9}(?:lawyer|solicitor|attorney|my lawyer)\W{0,9}$",
    r"lawyer(?:ing|ed)? up",
    r"(?:lawyers?|solicitors?|attorneys?) (?:up|involved|letter|now|next)",
    r"legal (?:action|proceedings|advice|notice|representation|route|steps|letter|threat|"
    r"claim|case|recourse|rights)(?! page| team page)",
    r"(?:i'?ll|ill|will|going to|gonna|imma|ima|gon|can|could|should|may|might|want to|"
    r"threatening to|about to|ready to|have to|prepared to|"
    r"wish to|intend to|i) sue(?: (?:you|u|ya|your|yall|y'all|una|them|this|"
    r"the (?:company|shop|firm|lot)|over|for (?:this|that|damages|it|the)|if|and|both|"
    r"all)|(?=[^\w]{0,3}$))",
    r"su(?:e|ing) (?:you|u|your|una|y'all|the company|the shop|this company|"
    r"for (?:damages|compensation))",
    r"(?:see|take|taking|took|going|go|goes|bring|drag|haul|end up|meet|settle) ~5 (?:in|"
    r"to) (?:a |the |county |small claims )?court(?! road| "
    r"street| lane| house| yard)",
    r"small claims",
    r"(?:county|high|civil|consumer|crown) court",
    r"court (?:action|case|order|summons|proceedings|papers|claim|date)",
    r"(?:tribunal|injunction|class action|letter before (?:action|claim)|"
    r"breach of contract|lawsuits?|litigation|prosecut\w{1,4})",
    r"trading standards",
    r"ombuds(?:man|person|woman)?",
    r"(?:the |a |your |to )regulators?",
    r"consumer (?:protection|rights|forum|council|affairs|act|association|advice|helpline|"
    r"commission|board|bureau)",
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
    r"breach|watchdog)",
    r"gdpr (?:complaint|breach|violation|fine)",
    r"(?:breach|violation|violating|breaching|against|infring\w{2,5}) (?:of )?(?:the |"
    r"my )?(?:gdpr|data "
    r"protection|privacy (?:rights|law))",
    r"data breach",
    r"(?:environmental health|food standards|food safety (?:authority|inspector|officer)|"
    r"health inspectors?|health department|food safety agency)",
    r"(?:report|reporting|reported) ~3 (?:to )?(?:the )?(?:authorities|ico|police|"
    r"regulators?|council|fda|fsa|watchdog|bank for fraud)",
    r"(?:call\w{0,3}|report\w{0,3}|contact\w{0,3}|involv\w{1,3}|tell|told|inform\w{0,3}|"
    r"go|going|went|fil\w{1,3}|get|getting|spoke|ring|to|with) ~4 (?:the )?police"
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
    r"(?:denunciar(?:los|les|e|vos)?|os voy a denunciar|los voy a denunciar|"
    r"oficina del consumidor|demandarlos|os demando)",
    r"porter plainte",
    r"(?:procon|vou processar|processar voces|reclame aqui)",
    r"(?:vi denuncio|denuncia alla|associazione consumatori|federconsumatori)",
    r"(?:carry|take) (?:una|you) go court",
    r"(?:efcc|consumer court)",
)
LEGAL_EXCUSES = words_of(
    r"powers? of attorney",
    r"(?:i'm|i am|im|as|is|works? as|being) (?:an?|my) ~2 (?:lawyer|solicitor|attorney|"
    r"police officer)",
    r"(?:gift|present|coffee|beans|hamper|box) ~3 (?:for|to) (?:my|our|a|"
    r"the) ~2 (?:lawyers?|solicitors?|attorneys?)",
    r"(?:lawyers?|solicitors?|attorneys?|barrister) (?:\w+ )?(?:is|are|was|has been|loves?|likes?|"
    r"drinks?|swears|would|'s) (?:\w+ )?(?:\w+ )?(?:obsessed|addicted|hooked|(?:big |huge )?fan|"
    r"crazy|mad|in love|into|retiring|married|pregnant|love|like|enjoy|drinks?|adores?|by (?:your|"
    r"this)|your (?:\w+ )?(?:coffee|beans|blend|roast)|my (?:sister|brother|wife|husband|friend|"
    r"cousin|dad|mum))(?: \w+)?",
    r"(?:my|our) (?:sister|brother|wife|husband|friend|cousin|dad|mum|boss|neighbour|daughter|"
    r"son),? (?:the|a|who is a|who's a) (?:\w+ )?(?:lawyer|solicitor|attorney|barrister)",
    r"(?:police|court|law) (?:station|house|firm|office|canteen|road|street)",
    r"(?:food|tennis|squash|rose|badminton) court",
    r"(?:to|from|for|by|ask|dear|hi|hello) sue(?! (?:you|u|your|them|this|the))",
    r"on (?:the )?tribunal road",
    r"(?:don't|dont|do not|won't|not|no need to) ~2 (?:sue|lawyer|legal action|"
    r"police)(?=[^.!?]{0,20}(?:worry|lol|haha))",
)
FRAUD = words_of(
    r"(?:impersonat\w{1,4}|pretend\w{0,3} to be (?:you|from you|your \w+))",
    r"(?:asking|asked|wanted|needed|demand\w{0,3}) (?:\w+ )?for my (?:bank|card|pin|"
    r"password|cvv|account) ?(?:pin|number|details|password)?",
    r"scam(?:ming)? (?:people|customers|others|everyone)",
    r"read out ~3 (?:number|card|pin|code)",
    r"(?:being|been) (?:followed|stalked|harassed|messaged|filmed)(?: and \w+)? by",
    r"(?:fraud|fraudulent|fraudsters?|fraudulently)",
    r"identity (?:theft|thief|stolen|fraud)",
    r"(?:stolen|stole|cloned|nicked) ~2 (?:my |our )?(?:credit |debit |bank )?"
    r"(?:card|identity|bank details|card details|personal details|payment details|data|login)",
    r"(?:card|identity|bank account|account|bank details|card details|personal details|"
    r"email|login) (?:has |have |had |was |were |got |is |been |being |just |"
    r"details )*(?:stolen|hacked|cloned|compromised|hijacked|taken over|nicked|misused)",
    r"(?:someone|somebody|some one|stranger)(?:'s| has| else)* (?:been )?(?:ordered|ordering|"
    r"bought|"
    r"buying|spent|spending|placed|purchased) ~7 (?:on|with|using|through|from) my (?:\w+ )?"
    r"(?:account|card|paypal|name|login)",
    r"(?:orders?|ordered|purchases?|bought|logins?|logged in|signed in) ~9 (?:wasn't|isn't|is not|"
    r"was not|it'?s not|not) me(?= who| that|\W{0,3}(?:$|[.!,]))",
    r"(?:someone|somebody|some one|people|person|hacker|they|thief) (?:else )?(?:has |"
    r"have |is |got |just )*(?:us(?:ed|ing)|hacked|got into|accessed|logged "
    r"in ?to|broke into|taken over|ordered (?:\w+ )?(?:\w+ )?(?:with|on|using)|"
    r"bought ~3 (?:with|on|using)|charged|stole|cloned) ~2 my (?:\w+ )?(?:card|account|"
    r"name|"
    r"identity|details|paypal|bank|email|login)",
    r"unauthori[sz]ed (?:\w+ )?(?:charge|payment|transaction|purchase|order|access|use|"
    r"withdrawal|login)s?",
    r"(?:didn't|did not|never|haven't|not) (?:\w+ )?(?:authori[sz]ed?|approved?|place|"
    r"placed|made|make) (?:this|that|these|any|the|an|it) ~1 (?:charge|payment|"
    r"transaction|purchase|order)s?",
    r"(?:phishing|scam|fake|spoof) (?:email|e mail|text|message|site|website|call|link|"
    r"sms|invoice)s?(?: from you)?",
    r"hacked",
    r"money launder\w{2,4}",
    r"(?:racist|racial|racially|homophobic|sexist|transphobic|antisemitic|islamophobic)(?: \w+)?",
    r"(?:sexual(?:ly)?|been|being|was|feel) (?:harass\w{0,5}|assault\w{0,3}|"
    r"discriminat\w{1,5}|groped|stalked|threatened)",
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
    r"(?:new|replacement|another) card ~2 fraud",
    r"(?:anti|fraud) (?:fraud|check|checks|prevention|protection|detection|filter|team|department)",
    r"(?:against|prevent|avoid) fraud",
    r"(?:life|coffee|brew|brewing) hack(?:s|ed)?",
    r"hacked (?:my|the) (?:grinder|machine|recipe|brew)",
)
