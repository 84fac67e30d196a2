"""What the benchmark makes of its times: fair turns, and figures that show how far they spread."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.cost import ROUNDS, Pair, figures, in_turn


def test_either_comes_first_equally_often_with_every_text() -> None:
    """Both run once for each text and round, and neither always finds the caches warmed."""
    calls: list[tuple[str, str]] = []
    texts = ["one", "two", "three"]
    for number in range(ROUNDS):
        pairs = in_turn(
            lambda text: calls.append(("bare", text)),
            lambda text: calls.append(("whole", text)),
            texts,
            number,
        )
        assert [pair.whole_first for pair in pairs] == [
            name == "whole" for name, _ in calls[-2 * len(texts) :: 2]
        ]
    assert len(calls) == 2 * len(texts) * ROUNDS
    assert all(one[1] == other[1] for one, other in zip(calls[::2], calls[1::2], strict=True))
    assert Counter(calls[::2]) == {
        (name, text): ROUNDS // 2 for name in ("bare", "whole") for text in texts
    }


def test_figures_show_the_spread_between_rounds() -> None:
    """The ratio is the median text by text; a round that went otherwise is seen."""
    calm = [Pair(0.004, 0.005, place % 2 == 1) for place in range(4)]
    busy = [Pair(0.010, 0.020, place % 2 == 1) for place in range(4)]
    found = figures([calm, calm, busy])
    assert found["n"] == 12
    assert (found["bare_encoder_ms"], found["whole_reading_ms"]) == (4.0, 5.0)
    assert found["times_the_bare_encoder"] == pytest.approx(1.25)
    assert found["lowest_and_highest_round"] == [1.25, 2.0]
    one_sided = [Pair(1.0, 3.0 if first else 2.0, first) for first in (True, False)]
    assert figures([one_sided])["whole_first"] == 3.0
    assert figures([one_sided])["bare_first"] == 2.0
