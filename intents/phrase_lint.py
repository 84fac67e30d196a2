"""What an admin should know of one intent's phrases while writing them, in well under a second.

Every phrase is judged by a fit that did not see it, and by one that saw neither it nor a given
other: both follow in closed form from the inverse of the ridge's kernel matrix. That inverse is
kept, and a phrase more or less changes it by its own row and column only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from intents.duplicates import FEW, near_duplicates_of
from intents.encoder import Floats
from intents.fit import RIDGE
from intents.head import centred, kernel

Labelled = Sequence[tuple[str, str | None]]
VectorsOf = Callable[[Sequence[str]], Floats]
KNOWN = 0.8  # lead of the right intent, of scores about -1 to 1, from which a phrase teaches little
HARM = 2  # phrases of other intents that are read right without one, and wrong with it
SHOWN = 3
MOST_NEW = 0.2  # share of phrases that may be new before all is solved afresh


@dataclass(frozen=True, slots=True)
class PhraseRemark:
    """One thing about a phrase, or about all if `phrase` is empty; `others` are what it meets."""

    code: str
    phrase: str
    says: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseLint:
    """What there is to say of an intent's phrases.

    `accuracy` (0-1) is the share of all in-scope phrases read right, each held back once.
    """

    accuracy: float
    remarks: tuple[PhraseRemark, ...]

    def to_row(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Solved:
    """Phrases in an order of their own, their unit rows (n, d), and the kernel's inverse (n, n)."""

    phrases: tuple[str, ...]
    centre: Floats
    rows: Floats
    inverse: Floats


def solved(phrases: Sequence[str], vectors_of: VectorsOf, before: Solved | None = None) -> Solved:
    """Give phrases solved, from `before` where most of them are in it."""
    if before is None:
        return _afresh(phrases, vectors_of)
    places: dict[str, list[int]] = defaultdict(list)
    for index, phrase in enumerate(before.phrases):
        places[phrase].append(index)
    new = []
    for phrase in phrases:
        if places[phrase]:
            places[phrase].pop()
        else:
            new.append(phrase)
    gone = sorted(index for left in places.values() for index in left)
    if len(new) + len(gone) > MOST_NEW * len(phrases):
        return _afresh(phrases, vectors_of)
    found = _without(before, gone) if gone else before
    return _with(found, new, vectors_of) if new else found


def lint_phrases(
    known: Solved, labelled: Labelled, name: str, new: Collection[str] = ()
) -> PhraseLint:
    """Give what there is to say of the phrases of one intent, the gravest first.

    `known` holds the phrases of `labelled`; `new` are those of the intent that customers do not
    meet yet: of them it is told which the model gets without them.
    """
    ordered = _in_order(known.phrases, labelled)
    labels = sorted({intent for _, intent in ordered if intent is not None})
    place = {label: index for index, label in enumerate(labels)}
    truth = np.array([place.get(one, len(labels)) if one else len(labels) for _, one in ordered])
    state = _State.of(known.inverse, truth, len(labels))
    mine = [index for index, (_, intent) in enumerate(ordered) if intent == name]
    accuracy = float(state.right[state.inside].mean()) if state.inside.any() else 0.0
    remarks = [
        *_few(name, len(mine)),
        *_pulling(ordered, state, mine),
        *_across(ordered, known.rows, mine),
        *_already(ordered, state, [one for one in mine if ordered[one][0] in new]),
    ]
    return PhraseLint(round(accuracy, 4), tuple(remarks))


@dataclass(frozen=True, slots=True)
class _State:
    """A fit, and every phrase's score had it been left out, each row with out of scope last."""

    inverse: Floats
    weights: Floats
    targets: Floats
    left_out: Floats
    truth: NDArray[np.int64]
    inside: NDArray[np.bool_]
    right: NDArray[np.bool_]

    @classmethod
    def of(cls, inverse: Floats, truth: NDArray[np.int64], intents: int) -> _State:
        targets = np.full((len(truth), intents + 1), -1.0, np.float32)
        targets[np.arange(len(truth)), truth] = 1.0
        weights = inverse @ targets
        left_out = targets - weights / np.diag(inverse)[:, None]
        inside = truth < intents
        right = inside & (left_out[:, :-1].argmax(axis=1) == truth)
        return cls(inverse, weights, targets, left_out, truth, inside, right)

    def right_without(self, index: int) -> NDArray[np.bool_]:
        """Say of every phrase whether it is read right, held back, without another one."""
        across, diagonal = self.inverse[index], np.diag(self.inverse)
        of_pair = diagonal[index] * diagonal - across * across
        of_pair[index] = 1.0
        missed = (diagonal[index] * self.weights - across[:, None] * self.weights[index]) / of_pair[
            :, None
        ]
        scores = self.targets - missed
        found: NDArray[np.bool_] = self.inside & (scores[:, :-1].argmax(axis=1) == self.truth)
        found[index] = self.right[index]
        return found


