"""What an agent can do with a conversation, each as one use-case, every one safe to repeat.

The queue decides who holds a ticket; its fencing token goes with every later action, so a tab that
was asleep cannot write into a conversation somebody else has taken over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.desk_writing import Agent, event, mine, write
from bot.duty import take_next
from bot.first_reply import first_words, note_wait
from bot.giving_back import Ending, give_back
from bot.mentions import mention_dues, mentioned
from bot.sending import hold, send_now
from bot.services import Services
from bot.suggest import check_filled
from bot.taking import joined, open_for
from bot.values import Due, Entry, State
from escalation.errors import StaleToken, StoreUnavailable, TicketGone, TicketTaken
from escalation.ticket import Ticket

log = structlog.get_logger(__name__)


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
        return joined(self.services, agent, ticket, op)

    def claim_next(self, agent: Agent, op: str) -> Ticket | None:
        """Take the ticket due first that routing gives them; None when there is none, AgentFull."""
        ticket = take_next(self.services, agent.id, op)
        return joined(self.services, agent, ticket, op) if ticket else None

    def accept(self, agent: Agent, ticket_id: str, offer: int, op: str) -> Ticket:
        """Take the ticket one is offered, in time; raises OfferGone, TicketTaken, TicketGone."""
        ticket = self.services.queue.claim(agent.id, ticket_id=ticket_id, op=op, offer=offer)
        if ticket is None:
            raise TicketGone(f"Ticket {ticket_id} is no longer waiting.")
        return joined(self.services, agent, ticket, op)

    def step_in(self, agent: Agent, conversation: str, op: str) -> Ticket:
        """Join a conversation nobody escalated; if a ticket waits there, take that one."""
        state = self.services.conversations.load(conversation, recent=1)
        if state.ticket is None:
            state = open_for(self.services, agent, state, op)
        return self.claim(agent, state.ticket or state.next_ticket, op)

    def reply(self, agent: Agent, conversation: str, token: int, text: str, op: str) -> Entry:
        """Say something to the customer; raises StaleToken, HalfFilled."""
        check_filled(text)
        state = mine(self.services, agent, conversation, token)
        now = self.services.clock()
        who = {"agent": agent.id, "name": agent.first_name, "op": op}
        data = {"author": "agent", "text": text, **who}
        entry = Entry("message", "all", now, data)
        meta = first_words(state, now)
        written = write(self.services, state, [entry], op=f"reply-{op}", token=token, meta=meta)
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
        state = mine(self.services, agent, conversation, token)
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
        return write(self.services, state, [entry], op=f"note-{op}", meta=meta)

    def release(self, agent: Agent, conversation: str, token: int) -> None:
        """Put a ticket back in line, with its original due time."""
        op = f"release-{token}"
        if self.services.conversations.done(conversation, op):  # again; fails once it was taken
            state = self.services.conversations.load(conversation, recent=1)
        else:
            state = mine(self.services, agent, conversation, token)
            send_now(self.services, conversation)
        self.services.queue.release(state.ticket or "", token)
        write(self.services, state, [event(self.services, "agent_released", agent, "all")], op=op)

    def transfer(
        self, agent: Agent, conversation: str, token: int, to: Agent, note: str, op: str
    ) -> Ticket:
        """Hand a ticket to a colleague with a note; they hold it at once."""
        state = self.services.conversations.load(conversation, recent=1)
        held = self.services.queue.get(state.ticket or "")
        moved = held is not None and held.agent == to.id and held.token > token
        if not moved:  # else this may be the same click again; the queue tells by its op
            state = mine(self.services, agent, conversation, token)
            send_now(self.services, conversation)
        ticket = self.services.queue.transfer(state.ticket or "", token, to.id, op)
        entries = [event(self.services, "transferred", agent, "desk", to=to.first_name)]
        if note.strip():
            data = {"agent": agent.id, "name": agent.first_name, "text": note}
            entries.append(Entry("note", "desk", self.services.clock(), data))
        entries.append(event(self.services, "agent_joined", to, "all"))
        write(self.services, state, entries, op=f"transfer-{op}", token=ticket.token)
        return ticket

    def resolve(
        self, agent: Agent, conversation: str, token: int, op: str, spared: str | None = None
    ) -> None:
        """Close the ticket: the bot may speak again, and the customer may rate.

        `spared` says that this did not need a person: what would have settled it, or nothing; None
        where the agent says nothing of it.
        """
        give_back(self.services, agent, conversation, token, op, Ending("resolved", spared))

    def hand_back(
        self, agent: Agent, conversation: str, token: int, op: str, spared: str | None = None
    ) -> None:
        """Give the conversation back to the bot without a rating; `spared` as in `resolve`."""
        give_back(self.services, agent, conversation, token, op, Ending("handed_back", spared))

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
        return mine(self.services, agent, conversation, token)
