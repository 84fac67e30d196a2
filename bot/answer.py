"""What one turn leads to: a person's silence, a ticket, a question, or an answer. Decides, writes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.packs import LivePack
from bot.replies import Rendered
from bot.services import Services
from bot.signals import CHOSEN, gather, this_episode
from bot.tone import Tone, choose_tone
from bot.values import BotReply, Entry, QuickReply, State
from escalation.policy import Decision, decide, withdraws
from escalation.sla import due_at, hours_in_words
from intents.reading import Reading

SOLVED = QuickReply("That solved it", "solved")
NOT_QUITE = QuickReply("Not quite", "not_quite")
PERSON = QuickReply("A person", "person")
NO_PERSON = QuickReply("No, go on", "declined")
BRING_PERSON = QuickReply("Yes, a person please", "person")
AFTER_ANSWER = (SOLVED, NOT_QUITE, PERSON)
SMALL_TALK = frozenset({"greeting", "goodbye", "thanks", "praise", "bot_question"})
CLOSE_CALL_SHARE = 0.45
CLOSE_CALL_FLOOR = 0.12
ORDER_NUMBER = re.compile(r"(?<![\w.,£$€])#?(\d{5,8})(?!\w|[.,]\d)")
HANDOFF_REPLIES = {
    "safety_or_legal": "handoff_safety",
    "vulnerable": "handoff_vulnerable",
    "service_failure": "handoff_service",
    "language": "handoff_language",
}
SELF_HARM_RULE = "self_harm"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a turn writes: the replies' entries come first, in order."""

    replies: tuple[BotReply, ...]
    entries: tuple[Entry, ...]
    ticket: str | None
    reasons: tuple[Mapping[str, Any], ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    effects: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the bot will say, and how the log should remember it."""

    replies: tuple[BotReply, ...] = ()
    answered: str | None = None
    clarified: bool = False


class _Moment:
    """One message in its conversation, with everything a reply may depend on."""

    def __init__(
        self,
        services: Services,
        live: LivePack,
        state: State,
        message: Entry,
        reading: Reading | None,
    ) -> None:
        self.services = services
        self.live = live
        self.state = state
        self.message = message
        self.reading = reading
        self.text: str = message.data["text"]
        self.now_ms = message.at_ms
        self.episode = this_episode(state.recent)
        self.payload = pressed(self.episode, self.text)
        past = [entry for entry in self.episode if entry.kind == "reading"]
        self.past = past
        tones: list[Tone] = [entry.data["tone"] for entry in past]
        felt = None if self.payload else reading  # a button's label says nothing about feelings
        self.tone: Tone = choose_tone(felt, tones) if felt or not tones else tones[-1]
        self._apologised = any("sorry" in one.lower() for one in self._bot_texts())

    def say(
        self, name: str, quick: tuple[QuickReply, ...] = (), **more: Mapping[str, str]
    ) -> BotReply:
        """Render a reply in the tone of the moment."""
        rendered = self._render(name, more)
        follow_ups = tuple(QuickReply(text, "") for text in rendered.follow_ups)
        self._apologised = self._apologised or "sorry" in rendered.text.lower()
        return BotReply(rendered.text, quick or follow_ups, rendered.ref)

    def _render(self, name: str, more: Mapping[str, Mapping[str, str]]) -> Rendered:
        tone: Tone = self.tone
        context: dict[str, Mapping[str, str]] = {
            "customer": {"first_name": self.state.customer.first_name},
            "order": {"number": self.order_number()},
            "team": {"hours": hours_in_words(self.live.policy)},
            **more,
        }
        said = [
            entry.data["template"]
            for entry in self.state.recent
            if entry.kind == "message" and entry.data.get("template")
        ]
        return self.live.replies.render(
            name, tone, context, said=said, apologised=self._apologised, seed=self.state.id
        )

    def order_number(self) -> str:
        """The order number in this message, else the last one said in this episode."""
        texts = [self.text, *(entry.data["text"] for entry in reversed(self.past))]
        found = (ORDER_NUMBER.search(text) for text in texts)
        return next((one.group(1) for one in found if one), "")

    def _bot_texts(self) -> list[str]:
        return [
            entry.data["text"]
            for entry in self.episode
            if entry.kind == "message" and entry.data["author"] != "customer"
        ]


def plan_turn(
    services: Services, live: LivePack, state: State, message: Entry, reading: Reading | None
) -> Plan:
    """Give everything one message leads to, from the conversation as it stood before it."""
    moment = _Moment(services, live, state, message, reading)
    signals = gather(
        state, moment.text, reading, moment.payload, moment.now_ms, live.pack.languages
    )
    decision = decide(signals, live.policy)
    if state.ticket:
        return _held(moment, decision)
    if decision.escalate:
        return _handoff(moment, decision)
    return _answer(moment, decision)


def pressed(episode: Sequence[Entry], text: str) -> str | None:
    """Give the payload of the quick reply this text is, None if it is not one."""
    wanted = text.strip().casefold()
    for entry in reversed(episode):
        if entry.kind == "message" and entry.data["author"] == "bot":
            for quick in entry.data.get("quick_replies", ()):
                if wanted in {quick["text"].casefold(), quick["payload"].casefold()}:
                    return quick["payload"] or None
    return None


def _held(moment: _Moment, decision: Decision) -> Plan:
    """A person has it: stay silent, make it more pressing if it is, let go if the customer does."""
    state = moment.state
    ticket = moment.services.queue.get(state.ticket or "")
    waiting = ticket is None or ticket.state == "waiting"
    if waiting and withdraws(moment.text) and not decision.escalate:
        reply = moment.say("ticket_cancelled")
        gone = Entry("event", "all", moment.now_ms, {"what": "ticket_cancelled"})
        handed_back = Entry("event", "desk", moment.now_ms, {"what": "handed_back"})
        return Plan(
            replies=(reply,),
            entries=(*_spoken(moment, [reply]), _note(moment, decision, _Said()), gone, handed_back),
            ticket=None,
            reasons=(),
            meta={"ticket": "", "reasons": "", "episode": str(state.episode + 1)},
            effects={"cancel": {"ticket": state.ticket, "why": "customer_withdrew"}},
        )
    effects = {"open": _opening(moment, decision, state.ticket or "")} if decision.escalate else {}
    return Plan(
        replies=(),
        entries=(_note(moment, decision, _Said()),),
        ticket=state.ticket,
        reasons=state.reasons,
        effects=effects,
    )


def _handoff(moment: _Moment, decision: Decision) -> Plan:
    """Bring in a person, say so in the same turn, and promise only what is true now."""
    state = moment.state
    here = bool(moment.services.presence.available(moment.services.clock()))
    wait = moment.services.wait_words(decision.priority) if here else ""
    said = _Said(_handoff_words(moment, decision, here, wait), answered="handoff")
    reasons = tuple(reason.to_row() for reason in decision.reasons)
    opened = {
        "what": "ticket_opened",
        "ticket": state.next_ticket,
        "priority": decision.priority,
        "team_online": here,
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
        effects={"open": _opening(moment, decision, state.next_ticket)},
    )


def _handoff_words(
    moment: _Moment, decision: Decision, here: bool, wait: str
) -> tuple[BotReply, ...]:
    name = HANDOFF_REPLIES.get(decision.main.code if decision.main else "", "handoff")
    if any(reason.rule == SELF_HARM_RULE for reason in decision.reasons):
        name = "handoff_self_harm"
    wait_text = {"text": wait}
    first = [] if name == "handoff" else [moment.say(name, wait=wait_text)]
    if here:
        return tuple(first or [moment.say("handoff", wait=wait_text)])
    return (*first, moment.say("handoff_nobody", wait=wait_text))


def _opening(moment: _Moment, decision: Decision, ticket: str) -> dict[str, Any]:
    priority = decision.priority or "normal"
    return {
        "ticket": ticket,
        "priority": priority,
        "created_ms": moment.now_ms,
        "due_ms": due_at(priority, moment.now_ms, moment.live.policy),
        "reasons": [reason.code for reason in decision.reasons],
    }


def _answer(moment: _Moment, decision: Decision) -> Plan:
    said = _words(moment)
    if decision.offer and moment.payload is None and said.replies:
        offer = moment.say("offer_person", (BRING_PERSON, NO_PERSON))
        said = _Said((*said.replies, offer), said.answered, said.clarified)
    return Plan(
        replies=said.replies,
        entries=(*_spoken(moment, said.replies), _note(moment, decision, said)),
        ticket=None,
        reasons=(),
    )


def _words(moment: _Moment) -> _Said:
    """Choose what the bot says when no person is needed."""
    payload, reading = moment.payload, moment.reading
    if payload in {"solved", "not_quite", "declined"}:
        name = {"declined": "offer_declined"}.get(payload, payload)
        quick = (PERSON,) if payload == "not_quite" else ()
        return _Said((moment.say(name, quick),), answered=name)
    if payload and payload.startswith(CHOSEN):
        return _reply_to(moment, payload.removeprefix(CHOSEN))
    if reading is None or not any(one.isalnum() for one in moment.text):
        return _Said((moment.say("chat_empty", (PERSON,)),), answered="chat_empty")
    if choices := close_call(reading, moment):
        first, second = (moment.live.pack.intent(name) for name in choices)
        quick = (
            QuickReply(first.title, CHOSEN + first.name),
            QuickReply(second.title, CHOSEN + second.name),
        )
        question = moment.say(
            "clarify", quick, choice={"first": first.title, "second": second.title}
        )
        return _Said((question,), clarified=True)
    if reading.intent is None:
        again = bool(moment.past) and moment.past[-1].data.get("answered") is None
        return _Said((moment.say("fallback_again" if again else "fallback", (PERSON,)),))
    return _reply_to(moment, reading.intent)


def _reply_to(moment: _Moment, intent: str) -> _Said:
    known = intent in moment.live.replies
    if not known:
        return _Said((moment.say("fallback", (PERSON,)),))
    quick = () if intent in SMALL_TALK else AFTER_ANSWER
    return _Said((moment.say(intent, quick),), answered=intent)


def close_call(reading: Reading, moment: _Moment) -> tuple[str, str] | None:
    """Give the two intents worth asking about, or None when the first is clear or nothing is near.

    Never asked twice in a row, and never between kinds of small talk.
    """
    if moment.past and moment.past[-1].data.get("clarified"):
        return None
    if len(reading.ranking) < 2:
        return None
    first, second = reading.ranking[:2]
    if first.intent in SMALL_TALK or second.intent in SMALL_TALK:
        return None
    near = second.confidence >= CLOSE_CALL_SHARE * first.confidence
    refused_near = reading.intent is None and first.confidence >= CLOSE_CALL_FLOOR
    known = all(moment.live.pack.intent(one.intent) for one in (first, second))
    asks = refused_near or (reading.intent is not None and near)
    return (first.intent, second.intent) if asks and known else None


def _spoken(moment: _Moment, replies: Sequence[BotReply]) -> list[Entry]:
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


def _note(moment: _Moment, decision: Decision, said: _Said) -> Entry:
    """What the desk sees of this turn, and what later turns and replay build on."""
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
            "offer": decision.offer,
            "score": decision.score,
            "tone": moment.tone,
            "answered": said.answered,
            "clarified": said.clarified,
            "template": said.replies[0].template if said.replies else None,
            "pack_version": moment.live.version,
            "policy_version": decision.policy_version,
        },
    )
