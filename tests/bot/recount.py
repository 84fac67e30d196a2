"""The insights counted a second time, from raw rows, by other means than the product's.

One walk through each log, a state kept by hand; nothing of `bot.figures`, `bot.story`, `bot.asked`
and the like is used. Open hours are walked day by day in local time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.story import Told
from escalation.policy import Policy

WAIT_NAMES = (
    (60_000, "under 1 minute"),
    (120_000, "1 to 2 minutes"),
    (300_000, "2 to 5 minutes"),
    (900_000, "5 to 15 minutes"),
    (3_600_000, "15 to 60 minutes"),
)
BADNESS = ["happy", "calm", "worried", "upset"]


@dataclass
class Recount:
    """Each figure by name and value as the conversations it is made of, once for each count."""

    behind: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    messages: int = 0
    waits_ms: list[int] = field(default_factory=list)
    requests_ms: list[int] = field(default_factory=list)
    stars: list[int] = field(default_factory=list)
    sheet: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, figure: str, value: object, conversation: str) -> None:
        """Count one more."""
        self.behind[(figure, str(value))].append(conversation)


def recount(told: Iterable[Told], since: int, until: int, policy: Policy) -> Recount:
    """Count everything the page shows of `since` to `until` (ms, the latter not in it)."""
    found = Recount()
    for one in told:
        rows = [json.loads(entry.dumps()) for entry in one.entries]
        _whole(found, one.conversation, rows, since, until, policy)
        inside = [row for row in rows if since <= row["at"] < until]
        _inside(found, one.conversation, one.channel, inside, policy)
    return found


def _inside(  # noqa: C901, PLR0912, PLR0915 - one walk with its state in sight
    found: Recount, name: str, channel: str, rows: list[dict[str, Any]], policy: Policy
) -> None:
    zone = ZoneInfo(policy.hours.time_zone)
    wrote: list[datetime] = []
    needs: list[str] = []
    moods: list[str] = []
    stars: list[int] = []
    tickets: list[dict[str, Any]] = []
    open_ones: list[dict[str, Any]] = []
    last: dict[str, Any] | None = None
    just: dict[str, Any] | None = None
    version = None
    for row in rows:
        data, what = row["data"], row["data"].get("what")
        if row["kind"] == "message" and data["author"] == "customer":
            wrote.append(datetime.fromtimestamp(row["at"] / 1000, UTC).astimezone(zone))
        if row["kind"] == "message" and data["author"] == "agent":
            for one in open_ones:
                one["answered"] = row["at"]
            open_ones = []
        if row["kind"] == "reading":
            version = data["pack_version"] if version is None and last is None else version
            last = data
            if need := _need(data):
                needs.append(need)
            if data["reading"] and not data["payload"]:
                moods.append(_mood(data["reading"]))
        if what == "ticket_opened":
            because = just and just["kind"] == "reading" and just["data"]["escalate"]
            reason = just["data"]["reasons"][0]["code"] if just and because else "agent_joined"
            one = {"reason": reason, "at": row["at"], "answered": None, "gone": False}
            tickets.append(one)
            open_ones.append(one)
        if what in ("ticket_cancelled", "resolved", "handed_back"):
            for one in open_ones:
                one["gone"] = True
            open_ones = []
        if what == "rated":
            stars.append(data["score"])
        if row["kind"] in ("reading", "event"):
            just = row
    for one in tickets:
        found.add("reason", one["reason"], name)
        found.add("wait", _wait_name(one), name)
        if one["answered"] is not None:
            found.waits_ms.append(one["answered"] - one["at"])
    for score in stars:
        found.add("rating", score, name)
    found.stars += stars
    answered = [one["answered"] - one["at"] for one in tickets if one["answered"] is not None]
    ending = _ending(last, tickets=bool(tickets))
    if wrote or tickets or stars:
        found.sheet[name] = {
            "channel": channel,
            "first_message": wrote[0].isoformat("T", "seconds") if wrote else "",
            "customer_messages": str(len(wrote)),
            "wants": " ".join(dict.fromkeys(needs)),
            "mood_first": moods[0] if moods else "",
            "mood_worst": max(moods, key=BADNESS.index) if moods else "",
            "mood_last": moods[-1] if moods else "",
            "handed_over": tickets[0]["reason"] if tickets else "",
            "seconds_to_person": str(round(answered[0] / 1000)) if answered else "",
            "answered_by_bot": "yes" if ending in ("confirmed", "answered") else "no",
            "ending": ending if wrote else "",
            "rating": str(stars[-1]) if stars else "",
        }
    if not wrote:
        return
    found.messages += len(wrote)
    found.add("all", "", name)
    for day in {at.date() for at in wrote}:
        found.add("day", day.isoformat(), name)
    for at in wrote:
        found.add("hour", f"{at.weekday()}-{at.hour}", name)
    for need in needs:
        found.add("need", need, name)
    if moods:
        found.add("first", moods[0], name)
        found.add("worst", max(moods, key=BADNESS.index), name)
        found.add("last", moods[-1], name)
    found.add("ending", ending, name)
    if ending in ("confirmed", "answered"):
        found.add("by_bot", "", name)
    if version is not None:
        found.add("version", version, name)
        held = {
            "by_bot": ending in ("confirmed", "answered"),
            "person": bool(tickets),
            "left": ending == "left",
            "upset": bool(moods) and moods[-1] == "upset",
        }
        for part in (one for one, holds in held.items() if holds):
            found.add(f"version_{part}", version, name)
        for _ in stars:
            found.add("version_rated", version, name)


def _whole(  # noqa: C901, PLR0912, PLR0915 - as above
    found: Recount, name: str, rows: Sequence[dict[str, Any]], since: int, until: int, p: Policy
) -> None:
    """What reaches back before the span: requests, told waits, closed handoffs, what was rated."""
    asked: dict[str, Any] | None = None
    told: list[dict[str, Any]] = []
    ticket: dict[str, Any] | None = None
    ended: dict[str, Any] = {"need": None, "heard": [], "any": False}
    heard: list[str] = []
    need = opened_for = None
    read: dict[str, Any] = {}
    for row in rows:
        data, at, what = row["data"], row["at"], row["data"].get("what")
        agent_wrote = row["kind"] == "message" and data["author"] == "agent"
        by_agent = what in ("resolved", "handed_back") and bool(data.get("agent"))
        if row["kind"] == "message" and data.get("template"):
            heard.append(data["template"])
        if row["kind"] == "reading":
            read = data
            need = _need(data) or need
            codes = [one["code"] for one in data["reasons"]]
            if data["payload"] == "person" or "asked_for_human" in codes:
                if asked is None:
                    asked = {"at": at, "priority": "normal", "gone": False}
                asked["gone"] = False
        if asked and what == "ticket_opened" and data.get("priority"):
            asked |= {"priority": data["priority"], "gone": False}
        if asked and what == "ticket_cancelled":
            asked["gone"] = True
        if asked and (agent_wrote or by_agent):
            if since <= asked["at"] < until:
                taken = _open_ms(asked["at"], at, p)
                soon = taken <= p.sla_minutes[asked["priority"]] * 60_000
                outcome = "within the time for a first reply" if soon else "later than that"
                found.add("asked", outcome if agent_wrote else "closed without a word", name)
                if agent_wrote:
                    found.requests_ms.append(at - asked["at"])
            asked = None
        for one in told:
            if agent_wrote or what in ("resolved", "handed_back", "ticket_cancelled"):
                _told(found, name, one, at, p, counts=agent_wrote)
        if agent_wrote or what in ("resolved", "handed_back", "ticket_cancelled"):
            told = []
        if what == "ticket_opened":
            opened_for = need
            because = read.get("escalate") and "priority" in data
            main = read["reasons"][0] if because else {"code": "agent_joined"}
            ticket = {"rule": main.get("rule", "agent_joined"), "spared": False}
            if data.get("wait") and since <= at < until:
                told.append({"at": at, "most": data["wait"][1], "priority": data["priority"]})
        if what == "not_needed" and ticket:
            ticket["spared"] = True
        if what in ("resolved", "handed_back"):
            if ticket and by_agent and since <= at < until:
                found.add("closed", ticket["rule"], name)
                if ticket["spared"]:
                    found.add("spared", ticket["rule"], name)
            ticket = None
            ended = {"need": opened_for, "heard": list(dict.fromkeys(heard)), "any": True}
            heard = []
        if what == "rated" and since <= at < until:
            if ended["need"]:
                found.add("rated_need", ended["need"], name)
            for ref in ended["heard"] if ended["any"] else list(dict.fromkeys(heard)):
                found.add("rated_wording", ref, name)
    if asked and since <= asked["at"] < until:
        gone = "let go before anybody wrote" if asked["gone"] else "still waiting"
        found.add("asked", gone, name)
    for one in told:
        _told(found, name, one, until - 1, p, counts=False)


def _told(
    found: Recount, name: str, one: dict[str, Any], at: int, p: Policy, *, counts: bool
) -> None:
    waited = _open_ms(one["at"], at, p) or at - one["at"]
    if waited > one["most"] * 60_000:
        found.add("missed", one["priority"], name)
    elif counts:
        found.add("held", one["priority"], name)


def _open_ms(start: int, end: int, policy: Policy) -> int:
    """Walk the local days from one moment to another and add up what was open of each."""
    zone = ZoneInfo(policy.hours.time_zone)
    day, total = datetime.fromtimestamp(start / 1000, zone).date(), 0
    while True:
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        if midnight.timestamp() * 1000 > end:
            return total
        stretches = [] if day in policy.hours.holidays else policy.hours.week[day.weekday()]
        for opens, closes in stretches:
            first, last = (
                datetime.combine(day + timedelta(minutes // 1440), datetime.min.time(), zone)
                .replace(hour=minutes % 1440 // 60, minute=minutes % 60)
                .timestamp()
                * 1000
                for minutes in (opens, closes)
            )
            total += max(0, round(min(last, end) - max(first, start)))
        day += timedelta(1)


def _need(data: dict[str, Any]) -> str | None:
    payload = data["payload"] or ""
    if payload in ("solved", "not_quite", "person", "declined"):
        return None
    if payload.startswith("intent:"):
        return payload[len("intent:") :]
    return (data["reading"]["intent"] or "refused") if data["reading"] else None


def _mood(row: dict[str, Any]) -> str:
    """By the made-up readings' own extremes, not by the rule that chooses a reply's tone."""
    if row["frustration"] > 0.8 or row["emotion"] == "sad":
        return "upset"
    if row["urgency"] > 0.8 or row["emotion"] == "worried":
        return "worried"
    return "happy" if row["emotion"] == "happy" else "calm"


def _ending(last: dict[str, Any] | None, *, tickets: bool) -> str:
    if tickets:
        return "person"
    if last is None or last["answered"] in (None, "not_quite", "chat_empty"):
        return "left"
    if not last["reading"]:
        return "left"
    if last["payload"] == "solved":
        return "confirmed"
    if last["reading"]["sentiment"] == "negative":
        return "left"
    return "confirmed" if _need(last) in ("thanks", "goodbye", "praise") else "answered"


def _wait_name(one: dict[str, Any]) -> str:
    if one["answered"] is None:
        return "closed before anybody wrote" if one["gone"] else "nobody wrote yet"
    waited = one["answered"] - one["at"]
    return next((name for most, name in WAIT_NAMES if waited < most), "over an hour")
