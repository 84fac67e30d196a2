"""Whether a draft may go live: the bias audit on the messages that ship, within half a minute."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.audit import Judge, audit, own_messages
from bot.errors import BotError
from bot.packs import LivePack, check_pack
from bot.reader import Reader
from escalation.settings import NO_GATE
from intents.evaluate import LabelledRow
from intents.pack import parse_pack
from intents.perturb import SLICES
from intents.reading import Reading

MOST, FEWEST = 200, 40
BUDGET_S, LONGEST_S = 25.0, 55.0
TIMED = 40
POINTS = 100


class GapTooWide(BotError):
    """Raised when a gap of an audit is beyond the limit; carries both and the slice."""

    def __init__(self, row: Mapping[str, Any], limit: float) -> None:
        """Say which change, how large the gap, which limit, and what to do."""
        rate = row["escalation"]
        self.slice = str(row["name"])
        self.gap = float(rate["gap"])
        self.limit = limit
        fewer = "fewer" if self.gap < 0 else "more"
        before, after = (round(rate["messages"] * rate[one]) for one in ("before", "after"))
        super().__init__(
            f"The bias audit found a gap of {abs(self.gap) * POINTS:.1f} points: of "
            f"{rate['messages']} messages after the change “{row['title']}”, which keeps "
            f"what they say, {after} reach a person and as they were {before}, so {fewer}; the "
            f"limit is {limit * POINTS:g} points (Rules → Before a draft goes live). See which "
            "messages by `attune audit --pack FOLDER --out REPORT`, then mend phrases or rules, "
            "or raise the limit."
        )


class AuditSlow(BotError):
    """Raised when an audit before publishing does not end in time."""


def check_gap(found: Mapping[str, Any], limit: float) -> None:
    """Raise GapTooWide at the largest gap beyond a limit (a share, 0-1) that is not by chance.

    A gap whose 95 % interval holds zero could be chance: few messages refuse nothing.
    """
    for row in found["slices"]:
        rate = row["escalation"]
        if abs(rate["gap"]) > limit and not rate["low"] <= 0 <= rate["high"]:
            raise GapTooWide(row, limit)


def asks_for_audit(texts: Mapping[str, str]) -> bool:
    """Tell whether a pack's rules have publishing audited; raises PackError."""
    _, policy = check_pack(parse_pack(texts))
    return policy.largest_audit_gap < NO_GATE


def check_draft(
    made: LivePack, reader: Reader, clock: Callable[[], float] = time.monotonic
) -> dict[str, Any] | None:
    """Audit a draft if its policy asks for it; None if not. Raises GapTooWide.

    At most 200 messages are compared for each change, fewer where this machine could not read them
    within 25 seconds. Customers' messages are read in between, as always. Raises also AuditSlow
    and UnderstandingError.
    """
    limit = made.policy.largest_audit_gap
    if limit >= NO_GATE:
        return None
    end = clock() + LONGEST_S

    def read(text: str) -> Reading:
        if clock() > end:
            raise AuditSlow(
                f"The bias audit did not end within {LONGEST_S:g} seconds, so nothing was "
                "published; try again when less is going on."
            )
        return reader.read(text, made.head)

    judge = Judge(lambda texts: [read(text) for text in texts], made.pack, made.policy)
    messages = own_messages()
    found = audit(messages, judge, most=sample_size(messages, judge, clock))
    check_gap(found, limit)
    return found


def sample_size(
    messages: list[LabelledRow], judge: Judge, clock: Callable[[], float] = time.monotonic
) -> int:
    """Give how many messages a slice may have so that the audit ends in time on this machine."""
    judge.judge([messages[0].text])  # loads the model where nobody has asked it yet
    begun = clock()
    judge.judge([row.text for row in messages[:: max(1, len(messages) // TIMED)][:TIMED]])
    each_s = (clock() - begun) / TIMED
    affordable = BUDGET_S / max(each_s, 1e-6) / (len(SLICES) + 6)
    return int(max(FEWEST, min(MOST, affordable)))
