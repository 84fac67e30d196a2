"""What a draft must pass before it goes live: wordings, test cases, the bias audit; one mechanism.

Every gate is asked, so that all that stands in the way is told at once. An admin may publish in
spite of those that were shown, saying why; that stays with the version and in the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.audit_gate import GapTooWide, check_draft
from bot.case_run import CaseBroken, run_cases
from bot.errors import BotError
from bot.lint.wordings import Judged, WordingWrong, check_wordings
from bot.packs import LivePack
from bot.pieces import Piece
from bot.reader import Reader

WORDINGS, BROKEN_CASES, GAP = "wording_wrong", "case_broken", "audit_gap"


@dataclass(frozen=True, slots=True)
class Refused:
    """One gate that a draft does not pass: its code, the sentence, where to mend it.

    `about` says it without anybody's words, for the audit trail; `cases` are the broken ones.
    """

    code: str
    sentence: str
    about: str
    piece: Piece | None = None
    cases: tuple[Mapping[str, Any], ...] = ()


class GatesClosed(BotError):
    """Raised when a draft may not go live; carries every gate that refused it."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        """Say all of it."""
        self.refused = tuple(refused)
        super().__init__(" ".join(one.sentence for one in refused))


def pass_gates(
    made: LivePack,
    judged: Sequence[Judged],
    reader: Reader,
    accepted: Collection[str] = (),
) -> tuple[Refused, ...]:
    """Give the gates that refused a draft and are accepted; raises GatesClosed for any other.

    `accepted` are codes of gates that an admin saw and publishes in spite of. Raises also
    AuditSlow and UnderstandingError.
    """
    refused = gates_refusing(made, judged, reader)
    if any(one.code not in accepted for one in refused):
        raise GatesClosed(refused)
    return refused


def gates_refusing(made: LivePack, judged: Sequence[Judged], reader: Reader) -> tuple[Refused, ...]:
    """Give every gate that a draft does not pass, the quick ones first; raises as `pass_gates`."""

    def wordings() -> None:
        if made.policy.refuse_wordings:
            check_wordings(judged)

    def audit() -> None:
        check_draft(made, reader)

    asked = (wordings, lambda: check_cases(made, reader), audit)
    return tuple(found for one in asked if (found := _asked(one)))


def check_cases(made: LivePack, reader: Reader) -> int:
    """Give how many test cases a pack has, all of which hold; raises CaseBroken."""
    results = run_cases(made, reader)
    broken = [one for one in results if not one.holds]
    if broken:
        raise CaseBroken(broken, len(results))
    return len(results)


def override_row(refused: Sequence[Refused], why: str) -> dict[str, Any] | None:
    """Give what a version keeps of gates that it was published in spite of, None if of none."""
    if not refused:
        return None
    return {"why": why, "gates": [{"code": one.code, "sentence": one.sentence} for one in refused]}


def _asked(gate: Callable[[], object]) -> Refused | None:
    try:
        gate()
    except WordingWrong as error:
        about = f"{len(error.errors)} wordings"
        return Refused(WORDINGS, str(error), about, error.errors[0].piece)
    except CaseBroken as error:
        rows = tuple(one.to_row() for one in error.broken)
        about = f"{len(rows)} test cases"
        return Refused(BROKEN_CASES, str(error), about, ("case", error.broken[0].name), rows)
    except GapTooWide as error:
        about = f"audit gap {error.gap:+.3f} in {error.slice}"
        return Refused(GAP, str(error), about)
    return None
