"""Signatures of Standard Webhooks v1, for what comes in and what goes out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from werkzeug.datastructures import Headers

SECRET_PREFIX = "whsec_"  # noqa: S105 - a prefix, not a secret
TOLERANCE_S = 300
LONGEST_STAMP = 12


def sign(secret: str, event_id: str, timestamp: str, body: bytes) -> str:
    """Give the `webhook-signature` of a request."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    content = b".".join((event_id.encode(), timestamp.encode(), body))
    digest = hmac.new(key, content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def is_signed(secret: str, headers: Headers, body: bytes, now_s: float) -> bool:
    """Tell whether a request is signed with a secret, no more than five minutes ago."""
    event_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    if not event_id or not is_fresh(timestamp, now_s):
        return False
    return matches(secret, event_id, timestamp, body, signatures)


def matches(secret: str, event_id: str, timestamp: str, body: bytes, signatures: str) -> bool:
    """Tell in constant time whether one of the signatures given is a secret's."""
    try:
        expected = sign(secret, event_id, timestamp, body).encode()
    except (binascii.Error, UnicodeError):
        return False
    given = [one.encode("utf-8", "replace") for one in signatures.split()[:10]]
    return sum(hmac.compare_digest(expected, one) for one in given) > 0


def is_fresh(timestamp: str, now_s: float) -> bool:
    """Tell whether a timestamp, in seconds since 1970, is within five minutes of now."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST_STAMP):
        return False
    return abs(now_s - int(timestamp)) <= TOLERANCE_S
