"""Holds conversations against a pack, as if customers had them: the same plan as live.

It is always a working day with somebody at their desk, no wait is known, and a lookup finds what
the reply needs: so a case says the same on every day and every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from bot.answer import Plan
from bot.cases import DECISIONS, EXPECTED, Case, intent_expected, read_cases
from bot.comparison import Comparison
from bot.conversations import RECENT
from bot.errors import BotError
from bot.lookups.looked import Looked
from bot.outcome import note_of
from bot.packs import LivePack
from bot.pipeline import plan
from bot.reader import Reader
from bot.values import Customer, Entry, State
from bot.wordings import stand_ins
from escalation.sla import next_open
from escalation.waits import Range
from intents.reading import Reading

FIRST_MS = 1_767_605_400_000  # Monday 2026-01-05 09:30 UTC
STEP_MS = 45_000
SHOWN = 3
Read = Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What was expected of one message, what came, and which of it is wrong."""

    customer: str
    expected: Mapping[str, str]
    got: Mapping[str, str]

    @property
    def wrong(self) -> tuple[str, ...]:
        """Give the names of what came otherwise."""
        return tuple(
            one for one in EXPECTED if self.expected.get(one, "") not in ("", self.got[one])
        )

    def to_row(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "customer": self.customer,
            "expected": dict(self.expected),
            "got": dict(self.got),
            "wrong": list(self.wrong),
        }


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case as it went; `index` is its place in the file, from 0."""

    index: int
    name: str
    turns: tuple[TurnResult, ...]

    @property
    def holds(self) -> bool:
        """Tell whether all came as expected."""
        return not any(one.wrong for one in self.turns)

    @property
    def first_wrong(self) -> str:
        """Say where it first goes otherwise: the turn, what was expected, what came."""
        for number, turn in enumerate(self.turns, start=1):
            for key in turn.wrong:
                expected, got = (in_words(key, one[key]) for one in (turn.expected, turn.got))
                return f"turn {number}, {key}: expected {expected}, got {got}"
        return ""

    def to_row(self) -> dict[str, Any]:
        """Give it as JSON."""
        turns = [one.to_row() for one in self.turns]
        return {"index": self.index, "name": self.name, "holds": self.holds, "turns": turns}


class CaseBroken(BotError):
    """Raised when a pack does not handle its test cases; carries those that failed."""

    def __init__(self, broken: Sequence[CaseResult], of: int) -> None:
        """Say how many, which, and where the first goes otherwise."""
        self.broken = tuple(broken)
        names = ", ".join(f"“{one.name}”" for one in broken[:SHOWN])
        more = f" and {len(broken) - SHOWN} more" if len(broken) > SHOWN else ""
        super().__init__(
            f"{len(broken)} of {of} test cases no longer hold: {names}{more}. "
            f"The first at {broken[0].first_wrong}. Mend the draft, or change what is expected."
        )


def run_cases(made: LivePack, reader: Reader) -> tuple[CaseResult, ...]:
    """Give how each of a pack's own cases goes with it, in the order of the file.

    Raises UnderstandingError when the model cannot read a message now.
    """
    cases = read_cases(made.pack.cases, made.pack.line_of)
    texts = list(dict.fromkeys(turn.customer for case in cases for turn in case.turns))
    read = dict(zip(texts, reader.read_all(texts, made.head), strict=True)).__getitem__
    return tuple(run_case(made, case, index, read) for index, case in enumerate(cases))


def run_case(made: LivePack, case: Case, index: int, read: Read) -> CaseResult:
    """Give how one case goes with a pack."""
    steps = converse(made, [one.customer for one in case.turns], read)
    turns = (
        TurnResult(turn.customer, turn.expected, step.got)
        for turn, step in zip(case.turns, steps, strict=True)
    )
    return CaseResult(index, case.name, tuple(turns))


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a conversation that is only tried, and what it led to."""

    text: str
    reading: Reading
    plan: Plan
    held: bool

    @property
    def got(self) -> dict[str, str]:
        """What came, named as a case expects it."""
        note = note_of(self.plan.entries)
        decision = _decision(note, held=self.held, silent=not self.plan.replies)
        template = self.plan.replies[0].template if self.plan.replies else ""
        reasons = note["reasons"] if decision == "person" else ()
        return {
            "intent": intent_expected(self.reading.intent),
            "decision": decision,
            "reply": template.partition("/")[0],
            "reason": str(reasons[0]["code"]) if reasons else "",
        }


