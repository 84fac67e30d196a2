"""The webhooks pages of the workshop: add, see the secret once, change, watch, send again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import redis

from bot.outgoing.events import CHOICES
from bot.settings import Settings
from tests.receiver import Receiver, Say, receiving
from tests.staff import Browser, Staff, make_staff

PAGE = "/workshop/endpoints"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a receiver."""
    with receiving() as found:
        yield found


@pytest.fixture
def staff(settings: Settings, store: redis.Redis) -> Iterator[Staff]:
    """Give the app with a courier that may reach the loopback; a test says when it goes."""
    open_to_loopback = {"endpoints_http": True, "endpoints_private_hosts": "127.0.0.1"}
    made = make_staff(settings.model_copy(update=open_to_loopback), store)
    made.services.upkeep._started = True
    made.services.upkeep.relay_soon = made.services.relay.carry_for  # type: ignore[method-assign]
    yield made
    made.close()


@pytest.fixture
def admin(staff: Staff) -> Browser:
    """Give an admin's browser."""
    return staff.browser("Ada Okonkwo", "admin")


def form(browser: Browser, url: str, **fields: Any) -> Any:
    """Send a form as the page does, several events among it."""
    headers = {"Accept": "text/html", "Origin": "http://localhost"}
    data = {"csrf_token": browser.csrf, **fields}
    return browser.client.post(url, data=data, headers=headers)


def page(browser: Browser, url: str = PAGE) -> str:
    answer = browser.client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def add(browser: Browser, url: str, **over: Any) -> Any:
    fields = {"name": "crm", "address": url, "event": list(CHOICES), **over}
    return form(browser, PAGE, **fields)


def test_an_endpoint_is_added_and_its_secret_shown_once(
    admin: Browser, staff: Staff, receiver: Receiver
) -> None:
    """The page has it this once; what happens from then on is sent, without words."""
    answer = add(admin, receiver.url)
    assert answer.status_code == 200
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.text)
    assert secret
    assert staff.services.outgoing.endpoints.get("crm").secrets[0].key == secret[0]
    for url in (PAGE, f"{PAGE}/crm"):
        assert "whsec_" not in page(admin, url)
    staff.says("c1", "let me talk to a human")
    staff.services.outgoing.courier.once()
    kinds = receiver.kinds()
    assert kinds[:3] == ["conversation.begun", "message.customer", "message.bot"]
    assert kinds[-1] == "ticket.opened"
    asked = receiver.got[1].row["data"]
    assert (asked["escalate"], asked["reasons"], asked["text"]) == (True, ["asked_for_human"], None)
    assert "human" not in "".join(one.body.decode() for one in receiver.got).replace(
        "asked_for_human", ""
    ).replace("talk_to_human", "")
    assert "taken" in page(admin, f"{PAGE}/crm")


@pytest.mark.parametrize(
    ("over", "box"),
    [
        ({"name": "a b"}, "name"),
        ({"address": "https://localhost/x"}, "address"),
        ({"address": "https://10.0.0.1/"}, "address"),
        ({"address": "nonsense"}, "address"),
        ({"event": []}, "events"),
        ({"event": ["ticket.born"]}, "events"),
    ],
)
def test_a_mistake_is_told_beside_its_box(
    admin: Browser, staff: Staff, over: dict[str, Any], box: str
) -> None:
    """What was typed is kept, and nothing is added."""
    answer = add(admin, "https://93.184.215.14/hook", **over)
    assert answer.status_code == 400
    assert f'id="{box}-wrong"' in answer.text
    assert over.get("address", "https://93.184.215.14/hook") in answer.text
    assert staff.services.outgoing.endpoints.all() == []


def test_what_it_gets_is_changed(admin: Browser, staff: Staff, receiver: Receiver) -> None:
    """Address, events and words; a mistake keeps what was there."""
    add(admin, receiver.url)
    changed = form(admin, f"{PAGE}/crm", address=receiver.url, event="ticket.opened", words="1")
    assert changed.status_code == 303
    found = staff.services.outgoing.endpoints.get("crm")
    assert (found.events, found.words) == (("ticket.opened",), True)
    wrong = form(admin, f"{PAGE}/crm", address="https://127.1/", event="ticket.opened")
    assert wrong.status_code == 400
    assert staff.services.outgoing.endpoints.get("crm") == found


