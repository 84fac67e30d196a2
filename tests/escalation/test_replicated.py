"""With WAIT a write counts once replicas have it, and a repeat is no way around that."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import check_replicas, connect, replicas
from escalation.errors import StoreUnavailable
from escalation.queue import TicketQueue
from escalation.ticket import Ticket
from tests.chaos.topologies import Node, node, until


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Node, Node]]:
    """Give a master and its replica."""
    master = node(tmp_path)
    replica = node(tmp_path, ["--replicaof", "127.0.0.1", str(master.port)])
    try:
        until(
            lambda: master.client().info("replication").get("slave0", {}).get("state") == "online",
            "The replica should follow",
        )
        yield master, replica
    finally:
        replica.stop()
        master.stop()


def _open(master: Node, wanted: int) -> Ticket:
    with connect(master.url) as client:
        queue = TicketQueue(client, replicas=wanted)
        return queue.open(
            "a#1", conversation="a", priority="normal", due_ms=1, created_ms=1, reasons=["complex"]
        )


def test_a_write_waits_for_its_replica(pair: tuple[Node, Node]) -> None:
    """A halted replica: refused, refused again on another connection, then there just once."""
    master, replica = pair
    replica.process.send_signal(signal.SIGSTOP)
    with pytest.raises(StoreUnavailable, match="0 of 1 replicas"):
        _open(master, 1)
    assert _open(master, 0).id == "a#1"  # it was carried out, only not confirmed
    with pytest.raises(StoreUnavailable, match="0 of 1 replicas"):
        _open(master, 1)  # this one writes nothing, and still must not be confirmed
    replica.process.send_signal(signal.SIGCONT)
    until(lambda: _confirmed(master), "The replica should catch up")
    with connect(replica.url) as client:
        assert TicketQueue(client).get("a#1") == _open(master, 1)
        assert client.xlen("attune:{q}:events") == 1


def test_too_few_replicas_are_named(pair: tuple[Node, Node]) -> None:
    """More replicas wanted than there are: every write is refused, and the doctor says why."""
    master, _ = pair
    # The one replica may answer later than the writer waits, on a busy machine: asked again.
    until(lambda: "1 of 2 replicas" in _refusal(master, 2), "The one replica should confirm")
    with connect(master.url) as client:
        assert list(replicas(client).values()) == [1]
        assert check_replicas(client, 1) == ()
        assert "has 1 of the 2 replicas" in check_replicas(client, 2)[0]


def _refusal(master: Node, wanted: int) -> str:
    with pytest.raises(StoreUnavailable) as refused:
        _open(master, wanted)
    return str(refused.value)


def _confirmed(master: Node) -> bool:
    try:
        return _open(master, 1).id == "a#1"
    except StoreUnavailable:
        return False
