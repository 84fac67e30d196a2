"""What an agent could answer: the pack's own replies, ranked by the reading, filled where known.

A wording that only a bot can say, such as "say talk to a person", is left out (found in English).
What nobody knows stays a blank, `{{ order.number }}`, which is asked for where it stands and which
no reply may be sent with. Replies that belong to no intent and are not the bot's own are canned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.choose import SMALL_TALK
from bot.errors import BotError
from bot.languages import hours_in_words, usual_language
from bot.moment import ORDER_NUMBER
from bot.own_card import fact_as_wished
from bot.packs import LivePack
from bot.replies import SYSTEM_REPLIES
from bot.signals import this_episode
from bot.tone import Tone
from bot.values import Entry, State
from bot.wordings import VARIABLES, apologises

BLANK = re.compile(r"\{\{[^{}]{0,80}\}?\}?")
# What only the bot says: that it is one, that it cannot do it, or that a person should come.
BOTS_OWN = re.compile(
    r"talk to a person|automated|I(?:'m| am) (?:a bot|the shop's)|"
    r"I can(?:no|')t (?:see|look|change|open|do|tell)|"
    r"; I cannot|\ba person (?:can|will|takes|picks|on the team)|bring in a person|"
    r"(?:for|to|ask for) a person\b",
    re.IGNORECASE,
)
NOT_AN_AGENTS = frozenset(
    {
        *SYSTEM_REPLIES,
        *SMALL_TALK,
        "talk_to_human",
        *("order_found", "ask_order_number", "ask_email", "lookup_missing", "lookup_failed"),
        "out_of_scope",
        "repeat_person",
        "safety_or_legal",
    }
)
FADES = 0.6  # how much less an earlier message weighs than the one after it


class HalfFilled(BotError):
    """Raised when a reply still holds a blank that somebody has to fill."""


class Blank:
    """A variable nobody knows: missing to a template's conditions, visible where it is printed."""

    def __init__(self, path: str) -> None:
        """Stand in for a variable."""
        self._path = path

    def __str__(self) -> str:
        """Give what the agent sees and fills."""
        return f"{{{{ {self._path} }}}}"

    def __liquid__(self) -> None:
        """Count as missing in `if` and `default`."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One reply to choose; `score` is how well the reading fits it, `told` that it was said."""

    name: str
    title: str
    text: str
    canned: bool
    told: bool
    score: float


def check_filled(text: str) -> None:
    """Raise HalfFilled if a text still holds a blank."""
    found = BLANK.search(text)
    if found:
        raise HalfFilled(
            f"This still has the blank {found.group()}; fill it in or take it out, then send."
        )


def suggestions(live: LivePack, state: State, agent_name: str, now_ms: int) -> list[dict[str, Any]]:
    """Give the replies for a conversation, what fits best first, canned ones next."""
    episode = this_episode(state.recent)
    language = usual_language(state, live.pack.languages)
    readings = [one for one in episode if one.kind == "reading"]
    fits = fit(readings)
    told = {str(one.data.get("answered")) for one in readings}
    context = _context(live, state, episode, agent_name, now_ms, language)
    apologised = any(apologises(text) for text in _our_texts(episode))
    found = []
    for name in _names(live, language):
        drafts = live.replies.drafts(
            *(name, _tone(readings), context),
            language=language,
            said=_said(state.recent),
            apologised=apologised,
            seed=state.id,
        )
        text = next((one for one in drafts if not BOTS_OWN.search(one)), None)
        if text is not None:
            canned, score = live.pack.intent(name) is None, round(fits.get(name, 0.0), 3)
            found.append(Suggestion(name, _title(live, name), text, canned, name in told, score))
    found.sort(key=lambda one: (-one.score, not one.canned, one.title.casefold()))
    return [asdict(one) for one in found]


def fit(readings: Sequence[Entry]) -> dict[str, float]:
    """Give how well each intent fits an episode: the last message's confidence counts most."""
    found: dict[str, float] = {}
    weight = 1.0
    for entry in reversed(readings):
        row = entry.data.get("reading")
        for one in row["ranking"][:3] if row else ():
            found[one["intent"]] = max(found.get(one["intent"], 0.0), weight * one["confidence"])
        weight *= FADES
    return found


def _names(live: LivePack, language: str) -> Iterator[str]:
    """The replies an agent may use in this language; in the first one if there is none in it."""
    first = live.pack.languages[0]
    here = live.replies.names(language) if language != first else ()
    for name in here or live.replies.names(first):
        if name not in NOT_AN_AGENTS:
            yield name


def _title(live: LivePack, name: str) -> str:
    spec = live.pack.intent(name)
    return spec.title if spec else name.replace("_", " ").capitalize()


def _tone(readings: Sequence[Entry]) -> Tone:
    tone: Tone = readings[-1].data["tone"] if readings else "calm"
    return tone


def _context(
    live: LivePack,
    state: State,
    episode: Sequence[Entry],
    agent_name: str,
    now_ms: int,
    language: str,
) -> dict[str, Mapping[str, Any]]:
    known = {
        "customer.first_name": state.customer.first_name,
        "order.number": _order_number(state, episode),
        "team.hours": hours_in_words(now_ms, live.policy, language),
        "agent.first_name": agent_name,
    }
    context: dict[str, dict[str, Any]] = {}
    for path in VARIABLES:
        group, _, key = path.partition(".")
        context.setdefault(group, {})[key] = known.get(path) or Blank(path)
    return dict(context)


def _order_number(state: State, episode: Sequence[Entry]) -> str:
    """The order number the customer named last and did not leave out, as they want it told."""
    for entry in reversed(episode):
        if entry.kind == "message" and entry.data["author"] == "customer":
            for found in ORDER_NUMBER.finditer(entry.data["text"]):
                wished = ORDER_NUMBER.search(
                    fact_as_wished(state.checks, "order", str(found.group(1)))
                )
                if wished:
                    return str(wished.group(1))
    return ""


def _said(entries: Sequence[Entry]) -> list[str]:
    messages = (one.data for one in entries if one.kind == "message")
    return [str(data["template"]) for data in messages if data.get("template")]


def _our_texts(episode: Sequence[Entry]) -> list[str]:
    messages = (one.data for one in episode if one.kind == "message")
    return [str(data["text"]) for data in messages if data["author"] != "customer"]
