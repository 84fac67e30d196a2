"""Reply templates of a pack: checked when it is loaded, rendered in fitting tone and language."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from liquid.exceptions import LiquidError

from bot.comparison import Comparison
from bot.errors import BotError
from bot.languages import named
from bot.tone import TONES, Tone
from bot.wordings import EMPTY_CONTEXT, FILE, LOOKUP, Wording, read_wording
from intents.errors import PackError
from intents.language import DEFAULT

SYSTEM_REPLIES = (
    *("welcome", "fallback", "fallback_again", "clarify", "offer_person", "offer_declined"),
    *("handoff", "handoff_nobody", "handoff_safety", "handoff_self_harm", "handoff_vulnerable"),
    *("handoff_service", "handoff_language", "still_waiting", "ticket_cancelled", "solved"),
    *("not_quite", "agent_joined", "resolved", "email_saved", "rating_thanks", "chat_empty"),
)
BUTTON_REPLIES = ("solved", "not_quite", "handoff", "offer_declined")
"""What the bot's own buttons ask for; in English they have labels of their own."""
LOOKUP_REPLIES = ("ask_order_number", "ask_email", "lookup_missing", "lookup_failed")
"""What the bot says around a lookup, needed where an intent has one."""
LISTED = 8
SHORT = 2  # the path of a reply in the first language

Row = Mapping[str, Any]
Path = tuple[str, ...]
LineOf = Callable[..., int | None]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished reply and the wording it came from; `compared`: a coin chose that one of two."""

    text: str
    ref: str
    follow_ups: tuple[str, ...] = ()
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A reply in one language: wordings by tone, calm always among them, and what is under it.

    `button` is what a button says that asks for it, empty if the pack does not tell.
    """

    wordings: Mapping[Tone, tuple[Wording, ...]]
    follow_ups: tuple[str, ...] = ()
    button: str = ""


class NotFilled(BotError):
    """Raised when a reply lacks a field it speaks of; half-filled it is never said."""


class ReplyBook:
    """All reply templates of one pack version, ready to render."""

    def __init__(
        self,
        replies: Mapping[tuple[str, str], Said],
        facts: Mapping[str, Any],
        languages: Sequence[str],
    ) -> None:
        """Hold checked replies by name and language; use `read_replies` to make one."""
        self._replies = replies
        self._facts = facts
        self._first = languages[0]

    def __contains__(self, name: str) -> bool:
        """Say whether there is a reply of this name."""
        return (name, self._first) in self._replies

    def names(self, language: str) -> list[str]:
        """Give the names of the replies that have wordings in a language."""
        return [name for name, code in self._replies if code == language]

    def drafts(  # noqa: PLR0913 - what a wording depends on
        self,
        name: str,
        tone: Tone,
        context: Mapping[str, Mapping[str, Any]],
        *,
        language: str,
        said: Sequence[str] = (),
        apologised: bool = False,
        seed: str = "",
    ) -> list[str]:
        """Give every wording of a reply filled in, as `render` would choose them: the tone's, then
        the calm ones, those not said before first.
        """
        found = self._replies.get((name, language)) or self._replies[(name, self._first)]
        calm = found.wordings["calm"]
        tones = [found.wordings[tone], calm] if tone in found.wordings else [calm]
        if tone == "calm":
            tones = [calm]
        wordings = [one for pool in tones for one in _ordered(pool, said, seed)]
        drafts = []
        for one in wordings:
            if not (apologised and one.apologises):
                with suppress(NotFilled):  # it speaks of a lookup that nobody made here
                    drafts.append(self._filled(one, context))
        return drafts

    def button(self, name: str, language: str) -> str:
        """Give what a button says that asks for a reply, empty if the pack does not tell."""
        found = self._replies.get((name, language))
        return found.button if found else ""

    def render(  # noqa: PLR0913 - what a wording depends on
        self,
        name: str,
        tone: Tone,
        context: Mapping[str, Mapping[str, Any]],
        *,
        language: str = "",
        said: Sequence[str] = (),
        apologised: bool = False,
        seed: str = "",
        comparison: Comparison | None = None,
    ) -> Rendered:
        """Give the reply in the fitting tone, never the wording said last, one apology at most.

        In the language if it has wordings in it, else in the pack's first. `said` are the refs
        already used in this conversation, oldest first; `seed` spreads conversations over the
        wordings. The first time that both wordings of a `comparison` could be said, its coin
        decides between them. Raises NotFilled.
        """
        found = self._replies.get((name, language)) or self._replies[(name, self._first)]
        calm = found.wordings["calm"]
        pool = _pool(found.wordings.get(tone) or calm, calm, apologised)
        tossed = _tossed(pool, said, seed, comparison) if comparison else None
        wording = tossed or _ordered(pool, said, seed)[0]
        text = self._filled(wording, context)
        return Rendered(text, wording.ref, found.follow_ups, compared=tossed is not None)

    def wordings(self, name: str) -> list[tuple[str, Tone, Sequence[Wording]]]:
        """Give all wordings of a reply: language, tone, and those in it."""
        return [
            (code, tone, found)
            for (one, code), said in self._replies.items()
            if one == name
            for tone, found in said.wordings.items()
        ]

    def _filled(self, wording: Wording, context: Mapping[str, Mapping[str, Any]]) -> str:
        given = {
            name: {key: text or None for key, text in group.items()}
            for name, group in context.items()
        }
        values = {**EMPTY_CONTEXT, LOOKUP: {}, **given, "facts": self._facts}
        try:
            text = wording.template.render(**values)
        except LiquidError as error:
            raise NotFilled(f"The reply {wording.ref} cannot be filled ({error}).") from error
        return _tidy(text)

    def looked_up(self, name: str) -> frozenset[str]:
        """Give the fields of a lookup that any wording of a reply speaks of."""
        return frozenset(
            field
            for _, _, wordings in self.wordings(name)
            for wording in wordings
            for field in wording.looked_up
        )


