"""What the store says at the end of a day, beside what agents and customers believe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from bot.keeping import is_snoozed
from bot.services import Services
from bot.values import Entry
from tests.day.agent import Said, Worker
from tests.day.customers import Customers, Talk

MOST = 500


class Lists:
    """The desk's lists, read straight from queue and conversations and not as the desk does it."""

    VIEWS: ClassVar = ("waiting", "mine", "snoozed", "promised", "mentions", "open", "closed")
    COUNTED: ClassVar = ("waiting", "mine", "snoozed", "promised", "mentions")

    def __init__(self, services: Services) -> None:
        """Nothing is read before it is asked for."""
        self._services = services

    def of(self, view: str, agent: str) -> list[str]:
        """Give the conversations of a list."""
        store, queue = self._services.conversations, self._services.queue
        read: dict[str, Callable[[], list[str]]] = {
            "waiting": self.waiting,
            "mine": lambda: self.mine(agent),
            "snoozed": lambda: [one for one in self._held(agent) if self._rests(one)],
            "promised": lambda: [one for one, _ in store.due("promise")],
            "mentions": lambda: [one for one, _ in store.due("mention") if self._named(one, agent)],
            "open": lambda: [one for one, _ in store.recent(MOST)],
            "closed": lambda: [one.conversation for one in queue.closed(MOST)],
        }
        return read[view]()

    def waiting(self) -> list[str]:
        """Give who waits, due first first."""
        return [one.conversation for one in self._services.queue.waiting(MOST)]

    def mine(self, agent: str) -> list[str]:
        """Give what an agent holds and what does not rest."""
        return [one for one in self._held(agent) if not self._rests(one)]

    def _held(self, agent: str) -> list[str]:
        held = self._services.queue.claimed()
        return [one.conversation for one in held if one.agent == agent]

    def _rests(self, conversation: str) -> bool:
        state = self._services.conversations.load(conversation, recent=1)
        return is_snoozed(state, self._services.clock())

    def _named(self, conversation: str, agent: str) -> bool:
        state = self._services.conversations.load(conversation, recent=1)
        return any(one.data["agent"] == agent for one in state.due("mention"))


def recount(services: Services, agents: Sequence[Worker], customers: Customers) -> list[str]:
    """Give everything lost, doubled or out of order, as sentences."""
    wrong = services.queue.audit()
    written = [one for agent in agents for one in agent.said]
    for talk in customers.talks:
        if talk.caller.conversation:
            entries = services.conversations.entries(talk.caller.conversation, limit=2_000)
            wrong += _of_talk(talk, entries)
            mine = [one for one in written if one.conversation == talk.caller.conversation]
            wrong += [words for one in mine if (words := _of_said(one, entries))]
    return wrong


def _of_talk(talk: Talk, entries: Sequence[Entry]) -> list[str]:
    """Compare what a customer wrote and saw with the log."""
    wrong, name = [], talk.caller.conversation
    messages = [one for one in entries if one.kind == "message"]
    asked = [one for one in messages if one.data["author"] == "customer"]
    if [one.data["event_id"] for one in asked] != talk.caller.accepted:
        wrong.append(f"{name}: customer's messages lost, doubled or out of order")
    read = Counter(one.data["message_id"] for one in entries if one.kind == "reading")
    if set(read) != {one.id for one in asked} or set(read.values()) - {1}:
        wrong.append(f"{name}: messages without a reading, or with two")
    theirs = [one.data["text"] for one in messages if one.data["author"] == "agent"]
    if theirs != talk.seen:
        wrong.append(f"{name}: the customer saw {len(talk.seen)} of {len(theirs)} replies")
    return wrong


def _of_said(said: Said, entries: Sequence[Entry]) -> str:
    """Compare one thing an agent wrote with the log; a note keeps what changed hands."""
    found = [one for one in entries if said.mark in str(one.data.get("text", ""))]
    times = sum(one.kind in {"message", "note"} for one in found)
    kept = sum(one.kind == "note" for one in found)
    if times == said.times and (said.kind == "note" or not kept):
        return ""
    if said.kind == "message" and kept == times == said.times:
        return ""  # it changed hands in the five seconds: the words stayed on the desk
    return f"{said.conversation}: {said.how} {said.mark} is there {times} times, not {said.times}"
