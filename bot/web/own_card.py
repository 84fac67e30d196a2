"""The card that a waiting customer looks over: what the team reads first, and their word on it."""

from __future__ import annotations

from typing import Annotated, Self

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, Field, model_validator
from pydantic import StringConstraints as Constraints

from bot.own_card import LONGEST, LineUnknown, Said, Word, card_lines, check_card
from bot.services import Services
from bot.tokens import TokenInvalid
from bot.web.auth import public
from bot.web.errors import told
from bot.web.schemas import Body, BodyRefused, _writable, parse_body
from bot.web.widget import no_body, no_token, whose

blueprint = Blueprint("own_card", __name__)
blueprint.register_error_handler(TokenInvalid, no_token)
blueprint.register_error_handler(BodyRefused, no_body)
MOST_LINES = 50


class LineIn(Body):
    """What the customer says of one line: `word` empty takes it back."""

    id: Annotated[str, Constraints(min_length=1, max_length=300), AfterValidator(_writable)]
    word: Word
    text: Annotated[str, Constraints(max_length=LONGEST), AfterValidator(_writable)] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.word == "corrected" and not self.text.strip():
            raise ValueError("corrects a line with nothing; write how it should read.")
        return self


class CardIn(Body):
    """What the customer says of some lines of the card."""

    lines: Annotated[list[LineIn], Field(min_length=1, max_length=MOST_LINES)]


@blueprint.errorhandler(LineUnknown)
def _unknown(error: LineUnknown) -> Response:
    return told(404, "line_unknown", str(error))


@blueprint.get("/widget/card")
@public
def card() -> ResponseReturnValue:
    """Give the lines of the card; none while nobody is needed."""
    services = _services()
    return jsonify(lines=card_lines(services, whose(services)))


@blueprint.post("/widget/card")
@public
def check() -> ResponseReturnValue:
    """Keep what the customer says of some lines, and give all."""
    services = _services()
    conversation = whose(services)
    body = parse_body(CardIn, request)
    said = [Said(one.id, one.word, one.text.strip()) for one in body.lines]
    return jsonify(lines=check_card(services, conversation, said))


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
