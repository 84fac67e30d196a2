"""Slack-style: v0 signatures over timestamp and body, events in JSON, an answer at once."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

from bot.values import Customer, Turn
from bot.web.adapters.protocol import Heard, Post, Said, fitting, same
from bot.web.schemas import BodyRefused

TOLERANCE_S = 300
DIRECT = "im"
WORDS = frozenset({None, "file_share", "thread_broadcast"})
"""Subtypes of a message that somebody wrote; edits, deletions and bots have others."""

_LINK = re.compile(r"<(?:(https?://|mailto:)([^|>]*)|[@#!]([^|>]*))(?:\|([^>]*))?>")
_MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>\s*")


class Slack:
    """Slack's Events API: messages to the bot, or that mention it."""

    waits = False

    def is_signed(self, post: Post, secret: str, now_s: float) -> bool:
        """Check `x-slack-signature` over `v0:timestamp:body`, at most five minutes old."""
        timestamp = post.headers.get("x-slack-request-timestamp", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            return False
        content = b":".join((b"v0", timestamp.encode(), post.body))
        expected = "v0=" + hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
        fresh = abs(now_s - int(timestamp)) <= TOLERANCE_S
        return same(expected, post.headers.get("x-slack-signature", "")) and fresh

    def hear(self, post: Post) -> Heard | Said:
        """Give a person's message; the challenge is answered, everything else ignored."""
        row = _object(post.body)
        if row.get("type") == "url_verification":
            return Said(str(row.get("challenge", ""))[:1_000])
        event = row.get("event")
        if row.get("type") != "event_callback" or not isinstance(event, dict):
            return Said()
        if not _is_a_persons(event):
            return Said()
        text = fitting(_plain(str(event.get("text") or "")), pictures=bool(event.get("files")))
        place, written = str(event.get("channel", "")), str(event.get("ts", ""))
        if not (text and place and written):
            return Said()
        user = str(event["user"])
        return Heard(
            conversation=_conversation(row, event, place, written),
            event_id=_id(place, written),
            text=text,
            customer=Customer(id=user[:200]),
        )

    def say(self, turn: Turn | None) -> Said:
        """Answer nothing: Slack shows no answer; replies are polled, or sent as events."""
        del turn
        return Said()


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8"))
    except ValueError as error:
        raise BodyRefused("The body is not valid JSON in UTF-8; send what Slack sends.") from error
    if not isinstance(found, dict):
        raise BodyRefused("The body is not a JSON object; send what Slack sends.")
    return found


def _is_a_persons(event: dict[str, Any]) -> bool:
    """Tell a message that a person wrote from those of bots, this one's own among them."""
    return bool(
        event.get("type") in {"message", "app_mention"}
        and event.get("subtype") in WORDS
        and event.get("user")
        and not event.get("bot_id")
        and not event.get("bot_profile")
        and not event.get("hidden")
    )


def _conversation(row: dict[str, Any], event: dict[str, Any], place: str, written: str) -> str:
    """Give one conversation for each direct talk, and for each thread elsewhere."""
    team = str(row.get("team_id") or event.get("team") or "")
    thread = "" if event.get("channel_type") == DIRECT else str(event.get("thread_ts") or written)
    return ":".join(one for one in (team, place, thread) if one)[:200]


def _id(place: str, written: str) -> str:
    """Give the id of a message, not of the event: a mention in a channel comes as two events."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", f"{place}-{written}")[:128]


def _plain(text: str) -> str:
    """Give a text as it was typed: no mention of the bot in front, links and signs as read."""
    text = _LINK.sub(_label, _MENTION.sub("", text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _label(found: re.Match[str]) -> str:
    scheme, rest, name, label = found.groups()
    if scheme is None:
        return label or name
    return rest if scheme == "mailto:" else f"{scheme}{rest}"
