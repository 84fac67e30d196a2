"""The handoff card as its customer sees it: each line can be confirmed, corrected or left out.

A line is a need of the open episode, or a fact the customer wrote. What they said of it is a field
of its own in the conversation's hash, so that two tabs never undo each other. Nothing waits for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.errors import BotError, ConversationChanged
from bot.handoff import facts, handoff, last_episode, needs
from bot.services import Services
from bot.signals import ENDS
from bot.stored import CARD, Change
from bot.values import Entry, State

Word = Literal["", "confirmed", "corrected", "struck"]
Row = Mapping[str, Any]
LONGEST = 200
HIDDEN = "…"
STORY = 2_000


class LineUnknown(BotError):
    """Raised when a line is not on the card."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the customer says of a line; `text` only where they correct it."""

    line: str
    word: Word
    text: str = ""


def card_lines(services: Services, conversation: str) -> list[dict[str, str]]:
    """Give the card's lines while a person is concerned, else none; raises ConversationGone."""
    state = services.conversations.load(conversation, recent=STORY)
    return _lines(services, state) if state.ticket else []


def check_card(services: Services, conversation: str, said: Sequence[Said]) -> list[dict[str, str]]:
    """Keep what the customer says of some lines and give all; again does no harm.

    Raises LineUnknown, ConversationChanged (nobody needs the card any more).
    """
    state = services.conversations.load(conversation, recent=STORY)
    if not state.ticket:
        raise ConversationChanged("You are with the assistant again; nobody needs this card now.")
    known = {one["id"] for one in _lines(services, state)}
    wrong = next((one.line for one in said if one.line not in known), None)
    if wrong is not None:
        raise LineUnknown(f"There is no line {wrong} on the card; load it again.")
    now = services.clock()
    meta = {CARD + one.line: _stored(one) for one in said}
    first = not any(one in state.checks for one in known)
    looked = Entry("event", "desk", now, {"what": "card_checked"})
    change = Change((looked,) if first else (), meta)
    services.conversations.change(conversation, change, now, ticket=state.ticket)
    services.relay_soon(conversation)
    return _lines(services, services.conversations.load(conversation, recent=STORY))


def card_for_desk(services: Services, story: Row, titles: Mapping[str, str]) -> dict[str, Any]:
    """Give the handoff card of a story from `conversation_for_desk`, as its customer wants it."""
    state = services.conversations.load(story["conversation"], recent=1)
    episode = last_episode(story["entries"], is_open=story["holder"] != "bot")
    card = handoff(story, titles)
    return as_wished(card, state.checks, episode_of(episode, story["episode"]))


def as_wished(card: Row, checks: Mapping[str, Row], number: int) -> dict[str, Any]:
    """Give the desk's card as the customer wants it: what they left out is not in it.

    `number` is the episode the card is about. A line carries `check`: confirmed, corrected (its
    text is the customer's then) or nothing; `left_out` names the kinds of those left out.
    `known` is what a line was before; no sentence of the card quotes what was left out.
    """
    left_out: list[str] = []
    wants = _kept(card["wants"], checks, left_out, number)
    found = _kept(card["facts"], checks, left_out, number)
    wanted = {one["intent"] for one in card["wants"]} - {one["intent"] for one in wants}
    answers = [one for one in card["answered"] if one["name"] not in wanted]
    values = [str(one["value"]) for one in card["facts"]]
    struck = [one for one in values if not any(one == kept["known"] for kept in found)]
    whole = {**card, "wants": wants, "facts": found, "answered": answers, "left_out": left_out}
    return dict(_without(whole, struck))


def fact_as_wished(checks: Mapping[str, Row], kind: str, value: str) -> str:
    """Give a fact as the customer wants it told: theirs if they corrected it, "" if left out."""
    said = checks.get(f"{kind}.{value}", {})
    return "" if said.get("word") == "struck" else str(said.get("text") or value)


def episode_of(episode: Sequence[Row], now: int) -> int:
    """Give the number of the card's episode, `now` being the conversation's: one before if over."""
    over = any(one["kind"] == "event" and one["what"] in ENDS for one in episode)
    return now - over


def _without(part: Any, struck: Sequence[str]) -> Any:
    """Give a part of the card with what was left out taken from every sentence of it."""
    if isinstance(part, str):
        for value in struck:  # whole, so that no id of an entry is touched
            part = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", HIDDEN, part)
        return part
    if isinstance(part, Mapping):
        return {name: _without(one, struck) for name, one in part.items()}
    return [_without(one, struck) for one in part] if isinstance(part, list | tuple) else part


def _kept(
    rows: Sequence[Row], checks: Mapping[str, Row], left_out: list[str], number: int
) -> list[dict[str, Any]]:
    kept = []
    for row in rows:
        kind = str(row.get("kind", "want"))
        said = checks.get(_id(kind, str(row.get("intent") or row.get("value")), number), {})
        if said.get("word") == "struck":
            left_out.append(kind)
        else:
            shown = "title" if kind == "want" else "value"
            text = said.get("text") or row[shown]
            kept.append({**row, shown: text, "check": said.get("word", ""), "known": row[shown]})
    return kept


def _lines(services: Services, state: State) -> list[dict[str, str]]:
    entries = [entry.to_row() for entry in state.recent]
    readings = [one for one in last_episode(entries, is_open=True) if one["kind"] == "reading"]
    titles = {one.name: one.title for one in services.packs.live().pack.intents}
    wants = [
        (_id("want", one, state.episode), "want", titles.get(one, one)) for one in needs(readings)
    ]
    found = [
        (_id(one["kind"], one["value"], 0), one["kind"], one["value"]) for one in facts(entries)
    ]
    lines = []
    for line, kind, text in (*wants, *found):
        said = state.checks.get(line, {})
        shown, word = str(said.get("text") or text), str(said.get("word", ""))
        lines.append({"id": line, "kind": kind, "text": shown, "word": word})
    return lines


def _id(kind: str, name: str, number: int) -> str:
    """Give the id of a line; a need is one of its episode, a fact stays one."""
    return f"want.{number}.{name}" if kind == "want" else f"{kind}.{name}"


def _stored(said: Said) -> str:
    if not said.word:
        return ""
    text = {"text": said.text} if said.word == "corrected" else {}
    return json.dumps({"word": said.word, **text}, ensure_ascii=False)
