"""The policy's section `routing`, read and checked: who is given which ticket, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from escalation.errors import PolicyError
from escalation.ticket import SKILLS

Mode = Literal["pull", "push"]
MODES: tuple[Mode, ...] = get_args(Mode)
MINUTE_MS = 60_000
LONGEST_MINUTES = 60 * 24


@dataclass(frozen=True, slots=True)
class Routing:
    """How tickets reach agents; policy.yaml says beside each what it means. Times are ms."""

    mode: Mode = "pull"
    accept_ms: int = 30_000
    passes: int = 3
    heavy: float = 0.6
    half_life_ms: int = 120 * MINUTE_MS
    pause_ms: int = 5 * MINUTE_MS
    anyone_after_ms: int = 0
    anyone_at_once: bool = True
    topics: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def topic_of(self, intent: str | None) -> str | None:
        """Give the skill an intent asks for, or None when any agent will do."""
        return next((skill for skill, names in self.topics.items() if intent in names), None)


NUMBERS: dict[str, tuple[str, int, float, float]] = {
    "accept_seconds": ("accept_ms", 1000, 5, 600),
    "passes_before_away": ("passes", 1, 1, 100),
    "half_life_minutes": ("half_life_ms", MINUTE_MS, 1, LONGEST_MINUTES),
    "pause_minutes": ("pause_ms", MINUTE_MS, 1, LONGEST_MINUTES),
    "anyone_minutes_overdue": ("anyone_after_ms", MINUTE_MS, 0, LONGEST_MINUTES),
}
"""Name in the file -> field, factor, least and most, in the file's unit."""
OTHERS = ("mode", "heavy", "anyone_at_once", "topics")


def read_routing(data: Mapping[str, Any]) -> Routing:
    """Read the section; what is absent keeps its default. Raises PolicyError naming the field."""
    known = (*NUMBERS, *OTHERS)
    for name in data:
        if name not in known:
            raise PolicyError(
                f"routing.{name}", f"is not known here; known are {', '.join(known)}."
            )
    found: dict[str, Any] = {}
    for name, (target, factor, least, most) in NUMBERS.items():
        if name in data:
            found[target] = int(_number(data[name], name, least, most) * factor)
    if "heavy" in data:
        found["heavy"] = _number(data["heavy"], "heavy", 0.01, 1)
    if "mode" in data:
        found["mode"] = _mode(data["mode"])
    if "anyone_at_once" in data:
        found["anyone_at_once"] = _yes(data["anyone_at_once"])
    if "topics" in data:
        found["topics"] = _topics(data["topics"])
    return Routing(**found)


def _number(value: object, name: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PolicyError(f"routing.{name}", f"is {value!r}; write a number.")
    if not least <= value <= most:
        raise PolicyError(f"routing.{name}", f"is {value}; write {least} to {most}.")
    return float(value)


def _mode(value: object) -> Mode:
    for mode in MODES:
        if value == mode:
            return mode
    raise PolicyError("routing.mode", f"is {value!r}; write {' or '.join(MODES)}.")


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise PolicyError("routing.anyone_at_once", f"is {value!r}; write true or false.")
    return value


def _topics(value: object) -> dict[str, frozenset[str]]:
    path = "routing.topics"
    if not isinstance(value, Mapping):
        raise PolicyError(path, "must be a mapping of skills to lists of intents.")
    found: dict[str, frozenset[str]] = {}
    for skill, intents in value.items():
        if not isinstance(skill, str) or "+" in skill or not SKILLS.fullmatch(skill):
            raise PolicyError(path, f"has the skill {skill!r}; use letters, digits and -.")
        if not isinstance(intents, list) or not all(isinstance(one, str) for one in intents):
            raise PolicyError(f"{path}.{skill}", f"is {intents!r}; write a list of intents.")
        found[skill] = frozenset(intents)
    return found
