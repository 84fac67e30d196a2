"""A storm of kill -9 under load loses nothing; the same storm without persistence is seen to."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.ticket import QueueEvent
from tests.chaos.recount import overlaps
from tests.chaos.storm import Storm


@pytest.mark.chaos
def test_a_storm_loses_nothing(tmp_path: Path) -> None:
    """Workers, agents and Redis killed: all once, in order, answered, with one owner at a time."""
    storm = Storm(tmp_path, seed=0)
    found = storm.blow(20, calm_s=2.5)
    assert {"worker", "agent", "redis"} <= set(storm.kills)
    assert min(found.customers_messages, found.agents_messages, found.tickets) > 20
    assert found.wrong == 0, found


@pytest.mark.chaos
def test_without_persistence_the_recount_sees_losses(tmp_path: Path) -> None:
    """The control: Redis forgets when it is killed, and the recount says what is gone."""
    storm = Storm(tmp_path, seed=0, durable=False)
    found = storm.blow(20, calm_s=2.5)
    assert storm.kills["redis"]
    assert found.messages_lost > found.accepted / 10
    assert found.tickets_lost


def _event(kind: str, agent: str, token: int, detail: str = "") -> QueueEvent:
    return QueueEvent(
        id="1-0", kind=kind, ticket="a#1", conversation="a", agent=agent, token=token, at_ms=1,
        detail=detail,
    )  # fmt: skip


def test_two_owners_are_seen() -> None:
    """A second claim before the first ended, an old token and a stranger's transfer count."""
    first, second = _event("claimed", "ana", 1), _event("claimed", "bo", 2)
    given = _event("transferred", "bo", 2, "ana")
    assert overlaps([first, _event("released", "ana", 1), second]) == 0
    assert overlaps([first, given, _event("resolved", "bo", 2)]) == 0
    assert overlaps([first, second]) == 1
    assert overlaps([second, _event("expired", "bo", 2), first]) == 1
    assert overlaps([first, _event("transferred", "bo", 2, "cleo")]) == 1
