"""Who gets which ticket: due first always, and what is heavy shared out among who is free."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import PolicyError
from escalation.routing import Worker, best_for, may_take, needs_light, next_for, share_out
from escalation.routing_settings import Routing, read_routing
from escalation.ticket import Taken, Ticket

NOW = 1_800_000_000_000
MINUTE = 60_000
ROUTING = Routing()


def waits(
    name: str, due: float = 5, weight: float = 0.1, skill: str = "general", abusive: bool = False
) -> Ticket:
    """Give a ticket that is due in so many minutes."""
    return Ticket(
        id=name, conversation=name, priority="normal", skill=skill, created_ms=NOW,
        due_ms=int(NOW + due * MINUTE), state="waiting", agent=None, token=0, lease_until_ms=None,
        expiries=0, stuck=False, reasons=(), outcome=None, closed_ms=None, first_claim_ms=None,
        weight=weight, weight_ms=NOW, abusive=abusive,
    )  # fmt: skip


def took(*weights: float, abusive: bool = False, ago: float = 10) -> tuple[Taken, ...]:
    """Give what somebody took lately, oldest first."""
    at = int(NOW - ago * MINUTE)
    return tuple(
        Taken(f"t{number}", at, weight, at, abusive and number == len(weights) - 1)
        for number, weight in enumerate(weights)
    )


def test_a_third_heavy_one_goes_to_somebody_else_who_is_free() -> None:
    """Two heavy ones in a row: a free colleague gets the third, even one who holds more."""
    ana, ben = Worker("ana", took=took(0.9, 0.9)), Worker("ben", load=3, took=took(0.1, 0.2))
    heavy = waits("a", weight=0.9)
    assert best_for(heavy, [ana, ben], ROUTING, NOW) == ben
    assert best_for(heavy, [ana, replace(ben, free=False)], ROUTING, NOW) == ana
    assert best_for(heavy, [ana, replace(ben, load=4)], ROUTING, NOW) == ana


def test_a_light_one_goes_to_who_needs_one() -> None:
    """After two heavy ones, or an abusive one, the next light one is theirs."""
    ana = Worker("ana", load=2, took=took(0.9, 0.9))
    cleo = Worker("cleo", load=2, took=took(0.2, abusive=True))
    ben = Worker("ben")
    assert best_for(waits("a"), [ana, ben], ROUTING, NOW) == ana
    assert best_for(waits("a"), [ben, cleo], ROUTING, NOW) == cleo
    assert best_for(waits("a", weight=0.9), [ben, cleo], ROUTING, NOW) == ben
    assert best_for(waits("a", weight=0.1, abusive=True), [ben, cleo], ROUTING, NOW) == ben


@pytest.mark.parametrize(
    ("lately", "light"),
    [
        ((), False),
        (took(0.9), False),
        (took(0.9, 0.1), False),
        (took(0.1, 0.9, 0.9), True),
        (took(0.9, 0.9, ago=300), False),
        (took(0.1, abusive=True), True),
        (took(0.1, abusive=True, ago=300), False),
    ],
)
def test_needing_a_light_one_is_forgotten(lately: tuple[Taken, ...], light: bool) -> None:
    """Only the last two count, and not for ever."""
    assert needs_light(Worker("ana", took=lately), ROUTING, NOW) == light


def test_skills_are_all_needed_unless_nobody_has_them() -> None:
    """Who lacks a skill is given a ticket only when nobody on duty has it, or it is overdue."""
    ana, eva = Worker("ana", skills=("wholesale",)), Worker("eva", skills=("es",), free=False)
    es = waits("a", skill="es")
    assert best_for(es, [ana, eva], ROUTING, NOW) is None
    assert best_for(es, [ana], ROUTING, NOW) == ana
    assert best_for(es, [ana, Worker("all", load=3)], ROUTING, NOW) == Worker("all", load=3)
    late = NOW + 6 * MINUTE
    assert best_for(es, [ana, eva], ROUTING, late) == ana
    patient = replace(ROUTING, anyone_at_once=False, anyone_after_ms=10 * MINUTE)
    assert not may_take(es, [ana], patient, late)
    assert may_take(es, [ana], patient, late + 10 * MINUTE)


def test_who_let_it_pass_is_not_asked_again_at_once() -> None:
    """A ticket goes to the next agent after a decline; two minutes later it may come back."""
    ticket = replace(waits("a"), passed=(("ana", NOW),))
    assert best_for(ticket, [Worker("ana"), Worker("ben", load=3)], ROUTING, NOW) == Worker(
        "ben", load=3
    )
    assert best_for(ticket, [Worker("ana")], ROUTING, NOW + MINUTE) is None
    assert best_for(ticket, [Worker("ana")], ROUTING, NOW + 2 * MINUTE) == Worker("ana")


def test_sharing_out_serves_due_first_and_gives_each_agent_one() -> None:
    """With one free agent the first due is offered, whatever its weight."""
    heavy, light = waits("a", due=1, weight=0.9), waits("b", due=2)
    ana, ben = Worker("ana", took=took(0.9, 0.9)), Worker("ben")
    assert share_out([light, heavy], [ana], ROUTING, NOW) == [(heavy, ana)]
    found = share_out([light, heavy], [ana, ben], ROUTING, NOW)
    assert [(ticket.id, worker.id) for ticket, worker in found] == [("a", "ben"), ("b", "ana")]


def test_taking_the_next_spares_a_third_heavy_one_only_while_a_colleague_is_free() -> None:
    """The first light one instead; never when the heavy one is overdue or nobody else is free."""
    heavy, light = waits("a", due=1, weight=0.9), waits("b", due=2)
    ana, ben = Worker("ana", took=took(0.9, 0.9)), Worker("ben")
    assert next_for(ana, [heavy, light], [ana, ben], ROUTING, NOW) == light
    assert next_for(ana, [heavy, light], [ana], ROUTING, NOW) == heavy
    assert next_for(ana, [heavy], [ana, ben], ROUTING, NOW) is None
    assert next_for(ana, [heavy, light], [ana, ben], ROUTING, NOW + 2 * MINUTE) == heavy
    assert next_for(ana, [heavy, light], [ana, replace(ben, skills=("es",))], ROUTING, NOW) == light
    busy = replace(ben, load=4)
    assert next_for(ana, [heavy, light], [ana, busy], ROUTING, NOW) == heavy
    tired = replace(ben, took=took(0.9, 0.9))
    assert next_for(ana, [heavy, light], [ana, tired], ROUTING, NOW) == heavy
    assert next_for(ben, [heavy, light], [ana, ben], ROUTING, NOW) == heavy
    assert next_for(ana, [], [ana, ben], ROUTING, NOW) is None


WEIGHTS = st.floats(0, 1)
WORKERS = st.lists(
    st.builds(
        Worker,
        id=st.sampled_from(["ana", "ben", "cleo", "dan"]),
        skills=st.sampled_from([(), ("es",), ("es", "wholesale")]),
        load=st.integers(0, 4),
        took=st.lists(WEIGHTS, max_size=4).map(lambda found: took(*found)),
        free=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)
TICKETS = st.lists(
    st.builds(
        waits,
        name=st.sampled_from([f"t{number}" for number in range(6)]),
        due=st.floats(-5, 20),
        weight=WEIGHTS,
        skill=st.sampled_from(["general", "es", "es+wholesale"]),
        abusive=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(tickets=TICKETS, workers=WORKERS)
def test_nobody_waits_for_the_sake_of_heat(tickets: list[Ticket], workers: list[Worker]) -> None:
    """Whoever is left waiting has nobody suited and free; whoever is due first was served first."""
    found = share_out(tickets, workers, ROUTING, NOW)
    given_to = {worker.id for _, worker in found}
    assert len(given_to) == len(found)
    free = [one for one in workers if one.free and one.load < one.most]
    for ticket in tickets:
        if ticket not in [one for one, _ in found]:
            able = [one for one in free if one.serves(ticket)]
            assert all(one.id in given_to for one in able)
            for one in able:  # taken by what was due before, or at the same time
                (theirs,) = (mine for mine, worker in found if worker.id == one.id)
                assert theirs.due_ms <= ticket.due_ms


@given(front=TICKETS, workers=WORKERS)
def test_what_is_spared_is_left_to_somebody_free(
    front: list[Ticket], workers: list[Worker]
) -> None:
    """A ticket is skipped only when it is heavy, not overdue, and another suited agent is free."""
    front = sorted(front, key=lambda one: one.due_ms)
    for me in workers:
        chosen = next_for(me, front, workers, ROUTING, NOW)
        skipped = front if chosen is None else front[: front.index(chosen)]
        for ticket in skipped:
            assert ticket.due_ms >= NOW
            assert ticket.weight >= ROUTING.heavy or ticket.abusive
            assert any(
                one.id != me.id and one.free and one.load < one.most and one.serves(ticket)
                for one in workers
            )


def test_the_section_is_read_in_its_units() -> None:
    """Minutes and seconds become ms; what is absent keeps its default."""
    found = read_routing(
        {
            **{"mode": "push", "accept_seconds": 20, "passes_before_away": 2, "heavy": 0.5},
            **{"half_life_minutes": 60, "pause_minutes": 3, "anyone_minutes_overdue": 1.5},
            **{"anyone_at_once": False, "topics": {"wholesale": ["bulk_order"]}},
        }
    )
    assert (found.mode, found.accept_ms, found.passes, found.heavy) == ("push", 20_000, 2, 0.5)
    assert (found.half_life_ms, found.pause_ms) == (60 * MINUTE, 3 * MINUTE)
    assert (found.anyone_after_ms, found.anyone_at_once) == (90_000, False)
    assert (found.topic_of("bulk_order"), found.topic_of(None)) == ("wholesale", None)
    assert read_routing({}) == Routing()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"mode": "throw"}, "routing.mode: is 'throw'; write pull or push."),
        ({"accept_seconds": 1}, "routing.accept_seconds: is 1; write 5 to 600."),
        ({"heavy": True}, "routing.heavy: is True; write a number."),
        ({"anyone_at_once": 1}, "routing.anyone_at_once: is 1; write true or false."),
        ({"topics": []}, "routing.topics: must be a mapping"),
        ({"topics": {"a b": []}}, "routing.topics: has the skill 'a b'"),
        ({"topics": {"a": "x"}}, "routing.topics.a: is 'x'; write a list of intents."),
        ({"half_life": 1}, "routing.half_life: is not known here"),
    ],
)
def test_a_wrong_field_is_named(data: dict[str, object], words: str) -> None:
    """Each mistake names its field and says what to write."""
    with pytest.raises(PolicyError) as refused:
        read_routing(data)
    assert words in str(refused.value)
