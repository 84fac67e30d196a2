"""Every Redis key of the queue, with type, fields, lifetime and owner; no key is written elsewhere.

All carry the hash tag `{q}`, so that the whole queue is one slot of a cluster and each change is
one script. Nothing here holds the words of a customer.
"""

from __future__ import annotations

PREFIX = "attune:{q}:"
SCHEMA = 1
"""Version of the rows in `tickets`; newer rows than this are refused, not guessed at."""


def tickets() -> str:
    """HASH of ticket id → JSON of its fields; a row lives until it is purged or erased."""
    return PREFIX + "tickets"


def waiting() -> str:
    """ZSET of waiting ticket ids, score = due time in ms; a member lives until claim or cancel."""
    return PREFIX + "waiting"


def leases() -> str:
    """ZSET of claimed ticket ids, score = end of the lease in ms; lives as long as the claim."""
    return PREFIX + "leases"


def agents() -> str:
    """HASH of agent → JSON {load, ops, took, offer, passes}: tickets held, the last claims by op
    id, the weights of the last eight taken, the ticket offered, offers passed in a row; kept.
    """
    return PREFIX + "agents"


def sequence() -> str:
    """STRING counter whose INCR is the next fencing token; kept for ever, never set back."""
    return PREFIX + "sequence"


def closed() -> str:
    """ZSET of resolved and cancelled ticket ids, score = closing time in ms; until purged."""
    return PREFIX + "closed"


def events() -> str:
    """STREAM of transitions, written inside the script that makes them; about the last 100,000."""
    return PREFIX + "events"


def lines() -> str:
    """ZSET, all scores 0, of `skills|due|order|ticket id`: what waits and is offered to nobody, so
    that the first of each set of skills is found at once; made again from `tickets` if amiss.
    """
    return PREFIX + "lines"


def offers() -> str:
    """ZSET of waiting ticket ids offered to somebody, score = end of the offer in ms."""
    return PREFIX + "offers"


def mending() -> str:
    """STRING, how far `lines` were made again from `tickets`, as a score; only while they are."""
    return PREFIX + "mending"


def presence() -> str:
    """ZSET of agents, score = when they were last seen in ms; a member lives until it is gone."""
    return PREFIX + "presence"


def finishing() -> str:
    """SET of agents who finish what they hold and take nothing new; owner: presence."""
    return PREFIX + "finishing"


def pauses() -> str:
    """HASH of agent → JSON {until, after}: their pause, or that they declined one, after which
    ticket; replaced by the next; owner: presence.
    """
    return PREFIX + "pauses"


def away() -> str:
    """SET of agents who are signed in but not taking conversations; owner: presence."""
    return PREFIX + "away"


def queue_keys() -> list[str]:
    """All keys of the ticket queue in the order in which every script of `lua/` takes them."""
    return [
        *(tickets(), waiting(), leases(), agents(), sequence(), closed(), events()),
        *(lines(), offers(), mending()),
    ]
