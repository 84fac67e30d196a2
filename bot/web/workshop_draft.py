"""What the workshop's routes share: changing the draft, and saying how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import current_app, g

from bot.changes import changes
from bot.errors import DraftConflict
from bot.local_time import time_in_words
from bot.packs import Draft
from bot.pieces import piece_at
from bot.services import Services
from bot.web import workshop_forms
from bot.workbench import Workbench
from intents.errors import PackError

TRIES = 5
MOST_BYTES = 16 * 1024 * 1024


def changed(
    change: Callable[[Mapping[str, str]], tuple[dict[str, str], str]],
) -> tuple[Draft, str]:
    """Change the newest draft, again if somebody was faster."""
    for _ in range(TRIES):
        draft = services_here().packs.draft()
        texts, told = change(draft.texts)
        try:
            return keep(draft, texts, told), told
        except DraftConflict:
            continue
    raise DraftConflict("The draft is being saved by several people at once; try again.")


def keep(draft: Draft, texts: Mapping[str, str], about: str = "") -> Draft:
    """Save a changed draft, or give it back when nothing changed; raises DraftConflict.

    The audit trail names once a session and draft what was changed: a piece, else its files.
    """
    if dict(texts) == dict(draft.texts):
        return draft
    services, now = services_here(), services_here().clock()
    kept = services.packs.save_draft(texts, draft.revision, g.person.name, now)
    files = (file for file, text in texts.items() if draft.texts.get(file) != text)
    what = about or " ".join(files)
    first = services.people.sessions.first_time(g.session, f"draft:{draft.base}:{what}", now)
    if first or draft.is_new:
        note("draft_changed", what)
    return kept


def standing(draft: Draft) -> dict[str, Any]:
    """Give what a page shows of a saved draft: how much differs, what stands in the way."""
    live = services_here().packs.live()
    found: dict[str, Any] = {"revision": draft.revision, "saved_ms": draft.at_ms, "problem": None}
    try:
        workbench().check(draft.texts)
        found["changes"] = len(changes(live.pack.texts, draft.texts))
    except PackError as error:
        found |= {"problem": problem_row(draft.texts, error), "changes": None}
    return found


def shelf() -> dict[str, Any]:
    """Give what every page of the workshop shows: the draft's standing, endpoints switched off."""
    services = services_here()
    draft = services.packs.draft()
    outgoing = services.outgoing.standings()
    return {
        "url_of": workshop_forms.url_of,
        "draft_revision": draft.revision,
        "draft_by": draft.author,
        "draft_at_ms": draft.at_ms,
        "draft_base": draft.base,
        "live_version": services.packs.live_number(),
        "endpoints_off": [one.name for one, standing in outgoing if standing.halt == "off"],
        "me": g.person.name,
        "planned": planned(draft),
    }


def planned(draft: Draft) -> dict[str, Any] | None:
    """Give the publication that is planned, or what came of it, in words; None without one."""
    services = services_here()
    found = services.plans.standing()
    if found is None or found.stage == "cancelled":
        return None
    live = services.packs.live()
    return {
        "plan": found,
        "when": time_in_words(found.at_ms, live.policy.hours.zone),
        "overtaken": found.is_ahead and live.version != found.base,
        "draft_differs": found.is_ahead and dict(draft.texts) != dict(found.texts),
    }


def problem_row(texts: Mapping[str, str], error: PackError) -> dict[str, Any]:
    """Give a problem with the field it belongs to and the page that shows it."""
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


def note(what: str, about: str) -> None:
    """Write into the audit trail what this admin did."""
    services = services_here()
    services.people.audit(g.person.id, what, about, services.clock())


def workbench() -> Workbench:
    """Give this process's drafts made ready."""
    return cast("Workbench", current_app.extensions["attune_workbench"])


def services_here() -> Services:
    """Give the services of this application."""
    services: Services = current_app.extensions["attune"]
    return services
