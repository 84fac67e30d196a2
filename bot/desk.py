"""What an agent can do with a conversation, each as one use-case, every one safe to repeat.

The queue decides who holds a ticket; its fencing token goes with every later action, so a tab that
was asleep cannot write into a conversation somebody else has taken over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from bot.duty import take_next
from bot.errors import ConversationChanged, ConversationGone
from bot.feedback import not_needed
from bot.first_reply import first_words, note_wait
from bot.languages import usual_language
from bot.mentions import mention_dues, mentioned
from bot.sending import hold, send_now
from bot.services import STEPPED_IN, Services
from bot.stored import Change, handback_meta
from bot.suggest import check_filled
from bot.values import Due, Entry, State
from escalation.errors import StaleToken, StoreUnavailable, TicketGone, TicketTaken
from escalation.sla import due_at
from escalation.ticket import Ticket

STEP_IN_SENTENCE = "{name} stepped in without being asked."
TAKEN = (
    "Somebody else has taken this conversation; nothing was sent. Reload it to read along, "
    "or ask them to hand it over."
)
log = structlog.get_logger(__name__)


class Agent(Protocol):
    """Whoever works at the desk."""

    @property
    def id(self) -> str:
        """Their id, as the queue knows it."""
        ...

    @property
    def first_name(self) -> str:
        """The name customers see."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk's use-cases over queue and conversations."""

    services: Services

    def claim(self, agent: Agent, ticket_id: str, op: str) -> Ticket:
        """Take one ticket; raises TicketTaken (by whom), TicketGone."""
        try:
            ticket = self.services.queue.claim(agent.id, ticket_id=ticket_id, op=op)
        except TicketTaken as error:
            holder = self.services.people.get(error.agent)
            raise TicketTaken(ticket_id, holder.name if holder else error.agent) from error
        if ticket is None:
            raise TicketGone(f"Ticket {ticket_id} is no longer waiting.")
        return self._joined(agent, ticket, op)

    def claim_next(self, agent: Agent, op: str) -> Ticket | None:
        """Take the ticket due first that routing gives them; None when there is none, AgentFull."""
        ticket = take_next(self.services, agent.id, op)
        return self._joined(agent, ticket, op) if ticket else None

    def accept(self, agent: Agent, ticket_id: str, offer: int, op: str) -> Ticket:
        """Take the ticket one is offered, in time; raises OfferGone, TicketTaken, TicketGone."""
        ticket = self.services.queue.claim(agent.id, ticket_id=ticket_id, op=op, offer=offer)
        if ticket is None:
            raise TicketGone(f"Ticket {ticket_id} is no longer waiting.")
        return self._joined(agent, ticket, op)

    def step_in(self, agent: Agent, conversation: str, op: str) -> Ticket:
        """Join a conversation nobody escalated; if a ticket waits there, take that one."""
        state = self.services.conversations.load(conversation, recent=1)
        if state.ticket is None:
            state = self._open_for(agent, state, op)
        return self.claim(agent, state.ticket or state.next_ticket, op)

    def reply(self, agent: Agent, conversation: str, token: int, text: str, op: str) -> Entry:
        """Say something to the customer; raises StaleToken, HalfFilled."""
        check_filled(text)
        state = self._mine(agent, conversation, token)
        now = self.services.clock()
        who = {"agent": agent.id, "name": agent.first_name, "op": op}
        data = {"author": "agent", "text": text, **who}
        entry = Entry("message", "all", now, data)
        meta = first_words(state, now)
        written = self._write(state, [entry], op=f"reply-{op}", token=token, meta=meta)
        note_wait(self.services, state, written.at_ms)
        return written

    def send(
        self,
        agent: Agent,
        conversation: str,
        token: int,
        text: str,
        op: str,
        promise: Mapping[str, Any] | None = None,
    ) -> list[Due]:
        """Say something in five seconds, unless it is taken back; raises as `reply` does."""
        check_filled(text)
        state = self._mine(agent, conversation, token)
        said: dict[str, Any] = {"text": text, "agent": agent.id, "name": agent.first_name}
        if promise:
            said["promise"] = dict(promise)
        return hold(self.services, state, token, said, op)

    def note(self, agent: Agent, conversation: str, text: str, op: str) -> Entry:
        """Leave a note that only the desk sees, and tell the colleagues it names; no ticket needed.

        A note may stay on the desk half-filled: no customer gets it.
        """
        state = self.services.conversations.load(conversation, recent=1)
        now = self.services.clock()
        people = mentioned(text, self.services.people.all()) if "@" in text else []
        data = {"agent": agent.id, "name": agent.first_name, "text": text, "op": op}
        told = {"mentions": [one.name for one in people]} if people else {}
        dues = mention_dues(people, agent.id, op, now)
        meta = {one.field: one.dumps() for one in dues}
        entry = Entry("note", "desk", now, {**data, **told})
        return self._write(state, [entry], op=f"note-{op}", meta=meta)

    def release(self, agent: Agent, conversation: str, token: int) -> None:
        """Put a ticket back in line, with its original due time."""
        op = f"release-{token}"
        if self.services.conversations.done(conversation, op):  # again; fails once it was taken
            state = self.services.conversations.load(conversation, recent=1)
        else:
            state = self._mine(agent, conversation, token)
            send_now(self.services, conversation)
        self.services.queue.release(state.ticket or "", token)
        self._write(state, [self._event("agent_released", agent, "all")], op=op)

    def transfer(
        self, agent: Agent, conversation: str, token: int, to: Agent, note: str, op: str
    ) -> Ticket:
        """Hand a ticket to a colleague with a note; they hold it at once."""
        state = self.services.conversations.load(conversation, recent=1)
        held = self.services.queue.get(state.ticket or "")
        moved = held is not None and held.agent == to.id and held.token > token
        if not moved:  # else this may be the same click again; the queue tells by its op
            state = self._mine(agent, conversation, token)
            send_now(self.services, conversation)
        ticket = self.services.queue.transfer(state.ticket or "", token, to.id, op)
        entries = [self._event("transferred", agent, "desk", to=to.first_name)]
        if note.strip():
            data = {"agent": agent.id, "name": agent.first_name, "text": note}
            entries.append(Entry("note", "desk", self.services.clock(), data))
        entries.append(self._event("agent_joined", to, "all"))
        self._write(state, entries, op=f"transfer-{op}", token=ticket.token)
        return ticket

    def resolve(
        self, agent: Agent, conversation: str, token: int, op: str, spared: str | None = None
    ) -> None:
        """Close the ticket: the bot may speak again, and the customer may rate.

        `spared` says that this did not need a person: what would have settled it, or nothing; None
        where the agent says nothing of it.
        """
        self._give_back(agent, conversation, token, op, "resolved", spared)

    def hand_back(
        self, agent: Agent, conversation: str, token: int, op: str, spared: str | None = None
    ) -> None:
        """Give the conversation back to the bot without a rating; `spared` as in `resolve`."""
        self._give_back(agent, conversation, token, op, "handed_back", spared)

    def heartbeat(
        self,
        agent: Agent,
        tokens: Mapping[str, int],
        *,
        available: bool,
        finishing: bool = False,
    ) -> list[str]:
        """Note that the agent is here and still holds these tickets; give those they lost.

        `finishing` says that they only finish what they hold.
        """
        lost = []
        for ticket_id, token in tokens.items():
            try:
                held = self.services.queue.heartbeat(ticket_id, token)
            except (StaleToken, TicketGone):
                lost.append(ticket_id)
            else:
                lost += [] if held.agent == agent.id else [ticket_id]
        try:
            self.services.presence.seen(
                agent.id, available, self.services.clock(), finishing=finishing
            )
        except StoreUnavailable as error:  # a full store still lets agents work it off
            log.warning("presence_not_noted", error=str(error))
        return lost

    def held(self, agent: Agent, conversation: str, token: int) -> State:
        """Give a conversation whose ticket this token holds; raises StaleToken."""
        return self._mine(agent, conversation, token)

    def _mine(self, agent: Agent, conversation: str, token: int) -> State:
        """Load a conversation whose ticket this token holds; extends the lease."""
        state = self.services.conversations.load(conversation, recent=1)
        if not state.ticket:
            raise StaleToken("This conversation is with the assistant again; step in to write.")
        ticket = self.services.queue.heartbeat(state.ticket, token)
        if ticket.agent != agent.id:
            raise StaleToken(TAKEN)
        return state

    def _joined(self, agent: Agent, ticket: Ticket, op: str) -> Ticket:
        state = self.services.conversations.load(ticket.conversation, recent=1)
        live = self.services.packs.live()
        said = live.replies.render(
            "agent_joined",
            "calm",
            {"agent": {"first_name": agent.first_name}},
            language=usual_language(state, live.pack.languages),
            seed=state.id,
        )
        event = self._event("agent_joined", agent, "all", text=said.text)
        if state.ticket == ticket.id:
            with suppress(ConversationChanged):
                self._write(state, [event], op=f"join-{op}", token=ticket.token)
                return ticket
        # The customer let go before the claim, and the queue has not heard of it yet.
        self.services.queue.resolve(ticket.id, ticket.token, "customer_withdrew")
        self.services.live.wake(ticket.conversation, queue=True)
        raise TicketGone(f"Ticket {ticket.id} was closed meanwhile.")

    def _open_for(self, agent: Agent, state: State, op: str) -> State:
        """Open a ticket because an agent wants in, and queue it before it is claimed."""
        now, ticket = self.services.clock(), state.next_ticket
        reason: dict[str, Any] = {
            **{"code": STEPPED_IN, "sentence": STEP_IN_SENTENCE.format(name=agent.first_name)},
            **{"evidence": [], "score": None, "limit": None, "rule": STEPPED_IN},
            **{"policy_version": self.services.packs.live().policy.version, "counterfactual": None},
        }
        opened = {
            **{"ticket": ticket, "priority": "normal", "created_ms": now},
            **{"due_ms": due_at("normal", now, self.services.packs.live().policy)},
            "reasons": [STEPPED_IN],
        }
        entry = Entry("event", "desk", now, {"what": "ticket_opened", "ticket": ticket})
        change = Change(
            (entry,),
            {"ticket": ticket, "reasons": json.dumps([reason], ensure_ascii=False)},
            {"open": opened},
        )
        self.services.conversations.change(state.id, change, now, op=f"open-{op}", ticket=None)
        self.services.relay.carry_for(state.id)
        return self.services.conversations.load(state.id, recent=1)

    def _give_back(
        self,
        agent: Agent,
        conversation: str,
        token: int,
        op: str,
        what: str,
        spared: str | None,
    ) -> None:
        state = self.services.conversations.load(conversation, recent=1)
        if not state.ticket or self.services.conversations.done(conversation, f"{what}-{op}"):
            return
        held = self.services.queue.get(state.ticket)
        if held and held.agent != agent.id:
            raise StaleToken(TAKEN)
        send_now(self.services, conversation)
        ticket = self.services.queue.resolve(state.ticket, token, what)
        now = self.services.clock()
        entries = [self._event(what, agent, "all")]
        if spared is not None:
            entries.insert(0, not_needed(state, agent.id, agent.first_name, spared, now))
        if what == "resolved":
            live = self.services.packs.live()
            language = usual_language(state, live.pack.languages)
            said = live.replies.render("resolved", "calm", {}, language=language, seed=op)
            message = {"author": "bot", "text": said.text, "template": said.ref}
            entries.insert(0, Entry("message", "all", now, {**message, "quick_replies": []}))
        meta = handback_meta(state)
        # The second is for when a sweeper saw the closed ticket and gave it back just before us.
        for change, expected in (
            (Change(tuple(entries), meta, {"clock": True}), ticket.id),
            (Change(tuple(entries)), None),
        ):
            with suppress(ConversationChanged):
                self.services.conversations.change(
                    conversation, change, now, op=f"{what}-{op}", ticket=expected
                )
                break
        self.services.relay_soon(conversation)
        self.services.live.wake(conversation, queue=True)

    def _event(self, what: str, agent: Agent, audience: str, **more: str) -> Entry:
        data = {"what": what, "agent": agent.id, "name": agent.first_name, **more}
        return Entry("event", audience, self.services.clock(), data)  # type: ignore[arg-type]

    def _write(
        self,
        state: State,
        entries: list[Entry],
        *,
        op: str,
        token: int | None = None,
        meta: Mapping[str, str] | None = None,
    ) -> Entry:
        expected = "*" if token is None else state.ticket
        change = Change(tuple(entries), meta, {"clock": True})
        ids = self.services.conversations.change(
            state.id, change, self.services.clock(), op=op, ticket=expected, token=token
        )
        self.services.relay_soon(state.id)
        self.services.live.wake(state.id, queue=True)
        if not ids:
            raise ConversationGone(f"Nothing was written to conversation {state.id}.")
        return self.services.conversations.entry(state.id, ids[-1])
