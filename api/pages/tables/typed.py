"""What was typed about a table: columns, answers, days, the day of the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.pages.forms.uploads import Pair
from workflows.tables.looking import Said

COLUMN: Final = "column."
ANSWER: Final = "answer."
DAY: Final = "day."
LEAVE_OUT: Final = "leave_out"
ON: Final = "occurred_on"
SHEET: Final = "sheet"
CHECK: Final = "_check"
"""The button that reads the table again and records nothing."""

ERRORS: Final = "_errors"
"""The button that gives the workbook of what is asked and refused."""


@dataclass(frozen=True)
class TableTyped:
    """What was typed; nothing on the first look at a file."""

    values: Mapping[str, str]

    @classmethod
    def of(cls, pairs: Sequence[Pair] | None) -> TableTyped:
        """What a form sent, None for none."""
        return cls(dict(pairs or ()))

    def one(self, name: str) -> str:
        """A value, empty for none."""
        return self.values.get(name, "")

    def under(self, prefix: str) -> dict[str, str]:
        """The values whose names begin so, by the rest of the name."""
        return {name.removeprefix(prefix): value for name, value in self.values.items() if name.startswith(prefix)}

    def said(self, today: date) -> Said:
        """All that was said of a table."""
        columns = {int(key): code for key, code in self.under(COLUMN).items() if key.isdecimal() and len(key) < 4}
        return Said(self.one(SHEET), columns, self.under(ANSWER), self.under(DAY), self.day(today))

    @property
    def leaves_out(self) -> bool:
        """Whether the rows that are not ready may stay behind."""
        return self.one(LEAVE_OUT) == "1"

    def day(self, today: date) -> date | None:
        """The day from which the facts are known, None for today or for no day that was."""
        try:
            found = date.fromisoformat(self.one(ON))
        except ValueError:
            return None
        return found if found < today else None
