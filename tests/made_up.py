"""Made-up conversations with every kind of ending, from a seed, and a way to store them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import redis

from bot import keys
from bot.comparison import Comparison
from bot.story import Told
from bot.values import Entry
from tests.builders import make_reading

MINUTE_MS = 60_000
DAY_MS = 86_400_000
INTENTS = ("order_status", "refund_request", "delivery_time", "store_info", "thanks", None)
CODES = (
    ("asked_for_human", "words_person"),
    ("frustrated", "anger"),
    ("complex", "several_needs"),
    ("vulnerable", "model_vulnerable"),
    ("safety_or_legal", "law"),
    ("repeated_failure", "failed_turns"),
)
FEELINGS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"emotion": "happy", "sentiment": "positive"},
    {"emotion": "worried", "urgency": 0.9},
    {"emotion": "angry", "sentiment": "negative", "frustration": 0.9},
    {"emotion": "sad", "sentiment": "negative"},
)
TEXTS = (
    "where is my parcel, it should have been here on Tuesday",
    "I'd like my money back please",
    "do you deliver to Ireland",
    "the grinder broke after two days",
    "thanks, that helped",
    "nobody tells me anything",
)


@dataclass(slots=True)
class Course:
    """One conversation as it is being made up; time goes on with each entry."""

    rnd: random.Random
    name: str
    at_ms: int
    version: int = 1
    test: Comparison | None = None
    entries: list[Entry] = field(default_factory=list)
    ticket: int = 0

    def turn(self, **over: Any) -> None:
        """Let the customer write and the bot read and, maybe, answer."""
        self._after(1_000, 20 * MINUTE_MS)
        payload, reasons = over.pop("payload", None), over.pop("reasons", ())
        unread, priority = over.pop("unread", False), over.pop("priority", None)
        answered = over.pop("answered", "intent")
        text = self.rnd.choice(TEXTS)
        reading = make_reading(text, **over)
        said = reading.intent if answered == "intent" else answered
        ref = f"{said or 'fallback'}/calm/{self.rnd.randrange(2)}"
        around: dict[str, Any] = {"episode": 1}
        if self.test and said == self.test.reply and not self._has_heard():
            around["compared"] = {said: self.test.to_circumstance(self.name)}
            ref = self.test.sides[self.test.toss(self.name)][0]
        self._add("message", "all", author="customer", text=text)
        if said or not reasons:
            quick = {"quick_replies": []}
            self._add("message", "all", author="bot", text="An answer.", template=ref, **quick)
        rows = [{"code": c, "rule": r, "score": None, "limit": None} for c, r in reasons]
        self._add(
            "reading", "desk", message_id=f"{self.at_ms}-0", text=text, payload=payload,
            reading=None if unread else reading.to_row(), reasons=rows,
            escalate=bool(rows), priority=priority, answered=said,
            pack_version=self.version, circumstances=around, template=ref,
        )  # fmt: skip

    def opens(self, told: tuple[int, int] | None, *, joined: bool = False) -> None:
        """Open a ticket in the same moment as the turn before it; `joined`: an agent stepped in."""
        self.ticket += 1
        what: dict[str, Any] = {"what": "ticket_opened", "ticket": f"{self.name}#{self.ticket}"}
        if not joined:
            priority = self.rnd.choice(("urgent", "high", "normal"))
            what |= {"priority": priority, "due_ms": self.at_ms + MINUTE_MS, "team_online": True}
            what["wait"] = list(told) if told else None
        self._add("event", "all", **what)

    def agent(self) -> None:
        """Let a person write."""
        self._after(5_000, 90 * MINUTE_MS)
        self._add("message", "all", author="agent", text="Ana here.", name="Ana")

    def ends(self, what: str, *, spared: bool = False) -> None:
        """Let an agent close it, perhaps saying that nobody was needed."""
        self._after(30_000, 40 * MINUTE_MS)
        if spared:
            ticket = f"{self.name}#{self.ticket}"
            self._add("event", "desk", what="not_needed", ticket=ticket, agent="ana", instead="")
        self._add("event", "all", what=what, agent="ana", name="Ana")

    def let_go(self) -> None:
        """Let the customer give up waiting."""
        self._after(30_000, 60 * MINUTE_MS)
        self._add("event", "all", what="ticket_cancelled")
        self._add("event", "desk", what="handed_back")

    def rates(self, score: int) -> None:
        """Let the customer rate."""
        self._after(10_000, 3 * DAY_MS)
        self._add("event", "desk", what="rated", score=score, comment="", episode=1)

    def _has_heard(self) -> bool:
        read = (one for one in self.entries if one.kind == "reading")
        return any("compared" in one.data["circumstances"] for one in read)

    def _after(self, least_ms: int, most_ms: int) -> None:
        share = self.rnd.random() ** 3  # most things follow soon
        self.at_ms += int(least_ms + share * (most_ms - least_ms))

    def _add(self, kind: Any, audience: Any, **data: Any) -> None:
        self.entries.append(Entry(kind, audience, self.at_ms, data))


def conversations(
    seed: int,
    count: int,
    since_ms: int,
    until_ms: int,
    *,
    versions: Sequence[tuple[int, int]] = ((1, 0),),
    test: Comparison | None = None,
    better: float = 0.0,
) -> list[Told]:
    """Give conversations begun between two times; what would be after `until_ms` is left out.

    `versions` are pack versions with when each went live. In a `test` those who heard the first
    side need more afterwards less often, by `better`.
    """
    rnd = random.Random(seed)
    found = []
    for number in range(count):
        at = rnd.randrange(since_ms, until_ms)
        version = max((since, one) for one, since in versions if since <= at)[1]
        course = Course(rnd, f"made{seed}-{number:04d}", at, version, test)
        _live_through(course, rnd, better)
        entries = tuple(one for one in course.entries if one.at_ms < until_ms)
        if entries:
            channel = rnd.choice(("widget", "widget", "mail"))
            numbered = (replace(one, id=f"{one.at_ms}-{at}") for at, one in enumerate(entries))
            found.append(Told(course.name, channel, tuple(numbered)))
    return found


def _live_through(course: Course, rnd: random.Random, better: float) -> None:
    for _ in range(rnd.choice((1, 1, 1, 2, 3))):
        intent = rnd.choice(INTENTS)
        course.turn(intent=intent, answered="intent" if intent else None, **rnd.choice(FEELINGS))
    if rnd.random() < 0.2:
        pressed = rnd.choice(("solved", "not_quite"))
        course.turn(payload=pressed, answered=pressed)
    first = course.test is not None and course.test.toss(course.name) == 0
    if rnd.random() > (0.45 - better if first else 0.45):
        if rnd.random() < 0.05:
            course.turn(unread=True, answered="chat_empty")
        return
    for _ in range(1 if rnd.random() < 0.8 else 2):
        _is_helped(course, rnd)


def _is_helped(course: Course, rnd: random.Random) -> None:
    joined = rnd.random() < 0.08
    if not joined:
        course.turn(
            intent=rnd.choice(INTENTS),
            answered="handoff",
            reasons=rnd.sample(CODES, rnd.choice((1, 1, 2))),
            **rnd.choice(FEELINGS),
        )
    course.opens(rnd.choice((None, (2, 9), (5, 30))), joined=joined)
    ending = rnd.random()
    if ending < 0.1:
        return
    if ending < 0.2:
        course.let_go()
        return
    if ending > 0.27:
        course.agent()
        if rnd.random() < 0.6:
            course.turn(intent=rnd.choice(INTENTS), answered=None, **rnd.choice(FEELINGS))
            course.agent()
    course.ends(rnd.choice(("resolved", "handed_back")), spared=rnd.random() < 0.2)
    if rnd.random() < 0.5:
        course.rates(rnd.choice((1, 2, 3, 4, 4, 5, 5, 5)))
    if rnd.random() < 0.3:
        course.turn(intent="order_status")


def put(store: redis.Redis, told: Sequence[Told]) -> None:
    """Store conversations as if they had happened."""
    pipe = store.pipeline(transaction=False)
    for one in told:
        last = one.entries[-1].at_ms
        meta: Any = {"channel": one.channel, "created_ms": one.entries[0].at_ms, "last_ms": last}
        pipe.hset(keys.meta(one.conversation), mapping={**meta, "episode": 1, "token": 0})
        for entry in one.entries:
            pipe.xadd(keys.log(one.conversation), {"d": entry.dumps()}, id=entry.id)
        pipe.zadd(keys.every(keys.bucket(one.conversation)), {one.conversation: last})
    pipe.execute()
