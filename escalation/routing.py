"""Who gets which ticket; pure: what waits, who is here and the time are passed in.

Whoever is due first is served first, always. How heavy a ticket is only chooses who among the free
agents with its skills takes it, so that nobody waits longer for it while somebody suited is free:

- who took two heavy ones in a row gets no third while another suited agent is free;
- after an abusive one comes a light one or a pause;
- a ticket past its due time is given to whoever comes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from escalation.routing_settings import Routing
from escalation.ticket import GENERAL, Taken, Ticket
from escalation.weight import faded

IN_A_ROW = 2
FORGOTTEN = 2
"""A ticket taken so many half-lives ago says nothing any more."""
HEAT = 1.0
"""How many open conversations a full weight counts as, where two are compared."""
AGAIN_MS = 120_000
"""So long after letting a ticket pass an agent is not offered it again."""


@dataclass(frozen=True, slots=True)
class Worker:
    """An agent on duty: what they can do, how many they hold of `most`, what they took lately.

    `skills` empty: all. `took` is oldest first. `free` says that they could be given one now.
    """

    id: str
    skills: tuple[str, ...] = ()
    load: int = 0
    most: int = 4
    took: tuple[Taken, ...] = ()
    free: bool = True

    def serves(self, ticket: Ticket) -> bool:
        """Tell whether they have all the skills of a ticket."""
        return not self.skills or {*self.skills, GENERAL}.issuperset(ticket.skills)


def is_heavy(ticket: Ticket, routing: Routing, now_ms: int) -> bool:
    """Tell whether a ticket is heavy by now."""
    left = faded(ticket.weight, ticket.weight_ms, now_ms, routing.half_life_ms)
    return left >= routing.heavy or ticket.abusive


def needs_light(worker: Worker, routing: Routing, now_ms: int) -> bool:
    """Tell whether the next one should be light: after two heavy ones in a row, or an abusive one.

    A heavy one that was taken long ago does not count.
    """
    lately = [
        one
        for one in worker.took[-IN_A_ROW:]
        if now_ms - max(one.at_ms, one.weight_ms) < FORGOTTEN * routing.half_life_ms
    ]
    if lately and lately[-1].abusive:
        return True
    return len(lately) == IN_A_ROW and all(one.weight >= routing.heavy for one in lately)


def carried(worker: Worker, routing: Routing, now_ms: int) -> float:
    """Give how much of what an agent took lately is still there; for comparing, not for showing."""
    return sum(faded(one.weight, one.at_ms, now_ms, routing.half_life_ms) for one in worker.took)


def best_for(
    ticket: Ticket, workers: Sequence[Worker], routing: Routing, now_ms: int
) -> Worker | None:
    """Give the free agent who should take a ticket, or None when nobody suited is free.

    Who has its skills comes before who has not (those count only where `may_take` lets them), who
    may carry it before who needs a light one, who is not full with it before who is, then whoever
    holds and carries least.
    """
    heavy = is_heavy(ticket, routing, now_ms)
    suited = [
        one
        for one in workers
        if one.free and one.load < one.most and not _passed(ticket, one, now_ms)
    ]
    able = [one for one in suited if one.serves(ticket)]
    if not able:
        able = suited if may_take(ticket, workers, routing, now_ms) else []

    owed = not heavy and any(needs_light(one, routing, now_ms) for one in able)

    def order(one: Worker) -> tuple[bool, bool, bool, float, str]:
        light = needs_light(one, routing, now_ms)
        work = one.load + HEAT * carried(one, routing, now_ms)
        return (heavy and light, owed and not light, one.load == one.most - 1, work, one.id)

    return min(able, key=order, default=None)


def may_take(ticket: Ticket, workers: Collection[Worker], routing: Routing, now_ms: int) -> bool:
    """Tell whether anyone may take a ticket: it is overdue, or nobody on duty has its skills."""
    if now_ms > ticket.due_ms + routing.anyone_after_ms:
        return True
    return routing.anyone_at_once and not any(one.serves(ticket) for one in workers)


def share_out(
    waiting: Sequence[Ticket], workers: Sequence[Worker], routing: Routing, now_ms: int
) -> list[tuple[Ticket, Worker]]:
    """Give who should be offered what, whoever is due first first; each agent one at most."""
    here = list(workers)
    found = []
    for ticket in sorted(waiting, key=lambda one: one.due_ms):
        worker = best_for(ticket, here, routing, now_ms)
        if worker:
            found.append((ticket, worker))
            here = [replace(one, free=one.free and one.id != worker.id) for one in here]
    return found


def next_for(
    worker: Worker,
    front: Sequence[Ticket],
    others: Sequence[Worker],
    routing: Routing,
    now_ms: int,
) -> Ticket | None:
    """Give what an agent who asks for the next one gets of what they may take, due first first.

    That is the first; only who needs a light one is spared a heavy one, and only while it is not
    overdue and another suited agent is free for it. None when every one is left to somebody else.
    """
    if not needs_light(worker, routing, now_ms):
        return front[0] if front else None
    for ticket in front:
        late = now_ms > ticket.due_ms
        if late or not is_heavy(ticket, routing, now_ms):
            return ticket
        if not any(_could(one, ticket, routing, now_ms) for one in others if one.id != worker.id):
            return ticket
    return None


def _could(one: Worker, ticket: Ticket, routing: Routing, now_ms: int) -> bool:
    free = one.free and one.load < one.most and one.serves(ticket)
    return free and not needs_light(one, routing, now_ms)


def _passed(ticket: Ticket, worker: Worker, now_ms: int) -> bool:
    return any(agent == worker.id and now_ms - at_ms < AGAIN_MS for agent, at_ms in ticket.passed)
