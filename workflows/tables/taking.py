"""The rows of a table as sheets: what each says, what is asked of the person, what is refused."""

from __future__ import annotations

from typing import Any, Final

from domain.action_sheets.state import ABANDONED, POSTPONED
from domain.values import Code
from workflows.tables.asking import Asker
from workflows.tables.cells import Cell
from workflows.tables.cells_as import read_as
from workflows.tables.fields import (
    BUDGET,
    BUDGET_YEAR,
    BY_YEARS,
    CALENDAR,
    ENDS,
    FUNDER,
    IDENTITY,
    MOTIVE,
    NUMBER,
    PRIORITY,
    PROGRESS,
    STARTS,
    STATUS,
    TITLE,
    field_of,
    is_of_indicators,
    year_of_budget,
)
from workflows.tables.finding import Found
from workflows.tables.funding import fund
from workflows.tables.indicating import indicate
from workflows.tables.kinds import Kind, TableField
from workflows.tables.known import KnownPlan, KnownSheet
from workflows.tables.linked import link
from workflows.tables.paired import of_pairs, pairs_of
from workflows.tables.questions import BOTH, SAME_SHEET
from workflows.tables.reading import NONE, Choice, asked
from workflows.tables.taken import Fault, Mapped, Taken, TakenRow
from workflows.tables.ticked import tick
from workflows.tables.words import folded

_APART: Final = (Kind.LINKS, Kind.TICK)
"""What is read from several columns together."""

_MUST_SAY_WHY: Final = (POSTPONED, ABANDONED)


def take(table: Found, plan: KnownPlan, mapped: Mapped) -> Taken:
    """Read every row as the person mapped it."""
    return _Taking(table, plan, mapped).taken()


