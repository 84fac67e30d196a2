"""The policy an admin edits: what ships, and what is said of mistakes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml

from escalation.errors import PolicyError
from escalation.policy import Policy
from escalation.settings import Limits
from tests.escalation.reading_rows import POLICY_FILE

DATA: dict[str, Any] = yaml.safe_load(POLICY_FILE.read_text(encoding="utf-8"))


def with_change(path: str, value: object) -> dict[str, Any]:
    """Give the shop's policy with one field changed."""
    data = deepcopy(DATA)
    here = data
    *parents, last = path.split(".")
    for name in parents:
        here = here[name]
    here[last] = value
    return data


def test_shop_policy_names_every_limit() -> None:
    """What ships writes every number out, so that an admin sees it; the defaults agree."""
    policy = Policy.from_data(DATA)
    assert set(DATA["limits"]) == set(Limits.__dataclass_fields__)
    assert policy.limits == Limits()


def test_version_follows_the_content() -> None:
    """The same data is the same version, other data is another."""
    assert Policy.from_data(DATA).version == Policy.from_data(deepcopy(DATA)).version
    other = with_change("limits.frustration", 0.9)
    assert Policy.from_data(other).version != Policy.from_data(DATA).version


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", 2),
        ("colour", "red"),
        ("limits.frustration", "high"),
        ("limits.frustration", True),
        ("limits.frustration", 1.5),
        ("limits.frustration", 0),
        ("limits.frustration", float("nan")),
        ("limits.speed", 1),
        ("sla_minutes.urgent", 0),
        ("sla_minutes.urgent", 2.5),
        ("sla_minutes.urgent", 30),
        ("sla_minutes.low", 60),
        ("intents.money", "refund_request"),
        ("intents.fruit", []),
        ("own_words.vulnerable", [""]),
        ("own_words.vulnerable", ["x" * 101]),
        ("own_words.frustrated", []),
        ("business_hours.time_zone", "Mars/Olympus"),
        ("business_hours.time_zone", ["UTC"]),
        ("business_hours.monday", "09:00-17:00"),
        ("business_hours.monday", ["9-17"]),
        ("business_hours.monday", ["17:00-09:00"]),
        ("business_hours.monday", ["09:00-25:00"]),
        ("business_hours.monday", ["09:00-12:00", "11:00-13:00"]),
        ("business_hours.funday", ["09:00-12:00"]),
        ("business_hours.holidays", ["Christmas"]),
        ("business_hours.holidays", "2026-12-25"),
        ("soft_score.limit", 0),
        ("soft_score.limit", 1),
        ("soft_score.without_signs", float("nan")),
        ("soft_score.anger", -0.1),
        ("soft_score.anger", 21),
        ("soft_score.anger", True),
        ("soft_score.joy", 1),
        ("publishing", {"largest_audit_gap": 0}),
        ("publishing", {"largest_audit_gap": 2}),
        ("publishing", {"largest_audit_gap": "wide"}),
        ("publishing", {"largest_audit_gap": True}),
        ("publishing", {"audit": 0.5}),
        ("publishing", {"refuse_wordings": "no"}),
        ("publishing", {"refuse_wordings": 0}),
        ("limits", None),
        ("intents", [1]),
        ("business_hours", {}),
    ],
)
def test_mistake_is_named_with_its_place(path: str, value: object) -> None:
    """Each mistake raises one error that names the field."""
    with pytest.raises(PolicyError) as raised:
        Policy.from_data(with_change(path, value))
    place = path.partition(".")[0]
    assert raised.value.path.startswith(place)
    assert str(raised.value).startswith("policy ")


def test_audit_gap_is_off_unless_set() -> None:
    """The shop's policy, and one without the section, have publishing audited by nothing."""
    assert Policy.from_data(DATA).largest_audit_gap == 1.0
    bare = {name: value for name, value in DATA.items() if name != "publishing"}
    assert Policy.from_data(bare).largest_audit_gap == 1.0
    narrow = Policy.from_data(with_change("publishing.largest_audit_gap", 0.05))
    assert narrow.largest_audit_gap == 0.05


@pytest.mark.parametrize("data", [None, [], "x", {1: 2}])
def test_what_is_no_policy_is_refused(data: object) -> None:
    """Data of another shape is refused, not guessed at."""
    with pytest.raises(PolicyError):
        Policy.from_data(data)
