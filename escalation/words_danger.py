"""Words of danger to health or life, decisive by themselves or near their cause; harmless twins."""

from __future__ import annotations

from escalation.text import words_of

SOMEBODY = (
    r"(?:i|i'm|im|me|my \w+|he|she|his|her|we|us|our \w+|son|daughter|kid|child|baby|toddler|wife|"
    r"husband|partner|mum|mom|dad|guest|customer|colleague|friend|girlfriend|boyfriend|"
    r"mother|father)"
)
BODY = (
    r"(?:hands?|fingers?|thumb|arms?|face|legs?|feet|foot|mouth|lips?|skin|wrist|thighs?|"
    r"stomach|chest|"
    r"neck|eyes?|knee|knuckles?|palm|gums?|toes?)"
)
DEVICE = (
    r"(?:machine|grinder|kettle|plug|socket|cable|cord|charger|battery|boiler|"
    r"espresso maker|moka(?: pot)?|"
    r"appliance|heater|frother|base|motor|switch|scales?|fuse|adapter|percolator|roaster|"
    r"warmer|toaster|"
    r"coffee maker|urn|burner|hob|unit|device|wire|wires|wiring)"
)
DRINK = (
    r"(?:coffee|beans|drink|drinking|drank|drunk|brew|espresso|latte|cappuccino|milk|cake|muffin|"
    r"cup|beverage|decaf|cold brew|granola|food|sandwich|pastry|croissant|chocolate|syrup|"
    r"bag|tasting|"
    r"sip|eating|ate|eaten|yours?|product)"
)
INJURY = words_of(
    r"slipped ~8 (?:floor|cafe|shop|store|steps?)",
    r"(?:broke|broken|fractured|sprained|dislocated) (?:my|his|her|their|"
    r"a) (?:\w+ )?(?:wrist|arm|leg|ankle|hip|finger|nose|hand|rib|ribs|bone|toe|foot|"
    r"collarbone)",
    r"(?:plastic|glass|metal|maggots?|insect|bug|mou?ld|fly|cockroach|droppings) ~9 swallowed",
    r"swallowed ~4 (?:battery|maggot|mou?ld|bug|insect|fly)",
    r"(?:mouse|rat|rodent) droppings",
    r"maggots?",
    r"cockroach(?:es)?",
    r"an? (?:\w+ )?blisters?(?! packs?)",
    r"heart (?:\w+ )?(?:went (?:haywire|mad|crazy)|haywire|racing|pounding)",
    r"short ?circuit(?:ed|s|ing)?",
    r"kena (?:shock|burn)",
    rf"(?:melted|scorched|fried) ~3 {DEVICE}",
    r"(?:took|taken|swallowed) (?:all |a bottle of |too many |the whole |"
    r"a load of )(?:of )?(?:my |the )?(?:\w+ )?(?:pills|tablets|meds|medication|"
    r"paracetamol)",
    r"me dio alergia",
    r"(?:i'm|i am|im) (?:a )?coeliac ~9 (?:floor|ill|sick|vomit\w{0,3}|hospital|reaction)",
    r"allerg(?:ic|y) (?:reaction|attack|shock)s?",
    r"anaphyla\w{1,8}",
    r"epi ?pen",
    r"(?:had|having|has|have|got|getting|suffered|suffering|bad|severe|nasty|serious|skin|"
    r"into) (?:an? )?(?:"
    r"\w+ )?reaction (?:to|from|after|with|since|on)",
    r"throat ~4 (?:swell\w{0,4}|swollen|closing|closed|clos\w+ up|tight\w{0,5}|itch\w{0,4}|burning|"
    r"burns|constrict\w{0,4})",
    r"(?:swelling|swollen|swelled|puffy) ~3 (?:throat|face|lips?|tongue|eyes?)",
    r"(?:face|lips?|tongue|eyes?|mouth) ~5 (?:swelling|swollen|swelled|swells|swell|numb|"
    r"blister\w{0,5}|"
    r"puffed up|puffing up|gone numb|blew up)",
    r"(?:can't|cant|cannot|can not|couldn't|hard to|struggl\w{2,4} to|trouble|difficulty|"
    r"unable to|barely) "
    r"(?:breathe|breathing|swallow|swallowing)",
    r"(?:hives|come out in a rash|came out in (?:a rash|spots|hives)|broke out in|"
    r"rash (?:all over|on my))",
    rf"(?:burn(?:ed|t|s)?|burning|scald(?:ed|s)?|scalding|cut|cuts|sliced|slashed|gashed|lacerated|"
    rf"crushed|trapped) (?:(?:and|by) \w+ )?(?:open )?(?:my|his|her|our|their|the kid's|"
    rf"my \w+'?s) ~1 {BODY}",
    rf"(?:my|his|her|their|our) ~2 {BODY} ~3 (?:burn(?:ed|t)|burning|scalded|bleeding|"
    rf"blistered|cut open|"
    r"got cut|is cut|in stitches|needs? stitches)",
    r"(?:burn(?:ed|t)|scald(?:ed)?|injured|hurt|electrocuted|cut|shocked) (?:myself|"
    r"himself|herself|my (?:son|"
    r"daughter|kid|child|baby|toddler|wife|husband|partner|mum|mom|dad|mother|father|friend|guest|"
    r"girlfriend|boyfriend)|our (?:\w+ )?(?:son|daughter|kid|child|baby)|me badly|badly|"
    r"someone|somebody|"
    r"a customer|a guest)",
    r"(?:got|been|badly|is|was|were|am|getting) (?:\w+ly )?(?:scalded|burn(?:ed|t) (?:by|from|on|"
    r"badly|when)|injured|electrocuted)",
    r"(?:second|third|2nd|3rd) degree burns?",
    r"scald(?:s|ing)? burns?",
    r"burns? (?:on|to|all over) (?:my|his|her)",
    r"electric(?:al)? shocks?",
    rf"(?:got|gave|gives|getting|get|giving|had) (?:me |us |him |her )?(?:a |"
    rf"an )?(?:\w+ )?(?:\w+ )?(?:shocks?|zapped|jolt) ~3 {DEVICE}",
    rf"{DEVICE} ~3 (?:shock(?:ed|s)|zap(?:ped|s)|electrocut\w{{1,4}}) (?:me|us|my|him|her)",
    rf"(?:shocked|zapped|electrocuted) ~3 (?:by|off|from) ~2 {DEVICE}",
    rf"{DEVICE} (?:\w+ )?(?:\w+ )?(?:exploded|explodes|blew up|caught (?:fire|alight)|"
    rf"burst into flames|"
    r"went up in (?:flames|smoke)|is on fire|was on fire|on fire|smokes|melted|sparks|sparked|"
    r"set (?:off )?(?:the |my )?(?:fire|smoke) alarm|is smoking|started smoking|smoking|sparking)",
    r"(?:exploded|burst|shattered|blew up|broke|snapped|collapsed|"
    r"came apart) (?:\w+ )?(?:in (?:my|his|her) "
    r"(?:hands?|face|mouth|lap)|on me|over me|all over me|while i was (?:pouring|holding|"
    r"using|making))",
    r"(?:smoke|sparks?|flames?) (?:\w+ )?(?:\w+ )?(?:coming|came|comes|pouring|poured|"
    r"billowing|shooting|shot|flying|"
    r"flew|started coming) (?:\w+ )?(?:out|from|off)",
    rf"(?:smoke|sparks?|flames?|sparking|smoking|burning|burnt plastic|melting plastic|"
    rf"gas leak) ~5 {DEVICE}",
    rf"{DEVICE} ~5 (?:smok(?:e|ing)|sparks?|sparking|flames?|burning (?:smell|plastic|"
    rf"rubber)|smells? (?:of|like) "
    r"(?:burning|smoke|gas|burnt))",
    r"(?:starts?|started|starting|caused|causing|causes|catch|catches|caught|sets?) (?:a |"
    r"an |on )?(?:\w+ )?fire",
    r"(?:kitchen|house|flat|cafe|counter|worktop) (?:\w+ )?(?:on fire|caught fire|fire|"
    r"burn(?:ed|t) down)",
    r"carbon monoxide",
    r"gas leak",
    r"(?:glass|metal|shards?|razor|needle|blade|screw|nail|wire|staple|"
    r"splinters?) ~2 (?:in|inside) (?:my|the|our|"
    r"your|a) ~3 (?:coffee|beans|grounds|cup|drink|mouth|food|brew|granola|chocolate|"
    r"latte|bag|cake|sip|throat)",
    r"(?:shards?|pieces?|bits?|slivers?|fragments?) of (?:\w+ )?(?:glass|metal|wire|"
    r"plastic) ~4 (?:coffee|beans|cup|"
    r"mouth|drink|bag|throat|grounds|brew|cake|food|milk)",
    r"(?:glass|metal) (?:shards?|splinters?|fragments?|slivers?|pieces?) ~4 (?:coffee|"
    r"beans|cup|mouth|drink|"
    r"bag|throat|grounds|brew|finger|hand|foot|cake|food)",
    r"(?:bit|bitten|bite|chewed|crunched) (?:down )?(?:on|into) ~3 (?:glass|metal|stone|"
    r"plastic|screw|shard|bolt)",
    r"(?:chipped|broke|broken|cracked) (?:my |a |his |her )(?:front |back )?(?:tooth|"
    r"teeth|crown|filling)",
    r"swallowed ~3 (?:glass|metal|plastic|piece|bit|descaler|magnet|shard|screw|bleach|"
    r"cleaner|cleaning)",
    r"(?:i'm|im|am|is|was|started|still|badly|heavily|keeps?|won't stop|wont stop|"
    r"bleeds?) (?:bleeding|bled)(?! edge| "
    r"money| cash| hell| useless| stupid| great)",
    r"(?:needed|need|needs|got|had) (?:\d+ |\w+ )?stitches",
    r"food poison(?:ing|ed)",
    r"(?:been|was|were|got|am|getting|feel|is|poison) poisoned",
    r"poisoned (?:me|us|my|him|her)",
    r"(?:poison control|poisons (?:line|unit))",
    r"(?:dog|cat|puppy|kitten|pet|kid|toddler|baby|son|daughter|child|year old|grandson|"
    r"granddaughter) ~2 (?:ate|"
    r"eaten|drank|swallowed|chewed|licked|got into|has eaten|choked|"
    r"ingested) ~5 (?:coffee|beans|chocolate|descaler|"
    r"grounds|pods?|tablets?|capsules?|magnet|cleaner|glass|plastic|lid|sachet|espresso|"
    r"caffeine|bag)",
    r"(?:drank|drunk|drinking|swallowed|ingested) ~3 (?:descal(?:er|ing)\w{0,6}|bleach|"
    r"cleaner|cleaning (?:fluid|solution|tablet)s?)",
    r"chok(?:ed|ing) on ~3 (?:piece|plastic|glass|lid|bean|beans|part|it|something|metal|"
    r"bit|stone)",
    r"chest (?:pains?|is tight)",
    r"heart (?:palpitations|is racing|was racing)",
    r"palpitations",
    r"(?:passed out|fainted|unconscious|seizures?|convuls\w{2,5}|overdos(?:e|ed|ing))",
    rf"{SOMEBODY} (?:just |has |have |suddenly )?collapsed (?!box)",
    r"(?:caused|causing|personal|serious|an?|my|his|her|got|nasty|"
    r"suffered) (?:an )?(?:injury|injuries)",
    r"(?:fire|health|safety|choking|burn) hazards?",
    r"hazardous",
    r"(?:fell|tripped) (?:over )?(?:in|on|at) your ~2 "
    r"(?:cafe|shop|store|step|steps|floor)",
    r"(?:ambulance|urgent care|(?:call|called|calling|rang|ring|dial|dialled|"
    r"phoned) (?:999|911|112))(?! street| road)",
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
    r"(?:broke|broken|breaking|sprained|twisted|injured|hurt|fractured) (?:his|her|their|my|an?) "
    r"(?:\w+ )?\w+ (?:while |when |\w+ )?(?:skiing|snowboarding|skating|climbing|cycling|running|"
    r"hiking|surfing|horse ?riding|playing \w+|at (?:football|rugby|netball|hockey|the gym))",
    r"(?:could|will|would|might|may|can|does|do|did|if|any|known to|likely to|chance of|"
    r"risk of|avoid|prevent|in "
    r"case of|worried about|afraid of|without) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:causes?|"
    r"triggers?|gets?|have|has|gives?|a|an|any)? "
    r"?(?:allergic|allergy) (?:reaction|attack)s?(?=[^.!]{0,60}\?)",
    r"(?:bean|beans|coffee|roast|roasts|blend|you guys|you lot|team|service|brew) (?:is|"
    r"are|was) on fire",
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
    r"(?:made|make|makes|making|got|getting) (?:me|us|him|her|my \w+|everyone|"
    r"both of us) (?:\w+ly |so |really |very |feel )*"
    r"(?:sick|ill|vomit|throw up|unwell|poorly|puke|nauseous)(?! of| to my)",
    r"(?:was|were|been|is|am|i'm|im|got|felt|feel|feeling|feels|fell|became|become|"
    r"getting) (?:\w+ly |so |really |very |quite |"
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
    r"(?:hospital|hospitali[sz]ed|a ?& ?e|a and e|emergency room|the er|the doctors?|"
    r"a doctor|my doctor|my gp|the vet)",
)
CAUSE = words_of(
    rf"(?:after|from|since|because of|due to|thanks to|when i|drinking|drank|eating|ate|"
    rf"having|had|tried|trying) ~3 {DRINK}",
    rf"(?:your|the|that|this) ~3 {DRINK} ~2 (?:made|makes|making|gave|sent|caused|put|"
    rf"landed|poisoned)",
    rf"(?:your|the) ~2 {DEVICE}",
    r"reaction",
    r"(?:mou?ld|mou?ldy|droppings|maggots?|gone off|out of date)",
    r"burn(?:s|ed|t)?",
    r"scald\w{0,3}",
    r"glass",
    r"swell\w{0,4}",
    r"swollen",
)
THREAT = words_of(
    r"(?:i'?ll|ill|i will|gonna|going to|imma|ima|want to|wanna|could|should|"
    r"might) (?:\w+ )?(?:kill|stab|shoot|hurt|beat|smash|punch|murder|strangle|harm|"
    r"slap) (?:you|u|ya|"
    r"someone|somebody|your|the (?:driver|courier|staff|manager|barista)|him|her|them|"
    r"y'all|una|everyone)(?! for a)",
    r"(?:come|coming) (?:down )?(?:there|to your (?:shop|office|cafe|store)|after you|"
    r"for you) ~3 (?:hurt|kill|smash|burn|knife|gun|bat)",
    r"(?:bomb|burn down|blow up|torch|burn|set fire to) (?:your|the|this|that|"
    r"ya) (?:\w+ )?(?:shop|store|cafe|office|place|building|roastery|warehouse|"
    r"house)(?! blend)",
    r"i know where (?:you|u|your staff|he|she|the driver) (?:all )?(?:live|lives|work|works)",
    r"(?:watch (?:your|his|her|their|ya) back|you(?:'re| are) (?:a )?dead (?:man)?|"
    r"you will regret this)",
)
