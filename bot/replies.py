"""Reply templates: checked when a pack is loaded, rendered with a closed list of variables.

Templates are Liquid, made for text that people who are not programmers edit; never Jinja.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liquid import BoundTemplate, Environment, StrictUndefined
from liquid.exceptions import LiquidError

from bot.tone import TONES, Tone
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
SYSTEM_REPLIES = (
    *("welcome", "fallback", "fallback_again", "clarify", "offer_person", "offer_declined"),
    *("handoff", "handoff_nobody", "handoff_safety", "handoff_self_harm", "handoff_vulnerable"),
    *("handoff_service", "handoff_language", "still_waiting", "ticket_cancelled", "solved"),
    *("not_quite", "agent_joined", "resolved", "email_saved", "rating_thanks", "chat_empty"),
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


class _Liquid(Environment):
    """Liquid with limits, so that no template can keep a worker busy."""

    output_stream_limit = 20_000
    loop_iteration_limit = 100
    local_namespace_limit = 1_000
    context_depth_limit = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a reply; `ref` names it, such as `order_status/upset/2`."""

    ref: str
    template: BoundTemplate
    apologises: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished reply and the wording it came from."""

    text: str
    ref: str
    follow_ups: tuple[str, ...] = ()


class ReplyBook:
    """All reply templates of one pack version, ready to render."""

    def __init__(
        self,
        wordings: Mapping[tuple[str, Tone], tuple[Wording, ...]],
        follow_ups: Mapping[str, tuple[str, ...]],
        facts: Mapping[str, Any],
    ) -> None:
        """Hold checked wordings; use `read_replies` to make one."""
        self._wordings = wordings
        self._follow_ups = follow_ups
        self._facts = facts

    def __contains__(self, name: str) -> bool:
        """Say whether there is a reply of this name."""
        return (name, "calm") in self._wordings

    def render(
        self,
        name: str,
        tone: Tone,
        context: Mapping[str, Mapping[str, str]],
        *,
        said: Sequence[str] = (),
        apologised: bool = False,
        seed: str = "",
    ) -> Rendered:
        """Give the reply in the fitting tone, never the wording said last, one apology at most.

        `said` are the refs already used in this conversation, oldest first; `seed` spreads
        conversations over the wordings.
        """
        wordings = self._wordings.get((name, tone)) or self._wordings[(name, "calm")]
        wording = _choose(wordings, self._wordings[(name, "calm")], said, apologised, seed)
        given = {
            name: {key: text or None for key, text in group.items()}
            for name, group in context.items()
        }
        values = {**EMPTY_CONTEXT, **given, "facts": self._facts}
        text = " ".join(wording.template.render(**values).split(" ")).strip()
        return Rendered(_tidy(text), wording.ref, self._follow_ups.get(name, ()))


def _choose(
    wordings: Sequence[Wording],
    calm: Sequence[Wording],
    said: Sequence[str],
    apologised: bool,
    seed: str,
) -> Wording:
    pool = list(wordings)
    if apologised:
        pool = [one for one in wordings if not one.apologises]
        pool = pool or [one for one in calm if not one.apologises] or list(wordings)
    start = zlib.crc32(seed.encode()) % len(pool)
    turned = pool[start:] + pool[:start]
    last_use = {ref: index for index, ref in enumerate(said)}
    return min(turned, key=lambda one: last_use.get(one.ref, -1))


def _tidy(text: str) -> str:
    """Close the gaps that an empty variable leaves."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(lines).replace(" ,", ",").replace(" .", ".").strip()


def read_replies(
    replies: Mapping[str, Mapping[str, Any]],
    facts: Mapping[str, Any],
    line_of: Callable[..., int | None],
    intents: Iterable[str] = (),
) -> ReplyBook:
    """Check every template and give the book; raises PackError with file, line and what to do."""
    liquid = _Liquid(undefined=StrictUndefined)
    wordings: dict[tuple[str, Tone], tuple[Wording, ...]] = {}
    for name in (*intents, *SYSTEM_REPLIES):
        if not (replies.get(name) or {}).get("calm"):
            raise PackError(
                FILE,
                line_of(FILE, "replies", name) or line_of(FILE, "replies"),
                f"The reply {name!r} has no calm wording.",
                f"Add at least one line under replies, {name}, calm.",
            )
    for name, reply in replies.items():
        for tone in TONES:
            made = [
                _wording(
                    liquid,
                    f"{name}/{tone}/{index}",
                    text,
                    facts,
                    line_of(FILE, "replies", name, tone, index),
                )
                for index, text in enumerate(reply.get(tone) or ())
            ]
            if made:
                wordings[(name, tone)] = tuple(made)
    follow_ups = {name: tuple(one.get("quick_replies") or ()) for name, one in replies.items()}
    return ReplyBook(wordings, follow_ups, facts)


def _wording(
    liquid: Environment, ref: str, text: str, facts: Mapping[str, Any], line: int | None
) -> Wording:
    if len(text) > LONGEST:
        raise PackError(
            FILE,
            line,
            f"The reply {ref} has {len(text)} characters.",
            f"Keep it under {LONGEST}; customers read two or three sentences.",
        )
    try:
        template = liquid.from_string(text)
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
    for group in analysis.globals.values():
        for variable in group:
            _check_variable([str(part) for part in variable.segments], ref, facts, line)
    wording = Wording(ref, template, _apologises(text))
    try:
        for values in (EMPTY_CONTEXT, FULL_CONTEXT):
            template.render(**values, facts=facts)
    except LiquidError as error:
        raise PackError(
            FILE,
            line,
            f"The reply {ref} cannot be filled: {_first_line(error)}.",
            "Check its filters and variables.",
        ) from error
    return wording


def _check_variable(
    segments: Sequence[str], ref: str, facts: Mapping[str, Any], line: int | None
) -> None:
    path = ".".join(segments)
    if path in VARIABLES:
        return
    if segments[0] == "facts" and _has(facts, segments[1:]):
        return
    known = ", ".join(sorted(VARIABLES))
    raise PackError(
        FILE,
        line,
        f"The reply {ref} uses the unknown variable {path!r}.",
        f"Known are {known} and facts.<name in facts.yaml>.",
    )


def _has(facts: Any, path: Sequence[str]) -> bool:
    for part in path:
        if isinstance(facts, Mapping) and part in facts:
            facts = facts[part]
        else:
            return isinstance(facts, list) and part in {"first", "last", "size"}
    return bool(path)


def _apologises(text: str) -> bool:
    lowered = text.lower()
    return "sorry" in lowered or "apolog" in lowered


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")
