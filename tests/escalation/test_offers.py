"""Skills, capacity and offers on a real Redis, the newest here and 6.2."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest
import redis

from escalation import keys
from escalation.errors import AgentFull, OfferGone, TicketTaken
from escalation.offers import Offers
from escalation.queue import Reach, TicketQueue
from escalation.ticket import Ticket
from tests.escalation.test_queue import AGENTS, LEASE, MINUTE, NOW, put, take

FOR_MS = 30_000


@pytest.fixture
def queue(each_store: redis.Redis) -> Iterator[TicketQueue]:
    """Give an empty queue; whatever a test did, no invariant may be broken after it."""
    made = TicketQueue(each_store, lease_ms=LEASE)
    yield made
    assert made.audit() == []


@pytest.fixture
def offers(each_store: redis.Redis) -> Offers:
    """Give the offers of the same store."""
    return Offers(each_store)


def held_out(offers: Offers, name: str, agent: str, now_ms: int = NOW) -> Ticket:
    """Offer a ticket; it must be free and the agent too."""
    ticket = offers.offer(name, agent, for_ms=FOR_MS, now_ms=now_ms)
    assert ticket is not None
    return ticket


def test_a_ticket_takes_all_its_skills(queue: TicketQueue) -> None:
    """Who lacks one of them is not given it, however long the line of others is."""
    put(queue, "a#1", 1, skill="es+wholesale")
    put(queue, "b#1", 2, skill="es")
    put(queue, "c#1", 3)
    mine = Reach(("es", "general"))
    assert [queue.claim("ana", op=f"o{n}", reach=mine, now_ms=NOW) for n in range(3)][2] is None
    both = queue.claim("ben", op="x", reach=Reach(("wholesale", "es")), now_ms=NOW)
    assert both is not None
    assert (both.id, both.skills) == ("a#1", ("es", "wholesale"))


def test_what_nobody_here_can_do_anyone_may_take(queue: TicketQueue) -> None:
    """A skill that nobody on duty has strands no ticket; one that somebody has waits for them."""
    put(queue, "a#1", 1, skill="fr")
    put(queue, "b#1", 2, skill="es")
    ana = ("general",)
    reach = Reach(ana, on_duty=(ana, ("es", "general")))
    ticket = queue.claim("ana", op="x", reach=reach, now_ms=NOW)
    assert ticket is not None
    assert ticket.id == "a#1"
    assert queue.claim("ana", op="y", reach=reach, now_ms=NOW) is None


def test_past_its_due_time_anyone_may_take_it(queue: TicketQueue) -> None:
    """So long past due that the policy says so, a ticket is everybody's."""
    put(queue, "a#1", 1, skill="es")
    reach = Reach(("general",), anyone_after_ms=MINUTE)
    assert queue.claim("ana", op="x", reach=reach, now_ms=NOW + 2 * MINUTE) is None
    assert queue.claim("ana", op="y", reach=reach, now_ms=NOW + 2 * MINUTE + 1) is not None


def test_who_holds_enough_gets_no_next_one(queue: TicketQueue) -> None:
    """Capacity counts where it is given: for the next one, not for one that is taken by hand."""
    for name in ("a#1", "b#1", "c#1"):
        put(queue, name)
    held = [queue.claim("ana", op=f"o{n}", most=2, now_ms=NOW) for n in range(2)]
    with pytest.raises(AgentFull, match="You hold 2 conversations"):
        queue.claim("ana", op="x", most=2, now_ms=NOW)
    assert queue.claim("ana", op="y", ticket_id="c#1", now_ms=NOW) is not None
    first = held[0]
    assert first is not None
    assert queue.claim("ana", op="o0", most=2, now_ms=NOW) == first


