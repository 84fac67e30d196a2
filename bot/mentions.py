"""Colleagues named in a private note: `@Bo` or `@Bo Chen`; each is told until they have looked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.people import Person
from bot.services import Services
from bot.stored import Change
from bot.values import Due, State


def mentioned(text: str, people: Iterable[Person]) -> list[Person]:
    """Give the people a note names, by full name, or by first name where only one has it."""
    joined = [one for one in people if one.joined]
    firsts = [one.first_name.casefold() for one in joined]
    plain = text.casefold()
    return [
        one
        for one in joined
        if _names(one.name, plain)
        or (firsts.count(one.first_name.casefold()) == 1 and _names(one.first_name, plain))
    ]


def mention_dues(people: Sequence[Person], by: str, op: str, now_ms: int) -> list[Due]:
    """Give what a note with mentions leaves, one for each colleague but the writer."""
    return [
        Due("mention", f"{one.id}.{op}", now_ms, {"agent": one.id, "by": by})
        for one in people
        if one.id != by
    ]


def mentions_of(state: State, person_id: str) -> list[Due]:
    """Give the mentions of somebody that they have not seen."""
    return [one for one in state.due("mention") if one.data["agent"] == person_id]


def seen(services: Services, conversation: str, person_id: str) -> bool:
    """Note that somebody looked where they were mentioned; False if they were not."""
    state = services.conversations.load(conversation, recent=1)
    dues = mentions_of(state, person_id)
    if dues:
        change = Change(meta={one.field: "" for one in dues})
        services.conversations.change(conversation, change, services.clock())
        services.relay_soon(conversation)
        services.live.wake(conversation, queue=True)
    return bool(dues)


def _names(name: str, plain: str) -> bool:
    return bool(re.search(rf"(?<!\w)@{re.escape(name.casefold())}(?!\w)", plain))
