"""Real Redis set-ups on this machine: a master with replicas and Sentinels, and a Cluster."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis
from redis.exceptions import RedisError

from bot.children import end, spawn
from bot.redis_server import find_binary
from tests.chaos.cuts import Cut

SERVICE = "attune"
DOWN_AFTER_MS = 1_000
FAILOVER_TIMEOUT_MS = 5_000
NODE_TIMEOUT_MS = 2_000
READY_S = 30.0
QUEUE = "attune:{q}:tickets"
PORTS = range(20_000, 30_000)  # a Cluster's bus takes the port 10,000 above


def need_redis_cli() -> str:
    """Give the path of redis-cli, which makes a Cluster; fails when there is none."""
    found = shutil.which("redis-cli")
    assert found, "redis-cli was not found; on Debian or Ubuntu: apt install redis-tools"
    return found


def loopback_port() -> int:
    """Give a port that is free, and so is the one 10,000 above it."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as one, socket.socket() as other:
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 10_000))
            except OSError:
                continue
            return port


def until(found: Callable[[], bool], what: str, seconds: float = READY_S) -> None:
    """Wait until something holds; a Redis that is away does not hold it."""
    begun = time.monotonic()
    while True:
        with contextlib.suppress(RedisError):
            if found():
                return
        assert time.monotonic() - begun < seconds, f"{what}, but it did not within {seconds:.0f} s"
        time.sleep(0.05)


