"""Goes through a stored conversation again with another pack: the same turns, what would have been?

The turns are planned by what plans them live, from the log and the circumstances it keeps. Each
episode begins where it really began. Where only one of the two courses has a person, nothing more
can be told of that episode: what was said to a person was not said to the bot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from bot.comparison import Comparison
from bot.conversations import RECENT
from bot.errors import BotError
from bot.lookups.looked import Looked
from bot.outcome import KINDS, Kind, Outcome, difference, note_of, outcome_of
from bot.packs import LivePack
from bot.pipeline import before, order, plan
from bot.signals import ENDS
from bot.values import Customer, Entry, State
from escalation.policy import Policy
from escalation.sla import is_open
from escalation.waits import Range
from intents.reading import Reading

Untold = Literal["", "person", "unknown"]
ReadingOf = Callable[[Mapping[str, Any]], Reading | None]


class CannotRehearse(BotError):
    """Raised when a log does not hold what a turn depended on; says why."""


@dataclass(frozen=True, slots=True)
class Log:
    """A stored conversation: entries, oldest first, and which of them each message led to.

    Where it is not `whole` the oldest are missing, and with them how its first episode began.
    """

    conversation: str
    entries: tuple[Entry, ...]
    led_to: Mapping[str, tuple[str, ...]]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One customer turn: the entries it led to, and those it would have led to.

    `untold` says why there are none of the latter: a `person` would have had the conversation by
    then; or a person had it, and so what would have been is `unknown`.
    """

    message: Entry
    happened: tuple[Entry, ...]
    would: tuple[Entry, ...] = ()
    untold: Untold = ""

    @property
    def was(self) -> Outcome:
        """What the turn came to."""
        return outcome_of(self.happened)

    @property
    def then(self) -> Outcome | None:
        """What it would have come to, None where that cannot be told."""
        if self.untold:
            return None
        return outcome_of(self.would, note_of(self.happened)["circumstances"])


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an episode first goes otherwise, and how."""

    episode: int
    turn: int
    kind: Kind
    was: Outcome
    then: Outcome
    message: Entry


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A conversation gone through again: its episodes with their turns."""

    conversation: str
    episodes: tuple[tuple[Step, ...], ...]

    def differences(self) -> list[Difference]:
        """Give the first difference of each episode, the weightiest first."""
        numbered = enumerate(self.episodes)
        found = [one for number, steps in numbered if (one := _first(number, steps))]
        return sorted(found, key=lambda one: KINDS.index(one.kind))


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a turn asked of the world, as its reading in the log keeps it."""

    note: Mapping[str, Any]
    policy: Policy
    at_ms: int

    def still_waits(self, ticket: str) -> bool:  # noqa: ARG002 - as the log knows only one
        """Say whether nobody had taken the ticket."""
        return bool(self._known.get("waits", True))

    def team_online(self) -> bool:
        """Say whether somebody was there; where that was not asked, whether the shop was open."""
        return bool(self._known.get("team_online", is_open(self.at_ms, self.policy)))

    def wait_range(self, priority: str | None) -> Range | None:
        """Give what was told of the wait, if it is known for this priority."""
        told = self._known.get("wait") if priority == self.note["priority"] else None
        return Range(*told) if told else None

    def looks_up(self, name: str) -> bool:  # noqa: ARG002 - as above
        """Say whether something could be looked up."""
        return bool(self._known.get("looks_up", False))

    def look_up(self, name: str, question: Mapping[str, str]) -> Looked | None:  # noqa: ARG002
        """Give what was looked up; None if it was not, so that the plain reply is said."""
        row = self._known.get("lookup")
        return Looked.from_row(row) if row and row["name"] == name else None

    def comparison(self, reply: str) -> Comparison | None:
        """Give the comparison whose coin chose the wording of a reply."""
        row = self._known.get("compared", {}).get(reply)
        return Comparison.of_circumstance(reply, row) if row else None

    @property
    def _known(self) -> Mapping[str, Any]:
        known: Mapping[str, Any] = self.note["circumstances"]
        return known


def rehearse(log: Log, made: LivePack, reading_of: ReadingOf, since_ms: int = 0) -> Rehearsed:
    """Go through the episodes of a conversation that had a turn since a time.

    `reading_of` gives the Reading of a turn from what the log holds of it. Raises CannotRehearse.
    """
    found = (
        tuple(_Course(log, start, made, reading_of).steps(stop))
        for start, stop in _episodes(log, since_ms)
    )
    return Rehearsed(log.conversation, tuple(steps for steps in found if steps))


def turns_since(log: Log, since_ms: int) -> Iterator[Mapping[str, Any]]:
    """Give what the log holds of each turn that `rehearse` will plan."""
    for start, stop in _episodes(log, since_ms):
        yield from (one.data for one in log.entries[start:stop] if one.kind == "reading")


class _Course:
    """One episode as it would have gone, as far as that can be told."""

    def __init__(self, log: Log, start: int, made: LivePack, reading_of: ReadingOf) -> None:
        self._log = log
        self._start = start
        self._made = made
        self._reading_of = reading_of
        self._by_id = {one.id: one for one in log.entries}
        self._entries = list(log.entries[max(0, start - 2 * RECENT) : start])
        self._held = False
        self._language: str | None = None
        self._untold: Untold = ""

    def steps(self, stop: int) -> Iterator[Step]:
        """Give the turns up to an entry, in the order in which they were taken."""
        owner = {one: name for name, ids in self._log.led_to.items() for one in ids}
        taken: set[str] = set()
        for entry in self._log.entries[self._start : stop]:
            message = owner.get(entry.id)
            if message is None:
                self._goes_on(entry)
            elif message not in taken:
                taken.add(message)
                yield self._turn(message)

    def _goes_on(self, entry: Entry) -> None:
        """Take in what no turn wrote: what customers and agents said and did."""
        if entry.kind == "reading":
            raise CannotRehearse(
                f"Turn {entry.data['message_id']} of conversation {self._log.conversation} is not "
                "among its events; it cannot be rehearsed."
            )
        self._entries.append(entry)
        if entry.kind == "event" and entry.data["what"] == "ticket_opened":
            self._held = True

    def _turn(self, message_id: str) -> Step:
        message = self._by_id[message_id]
        happened = tuple(self._by_id[one] for one in self._log.led_to[message_id])
        note = note_of(happened)
        if "circumstances" not in note:
            raise CannotRehearse(
                f"Conversation {self._log.conversation} was answered by an earlier Attune, which "
                "did not keep what its turns depended on; it cannot be rehearsed."
            )
        if not self._untold and note["circumstances"]["held"] != self._held:
            self._untold = "person" if self._held else "unknown"
        if self._untold:
            return Step(message, happened, untold=self._untold)
        return Step(message, happened, self._planned(message, note, happened))

    def _planned(
        self, message: Entry, note: Mapping[str, Any], happened: Sequence[Entry]
    ) -> tuple[Entry, ...]:
        state = before(self._state(note["circumstances"]), message.id)
        around = Recorded(note, self._made.policy, message.at_ms)
        found = plan(around, self._made, state, message, self._reading_of(note))
        ids = chain((one.id for one in happened), iter(lambda: happened[-1].id, None))
        written = tuple(replace(one, id=id_) for one, id_ in zip(found.entries, ids, strict=False))
        self._entries += written
        self._held = found.ticket is not None
        self._language = found.meta.get("language", state.language)
        return written

    def _state(self, known: Mapping[str, Any]) -> State:
        """Give the conversation as the turn saw it, but with this course's entries."""
        episode, name = known["episode"], self._log.conversation
        language = known["language"] if self._language is None else self._language
        return State(
            id=name, channel="", external="",
            customer=Customer(name=known["first_name"], locale=known["locale"]),
            created_ms=0, last_ms=0, episode=episode,
            ticket=f"{name}#{episode}" if self._held else None,
            token=0, reasons=(), handbacks=episode - 1,
            recent=self._seen(known["log"]), language=language,
        )  # fmt: skip

    def _seen(self, ends: Sequence[str]) -> tuple[Entry, ...]:
        if not ends:
            return ()
        first, last = map(order, ends)
        return tuple(one for one in self._entries if first <= order(one.id) <= last)


def _first(number: int, steps: Sequence[Step]) -> Difference | None:
    for turn, step in enumerate(steps):
        was, then = step.was, step.then
        kind = difference(was, then) if then else None
        if then and kind:
            later = (one.was.escalate for one in steps[turn + 1 :])
            kind = "earlier" if kind == "now" and any(later) else kind
            return Difference(number, turn, kind, was, then, step.message)
    return None


def _episodes(log: Log, since_ms: int) -> Iterator[tuple[int, int]]:
    """Give where each episode begins and ends that had a turn since a time."""
    ends = [
        index + 1
        for index, one in enumerate(log.entries)
        if one.kind == "event" and one.data["what"] in ENDS
    ]
    begins = [0, *ends] if log.whole else ends
    for start, stop in zip(begins, [*ends, len(log.entries)][-len(begins) :], strict=True):
        part = log.entries[start:stop]
        if any(one.kind == "reading" and one.at_ms >= since_ms for one in part):
            yield start, stop