def converse(made: LivePack, texts: Sequence[str], read: Read) -> Iterator[Step]:
    """Go through a conversation from its beginning; nothing is stored and no one is called."""
    at = next_open(FIRST_MS, made.policy) or FIRST_MS
    around, state = _Steady(made), blank_state(at)
    for number, text in enumerate(texts, start=1):
        now = at + number * STEP_MS
        message = Entry("message", "all", now, {"author": "customer", "text": text}, f"{number}-0")
        reading = read(text)
        found = plan(around, made, state, message, reading)
        yield Step(text, reading, found, held=bool(state.ticket))
        state = _after(state, message, found, number)


def in_words(key: str, value: str) -> str:
    """Say what was expected or came: a decision in words, any other name in quotes."""
    if key == "decision":
        return f"that the bot {DECISIONS.get(value, value)}"
    return f"“{value}”" if value else "nothing"


def _decision(note: Mapping[str, Any], *, held: bool, silent: bool) -> str:
    if held and silent:
        return "wait"
    if note["escalate"] and not held:
        return "person"
    if note["offer"]:
        return "offer"
    if note["clarified"]:
        return "ask"
    return "answer" if held or note["answered"] else "not_understood"


def blank_state(now_ms: int) -> State:
    """Give a conversation in which nothing was said yet."""
    return State(
        id="trial", channel="workshop", external="", customer=Customer(), created_ms=now_ms,
        last_ms=now_ms, episode=1, ticket=None, token=0, reasons=(), handbacks=0,
    )  # fmt: skip


def _after(state: State, message: Entry, found: Plan, number: int) -> State:
    """Give the conversation with a turn in it, as a commit would leave it."""
    written = (
        replace(one, id=f"{number}-{place}") for place, one in enumerate(found.entries, start=1)
    )
    episode = int(found.meta.get("episode", state.episode))
    return replace(
        state,
        recent=(*state.recent, message, *written)[-RECENT:],
        ticket=found.ticket,
        reasons=found.reasons,
        episode=episode,
        handbacks=episode - 1,
        last_ms=message.at_ms,
        language=found.meta.get("language", state.language),
        customer=replace(state.customer, email=found.meta.get("email", state.customer.email)),
    )


@dataclass(frozen=True, slots=True)
class _Steady:
    """A world that is the same whenever it is asked."""

    made: LivePack

    def still_waits(self, ticket: str) -> bool:  # noqa: ARG002 - there is only one
        """Nobody takes the ticket."""
        return True

    def team_online(self) -> bool:
        """Somebody is at their desk."""
        return True

    def wait_range(self, priority: str | None) -> Range | None:  # noqa: ARG002
        """No wait is known."""
        return None

    def looks_up(self, name: str) -> bool:
        """Every lookup that the pack names is there."""
        return any(spec.lookup and spec.lookup.name == name for spec in self.made.pack.intents)

    def look_up(self, name: str, question: Mapping[str, str]) -> Looked:  # noqa: ARG002
        """Give a stand-in for each field that a reply speaks of."""
        specs = [spec.lookup for spec in self.made.pack.intents if spec.lookup]
        fields = (self.made.replies.looked_up(one.reply) for one in specs if one.name == name)
        return Looked(name, "found", stand_ins(chain.from_iterable(fields)))

    def comparison(self, reply: str) -> Comparison | None:  # noqa: ARG002 - nobody is compared here
        """Give none: a case says the same at any time."""
        return None