def _few(name: str, count: int) -> Iterator[PhraseRemark]:
    if count < FEW:
        yield PhraseRemark("few", "", f"'{name}' has {count} phrases; ten or more read better.")


def _pulling(labelled: Labelled, state: _State, mine: Sequence[int]) -> Iterator[PhraseRemark]:
    """Those without which more phrases of other intents would be read right."""
    total = max(1, int(state.inside.sum()))
    before = state.right.sum() / total
    for index in mine:
        then = state.right_without(index)
        others = state.truth != state.truth[index]
        freed = np.flatnonzero(then & ~state.right & others)
        if len(freed) < HARM or then.sum() <= state.right.sum():
            continue
        after = then.sum() / total
        yield PhraseRemark(
            "pulls_others",
            labelled[index][0],
            f"It takes {len(freed)} phrases of other intents away. Of all phrases, each held back "
            f"once, {before:.2%} are read right; without it, {after:.2%}.",
            tuple(f"{labelled[one][0]} ({labelled[one][1]})" for one in freed[:SHOWN]),
        )


def _across(labelled: Labelled, rows: Floats, mine: Sequence[int]) -> Iterator[PhraseRemark]:
    for index, other in near_duplicates_of(labelled, rows, mine):
        intent = labelled[other][1]
        where = f"under '{intent}'" if intent else "among those to refuse"
        yield PhraseRemark(
            "near_duplicate",
            labelled[index][0],
            f"Nearly the same is {where}; keep one, where it belongs.",
            (labelled[other][0],),
        )


def _already(labelled: Labelled, state: _State, new: Sequence[int]) -> Iterator[PhraseRemark]:
    for index in new:
        scores = state.left_out[index].copy()
        own = scores[state.truth[index]]
        scores[state.truth[index]] = -np.inf
        if own - scores.max() >= KNOWN:
            yield PhraseRemark(
                "already_known",
                labelled[index][0],
                "It is read right without being here; something said quite differently teaches "
                "more.",
            )


def _in_order(phrases: Sequence[str], labelled: Labelled) -> list[tuple[str, str | None]]:
    """Give labelled phrases in the order in which they were solved."""
    labels: dict[str, list[str | None]] = defaultdict(list)
    for phrase, intent in labelled:
        labels[phrase].append(intent)
    return [(phrase, labels[phrase].pop()) for phrase in phrases]


def _afresh(phrases: Sequence[str], vectors_of: VectorsOf) -> Solved:
    raw = vectors_of(phrases)
    centre = raw.mean(axis=0, keepdims=True)
    rows = centred(raw, centre)
    likeness = _likeness(rows, rows)
    likeness[np.diag_indices_from(likeness)] += RIDGE
    factor, _ = scipy.linalg.lapack.spotrf(likeness.T, lower=True, clean=False, overwrite_a=True)
    half, _ = scipy.linalg.lapack.spotri(factor, lower=True, overwrite_c=True)
    lower = np.tril(half)
    return Solved(tuple(phrases), centre, rows, lower + np.tril(half, -1).T)


def _without(before: Solved, gone: Sequence[int]) -> Solved:
    """Take rows out: of the inverse what they carried (Schur's complement)."""
    out = np.array(gone)
    kept = np.setdiff1d(np.arange(len(before.phrases)), out)
    across = before.inverse[np.ix_(kept, out)]
    among = before.inverse[np.ix_(out, out)]
    inverse = before.inverse[np.ix_(kept, kept)] - across @ np.linalg.solve(among, across.T)
    phrases = tuple(before.phrases[index] for index in kept)
    return Solved(phrases, before.centre, before.rows[kept], inverse)


def _with(before: Solved, new: Sequence[str], vectors_of: VectorsOf) -> Solved:
    """Add rows: the inverse of a bordered matrix."""
    rows = centred(vectors_of(new), before.centre)
    border = _likeness(before.rows, rows)
    carried = before.inverse @ border
    rest = _likeness(rows, rows) + RIDGE * np.eye(len(new), dtype=np.float32) - border.T @ carried
    corner = np.linalg.inv(rest)
    side = -carried @ corner
    inverse = np.block([[before.inverse - side @ carried.T, side], [side.T, corner]])
    phrases = (*before.phrases, *new)
    return Solved(phrases, before.centre, np.concatenate([before.rows, rows]), inverse)


def _likeness(left: Floats, right: Floats) -> Floats:
    cosines = left @ right.T
    return kernel(cosines, out=cosines)