def _pool(
    wordings: Sequence[Wording], calm: Sequence[Wording], apologised: bool
) -> Sequence[Wording]:
    if not apologised:
        return wordings
    pool = [one for one in wordings if not one.apologises]
    return pool or [one for one in calm if not one.apologises] or wordings


def _tossed(
    pool: Sequence[Wording], said: Sequence[str], seed: str, comparison: Comparison
) -> Wording | None:
    """Give the wording that the coin chose, None where not both can be said for the first time."""
    new = {(one.ref, one.mark): one for one in pool if one.ref not in said}
    both = [new.get(side) for side in comparison.sides]
    return None if None in both else both[comparison.toss(seed)]


def _ordered(pool: Sequence[Wording], said: Sequence[str], seed: str) -> list[Wording]:
    """Give wordings from a conversation's own place on, those said longest ago or never first."""
    start = zlib.crc32(seed.encode()) % len(pool)
    turned = [*pool[start:], *pool[:start]]
    last_use = {ref: index for index, ref in enumerate(said)}
    return sorted(turned, key=lambda one: last_use.get(one.ref, -1))


def _tidy(text: str) -> str:
    """Close the gaps that an empty variable leaves."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(lines).replace(" ,", ",").replace(" .", ".").strip()


def read_replies(
    replies: Mapping[str, Row],
    facts: Mapping[str, Any],
    line_of: LineOf,
    intents: Iterable[str] = (),
    languages: Sequence[str] = (DEFAULT,),
    lookups: Sequence[str] = (),
) -> ReplyBook:
    """Check every template and give the book; raises PackError with file, line and what to do.

    `lookups` are the replies that lookups fill; with any, what the bot says around one is needed.
    """
    own = (*SYSTEM_REPLIES, *lookups, *(LOOKUP_REPLIES if lookups else ()))
    for name in (*intents, *own):
        if not (replies.get(name) or {}).get("calm"):
            raise PackError(
                FILE,
                line_of(FILE, "replies", name) or line_of(FILE, "replies"),
                f"The reply {name!r} has no calm wording.",
                f"Add at least one line under replies, {name}, calm.",
            )
    for code in languages[1:]:
        _check_system(replies, own, code, line_of)
    found = {
        (name, code): _said(row, path, facts, line_of)
        for name, code, row, path in _every(replies, languages[0])
    }
    complete = {key: said for key, said in found.items() if "calm" in said.wordings}
    return ReplyBook(complete, facts, languages)


def _every(replies: Mapping[str, Row], first: str) -> Iterator[tuple[str, str, Row, Path]]:
    """Give every reply in every language it has: name, language, what it holds, where it stands."""
    for name, reply in replies.items():
        yield name, first, reply, ("replies", name)
        for code, row in (reply.get("in") or {}).items():
            yield name, code, row, ("replies", name, "in", code)


def _check_system(
    replies: Mapping[str, Row], own: Sequence[str], code: str, line_of: LineOf
) -> None:
    """See that the bot can say all of its own in a further language."""
    rows = {name: _inside(replies.get(name), code) for name in own}
    missing = [name for name, row in rows.items() if not row.get("calm")]
    if missing:
        more = f" and {len(missing) - LISTED} more" if len(missing) > LISTED else ""
        raise PackError(
            FILE,
            line_of(FILE, "replies", missing[0], "in", code, "calm"),
            f"No calm wording in {named(code)} have {', '.join(missing[:LISTED])}{more}.",
            f"Add a line under replies, {missing[0]}, in, {code}, calm, and so for each, or take "
            "the language out of languages in intents.yaml.",
        )
    for name in BUTTON_REPLIES:
        if not rows[name].get("button"):
            raise PackError(
                FILE,
                line_of(FILE, "replies", name, "in", code, "button"),
                f"The reply {name!r} has no button in {named(code)}.",
                f"Write under replies, {name}, in, {code}, button what a button says that asks "
                "for it.",
            )


def _inside(reply: Row | None, code: str) -> Row:
    row: Row = ((reply or {}).get("in") or {}).get(code) or {}
    return row


def _said(row: Row, path: Path, facts: Mapping[str, Any], line_of: LineOf) -> Said:
    """Check all that a reply holds in one language; a further language needs a calm wording."""
    ref = "/".join(one for one in path[1:] if one != "in")
    wordings = {
        tone: tuple(
            read_wording(f"{ref}/{tone}/{index}", text, facts, line_of(FILE, *path, tone, index))
            for index, text in enumerate(row.get(tone) or ())
        )
        for tone in TONES
        if row.get(tone)
    }
    held = [key for key, value in row.items() if value and key != "in"]
    if len(path) > SHORT and held and "calm" not in wordings:
        raise PackError(
            FILE,
            line_of(FILE, *path, "calm"),
            f"The reply {ref} has {held[0]}, and no calm wording.",
            f"Add at least one line under {', '.join(path)}, calm.",
        )
    return Said(wordings, tuple(row.get("quick_replies") or ()), row.get("button") or "")
