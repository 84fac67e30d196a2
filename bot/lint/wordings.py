"""The empathy linter over a whole pack, over one wording being written, and before publishing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import BotError
from bot.lint.about import about, first_language
from bot.lint.empathy import Occasion, lint_wording
from bot.lint.remarks import Remark
from bot.lint.shown import marked
from bot.pieces import IN, Piece, data_of
from bot.tone import TONES
from bot.wordings import read_wording
from escalation.settings import REFUSE_WORDINGS
from intents.pack import INTENTS, POLICY, Pack

FEWEST_PARTS = 3  # of the name of a wording's piece: reply, name, tone


@dataclass(frozen=True, slots=True)
class Judged:
    """A remark with the wording it is about: its piece, its number from 0, its text."""

    piece: Piece
    index: int
    text: str
    remark: Remark

    @property
    def place(self) -> str:
        """Give the wording as people count: "order_status, upset, wording 2"."""
        words = [one for one in self.piece[1:] if one != IN]
        return f"{', '.join(words)}, wording {self.index + 1}"


class WordingWrong(BotError):
    """Raised when a wording may not be published; carries all that stand in the way."""

    def __init__(self, errors: Sequence[Judged]) -> None:
        """Say which wording, what is wrong with it, and what to do."""
        self.errors = tuple(errors)
        first = errors[0]
        more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
        super().__init__(
            f"{first.place}: “{first.remark.words}”. {first.remark.says} {first.remark.mend}{more}"
        )


def lint_pack(pack: Pack) -> tuple[Judged, ...]:
    """Give what there is to say of every wording of a pack, errors first, then as they stand."""
    marks = marked(pack.facts)
    judged = [
        Judged(piece, index, text, remark)
        for piece, texts in _wordings(pack)
        for index, text in enumerate(texts)
        for remark in lint_piece(text, piece, pack.texts, pack.facts, marks)
    ]
    return tuple(sorted(judged, key=lambda one: one.remark.severity != "error"))


def refuses_wordings(texts: Mapping[str, str]) -> bool:
    """Tell whether a draft's rules refuse to publish errors; raises PackError."""
    rules = data_of(texts, POLICY).get("publishing") or {}
    return bool(rules.get(REFUSE_WORDINGS, True))


def errors_of(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Give those that must not be published."""
    return tuple(one for one in judged if one.remark.severity == "error")


def lint_piece(
    text: str, piece: Piece, texts: Mapping[str, str], facts: Mapping[str, Any], marks: Any = None
) -> list[Remark]:
    """Give what there is to say of a wording of a piece, such as `("reply", name, tone)`.

    `texts` are the draft's files, `marks` its facts `marked` if they are already. Nothing for a
    piece that holds no wordings. Raises PackError for a template that cannot be filled.
    """
    tone = next((one for one in TONES if one == piece[-1]), None) if piece else None
    if tone is None or piece[0] != "reply" or len(piece) < FEWEST_PARTS:
        return []
    language = piece[3] if piece[2] == IN else first_language(texts.get(INTENTS, ""))
    wording = read_wording("/".join(piece[1:]), text, facts, None)
    on = Occasion(piece[1], tone, about(texts, piece[1]), language)
    return lint_wording(text, wording, marked(facts) if marks is None else marks, on)


def check_wordings(judged: Iterable[Judged]) -> None:
    """Raise WordingWrong if one of them must not be published."""
    errors = errors_of(judged)
    if errors:
        raise WordingWrong(errors)


def _wordings(pack: Pack) -> Iterator[tuple[Piece, Sequence[str]]]:
    for name, reply in pack.replies.items():
        rows: dict[Piece, Mapping[str, Any]] = {(): reply}
        rows |= {(IN, code): row for code, row in (reply.get(IN) or {}).items()}
        for path, row in rows.items():
            for tone in TONES:
                yield ("reply", name, *path, tone), row.get(tone) or ()
