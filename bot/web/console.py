"""The desk: where people read the whole story and take over. Routes parse, call and shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from flask import Blueprint, Response, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from bot.clocks import open_hours
from bot.desk import Desk
from bot.duty import too_many
from bot.live import Wake
from bot.own_card import card_for_desk
from bot.people import Person, PersonGone
from bot.pipeline import order
from bot.push import come_back, offer_soon, sent_away
from bot.services import Services
from bot.view import (
    STORY,
    View,
    breached_rows,
    conversation_for_desk,
    desk_lists,
    found_rows,
    sending_rows,
)
from bot.web.auth import signed_in, stays_signed_in
from bot.web.bodies import (
    Acting,
    Claiming,
    Closing,
    Heartbeat,
    Holding,
    Noting,
    Replying,
    Transferring,
)
from bot.web.explaining import may_ask_why
from bot.web.language import blueprint as language
from bot.web.looks import note_look
from bot.web.saying import desk_words
from bot.web.schemas import parse_body
from bot.web.streams import Event, event_stream
from bot.web.writing import blueprint as writing
from bot.why import why_read
from escalation.ticket import Ticket

blueprint = Blueprint("console", __name__)
blueprint.register_blueprint(writing)
blueprint.register_blueprint(language)
VIEWS: dict[str, View] = {one: one for one in get_args(View)}
IDS = "/desk/conversations/<conversation>"
LONGEST_QUERY = 200
NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
ENTRY_ID = re.compile(r"[0-9]{1,18}-[0-9]{1,18}", re.ASCII)


@blueprint.get("/desk")
@signed_in("agent")
def desk() -> ResponseReturnValue:
    """Give the desk's page; its modules fetch everything else."""
    services = _services()
    state = services.presence.state(g.person.id, services.clock())
    return render_template("desk.html", state=state, **desk_words())


@blueprint.get("/desk/stream")
@signed_in("agent")
def stream() -> ResponseReturnValue:
    """Stream what changed, by id only; what it is must be asked for, and is checked then."""
    live = _services().live
    return event_stream(live, live.subscribe_desk, _news, stays_signed_in())


@blueprint.get("/desk/tickets")
@signed_in("agent")
def tickets() -> ResponseReturnValue:
    """Give one list with the counts of all; a count is never smaller than its list."""
    view = VIEWS.get(request.args.get("view", "waiting"))
    if view is None:
        raise BadRequest
    services = _services()
    lists = desk_lists(services, view, g.person.id)
    breached = breached_rows(services) if g.person.is_admin else []
    hours = open_hours(services)
    return jsonify(**lists, breached=breached, hours=hours)


@blueprint.get("/desk/search")
@signed_in("agent")
def search() -> ResponseReturnValue:
    """Give conversations with all words of `q`, newest first; `before` goes on where one ended."""
    query, before = request.args.get("q", ""), request.args.get("before", "")
    holder_is = request.args.get("with", "")
    if len(query) > LONGEST_QUERY or not before.isascii() or not (before or "0").isdigit():
        raise BadRequest
    services = _services()
    found = services.search.find(query, services.clock(), int(before) if before else None)
    rows = found_rows(services, found, holder_is)
    return jsonify(tickets=rows, before=found.before_ms)


@blueprint.get(IDS)
@signed_in("agent")
def conversation(conversation: str) -> ResponseReturnValue:
    """Give the story of one conversation, with its handoff card; the look is noted.

    `newest` asks for its end alone, `after` for the entries after one that is known.
    """
    newest, after = request.args.get("newest", ""), request.args.get("after", "")
    if (newest and not NUMBER.fullmatch(newest)) or (after and not ENTRY_ID.fullmatch(after)):
        raise BadRequest
    services = _services()
    story = conversation_for_desk(services, conversation, min(STORY, int(newest or STORY)))
    note_look(services, conversation)
    titles = {one.name: one.title for one in services.packs.live().pack.intents}
    card = card_for_desk(services, story, titles)
    entries = [one for one in story["entries"] if not after or order(one["id"]) > order(after)]
    return jsonify({**story, "entries": entries, "card": card, "titles": titles})


@blueprint.get(f"{IDS}/readings/<entry>/why")
@signed_in("agent")
def why(conversation: str, entry: str) -> ResponseReturnValue:
    """Say why a message was read so: it is read again with the pack of then, nothing is kept."""
    if not ENTRY_ID.fullmatch(entry):
        raise NotFound
    may_ask_why()
    services = _services()
    note = services.conversations.entry(conversation, entry)
    if note.kind != "reading" or not note.data["reading"]:
        raise NotFound
    note_look(services, conversation)
    made = services.packs.version(note.data["pack_version"])
    return jsonify(why_read(services, made, note.data["text"], note.data["reading"]))


@blueprint.post(f"{IDS}/claim")
@signed_in("agent")
def claim(conversation: str) -> ResponseReturnValue:
    """Take the ticket of a conversation."""
    body = parse_body(Claiming, request)
    if body.ticket.rpartition("#")[0] != conversation:
        raise BadRequest
    ticket = _desk().claim(g.person, body.ticket, body.op)
    return jsonify(ticket=ticket.to_row(), warning=too_many(_services(), g.person))


