"""Words of money in dispute and of a plea for an exception; and harmless twins."""

from __future__ import annotations

from escalation.text import words_of

DISPUTE = words_of(
    r"(?:charged|billed|debited) (?:me |us |my card |my account )?(?:\w+ )?(?:twice|"
    r"double|two times|three times|3 times|2x|thrice)",
    r"double ?(?:charged|billed|payment|charge)",
    r"overcharged",
    r"(?:charged|billed|debited) (?:me |us )?(?:the wrong|a wrong|too much|more than|"
    r"an extra|extra|for (?:something|things|an order|a subscription) i (?:didn't|never|"
    r"cancelled|don't))",
    r"(?:taken|took|take|debit|debited|"
    r"collect\w{0,3}) (?:\w+ )?(?:\w+ )?(?:the )?(?:money|payment|\d+|"
    r"cash)? ?(?:\w+ )?(?:\w+ )?(?:twice|two times|double)",
    r"(?:two|2|three|3|duplicate|double) (?:\w+ )?(?:charges|payments|transactions|debits)",
    r"(?:don't|dont|do not|didn't) recogni[sz]e ~3 (?:charge|payment|transaction|debit|amount)",
    r"(?:unknown|unrecogni[sz]ed|mystery|unexpected|strange) (?:charge|payment|transaction|debit)",
    r"(?:still|been|being|keep|keeps|kept) (?:getting )?(?:charged|charging|billed|"
    r"billing) (?:me )?(?:after|even though|although|for a|despite|since)",
    r"charge ?backs?",
    r"disput(?:e|ed|ing) (?:\w+ )?(?:\w+ )?(?:charge|payment|transaction|amount|bill)",
    r"(?:took|taken|charged|take) (?:my|the) money (?:but|and|yet) ~3 (?:no|not|never|"
    r"nothing|didn't|haven't)",
)
DISPUTE_EXCUSES = words_of(
    r"(?:will|would|do|does|am|if|when|can|could|might|should|is|are) (?:i|we|you|it|they|"
    r"my card) (?:\w+ )?(?:\w+ )?(?:be |get )?(?:charged?|"
    r"billed?)(?: \w+)?(?: \w+)?(?: twice| double)?",
    r"not (?:be )?(?:charged|billed)",
    r"(?:is|was|are) (?:that|it|this|those) (?:just |only |for |maybe |the |a |your |my "
    r")*(?:postage|"
    r"shipping|delivery|vat|tax|tip|deposit|customs|packaging|gift wrap\w{0,4})",
    r"(?:no|without) (?:\w+ )?charge ?backs?",
)
KNOWN_LIMIT = words_of(
    r"(?:(?<!the\s)past|beyond|outside|exceeded|missed|passed|just over|out of|over|"
    r"more than|just outside|after) (?:\w+ )?(?:the |your )?(?:\w+ )?(?:return (?:window|"
    r"period|policy)|refund (?:window|period|policy)|returns? window|window|deadline|"
    r"cut ?off|warranty|guarantee|time limit|policy)",
    r"(?:(?<!the\s)past|beyond|outside|exceeded|passed|just over|over) (?:\w+ )?(?:14|28|"
    r"30|60|90|fourteen|twenty eight|thirty|sixty|ninety) days?",
    r"(?:know|realise|realize|understand|aware|"
    r"appreciate) ~6 (?:policy|policies|non ?refundable|final sale|rules?|terms|"
    r"30 days|thirty days|deadline|window|usually|normally|expired|too late|"
    r"don't (?:usually|normally))",
    r"(?:no longer have|threw away|without) (?:the |my |a )?(?:receipt|original (?:box|"
    r"packaging)|proof of purchase)",
    r"(?:window|deadline|code|voucher|gift card|warranty|offer|return period|"
    r"guarantee) (?:\w+ )?(?:has )?(?:just )?(?:expired|closed|ended|ran out|passed)",
)
STILL_ASKS = words_of(
    r"but",
    r"however",
    r"any (?:chance|way|possibility)",
    r"is there (?:any|a) (?:way|chance|possibility)",
    r"though",
    r"although",
    r"even so",
    r"hoping",
    r"(?:can|could|would|will) (?:i|you|we) (?:please )?still",
    r"still (?:return|get|use|send|have|take|honou?r|accept|refund|exchange|possible)",
    r"let me (?:\w+ )?anyway",
)
EXCEPTION = words_of(
    r"(?:i|we) (?:do )?(?:know|realise|realize|understand|appreciate) (?:that )?(?:that'?s|it'?s|"
    r"this is|this|that is|it is|it|that|you) (?:\w+ )?(?:isn't|not|don't|doesn't) (?:\w+ )?(?:how|"
    r"what|the way|something|anything|exactly|normally|usually) ~4 (?:normally|usually|works?|"
    r"done|do|allowed|offer|policy|rule|possible)",
    r"(?:make|made|making|grant|ask for|request|allow|considered? (?:for )?|as) (?:me |"
    r"us )?an? (?:\w+ )?exception",
    r"(?:any|an) exceptions?(?: be made| possible| for me| this time|\W{0,9}\?)",
    r"bend (?:the|your) rules?",
    r"goodwill(?: gesture)?",
    r"(?:as a )?gesture of good ?will",
    r"waive (?:the|this|that|my|your) ~2 (?:fee|charge|cost|policy|postage|shipping)?",
    r"(?:special|exceptional|extenuating|mitigating) "
    r"(?:circumstances?|case|arrangement|permission)",
    r"(?:just )?this once",
    r"overlook (?:the|your|that)",
    r"honou?r (?:the|my|an|this) ~2 (?:expired|old|price|code|voucher|discount|offer)",
    r"(?:extend|stretch) (?:the|my|your) (?:\w+ )?(?:deadline|window|warranty|return|"
    r"guarantee|period)",
    r"(?:against|outside|around|despite) (?:your|the) (?:\w+ )?policy",
    r"(?:compensate (?:me|us)|(?:want|demand\w{0,3}|deserve|owed|expect|offer\w{0,3}|"
    r"some) (?:some )?compensation)",
)
EXCEPTION_EXCUSES = words_of(
    r"(?:no|without|with the|with) exceptions?",
    r"compensat(?:e|ion) for (?:\w+ )?(?:hard|soft|water|altitude|grind|carbon)",
    r"(?:carbon|climate|brew|temperature|altitude) compensation",
)