def test_an_offer_is_held_back_from_the_next_and_keeps_its_place(
    queue: TicketQueue, offers: Offers
) -> None:
    """What is offered to one agent is not given to another who takes the next; it still waits."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 2)
    offered = held_out(offers, "a#1", "ana")
    assert (offered.state, offered.offered_to) == ("waiting", "ana")
    assert (queue.position("a#1"), queue.counts()["waiting"]) == (0, 2)
    assert offers.of("ana", NOW) == offered
    assert offers.of("ana", NOW + FOR_MS + 1) is None
    assert [ticket.id for ticket in offers.front(Reach(), now_ms=NOW)] == ["b#1"]
    assert take(queue, "ben").id == "b#1"
    assert queue.claim("ben", op="y", now_ms=NOW) is None


def test_accepting_in_time_is_claiming_once(queue: TicketQueue, offers: Offers) -> None:
    """The same click again is the same claim; an offer of before is worth nothing."""
    put(queue, "a#1")
    first = held_out(offers, "a#1", "ana")
    offers.decline("a#1", "ana", first.offer, now_ms=NOW)
    second = held_out(offers, "a#1", "ana")
    assert second.offer > first.offer
    with pytest.raises(OfferGone):
        queue.claim("ana", op="x", ticket_id="a#1", offer=first.offer, now_ms=NOW)
    late = NOW + FOR_MS + 1
    with pytest.raises(OfferGone):
        queue.claim("ana", op="x", ticket_id="a#1", offer=second.offer, now_ms=late)
    got = [
        queue.claim("ana", op="y", ticket_id="a#1", offer=second.offer, now_ms=NOW) for _ in "ab"
    ]
    assert got[0] == got[1]
    assert got[0] is not None
    assert (got[0].state, got[0].offered_to) == ("claimed", None)


def test_one_offer_to_one_agent_at_a_time(queue: TicketQueue, offers: Offers) -> None:
    """A ticket has one offer and so has an agent; who holds enough gets none."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 2)
    offered = held_out(offers, "a#1", "ana")
    assert held_out(offers, "a#1", "ana", NOW + 1) == offered
    with pytest.raises(TicketTaken):
        offers.offer("a#1", "ben", for_ms=FOR_MS, now_ms=NOW)
    assert offers.offer("b#1", "ana", for_ms=FOR_MS, now_ms=NOW) is None
    assert offers.offer("b#1", "ben", for_ms=FOR_MS, most=1, now_ms=NOW) is not None
    queue.claim("cleo", op="x", ticket_id="b#1", now_ms=NOW)
    put(queue, "c#1", 3)
    assert offers.offer("c#1", "cleo", for_ms=FOR_MS, most=1, now_ms=NOW) is None


