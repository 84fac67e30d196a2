"""Taking the next and being offered one, over the real services: skills, capacity, heat, pauses."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.desk import Desk
from bot.duty import pause_after, take_next, too_many, workers
from bot.people import Person
from bot.person_fields import WrongField
from bot.push import offer_round, sent_away
from bot.redis_server import RedisServer
from bot.services import Services
from escalation.errors import AgentFull, OfferGone, TicketGone, TicketTaken
from escalation.routing_settings import Routing
from escalation.ticket import Ticket
from tests.staff import Staff

MINUTE = 60_000
PUSH = Routing(mode="push", accept_ms=30_000, passes=2)


@pytest.fixture
def services(staff: Staff) -> Services:
    """Give the real services."""
    return staff.services


def opened(services: Services, name: str, due: float = 5, **over: Any) -> Ticket:
    """Open a ticket that is due in so many minutes."""
    now = services.clock()
    weight = {"weight_ms": now} if "weight" in over or "abusive" in over else {}
    return services.queue.open(
        name, conversation=name.partition("#")[0], priority="normal", created_ms=now,
        due_ms=int(now + due * MINUTE), reasons=[], **weight, **over,
    )  # fmt: skip


def here(staff: Staff, *names: str) -> list[Person]:
    """Have people sign in and be available."""
    people = [staff.person(name) for name in names]
    for one in people:
        staff.services.presence.seen(one.id, True, staff.services.clock())
    return people


def routed(services: Services, monkeypatch: pytest.MonkeyPatch, routing: Routing) -> None:
    """Let the live policy have this routing."""
    live = services.packs.live()
    changed = replace(live, policy=replace(live.policy, routing=routing))
    monkeypatch.setattr(type(services.packs), "live", lambda _: changed)


def taken(services: Services, agent: Person, name: str, **over: Any) -> Ticket:
    """Have an agent take a ticket and resolve it."""
    opened(services, name, **over)
    ticket = services.queue.claim(agent.id, op=f"op-{name}", ticket_id=name)
    assert ticket is not None
    return services.queue.resolve(name, ticket.token, "resolved")


def test_next_is_of_ones_skills_and_within_capacity(staff: Staff, services: Services) -> None:
    """An admin's word on skills and capacity counts for the next one; by hand it only warns."""
    ana, eva = here(staff, "Ana Lima", "Eva Ruiz")
    ana = services.people.set_work(ana.id, "wholesale", 1)
    services.people.set_work(eva.id, "es", 4)
    opened(services, "a#1", 1, skill="es")
    opened(services, "b#1", 2)
    opened(services, "c#1", 3)
    first = take_next(services, ana.id, "op-1")
    assert first is not None
    assert first.id == "b#1"
    assert take_next(services, ana.id, "op-1") == first
    with pytest.raises(AgentFull):
        take_next(services, ana.id, "op-2")
    assert too_many(services, ana) == ""
    services.queue.claim(ana.id, op="by-hand", ticket_id="c#1")
    assert "usually take up to 1" in too_many(services, ana)
    assert take_next(services, eva.id, "op-3") is not None


def test_a_skill_nobody_here_has_strands_nobody(staff: Staff, services: Services) -> None:
    """While the one who speaks it is away, anyone may take it."""
    ana, eva = here(staff, "Ana Lima", "Eva Ruiz")
    services.people.set_work(ana.id, "wholesale", 4)
    services.people.set_work(eva.id, "es", 4)
    opened(services, "a#1", 1, skill="es")
    assert take_next(services, ana.id, "op-1") is None
    services.presence.leave(eva.id)
    assert take_next(services, ana.id, "op-2") is not None


def test_a_third_heavy_one_is_spared_while_a_colleague_is_free(
    staff: Staff, services: Services
) -> None:
    """The light one first; the heavy one as soon as nobody else is there. A click repeats."""
    ana, ben = here(staff, "Ana Lima", "Ben Roy")
    for number in range(2):
        taken(services, ana, f"t{number}#1", weight=0.9)
    opened(services, "heavy#1", 1, weight=0.9)
    assert take_next(services, ana.id, "op-0") is None
    opened(services, "light#1", 2, weight=0.1)
    light = take_next(services, ana.id, "op-1")
    assert light is not None
    assert light.id == "light#1"
    assert take_next(services, ana.id, "op-1") == light
    services.queue.release("light#1", light.token)
    services.presence.seen(ben.id, True, services.clock(), finishing=True)
    for number in range(2, 4):
        taken(services, ana, f"t{number}#1", weight=0.9)
    heavy = take_next(services, ana.id, "op-2")
    assert heavy is not None
    assert heavy.id == "heavy#1"


