"""Ways to ask that somebody of the firm looks, writes, or is put on the line; refusing machines."""

from __future__ import annotations

from escalation.text import words_of
from escalation.words_person import SOMEONE

ONE = (
    rf"(?:{SOMEONE}|sum(?:one)?|one of (?:you|u|ya|your (?:\w+ )?\w+|the (?:team|staff|people|"
    r"lot))|an? (?:colleague|human|person)|(?:any|some) of (?:you|your (?:\w+ )?\w+))"
)
WRITE = (
    r"(?:msg|message|dm|text|txt|email|e ?mail|mail|write to|write|ring|call|phone|contact|"
    r"whatsapp|get in touch with|get back to|come back to|reply to|drop)"
)
BOT = r"(?:(?:ro)?bots?|chat ?bots?|machines?|ai|computers?|automat(?:ed|ic) \w+)"
REACH = words_of(
    rf"(?:can|could|would|will|may|might) {ONE} (?:\w+ ){{0,6}}{WRITE} (?:me|us)(?! when)",
    rf"(?:can|could|would|will) {ONE} (?:\w+ )?(?:please )?(?:have|take) a (?:\w+ )?look",
    r"(?:can|could|would|will) one of (?:you|u|ya|your \w+) (?:\w+ )?(?:please )?(?:look|check|"
    r"deal|handle|help|sort|come|pick|see|tell)",
    rf"{ONE} (?:\w+ ){{0,5}}(?:i|we) (?:can|could|might|may) (?:\w+ )?(?:run|put|bounce|throw) "
    r"~3 (?:past|by|to|off)",
    rf"(?:run|bounce) (?:this|it|something|an? \w+) (?:past|by|off) {ONE}",
    rf"(?:get|got|have|want|put|speak to|talk to|reach) {ONE} (?:\w+ )?(?:on|down) (?:the )?"
    r"(?:line|phone|blower|horn|telephone)",
    r"(?:get|reach|speak|talk|got) (?:hold of |through |across |to |with )*one of (?:you|u|yous|"
    r"ya)",
    rf"i (?:don't|dont|do not|never|won't|can't) (?:really |ever )?(?:do|trust|deal with|talk to|"
    rf"get on with|speak to|like) (?:\w+ )?{BOT}(?=\W{{0,3}}(?:$|[.!?,;]|sorry|me|i))",
    rf"(?:rather|prefer|like) (?:not|to not|not to) (?:\w+ )?(?:do|discuss|sort|settle|handle|"
    rf"talk) ~4 (?:with|by|to|through|via) (?:an? |the |this )?{BOT}",
    r"is (?!it|that|this|the|there|my|your|he|she)\w{2,15} (?:in|there|about|around|working|"
    r"available|on shift|on)(?: today| now| this \w+)?\W{1,4}(?:\w+ )?(?:she|he|they) (?:\w+ )?"
    r"(?:helped|sorted|dealt|served|looked|knows|was|did|fixed|got)",
)
