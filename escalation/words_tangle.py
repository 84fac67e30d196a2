"""Cases too tangled for a template: split orders, several accounts, sums and papers to settle."""

from __future__ import annotations

from escalation.text import words_of

N = (
    r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|half|"
    r"some)"
)
LISTED_IDS = words_of(
    r"orders?:? #?\d{3,8} ?(?:,|and|&|\+) ?#?\d{3,8} ?(?:,|,? ?and|&|\+) ?#?\d{3,8}"
)
SPLIT = words_of(
    rf"{N} (?:\w+ ){{0,4}}(?:to|for|on|by|from|out|going|under|direct)(?:[^\w.!?\n]{{1,3}}\w+)"
    r"{1,10}[^\w.!?\n]{1,3}(?:the )?(?:rest|remainder|remaining \w+|others) (?:\w+ )?(?:to|for|on|"
    r"by|be|go|goes|should|from|under|at)",
)
"""Part of it here, part of it there: beside a wholesale order or a change of one."""
SPLIT_EXCUSES = words_of(
    r"(?:water|pour\w{0,3}|bloom\w{0,3}|grams?|g|ml|seconds|secs|minutes?|mins?|milk|scoops?)",
)
"""Steps of brewing, which part a dose in the same words."""
ACCOUNTS = words_of(
    r"(?:under|across|on|from|over|between) (?:two|three|four|both|several|different|separate|"
    r"multiple|2|3|4) (?:\w+ )?accounts",
)
SETTLE = words_of(
    r"(?:refunded|credited|reimbursed|paid back)(?:[^\w.!?\n]{1,3}\w+){1,12}[^\w.!?\n]{1,3}"
    r"(?:not at all|nothing for|not a penny)",
    r"(?:two|three|four|both|all) (?:of the )?(?:sums|amounts|charges|refunds|payments) (?:\w+ )?"
    r"(?:put right|sorted|settled|corrected|fixed|explained|reconciled|matched)",
    r"(?:i|we) (?:make|made|get|got) (?:it|that) [\u00a3\u20ac$]?\d{1,4}(?:[.,]\d\d)? ?(?:\w+ )?"
    r"(?:\w+ )?(?:due|owed|owing|short|missing|too (?:much|little))",
    r"[\u00a3\u20ac$]?\d{1,4}(?:[.,]\d\d)? ?(?:\w+ )?(?:is |are |was )?(?:still )?(?:due|owed|"
    r"owing) (?:back )?to (?:me|us)",
    r"(?:the )?difference (?:\w+ )?(?:refunded|credited|paid|returned)",
)
"""Sums to be settled one against the other."""
PAPERS = words_of(
    r"(?:my|our|the) (?:bank|insurers?|insurance|accountants?|landlord|customs|tax (?:office|"
    r"man)|hmrc|card company|council|employer|broker) (?:\w+ )?(?:\w+ )?(?:wants?|needs?|requires?|"
    r"insists? on|is asking for|asked for|requested|demands?) (?:an? |some |the |your )?(?:\w+ )?"
    r"(?:confirmation|letter|proof|statement|evidence|declaration|signature)",
)
"""A third party wants a paper that only the firm can write."""
