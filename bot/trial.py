"""What a draft would say to a sentence, and why: the same reading, policy and replies as live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from typing import Any

from bot.answer import Plan, plan_turn
from bot.case_run import Step, blank_state, converse
from bot.comparison import Comparison
from bot.languages import named
from bot.lookups.looked import Looked
from bot.packs import LivePack
from bot.services import Services
from bot.tone import TONES
from bot.values import Entry
from bot.wordings import stand_ins
from escalation.waits import Range
from intents.encoder import Encoder
from intents.explain import Pull, pulling_phrases
from intents.pack import Pack
from intents.reading import Reading

NEAREST = 3
SHOWN = 3
LEAST_SHOWN = 0.01
PERHAPS_URGENT, URGENT = 0.35, 0.6
HARD_TIME = 0.5
SURE = ((0.9, "almost certain"), (0.7, "likely"), (0.4, "unsure"), (0.15, "a guess"))
LEFT = "leaves it to the person"
FELT = ((0.8, "losing patience"), (0.5, "annoyed"), (0.25, "a little impatient"))


@dataclass(frozen=True, slots=True)
class Near:
    """A training phrase, how alike (cosine) the sentence is, what that added to a score.

    `title` says what the phrase stands for.
    """

    text: str
    likeness: float
    added: float
    title: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent the sentence could mean, the phrases that pulled it there, and those against."""

    intent: str
    title: str
    confidence: float
    sure: str
    phrases: tuple[Near, ...]
    against: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """All that one pack would make of a sentence that begins a conversation.

    `language` names the one it is in, where the pack has several or it is none of them.
    """

    version: int
    language: str
    intent: str | None
    refused_like: tuple[Near, ...]
    candidates: tuple[Candidate, ...]
    feelings: str
    sentiment: str
    emotion: str
    frustration: float
    urgency: float
    tone: str
    does: str
    replies: tuple[Mapping[str, Any], ...]
    by_tone: Mapping[str, str]
    escalate: bool
    offer: bool
    priority: str | None
    score: float
    reasons: tuple[Mapping[str, Any], ...]

    def to_row(self) -> dict[str, Any]:
        """Give it as JSON."""
        return asdict(self)


def try_out(services: Services, made: LivePack, text: str) -> Trial:
    """Give what a pack makes of a sentence, as if it began a conversation; nothing is stored.

    Raises UnderstandingError when the model cannot read it now.
    """
    reading = services.reader.read(text, made.head)
    around = _Apart(services, made)
    plan = plan_turn(around, made, blank_state(services.clock()), _message(services, text), reading)
    return _trial(made, reading, plan, _Pulls(made, services.reader.encoder(), text))


def try_conversation(services: Services, made: LivePack, texts: Sequence[str]) -> list[Step]:
    """Give each turn of a conversation as a test case would go; nothing is stored.

    Raises UnderstandingError when the model cannot read one now.
    """
    read = dict(zip(texts, services.reader.read_all(texts, made.head), strict=True))
    return list(converse(made, texts, read.__getitem__))


def trial_of(services: Services, made: LivePack, step: Step) -> Trial:
    """Give all that one pack made of a message in its conversation."""
    pulls = _Pulls(made, services.reader.encoder(), step.text)
    return _trial(made, step.reading, step.plan, pulls, held=step.held)


def differences(draft: Trial, live: Trial, titles: Mapping[str, str]) -> list[str]:
    """Give in words what the live version does otherwise; nothing when it does the same."""
    found = []
    if draft.intent != live.intent:
        found.append(f"reads it as {_meant(live, titles)}")
    if draft.does != live.does:
        found.append(f"{live.does}")
    elif [one["text"] for one in draft.replies] != [one["text"] for one in live.replies]:
        found.append("answers in other words")
    if draft.tone != live.tone:
        found.append(f"in a tone for {live.tone} customers")
    if live.escalate and draft.escalate and draft.priority != live.priority:
        found.append(f"calls it {live.priority}")
    return found


@dataclass(frozen=True, slots=True)
class _Apart:
    """The world of a sentence that is only tried: as it is, but no lookup is really asked."""

    services: Services
    made: LivePack

    def still_waits(self, ticket: str) -> bool:
        """Say whether nobody has taken a ticket yet."""
        return self.services.still_waits(ticket)

    def team_online(self) -> bool:
        """Say whether an agent is there."""
        return self.services.team_online()

    def wait_range(self, priority: str | None) -> Range | None:
        """Give the minutes to tell whoever waits now."""
        return self.services.wait_range(priority)

    def looks_up(self, name: str) -> bool:
        """Say whether there is a lookup of this name."""
        return self.services.looks_up(name)

    def look_up(self, name: str, question: Mapping[str, str]) -> Looked:  # noqa: ARG002
        """Give a stand-in for each field that a reply speaks of."""
        specs = [spec.lookup for spec in self.made.pack.intents if spec.lookup]
        fields = (self.made.replies.looked_up(one.reply) for one in specs if one.name == name)
        return Looked(name, "found", stand_ins(chain.from_iterable(fields)))

    def comparison(self, reply: str) -> Comparison | None:  # noqa: ARG002 - nobody is compared here
        """Give none: what is tried is no customer's conversation."""
        return None


