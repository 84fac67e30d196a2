"""Words of anger at the bot itself: it repeats itself, does not listen, misses the point."""

from __future__ import annotations

from escalation.text import words_of

BOT = (
    r"(?:(?:ro)?bots?|chat ?bots?|machines?|robots?|clanker|ai|assistant|computers?|"
    r"automat(?:ed|ic) (?:\w+ )?(?:thing|system|service|answers?|repl(?:y|ies)|chat|assistant|"
    r"messages?)|this (?:chat|thing))"
)
USELESS = (
    r"(?:useless|stupid|dumb|thick|idiotic|pointless|hopeless|pathetic|brainless|clueless|daft|"
    r"broken|rubbish|crap|crappy|shit|shitty|garbage|trash|terrible|awful|annoying|infuriating|"
    r"worthless|moronic|ridiculous|silly|bloody|damn|fucking|sodding|effing|stinking)"
)
SAME = (
    r"(?:same|identical|exact same|very same) (?:\w+ )?(?:answers?|repl(?:y|ies)|responses?|"
    r"things?|messages?|lines?|paragraphs?|sentences?|links?|texts?|spiel|script|nonsense|waffle|"
    r"crap|words|advice)"
)
GIVES = (
    r"(?:repeat\w{0,3}|say\w{0,3}|send\w{0,3}|giv\w{1,3}|tell\w{0,3}|show\w{0,3}|post\w{0,3}|"
    r"past\w{1,3}|copy\w{0,3}|quot\w{1,3}|spout\w{0,3}|offer\w{0,3}|ask\w{0,3}|churn\w{0,3}|"
    r"trot\w{0,4})"
)
AT_BOT = words_of(
    rf"{USELESS} (?:\w+ )?{BOT}",
    rf"{BOT} (?:\w+ )?(?:is|are|was|s|'s|must be) (?:\w+ )?(?:\w+ )?{USELESS}",
    rf"{BOT} (?:\w+ )?(?:doesn't|does not|doesnt|can't|cant|cannot|won't|never|isn't|don't) "
    rf"(?:even )?(?:understand|help|listen|read|work|get|know|think|answer|follow)\w{{0,3}}",
    rf"{BOT} ~2 (?:sucks?|stinks?|no help|no use|waste of (?:time|space)|hasn't a clue|"
    rf"no clue|keeps? \w+ing)",
    rf"(?:talk\w{{0,3}}|speak\w{{0,3}}|arguing|chat\w{{0,4}}|typ\w{{1,3}}) (?:\w+ )?(?:to|with|at) "
    rf"(?:an? )?(?:brick |blank )?(?:walls?|parrot|{BOT}|fridge|toaster|lamp ?post)",
    rf"(?:you|u|it|this|bot|chat|thing) (?:just |only |always |literally |simply )?(?:keep|keeps|"
    rf"kept|still|are|'re|is) (?:on )?{GIVES} ~3 (?:same|again|over|that|me back|"
    rf"that link|the link|irrelevant|useless|nonsense|wrong)",
    r"(?:you|u|it|bot) (?:have |has |'ve )?(?:just |already |literally |only )+"
    r"(?:said|say|sent|gave|given|told|pasted|repeated|asked) (?:me )?(?:that|this|it|exactly)"
    r"(?: already| before| twice| again)?",
    rf"{SAME} (?:\w+ )?(?:again|every time|each time|twice|over|three times|as before|"
    rf"as last time|for the|word for word|back)",
    rf"(?:again|twice|three times|gave me|giving me|sent me|sending me|with|"
    rf"got|getting) (?:\w+ )?the {SAME}",
    r"(?:stop|quit|enough with|no more|spare me|enough of|sick of|tired of|fed up with) (?:\w+ )?"
    rf"(?:\w+ )?(?:{GIVES} (?:me )?(?:the|that|this|yourself|these|links?|again)|repeating|"
    r"(?:\w+ )?(?:canned|scripted|robotic|automated|generic|copy ?(?:and)? ?pasted?|copypasta|"
    r"pre ?written|template\w{0,1}|stock|cookie cutter|boilerplate))",
    r"(?:canned|scripted|robotic|copy ?(?:and)? ?pasted?|copypasta|pre ?written|boilerplate|"
    r"cookie cutter|parroted) (?:\w+ )?(?:answers?|repl(?:y|ies)|responses?|nonsense|messages?|"
    r"rubbish|lines?|drivel)",
    r"(?:you|u|ya|ye|you're|youre|ur|it|bot)(?: are|'re|'s| is)? (?:\w+ )?(?:not|never|nae|"
    r"no dey|no) (?:\w+ )?(?:listen\w{0,3}|read\w{0,3} (?:what|my|this|it|me|any|properly)|"
    r"understand\w{0,3}|hear\w{0,3}|pay\w{0,3} attention|get(?:ting)? (?:it|me|what|"
    r"the (?:point|question))|"
    r"answer\w{0,3}(?! the phone| the door| (?:my |your |any )?(?:e ?mails?|calls?|phone)))",
    r"(?:you|u|ya|it|bot) (?:really |clearly |obviously |still |just |even )?(?:don't|dont|"
    r"didn't|didnt|do not|did not|won't|can't|cannot|cant|aren't|arent|haven't) (?:\w+ )?(?:"
    r"listen\w{0,3}|"
    r"read\w{0,3} (?:what|my|this|it|me|any|properly)|understand\w{0,3}|hear me|get (?:it|me|"
    r"what|the (?:point|question))|answer\w{0,3} (?:me|my question|the question|"
    r"what|that|anything|it))",
    r"(?:are|did|do|can) (?:you|u|ya) (?:even |actually |not |really |bother to )+(?:listen\w{0,3}|"
    r"read\w{0,3}|understand\w{0,3}|hear\w{0,3}|process\w{0,3}|look at)(?! to| about the)",
    r"(?:aren't|arent|didn't|don't|can't) (?:you|u) (?:even |actually |just )?(?:listen\w{0,3}|"
    r"read\w{0,3}|understand\w{0,3}|hear\w{0,3})",
    r"(?:just |please |can you |could you |now |for once |so )?answer (?:my|the|"
    r"this|a) (?:\w+ )?(?:bloody |damn |actual |simple )?question",
    r"(?:that'?s|thats|that is|this is|it'?s) (?:still |again |just |really |so )?not (?:\w+ )?"
    r"(?:what i (?:\w+ )?(?:asked|said|meant|am asking|was asking|want\w{0,3}|need\w{0,3})|"
    r"an answer|my question|the question|answering)",
    r"not what i (?:\w+ )?(?:asked|said|meant|was asking|am asking)",
    r"(?:didn't|did not|doesn't|hasn't|haven't|don't|isn't|not) (?:\w+ )?(?:answer\w{0,3}|"
    r"address\w{0,3}) (?:my|the|that|a single|any) ?(?:\w+ )?(?:questions?|point)",
    r"(?:go(?:ing)?|went|talking|running|chasing|led) (?:\w+ )?(?:me )?(?:a?round )?(?:\w+ )?in "
    r"(?:\w+ )?(?:circles|loops?)",
    r"(?:stuck|caught|trapped|in) (?:\w+ )?(?:an? |the )?(?:endless |infinite |constant )?loop",
    r"(?:like )?a broken record",
    r"(?:wast(?:e|ing) (?:of )?(?:my )?time|pointless|useless|hopeless|no use|given up|"
    r"done|had enough) (?:\w+ )?(?:talking|chatting|typing|asking|speaking|writing|explaining) "
    r"(?:\w+ )?(?:to|with|you|this)",
    r"wrong again",
    r"(?:completely|totally|utterly) (?:irrelevant|missed the point|misunderstood)",
    r"(?:read|look at) (?:what|the thing|my message) (?:i |again|above)(?:\w+ )?(?:\w+ )?",
)
"""Said of the bot and of how it answers, not of the firm's goods or people."""
NOT_AT_BOT = words_of(
    r"(?:coffee|espresso|washing|bean to cup|filter|pod|capsule|new|my|our|your|the "
    r"(?:\w+ )?(?:coffee|espresso)) (?:\w+ )?machines?(?: \w+)?",
    r"machine (?:keeps?|is|was|doesn't|won't|can't|isn't) (?:\w+ )?(?:\w+ )?(?:leak\w{0,3}|"
    r"broken|heat\w{0,3}|work\w{0,3}|steam\w{0,3}|grind\w{0,3}|pump\w{0,3}|brew\w{0,3}|turn\w{0,3})",
    r"my (?:\w+ )?(?:computer|laptop)(?: \w+)?(?: \w+)?",
    r"(?:told|said to|asked) (?:my|the|a) (?:wife|husband|mum|friend|neighbour|boss)",
)
"""The same words about a coffee machine, a computer at home, or somebody else."""
