"""Words of self-harm that are decisive by themselves; and harmless twins."""

from __future__ import annotations

from escalation.text import words_of

SELF_HARM = words_of(
    r"(?:don't think|dont think|not sure|don't know (?:if|how)) i can (?:keep going|go on|"
    r"carry on|do this any ?more)",
    r"(?:easier|better|nicer|rather) (?:if i (?:didn't|did not|don't|never)|not to|"
    r"never to|to not) (?:\w+ )?wake up",
    r"(?:want|wanna|wish|ready|hoping|going|planning|wan|feel like|just|need|about|"
    r"rather) (?:to )?(?:die|be dead|dying|end it all|end my life|not (?:be alive|exist|"
    r"wake up))(?! for| of| "
    r"laughing| from| without)",
    r"(?:kill|killing|hang|hanging|shoot|shooting|drown|harm|harming|hurt|hurting|cutting|"
    r"off|end|ending) myself(?! laughing| off)",
    r"(?:end|ending|ended|finish) (?:it all|my (?:own )?life|this life|my misery)",
    r"tak(?:e|ing) my (?:own )?life",
    r"no (?:reason|point|use|will) (?:left )?(?:to|in|for) (?:live|living|life|go on|"
    r"going on|carry on|carrying on|be here|being here|be alive|being alive|wake up|"
    r"continue living)",
    r"(?:don't|dont|do not|no longer|not|didn't|nor) (?:really )?(?:want to|wanna|wan|"
    r"wish to|care to) (?:be here|live|wake up|be alive|exist|carry on living|"
    r"go on living|be on this earth|"
    r"be in this world)(?: any ?more)?(?! in| on \w+ street| near)",
    r"suicid(?:e|al)",
    r"self ?harm(?:ing|ed)?",
    r"better off (?:dead|without me|if i (?:was|were) (?:dead|gone))",
    r"(?:can't|cant|cannot) (?:go on (?:living|any ?more)|keep living|live any ?more|"
    r"live like this)",
    r"(?:life|living) (?:is |isn't |isnt |it's )?(?:not )?(?:really )?worth (?:living|"
    r"it any ?more)",
    r"nothing (?:left )?(?:to|worth) liv(?:e|ing) for",
    r"nothing left to live for",
    r"wish i (?:was|were|wasn't|weren't|had|hadn't|could just|could) (?:never )?(?:dead|"
    r"born|alive|disappear for ever)",
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
