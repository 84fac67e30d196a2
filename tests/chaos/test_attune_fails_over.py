"""The application on Sentinels and on a Cluster: a conversation goes on through a failover."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from bot import doctor
from bot.live import Wake
from bot.settings import Settings
from bot.signing import sign
from bot.store import check_schema, check_server, connect
from bot.web.webhook import conversation_id
from tests.chaos.topologies import Cluster, Watched, cluster, until, watched
from tests.staff import Browser, Staff, make_staff

LONGEST_S = 30.0
PERSON = "a person please"
ME = conversation_id("crm", "A-1")
TICKET = f"{ME}#1"


@contextmanager
def attune_on(kind: str, folder: Path) -> Iterator[tuple[Staff, Watched | Cluster, Settings]]:
    """Give the app with one replica awaited, and what it runs on."""
    with ExitStack() as stack:
        place = stack.enter_context(watched(folder) if kind == "sentinel" else cluster(folder))
        settings = Settings(data=folder, redis_url=place.url, redis_replicas=1)
        client = connect(settings)
        check_server(client)
        check_schema(client)
        staff = make_staff(settings, client)
        stack.callback(staff.close)
        yield staff, place, settings


def _sender(staff: Staff) -> Callable[[str, str], TestResponse]:
    secret, client = staff.services.channels.add("crm"), staff.app.test_client()

    def send(text: str, event_id: str) -> TestResponse:
        raw, now = json.dumps({"conversation": "A-1", "text": text}).encode(), str(int(time.time()))
        headers = {
            "attune-channel": "crm",
            "webhook-id": event_id,
            "webhook-timestamp": now,
            "webhook-signature": sign(secret, event_id, now, raw),
            "content-type": "application/json",
        }
        return client.post("/webhook/messages", data=raw, headers=headers)

    return send


def _until_accepted(call: Callable[[], TestResponse], seen: Counter[int]) -> Any:
    """Repeat the very same request until it is accepted; anything but 503 on the way is wrong."""
    begun = time.monotonic()
    while True:
        answer = call()
        seen[answer.status_code] += 1
        if answer.status_code == 200:
            return answer.get_json()
        assert answer.status_code == 503, answer.text
        assert answer.headers["Retry-After"]
        assert time.monotonic() - begun < LONGEST_S, answer.text
        time.sleep(0.1)


def _act(browser: Browser, what: str, **body: Any) -> Callable[[], TestResponse]:
    return lambda: browser.post(f"/desk/conversations/{ME}/{what}", **body)


@pytest.mark.chaos
@pytest.mark.parametrize("kind", ["sentinel", "cluster"])
def test_a_conversation_goes_on_through_a_failover(kind: str, tmp_path: Path) -> None:
    """Message, ticket, claim, kill -9, reply, message, resolve: 200 or 503, all there once."""
    with attune_on(kind, tmp_path) as (staff, place, settings):
        assert "append-only file on" in doctor._redis_data(settings)
        assert "each write waits for 1" in doctor._replicas(settings)
        send, ana = _sender(staff), staff.browser("Ana Lima")
        csrf = ana.csrf
        ear = staff.services.live.subscribe(ME)
        staff.services.upkeep.start(lambda: None)
        assert send(PERSON, "e1").get_json()["ticket"] == TICKET
        until(lambda: staff.services.queue.get(TICKET) is not None, "The ticket should be queued")
        token = _act(ana, "claim", op="c", ticket=TICKET)().get_json()["ticket"]["token"]

        master = place.master()
        master.kill()
        back = threading.Timer(6.0, master.start)  # a Cluster's new master needs a replica
        back.start()
        refused: Counter[int] = Counter()
        headers = {"Accept": "application/json", "X-CSRF-Token": csrf, "Origin": "http://localhost"}

        def act(what: str, **body: Any) -> Any:
            url = f"/desk/conversations/{ME}/{what}"
            call = lambda: ana.client.post(url, json=body, headers=headers)  # noqa: E731
            return _until_accepted(call, refused)

        act("reply", op="r", token=token, text="Hello, Ana here.")
        thanks = _until_accepted(lambda: send("thank you", "e2"), refused)
        assert thanks["replies"] == []  # a person has it
        act("resolve", op="z", token=token)
        back.join()
        assert refused[503]
        assert _until_accepted(lambda: send("do you ship to norway?", "e3"), refused)["replies"]

        entries = staff.services.conversations.entries(ME)
        said = [one.data.get("author") for one in entries if one.kind == "message"]
        assert said.count("agent") == 1
        assert [one.data["event_id"] for one in entries if "event_id" in one.data] == [
            "e1", "e2", "e3",
        ]  # fmt: skip
        ticket = staff.services.queue.get(TICKET)
        assert ticket
        assert (ticket.state, ticket.token) == ("resolved", token)
        assert staff.services.queue.audit() == []
        assert _hears(ear.wait, lambda: send("thanks", "e4"))


def _hears(wait: Callable[[float], Wake], speak: Callable[[], TestResponse]) -> bool:
    """Whether the live stream tells of a message after the failover."""
    while wait(0.0).conversations:
        pass
    assert speak().status_code == 200
    return any(ME in wait(1.0).conversations for _ in range(20))
