"""Browser tests of the desk share one Chromium, a way to sign in, and what axe finds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.staff import PASSWORD, Staff, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Give one browser for the module."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield browser
        browser.close()


@pytest.fixture
def open_desk(staff: Staff, chromium: Any) -> Iterator[Any]:
    """Give a way to sign somebody in and see the desk; any script error fails the test."""
    with served(staff) as address:
        contexts, broken = [], []

        def open_as(name: str = "Ana Lima", role: str = "agent", **options: object) -> Any:
            person = staff.person(name, role)
            context = chromium.new_context(base_url=address, **options)
            context.set_default_timeout(8_000)
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
