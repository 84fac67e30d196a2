"""Outgoing webhooks on a real Redis and a real receiver, with a clock that a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import redis
import time_machine
from standardwebhooks import Webhook

from bot import keys
from bot.alarms import Alarms
from bot.channels import Channels
from bot.conversations import Conversations
from bot.live import LiveHub
from bot.outgoing.address import Guard
from bot.outgoing.courier import Courier
from bot.outgoing.endpoints import Endpoints
from bot.outgoing.events import CHOICES, Event
from bot.outgoing.feed import Feed
from bot.outgoing.lanes import Attempt, Job, Lanes
from bot.outgoing.office import Outgoing
from bot.outgoing.post import Answer
from bot.relay import Relay
from bot.stored import Change
from bot.values import Customer, Entry
from escalation.queue import TicketQueue
from tests.conftest import Clock
from tests.receiver import Got, Receiver, receiving

GUARD = Guard(http=True, private_hosts=frozenset({"127.0.0.1"}))


@dataclass(slots=True)
class Shop:
    """A shop without a model: conversations, the queue, the relay, and what goes out."""

    store: redis.Redis
    clock: Clock
    outgoing: Outgoing
    conversations: Conversations
    queue: TicketQueue
    relay: Relay
    channels: Channels
    secrets: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, url: str, *events: str, words: bool = False) -> None:
        """Add an endpoint; all events unless some are named."""
        self.secrets[name] = self.outgoing.add(
            name, url, events or CHOICES, self.clock(), words=words
        )

    def begin(self, conversation: str, channel: str = "widget", **known: str) -> None:
        """Have a customer open the chat."""
        self.conversations.begin(conversation, channel, Customer(**known), self.clock())

    def says(self, conversation: str, text: str, author: str = "bot", **more: Any) -> None:
        """Write a message of bot or agent."""
        self.write(conversation, Entry("message", "all", self.clock(), {
            "author": author, "text": text, **more,
        }))  # fmt: skip

    def write(self, conversation: str, *entries: Entry, op: str = "", **effects: Any) -> None:
        """Write entries as the product does, with what they promise."""
        change = Change(entries, None, effects or None)
        self.conversations.change(conversation, change, self.clock(), op=op)

    def open(self, conversation: str, episode: int = 1) -> str:
        """Have a ticket opened by the relay, as a turn does."""
        ticket = f"{conversation}#{episode}"
        opened = {"ticket": ticket, "priority": "high", "created_ms": self.clock()}
        opened |= {"due_ms": self.clock() + 300_000, "reasons": ["frustrated"]}
        event = Entry("event", "desk", self.clock(), {"what": "ticket_opened", "ticket": ticket})
        self.write(conversation, event, open=opened)
        self.relay.carry_all()
        return ticket

    def go(self) -> int:
        """Carry all effects and try all that is due."""
        self.relay.carry_all()
        return self.outgoing.courier.once()


def make_shop(store: redis.Redis, clock: Clock, **more: Any) -> Shop:
    """Assemble a shop on a store; `send` is a stand-in for the post, the rest goes to the lanes."""
    queue, channels, endpoints = TicketQueue(store), Channels(store), Endpoints(store)
    sender = {"send": more.pop("send")} if "send" in more else {}
    lanes = Lanes(store, clock, **more)
    feed = Feed(store, queue, channels, endpoints, lanes)
    courier = Courier(endpoints, lanes, feed, GUARD, clock, **sender)
    outgoing = Outgoing(endpoints, lanes, feed, GUARD, courier)
    relay = Relay(store, queue, LiveHub(store, lambda: store, 1), feed, Alarms(store))
    return Shop(store, clock, outgoing, Conversations(store), queue, relay, channels)


@dataclass(slots=True)
class Sent:
    """A stand-in for the post: what was sent, and what comes back."""

    answers: list[Answer] = field(default_factory=list)
    usual: Answer = field(default_factory=lambda: Answer(200, 5))
    got: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, target: Any, places: Any, headers: Any, body: bytes) -> Answer:
        """Note it, and give the next answer."""
        self.got.append((headers["webhook-id"], body.decode()))
        return self.answers.pop(0) if self.answers else self.usual


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a receiver."""
    with receiving() as found:
        yield found


@pytest.fixture
def shop(store: redis.Redis, clock: Clock) -> Shop:
    """Give a shop on an emptied store."""
    return make_shop(store, clock)


@pytest.fixture
def each_shop(each_store: redis.Redis, clock: Clock) -> Shop:
    """Give a shop, once on the newest Redis here and once on 6.2."""
    return make_shop(each_store, clock)


def verified(secret: str, got: Got) -> Any:
    """Give the body as the standard's own library reads it, at the time it was signed."""
    with time_machine.travel(float(got.headers["webhook-timestamp"])):
        return Webhook(secret).verify(got.body, got.headers)


def texts(receiver: Receiver) -> list[str]:
    """Give what was said, in the order in which it came."""
    return [one.row["data"]["text"] for one in receiver.got if "text" in one.row["data"]]


def attempt(job: Job) -> Attempt:
    event = job.event
    return Attempt(event.id, event.kind, event.conversation, 0, 1, "sent", 200, "", 1, "", 0, "{}")


def waiting(shop: Shop, endpoint: str = "crm") -> list[Event]:
    """Give what waits for an endpoint, in the order in which it was put there."""
    found = shop.store.zrange(keys.endpoint_line(endpoint), 0, -1)
    return [
        Event.loads(one.split("|", 2)[2])
        for one in sorted(found, key=lambda one: one.split("|")[1])
    ]
