"""What is asked of the person about a table, and what an answer stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from domain.values import Code
from workflows.tables.cells import Cell
from workflows.tables.fields import FUNDER, OWNER
from workflows.tables.indicator_fields import DATA_OWNER
from workflows.tables.reading import Choice

PARTNER_FIELDS: Final = (OWNER, FUNDER, DATA_OWNER)
"""The fields whose answer is a partner."""

KEPT: Final = "kept"
"""The answer that leaves what is recorded."""

FROM_FILE: Final = "file"
"""The answer that takes what the file says."""

SAME_SHEET: Final = "same"
BOTH: Final = "both"
"""The answers to a number that another sheet has: it is that sheet, or both have it."""

REVISED: Final = "revised"
BESIDE: Final = "beside"
"""The answers to money that is recorded otherwise: it is that line, or another one."""

OTHER: Final = "other"
"""The answer that is typed beside the readings."""


@dataclass
class Question:
    """What is asked: of one cell, of all that say the same, or of the rows where a field is empty (no `cell`).

    `answer` is what is ticked; only once a form was sent with it (`is_answered`) is it taken. `picks`: any priority or
    partner may be the answer; `types`: a day that the person types may be.
    """

    key: str
    code: str
    doubt: Code
    choices: tuple[Choice[Any], ...]
    cell: Cell | None
    answer: str
    is_answered: bool
    picks: bool = False
    types: bool = False
    rows: list[int] = field(default_factory=list)
    parameters: Mapping[str, object] = field(default_factory=dict)
    """What its doubt tells."""

    def chosen(self) -> Choice[Any] | None:
        """The reading that is ticked, None for what is picked or typed."""
        return next((one for one in self.choices if one.answer == self.answer), None)
