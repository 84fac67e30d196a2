"""A process that does nothing but deliver, for tests that kill it: redis address, lease in ms."""

from __future__ import annotations

import sys
import threading
import time

from bot.channels import Channels
from bot.outgoing.address import Guard
from bot.outgoing.courier import Courier
from bot.outgoing.endpoints import Endpoints
from bot.outgoing.feed import Feed
from bot.outgoing.lanes import Lanes
from bot.store import connect
from escalation.queue import TicketQueue


def main(url: str, lease_ms: int) -> None:
    """Deliver until killed."""
    client = connect(url)
    endpoints, lanes = Endpoints(client), Lanes(client, lease_ms=lease_ms)
    feed = Feed(client, TicketQueue(client), Channels(client), endpoints, lanes)
    guard = Guard(http=True, private_hosts=frozenset({"127.0.0.1"}))
    Courier(endpoints, lanes, feed, guard, lambda: time.time_ns() // 1_000_000).start()
    threading.Event().wait(300)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
