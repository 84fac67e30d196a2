"""Asks a lookup one question: signed, in time, once more if it fails, and never for long.

The whole takes at most 1.6 s, which is less than a turn may be held.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

import structlog

from bot.lookups.looked import Looked
from bot.lookups.registry import Lookup, Lookups
from bot.outgoing.address import AddressRefused, Guard
from bot.outgoing.post import MOST_BYTES, Answer, post
from bot.signing import sign
from escalation.errors import StoreUnavailable

TRY_S = 0.8
TRIES = 2
KEPT_S = 30
MOST_FIELDS = 40
LONGEST_FIELD = 500
NOT_FOUND = 404

log = structlog.get_logger(__name__)


def ask(
    lookups: Lookups, lookup: Lookup, question: Mapping[str, str], *, resolve: Any = None
) -> Looked:
    """Give what a lookup says to a question; whatever goes wrong is the outcome `failed`.

    An answer is kept for 30 s, so that the same question twice is asked once.
    """
    body = json.dumps({"lookup": lookup.name, **question}, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(f"{lookup.address}\n{body}".encode()).hexdigest()
    try:
        kept = lookups.remembered(lookup.name, digest)
        if kept:
            return Looked.from_row(json.loads(kept))
        found = _asked(lookup, body.encode(), resolve)
        if found.outcome != "failed":
            kept = json.dumps(found.to_row(), ensure_ascii=False)
            lookups.remember(lookup.name, digest, kept, KEPT_S)
    except StoreUnavailable:
        return Looked(lookup.name, "failed", {})
    return found


def _asked(lookup: Lookup, body: bytes, resolve: Any) -> Looked:
    """Ask, and once more under the same id; the answer that says something decides."""
    event_id = "lk_" + secrets.token_hex(12)
    why = ""
    for _ in range(TRIES):
        answer = _posted(lookup, event_id, body, resolve)
        if answer.status == NOT_FOUND:
            return Looked(lookup.name, "missing", {})
        fields = _fields(answer.body) if answer.status == 200 else None
        if fields is not None:
            return Looked(lookup.name, "found", fields)
        why = answer.why or (f"status {answer.status}" if answer.status != 200 else "not an answer")
        if answer.why == "blocked":
            break
    log.warning("lookup_failed", lookup=lookup.name, why=why)
    return Looked(lookup.name, "failed", {})


def _posted(lookup: Lookup, event_id: str, body: bytes, resolve: Any) -> Answer:
    begun = time.monotonic()
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": "Attune",
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(lookup.secret, event_id, stamp, body),
    }
    try:
        guard = guard_of(lookup, resolve)
        target = guard.target(lookup.address)
        places = guard.places(target)
    except AddressRefused as error:
        return Answer(0, 0, "blocked" if error.code == "blocked" else "unreachable")
    left = TRY_S - (time.monotonic() - begun)
    if left <= 0:
        return Answer(0, 0, "timeout")
    return post(target, places, headers, body, deadline_s=left)


def guard_of(lookup: Lookup, resolve: Any = None) -> Guard:
    """Give where a lookup may lead: public addresses, and its own host if it is a private one."""
    if not lookup.private:
        return Guard(resolve=resolve)
    host = Guard(http=True, resolve=resolve).target(lookup.address).host
    return Guard(http=True, private_hosts=frozenset({host.rstrip(".")}), resolve=resolve)


def _fields(body: bytes) -> dict[str, str] | None:
    """Give the fields of an answer, without those that are null; None if it is not one.

    An answer is a flat JSON object of texts, numbers, true, false and null.
    """
    if len(body) >= MOST_BYTES:
        return None
    try:
        row = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict) or len(row) > MOST_FIELDS:
        return None
    found: dict[str, str] = {}
    for name, value in row.items():
        if value is None or value is False:
            continue
        if not isinstance(value, str | int | float):
            return None
        text = "yes" if value is True else f"{value}"
        if len(text) > LONGEST_FIELD or not _is_text(text):
            return None
        if text.strip():
            found[name] = text.strip()
    return found


def _is_text(text: str) -> bool:
    return all(one.isprintable() or one == "\n" for one in text)
