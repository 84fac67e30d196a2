"""The policy an admin edits, read and checked: limits, times to answer, intents, words, hours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from escalation.errors import PolicyError
from escalation.hours import BusinessHours, read_hours
from escalation.routing_settings import Routing, read_routing
from escalation.targets import Targets, read_targets
from escalation.ticket import Priority

SCHEMA = 1
OWN_WORDS = ("asked_for_human", "safety_or_legal", "vulnerable")
SECTIONS = (
    *("schema", "limits", "soft_score", "sla_minutes", "sla", "intents", "own_words"),
    *("business_hours", "routing", "publishing"),
)
LONGEST_OWN_WORD = 100
VERSION_DIGITS = 12
AUDIT_GAP, REFUSE_WORDINGS = "largest_audit_gap", "refuse_wordings"
NO_GATE = 1.0
"""A gap is never larger than this, so that a limit of 1 asks for no audit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Every number of the policy; policy.yaml says beside each what it means."""

    asks_for_person: float = 0.6
    always_person: float = 0.5
    safety_or_legal: float = 0.5
    vulnerable: float = 0.6
    money_in_dispute: float = 0.55
    frustration: float = 0.85
    frustration_carried: float = 0.4
    frustration_at_least: float = 0.4
    frustration_aside: float = 0.4
    frustration_at_bot: float = 0.55
    complaint: float = 0.2
    failed_turns: float = 2.0
    same_words: float = 0.75
    same_words_problem: float = 0.6
    needs: float = 2.0
    many_orders: float = 3
    urgency: float = 0.55
    offer_within: float = 0.15
    offers_declined: float = 2
    language_letters: float = 12


SIGNS = (
    *("anger", "rise", "failed", "same_need", "unsure", "past", "waiting", "needs", "dispute"),
    *("hard_time", "person"),
)
"""The signs of the soft score, each 0-1."""
LARGEST_WEIGHT = 20
WEIGHTS = dict(
    zip(SIGNS, (4.77, 0.58, 4.2, 2.25, 0.0, 1.0, 1.0, 5.15, 4.02, 6.01, 4.99), strict=True)
)
"""Those that ship, see policy.yaml."""


@dataclass(frozen=True, slots=True)
class SoftScore:
    """The weights of the one soft score; policy.yaml says beside each what it means.

    `without_signs` is the probability where no sign shows; a weight is what its sign, at its
    fullest, adds to the log-odds.
    """

    limit: float = 0.85
    without_signs: float = 0.0215
    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))


COUNTS = frozenset({"failed_turns", "needs", "many_orders", "offers_declined", "language_letters"})
"""Limits that are counts and may exceed 1."""
LARGEST_COUNT = 1000


@dataclass(frozen=True, slots=True)
class IntentGroups:
    """Which intents of the pack play which part."""

    person: frozenset[str] = frozenset({"talk_to_human"})
    safety: frozenset[str] = frozenset({"safety_or_legal"})
    complaint: frozenset[str] = frozenset({"complaint"})
    disputed: frozenset[str] = frozenset({"charge_dispute"})
    money: frozenset[str] = frozenset({"charge_dispute", "refund_request", "refund_status"})
    chitchat: frozenset[str] = frozenset(
        {"greeting", "goodbye", "thanks", "bot_question", "praise"}
    )
    problems: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Policy:
    """One published state of the policy; `version` is the start of the hash of its data.

    `sla_minutes` are those until the first reply, `targets` has all clocks. `largest_audit_gap`
    (0-1) and `refuse_wordings` are for whoever publishes: no decision depends on them.
    """

    limits: Limits
    sla_minutes: Mapping[Priority, int]
    intents: IntentGroups
    own_words: Mapping[str, tuple[str, ...]]
    hours: BusinessHours
    version: str
    largest_audit_gap: float = NO_GATE
    targets: Targets = field(default_factory=Targets)
    soft: SoftScore = field(default_factory=SoftScore)
    routing: Routing = field(default_factory=Routing)
    refuse_wordings: bool = True

    @classmethod
    def from_data(cls, data: object) -> Policy:
        """Read what policy.yaml holds; raises PolicyError naming the field, dotted."""
        top = _mapping(data, "file")
        _only(top, SECTIONS, "")
        if top.get("schema") != SCHEMA:
            raise PolicyError("schema", f"is {top.get('schema')!r}; this version reads {SCHEMA}.")
        targets = read_targets(
            _mapping(top.get("sla_minutes", {}), "sla_minutes"), _mapping(top.get("sla", {}), "sla")
        )
        publishing = _mapping(top.get("publishing", {}), "publishing")
        _only(publishing, [AUDIT_GAP, REFUSE_WORDINGS], "publishing.")
        return cls(
            limits=_limits(_mapping(top.get("limits", {}), "limits")),
            soft=_soft(_mapping(top.get("soft_score", {}), "soft_score")),
            sla_minutes=targets.minutes["first_reply"],
            intents=_groups(_mapping(top.get("intents", {}), "intents")),
            own_words=_own_words(_mapping(top.get("own_words", {}), "own_words")),
            hours=read_hours(_mapping(top.get("business_hours", {}), "business_hours")),
            version=_version(top),
            routing=read_routing(_mapping(top.get("routing", {}), "routing")),
            largest_audit_gap=_audit_gap(publishing),
            targets=targets,
            refuse_wordings=_refuse_wordings(publishing),
        )


def _limits(data: Mapping[str, Any]) -> Limits:
    names = [one.name for one in fields(Limits)]
    _only(data, names, "limits.")
    for name, value in data.items():
        path = f"limits.{name}"
        top = LARGEST_COUNT if name in COUNTS else 1
        if not 0 < _number(value, path) <= top:
            raise PolicyError(path, f"is {value}; write a number above 0 and up to {top}.")
    return Limits(**{name: float(value) for name, value in data.items()})


def _soft(data: Mapping[str, Any]) -> SoftScore:
    _only(data, ["limit", "without_signs", *SIGNS], "soft_score.")
    for name, value in data.items():
        path = f"soft_score.{name}"
        if name in SIGNS and not 0 <= _number(value, path) <= LARGEST_WEIGHT:
            raise PolicyError(path, f"is {value}; write a number from 0 to {LARGEST_WEIGHT}.")
        if name not in SIGNS and not 0 < _number(value, path) < 1:
            raise PolicyError(path, f"is {value}; write a number above 0 and below 1.")
    usual = SoftScore()
    return SoftScore(
        limit=float(data.get("limit", usual.limit)),
        without_signs=float(data.get("without_signs", usual.without_signs)),
        weights={name: float(data.get(name, usual.weights[name])) for name in SIGNS},
    )


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PolicyError(path, f"is {value!r}; write a number.")
    return value


def _audit_gap(data: Mapping[str, Any]) -> float:
    path = f"publishing.{AUDIT_GAP}"
    value = _number(data.get(AUDIT_GAP, NO_GATE), path)
    if not 0 < value <= NO_GATE:
        raise PolicyError(path, f"is {value}; write a number above 0 and up to 1, which is off.")
    return float(value)


def _refuse_wordings(data: Mapping[str, Any]) -> bool:
    value = data.get(REFUSE_WORDINGS, True)
    if not isinstance(value, bool):
        raise PolicyError(f"publishing.{REFUSE_WORDINGS}", f"is {value!r}; write true or false.")
    return value


def _groups(data: Mapping[str, Any]) -> IntentGroups:
    _only(data, [one.name for one in fields(IntentGroups)], "intents.")
    return IntentGroups(
        **{name: frozenset(_words(value, f"intents.{name}")) for name, value in data.items()}
    )


def _own_words(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    _only(data, OWN_WORDS, "own_words.")
    return {name: _words(data.get(name, []), f"own_words.{name}") for name in OWN_WORDS}


def _words(value: object, path: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise PolicyError(path, f"is {value!r}; write a list of words.")
    for index, one in enumerate(value):
        if not isinstance(one, str) or not one.strip() or len(one) > LONGEST_OWN_WORD:
            problem = f"is {one!r}; write 1 to {LONGEST_OWN_WORD} characters."
            raise PolicyError(f"{path}.{index}", problem)
    return tuple(value)


def _mapping(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise PolicyError(path, "must be a mapping of names to values.")
    return value


def _only(data: Mapping[str, Any], names: Iterable[str], prefix: str) -> None:
    for key in data:
        if key not in names:
            known = ", ".join(names)
            raise PolicyError(f"{prefix}{key}", f"is not known here; known are {known}.")


def _version(data: Mapping[str, Any]) -> str:
    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    text = json.dumps(data, sort_keys=True, default=plain)
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_DIGITS]
