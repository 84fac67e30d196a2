"""When an event is tried again, and when it is dead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outgoing.retry import DELAYS_S, EVENT_LIVES_MS, JITTER, TRIES, judge, retry_after
from tests.builders import NOON_MS

HOUR_S = 3600


def test_ten_tries_over_about_three_days() -> None:
    """The spans grow from seconds to a day; the longest the jitter makes of them is under four."""
    assert TRIES == 10
    assert 72 * HOUR_S < sum(DELAYS_S) < 78 * HOUR_S
    assert sum(DELAYS_S) * (1 + JITTER) * 1000 < EVENT_LIVES_MS
    spans = [judge(500, tries, 0).again_in_ms // 1000 for tries in range(TRIES - 1)]
    assert spans == list(DELAYS_S)
    assert judge(500, TRIES - 1, 0).outcome == "dead"


@given(st.integers(100, 599) | st.just(0), st.integers(0, 12), st.integers(0, 1_000))
def test_only_a_2xx_is_taken(status: int, tries: int, fails: int) -> None:
    """Everything else is tried again until the tries are used up; 410 ends the endpoint."""
    found = judge(status, tries, fails)
    if 200 <= status < 300:
        assert found.outcome == "sent"
    elif status == 410:
        assert (found.outcome, found.gone) == ("dead", True)
    else:
        assert found.outcome == ("again" if tries + 1 < TRIES else "dead")
        assert not found.gone
        assert 0 <= found.rest_ms <= 600_000


def test_jitter_parts_what_failed_together() -> None:
    """The factor moves the next try and the rest."""
    assert judge(500, 1, 5, jitter=0.8).again_in_ms == 240_000
    assert judge(500, 1, 5, jitter=1.2).again_in_ms == 360_000
    assert judge(500, 0, 5, jitter=1.2).rest_ms > judge(500, 0, 5, jitter=0.8).rest_ms


def test_an_endpoint_that_fails_is_left_alone_for_longer_and_longer() -> None:
    """The third failure in a row begins a rest that doubles up to ten minutes."""
    rests = [judge(500, 0, fails).rest_ms // 1000 for fails in (0, 1, 2, 3, 4, 50)]
    assert rests == [0, 0, 5, 10, 20, 600]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(status: int) -> None:
    """It is not tried sooner than asked, nor is anything else; and never put off beyond a day."""
    found = judge(status, 0, 0, retry_after_s=120)
    assert (found.again_in_ms, found.rest_ms) == (120_000, 120_000)
    assert judge(status, 3, 0, retry_after_s=1).again_in_ms == 7_200_000
    assert judge(status, 0, 0, retry_after_s=10**9).again_in_ms == 86_400_000
    assert judge(500, 0, 0, retry_after_s=120).again_in_ms == 5_000


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        *(("120", 120), (" 7 ", 7), ("0", 0), ("-5", 0), ("soon", 0), ("", 0), ("9" * 400, None)),
        *(("Mon, 05 Jan 2026 12:02:00 GMT", 120), ("Mon, 05 Jan 2026 11:00:00 GMT", 0)),
        *(("Mon, 05 Jan 2026 12:02:00 -0000", 120), ("Mon, 99 Jan 2026 12:02:00 GMT", 0)),
    ],
)
def test_retry_after_is_read(header: str, seconds: int | None) -> None:
    """Seconds or a date; what is neither asks for nothing."""
    found = retry_after(header, NOON_MS)
    assert found == (seconds if seconds is not None else 999_999_999)


@given(st.text(max_size=60))
def test_any_header_is_borne(header: str) -> None:
    """Nothing an endpoint writes there breaks us."""
    assert retry_after(header, NOON_MS) >= 0
