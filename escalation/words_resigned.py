"""Signs of lost patience without heat: giving up, wry praise, shouting in vain."""

from __future__ import annotations

from escalation.text import words_of
from escalation.words_insult import Cue

LEAVE = (
    r"(?:cancel\w{0,4}|clos(?:e|ing)|leav(?:e|ing)|go(?:ing)?|stop\w{0,4}|quit\w{0,4}|order\w{0,3}|"
    r"buy\w{0,3}|shop\w{0,4}|get\w{0,4}|tak(?:e|ing)|mov(?:e|ing)|switch\w{0,3}|delet(?:e|ing)|"
    r"unsubscrib\w{1,3}|send\w{0,3})"
)
ALL = (
    r"(?:everything|the (?:whole )?lot|all of it|the whole (?:thing|order|subscription|account)|"
    r"it all|my (?:whole )?account|elsewhere|somewhere else|another (?:shop|company|roaster)|"
    r"(?:my|the) subscription and)"
)
WHO = r"(?:anyone|anybody|any of you|somebody|someone|any one)"
CUES = (
    Cue(
        "gives up",
        0.6,
        words_of(
            rf"(?:never ?mind|nvm|forget it|don't bother|dont bother|leave it|whatever|ok fine|"
            rf"fine)(?:\W{{1,3}}\w+)?\W{{1,4}}(?:i'?ll |i will |i'm |just |i think i'?ll |then )*"
            rf"(?:just )?{LEAVE} ~2 {ALL}",
            r"(?:honestly|just|oh|you know what|right|ok|okay|please just|let's) (?:\w+ )?"
            r"(?:forget|leave|drop|scrap|skip) (?:it|this|the whole thing|about it)"
            r"(?! out| alone| in| at)",
            r"(?:don't|dont|do not) (?:even )?want (?:it|them|any of (?:it|this|them)|anything) "
            r"(?:\w+ )?(?:any ?more|now|from you)",
            r"(?:don't|dont|do not) (?:even )?(?:care|have the energy|have the strength|"
            r"have it in me) (?:any ?more|left|for this|to \w+)",
            r"(?:i'?m|im|i am|we're) (?:just |so |too |really |honestly )*(?:tired|worn out|weary|"
            r"exhausted|drained|done in) (?:of|by|with|from) (?:this|it|all|chasing|you|trying|the|"
            r"asking|explaining|having)",
            r"(?:can't|cant|cannot) (?:be bothered|face (?:this|it|another)|keep (?:doing this|"
            r"chasing|explaining|asking|going round)|do this any ?more)",
            r"(?:not|hardly|isn't) worth (?:it|the (?:\w+ )?(?:hassle|bother|trouble|effort|"
            r"time|stress|aggravation)|my (?:time|while)) (?:any ?more|with you|now|is it)?"
            r"(?=\W{0,3}(?:$|[.!,]))",
            r"what(?:'?s| is) the (?:bloody |actual )?point(?: any ?more|\W{0,3}$| in (?:asking|"
            r"trying|writing|this))",
            r"(?:no|not any|little) point (?:in )?(?:asking|trying|writing|explaining|complaining|"
            r"continuing|carrying on)",
            r"(?:you|they|you've|you have) (?:\w+ )?(?:won|win|wore me down|worn me down)"
            r"(?=\W{0,3}(?:$|[.!,]))",
            r"(?:i )?(?:expected|expect) (?:nothing|no) (?:less|more|better|else)",
            r"(?:i'?ve|i have|ive) (?:given up|lost (?:heart|hope|count)|stopped (?:hoping|"
            r"expecting|counting))",
            r"losing (?:hope|heart|the will)",
        ),
        sure=True,
    ),
    Cue(
        "speaks to nobody",
        0.5,
        words_of(
            rf"(?:is|are|does|did|has|will) (?:there )?{WHO} (?:at all |out there |even |actually |"
            rf"ever |there |really |going to )*(?:read|listen|look|check|car|pay|work|tak|bother|"
            rf"run)\w{{0,4}}(?: any of| what| my| these| this| it)?",
            r"(?:shout|talk|speak|writ|scream|email|typ)\w{0,3} (?:\w+ )?(?:in ?to|at|to|with) "
            r"(?:an? |the |my )?(?:\w+ )?(?:void|bin|wall|myself|black hole|abyss|thin air|nobody|"
            r"no one|brick)",
            r"(?:is|are) (?:this|it) (?:thing |chat |inbox )?(?:even )?(?:monitored|staffed)",
        ),
    ),
    Cue(
        "praises wryly",
        0.65,
        words_of(
            r"deserves? (?:\w+ )?(?:\w+ )?(?:medal|raise|prize|promotion|round of applause|award|"
            r"oscar|trophy|bonus|knighthood)(?! for (?:being|helping|sorting|her|his|the speed))",
            r"(?:do|did|are|is|was|were) (?:you|this|it|they|that) (?:lot |people |guys |all |"
            r"really |even |doing |done |being )*(?:this |it |that )?on purpose",
            r"(?:bravo|hats off|slow clap|round of applause|congratulations|congrats|kudos|"
            r"standing ovation|top marks|full marks|take a bow|gold star|chapeau) ~4 (?:for|on|to) "
            r"~4 (?:los\w{1,4}|break\w{0,3}|broken|wrong|late|ignor\w{1,3}|nothing|forget\w{0,4}|"
            r"mess\w{0,3}|fail\w{0,3}|not|manag\w{1,3}|send\w{0,3}|ruin\w{0,3}|miss\w{0,3}|empty|"
            r"charg\w{1,3})",
            r"(?:is this|this is|must be) (?:some (?:kind|sort) of |a |your idea of )(?:\w+ )?"
            r"(?:joke|prank|wind up|game|experiment|test of)",
            r"do you (?:even |actually |ever |people |guys |lot |all |bother to )+(?:look|open|"
            r"test|pack|bother|try|taste|weigh|train|employ|think|talk to|want|own|have any)"
            r"(?: \w+)?",
            r"(?:truly|really|genuinely|quite|how) (?:\w+ )?(?:impressive|remarkable|an "
            r"achievement|a talent|a feat|a skill) (?:how|that|to|you)",
            r"(?:how|what) (?:very |terribly |so )?(?:kind|generous|thoughtful|considerate|good|"
            r"clever) of you to (?:\w+ )?(?:lose|break|send|charge|ignore|forget|take|keep|let|"
            r"leave|not|finally)",
            r"(?:thanks|thank you) (?:so much |very much |ever so )?for (?:the |another |yet "
            r"another |a |your )(?:\w+ )?(?:\w+ )?(?:broken|empty|wrong|late|missing|non ?existent|"
            r"useless|smashed|soggy|mouldy|stale|leaking|ruined)",
            r"(?:love|adore|enjoy|really like) (?:how|it when|that|being|the way) (?:you |i |"
            r"nobody |your \w+ )?(?:\w+ )?(?:\w+ )?(?:ignor\w{1,3}|charg\w{1,3}|los\w{1,4}|"
            r"never|don't|doesn't|won't|nobody|forget\w{0,4}|break\w{0,3}|send\w{0,3} (?:me )?"
            r"(?:the )?wrong|made to wait|passed around|told nothing|lied to)",
            r"only (?:took|taken|waited|cost|had to|been|three|four|five|six|\d) ~4 "
            r"(?:weeks|months|emails|calls|attempts|tries)",
        ),
        sure=True,
    ),
)
