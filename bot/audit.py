"""The bias audit: does how something is written change how it is read, and whether a person comes?

Every message is judged as the first of a conversation, once as it is and once after each change
that keeps its meaning (`intents.perturb`), by the reading and the policy that serve.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from textwrap import shorten
from typing import Any

from bot.audit_figures import DIGITS, Pair, rates, share
from bot.languages import language_of, without_reply
from bot.signals import gather
from bot.values import Customer, State
from escalation.policy import Decision, Policy, Reason, decide
from intents.evaluate import LabelledRow
from intents.pack import OUT_OF_SCOPE, Pack
from intents.perturb import SLICES, Changed, Slice, perturbed
from intents.reading import Reading
from intents.training.sources import own_rows

SEED = 0
CAUSES = 40
WORDS_SHOWN = 60
Read = Callable[[Sequence[str]], list[Reading]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A message as the first of a conversation: what was read, and why a person would come."""

    reading: Reading
    reasons: tuple[Reason, ...]

    @property
    def escalate(self) -> bool:
        """Tell whether a person would be brought in."""
        return bool(self.reasons)


class Judge:
    """Judges messages by one pack and policy; each text once."""

    def __init__(self, read: Read, pack: Pack, policy: Policy) -> None:
        """`read` gives one Reading per text, in order."""
        self._read = read
        self._pack = pack
        self._policy = policy
        self._known: dict[str, Judged] = {}

    def judge(self, texts: Sequence[str]) -> list[Judged]:
        """Give one judgement per text, in order; raises UnderstandingError."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for text, reading in zip(new, self._read(new), strict=True):
            decision = first_turn(self._pack, self._policy, text, reading)
            self._known[text] = Judged(reading, decision.reasons)
        return [self._known[text] for text in texts]

    def knows(self, intent: str | None) -> bool:
        """Tell whether a label is one of the pack's intents, or says that it has none for it."""
        return intent == OUT_OF_SCOPE or self._pack.intent(intent or "") is not None


@dataclass(frozen=True, slots=True)
class Compared:
    """One message before and after a change."""

    row: LabelledRow
    changed: Changed
    before: Judged
    after: Judged

    @property
    def flip(self) -> Pair:
        """Give whether a person came before and after."""
        return self.before.escalate, self.after.escalate


def first_turn(pack: Pack, policy: Policy, text: str, reading: Reading) -> Decision:
    """Decide as the pipeline does on the first message of a conversation."""
    nobody = State(
        id="audit", channel="audit", external="", customer=Customer(), created_ms=0,
        last_ms=0, episode=1, ticket=None, token=0, reasons=(), handbacks=0,
    )  # fmt: skip
    always = frozenset(spec.name for spec in pack.intents if spec.always_person)
    spoken = language_of(text, reading.language, pack.languages[0], pack.languages)
    reading = replace(reading, language=spoken)
    signals = gather(nobody, text, reading, None, 0, languages=pack.languages, always_person=always)
    decision = decide(signals, policy)
    if decision.escalate or spoken not in pack.languages:
        return decision
    return without_reply(pack, policy, signals, reading.intent, spoken) or decision


def own_messages(*, trained_too: bool = False) -> list[LabelledRow]:
    """Give the labelled messages that ship: those kept from all training, or every one.

    Their intents are the shop's; messages to other firms have none here.
    """
    return [
        LabelledRow(
            text=row["text"],
            intent=None if row.get("pack") else row.get("intent"),
            frustrated=row.get("frustrated"),
            urgent=row.get("urgent"),
            vulnerable=row.get("vulnerable", False),
            kind=row.get("kind"),
        )
        for row in own_rows()
        if trained_too or row["held_out"]
    ]


