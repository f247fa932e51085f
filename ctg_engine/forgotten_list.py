"""The list of what was forgotten as a file that the operator keeps, where no backup of the store reaches it.

With the setting `forgotten_list` it is written at each forgetting and read by each restoration; without, by hand.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ctg_engine.faults import BadInput, cannot_read, cannot_write
from ctg_engine.settings import Settings
from workflows.forgetting import Forgotten, NotAList, from_lines, joined, to_lines


def read(file: Path) -> list[Forgotten]:
    """The list of a file. Raises `BadInput` for a file that cannot be read or is no such list."""
    try:
        return from_lines(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise cannot_read(file, error) from None
    except UnicodeDecodeError:
        raise BadInput("error.not-a-list", file=str(file), line="1") from None
    except NotAList as wrong:
        raise BadInput("error.not-a-list", file=str(file), line=str(wrong.line)) from None


def of_settings(settings: Settings) -> list[Forgotten]:
    """The list of the settings; nothing where there is none yet. Raises `BadInput`."""
    file = Path(settings.forgotten_list)
    return read(file) if settings.forgotten_list and file.exists() else []


def write(file: Path, several: Sequence[Forgotten]) -> None:
    """Add to the list of a file, which is replaced whole. Raises `BadInput`."""
    known = read(file) if file.exists() else []
    whole = file.with_name(f".{file.name}.new")
    try:
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(to_lines(joined(known, several)))
            out.flush()
            os.fsync(out.fileno())
        whole.replace(file)
    except OSError as error:
        with suppress(OSError):
            whole.unlink(missing_ok=True)  # half of a list
        raise cannot_write(file, error) from None


def missing(settings: Settings, known: Sequence[Forgotten]) -> int | None:
    """How much of what was forgotten is not in the file of the settings; None where it is whole, or not asked for."""
    if not settings.forgotten_list:
        return None
    try:
        kept = {(one.subject_id, one.part) for one in of_settings(settings)}
    except BadInput:
        kept = set()
    return sum((one.subject_id, one.part) not in kept for one in known) or None
