"""Things asked for one after the other in one message; and steps of advice that look the same."""

from __future__ import annotations

from escalation.text import words_of

START = (
    r"(?:^|(?<=[,;:.!?\n()&+-])|(?<=[,;:.!?\n()&+-]\s)|(?<=\sand\s)|(?<=\salso\s)|(?<=\sthen\s)|"
    r"(?<=\splus\s)|(?<=\splease\s)|(?<=\spls\s)|(?<=\splz\s)|(?<=\skindly\s)|(?<=^please\s)|"
    r"(?<=^kindly\s)|(?<=^hi\s)|(?<=^hiya\s)|(?<=^hey\s)|(?<=\s\d\s)|(?<=^\d\s))"
)
OPENING = (
    r"(?:(?:and|also|then|plus|oh|next|lastly|finally|first|firstly|secondly|second|third|so|ok|"
    r"please|pls|plz|kindly|abeg|just|maybe) ){0,3}"
    r"(?:(?:i|we) (?:also |then |just |really )?(?:want|need|would like|wanna|wan|have) (?:you |"
    r"u )?"
    r"(?:to )?|i'?d (?:also |then )?(?:like|love) (?:you )?to |(?:can|could|would|will) "
    r"(?:you|u|ya|i|we|someone) (?:also |then |please |pls |kindly |just )?|to )?"
)
DOING = (
    r"(?:change|switch|swap|move|shift|take|remove|add|put|cancel|pause|skip|apply|merge|split|"
    r"combine|redirect|reroute|reissue|transfer|upgrade|downgrade|delete|close|return|exchange|"
    r"replace|resend|re send|correct|amend|reserve|knock|link|drop|bump|double|halve|swop|book|"
    r"update|send|post|ship|deliver|order|reorder|unsubscribe|reset|set)"
)
ASKED = words_of(
    rf"{START}{OPENING}{DOING} (?!me know|it back|you|up|off)\w+(?: \w+)?",
    rf"{START}{OPENING}(?:\w+ )?(?:\w+ )?needs? (?:\w+ )?(?:missing|new|replacement|"
    r"another) \w+(?: \w+)?",
    r"(?:need|want|like|get|have) (?:the|my|our|a|this|that|those|"
    r"these) (?:\w+ )?(?:\w+ )?(?:\w+ )?"
    r"(?:changed|updated|moved|switched|swapped|removed|cancelled|canceled|paused|corrected|"
    r"merged|reissued|resent|replaced|exchanged|transferred)",
    rf"{START}(?:and )?(?:the|my|our) \w+ (?:\w+ )?(?:\w+ )?(?:changed|updated|moved|switched|"
    rf"swapped|"
    r"removed|cancelled|canceled|paused|corrected|merged|reissued|resent|replaced|exchanged)",
    r"my (?:\w+ )?(?:\w+ )?(?:should|needs to|need to|has to|have to|must) (?:\w+ )?(?:go|be|"
    r"change|"
    r"move|come|drop|switch)",
    rf"(?:{START}|(?<=\swant\s)|(?<=\sneed\s)|(?<=\slike\s))(?:and )?(?:the |my |our |that |box |"
    r"order |number )?(?!be |been |it |was |were |is |has |got |i |you )\w+(?: \w+)? (?:refunded|"
    r"credited|kept|reversed|returned|waived|put right|taken off|billed)",
)
"""One thing asked of the firm, at the start of its clause."""
HOW_TO = words_of(
    r"(?:add|put|take|drop|set|switch|change|move|replace|remove|book|post|order) (?:the |some |a |"
    r"in |your |more |less |hot |cold )?(?:\w+ )?(?:water|milk|sugar|ice|beans|grounds|coffee|"
    r"filter|"
    r"lid|kettle|heat|timer|scale|pot|syrup|salt|cream|shot|care|advantage|time|turns|place)"
    r"(?! (?:off|to my order|from my order|on my order|subscription|order))",
    r"(?:did i|i have already|i already|should i|do i|must i) ~2 (?:change|switch|add|put|take|"
    r"move|"
    r"cancel|update)",
)
CHOICE = words_of(
    r"or (?:else |just |even |maybe |also )?(?:should i |do i |can i |could i |to |i could |we |"
    r"i )?" + DOING,
)
"""One thing or another: a question about what can be done, no list."""
