"""Roundabout ways to ask for a person: whom to ring, for somebody else, past the machine."""

from __future__ import annotations

from escalation.text import words_of
from escalation.words_person import RING, SOMEONE, TALK

WHOM = rf"(?:{SOMEONE}|some(?:one|body) else|who|whom|a (?:real |actual )?(?:person|human))"
THIRD = (
    r"(?:(?:my|our|the) (?:\w+ )?(?:mum|mom|mam|dad|mother|father|gran|nan|nana|grandma|grandad|"
    r"grandpa|grandmother|grandfather|husband|wife|partner|son|daughter|boss|sister|brother|"
    r"neighbour|aunt|auntie|uncle|friend|client|manager|customer)|she|he|they)"
)
HUMAN = r"(?:h(?:ew|yu|u|oo|ue|yoo)m[aeiou]n|hooman|huuman|humman|hmuan|huamn|hoomin|hyooman)s?"
INDIRECT = words_of(
    rf"(?:is|isn't|was) there (?:not |really |maybe |perhaps )?(?:{SOMEONE}|an? (?:\w+ )?(?:person|"
    rf"human|body|soul)|a way (?:to|of)) (?:\w+ )?(?:i|we|to|of|who|that|she|he|my \w+) ?(?:\w+ )?"
    rf"(?:{RING}|{TALK}|{TALK}ing|ask|reach|reaching|{RING}ing|meet|sit down|run this past|turn to)"
    rf"(?! me a)",
    rf"(?:who|whom) (?:can|do|could|should|would|might|must) (?:i|we|she|he) (?:\w+ )?(?:{RING}|"
    rf"{TALK}|turn|take this|raise this|explain|get hold|reach)(?: to| with| about| for| at)?"
    rf"(?! (?:shipping|the invoice|me|it|an? (?:gift|parcel)))",
    rf"{THIRD} (?:\w+ )?(?:needs?|wants?|would like|would prefer|'d like|prefers?|would rather|"
    rf"has to|asked me to find|is asking (?:for|to)|wishes) (?:to )?(?:have )?(?:a )?(?:real )?"
    rf"(?:{SOMEONE}|person|human|{TALK}) (?:\w+ )?(?:to|with|on|who|that|explain|{RING}|{TALK}|"
    rf"help|walk|sit)",
    rf"(?:can|could|would|will) {SOMEONE} (?:\w+ )?(?:{RING}|{TALK} to|{TALK} with|visit|see|help|"
    rf"walk|guide|look after) (?:my (?:\w+ )?(?:mum|mom|dad|mother|father|gran|nan|wife|husband|"
    rf"partner|son|daughter|boss|neighbour)|her|him|them)",
    rf"(?:rather|easier|better|happier|prefer|quicker|feel (?:\w+ )?(?:better|happier|safer)) "
    rf"(?:\w+ )?(?:to |if i |if we |i )?(?:\w+ )?(?:explain\w{{0,3}}|{TALK}\w{{0,3}}|tell\w{{0,3}}|"
    rf"go\w{{0,3}} (?:through|over)|discuss\w{{0,3}}|hear\w{{0,3}}|say\w{{0,3}}|deal\w{{0,3}}) "
    rf"~4 (?:to|with|from|by) ~2 {WHOM}",
    r"(?:in|with) a (?:real |proper |human )?(?:conversation|voice|phone ?call|chat) (?:with|from) "
    r"~2 (?:someone|somebody|human|person|people)",
    r"(?:get|go|skip|bypass|move) (?:past|around|round|beyond|over) (?:\w+ )?(?:the|this|your) "
    r"(?:\w+ )?(?:bot|robot|machine|chatbot|automated \w+|ai|computer)",
    r"(?:off|away from|out of) (?:this|the|your) (?:\w+ )?(?:bot|robot|chatbot|machine)"
    r"(?: and| please| to)?",
    r"(?:someone|somebody|a person|anyone|anybody) (?:who|that) (?:can|could|will|actually|"
    r"knows|understands|has|is able|might|isn't|is not) (?:\w+ )?(?:\w+ )?(?:make (?:a )?"
    r"decisions?|decide|authority|help|understands?|an? (?:bot|robot|machine)|look|sort|explain|"
    r"answer|think|approve|listen)",
    r"who(?:'?s| is) (?:actually |really |the person )?(?:in charge|responsible(?! for (?:postage|"
    r"shipping|customs|delivery))|your (?:boss|manager))",
    r"(?:want|need|like|prefer|get|give me|looking for|hoping for|after) (?:a )?(?:\w+ )?"
    r"(?:human|personal) (?:touch|contact|being|voice|ear|conversation|attention|help)",
    r"(?:let|have) (?:one of )?(?:your|the) (?:\w+ )?(?:people|colleagues|staff|humans|team|lot|"
    r"guys) (?:\w+ )?(?:look|take|deal|handle|sort|answer|call|ring|contact|reply|decide)",
    r"(?:do|does|did) (?:any|real|actual|you have (?:any|real|actual)) (?:real |actual )?(?:people|"
    r"humans|staff) (?:\w+ )?(?:work|answer|read|exist|there|i can|who)",
    rf"^\W{{0,9}}(?:an? |i want an? |want |need |give me an? )?{HUMAN}(?: please| pls| plz| now)*"
    rf"\W{{0,9}}$",
    rf"(?:want|need|speak|talk|get|with|to) (?:to |an? |me |2 )*{HUMAN}(?! resources| error|"
    r" consumption| safe)",
    r"(?:could|can) (?:i|we) (?:please )?(?:have|get) (?:a )?(?:name|direct line|direct number|"
    r"an? extension)",
    r"(?:a|the) (?:number|line|phone number|direct line) (?:i|we|she|he|my \w+) (?:can|could) "
    r"(?:ring|call|phone) (?:to )?(?:and )?(?:speak|talk|explain|discuss|get|have|sort)",
    r"(?:want|need|like|prefer|rather) (?:to )?(?:\w+ )?(?:do|discuss|sort|settle|talk) (?:this|it|"
    r"that) (?:\w+ )?(?:by|over|on) the (?:phone|telephone)",
)
INDIRECT_EXCUSES = words_of(
    r"(?:someone|somebody|anyone|anybody|a person) (?:who|that) (?:loves?|likes?|drinks?|hates?|"
    r"has (?:never|everything)|is (?:new|into|pregnant|just|a|vegan|lactose))(?: \w+)*",
    r"(?:present|gift|coffee|blend|beans|bag|recommend\w{0,3}|something) (?:\w+ )?for (?:someone|"
    r"somebody|a person|anyone)(?: who| that)?(?: \w+){0,6}",
    r"who (?:can|do|should) i (?:make|address|send|give|credit|thank|recommend|gift)(?: \w+)?",
)
