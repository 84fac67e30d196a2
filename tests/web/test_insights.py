from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from bot.desk import Desk
from bot.services import Services
from bot.web.insights import as_csv
from tests.conftest import Clock
from tests.staff import Browser, Staff


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


@pytest.fixture
def ana(staff: Staff) -> Browser:
    """Give an agent's browser."""
    return staff.browser()


def page(browser: Browser, url: str) -> str:
    answer = browser.client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_nothing_is_invented_when_nobody_wrote(ana: Browser) -> None:
    """An empty week says so and shows no figure."""
    text = page(ana, "/insights")
    assert "Nobody wrote in these 7 days" in text
    assert "%" not in text.split("<main")[1].split("</main>")[0]


def test_agents_may_read_and_strangers_not(staff: Staff, ana: Browser) -> None:
    """Agents see the figures; without sign-in there is a redirect, or 401 for JSON."""
    assert page(ana, "/insights")
    stranger = staff.app.test_client()
    json_only = {"Accept": "application/json"}
    assert stranger.get("/insights", headers=json_only).status_code == 401
    assert stranger.get("/insights", headers={"Accept": "text/html"}).status_code == 302


def test_figures_are_those_of_the_conversations(staff: Staff, ana: Browser, clock: Clock) -> None:
    """Counts on the page, its lists and its sheet agree with what was said."""
    staff.says("c1", "where is my order")
    staff.says("c1", "thank you")
    staff.says("c2", "do penguins have knees")
    staff.says("c3", "I want to talk to a human being, please")
    desk = Desk(staff.services)
    ticket = desk.claim_next(ana.person, "op1")
    assert ticket
    assert ticket.conversation == "c3"
    clock.advance(120)
    desk.reply(ana.person, "c3", ticket.token, "Hello, Ana here.", "op2")
    text = page(ana, "/insights")
    assert ">3</a></b> conversations" in text
    assert "4</b> messages from customers" in text
    assert "Half within <b>2 minutes</b>" in text
    assert "Asked for a person" in text
    refused = page(ana, "/insights/list?of=need&is=refused")
    assert "do penguins have knees" in refused
    assert "/desk#c2" in refused
    assert "where is my order" not in refused
    assert "where is my order" in page(ana, "/insights/list?of=by_bot")
    sheet = ana.client.get("/insights/conversations.csv")
    rows = {row["conversation"]: row for row in csv.DictReader(io.StringIO(sheet.text))}
    assert set(rows) == {"c1", "c2", "c3"}
    assert rows["c3"]["seconds_to_person"] == "120"
    assert rows["c1"]["answered_by_bot"] == "yes"
    assert "penguins" not in sheet.text


def test_an_unknown_figure_is_not_there(ana: Browser) -> None:
    """A figure nobody has gives 404; odd spans fall back to seven days."""
    assert ana.get("/insights/list?of=nothing").status_code == 404
    assert "7 days" in page(ana, "/insights?days=99999999")
    assert page(ana, "/insights?days=x")


def test_old_conversations_leave_the_page(staff: Staff, ana: Browser, clock: Clock) -> None:
    """After eight days a conversation is out of the week, and still in the month."""
    staff.says("c1", "where is my order")
    clock.advance(8 * 86_400)
    later = staff.browser("Bo Chen")
    assert "Nobody wrote" in page(later, "/insights")
    assert "Nobody wrote" not in page(later, "/insights?days=30")


def test_a_sheet_cannot_carry_formulas() -> None:
    """A cell that a spreadsheet would run is written as text."""
    text = as_csv([{"conversation": "=1+1", "n": "-3"}, {"conversation": "ok", "n": 5}])
    assert "'=1+1,'-3" in text
    assert "ok,5" in text
    assert as_csv([]).strip() == "conversation"
