"""Words of haste and of a deadline near, with weights (0-1); and harmless twins."""

from __future__ import annotations

from escalation.text import words_of

PRESSING = (
    (
        0.45,
        words_of(
            r"(?:urgent|urgently|emergency|asap|a\.s\.a\.p|as soon as possible|immediately|"
            r"right now|right away|straight ?away|this minute|this instant|quickly|hurry|"
            r"time sensitive|last minute|desperate(?:ly)?|critical|now now|sharp sharp)"
        ),
    ),
    (
        0.4,
        words_of(
            r"(?:today|tonight|tomorrow|tomoz|tmrw|tmw|this (?:morning|afternoon|evening)|"
            r"day after tomorrow|in (?:an|one|two|three|four|five|six|a few|a couple of|"
            r"\d{1,2}) (?:hours?|hrs?|minutes?|mins?)|within (?:the hour|an hour|\d{1,2} hours|"
            r"24 hours|48 hours|two days|a day)|in (?:two|2|a couple of) days|by (?:noon|midnight|"
            r"close of play|end of (?:day|play)|\d{1,2} ?(?:am|pm))|next (?:hour|few hours))"
        ),
    ),
    (
        0.4,
        words_of(
            r"(?:being|getting|keep(?:s)?|still|is|are|it's) (?:\w+ )?(?:charged|charging|debited|"
            r"taking|billing|billed) (?:\w+ )?(?:money|again|right now|every|me|"
            r"my)?(?= ?(?:right now|now|again|as we speak|every (?:hour|day|minute)))",
            r"(?:losing|lose) money",
            r"rent (?:is|was) due",
            r"overdrawn",
            r"(?:locked out|can't (?:get in|log ?in|access)) ~6 (?:now|today|tonight|tomorrow|"
            r"urgent|asap)",
            r"(?:leaking|flooding|pouring) (?:\w+ )?(?:everywhere|all over|now|onto|on to)",
            r"(?:someone|somebody|they) (?:is|are|'s) (?:using|ordering|spending|buying)",
        ),
    ),
)
NEEDED = (
    0.35,
    words_of(
        r"(?:need|needed|needs|must|have to|got to|gotta|has to be|wedding|funeral|birthday|"
        r"party|flight|fly(?:ing)?|leav(?:e|ing)|travel(?:l?ing)?|mov(?:e|ing) (?:house|out)|"
        r"event|opening|launch|deadline|meeting|guests?|anniversary|christmas|catering|"
        r"before i (?:go|leave|fly)|too late|going out|dispatch(?:ed|es)? (?:today|tomorrow)|"
        r"ships? (?:today|tomorrow)|renews? (?:today|tomorrow|tonight)|before it (?:ships|"
        r"goes|leaves|renews))"
    ),
)
"""A need or an occasion; counts only beside haste or a time."""
NOT_PRESSING = words_of(
    r"(?:not|no|isn't|nothing) (?:\w+ )?(?:urgent|hurry|rush|emergency)",
    r"(?:no|without) (?:rush|hurry)",
    r"(?:arrived|came|got|ordered|received|bought|delivered|picked|collected|had|was|were|"
    r"opened|tried) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:today|this (?:morning|afternoon|"
    r"evening)|tonight)",
    r"(?:how are you|open|close|closed|happening|weather|feeling|nice day|day|hello|hi|"
    r"hours|special|doing) (?:today|tonight|tomorrow)",
    r"order(?:ed|ing)? (?:today|now)",
    r"if i order",
    r"(?:quick|quickly) question",
    r"when (?:do|will|does|is|are) (?:you|it|the) (?:\w+ )?(?:open|close)(?: \w+)?",
)
