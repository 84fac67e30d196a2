"""The draft tried on last week's conversations: start it, watch it, look at what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, g, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from werkzeug.exceptions import NotFound

from bot import keys
from bot.outcome import KINDS
from bot.packs import Draft
from bot.rehearsal import Rehearsed
from bot.rehearsal_run import DAYS, Runs, Superseded, launch
from bot.rehearsing import Rehearsal
from bot.values import Entry
from bot.web import workshop_forms
from bot.web.auth import signed_in
from bot.web.insights_words import REASONS
from bot.web.looks import note_look
from bot.web.workshop_draft import note, services_here, shelf, workbench
from escalation.errors import StoreUnavailable

blueprint = Blueprint("rehearsal", __name__, url_prefix="/rehearsal")
SNIPPET = 140
REPLIES = {
    "clarify": "a question back",
    "fallback": "that it did not understand",
    "fallback_again": "again that it did not understand",
    "solved": "thanks for the word",
    "not_quite": "another way to ask",
    "offer_declined": "that it goes on",
    "chat_empty": "a request for words",
    "ticket_cancelled": "that the person was called off",
    "email_saved": "that the address is kept",
}
"""What the bot's own replies say, in few words."""
HEADINGS = {
    "now": "Now brought to a person",
    "earlier": "Brought to a person earlier",
    "not_now": "No longer brought to a person at that turn",
    "reason": "Brought to a person for another reason",
    "priority": "At another priority",
    "due": "Due at another time",
    "offer": "A person is offered, or no longer",
    "reply": "Another reply",
}


@blueprint.post("")
@signed_in("admin")
def start() -> ResponseReturnValue:
    """Try the draft as it is now; raises PackError when it could not be published."""
    services = services_here()
    draft, live = services.packs.draft(), services.packs.live()
    workbench().check(draft.texts)
    runs = Runs(services.redis)
    run, new = runs.begin(draft.texts, live.version, g.person.name, services.clock())
    if new:
        note("rehearsed", f"draft {draft.revision}, {DAYS} days")
        launch(runs, run, services.settings)
    return redirect(url_for("workshop.rehearsal.page"), 303)


@blueprint.get("")
@signed_in("admin")
def page() -> ResponseReturnValue:
    """Show how it stands, and what would be otherwise."""
    services = services_here()
    draft = services.packs.draft()
    told, titles = standing_of(draft), workshop_forms.titles(draft.texts)
    report = told["report"]
    return render_template(
        "workshop_rehearsal.html",
        tab="publish",
        groups=_groups(report["rows"], titles) if report else [],
        headings=HEADINGS,
        **told,
        **shelf(),
    )


@blueprint.get("/standing")
@signed_in("admin")
def standing() -> ResponseReturnValue:
    """Give how far it is; `stage` is null when there is nothing to tell."""
    services = services_here()
    run = Runs(services.redis).standing(services.clock())
    if run is None:
        return jsonify(stage=None)
    return jsonify(id=run.id, stage=run.stage, done=run.done, total=run.total)


@blueprint.get("/conversations/<conversation>")
@signed_in("admin")
def courses(conversation: str) -> ResponseReturnValue:
    """Show one conversation as it went and as it would have gone; the look is noted."""
    services = services_here()
    runs = Runs(services.redis)
    run = runs.standing(services.clock())
    if run is None or run.stage != "done":
        return redirect(url_for("workshop.rehearsal.page"))
    try:
        texts = runs.texts(run.id)
    except Superseded:
        return redirect(url_for("workshop.rehearsal.page"))
    made = workbench().ready(services.packs, texts, services.packs.live())
    found = next(iter(Rehearsal(services, made, run.since_ms).of([conversation])), None)
    if not isinstance(found, Rehearsed):
        raise NotFound
    note_look(services, conversation)
    return render_template(
        "workshop_courses.html",
        tab="publish",
        conversation=conversation,
        found=found,
        firsts={(one.episode, one.turn): one for one in found.differences()},
        kind=next((one.kind for one in found.differences()), ""),
        headings=HEADINGS,
        reasons=REASONS,
        titles=workshop_forms.titles(texts),
        **shelf(),
    )


def standing_of(draft: Draft) -> dict[str, Any]:
    """Give the last rehearsal, whether it is of this draft, and what it found."""
    services = services_here()
    runs = Runs(services.redis)
    run = runs.standing(services.clock())
    of_this = run is not None and run.is_of(draft.texts, services.packs.live_number() or 0)
    report = runs.report() if run and run.stage == "done" else None
    return {"run": run, "of_this": of_this, "report": report}


def in_words(outcome: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Give in a few words what a turn came to, from an outcome's short row."""
    if outcome["escalate"]:
        why = ", ".join(REASONS.get(code, code).lower() for code in outcome["codes"])
        return f"a person, {outcome['priority']} ({why})"
    reply = outcome["reply"]
    if not reply:
        return "nothing, as a person has it"
    said = f"“{titles[reply]}”" if reply in titles else REPLIES.get(reply, f"the reply {reply}")
    return f"{said}, and offers a person" if outcome["offer"] else said


def _groups(rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the rows by kind, each with the customer's words that it is about."""
    texts = _texts(rows)
    shown = [
        {
            **row,
            "text": text,
            "was_words": in_words(row["was"], titles),
            "would_words": in_words(row["would"], titles),
        }
        for row, text in zip(rows, texts, strict=True)
    ]
    kinds = [kind for kind in KINDS if any(row["kind"] == kind for row in rows)]
    return [{"kind": kind, "rows": [row for row in shown if row["kind"] == kind]} for kind in kinds]


def _texts(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the beginning of the message of each row, "" for one that was erased."""
    try:
        pipe = services_here().redis.pipeline(transaction=False)
        for row in rows:
            pipe.xrange(keys.log(row["conversation"]), row["message"], row["message"])
        answers = pipe.execute()
    except RedisError as error:
        raise StoreUnavailable(f"Redis could not be read ({error}); try again.") from error
    found = (Entry.loads(one[0][0], one[0][1]["d"]) if one else None for one in answers)
    return [_snippet(str(one.data["text"])) if one else "" for one in found]


def _snippet(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= SNIPPET else short[: SNIPPET - 1] + "…"
