"""What can be found in a wording: a stable code, what an editor says, how to mend it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]

# code: (what a good editor would say, how to mend it)
SAID: Mapping[str, tuple[str, str]] = {
    "claims_human": (
        "This lets the bot pass for a person.",
        "Say that it is an automated assistant, or leave out who is writing.",
    ),
    "claims_feelings": (
        "The bot has no feelings; customers notice, angry ones first.",
        "Leave it out and go straight to what happens next.",
    ),
    "blames_customer": (
        "This says that the customer is at fault.",
        "Say what happened and what to do now, without who did it.",
    ),
    "unkept_promise": (
        "Nobody keeps this promise: the bot cannot know it.",
        "Name what certainly happens, or take the time from a fact or from {{ wait.text }}.",
    ),
    "several_apologies": (
        "One apology is meant; a second one sounds like a form letter.",
        "Keep the first and use the room for the next step.",
    ),
    "needless_apology": (
        "Nothing of ours has failed here, so there is nothing to be sorry for.",
        "Leave the apology out; keep it for what is our mistake.",
    ),
    "names_no_problem": (
        "Somebody worried or upset cannot see that the bot knows what is wrong.",
        "Name it in their words: the late parcel, the refused card, the broken cup.",
    ),
    "no_next_step": (
        "It does not say what to do, or what happens next.",
        'Give one step: a page, a number, or the words "talk to a person".',
    ),
    "cheer": (
        "Cheer reads as mockery to somebody worried or upset.",
        "Take it out; plain is kind enough.",
    ),
    "exclamation": (
        "Exclamation marks shout: one for a happy customer, none for a worried or upset one.",
        "End the sentence with a full stop.",
    ),
    "emoji": (
        "An emoji stands for a feeling, and screen readers read it out.",
        "Leave it out.",
    ),
    "shouting": (
        "Capitals read as shouting.",
        "Write it small; put what matters first instead.",
    ),
    "empty_phrase": (
        "A stock phrase: every firm says it, and it helps nobody.",
        "Leave it out, or say the thing you do instead.",
    ),
    "too_long": (
        "It is longer than people read in a chat, least of all when worried or upset.",
        "Keep the one step that comes first; the rest can be a further message or a page.",
    ),
    "long_sentence": (
        "This sentence is long.",
        "Make two of it.",
    ),
    "hard_to_read": (
        "It is hard to read.",
        "Use shorter words and sentences, as you would say it at the counter.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found in a wording.

    `start` and `end` are where `words` stand in the text as written, the whole text where what is
    found is nowhere in particular or runs across something that is filled in.
    """

    code: str
    severity: Severity
    words: str
    start: int
    end: int
    says: str
    mend: str

    def to_row(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)


def found(
    code: str, written: str, words: str = "", *, error: bool = False, more: str = ""
) -> Remark:
    """Give a remark about some words of a written wording, about all of it without words."""
    says, mend = SAID[code]
    start = written.find(words) if words else -1
    start, end = (start, start + len(words)) if start >= 0 else (0, len(written))
    severity: Severity = "error" if error else "warning"
    return Remark(code, severity, words, start, end, f"{says} {more}".strip(), mend)
