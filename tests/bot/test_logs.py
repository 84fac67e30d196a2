"""Logs are lines of JSON that never hold what somebody wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import PRIVATE, StderrHandler, set_up_logs


@pytest.fixture
def logs(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """Logs set up as in a server, undone afterwards."""
    root = logging.getLogger()
    before = root.level
    set_up_logs("info")
    yield capsys
    root.handlers = [one for one in root.handlers if not isinstance(one, StderrHandler)]
    root.setLevel(before)
    structlog.reset_defaults()


def lines(logs: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The lines written so far."""
    return [json.loads(line) for line in logs.readouterr().err.splitlines()]


def test_each_line_is_json_with_time_and_level(logs: pytest.CaptureFixture[str]) -> None:
    """Ours and the libraries' lines have the same form, once each, however often set up."""
    set_up_logs("info")
    structlog.get_logger("ours").info("turn_taken", conversation="c1")
    logging.getLogger("theirs").warning("a %s line", "plain")
    ours, theirs = lines(logs)
    assert (ours["event"], ours["conversation"], ours["level"]) == ("turn_taken", "c1", "info")
    assert (theirs["event"], theirs["level"]) == ("a plain line", "warning")
    assert all("timestamp" in line for line in (ours, theirs))


@pytest.mark.parametrize("field", sorted(PRIVATE))
def test_what_people_wrote_is_withheld(logs: pytest.CaptureFixture[str], field: str) -> None:
    """Should a careless line name a text, an address or a secret, its value stays out."""
    structlog.get_logger("ours").warning("careless", **{field: "canary@example.com"})
    assert "canary" not in logs.readouterr().err


def test_long_values_are_cut(logs: pytest.CaptureFixture[str]) -> None:
    """No line carries a whole body by accident."""
    structlog.get_logger("ours").warning("long", error="x" * 5_000)
    assert len(str(lines(logs)[0]["error"])) < 400


def test_lines_below_the_level_are_left_out(logs: pytest.CaptureFixture[str]) -> None:
    """The setting decides how much is said."""
    structlog.get_logger("ours").debug("detail")
    assert lines(logs) == []
