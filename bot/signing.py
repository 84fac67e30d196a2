"""Signatures of Standard Webhooks v1, for what comes in and what goes out."""

from __future__ import annotations

import base64
import hashlib
import hmac

SECRET_PREFIX = "whsec_"  # noqa: S105 - a prefix, not a secret


def sign(secret: str, event_id: str, timestamp: str, body: bytes) -> str:
    """Give the `webhook-signature` of a request."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    content = b".".join((event_id.encode(), timestamp.encode(), body))
    digest = hmac.new(key, content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
