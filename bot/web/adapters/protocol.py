"""What every kind of channel does: prove who sends, hear a message, answer. Pure; no Flask."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.values import Customer, Turn
from bot.web.schemas import LONGEST_TEXT

PICTURE = "🖼"
"""Stands for a message without words: Attune takes text only, and says so."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Post:
    """A request as it came; `url` is the public one, with its query; header names lower case."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """A customer's message; `event_id` is the sender's own, the same through every retry."""

    conversation: str
    event_id: str
    text: str
    customer: Customer = field(default_factory=Customer)


@dataclass(frozen=True, slots=True)
class Said:
    """What is answered."""

    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


class Adapter(Protocol):
    """One kind of channel."""

    @property
    def waits(self) -> bool:
        """Whether the other side takes the Turn in the answer; else it is answered at once."""
        ...

    def is_signed(self, post: Post, secret: str, now_s: float) -> bool:
        """Tell whether this request was signed with this secret, lately; never raises."""
        ...

    def hear(self, post: Post) -> Heard | Said:
        """Give the message, or the answer to what is none; raises BodyRefused."""
        ...

    def say(self, turn: Turn | None) -> Said:
        """Give the answer to a message that is safe, with its Turn if the other side waits."""
        ...


def same(expected: str, given: str) -> bool:
    """Compare signatures in constant time, whatever characters were sent."""
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def fitting(text: str, *, pictures: bool) -> str:
    """Give a text as conversations take it: people cannot mend what a program would.

    Characters that no store keeps go, and what is too long is cut; a picture alone is a sign.
    """
    kept = "".join(one for one in text if one != "\x00" and not "\ud800" <= one <= "\udfff")
    kept = kept.strip()
    if len(kept) > LONGEST_TEXT:
        kept = kept[: LONGEST_TEXT - 1] + "…"
    return kept or (PICTURE if pictures else "")
