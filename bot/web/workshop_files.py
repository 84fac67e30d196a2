"""Packs as files: taken along, and brought back into the draft."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from bot.changes import Change, changes
from bot.errors import BotError, DraftConflict
from bot.packs import Draft, check_pack
from bot.pieces import PieceError, fingerprint, write_piece
from bot.web.auth import signed_in
from bot.web.errors import told
from bot.web.workshop_draft import MOST_BYTES, keep, note, services_here, standing
from intents.errors import PackError
from intents.pack import PACK_FILES, parse_pack
from intents.pack_yaml import parse_yaml, text_of

blueprint = Blueprint("files", __name__)
SHOWN = 60


@blueprint.before_request
def allow_whole_files() -> None:
    """A pack is larger than what other pages may send."""
    request.max_content_length = MOST_BYTES


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


@blueprint.post("/import/look")
@signed_in("admin")
def look() -> ResponseReturnValue:
    """Say in words what files would change, against the live version; nothing is kept."""
    packs = services_here().packs
    found, left_out = _uploaded()
    draft, live = packs.draft(), packs.live()
    texts = {**draft.texts, **found}
    seen = changes(live.pack.texts, {**live.pack.texts, **found})
    return jsonify(
        files=sorted(found),
        left_out=left_out,
        seen=_mark(draft, found),
        live_version=live.version,
        groups=_grouped(seen),
        replaced=_replaced(live.pack.texts, draft, found),
        replaced_by=draft.author,
        problem=_problem(texts, found),
    )


@blueprint.post("/import")
@signed_in("admin")
def import_files() -> ResponseReturnValue:
    """Put files that were looked at into the draft; nothing is published."""
    packs = services_here().packs
    found, _ = _uploaded()
    draft = packs.draft()
    if request.form.get("seen") != _mark(draft, found):
        raise DraftConflict("The draft or the files changed since you looked; look again.")
    texts: Mapping[str, str] = {**draft.texts, **found}
    _problem(texts, found)
    for file, text in found.items():
        write_piece(draft.texts, ("file", file), text)  # refuses what no file may hold
    kept = keep(draft, texts)
    note("pack_imported", ", ".join(sorted(found)))
    return jsonify(files=sorted(found), url=url_for("workshop.publish"), **standing(kept))


def _problem(texts: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Give what keeps the draft from being published then; raises PackError if it is in a file.

    A file that is wrong by itself is refused. What another file lacks can still be written.
    """
    for file, text in found.items():
        parse_yaml(file, text)
    try:
        check_pack(parse_pack(texts))
    except PackError as error:
        if error.file in found and error.line is not None:
            raise
        return str(error)
    return ""


def _replaced(live: Mapping[str, str], draft: Draft, found: Mapping[str, str]) -> list[str]:
    """Give the draft's own edits in the files that would be replaced, as sentences."""
    if draft.is_new:
        return []
    try:
        edits = changes(live, {**live, **{file: draft.texts[file] for file in found}})
    except PackError as error:
        return [str(error)]
    return [one.sentence for one in edits]


def _grouped(seen: Sequence[Change]) -> list[dict[str, Any]]:
    """Give changes as what is added, changed and lost, each with the words that went and came."""
    groups: dict[str, list[dict[str, Any]]] = {"added": [], "changed": [], "lost": []}
    for one in seen:
        kind = "changed" if bool(one.gone) == bool(one.new) else "added" if one.new else "lost"
        groups[kind].append(
            {
                "sentence": one.sentence,
                "gone": one.gone[:SHOWN],
                "new": one.new[:SHOWN],
                "more": max(0, len(one.gone) - SHOWN) + max(0, len(one.new) - SHOWN),
            }
        )
    return [{"kind": kind, "changes": rows} for kind, rows in groups.items() if rows]


def _mark(draft: Draft, found: Mapping[str, str]) -> str:
    return fingerprint([draft.revision, draft.base, dict(found)])


def _uploaded() -> tuple[dict[str, str], list[str]]:
    """Give the pack's files by name, and names of what else was sent.

    Raises PieceError and PackError.
    """
    found: dict[str, str] = {}
    left_out: list[str] = []
    for name, content in _sent():
        if name not in PACK_FILES:
            left_out.append(name)
        elif name in found:
            raise PieceError(f"{name} is there twice; send one of them.")
        else:
            found[name] = text_of(name, content)
    if not found:
        raise PieceError(f"No pack file was found; send {', '.join(PACK_FILES)}, or a zip of them.")
    return found, left_out


def _sent() -> Iterator[tuple[str, bytes]]:
    try:
        uploads = request.files.getlist("files")
    except RequestEntityTooLarge as error:
        size = request.content_length or 0
        raise TooMuch(
            f"The files have {size / 1_048_576:.0f} MB together; {MOST_BYTES // 1_048_576} MB is "
            "the most. A pack of 40 intents has less than one."
        ) from error
    for upload in uploads:
        name, content = (upload.filename or "").rsplit("/", 1)[-1], upload.read()
        upload.close()
        if name.endswith(".zip"):
            yield from _unzipped(content)
        else:
            yield name, content


def _unzipped(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inside in archive.infolist():
                name = inside.filename.rsplit("/", 1)[-1]
                if name in PACK_FILES and inside.file_size > MOST_BYTES:
                    raise PieceError(f"{name} in the zip is too large: {inside.file_size:,} bytes.")
                if name:
                    yield name, archive.read(inside) if name in PACK_FILES else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise PieceError("The zip cannot be read; make it anew, without a password.") from error


class TooMuch(BotError):
    """Raised when more was sent than a pack can have."""


@blueprint.errorhandler(TooMuch)
def too_much(error: TooMuch) -> ResponseReturnValue:
    """Say how much it was."""
    return told(413, "too_large", str(error))