class _Pulls:
    """The phrases that made the scores of a sentence's intents."""

    def __init__(self, made: LivePack, encoder: Encoder, text: str) -> None:
        self._made = made
        self._labelled = made.pack.labelled()
        self._encoding = encoder.encode([text])

    def of(self, intent: str | None) -> tuple[tuple[Near, ...], tuple[Near, ...]]:
        """Give the strongest for and against an intent, or refusing when None."""
        head = self._made.head
        found = pulling_phrases(head, self._labelled, self._encoding, intent, NEAREST)
        return self._near(found.towards), self._near(found.away)

    def _near(self, pulls: Sequence[Pull]) -> tuple[Near, ...]:
        return tuple(
            Near(
                one.phrase,
                round(one.cosine, 3),
                round(one.added, 3),
                title_of(self._made.pack, one.intent),
            )
            for one in pulls
        )


def _trial(
    made: LivePack, reading: Reading, plan: Plan, pulls: _Pulls, *, held: bool = False
) -> Trial:
    note = next(one.data for one in plan.entries if one.kind == "reading")
    opening = (plan.effects or {}).get("open") or {}
    language = note["reading"]["language"]
    return Trial(
        version=made.version,
        language=named(language) if made.pack.languages != (language,) else "",
        intent=reading.intent,
        refused_like=pulls.of(None)[0] if reading.intent is None else (),
        candidates=_candidates(made.pack, reading, pulls),
        feelings=feelings_in_words(reading),
        sentiment=reading.sentiment,
        emotion=reading.emotion,
        frustration=round(reading.frustration, 3),
        urgency=round(reading.urgency, 3),
        tone=note["tone"],
        does=LEFT if held and not plan.replies else _does(note),
        replies=tuple(
            {
                "text": one.text,
                "template": one.template,
                "quick_replies": [quick.text for quick in one.quick_replies],
            }
            for one in plan.replies
        ),
        by_tone=_by_tone(made, reading.intent, language),
        escalate=note["escalate"],
        offer=note["offer"],
        priority=opening.get("priority"),
        score=round(note["score"], 3),
        reasons=tuple(note["reasons"]),
    )


def _candidates(pack: Pack, reading: Reading, pulls: _Pulls) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for ranked in reading.ranking[:SHOWN]:
        if found and ranked.confidence < LEAST_SHOWN:
            break
        title = title_of(pack, ranked.intent)
        sure = sure_in_words(ranked.confidence)
        confidence = round(ranked.confidence, 3)
        towards, against = pulls.of(ranked.intent)
        found.append(Candidate(ranked.intent, title, confidence, sure, towards, against))
    return tuple(found)


def _does(note: Mapping[str, Any]) -> str:
    if note["escalate"]:
        return "brings in a person"
    if note["clarified"]:
        said = "asks which of two things is meant"
    elif note["answered"] is None:
        said = "says that it did not understand"
    else:
        said = "answers"
    return f"{said} and offers a person" if note["offer"] else said


def _by_tone(made: LivePack, intent: str | None, language: str) -> dict[str, str]:
    if intent is None or not made.pack.replies_in(language, intent):
        return {}
    say = partial(made.replies.render, intent, context={}, language=language, seed="trial")
    return {tone: say(tone=tone).text for tone in TONES}


def title_of(pack: Pack, intent: str | None) -> str:
    """Give what an intent is called; None is what is to be refused."""
    spec = pack.intent(intent) if intent is not None else None
    return spec.title if spec else (intent or "Refused")


def sure_in_words(confidence: float) -> str:
    """Give a confidence as words, such as "likely"."""
    return next((words for least, words in SURE if confidence >= least), "hardly")


def feelings_in_words(reading: Reading) -> str:
    """Give how a message sounds in a few words, such as "worried, urgent"."""
    parts: list[str] = [reading.emotion if reading.emotion != "neutral" else "calm"]
    patience = next((words for least, words in FELT if reading.frustration >= least), "")
    if reading.urgency >= PERHAPS_URGENT:
        parts.append("urgent" if reading.urgency >= URGENT else "perhaps urgent")
    if reading.vulnerable >= HARD_TIME:
        parts.append("speaks of a hard time")
    return ", ".join([*parts, *([patience] if patience else [])])


def _meant(trial: Trial, titles: Mapping[str, str]) -> str:
    if trial.intent is None:
        return "something to refuse"
    return f"“{titles.get(trial.intent, trial.intent)}”"


def _message(services: Services, text: str) -> Entry:
    data = {"author": "customer", "text": text}
    return Entry("message", "all", services.clock(), data, "0-1")
