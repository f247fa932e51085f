"""What a command may end with besides success, and the words for what the system refuses."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

_TOLD: Final = frozenset(
    {
        errno.EACCES,
        errno.EADDRNOTAVAIL,
        errno.EEXIST,
        errno.EISDIR,
        errno.ENOENT,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    }
)


class BadInput(Exception):
    """What was typed cannot be used: exit code 2. `key` names the sentence of the catalogues, under `cli.`.

    `detail` is what another program or the system said, in its own words; it is shown on a line of its own.
    """

    def __init__(self, key: str, *, detail: str = "", **parameters: object) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.parameters = parameters


class Failed(Exception):
    """What was asked could not be done: exit code 1. `key` and `detail` are those of `BadInput`."""

    def __init__(self, key: str, *, detail: str = "", **parameters: object) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.parameters = parameters


def reason_of(error: OSError) -> str:
    """Why the system refused, as a code of the vocabulary `os-fault`: `EACCES`."""
    return errno.errorcode[error.errno] if error.errno in _TOLD else "OTHER"


def detail_of(error: OSError) -> str:
    """The system's own words, where the catalogues have none."""
    return "" if error.errno in _TOLD else str(error.strerror or error)


def cannot_read(file: Path, error: OSError) -> BadInput:
    """The refusal of the system to have a file read."""
    return BadInput("error.cannot-read", file=str(file), reason=reason_of(error), detail=detail_of(error))


def cannot_write(file: Path, error: OSError) -> BadInput:
    """The refusal of the system to have a file written."""
    return BadInput("error.cannot-write", file=str(file), reason=reason_of(error), detail=detail_of(error))
