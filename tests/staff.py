"""The real app for tests of the staff's side, and short ways to use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import redis
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from bot.app import create_app
from bot.errors import TurnPending
from bot.people import Person
from bot.pipeline import handle_message
from bot.services import Services, build_services
from bot.settings import Settings
from bot.values import Customer, Incoming, Turn
from tests.builders import make_incoming
from tests.packed import publish_shop, real_reader

PASSWORD = "correct horse battery"
ORIGIN = {"Origin": "http://localhost"}
ASKED_AGAIN = 10
PATIENCE_MS = 60_000
"""How long a browser test waits for what must come, on a busy machine."""


@dataclass(slots=True)
class Staff:
    """The app with its services, and short ways to do what a test needs."""

    services: Services
    app: Flask
    people: dict[str, Person] = field(default_factory=dict)

    def close(self) -> None:
        """End the threads of this app."""
        self.services.upkeep.stop()
        self.services.live.close()

    def person(self, name: str, role: str = "agent") -> Person:
        """Give somebody who can sign in with PASSWORD, made once."""
        if name not in self.people:
            people, now = self.services.people, self.services.clock()
            email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
            added = people.add(email, name, role, now)
            self.people[name] = people.join(people.link(added.id), email, name, PASSWORD, now)
        return self.people[name]

    def browser(self, name: str = "Ana Lima", role: str = "agent") -> Browser:
        """Give a client in which this person is signed in."""
        person, client = self.person(name, role), self.app.test_client()
        form = {"email": person.email, "password": PASSWORD}
        answer = client.post("/sign-in", data=form, headers=ORIGIN)
        assert answer.status_code == 303, answer.text
        return Browser(client, self, person)

    def says(self, conversation: str, text: str, **over: Any) -> Turn:
        """Have a customer write, and what that promised carried to the queue."""
        name = over.pop("name", "Robin Marsh")
        incoming = make_incoming(
            text,
            conversation=conversation,
            received_ms=self.services.clock(),
            customer=Customer(name=name),
            **over,
        )
        turn = self._turn_of(incoming)
        self.services.relay.carry_all()
        return turn

    def _turn_of(self, incoming: Incoming) -> Turn:
        """Take a turn; on a busy machine ask again, as its answer tells the sender to."""
        for _ in range(ASKED_AGAIN):
            with suppress(TurnPending):
                return handle_message(self.services, incoming)
        return handle_message(self.services, incoming)


@dataclass(slots=True)
class Browser:
    """A signed-in client that sends what the pages' own code would send."""

    client: FlaskClient
    staff: Staff
    person: Person

    @property
    def csrf(self) -> str:
        """The token of this session."""
        cookie = self.client.get_cookie("attune")
        assert cookie
        found = self.staff.services.people.signed_in(cookie.value, self.staff.services.clock())
        assert found
        return found[1].csrf

    def get(self, url: str) -> Any:
        """Get as the desk's code does."""
        return self.client.get(url, headers={"Accept": "application/json"})

    def post(self, url: str, **body: Any) -> Any:
        """Post as the desk's code does."""
        headers = {"Accept": "application/json", "X-CSRF-Token": self.csrf, **ORIGIN}
        return self.client.post(url, json=body, headers=headers)

    def form(self, url: str, **fields: str) -> Any:
        """Send a form as a page does."""
        headers = {"Accept": "text/html", **ORIGIN}
        return self.client.post(url, data={"csrf_token": self.csrf, **fields}, headers=headers)


def make_staff(settings: Settings, store: redis.Redis) -> Staff:
    """Assemble the app on a store."""
    services = replace(
        build_services(settings, client=store),
        reader=real_reader(),
        packs=publish_shop(store),
    )
    return Staff(services, create_app(settings, services))


@contextmanager
def served(staff: Staff) -> Iterator[str]:
    """Serve the app on a free port for a real browser, and give its address."""
    server = make_server("127.0.0.1", 0, staff.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        staff.close()
        server.shutdown()
        thread.join(5)
        server.server_close()
