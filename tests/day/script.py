"""A working day by script: customers in threads, agents in Chromium, mishaps in a seed's order."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.people import Person
from bot.services import Services
from tests.day.customers import Customers
from tests.day.mishaps import Agent
from tests.day.recount import Lists, recount

HOLDS = 4
ENOUGH = 2
SETTLE_S = 8.0
WAYS = (
    *("plain", "undo", "undo_too_late", "offline", "answer_lost", "answer_lost_reload"),
    *("answer_lost_other", "answer_lost_changed", "typed_on", "reload_in_undo", "lid_in_undo"),
    *("lid_typing", "lid_sending", "two_tabs"),
)
DUTIES = ("away", "finishing", "available")
OpenDesk = Callable[[Person], Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a day is: customers, over how many seconds they come, when lists are compared."""

    customers: int = 60
    over_s: float = 240.0
    check_s: float = 60.0
    longest_s: float = 1_500.0
    sleeps_s: float = 0.0
    """How long one agent's tab is asleep, longer than a lease if at all."""


@dataclass(slots=True)
class Day:
    """A day on a running server; `run` gives its table."""

    services: Services
    port: int
    people: list[Person]
    open_desk: OpenDesk
    plan: Plan
    seed: int = 1
    wrong: list[str] = field(default_factory=list)
    checks: int = 0
    _replies: dict[str, int] = field(default_factory=dict)

    def run(self) -> dict[str, Any]:
        """Give what was done, by whom, and everything that was not as it should be."""
        begun = time.monotonic()
        chance = random.Random(self.seed)
        agents = [Agent(one.name, one.id, self.open_desk(one), self.wrong) for one in self.people]
        customers = Customers(self.port, self.plan.customers, self.plan.over_s, self.seed)
        customers.start()
        try:
            self._work(agents, customers, chance, begun)
            self._check(agents, customers)
        finally:
            customers.stop()
        return self._table(agents, customers, begun)

    def _work(
        self, agents: list[Agent], customers: Customers, chance: random.Random, begun: float
    ) -> None:
        told = 0
        deck, check_at = self._deck(chance), begun + self.plan.check_s
        sleeper = agents[-1] if self.plan.sleeps_s else None
        while time.monotonic() < begun + self.plan.longest_s and (
            any(one.asleep_until for one in agents) or not self._is_over(customers)
        ):
            if sleeper and sleeper.did.get("taken", 0) >= ENOUGH:
                self._sleep(sleeper)
                sleeper = None
            awake = [one for one in agents if time.monotonic() >= one.asleep_until]
            for one in awake:
                if one.asleep_until:
                    self._wake(one)
            agent = chance.choice(awake)
            agent.page.bring_to_front()
            self._move(agent, [one.name for one in awake], deck, chance)
            if time.monotonic() >= check_at and len(awake) == len(agents):
                self._check(agents, customers)
                check_at = time.monotonic() + self.plan.check_s
            if len(self.wrong) > told:
                print(*self.wrong[told:], sep="\n", file=sys.stderr)  # noqa: T201 - a long day
                told = len(self.wrong)
        if not self._is_over(customers):
            self.wrong.append("the day was not over in its time")

    def _move(self, agent: Agent, awake: list[str], deck: Any, chance: random.Random) -> None:
        """Do one thing as somebody at a desk would: answer, take the next, or end one."""
        held = sum(one.agent == agent.id for one in self.services.queue.claimed())
        if agent.chose != "available" and chance.random() < 0.5:
            agent.duty("available")
        if held < HOLDS and agent.chose == "available" and chance.random() < 0.6 and agent.take():
            return agent.reply(next(deck))
        if not held:
            if agent.chose == "available":
                agent.take()
            return None
        if not agent.open_mine(chance.randrange(100)):
            return None
        name = agent.conversation
        if self._replies.get(name, 0) < ENOUGH:
            self._replies[name] = self._replies.get(name, 0) + 1
            return agent.reply(next(deck))
        return self._end(agent, [one for one in awake if one != agent.name], chance)

    def _end(self, agent: Agent, others: list[str], chance: random.Random) -> None:
        """Most are resolved; some are passed on, put back, or rest; now and then comes a break."""
        what = chance.random()
        if what < 0.08 and others:
            agent.transfer(chance.choice(others))
        elif what < 0.14:
            agent.release()
        elif what < 0.20:
            agent.rest()
        elif what < 0.30:
            agent.note()
        elif what < 0.38:
            agent.duty(chance.choice(DUTIES))
        else:
            agent.resolve()

    def _deck(self, chance: random.Random) -> Any:
        """Give ways to be disturbed, each as often as the others, in an order of the seed."""
        while True:
            yield from chance.sample(WAYS, len(WAYS))

    def _is_over(self, customers: Customers) -> bool:
        """Whether everybody came and nobody waits or is held, those that rest aside."""
        if customers.came < self.plan.customers or customers.broken:
            return bool(customers.broken)
        lists = Lists(self.services)
        return not lists.waiting() and not any(lists.mine(one.id) for one in self.people)

    def _sleep(self, agent: Agent) -> None:
        """Put a tab to sleep for longer than a lease, with words begun."""
        agent.open_mine(0)
        agent.page.fill("#composer-text", "Begun before lunch")
        agent.page.context.set_offline(True)
        agent.freeze()
        agent.count("slept")
        agent.asleep_until = time.monotonic() + self.plan.sleeps_s

    def _wake(self, agent: Agent) -> None:
        agent.asleep_until = 0.0
        agent.page.context.set_offline(False)
        agent.thaw()
        agent.until("the list after sleep", lambda: self._is_right(agent, "mine"), SETTLE_S)
        if "Begun before lunch" not in agent.box:
            self.wrong.append(f"{agent.name}: words begun before sleep were lost")
        agent.page.fill("#composer-text", "")

    def _check(self, agents: list[Agent], customers: Customers) -> None:
        """Hold everybody still and compare each list of each desk with the store."""
        self.checks += 1
        customers.hold()
        for agent in agents:
            agent.page.bring_to_front()
            state = self.services.presence.state(agent.id, self.services.clock())
            if state != agent.chose:
                self.wrong.append(f"{agent.name}: chose to be {agent.chose} and is {state}")
            for view in Lists.VIEWS:
                if view == "mentions" and agent.page.is_hidden("#view-mentions"):
                    continue
                agent.view(view)
                right = partial(self._is_right, agent, view)
                if not agent.until(f"the right list of {view}", right, SETTLE_S):
                    self.wrong.append(self._difference(agent, view))
        customers.go()

    def _is_right(self, agent: Agent, view: str) -> bool:
        """Whether list and count of a view are what the store says now."""
        wanted = Lists(self.services).of(view, agent.id)
        shown = agent.rows()
        if (shown if view == "waiting" else sorted(shown)) != (
            wanted if view == "waiting" else sorted(wanted)
        ):
            return False
        if view not in Lists.COUNTED:
            return True
        return bool((agent.page.inner_text(f"#count-{view}").strip() or "0") == str(len(wanted)))

    def _difference(self, agent: Agent, view: str) -> str:
        wanted, shown = set(Lists(self.services).of(view, agent.id)), set(agent.rows())
        count = agent.page.inner_text(f"#count-{view}") if view in Lists.COUNTED else "-"
        return (
            f"{agent.name}: {view} shows {len(shown)} (count {count!r}), the store has "
            f"{len(wanted)}; missing {len(wanted - shown)}, too many {len(shown - wanted)}"
        )

    def _table(self, agents: list[Agent], customers: Customers, begun: float) -> dict[str, Any]:
        end = time.monotonic() + 2 * SETTLE_S
        while self.services.conversations.due("sending") and time.monotonic() < end:
            time.sleep(0.2)
        for talk in customers.talks:
            if talk.caller.token:
                talk.look()
        self.wrong += customers.broken
        self.wrong += recount(self.services, agents, customers)
        did: dict[str, int] = {}
        for agent in agents:
            for what, times in sorted(agent.did.items()):
                did[what] = did.get(what, 0) + times
        return {
            "seed": self.seed,
            "conversations": customers.came,
            "customers_wrote": sum(len(one.said) for one in customers.talks),
            "agents_wrote": sum(len(one.said) for one in agents),
            "did": did,
            "lists_compared": self.checks * len(Lists.VIEWS) * len(agents),
            "wrong": self.wrong,
            "minutes": round((time.monotonic() - begun) / 60, 1),
        }
