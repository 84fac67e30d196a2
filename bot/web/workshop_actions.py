"""What an admin does in the workshop: save, try, preview, publish, restore, import and export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Blueprint, Response, current_app, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field
from werkzeug.exceptions import NotFound

from bot.changes import changes
from bot.errors import DraftConflict
from bot.packs import Draft
from bot.pieces import (
    REPLIES,
    Piece,
    PieceError,
    add_intent,
    data_of,
    fingerprint,
    name_from,
    piece_at,
    read_piece,
    remove_intent,
    write_piece,
)
from bot.preview import previewed
from bot.services import Services
from bot.told import read_told, use_of_intents
from bot.trial import Workbench, differences, try_out
from bot.web import workshop_forms
from bot.web.auth import signed_in
from bot.web.schemas import Body, parse_body
from intents.errors import PackError
from intents.pack import INTENTS, PACK_FILES

blueprint = Blueprint("do", __name__)
MOST_BYTES = 16 * 1024 * 1024
LONGEST_SENTENCE = 4_000
LONGEST_WHY = 300
WEEK_MS = 7 * 86_400_000
TRIES = 5


class Saving(Body):
    """One piece as it should be; `was` is the fingerprint of what the page had before."""

    piece: list[str] = Field(min_length=1, max_length=20)
    value: Any
    was: str = Field(max_length=64)


class Trying(Body):
    """A sentence to try on the draft."""

    text: str = Field(min_length=1, max_length=LONGEST_SENTENCE)


class Previewing(Body):
    """A wording as it is being written."""

    text: str = Field(max_length=20_000)


class Creating(Body):
    """A new intent."""

    title: str = Field(min_length=1, max_length=200)
    phrases: list[str] = Field(max_length=20_000)
    reply: str = Field(max_length=4_000)


class Adding(Body):
    """One phrase for an intent, None for messages to refuse."""

    intent: str | None = None
    phrase: str = Field(min_length=1, max_length=LONGEST_SENTENCE)


class Publishing(Body):
    """The draft as it was seen, and why it should go live."""

    revision: int
    why: str = Field(max_length=LONGEST_WHY)


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
    services = _services()
    for _ in range(TRIES):
        draft = services.packs.draft()
        theirs = read_piece(draft.texts, piece)
        if fingerprint(theirs) not in {body.was, fingerprint(body.value)}:
            return _collision(draft, piece, theirs, body.value), 409
        texts = write_piece(draft.texts, piece, body.value)
        try:
            kept = _keep(draft, texts)
        except DraftConflict:
            continue
        return jsonify(was=fingerprint(read_piece(kept.texts, piece)), **_standing(kept))
    raise DraftConflict("The draft is being saved by several people at once; try again.")


@blueprint.post("/draft/drop")
@signed_in("admin")
def drop() -> ResponseReturnValue:
    """Forget all edits since the live version."""
    services = _services()
    services.packs.drop_draft()
    _note("draft_dropped", "")
    return redirect(url_for("workshop.overview"), 303)


@blueprint.post("/trial")
@signed_in("admin")
def trial() -> ResponseReturnValue:
    """Say what the draft would do with a sentence, and what the live version does."""
    text = parse_body(Trying, request).text
    services = _services()
    live = services.packs.live()
    draft = services.packs.draft()
    now = try_out(services, live, text)
    try:
        made = _workbench().ready(services.packs, draft.texts, live)
    except PackError as error:
        return jsonify(draft=None, live=now.to_row(), problem=_problem(draft.texts, error))
    then = now if draft.is_new else try_out(services, made, text)
    titles = {one.name: one.title for one in (*live.pack.intents, *made.pack.intents)}
    return jsonify(
        draft=then.to_row(),
        live=now.to_row(),
        live_version=live.version,
        differences=differences(then, now, titles),
        problem=None,
    )


@blueprint.post("/preview")
@signed_in("admin")
def preview() -> ResponseReturnValue:
    """Fill a wording with sample values and with nothing known, or say what is wrong with it."""
    text = parse_body(Previewing, request).text
    return jsonify(previewed(text, _services().packs.draft().texts, workshop_forms.SAMPLES))


@blueprint.get("/checks")
@signed_in("admin")
def checks() -> ResponseReturnValue:
    """Fit the draft and give its warnings, its accuracy, and how often each intent was used."""
    services = _services()
    draft, since_ms = services.packs.draft(), services.clock() - WEEK_MS
    found, _ = read_told(services, since_ms)
    used = use_of_intents(found, since_ms)
    try:
        report = _workbench().report(services.packs, draft.texts)
    except PackError as error:
        return jsonify(problem=_problem(draft.texts, error), warnings=[], used=used)
    live = services.packs.live_number()
    known = [one.report for one in services.packs.versions() if one.number == live]
    old = set(known[0].get("warnings", ())) if known else set()
    new = [one for one in report["warnings"] if one not in old]
    return jsonify(problem=None, used=used, new_warnings=new, **report)


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

    draft, name = _changed(change)
    return jsonify(name=name, url=url_for("workshop.intent", name=name), **_standing(draft))


@blueprint.post("/intents/<path:name>/remove")
@signed_in("admin")
def remove(name: str) -> ResponseReturnValue:
    """Take an intent and its reply out of the draft."""
    _changed(lambda texts: (remove_intent(texts, name), name))
    return redirect(url_for("workshop.overview"), 303)


@blueprint.post("/phrases")
@signed_in("admin")
def add_phrase() -> ResponseReturnValue:
    """Add one phrase, such as a message that was refused, to an intent of the draft."""
    body = parse_body(Adding, request)
    piece: Piece = ("intent", body.intent, "phrases") if body.intent else ("out_of_scope",)
    phrase = " ".join(body.phrase.split())

    def change(texts: Mapping[str, str]) -> tuple[dict[str, str], str]:
        phrases = read_piece(texts, piece)
        more = phrases if phrase in phrases else [*phrases, phrase]
        return write_piece(texts, piece, more), phrase

    draft, _ = _changed(change)
    return jsonify(piece=piece, **_standing(draft))


@blueprint.post("/publish")
@signed_in("admin")
def publish() -> ResponseReturnValue:
    """Make the draft live, if it is still the one that was looked at."""
    body = parse_body(Publishing, request)
    services = _services()
    draft = services.packs.draft()
    if draft.revision != body.revision:
        raise DraftConflict(
            "The draft was changed after you opened this page. Reload it to see all that would "
            "be published; your reason is kept."
        )
    if not body.why.strip():
        raise PieceError("Say in a few words why, so that colleagues understand it later.")
    try:
        made = services.packs.publish(
            draft.texts, g.person.name, body.why.strip(), services.clock()
        )
    except PackError as error:
        message = f"{error} Version {services.packs.live_number()} keeps answering."
        problem = _problem(draft.texts, error)
        return jsonify(error={"code": "pack_wrong", "message": message}, problem=problem), 400
    _note("pack_published", f"version {made.number}")
    url = url_for("workshop.history", done=made.number)
    return jsonify(version=made.number, url=url, report=made.report)


@blueprint.post("/history/<int:number>/restore")
@signed_in("admin")
def restore(number: int) -> ResponseReturnValue:
    """Make an earlier version live again."""
    services = _services()
    if number not in {one.number for one in services.packs.versions(500)}:
        raise NotFound
    services.packs.roll_back(number)
    _note("pack_restored", f"version {number}")
    return redirect(url_for("workshop.history", done=number), 303)


@blueprint.get("/export")
@signed_in("admin")
def export() -> ResponseReturnValue:
    """Give the draft, or a published version, as a zip of its files."""
    packs = _services().packs
    number = request.args.get("version", type=int)
    texts = packs.version(number).pack.texts if number else packs.draft().texts
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in PACK_FILES:
            archive.writestr(file, texts.get(file, ""))
    name = f"attune-pack-{f'version-{number}' if number else 'draft'}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(place.getvalue(), mimetype="application/zip", headers=headers)


@blueprint.post("/import")
@signed_in("admin")
def import_files() -> ResponseReturnValue:
    """Put the files of a zip, or single files, into the draft; nothing is published."""
    found = dict(_uploaded())
    if not found:
        raise PieceError(f"No pack file was found; send {', '.join(PACK_FILES)}, or a zip of them.")

    def change(texts: Mapping[str, str]) -> tuple[dict[str, str], str]:
        changed = dict(texts)
        for file, text in found.items():
            changed = write_piece(changed, ("file", file), text)
        return changed, ""

    draft, _ = _changed(change)
    return jsonify(files=sorted(found), url=url_for("workshop.publish"), **_standing(draft))


def _uploaded() -> Any:
    for upload in request.files.getlist("files"):
        name, content = (upload.filename or "").rsplit("/", 1)[-1], upload.read()
        if name.endswith(".zip"):
            yield from _unzipped(content)
        elif name in PACK_FILES:
            yield name, _decoded(name, content)


def _unzipped(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inside in archive.infolist():
                name = inside.filename.rsplit("/", 1)[-1]
                if name in PACK_FILES:
                    if inside.file_size > MOST_BYTES:
                        raise PieceError(f"{name} in the zip is too large.")
                    yield name, _decoded(name, archive.read(inside))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise PieceError("The zip cannot be read; make it anew, without a password.") from error


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PieceError(f"{name} is not UTF-8 text; save it as UTF-8.") from error


def _changed(
    change: Callable[[Mapping[str, str]], tuple[dict[str, str], str]],
) -> tuple[Draft, str]:
    """Change the newest draft, again if somebody was faster."""
    for _ in range(TRIES):
        draft = _services().packs.draft()
        texts, told = change(draft.texts)
        try:
            return _keep(draft, texts), told
        except DraftConflict:
            continue
    raise DraftConflict("The draft is being saved by several people at once; try again.")


def _keep(draft: Draft, texts: Mapping[str, str]) -> Draft:
    if dict(texts) == dict(draft.texts):
        return draft
    services = _services()
    return services.packs.save_draft(texts, draft.revision, g.person.name, services.clock())


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


def _standing(draft: Draft) -> dict[str, Any]:
    """What a page shows of the draft after a save: how much differs, and what stands in the way."""
    live = _services().packs.live()
    found: dict[str, Any] = {"revision": draft.revision, "saved_ms": draft.at_ms, "problem": None}
    try:
        _workbench().check(draft.texts)
        found["changes"] = len(changes(live.pack.texts, draft.texts))
    except PackError as error:
        found |= {"problem": _problem(draft.texts, error), "changes": None}
    return found


def _problem(texts: Mapping[str, str], error: PackError) -> dict[str, Any]:
    piece = piece_at(texts, error.file, error.line)
    return {
        "file": error.file,
        "line": error.line,
        "problem": error.problem,
        "remedy": error.remedy,
        "piece": piece,
        "url": workshop_forms.url_of(piece),
        "sentence": str(error),
    }


def _note(what: str, about: str) -> None:
    services = _services()
    services.people.audit(g.person.id, what, about, services.clock())


def _workbench() -> Workbench:
    return cast("Workbench", current_app.extensions["attune_workbench"])


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services
