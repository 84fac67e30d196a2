"""The workshop's test bench: a conversation is tried, kept as a test case, and held to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from bot.case_run import run_cases
from bot.cases import (
    CUSTOMER,
    DECISIONS,
    EXPECTED,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_TURNS,
    Case,
    CaseTurn,
    add_case,
    free_name,
    remove_case,
)
from bot.packs import LivePack
from bot.pasted import read_pasted
from bot.pieces import REPLIES, PieceError, data_of
from bot.replies import SYSTEM_REPLIES
from bot.trial import trial_of, try_conversation
from bot.web import workshop_forms
from bot.web.auth import signed_in
from bot.web.insights_words import REASONS
from bot.web.schemas import Body, parse_body
from bot.web.workshop_draft import changed, services_here, shelf, standing, workbench
from bot.web.workshop_replies import field
from intents.pack import CASES, OUT_OF_SCOPE

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
MOST_PASTED = 60_000
KINDS: Mapping[str, str] = {
    "intent": "It means",
    "decision": "The bot",
    "reply": "It says",
    "reason": "A person, because",
}
"""What the page calls each thing that a case can expect."""


class Pasting(Body):
    """A conversation as it was typed or pasted."""

    text: str = Field(min_length=1, max_length=MOST_PASTED)


class Keeping(Body):
    """A conversation to keep as a test case: a name, and what the customer says."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    messages: list[Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]] = Field(
        min_length=1, max_length=MOST_TURNS
    )


@blueprint.get("")
@signed_in("admin")
def overview() -> ResponseReturnValue:
    """Show the test bench and every case of the draft, each with fields for what it expects."""
    texts = services_here().packs.draft().texts
    return render_template(
        "workshop_cases.html",
        tab="cases",
        cases=[_shown(texts, row) for row in _rows(texts)],
        kinds=KINDS,
        choices=_choices(texts),
        most=MOST_PASTED,
        **shelf(),
    )


@blueprint.post("/try")
@signed_in("admin")
def try_it() -> ResponseReturnValue:
    """Go through a conversation with the draft: every step of every turn; nothing is stored."""
    pasted = read_pasted(parse_body(Pasting, request).text)
    messages = pasted.messages
    if not messages:
        raise PieceError("No message of a customer was found; write each on a line of its own.")
    if len(messages) > MOST_TURNS or max(map(len, messages)) > LONGEST_TEXT:
        raise PieceError(
            f"A conversation may have up to {MOST_TURNS} messages of {LONGEST_TEXT:,} characters; "
            f"this one has {len(messages)}, the longest of {max(map(len, messages)):,}."
        )
    services, made = services_here(), _draft_ready()
    titles = workshop_forms.titles(made.pack.texts)
    turns = [
        {
            "customer": step.text,
            "trial": trial_of(services, made, step).to_row(),
            "got": {key: in_words(key, step.got[key], titles) for key in EXPECTED},
        }
        for step in try_conversation(services, made, messages)
    ]
    return jsonify(turns=turns, customer=pasted.customer, others=pasted.others)


@blueprint.post("")
@signed_in("admin")
def keep() -> ResponseReturnValue:
    """Keep a conversation as a test case that expects what the draft does now."""
    body = parse_body(Keeping, request)
    steps = try_conversation(services_here(), _draft_ready(), body.messages)
    turns = tuple(
        CaseTurn(step.text, {key: value for key, value in step.got.items() if value})
        for step in steps
    )

    def change(texts: Mapping[str, str]) -> tuple[dict[str, str], str]:
        name = free_name(body.name, [row["name"] for row in _rows(texts)])
        return add_case(texts, Case(name, turns)), name

    draft, name = changed(change)
    url = url_for("workshop.cases.overview", _anchor=workshop_forms.case_anchor(name))
    return jsonify(name=name, url=url, **standing(draft))


@blueprint.post("/remove")
@signed_in("admin")
def remove() -> ResponseReturnValue:
    """Take a test case out of the draft."""
    name = request.form.get("name", "")

    def change(texts: Mapping[str, str]) -> tuple[dict[str, str], str]:
        return remove_case(texts, name), name

    changed(change)
    return redirect(url_for("workshop.cases.overview"), 303)


@blueprint.get("/results")
@signed_in("admin")
def results() -> ResponseReturnValue:
    """Hold every test case of the draft against it, and say which do not hold."""
    services, made = services_here(), _draft_ready()
    found = run_cases(made, services.reader)
    rows = shown_results([one.to_row() for one in found], workshop_forms.titles(made.pack.texts))
    return jsonify(cases=rows, broken=sum(not one["holds"] for one in rows))


def shown_results(
    rows: Iterable[Mapping[str, Any]], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Give results with the words of a page: what was expected and what came, side by side."""
    return [
        {
            "name": row["name"],
            "holds": row["holds"],
            "anchor": workshop_forms.case_anchor(row["name"]),
            "url": workshop_forms.url_of(("case", row["name"])),
            "turns": [_compared(turn, titles) for turn in row["turns"]],
        }
        for row in rows
    ]


def in_words(key: str, value: str, titles: Mapping[str, str]) -> str:
    """Say on a page what was expected or came: a title, a decision, a reply, a reason."""
    if not value:
        return "nothing"
    if key == "intent":
        return "nothing it knows" if value == OUT_OF_SCOPE else titles.get(value, f"{value} (gone)")
    if key == "reply":
        return titles.get(value, value.replace("_", " "))
    return {"decision": DECISIONS, "reason": REASONS}[key].get(value, value)


def _compared(turn: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "customer": turn["customer"],
        "wrong": [
            {
                "what": KINDS[key],
                "expected": in_words(key, turn["expected"][key], titles),
                "got": in_words(key, turn["got"][key], titles),
            }
            for key in turn["wrong"]
        ],
    }


def _shown(texts: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a case as the page edits it: each turn with its fields."""
    name = row["name"]
    rows = row.get("turns")
    numbers = range(len(rows) if isinstance(rows, list) else 0)
    turns = [
        {key: field(texts, ("case", name, str(number), key)) for key in (CUSTOMER, *EXPECTED)}
        for number in numbers
    ]
    return {"name": name, "anchor": workshop_forms.case_anchor(name), "turns": turns}


def _rows(texts: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Give the cases of a draft, those half finished left out."""
    data = data_of(texts, CASES)
    rows = data.get("cases") if isinstance(data, Mapping) else None
    found = rows if isinstance(rows, list) else []
    return [one for one in found if isinstance(one, Mapping) and isinstance(one.get("name"), str)]


def _choices(texts: Mapping[str, str]) -> dict[str, Sequence[tuple[str, str]]]:
    """Give what each field can be, as (name, words)."""
    titles = workshop_forms.titles(texts)
    written = data_of(texts, REPLIES).get("replies") or {}
    replies = dict.fromkeys([*titles, *written, *SYSTEM_REPLIES])
    return {
        "intent": [*titles.items(), (OUT_OF_SCOPE, "nothing it knows")],
        "decision": list(DECISIONS.items()),
        "reply": [(one, in_words("reply", one, titles)) for one in replies],
        "reason": list(REASONS.items()),
    }


def _draft_ready() -> LivePack:
    packs = services_here().packs
    return workbench().ready(packs, packs.draft().texts, packs.live())
