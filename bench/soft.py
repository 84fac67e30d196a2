"""How the soft score's weights were made, and how well it is calibrated: `python -m bench.soft`.

Development conversations only; the frozen ones take no part. Each turn up to the one that needed a
person is an example, unless a yes-or-no rule decided it: there the score has no say. Nobody
writes on paper how long they waited or that a person helped them before, so that those two weights
are set by hand in policy.yaml and held while the others are fitted.

Fitted is a logistic form with no weight below zero, and ridge towards zero. Calibration is shown on
conversations that the fit did not see: ten folds, whole conversations kept together.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.replay import replay_one
from bot.services import Services
from bot.signals import gather
from bot.throwaway import throwaway_services
from escalation.policy import Policy, Signals, decide
from escalation.settings import SIGNS, SoftScore
from escalation.soft import signs_of
from escalation.view import View
from intents.pack import shop_pack_folder
from intents.reading import Reading

ROOT = Path(__file__).parent.parent
HANDOFFS = ROOT / "bench" / "data" / "handoffs-dev.jsonl"
WRITTEN = ROOT / "tests" / "escalation" / "conversations.yaml"
BY_HAND = ("past", "waiting")
FOLDS = 10
RIDGE = 0.15
STEPS, STEP = 4000, 0.05
BINS = (0.0, 0.05, 0.15, 0.4, 0.6, 0.85, 1.001)
SEED = 7

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One turn: its conversation, its signs in the order of SIGNS, and whether a person was due."""

    conversation: str
    signs: tuple[float, ...]
    needed: bool


def conversations() -> list[dict[str, Any]]:
    """Give the development conversations as rows of `attune replay` with the turn that is due."""
    handed = [json.loads(line) for line in HANDOFFS.read_text(encoding="utf-8").splitlines()]
    rows = [
        {"id": one["id"], "turns": one["turns"], "due": one["expect"]["escalated_at"]}
        for one in handed
    ]
    for one in yaml.safe_load(WRITTEN.read_text(encoding="utf-8")):
        turns = [{"customer": line.partition(" || ")[0]} for line in one["turns"]]
        due = None if one["want"] == "no" else int(one["want"].split()[0])
        rows.append({"id": one["id"], "turns": turns, "due": due})
    return rows


def examples(services: Services, rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """Give the examples of conversations, read and answered as the server does."""
    policy = services.packs.live().policy
    for number, row in enumerate(rows):
        result = replay_one(services, row, f"soft{number}")
        ends = [at for at in (row["due"], result["escalated_at"]) if at is not None]
        last = min(ends, default=len(row["turns"]) - 1)
        for turn, signals in enumerate(_signals(services, f"soft{number}")):
            if turn > last or _decided(signals, policy):
                break
            signs = signs_of(View(signals, policy))
            found = tuple(signs[name] for name in SIGNS)
            yield Example(str(row["id"]), found, turn == row["due"])


def _signals(services: Services, conversation: str) -> Iterator[Signals]:
    """Give what the policy judged, turn by turn, from the conversation's log."""
    state = services.conversations.load(conversation, recent=500)
    for at, entry in enumerate(state.recent):
        if entry.kind == "reading":
            note, before = entry.data, replace(state, recent=state.recent[:at])
            reading = Reading.from_row(note["reading"]) if note["reading"] else None
            languages = services.packs.live().pack.languages
            yield gather(
                before, note["text"], reading, note["payload"], entry.at_ms, languages=languages
            )


def _decided(signals: Signals, policy: Policy) -> bool:
    return any(reason.score is None for reason in decide(signals, policy).reasons)


def fitted(found: Sequence[Example], usual: SoftScore) -> SoftScore:
    """Give the weights that explain the examples best."""
    signs = np.array([one.signs for one in found])
    needed = np.array([one.needed for one in found], dtype=float)
    free = np.array([name not in BY_HAND for name in SIGNS])
    weights = np.array([usual.weights[name] for name in SIGNS])
    base = float(np.log(usual.without_signs / (1 - usual.without_signs)))
    for _ in range(STEPS):
        miss = _probability(signs @ weights + base) - needed
        base -= STEP * float(miss.mean()) * 10
        slope = signs.T @ miss / len(found) * 10 + RIDGE * weights / len(found) * 10
        weights = np.where(free, np.maximum(weights - STEP * slope, 0.0), weights)
    share = float(_probability(np.array([base]))[0])
    return SoftScore(usual.limit, share, dict(zip(SIGNS, map(float, weights), strict=True)))


def held_out(found: Sequence[Example], usual: SoftScore) -> Floats:
    """Give the probability of every example by a fit that did not see its conversation."""
    names = sorted({one.conversation for one in found})
    random.Random(SEED).shuffle(names)
    fold = {name: at % FOLDS for at, name in enumerate(names)}
    given = np.zeros(len(found))
    for number in range(FOLDS):
        score = fitted([one for one in found if fold[one.conversation] != number], usual)
        for at, one in enumerate(found):
            if fold[one.conversation] == number:
                given[at] = probability(one, score)
    return given


def probability(one: Example, score: SoftScore) -> float:
    """Give the probability that a score gives an example."""
    base = np.log(score.without_signs / (1 - score.without_signs))
    weights = np.array([score.weights[name] for name in SIGNS])
    return float(_probability(np.array([np.array(one.signs) @ weights + base]))[0])


def _probability(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def calibration(found: Sequence[Example], given: Floats) -> dict[str, Any]:
    """Give how probabilities and outcomes agree: by bins, and as one error."""
    needed = np.array([one.needed for one in found], dtype=float)
    table, error = [], 0.0
    for low, high in pairwise(BINS):
        inside = (given >= low) & (given < high)
        if n := int(inside.sum()):
            said, was = float(given[inside].mean()), float(needed[inside].mean())
            error += n / len(found) * abs(said - was)
            table.append({"from": low, "n": n, "said": round(said, 3), "was": round(was, 3)})
    positive, negative = given[needed > 0], given[needed == 0]
    above = (positive[:, None] > negative).mean() + (positive[:, None] == negative).mean() / 2
    return {
        "turns": len(found),
        "needed": int(needed.sum()),
        "bins": table,
        "calibration_error": round(error, 3),
        "brier": round(float(((given - needed) ** 2).mean()), 4),
        "brier_of_the_base_rate": round(float(needed.mean() * (1 - needed.mean())), 4),
        "auroc": round(float(above), 3),
    }


def main() -> None:
    """Print the weights fitted on all, and the calibration on held-out folds."""
    usual = Policy.from_data(yaml.safe_load((shop_pack_folder() / "policy.yaml").read_text())).soft
    with throwaway_services() as services:
        found = list(examples(services, conversations()))
    score = fitted(found, usual)
    shown = {name: round(weight, 2) for name, weight in score.weights.items()}
    print(
        json.dumps(
            {
                "without_signs": round(score.without_signs, 4),
                "weights": shown,
                "held_out": calibration(found, held_out(found, usual)),
                "as_it_ships": calibration(
                    found, np.array([probability(one, usual) for one in found])
                ),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
