"""Publishing a draft, going back to an earlier version, and packs as files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field
from werkzeug.exceptions import NotFound

from bot.errors import DraftConflict
from bot.gates import GatesClosed, override_row, pass_gates
from bot.pieces import PieceError, write_piece
from bot.web.auth import signed_in
from bot.web.schemas import Body, parse_body
from bot.web.workshop_cases import shown_results
from bot.web.workshop_draft import (
    MOST_BYTES,
    changed,
    note,
    problem_row,
    services_here,
    standing,
    workbench,
)
from bot.web.workshop_forms import titles, url_of
from intents.errors import PackError
from intents.pack import PACK_FILES

blueprint = Blueprint("versions", __name__)
LONGEST_WHY = 300


class Publishing(Body):
    """The draft as it was seen, and why it should go live.

    `accepted` are the gates it should go live in spite of, `anyway` says why.
    """

    revision: int
    why: str = Field(max_length=LONGEST_WHY)
    accepted: list[str] = Field(default_factory=list, max_length=10)
    anyway: str = Field(default="", max_length=LONGEST_WHY)


@blueprint.before_request
def allow_whole_files() -> None:
    """A pack is larger than what other pages may send."""
    request.max_content_length = MOST_BYTES


@blueprint.post("/publish")
@signed_in("admin")
def publish() -> ResponseReturnValue:
    """Make the draft live, if it is still the one looked at, and its wordings and audit pass."""
    body = parse_body(Publishing, request)
    services = services_here()
    draft = services.packs.draft()
    if draft.revision != body.revision:
        raise DraftConflict(
            "The draft was changed after you opened this page. Reload it to see all that would "
            "be published; your reason is kept."
        )
    if not body.why.strip():
        raise PieceError("Say in a few words why, so that colleagues understand it later.")
    try:
        ready = workbench().ready(services.packs, draft.texts, services.packs.live())
        wordings = workbench().wordings(draft.texts)
        accepted = body.accepted if body.anyway.strip() else ()
        override = pass_gates(ready, wordings, services.reader, accepted)
        made = services.packs.publish(
            draft.texts,
            g.person.name,
            body.why.strip(),
            services.clock(),
            body.revision,
            override_row(override, body.anyway.strip()),
        )
    except GatesClosed as error:
        return _refused(error, titles(draft.texts))
    except PackError as error:
        message = f"{error} Version {services.packs.live_number()} keeps answering."
        problem = problem_row(draft.texts, error)
        return jsonify(error={"code": "pack_wrong", "message": message}, problem=problem), 400
    for one in override:
        note("gate_overridden", f"version {made.number}: {one.about}")
    note("pack_published", f"version {made.number}")
    url = url_for("workshop.history", done=made.number)
    return jsonify(version=made.number, url=url, report=made.report)


def _refused(error: GatesClosed, names: Mapping[str, str]) -> ResponseReturnValue:
    """Tell every gate that refused the draft; each is written into the audit trail."""
    for one in error.refused:
        note("publish_refused", one.about)
    live = services_here().packs.live_number()
    first = error.refused[0]
    rows = [
        {
            "code": one.code,
            "sentence": one.sentence,
            "url": url_of(one.piece) if one.piece else None,
            "cases": shown_results(one.cases, names),
        }
        for one in error.refused
    ]
    told = {"code": first.code, "message": f"{error} Version {live} keeps answering."}
    return jsonify(error=told, url=rows[0]["url"], refused=rows), 409


@blueprint.post("/history/<int:number>/restore")
@signed_in("admin")
def restore(number: int) -> ResponseReturnValue:
    """Make an earlier version live again."""
    services = services_here()
    if number not in {one.number for one in services.packs.versions(500)}:
        raise NotFound
    services.packs.roll_back(number)
    note("pack_restored", f"version {number}")
    return redirect(url_for("workshop.history", done=number), 303)


@blueprint.get("/export")
@signed_in("admin")
def export() -> ResponseReturnValue:
    """Give the draft, or a published version, as a zip of its files."""
    packs = services_here().packs
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

    draft, _ = changed(change)
    return jsonify(files=sorted(found), url=url_for("workshop.publish"), **standing(draft))


def _uploaded() -> Iterator[tuple[str, str]]:
    for upload in request.files.getlist("files"):
        name, content = (upload.filename or "").rsplit("/", 1)[-1], upload.read()
        if name.endswith(".zip"):
            yield from _unzipped(content)
        elif name in PACK_FILES:
            yield name, _decoded(name, content)


def _unzipped(content: bytes) -> Iterator[tuple[str, str]]:
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