def test_pause_switch_on_test_and_remove(admin: Browser, staff: Staff, receiver: Receiver) -> None:
    """Each says what it did, and stands in the audit trail."""
    add(admin, receiver.url)
    outgoing = staff.services.outgoing
    for act, halt in (("pause", "paused"), ("resume", "")):
        answer = form(admin, f"{PAGE}/crm/{act}")
        assert answer.status_code == 303
        assert 'role="status"' in page(admin, answer.headers["Location"])
        assert outgoing.lanes.standing("crm").halt == halt
    form(admin, f"{PAGE}/crm/test")
    assert outgoing.courier.once() == 1
    assert receiver.kinds() == ["endpoint.test"]
    rotated = form(admin, f"{PAGE}/crm/rotate")
    assert "whsec_" in rotated.text
    assert "signs beside it until" in page(admin, f"{PAGE}/crm")
    assert form(admin, f"{PAGE}/crm/remove").status_code == 303
    assert outgoing.endpoints.all() == []
    assert admin.client.get(f"{PAGE}/crm").status_code == 404
    trail = [(one["what"], one["about"]) for one in staff.services.people.trail(9)]
    wanted = ("added", "paused", "resumed", "tested", "rotated", "removed")
    assert [(f"endpoint_{one}", "crm") for one in reversed(wanted)] == trail[: len(wanted)]
    people = page(admin, "/people")
    assert "removed the endpoint" in people


def test_a_dead_endpoint_is_seen_everywhere_in_the_workshop(
    admin: Browser, staff: Staff, receiver: Receiver
) -> None:
    """Switched off it is said on its page, in the list, and on every tab; one click sends again."""
    receiver.says = [Say(410, body=b"<b>no more</b>")]
    add(admin, receiver.url, event=["endpoint.test", "rating.given"][1:])
    form(admin, f"{PAGE}/crm/test")
    staff.services.outgoing.courier.once()
    assert "410" in page(admin, f"{PAGE}/crm")
    assert "&lt;b&gt;no more&lt;/b&gt;" in page(admin, f"{PAGE}/crm")
    assert "Switched off" in page(admin)
    assert '<span class="tag urgent">off</span>' in page(admin, "/workshop/history")
    form(admin, f"{PAGE}/crm/resume")
    form(admin, f"{PAGE}/crm/resend")
    staff.services.outgoing.courier.once()
    assert [one.id for one in receiver.got] == [receiver.got[0].id] * 2
    form(admin, f"{PAGE}/crm/resend", id=receiver.got[0].id)
    staff.services.outgoing.courier.once()
    assert len(receiver.got) == 3
    assert form(admin, f"{PAGE}/crm/resend", id="evt_unknown").status_code == 404


def test_agents_are_kept_out(staff: Staff) -> None:
    """Webhooks are the admins'."""
    agent = staff.browser("Bo Chen")
    assert agent.client.get(PAGE).status_code == 403
    assert add(agent, "https://93.184.215.14/").status_code == 403


def test_metrics_tell_how_endpoints_fare(admin: Browser, staff: Staff, receiver: Receiver) -> None:
    """How many by state, what waits, and tries by outcome."""
    add(admin, receiver.url)
    add(admin, receiver.url, name="erp")
    staff.services.outgoing.pause("erp")
    staff.services.outgoing.test("crm", staff.services.clock())
    staff.services.outgoing.test("erp", staff.services.clock())
    staff.services.outgoing.courier.once()
    shown = staff.app.test_client().get("/metrics").get_data(as_text=True)
    assert 'attune_endpoints{state="on"} 1.0' in shown
    assert 'attune_endpoints{state="paused"} 1.0' in shown
    assert 'attune_endpoint_events_waiting{endpoint="erp"} 1.0' in shown
    assert 'attune_endpoint_events{endpoint="crm",outcome="sent"} 1.0' in shown