def test_passes_in_a_row_are_counted_until_one_is_taken(queue: TicketQueue, offers: Offers) -> None:
    """Offers that ran out or were declined count; taking any ticket begins anew."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 2)
    held_out(offers, "a#1", "ana")
    (passed,) = offers.lapse(NOW + FOR_MS + 1)
    assert (passed.agent, passed.in_a_row) == ("ana", 1)
    assert passed.ticket.passed == (("ana", NOW + FOR_MS + 1),)
    assert queue.audit() == []
    again = held_out(offers, "a#1", "ana", NOW + MINUTE)
    declined = offers.decline("a#1", "ana", again.offer, now_ms=NOW + MINUTE)
    assert declined is not None
    assert declined.in_a_row == 2
    assert queue.audit() == []
    assert queue.waiting()[0].id == "a#1"
    take(queue, "ana")
    row = offers.agents(["ana", "nobody"])
    assert (row["ana"].passes, row["ana"].load, row["nobody"].load) == (0, 1, 0)


def test_the_weights_of_the_last_eight_taken_are_kept(queue: TicketQueue, offers: Offers) -> None:
    """A conversation that grows heavier while it is held is remembered as heavy as it grew."""
    for number in range(10):
        queue.open(
            f"c{number}#1", conversation=f"c{number}", priority="normal", due_ms=NOW + number,
            created_ms=NOW, reasons=[], weight=number / 10, weight_ms=NOW, now_ms=NOW,
        )  # fmt: skip
        take(queue, "ana", f"o{number}", NOW + number)
    heavier = {"weight": 0.95, "weight_ms": NOW + 19, "abusive": True}
    queue.open("c9#1", conversation="c9", priority="normal", due_ms=NOW + 9, created_ms=NOW,
               reasons=[], **heavier, now_ms=NOW + 19)  # type: ignore[arg-type] # fmt: skip
    earlier = {"weight": 0.2, "weight_ms": NOW + 18}
    queue.open("c9#1", conversation="c9", priority="normal", due_ms=NOW + 9, created_ms=NOW,
               reasons=[], **earlier, now_ms=NOW + 20)  # type: ignore[arg-type] # fmt: skip
    took = offers.agents(["ana"])["ana"].took
    assert [one.ticket for one in took] == [f"c{number}#1" for number in range(2, 10)]
    assert [one.weight for one in took] == [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95]
    assert [one.abusive for one in took] == [*[False] * 7, True]
    assert "weight" not in queue.claimed()[0].to_row()


def test_rows_of_an_older_version_are_lined_up(queue: TicketQueue, each_store: redis.Redis) -> None:
    """Tickets stored before there were lines, and ones an older process opens, are claimed too."""
    for name in ("a#1", "b#1", "c#1"):
        put(queue, name)
        row = json.loads(each_store.hget(keys.tickets(), name) or "")  # type: ignore[arg-type]
        for field in ("weight", "weight_at", "abusive", "offered", "offer", "offer_until"):
            del row[field]
        each_store.hset(keys.tickets(), name, json.dumps(row))
    each_store.delete(keys.lines())
    assert take(queue).id == "a#1"
    stale = each_store.zrange(keys.lines(), 0, 0)[0]
    queue.cancel("b#1", "x")
    put(queue, "d#1", 9)
    each_store.zrem(keys.lines(), *each_store.zrange(keys.lines(), -1, -1))
    each_store.zadd(keys.lines(), {stale: 0})
    assert take(queue, op="y").id == "c#1"
    assert take(queue, op="z").id == "d#1"


def test_a_long_queue_is_lined_up_bit_by_bit(queue: TicketQueue, each_store: redis.Redis) -> None:
    """After an update a claim never waits for the whole line; due first comes first meanwhile."""
    for number in range(2_500):
        put(queue, f"c{number}#1", due=1 + number // 1_200)
    first = [ticket.id for ticket in queue.waiting(4)]
    each_store.delete(keys.lines())
    assert [take(queue, "ana", f"o{number}").id for number in range(2)] == first[:2]
    assert 1_000 <= each_store.zcard(keys.lines()) < 2_498
    put(queue, "soon#1", due=0)
    assert take(queue, "ben", "o3").id == "soon#1"
    assert take(queue, "ben", "o4").id == first[2]
    Offers(each_store).lapse()
    assert each_store.zcard(keys.lines()) == queue.counts()["waiting"]
    assert not each_store.exists(keys.mending())


def test_many_answers_to_one_offer_have_one_outcome(
    queue: TicketQueue, each_store: redis.Redis
) -> None:
    """Accepting, declining, taking by name and the end of the offer race; one agent holds it."""
    for number in range(20):
        put(queue, f"c{number}#1")
        offered = Offers(each_store).offer(f"c{number}#1", "ana", for_ms=1)
        assert offered is not None
        time.sleep(0.002)
        won = _race(each_store, offered)
        ticket = queue.get(offered.id)
        assert ticket is not None
        assert won == ([ticket.agent] if ticket.agent else [])
        assert ticket.offered_to is None


def _race(client: redis.Redis, offered: Ticket) -> list[str | None]:
    barrier, won = threading.Barrier(4), list[str | None]()

    def run(kind: int) -> None:
        queue, offers = TicketQueue(client), Offers(client)
        barrier.wait()
        try:
            if kind == 0:
                offers.lapse()
            elif kind == 1:
                offers.decline(offered.id, "ana", offered.offer)
            else:
                agent, number = ("ana", offered.offer) if kind == 2 else ("ben", 0)
                ticket = queue.claim(
                    agent, op=f"{kind}-{offered.id}", ticket_id=offered.id, offer=number
                )
                won.append(ticket.agent if ticket else None)
        except (OfferGone, TicketTaken):
            pass

    threads = [threading.Thread(target=run, args=(kind,)) for kind in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won


def test_many_offer_one_ticket_at_once(queue: TicketQueue, each_store: redis.Redis) -> None:
    """Every process may offer: one offer is made, to one agent."""
    put(queue, "a#1")
    barrier, made = threading.Barrier(AGENTS), list[str]()

    def run(agent: str) -> None:
        barrier.wait()
        try:
            ticket = Offers(each_store).offer("a#1", agent, for_ms=FOR_MS)
            made.append(ticket.offered_to or "" if ticket else "")
        except TicketTaken:
            pass

    threads = [threading.Thread(target=run, args=(f"agent-{n}",)) for n in range(AGENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert [ticket.offered_to for ticket in Offers(each_store).all()] == made


def test_audit_sees_a_broken_line_or_offer(each_store: redis.Redis) -> None:
    """What is out of line, or offered twice, is named."""
    queue, offers = TicketQueue(each_store), Offers(each_store)
    put(queue, "a#1")
    put(queue, "b#1", 2)
    held_out(offers, "b#1", "ana")
    each_store.delete(keys.lines())
    each_store.zadd(keys.offers(), {"b#1": 7, "ghost#1": 1})
    found = "\n".join(queue.audit())
    for words in (
        "a#1 does not stand once in line",
        "b#1 is offered until",
        "offers holds ghost#1",
    ):
        assert words in found
