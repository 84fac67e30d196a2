"""What gunicorn is told: how a worker begins, and how it lets go of its streams when it ends.

`attune serve` passes the settings as arguments; this file holds the hooks and the way to the app.
"""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask

from bot.children import bind_to
from bot.settings import Settings
from escalation.errors import EscalationError
from intents.errors import IntentsError

if TYPE_CHECKING:
    from bot.services import Services  # the master, which forks, stays light

LAST_WORD_S = 8.0
log = structlog.get_logger(__name__)


def application() -> Flask:
    """Give the app of this worker, made after fork."""
    from bot.app import create_app  # noqa: PLC0415 - never in the master, which forks

    return create_app(Settings())


def post_fork(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """Bind the worker's life to the master's."""
    bind_to(server.pid)


def post_worker_init(worker: Any) -> None:
    """Load the model before the first request, look after what a dead worker left, end in order.

    SIGTERM ends the live streams first.
    """
    from bot.sweep import sweep  # noqa: PLC0415 - never in the master, which forks

    services: Services = worker.app.callable.extensions["attune"]
    _warm_up(services)
    services.upkeep.start(lambda: sweep(services))
    usual: Any = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        services.live.close()
        threading.Thread(target=_last_word, daemon=True).start()
        usual(number, frame)

    signal.signal(signal.SIGTERM, end)
    signal.siginterrupt(signal.SIGTERM, False)


def _warm_up(services: Services) -> None:
    """Read one text, so that no customer waits for the model to load; /readyz tells if it fails."""
    try:
        services.reader.read("ready?", services.packs.live().head)
    except (EscalationError, IntentsError) as error:
        log.warning("worker_starts_cold", error=str(error))


def _last_word() -> None:
    """End a worker whose threads do not; the master may be gone and cannot."""
    threading.Event().wait(LAST_WORD_S)
    os._exit(0)
