"""The security journal in files of its own: one a day, each line added in one write, old files removed.

Any number of processes write to the same folder. Nothing is renamed, so that no line is lost between two of them and
what reads along (`tail -F`, fail2ban) needs no more than the pattern of the names. Days are of UTC, as in the lines.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from ctg_engine.clock import SystemClock
from ctg_engine.faults import BadInput, detail_of, reason_of
from ctg_engine.findings import Finding, failed, ok
from ctg_engine.settings import Settings
from domain.values import Clock

SETTING: Final = "CTG_SECURITY_FOLDER"
PATTERN: Final = "security-*.jsonl"


def files_of(settings: Settings) -> DailyFiles | None:
    """The files that the settings ask for, None when they ask for none.

    Raises `BadInput` for a folder in which nothing can be written: who asked for a trace must not go without.
    """
    if settings.security_folder is None:
        return None
    files = DailyFiles(settings.security_folder, settings.security_days)
    try:
        files.prepare()
    except OSError as error:
        raise BadInput(
            "error.no-security-folder",
            path=str(settings.security_folder), reason=reason_of(error), detail=detail_of(error),
        ) from None  # fmt: skip
    return files


def look_at_security_files(settings: Settings) -> Iterator[Finding]:
    """Whether the security journal has files, and can be written there. Nothing is written to find out."""
    folder = settings.security_folder
    if folder is None:
        yield ok("security", "none")
        return
    shown = {"path": str(folder), "days": str(settings.security_days)}
    around = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    usable = around.is_dir() and os.access(around, os.W_OK | os.X_OK)
    yield ok("security", **shown) if usable else failed("security", "unwritable", **shown)


class DailyFiles(logging.Handler):
    """Adds each line to the file of its day. The clock is the machine's, which a demonstration does not move."""

    def __init__(self, folder: Path, days: int, clock: Clock | None = None) -> None:
        super().__init__()
        self._clock = clock or SystemClock()
        self.folder = folder
        self.days = days
        self._day: date | None = None
        self._descriptor = -1

    def prepare(self) -> None:
        """Make the folder and the file of today, for their owner alone. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._open(self._today())

    def emit(self, record: logging.LogRecord) -> None:
        """Add a line, whole or not at all. What cannot be written goes the way of all faults of logging."""
        try:
            line = f"{self.format(record)}\n".encode(errors="backslashreplace")
            day = self._today()
            if day != self._day:
                self._open(day)
            os.write(self._descriptor, line)
        except Exception:  # noqa: BLE001 - a person is let in or out whatever the state of a disk
            self.handleError(record)

    def close(self) -> None:
        """Leave the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        super().close()

    def remove_old(self) -> None:
        """Remove the files of the days that are past the time they are kept: by a clock that is believed."""
        first_kept = _name(self._today() - timedelta(self.days))
        for file in self.folder.glob(PATTERN):
            if file.name < first_kept:
                with suppress(FileNotFoundError):  # another process was faster
                    file.unlink()

    def _today(self) -> date:
        return self._clock.now().date()

    def _open(self, day: date) -> None:
        opened = os.open(self.folder / _name(day), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._day, self._descriptor = day, opened


def _name(day: date) -> str:
    return f"security-{day.isoformat()}.jsonl"
