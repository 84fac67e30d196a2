"""What one turn leads to: silence, a ticket, a question or an answer. Decides, writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.choose import Said, offer, plain_words, wanted
from bot.languages import wait_in_words, without_reply
from bot.looking_up import looked_up
from bot.moment import EMAIL, Around, Moment
from bot.packs import LivePack
from bot.signals import gather
from bot.stored import handback_meta
from bot.values import BotReply, Entry, State
from bot.weighing import skill_of, weighed
from escalation.policy import Decision, decide, withdraws
from escalation.sla import due_at
from intents.reading import Reading

HANDOFF_REPLIES = {
    "safety_or_legal": "handoff_safety",
    "vulnerable": "handoff_vulnerable",
    "service_failure": "handoff_service",
    "language": "handoff_language",
}
SELF_HARM_RULE = "self_harm"
SELF_HARM_REPLY = "handoff_self_harm"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a turn writes: the replies' entries come first, in order."""

    replies: tuple[BotReply, ...]
    entries: tuple[Entry, ...]
    ticket: str | None
    reasons: tuple[Mapping[str, Any], ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    effects: Mapping[str, Any] = field(default_factory=dict)


def plan_turn(
    around: Around, live: LivePack, state: State, message: Entry, reading: Reading | None
) -> Plan:
    """Give everything one message leads to, from the conversation as it stood before it."""
    moment = Moment(around, live, state, message, reading)
    decision = _decided(moment)
    moment.hear(decision.cause)
    plan = _planned(moment, decision)
    if len(live.pack.languages) == 1 or moment.language == state.language:
        return plan
    return replace(plan, meta={**plan.meta, "language": moment.language})


def _planned(moment: Moment, decision: Decision) -> Plan:
    if moment.state.ticket:
        return _held(moment, decision)
    if decision.escalate:
        return _handoff(moment, decision)
    return _answer(moment, decision)


def _decided(moment: Moment) -> Decision:
    """Judge the message; what would be answered must also be there in its language."""
    pack, policy = moment.live.pack, moment.live.policy
    always = frozenset(spec.name for spec in pack.intents if spec.always_person)
    signals = gather(
        moment.state,
        moment.text,
        moment.reading,
        moment.payload,
        moment.now_ms,
        languages=pack.languages,
        always_person=always,
    )
    decision = decide(signals, policy)
    if moment.state.ticket or decision.escalate:
        return decision
    return without_reply(pack, policy, signals, wanted(moment), moment.language) or decision


def _held(moment: Moment, decision: Decision) -> Plan:
    """A person has it: stay silent, make it more pressing if it is, let go if the customer does."""
    state = moment.state
    waiting = moment.waits()
    if waiting and withdraws(moment.text) and not decision.escalate:
        reply = moment.say("ticket_cancelled")
        gone = Entry("event", "all", moment.now_ms, {"what": "ticket_cancelled"})
        handed_back = Entry("event", "desk", moment.now_ms, {"what": "handed_back"})
        return Plan(
            replies=(reply,),
            entries=(
                *_spoken(moment, [reply]),
                _note(moment, decision, Said()),
                gone,
                handed_back,
            ),
            ticket=None,
            reasons=(),
            meta=handback_meta(state),
            effects={"cancel": {"ticket": state.ticket, "why": "customer_withdrew"}},
        )
    if waiting and (address := EMAIL.search(moment.text)):
        return _email_left(moment, decision, address.group())
    name = state.ticket or ""
    effects: dict[str, Any] = {"clock": True}
    if decision.escalate:
        effects["open"] = _opening(moment, decision, name)
    else:
        effects["weigh"] = weighed(moment, decision, name)
    return Plan(
        replies=(),
        entries=(_note(moment, decision, Said()),),
        ticket=state.ticket,
        reasons=state.reasons,
        effects=effects,
    )


def _email_left(moment: Moment, decision: Decision, address: str) -> Plan:
    """Somebody who waits wrote an e-mail address: keep it and say so."""
    reply = moment.say("email_saved")
    left = Entry("event", "all", moment.now_ms, {"what": "email_left"})
    return Plan(
        replies=(reply,),
        entries=(*_spoken(moment, [reply]), _note(moment, decision, Said()), left),
        ticket=moment.state.ticket,
        reasons=moment.state.reasons,
        meta={"email": address},
        effects={"clock": True},
    )


def _handoff(moment: Moment, decision: Decision) -> Plan:
    """Bring in a person, say so in the same turn, and promise only what is true now."""
    state = moment.state
    here = moment.team_online()
    told = moment.wait_range(decision.priority) if here else None
    wait = wait_in_words(told.shortest, told.longest, moment.language) if told else ""
    said = Said(_handoff_words(moment, decision, here, wait), answered="handoff")
    reasons = tuple(reason.to_row() for reason in decision.reasons)
    opening = _opening(moment, decision, state.next_ticket)
    opened = {
        "what": "ticket_opened",
        "ticket": state.next_ticket,
        "priority": decision.priority,
        "team_online": here,
        "due_ms": opening["due_ms"],
        "wait": [told.shortest, told.longest] if told and _tells(said, wait) else None,
    }
    return Plan(
        replies=said.replies,
        entries=(
            *_spoken(moment, said.replies),
            _note(moment, decision, said),
            Entry("event", "all", moment.now_ms, opened),
        ),
        ticket=state.next_ticket,
        reasons=reasons,
        meta={
            "ticket": state.next_ticket,
            "reasons": json.dumps(reasons, ensure_ascii=False),
        },
        effects={"open": opening},
    )


def _tells(said: Said, wait: str) -> bool:
    """Tell whether what is said has the wait in it: a pack may leave it out."""
    return any(wait in reply.text for reply in said.replies)


def _handoff_words(
    moment: Moment, decision: Decision, here: bool, wait: str
) -> tuple[BotReply, ...]:
    name = HANDOFF_REPLIES.get(decision.main.code if decision.main else "", "handoff")
    if any(reason.rule == SELF_HARM_RULE for reason in decision.reasons):
        name = SELF_HARM_REPLY
    wait_text = {"text": wait}
    first = [] if name == "handoff" else [moment.say(name, wait=wait_text)]
    if here or name == SELF_HARM_REPLY:  # it says not to wait for us; hours would be cold
        return tuple(first or [moment.say("handoff", wait=wait_text)])
    return (*first, moment.say("handoff_nobody", wait=wait_text))


def _opening(moment: Moment, decision: Decision, ticket: str) -> dict[str, Any]:
    priority = decision.priority or "normal"
    return {
        **weighed(moment, decision, ticket),
        "skill": skill_of(moment),
        "priority": priority,
        "created_ms": moment.now_ms,
        "due_ms": due_at(priority, moment.now_ms, moment.live.policy),
        "reasons": [reason.code for reason in decision.reasons],
    }


def _answer(moment: Moment, decision: Decision) -> Plan:
    said = looked_up(moment) or plain_words(moment)
    if decision.offer and moment.payload is None and said.replies:
        said = replace(said, replies=(*said.replies, offer(moment)))
    return Plan(
        replies=said.replies,
        entries=(*_spoken(moment, said.replies), _note(moment, decision, said)),
        ticket=None,
        reasons=(),
    )


def _spoken(moment: Moment, replies: Sequence[BotReply]) -> list[Entry]:
    return [
        Entry(
            "message",
            "all",
            moment.now_ms,
            {
                "author": "bot",
                "text": reply.text,
                "template": reply.template,
                "quick_replies": [
                    {"text": one.text, "payload": one.payload} for one in reply.quick_replies
                ],
            },
        )
        for reply in replies
    ]


def _note(moment: Moment, decision: Decision, said: Said) -> Entry:
    """What the desk sees of this turn, and what later turns and a rehearsal build on."""
    return Entry(
        "reading",
        "desk",
        moment.now_ms,
        {
            "message_id": moment.message.id,
            "text": moment.text,
            "payload": moment.payload,
            "reading": moment.reading.to_row() if moment.reading else None,
            "reasons": [reason.to_row() for reason in decision.reasons],
            "escalate": decision.escalate,
            "priority": decision.priority,
            "offer": decision.offer,
            "score": decision.score,
            "angry_at": decision.cause.kind,
            "tone": moment.tone,
            "answered": said.answered,
            "about": said.about,
            "clarified": said.clarified,
            "template": said.replies[0].template if said.replies else None,
            "pack_version": moment.live.version,
            "policy_version": decision.policy_version,
            "circumstances": moment.circumstances,
        },
    )
