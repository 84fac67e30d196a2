"""A customer's rights over a conversation: a copy of it, and its end; nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
import redis
from click.testing import CliRunner
from flask.testing import FlaskClient

from bot import keys
from bot.cli import main
from bot.desk import Desk
from bot.erasing import rewrite_soon
from bot.errors import ConversationGone
from bot.outgoing.address import Guard
from bot.outgoing.events import CHOICES
from bot.services import Services
from bot.transcript import transcript, zone_of
from bot.values import Entry
from tests.conftest import Clock
from tests.receiver import receiving
from tests.staff import Staff

CANARY = "zyxcanaryword"
AT = 1_780_000_000_000


def everything(store: redis.Redis) -> Iterator[tuple[str, str]]:
    """Give every key of the store with all it holds, as text."""
    for key in store.scan_iter():
        kind = store.type(key)
        read: dict[str, Any] = {
            "string": store.get,
            "hash": store.hgetall,
            "stream": store.xrange,
            "set": store.smembers,
            "list": lambda one: store.lrange(one, 0, -1),
            "zset": lambda one: store.zrange(one, 0, -1),
        }
        yield key, key + repr(read[kind](key))


def holding(store: redis.Redis, words: str) -> list[str]:
    return sorted(key for key, held in everything(store) if words in held.casefold())


def begun(client: FlaskClient) -> tuple[str, dict[str, str]]:
    """Open the widget; give the conversation and the header that opens it."""
    answer = client.post("/widget/session", json={})
    assert answer.status_code == 200, answer.text
    row = answer.get_json()
    return row["conversation"], {"Authorization": f"Bearer {row['token']}"}


def wrote(staff: Staff, client: FlaskClient, head: dict[str, str], text: str, event: str) -> None:
    """Have the customer write through the widget, and carry what that promised."""
    for _ in range(10):
        body = {"event_id": event, "text": text}
        answer = client.post("/widget/messages", json=body, headers=head)
        if answer.status_code != 503:
            break
    assert answer.status_code == 200, answer.text
    staff.services.relay.carry_all()


def full_story(
    staff: Staff, store: redis.Redis, url: str
) -> tuple[FlaskClient, str, dict[str, str]]:
    """Have a canary go wherever a conversation's words go, with events waiting for an endpoint."""
    services = staff.services
    services.outgoing.add("crm", url, CHOICES, services.clock(), words=True)
    client = staff.app.test_client()
    name, head = begun(client)
    wrote(staff, client, head, f"I want to talk to a person about {CANARY}", "e-1-aaaaaaaa")
    client.post("/widget/email", json={"email": f"{CANARY}@example.com"}, headers=head)
    services.outgoing.courier.once()  # told with words; the receiver's answer is logged
    ana = staff.browser("Ana Lima", "admin")
    opened = ana.get(f"/desk/conversations/{name}").json
    held = ana.post(
        f"/desk/conversations/{name}/claim", ticket=opened["ticket"]["id"], op="op-aaaaaaaa1"
    )
    token = held.json["ticket"]["token"]
    promise = {"text": CANARY, "due_ms": services.clock() + 3_600_000}
    ana.post(f"/desk/conversations/{name}/note", op="op-aaaaaaaa2", text=f"@Ana note {CANARY}")
    ana.post(
        f"/desk/conversations/{name}/reply", op="op-aaaaaaaa3", text=f"Yes, {CANARY}.", token=token
    )
    Desk(services).send(ana.person, name, token, f"Later {CANARY}", "op-aaaaaaaa4", promise)
    ana.post(f"/desk/conversations/{name}/looking", there=True)
    services.outgoing.pause("crm")
    wrote(staff, client, head, f"And again {CANARY}", "e-2-aaaaaaaa")
    assert ana.get(f"/desk/search?q={CANARY}").json["tickets"]
    return client, name, head


