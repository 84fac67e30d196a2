"""Words of bereavement, illness and hardship that call for a person; and their harmless twins."""

from __future__ import annotations

from escalation.text import words_of

KIN = (
    r"(?:mother|mum|mam|mom|mommy|mummy|ma|mama|dad|daddy|da|papa|father|husband|hubby|"
    r"wife|wifey|partner|son|daughter|brother|bro|broda|sister|sis|sista|"
    r"gran|granny|grandma|nan|nana|nanny|nanna|grandad|granddad|grandpa|grandfather|"
    r"grandmother|grandson|granddaughter|uncle|aunt|aunty|auntie|best friend|"
    r"friend|mate|baby|baby boy|baby girl|child|little (?:boy|girl|one)|parents?|fiancee?|"
    r"boyfriend|girlfriend|cousin|nephew|niece|twin|mother in law|"
    r"father in law|brother in law|sister in law|in law|flatmate|roommate|colleague|"
    r"business partner|other half|spouse|loved one)"
)
OWN = r"(?:my|our|his|her|their|me|ma|mi|the customer's|a close|close)"
DEATH = words_of(
    rf"{OWN} (?:\w+ )?(?:\w+ )?{KIN} (?:\w+ )?(?:\w+ )?(?:died|has died|just died|"
    rf"passed away|has passed(?! (?:the|his|her|on the))|passed (?:suddenly|recently|last|"
    rf"yesterday|this|in|on "
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|two|three|a few|earlier|over)|was killed|"
    r"got killed|is dead|is gone now|don die|don kpai|don pass|kpai|crossed over|"
    r"lost (?:his|her|their) (?:life|battle|fight))(?! (?:his|her|their) (?:exam|test|"
    r"driving|gcse|a levels?))",
    rf"{OWN} (?:\w+ )?{KIN} (?:has |s )?(?:just )?passed(?=\s{{0,3}}(?:[.,!?;\n]|$|and ))",
    rf"(?:death|passing|loss|funeral|burial|cremation|memorial|wake|ashes) (?:of|"
    rf"for) {OWN} (?:\w+ )?{KIN}",
    rf"{OWN} (?:\w+ )?(?:\w+ )?{KIN}(?:'?s)? (?:\w+ )?(?:death|passing|funeral|burial|"
    rf"cremation|estate|memorial|ashes)",
    rf"(?:lost|losing|buried|burying|cremat(?:ed|ing)|outlived|grieving|"
    rf"mourning) {OWN} (?:\w+ )?(?:\w+ )?{KIN}(?!'|\w| (?:order|parcel|package|account|"
    rf"password|code|in the|at the|card))",
    rf"{OWN} late (?:\w+ )?{KIN}",
    rf"{OWN} (?:\w+ )?(?:deceased|departed) ?{KIN}?",
    r"(?:bereave\w{1,5}|grieving|in mourning|mourning (?:my|our|the)|widow(?:ed|er)?|"
    r"deceased|executor|probate|next of kin|obituary|in grief|from grief|died by suicide|"
    r"miscarr(?:iage|ied)|"
    r"stillb(?:orn|irth))",
    r"(?:funeral|burial|cremation)(?! blend| roast)",
    r"there(?:'?s| has| was| is|) (?:been )?a (?:death|bereavement) in (?:the|my|our) family",
    rf"{KIN} (?:die|don die|passed away)",
    r"(?:she|he) (?:has )?(?:just |recently |sadly )?(?:passed away|died (?:last|on|in|"
    r"yesterday|this|two|three|suddenly|recently))",
    r"death in (?:the|my|our) family",
    r"passed away (?:last|this|yesterday|recently|suddenly|two|three|a|on|in)",
    r"account holder (?:has )?(?:died|passed away|is dead)",
    r"(?:mi|nuestr[oa]|su) (?:\w+ )?(?:madre|padre|mama|papa|marido|esposo|esposa|mujer|"
    r"hijo|hija|abuela|abuelo|hermano|hermana|amigo|amiga) ~3 (?:murio|fallecio|ha muerto|"
    r"fallecido|falleciendo)",
    r"(?:ma|mon|notre) (?:mere|pere|mari|femme|fils|fille|frere|soeur|grand mere|"
    r"grand pere|maman|papa) ~3 (?:est morte?|est decedee?|vient de mourir|deces|"
    r"nous a quittes?)",
    r"(?:meine?|unsere?) (?:mutter|vater|mann|frau|sohn|tochter|bruder|schwester|oma|opa|"
    r"mama|papa) ~5 (?:gestorben|verstorben|tot)",
    r"(?:mia|mio) (?:madre|padre|mamma|papa|marito|moglie|figlio|figlia|nonna|nonno|"
    r"fratello|sorella) ~3 (?:mort[oa]|mancat[oa]|decedut[oa])",
    r"(?:minha|meu) (?:mae|pai|marido|esposa|mulher|filho|filha|avo|irmao|"
    r"irma) ~3 (?:morreu|faleceu|partiu)",
    r"(?:beerdigung|trauerfall|enterrement|deuil|funerale|lutto|falecimento|fallecimiento|"
    r"velorio|entierro|luto)",
)
ILLNESS = words_of(
    r"(?:has|have|had|got|with|having|of|to|diagnosed|fighting|battling|beating|terminal|"
    r"breast|lung|bowel|prostate|skin|blood|brain|ovarian|pancreatic|throat|stage \w+|my|"
    r"her|his|from|got the|for|living with) ~1 cancer"
    r"(?! (?:research|charity|uk|trust|fundraiser|season))",
    r"cancer (?:diagnosis|treatment|patient|ward|came back|is back|survivor|operation|surgery)",
    r"chemo(?:therapy)?",
    r"radiotherapy",
    r"hospice",
    r"palliative",
    r"terminal(?:ly)? (?:ill|illness|diagnosis|condition|"
    r"cancer)",
    r"(?:on )?life support",
    r"(?:intensive care|in icu|in the icu|critical condition|in a coma)",
    r"(?:had|having|has had|after|suffered|since|from|survived) (?:an?|his|her|my|"
    r"the)? ?(?:\w+ )?(?:mini )?"
    r"strokes?(?! of| count| play)",
    r"stroke (?:patient|victim|survivor|ward|recovery)",
    r"(?:had|having|has had|after|suffered|recovering from|since) (?:an?|his|her|my|"
    r"the)? ?(?:\w+ )?heart (?:attack|surgery|failure|bypass)",
    r"(?:dementia|alzheimer'?s?|parkinson'?s?|motor neurone|multiple sclerosis|"
    r"cystic fibrosis|epileps?y|lupus|leukaemia|leukemia|tumou?rs?|kidney failure|"
    r"dialysis|transplant)",
    rf"(?:{OWN} (?:\w+ )?{KIN}|i|i'm|im|i've|we|he|she)(?:'?s)? "
    r"~4 (?:in|into|at|to|from) (?:a |the )?(?:hospital|icu|intensive care|"
    r"a ?& ?e)(?! (?:blend|cafe|shop|kitchen|ward as|reception))",
    r"hospitali[sz]ed",
    r"in (?:the )?hospital (?:with|for|since|again|recovering|right now|at the moment)",
    r"(?:seriously|critically|gravely|terminally|very|severely|chronically|really) ill",
    r"(?:serious|long term|chronic|terminal|life limiting|mental) illness",
    r"diagnosed with",
    r"(?:recovering from|undergoing|major|emergency|open heart|brain) "
    r"(?:\w+ )?(?:surgery|operation)",
    r"(?:suffer\w{0,4}|struggling|living|diagnosed|clinical|severe|severely|postnatal|"
    r"post natal|deep|with|my|have) (?:from |with )?(?:\w+ )?depress(?:ion|ed)(?! (?:to|"
    r"that you|about your|when you))",
    r"mental (?:health|breakdown|illness|state is)",
    r"(?:panic|anxiety) attacks?",
    r"ptsd",
    r"nervous breakdown",
    r"(?:bipolar|schizophreni\w{1,3}|anorexi\w{1,3}|bulimi\w{1,3}|eating disorder)",
    r"(?:i'?m|i am|im|am|my \w+ is|he is|she is|he's|she's|who is|"
    r"who's) (?:\w+ )?(?:autistic|blind|deaf|paraly[sz]ed|paraplegic|bedbound|bedridden|"
    r"housebound|visually impaired|partially sighted|"
    r"hard of hearing|registered blind|severely dyslexic|an? amputee|"
    r"immunocompromised)(?! (?:tast|to the|date|trial|side))",
    r"(?:have|has|with|my|his|her|a|due to|because of) ~1 (?:disabilit(?:y|ies)|"
    r"learning difficult(?:y|ies))",
    rf"(?:i'?m|i am|im|am|we are|as an?|registered|{OWN} {KIN} is|he is|she is|he's|she's|"
    rf"who is|severely|physically) (?:\w+ )?disabled(?! (?:account|login|link|the|my|"
    rf"cookies|javascript|toilet|it|on))",
    r"(?:i'?m|i am|im|i|use|uses|using|in|am) (?:\w+ )?(?:in |use |using )?(?:a |my )?wheelchair",
    r"(?:full time |her |his |my mum's |my dad's |a |sole |unpaid )carer(?!s)",
    r"care home",
    r"(?:elderly|vulnerable) (?:and|person|"
    r"customer|lady|man|woman|mother|father|mum|dad|parents|neighbour)",
    r"(?:tengo|tiene|diagnosticaron|padece) ~2 (?:cancer|alzheimer|demencia)",
    r"(?:quimioterapia|quimio|chimio(?:therapie)?|chemotherapie|krebs(?:krank|diagnose)?|"
    r"chemioterapia)",
    r"(?:a un|j'ai un|atteinte? d'un|du) cancer",
    r"(?:ho|ha) "
    r"(?:il|un) (?:cancro|tumore)",
    r"(?:estou|esta|tem|tenho) (?:com )?cancer",
    r"(?:hospitalizad[oa]|internad[oa]|ingresad[oa] en|im krankenhaus|a l'hopital|in ospedale)",
)
ILLNESS_EXCUSES = words_of(
    r"(?:access|accessible|accessibility|step ?free|ramps?|get in|enter|lift) ~5 wheelchairs?",
    r"wheelchair ~5 (?:access|accessible|step ?free|ramps?|get in|enter|lift|door)",
    r"(?:nearly|almost|practically|basically|gave me|giving me|give me|going to have|"
    r"about to have|gonna have) (?:had |have )?(?:a |an )?(?:heart attack|stroke|"
    r"panic attack|breakdown|nervous breakdown)",
    r"(?:i'm|im|i am|as) a cancer(?! patient| survivor)",
    r"cancer (?:research|charity|trust|fundraiser|season|season)",
    r"stroke of (?:luck|genius|midnight)",
    r"diagnosed with (?:a )?(?:coffee|caffeine) (?:addiction|obsession|problem)",
    r"(?:wheelchair|disabled|blind|deaf)(?: \w+)? (?:access|accessible|friendly|toilet|"
    r"parking|ramp|bay|spaces?|tasting|user access)",
    r"(?:work|works|working|shift|nurse|doctor|porter|deliver|delivered|canteen|"
    r"ward staff|job|colleagues?|volunteer\w{0,3}|order) "
    r"~4 (?:in|at|to|from|for) (?:a |the |our )?(?:hospital|hospice|icu|care home)",
    r"(?:hospital|hospice|care home) (?:cafe|kitchen|canteen|shop|staff|trolley|"
    r"fundraiser|charity|raffle)",
    r"(?:we|i) (?:run|manage|supply|own|buy for|order for) ~3 (?:hospital|hospice|care home)",
)
HARDSHIP = words_of(
    r"(?:made|been|being|was|got|facing|took) (?:\w+ )?redundan(?:t|cy)",
    r"redundancy",
    r"(?:lost|losing|lose) (?:my|our|his|her) (?:jobs?|work|house|home|business|income|"
    r"livelihood|flat)",
    r"(?:been|got|was|am) (?:laid off|sacked|let go|fired)(?! up)",
    r"(?:i'?m|i am|im|am|currently|now|been|husband is|wife is|partner is|"
    r"still) (?:\w+ )?(?:unemployed|out of work|homeless|bankrupt|jobless|destitute)",
    r"(?:can't|cant|cannot|can not|couldn't|unable to|struggling to|struggle to|"
    r"no longer) (?:even )?(?:afford|pay|buy|pay for|put) ~3 "
    r"(?:food|rent|bills?|heating|electric\w{0,5}|gas|eat|feed|mortgage|groceries|nappies|"
    r"medicine|medication|school|basics|essentials|to live|shopping|meals?)",
    r"(?:can't|cant|cannot|couldn't|struggling to|unable to|no money to|"
    r"nothing to) (?:feed|heat|eat|make ends meet|clothe)(?! (?:the|my) "
    r"(?:grinder|machine|water|milk|kettle|cup|hopper|dog))",
    r"make ends meet",
    r"food ?banks?(?! (?:donation|drive|collection))",
    r"(?:going|facing|being|been|about to be|got|getting|"
    r"threatened with) (?:to be )?evict(?:ed|ion)",
    r"eviction",
    r"(?:bankruptcy|insolvency|insolvent|bailiffs?|debt collectors?)",
    r"(?:i'm|im|i am|am|we're|we are|live|living|now|family|"
    r"mum) (?:\w+ )?on (?:universal credit|benefits|disability|jobseeker'?s|food stamps|"
    r"the dole|statutory sick pay)",
    r"(?:in|into|serious|drowning in|deep in|massive|a lot of|so much) debts?",
    r"(?:financial|money|severe) (?:difficult(?:y|ies)|hardship|troubles?|crisis|ruin|abuse)",
    r"(?:last|only) ~2 (?:money|pounds|quid|dollars|tenner|fiver) (?:\w+ )?(?:for|till|"
    r"until|to last|to feed|i have left)",
    r"(?:no|not enough|without|zero) money (?:\w+ )?(?:for|to) (?:food|rent|eat|feed|"
    r"bills|heating|my kids|live|the kids)",
    r"(?:domestic|coercive) (?:abuse|violence|control)",
    r"(?:abusive|violent) (?:ex|partner|husband|wife|"
    r"boyfriend|girlfriend|relationship|home|marriage)",
    r"(?:fleeing|fled|escaping|escaped|hiding from) ~3 (?:ex|partner|husband|wife|abuse|"
    r"violence|war|home|relationship)",
    r"(?:women'?s|a) (?:refuge|shelter)(?: now)?",
    r"(?:our|my|the) (?:house|flat|home|apartment) (?:\w+ )?(?:burn(?:ed|t) down|flooded|"
    r"was destroyed|"
    r"was flooded|got flooded)",
    r"(?:house|flat|home) fire",
    r"lost everything",
    r"(?:i )?(?:no get money|money no dey) ~3 (?:food|chop|rent|school)",
    r"dem don sack me",
    r"(?:he perdido|perdi) (?:mi|el) (?:trabajo|empleo|casa)",
    r"(?:j'ai perdu|perdu) mon (?:emploi|travail|boulot)",
    r"(?:meinen job|meine arbeit|arbeit) verloren",
    r"(?:ho perso|perso) (?:il )?(?:lavoro|mio lavoro)",
    r"perdi (?:o )?(?:meu )?(?:emprego|trabalho)",
    r"(?:en paro|au chomage|arbeitslos|disoccupat[oa]|desempregad[oa]|despedid[oa])",
)
DEATH_EXCUSES = words_of(
    r"it'?s your funeral",
    r"late (?:\w+ )?(?:great \w+|grand\w{2,6}|gran|nan|nana|granny|uncle|aunt\w{0,2}) (?:\w+ )?"
    r"(?:had|loved|used to|always|swore|drank|kept|taught|worked|was|would|owned|collected|ran|"
    r"made)(?! (?:an? |his |her |the |your )?(?:account|subscription|order|card|gift))",
    r"good grief",
    r"(?:exam|exams|test|driving test|gcses?|a levels?|degree|interview) ~2 passed",
    r"passed (?:his|her|their|the|my) (?:\w+ )?(?:exam|exams|test|driving|gcses?|degree|"
    r"interview|audition|order|code|message)",
    r"(?:funeral|death) (?:for|of) (?:my|our|the) (?:grinder|machine|kettle|press|old)",
    r"(?:to|2) (?:the|my|our) death",
    rf"{OWN} (?:\w+ )?{KIN}'s (?:\w+ )?(?:grinder|machine|phone|kettle|laptop|battery|"
    rf"plant|scale|car|order|press|scales) (?:has )?(?:just )?(?:died|is dead|gone)",
)
