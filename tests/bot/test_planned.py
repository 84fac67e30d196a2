"""A publication planned for a time: exactly once, whatever sleeps, dies or is changed meanwhile."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cases import Case, CaseTurn, add_case
from bot.going_live import PlanOvertaken, Release, Terms
from bot.local_time import NoSuchTime, comes_twice, moment_of, time_in_words, written_at
from bot.pieces import write_piece
from bot.plan import LEASE_MS, MOST_TRIES, Plan, PlanError, Plans
from bot.planned import LATEST_MS, carry_out
from bot.services import Services
from bot.sweep import sweep
from intents.errors import UnderstandingError
from tests.conftest import Clock

LONDON, HOBART = ZoneInfo("Europe/London"), ZoneInfo("Australia/Hobart")
HOUR_MS = 3_600_000


def utc(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("written", "zone", "instant"),
    [
        ("2026-03-29T00:59", LONDON, "03-29 00:59"),
        ("2026-03-29T02:00", LONDON, "03-29 01:00"),
        ("2026-10-25T00:59", LONDON, "10-24 23:59"),
        ("2026-10-25T01:30", LONDON, "10-25 00:30"),
        ("2026-10-25T02:00", LONDON, "10-25 02:00"),
        ("2026-04-05T02:30", HOBART, "04-04 15:30"),
        ("2026-10-04T03:00", HOBART, "10-03 16:00"),
    ],
)
def test_local_times_around_a_change_of_clocks(written: str, zone: ZoneInfo, instant: str) -> None:
    """An hour that comes twice is its first; the form's field gives the same time back."""
    at_ms = moment_of(written, zone)
    assert utc(at_ms) == instant
    assert written_at(at_ms, zone) == written


@pytest.mark.parametrize("written", ["2026-03-29T01:00", "2026-03-29T01:59", "2026-10-04T02:30"])
def test_a_time_that_the_clocks_leave_out_is_refused(written: str) -> None:
    """It says which time there is instead."""
    zone = HOBART if written.startswith("2026-10") else LONDON
    with pytest.raises(NoSuchTime, match=r"clocks go forward over it\. Choose 0[23]:"):
        moment_of(written, zone)


