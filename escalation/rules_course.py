"""Rules about the course of a conversation: anger, failure, disputes, what the bot lacks."""

from __future__ import annotations

from dataclasses import dataclass

from escalation import same_need, words_case, words_owed, words_short, words_tangle
from escalation.heat import heat_of, pressure
from escalation.text import evidence, near, quoted, whole
from escalation.values import Evidence, Reason, TurnFacts
from escalation.view import Finding, Seen, View, by_score, by_words

EXCEPTION_GAP = 120
PLEA_GAP = 300
PROMISE_GAP = 120
RETURNING = 0.05
MOST_RETURNING = 2
UNHAPPY = 0.3
ANSWER_FAILED, AFTER_ASKING_BACK, TURN_FAILED, HALF_FAILED = 2.0, 1.5, 1.0, 0.5
WIDE_LETTER = 3
NO_ANSWER = ("not_quite", "chat_empty", "offer_declined", "ask_order_number", "ask_email")
NEARLY_UNDERSTOOD = 0.25
"""A refused reading this sure was nearly understood: asking back then counts half."""


def frustrated(view: View) -> Finding:
    """Escalate at clear anger, or anger that lasts or grows; mild annoyance is answered first."""
    limits = view.policy.limits
    heats = [heat_of(seen, view.policy) for seen in view.recent]
    now = heats[-1]
    total = pressure([one.level for one in heats], limits.frustration_carried)
    total += RETURNING * min(view.signals.past_escalations, MOST_RETURNING)
    if now.level < limits.frustration_at_least:
        return Finding()
    facts = view.facts
    parts = evidence(facts, list(now.spans)) or whole(facts)
    says = _anger_in_words(view, now.says, parts, total)
    return by_score("frustrated", "anger", says, parts, total, limits.frustration)


def _anger_in_words(
    view: View, says: tuple[str, ...], parts: tuple[Evidence, ...], total: float
) -> str:
    shown = " and ".join(says[:2]) if says else f"sounds {_feeling(view.facts)}"
    limit = view.policy.limits.frustration
    grown = "" if len(view.recent) == 1 else ", with the turns before"
    return f"{shown}: {quoted(parts)} (anger {total:.2f}{grown}, limit {limit:.2f})"


def _feeling(facts: TurnFacts) -> str:
    return {"angry": "angry", "sad": "hurt", "worried": "desperate"}.get(
        facts.emotion, "out of patience"
    )


def repeated_failure(view: View) -> Finding:
    """Escalate when turns in a row failed, or an answered need comes back."""
    limit = view.policy.limits.failed_turns
    last = len(view.recent) - 1
    score, says = 0.0, ""
    parts: tuple[Evidence, ...] = ()
    for index in range(last, -1, -1):
        failure = _failure(view, index)
        if failure is None and index < last:
            continue
        if failure is None or not failure.weight:
            break
        score += failure.weight
        parts = (*failure.parts, *parts)
        says = says or failure.says
        if failure.weight >= ANSWER_FAILED:
            break
    sentence = f"{says}: {quoted(parts)} (failed turns {score:g}, limit {limit:g})"
    return by_score("repeated_failure", "failed_turns", sentence, parts, score, limit)


def fails(view: View) -> bool:
    """Tell whether the current turn failed: not understood, or the need is there as before."""
    failure = _failure(view, len(view.recent) - 1)
    return failure is not None and failure.weight > 0


def failed_turns(view: View) -> float:
    """Give the weight of the failed turns in a row up to the current one."""
    total = 0.0
    for index in range(len(view.recent) - 1, -1, -1):
        failure = _failure(view, index)
        if failure is None and index < len(view.recent) - 1:
            continue
        if failure is None or not failure.weight:
            break
        total += failure.weight
    return total


@dataclass(frozen=True, slots=True)
class _Failure:
    """How much one turn weighs as a failure, with the words for it."""

    weight: float = 0.0
    says: str = ""
    parts: tuple[Evidence, ...] = ()


def _failure(view: View, index: int) -> _Failure | None:
    """Judge one turn; None means that it neither failed nor went well, as chit-chat does."""
    seen = view.recent[index]
    facts = seen.facts
    if facts.payload == "not_quite":
        return _Failure(TURN_FAILED, "says that the answer was not right", whole(facts))
    if not seen.typed:
        return None if facts.payload == "declined" else _Failure()
    earlier = _answered_before(view, index)
    if not earlier and facts.read and _lost_before(view, index):
        missed = same_need.off_point(seen)
        if missed and not same_need.pleased(seen, view.policy):
            return _Failure(TURN_FAILED, "says that it was misread", evidence(facts, missed))
    again = _again(view, seen, earlier) if earlier and facts.read else _Failure()
    return again if again.weight else _not_understood(view, seen)


def _lost_before(view: View, index: int) -> bool:
    """Tell whether the turn before one was not understood, so that the bot only said so."""
    before = view.recent[index - 1].facts if index else None
    if before is None or before.payload or before.clarified or not before.read:
        return False
    return before.answered is None


def _not_understood(view: View, seen: Seen) -> _Failure | None:
    facts = seen.facts
    chatter = facts.intent is None and same_need.small_talk(seen)
    if not facts.read or chatter or facts.intent in view.policy.intents.chitchat:
        return None
    if facts.clarified and (facts.intent or facts.confidence >= NEARLY_UNDERSTOOD):
        return _Failure(HALF_FAILED, "had to be asked back", whole(facts))
    if facts.intent is None:
        return _Failure(TURN_FAILED, "was not understood", whole(facts))
    return _Failure()


