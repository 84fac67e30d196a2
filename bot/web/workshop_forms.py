"""What the workshop's fields are called and what they mean, read from the pack's own comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask import url_for

from bot.pieces import Piece, data_of, fingerprint
from bot.wordings import VARIABLES
from intents.pack import FACTS, INTENTS
from intents.pack_yaml import Lines, parse_yaml

INTENT_FIELDS = ("title", "description", "confused_with", "always_person", "phrases")
SAMPLES = {
    "customer.first_name": "Ada",
    "order.number": "20416",
    "choice.first": "Where is my order?",
    "choice.second": "Late parcel",
    "wait.text": "usually within 2 to 9 minutes",
    "team.hours": "Monday to Friday, 9:00 to 17:30",
    "agent.first_name": "Sam",
}
FALLBACKS = {"customer.first_name": "there", "wait.text": "as soon as somebody is free"}
TONE_HELP = {
    "calm": "Plain and friendly. Used whenever another tone has no wording of its own.",
    "happy": "A little lighter. For customers in a good mood.",
    "worried": "First step and time first. For the anxious and the urgent.",
    "upset": "Shorter and plainer, no cheer. For those losing patience.",
}


SECTIONS: Mapping[str, tuple[str, str]] = {
    "limits": (
        "How sure, how angry, how often",
        "0.5 means one in two. Lower brings a person sooner, higher lets the bot answer longer.",
    ),
    "soft_score": (
        "All soft signs together",
        "One probability, for what no single limit decides. A weight of 0 leaves a sign out.",
    ),
    "sla_minutes": (
        "Minutes until somebody should answer",
        "Counted in business time only, by how pressing it is. More pressing must not wait longer.",
    ),
    "sla": (
        "Warnings and promised waits",
        "Shares of a whole: 0.75 is three quarters. What came of them is on the Insights page.",
    ),
    "intents": (
        "Which intents count as what",
        "Names of intents, separated by commas or one a line.",
    ),
    "own_words": (
        "Your own words that bring a person",
        "Besides the built-in ones. Whole words in any case, separated by commas.",
    ),
    "business_hours": (
        "When people are at their desks",
        "Several stretches a day: 09:00-12:30, 13:30-17:30. Empty is closed.",
    ),
    "routing": (
        "Who is given which ticket",
        "Whoever is due first is served first, always; the rest chooses who takes it.",
    ),
    "publishing": (
        "Before a draft goes live",
        "What must hold, or publishing is refused.",
    ),
}
SHORT = 60
COMMENT = re.compile(r"(?:^|\s)#\s?(.*)$")
WHEN: Mapping[str, str] = {
    "welcome": "The first line of every new conversation.",
    "fallback": "When the message fits no intent.",
    "fallback_again": "When that happens twice in a row.",
    "clarify": "When two intents are nearly as likely; the customer picks one.",
    "offer_person": "When patience wears thin but nobody has to be brought in yet.",
    "offer_declined": "After a customer said no to a person.",
    "handoff": "When a person is brought in and somebody is at a desk.",
    "handoff_nobody": "When a person is brought in and nobody is at a desk.",
    "handoff_safety": "For injury, illness, fire, law or fraud, before the handoff.",
    "handoff_self_harm": "When somebody may harm themselves.",
    "handoff_vulnerable": "For bereavement, illness and hardship.",
    "order_found": "What the shop's own system said of an order, under lookup.…",
    "ask_order_number": "When an order number is needed to look something up; asked once.",
    "ask_email": "When an e-mail address is needed to look something up; asked once.",
    "lookup_missing": "When what was looked up is not there.",
    "lookup_failed": "When the shop's own system does not answer.",
    "handoff_service": "When the bot itself could not do its part.",
    "handoff_language": "For a language without replies, or an intent without one in it.",
    "still_waiting": "When a ticket is due and nobody has come yet.",
    "ticket_cancelled": "When the customer lets go of waiting.",
    "solved": "After “That solved it”.",
    "not_quite": "After “Not quite”.",
    "agent_joined": "When a person joins the conversation.",
    "resolved": "When a person closes the ticket.",
    "email_saved": "After a customer left an e-mail address.",
    "rating_thanks": "After a rating.",
    "chat_empty": "When a message has no words in it.",
    "boundary": "Agents choose it when somebody insults them; the bot never says it.",
}


def url_of(piece: Piece) -> str:
    """Give the page that holds a piece."""
    match piece:
        case ("intent", name, *_):
            return url_for("workshop.intent", name=name)
        case ("reply", name, *_):
            return url_for("workshop.reply", name=name)
        case ("case", name, *_):
            return url_for("workshop.cases.overview", _anchor=case_anchor(name))
        case ("file", name):
            return url_for("workshop.file", file=name)
        case (kind, *_):
            page = {"out_of_scope": "inbox.overview", "fact": "facts", "rule": "rules"}[kind]
            return url_for(f"workshop.{page}")
    return url_for("workshop.overview")


def case_anchor(name: str) -> str:
    """Give the place of a test case on its page."""
    return f"case-{fingerprint(name)[:8]}"


def variables() -> list[dict[str, str]]:
    """Give the variables a reply may use: how to write each, a sample, its fallback."""
    return [
        {
            "write": _written(name),
            "shows": SAMPLES[name],
            "fallback": FALLBACKS.get(name, ""),
        }
        for name in sorted(VARIABLES)
    ]


def _written(name: str) -> str:
    fallback = FALLBACKS.get(name)
    return f'{{{{ {name} | default: "{fallback}" }}}}' if fallback else f"{{{{ {name} }}}}"


def titles(texts: Mapping[str, str]) -> dict[str, str]:
    """Give the title of every intent by name."""
    rows = data_of(texts, INTENTS).get("intents") or ()
    return {row["name"]: str(row.get("title") or row["name"]) for row in rows if row.get("name")}


def sections(texts: Mapping[str, str], file: str, kind: str) -> list[dict[str, Any]]:
    """Give a file's values as sections of fields; its comments become the help beside them."""
    text = texts.get(file, "")
    data, lines = parse_yaml(file, text)
    rows = text.splitlines()
    found = []
    for key, value in (data or {}).items():
        if key == "schema":
            continue
        inside = value if isinstance(value, Mapping) else {"": value}
        fields = [
            _field(kind, (key, *path) if path != ("",) else (key,), leaf, rows, lines)
            for path, leaf in _leaves(inside)
        ]
        title, about = (
            SECTIONS.get(key, (_label((key,)), "")) if kind == "rule" else (_label((key,)), "")
        )
        found.append({"title": title, "about": about, "id": key, "fields": fields})
    return found


