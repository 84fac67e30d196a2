"""What a customer is angry at: the bot, the firm, something else, or nothing; pure.

Anger at the bot is the bot's own doing: it repeated itself, did not listen, missed the point. More
of it would make things worse, so that it steps back.
"""

from __future__ import annotations

from escalation import same_need, words_bot
from escalation.heat import aside, heat_of
from escalation.text import Span, evidence, quoted
from escalation.values import Cause
from escalation.view import Finding, View, by_score


def cause_of(view: View) -> Cause:
    """Give what the anger of the current turn is at; below the least anger there is none."""
    seen, limits = view.current, view.policy.limits
    heat = heat_of(seen, view.policy)
    spans = list(heat.spans)
    if aside(seen):
        angry = heat.level >= limits.frustration_at_least * limits.frustration_aside
        return Cause("aside" if angry else "none", heat.level, evidence(seen.facts, spans))
    if heat.level < limits.frustration_at_least:
        return Cause(level=heat.level)
    at_bot = seen.find(words_bot.AT_BOT, excuses=words_bot.NOT_AT_BOT) or _missed_again(view)
    if at_bot:
        return Cause("bot", heat.level, evidence(seen.facts, at_bot))
    return Cause("firm", heat.level, evidence(seen.facts, spans))


def bot_caused(view: View) -> Finding:
    """Escalate anger at the bot itself at once: another answer of the same bot is no help."""
    cause = cause_of(view)
    if cause.kind != "bot":
        return Finding()
    limit = view.policy.limits.frustration_at_bot
    says = (
        f"is angry at the bot itself: {quoted(cause.evidence)} "
        f"(anger {cause.level:.2f}, limit {limit:.2f})"
    )
    return by_score("repeated_failure", "bot_caused", says, cause.evidence, cause.level, limit)


def _missed_again(view: View) -> list[Span]:
    """Give the words by which an angry turn says that the bot missed what was asked."""
    if len(view.recent) == 1 or same_need.pleased(view.current, view.policy):
        return []
    return same_need.off_point(view.current)
