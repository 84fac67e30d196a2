"""What browser tests share: the system's Chromium, and patience on a busy machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.staff import PATIENCE_MS


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Give the system's Chromium; where it or playwright is missing the test is skipped."""
    playwright = pytest.importorskip("playwright.sync_api")
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        pytest.skip("there is no Chromium on this machine")
    playwright.expect.set_options(timeout=PATIENCE_MS)
    with playwright.sync_playwright() as runner:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        found = runner.chromium.launch(executable_path=place, args=flags)
        yield found
        found.close()
