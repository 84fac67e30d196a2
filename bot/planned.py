"""Carries out a publication when its time has come: the gates again, then live, or told why not."""

from __future__ import annotations

import threading

import structlog

from bot.audit_gate import AuditSlow
from bot.errors import DraftConflict
from bot.gates import GatesClosed, override_row, pass_gates
from bot.going_live import PlanOvertaken, Release, Terms
from bot.packs import Version
from bot.plan import MOST_TRIES, Plan
from bot.services import Services
from bot.workbench import Workbench
from escalation.errors import StoreUnavailable
from intents.errors import IntentsError, PackError

LATEST_MS = 12 * 3_600_000
TOO_LATE = (
    "Attune was not running when it was due, and it is more than twelve hours ago; publish it anew "
    "if it still holds."
)
log = structlog.get_logger(__name__)


def publish_due(services: Services, now: int) -> None:
    """Take what is due, if it is this process's, and carry it out beside the sweeper.

    The bias audit may take half a minute, and customers' replies must not wait for it.
    """
    plan = services.plans.take(now)
    if plan:
        threading.Thread(
            target=carry_out, args=(services, plan, now), name="planned", daemon=True
        ).start()


def carry_out(services: Services, plan: Plan, now: int) -> Version | None:
    """Publish a taken plan if it passes; else keep why, and tell. None where nothing was published.

    What may pass by itself (Redis or the model away) leaves it for the next lease, three times.
    """
    try:
        if now - plan.at_ms > LATEST_MS:
            raise PlanOvertaken(TOO_LATE)
        made = _published(services, plan)
    except (GatesClosed, PackError, PlanOvertaken) as error:
        _refuse(services, plan, str(error))
        return None
    except (AuditSlow, IntentsError, StoreUnavailable, DraftConflict) as error:
        log.warning("planned_publication_waits", plan=plan.id, error=str(error))
        if plan.tries >= MOST_TRIES:
            _refuse(services, plan, f"It could not be done in {plan.tries} tries: {error}")
        return None
    log.info("planned_publication_live", plan=plan.id, version=made.number)
    services.people.audit(
        plan.person, "pack_published", f"version {made.number}, as planned", services.clock()
    )
    return made


def _published(services: Services, plan: Plan) -> Version:
    bench = Workbench()
    ready = bench.ready(services.packs, plan.texts, services.packs.live())
    judged = bench.wordings(plan.texts)
    refused = pass_gates(ready, judged, services.reader, plan.accepted if plan.anyway else ())
    return services.packs.publish(
        plan.texts,
        plan.author,
        plan.why,
        services.clock(),
        Terms(None, override_row(refused, plan.anyway), Release(plan.lease, plan.base)),
    )


def _refuse(services: Services, plan: Plan, problem: str) -> None:
    if services.plans.refuse(plan, problem):
        log.warning("planned_publication_refused", plan=plan.id)
        services.people.audit(plan.person, "planned_refused", plan.id, services.clock())
