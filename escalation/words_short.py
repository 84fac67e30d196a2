"""Money given back short, fees sprung on a customer, and pleas to be let off, in plain words."""

from __future__ import annotations

from escalation.text import words_of

SUM = r"(?:\d{1,6}(?:[.,]\d{1,3})?|half|part|some|a (?:third|quarter|fraction|portion|bit)|most)"
CREDITED = (
    r"(?:credited|refunded|reimbursed|paid back|given back|sent back|returned to (?:me|us|my))"
)
FEE = r"(?:fees?|charges?|deductions?|surcharges?|cut|duty|cost|amount|penalty)"
TOLD = (
    r"(?:mention(?:ed)?|told|said|advertised|warned|disclosed|shown|listed|agreed(?: to)?|"
    r"explained|"
    r"informed|stated|flagged|authori[sz]ed|signed up for|notified)"
)
SHORT_PAID = words_of(
    rf"(?:only|just|merely) (?:\w+ )?{SUM} (?:\w+ ){{0,4}}(?:was|were|is|got|been|has been|came|"
    rf"went|of it) "
    rf"(?:\w+ )?(?:{CREDITED}|back|through)",
    rf"(?:was|were|been|got|have) (?:only|just) (?:been )?(?:partly |partially |part )?{CREDITED} "
    rf"(?:\w+ )?(?:{SUM}|for one|for (?:half|part))",
    rf"(?:you|they|u|shop|bank|we) (?:have |'ve )?(?:only|just) (?:\w+ )?{CREDITED} (?:\w+ )?{SUM}",
    rf"(?:got|received|had|given) (?:only|just) {SUM} of (?:my|the|our) (?:money|refund)",
    rf"(?:only|just) (?:got|received|had|seen|given|gave me|sent me|"
    rf"paid me) (?:back )?(?:\w+ )?{SUM} "
    r"(?:\w+ )?(?:\w+ )?(?:\w+ )?(?:back|of (?:my|the|our) (?:money|refund)|refund(?:ed)?|"
    r"returned)",
    rf"(?:{CREDITED}) (?:me |us |back )?(?:only|just|less than|short)",
    r"(?:partially|partly|half|short) (?:refunded|credited|reimbursed)(?! orders?)",
    r"(?:refund|credit|repayment|reimbursement) (?:\w+ )?(?:\w+ )?(?:was|is|came|were|arrived|came "
    r"through) (?:\w+ )?(?:short|less than|incomplete|too (?:little|low|small)|half|not (?:the |"
    r"in )?"
    r"(?:full|right|what|enough)|missing \d{1,4}|\d{1,4} (?:short|less|too))",
    r"less (?:money )?than (?:i|we) (?:paid|was promised|were promised|was told|were told|am owed|"
    r"was owed|should have)",
    rf"{FEE} ~3 (?:nobody|no one|noone|never|wasn't|weren't|not|nowhere|didn't) (?:\w+ )?(?:\w+ )?"
    rf"{TOLD}",
    rf"(?:nobody|no one|noone|never|wasn't|weren't) (?:\w+ )?{TOLD} (?:\w+ )?(?:\w+ )?(?:\w+ )?"
    rf"(?:\w+ )?{FEE}",
    r"(?:hidden|surprise|sneaky|bogus|made up|undisclosed|unexplained) (?:fee|charge|"
    r"deduction)s?(?! "
    r"on the|\?)",
    rf"(?:don't|dont|do not|won't|will not|refuse to|not going to|cannot|can't|never) (?:accept|"
    rf"agree (?:to|with)|authori[sz]e|agreed to) (?:\w+ )?(?:\w+ )?{FEE}",
    r"(?:deducted|withheld|docked|knocked off|kept back|held back|subtracted|pocketed|shaved) ~4 "
    r"(?:refund|money|deposit|payment|credit|fee)",
    r"(?:took|taken|kept|keep|keeping) ~3 (?:off|from|out of|of) (?:my|our) (?:refund|money|"
    r"deposit)",
    r"(?:rest|remainder|other half|missing (?:part|half)|outstanding (?:part|half)|difference) "
    r"(?:of|on) (?:my|the|our) (?:money|refund)",
    r"(?:want|owe|owed|due|expect|asking for|demand|need) (?:me |us |you )?(?:to )?(?:the |my )?"
    r"(?:remaining|missing|outstanding) [\u00a3\u20ac$]?\d{1,6}",
)
"""Given back less than is due, or a fee that nobody spoke of."""
PROMISED = words_of(
    r"(?:promised|guaranteed|assured|pledged|told|said|confirmed|agreed|advertised|offered|wrote) "
    r"(?:\w+ ){0,6}(?:full|whole|complete|entire|100|total|all (?:of )?(?:my|our)|every penny|"
    r"in full) "
    r"?(?:\w+ )?(?:refund(?:ed)?|money ?(?:back)?|amount|credit|sum|back|price|it|"
    r"reimburse\w{0,4})",
    r"(?:promised|guaranteed|assured|told|said) ~5 (?:refunded|money back|reimbursed) in full",
)
GOT_LESS = words_of(
    r"(?:vouchers?|store credit|credit note|gift card|half|part|points|a code) only",
    r"only ~3 (?:vouchers?|credit|half|part|back|refunded|credited|code|points|\d{1,6})",
    r"(?:instead|less than|short|partial|a fraction)",
    r"(?:now|then|but|yet|and|yesterday|today) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:says?|said|saying|"
    r"offer\w{0,3}|refus\w{1,4}|get|"
    r"got|gave|given|received|sent) ~3 (?:vouchers?|credit|half|part|only|just|less|nothing|no|"
    r"\d{1,6})",
)
"""Near a promise of all the money: what came instead."""
OVER_LIMIT = words_of(
    r"(?:i'?m|we'?re|i am|we are|it'?s|that'?s|this is) (?:only |just |now |about |roughly |"
    r"already |"
    r"at |on |by )*(?:day )?(?:\d{1,3}|a few|a couple of|two|three|four|five|six) (?:days?|weeks?) "
    r"(?:over|past|outside|beyond|too late|out of|after the|late for (?:the|a|my) (?:return|refund|"
    r"window|deadline))",
    r"(?:know|realise|realize|understand|aware|appreciate) ~6 (?:normally|usually|"
    r"ordinarily|as a rule|too late|cut ?off|time limit|period|terms|conditions|the rule|"
    r"not supposed|past it)",
    r"(?:know|realise|realize|understand|aware|appreciate) (?:that )?(?:i'?m|i am|it'?s|we'?re|"
    r"this "
    r"is) (?:\w+ )?(?:late|over|past|outside|out of|beyond|not eligible|not covered)",
)
PLEADS = words_of(
    r"(?:would|could|might|will|can) (?:you|u|they|someone) (?:\w+ )?(?:consider|stretch|bend|make "
    r"allowances?|be (?:flexible|lenient|kind enough|willing)|let me|let us|let it|overlook|extend|"
    r"accept it|take (?:it|them|this) back)",
    r"(?:regardless|nonetheless|nevertheless|all the same|even though|just the once)",
    r"(?:see|find) your way",
    r"any (?:hope|leeway|flexibility|wiggle room|wriggle room|discretion|scope|mercy|way round)",
    r"(?:would|could) it (?:still )?be possible",
    r"(?:hoping|hope|wondering) (?:\w+ )?(?:\w+ )?(?:might|could|would|can) (?:\w+ )?(?:make|let|"
    r"accept|"
    r"consider|allow|help|take|bend|stretch)",
)
"""Further from a known limit than `STILL_ASKS` may be, as these are no everyday words."""
LENIENCE = words_of(
    r"(?:leeway|flexibility|wiggle room|wriggle room|discretion|lenien(?:cy|t)) (?:\w+ )?(?:on|"
    r"with|"
    r"about|over|around|for) (?:the|your|that|this|my) (?:\w+ )?(?:\w+ )?(?:window|policy|deadline|"
    r"rules?|limit|period|returns?|refund|fee|date|terms|cut ?off|days)",
    r"(?:turn|turning) a blind eye",
    r"make an? (?:\w+ )?allowance",
    r"(?:bend|relax|stretch|loosen|set aside|ignore) (?:the|your|that|a) (?:\w+ )?(?:rules?|policy|"
    r"limit|deadline|window|terms|cut ?off)",
    r"(?:as a|this|a) one ?off (?:exception|favou?r|gesture)?(?=\W{0,9}(?:$|for|and|could|can|"
    r"would|"
    r"since|given|as|let|if))(?! order| purchase| bag| delivery)",
    r"let (?:it|this|this one|me) (?:slide|off (?:the|this|just|with))",
    r"(?:on|out of) compassion(?:ate)?(?: grounds)?",
    r"use your discretion",
    r"(?:could|can|would|will) you (?:\w+ )?(?:see|find) your way",
)
OF_THEM = words_of(
    r"(?:some|one|two|three|four|five|six|seven|eight|nine|ten|most|half|all|each|none|\d{1,3}|"
    r"several|a few|a couple|the rest|others) (?:of (?:them|these|those|which|em)|have|has|are|"
    r"were|"
    r"was|went|under|got|need|needs|still|never|with|to the|for the|didn't|don't|came)",
    r"(?:each|every one|all) (?:\w+ )?(?:with|under|for|to) (?:a |an )?(?:different|separate|own|"
    r"wrong)",
)
"""Says that many orders are not all alike, so that each must be looked at."""
