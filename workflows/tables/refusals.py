"""Why a file is no table that can be read: a code of the vocabulary `table-refused`."""

from __future__ import annotations

from typing import Final

from domain.values import Code

TOO_MANY_CELLS: Final = Code("TOO_MANY_CELLS")
TOO_LARGE: Final = Code("TOO_LARGE")
NO_TABLE: Final = Code("NO_TABLE")
TURNED: Final = Code("TURNED")
UNREADABLE: Final = Code("UNREADABLE")
LINKED: Final = Code("LINKED")
NOT_TEXT: Final = Code("NOT_TEXT")
OTHER_TERRITORY: Final = Code("OTHER_TERRITORY")
OTHER_CONVENTION: Final = Code("OTHER_CONVENTION")
NEWER_FORMAT: Final = Code("NEWER_FORMAT")


class TableRefused(Exception):
    """A file is no table that can be read; `why` is a code of `table-refused`, or of `file-refused`."""

    def __init__(self, why: Code, **parameters: object) -> None:
        super().__init__(why)
        self.why = why
        self.parameters = parameters
