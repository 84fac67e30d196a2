"""The handoff card: what they want, why it is here, what not to ask again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.choose import SMALL_TALK
from bot.moment import EMAIL, ORDER_NUMBER
from bot.signals import ENDS

Row = Mapping[str, Any]

LOSING = 0.5
THIN = 0.35
WORDS = {
    "worried": "Worried, but patient",
    "sad": "Disappointed, but patient",
    "confused": "Unsure, but patient",
    "happy": "In good spirits",
    "angry": "Annoyed, but patient",
}


def handoff(story: Row, titles: Mapping[str, str]) -> dict[str, Any]:
    """Give the card of a conversation as `conversation_for_desk` gives it.

    `titles` are the intents' names in words. The card is about the last episode that needed a
    person, else about all there is.
    """
    entries: Sequence[Row] = story["entries"]
    episode = last_episode(entries, is_open=story["holder"] != "bot")
    readings = [one for one in episode if one["kind"] == "reading"]
    return {
        "wants": [{"intent": name, "title": titles.get(name, name)} for name in needs(readings)],
        "facts": facts(entries),
        "reasons": reasons(story.get("reasons") or (), readings),
        "answered": answered(episode, titles),
        "mood": mood_line(story["mood"]),
    }


def last_episode(entries: Sequence[Row], *, is_open: bool) -> Sequence[Row]:
    """Give the entries of the episode the card is about: the open one, else the last one."""
    ends = [
        index for index, one in enumerate(entries) if one["kind"] == "event" and one["what"] in ENDS
    ]
    if not ends:
        return entries
    if is_open or any(_asks(one) for one in entries[ends[-1] + 1 :]):
        return entries[ends[-1] + 1 :]
    start = ends[-2] + 1 if len(ends) > 1 else 0
    return entries[start : ends[-1] + 1]


def facts(entries: Sequence[Row]) -> list[dict[str, str]]:
    """Give order numbers and e-mail addresses the customer wrote, and where."""
    found: dict[str, dict[str, str]] = {}
    for one in entries:
        if one["kind"] != "message" or one["author"] != "customer":
            continue
        for kind, pattern in (("order", ORDER_NUMBER), ("email", EMAIL)):
            for match in pattern.finditer(one["text"]):
                value = match[match.lastindex or 0]
                found.setdefault(value, {"kind": kind, "value": value, "message": one["id"]})
    return list(found.values())


def reasons(known: Sequence[Row], readings: Sequence[Row]) -> list[dict[str, Any]]:
    """Give why a person is needed, each piece of evidence with the message it stands in."""
    if not known:
        known = next((one["reasons"] for one in readings if one.get("escalate")), ())
    messages = [one["message_id"] for one in readings]
    return [
        {
            **reason,
            "evidence": [
                {**one, "message": messages[one["turn"]]}
                for one in reason["evidence"]
                if 0 <= one["turn"] < len(messages)
            ],
        }
        for reason in known
    ]


def answered(episode: Sequence[Row], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give what the bot already told the customer, how often, and whether it helped."""
    told: dict[str, dict[str, Any]] = {}
    last = ""
    for one in episode:
        if one["kind"] != "reading":
            continue
        if last:
            told[last]["helped"] = _helped(one) or told[last]["helped"]
        name = str(one.get("answered") or "")
        last = name if name in titles and name not in SMALL_TALK else ""
        if last:
            before = told.pop(name, {"times": 0})
            said = _said(episode, one["message_id"])
            told[name] = {"name": name, "title": titles[name], "text": said, "helped": ""}
            told[name]["times"] = before["times"] + 1
    return list(told.values())


def _helped(after: Row) -> str:
    """What the customer's next message says about the answer before it."""
    failed = any(one["code"] == "repeated_failure" for one in after.get("reasons") or ())
    if failed or after.get("payload") == "not_quite":
        return "no"
    return "yes" if after.get("payload") == "solved" else ""


def mood_line(points: Sequence[Row]) -> dict[str, Any]:
    """Give how patience ran over the turns: points from 0 to 1, the worst one, and words for it."""
    run = [round(float(one["frustration"]), 3) for one in points]
    if not run:
        return {"points": [], "worst": None, "words": "Nothing to read yet"}
    worst = max(range(len(run)), key=run.__getitem__)
    marked = worst if run[worst] >= THIN else None
    turns = [int(one["turn"]) + 1 for one in points]
    return {
        "points": [{"turn": turn, "value": value} for turn, value in zip(turns, run, strict=True)],
        "worst": marked,
        "words": _mood_words(run, turns, str(points[-1]["emotion"])),
    }


def _mood_words(run: Sequence[float], turns: Sequence[int], emotion: str) -> str:
    worst = max(run)
    if worst < THIN:
        return WORDS.get(emotion, "Calm so far")
    if run[-1] < THIN:
        calm = next(i for i in range(len(run) - 1, -1, -1) if run[i] >= THIN) + 1
        return f"Calmer again since turn {turns[calm]}"
    since = len(run) - 1
    while since > 0 and run[since - 1] >= THIN:
        since -= 1
    word = "Losing patience" if worst >= LOSING else "Patience wearing thin"
    if since == 0:
        return f"{word} from the start" if len(run) > 1 else word
    return f"{word} since turn {turns[since]}"


def needs(readings: Sequence[Row]) -> list[str]:
    """Give the distinct needs in the customer's order; greetings and such only if nothing else."""
    names = [one["reading"]["intent"] for one in readings if one.get("reading")]
    distinct = [name for name in dict.fromkeys(names) if name]
    small = SMALL_TALK | {"talk_to_human"}
    return [name for name in distinct if name not in small] or distinct


def _said(episode: Sequence[Row], message_id: str) -> str:
    """What the bot said right after a customer's message."""
    after = False
    for one in episode:
        if after and one["kind"] == "message":
            return str(one["text"]) if one["author"] == "bot" else ""
        after = after or one["id"] == message_id
    return ""


def _asks(entry: Row) -> bool:
    return bool(entry["kind"] == "message" and entry["author"] == "customer")