@blueprint.post("/desk/next")
@signed_in("agent")
def claim_next() -> ResponseReturnValue:
    """Take whoever is due first; `ticket` is null when nobody waits, or colleagues are free for
    those who do.
    """
    ticket = _desk().claim_next(g.person, parse_body(Acting, request).op)
    left = _services().queue.counts()["waiting"] if ticket is None else 0
    return jsonify(ticket=ticket.to_row() if ticket else None, left=left)


@blueprint.post(f"{IDS}/step-in")
@signed_in("agent")
def step_in(conversation: str) -> ResponseReturnValue:
    """Join a conversation the bot is in."""
    return _taken(_desk().step_in(g.person, conversation, parse_body(Acting, request).op))


@blueprint.post(f"{IDS}/reply")
@signed_in("agent")
def reply(conversation: str) -> ResponseReturnValue:
    """Say something to the customer, at once or in five seconds."""
    body = parse_body(Replying, request)
    if body.later:
        promise = body.promise.model_dump() if body.promise else None
        kept = _desk().send(g.person, conversation, body.token, body.text, body.op, promise)
        return jsonify(sending=sending_rows(kept, _services().clock()))
    entry = _desk().reply(g.person, conversation, body.token, body.text, body.op)
    return jsonify(entry=entry.to_row())


@blueprint.post(f"{IDS}/note")
@signed_in("agent")
def note(conversation: str) -> ResponseReturnValue:
    """Leave a note that only colleagues see."""
    body = parse_body(Noting, request)
    return jsonify(entry=_desk().note(g.person, conversation, body.text, body.op).to_row())


@blueprint.post(f"{IDS}/release")
@signed_in("agent")
def release(conversation: str) -> ResponseReturnValue:
    """Put a conversation back in line, at its old place."""
    body = parse_body(Holding, request)
    _desk().release(g.person, conversation, body.token)
    offer_soon(_services())
    return jsonify(ok=True)


@blueprint.post(f"{IDS}/transfer")
@signed_in("agent")
def transfer(conversation: str) -> ResponseReturnValue:
    """Hand a conversation to a colleague."""
    body = parse_body(Transferring, request)
    to = _colleague(body.to)
    _desk().transfer(g.person, conversation, body.token, to, body.note, body.op)
    return jsonify(ok=True, to=to.first_name)


@blueprint.post(f"{IDS}/resolve")
@signed_in("agent")
def resolve(conversation: str) -> ResponseReturnValue:
    """Close the ticket; the customer is asked how it went."""
    body = parse_body(Closing, request)
    _desk().resolve(g.person, conversation, body.token, body.op, body.spared)
    offer_soon(_services())
    return jsonify(ok=True)


@blueprint.post(f"{IDS}/hand-back")
@signed_in("agent")
def hand_back(conversation: str) -> ResponseReturnValue:
    """Give a conversation back to the bot."""
    body = parse_body(Closing, request)
    _desk().hand_back(g.person, conversation, body.token, body.op, body.spared)
    offer_soon(_services())
    return jsonify(ok=True)


@blueprint.post(f"{IDS}/typing")
@signed_in("agent")
def typing(conversation: str) -> ResponseReturnValue:
    """Tell customer and colleagues that somebody is writing; never stored."""
    _services().live.typing(conversation, "agent", g.person.first_name, g.person.id)
    return "", 204


@blueprint.post("/desk/heartbeat")
@signed_in("agent")
def heartbeat() -> ResponseReturnValue:
    """Note that this person is here and still holds these tickets; give those they lost.

    Whether they take conversations is what they last chose at any of their desks.
    """
    body, services = parse_body(Heartbeat, request), _services()
    if body.chosen:
        come_back(services, g.person.id)
    away = sent_away(services, g.person.id)
    available, finishing = _chosen(services, body)
    available = available and not away
    lost = Desk(services).heartbeat(g.person, body.tokens, available=available, finishing=finishing)
    told = {"available": available, "finishing": finishing, "sent_away": away}
    on_duty = services.presence.available(services.clock())
    return jsonify(lost=lost, on_duty=len(on_duty), **told)


@blueprint.get("/desk/team")
@signed_in("agent")
def team() -> ResponseReturnValue:
    """Give the colleagues a conversation can be handed to, and whether they are here."""
    services = _services()
    now = services.clock()
    colleagues = [one for one in services.people.all() if one.joined and one.id != g.person.id]
    return jsonify(
        team=[
            {"id": one.id, "name": one.name, "state": services.presence.state(one.id, now)}
            for one in colleagues
        ]
    )


def _news(wake: Wake) -> Iterable[Event]:
    """Give the events of a wake: ids and names, never what somebody wrote."""
    if wake.queue:
        yield Event("queue", {})
    for one in sorted(wake.conversations):
        yield Event("conversation", {"conversation": one})
    for typed in wake.typing:
        yield Event("typing", typed)


def _chosen(services: Services, body: Heartbeat) -> tuple[bool, bool]:
    """Give whether one is available and only finishes: a beat without a choice changes neither."""
    state = services.presence.state(g.person.id, services.clock())
    if body.chosen or state == "gone":
        return body.available, body.finishing
    return state != "away", state == "finishing" or (state == "away" and body.finishing)


def _taken(ticket: Ticket | None) -> Response:
    return jsonify(ticket=ticket.to_row() if ticket else None)


def _colleague(person_id: str) -> Person:
    person = _services().people.get(person_id)
    if not person or not person.joined:
        raise PersonGone("This colleague was removed meanwhile; choose another.")
    return person


def _desk() -> Desk:
    return Desk(_services())


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
