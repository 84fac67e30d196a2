"""Customers, agents, web workers and Redis under load, killed -9 at random moments of a seed.

Everything is real: the web application under gunicorn as `attune serve` runs it, the model, the
signed webhook, the desk's addresses, a Redis that fsyncs every write. Customers are threads that
send one message after the other and repeat each with its id until it is accepted.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bot import keys
from bot.children import end, spawn
from bot.conversations import Conversations
from bot.people import Person
from bot.redis_server import RedisServer
from bot.serve import environment, gunicorn_command
from bot.services import build_services
from bot.settings import Settings
from bot.snapshot import Row, raw_client, read_rows, write_rows
from bot.store import check_schema, connect
from escalation.queue import TicketQueue
from tests.chaos.customers import CHANNEL, Customer
from tests.chaos.harness import Channel, Server, built_model
from tests.chaos.recount import Count, Journal, recount
from tests.chaos.topologies import until
from tests.packed import publish_shop

CUSTOMERS = 12
AGENTS = 4
WORKERS = 2
SETTLE_S = 240.0


class Storm:
    """All processes of one storm on one folder; `durable` off is the control that must lose."""

    def __init__(self, folder: Path, seed: int, *, durable: bool = True) -> None:
        """Prepare; nothing is started."""
        self._folder, self._durable = folder, durable
        self._random = random.Random(seed)
        self._redis = RedisServer(folder, durable=durable)
        self._web: subprocess.Popen[bytes] | None = None
        self._agents: dict[int, subprocess.Popen[bytes]] = {}
        self._people: list[Person] = []
        self._cookies: dict[str, tuple[str, str]] = {}
        self._begun: list[Row] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.kills: Counter[str] = Counter()
        self.customers: list[Customer] = []
        self.took_s = 0.0
        self.settled_s = 0.0

    @property
    def port(self) -> int:
        """Where the web application listens."""
        return int(self._listener.getsockname()[1])

    @property
    def journals(self) -> list[Path]:
        """What the agents noted."""
        return sorted(self._folder.glob("agent-*.jsonl"))

    def blow(self, seconds: float, calm_s: float = 4.0, least: int = 0) -> Count:
        """Kill one thing after the other for so long, `calm_s` apart in the mean, then recount.

        Longer, twice at most, until at least so many messages were accepted.
        """
        built_model(self._folder)
        self._redis.start()
        try:
            self._set_up()
            self._start_web()
            for slot in range(AGENTS):
                self._start_agent(slot)
            self._send(seconds, calm_s, least)
            self._end_all()
            if self._durable:  # what counts is what is on disk
                self._redis.process.kill()
                self._redis.process.wait()
                self._redis.start()
            with connect(self._redis.url, timeout_s=60) as client:
                store, queue = Conversations(client), TicketQueue(client)
                return recount(self.customers, self.journals, store, queue)
        finally:
            self._end_all()
            self._redis.stop()
            self._listener.close()

    def _accepted(self) -> int:
        said = sum(len(ops) for ops in Journal.read(self.journals).said.values())
        return said + sum(len(one) for c in self.customers for one in list(c.accepted.values()))

    def _end_all(self) -> None:
        for process in self._agents.values():
            process.kill()
            process.wait()
        if self._web:
            end(self._web, 20)

    def _send(self, seconds: float, calm_s: float, least: int) -> None:
        stop = self.customers[0].stop
        threads = [threading.Thread(target=one.run) for one in self.customers]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        while (passed := time.monotonic() - begun) < 2 * seconds:
            if passed >= seconds and self._accepted() >= least:
                break
            time.sleep(self._random.uniform(0.5, 1.5) * calm_s)
            self._kill()
        stop.set()
        for thread in threads:
            thread.join()
        self.took_s = time.monotonic() - begun
        for process in self._agents.values():
            process.kill()
        with connect(self._redis.url, timeout_s=30) as client:
            store = Conversations(client)
            until(lambda: not store.unfinished(2**53), "Every turn should be taken", SETTLE_S)
            begun = time.monotonic()
            outboxes = [keys.outbox(number) for number in range(keys.BUCKETS)]
            until(lambda: not any(map(client.xlen, outboxes)), "Effects should arrive", SETTLE_S)
        self.settled_s = round(time.monotonic() - begun, 1)

    def _kill(self) -> None:
        what = self._random.choices(("worker", "agent", "redis", "web"), (8, 8, 5, 1))[0]
        self.kills[what] += 1
        if what == "worker":
            workers = self._workers()
            if workers:
                os.kill(self._random.choice(workers), signal.SIGKILL)
        elif what == "agent":
            slot = self._random.randrange(AGENTS)
            self._agents[slot].kill()
            self._agents[slot].wait()
            if self._random.random() < 0.2:  # gone for good: another sits down in their place
                self._people[slot] = self._hire()
            self._start_agent(slot)
        elif what == "redis":
            self._redis.process.kill()
            self._redis.process.wait()
            self._redis.start()
            if not self._durable:
                self._restore()
        elif self._web:
            self._web.kill()
            self._web.wait()
            self._start_web()

    def _settings(self) -> Settings:
        return Settings(
            data=self._folder, redis_url=self._redis.url, port=self.port, workers=WORKERS,
            webhook_per_second=100_000, webhook_burst=100_000, log_level="error",
        )  # fmt: skip

    def _set_up(self) -> None:
        """Seed the pack, add the channel and the people, and keep all that for the control."""
        settings = self._settings()
        with connect(settings) as client:
            check_schema(client)
            publish_shop(client)
            services = build_services(settings, client=client)
            secret = services.channels.add(CHANNEL)
        self._people = [self._hire() for _ in range(AGENTS)]
        stop = threading.Event()
        self.customers = [
            Customer(number, Channel(self.port, CHANNEL, secret), stop)
            for number in range(CUSTOMERS)
        ]
        with raw_client(settings.redis_url) as client:
            self._begun = list(read_rows(client))

    def _restore(self) -> None:
        """Give a store that forgot everything its pack, channel and people again."""
        with raw_client(self._redis.url) as client:
            write_rows(client, self._begun, replace=False)

    def _hire(self) -> Person:
        number = len(self._cookies)
        with connect(self._redis.url, timeout_s=10) as client:
            services = build_services(self._settings(), client=client)
            now = services.clock()
            people, email = services.people, f"agent{number}@example.com"
            added = people.add(email, f"Agent {number}", "agent", now)
            person = people.join(people.link(added.id), email, added.name, "long enough word", now)
            token = people.sessions.begin(person.id, person.version, now)
            found = people.signed_in(token, now)
        assert found
        self._cookies[person.id] = (token, found[1].csrf)
        return person

    def _start_web(self) -> None:
        settings = self._settings()
        with (self._folder / "web.log").open("ab") as log:
            self._web = spawn(
                gunicorn_command(settings, self._listener.fileno()),
                env=environment(settings),
                pass_fds=(self._listener.fileno(),),
                stdout=log, stderr=log,
            )  # fmt: skip
        ready = Server(self._folder, self.port)
        until(ready.is_ready, "The web application should be ready", 180)

    def _start_agent(self, slot: int) -> None:
        person = self._people[slot]
        journal = self._folder / f"agent-{slot}.jsonl"
        others = [one.id for one in self._people if one.id != person.id]
        given: list[Any] = [self.port, person.id, *self._cookies[person.id], journal, *others]
        with (self._folder / "agents.log").open("ab") as log:
            self._agents[slot] = spawn(
                [sys.executable, "-m", "tests.chaos.agent", *(str(one) for one in given)],
                stdout=log, stderr=log,
            )  # fmt: skip

    def _workers(self) -> list[int]:
        """Give the worker processes of the web server."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError, ValueError):
                continue
            if self._web and parent == self._web.pid:
                found.append(int(place.name))
        return found
