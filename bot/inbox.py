"""The learning inbox: messages that the bot may not have understood, and why each is here. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from bot.redact import redacted
from bot.story import NOT_NEEDS, REFUSED, Told, need_of
from bot.values import Entry

Cause = Literal["refused", "unsure", "again", "not_quite", "rated"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
UNSURE = 0.6
AGAIN_MS = 3_600_000
LOW = 2
MOST = 5_000
SAYS_NOTHING = frozenset({"not_quite", "chat_empty", "handoff"})


@dataclass(slots=True)
class Item:
    """What was written, redacted, and how often: its newest conversation, causes, nearest intents.

    `count` is in messages, as are the counts of `causes`; a message may have several causes.
    """

    text: str
    conversation: str
    at_ms: int
    count: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    nearest: Counter[str] = field(default_factory=Counter)


def inbox(
    told: Sequence[Told], since_ms: int, known: Collection[str] = (), most: int = MOST
) -> list[Item]:
    """Give the newest messages since a time with a cause, like texts as one, newest first.

    Texts are redacted; those that are phrases already (`known`) are left out.
    """
    taught = {key(one) for one in known}
    caused = [
        (entry, one.conversation, causes)
        for one in told
        for entry, causes in _caused(one.entries)
        if entry.at_ms >= since_ms
    ]
    caused.sort(key=lambda one: (-one[0].at_ms, one[1]))
    items: dict[str, Item] = {}
    used = 0
    for entry, conversation, causes in caused:
        text = redacted(str(entry.data["text"]))
        if not text or key(text) in taught:
            continue
        used += 1
        item = items.setdefault(key(text), Item(text, conversation, entry.at_ms))
        _count(item, entry, causes)
        if used == most:
            break
    return list(items.values())


def key(text: str) -> str:
    """Give what two texts have in common that an admin would call the same."""
    return " ".join(text.split()).casefold().rstrip(" .!?…")


def _count(item: Item, entry: Entry, causes: Collection[Cause]) -> None:
    item.count += 1
    item.causes.update(causes)
    item.nearest[str(entry.data["reading"]["ranking"][0]["intent"])] += 1


def _caused(entries: Sequence[Entry]) -> Iterator[tuple[Entry, set[Cause]]]:
    """Give the written messages of a conversation that have a cause, with their causes."""
    found: dict[int, set[Cause]] = {}
    written: list[int] = []
    for place, entry in enumerate(entries):
        if entry.kind == "reading" and _is_written(entry.data):
            found[place] = set(_own(entry)) | _again([entries[one] for one in written], entry)
            written.append(place)
        elif (cause := _said_of_it(entry)) and written:
            found[written[-1]].add(cause)
    for place, causes in found.items():
        if causes:
            yield entries[place], causes


def _is_written(row: Mapping[str, Any]) -> bool:
    """Say whether a customer wrote it (pressed nothing) and the model read it."""
    read = row.get("reading")
    return bool(read and read.get("ranking") and not row.get("payload"))


def _own(entry: Entry) -> Iterator[Cause]:
    if need_of(entry) == REFUSED:
        yield "refused"
    elif _is_answer(entry) and entry.data["reading"]["confidence"] < UNSURE:
        yield "unsure"


def _again(before: Sequence[Entry], entry: Entry) -> set[Cause]:
    """Say whether a need is asked for that was answered less than an hour ago."""
    need = need_of(entry)
    again = any(
        need not in {None, REFUSED}
        and one.data.get("answered") == need
        and entry.at_ms - one.at_ms < AGAIN_MS
        for one in before
    )
    return {"again"} if again else set()


def _said_of_it(entry: Entry) -> Cause | None:
    """Give what a button or a rating says of the message before it."""
    if entry.kind == "reading":
        return "not_quite" if entry.data.get("payload") == "not_quite" else None
    rated = entry.kind == "event" and entry.data["what"] == "rated"
    return "rated" if rated and int(entry.data["score"]) <= LOW else None


def _is_answer(entry: Entry) -> bool:
    answered = entry.data.get("answered")
    return bool(answered) and answered not in SAYS_NOTHING | NOT_NEEDS
