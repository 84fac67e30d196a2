"""The ticket queue on a real Redis, the newest here and 6.2."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from escalation import keys
from escalation.errors import StaleToken, StoreUnavailable, TicketGone, TicketTaken
from escalation.queue import Ticket, TicketQueue
from escalation.ticket import Priority

NOW = 1_800_000_000_000
MINUTE = 60_000
LEASE = 180_000
AGENTS = 12


@pytest.fixture
def queue(each_store: redis.Redis) -> Iterator[TicketQueue]:
    """Give an empty queue; whatever a test did, no invariant may be broken after it."""
    made = TicketQueue(each_store, lease_ms=LEASE)
    yield made
    assert made.audit() == []


def put(
    queue: TicketQueue,
    name: str,
    due: int = 5,
    priority: Priority = "normal",
    skill: str = "general",
) -> Ticket:
    """Open a ticket that is due in so many minutes."""
    return queue.open(
        name,
        conversation=name.partition("#")[0],
        priority=priority,
        due_ms=NOW + due * MINUTE,
        created_ms=NOW,
        reasons=["asked_for_human"],
        skill=skill,
        now_ms=NOW,
    )


def take(queue: TicketQueue, agent: str = "ana", op: str = "op-1", now_ms: int = NOW) -> Ticket:
    """Claim what is due first; there must be something."""
    ticket = queue.claim(agent, op=op, now_ms=now_ms)
    assert ticket is not None
    return ticket


def test_opening_gives_a_waiting_ticket(queue: TicketQueue) -> None:
    """A new ticket waits, with everything it was opened with."""
    ticket = put(queue, "c1#1", priority="high")
    assert (ticket.state, ticket.priority, ticket.skill) == ("waiting", "high", "general")
    assert (ticket.created_ms, ticket.due_ms) == (NOW, NOW + 5 * MINUTE)
    assert (ticket.reasons, ticket.agent, ticket.token) == (("asked_for_human",), None, 0)
    assert queue.get("c1#1") == ticket
    assert queue.waiting() == [ticket]


def test_opening_twice_is_opening_once(queue: TicketQueue) -> None:
    """The same id again changes nothing and writes no second event."""
    assert put(queue, "c1#1") == put(queue, "c1#1")
    assert queue.counts() == {"waiting": 1, "claimed": 0, "closed": 0}
    assert [event.kind for event in queue.events()] == ["opened"]


def test_opening_again_can_only_press_more(queue: TicketQueue) -> None:
    """A second opening makes a ticket due earlier and more pressing, never less."""
    put(queue, "c1#1", due=15)
    raised = queue.open(
        "c1#1", conversation="c1", priority="urgent", due_ms=NOW + MINUTE, created_ms=NOW,
        reasons=["safety_or_legal"],
    )  # fmt: skip
    assert (raised.priority, raised.due_ms) == ("urgent", NOW + MINUTE)
    assert raised.reasons == ("asked_for_human", "safety_or_legal")
    assert put(queue, "c1#1", due=15) == raised


def test_raising_a_held_ticket_keeps_its_holder(queue: TicketQueue) -> None:
    """A held ticket that is raised stays held; its new due time counts once it is released."""
    put(queue, "c1#1", due=15)
    held = take(queue)
    put(queue, "c1#1", due=1, priority="urgent")
    assert queue.counts()["waiting"] == 0
    assert queue.release("c1#1", held.token).due_ms == NOW + MINUTE


def test_closed_ticket_stays_closed(queue: TicketQueue) -> None:
    """Opening a resolved ticket again does nothing."""
    put(queue, "c1#1")
    queue.resolve("c1#1", take(queue).token, "solved")
    assert put(queue, "c1#1", due=1, priority="urgent").state == "resolved"
    assert queue.counts() == {"waiting": 0, "claimed": 0, "closed": 1}


def test_claim_takes_what_is_due_first(queue: TicketQueue) -> None:
    """Earliest due first, whatever the order of opening; ties go by that order."""
    for name, due in (("b#1", 5), ("c#1", 2), ("a#1", 5)):
        put(queue, name, due)
    assert queue.position("b#1") == 1
    order = [take(queue, op=f"op-{n}").id for n in range(3)]
    assert order == ["c#1", "b#1", "a#1"]
    assert queue.claim("ana", op="op-9") is None


def test_claim_by_skill(queue: TicketQueue) -> None:
    """An agent with skills gets the earliest due of those."""
    put(queue, "a#1", 1, skill="wholesale")
    put(queue, "b#1", 2)
    ticket = queue.claim("ana", op="x", skills=["general"], now_ms=NOW)
    assert ticket is not None
    assert ticket.id == "b#1"
    assert queue.claim("ana", op="y", skills=["brewing"]) is None


def test_claim_of_a_named_ticket(queue: TicketQueue) -> None:
    """A named ticket can be taken out of turn; a held one says by whom, a closed one is gone."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 2)
    ticket = queue.claim("ana", op="x", ticket_id="b#1", now_ms=NOW)
    assert ticket is not None
    with pytest.raises(TicketTaken) as taken:
        queue.claim("ben", op="y", ticket_id="b#1")
    assert taken.value.agent == "ana"
    queue.resolve("b#1", ticket.token, "solved")
    for name in ("b#1", "nobody#1"):
        with pytest.raises(TicketGone):
            queue.claim("ben", op="z", ticket_id=name)


