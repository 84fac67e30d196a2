"""What a turn needs, assembled once per process."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import redis

from bot.alarms import Alarms
from bot.channels import Channels
from bot.comparison import Comparison
from bot.comparisons import Comparisons
from bot.conversations import Conversations
from bot.errors import ConversationChanged
from bot.languages import wait_in_words
from bot.live import LiveHub
from bot.looking import Looking
from bot.lookups.ask import ask
from bot.lookups.looked import Looked
from bot.lookups.registry import Lookups
from bot.outgoing.office import Outgoing, build_outgoing
from bot.packs import PackStore
from bot.people import People
from bot.plan import Plans
from bot.reader import Reader
from bot.relay import Relay
from bot.search import Search
from bot.settings import Settings
from bot.store import connect, connect_blocking
from bot.upkeep import Upkeep
from bot.waits import Waits
from escalation.offers import Offers
from escalation.presence import Presence
from escalation.queue import TicketQueue
from escalation.waits import Range, told_range
from intents.language import DEFAULT

STEPPED_IN = "agent_joined"


@dataclass(frozen=True, slots=True)
class Services:
    """Every part that a route or a turn may use; nothing else is global."""

    settings: Settings
    redis: redis.Redis
    conversations: Conversations
    queue: TicketQueue
    alarms: Alarms
    waits: Waits
    offers: Offers
    presence: Presence
    packs: PackStore
    plans: Plans
    reader: Reader
    live: LiveHub
    relay: Relay
    upkeep: Upkeep
    people: People
    channels: Channels
    outgoing: Outgoing
    lookups: Lookups
    search: Search
    looking: Looking
    comparisons: Comparisons
    clock: Callable[[], int]

    def relay_soon(self, conversation: str) -> None:
        """Have what a commit promised carried now, without making the answer wait for it."""
        self.upkeep.relay_soon(conversation)

    def still_waits(self, ticket: str) -> bool:
        """Say whether nobody has taken a ticket yet; raises ConversationChanged if it is closed."""
        found = self.queue.get(ticket)
        if found and not found.is_open:
            raise ConversationChanged("The person has just left; plan again when the bot has it.")
        return found is None or found.state == "waiting"

    def team_online(self) -> bool:
        """Say whether an agent is there who takes conversations."""
        return bool(self.presence.available(self.clock()))

    def looks_up(self, name: str) -> bool:
        """Say whether there is a lookup of this name."""
        return self.lookups.get(name) is not None

    def look_up(self, name: str, question: Mapping[str, str]) -> Looked | None:
        """Ask a lookup, which takes at most 1.6 s; None where there is none."""
        lookup = self.lookups.get(name)
        return ask(self.lookups, lookup, question) if lookup else None

    def comparison(self, reply: str) -> Comparison | None:
        """Give the comparison of two wordings that is running for a reply, None if none is."""
        return self.comparisons.running(reply)

    def wait_range(self, priority: str | None) -> Range | None:
        """Give the minutes to tell whoever waits now at this priority, None while too few waited.

        Known from the last tickets an agent answered, in business time. Where an agent stepped in
        unasked nobody waited, so that those do not count.
        """
        coverage = self.packs.live().policy.targets.wait_coverage
        return told_range(self.waits.past(priority), coverage) if priority else None

    def wait_words(self, priority: str | None, language: str = DEFAULT) -> str:
        """Give the usual wait, such as "usually within 2 to 9 minutes", or nothing."""
        found = self.wait_range(priority)
        return wait_in_words(found.shortest, found.longest, language) if found else ""


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
    alarms = Alarms(store)
    relay = Relay(store, queue, live, outgoing.feed, alarms)
    return Services(
        settings=settings,
        redis=store,
        conversations=conversations,
        queue=queue,
        alarms=alarms,
        waits=Waits(store),
        offers=Offers(store, replicas),
        presence=Presence(store),
        packs=PackStore(store, reader.encoder),
        plans=Plans(store),
        reader=reader,
        live=live,
        relay=relay,
        upkeep=Upkeep(relay, outgoing.courier),
        people=People(store),
        channels=channels,
        outgoing=outgoing,
        lookups=Lookups(store),
        looking=Looking(store),
        comparisons=Comparisons(store),
        search=Search(store, conversations),
        clock=clock,
    )
