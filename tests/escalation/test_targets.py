"""Minutes for each clock and priority: both ways of writing them, and what is refused."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml

from escalation.errors import PolicyError
from escalation.policy import Policy
from escalation.targets import CLOCKS
from escalation.ticket import PRIORITIES
from tests.escalation.reading_rows import POLICY_FILE

DATA: dict[str, Any] = yaml.safe_load(POLICY_FILE.read_text(encoding="utf-8"))
OLD = {"urgent": 2, "high": 5, "normal": 15}


def policy(minutes: object, **more: object) -> Policy:
    """Give the shop's policy with other minutes."""
    return Policy.from_data({**deepcopy(DATA), "sla_minutes": minutes, **more})


def test_the_shop_promises_every_clock() -> None:
    """What ships has all three clocks for every priority."""
    targets = Policy.from_data(DATA).targets
    assert all(targets.of(clock, one) for clock in CLOCKS for one in PRIORITIES)


def test_one_number_is_the_first_reply() -> None:
    """Files of before have one number for each priority; their other clocks do not run."""
    read = policy(OLD)
    assert read.sla_minutes == OLD
    assert read.targets.of("next_reply", "urgent") is None
    assert read.targets.of("resolution", "normal") is None
    assert (read.targets.warn_share, read.targets.wait_coverage) == (0.75, 0.8)


def test_both_ways_may_stand_beside_each_other() -> None:
    """One priority may have three clocks and another a number; without `sla` the defaults count."""
    bare = {name: value for name, value in DATA.items() if name != "sla"}
    mixed = {**OLD, "normal": {"first_reply": 15, "resolution": 60}}
    read = Policy.from_data({**bare, "sla_minutes": mixed})
    assert read.sla_minutes == OLD
    assert read.targets.of("resolution", "normal") == 60
    assert read.targets.of("resolution", "high") is None
    assert read.targets.of("next_reply", "normal") is None


@pytest.mark.parametrize(
    ("path", "minutes"),
    [
        ("urgent", {**OLD, "urgent": -2}),
        ("urgent", {**OLD, "urgent": True}),
        ("normal", {"urgent": 2, "high": 5}),
        ("low", {**OLD, "low": 60}),
        ("urgent", {**OLD, "urgent": 6}),
        ("high", {**OLD, "high": {"resolution": 60}}),
        ("high.first_answer", {**OLD, "high": {"first_reply": 5, "first_answer": 5}}),
        ("high.next_reply", {**OLD, "high": {"first_reply": 5, "next_reply": 2.5}}),
        ("high.resolution", {**OLD, "high": {"first_reply": 5, "resolution": 4}}),
        (
            "urgent",
            {
                "urgent": {"first_reply": 2, "resolution": 90},
                "high": {"first_reply": 5, "resolution": 60},
                "normal": 15,
            },
        ),
    ],
)
def test_wrong_minutes_are_named(path: str, minutes: object) -> None:
    """The error names the field."""
    with pytest.raises(PolicyError) as raised:
        policy(minutes)
    assert raised.value.path == f"sla_minutes.{path}"


@pytest.mark.parametrize(
    ("name", "value"),
    [("warn_share", 0), ("warn_share", 1), ("wait_coverage", "most"), ("warn", 0.5)],
)
def test_wrong_shares_are_named(name: str, value: object) -> None:
    """Shares lie between 0 and 1, and no other name is known."""
    with pytest.raises(PolicyError) as raised:
        policy(OLD, sla={name: value})
    assert raised.value.path == f"sla.{name}"
