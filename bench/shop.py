"""A running Attune with people signed in, and Chromium before it, for the parts about pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.people import Person
from bot.redis_server import recorded_socket
from bot.services import Services, build_services
from bot.settings import Settings
from bot.store import connect
from tests.chaos.harness import serving

PASSWORD = "long enough word"  # noqa: S105 - of a server that is gone in a minute
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
PATIENCE_MS = 60_000


@dataclass(slots=True)
class Shop:
    """One server: its address, the services on its store, and its people."""

    address: str
    services: Services
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rsplit(":", 1)[1])

    def hire(self, name: str) -> Person:
        """Give somebody who can sign in, made once."""
        if name not in self.people:
            people, now = self.services.people, self.services.clock()
            email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
            added = people.add(email, name, "agent", now)
            self.people[name] = people.join(people.link(added.id), email, name, PASSWORD, now)
        return self.people[name]

    def session(self, name: str) -> str:
        """Give the cookie of a new session of somebody."""
        person = self.hire(name)
        now = self.services.clock()
        return self.services.people.sessions.begin(person.id, person.version, now)


@contextmanager
def open_shop(folder: Path, workers: int = 2) -> Iterator[Shop]:
    """Give a server as `attune serve` runs it, ended afterwards."""
    with serving(folder, workers) as server:
        url = f"unix://{recorded_socket(folder / 'redis')}"
        with connect(url, timeout_s=10) as client:
            services = build_services(Settings(data=folder, redis_url=url), client=client)
            try:
                yield Shop(f"http://127.0.0.1:{server.port}", services)
            finally:
                services.upkeep.stop()
                services.live.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Give the system's Chromium, without a window; fails with a sentence where there is none."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the other parts run without

    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        raise SystemExit("This part needs Chromium; install it (such as apt install chromium).")
    with sync_playwright() as runner:
        found = runner.chromium.launch(executable_path=place, args=[*FLAGS])
        try:
            yield found
        finally:
            found.close()


def desk_of(browser: Any, shop: Shop, name: str, **options: Any) -> Any:
    """Give the desk's page with somebody signed in, in a context of its own."""
    context = browser.new_context(base_url=shop.address, **options)
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "attune", "value": shop.session(name), "url": shop.address}])
    page = context.new_page()
    page.goto("/desk")
    return page
