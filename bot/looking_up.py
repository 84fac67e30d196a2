"""What the bot says where an answer is looked up: asks for what is missing, or tells what is so."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.choose import AFTER_ANSWER, PERSON, Said, labelled, wanted
from bot.moment import Moment
from bot.replies import NotFilled
from intents.pack import IntentSpec, LookupSpec

log = structlog.get_logger(__name__)


def looked_up(moment: Moment) -> Said | None:
    """Say what a lookup tells of what is wanted; None where the plain reply is to be said.

    That is so without a lookup, or when the customer was asked for what it needs and did not say.
    """
    spec = moment.live.pack.intent(wanted(moment) or "")
    if spec is None or spec.lookup is None or not moment.looks_up(spec.lookup.name):
        return None
    known = {need: moment.known(need) for need in spec.lookup.needs}
    missing = next((need for need, value in known.items() if not value), None)
    if missing:
        return _ask_for(moment, spec, missing)
    return _told(moment, spec, spec.lookup, known)


def _ask_for(moment: Moment, spec: IntentSpec, need: str) -> Said | None:
    """Ask once for what is missing."""
    name = f"ask_{need}"
    if any(note.data.get("answered") == name for note in moment.past):
        return None
    return Said((moment.say(name),), answered=name, about=spec.name)


def _told(
    moment: Moment, spec: IntentSpec, lookup: LookupSpec, known: Mapping[str, str]
) -> Said | None:
    looked = moment.look_up(lookup.name, known)
    if looked is None:
        return None
    if looked.outcome == "found":
        try:
            usual = labelled(moment, *AFTER_ANSWER)
            return Said((moment.say(lookup.reply, usual=usual, lookup=looked.fields),), spec.name)
        except NotFilled:
            log.warning("looked_up_reply_not_filled", reply=lookup.reply)
    name = "lookup_missing" if looked.outcome == "missing" else "lookup_failed"
    reply = moment.say(name, labelled(moment, PERSON))
    return Said((reply,), answered=name, about=spec.name)
