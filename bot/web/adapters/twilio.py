"""Twilio-style: signed over the public address and the form's fields, answered as TwiML."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from bot.values import Customer, Turn
from bot.web.adapters.protocol import LONGEST_NAME, Heard, Post, Said, fitting, same
from bot.web.schemas import BodyRefused

MOST_FIELDS = 200
XML = "text/xml; charset=utf-8"
PORTS = {"https": 443, "http": 80}

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Fields = list[tuple[str, str]]


class Twilio:
    """Twilio's messages: SMS and what else comes in the same form."""

    waits = True

    def is_signed(self, post: Post, secret: str, now_s: float) -> bool:
        """Check `x-twilio-signature`; it carries no time, so that `MessageSid` stops repeats."""
        del now_s
        try:
            fields = _fields(post.body)
        except BodyRefused:
            return False
        given = post.headers.get("x-twilio-signature", "")
        return sum(same(sign(secret, url, fields), given) for url in _both(post.url)) > 0

    def hear(self, post: Post) -> Heard | Said:
        """Give the message; what has neither sender nor id is no message."""
        row = dict(_fields(post.body))
        sender, to, sid = (row.get(name, "") for name in ("From", "To", "MessageSid"))
        if not (sender and sid):
            raise BodyRefused("From and MessageSid are missing; send what Twilio sends.")
        text = fitting(row.get("Body", ""), pictures=row.get("NumMedia", "0") != "0")
        if not text:
            return self.say(None)
        name = "".join(one for one in row.get("ProfileName", "") if one.isprintable())
        return Heard(
            conversation=f"{sender}/{to}"[:200],
            event_id=re.sub(r"[^A-Za-z0-9_-]", "-", sid)[:128],
            text=text,
            customer=Customer(id=sender[:200], name=name[:LONGEST_NAME]),
        )

    def say(self, turn: Turn | None) -> Said:
        """Give what the bot says as TwiML, nothing if there is nothing yet."""
        said = [escape(_NOT_XML.sub("", one.text)) for one in turn.replies] if turn else []
        messages = "".join(f"<Message>{one}</Message>" for one in said)
        return Said(f'<?xml version="1.0" encoding="UTF-8"?><Response>{messages}</Response>', XML)


def sign(secret: str, url: str, fields: Fields) -> str:
    """Give the signature of a form: the address, then each field and value, in order."""
    content = url + "".join(name + value for name, value in sorted(set(fields)))
    digest = hmac.new(secret.encode(), content.encode("utf-8", "replace"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def _fields(body: bytes) -> Fields:
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise BodyRefused("The body is not a form in UTF-8; send what Twilio sends.") from error


def _both(url: str) -> tuple[str, str]:
    """Give an address with its port and without the usual one: proxies differ in what they say."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = parts.port or PORTS.get(parts.scheme, 443)
    with_port = parts._replace(netloc=f"{host}:{port}").geturl()
    return url, with_port if parts.port is None else parts._replace(netloc=host).geturl()
