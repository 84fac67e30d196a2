"""Two wordings compared, from the button to what the insights say of it."""

from __future__ import annotations

import pytest
from flask import Flask

from bot.comparison import Comparison
from bot.services import Services
from bot.web.insights_wordings import comparisons_shown
from tests.conftest import Clock
from tests.made_up import DAY_MS, conversations, put
from tests.staff import Browser, Staff

REFS = {"first": "order_status/calm/0", "second": "order_status/calm/1"}


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def page(browser: Browser, url: str) -> str:
    answer = browser.client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def started(ada: Browser) -> Comparison:
    answer = ada.form("/workshop/comparisons/order_status/start", **REFS)
    assert (answer.status_code, answer.location) == (303, "/workshop/replies/order_status#compare")
    found = ada.staff.services.comparisons.running("order_status")
    assert found
    return found


def test_an_admin_starts_and_stops_and_it_stands_in_the_trail(ada: Browser) -> None:
    """The editor offers it, shows both wordings while it runs, and names who did what."""
    before = page(ada, "/workshop/intents/order_status")
    assert "Start comparing" in before
    assert "You can follow your order" in before
    made = started(ada)
    assert made.by == ada.person.id
    during = page(ada, "/workshop/intents/order_status")
    assert "Stop comparing" in during
    assert "Start comparing" not in during
    assert ada.form("/workshop/comparisons/order_status/stop").status_code == 303
    assert "Start comparing" in page(ada, "/workshop/intents/order_status")
    did = [one["what"] for one in ada.staff.services.people.trail(2)]
    assert did == ["comparison_stopped", "comparison_started"]


def test_what_cannot_be_compared_is_refused_in_words(staff: Staff, ada: Browser) -> None:
    """One wording twice, two tones, a second start, a stop of nothing; agents may not at all."""
    url = "/workshop/comparisons/order_status"
    twice = {"first": REFS["first"], "second": REFS["first"]}
    assert "that differ" in ada.form(f"{url}/start", **twice).text
    assert ada.form(f"{url}/stop").status_code == 409
    started(ada)
    assert "stop that first" in ada.form(f"{url}/start", **REFS).text
    assert staff.browser().form(f"{url}/stop").status_code == 403
    assert "compare-title" not in page(ada, "/workshop/replies/handoff_self_harm")
    assert "Start comparing" in page(ada, "/workshop/replies/handoff")


def test_the_insights_say_how_it_stands_and_open_who_heard_what(ada: Browser, clock: Clock) -> None:
    """Too few is said in numbers; a real difference is found; each side opens its conversations."""
    assert "Which of two wordings" not in page(ada, "/insights")
    made = started(ada)
    services = ada.staff.services
    since = clock()
    put(services.redis, conversations(4, 40, since, since + DAY_MS, test=made, better=0.3))
    clock.advance(3 * 86_400)
    ada = ada.staff.browser("Ada Okonkwo", "admin")  # the session of three days ago is over
    text = page(ada, "/insights?days=7")
    shown = comparisons_shown(services)[0]
    known = shown.found.known
    assert 5 < known < 40
    assert f"Not enough conversations yet: {known} of about {shown.found.verdict.needed}" in text
    put(services.redis, conversations(5, 1_400, since, since + DAY_MS, test=made, better=0.45))
    text = page(ada, "/insights?days=7")
    shown = comparisons_shown(services)[0]
    assert shown.says.startswith("A does better. This held after ")
    assert shown.says in text
    assert shown.gap in text
    assert all(one in text for one in shown.texts)
    for side, of in enumerate(("heard_a", "heard_b")):
        listed = page(ada, f"/insights/list?of={of}&is={made.id}&days=7")
        heard = shown.found.heard[side]
        assert f"{len(heard)} conversations" in listed
        assert all(f"/desk#{name}" in listed for name in heard[:300])
    services.comparisons.stop("order_status", clock())
    assert "ended" in page(ada, "/insights?days=7")
    assert services.packs.live_number() == 1
