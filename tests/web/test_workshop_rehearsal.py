"""The pages on which a draft is tried on last week's conversations."""

from __future__ import annotations

import pytest
from flask import Flask

from bot.pipeline import handle_message
from bot.rehearsal_run import Run, Runs
from bot.rehearsal_worker import work
from bot.services import Services
from tests.builders import make_incoming, patient
from tests.staff import Browser, Staff

PAGE = "/workshop/rehearsal"
PERSON = "let me talk to a human"


@pytest.fixture
def staff(services: Services, app: Flask) -> Staff:
    """Give the app with the real model and the shop's pack."""
    return Staff(services, app)


def page(browser: Browser, url: str = PAGE) -> str:
    answer = browser.client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return " ".join(str(answer.text).split())


def changed(services: Services, old: str, new: str) -> dict[str, str]:
    """Keep a draft with another rule, and give its texts."""
    draft = services.packs.draft()
    texts = dict(draft.texts)
    texts["policy.yaml"] = texts["policy.yaml"].replace(old, new, 1)
    services.packs.save_draft(texts, draft.revision, "Ada Okonkwo", services.clock())
    return texts


def tried(services: Services, texts: dict[str, str], *, done: bool = True) -> Run:
    runs = Runs(services.redis)
    run, _ = runs.begin(texts, 1, "Ada Okonkwo", services.clock())
    if done:
        work(services, runs, run)
    return run


def says(services: Services, text: str, name: str = "c1") -> None:
    handle_message(
        patient(services),
        make_incoming(text, conversation=name, received_ms=services.clock() - 1_000),
    )


def test_every_state_says_what_it_is(ada: Browser, services: Services) -> None:
    """Not yet tried, under way, died, nobody wrote, nothing differs."""
    texts = changed(services, "first_reply: 15", "first_reply: 30")
    assert "was not tried yet" in page(ada)
    assert "See which of them" in page(ada, "/workshop/publish")
    assert ada.get(f"{PAGE}/standing").json == {"stage": None}
    run = tried(services, texts, done=False)
    assert "Getting ready" in page(ada)
    assert "Under way" in page(ada, "/workshop/publish")
    Runs(services.redis).note(run.id, services.clock(), done=12, total=1_250)
    assert "12 of 1,250 conversations" in page(ada)
    assert ada.get(f"{PAGE}/standing").json["total"] == 1_250
    Runs(services.redis).note(run.id, services.clock(), state="failed", why="It was the cat.")
    assert "It was the cat." in page(ada)
    tried(services, texts)
    assert "Nobody wrote in the last seven days" in page(ada)
    says(services, "do you ship to norway?")
    tried(services, texts)
    assert "Nothing differs." in page(ada)


def test_what_differs_is_grouped_and_opens_side_by_side(ada: Browser, services: Services) -> None:
    """Counts in a sentence, the customer's words, both courses, and the look in the trail."""
    says(services, PERSON)
    says(services, "do you ship to norway?", "c2")
    texts = changed(services, "first_reply: 15", "first_reply: 30")
    tried(services, texts)
    shown = page(ada)
    assert '<b class="num">2</b> conversations, <b class="num">1</b> would end' in shown
    assert "Due at another time" in shown
    assert PERSON in shown
    assert "do you ship" not in shown
    assert "would end differently" in page(ada, "/workshop/publish")
    assert services.people.trail()[0]["what"] != "read"
    both = page(ada, f"{PAGE}/conversations/c1")
    assert both.index("As it was") < both.index("With the draft")
    assert "first difference" in both
    trail = services.people.trail()[0]
    assert (trail["person"], trail["what"], trail["about"]) == (ada.person.id, "read", "c1")
    assert "The same in both" in page(ada, f"{PAGE}/conversations/c2")
    assert ada.client.get(f"{PAGE}/conversations/nobody").status_code == 404
    changed(services, "first_reply: 30", "first_reply: 45")
    assert "changed or published since" in page(ada)
    assert "See which of them" in page(ada, "/workshop/publish")
    services.conversations.erase("c1")
    assert "erased since" in page(ada)


def test_only_admins_may(staff: Staff, services: Services) -> None:
    """An agent neither starts nor sees it; a wrong draft is refused before anything starts."""
    agent = staff.browser("Ben Ito")
    assert agent.client.get(PAGE).status_code == 403
    assert agent.form(PAGE).status_code == 403
    assert agent.client.get(f"{PAGE}/conversations/c1").status_code == 403
    ada = staff.browser("Ada Okonkwo", "admin")
    changed(services, "frustration: 0.85", "frustration: much")
    refused = ada.form(PAGE)
    assert refused.status_code == 400
    assert Runs(services.redis).standing(services.clock()) is None
