"""What a store holds after a storm, against what customers and agents were told."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversations import Conversations
from bot.values import Entry
from bot.web.webhook import conversation_id
from escalation.queue import TicketQueue
from escalation.ticket import QueueEvent
from tests.chaos.customers import CHANNEL, Customer

ENDS = {"released", "expired", "resolved", "cancelled"}


@dataclass(slots=True)
class Count:
    """All that was accepted, and every way in which the store differs from it."""

    customers_messages: int = 0
    agents_messages: int = 0
    tickets: int = 0
    messages_lost: int = 0
    messages_doubled: int = 0
    messages_reordered: int = 0
    not_answered: int = 0
    answered_twice: int = 0
    tickets_lost: int = 0
    tickets_doubled: int = 0
    owned_by_two: int = 0
    late_writes: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """How many messages were accepted, customers' and agents'."""
        return self.customers_messages + self.agents_messages

    @property
    def wrong(self) -> int:
        """How many things are not as they must be."""
        return sum((
            self.messages_lost, self.messages_doubled, self.messages_reordered, self.not_answered,
            self.answered_twice, self.tickets_lost, self.tickets_doubled, self.owned_by_two,
            self.late_writes, len(self.broken),
        ))  # fmt: skip


@dataclass(slots=True)
class Journal:
    """What the agents were told: replies taken, tickets resolved, and what must not have been."""

    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    resolved: list[str] = field(default_factory=list)
    late: int = 0
    broke: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, places: Iterable[Path]) -> Journal:
        """Read all journals; a line that a kill cut short counts as never written."""
        made = cls()
        for place in places:
            for line in place.read_text(encoding="utf-8").splitlines():
                try:
                    kind, one, other = json.loads(line)
                except ValueError:
                    continue
                if kind == "said":
                    made.said[other].append(one)
                elif kind == "resolved":
                    made.resolved.append(one)
                elif kind == "late":
                    made.late += 1
                elif kind == "broke":
                    made.broke.append(f"{one}: {other}")
        return made


def recount(
    customers: Sequence[Customer],
    journals: Sequence[Path],
    store: Conversations,
    queue: TicketQueue,
) -> Count:
    """Recount everything from the raw store, with no server running."""
    journal = Journal.read(journals)
    found = Count(late_writes=journal.late, broken=[*journal.broke])
    found.agents_messages = sum(len(ops) for ops in journal.said.values())
    for customer in customers:
        found.broken += customer.broken
        for name, wanted in customer.accepted.items():
            found.customers_messages += len(wanted)
            conversation = conversation_id(CHANNEL, name)
            entries = store.entries(conversation, limit=10_000)
            _messages(found, entries, wanted, journal.said.pop(conversation, []))
    found.messages_lost += sum(len(ops) for ops in journal.said.values())
    told = {ticket for customer in customers for ticket in customer.tickets}
    _tickets(found, queue, told, journal.resolved)
    found.broken += queue.audit()
    return found


def _messages(
    found: Count, entries: Sequence[Entry], wanted: Sequence[str], said: Sequence[str]
) -> None:
    """Compare one conversation's log with what was accepted in it."""
    asked = [one for one in entries if one.data.get("author") == "customer"]
    names = [one.data["event_id"] for one in asked]
    found.messages_lost += len(set(wanted) - set(names))
    found.messages_doubled += len(names) - len(set(names))
    kept = [name for name in dict.fromkeys(names) if name in set(wanted)]
    found.messages_reordered += int(kept != [name for name in wanted if name in set(kept)])

    read = [one.data["message_id"] for one in entries if one.kind == "reading"]
    found.not_answered += len({one.id for one in asked} - set(read))
    found.answered_twice += len(read) - len(set(read))
    found.messages_reordered += int(read != sorted(read, key=_order))

    texts = Counter(one.data["text"] for one in entries if one.data.get("author") == "agent")
    found.messages_lost += sum(f"Answer {op}." not in texts for op in said)
    found.messages_doubled += sum(count - 1 for count in texts.values())
    found.messages_reordered += int(not _in_their_order(texts, said))
    found.owned_by_two += sum(1 for _ in _strangers(entries))


def _in_their_order(texts: Iterable[str], said: Sequence[str]) -> bool:
    """Whether each agent process's answers stand in the order in which it was told of them."""
    places = {text: place for place, text in enumerate(texts)}
    by_boot: dict[str, list[int]] = defaultdict(list)
    for op in said:
        if (place := places.get(f"Answer {op}.")) is not None:
            by_boot[op.rpartition("-")[0]].append(place)
    return all(one == sorted(one) for one in by_boot.values())


def _strangers(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give the agents' messages that stand in a log where somebody else had the conversation."""
    holder = ""
    for one in entries:
        what = one.data.get("what")
        if what == "agent_joined":
            holder = one.data["agent"]
        elif one.data.get("author") == "agent" and one.data["agent"] != holder:
            yield one


def _tickets(found: Count, queue: TicketQueue, told: set[str], resolved: Sequence[str]) -> None:
    """Compare the queue with what customers were promised and agents were told."""
    events = list(_events(queue))
    opened = Counter(one.ticket for one in events if one.kind == "opened")
    ends = Counter(one.ticket for one in events if one.kind == "resolved")
    found.tickets = len({*opened, *told})
    found.tickets_lost += len(told - set(opened))
    found.tickets_lost += sum(queue.get(ticket) is None for ticket in {*opened, *told})
    found.tickets_lost += sum(ends[ticket] == 0 for ticket in resolved)
    found.tickets_doubled += sum(count - 1 for count in opened.values())
    found.tickets_doubled += sum(count - 1 for count in ends.values())
    found.owned_by_two += overlaps(events)


def overlaps(events: Iterable[QueueEvent]) -> int:
    """Give how often a ticket was given to somebody while another had it, or under an old token."""
    holders: dict[str, str | None] = {}
    tokens: dict[str, int] = {}
    wrong = 0
    for one in events:
        if one.kind == "claimed":
            wrong += holders.get(one.ticket) is not None
            holders[one.ticket] = one.agent
        elif one.kind == "transferred":
            wrong += holders.get(one.ticket) != one.detail
            holders[one.ticket] = one.agent
        elif one.kind in ENDS:
            holders[one.ticket] = None
        if one.kind in {"claimed", "transferred"}:
            wrong += one.token <= tokens.get(one.ticket, 0)
            tokens[one.ticket] = one.token
    return wrong


def _events(queue: TicketQueue) -> Iterator[QueueEvent]:
    after = "0"
    while page := queue.events(after, 1000):
        yield from page
        after = page[-1].id


def _order(entry_id: str) -> tuple[int, int]:
    first, second = entry_id.split("-")
    return int(first), int(second)
