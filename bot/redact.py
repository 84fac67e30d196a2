"""What could tell who a customer is, taken out of a message before it becomes a phrase. Pure.

Written for what people type into a chat: what is left out is more than what a careful reader
would, never a promise that nothing is left in.
"""

from __future__ import annotations

import re

LINK, EMAIL, ACCOUNT = "[link]", "[e-mail]", "[account number]"
CARD, PHONE, ORDER, NAME = "[card number]", "[phone number]", "[order number]", "[name]"

_WORD = r"[^\W\d_][^\W\d_'’-]{0,30}(?:['’-][^\W\d_]{1,30}){0,3}"
_DIGITS_APART = re.compile(r"(?<!\w)[+(]{0,2}\d(?:[ .()/\u00a0-]{0,3}\d){8,18}(?!\w)")
_CARD_DIGITS = range(13, 20)
_RULES = (
    (re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE), LINK),
    (re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"), EMAIL),
    (
        re.compile(
            r"\b[\w-]{2,63}\.(?:com|org|net|co\.uk|shop|store|io|de|eu)\b(?:/\S{0,2000})?",
            re.IGNORECASE,
        ),
        LINK,
    ),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"), ACCOUNT),
)
_ORDER = re.compile(r"(?<![\w.,£$€])#?(?:[A-Za-z]{1,4}-?)?\d{5,8}(?!\w|[.,]\d)")
_LONG = re.compile(r"#?\d{9,}|(?<![.,£$€\d])\d{5,8}(?![.,]?\d)")
_NAMED = re.compile(
    r"(?P<before>\b(?i:my (?:full |first |last )?name(?: is|['’]s|:)|i am called|call me)\s+)"
    rf"(?!(?i:not|on|in|the|wrong|spelt|spelled|back|when|if|a)\b)(?:{_WORD})(?:\s+(?=[^\W\d_a-z]){_WORD}){{0,2}}"
)
_SELF = re.compile(
    r"(?P<before>\b(?i:i['’]?m|i am|this is|it['’]s)\s+(?i:(?:mr|mrs|ms|miss|dr)\.?\s+)?)"
    r"(?P<name>[^\W\d_a-z][^\W\d_A-Z]{1,30}(?:\s+[^\W\d_a-z][^\W\d_A-Z'’-]{1,30}){0,2})"
)
_TITLED = re.compile(
    r"(?P<before>\b(?i:mr|mrs|ms|miss|dr)\.?\s+)(?:[^\W\d_a-z][\w'’-]{1,30})"
    r"(?:\s+[^\W\d_a-z][\w'’-]{1,30})?"
)
_SIGNED = re.compile(
    r"(?P<before>\b(?i:regards|sincerely|cheers|best wishes|many thanks),?\s+)"
    rf"(?=[^\W\d_a-z]){_WORD}(?:\s+(?=[^\W\d_a-z]){_WORD}){{0,2}}(?=[\s.!]*$)"
)
_NO_NAMES = frozenset(
    """
    mr mrs ms miss dr
    i a an the not no so very just still really sorry happy sad angry upset fed lost stuck trying
    waiting looking asking writing going having getting unable unhappy disappointed furious
    confused worried glad sure new done in on at from here back over ridiculous unacceptable
    terrible awful about my your our their what why how where when monday tuesday wednesday
    thursday friday saturday sunday german french english spanish polish italian british
    """.split()  # noqa: SIM905 - easier to read than a list
)


def redacted(text: str) -> str:
    """Give a message on one line with placeholders for what could tell who wrote it.

    Links, e-mail addresses, account, card, phone and order numbers (5-8 digits), and names after
    "my name is", "I'm", "Mr", "Kind regards". What is redacted stays as it is.
    """
    found = " ".join(text.split())
    for pattern, placeholder in _RULES:
        found = pattern.sub(placeholder, found)
    found = _DIGITS_APART.sub(_number, found)
    found = _LONG.sub(ORDER, _ORDER.sub(ORDER, found))
    found = _NAMED.sub(rf"\g<before>{NAME}", found)
    found = _SELF.sub(_self, found)
    found = _TITLED.sub(rf"\g<before>{NAME}", found)
    return _SIGNED.sub(rf"\g<before>{NAME}", found)


def _number(found: re.Match[str]) -> str:
    digits = sum(map(str.isdigit, found.group()))
    return CARD if digits in _CARD_DIGITS else PHONE


def _self(found: re.Match[str]) -> str:
    first = found["name"].split()[0].casefold()
    return found.group() if first in _NO_NAMES else f"{found['before']}{NAME}"
