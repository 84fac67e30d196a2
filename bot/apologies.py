"""Who has already said sorry in an episode, by words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.values import Entry
from bot.wordings import apologises


def apologies(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Give each message of bot or agents that asked for pardon, oldest first: who, when, which."""
    return [
        {
            **{"author": one.data["author"], "name": one.data.get("name", "")},
            **{"agent": one.data.get("agent", ""), "at": one.at_ms, "message": one.id},
        }
        for one in entries
        if one.kind == "message" and one.data["author"] != "customer"
        if apologises(one.data["text"])
    ]
