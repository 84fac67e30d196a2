"""Danger from a person: somebody hides, is followed, or is threatened in veiled words."""

from __future__ import annotations

from escalation.text import words_of

WHO = r"(?:he|she|they|my (?:\w+ )?(?:ex|husband|wife|partner|boyfriend|girlfriend|father|stalker))"
PERIL = words_of(
    r"(?:i'?m|im|i am|we're|we are|not|isn't|never|won't be|don't feel|do not feel|she's|he's|"
    r"kids aren't) (?:\w+ )?(?:not )?safe (?:if|from (?:him|her|them|my)|at home|with him|"
    r"with her|in my own|any ?more|here|there|when he|when she|until)",
    r"(?:fear(?:ing|ful)?|scared|afraid|frightened|terrified|worried) for (?:my|our|her|his|"
    r"their) (?:\w+ )?(?:life|lives|safety|kids|children)",
    rf"(?:if|when|in case|before|so that|because|let|want|wants) {WHO} (?:\w+ )?(?:\w+ )?(?:finds?|"
    rf"knows?|sees?|learns?|tracks?|gets?) (?:out )?(?:me|us|where (?:i|we)|(?:my|our) "
    rf"(?:new )?address)",
    rf"{WHO} (?:must|can|should|may) ?(?:not|n't|never) (?:\w+ )?(?:find|know|see|learn) (?:out )?"
    rf"(?:me|us|where|(?:my|our))",
    r"(?:restraining|protection|non ?molestation|protective) order",
    r"(?:my|a|the) stalker",
    r"stalk(?:s|ed|ing) me",
    rf"{WHO} (?:hits?|beats?|hurts?|threatens?|threatened|attacked|controls|is threatening|"
    rf"is violent|gets violent|has hurt|hit|beat) (?:me|us|the kids|my)",
    r"(?:he|she|they|you|driver|courier|barista|manager|staff)(?:'?s| is| are|'re)? (?:all )?"
    r"(?:going to|gonna|gon|will|'ll|about to) (?:get|have|be getting) (?:what'?s|wots|what is) "
    r"coming(?: to)?",
    r"(?:i|we) know (?:what time|when|where|which (?:bus|car|way)) (?:he|she|they|you|your \w+|"
    r"the \w+|that \w+) (?:\w+ )?(?:locks?|leaves?|clos(?:e|es) up|finish(?:es)?|gets? (?:home|"
    r"off)|goes home|walks?|parks?|lives?|sleeps?|knock off)",
    r"(?:i'?ll|i will|we'll|we will) (?:be )?(?:wait(?:ing)?) for (?:him|her|them|you|your \w+) "
    r"(?:outside|after|when|in the car park)",
    r"(?:sort|sorted|fix|do) (?:him|her|them) (?:out|in) (?:myself|my own way|personally|"
    r"after work)",
    r"(?:he|she|they|you) (?:won't|will not|wont) (?:be )?(?:walk\w{0,3}|smil\w{1,3}|laugh\w{0,3}|"
    r"see (?:tomorrow|morning|it coming))(?: any ?more| again| when| after)?",
)
"""Decisive by itself."""
PERIL_EXCUSES = words_of(
    r"safe (?:if|when|with|here) (?:i|it|the|my|a|you|left|we) ~3 (?:dishwasher|microwave|drink|"
    r"parcel|porch|neighbour|lid|pregnan\w{2,4}|caffeine|milk|water|heat)",
    r"(?:surprise|birthday|christmas|anniversary|present|gift|secret|party|proposal)"
    r"(?: \w+){0,8}",
)
"""A present that must stay a secret."""
