"""The journal of a process: one JSON object per line on standard error, without personal data nor secrets."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def write_logs(level: int = logging.WARNING) -> None:
    """Send what the engine and its libraries log to standard error, as JSON. May be called again.

    Processes that stay tell how they fare (INFO); a command that ends says what it did by itself.
    """
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages_of_errors,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Its every wake-up is no news; what fails is told by our own scheduler.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for chatty in ("alembic", "sqlalchemy", "workflows.database"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised, without its message, which may repeat what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{where}"


def _without_messages_of_errors(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception becomes its kind and its frames: a message may hold a name, a statement its values."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = place_of(error)
        event["frames"] = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    event.pop("stack_info", None)
    return event