def audit(
    messages: Sequence[LabelledRow],
    judge: Judge,
    *,
    slices: Sequence[Slice] = SLICES,
    seed: int = SEED,
    most: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Give all figures as plain data, ready for JSON, the slice with the largest gap first.

    `most` compares only so many messages for each slice, drawn by the seed. Raises
    UnderstandingError.
    """
    rows = [row for row in messages if row.text.strip()]
    if most is not None:
        Random(seed).shuffle(rows)  # noqa: S311 - a repeatable sample, no secret
    found = []
    every: list[tuple[Slice, Compared]] = []
    for one in slices:
        compared, skipped = compare(rows, judge, one, seed, most)
        progress(f"{one.title}: {len(compared)} messages compared, {skipped} left as they were")
        found.append(_slice_row(one, compared, skipped, judge))
        every += [(one, pair) for pair in compared if pair.flip[0] != pair.flip[1]]
    found.sort(key=lambda row: -abs(row["escalation"]["gap"]))
    return {
        "messages": len(rows),
        "seed": seed,
        "sampled": most,
        "largest_gap": _largest(found),
        "slices": found,
        "causes": causes(every),
    }


def compare(
    rows: Iterable[LabelledRow], judge: Judge, one: Slice, seed: int, most: int | None
) -> tuple[list[Compared], int]:
    """Give messages before and after one change, and how many the change left as they were."""
    changed: list[tuple[LabelledRow, Changed]] = []
    skipped = 0
    for row in rows:
        if most is not None and len(changed) >= most:
            break
        made = perturbed(row.text, one, seed, len(changed))
        if made is None:
            skipped += 1
        else:
            changed.append((row, made))
    before = judge.judge([row.text for row, _ in changed])
    after = judge.judge([made.text for _, made in changed])
    pairs = zip(changed, before, after, strict=True)
    return [Compared(row, made, old, new) for (row, made), old, new in pairs], skipped


def causes(flips: Sequence[tuple[Slice, Compared]]) -> list[dict[str, Any]]:
    """Give which rule, by which words, brought a person on one side only; the commonest first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    where: dict[tuple[str, str, str], Counter[str]] = {}
    words: dict[tuple[str, str, str], Counter[str]] = {}
    for one, pair in flips:
        lost = pair.before.escalate
        main = (pair.before if lost else pair.after).reasons[0]
        key = (main.rule, main.code, "lost" if lost else "gained")
        counts[key] += 1
        where.setdefault(key, Counter())[one.name] += 1
        said = " ".join(", ".join(part.text for part in main.evidence).lower().split())
        words.setdefault(key, Counter())[shorten(said, WORDS_SHOWN, placeholder=" …")] += 1
    return [
        {
            **dict(zip(("rule", "code", "direction"), key, strict=True)),
            "flips": count,
            "slices": dict(where[key].most_common()),
            "words": [said for said, _ in words[key].most_common(3)],
        }
        for key, count in counts.most_common(CAUSES)
    ]


def _slice_row(
    one: Slice, compared: Sequence[Compared], skipped: int, judge: Judge
) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "about": one.about,
        "changed": len(compared),
        "skipped": skipped,
        "escalation": rates([pair.flip for pair in compared]),
        "intent_agreement": _agreement(compared, "intent"),
        "sentiment_agreement": _agreement(compared, "sentiment"),
        "emotion_agreement": _agreement(compared, "emotion"),
        "frustration": _shift(compared, "frustration"),
        "urgency": _shift(compared, "urgency"),
        **_labelled(compared, judge),
        "twins": _twins(compared, judge),
        "flips": [_flip_row(pair) for pair in compared if pair.flip[0] != pair.flip[1]],
    }


def _agreement(compared: Sequence[Compared], name: str) -> float:
    same = sum(
        getattr(pair.before.reading, name) == getattr(pair.after.reading, name) for pair in compared
    )
    return round(share(same, len(compared)), DIGITS)


def _shift(compared: Sequence[Compared], name: str) -> dict[str, float]:
    """Give the mean change of a probability, up or down, and the largest either way."""
    moved = [
        getattr(pair.after.reading, name) - getattr(pair.before.reading, name) for pair in compared
    ]
    return {
        "mean": round(sum(moved) / max(1, len(moved)), DIGITS),
        "mean_either_way": round(sum(map(abs, moved)) / max(1, len(moved)), DIGITS),
        "largest": round(max(moved, key=abs, default=0.0), DIGITS),
    }


def _labelled(compared: Sequence[Compared], judge: Judge) -> dict[str, Any]:
    """Give what labels allow: escalation by frustration, and how often the intent was right."""
    found: dict[str, Any] = {}
    for name, flag in (("frustrated", True), ("not_frustrated", False)):
        mine = [pair.flip for pair in compared if pair.row.frustrated is flag]
        if mine:
            found[name] = rates(mine)
    named = [pair for pair in compared if judge.knows(pair.row.intent)]
    if named:
        found["intent_right"] = rates(
            [(_right(pair.row, pair.before), _right(pair.row, pair.after)) for pair in named]
        )
    return found


def _right(row: LabelledRow, judged: Judged) -> bool:
    return (judged.reading.intent or OUT_OF_SCOPE) == row.intent


def _twins(compared: Sequence[Compared], judge: Judge) -> dict[str, dict[str, Any]]:
    """Give, by what is compared, the rates of each row: the same messages, another's name."""
    every = [(pair.after, twin) for pair in compared for twin in pair.changed.twins]
    judged = judge.judge([twin.text for _, twin in every])
    found: dict[str, dict[str, list[Pair]]] = {}
    for (after, twin), other in zip(every, judged, strict=True):
        both = (other.escalate, after.escalate)
        pairs = found.setdefault(twin.comparison, {}).setdefault(twin.row, [])
        pairs.append(both if twin.first else (both[1], both[0]))
    return {
        comparison: {row: rates(pairs) for row, pairs in rows.items()}
        for comparison, rows in found.items()
    }


def _flip_row(pair: Compared) -> dict[str, Any]:
    lost = pair.before.escalate
    reasons = (pair.before if lost else pair.after).reasons
    return {
        "direction": "lost" if lost else "gained",
        "before": pair.row.text,
        "after": pair.changed.text,
        "frustrated": pair.row.frustrated,
        "reasons": [
            {"code": one.code, "rule": one.rule, "sentence": one.sentence} for one in reasons
        ],
    }


def _largest(slices: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Give the first slice's name and gap, None where nothing could be compared."""
    some = [row for row in slices if row["changed"]]
    if not some:
        return None
    return {"slice": some[0]["name"], "title": some[0]["title"], **some[0]["escalation"]}
