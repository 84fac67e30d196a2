"""What browser tests share: the system's Chromium, patience on a busy machine, and a desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.staff import PASSWORD, PATIENCE_MS, Staff, served


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


@pytest.fixture
def address(staff: Staff) -> Iterator[str]:
    """Give the address of the app, served."""
    with served(staff) as url:
        yield url


@pytest.fixture
def open_desk(staff: Staff, chromium: Any) -> Iterator[Any]:
    """Give a way to sign somebody in and see the desk; any script error fails the test."""
    with served(staff) as address:
        contexts, broken = [], []

        def open_as(name: str = "Ana Lima", role: str = "agent", **options: object) -> Any:
            person = staff.person(name, role)
            context = chromium.new_context(base_url=address, **options)
            context.set_default_timeout(PATIENCE_MS)
            contexts.append(context)
            page = context.new_page()
            page.on("pageerror", lambda error: broken.append(str(error)))
            page.goto("/sign-in")
            page.fill("#email", person.email)
            page.fill("#password", PASSWORD)
            page.click("text=Sign in >> nth=-1")
            page.wait_for_url("**/desk")
            return page

        yield open_as
        for context in contexts:
            context.close()
        assert not broken
