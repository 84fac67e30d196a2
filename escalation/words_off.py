"""Says that the answer before was about something else: counts where the bot has just spoken."""

from __future__ import annotations

from escalation.text import words_of

ABOUT = r"(?:about|how|where|when|what|if|why|to do with|who|whether)"
OFF_POINT = words_of(
    rf"^\W{{0,9}}(?:er |um |hm+ |ok |okay |yes |yeah |no |but |well |right |sorry )*(?:but |and )?"
    rf"(?:that|this|thats|your (?:answer|reply|link|message)|the (?:answer|link|page|reply))"
    rf"(?:(?:'?s| is| was) (?:all |only |just |more )?(?:about|to do with)|(?:'?s| is| was) "
    rf"(?:only |just )(?:for|the|{ABOUT})|(?:'?s| is| was)? (?:only |just |all )?(?:tell(?:s|ing)|"
    rf"explain(?:s|ing)|describ(?:es|ing)|cover(?:s|ing)|talk(?:s|ing)) (?:me |us )?{ABOUT})"
    rf"(?! (?:it|all|everything|now|me|sure|us|right)(?!\w))(?: \w+){{0,12}}"
    rf"(?=[.!;,\u2026-]{{1,3}}\s{{0,3}}\w)",
    r"(?:wasn't|isn't|was not|is not|weren't|not) (?:\w+ )?(?:asking|talking|on) about(?: that)?",
    r"(?:i|we) (?:wasn't|was not|am not|'m not|didn't|did not) (?:ask\w{0,3}|want\w{0,3}|mean) "
    r"(?:about |for |to know )?(?:that|this|how|where)",
    r"(?:has|had|have) (?:nothing|not much|little) to do with",
    r"(?:completely|totally|a) (?:different|wrong|another|other) (?:thing|question|topic|subject|"
    r"problem|order|matter)(?! please| if| too| as well| \?)",
    r"(?:not|isn't|wasn't) the (?:\w+ )?(?:one|thing|order|question|problem|issue|part) (?:i|we) "
    r"(?:mean|meant|asked|am asking|was asking|need|want\w{0,3}|said)",
    r"(?:i|we) (?:mean|meant|said|asked|wrote|need|want) (?:the |my |this |that |about )?[a-z]+"
    r"\W{1,3}not (?:the |my |that |about |how )?\w+",
    r"(?:same|exact same) (?:thing|answer|reply|text|link|message) (?:again|as before)",
)
KNOWS = words_of(
    r"(?:i|we) (?:do )?(?:know|realise|realize|understand|appreciate|get|gather) (?:that )?(?:that|"
    r"this|it|you|they)(?:'?s| is| are| isn't| aren't|'re)? ~5",
)
"""Says what they know of the firm's ways, not what was wrong with the answer."""
