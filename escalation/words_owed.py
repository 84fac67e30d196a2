"""What no template settles: sent between two parties, sums owed, terms of one's own."""

from __future__ import annotations

from escalation.text import words_of

PARTY = (
    r"(?:you|u|they|he|she|(?:my|the|your) (?:bank|card company|courier|carrier|shop|store|"
    r"website|site|app|email|driver|supplier|agent)|paypal|klarna|dpd|royal mail|dhl|evri|hermes|"
    r"ups|fedex|customs|the post office|visa|barclays|monzo|revolut|stripe)"
)
SAYS = r"(?:says?|said|claims?|insists?|tells?|told|blames?|keeps? saying|swears?|reckons?)"
HAS = r"(?:it'?s|that it'?s|it was|you|they|the|i|me|us|that|he|she|nothing|no|to|my)"
BETWEEN = words_of(
    rf"{PARTY} (?:\w+ )?{SAYS} ~8 (?:and|but|while|then|whereas|yet)? ?{PARTY} (?:\w+ )?{SAYS}",
    rf"{PARTY} (?:\w+ )?{SAYS} {HAS}(?: \w+){{1,10}}\W{{1,3}}(?:and |but |while |yet )?{PARTY} "
    rf"(?:\w+ )?{SAYS}",
    r"(?:sent|send|sending|passed|bounced|pushed|batted) (?:me |us )?(?:back and forth|to and fro|"
    r"between you|backwards and forwards|from one to the other|back to you)",
    r"(?:each|both|one another|you both) (?:\w+ )?(?:blam\w{1,3}|point\w{0,3} at|"
    r"send\w{0,3} me to)",
)
"""Two parties say the other has it: somebody must look."""
OWED = words_of(
    r"(?:what|how much) (?:am|are|is|do|was|were) (?:i|we|you) (?:actually |really |still |even |"
    r"now )*owed?",
    r"(?:you|u|ya|they) (?:\w+ )?owe (?:me|us)(?! an? (?:explanation|apology|coffee|beer|drink|"
    r"one))",
    r"(?:refunded|credited|returned|paid back|gave back) (?:\w+ )?(?:more|less) (?:\w+ )?(?:\w+ )?"
    r"(?:\w+ )?(?:\w+ )?than",
    r"(?:refund|payment|credit|charge|money|transaction) ~8 (?:was|been|got|is|were) (?:\w+ )?"
    r"(?:reversed|recalled|clawed back|taken back|bounced back|undone)",
    r"(?:doesn't|does not|don't|didn't|do not|none of it|nothing) (?:\w+ )?add(?:s)? up",
    r"(?:sums?|numbers?|figures?|amounts?|totals?|maths?|arithmetic) (?:\w+ )?(?:doesn't|don't|"
    r"does not|do not|is|are|isn't|aren't) (?:\w+ )?(?:add up|match|tally|wrong|agree|right|"
    r"work|correct)(?! for me)",
    r"(?:paid|charged|billed|taken) ~6 (?:instead of|rather than|but (?:it|the \w+) (?:says?|said|"
    r"shows?|showed|was)|when (?:it|the \w+) (?:says?|said|was|is)) [\u00a3\u20ac$]?\d",
    r"(?:where'?s|where is|where has|wheres|where did) (?:\w+ )?my (?:money|[\u00a3\u20ac$] ?\d)",
)
"""Sums that disagree; beside a reading about money, which is not routine."""
TERMS = words_of(
    r"(?:\d{1,3}|thirty|sixty|ninety)(?: |-)days? (?:payment |invoice |credit )?terms",
    r"(?:purchase orders?|po numbers?|purchase-order)(?: account)?",
    r"(?:our|own|signed|framework|supply|master) (?:\w+ )?(?:contract|agreement|terms|clauses?)"
    r"(?: clauses?)?",
    r"(?:procurement|tender|rfp|rfq|supplier (?:onboarding|form|portal|questionnaire)|"
    r"vendor (?:form|portal|onboarding))",
    r"(?:separate|different|several|multiple|two|three|four|five|\d{1,2}) (?:\w+ )?(?:delivery "
    r")?(?:sites|budgets|cost centres|cost centers|branches|departments|locations|invoices)",
    r"(?:modern slavery|insurance certificate|public liability|due diligence|audit|iso ?\d{4,5}|"
    r"sustainability) ?(?:statement|report|certificate|policy)?",
    r"(?:credit (?:account|limit|check|application)|trade account|framework|service level|sla)",
    r"(?:exclusive|exclusivity|white ?label|own label|private label|franchise|distribution rights)",
)
"""Terms of a business of one's own: three of them are no routine question."""
