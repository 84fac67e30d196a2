"""One wording of a reply: a template with a closed list of variables, checked before it is used.

Templates are Liquid, made for text that people who are not programmers edit; never Jinja.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError
from liquid.undefined import FalsyStrictUndefined

from intents.errors import PackError

FILE = "replies.yaml"
LONGEST = 2_000
ALLOWED_TAGS = frozenset({"if", "unless", "case", "comment", "#"})
VARIABLES = frozenset(
    {
        *("customer.first_name", "order.number", "choice.first", "choice.second"),
        *("wait.text", "team.hours", "agent.first_name"),
    }
)
EMPTY_CONTEXT: dict[str, dict[str, str | None]] = {
    "customer": {"first_name": None},
    "order": {"number": None},
    "choice": {"first": None, "second": None},
    "wait": {"text": None},
    "team": {"hours": None},
    "agent": {"first_name": None},
}
FULL_CONTEXT: dict[str, dict[str, str | None]] = {
    "customer": {"first_name": "Robin"},
    "order": {"number": "12345"},
    "choice": {"first": "Order status", "second": "Refund status"},
    "wait": {"text": "usually within 2 to 9 minutes"},
    "team": {"hours": "Monday to Friday 09:00-17:30 (Europe/London)"},
    "agent": {"first_name": "Ana"},
}
LOOKUP = "lookup"
"""The group of what a lookup said; each lookup has fields of its own."""
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# How the commonest languages say sorry; where a language is not here, only English is noticed.
SORRY = re.compile(
    r"sorry|apolog|entschuldig|tut (?:mir|uns) (?:\w+ )?leid|verzeih|lo siento|lo sentimos|disculp|"
    r"désolé|excuse[rz]|mi dispiace|ci dispiace|scusa|desculp|lamentamos|spijt|przeprasza|"
    r"förlåt|ursäkt|beklag|omluv|özür",
    re.IGNORECASE,
)


class _Liquid(Environment):
    """Liquid with limits, so that no template can keep a worker busy."""

    output_stream_limit = 20_000
    loop_iteration_limit = 100
    local_namespace_limit = 1_000
    context_depth_limit = 5


LIQUID = _Liquid(undefined=FalsyStrictUndefined)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a reply; `ref` names it: `order_status/upset/2`, `order_status/de/calm/0`.

    `looked_up` are the fields of a lookup that it speaks of, `source` is what its author wrote.
    """

    ref: str
    template: BoundTemplate
    apologises: bool
    looked_up: frozenset[str] = frozenset()
    source: str = ""

    @property
    def mark(self) -> str:
        """A short mark of what it says, the same as long as nobody changes it."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]


def apologises(text: str) -> bool:
    """Say whether a text asks for pardon."""
    return SORRY.search(text) is not None


def in_short(source: str, most: int) -> str:
    """Give a wording as a list shows it: on one line, its variables as an ellipsis."""
    shown = VARIABLE.sub("…", TAG.sub("", source))
    line = " ".join(shown.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def read_wording(ref: str, text: str, facts: Mapping[str, Any], line: int | None) -> Wording:
    """Check a template and give it; raises PackError with file, line and what to do."""
    if len(text) > LONGEST:
        raise PackError(
            FILE,
            line,
            f"The reply {ref} has {len(text)} characters.",
            f"Keep it under {LONGEST}; customers read two or three sentences.",
        )
    try:
        template = LIQUID.from_string(text)
        analysis = template.analyze()
    except LiquidError as error:
        raise PackError(
            FILE,
            line,
            f"The reply {ref} is not valid: {_first_line(error)}.",
            "Check its {{ … }} and {% … %} marks.",
        ) from error
    for tag in analysis.tags:
        if tag not in ALLOWED_TAGS:
            raise PackError(
                FILE,
                line,
                f"The reply {ref} uses the tag {tag!r}.",
                f"Replies may use {', '.join(sorted(ALLOWED_TAGS - {'#'}))}.",
            )
    paths = [
        [str(part) for part in variable.segments]
        for group in analysis.globals.values()
        for variable in group
    ]
    for path in paths:
        _check_variable(path, ref, facts, line)
    looked_up = frozenset(path[1] for path in paths if path[0] == LOOKUP)
    _check_filled(template, ref, {"facts": facts, LOOKUP: stand_ins(looked_up)}, line)
    return Wording(ref, template, apologises(text), looked_up, text)


def stand_ins(fields: Iterable[str]) -> dict[str, str]:
    """Give stand-ins for the fields of a lookup, as a preview shows them."""
    return {one: one.replace("_", " ") for one in fields}


def _check_filled(
    template: BoundTemplate, ref: str, more: Mapping[str, Any], line: int | None
) -> None:
    try:
        for values in (EMPTY_CONTEXT, FULL_CONTEXT):
            template.render(**values, **more)
    except LiquidError as error:
        raise PackError(
            FILE,
            line,
            f"The reply {ref} cannot be filled: {_first_line(error)}.",
            "Check its filters and variables.",
        ) from error


def _check_variable(
    segments: Sequence[str], ref: str, facts: Mapping[str, Any], line: int | None
) -> None:
    path = ".".join(segments)
    if path in VARIABLES:
        return
    if segments[0] == "facts" and _has(facts, segments[1:]):
        return
    if segments[0] == LOOKUP and len(segments) == 2:
        return
    known = ", ".join(sorted(VARIABLES))
    raise PackError(
        FILE,
        line,
        f"The reply {ref} uses the unknown variable {path!r}.",
        f"Known are {known}, facts.<name in facts.yaml> and lookup.<field>.",
    )


def _has(facts: Any, path: Sequence[str]) -> bool:
    for part in path:
        if isinstance(facts, Mapping) and part in facts:
            facts = facts[part]
        else:
            return isinstance(facts, list) and part in {"first", "last", "size"}
    return bool(path)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")
