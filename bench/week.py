"""A week at the desk, made up from a seed: is what is heavy shared fairly, and does nobody wait?

The product's own routing functions decide, beside plain round robin and least open. Agents work
equal hours. All serve whoever is due first; they differ in who of the free agents is chosen.
"""

from __future__ import annotations

import heapq
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from escalation.routing import Worker, next_for, share_out
from escalation.routing_settings import Routing
from escalation.ticket import Taken, Ticket

SEED = 31_260
WEEKS = 10
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
START = 1_800_000_000_000
OPENS, CLOSES, SHIFT = 8, 18, 8
DAYS = 5
RATES = (26, 41, 53, 58, 48, 50, 55, 53, 38, 24)
"""Arrivals an hour, by hour of opening; two peaks."""
AGENTS = (
    ("es", "wholesale"), ("es",), ("es",), ("wholesale",), ("wholesale",), ("fr",), ("fr",), (),
)  # fmt: skip
"""The skills of each of eight; all have `general` too."""
NEEDS = (("general", 0.78), ("es", 0.09), ("wholesale", 0.08), ("fr", 0.05))
WEIGHTS = ((0.55, 0.0, 0.3), (0.27, 0.3, 0.6), (0.18, 0.6, 1.0))
"""Share, from, to: light, middling, heavy."""
ABUSIVE = 0.15
"""Share of the heavy ones."""
DUE = (("urgent", 2), ("high", 5), ("normal", 15))
TAKES = (3.0, 0.6)
"""Mean and deviation of the logarithm of the minutes a conversation takes: half are over in 20."""
MOST = 4
KEPT = 8


@dataclass(slots=True)
class Week:
    """What one policy made of one week."""

    loads: list[float]
    waits: list[int] = field(default_factory=list)
    out_of_turn: int = 0
    thirds: int = 0


@dataclass(slots=True)
class _Desk:
    """The state of the simulation; conversations keep the agent who took them."""

    now: int = START
    waiting: list[Ticket] = field(default_factory=list)
    took: list[list[Taken]] = field(default_factory=lambda: [[] for _ in AGENTS])
    load: list[int] = field(default_factory=lambda: [0] * len(AGENTS))
    turn: int = 0

    def workers(self) -> list[Worker]:
        """Give who is on shift."""
        day, hour = divmod(self.now - START, DAY)
        here = []
        for number, skills in enumerate(AGENTS):
            begins = OPENS + (2 if (number + day) % 2 else 0)
            if begins * HOUR <= hour < (begins + SHIFT) * HOUR:
                took = tuple(self.took[number][-KEPT:])
                mine = (*skills, "general")
                here.append(Worker(str(number), mine, self.load[number], MOST, took))
        return here


Chosen = list[tuple[Ticket, Worker]]
Policy = Callable[[_Desk, random.Random], Chosen]


def measure(folder: Path) -> dict[str, Any]:
    """Give fairness and waits of each policy over several weeks."""
    del folder
    weeks = {
        name: [simulate(policy, SEED + number) for number in range(WEEKS)]
        for name, policy in POLICIES.items()
    }
    rows = {name: _row(found) for name, found in weeks.items()}
    best = min(rows[name]["mean_wait_s"] for name in ("round_robin", "least_open"))
    for row in rows.values():
        row["mean_wait_to_best_plain"] = round(row["mean_wait_s"] / best, 3)
    return {"seed": SEED, "weeks": WEEKS, "agents": len(AGENTS), "policies": rows}


def simulate(policy: Policy, seed: int) -> Week:
    """Give one week under one policy; the same seed is the same week of customers."""
    events: list[tuple[int, int, int, Any]] = []
    for number, (at_ms, ticket, minutes) in enumerate(customers(random.Random(seed))):
        heapq.heappush(events, (at_ms, 0, number, (ticket, minutes)))
    for mark in range(DAYS * 24):  # shifts begin on the hour
        heapq.heappush(events, (START + mark * HOUR, 2, mark, None))
    desk, week = _Desk(), Week([0.0] * len(AGENTS))
    dice, lasts = random.Random(seed + 1), dict[str, int]()
    while events:
        desk.now, kind, number, what = heapq.heappop(events)
        if kind == 0:
            desk.waiting.append(what[0])
            lasts[what[0].id] = what[1]
        elif kind == 1:
            desk.load[number] -= 1
        while chosen := policy(desk, dice):
            for ticket, worker in chosen:
                _give(desk, week, ticket, worker)
                ends = desk.now + lasts[ticket.id]
                heapq.heappush(events, (ends, 1, int(worker.id), None))
    return week


def customers(dice: random.Random) -> list[tuple[int, Ticket, int]]:
    """Give when who comes, with what, and how long it takes, for one week."""
    found = []
    for day in range(DAYS):
        for hour, rate in enumerate(RATES):
            at_ms = float(START + day * DAY + (OPENS + hour) * HOUR)
            end = at_ms + HOUR
            while (at_ms := at_ms + dice.expovariate(rate) * HOUR) < end:
                ticket = _ticket(dice, len(found), int(at_ms))
                found.append((int(at_ms), ticket, int(dice.lognormvariate(*TAKES) * MINUTE)))
    return found


