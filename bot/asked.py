"""The right to a person: from the first request until an agent has written. Pure.

The time runs whatever the bot does meanwhile: also when an offer was declined, the customer let go
of waiting or asked again. Only an agent ends it, by writing or by closing the ticket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.values import Entry

ASKED = "asked_for_human"
PRESSED = "person"
CLOSED = frozenset({"resolved", "handed_back"})
LET_GO = "ticket_cancelled"


@dataclass(frozen=True, slots=True)
class Request:
    """One request for a person: when, in which turn of the conversation (from 1), by which message.

    `answered_ms` is when an agent wrote. `closed` says that an agent ended it without a word,
    `let_go` that the customer gave up waiting and has not asked again.
    """

    at_ms: int
    turn: int
    message: str
    priority: str = "normal"
    answered_ms: int | None = None
    closed: bool = False
    let_go: bool = False

    @property
    def waits(self) -> bool:
        """Tell whether the customer still waits for a person."""
        return self.answered_ms is None and not self.closed and not self.let_go


def requests(entries: Sequence[Entry]) -> list[Request]:
    """Give the requests for a person in a log, oldest first; one ends before the next begins."""
    found: list[Request] = []
    turn, runs = 0, False
    for entry in entries:
        if entry.kind == "reading":
            turn += 1
        if not runs and _asks(entry):
            found.append(Request(entry.at_ms, turn, str(entry.data["message_id"])))
            runs = True
        elif runs:
            found[-1] = _goes_on(found[-1], entry)
            runs = found[-1].answered_ms is None and not found[-1].closed
    return found


def request_row(entries: Sequence[Entry], *, is_open: bool) -> dict[str, Any] | None:
    """Give the request the card tells of: the last, if it waits or was in the open episode."""
    last = next(reversed(requests(entries)), None)
    if last is None or last.closed or (not is_open and not last.waits):
        return None
    row = {"at_ms": last.at_ms, "turn": last.turn, "message": last.message}
    return {**row, "answered_ms": last.answered_ms}


def _goes_on(request: Request, entry: Entry) -> Request:
    if entry.kind == "message" and entry.data["author"] == "agent":
        return replace(request, answered_ms=entry.at_ms, let_go=False)
    if _asks(entry):
        return replace(request, let_go=False)
    if entry.kind != "event":
        return request
    what = entry.data["what"]
    if what == "ticket_opened" and entry.data.get("priority"):
        return replace(request, priority=str(entry.data["priority"]), let_go=False)
    if what == LET_GO:
        return replace(request, let_go=True)
    by_agent = what in CLOSED and entry.data.get("agent")
    return replace(request, closed=True) if by_agent else request


def _asks(entry: Entry) -> bool:
    if entry.kind != "reading":
        return False
    codes = (one["code"] for one in entry.data.get("reasons") or ())
    return entry.data.get("payload") == PRESSED or ASKED in codes
