"""The journal of a process: one JSON object per line on standard error, without personal data nor secrets.

The security journal (`workflows.security`) is part of it, and may have files of its own beside it
(`ctg_engine.security_files`). In a terminal, a command that ends leaves its lines out: it has just said what it did.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from ctg_engine.security_files import DailyFiles
from workflows.security import LOGGER as SECURITY
from workflows.security import TOLD


def write_logs(level: int = logging.WARNING) -> None:
    """Send what the engine and its libraries log to standard error, as JSON. May be called again.

    Processes that stay tell how they fare (INFO); a command that ends says what it did by itself.
    """
    shared = _processors()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter())
    if level > logging.INFO and sys.stderr.isatty():
        handler.addFilter(lambda record: record.name != SECURITY)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    security = logging.getLogger(SECURITY)
    security.setLevel(logging.INFO)
    _close_files()
    # Its every wake-up is no news; what fails is told by our own scheduler.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for chatty in ("alembic", "sqlalchemy", "workflows.pools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def write_security_files(files: DailyFiles) -> None:
    """Write the security journal in files of its own too. May be called again."""
    _close_files()
    files.setFormatter(_formatter())
    logging.getLogger(SECURITY).handlers = [files]


def _close_files() -> None:
    security = logging.getLogger(SECURITY)
    for files in security.handlers:
        files.close()
    security.handlers = []


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised, without its message, which may repeat what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{where}"


def _processors() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages_of_errors,
        _with_what_security_told,
    ]


def _formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_processors(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _with_what_security_told(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The fields of a line of the security journal stand beside its act."""
    event.update(getattr(event.get("_record"), TOLD, {}))
    return event


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
