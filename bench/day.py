"""A full day in real browsers: 60 conversations, three agents, and everything that goes wrong.

The script is `tests/day`; the suite runs a small one of the same.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from bench.shop import chromium, desk_of, open_shop
from tests.day.script import Day, Plan

AGENTS = ("Ana Lima", "Bo Chen", "Kim Park")
SLEEPS_S = 215.0
"""Longer than a lease of three minutes, so that a colleague gets what the sleeper held."""


def measure(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Give the table of the day, printed as well, and everything that was wrong."""
    with open_shop(folder) as shop, chromium() as browser:
        broken: list[str] = []

        def open_desk(person: Any) -> Any:
            page = desk_of(browser, shop, person.name)
            page.on("pageerror", lambda error: broken.append(str(error)))
            return page

        people = [shop.hire(name) for name in AGENTS]
        plan = Plan(customers=given.customers, sleeps_s=SLEEPS_S)
        found = Day(shop.services, shop.port, people, open_desk, plan, given.seed).run()
        found["wrong"] += broken
    _show(found)
    return found


def _show(found: dict[str, Any]) -> None:
    """Print the table for a person."""
    rows = {name: value for name, value in found.items() if name not in {"did", "wrong"}}
    for name, value in [*rows.items(), *found["did"].items(), ("wrong", len(found["wrong"]))]:
        print(f"{str(name).replace('_', ' '):28} {value}", file=sys.stderr)
    for line in found["wrong"]:
        print(f"  {line}", file=sys.stderr)
