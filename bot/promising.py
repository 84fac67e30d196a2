"""What a message promises, and by when that has to be kept. Pure: times are ms since 1970.

Found by words, in English: somebody of ours, a future, and a deed a customer waits for. Meant as a
hint to the one who writes, so that what is doubtful (a condition, a question, a denial) is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from escalation.hours import BusinessHours

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
LONGEST_DAYS = 60
SENTENCE = re.compile(r"[^.!?\n]+(?:[.:]\d+[^.!?\n]*)*[.!?]*")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    **{"a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "ten": 10, "fourteen": 14, "a few": 3, "a couple of": 2},
}
_COUNT = r"(?:\d{1,3}|a few|a couple of|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_DAY = "|".join(WEEKDAYS)
SPAN = re.compile(
    rf"\b(?:within|in|in the next)\s+(?P<count>{_COUNT})(?:\s*(?:-|–|to)\s*(?P<most>\d{{1,3}}))?"
    r"\s+(?P<working>working |business )?(?P<unit>minute|min|hour|day|week)s?\b(?!\s+ago)",
    re.IGNORECASE,
)
ON_DAY = re.compile(
    rf"\b(?:by|on|before|until|till|this|next|come)\s+(?P<day>{_DAY})\b|\b(?P<bare>{_DAY})\b",
    re.IGNORECASE,
)
NEAR = re.compile(
    r"\b(?P<today>today|tonight|this (?:morning|afternoon|evening)|(?:by )?(?:the )?end of "
    r"(?:the )?(?:day|business)|later on|before lunch|by lunchtime)\b|\b(?P<tomorrow>tomorrow)\b|"
    r"\b(?P<week>this week|(?:the )?end of (?:the|this) week)\b|"
    r"\b(?P<next>(?:(?:by )?(?:the )?end of )?next week)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\b(?:by|at|before|until)\s+(?:(?P<noon>noon)|(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?"
    r"\s*(?P<half>am|pm|o.?clock)?)(?![\w:]|\.\d)",
    re.IGNORECASE,
)
_TEAM = (
    r"team|manager|colleague|engineer|technician|partner|driver|courier|supervisor|warehouse|"
    r"roastery|accounts?|billing|department|specialist|office"
)
_OURS = (
    rf"(?:i|we|they|someone|somebody|anyone|(?:a|an|our|my|the) (?:[\w-]+ ){{0,2}}(?:{_TEAM})s?)"
)
_WILL = (
    r"(?:['’]ll|\s+will|\s+shall|['’]m going to|\s+am going to|['’]re going to|\s+are going to|"
    r"\s+is going to)"
)
_MILD = (
    r"(?:\s+(?:also|personally|then|gladly|certainly|definitely|make sure to|be sure to|try to))*"
)
_DEEDS = (
    r"(?:refund|reimburse|credit|compensate|send|resend|mail|post|ship|reship|dispatch|replace|"
    r"exchange|swap|call|phone|ring|e-?mail|write (?:to )?you|text you|message you|"
    r"(?:get|come|be) back (?:to you|in touch)|be in touch|get in touch|contact you|reach out|"
    r"let you know|update you|keep you (?:posted|updated|informed)|follow up|drop you a line|"
    r"have (?:it|this|that|your \w+) (?:\w+ )?(?:sorted|fixed|sent|ready|refunded|with you)|"
    r"give you (?:a (?:call|ring)|an? (?:answer|update))|make sure (?:that )?you (?:get|receive)|"
    r"arrange|cancel|repair|fix|deliver|collect|pick (?:it|this|that|your \w+|the [\w ]{1,20}) up|"
    r"pick up|sort (?:it|this|that)(?: out)?|put (?:it|this|that) right|waive|"
    r"take (?:it|this|that|the [\w ]{1,20}) off|transfer|pay|return|confirm)"
)
_IDLE = (
    r"(?:be (?:here|closed|open|back in|glad|happy|asked|away|off|out|able|charged|billed|renewed)|"
    r"need|have to|see|close|open|stay|leave (?:this|it)|always|miss|renew)"
)
_DOING = (
    r"(?:['’]m|\s+am|['’]re|\s+are)\s+(?:refunding|sending|shipping|dispatching|calling|replacing|"
    r"crediting|posting)"
)
OURS_WILL = re.compile(
    rf"\b{_OURS}{_WILL}{_MILD}\s+(?:{_DEEDS}|(?!{_IDLE}\b)[^.;]{{1,60}}?\b(?:and|then)\s+{_DEEDS})\b",
    re.IGNORECASE,
)
OURS_WILL_BY = re.compile(rf"\b{_OURS}{_WILL}{_MILD}\s+(?!{_IDLE}\b)\w+", re.IGNORECASE)
OURS_DOING = re.compile(rf"\b{_OURS}{_DOING}\b", re.IGNORECASE)
YOU_WILL = re.compile(
    r"\byou(?:['’]ll|\s+will|\s+should)\s+(?:\w+ )?(?:(?:get|have|receive|hear|see)\b|"
    r"be (?:refunded|credited|paid|sent|called|contacted)\b)|"
    r"\bexpect (?:it|the|your|an?|to hear)\b",
    re.IGNORECASE,
)
IT_WILL = re.compile(
    r"\b(?:it|this|that|they|(?:your|the|a) (?:[\w-]+ ){0,3}[\w-]+)(?:(?:['’]ll|\s+will)\s+"
    rf"(?!{_IDLE}\b)(?:\w+ )?(?:be|arrive|reach|leave|go out|come|ship)|\s+(?:goes|ships) out|"
    r"\s+leaves us)\b",
    re.IGNORECASE,
)
SWORN = re.compile(
    r"\b(?:i|we)\s+(?:promise|guarantee)\b|\byou have my word\b|\bi give you my word\b",
    re.IGNORECASE,
)
DOUBT = re.compile(
    r"\b(?:if|unless|whether|in case|would|could|might|may|perhaps|maybe|usually|normally|once you|"
    r"as a rule|polic(?:y|ies)|terms|cannot|can['’]t|unable|won['’]t|not promise|"
    r"(?:will|shall|['’]ll)\s+(?:not|never)|(?:don|didn|doesn)['’]t|not (?:able|going))\b",
    re.IGNORECASE,
)
RIGHT_NOW = re.compile(r"\b(?:right now|now)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Promise:
    """The sentence that promises something, where it stands, and by when it has to be kept."""

    text: str
    span: tuple[int, int]
    due_ms: int
    timed: bool


def promise_in(text: str, now_ms: int, hours: BusinessHours) -> Promise | None:
    """Give the first promise of a message, None if there is none.

    Without a time in it, it is due when the team leaves on the next working day.
    """
    for match in SENTENCE.finditer(text):
        sentence = match.group().strip()
        if not _promises(sentence):
            continue
        start = match.start() + match.group().index(sentence)
        due = _due(sentence, now_ms, hours)
        return Promise(
            text=sentence,
            span=(start, start + len(sentence)),
            due_ms=due or _close(_day(now_ms, hours) + timedelta(days=1), now_ms, hours),
            timed=due is not None,
        )
    return None


def _promises(sentence: str) -> bool:
    if sentence.endswith("?") or DOUBT.search(sentence):
        return False
    timed = _has_time(sentence)
    if SWORN.search(sentence):
        return True
    if OURS_WILL.search(sentence):
        return timed or not RIGHT_NOW.search(sentence)
    found = OURS_WILL_BY.search(sentence) or OURS_DOING.search(sentence)
    found = found or YOU_WILL.search(sentence) or IT_WILL.search(sentence)
    return bool(found) and timed


def _has_time(sentence: str) -> bool:
    return any(one.search(sentence) for one in (SPAN, ON_DAY, NEAR, CLOCK))


def _due(sentence: str, now_ms: int, hours: BusinessHours) -> int | None:
    """By when, as far as the sentence says; the last moment the team is there before that."""
    today = _day(now_ms, hours)
    if span := SPAN.search(sentence):
        return _after(span, now_ms, hours)
    day = _named_day(sentence, today)
    clock = CLOCK.search(sentence)
    if clock and (minutes := _minutes(clock)) is not None:
        at = _moment(day or today, minutes, hours)
        return at if at > now_ms else _moment((day or today) + timedelta(days=1), minutes, hours)
    return _close(day, now_ms, hours) if day else None


def _after(span: re.Match[str], now_ms: int, hours: BusinessHours) -> int:
    word = (span["most"] or span["count"]).lower()
    count = int(word) if word.isdigit() else NUMBERS[word]
    unit = span["unit"].lower()
    if unit in {"minute", "min"}:
        return now_ms + count * MINUTE_MS
    if unit == "hour":
        return now_ms + count * HOUR_MS
    day = _day(now_ms, hours)
    days = min(count * (7 if unit == "week" else 1), LONGEST_DAYS)
    if not span["working"]:
        return _close(day + timedelta(days=days), now_ms, hours)
    for step in range(1, 4 * LONGEST_DAYS):
        days -= bool(hours.stretches(day + timedelta(days=step)))
        if days == 0:
            return _close(day + timedelta(days=step), now_ms, hours)
    return _close(day + timedelta(days=count), now_ms, hours)


def _named_day(sentence: str, today: date) -> date | None:
    found = list(NEAR.finditer(sentence))
    near = next((one for one in found if not one["today"]), found[0] if found else None)
    if near and near["tomorrow"]:
        return today + timedelta(days=1)
    if near and near["week"]:
        return today + timedelta(days=6 - today.weekday())
    if near and near["next"]:
        return today + timedelta(days=13 - today.weekday())
    if named := ON_DAY.search(sentence):
        ahead = (WEEKDAYS.index((named["day"] or named["bare"]).lower()) - today.weekday()) % 7
        return today + timedelta(days=ahead or (7 if "next" in named.group().lower() else 0))
    return today if near else None


def _minutes(clock: re.Match[str]) -> int | None:
    if clock["noon"]:
        return 12 * 60
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half == "pm" and hour < 12:
        hour += 12
    elif not half and clock["minute"] is None and hour <= 7:
        hour += 12  # "by 5" is an afternoon
    return hour * 60 + int(clock["minute"] or 0) if hour < 24 else None


def _close(day: date, now_ms: int, hours: BusinessHours) -> int:
    """When the team leaves on the last day up to this one; where that is past, the first after."""
    today = _day(now_ms, hours)
    before = [day - timedelta(days=step) for step in range((day - today).days + 1)]
    after = [day + timedelta(days=step) for step in range(1, LONGEST_DAYS)]
    for one in (*before, *after):
        for _, end in reversed(hours.stretches(one)):
            if (at := _moment(one, end, hours)) > now_ms:
                return at
    return _moment(day + timedelta(days=1), 0, hours)


def _day(now_ms: int, hours: BusinessHours) -> date:
    return datetime.fromtimestamp(now_ms / 1000, hours.zone).date()


def _moment(day: date, minutes: int, hours: BusinessHours) -> int:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the zone follows
    return round(
        (midnight + timedelta(minutes=minutes)).replace(tzinfo=hours.zone).timestamp() * 1000
    )