def test_claim_is_idempotent_by_op(queue: TicketQueue) -> None:
    """The same op gives the same ticket and token, also after another claim of the agent."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 2)
    first = take(queue, op="x")
    second = take(queue, op="y")
    assert take(queue, op="x") == first
    assert first.token < second.token
    assert queue.counts()["claimed"] == len([first, second])


def test_claim_retried_after_it_ended_is_stale(queue: TicketQueue) -> None:
    """A claim that is retried after its ticket went on does not take anything."""
    put(queue, "a#1", 1)
    queue.release("a#1", take(queue, op="x").token)
    with pytest.raises(StaleToken):
        queue.claim("ana", op="x")
    assert queue.counts()["waiting"] == 1


def test_exactly_one_of_many_claims_wins(queue: TicketQueue, each_store: redis.Redis) -> None:
    """Many agents grab one ticket at the same moment: one gets it, the others learn who."""
    put(queue, "a#1")
    barrier = threading.Barrier(AGENTS)
    won: list[str] = []
    lost: list[str] = []

    def grab(agent: str) -> None:
        barrier.wait()
        try:
            ticket = TicketQueue(each_store).claim(agent, op=f"op-{agent}", ticket_id="a#1")
            won.append(ticket.agent or "" if ticket else "")
        except TicketTaken as taken:
            lost.append(taken.agent)

    threads = [threading.Thread(target=grab, args=(f"agent-{n}",)) for n in range(AGENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert lost == won * (AGENTS - 1)


def test_many_claims_share_out_the_queue(queue: TicketQueue, each_store: redis.Redis) -> None:
    """Agents who take the next ticket at the same moment never get the same one."""
    for number in range(AGENTS):
        put(queue, f"c{number}#1")
    got: list[str] = []

    def grab(agent: str) -> None:
        mine = TicketQueue(each_store)
        while ticket := mine.claim(agent, op=f"{agent}-{len(got)}-{threading.get_ident()}"):
            got.append(ticket.id)
            mine.resolve(ticket.id, ticket.token, "solved")

    threads = [threading.Thread(target=grab, args=(f"agent-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(f"c{number}#1" for number in range(AGENTS))


def test_stale_token_has_no_effect(queue: TicketQueue) -> None:
    """Who lost a ticket to an expired lease can do nothing to it any more."""
    put(queue, "a#1")
    old = take(queue, "ana").token
    assert [ticket.id for ticket in queue.reap(NOW + LEASE + 1)] == ["a#1"]
    held = take(queue, "ben", "op-2", NOW + LEASE + 2)
    before = queue.get("a#1")
    for act in (
        lambda: queue.heartbeat("a#1", old),
        lambda: queue.release("a#1", old),
        lambda: queue.transfer("a#1", old, "cleo", "op-3"),
        lambda: queue.resolve("a#1", old, "solved"),
    ):
        with pytest.raises(StaleToken):
            act()
    assert queue.get("a#1") == before
    assert held.token > old


def test_token_of_an_expired_lease_is_stale_before_the_next_claim(queue: TicketQueue) -> None:
    """A ticket that went back to the queue cannot be resolved by its old holder."""
    put(queue, "a#1")
    token = take(queue).token
    queue.reap(NOW + LEASE + 1)
    for act in (
        lambda: queue.heartbeat("a#1", token),
        lambda: queue.transfer("a#1", token, "ben", "op"),
        lambda: queue.resolve("a#1", token, "solved"),
    ):
        with pytest.raises(StaleToken):
            act()


def test_heartbeat_only_lengthens(queue: TicketQueue) -> None:
    """A sign of life extends the lease, a late one from an earlier moment does not shorten it."""
    put(queue, "a#1")
    token = take(queue).token
    assert queue.heartbeat("a#1", token, now_ms=NOW + MINUTE).lease_until_ms == NOW + MINUTE + LEASE
    longer = queue.heartbeat("a#1", token, now_ms=NOW, lease_ms=15 * MINUTE).lease_until_ms
    assert longer == NOW + 15 * MINUTE
    assert queue.heartbeat("a#1", token, now_ms=NOW).lease_until_ms == longer
    assert queue.reap(NOW + 15 * MINUTE) == []


def test_expiry_keeps_the_place_and_marks_stuck_at_the_third(queue: TicketQueue) -> None:
    """An expired ticket goes back with its due time; the third time it is marked stuck."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 9)
    for turn in range(1, 4):
        now = NOW + turn * 10 * MINUTE
        assert take(queue, op=f"op-{turn}", now_ms=now).id == "a#1"
        (ticket,) = queue.reap(now + LEASE + 1)
        assert (ticket.expiries, ticket.stuck) == (turn, turn == 3)
        assert (ticket.state, ticket.due_ms, ticket.agent) == ("waiting", NOW + MINUTE, None)
    assert queue.position("a#1") == 0


