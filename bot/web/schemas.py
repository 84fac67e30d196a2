"""Bodies that come from outside: read strictly, checked before anything is done with them."""

from __future__ import annotations

import json
import unicodedata
from typing import Annotated, Any, NoReturn, TypeVar

from flask import Request
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic import StringConstraints as Constraints
from werkzeug.exceptions import UnsupportedMediaType

from bot.errors import BotError

LONGEST_TEXT = 4_000
DEEPEST = 8
M = TypeVar("M", bound="Body")


class BodyRefused(BotError):
    """Raised when a body is not the strict JSON it has to be."""


def _writable(text: str) -> str:
    """Refuse what no store keeps: NUL and lone surrogates."""
    if "\x00" in text:
        raise ValueError("holds a NUL character; remove it.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("holds half a surrogate pair; send whole characters.")
    return text


def _composed(text: str) -> str:
    """Give the NFC form, in which length counts and the text is kept."""
    text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise ValueError("is empty or only white space; write something.")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"has {len(text)} characters; {LONGEST_TEXT} is the most.")
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("holds characters that cannot be printed.")
    return text


def _or_empty(value: object) -> object:
    return "" if value is None else value


Text = Annotated[str, AfterValidator(_writable), AfterValidator(_composed)]
EventId = Annotated[str, Constraints(pattern=r"^[A-Za-z0-9_-]{1,128}$")]
Spare = Annotated[str, BeforeValidator(_or_empty), AfterValidator(_writable)]
ConversationName = Annotated[
    str, Constraints(min_length=1, max_length=200), AfterValidator(_printable)
]


class Body(BaseModel):
    """A JSON object; unknown fields are ignored, known ones are never converted."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Nothing(Body):
    """An empty object: the address says it all."""


class MessageIn(Body):
    """One message from the widget; `event_id` stays the same through every retry."""

    event_id: EventId
    text: Text


class CustomerIn(Body):
    """What a channel knows of the person asking; every field may be missing."""

    id: Spare = Field("", max_length=200)
    name: Spare = Field("", max_length=200)
    email: Spare = Field("", max_length=254)
    locale: Spare = Field("", max_length=35)


class WebhookMessage(Body):
    """One message from a channel, in the channel's own conversation."""

    conversation: ConversationName
    text: Text
    customer: CustomerIn | None = None


class EmailIn(Body):
    """An address to answer to."""

    email: Annotated[str, Constraints(min_length=3, max_length=254), AfterValidator(_writable)]


class RatingIn(Body):
    """How the help was, from 1 (very poor) to 5 (very good), and a sentence if there is one."""

    score: int = Field(ge=1, le=5)
    comment: Spare = Field("", max_length=500)


def parse_body(kind: type[M], request: Request) -> M:
    """Give the checked body; raises 415 when it is not JSON, BodyRefused, ValidationError."""
    if not request.is_json:
        raise UnsupportedMediaType
    return kind.model_validate(read_json(request.get_data()))


def read_json(data: bytes) -> dict[str, Any]:
    """Give the object in strict JSON: UTF-8, no double keys, no NaN, at most 8 levels deep."""
    try:
        text = data.decode("utf-8")
        _check_depth(text)
        found = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except ValueError as error:  # not UTF-8, not JSON, or a number nobody can read
        raise BodyRefused(
            "The body is not valid JSON in UTF-8; check it and send it again."
        ) from error
    if not isinstance(found, dict):
        raise BodyRefused("The body is not a JSON object; send { … }.")
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BodyRefused("The body names a field twice; send each once.")
    return found


def _constant(name: str) -> NoReturn:
    raise BodyRefused(f"The body holds {name}, which JSON does not have; leave it out.")


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the parser walks into it; brackets inside strings do not count."""
    depth, inside, escaped = 0, False, False
    for letter in text:
        if inside:
            inside = escaped or letter != '"'
            escaped = not escaped and letter == "\\"
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                raise BodyRefused(f"The body is nested deeper than {DEEPEST} levels; flatten it.")
        elif letter in "]}":
            depth -= 1
