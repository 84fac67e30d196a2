"""Which language a message is answered in, and what a few things are called in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby

from babel import Locale
from babel.dates import format_date, format_timedelta

from bot.values import State
from escalation.hours import HOUR, BusinessHours
from escalation.policy import Decision, Policy, Reason, Signals, decide
from escalation.sla import next_open, opening_in_words
from escalation.text import whole
from intents.language import DEFAULT, detect_language
from intents.pack import Pack

MONDAY = date(2024, 1, 1)
WEEK_MS = 6 * 86_400_000  # as long as a weekday's name is clear
MOST = 99  # so many minutes are not told as hours


def usual_language(state: State, languages: Sequence[str]) -> str:
    """Give the language to use where a message tells none.

    The conversation's, else the one the customer came with, else the pack's first.
    """
    came_with = state.customer.locale.replace("_", "-").split("-")[0].lower()
    return next((one for one in (state.language, came_with) if one in languages), languages[0])


def language_of(text: str, read: str, usual: str, languages: Sequence[str]) -> str:
    """Give the language of a message, a short or doubtful one being in the usual language.

    `read` is what its reading says, which knows nothing of the pack's languages.
    """
    if read == usual and len(languages) == 1:
        return usual
    return detect_language(text, (usual, *(one for one in languages if one != usual)))


def without_reply(
    pack: Pack, policy: Policy, signals: Signals, intent: str | None, language: str
) -> Decision | None:
    """Give the decision to bring a person because an intent has no reply in a language.

    None where there is one, or where the pack does not answer the intent in any language.
    """
    if intent is None or pack.replies_in(language, intent):
        return None
    spec = pack.intent(intent)
    if spec is None or not pack.replies_in(pack.languages[0], intent):
        return None
    says = f"asks in {named(language)} for “{spec.title}”, which has no reply in that language"
    reason = Reason(
        "language", says, whole(signals.current), None, None, "reply_language", policy.version
    )
    # As pressing as any turn at which a person comes for no reason of its own.
    decision = decide(replace(signals, person_joined=True), policy)
    return replace(decision, reasons=(reason,))


@cache
def named(code: str) -> str:
    """Give a language's name with its code, such as "German (de)"."""
    return f"{Locale(DEFAULT).languages.get(code, code)} ({code})"


def wait_in_words(shortest: int, longest: int, language: str) -> str:
    """Give a usual wait in minutes: "usually within 2 to 9 minutes", elsewhere "2–9 Minuten"."""
    if language == DEFAULT:
        return f"usually within {shortest} to {longest} minutes"
    words = format_timedelta(
        timedelta(minutes=longest), granularity="minute", threshold=MOST, locale=language
    )
    return words.replace(str(longest), f"{shortest}–{longest}")


def hours_in_words(now_ms: int, policy: Policy, language: str) -> str:
    """Give when people are back, or the week in open hours, such as "Montag 09:00 (Berlin)"."""
    if language == DEFAULT:
        return opening_in_words(now_ms, policy)
    opens, hours = next_open(now_ms, policy), policy.hours
    if opens is None or opens == now_ms:
        words = _week(hours, language)
    else:
        then = datetime.fromtimestamp(opens / 1000, hours.zone)
        near = opens - now_ms < WEEK_MS
        words = f"{format_date(then, 'EEEE' if near else 'full', locale=language)} {then:%H:%M}"
    return f"{words} ({hours.time_zone.rpartition('/')[2].replace('_', ' ')})"


def _week(hours: BusinessHours, language: str) -> str:
    parts = []
    days = [format_date(MONDAY + timedelta(days=day), "EEEE", locale=language) for day in range(7)]
    for stretches, group in groupby(zip(days, hours.week, strict=True), key=lambda one: one[1]):
        names = [name for name, _ in group]
        if stretches:
            name = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
            parts.append(f"{name} {', '.join(map(_stretch, stretches))}")
    return "; ".join(parts)


def _stretch(stretch: tuple[int, int]) -> str:
    return "–".join(f"{minutes // HOUR:02d}:{minutes % HOUR:02d}" for minutes in stretch)