def test_release_keeps_the_place(queue: TicketQueue) -> None:
    """A released ticket is next again, and releasing twice is releasing once."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 9)
    token = take(queue).token
    assert queue.release("a#1", token) == queue.release("a#1", token)
    assert queue.position("a#1") == 0
    assert [event.kind for event in queue.events()].count("released") == 1


def test_transfer_gives_a_new_token(queue: TicketQueue) -> None:
    """A transferred ticket has a new holder and token; the same op again gives the same answer."""
    put(queue, "a#1")
    old = take(queue, "ana")
    moved = queue.transfer("a#1", old.token, "ben", "op-t", now_ms=NOW)
    assert (moved.agent, moved.state) == ("ben", "claimed")
    assert moved.token > old.token
    assert queue.transfer("a#1", old.token, "ben", "op-t") == moved
    with pytest.raises(StaleToken):
        queue.resolve("a#1", old.token, "solved")
    assert queue.resolve("a#1", moved.token, "solved").state == "resolved"


def test_resolving_twice_is_resolving_once(queue: TicketQueue) -> None:
    """The same token may resolve again; nothing else may be done to a closed ticket."""
    put(queue, "a#1")
    token = take(queue).token
    done = queue.resolve("a#1", token, "solved", now_ms=NOW)
    assert queue.resolve("a#1", token, "solved") == done
    assert (done.outcome, done.closed_ms, done.agent) == ("solved", NOW, "ana")
    for act in (
        lambda: queue.heartbeat("a#1", token),
        lambda: queue.release("a#1", token),
        lambda: queue.transfer("a#1", token, "ben", "op"),
    ):
        with pytest.raises(TicketGone):
            act()


def test_cancel_only_while_waiting(queue: TicketQueue) -> None:
    """A waiting ticket can be cancelled, also twice; a claimed, resolved or absent one cannot."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 2)
    assert queue.cancel("a#1", "solved by bot")
    assert queue.cancel("a#1", "solved by bot")
    assert not queue.cancel("nobody#1", "x")
    token = take(queue).token
    assert not queue.cancel("b#1", "x")
    queue.resolve("b#1", token, "solved")
    assert not queue.cancel("b#1", "x")
    assert [ticket.state for ticket in queue.closed()] == ["resolved", "cancelled"]


def test_every_transition_leaves_an_event(queue: TicketQueue) -> None:
    """The stream tells the whole story in order, and resumes after any event."""
    put(queue, "a#1")
    token = take(queue).token
    moved = queue.transfer("a#1", token, "ben", "op-t")
    queue.release("a#1", moved.token)
    last = take(queue, "cleo", "op-2")
    queue.resolve("a#1", last.token, "solved")
    story = queue.events()
    assert [event.kind for event in story] == [
        "opened", "claimed", "transferred", "released", "claimed", "resolved",
    ]  # fmt: skip
    assert queue.events(story[2].id) == story[3:]
    assert story[-1].agent == "cleo"
    assert story[-1].detail == "solved"


def test_time_of_redis_is_taken_when_none_is_given(queue: TicketQueue) -> None:
    """Without a time the server's clock counts: a fresh lease has not ended yet."""
    put(queue, "a#1")
    ticket = queue.claim("ana", op="x")
    assert ticket is not None
    assert ticket.lease_until_ms is not None
    assert ticket.first_claim_ms == ticket.lease_until_ms - LEASE
    assert queue.reap() == []


def test_first_claim_is_remembered(queue: TicketQueue) -> None:
    """The moment of the first claim stays, however often the ticket is claimed after it."""
    put(queue, "a#1")
    queue.release("a#1", take(queue).token)
    assert take(queue, "ben", "op-2", NOW + MINUTE).first_claim_ms == NOW


