"""The queue under any order of calls, checked against a model of it and its own audit."""

from __future__ import annotations

import pytest
import redis
from hypothesis.stateful import run_state_machine_as_test

from tests.escalation.faults import SOUND, hunt, known_faults
from tests.escalation.queue_machine import QueueMachine
from tests.escalation.queue_pair import run_settings

HANDFUL = (
    "a held ticket can be cancelled under its agent",
    "an old token resolves",
    "who gave it away can still write",
    "who was given back goes to the end",
    "a lease ends before its time",
)


@pytest.fixture
def machine(each_store: redis.Redis) -> type[QueueMachine]:
    """Give the machine on this Redis."""
    return type("Machine", (QueueMachine,), {"client": each_store})


def test_no_order_of_calls_breaks_the_queue(machine: type[QueueMachine]) -> None:
    """I1 to I7 hold after every step of any story, on Redis 6.2 and on the newest."""
    run_state_machine_as_test(machine, settings=run_settings(40, 40))


def test_every_fault_stands_once_in_its_script() -> None:
    """A fault whose text is gone, or stands twice, would prove nothing."""
    known = known_faults()
    assert len(known) >= 40
    for fault in known:
        fault.check()


@pytest.mark.parametrize("breaks", HANDFUL)
def test_a_seeded_fault_is_caught(breaks: str, store: redis.Redis) -> None:
    """The machine is no ornament: it fails on a queue whose script has a fault."""
    fault = next(one for one in known_faults() if one.breaks == breaks)
    assert hunt(store, fault, examples=150).caught


def test_a_sound_script_is_not_caught(store: redis.Redis) -> None:
    """A change that means nothing survives, so what is caught is caught for its fault."""
    assert not hunt(store, SOUND, examples=10).caught
