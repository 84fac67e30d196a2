"""What the insights say of ratings and of two wordings compared, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.anytime import ERROR
from bot.compared import WORTH, Compared, compared
from bot.comparison import Comparison
from bot.comparisons import still_said
from bot.csat import BEST, WORST, Rated, by_need, by_wording
from bot.packs import LivePack
from bot.services import Services
from bot.story import Span, Told
from bot.told import told_since
from bot.wordings import in_short

SNIPPET = 90
NAMES = ("A", "B")
OUTCOMES = {"settled": ("conversation", "conversations"), "rating": ("rating", "ratings")}


@dataclass(frozen=True, slots=True)
class Shown:
    """One comparison as a page shows it."""

    found: Compared
    says: str
    values: tuple[str, str]
    gap: str
    texts: tuple[str, str]
    still: bool


def comparisons_shown(services: Services) -> list[Shown]:
    """Give every comparison, counted from all conversations since it began."""
    live, now = services.packs.live(), services.clock()
    return [
        _shown(counted(services, one, now), still_said(live, one))
        for one in services.comparisons.all()
    ]


def counted(services: Services, comparison: Comparison, now_ms: int) -> Compared:
    """Count a comparison anew from the raw entries."""
    told = told_since(services.redis, services.conversations, comparison.started_ms)
    return compared(comparison, told, now_ms)


def behind_comparison(services: Services, figure: str, value: str) -> tuple[str, ...] | None:
    """Give the conversations that heard one side of a comparison, None if there is none."""
    if figure not in {"heard_a", "heard_b"}:
        return None
    for one in services.comparisons.all():
        if one.id == value:
            return counted(services, one, services.clock()).heard[figure == "heard_b"]
    return None


def behind_rating(
    told: Sequence[Told], span: Span, figure: str, value: str
) -> tuple[str, ...] | None:
    """Give the conversations behind a rating by intent or wording, None if there is none."""
    groups = {"rated_need": by_need, "rated_wording": by_wording}
    if figure not in groups:
        return None
    found: tuple[Rated, ...] = groups[figure](told, span)
    return next((one.conversations for one in found if one.name == value), None)


def texts_of(live: LivePack, rows: Sequence[Rated]) -> dict[str, str]:
    """Give what stands under each ref in the live version, as far as it is still there."""
    wanted = {one.name for one in rows}
    found: dict[str, str] = {}
    for name in {ref.split("/", 1)[0] for ref in wanted}:
        for _, _, wordings in live.replies.wordings(name):
            found |= {
                one.ref: in_short(one.source, SNIPPET) for one in wordings if one.ref in wanted
            }
    return found


def verdict_in_words(found: Compared) -> str:
    """Say what a comparison showed, no more than it did."""
    judged, one, many = found.verdict, *OUTCOMES[found.comparison.measure]
    known = f"{found.known:,} {one if found.known == 1 else many}"
    if judged.kind in {"first", "second"} and judged.at:
        better = NAMES[judged.kind == "second"]
        return f"{better} does better. This held after {judged.at:,} {many}; now there are {known}."
    if judged.kind == "alike":
        worth = _size(found, WORTH[found.comparison.measure])
        return f"No difference worth having: less than {worth} either way, after {known}."
    if found.known < judged.needed:
        return f"Not enough {many} yet: {found.known:,} of about {judged.needed:,}."
    return f"No difference can be told, after {known}; about {judged.needed:,} were expected."


def _shown(found: Compared, still: bool) -> Shown:
    means, texts = found.verdict.means, found.comparison.texts
    return Shown(
        found,
        verdict_in_words(found),
        (_value(found, means[0]), _value(found, means[1])),
        _gap(found),
        (in_short(texts[0], SNIPPET), in_short(texts[1], SNIPPET)),
        still=still,
    )


def _value(found: Compared, mean: float | None) -> str:
    if mean is None:
        return "–"
    if found.comparison.measure == "rating":
        return f"{WORST + mean * (BEST - WORST):.1f} of {BEST}"
    return f"{round(100 * mean)} %"


def _gap(found: Compared) -> str:
    """Say between which differences (A minus B) the real one lies."""
    judged = found.verdict
    if judged.difference is None:
        return ""
    scale, unit = (BEST - WORST, "stars") if _rated(found) else (100, "points")
    digits = 1 if _rated(found) else 0
    low, high = (
        f"{scale * one:+.{digits}f}".replace("-", "−") for one in (judged.low, judged.high)
    )
    sure = round(100 * (1 - ERROR))
    return f"A minus B is between {low} and {high} {unit}, in {sure} of 100 comparisons."


def _size(found: Compared, part: float) -> str:
    return f"{part * (BEST - WORST):.1f} stars" if _rated(found) else f"{round(100 * part)} points"


def _rated(found: Compared) -> bool:
    return found.comparison.measure == "rating"
