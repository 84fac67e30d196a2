"""What agents say of handoffs afterwards: which ones did not need a person. Pure.

Labels for whoever moves the policy's limits; nothing changes by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.story import Span, Told
from bot.values import Entry, State

NOT_NEEDED = "not_needed"
CLOSED = frozenset({"resolved", "handed_back"})
LIMIT_OF: Mapping[str, str] = {
    "anger": "frustration",
    "failed_turns": "failed_turns",
    "model_person": "asks_for_person",
    "model_safety": "safety_or_legal",
    "model_vulnerable": "vulnerable",
    "model_dispute": "money_in_dispute",
    "always_person": "always_person",
    "several_needs": "needs",
    "many_orders": "many_orders",
}
"""The limit of policy.yaml behind a rule; the other rules have none."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """A handoff that an agent closed: its main reason, and what the agent said of it.

    `message` and `text` are the customer's message that brought a person. `not_needed`: the agent
    said that the bot could have gone on; `instead` is what would have settled it.
    """

    conversation: str
    ticket: str
    opened_ms: int
    closed_ms: int
    code: str
    rule: str
    score: float | None = None
    limit: float | None = None
    message: str = ""
    text: str = ""
    not_needed: bool = False
    instead: str = ""

    def to_row(self, *, words: bool) -> dict[str, Any]:
        """Give it as JSON, without what was written unless asked for."""
        row = asdict(self)
        for name in () if words else ("text", "instead"):
            del row[name]
        return row


@dataclass(frozen=True, slots=True)
class Verdict:
    """How often a person was not needed among the closed handoffs of one reason and rule."""

    code: str
    rule: str
    closed: tuple[str, ...]
    spared: tuple[str, ...]


def not_needed(state: State, agent: str, name: str, instead: str, now_ms: int) -> Entry:
    """Give the entry that says this handoff did not need a person, with its main reason."""
    main = state.reasons[0] if state.reasons else {}
    data = {
        **{"what": NOT_NEEDED, "ticket": state.ticket, "agent": agent, "name": name},
        **{"instead": instead.strip()},
        **{"code": main.get("code", ""), "rule": main.get("rule", "")},
    }
    return Entry("event", "desk", now_ms, data)


def handoffs(told: Told, span: Span) -> list[Handoff]:
    """Give the handoffs of a conversation that an agent closed in a span, oldest first."""
    found: list[Handoff] = []
    opened: Handoff | None = None
    reading: Entry | None = None
    for entry in told.entries:
        if entry.kind == "reading":
            reading = entry
        if entry.kind != "event":
            continue
        what = entry.data["what"]
        if what == "ticket_opened":
            opened = _opened(told.conversation, entry, reading)
        elif what == NOT_NEEDED and opened:
            opened = replace(opened, not_needed=True, instead=str(entry.data["instead"]))
        elif what in CLOSED and opened:
            by_agent = entry.data.get("agent") and span.since_ms <= entry.at_ms < span.until_ms
            found += [replace(opened, closed_ms=entry.at_ms)] if by_agent else []
            opened = None
    return found


def verdicts(found: Iterable[Handoff]) -> tuple[Verdict, ...]:
    """Give the handoffs by reason and rule, those with most that needed nobody first."""
    groups: dict[tuple[str, str], list[Handoff]] = {}
    for one in found:
        groups.setdefault((one.code, one.rule), []).append(one)
    made = (
        Verdict(code, rule, _names(group), _names(one for one in group if one.not_needed))
        for (code, rule), group in groups.items()
    )
    return tuple(sorted(made, key=lambda one: (-len(one.spared), -len(one.closed), one.rule)))


def of_limits(found: Sequence[Verdict]) -> dict[str, tuple[int, int]]:
    """Give for each limit how many of the handoffs by it needed nobody, and how many there were."""
    counts: dict[str, tuple[int, int]] = {}
    for one in found:
        if limit := LIMIT_OF.get(one.rule):
            spared, closed = counts.get(limit, (0, 0))
            counts[limit] = (spared + len(one.spared), closed + len(one.closed))
    return counts


def _names(group: Iterable[Handoff]) -> tuple[str, ...]:
    return tuple(one.conversation for one in group)


def _opened(conversation: str, entry: Entry, reading: Entry | None) -> Handoff:
    made = Handoff(
        conversation, str(entry.data["ticket"]), entry.at_ms, 0, "agent_joined", "agent_joined"
    )
    reasons = reading.data.get("reasons") if reading and reading.data.get("escalate") else None
    if not reasons or not reading or "priority" not in entry.data:
        return made
    main = reasons[0]
    return replace(
        made,
        code=str(main["code"]),
        rule=str(main.get("rule", "")),
        score=main.get("score"),
        limit=main.get("limit"),
        message=str(reading.data.get("message_id", "")),
        text=str(reading.data.get("text", "")),
    )
