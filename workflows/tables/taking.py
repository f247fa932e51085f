"""The rows of a table as sheets: what each says, what is asked of the person, what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from domain.action_sheets.describing import NUMBER_PATTERN
from domain.action_sheets.state import ABANDONED, ACTION_STATUSES, POSTPONED
from domain.values import Code
from workflows.tables.amounts import read_cents, read_count
from workflows.tables.cells import Cell
from workflows.tables.choices import read_percent, read_status
from workflows.tables.days import FIRST_YEAR, LAST_YEAR, read_day
from workflows.tables.fields import (
    BUDGET,
    BUDGET_YEAR,
    BY_YEARS,
    CALENDAR,
    ENDS,
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
from workflows.tables.identity import Identity, fingerprint_of
from workflows.tables.known import KnownPlan, KnownSheet
from workflows.tables.names import read_partner, read_partners, read_priority
from workflows.tables.questions import OTHER, Question
from workflows.tables.reading import NONE, Choice, Read, asked, refused, sure
from workflows.tables.spans import read_span
from workflows.tables.words import folded

LONGEST_TITLE: Final = 500
_IN_ALL: Final = (Kind.PARTNER, Kind.PARTNERS, Kind.PRIORITY, Kind.STATUS)
"""What is asked once for all the rows that say it in the same words."""


@dataclass(frozen=True)
class Mapped:
    """What the person said of a table: columns by their number, answers by the name of a cell or of a field."""

    columns: Mapping[int, str]
    answers: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[str, str], str | None] = field(default=lambda code, words: None)
    """What the words of a cell stood for the last time, by the code of the field."""
    identity: Identity = field(default_factory=Identity)


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken: in which cell, and a code of `table-fault`."""

    code: Code
    cell: Cell | None
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass
class TakenRow:
    """A row: what it says by field, the keys of what is asked of it, why it is refused."""

    row: int
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    known: KnownSheet | None = None
    cells: dict[str, Cell] = field(default_factory=dict)


@dataclass
class Taken:
    """All rows of a table, and all that is asked."""

    rows: list[TakenRow]
    questions: dict[str, Question]


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
        return [code for code in lacking if code not in unsettled]

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
        read = self._of_kind(field_, cell)
        if cell.formula and read.is_sure:
            return asked("formula", [Choice("computed", read.value, True)])
        return read

    def _of_kind(self, field_: TableField, cell: Cell) -> Read[Any]:
        kind = field_.kind
        if kind is Kind.DAY:
            return read_day(cell, ends=field_.code != STARTS)
        if kind is Kind.SPAN:
            return read_span(cell)
        if kind is Kind.MONEY:
            return read_cents(cell)
        if kind is Kind.COUNT:
            return read_count(cell)
        if kind is Kind.STATUS:
            return read_status(cell)
        if kind is Kind.PERCENT:
            return read_percent(cell)
        if kind is Kind.PARTNER:
            return read_partner(cell.shown, self.plan.partners)
        if kind is Kind.PARTNERS:
            return read_partners(cell.shown, self.plan.partners)
        if kind is Kind.PRIORITY:
            return read_priority(cell.shown, self.plan.priorities)
        if kind is Kind.NUMBER:
            return _number(cell)
        return _text(cell, is_title=field_.code == TITLE)

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
        several = self.plan.partners if question.code == OWNER else self.plan.priorities
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


def _text(cell: Cell, *, is_title: bool) -> Read[str]:
    """Words, on one line in a title."""
    said = cell.shown
    if is_title:
        said = re.sub(r"\s+", " ", said).strip()
        if len(said) > LONGEST_TITLE:
            return refused("too-long")
    return sure(said or None)


def _number(cell: Cell) -> Read[str]:
    """A number as people write it; where a spreadsheet made a date of "1.3" it is asked which it was."""
    if isinstance(cell.value, date):
        day, month = cell.value.day, cell.value.month
        return asked("number-as-day", [Choice(one, one) for one in (f"{day}.{month}", f"{month}.{day}")])
    if isinstance(cell.value, float) and not cell.value.is_integer():
        return sure(repr(cell.value))
    said = re.sub(r"\s+", " ", cell.shown).strip(" .")
    return sure(said) if NUMBER_PATTERN.fullmatch(said) else refused("no-number")
