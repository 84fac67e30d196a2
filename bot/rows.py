"""The rows of the desk's lists: derived each time, read from the store in a few round trips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.clocks import pressing_row
from bot.duty import open_to_anyone, workers
from bot.keeping import is_snoozed, promise_rows
from bot.people import Person
from bot.services import Services
from bot.values import Holder, State
from escalation.routing import Worker
from escalation.ticket import GENERAL, Ticket

SNIPPET = 140
WAITING, HELD = 12, 40
"""Entries read for a row: of those nobody took yet, and of those that may be owed an answer."""


def rows_of(services: Services, names: Iterable[str]) -> list[dict[str, Any]]:
    """Give the rows of those conversations that were not erased meanwhile, in this order."""
    states = services.conversations.load_all(dict.fromkeys(names, HELD))
    tickets = services.queue.named(one.ticket for one in states.values() if one.ticket)
    rows = Rows(services)
    return [rows.row(one, tickets.get(one.ticket or "")) for one in states.values()]


def ticket_rows_of(services: Services, tickets: Iterable[Ticket]) -> list[dict[str, Any]]:
    """As `rows_of`, of the conversations of tickets already read, each with its ticket."""
    found = list(tickets)
    wanted = {one.conversation: HELD if one.first_claim_ms else WAITING for one in found}
    states, rows = services.conversations.load_all(wanted), Rows(services)
    return [rows.row(states[one.conversation], one) for one in found if one.conversation in states]


class Rows:
    """Makes the rows of one answer; what they share is asked of the store once."""

    def __init__(self, services: Services) -> None:
        """Read the policy; people and who is here when the first row needs them."""
        self._services = services
        self._policy = services.packs.live().policy
        self._now = services.clock()
        self._people: dict[str, Person | None] = {}
        self._here: list[Worker] | None = None

    def row(self, state: State, ticket: Ticket | None) -> dict[str, Any]:
        """Give what a list shows of a conversation: who has it, why, until when, the last words."""
        held = state.ticket is not None
        agent = self._person(ticket.agent) if ticket and ticket.agent else None
        messages = [one for one in reversed(state.recent) if one.kind == "message"]
        theirs = (one for one in messages if one.data["author"] == "customer")
        last = next(theirs, messages[0] if messages else None)
        return {
            "conversation": state.id,
            "name": state.customer.name,
            "holder": holder(ticket, held),
            "ticket": self._ticket(ticket) if ticket else None,
            "clock": pressing_row(ticket, state, self._policy, self._now) if held else None,
            "agent": {"id": agent.id, "name": agent.first_name} if agent else None,
            "reasons": [dict(reason) for reason in state.reasons],
            "last_ms": state.last_ms,
            "last": _snippet(last.data) if last else None,
            "promise": next(iter(promise_rows(state.due("promise"))), None),
            "snoozed_ms": self._snoozed(state),
        }

    def _person(self, person_id: str) -> Person | None:
        if person_id not in self._people:
            self._people[person_id] = self._services.people.get(person_id)
        return self._people[person_id]

    def _ticket(self, ticket: Ticket) -> dict[str, Any]:
        """Give a ticket, and why anyone may take one that asks for a skill."""
        if ticket.state != "waiting" or ticket.skill == GENERAL:
            return {**ticket.to_row(), "anyone": ""}
        if self._here is None:
            self._here = workers(self._services, self._now)
        anyone = open_to_anyone(ticket, self._here, self._policy.routing, self._now)
        return {**ticket.to_row(), "anyone": anyone}

    def _snoozed(self, state: State) -> int | None:
        """Until when a held conversation rests; None if it does not."""
        resting = state.ticket is not None and is_snoozed(state, self._now)
        return state.due("snooze")[0].due_ms if resting else None


def holder(ticket: Ticket | None, held: bool) -> Holder:
    """Say who a conversation is with."""
    if not held:
        return "bot"
    return "agent" if ticket and ticket.state == "claimed" else "waiting"


def _snippet(data: Mapping[str, Any]) -> dict[str, str]:
    text = " ".join(str(data["text"]).split())
    short = text if len(text) <= SNIPPET else text[: SNIPPET - 1] + "…"
    return {"author": str(data["author"]), "text": short}