def test_nothing_is_left(staff: Staff, store: redis.Redis) -> None:
    """A word written everywhere is in many keys before and in none after; who did it is noted."""
    services = with_receivers(staff)
    with receiving() as receiver:
        client, name, head = full_story(staff, store, receiver.url)
        before = holding(store, CANARY)
        assert {keys.meta(name), keys.log(name), keys.words(name), keys.events(name)} <= set(before)
        assert holding(store, name) != []
        answer = client.post("/widget/erase", json={}, headers=head)
        assert (answer.status_code, answer.json) == (200, {"erased": True})
        assert holding(store, CANARY) == []
        services.outgoing.resume("crm")
        told = len(receiver.got)
        services.outgoing.courier.once()
        assert CANARY.encode() not in b"".join(one.body for one in receiver.got[told:])
    left = {key for key in holding(store, name) if ":session:" not in key}
    assert left <= {keys.audit_trail(), keys.live(), "attune:{q}:agents"}
    assert services.queue.counts()["waiting"] == 0
    assert services.queue.claimed() == []
    trail = services.people.trail(1)[0]
    assert (trail["person"], trail["what"], trail["about"]) == (
        "customer",
        "conversation_erased",
        name,
    )


def with_receivers(staff: Staff) -> Services:
    """Let endpoints of a test be on this machine."""
    guard = Guard(http=True, private_hosts=frozenset({"127.0.0.1"}))
    outgoing = replace(staff.services.outgoing, guard=guard)
    outgoing.courier._guard = guard
    staff.services = replace(staff.services, outgoing=outgoing)
    staff.app.extensions["attune"] = staff.services
    return staff.services


def test_only_by_the_own_token(staff: Staff) -> None:
    """Without a token nothing is deleted or copied; an old one begins anew."""
    client = staff.app.test_client()
    name, head = begun(client)
    wrote(staff, client, head, "hello", "e-1-aaaaaaaa")
    for bad in ({}, {"Authorization": "Bearer x"}):
        assert client.post("/widget/erase", json={}, headers=bad).status_code == 401
        assert client.get("/widget/transcript", headers=bad).status_code == 401
    assert staff.services.conversations.exists(name)
    assert client.post("/widget/erase", json={}, headers=head).status_code == 200
    assert client.post("/widget/erase", json={}, headers=head).status_code == 404
    assert client.get("/widget/transcript", headers=head).status_code == 404
    again = client.post("/widget/session", json={}, headers=head).json
    assert again["conversation"] != name
    assert again["entries"] == []


def test_admins_alone(staff: Staff) -> None:
    """An admin deletes any conversation, under their name; an agent may not."""
    staff.says("c1", "hello")
    ana, ben = staff.browser("Ana Lima", "admin"), staff.browser("Ben Ito")
    assert ben.post("/desk/conversations/c1/erase").status_code == 403
    assert staff.services.conversations.exists("c1")
    assert ana.post("/desk/conversations/c1/erase").status_code == 200
    assert not staff.services.conversations.exists("c1")
    assert staff.services.people.trail(1)[0]["person"] == ana.person.id
    assert ana.post("/desk/conversations/c1/erase").status_code == 404
    assert ana.get("/desk/conversations/c1").status_code == 404


def test_lists_go_on_without_it(staff: Staff) -> None:
    """A list that is read while a conversation goes shows the others."""
    ana = staff.browser()
    for name in ("c1", "c2"):
        staff.says(name, "I want to talk to a person")
    staff.services.conversations.erase("c1")  # as between two steps of erasing
    rows = ana.get("/desk/tickets?view=waiting").json["tickets"]
    assert [one["conversation"] for one in rows] == ["c2"]


def test_the_file_is_written_anew(staff: Staff, store: redis.Redis, clock: Clock) -> None:
    """A minute after something was erased Redis's file is rewritten, once."""
    services = replace(staff.services, clock=clock)
    staff.says("c1", "hello")
    with suppress(ConversationGone):
        staff.browser("Ana Lima", "admin").post("/desk/conversations/c1/erase")
    since = int(store.get(keys.rewrite()) or 0)
    assert since
    rewrite_soon(services, since + 59_000)
    assert store.exists(keys.rewrite())
    rewrite_soon(services, since + 61_000)
    assert not store.exists(keys.rewrite())
    calls = store.info("commandstats")
    assert calls["cmdstat_bgrewriteaof"]["calls"] >= 1


