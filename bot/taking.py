"""How an agent comes to a conversation: by a claim, or by stepping in unasked."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from bot.desk_writing import Agent, event, write
from bot.errors import ConversationChanged
from bot.languages import usual_language
from bot.services import STEPPED_IN, Services
from bot.stored import Change
from bot.values import Entry, State
from escalation.errors import TicketGone
from escalation.sla import due_at
from escalation.ticket import Ticket

STEP_IN_SENTENCE = "{name} stepped in without being asked."


def joined(services: Services, agent: Agent, ticket: Ticket, op: str) -> Ticket:
    """Note that an agent came under their claim; raises TicketGone if the customer let go."""
    state = services.conversations.load(ticket.conversation, recent=1)
    live = services.packs.live()
    said = live.replies.render(
        "agent_joined",
        "calm",
        {"agent": {"first_name": agent.first_name}},
        language=usual_language(state, live.pack.languages),
        seed=state.id,
    )
    came = event(services, "agent_joined", agent, "all", text=said.text)
    if state.ticket == ticket.id:
        with suppress(ConversationChanged):
            write(services, state, [came], op=f"join-{op}", token=ticket.token)
            return ticket
    # The customer let go before the claim, and the queue has not heard of it yet.
    services.queue.resolve(ticket.id, ticket.token, "customer_withdrew")
    services.live.wake(ticket.conversation, queue=True)
    raise TicketGone(f"Ticket {ticket.id} was closed meanwhile.")


def open_for(services: Services, agent: Agent, state: State, op: str) -> State:
    """Open a ticket because an agent wants in, and queue it before it is claimed."""
    now, ticket = services.clock(), state.next_ticket
    reason: dict[str, Any] = {
        **{"code": STEPPED_IN, "sentence": STEP_IN_SENTENCE.format(name=agent.first_name)},
        **{"evidence": [], "score": None, "limit": None, "rule": STEPPED_IN},
        **{"policy_version": services.packs.live().policy.version, "counterfactual": None},
    }
    opened = {
        **{"ticket": ticket, "priority": "normal", "created_ms": now},
        **{"due_ms": due_at("normal", now, services.packs.live().policy)},
        "reasons": [STEPPED_IN],
    }
    entry = Entry("event", "desk", now, {"what": "ticket_opened", "ticket": ticket})
    change = Change(
        (entry,),
        {"ticket": ticket, "reasons": json.dumps([reason], ensure_ascii=False)},
        {"open": opened},
    )
    services.conversations.change(state.id, change, now, op=f"open-{op}", ticket=None)
    services.relay.carry_for(state.id)
    return services.conversations.load(state.id, recent=1)
