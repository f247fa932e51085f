"""When an action runs, where a table ticks its years: a start and an end that the person confirms."""

from __future__ import annotations

from datetime import date

from workflows.tables.asking import Asker
from workflows.tables.cells import Cell
from workflows.tables.choices import truth_of
from workflows.tables.fields import CALENDAR, ENDS, STARTS, TICKED, field_of
from workflows.tables.kinds import year_of
from workflows.tables.reading import Choice, asked
from workflows.tables.taken import TakenRow


def tick(asker: Asker, taken: TakenRow) -> None:
    """Ask once for all rows that tick the same years; what says its days needs no years."""
    ticked = [
        (year, cell)
        for column, one in asker.fields
        if (year := year_of(TICKED, one.code)) is not None
        and not (cell := asker.table.cell(taken.row, column)).is_empty
        and truth_of(cell) is not False
    ]
    field_ = field_of(CALENDAR)
    said = any(taken.values.get(code) for code in (CALENDAR, STARTS, ENDS))
    if not ticked or said or field_ is None:
        return
    years = sorted(year for year, _ in ticked)
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    if all(taken.recorded.get(code) == day for code, day in ((STARTS, first), (ENDS, last))):
        return
    shown = Cell(ticked[0][1].place, ", ".join(map(str, years)))
    whole = years == list(range(years[0], years[-1] + 1))
    choice = Choice(f"{first.isoformat()}..{last.isoformat()}", (first, last), whole)
    asker.ask(taken, field_, shown, asked("ticked-years", [choice]))