@pytest.mark.parametrize("written", ["", "tomorrow", "2026-13-01T09:00", "2026-03-01T09:00+01:00"])
def test_what_is_no_local_time_is_refused(written: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(NoSuchTime):
        moment_of(written, LONDON)


def test_words_say_which_of_two_hours_is_meant() -> None:
    """A page never leaves it open."""
    first = moment_of("2026-10-25T01:30", LONDON)
    assert comes_twice(first, LONDON)
    assert "01:30 (London time), the first of the two" in time_in_words(first, LONDON)
    assert "the second of the two" in time_in_words(first + HOUR_MS, LONDON)
    assert time_in_words(moment_of("2026-03-30T09:00", LONDON), LONDON) == (
        "Monday 30 March 2026, 09:00 (London time)"
    )


def planned(services: Services, name: str = "p1", text: str = "Beans & Co", **over: object) -> Plan:
    """Plan a changed fact in an hour."""
    live, now = services.packs.live(), services.clock()
    texts = write_piece(live.pack.texts, ("fact", "shop", "name"), text)
    made = Plan(name, texts, live.version, now + HOUR_MS, now, "Ada", "a1", "New name")
    found = replace(made, **over)  # type: ignore[arg-type]
    services.plans.make(found)
    return found


def settled(services: Services) -> Plan:
    """Give the plan once a thread that carries it out is done with it."""
    for _ in range(600):
        found = services.plans.standing()
        assert found
        if found.stage not in {"taken", "waiting"}:
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_it_goes_live_at_its_time_and_not_before(services: Services, clock: Clock) -> None:
    """A sweep before the time does nothing; the one after publishes it, once; audit says so."""
    planned(services)
    clock.advance(3599)
    sweep(services)
    assert services.packs.live_number() == 1
    clock.advance(1)
    sweep(services)
    assert (settled(services).stage, settled(services).version) == ("done", 2)
    sweep(services)
    assert services.packs.live_number() == 2
    (made, _) = services.packs.versions()
    assert (made.author, made.why, made.at_ms) == ("Ada", "New name", clock())
    assert services.people.trail(1)[0]["about"] == "version 2, as planned"


def test_of_many_processes_one_takes_it(services: Services, clock: Clock) -> None:
    """Twelve at the same moment: one gets it, and only when it is due."""
    plan = planned(services)
    found: list[Plan | None] = []

    def take() -> None:
        found.append(Plans(services.redis).take(clock()))

    for _ in range(2):
        threads = [threading.Thread(target=take) for _ in range(12)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        clock.advance(3600)
    assert [one.id for one in found if one] == [plan.id]


def test_a_process_that_slept_publishes_nothing(services: Services, clock: Clock) -> None:
    """Its lease ran out and another published: going live is refused by the mark of the lease."""
    planned(services)
    clock.advance(3600)
    slow = services.plans.take(clock())
    assert services.plans.take(clock()) is None
    clock.advance(LEASE_MS / 1000 + 1)
    quick = services.plans.take(clock())
    assert slow
    assert quick
    made = carry_out(services, quick, clock())
    assert made
    assert made.number == 2
    assert carry_out(services, slow, clock()) is None
    assert services.packs.live_number() == 2
    assert len(services.packs.versions()) == 2
    assert settled(services).stage == "done"


def test_a_process_that_dies_is_followed_by_another(services: Services, clock: Clock) -> None:
    """Nobody settles it; after the lease any sweeper takes it, also after a restart."""
    planned(services)
    clock.advance(3600)
    assert services.plans.take(clock())
    clock.advance(LEASE_MS / 1000 + 1)
    sweep(services)
    assert settled(services).stage == "done"


def test_gates_run_again_and_refuse(services: Services, clock: Clock) -> None:
    """A case that fails by then publishes nothing; the plan says why, and so does the audit."""
    live = services.packs.live().pack.texts
    texts = add_case(live, Case("No", (CaseTurn("hi", {"decision": "person"}),)))
    plan = planned(services, texts=texts)
    clock.advance(3600)
    sweep(services)
    found = settled(services)
    assert found.stage == "refused"
    assert "1 of 25 test cases no longer hold: “No”" in found.problem
    assert services.packs.live_number() == 1
    noted = services.people.trail(1)[0]
    assert (noted["what"], noted["about"], noted["person"]) == ("planned_refused", plan.id, "a1")
    services.plans.seen(plan.id)
    assert services.plans.standing() is None


def test_an_accepted_gate_is_accepted_then_too(services: Services, clock: Clock) -> None:
    """What was overridden when it was planned goes live, with the reason in its version."""
    live = services.packs.live().pack.texts
    texts = add_case(live, Case("No", (CaseTurn("hi", {"decision": "person"}),)))
    planned(services, texts=texts, accepted=("case_broken",), anyway="It is a test")
    clock.advance(3600)
    sweep(services)
    assert settled(services).stage == "done"
    override = services.packs.versions()[0].override
    assert override
    assert override["why"] == "It is a test"


def test_what_went_live_meanwhile_is_not_undone(services: Services, clock: Clock) -> None:
    """A colleague published, or rolled back: the plan is refused and says what is live."""
    planned(services)
    texts = write_piece(services.packs.live().pack.texts, ("fact", "shop", "name"), "Other")
    services.packs.publish(texts, "Sam", "first", clock())
    clock.advance(3600)
    sweep(services)
    found = settled(services)
    assert found.stage == "refused"
    assert "planned on version 1, and version 2 is live now" in found.problem
    assert services.packs.live_number() == 2


def test_it_is_the_draft_as_it_was(services: Services, clock: Clock) -> None:
    """What was changed after planning stays in the draft; the same draft is gone once live."""
    packs, plan = services.packs, planned(services)
    kept = packs.save_draft(plan.texts, 0, "Ada", clock())
    later = write_piece(kept.texts, ("fact", "shop", "name"), "Later Name")
    packs.save_draft(later, kept.revision, "Sam", clock())
    clock.advance(3600)
    sweep(services)
    assert settled(services).stage == "done"
    assert packs.live().pack.facts["shop"]["name"] == "Beans & Co"
    assert packs.draft().texts == later
    packs.drop_draft()
    again = planned(services, "p2", "Third Name")
    packs.save_draft(again.texts, 0, "Ada", clock())
    clock.advance(3600)
    sweep(services)
    assert settled(services).version == 3
    assert packs.draft().is_new


def test_it_can_be_called_off_until_it_begins(services: Services, clock: Clock) -> None:
    """One plan at a time; called off, it never goes live; once begun, it cannot be."""
    plan = planned(services)
    with pytest.raises(PlanError, match="planned already"):
        planned(services, "p2")
    with pytest.raises(PlanError, match="cannot be called off"):
        services.plans.cancel("another")
    services.plans.cancel(plan.id)
    clock.advance(3600)
    sweep(services)
    assert services.packs.live_number() == 1
    planned(services, "p3")
    clock.advance(3600)
    taken = services.plans.take(clock())
    assert taken
    with pytest.raises(PlanError, match="cannot be called off"):
        services.plans.cancel("p3")


def test_a_server_that_was_away_publishes_late_but_not_days_late(
    services: Services, clock: Clock
) -> None:
    """After a restart it goes live at once; after more than twelve hours it is refused and told."""
    plan = planned(services)
    clock.advance(3600 + LATEST_MS / 1000 + 1)
    sweep(services)
    assert "more than twelve hours ago" in settled(services).problem
    services.plans.seen(plan.id)
    planned(services, "p2")
    clock.advance(3600 + LATEST_MS / 1000 - 1)
    sweep(services)
    assert settled(services).stage == "done"


def test_what_passes_by_itself_is_tried_again(services: Services, clock: Clock) -> None:
    """While the model cannot be read it waits for the next lease, three times, then it is told."""

    class Away:
        def read_all(self, *_: object) -> None:
            raise UnderstandingError("The model is away.")

    planned(services)
    clock.advance(3600)
    blind = replace(services, reader=Away())  # type: ignore[arg-type]
    for _ in range(MOST_TRIES - 1):
        taken = services.plans.take(clock())
        assert taken
        assert carry_out(blind, taken, clock()) is None
        found = services.plans.standing()
        assert found
        assert found.stage == "taken"
        clock.advance(LEASE_MS / 1000 + 1)
    taken = services.plans.take(clock())
    assert taken
    carry_out(blind, taken, clock())
    assert "could not be done in 3 tries: The model is away." in settled(services).problem


def test_going_live_without_the_lease_changes_nothing(services: Services) -> None:
    """The transaction itself refuses it: no version, no pointer, no draft is touched."""
    plan = planned(services)
    with pytest.raises(PlanOvertaken):
        services.packs.publish(
            plan.texts, "Ada", "", 1, Terms(release=Release("not mine", plan.base))
        )
    assert services.packs.live_number() == 1
    assert len(services.packs.versions()) == 1
