"""The queue on a real Redis: a claim among 100 and 100,000 waiting, and 1,000 agents racing."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import redis

from bot.redis_server import RedisServer, find_binary
from bot.store import connect, connect_blocking
from escalation import keys
from escalation.offers import Offers
from escalation.queue import Reach, TicketQueue
from escalation.ticket import Ticket

FEW, MANY = 100, 100_000
ROUNDS, CLAIMS = 9, 60
AGENTS = 1_000
THREADS = 32
START = 1_800_000_000_000
SKILLS = ("general", "es", "fr", "de", "wholesale", "es+wholesale", "fr+wholesale")
RARE = Reach(("de", "general"), anyone_after_ms=0, on_duty=(("de", "general"), ("es", "general")))
"""An agent who can do a little, among the skills of who else is on duty."""
WAYS = {"any": Reach(), "skills": RARE}
SEED = 20_261


def measure(folder: Path) -> dict[str, Any]:
    """Give how long a claim takes beside long lines, and whether a race gives each ticket once."""
    binary = find_binary()
    with (
        RedisServer(folder / "few", binary) as short,
        RedisServer(folder / "many", binary) as long,
        connect_blocking(short.url) as few,
        connect_blocking(long.url) as many,
    ):
        _fill(few, FEW)
        lined_up_s = _fill(many, MANY)
        found = {way: _claims(few, many, reach) for way, reach in WAYS.items()}
        race = _race(few, short.url)
        return {"claim": found, "old_rows_lined_up_s": lined_up_s, "race": race}


def _claims(few: redis.Redis, many: redis.Redis, reach: Reach) -> dict[str, Any]:
    """Time claims at both lengths in turn, so that a neighbour's load meets both alike.

    `redis_us` is what Redis itself counts for a claim and a release; the rest is the way there.
    """
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    for client in (few, many):
        client.config_resetstat()
    for _ in range(ROUNDS):
        for waiting, client in ((FEW, few), (MANY, many)):
            times[waiting].append(_time(client, reach))
    ratios = [more / less for less, more in zip(times[FEW], times[MANY], strict=True)]
    inside = [_inside(client) for client in (few, many)]
    return {
        "us_at_100": round(statistics.median(times[FEW]) * 1e6, 1),
        "us_at_100000": round(statistics.median(times[MANY]) * 1e6, 1),
        "ratio": round(statistics.median(ratios), 3),
        "ratio_least_and_most": [round(min(ratios), 3), round(max(ratios), 3)],
        "redis_us": [round(one, 1) for one in inside],
        "redis_ratio": round(inside[1] / inside[0], 3),
    }


def _inside(client: redis.Redis) -> float:
    stats: Any = client.info("commandstats")
    return float(stats["cmdstat_evalsha"]["usec_per_call"])


def _time(client: redis.Redis, reach: Reach) -> float:
    """Give the median time of a claim; each is given back, so that the length stays."""
    queue = TicketQueue(client)
    took = []
    for number in range(CLAIMS):
        begun = time.perf_counter()
        ticket = queue.claim("ana", op=f"op-{number}-{begun}", reach=reach, now_ms=START)
        took.append(time.perf_counter() - begun)
        if ticket is None:
            raise RuntimeError("nothing was claimed though tickets wait; look at the queue")
        queue.release(ticket.id, ticket.token, now_ms=START)
    return statistics.median(took)


def _fill(client: redis.Redis, waiting: int) -> float:
    """Let so many wait: one opened by its script, the others as copies of its row, for speed.

    Gives the seconds it took to line up what only `waiting` held, as after an update.
    """
    client.flushall()
    dice = random.Random(SEED)
    queue = TicketQueue(client)
    queue.open(
        "t0#1", conversation="t0", priority="normal", due_ms=START + 1, created_ms=START, reasons=[]
    )
    row = str(client.hget(keys.tickets(), "t0#1"))
    pipe = client.pipeline(transaction=False)
    for number in range(1, waiting):
        one, skill = f"t{number}#1", dice.choice(SKILLS)
        due = START + 60_000 + dice.randrange(3_600_000)
        text = row.replace("t0#1", one).replace('"general"', f'"{skill}"')
        pipe.hset(keys.tickets(), one, text.replace(f'"due":{START + 1}', f'"due":{due}'))
        pipe.zadd(keys.waiting(), {one: due})
        if number % 5_000 == 0:
            pipe.execute()
    pipe.execute()
    begun = time.perf_counter()
    while client.zcard(keys.lines()) < waiting:
        Offers(client).front(Reach(), 1)
    return round(time.perf_counter() - begun, 2)


def _race(client: redis.Redis, url: str) -> dict[str, Any]:
    """Let 1,000 agents take the next at once; tell who got what, and in which order it was given.

    The order is that of the fencing tokens, which are given out inside the script.
    """
    client.flushall()
    queue, dice = TicketQueue(client), random.Random(SEED)
    for number in range(AGENTS):
        queue.open(
            f"t{number}#1", conversation=f"t{number}", priority="normal", created_ms=START,
            due_ms=START + dice.randrange(3_600_000), reasons=[],
        )  # fmt: skip
    due = [ticket.id for ticket in queue.waiting(AGENTS)]
    got: list[Ticket] = []
    barrier = threading.Barrier(THREADS)

    def run(first: int) -> None:
        with connect(url) as mine:
            own = TicketQueue(mine)
            barrier.wait()
            for agent in range(first, AGENTS, THREADS):
                ticket = own.claim(f"agent-{agent}", op=f"op-{agent}", most=1)
                if ticket:
                    got.append(ticket)

    begun = time.perf_counter()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    return {**_outcome(got, due), "seconds": round(took, 2), "broken": queue.audit()}


def _outcome(got: Sequence[Ticket], due: Sequence[str]) -> dict[str, Any]:
    order = [ticket.id for ticket in sorted(got, key=lambda one: one.token)]
    return {
        "claims": len(order),
        "claimed_twice": len(order) - len(set(order)),
        "agents_with_more_than_one": len(got) - len({ticket.agent for ticket in got}),
        "in_due_order": order == list(due),
    }
