"""Ways to say that help is no longer needed, and words that cast doubt on it."""

from __future__ import annotations

from escalation.text import words_of

DONE = words_of(
    r"never ?mind",
    r"nvm",
    r"nm",
    r"no longer needed?",
    r"(?:don't|dont|do not) need (?:you|help|it|an?|"
    r"any(?:one|body|more|thing)|a person|an agent|to) ?(?:\w+ )?(?:any ?more|now)?",
    r"no need(?: any ?more| now| for (?:a|an|the) (?:person|agent|human))?",
    r"forget (?:it|about it|that|this|i asked)",
    r"(?:it'?s|its|that'?s|thats|all|everything'?s?|i'?m|im|we'?re|is|am) (?:all )?(?:ok|"
    r"okay|fine|good|"
    r"sorted|solved|resolved|fixed|done|set|working|great|gucci)(?: out)? ?(?:now|thanks|"
    r"already|again|"
    r"thank you|ta|cheers)?",
    r"(?:i |i've |we |ive |just |i just )(?:found|got|sorted|solved|figured|fixed|worked|"
    r"managed|located)(?: "
    r"(?:it|that|out|them|the \w+))+",
    r"(?:found|got|sorted|solved|fixed|figured|worked) (?:it|that)(?: out)?",
    r"^\W{0,9}(?:ok |oh |ah |all |now )*sorted(?: now| it| thanks| cheers| ta)*\W{0,9}$",
    r"problem (?:is )?(?:solved|sorted|fixed|gone)",
    r"all (?:good|sorted|done|fine|set)",
    r"changed my mind",
    r"(?:i can|i'll|ill|i will) (?:wait|sort it(?: out)?|manage|do it) ?(?:myself|on my own)?",
    r"(?:it|parcel|package|order|refund|code|email|delivery) (?:has |have )?(?:just |now |"
    r"finally )?(?:arrived|"
    r"came|come|turned up|showed up|works|worked|landed|been delivered|gone through)(?: now)?",
    r"i no need (?:am|una) again",
    r"e don (?:work|come|do|better)",
    r"(?:ya|ya esta) (?:resuelto|solucionado)",
    r"(?:cancel|stop) (?:the |my |this |that )?(?:request|agent|call ?back|ticket|transfer)",
)
NOT_DONE = words_of(
    r"not (?:\w+ )?(?:ok|okay|fine|good|sorted|solved|resolved|fixed|working|done)",
    r"(?:isn't|isnt|wasn't|aren't|hasn't|haven't|didn't|never|still|doesn't|"
    r"nothing) ~3 (?:ok|fine|sorted|"
    r"solved|resolved|fixed|working|arrived|come|came|work|works|worked|sort|good)",
    r"(?:if|when|once|until|unless|before|after|how|whether|make sure) ~4 (?:ok|fine|"
    r"sorted|solved|fixed|"
    r"arrived|works?|done|resolved)",
    r"(?:but|although|however|except|still|never again|lawyer|solicitor|sue|elsewhere|"
    r"broken|damaged|wrong|"
    r"empty|ruined|late|missing|anyway|useless|waste)",
    r"(?:your|the|these|his|her|their) (?:\w+ )?excuses",
)