def _again(view: View, seen: Seen, earlier: Seen) -> _Failure:
    """Judge a turn after the bot answered an earlier one: denied, corrected, said over again?"""
    facts, asked_back = seen.facts, earlier.facts.clarified
    full = AFTER_ASKING_BACK if asked_back else ANSWER_FAILED
    same = facts.intent in (earlier.facts.intent, None)
    settled = same_need.pleased(seen, view.policy) or (asked_back and same_need.corrected(seen))
    if settled:
        return _Failure()
    if spans := same_need.denied(seen, earlier, view.policy):
        return _Failure(full, "says that the answer did not settle it", evidence(facts, spans))
    if same and same_need.restated(seen, earlier, view.policy):
        return _Failure(full, "asks the same again after the answer", whole(facts))
    return _Failure() if asked_back else _not_helped(view, seen, earlier)


def _not_helped(view: View, seen: Seen, earlier: Seen) -> _Failure:
    """Judge the fainter signs that an answer did not help: a lone "no", the same trouble again."""
    facts = seen.facts
    if spans := same_need.bare_no(seen):
        return _Failure(TURN_FAILED, "says no to the answer", evidence(facts, spans))
    unhappy = facts.sentiment == "negative" and facts.frustration >= UNHAPPY
    problem = facts.intent in view.policy.intents.problems and facts.intent == earlier.facts.intent
    if problem and unhappy:
        return _Failure(TURN_FAILED, "has the same trouble after the answer", whole(facts))
    return _Failure()


def _answered_before(view: View, index: int) -> Seen | None:
    """Give the last turn before one that named a need and got an answer or a question back."""
    for seen in reversed(view.recent[:index]):
        facts = seen.facts
        if facts.payload == "solved":
            return None
        if facts.intent in view.policy.intents.chitchat or facts.answered in NO_ANSWER:
            continue
        return seen if facts.answered is not None or facts.clarified else None
    return None


def disputed(view: View) -> Finding:
    """Escalate when money is in dispute: no template can settle that."""
    seen = view.current
    spans = seen.find(
        words_case.DISPUTE, words_short.SHORT_PAID, excuses=words_case.DISPUTE_EXCUSES
    )
    promised = seen.find(words_short.PROMISED)
    broken = near(promised, seen.find(words_short.GOT_LESS), PROMISE_GAP) if promised else []
    spans += broken
    groups = view.policy.intents
    likely = seen.facts.intent or (seen.facts.ranking[0][0] if seen.facts.ranking else "")
    if likely in groups.money | groups.disputed:
        spans += seen.find(words_owed.OWED, words_tangle.SETTLE)
    reasons = by_words(seen, "complex", "money_in_dispute", "disputes a charge", spans)
    if reasons or not seen.typed or seen.find(words_case.DISPUTE_EXCUSES):
        return Finding(reasons)
    facts, limit = view.facts, view.policy.limits.money_in_dispute
    read = facts.intent in view.policy.intents.disputed and same_need.says_something(seen)
    share = facts.confidence if read else 0.0
    says = f"is read as disputing a charge ({share:.0%} sure, limit {limit:.0%})"
    return by_score("complex", "model_dispute", says, whole(facts), share, limit)


def between(view: View) -> Finding:
    """Escalate when two parties say the other has it: no template can look at both."""
    seen, groups = view.current, view.policy.intents
    if seen.facts.intent not in groups.problems | groups.money | groups.complaint:
        return Finding()
    spans = seen.find(words_owed.BETWEEN, words_tangle.PAPERS)
    return Finding(by_words(seen, "complex", "between", "is sent between two parties", spans))


def always_person(view: View) -> Finding:
    """Escalate what the pack says a person always answers."""
    facts, limit = view.facts, view.policy.limits.always_person
    groups = view.policy.intents
    if facts.intent not in view.signals.always_person - groups.person - groups.safety:
        return Finding()
    says = f"is about something a person always answers: {facts.intent}"
    return by_score("complex", "always_person", says, whole(facts), facts.confidence, limit)


def exception(view: View) -> Finding:
    """Escalate when the customer asks to be let off a rule."""
    seen = view.current
    asked = seen.find(
        words_case.EXCEPTION, words_short.LENIENCE, excuses=words_case.EXCEPTION_EXCUSES
    )
    known = seen.find(words_case.KNOWN_LIMIT, words_short.OVER_LIMIT)
    pleads = near(known, seen.find(words_case.STILL_ASKS), EXCEPTION_GAP) if known else []
    pleads += near(known, seen.find(words_short.PLEADS), PLEA_GAP) if known else []
    says = "asks for an exception"
    return Finding(by_words(seen, "complex", "exception", says, asked + pleads))


def service_failure(view: View) -> Finding:
    """Escalate when the model or the store could not do their part."""
    facts, found = view.facts, []
    if not facts.read:
        says = "the model could not read this message (model_unavailable)"
        found.append(Reason("service_failure", says, whole(facts), None, None, "model"))
    if view.signals.store_failed:
        says = "the store did not answer in time (store_unavailable)"
        found.append(Reason("service_failure", says, (), None, None, "store"))
    return Finding(tuple(found))


def language(view: View) -> Finding:
    """Escalate when the pack has no replies in the customer's language."""
    facts, spoken = view.facts, view.signals.languages
    if not view.current.typed or not spoken or facts.language in spoken:
        return Finding()
    letters = sum(1 if one < "\u0250" else WIDE_LETTER for one in facts.text if one.isalpha())
    if letters < view.policy.limits.language_letters:
        return Finding()
    says = f"writes in a language without replies ({facts.language}; there are {', '.join(spoken)})"
    return Finding((Reason("language", says, whole(facts), None, None, "language"),))


def agent_joined(view: View) -> Finding:
    """Escalate when an agent stepped in unasked."""
    if not view.signals.person_joined:
        return Finding()
    return Finding((Reason("agent_joined", "an agent stepped in", (), None, None, "agent_joined"),))