def test_reap_takes_a_hundred_at_a_time(queue: TicketQueue) -> None:
    """A sweep is bounded; the next one takes the rest."""
    for number in range(120):
        put(queue, f"c{number}#1")
        take(queue, op=f"op-{number}")
    assert [len(queue.reap(NOW + LEASE + 1)) for _ in range(3)] == [100, 20, 0]


def test_overdue_counts_waiting_tickets_past_their_time(queue: TicketQueue) -> None:
    """A ticket is overdue once its due time is past."""
    put(queue, "a#1", 1)
    put(queue, "b#1", 9)
    assert queue.overdue(NOW + MINUTE) == 0
    assert queue.overdue(NOW + 2 * MINUTE) == 1


def test_erasing_leaves_no_trace(queue: TicketQueue, each_store: redis.Redis) -> None:
    """An erased ticket is gone with its events, whatever its state was."""
    put(queue, "a#1")
    put(queue, "gone#1")
    queue.claim("ana", op="x", ticket_id="gone#1", now_ms=NOW)
    assert queue.erase("gone#1")
    assert not queue.erase("gone#1")
    assert queue.get("gone#1") is None
    assert {event.ticket for event in queue.events()} == {"a#1"}
    assert queue.claimed() == []


def test_purging_removes_what_was_closed_long_ago(queue: TicketQueue) -> None:
    """Only tickets closed before the moment are removed."""
    for number, name in enumerate(("a#1", "b#1")):
        put(queue, name)
        queue.cancel(name, "x", now_ms=NOW + number * MINUTE)
    assert queue.purge(NOW + MINUTE) == 1
    assert [ticket.id for ticket in queue.closed()] == ["b#1"]


def test_audit_sees_what_is_broken(each_store: redis.Redis) -> None:
    """Each kind of damage is named, so that a clean audit means something."""
    queue = TicketQueue(each_store)
    put(queue, "a#1")
    put(queue, "b#1", 2)
    take(queue)
    each_store.zrem(keys.waiting(), "a#1")
    each_store.zadd(keys.waiting(), {"ghost#1": 1})
    each_store.zadd(keys.leases(), {"b#1": 1})
    each_store.hset(keys.agents(), "ben", '{"load":3,"ops":{}}')
    each_store.set(keys.sequence(), 0)
    found = "\n".join(queue.audit())
    for words in (
        "a#1 is waiting but stands in", "holds ghost#1", "another time than its own",
        "agent ben holds 0 tickets but counts 3", "never given out",
    ):  # fmt: skip
        assert words in found


def test_empty_words_are_refused(queue: TicketQueue) -> None:
    """A ticket without an id, or a claim without an op, is an error of the caller."""
    with pytest.raises(ValueError, match="must not be empty"):
        put(queue, "")
    with pytest.raises(ValueError, match="must not be empty"):
        queue.claim("ana", op="")
    with pytest.raises(ValueError, match="not one of"):
        put(queue, "a#1", priority="low")  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", ["a{b}#1", 'q"uote#1', "new\nline#1", "ü🙂#1", "a,b#1"])
def test_odd_names_are_only_data(queue: TicketQueue, odd: str) -> None:
    """Braces, quotes, line ends and emoji in names change nothing but the name."""
    put(queue, odd)
    ticket = queue.claim(odd, op=odd, now_ms=NOW)
    assert ticket is not None
    assert (ticket.id, ticket.agent) == (odd, odd)
    assert queue.resolve(odd, ticket.token, odd).outcome == odd


def test_away_redis_is_said_to_be_away() -> None:
    """Without Redis each call raises one error of this package."""
    queue = TicketQueue(
        redis.Redis(unix_socket_path="/nonexistent/redis.sock", retry=Retry(NoBackoff(), 0))
    )
    for act in (lambda: put(queue, "a#1"), queue.waiting, queue.counts):
        with pytest.raises(StoreUnavailable):
            act()


def test_all_keys_share_one_slot() -> None:
    """Every key carries the tag {q}, so a cluster keeps the queue in one slot."""
    assert all("{q}" in key for key in [*keys.queue_keys(), keys.presence(), keys.away()])


def test_same_due_time_keeps_the_order_of_opening(queue: TicketQueue) -> None:
    """When the shop is closed all are due when it opens: who came first stays first."""
    names = ["zoe#1", "bob#1", "mia#1", "ann#1"]
    for name in names:
        put(queue, name, due=1)
    assert [one.id for one in queue.waiting()] == names
    assert [queue.position(name) for name in names] == [0, 1, 2, 3]
    taken = queue.claim("ana", op="op1", now_ms=NOW)
    assert taken is not None
    queue.release(taken.id, taken.token, now_ms=NOW)
    assert [one.id for one in queue.waiting()] == names
    assert queue.audit() == []