@dataclass(slots=True)
class Node:
    """One redis-server on a port of its own, with its data in a folder of its own."""

    port: int
    command: list[str]
    host: str = "127.0.0.1"
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Start it."""
        self.start()

    def start(self) -> None:
        """Start it on the data that it left."""
        self.process = spawn(self.command, stdout=subprocess.DEVNULL)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"redis://{self.host}:{self.port}"

    def client(self) -> redis.Redis:
        """Give a client of this very node."""
        return redis.Redis(self.host, self.port, decode_responses=True, socket_timeout=5)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it, even when it was halted."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
        end(self.process, 5)


def node(
    folder: Path,
    options: Sequence[str] = (),
    *,
    port: int | None = None,
    host: str = "127.0.0.1",
    prefix: Sequence[str] = (),
) -> Node:
    """Start a server; every write is on its disk before it is answered."""
    port = port or loopback_port()
    home = folder / f"node-{port}"
    home.mkdir()
    command = [*prefix, find_binary().path, "--port", str(port), "--dir", str(home), "--save", ""]
    command += ["--bind", host, "--protected-mode", "no", "--appendonly", "yes"]
    command += ["--appendfsync", "always", "--repl-diskless-sync-delay", "0"]
    return Node(port, [*command, "--logfile", str(home / "redis.log"), *options], host)


def sentinel(folder: Path, master: tuple[str, int], number: int, host: str) -> Node:
    """Start one of three Sentinels that watch a master."""
    port = loopback_port()
    home = folder / f"sentinel-{number}"
    home.mkdir()
    conf = home / "sentinel.conf"
    conf.write_text(
        f"port {port}\nbind {host}\nprotected-mode no\ndir {home}\n"
        f"logfile {home / 'redis.log'}\n"
        f"sentinel monitor {SERVICE} {master[0]} {master[1]} 2\n"
        f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER_MS}\n"
        f"sentinel failover-timeout {SERVICE} {FAILOVER_TIMEOUT_MS}\n",
        encoding="utf-8",
    )
    return Node(port, [find_binary().path, str(conf), "--sentinel"], host)


@dataclass(slots=True)
class Watched:
    """A master, two replicas and three Sentinels; `cut` is the way to the first master, if any."""

    nodes: list[Node]
    sentinels: list[Node]
    cut: Cut | None = None

    @property
    def url(self) -> str:
        """The address as Attune takes it."""
        hosts = ",".join(f"{one.host}:{one.port}" for one in self.sentinels)
        return f"sentinel://{hosts}/{SERVICE}"

    def named(self) -> tuple[str, int]:
        """Give host and port of the master that the Sentinels name."""
        row = self.sentinels[0].client().sentinel_masters()[SERVICE]
        return str(row["ip"]), int(row["port"])

    def master(self) -> Node:
        """Give the master that the Sentinels name."""
        return next(one for one in self.nodes if (one.host, one.port) == self.named())


@contextmanager
def watched(folder: Path, cut: Cut | None = None) -> Iterator[Watched]:
    """Give a master with two replicas under three Sentinels; `cut` is the way to the master.

    Replicas and Sentinels then know the master only by that way. Whoever is with the master is on
    its side of the cut.
    """
    port = cut.inner if cut else loopback_port()
    host = cut.inner_host if cut else "127.0.0.1"
    known = (cut.host, cut.port) if cut else (host, port)
    others = cut.others_host if cut else host
    options = ["--replica-announce-ip", known[0], "--replica-announce-port", str(known[1])]
    parts = [node(folder, options, port=port, host=host, prefix=cut.prefix if cut else ())]
    sentinels: list[Node] = []
    try:
        follow = ["--replicaof", known[0], str(known[1])]
        parts += [node(folder, follow, host=others) for _ in range(2)]
        until(lambda: _replicas(parts[0]) == 2, "Two replicas should follow the master")
        sentinels += [sentinel(folder, known, number, others) for number in range(3)]
        until(lambda: all(_sees_all(one) for one in sentinels), "Sentinels should see all")
        yield Watched(parts, sentinels, cut)
    finally:
        for one in (*sentinels, *parts):
            one.stop()
        if cut:
            cut.close()


def _replicas(master: Node) -> int:
    found = master.client().info("replication")
    rows = [found.get(f"slave{number}", {}) for number in range(2)]
    return sum(row.get("state") == "online" for row in rows)


def _sees_all(one: Node) -> bool:
    row = one.client().sentinel_masters()[SERVICE]
    return int(row["num-slaves"]) == 2 and int(row["num-other-sentinels"]) == 2


@dataclass(slots=True)
class Cluster:
    """Three masters with a replica each."""

    nodes: list[Node]

    @property
    def url(self) -> str:
        """The address as Attune takes it."""
        return f"cluster://127.0.0.1:{self.nodes[0].port}"

    def master(self, key: str = QUEUE) -> Node:
        """Give the node that has a key's slot now, the queue's by default; any that lives tells."""
        for one in self.nodes:
            if one.process.poll() is not None:
                continue
            slot = int(one.client().execute_command("CLUSTER KEYSLOT", key))
            for row in one.client().execute_command("CLUSTER SLOTS"):
                if int(row[0]) <= slot <= int(row[1]):
                    return next(n for n in self.nodes if n.port == int(row[2][1]))
        raise AssertionError(f"No node has the slot of {key}")


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Give a Cluster of six, made by redis-cli, every slot covered and every replica there."""
    options = ["--cluster-enabled", "yes", "--cluster-node-timeout", str(NODE_TIMEOUT_MS)]
    nodes = [node(folder, [*options, "--cluster-config-file", "nodes.conf"]) for _ in range(6)]
    try:
        for one in nodes:
            until(one.client().ping, "A node should answer")
        addresses = [f"127.0.0.1:{one.port}" for one in nodes]
        command = [need_redis_cli(), "--cluster", "create", *addresses]
        command += ["--cluster-replicas", "1", "--cluster-yes"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        until(lambda: all(_covered(one) for one in nodes), "The Cluster should be whole")
        yield Cluster(nodes)
    finally:
        for one in nodes:
            one.stop()


def _covered(one: Node) -> bool:
    client = one.client()
    replication = client.info("replication")
    linked = replication["role"] == "master" or replication["master_link_status"] == "up"
    info = client.execute_command("CLUSTER INFO")
    state = info if isinstance(info, str) else str(info)
    slots = client.execute_command("CLUSTER SLOTS")
    paired = len(slots) == 3 and all(len(row) == 4 for row in slots)
    return linked and paired and "ok" in state
