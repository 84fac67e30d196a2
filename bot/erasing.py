"""Erases conversations for good: one path for customer, team, terminal and retention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import redis
import structlog
from redis.cluster import RedisCluster
from redis.exceptions import RedisError

from bot import keys
from bot.errors import ConversationGone
from bot.services import Services
from bot.sessions import asked

CUSTOMER, TERMINAL = "customer", "terminal"
REWRITE_AFTER_MS = 60_000
SCAN = 500
OF_A_CUSTOMER = ("email", "customer_id", "external")
log = structlog.get_logger(__name__)


def erase(services: Services, *conversations: str) -> None:
    """Delete conversations, their tickets and what waits for endpoints; again does no harm.

    Effects under way are carried first, so that none opens a ticket afterwards; tickets go before
    and after, should another process have carried one meanwhile. Raises StoreUnavailable.
    """
    tickets = [
        f"{one}#{episode}"
        for one in conversations
        for episode in range(1, services.conversations.episodes(one) + 1)
    ]
    for conversation in conversations:
        services.relay.carry_for(conversation)
    services.queue.erase(*tickets)
    for conversation in conversations:
        services.conversations.erase(conversation)
        services.alarms.drop(conversation)
    services.queue.erase(*tickets)
    names = [one.name for one in services.outgoing.endpoints.all()]
    services.outgoing.lanes.forget(names, conversations)
    if conversations:
        asked(lambda: services.redis.set(keys.rewrite(), services.clock(), nx=True))


def erase_for(services: Services, conversation: str, by: str, name: str = "") -> None:
    """Erase a conversation because somebody asked, note who, and tell the desk.

    `by` is CUSTOMER, TERMINAL or a person's id, and `name` what the desk calls them. Raises
    ConversationGone, StoreUnavailable.
    """
    if not services.conversations.exists(conversation):
        raise ConversationGone(
            f"There is no conversation {conversation}; it may be erased already."
        )
    erase(services, conversation)
    services.people.audit(by, "conversation_erased", conversation, services.clock())
    services.live.typing(conversation, "erased", name or f"The {by}", by)
    services.live.wake(conversation, queue=True)
    log.info("conversation_erased", conversation=conversation, by=by)


def conversations_of(services: Services, customer: str) -> Iterator[tuple[int, list[str]]]:
    """Look through all conversations for a customer's: how many were read, which are theirs.

    A customer is an e-mail address (in any case), an id, or the other side's id of a conversation.
    At most 500 are read at a time. Raises StoreUnavailable.
    """
    wanted = customer.strip().casefold()
    for number in range(keys.BUCKETS):
        every: Any = asked(partial(services.redis.zrange, keys.every(number), 0, -1))
        for start in range(0, len(every), SCAN):
            names = every[start : start + SCAN]
            yield len(names), _theirs(services.redis, names, wanted)


def rewrite(client: redis.Redis) -> None:
    """Have Redis write its append-only file anew, without what was erased; never an error."""
    more: dict[str, Any] = (
        {"target_nodes": RedisCluster.PRIMARIES} if isinstance(client, RedisCluster) else {}
    )
    try:
        client.execute_command("BGREWRITEAOF", **more)  # type: ignore[no-untyped-call]
    except RedisError as error:  # not allowed, or one is under way: what was erased leaves later
        log.info("file_not_rewritten", error=str(error))


def rewrite_soon(services: Services, now_ms: int) -> None:
    """Have the file written anew a minute after something was erased; one process does it."""
    since: Any = asked(lambda: services.redis.get(keys.rewrite()))
    if since is None or now_ms - int(since) < REWRITE_AFTER_MS:
        return
    if asked(lambda: services.redis.delete(keys.rewrite())):
        rewrite(services.redis)


def _theirs(client: redis.Redis, names: Sequence[str], wanted: str) -> list[str]:
    pipe = client.pipeline(transaction=False)
    for one in names:
        pipe.hmget(keys.meta(one), *OF_A_CUSTOMER)
    rows: Any = asked(pipe.execute)
    known = ({(value or "").casefold() for value in row} for row in rows)
    return [name for name, values in zip(names, known, strict=True) if wanted in values]
