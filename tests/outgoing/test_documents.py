"""docs/outgoing.md says all that is sent, and its receiver takes it."""

from __future__ import annotations

import re
import threading
import time
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bot.outgoing.events import HELD, KINDS, TALK
from bot.outgoing.schemas import FIELDS, webhooks
from bot.web.openapi import describe
from tests.outgoing.conftest import Shop

WRITTEN = (Path(__file__).parent.parent.parent / "docs" / "outgoing.md").read_text("utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_every_event_is_documented(name: str) -> None:
    """Its row says when it is told, and names all its fields."""
    kind = KINDS[name]
    (row,) = [one for one in WRITTEN.splitlines() if one.startswith(f"| `{name}` |")]
    assert kind.when in row
    rest = {*kind.fields} - {*TALK}
    if {*HELD} <= rest:
        assert "*the ticket*" in row
        rest -= {*HELD}
    assert set(re.findall(r"`(\w+)`", row.partition(kind.when)[2])) == rest | {*kind.words}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_documented(name: str) -> None:
    """With its meaning, word for word."""
    assert f"| `{name}` | {FIELDS[name].meaning} |" in WRITTEN.splitlines()


def test_openapi_describes_what_is_sent() -> None:
    """Each event stands under `webhooks`, with a schema that is one."""
    found = describe()["webhooks"]
    assert found == webhooks()
    assert set(found) == set(KINDS)
    for one in found.values():
        body = one["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert jsonschema_rs.meta.is_valid(body)


@pytest.fixture
def example() -> dict[str, Any]:
    """Give what the Python example defines."""
    block = re.search(r"```python\n(.+?)```", WRITTEN, re.DOTALL)
    assert block
    defined: dict[str, Any] = {"__name__": "example"}
    exec(compile(block[1], "docs/outgoing.md", "exec"), defined)  # noqa: S102 - our own document
    return defined


def test_the_example_receives(example: dict[str, Any], shop: Shop) -> None:
    """It takes each event once, and nothing that is not signed with its secret."""
    taken: list[str] = []
    example["take"] = lambda event: taken.append(event["type"])
    shop.clock.now_ms = time.time_ns() // 1_000_000
    server = ThreadingHTTPServer(("127.0.0.1", 0), example["Hook"])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    example["Hook"].log_message = lambda *_: None
    try:
        shop.add("crm", f"http://127.0.0.1:{server.server_port}/", words=True)
        example["SECRET"] = shop.secrets["crm"]
        shop.begin("c1")
        shop.says("c1", "hello")
        assert shop.go() == 2
        shop.outgoing.send_again("crm", shop.outgoing.lanes.log("crm")[0].webhook_id, 1)
        shop.go()
        assert shop.outgoing.lanes.standing("crm").sent == 3
        example["SECRET"] = "whsec_c2VjcmV0IG9mIGEgY2hhbm5lbA=="
        shop.says("c1", "never taken")
        shop.go()
    finally:
        server.shutdown()
        server.server_close()
    assert taken == ["conversation.begun", "message.bot"]
    assert shop.outgoing.lanes.log("crm")[0].status == 401