def _ticket(dice: random.Random, number: int, now: int) -> Ticket:
    _, low, high = dice.choices(WEIGHTS, [share for share, _, _ in WEIGHTS])[0]
    weight = dice.uniform(low, high)
    skill = dice.choices([name for name, _ in NEEDS], [share for _, share in NEEDS])[0]
    shares = (0.2, 0.6, 0.2) if weight >= 0.6 else (0.03, 0.17, 0.8)
    priority, minutes = dice.choices(DUE, shares)[0]
    return Ticket(
        id=f"t{number}#1", conversation=f"t{number}", priority=priority,  # type: ignore[arg-type]
        skill=skill, created_ms=now, due_ms=now + minutes * MINUTE, state="waiting", agent=None,
        token=0, lease_until_ms=None, expiries=0, stuck=False, reasons=(), outcome=None,
        closed_ms=None, first_claim_ms=None, weight=weight, weight_ms=now,
        abusive=weight >= 0.6 and dice.random() < ABUSIVE,
    )  # fmt: skip


def _give(desk: _Desk, week: Week, ticket: Ticket, worker: Worker) -> None:
    number, lately = int(worker.id), desk.took[int(worker.id)][-2:]
    heavy = ticket.weight >= ROUTING.heavy
    others = [one for one in desk.workers() if one.id != worker.id and one.load < MOST]
    if heavy and len(lately) == 2 and all(one.weight >= ROUTING.heavy for one in lately):
        week.thirds += any(one.serves(ticket) for one in others)
    earlier = [one for one in desk.waiting if one.due_ms < ticket.due_ms and worker.serves(one)]
    week.out_of_turn += bool(earlier)
    desk.waiting.remove(ticket)
    taken = Taken(ticket.id, desk.now, ticket.weight, ticket.weight_ms, ticket.abusive)
    desk.took[number].append(taken)
    desk.load[number] += 1
    week.loads[number] += ticket.weight
    week.waits.append(desk.now - ticket.created_ms)


def _plain(choose: Callable[[_Desk, list[Worker], random.Random], Worker]) -> Policy:
    """Give a policy that serves due first and leaves only the choice of agent open."""

    def policy(desk: _Desk, dice: random.Random) -> Chosen:
        here = desk.workers()
        for ticket in sorted(desk.waiting, key=lambda one: one.due_ms):
            suited = [one for one in here if one.load < one.most and one.serves(ticket)]
            if suited:
                return [(ticket, choose(desk, suited, dice))]
        return []

    return policy


def _in_turn(desk: _Desk, suited: list[Worker], dice: random.Random) -> Worker:
    del dice
    chosen = min(suited, key=lambda one: (int(one.id) - desk.turn) % len(AGENTS))
    desk.turn = int(chosen.id) + 1
    return chosen


def _least_open(desk: _Desk, suited: list[Worker], dice: random.Random) -> Worker:
    del desk
    least = min(one.load for one in suited)
    return dice.choice([one for one in suited if one.load == least])


def _push(desk: _Desk, dice: random.Random) -> Chosen:
    """Whoever is best suited is offered the ticket; all accept at once."""
    del dice
    return share_out(desk.waiting, desk.workers(), ROUTING, desk.now)


def _pull(desk: _Desk, dice: random.Random) -> Chosen:
    """Agents who could take one ask for the next; who holds least asks first, else in no order."""
    here = [one for one in desk.workers() if one.load < one.most]
    for worker in sorted(dice.sample(here, len(here)), key=lambda one: one.load):
        front = sorted((one for one in desk.waiting if worker.serves(one)), key=lambda t: t.due_ms)
        ticket = next_for(worker, front[:10], here, ROUTING, desk.now)
        if ticket:
            return [(ticket, worker)]
    return []


ROUTING = Routing()
POLICIES: dict[str, Policy] = {
    "push": _push,
    "pull": _pull,
    "round_robin": _plain(_in_turn),
    "least_open": _plain(_least_open),
}


def _row(weeks: Sequence[Week]) -> dict[str, Any]:
    ratios = [max(week.loads) / min(week.loads) for week in weeks]
    waits = [wait for week in weeks for wait in week.waits]
    return {
        "load_ratio_mean": round(statistics.mean(ratios), 3),
        "load_ratio_worst": round(max(ratios), 3),
        "mean_wait_s": round(statistics.mean(waits) / 1000, 1),
        "p95_wait_s": round(statistics.quantiles(waits, n=20)[-1] / 1000, 1),
        "thirds_while_another_was_free": sum(week.thirds for week in weeks),
        "out_of_turn": sum(week.out_of_turn for week in weeks),
        "tickets": len(waits),
    }