class _Taking(Asker):
    def __init__(self, table: Found, plan: KnownPlan, mapped: Mapped) -> None:
        super().__init__(table, plan, mapped)
        self.numbers: dict[str, TakenRow] = {}
        self.first: dict[str, TakenRow] = {}
        self.pairs = pairs_of(self.fields, table.heads)
        self.paired = of_pairs(self.pairs)
        self.axis: Cell | None = None
        self.here = {one.sheet_id for row in table.rows if (one := self._known(row)) is not None}

    def taken(self) -> Taken:
        rows = [self._row(row) for row in self.table.rows]
        return Taken(rows, self.questions)

    def _row(self, row: int) -> TakenRow:
        taken = TakenRow(row, "", known=self._known(row) or self._renamed(row))
        for field_, cells in self._cells(row):
            self.read(taken, field_, cells)
        link(self, taken)
        tick(self, taken)
        _spread(taken)
        _whole_cost(self, taken)
        fund(self, taken, self.pairs)
        title = taken.values.get(TITLE)
        taken.title = title or (taken.known.title if taken.known is not None else "")
        if taken.title and (first := self.first.setdefault(folded(taken.title), taken)) is not taken:
            taken.above = first
        if not taken.title and TITLE not in self._unsettled(taken):
            taken.faults.append(Fault(Code("no-title"), self.place(row, TITLE)))
        self._check_number(taken)
        self._as_above(taken)
        for code in self._lacking(taken):
            self.ask_in_general(taken, code)
        indicate(self, taken, taken.known.sheet_id if taken.known is not None else self.plan.made_id(taken.title))
        starts, ends = taken.values.get(STARTS), taken.values.get(ENDS)
        if starts is not None and ends is not None and ends < starts:
            taken.faults.append(Fault(Code("ends-before"), self.place(row, ENDS), {"starts_on": starts}))
        recorded = taken.known.values if taken.known is not None else {}
        if recorded.get(BY_YEARS) and taken.values.get(BUDGET) not in (None, recorded[BUDGET]):
            taken.faults.append(Fault(Code("budget-by-years"), self.place(row, BUDGET)))
        if taken.values.get(STATUS) in _MUST_SAY_WHY and not taken.would_be(MOTIVE):
            taken.faults.append(Fault(Code("no-motive"), self.place(row, STATUS)))
        return taken

    def _as_above(self, taken: TakenRow) -> None:
        """An axis that is written once for the rows below it: asked once for them all."""
        axis, field_ = self.axis, field_of(PRIORITY)
        lacks = not taken.would_be(PRIORITY) and PRIORITY not in self._unsettled(taken)
        if axis is None or field_ is None or not lacks or not any(one.code == PRIORITY for _, one in self.fields):
            return
        read = read_as(field_, axis, self.plan)
        likely = (Choice(read.value, read.value, True),) if read.value else read.choices
        self.ask(taken, field_, axis, asked("as-above", likely))

    def _lacking(self, taken: TakenRow) -> list[str]:
        """What has to be said with what the row says: a priority, both days of a period, a status with a progress."""
        unsettled = self._unsettled(taken)
        days = [code for code in (STARTS, ENDS) if not taken.would_be(code)]
        lacking = [PRIORITY] if not taken.would_be(PRIORITY) else []
        lacking += days if len(days) == 1 and not {STARTS, ENDS} & unsettled else []
        if taken.values.get(PROGRESS) is not None and not taken.would_be(STATUS):
            lacking.append(STATUS)
        recorded = taken.known.values.get(BUDGET) if taken.known is not None else None
        if taken.values.get(BUDGET) not in (None, recorded) and not taken.would_be(BUDGET_YEAR):
            lacking.append(BUDGET_YEAR)
        return [code for code in dict.fromkeys(lacking) if code not in unsettled]

    def _known(self, row: int) -> KnownSheet | None:
        """The sheet that a row says, if it is recorded."""
        said = {code: self.place(row, code) for code in (IDENTITY, TITLE)}
        identity, title = (one.shown if (one := said[code]) is not None else "" for code in (IDENTITY, TITLE))
        return self.plan.find(identity, title)

    def _renamed(self, row: int) -> KnownSheet | None:
        """The sheet whose number a row has, where it was answered that it is this one under another title."""
        return self._numbered(row) if self.mapped.answers.get(f"{NUMBER}.{row + 1}") == SAME_SHEET else None

    def _numbered(self, row: int) -> KnownSheet | None:
        """The sheet of the number that a row has, where no row has its title."""
        cell, field_ = self.place(row, NUMBER), field_of(NUMBER)
        if cell is None or field_ is None or (number := read_as(field_, cell, self.plan).value) is None:
            return None
        found = self.plan.numbered(number)
        return found if found is not None and found.sheet_id not in self.here else None

    def _check_number(self, taken: TakenRow) -> None:
        """A number that another row or another sheet has is never taken in silence."""
        number, cell, field_ = taken.values.get(NUMBER), taken.cells.get(NUMBER), field_of(NUMBER)
        if number is None or cell is None or field_ is None:
            return
        before = self.numbers.setdefault(number, taken)
        other = self._numbered(taken.row)
        key = f"{NUMBER}.{taken.row + 1}"
        choices: tuple[Choice[Any], ...] = (Choice(BOTH, number), Choice(NONE, None))
        if before is not taken and before.title != taken.title:
            self.note(key, field_, Code("number-twice"), choices, "", cell, row=before.row + 1)
        elif other is not None and (taken.known is None or key in self.mapped.answers):
            same = Choice(SAME_SHEET, number)
            self.note(key, field_, Code("number-taken"), (same, *choices), "", cell, title=other.title)
        else:
            return
        del taken.values[NUMBER]
        self.settle(taken, field_, self.questions[key])

    def _unsettled(self, taken: TakenRow) -> set[str]:
        """The fields that a cell of the row says, once its question is answered or its fault is mended."""
        codes = {self.questions[key].code for key in taken.asked}
        places = {fault.cell.place[1] for fault in taken.faults if fault.cell is not None}
        codes |= {one.code for column, one in self.fields if column in places}
        return codes | {STARTS, ENDS} if CALENDAR in codes else codes

    def _cells(self, row: int) -> list[tuple[TableField, list[Cell]]]:
        """The cells of a row by field, in the order of the columns; those of one field together."""
        found: dict[str, tuple[TableField, list[Cell]]] = {}
        for column, one in self.fields:
            if column in self.paired or one.code == FUNDER or one.kind in _APART or is_of_indicators(one):
                continue
            found.setdefault(one.code, (one, []))[1].append(self.table.cell(row, column))
        if PRIORITY in found and row in self.table.groups and all(one.is_empty for one in found[PRIORITY][1]):
            found[PRIORITY][1].append(self.table.groups[row])
        elif PRIORITY in found and any(not one.is_empty for one in found[PRIORITY][1]):
            self.axis = next(one for one in found[PRIORITY][1] if not one.is_empty)
        elif PRIORITY not in found and row in self.table.groups and (axis := field_of(PRIORITY)) is not None:
            found[PRIORITY] = (axis, [self.table.groups[row]])
        return list(found.values())


def _whole_cost(asker: Asker, taken: TakenRow) -> None:
    """Where the years are said, a total beside them tells nothing more; one that is not their sum is asked about."""
    years = [cents for code, cents in taken.values.items() if year_of_budget(code) is not None and cents is not None]
    total, cell, field_ = taken.values.get(BUDGET), taken.cells.get(BUDGET), field_of(BUDGET)
    if not years or total is None:
        return
    del taken.values[BUDGET]
    if total != sum(years) and cell is not None and field_ is not None:
        key = f"{BUDGET}.{taken.row + 1}"
        asker.note(key, field_, Code("total-differs"), (Choice(NONE, None),), "", cell, amount=sum(years) / 100)
        asker.settle(taken, field_, asker.questions[key])


def _spread(taken: TakenRow) -> None:
    """What a calendar in one cell says, where no column of its own says it."""
    for code, day in zip((STARTS, ENDS), taken.values.pop(CALENDAR, None) or (None, None), strict=True):
        if day is not None and taken.values.get(code) is None:
            taken.values[code] = day
