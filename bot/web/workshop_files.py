"""Packs as files: taken along, and brought back into the draft."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from bot.pieces import PieceError, write_piece
from bot.web.auth import signed_in
from bot.web.workshop_draft import MOST_BYTES, changed, services_here, standing
from intents.pack import PACK_FILES

blueprint = Blueprint("files", __name__)


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