def test_a_pause_is_offered_after_an_abusive_one_and_may_be_declined(
    staff: Staff, services: Services
) -> None:
    """Once it has ended, until answered; a pause has an end and shows as presence."""
    (ana,) = here(staff, "Ana Lima")
    now = services.clock()
    opened(services, "a#1", weight=0.7, abusive=True)
    held = services.queue.claim(ana.id, op="op-1", ticket_id="a#1")
    assert held is not None
    assert pause_after(services, ana.id, now) == ""
    services.queue.resolve("a#1", held.token, "resolved", now_ms=now)
    assert pause_after(services, ana.id, now) == "a#1"
    assert pause_after(services, ana.id, now + 11 * MINUTE) == ""
    services.presence.pause(ana.id, 0, "a#1")
    assert pause_after(services, ana.id, now) == ""
    assert services.presence.state(ana.id, now) == "available"
    services.presence.pause(ana.id, now + 5 * MINUTE, "a#1")
    assert services.presence.state(ana.id, now) == "paused"
    assert [one.free for one in workers(services, now)] == [False]
    services.presence.end_pause(ana.id)
    assert services.presence.state(ana.id, now) == "available"


def test_push_offers_the_oldest_due_to_one_who_is_free(
    staff: Staff, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accepting is taking; declining passes it on, and the ticket keeps its place."""
    routed(services, monkeypatch, PUSH)
    ana, ben = here(staff, "Ana Lima", "Ben Roy")
    staff.says("c1", "I want to talk to a person please")
    ticket = services.queue.waiting()[0]
    offer_round(services, services.clock())
    (offered,) = services.offers.all()
    first = ana if offered.offered_to == ana.id else ben
    second = ben if first is ana else ana
    offer_round(services, services.clock())
    assert services.offers.all() == [offered]
    services.offers.decline(ticket.id, first.id, offered.offer)
    offer_round(services, services.clock())
    (again,) = services.offers.all()
    assert again.offered_to == second.id
    assert services.queue.position(ticket.id) == 0
    desk = Desk(services)
    with pytest.raises(OfferGone):
        desk.accept(first, ticket.id, offered.offer, "op-1")
    got = desk.accept(second, ticket.id, again.offer, "op-2")
    assert (got.state, got.agent) == ("claimed", second.id)
    assert desk.accept(second, ticket.id, again.offer, "op-2") == got
    with pytest.raises(TicketTaken):
        desk.accept(first, ticket.id, again.offer, "op-3")
    assert services.queue.audit() == []


def test_who_lets_several_pass_is_on_a_break_until_they_return(
    staff: Staff, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any sweeper notices; the switch brings them back."""
    routed(services, monkeypatch, PUSH)
    (ana,) = here(staff, "Ana Lima")
    for name in ("a#1", "b#1"):
        opened(services, name)
        offer_round(services, services.clock())
        (offered,) = services.offers.all()
        services.offers.decline(name, ana.id, offered.offer)
        services.queue.cancel(name, "x")
    assert sent_away(services, ana.id)
    browser = staff.browser("Ana Lima")
    body = {"available": True, "tokens": {}}
    answer = browser.post("/desk/heartbeat", **body)
    assert answer.json["sent_away"]
    assert services.presence.state(ana.id, services.clock()) == "away"
    assert not browser.post("/desk/heartbeat", **body, chosen=True).json["sent_away"]
    assert services.presence.state(ana.id, services.clock()) == "available"


def test_the_desk_is_told_what_is_offered(
    staff: Staff, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who, why and until when; accepted or declined over HTTP; nothing says how heavy it is."""
    routed(services, monkeypatch, PUSH)
    browser = staff.browser("Ana Lima")
    here(staff, "Ana Lima")
    assert browser.get("/desk/offer").json["offer"] is None
    staff.says("c1", "I want to talk to a person please")
    offer_round(services, services.clock())
    found = browser.get("/desk/offer").json
    offer = found["offer"]
    assert (found["mode"], offer["name"], offer["priority"]) == ("push", "Robin Marsh", "normal")
    assert offer["why"]
    assert "weight" not in str(found)
    chosen = {"ticket": offer["ticket"], "offer": offer["offer"]}
    assert browser.post("/desk/offer/decline", op="op-1", **chosen).status_code == 200
    late = browser.post("/desk/offer/accept", op="op-2", **chosen)
    assert (late.status_code, late.json["error"]["code"]) == (409, "offer_gone")


def test_pull_offers_nothing(staff: Staff, services: Services) -> None:
    """As the shop's policy stands, nothing is offered by itself."""
    here(staff, "Ana Lima")
    opened(services, "a#1")
    offer_round(services, services.clock())
    assert services.offers.all() == []


def test_skills_and_capacity_are_checked(staff: Staff, services: Services) -> None:
    """What cannot be used is named and changes nothing; a new password keeps what was set."""
    ana = staff.person("Ana Lima")
    for skills, capacity, field in (
        ("a|b", 4, "skills"),
        ("es", 0, "capacity"),
        ("", "x", "capacity"),
    ):
        with pytest.raises(WrongField) as wrong:
            services.people.set_work(ana.id, skills, capacity)
        assert wrong.value.field == field
    changed = services.people.set_work(ana.id, "ES, wholesale es", "2")
    assert (changed.skills, changed.capacity) == (("es", "wholesale"), 2)
    token = services.people.link(ana.id)
    again = services.people.join(token, ana.email, ana.name, "another good password", 1)
    assert (again.skills, again.capacity) == (("es", "wholesale"), 2)


def test_the_bot_says_how_heavy_and_which_skill(staff: Staff, services: Services) -> None:
    """At opening and at each later turn; an insult stays known."""
    staff.says("c1", "I want to talk to a person please")
    calm = services.queue.waiting()[0]
    assert (calm.skill, calm.abusive) == ("general", False)
    assert calm.weight < 0.6
    staff.says("c1", "this is a disgrace, I am furious, you are all useless idiots")
    angry = services.queue.get(calm.id)
    assert angry is not None
    assert angry.abusive
    assert angry.weight > calm.weight


def test_an_admin_sets_skills_and_capacity_on_the_people_page(staff: Staff) -> None:
    """It is shown, noted in the trail, and what cannot be used is said beside its box."""
    boss, ana = staff.browser("Bo Chen", "admin"), staff.person("Ana Lima")
    done = boss.form(f"/people/{ana.id}/skills", skills="es, wholesale", capacity="2")
    assert "Ana Lima: es, wholesale; up to 2 at once." in done.text
    assert "changed skills or capacity of" in done.text
    wrong = boss.form(f"/people/{ana.id}/skills", skills="es", capacity="none")
    assert wrong.status_code == 400
    assert "Write a whole number from 1 to 50." in wrong.text
    assert 'value="none"' in wrong.text
    person = staff.services.people.get(ana.id)
    assert person is not None
    assert (person.skills, person.capacity) == (("es", "wholesale"), 2)
    assert staff.browser("Cy Ott").form(f"/people/{ana.id}/skills", capacity="9").status_code == 403


def test_the_terminal_sets_and_shows_them(staff: Staff, redis_server: RedisServer) -> None:
    """`attune agent work` changes only what is given."""
    staff.person("Ana Lima")
    where = ["--redis-url", redis_server.url]

    def said(*given: str) -> str:
        answer = CliRunner().invoke(main, ["agent", "work", "ana@example.com", *given, *where])
        assert answer.exit_code == 0, answer.output
        return answer.output.strip()

    assert said() == "Ana Lima: all conversations; up to 4 at once"
    assert said("--skills", "es,wholesale") == "Ana Lima: es, wholesale; up to 4 at once"
    assert said("--capacity", "2") == "Ana Lima: es, wholesale; up to 2 at once"
    assert said("--skills", "") == "Ana Lima: all conversations; up to 2 at once"
    unknown = CliRunner().invoke(main, ["agent", "work", "nobody@example.com", *where])
    assert unknown.exit_code == 1
    assert "Nobody here has the e-mail address" in unknown.stderr


def test_many_processes_offer_and_agents_answer_at_once(
    staff: Staff, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds, accepts, declines and the next taken race: each ticket has one holder at the end."""
    routed(services, monkeypatch, PUSH)
    people = here(staff, "Ana Lima", "Ben Roy", "Cy Ott")
    for number in range(9):
        opened(services, f"c{number}#1", number)
    barrier = threading.Barrier(6)

    def sweeps() -> None:
        barrier.wait()
        for _ in range(12):
            offer_round(services, services.clock())

    def answers(person: Person) -> None:
        barrier.wait()
        for number in range(30):
            ticket = services.offers.of(person.id, services.clock())
            op = f"{person.id}-{number}"
            with suppress(OfferGone, TicketTaken, TicketGone):
                if ticket and number % 5 == 0:
                    services.offers.decline(ticket.id, person.id, ticket.offer)
                elif ticket:
                    services.queue.claim(person.id, op=op, ticket_id=ticket.id, offer=ticket.offer)

    threads = [threading.Thread(target=sweeps) for _ in range(3)]
    threads += [threading.Thread(target=answers, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert services.queue.audit() == []
    claims = [one.ticket for one in services.queue.events(limit=1000) if one.kind == "claimed"]
    assert claims
    assert len(claims) == len(set(claims)) == services.queue.counts()["claimed"]
    assert all(len([1 for t in services.queue.claimed() if t.agent == p.id]) <= 4 for p in people)
