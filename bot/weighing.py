"""What a ticket needs of whoever takes it: how heavy it is, and which skills. Pure."""

from __future__ import annotations

from typing import Any

from bot.moment import Moment
from bot.signals import gather
from escalation.policy import Decision
from escalation.ticket import GENERAL
from escalation.weight import weight_of


def weighed(moment: Moment, decision: Decision, ticket: str) -> dict[str, Any]:
    """Give how heavy this episode is after the message at hand, as the relay carries it."""
    codes = [frozenset(one["code"] for one in note.data["reasons"]) for note in moment.past]
    codes.append(frozenset(reason.code for reason in decision.reasons))
    signals = gather(
        moment.state,
        moment.text,
        moment.reading,
        moment.payload,
        moment.now_ms,
        languages=moment.live.pack.languages,
    )
    found = weight_of(signals.turns, codes, moment.live.policy.routing.half_life_ms)
    return {
        **{"ticket": ticket, "weight": found.value, "weight_ms": found.at_ms},
        "abusive": found.abusive,
    }


def skill_of(moment: Moment) -> str:
    """Give the skills a ticket asks for: a further language, and a topic, the newest first."""
    first = moment.live.pack.languages[0]
    language = moment.language if moment.language != first else None
    rows = [note.data["reading"] for note in reversed(moment.past) if note.data["reading"]]
    intents = [moment.reading.intent if moment.reading else None, *(row["intent"] for row in rows)]
    routing = moment.live.policy.routing
    topic = next(filter(None, map(routing.topic_of, intents)), None)
    return "+".join(sorted({one for one in (language, topic) if one})) or GENERAL
