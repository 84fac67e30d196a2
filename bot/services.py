"""What a turn needs, assembled once per process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import redis

from bot.channels import Channels
from bot.conversations import Conversations
from bot.errors import ConversationChanged
from bot.languages import wait_in_words
from bot.live import LiveHub
from bot.outgoing.office import Outgoing, build_outgoing
from bot.packs import PackStore
from bot.people import People
from bot.reader import Reader
from bot.relay import Relay
from bot.settings import Settings
from bot.store import connect, connect_blocking
from bot.upkeep import Upkeep
from escalation.offers import Offers
from escalation.presence import Presence
from escalation.queue import TicketQueue
from intents.language import DEFAULT

WAITS_KNOWN = 5
WAITS_READ = 50
MINUTE_MS = 60_000
STEPPED_IN = "agent_joined"


@dataclass(frozen=True, slots=True)
class Services:
    """Every part that a route or a turn may use; nothing else is global."""

    settings: Settings
    redis: redis.Redis
    conversations: Conversations
    queue: TicketQueue
    offers: Offers
    presence: Presence
    packs: PackStore
    reader: Reader
    live: LiveHub
    relay: Relay
    upkeep: Upkeep
    people: People
    channels: Channels
    outgoing: Outgoing
    clock: Callable[[], int]

    def relay_soon(self, conversation: str) -> None:
        """Have what a commit promised carried now, without making the answer wait for it."""
        self.upkeep.relay_soon(conversation)

    def waits(self, ticket: str) -> bool:
        """Say whether nobody has taken a ticket yet; raises ConversationChanged if it is closed."""
        found = self.queue.get(ticket)
        if found and not found.is_open:
            raise ConversationChanged("The person has just left; plan again when the bot has it.")
        return found is None or found.state == "waiting"

    def team_online(self) -> bool:
        """Say whether an agent is there who takes conversations."""
        return bool(self.presence.available(self.clock()))

    def wait_words(self, priority: str | None, language: str = DEFAULT) -> str:
        """Give how long people waited lately, such as "usually within 2 to 9 minutes", or nothing.

        Said only when at least five tickets of this priority were taken before. Where an agent
        stepped in unasked nobody waited, so that those do not count.
        """
        waits = sorted(
            ticket.first_claim_ms - ticket.created_ms
            for ticket in self.queue.closed(WAITS_READ)
            if ticket.first_claim_ms
            and ticket.priority == priority
            and STEPPED_IN not in ticket.reasons
        )
        if len(waits) < WAITS_KNOWN:
            return ""
        tenths = statistics.quantiles(waits, n=10, method="inclusive")
        shortest = max(1, round(tenths[1] / MINUTE_MS))
        longest = max(shortest + 1, round(tenths[8] / MINUTE_MS))
        return wait_in_words(shortest, longest, language)


def now_ms() -> int:
    """Give the time in ms since 1970."""
    return time.time_ns() // 1_000_000


def build_services(
    settings: Settings, clock: Callable[[], int] = now_ms, client: redis.Redis | None = None
) -> Services:
    """Assemble the parts; Redis is not asked and no model is loaded yet."""
    store = client or connect(settings.redis_url)
    reader = Reader(settings.model_cache, settings.backbone or None, settings.model_deadline_s)
    replicas = settings.redis_replicas
    conversations = Conversations(store, replicas=replicas)
    queue = TicketQueue(store, replicas=replicas)
    live = LiveHub(store, lambda: connect_blocking(settings.redis_url), settings.streams)
    channels = Channels(store)
    outgoing = build_outgoing(store, queue, channels, settings, clock)
    relay = Relay(store, queue, live, outgoing.feed)
    return Services(
        settings=settings,
        redis=store,
        conversations=conversations,
        queue=queue,
        offers=Offers(store, replicas),
        presence=Presence(store),
        packs=PackStore(store, reader.encoder),
        reader=reader,
        live=live,
        relay=relay,
        upkeep=Upkeep(relay, outgoing.courier),
        people=People(store),
        channels=channels,
        outgoing=outgoing,
        clock=clock,
    )
