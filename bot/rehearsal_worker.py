"""The process of one rehearsal: `python -m bot.rehearsal_worker RUN`; answers no customer."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from dataclasses import dataclass, field

import structlog

from bot.errors import BotError
from bot.logs import set_up_logs
from bot.rehearsal_report import report_of
from bot.rehearsal_run import Run, Runs, Superseded
from bot.rehearsing import Rehearsal
from bot.services import Services, build_services, now_ms
from bot.settings import Settings
from bot.workbench import Workbench
from escalation.errors import EscalationError, StoreUnavailable
from intents.errors import IntentsError

NICE = 10
BEAT_S = 2.0
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Pulse:
    """Signs of life every two seconds, until the run ends or another takes its place."""

    runs: Runs
    run: str
    done: int = 0
    total: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def beat(self) -> None:
        """Keep telling how far it is; ends this process when it is superseded."""
        while not self.stop.wait(BEAT_S):
            try:
                self.runs.note(self.run, now_ms(), done=self.done, total=self.total)
            except Superseded:
                log.info("rehearsal_superseded", run=self.run)
                os._exit(0)
            except StoreUnavailable as error:
                log.warning("rehearsal_beat_missed", run=self.run, error=str(error))


def work(services: Services, runs: Runs, run: Run) -> None:
    """Go through the conversations of a run and keep what was found; says why when it cannot."""
    pulse = _Pulse(runs, run.id)
    thread = threading.Thread(target=pulse.beat, daemon=True)
    thread.start()
    begun = time.monotonic()
    try:
        found = _found(services, runs, run, pulse)
        took = round(time.monotonic() - begun, 1)
        report = json.dumps({**found, "took_s": took}, ensure_ascii=False)
        pulse.stop.set()
        runs.note(
            run.id, now_ms(), state="done", report=report, done=pulse.total, total=pulse.total
        )
    except Superseded:
        return
    except (BotError, EscalationError, IntentsError) as error:
        log.warning("rehearsal_failed", run=run.id, error=str(error))
        runs.note(run.id, now_ms(), state="failed", why=str(error))
    finally:
        pulse.stop.set()
        thread.join()


def _found(services: Services, runs: Runs, run: Run, pulse: _Pulse) -> dict[str, object]:
    live = services.packs.live()
    made = Workbench().ready(services.packs, runs.texts(run.id), live)
    trying = Rehearsal(services, made, run.since_ms)
    names, cut = trying.names()
    pulse.total = len(names)

    def progress(done: int) -> None:
        pulse.done = done

    return {**report_of(trying.of(names, progress)), "cut": cut}


def main(run_id: str) -> None:
    """Do the run of this id, if it is still the one that is wanted."""
    os.nice(NICE)
    settings = Settings()
    set_up_logs(settings.log_level)
    services = build_services(settings)
    runs = Runs(services.redis)
    try:
        run = runs.standing(now_ms())
        if run and run.id == run_id:
            work(services, runs, run)
    except StoreUnavailable as error:
        log.warning("rehearsal_lost_its_store", run=run_id, error=str(error))
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
