"""Logs on stderr: JSON for machines, key and value for a terminal, never what people wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from gunicorn.glogging import Logger

LONGEST_VALUE = 300
WITHHELD = "(withheld)"
# The second net: callers log ids and counts; should one of these slip in, its value stays out.
PRIVATE = frozenset(
    {
        *("address", "authorization", "body", "cookie", "customer", "data", "email", "evidence"),
        *("headers", "link", "locale", "message_text", "name", "note", "password", "payload"),
        *("phone", "raw", "reasons", "replies", "reply", "secret", "signature", "text", "token"),
    }
)
# Fields that carry no sentence of a customer whatever their length.
LONG = frozenset({"exception", "stack"})


class StderrHandler(logging.StreamHandler[TextIO]):
    """Writes to whatever stderr is at the time, so that a replaced one is respected."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.stream = sys.stderr
        super().emit(record)


def set_up_logs(level: str = "info") -> None:
    """Send every log line of this process, ours and the libraries', to stderr; again is fine."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_private,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = StderrHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(sys.stderr),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if not isinstance(one, StderrHandler)]
    root.addHandler(handler)
    root.setLevel(level.upper())


def without_private(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Withhold fields that may hold what somebody wrote or who they are, and cut long values."""
    for field, value in event.items():
        if field in PRIVATE:
            event[field] = WITHHELD
        elif isinstance(value, str) and len(value) > LONGEST_VALUE and field not in LONG:
            event[field] = value[:LONGEST_VALUE] + "…"
    return event


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own lines, through the same door as ours."""

    def setup(self, cfg: Any) -> None:
        """Let them reach the root logger instead of handlers of their own."""
        super().setup(cfg)
        set_up_logs(str(cfg.loglevel))
        for one in (self.error_log, self.access_log):
            one.handlers.clear()
            one.propagate = True


def _renderer(stream: TextIO) -> structlog.typing.Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(colors=False)
    return structlog.processors.JSONRenderer(ensure_ascii=False)