def fact_names(texts: Mapping[str, str]) -> list[str]:
    """Give every fact as a reply would write it."""
    paths = (path for path, _ in _leaves(data_of(texts, FACTS)))
    return ["facts." + ".".join(path) for path in paths]


def _leaves(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, (*path, str(key)))
    else:
        yield path, data


def _field(
    kind: str, path: tuple[str, ...], value: Any, rows: list[str], lines: Lines
) -> dict[str, Any]:
    piece: Piece = (kind, *path)
    shown = [str(one) for one in value] if isinstance(value, list) else value
    return {
        "piece": piece,
        "label": _label(path[1:] or path),
        "value": "" if shown is None else shown,
        "was": fingerprint("" if value is None else value),
        "control": _control(value),
        "help": _help(rows, lines.get(path)),
    }


def _control(value: Any) -> str:
    if isinstance(value, bool):
        return "check"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, list):
        return "words" if len(value) <= 2 and len(", ".join(map(str, value))) < SHORT else "lines"
    return "text" if len(str(value or "")) < SHORT else "long"


def _help(rows: list[str], line: int | None) -> str:
    """Give the comment behind a value, else the ones right above it."""
    if line is None or line > len(rows):
        return ""
    row = rows[line - 1]
    behind = COMMENT.search(row)
    if behind and not row[: behind.start()].count('"') % 2:
        words = behind.group(1).strip()
        return f"{words[:1].upper()}{words[1:]}."
    above: list[str] = []
    for number in range(line - 2, -1, -1):
        if not rows[number].lstrip().startswith("#"):
            break
        above.insert(0, rows[number].strip().lstrip("# "))
    return " ".join(above)


def _label(path: tuple[str, ...]) -> str:
    words = " › ".join(part.replace("_", " ") for part in path)
    return words[:1].upper() + words[1:]
