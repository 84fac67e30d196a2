"""Whole conversations, with hand-set readings: who gets a person, when, why and how fast."""

from __future__ import annotations

from typing import Any

import pytest

from tests.escalation.reading_rows import conversations, outcome, shop_policy

ROWS = conversations()
AT_LEAST = 120


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_conversation_ends_as_a_support_lead_would_want(row: dict[str, Any]) -> None:
    """A person is brought at the turn, for the reason and with the priority that was set down."""
    assert outcome(row, shop_policy()) == row["want"]


def test_set_is_large_and_balanced() -> None:
    """The development set has at least 120 conversations, two in five without an escalation."""
    calm = [row for row in ROWS if row["want"] == "no"]
    assert len(ROWS) >= AT_LEAST
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len(calm) >= 2 * len(ROWS) / 5
