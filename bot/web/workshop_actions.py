"""What an admin does to the draft: save, try, preview, add, remove, drop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from bot.errors import DraftConflict
from bot.packs import Draft
from bot.pieces import (
    REPLIES,
    Piece,
    add_intent,
    data_of,
    fingerprint,
    name_from,
    read_piece,
    remove_intent,
    write_piece,
)
from bot.preview import previewed
from bot.told import read_told, unused_intents, use_of_intents
from bot.trial import differences, try_out
from bot.web import workshop_forms
from bot.web.auth import signed_in
from bot.web.explaining import may_ask_why
from bot.web.schemas import Body, parse_body
from bot.web.workshop_draft import (
    MOST_BYTES,
    TRIES,
    changed,
    keep,
    note,
    problem_row,
    services_here,
    standing,
    workbench,
)
from bot.why import why_felt
from intents.errors import PackError
from intents.pack import INTENTS

blueprint = Blueprint("do", __name__)
LONGEST_SENTENCE = 4_000
WEEK_MS = 7 * 86_400_000
UNUSED_MS = 4 * WEEK_MS


class Saving(Body):
    """One piece as it should be; `was` is the fingerprint of what the page had before."""

    piece: list[str] = Field(min_length=1, max_length=20)
    value: Any
    was: str = Field(max_length=64)


class Trying(Body):
    """A sentence to try on the draft."""

    text: str = Field(min_length=1, max_length=LONGEST_SENTENCE)


class Previewing(Body):
    """A wording as it is being written, and the piece it belongs to."""

    text: str = Field(max_length=20_000)
    piece: list[str] = Field(default_factory=list, max_length=20)


class Creating(Body):
    """A new intent."""

    title: str = Field(min_length=1, max_length=200)
    phrases: list[str] = Field(max_length=20_000)
    reply: str = Field(max_length=4_000)


@blueprint.before_request
def allow_whole_files() -> None:
    """A pack is larger than what other pages may send."""
    request.max_content_length = MOST_BYTES


@blueprint.post("/draft")
@signed_in("admin")
def save() -> ResponseReturnValue:
    """Keep one piece in the draft; 409 with both texts when somebody changed the same piece."""
    body = parse_body(Saving, request)
    piece = tuple(body.piece)
    services = services_here()
    for _ in range(TRIES):
        draft = services.packs.draft()
        theirs = read_piece(draft.texts, piece)
        if fingerprint(theirs) not in {body.was, fingerprint(body.value)}:
            return _collision(draft, piece, theirs, body.value), 409
        texts = write_piece(draft.texts, piece, body.value)
        try:
            kept = keep(draft, texts, " ".join(body.piece))
        except DraftConflict:
            continue
        return jsonify(was=fingerprint(read_piece(kept.texts, piece)), **standing(kept))
    raise DraftConflict("The draft is being saved by several people at once; try again.")


@blueprint.post("/draft/drop")
@signed_in("admin")
def drop() -> ResponseReturnValue:
    """Forget all edits since the live version."""
    services = services_here()
    services.packs.drop_draft()
    note("draft_dropped", "")
    return redirect(url_for("workshop.overview"), 303)


@blueprint.post("/trial")
@signed_in("admin")
def trial() -> ResponseReturnValue:
    """Say what the draft would do with a sentence, and what the live version does."""
    text = parse_body(Trying, request).text
    services = services_here()
    live = services.packs.live()
    draft = services.packs.draft()
    now = try_out(services, live, text)
    try:
        made = workbench().ready(services.packs, draft.texts, live)
    except PackError as error:
        return jsonify(draft=None, live=now.to_row(), problem=problem_row(draft.texts, error))
    then = now if draft.is_new else try_out(services, made, text)
    titles = {one.name: one.title for one in (*live.pack.intents, *made.pack.intents)}
    return jsonify(
        draft=then.to_row(),
        live=now.to_row(),
        live_version=live.version,
        differences=differences(then, now, titles),
        problem=None,
    )


@blueprint.post("/why")
@signed_in("admin")
def why() -> ResponseReturnValue:
    """Say which words of a sentence carried its feelings."""
    text = parse_body(Trying, request).text
    may_ask_why()
    services = services_here()
    return jsonify(why_felt(services, services.packs.live(), text))


@blueprint.post("/preview")
@signed_in("admin")
def preview() -> ResponseReturnValue:
    """Fill a wording with samples and with nothing known; say what is wrong and what could be."""
    body = parse_body(Previewing, request)
    texts = services_here().packs.draft().texts
    return jsonify(previewed(body.text, tuple(body.piece), texts, workshop_forms.SAMPLES))


@blueprint.get("/checks")
@signed_in("admin")
def checks() -> ResponseReturnValue:
    """Fit the draft and give its warnings, its accuracy, and how often each intent was used."""
    services = services_here()
    draft, now = services.packs.draft(), services.clock()
    found, cut = read_told(services, now - UNUSED_MS)
    used = use_of_intents(found, now - WEEK_MS)
    try:
        report = workbench().report(services.packs, draft.texts)
        unused = [] if cut else unused_intents(found, now - UNUSED_MS, draft.texts)
    except PackError as error:
        return jsonify(problem=problem_row(draft.texts, error), warnings=[], used=used, unused=[])
    live = services.packs.live_number()
    known = [one.report for one in services.packs.versions() if one.number == live]
    old = set(known[0].get("warnings", ())) if known else set()
    new = [one for one in report["warnings"] if one not in old]
    return jsonify(problem=None, used=used, unused=unused, new_warnings=new, **report)


@blueprint.get("/intents/<path:name>/lint")
@signed_in("admin")
def phrase_lint(name: str) -> ResponseReturnValue:
    """Say what there is to say of an intent's phrases in the draft."""
    services = services_here()
    texts = services.packs.draft().texts
    return jsonify(workbench().phrases(services.packs, texts, name).to_row())


@blueprint.post("/intents")
@signed_in("admin")
def create() -> ResponseReturnValue:
    """Add an intent with its phrases and first wording to the draft."""
    body = parse_body(Creating, request)

    def change(texts: Mapping[str, str]) -> tuple[dict[str, str], str]:
        rows = data_of(texts, INTENTS).get("intents") or ()
        taken = [str(one.get("name")) for one in rows]
        taken += list(data_of(texts, REPLIES).get("replies") or {})
        name = name_from(body.title, taken)
        return add_intent(texts, name, body.title, body.phrases, body.reply), name

    draft, name = changed(change)
    return jsonify(name=name, url=url_for("workshop.intent", name=name), **standing(draft))


@blueprint.post("/intents/<path:name>/remove")
@signed_in("admin")
def remove(name: str) -> ResponseReturnValue:
    """Take an intent and its reply out of the draft."""
    changed(lambda texts: (remove_intent(texts, name), name))
    return redirect(url_for("workshop.overview"), 303)


def _collision(draft: Draft, piece: Piece, theirs: Any, yours: Any) -> Response:
    mine = draft.author == g.person.name
    who = (
        "You changed this in another window"
        if mine
        else f"{draft.author or 'A publish'} changed this"
    )
    message = f"{who} while you were writing. Both texts are kept; choose one, or join them."
    return jsonify(
        error={"code": "draft_conflict", "message": message, "field": None},
        theirs=theirs,
        yours=yours,
        was=fingerprint(theirs),
        piece=piece,
    )
