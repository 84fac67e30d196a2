"""The one table from an error to what HTTP says: a status, a code, and a sentence for a person."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from pydantic import ValidationError
from redis.exceptions import ClusterError, OutOfMemoryError, ReadOnlyError, TryAgainError
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow
from werkzeug.exceptions import HTTPException

from bot import errors as bot
from bot.audit_gate import AuditSlow, GapTooWide
from bot.customer import NotAnEmail
from bot.keeping import WrongTime
from bot.outgoing.endpoints import EndpointGone, WrongEndpoint
from bot.outgoing.office import AttemptGone
from bot.people import LastAdmin, LinkGone, PersonGone, SignInRefused
from bot.person_fields import WrongField
from bot.sessions import TooManyTries
from bot.suggest import HalfFilled
from bot.web.saying import refusal
from bot.web.schemas import BodyRefused
from bot.web.webhook import NotSigned, TooFast
from escalation import errors as escalation
from intents import errors as intents

log = structlog.get_logger(__name__)


class Said(NamedTuple):
    """What HTTP says of one kind of error; `retry_s` becomes Retry-After."""

    status: int
    code: str
    retry_s: int | None = None


class NotSignedIn(bot.BotError):
    """Raised when a page needs somebody signed in."""


class NotAllowed(bot.BotError):
    """Raised when somebody may not do what was asked, or another site asked in their name."""


TABLE: dict[type[Exception], Said] = {
    bot.EventReused: Said(422, "event_reused"),
    bot.TooManyWaiting: Said(429, "too_many_waiting", 5),
    bot.TurnPending: Said(503, "turn_pending", 1),
    bot.ConversationGone: Said(404, "conversation_gone"),
    bot.ConversationChanged: Said(409, "conversation_changed"),
    bot.DraftConflict: Said(409, "draft_conflict"),
    bot.NewerData: Said(503, "newer_data", 60),
    bot.SetupError: Said(503, "setup", 60),
    GapTooWide: Said(409, "audit_gap"),
    AuditSlow: Said(503, "audit_slow", 60),
    escalation.StoreUnavailable: Said(503, "store_unavailable", 2),
    escalation.TicketTaken: Said(409, "ticket_taken"),
    escalation.TicketGone: Said(409, "ticket_gone"),
    escalation.StaleToken: Said(409, "stale_token"),
    escalation.AgentFull: Said(409, "agent_full"),
    escalation.OfferGone: Said(409, "offer_gone"),
    escalation.PolicyError: Said(400, "policy_wrong"),
    intents.PackError: Said(400, "pack_wrong"),
    intents.UnderstandingError: Said(503, "model_unavailable", 2),
    intents.WeightsError: Said(503, "model_unavailable", 60),
    NotSignedIn: Said(401, "not_signed_in"),
    NotAllowed: Said(403, "not_allowed"),
    NotAnEmail: Said(400, "wrong_field"),
    SignInRefused: Said(401, "sign_in_refused"),
    TooManyTries: Said(429, "too_many_tries"),
    BodyRefused: Said(400, "malformed"),
    NotSigned: Said(401, "not_signed"),
    TooFast: Said(429, "too_fast"),
    EndpointGone: Said(404, "endpoint_gone"),
    AttemptGone: Said(404, "attempt_gone"),
    WrongEndpoint: Said(400, "wrong_field"),
    LinkGone: Said(404, "link_gone"),
    WrongTime: Said(400, "wrong_time"),
    HalfFilled: Said(400, "half_filled"),
    PersonGone: Said(404, "person_gone"),
    LastAdmin: Said(409, "last_admin"),
    WrongField: Said(400, "wrong_field"),
    ValidationError: Said(400, "wrong_field"),
    RecursionError: Said(400, "malformed"),
    UnicodeError: Said(400, "malformed"),
    RedisAway: Said(503, "store_unavailable", 2),
    RedisSlow: Said(503, "store_unavailable", 2),
    OutOfMemoryError: Said(503, "store_unavailable", 2),
    ReadOnlyError: Said(503, "store_unavailable", 2),
    ClusterError: Said(503, "store_unavailable", 2),
    TryAgainError: Said(503, "store_unavailable", 2),
}

STATUS = {
    400: ("malformed", "The request could not be understood. Check what was sent."),
    401: ("not_signed_in", "Sign in first."),
    403: ("not_allowed", "You may not do this."),
    404: ("not_found", "There is nothing at this address."),
    405: ("wrong_method", "This address takes another method."),
    408: ("too_slow", "The request did not arrive in time. Send it again."),
    409: ("conflict", "Somebody changed this meanwhile. Reload and try again."),
    413: ("too_large", "That is too large. Send less at once."),
    415: ("not_json", "Send JSON, with the header Content-Type: application/json."),
    422: ("unprocessable", "This does not fit what was sent before."),
    429: ("too_many", "Too many at once. Wait a moment and try again."),
    503: ("busy", "Too much is going on right now. Try again in a moment."),
}
HEADINGS = {
    400: "That could not be read",
    401: "Please sign in",
    403: "This is not open to you",
    404: "There is nothing here",
    409: "Somebody was faster",
    413: "That was too large",
    429: "A moment, please",
    500: "Something broke on our side",
    503: "Back in a moment",
}
UNKNOWN = "Something broke on our side. Nothing you typed is lost here; reload and try again."
STORE_AWAY = "Attune cannot reach its store right now. It tries again by itself; so can you."
QUIET = {"store_unavailable"}
RETRY_S = {429: 5, 503: 2}


def register(app: Flask) -> None:
    """Make every error of this app answer by the table."""
    for kind in TABLE:
        app.register_error_handler(kind, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def wants_html() -> bool:
    """Tell whether a browser asks for a page; whoever does not say gets JSON."""
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    return best == "text/html" and not request.is_json


def told(status: int, code: str, message: str, *, field: str | None = None) -> Response:
    """Give the answer of an error: JSON, or a page for a browser."""
    if wants_html():
        heading = HEADINGS.get(status, HEADINGS[400])
        page = render_template("error.html", status=status, heading=heading, message=message)
        return make_response(page, status)
    said = refusal(code, message, field)
    answer = jsonify(error={"code": code, "message": said, "field": field})
    answer.status_code = status
    return answer


def _known(error: Exception) -> Response:
    said = next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)
    sentence, field = _sentence(error, said)
    if said.status >= 500:
        log.warning("request_failed", code=said.code, error=str(error), path=_where())
    answer = told(said.status, said.code, sentence, field=field)
    retry_s = getattr(error, "retry_after_s", None) or said.retry_s
    if retry_s:
        answer.headers["Retry-After"] = str(math.ceil(retry_s))
    return answer


def _sentence(error: Exception, said: Said) -> tuple[str, str | None]:
    """Give what a person is told and the field it is about; never what only a log should know."""
    if isinstance(error, ValidationError):
        return _first_problem(error)
    if said.code in QUIET:
        return STORE_AWAY, None
    if isinstance(error, (RecursionError, UnicodeError)):
        return STATUS[400][1], None
    if isinstance(error, NotAnEmail):
        return str(error), "email"
    return str(error), getattr(error, "field", None)


def _first_problem(error: ValidationError) -> tuple[str, str | None]:
    first: Any = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or None
    problem = re.sub(r"^Value error, ", "", first["msg"])
    return (f"{field}: {problem}" if field else problem), field


def _where() -> str:
    """Give the address as its rule, for the log: a path may hold a sign-in link's secret."""
    return str(request.url_rule or "unknown")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    code, sentence = STATUS.get(status, STATUS[400])
    if status >= 500 and status not in STATUS:
        code, sentence = "broken", UNKNOWN
    answer = told(status, code, sentence)
    given = error.response.headers.items() if error.response else error.get_headers()
    for name, value in given:
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers[name] = value
    if status in RETRY_S:
        answer.headers.setdefault("Retry-After", str(RETRY_S[status]))
    return answer


def _unknown(error: Exception) -> Response:
    log.error("request_broke", path=_where(), exc_info=error)
    return told(500, "broken", UNKNOWN)
