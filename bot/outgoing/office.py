"""All parts of outgoing webhooks together, and what an admin does with them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import redis

from bot.channels import Channels
from bot.errors import BotError
from bot.outgoing.address import AddressRefused, Guard
from bot.outgoing.courier import Courier
from bot.outgoing.endpoints import Endpoint, Endpoints, WrongEndpoint
from bot.outgoing.events import Event, probe
from bot.outgoing.feed import Feed
from bot.outgoing.lanes import Attempt, Lanes, Letter, Standing
from bot.settings import Settings
from escalation.queue import TicketQueue


class AttemptGone(BotError):
    """Raised when an event is no longer in the delivery log."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Endpoints, what waits for them, and the courier that brings it."""

    endpoints: Endpoints
    lanes: Lanes
    feed: Feed
    guard: Guard
    courier: Courier

    def add(
        self, name: str, address: str, events: Iterable[str], now_ms: int, *, words: bool = False
    ) -> str:
        """Add an endpoint and give its secret, the only time it is told; raises WrongEndpoint."""
        checked = self._checked(address)
        self.feed.begin()
        return self.endpoints.add(name, checked, events, now_ms, words=words)

    def change(self, name: str, address: str, events: Iterable[str], *, words: bool) -> Endpoint:
        """Change where an endpoint is and what it takes; raises EndpointGone, WrongEndpoint."""
        return self.endpoints.change(name, self._checked(address), events, words=words)

    def pause(self, name: str) -> None:
        """Keep what happens for later; raises EndpointGone."""
        self.endpoints.get(name)
        self.lanes.halt(name, "paused")

    def resume(self, name: str) -> None:
        """Send again, what waits first; raises EndpointGone."""
        self.endpoints.get(name)
        self.lanes.resume(name)
        self.feed.news.set()

    def test(self, name: str, now_ms: int) -> str:
        """Have a test event sent and give its id; raises EndpointGone."""
        self.endpoints.get(name)
        event = probe(name, now_ms, secrets.token_hex(8))
        self.lanes.append_by_hand([Letter(name, event)])
        self.feed.news.set()
        return event.id

    def send_again(self, name: str, webhook_id: str, now_ms: int) -> None:
        """Put an event of the log in line again, under its own id; EndpointGone, AttemptGone."""
        self.endpoints.get(name)
        found = [one for one in self.lanes.log(name) if one.webhook_id == webhook_id]
        if not found:
            raise AttemptGone(f"The log of {name} has no event {webhook_id} any more.")
        self._put(name, found[:1], now_ms)

    def send_dead_again(self, name: str, now_ms: int) -> int:
        """Put every event of the log in line that died and was not sent since; give how many."""
        self.endpoints.get(name)
        newest: dict[str, Attempt] = {}
        for one in self.lanes.log(name):
            newest.setdefault(one.webhook_id, one)
        dead = [one for one in newest.values() if one.outcome in {"dead", "late"}]
        self._put(name, dead[::-1], now_ms)
        return len(dead)

    def standings(self) -> list[tuple[Endpoint, Standing]]:
        """Give all endpoints, by name, and how each fares."""
        return [(one, self.lanes.standing(one.name)) for one in self.endpoints.all()]

    def _put(self, name: str, attempts: list[Attempt], now_ms: int) -> None:
        events = [replace(Event.loads(one.event), again_ms=now_ms) for one in attempts]
        self.lanes.append_by_hand([Letter(name, one) for one in events])
        self.feed.news.set()

    def _checked(self, address: str) -> str:
        """Give an address in its usual form; one that cannot be resolved now may be later."""
        try:
            target = self.guard.target(address.strip())
            self.guard.places(target)
        except AddressRefused as error:
            if error.code != "unresolved":
                raise WrongEndpoint("address", str(error)) from error
        return str(target)


def build_outgoing(
    client: redis.Redis,
    queue: TicketQueue,
    channels: Channels,
    settings: Settings,
    clock: Callable[[], int],
) -> Outgoing:
    """Assemble the parts; Redis is not asked and nothing runs yet."""
    endpoints, lanes = Endpoints(client), Lanes(client)
    feed = Feed(client, queue, channels, endpoints, lanes)
    hosts = frozenset(settings.endpoints_private_hosts.lower().split())
    guard = Guard(http=settings.endpoints_http, private_hosts=hosts)
    courier = Courier(endpoints, lanes, feed, guard, clock)
    return Outgoing(endpoints, lanes, feed, guard, courier)
