"""The workshop's learning inbox: groups of messages, each decided on at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, cast

from flask import Blueprint, current_app, jsonify, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from pydantic import Field

from bot.inbox import Item, inbox, key
from bot.inbox_groups import InboxVectors, lots
from bot.pieces import (
    REPLIES,
    Piece,
    PieceError,
    add_intent,
    data_of,
    labelled_in,
    name_from,
    read_piece,
    write_piece,
)
from bot.redact import redacted
from bot.told import read_told
from bot.web import workshop_forms
from bot.web.auth import signed_in
from bot.web.schemas import Body, parse_body
from bot.web.workshop_draft import MOST_BYTES, changed, services_here, shelf, standing
from bot.web.workshop_replies import field

blueprint = Blueprint("inbox", __name__)
SPAN_MS = 28 * 86_400_000
SHOWN = 40
READ_FIRST = 100
READ_MORE = 300
CAUSE_WORDS: Mapping[str, str] = {
    "refused": "not understood",
    "unsure": "answered unsure",
    "again": "asked again",
    "not_quite": "“Not quite”",
    "rated": "rated 1 or 2",
}


class Deciding(Body):
    """Where texts go: to an intent, to a new one of this title, or to what is to be refused."""

    to: str = Field(pattern="^(intent|new|refuse)$")
    name: str = Field("", max_length=200)
    texts: list[Annotated[str, Field(max_length=20_000)]] = Field(min_length=1, max_length=5_000)


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions["attune_inbox"] = InboxVectors()


@blueprint.before_request
def allow_many_texts() -> None:
    """A group is larger than what other pages may send."""
    request.max_content_length = MOST_BYTES


@blueprint.get("/refused")
@signed_in("admin")
def overview() -> ResponseReturnValue:
    """Show the groups to decide on, and what the bot is taught to refuse."""
    services = services_here()
    texts = services.packs.draft().texts
    items, cut = _items(texts)
    unread = _read(items, READ_FIRST)
    found = lots(items, _vectors())
    return render_template(
        "workshop_refused.html",
        tab="refused",
        field=field(texts, ("out_of_scope",)),
        lots=found[:SHOWN],
        hidden=len(found) - SHOWN,
        messages=sum(one.count for one in items),
        groups=len(found),
        unread=unread,
        cut=cut,
        words=CAUSE_WORDS,
        titles=workshop_forms.titles(texts),
        people=services.people.names(),
        **shelf(),
    )


@blueprint.post("/inbox/read")
@signed_in("admin")
def read_more() -> ResponseReturnValue:
    """Read some more of the messages for their likeness, and say how many are left."""
    items, _ = _items(services_here().packs.draft().texts)
    return jsonify(left=_read(items, READ_MORE), of=len(items))


@blueprint.post("/inbox")
@signed_in("admin")
def decide() -> ResponseReturnValue:
    """Put texts, redacted and each once, into the draft."""
    body = parse_body(Deciding, request)
    new = _each_once([redacted(one) for one in body.texts])
    title = " ".join(body.name.split())
    if body.to != "refuse" and not title:
        raise PieceError("Nothing was added: choose an intent, or give the new one a title.")

    def change(texts: Mapping[str, str]) -> tuple[dict[str, str], str]:
        if body.to != "new":
            piece: Piece = ("intent", body.name, "phrases")
            return _added(texts, piece if body.to == "intent" else ("out_of_scope",), new), ""
        taken = [*workshop_forms.titles(texts), *(data_of(texts, REPLIES).get("replies") or {})]
        name = name_from(title, taken)
        return add_intent(texts, name, title, new, ""), name

    draft, name = changed(change)
    made = {"name": name, "url": url_for("workshop.intent", name=name)} if name else {}
    return jsonify(added=len(new), **made, **standing(draft))


def _added(texts: Mapping[str, str], piece: Piece, new: Sequence[str]) -> dict[str, str]:
    phrases = read_piece(texts, piece)
    return write_piece(texts, piece, _each_once([*phrases, *new], keep=len(phrases)))


def _each_once(texts: Sequence[str], keep: int = 0) -> list[str]:
    """Give texts without what is there before; the first `keep` stay as they are."""
    had = {key(one) for one in texts[:keep]}
    found = {key(one): one for one in reversed(texts[keep:]) if key(one) not in had}
    return [*texts[:keep], *reversed(found.values())]


def _items(texts: Mapping[str, str]) -> tuple[list[Item], bool]:
    """Give the inbox less what a draft has as phrases, and whether older talks were left out."""
    services = services_here()
    since_ms = services.clock() - SPAN_MS
    found, cut = read_told(services, since_ms)
    return inbox(found, since_ms, [phrase for phrase, _ in labelled_in(texts)]), cut


def _read(items: Sequence[Item], most: int) -> int:
    encoder = services_here().reader.encoder()
    return _vectors().read([one.text for one in items], encoder, most) if items else 0


def _vectors() -> InboxVectors:
    return cast("InboxVectors", current_app.extensions["attune_inbox"])
