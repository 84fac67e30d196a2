"""Customers and agents all at once on a few conversations; then everything must still agree."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import pytest
import redis

from bot.customer import cancel_waiting
from bot.desk import Desk
from bot.errors import BotError
from bot.people import Person
from bot.settings import Settings
from bot.sweep import sweep
from bot.values import Entry
from escalation.errors import EscalationError
from tests.staff import Staff, make_staff

CONVERSATIONS = [f"c{number}" for number in range(5)]
TEXTS = ("hi", "let me talk to a human", "never mind", "where is my parcel", "kim@example.com")
SECONDS = 4.0
MAY_SPEAK_BESIDE = ("resolved/", "still_waiting/")


@pytest.fixture
def staff(settings: Settings, store: redis.Redis) -> Iterator[Staff]:
    """Give the app on an emptied store, with its relay and its sweeper."""
    made = make_staff(settings, store)
    made.services.upkeep.start(lambda: sweep(made.services))
    yield made
    made.close()


def test_everything_at_once(staff: Staff) -> None:
    """No ghost ticket, no silent conversation, no bot beside a person, no message lost or moved."""
    ends = time.monotonic() + SECONDS
    people = staff.person("Ana Lima"), staff.person("Bo Chen")
    broken: list[BaseException] = []
    workers = [_customer(staff, number) for number in range(4)]
    workers += [_agent(staff, people[number % 2], number) for number in range(4)]

    def work(step: Callable[[], None]) -> None:
        try:
            while time.monotonic() < ends:
                with suppress(BotError, EscalationError):
                    step()
        except BaseException as error:
            broken.append(error)
            raise

    threads = [threading.Thread(target=work, args=(step,)) for step in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    _comes_to_rest(staff)
    queue, conversations = staff.services.queue, staff.services.conversations
    held = {conversations.load(one).ticket for one in CONVERSATIONS} - {None}
    assert held == {one.id for one in (*queue.waiting(500), *queue.claimed())}
    assert queue.audit() == []
    for one in CONVERSATIONS:
        _story_is_sound(staff, one)


def _customer(staff: Staff, number: int) -> Callable[[], None]:
    chance = random.Random(number)

    def step() -> None:
        conversation = chance.choice(CONVERSATIONS)
        if chance.random() < 0.15:
            cancel_waiting(staff.services, conversation)
        else:
            staff.says(conversation, chance.choice(TEXTS))

    return step


def _agent(staff: Staff, person: Person, number: int) -> Callable[[], None]:
    chance, desk = random.Random(100 + number), Desk(staff.services)
    mine: dict[str, int] = {}
    done: list[int] = []

    def step() -> None:
        time.sleep(chance.random() / 100)
        done.append(1)
        op = f"op-{number}-{len(done)}"
        if not mine or chance.random() < 0.3:
            stepping = chance.random() < 0.3
            conversation = chance.choice(CONVERSATIONS)
            taken = desk.step_in(person, conversation, op) if stepping else None
            taken = taken or desk.claim_next(person, op)
            mine.update({taken.conversation: taken.token} if taken else {})
            return
        conversation, token = chance.choice(list(mine.items()))
        if chance.random() < 0.3:
            desk.reply(person, conversation, token, "Hello.", op)
            return
        del mine[conversation]
        how = chance.choice((desk.resolve, desk.hand_back, None))
        if how:
            how(person, conversation, token, op)
        else:
            desk.release(person, conversation, token)

    return step


def _comes_to_rest(staff: Staff) -> None:
    """Wait until every message has its Turn and every promise is carried."""
    for _ in range(100):
        sweep(staff.services)
        if not staff.services.conversations.unfinished(staff.services.clock()):
            break
        time.sleep(0.1)
    staff.services.relay.carry_all()


def _story_is_sound(staff: Staff, conversation: str) -> None:
    entries = staff.services.conversations.entries(conversation, limit=100_000)
    written = [one.id for one in entries if one.data.get("author") == "customer"]
    assert [one.data["message_id"] for one in entries if one.kind == "reading"] == written
    joined = False
    for index, one in enumerate(entries):
        if one.kind == "event":
            joined = one.data["what"] == "agent_joined" or (
                joined and one.data["what"] in {"email_left", "transferred"}
            )
        elif joined and one.data.get("author") == "bot":
            known = str(one.data["template"]).startswith(MAY_SPEAK_BESIDE)
            assert known or _has_just_released(entries[index:]), one


def _has_just_released(following: Sequence[Entry]) -> bool:
    """Say whether the agent let go in the queue first, and the log heard of it just after."""
    return any(one.data.get("what") == "agent_released" for one in following[:8])
