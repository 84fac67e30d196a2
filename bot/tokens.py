"""The widget's bearer token: it opens one conversation, and nothing else.

A third-party frame gets no cookies, so that the token lives in the frame's own storage and travels
as a header; no other site can make a browser send it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from bot.errors import BotError

VALID_S = 24 * 3600
RENEWABLE_S = 30 * 24 * 3600
AHEAD_S = 300
SALT = "attune.widget.1"


class TokenInvalid(BotError):
    """Raised when a token is missing, not ours, or for another purpose."""

    code = "token_invalid"


class TokenExpired(TokenInvalid):
    """Raised when a token was ours but has grown too old for what was asked."""

    code = "token_expired"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes and reads tokens with one key."""

    key: str

    def issue(self, conversation: str, now_ms: int) -> str:
        """Give a token for a conversation, good for 24 hours and renewable for 30 days."""
        return str(self._serializer().dumps([conversation, now_ms // 1000]))

    def read(self, token: str, now_ms: int, *, renewing: bool = False) -> str:
        """Give the conversation of a token; raises TokenInvalid or TokenExpired."""
        conversation, issued_s = self._open(token)
        age_s = now_ms // 1000 - issued_s
        if age_s > (RENEWABLE_S if renewing else VALID_S) or age_s < -AHEAD_S:
            raise TokenExpired("The token has expired; ask for a new one at /widget/session.")
        return conversation

    def _open(self, token: str) -> tuple[str, int]:
        try:
            content: Any = self._serializer().loads(token)
        except BadSignature as error:
            raise TokenInvalid("The token is not valid; begin at /widget/session.") from error
        conversation, issued_s = content
        return str(conversation), int(issued_s)

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt=SALT)
