"""The times an admin promises: minutes for each clock and priority, when to warn. Read and checked.

`sla_minutes` holds for each priority either one number, the minutes until the first reply, or a
mapping of the clocks to their minutes; a clock that is not named does not run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, get_args

from escalation.errors import PolicyError
from escalation.ticket import PRIORITIES, Priority

ClockName = Literal["first_reply", "next_reply", "resolution"]
CLOCKS: tuple[ClockName, ...] = get_args(ClockName)
LONGEST_MINUTES = 60 * 24 * 30
SHARES = ("warn_share", "wait_coverage")

Minutes = Mapping[Priority, int]


@dataclass(frozen=True, slots=True)
class Targets:
    """Minutes of business time for each clock that runs, by priority.

    `warn_share` of a clock's time may pass before the warning; `wait_coverage` is the share of
    customers whose wait should be no longer than the one they were told. Both are 0-1.
    """

    minutes: Mapping[ClockName, Minutes] = field(default_factory=dict)
    warn_share: float = 0.75
    wait_coverage: float = 0.8

    def of(self, clock: ClockName, priority: Priority) -> int | None:
        """Give the minutes of a clock, None where it does not run."""
        return self.minutes.get(clock, {}).get(priority)


def read_targets(minutes: Mapping[str, Any], shares: Mapping[str, Any]) -> Targets:
    """Read `sla_minutes` and `sla` of a policy; raises PolicyError naming the field, dotted."""
    _only(minutes, PRIORITIES, "sla_minutes.")
    by_priority = {one: _of_priority(minutes.get(one), f"sla_minutes.{one}") for one in PRIORITIES}
    found: dict[ClockName, Minutes] = {}
    for clock in CLOCKS:
        there = {one: given[clock] for one, given in by_priority.items() if clock in given}
        _check_order(clock, there)
        if there:
            found[clock] = there
    _only(shares, SHARES, "sla.")
    return Targets(found, **{name: _share(value, f"sla.{name}") for name, value in shares.items()})


def _of_priority(value: object, path: str) -> dict[ClockName, int]:
    if not isinstance(value, Mapping):
        return {"first_reply": _whole(value, path)}
    _only(value, CLOCKS, f"{path}.")
    if "first_reply" not in value:
        raise PolicyError(path, "has no first_reply; write its minutes.")
    found: dict[ClockName, int] = {
        clock: _whole(value[clock], f"{path}.{clock}") for clock in CLOCKS if clock in value
    }
    if found.get("resolution", LONGEST_MINUTES) < found["first_reply"]:
        raise PolicyError(f"{path}.resolution", "is shorter than first_reply; make it longer.")
    return found


def _check_order(clock: ClockName, minutes: Minutes) -> None:
    given = [one for one in PRIORITIES if one in minutes]
    for pressing, calmer in pairwise(given):
        if minutes[pressing] > minutes[calmer]:
            problem = (
                f"{minutes[pressing]} minutes until {clock} are more than the {minutes[calmer]} of "
                f"{calmer}; what is more pressing must not wait longer (urgent ≤ high ≤ normal)."
            )
            raise PolicyError(f"sla_minutes.{pressing}", problem)


def _whole(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PolicyError(path, f"is {value!r}; write whole minutes.")
    if not 1 <= value <= LONGEST_MINUTES:
        raise PolicyError(path, f"is {value}; write 1 to {LONGEST_MINUTES} minutes.")
    return value


def _share(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PolicyError(path, f"is {value!r}; write a number.")
    if not 0 < value < 1:
        raise PolicyError(path, f"is {value}; write a number above 0 and below 1.")
    return float(value)


def _only(data: Mapping[str, Any], names: Iterable[str], prefix: str) -> None:
    for key in data:
        if key not in names:
            known = ", ".join(names)
            raise PolicyError(f"{prefix}{key}", f"is not known here; known are {known}.")
