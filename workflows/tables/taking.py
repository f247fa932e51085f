"""The rows of a table as sheets: what each says, what is asked of the person, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from domain.action_sheets.state import ABANDONED, ACTION_STATUSES, POSTPONED
from domain.money import CERTAINTIES
from domain.values import Code
from workflows.tables.cells import Cell
from workflows.tables.cells_as import read_as
from workflows.tables.days import FIRST_YEAR, LAST_YEAR
from workflows.tables.fields import (
    AMOUNT,
    BUDGET,
    BUDGET_YEAR,
    BY_YEARS,
    CALENDAR,
    CERTAINTY,
    ENDS,
    FUNDER,
    FUNDING,
    IDENTITY,
    MOTIVE,
    OWNER,
    PRIORITY,
    PROGRESS,
    STARTS,
    STATUS,
    TITLE,
    Kind,
    TableField,
    field_of,
)
from workflows.tables.finding import Found
from workflows.tables.identity import fingerprint_of
from workflows.tables.known import KnownPlan, KnownSheet
from workflows.tables.paired import pairs_of
from workflows.tables.questions import OTHER, Question
from workflows.tables.reading import NONE, Choice, Read, asked, refused
from workflows.tables.taken import Fault, Mapped, Taken, TakenRow
from workflows.tables.words import folded

_IN_ALL: Final = (Kind.PARTNER, Kind.PARTNERS, Kind.PRIORITY, Kind.STATUS)
"""What is asked once for all the rows that say it in the same words."""


_MUST_SAY_WHY: Final = (POSTPONED, ABANDONED)


def take(table: Found, plan: KnownPlan, mapped: Mapped) -> Taken:
    """Read every row as the person mapped it."""
    return _Taking(table, plan, mapped).taken()


class _Taking:
    def __init__(self, table: Found, plan: KnownPlan, mapped: Mapped) -> None:
        self.table, self.plan, self.mapped = table, plan, mapped
        self.fields = [
            (column, found) for column, code in mapped.columns.items() if (found := field_of(code)) is not None
        ]
        self.questions: dict[str, Question] = {}
        self.first_of: dict[tuple[str, str], str] = {}

    def taken(self) -> Taken:
        rows = [self._row(row) for row in self.table.rows]
        return Taken(rows, self.questions)

    def _row(self, row: int) -> TakenRow:
        taken = TakenRow(row, "", known=self._known(row))
        for field_, cells in self._cells(row):
            self._read(taken, field_, cells)
        self._fund(taken)
        _spread(taken)
        title = taken.values.get(TITLE)
        taken.title = title or (taken.known.title if taken.known is not None else "")
        if not taken.title and TITLE not in self._unsettled(taken):
            taken.faults.append(Fault(Code("no-title"), self._place(row, TITLE)))
        for code in self._lacking(taken):
            self._ask_in_general(taken, code)
        starts, ends = taken.values.get(STARTS), taken.values.get(ENDS)
        if starts is not None and ends is not None and ends < starts:
            taken.faults.append(Fault(Code("ends-before"), self._place(row, ENDS), {"starts_on": starts}))
        recorded = taken.known.values if taken.known is not None else {}
        if recorded.get(BY_YEARS) and taken.values.get(BUDGET) not in (None, recorded[BUDGET]):
            taken.faults.append(Fault(Code("budget-by-years"), self._place(row, BUDGET)))
        if taken.values.get(STATUS) in _MUST_SAY_WHY and not self._would_be(taken, MOTIVE):
            taken.faults.append(Fault(Code("no-motive"), self._place(row, STATUS)))
        return taken

    def _would_be(self, taken: TakenRow, code: str) -> Any:
        """What a field says once the row is taken."""
        recorded = taken.known.values.get(code) if taken.known is not None else None
        return taken.values.get(code) or recorded

    def _lacking(self, taken: TakenRow) -> list[str]:
        """What has to be said with what the row says: a priority, both days of a period, a status with a progress."""
        unsettled = self._unsettled(taken)
        days = [code for code in (STARTS, ENDS) if not self._would_be(taken, code)]
        lacking = [PRIORITY] if not self._would_be(taken, PRIORITY) else []
        lacking += days if len(days) == 1 and not {STARTS, ENDS} & unsettled else []
        if taken.values.get(PROGRESS) is not None and not self._would_be(taken, STATUS):
            lacking.append(STATUS)
        recorded = taken.known.values.get(BUDGET) if taken.known is not None else None
        if taken.values.get(BUDGET) not in (None, recorded) and not self._would_be(taken, BUDGET_YEAR):
            lacking.append(BUDGET_YEAR)
        if taken.values.get(FUNDING):
            lacking += [code for code in (BUDGET_YEAR, CERTAINTY) if taken.values.get(code) is None]
        return [code for code in dict.fromkeys(lacking) if code not in unsettled]

    def _fund(self, taken: TakenRow) -> None:
        """The money of each funder; what is recorded already is not said again."""
        by_column = dict(self.fields)
        recorded = taken.known.values.get(FUNDING, ()) if taken.known is not None else ()
        found = []
        for funder, amount in pairs_of(self.fields):
            if self.table.cell(taken.row, amount).is_empty:
                continue
            part = TakenRow(taken.row, "")
            for column in (funder, amount):
                self._read(part, by_column[column], [self.table.cell(taken.row, column)])
            taken.asked += part.asked
            taken.faults += part.faults
            if part.values.get(FUNDER) and part.values.get(AMOUNT):
                found.append((part.values[FUNDER], part.values[AMOUNT]))
            elif not part.asked and not part.faults and part.values.get(AMOUNT):
                taken.faults.append(Fault(Code("no-funder"), self.table.cell(taken.row, funder)))
        if new := tuple(one for one in found if one not in recorded):
            taken.values[FUNDING] = new

    def _known(self, row: int) -> KnownSheet | None:
        """The sheet that a row says, if it is recorded."""
        said = {code: self._place(row, code) for code in (IDENTITY, TITLE)}
        identity, title = (one.shown if (one := said[code]) is not None else "" for code in (IDENTITY, TITLE))
        return self.plan.find(identity, title)

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
            if one.code in (FUNDER, AMOUNT):
                continue
            found.setdefault(one.code, (one, []))[1].append(self.table.cell(row, column))
        if PRIORITY in found and row in self.table.groups and all(one.is_empty for one in found[PRIORITY][1]):
            found[PRIORITY][1].append(self.table.groups[row])
        elif PRIORITY not in found and row in self.table.groups and (axis := field_of(PRIORITY)) is not None:
            found[PRIORITY] = (axis, [self.table.groups[row]])
        return list(found.values())

    def _place(self, row: int, code: str) -> Cell | None:
        column = next((column for column, one in self.fields if one.code == code), None)
        return self.table.sheet.cell((row, column)) if column is not None else None

    # --- one cell -----------------------------------------------------------------------------------------------------

    def _read(self, taken: TakenRow, field_: TableField, cells: list[Cell]) -> None:
        """The first cell of a field that says something: an axis stands in one of two columns."""
        cell = next((one for one in cells if not one.is_empty), None)
        base = self.mapped.identity.base_of(taken.known.sheet_id, field_.code) if taken.known is not None else None
        if cell is None:
            if base not in (None, fingerprint_of("")):
                taken.faults.append(Fault(Code("emptied"), cells[0]))
            return
        if base == fingerprint_of(cell.shown):
            return  # nobody changed it since the export
        taken.cells[field_.code] = cell
        read = self._reading(field_, cell)
        if read.is_sure:
            taken.values[field_.code] = read.value
        elif read.fault is not None:
            taken.faults.append(Fault(read.fault, cell))
        else:
            self._ask(taken, field_, cell, read)

    def _reading(self, field_: TableField, cell: Cell) -> Read[Any]:
        if cell.error:
            return refused("error")
        read = read_as(field_, cell, self.plan)
        if cell.formula and read.is_sure:
            return asked("formula", [Choice("computed", read.value, True)])
        return read

    # --- what is asked ------------------------------------------------------------------------------------------------

    def _ask(self, taken: TakenRow, field_: TableField, cell: Cell, read: Read[Any]) -> None:
        recorded = taken.known.values.get(field_.code) if taken.known is not None else None
        if recorded is not None and self._says(field_, cell, read, recorded):
            return  # it was asked before, and is recorded so
        key = cell.name
        if field_.kind in _IN_ALL:
            key = self.first_of.setdefault((field_.code, folded(cell.shown)), key)
        if key not in self.questions:
            must = field_.code in (PRIORITY, TITLE)
            choices = tuple(one for one in read.choices if not must or one.answer != NONE)
            likely = read.likely.answer if read.likely in choices and read.likely is not None else ""
            before = self.mapped.before(field_.code, cell.shown) or likely if field_.kind in _IN_ALL else likely
            assert read.doubt is not None, "only what is in doubt is asked"
            self._note(key, field_, read.doubt, choices, before, cell)
        self._settle(taken, field_, self.questions[key])

    def _says(self, field_: TableField, cell: Cell, read: Read[Any], recorded: Any) -> bool:
        """Whether what is recorded is a reading of the cell, or what its words stood for the last time."""
        if any(one.value == recorded for one in read.choices):
            return True
        return field_.kind in _IN_ALL and self.mapped.before(field_.code, cell.shown) == recorded

    def _ask_in_general(self, taken: TakenRow, code: str) -> None:
        """Of all rows that do not say what every sheet has."""
        field_ = field_of(code)
        assert field_ is not None, "what is required is a field"
        if code not in self.questions:
            day = self.plan.starts_on if code == STARTS else self.plan.ends_on
            choices: tuple[Choice[Any], ...] = (Choice(day.isoformat(), day),) if field_.kind is Kind.DAY else ()
            if code == BUDGET_YEAR:
                years = range(self.plan.starts_on.year, self.plan.ends_on.year + 1)
                choices = tuple(Choice(str(year), year) for year in years)
            if code == CERTAINTY:
                choices = tuple(Choice(one, one) for one in CERTAINTIES)
            if code == STATUS:
                choices = tuple(Choice(one, one) for one in ACTION_STATUSES)
            self._note(code, field_, Code("not-said"), choices, "", None)
        self._settle(taken, field_, self.questions[code])

    def _note(
        self,
        key: str,
        field_: TableField,
        doubt: Code,
        choices: tuple[Choice[Any], ...],
        before: str,
        cell: Cell | None,
    ) -> None:
        picks = field_.kind in (Kind.PARTNER, Kind.PRIORITY)
        answer = self.mapped.answers.get(key, before)
        answered = bool(answer) and key in self.mapped.answers
        types = field_.kind is Kind.DAY
        self.questions[key] = Question(key, field_.code, doubt, choices, cell, answer, answered, picks, types)

    def _settle(self, taken: TakenRow, field_: TableField, question: Question) -> None:
        """Take the answer of the person, or note that it is awaited; one that no reading has is asked again."""
        question.rows.append(taken.row)
        value = self._value(question) if question.is_answered else None
        if value is not None:
            taken.values[field_.code] = value
        elif not question.is_answered or question.answer != NONE:
            taken.asked.append(question.key)

    def _value(self, question: Question) -> Any:
        """What an answer stands for, None for nothing."""
        if question.answer == OTHER and question.types:
            return _typed_day(self.mapped.typed.get(question.key, ""))
        if (chosen := question.chosen()) is not None:
            return chosen.value
        several = self.plan.partners if question.code in (OWNER, FUNDER) else self.plan.priorities
        if question.picks and any(one.reference == question.answer for one in several):
            return question.answer
        return None


def _spread(taken: TakenRow) -> None:
    """What a calendar in one cell says, where no column of its own says it."""
    for code, day in zip((STARTS, ENDS), taken.values.pop(CALENDAR, None) or (None, None), strict=True):
        if day is not None and taken.values.get(code) is None:
            taken.values[code] = day


def _typed_day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
