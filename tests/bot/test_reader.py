"""The reader leaves a model alone that keeps failing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import reader as reading
from bot.reader import FAILURES, Reader
from intents.errors import UnderstandingError, WeightsError


def test_missing_weights_are_not_looked_for_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some failures to load, customers get a person at once instead of waiting for each."""
    asked = []

    def broken(*_: object) -> None:
        asked.append(1)
        raise WeightsError("The weights are not here.")

    monkeypatch.setattr(reading, "ready_encoder", broken)
    made = Reader(tmp_path, None, 1.0)
    for _ in range(FAILURES):
        with pytest.raises(WeightsError):
            made.read("hi", None)  # type: ignore[arg-type]
    with pytest.raises(UnderstandingError, match="rests"):
        made.read("hi", None)  # type: ignore[arg-type]
    assert len(asked) == FAILURES
