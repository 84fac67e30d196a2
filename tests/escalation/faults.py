"""Seeded faults of the queue's scripts (`faults.yaml`), and the hunt for each with the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import redis
import yaml
from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from escalation.errors import StoreUnavailable
from tests.escalation.queue_machine import QueueMachine
from tests.escalation.queue_pair import Both, run_settings

HEAD = "ticket"
EXAMPLES, STEPS = 150, 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One small change of one script."""

    script: str
    old: str
    new: str
    breaks: str

    def check(self) -> None:
        """Fail unless the text stands in the script exactly once."""
        count = _text(self.script).count(self.old)
        assert count == 1, f"{self.script}.lua holds {count} times: {self.old}"

    def put_into(self, both: Both) -> None:
        """Change the scripts that a queue will load: the head of all, or one after its head."""
        head = _text(HEAD)
        for name, script in both.scripts().items():
            body = script._body.removeprefix(head)
            assert body != script._body
            if self.script == HEAD:
                script._body = head.replace(self.old, self.new) + body
            elif self.script == name:
                script._body = head + body.replace(self.old, self.new)


SOUND = Fault("claim", "step_out(row)\n", "step_out(row)\n\n", "nothing: the control")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a fault was caught, after how many steps, and what told."""

    fault: Fault
    caught: bool
    steps: int
    told: str


def _text(script: str) -> str:
    return (files("escalation") / "lua" / f"{script}.lua").read_text(encoding="utf-8")


def known_faults() -> list[Fault]:
    """Give all faults, each of whose texts stands exactly once in its script."""
    rows = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text(encoding="utf-8"))
    return [Fault(**row) for row in rows]


def hunt(client: redis.Redis, fault: Fault, number: int = 0, examples: int = EXAMPLES) -> Verdict:
    """Run the machine on a queue with this fault until it fails or the budget is used up."""
    spoil: Callable[[Both], None] = staticmethod(fault.put_into)  # type: ignore[assignment]
    machine = type("Spoilt", (QueueMachine,), {"client": client, "spoil": spoil, "steps": 0})
    try:
        run_state_machine_as_test(
            seed(number)(machine), settings=run_settings(examples, STEPS, shrink=False)
        )
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - any failure is a catch
        return Verdict(fault, caught=True, steps=machine.steps, told=type(error).__name__)
    return Verdict(fault, caught=False, steps=machine.steps, told="")