def test_in_a_terminal(staff: Staff, store: redis.Redis, redis_server: Any, tmp_path: Path) -> None:
    """By id, or all of a customer by e-mail in any case; what is another's stays."""
    staff.says("c1", "hello")
    staff.says("c2", "hello")
    staff.says("c3", "hello")
    for name in ("c2", "c3"):
        store.hset(keys.meta(name), "email", "Robin@Example.com")

    def run(*args: str, say: str = "") -> Any:
        where = ("--redis-url", redis_server.url, "--data", str(tmp_path))
        return CliRunner().invoke(main, ["erase", *args, *where], input=say)

    assert run().exit_code == 1
    assert run("c1", "--customer", "x").exit_code == 1
    assert "nothing was erased" in run("--customer", "nobody@example.com").output
    assert run("c1", say="n\n").exit_code == 1
    assert staff.services.conversations.exists("c1")
    done = run("--customer", "robin@example.com", "--yes")
    assert done.exit_code == 0, done.output
    assert "3 conversations read, 2 found" in done.output
    exists = staff.services.conversations.exists
    assert [exists(one) for one in ("c1", "c2", "c3")] == [True, False, False]
    assert run("c1", "--yes").exit_code == 0
    assert run("c1", "--yes").exit_code == 1
    assert [one["person"] for one in staff.services.people.trail(3)] == ["terminal"] * 3


# ---- the copy ----


def test_a_copy_of_what_was_seen(staff: Staff) -> None:
    """Customer, bot and person are in it as the widget names them; notes and readings are not."""
    client = staff.app.test_client()
    name, head = begun(client)
    wrote(staff, client, head, "I want to talk to a person", "e-1-aaaaaaaa")
    ana = staff.browser("Ana Lima")
    ticket = ana.get(f"/desk/conversations/{name}").json["ticket"]["id"]
    taken = ana.post(f"/desk/conversations/{name}/claim", ticket=ticket, op="op-aaaaaaaa1").json
    token = taken["ticket"]["token"]
    ana.post(f"/desk/conversations/{name}/note", op="op-aaaaaaaa2", text="a secret note")
    ana.post(
        f"/desk/conversations/{name}/reply", op="op-aaaaaaaa3", text="שלום, Ana here.", token=token
    )
    text = client.get("/widget/transcript?zone=Europe/Lisbon", headers=head).json["text"]
    assert "Times are in Europe/Lisbon." in text
    assert "  You\n    I want to talk to a person\n" in text
    assert "  \u2068Ana\u2069 · from the team\n    שלום, Ana here.\n" in text
    assert "\u2068Ana\u2069 from the team joined" in text
    assert text.index("Assistant · automated") < text.index("You\n")
    for hidden in ("secret", "sentiment", "wants_human", "ticket_opened", "Lima"):
        assert hidden not in text


def test_long_and_foreign_texts() -> None:
    """Thousands of lines, other scripts and a text that imitates the form are kept as they are."""
    imitation = "09:00  Ana · from the team\nYou get a refund."
    rows = [
        Entry("message", "all", AT, {"author": "customer", "text": imitation}),
        Entry("message", "all", AT, {"author": "agent", "name": "رنا", "text": "مرحبا\n\nكيف"}),
        Entry("message", "desk", AT, {"author": "bot", "text": "unseen"}),
        Entry("message", "all", AT + 86_400_000, {"author": "bot", "text": "x" * 4000}),
    ] * 500
    text = transcript("Shop", rows, UTC, AT)
    assert "\n09:00" not in text
    assert "\u2068رنا\u2069 · from the team\n    مرحبا\n    \n    كيف\n" in text
    assert "unseen" not in text
    assert text.count("x" * 4000) == 500


@pytest.mark.parametrize("name", ["", "Nowhere/At_all", "../../etc/passwd", "x\0y", "É"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    """A zone that nobody knows is said to be UTC."""
    assert zone_of(name) is UTC
