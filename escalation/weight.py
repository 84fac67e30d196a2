"""How heavy a conversation is to carry for whoever answers it; pure, times are ms, passed in.

It is read from the customer's messages alone: never from what agents write, and nothing here says
how an agent feels. It only helps to share heavy conversations fairly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalation.text import fold, words_of
from escalation.values import TurnFacts

SHARES = {"frustration": 0.7, "vulnerable": 0.75}
"""How heavy a turn is made by a reading of 1; signs together add up, and never exceed 1."""
SAFETY, INSULTED = 0.8, 0.5
CARRIED = 0.5
"""What counts of the turns before, after it faded."""
SAFETY_CODE = "safety_or_legal"
ABUSE_FRUSTRATION = 0.5
"""Strong words count as abuse only where the model reads anger too ("you absolute muppet 😂")."""
_SAID = (
    r"(?:idiots?|morons?|stupid|thick|useless|pathetic|liars?|scum|clowns?|muppets?|imbeciles?|"
    r"cretins?|thieves|thief|scammers?|cowboys|crooks|incompetent|braindead|brain dead)"
)
ABUSE = words_of(
    rf"(?:you|u|y'all|yall|you're|ur|you lot|you people|bunch of|pack of) (?:\w+ ){{0,3}}{_SAID}",
    r"(?:fuck|f\*+k?|screw|damn|curse|piss|sod|bugger) (?:\w+ )?(?:you|u|off)",
    r"go to hell",
    r"shut (?:the \w+ )?up",
    r"kiss my (?:arse|ass)",
    r"(?:bastards?|wankers?|arseholes?|assholes?|twats?|dickheads?|tossers?|pricks?|shitheads?|"
    r"cunts?|bitch(?:es)?)",
)
"""Words aimed at whoever reads them; anger at a thing or at what happened is none."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How heavy, 0 to 1, as of `at_ms`; whether the customer was abusive at any time."""

    value: float
    at_ms: int
    abusive: bool = False

    def now(self, now_ms: int, half_life_ms: int) -> float:
        """Give what is left of it at a moment."""
        return faded(self.value, self.at_ms, now_ms, half_life_ms)


def faded(value: float, at_ms: int, now_ms: int, half_life_ms: int) -> float:
    """Give what is left of a weight: half after each half-life."""
    return float(value * 0.5 ** (max(0, now_ms - at_ms) / half_life_ms))


def weight_of(
    turns: Sequence[TurnFacts], codes: Sequence[frozenset[str]], half_life_ms: int
) -> Weight:
    """Give the weight after the last of these turns; `codes` are the reasons found at each."""
    value, at_ms, abusive = 0.0, 0, False
    for turn, found in zip(turns, codes, strict=True):
        insulting = is_abusive(turn)
        before = faded(value, at_ms, turn.at_ms, half_life_ms)
        value = _together(_own(turn, found, insulting), CARRIED * before)
        at_ms, abusive = turn.at_ms, abusive or insulting
    return Weight(round(value, 4), at_ms, abusive)


def is_abusive(turn: TurnFacts) -> bool:
    """Tell whether a turn insults or swears at people in anger."""
    if turn.payload or turn.frustration < ABUSE_FRUSTRATION:
        return False
    return bool(fold(turn.text).find(ABUSE))


def _own(turn: TurnFacts, codes: frozenset[str], insulting: bool) -> float:
    if turn.payload:  # a button's label says nothing about feelings
        return 0.0
    signs = [share * getattr(turn, name) for name, share in SHARES.items()]
    return _together(*signs, SAFETY * (SAFETY_CODE in codes), INSULTED * insulting)


def _together(*signs: float) -> float:
    calm = 1.0
    for sign in signs:
        calm *= 1 - min(1.0, max(0.0, sign))
    return 1 - calm
