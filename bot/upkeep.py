"""What every process does beside answering: carry effects at once, and finish what others left.

No leader: all of it is idempotent, so any number of processes may do it at the same time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import SystemRandom

import structlog

from bot import keys
from bot.outgoing.courier import Courier
from bot.relay import Relay
from escalation.errors import EscalationError

CHANCE = SystemRandom()  # shared with nobody who seeds or watches the global one
EVERY_S = 2.0
STOP_S = 5.0
log = structlog.get_logger(__name__)


class Upkeep:
    """Quiet threads of this process, started once after fork."""

    def __init__(self, relay: Relay, courier: Courier) -> None:
        """Hold relay and courier; nothing runs yet."""
        self._relay = relay
        self._courier = courier
        self._soon: set[int] = set()
        self._ready = threading.Event()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._started = False
        self._threads: tuple[threading.Thread, ...] = ()

    def start(self, sweep: Callable[[], None]) -> None:
        """Start all threads once, `sweep` every two seconds; later calls do nothing."""
        with self._lock:
            if self._started:
                return
            self._started = True
        self._threads = (
            threading.Thread(target=self._carry, name="relay", daemon=True),
            threading.Thread(target=self._sweep, args=(sweep,), name="sweeper", daemon=True),
        )
        for thread in self._threads:
            thread.start()
        self._courier.start()

    def stop(self) -> None:
        """End all threads and wait for what they are doing."""
        self._stop.set()
        self._ready.set()
        self._courier.stop()
        for thread in self._threads:
            thread.join(STOP_S)

    def relay_soon(self, conversation: str) -> None:
        """Carry a conversation's effects now: by the relay thread, or here if none runs."""
        number = keys.bucket(conversation)
        if not self._started:
            self._relay.carry(number)
            return
        with self._lock:
            self._soon.add(number)
        self._ready.set()

    def _carry(self) -> None:
        while not self._stop.is_set():
            self._ready.wait()
            self._ready.clear()
            with self._lock:
                numbers, self._soon = self._soon, set()
            for number in numbers:
                try:
                    self._relay.carry(number)
                except EscalationError as error:
                    log.warning("effects_wait_for_the_sweeper", error=str(error))
                except Exception:
                    log.exception("effects_wait_for_the_sweeper")

    def _sweep(self, sweep: Callable[[], None]) -> None:
        while not self._stop.wait(EVERY_S * CHANCE.uniform(0.75, 1.25)):
            try:
                sweep()
            except Exception:
                log.exception("sweep_failed_and_runs_again", every_s=EVERY_S)
